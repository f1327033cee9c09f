# tb-verify: every class of objects and every attribute that can differ.
#
# data/verify/CLASS.CASE.a.sql and .b.sql make two databases, .expected is all
# that may be said of them.  The cases "since-N" are for servers from version N
# on and have all classes in one, a schema each.  What has to do with roles is
# in data/catalog, and what has to do with the database itself.

load helper.bash

# The databases are named a and b, as the expected lines have it.
setup() {
	PGDATABASE=postgres
	export PGDATABASE
	cd "$BATS_TEST_TMPDIR" || return 1
	psql -X -q -v ON_ERROR_STOP=1 -c 'CREATE DATABASE a TEMPLATE template0' \
	    -c 'CREATE DATABASE b TEMPLATE template0'
}

teardown() {
	if ! drop_databases 2>/dev/null; then
		drop_subscriptions a
		drop_subscriptions b
		drop_databases
	fi
	psql -X -q -c 'REVOKE ALL ON PARAMETER work_mem, temp_buffers
	    FROM verify_alice' 2>/dev/null || true
	psql -X -q -c 'SET client_min_messages = error' \
	    -c 'DROP TABLESPACE IF EXISTS verify_ts' -c 'DROP ROLE IF EXISTS
	    verify_alice, verify_classes, verify_super, "Verify ""Bob"""'
}

make_roles() {
	psql -X -q -v ON_ERROR_STOP=1 -c 'CREATE ROLE verify_alice' \
	    -c 'CREATE ROLE "Verify ""Bob"""' \
	    -c 'CREATE ROLE verify_super SUPERUSER'
}

drop_databases() {
	psql -X -q -c 'ALTER DATABASE b IS_TEMPLATE false' 2>/dev/null
	psql -X -q -v ON_ERROR_STOP=1 \
	    -c 'SET client_min_messages = warning' \
	    -c 'DROP DATABASE IF EXISTS a WITH (FORCE)' \
	    -c 'DROP DATABASE IF EXISTS b WITH (FORCE)'
}

# The server drops no database that has one.
drop_subscriptions() {
	psql -X -q -A -t -d "$1" >/dev/null <<-'SQL' || true
		SELECT pg_catalog.format('ALTER SUBSCRIPTION %I DISABLE',
		           s.subname),
		       pg_catalog.format(
		           'ALTER SUBSCRIPTION %I SET (slot_name = NONE)',
		           s.subname),
		       pg_catalog.format('DROP SUBSCRIPTION %I', s.subname)
		  FROM pg_catalog.pg_subscription AS s
		  JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
		 WHERE d.datname = pg_catalog.current_database() \gexec
	SQL
}

# fill DATABASE FILE
fill() {
	PGOPTIONS='-c client_min_messages=error' \
	    psql -X -q -v ON_ERROR_STOP=1 -o /dev/null -d "$1" -f "$2"
}

need_version() {
	[ "$(sql 'SHOW server_version_num')" -ge "${1}0000" ] ||
	    skip "needs a server of version $1"
}

# data NAME: the files without their endings.
data() {
	local dir
	for dir in verify catalog; do
		[ ! -e "$TB_ROOT/tests/data/$dir/$1.expected" ] ||
		    echo "$TB_ROOT/tests/data/$dir/$1"
	done
}

# all_differences NAME: of what was printed last, without the count of them.
all_differences() {
	assert_equal "$(grep -vE '^[0-9]+ differences?: ' <<<"$output")" \
	    "$(cat "$(data "$1").expected")"
	assert_err ''
}

# pair CLASS.CASE [OPTION...]: the two differ as expected, and in as much the
# other way about.
pair() {
	local data count
	data=$(data "$1")
	case $1 in
	*.since-*) need_version "${1##*-}" ;;
	esac
	fill a "$data.a.sql"
	fill b "$data.b.sql"
	tb 1 tb-verify "${@:2}" dbname=a dbname=b
	all_differences "$1"
	count=$(grep -oE '^[0-9]+ differences?: ' <<<"$output")
	tb 1 tb-verify "${@:2}" dbname=b dbname=a
	assert_line --regexp "^${count}database \"b\" "
}

