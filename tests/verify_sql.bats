# tb-verify --sql: what it prints makes the first side like the second.
#
# data/reconcile/CLASS/NAME.sql is a pair: keys, then SQL of "--: both" sides,
# of "--: left" and of "--: right", run in a schema NAME of its own.  The pairs
# of a class share two databases and are compared, reconciled and proved at
# once, both ways; so all that exists outside schemas has names of its own.
#
#	expect CLASS IDENTITY: ATTRIBUTE	a difference, or "added", "removed";
#				all that are found are expected somewhere
#	allow HAZARD ...	what the SQL from left to right has to be allowed,
#	allow-back HAZARD ...	and from right to left
#	keep QUERY		gives the same before and after
#	since VERSION		of the server, as 150000

load helper.bash

setup() {
	PGDATABASE=postgres
	export PGDATABASE
	export PGOPTIONS='-c client_min_messages=error'
	cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
	local db
	for db in left right work; do
		[[ $BATS_TEST_DESCRIPTION != *subscriptions ]] ||
		    drop_subscriptions "rec_$db" || true
		dropdb --if-exists --force "rec_$db"
	done
}

# key FILE NAME: the values, one a line.
key() {
	sed -n "s/^--: $2 //p" "$1"
}

# part FILE both|left|right
part() {
	awk -v want="--: $2" '/^--: (both|left|right)$/ { on = $0 == want; next }
	    !/^--: / && on' "$1"
}

# script SIDE FILE...: the SQL of one side of all pairs.
script() {
	local side=$1 file name
	shift
	for file in "$@"; do
		name=$(basename "$file" .sql)
		printf 'CREATE SCHEMA "%s";\nSET search_path = "%s";\n' \
		    "$name" "$name"
		part "$file" both
		part "$file" "$side"
	done
}

run_sql() {
	psql -X -q -v ON_ERROR_STOP=1 -o /dev/null -d "$1" -f "$2"
}

# found: $output of tb-verify as the lines of "expect".
found() {
	psql -X -q -A -t -v "j=$output" <<-'SQL' | LC_ALL=C sort
		SELECT concat(d ->> 'class', ' ', d ->> 'identity', ': ',
		           coalesce(d ->> 'attribute', d ->> 'kind'))
		  FROM jsonb_array_elements(
		           (:'j'::jsonb) -> 'differences') AS d
	SQL
}

