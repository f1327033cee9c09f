# tb-verify: what SQL made is kept, and never believed when it might be wrong.

load helper.bash

setup() {
	PGDATABASE="t_${BATS_SUITE_TEST_NUMBER}"
	export PGDATABASE
	createdb "$PGDATABASE"
	cd "$BATS_TEST_TMPDIR" || return 1
	export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
}

revision() {
	mkdir -p revisions
	{
		printf -- '--: revision %s\n' "$1"
		[ -z "$2" ] || printf -- '--: down-revision %s\n' "$2"
		printf -- '--: message x\n\n--: upgrade\n%s\n' "$3"
	} >"revisions/$1_x.sql"
}

# replayed COMMAND...: it makes scratch databases; kept: it makes none.
replayed() {
	log_mark
	tb "$@"
	log_since | grep -q 'CREATE DATABASE tb_scratch' ||
	    fail "nothing was replayed"
}

kept() {
	log_mark
	tb "$@"
	! log_since | grep 'CREATE DATABASE tb_scratch' ||
	    fail "it was replayed"
}

files() {
	find cache -type f 2>/dev/null | wc -l
}

two_revisions() {
	revision a1 '' 'CREATE TABLE public.one (id integer);'
	revision b2 a1 'CREATE VIEW public.two AS SELECT id FROM public.one;'
}

@test "cache: the second time nothing is replayed, and the answer is the same" {
	two_revisions
	sql 'CREATE TABLE public.one (id bigint)'
	replayed 1 tb-verify --revisions revisions
	local first=$output
	assert_equal "$(files)" 1
	kept 1 tb-verify --revisions revisions
	assert_equal "$output" "$first"
	kept 1 tb-verify --revisions revisions --dependents revisions live
	assert_output --partial 'needed by view public.two'
	replayed 1 tb-verify --revisions revisions --no-cache
	assert_equal "$output" "$first"
	assert_equal "$(files)" 1
}

@test "cache: other SQL is other SQL" {
	two_revisions
	sql 'CREATE TABLE public.one (id integer)'
	replayed 1 tb-verify --revisions revisions
	# Another revision, one less, a changed one, one in another place.
	revision c3 b2 'CREATE TABLE public.three (id integer);'
	replayed 1 tb-verify --revisions revisions
	assert_output --partial 'table public.three'
	kept 1 tb-verify --revisions revisions live revisions@b2
	replayed 0 tb-verify --revisions revisions live revisions@a1
	revision a1 '' 'CREATE TABLE public.one (id integer, x text);'
	replayed 1 tb-verify --revisions revisions live revisions@a1
	assert_output --partial 'column x'
	echo 'CREATE TABLE public.one (id integer)' >t.sql
	replayed 0 tb-verify live t.sql
	kept 0 tb-verify live t.sql
	kept 0 tb-verify live - <t.sql
	cp t.sql u.sql
	kept 0 tb-verify live u.sql
	echo ' -- x' >>t.sql
	replayed 0 tb-verify live t.sql
}

@test "cache: SQL that fails is not kept" {
	echo 'CREATE TABLE public.one (id nothing)' >t.sql
	replayed 65 tb-verify live t.sql
	assert_equal "$(files)" 0
	replayed 65 tb-verify live t.sql
}

@test "cache: whatever SQL may come out differently for" {
	local role=cache_$BATS_SUITE_TEST_NUMBER
	echo "CREATE TABLE t (at timestamptz DEFAULT '2025-01-01')" >t.sql
	replayed 1 tb-verify live t.sql
	kept 1 tb-verify live t.sql
	sql "ALTER DATABASE $PGDATABASE SET TimeZone = 'Asia/Tokyo'"
	replayed 1 tb-verify live t.sql
	kept 1 tb-verify live t.sql
	PGOPTIONS='-c default_table_access_method=heap -c IntervalStyle=iso_8601' \
	    replayed 1 tb-verify live t.sql
	psql -X -q -c "CREATE ROLE $role LOGIN SUPERUSER PASSWORD 'x'"
	replayed 1 tb-verify live t.sql
	PGPASSWORD=x replayed 1 tb-verify -U "$role" live t.sql
	psql -X -q -c "ALTER ROLE $role SET bytea_output = escape"
	PGPASSWORD=x replayed 1 tb-verify -U "$role" live t.sql
	sql 'CREATE EXTENSION citext'
	replayed 1 tb-verify live t.sql
	echo "migrate { role = \"$role\" }" >tb.conf
	replayed 1 tb-verify live t.sql
	psql -X -q -c "DROP ROLE $role"
}

@test "cache: a file that somebody touched is not believed" {
	local file
	echo 'CREATE TABLE public.one (id integer)' >t.sql
	replayed 1 tb-verify live t.sql
	file=$(find cache -type f)
	# Its own text says what it is.
	assert_equal "$(stat -c %a "$file")" 600
	sed -i 's/integer/bigint/' "$file"
	replayed 1 tb-verify live t.sql
	assert_output --partial 'table public.one'
	kept 1 tb-verify live t.sql
	head -n 20 "$file" >half && cat half >"$file"
	replayed 1 tb-verify live t.sql
	: >"$file"
	replayed 1 tb-verify live t.sql
	chmod 666 "$file"
	replayed 1 tb-verify live t.sql
	rm -r cache
	replayed 1 tb-verify live t.sql
	kept 1 tb-verify live t.sql
}