@test "classes: access method" {
	pair access_method.main
}

@test "classes: aggregate" {
	pair aggregate.main
}

@test "classes: those of version 14" {
	pair all.since-14
}

@test "classes: those of version 15" {
	pair all.since-15
}

@test "classes: those of version 16" {
	pair all.since-16
}

@test "classes: those of version 17" {
	pair all.since-17
}

@test "classes: those of version 18" {
	pair all.since-18
}

@test "classes: base type" {
	pair base_type.main
}

@test "classes: cast" {
	pair cast.main
}

@test "classes: collation" {
	pair collation.main
}

@test "classes: column" {
	pair column.main
}

@test "classes: comment" {
	pair comment.main
}

@test "classes: column privileges" {
	make_roles
	pair column_privilege.main
}

@test "classes: composite type" {
	pair composite_type.main
}

@test "classes: constraint" {
	pair constraint.main
}

@test "classes: constraint, its triggers" {
	pair constraint.triggers
}

@test "classes: conversion" {
	pair conversion.main
}

@test "classes: database" {
	make_roles
	pair database.main
}

@test "classes: database, privileges on parameters" {
	need_version 15
	make_roles
	sql 'GRANT SET ON PARAMETER work_mem TO verify_alice'
	tb 0 tb-verify dbname=a dbname=b
	tb 0 tb-verify --format json --class parameter-privilege \
	    dbname=a dbname=b
	assert_json '$.left.facts' 1
	# No two databases of one server differ: one as it was will do.
	tb 0 tb-verify --snapshot -d a
	echo "$output" >a
	sql 'GRANT ALTER SYSTEM ON PARAMETER work_mem TO verify_alice
	    WITH GRANT OPTION'
	sql 'GRANT SET ON PARAMETER temp_buffers TO verify_alice'
	tb 1 tb-verify a dbname=b
	all_differences parameter_privilege
}

# make_both OPTION...: b is made with these, a with what all servers have.
make_both() {
	drop_databases
	sql "CREATE DATABASE a TEMPLATE template0 LOCALE_PROVIDER libc
	    LOCALE 'C.UTF-8'"
	sql "CREATE DATABASE b TEMPLATE template0 $*"
}

@test "classes: database, what it was made with" {
	need_version 15
	PGOPTIONS='-c allow_in_place_tablespaces=on' sql \
	    "CREATE TABLESPACE verify_ts LOCATION ''"
	make_both "LOCALE_PROVIDER libc LOCALE 'C' ENCODING 'LATIN1'
	    TABLESPACE verify_ts"
	pair database.since-15
	make_both "LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C.UTF-8'"
	tb 1 tb-verify dbname=a dbname=b
	all_differences database.icu
	drop_databases
	sql 'DROP TABLESPACE verify_ts'
}

@test "classes: database, ICU rules" {
	need_version 16
	sql "CREATE DATABASE c TEMPLATE template0 LOCALE_PROVIDER icu
	    ICU_LOCALE 'de-DE' ICU_RULES '&a < g'"
	tb 0 tb-verify --snapshot -d c
	sql 'DROP DATABASE c'
	sed "/icu_rules/s/&a < g/\&a < x/" <<<"$output" >b
	echo "$output" >a
	tb 1 tb-verify a b
	all_differences database.rules
}

@test "classes: default" {
	pair default.main
}

@test "classes: default privileges" {
	make_roles
	pair default_privilege.main
}

@test "classes: domain" {
	pair domain.main
}

@test "classes: enum" {
	pair enum.main
}

@test "classes: event trigger" {
	pair event_trigger.main
}

@test "classes: extension" {
	pair extension.main
}

@test "classes: foreign data" {
	pair foreign.main
}

@test "classes: function" {
	pair function.main
}

@test "classes: index" {
	pair index.main
}

@test "classes: inheritance" {
	pair inheritance.main
}

@test "classes: language" {
	pair language.main
}

@test "classes: materialized view" {
	pair materialized_view.main
}

@test "classes: NOT NULL, its name" {
	pair not_null_name.since-18
}

@test "classes: operator" {
	pair operator.main
}