# hazards: those of the statements in $output, sorted, once each.
hazards() {
	psql -X -q -A -t -v "j=$output" <<-'SQL'
		SELECT string_agg(DISTINCT h, ',' ORDER BY h)
		  FROM jsonb_path_query((:'j'::jsonb),
		           '$.statements[*].hazards[*]') AS x(h0),
		       LATERAL (SELECT h0 #>> '{}') AS y(h)
	SQL
}

# words FILE... < KEY: the words of a key of all pairs, sorted, with commas.
words() {
	local name=$1 file
	shift
	for file in "$@"; do
		key "$file" "$name" | tr ' ' '\n'
	done | LC_ALL=C sort -u | paste -sd, -
}

# expected REVERSED FILE...
expected() {
	local reversed=$1 file
	shift
	for file in "$@"; do
		key "$file" expect
	done | if [ "$reversed" = yes ]; then
		sed -e 's/: added$/: x/' -e 's/: removed$/: added/' \
		    -e 's/: x$/: removed/'
	else
		cat
	fi | LC_ALL=C sort
}

# kept FILE...: what the queries of "keep" say in database rec_work.
kept() {
	local file query
	for file in "$@"; do
		while read -r query; do
			printf '%s: %s\n' "$query" \
			    "$(psql -X -q -A -t -v ON_ERROR_STOP=1 \
			        -d rec_work -c "$query")"
		done < <(key "$file" keep)
	done
}

# dump DATABASE: in no order, in lines or in lists, without who granted.
dump() {
	pg_dump -s "$1" |
	    grep -vE '^(\\(un)?restrict |(RE)?SET SESSION AUTH|--|$)' |
	    tr ',();' '\n' | sed 's/^ *//; s/ *$//' | LC_ALL=C sort
}

# one_way FROM TO REVERSED ALLOW_KEY FILE...
one_way() {
	local from=rec_$1 to=rec_$2 reversed=$3 allow_key=$4 allow before
	shift 4
	tb 1 tb-verify --format json "dbname=$from" "dbname=$to"
	assert_equal "$(found)" "$(expected "$reversed" "$@")"
	allow=$(words "$allow_key" "$@")
	tb 1 tb-verify --format json --sql --allow all "dbname=$from" \
	    "dbname=$to"
	assert_equal "$(hazards)" "$allow"
	assert_json '$.unresolved.size()' 0
	[ -z "$allow" ] || allow="--allow=$allow"
	# shellcheck disable=SC2086 # no word if there is nothing to allow
	tb 1 tb-verify --sql --prove $allow "dbname=$from" "dbname=$to"
	refute_err --regexp 'warning|error'
	printf '%s\n' "$output" >plan.sql
	dropdb --if-exists rec_work
	createdb -T "$from" rec_work
	[ "$reversed" = yes ] || before=$(kept "$@")
	run_sql rec_work plan.sql
	tb 0 tb-verify "dbname=rec_work" "dbname=$to"
	assert_equal "$(dump rec_work)" "$(dump "$to")"
	[ "$reversed" = yes ] || assert_equal "$(kept "$@")" "$before"
}

# reconcile CLASS: all pairs of a folder.
reconcile() {
	local -a files=()
	local file version
	version=$(sql 'SHOW server_version_num')
	for file in "$BATS_TEST_DIRNAME/data/reconcile/$1"/*.sql; do
		[ "$(key "$file" since || true)" \> "$version" ] ||
		    files+=("$file")
	done
	createdb -T template0 rec_left
	createdb -T template0 rec_right
	script left "${files[@]}" >left.sql
	script right "${files[@]}" >right.sql
	run_sql rec_left left.sql
	run_sql rec_right right.sql
	one_way left right no allow "${files[@]}"
	one_way right left yes allow-back "${files[@]}"
}

@test "reconcile: every folder of pairs has its test" {
	local folder
	for folder in "$BATS_TEST_DIRNAME"/data/reconcile/*/; do
		folder=$(basename "$folder")
		grep -qE "^@test .* \{ reconcile $folder; \}$" \
		    "$BATS_TEST_DIRNAME"/verify_sql*.bats ||
		    fail "no test runs $folder"
	done
}

@test "reconcile: schemas and comments" { reconcile schema; }
@test "reconcile: tables" { reconcile table; }
@test "reconcile: columns" { reconcile column; }
@test "reconcile: defaults" { reconcile default; }
@test "reconcile: constraints" { reconcile constraint; }
@test "reconcile: indexes" { reconcile index; }
@test "reconcile: sequences" { reconcile sequence; }
@test "reconcile: views" { reconcile view; }
@test "reconcile: routines" { reconcile routine; }
@test "reconcile: triggers, rules and policies" { reconcile trigger; }
@test "reconcile: types" { reconcile type; }
@test "reconcile: inheritance and partitions" { reconcile partition; }
@test "reconcile: what hangs together" { reconcile together; }
@test "reconcile: owners" { reconcile owner; }
@test "reconcile: privileges" { reconcile privilege; }
@test "reconcile: default privileges" { reconcile default_privilege; }
@test "reconcile: what is made under default privileges" { reconcile made_with; }
@test "reconcile: composite types in use" { reconcile composite; }
@test "reconcile: event triggers" { reconcile event_trigger; }
@test "reconcile: publications" { reconcile publication; }
@test "reconcile: text search" { reconcile text_search; }
@test "reconcile: casts and conversions" { reconcile cast; }
@test "reconcile: languages and access methods" { reconcile language; }
@test "reconcile: aggregates" { reconcile aggregate; }
@test "reconcile: collations" { reconcile collation; }
@test "reconcile: operators and their classes" { reconcile operator; }
@test "reconcile: extended statistics" { reconcile statistics; }
@test "reconcile: foreign servers and tables" { reconcile foreign; }

# CREATE DATABASE copies no subscriptions: the plan is run where they are.
subscriptions() {
	cat >"$1.sql"
	createdb -T template0 "rec_$1"
	run_sql "rec_$1" "$1.sql"
}

drop_subscriptions() {
	psql -X -q -A -t -d "$1" >drop.sql <<-'SQL'
		SELECT format('ALTER SUBSCRIPTION %1$I DISABLE;'
		           'ALTER SUBSCRIPTION %1$I SET (slot_name = NONE);'
		           'DROP SUBSCRIPTION %1$I;', subname)
		  FROM pg_subscription AS s
		  JOIN pg_database AS d ON d.oid = subdbid
		 WHERE datname = current_database()
	SQL
	run_sql "$1" drop.sql
}

# subscribed FROM TO
subscribed() {
	subscriptions right <<-'SQL'
		CREATE SUBSCRIPTION come CONNECTION 'host=/nowhere'
		    PUBLICATION "Odd one", b WITH (connect = false,
		    slot_name = NONE, synchronous_commit = local);
		COMMENT ON SUBSCRIPTION come IS 'new';
		CREATE SUBSCRIPTION other CONNECTION 'host=/nowhere port=2'
		    PUBLICATION a, b WITH (connect = false, slot_name = NONE,
		    binary = false);
		CREATE SUBSCRIPTION slot CONNECTION 'host=/nowhere'
		    PUBLICATION a WITH (connect = false, slot_name = 's_1');
	SQL
	subscriptions left <<-'SQL'
		CREATE SUBSCRIPTION gone CONNECTION 'host=/nowhere'
		    PUBLICATION a WITH (connect = false, slot_name = NONE);
		CREATE SUBSCRIPTION other CONNECTION 'host=/nowhere port=1'
		    PUBLICATION a WITH (connect = false, slot_name = NONE,
		    binary = true);
		COMMENT ON SUBSCRIPTION other IS 'gone';
		CREATE SUBSCRIPTION slot CONNECTION 'host=/nowhere'
		    PUBLICATION a WITH (connect = false, slot_name = NONE);
	SQL
	tb 1 tb-verify --sql --prove --allow data-loss "dbname=rec_$1" \
	    "dbname=rec_$2"
	refute_err --regexp 'warning|error'
	printf '%s\n' "$output" >plan.sql
	run_sql "rec_$1" plan.sql
	tb 0 tb-verify "dbname=rec_$1" "dbname=rec_$2"
	assert_equal "$(dump rec_left)" "$(dump rec_right)"
}

@test "reconcile: subscriptions" { subscribed left right; }
@test "reconcile: back to other subscriptions" { subscribed right left; }