@test "cache: what a private server made is kept as well" {
	local role=cache_$BATS_SUITE_TEST_NUMBER
	two_revisions
	tb 1 tb-verify --scratch private --revisions revisions
	local first=$output
	assert_equal "$(files)" 1
	tb 1 tb-verify --scratch private --revisions revisions --verbose
	assert_equal "$output" "$first"
	refute_err --partial 'private server'
	assert_err --partial 'is used'
	# The server's own is something else.
	replayed 1 tb-verify --revisions revisions
	assert_equal "$(files)" 2
	# Who may not make databases gets what was kept for that.
	psql -X -q -c "CREATE ROLE $role LOGIN PASSWORD 'x'"
	PGPASSWORD=x tb 1 tb-verify -U "$role" --revisions revisions
	assert_err --partial 'on a private server'
	PGPASSWORD=x tb 1 tb-verify -U "$role" --revisions revisions
	refute_err --partial 'on a private server'
	psql -X -q -c "DROP ROLE $role"
}

@test "cache: without a place for it all goes on" {
	echo 'CREATE TABLE public.one (id integer)' >t.sql
	: >file
	XDG_CACHE_HOME=$PWD/file replayed 1 tb-verify live t.sql
	assert_err ''
	HOME='' XDG_CACHE_HOME='' replayed 1 tb-verify live t.sql
	assert_err ''
	XDG_CACHE_HOME=relative replayed 1 tb-verify live t.sql
	[ ! -e relative ] || fail 'a relative folder was used'
}