@test "classes: operator class" {
	pair operator_class.main
}

@test "classes: owner" {
	make_roles
	pair owner.main
}

@test "classes: partition" {
	pair partition.main
}

@test "classes: partition, its indexes" {
	pair partition_index.main
}

@test "classes: partition, an index of it that is not valid" {
	pair partition_index.valid
}

@test "classes: partition, its triggers" {
	pair partition_trigger.main
}

@test "classes: position" {
	pair position.main --column-order
}

@test "classes: policy" {
	pair policy.main
}

@test "classes: privileges" {
	make_roles
	pair privilege.main
}

@test "classes: privileges of one who owns it on one side" {
	make_roles
	pair privilege.owner
}

@test "classes: procedure" {
	pair procedure.main
}

@test "classes: publication" {
	pair publication.main
}

@test "classes: rule" {
	pair rule.main
}

@test "classes: schema" {
	pair schema.main
}

@test "classes: security label" {
	pair security_label.main
}

@test "classes: sequence" {
	pair sequence.main
}

@test "classes: statistics" {
	pair statistics.main
}

@test "classes: subscription" {
	pair subscription.main
}

@test "classes: table" {
	pair table.main
}

@test "classes: tablespace" {
	need_version 15
	PGOPTIONS='-c allow_in_place_tablespaces=on' \
	    sql "CREATE TABLESPACE verify_ts LOCATION ''"
	pair tablespace.since-15
	drop_databases
	sql "DROP TABLESPACE verify_ts"
}

@test "classes: text search" {
	pair text_search.main
}

@test "classes: transform" {
	pair transform.main
}

@test "classes: trigger" {
	pair trigger.main
}

@test "classes: view" {
	pair view.main
}

@test "classes: SQL files as sides give the same" {
	local data=$TB_ROOT/tests/data/verify
	for side in a b; do
		mkdir "$side"
		cp "$data/text_search.main.$side.sql" "$side/1.sql"
	done
	tb 1 tb-verify a/ b/
	output=${output//a\//a}
	output=${output//b\//b}
	all_differences text_search.main
}

@test "classes: what the server shows to nobody else is named" {
	local data=$TB_ROOT/tests/data/verify role=verify_classes
	for side in a b; do
		fill "$side" "$data/subscription.main.a.sql"
		psql -X -q -d "$side" <<-SQL
			CREATE FOREIGN DATA WRAPPER w;
			CREATE SERVER s FOREIGN DATA WRAPPER w;
			CREATE USER MAPPING FOR PUBLIC SERVER s
			    OPTIONS (name '$side');
			ALTER SUBSCRIPTION connection
			    CONNECTION 'host=$side password=secret';
		SQL
	done
	tb 1 tb-verify dbname=a dbname=b
	assert_line '  connection: a has host=a, b has host=b'
	assert_line "  user-mapping PUBLIC: options: a has name='a', b has name='b'"
	refute_output --partial 'secret'
	refute_output --partial 'not compared'
	sql "CREATE ROLE $role LOGIN PASSWORD 'x'"
	PGPASSWORD=x tb 0 tb-verify "dbname=a user=$role" "dbname=b user=$role"
	assert_line --partial 'connection of a subscription (not readable) (10)'
	assert_line --partial 'options of a user mapping (not readable) (1)'
	sql "DROP ROLE $role"
}

@test "classes: every class has a pair, every pair a test" {
	local class file name
	tb 0 tb-verify --coverage --format json
	while read -r class; do
		# All databases of the server have them.
		[ "$class" != parameter-privilege ] || continue
		grep -qE -- "^( {2})?${class}[ :]" \
		    "$TB_ROOT"/tests/data/*/*.expected ||
		    fail "no pair shows class $class"
	done < <(grep -oE '"class": ?"[^"]+"' <<<"$output" | cut -d'"' -f4)
	for file in "$TB_ROOT"/tests/data/{verify,catalog}/*.a.sql; do
		name=${file##*/}
		grep -qF "pair ${name%.a.sql}" "$BATS_TEST_FILENAME" ||
		    fail "no test runs $name"
	done
}
