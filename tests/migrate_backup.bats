# tb-migrate --backup: pg_dump first, and nothing if it fails.

load migrate_helper.bash

# Permission bits of a file.
mode_of() {
	stat -c %a "$1" 2>/dev/null || stat -f %Lp "$1"
}

@test "--backup: what was there before, readable by us only" {
	needs_dump
	sql "CREATE TABLE public.old AS SELECT 7 AS n"
	table_rev a1
	tb 0 tb-migrate upgrade --backup before.dump
	assert_err --regexp 'backup "before.dump": [0-9.]+ MiB'
	assert_equal "$(mode_of before.dump)" 600
	assert_equal "$(tables)" 'old t_a1'
	run -0 pg_restore -f - before.dump
	assert_output --partial 'CREATE TABLE public.old'
	refute_output --partial t_a1
	# No remainder.
	assert_equal "$(echo before.dump*)" before.dump
}

@test "--backup: nothing to do, nothing dumped" {
	table_rev a1
	tb 0 tb-migrate upgrade
	tb 0 tb-migrate upgrade --backup x.dump
	assert_equal "$(ls x.dump* 2>/dev/null)" ''
	tb 0 tb-migrate downgrade --dry-run base --backup x.dump
	assert_equal "$(ls x.dump* 2>/dev/null)" ''
	tb 0 tb-migrate downgrade base --backup x.dump
	run -0 pg_restore -f - x.dump
	assert_output --partial 'CREATE TABLE public.t_a1'
}

@test "--backup: a file that is there, a folder that is not" {
	table_rev a1
	echo precious >x.dump
	tb 73 tb-migrate upgrade --backup x.dump
	assert_err --partial '"x.dump" is there already'
	assert_equal "$(cat x.dump)" precious
	tb 73 tb-migrate upgrade --backup no/such/x.dump
	assert_equal "$(tables)" ''
	tb 64 tb-migrate upgrade --sql --backup y.dump
}

@test "--backup: a pg_dump that fails or is not there" {
	table_rev a1
	mkdir bin
	cat >bin/pg_dump <<-'E'
		#!/bin/sh
		echo "pg_dump: error: no luck" >&2
		exit 1
	E
	chmod +x bin/pg_dump
	tb 69 env PGBIN="$PWD/bin" tb-migrate upgrade --backup x.dump
	assert_err --partial 'the backup failed'
	assert_err --partial 'no luck'
	assert_err --partial 'Nothing was run.'
	assert_equal "$(ls x.dump* 2>/dev/null)" ''
	rm bin/pg_dump
	tb 69 env PGBIN="$PWD/bin" tb-migrate upgrade --backup x.dump
	assert_err --partial 'could not find pg_dump'
	assert_err --partial 'or set PGBIN'
	assert_equal "$(tables)" ''
	assert_equal "$(ls x.dump* 2>/dev/null)" ''
}

@test "--backup: the connection is in the environment, not in the arguments" {
	table_rev a1
	mkdir bin
	cat >bin/pg_dump <<-'E'
		#!/bin/sh
		echo "$@" >args
		env | grep ^PG | sort >env
		exit 1
	E
	chmod +x bin/pg_dump
	tb 69 env PGBIN="$PWD/bin" tb-migrate upgrade --backup x.dump \
	    -d "dbname=$PGDATABASE host=$PGHOST password=hush"
	run -1 grep hush args
	run -0 cat env
	assert_line "PGDATABASE=$PGDATABASE"
	assert_line PGPASSWORD=hush
	refute_err --partial hush
}