@test "cache: what nobody used for a month goes" {
	echo 'CREATE TABLE public.one (id integer)' >t.sql
	replayed 1 tb-verify live t.sql
	touch -d '40 days ago' cache/tb/verify/*
	# To use it is enough.
	kept 1 tb-verify live t.sql
	echo 'CREATE TABLE public.two (id integer)' >u.sql
	replayed 1 tb-verify live u.sql
	assert_equal "$(files)" 2
	touch -d '40 days ago' cache/tb/verify/*
	echo 'CREATE TABLE public.three (id integer)' >v.sql
	replayed 1 tb-verify live v.sql
	assert_equal "$(files)" 1
}

# Who runs the server says that a database may stay on it.
keeping() {
	sql "ALTER DATABASE $PGDATABASE SET tb.keep_scratch = on"
}

kept_databases() {
	psql -X -A -t -c "SELECT d.datname FROM pg_catalog.pg_database AS d
	    WHERE d.datname LIKE 'tb_scratch%' ORDER BY 1"
}

# ran EXIT WORD... -- COMMAND...: the tables that a run of tb-verify has made.
ran() {
	local want=$1 words=()
	shift
	while [ "$1" != -- ]; do
		words+=("$1")
		shift
	done
	shift
	log_mark
	tb "$want" "$@"
	assert_equal "$(log_since | grep -o 'CREATE TABLE public.[a-z]*' |
	    sed 's/.*\.//' | xargs)" "${words[*]}"
}

three_revisions() {
	revision a1 '' 'CREATE TABLE public.one (id integer);
	    INSERT INTO public.one VALUES (1);'
	revision b2 a1 'CREATE TABLE public.two (id integer);'
}

@test "keep: by default no database stays" {
	three_revisions
	tb 1 tb-verify --revisions revisions
	assert_equal "$(kept_databases)" ''
}

@test "keep: one new revision replays one" {
	three_revisions
	keeping
	ran 1 one two -- tb-verify --revisions revisions
	assert_equal "$(kept_databases | wc -l)" 1
	# The rows are there, too.
	revision c3 b2 'CREATE TABLE public.three (id integer);
	    INSERT INTO public.three SELECT 1 / count(*) FROM public.one;'
	ran 1 three -- tb-verify --revisions revisions
	assert_line --partial 'table public.one'
	assert_line --partial 'table public.two'
	assert_line --partial 'table public.three'
	local incremental=$output
	tb 1 tb-verify --revisions revisions --no-cache
	assert_equal "$output" "$incremental"
	# What was started from stays as well, for when the newest is edited.
	assert_equal "$(kept_databases | wc -l)" 2
	revision c3 b2 'CREATE TABLE public.drei (id integer);'
	ran 1 drei -- tb-verify --revisions revisions
	assert_equal "$(kept_databases | wc -l)" 2
	revision d4 c3 'CREATE TABLE public.four (id integer);'
	revision e5 d4 'CREATE TABLE public.five (id integer);'
	ran 1 four five -- tb-verify --revisions revisions
	assert_equal "$(kept_databases | wc -l)" 2
	# Nothing is new: nothing runs, and nothing is copied.
	ran 1 -- tb-verify --revisions revisions
	ran 1 one two drei four five -- tb-verify --revisions revisions --no-cache
	# An older one is another history.
	revision a1 '' 'CREATE TABLE public.eins (id integer);'
	ran 1 eins two drei four five -- tb-verify --revisions revisions
	assert_equal "$(kept_databases | wc -l)" 1
	sql "ALTER DATABASE $PGDATABASE RESET tb.keep_scratch"
	revision f6 e5 'CREATE TABLE public.six (id integer);'
	ran 1 eins two drei four five six -- tb-verify --revisions revisions
	assert_equal "$(kept_databases)" ''
}

@test "keep: a kept database lets nobody in, and says what it is" {
	three_revisions
	keeping
	tb 1 tb-verify --revisions revisions
	tb 2 psql -X -d "$(kept_databases)" -c 'SELECT 1'
	assert_err --partial 'not currently accepting connections'
	assert_sql "SELECT shobj_description(d.oid, 'pg_database')
	    ~ 'kept by tb-verify .* of database \"$PGDATABASE\"; may be dropped'
	    FROM pg_database AS d WHERE d.datname = '$(kept_databases)'" t
	dropdb "$(kept_databases)"
	revision c3 b2 'CREATE TABLE public.three (id integer);'
	ran 1 one two three -- tb-verify --revisions revisions
	dropdb "$(kept_databases)"
}

@test "keep: a new revision that fails is told as ever" {
	three_revisions
	keeping
	tb 1 tb-verify --revisions revisions
	revision c3 b2 'CREATE TABLE public.one (id integer);'
	tb 65 tb-verify --revisions revisions
	assert_err --partial 'revisions/c3_x.sql:6: relation "one" already exists'
	assert_equal "$(kept_databases | wc -l)" 1
	revision c3 b2 'CREATE TABLE public.three (id integer);'
	ran 1 three -- tb-verify --revisions revisions
}

@test "keep: other settings, another role, another extension: all again" {
	local role=keep_$BATS_SUITE_TEST_NUMBER
	three_revisions
	keeping
	tb 1 tb-verify --revisions revisions
	revision c3 b2 'CREATE TABLE public.three (id integer);'
	sql "ALTER DATABASE $PGDATABASE SET TimeZone = 'Asia/Tokyo'"
	ran 1 one two three -- tb-verify --revisions revisions
	psql -X -q -c "CREATE ROLE $role LOGIN SUPERUSER PASSWORD 'x'"
	revision d4 c3 'CREATE TABLE public.four (id integer);'
	PGPASSWORD=x ran 1 one two three four -- \
	    tb-verify -U "$role" --revisions revisions
	# Each role has its own.
	assert_equal "$(kept_databases | wc -l)" 2
	revision e5 d4 'CREATE TABLE public.five (id integer);'
	PGPASSWORD=x ran 1 five -- tb-verify -U "$role" --revisions revisions
	for name in $(kept_databases); do
		dropdb "$name"
	done
	psql -X -q -c "DROP ROLE $role"
}

@test "keep: extensions that were made beforehand are known the next time" {
	sql 'CREATE EXTENSION citext'
	keeping
	revision a1 '' 'CREATE TABLE public.one (name public.citext);'
	tb 1 tb-verify --revisions revisions
	revision b2 a1 'CREATE TABLE public.two (name public.citext);'
	ran 1 two -- tb-verify --revisions revisions
	assert_line 'extension citext: only in live'
}

@test "keep: what a copy would lack is not kept" {
	keeping
	revision a1 '' "CREATE TABLE public.one (id integer);
	    DO \$\$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = x',
	        current_database()); END \$\$;"
	ran 1 one -- tb-verify --revisions revisions
	assert_equal "$(kept_databases)" ''
	revision a1 '' "CREATE TABLE public.one (id integer);
	    CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere' PUBLICATION p;"
	tb 1 tb-verify --revisions revisions
	assert_equal "$(kept_databases)" ''
}

@test "keep: those of databases that are gone, and unfinished ones, go" {
	three_revisions
	keeping
	psql -X -q -c 'CREATE DATABASE tb_scratch_kept_0123456789abcdef'
	createdb "${PGDATABASE}_b"
	PGOPTIONS='-c tb.keep_scratch=on' tb 1 tb-verify -d "${PGDATABASE}_b" \
	    --revisions revisions
	assert_equal "$(kept_databases | wc -l)" 1
	tb 1 tb-verify --revisions revisions
	assert_equal "$(kept_databases | wc -l)" 2
	dropdb "${PGDATABASE}_b"
	revision c3 b2 'CREATE TABLE public.three (id integer);'
	ran 1 three -- tb-verify --revisions revisions
	revision d4 c3 'CREATE TABLE public.four (id integer);'
	ran 1 four -- tb-verify --revisions revisions
	assert_equal "$(kept_databases | wc -l)" 2
}

teardown() {
	local name
	for name in $(kept_databases); do
		dropdb --if-exists "$name"
	done
	dropdb --if-exists --force "$PGDATABASE"
}
