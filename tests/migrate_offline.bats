# tb-migrate --sql: scripts that psql brings to the same end.

load migrate_helper.bash

# Nothing here may try to connect.
no_server() {
	PGHOST=$BATS_TEST_TMPDIR/nowhere tb "$@"
	printf '%s\n' "$output" >script.sql
}

@test "upgrade --sql: TradeBot by psql is TradeBot by tb-migrate" {
	no_server 0 tb-migrate upgrade head --sql --revisions "$TRADEBOT"
	sql_file script.sql
	schema_dump -n public >by_psql
	tb 0 tb-migrate current --revisions "$TRADEBOT"
	assert_output 'b7e3f2c1a9d8 (head) (mergepoint)'
	dropdb "$PGDATABASE"
	createdb "$PGDATABASE"
	tb 0 tb-migrate upgrade head --revisions "$TRADEBOT"
	schema_dump -n public >by_tb
	diff by_psql by_tb
	no_server 0 tb-migrate downgrade head:base --sql \
	    --revisions "$TRADEBOT"
	sql_file script.sql
	assert_equal "$(tables)" ''
	assert_equal "$(rows)" ''
}

@test "upgrade --sql: a range, an error in psql leaves nothing" {
	table_rev a1
	table_rev b2 a1
	table_rev c3 b2
	no_server 0 tb-migrate upgrade a1:c3 --sql
	refute_output --partial 't_a1'
	refute_output --partial alembic_version_pkc
	run ! sql_file script.sql
	tb 0 tb-migrate upgrade a1
	sql_file script.sql
	assert_equal "$(rows)" c3
	tb 64 tb-migrate upgrade a1:c3
	tb 64 tb-migrate downgrade base --sql
	assert_err --partial START:END
}

@test "--sql: concurrent builds stand outside of BEGIN and COMMIT" {
	table_rev a1
	rev b2 a1 'lock-timeout 7s' <<-'E'
		--: upgrade
		CREATE INDEX CONCURRENTLY b2 ON public.t_a1 (id);
		--: downgrade
		DROP INDEX CONCURRENTLY public.b2;
	E
	rev c3 b2 'lock-timeout 8s' <<-'E'
		--: upgrade
		SET search_path = pg_catalog;
		COPY public.t_a1 FROM stdin;
		1
		2
		\.
		--: downgrade
		TRUNCATE public.t_a1;
		--: verify
		SELECT 1 FROM public.t_a1;
	E
	no_server 0 tb-migrate upgrade head --sql --tag $'seven\nDROP TABLE x;'
	assert_line --index 0 '-- seven DROP TABLE x;'
	assert_line "SET lock_timeout = '7s';"
	assert_line "SET LOCAL lock_timeout = '8s';"
	sql_file script.sql
	assert_equal "$(rows)" c3
	assert_sql 'SELECT sum(id) FROM public.t_a1' 3
	assert_sql "SELECT indisvalid FROM pg_index
	    WHERE indexrelid = 'public.b2'::regclass" t
	tb 0 tb-migrate upgrade head
	assert_err --partial 'nothing to do'
}

@test "--sql --transaction revision: one BEGIN for each; the table as told" {
	table_rev a1
	table_rev b2 a1
	no_server 0 tb-migrate upgrade head --sql --transaction revision \
	    --version-table "o'dd" --role postgres
	assert_equal "$(grep -c '^BEGIN;' script.sql)" 2
	assert_line 'SET ROLE "postgres";'
	sql_file script.sql
	assert_equal "$(rows "public.\"o'dd\"")" b2
}

@test "stamp --sql: the rows, from a start or from nothing" {
	table_rev a1
	table_rev b2 a1
	no_server 0 tb-migrate stamp head --sql
	sql_file script.sql
	assert_equal "$(rows)" b2
	no_server 0 tb-migrate stamp b2:a1 --sql
	sql_file script.sql
	assert_equal "$(rows)" a1
	tb 64 tb-migrate stamp head --sql --purge
}

@test "--sql: a schema and a table of one's own, and ids of any length" {
	local long=a_revision_with_quite_a_long_name_of_fifty_bytes
	table_rev a1
	table_rev $long a1
	no_server 0 tb-migrate upgrade a1 --sql --version-schema 'o"ps' \
	    --version-table 'ver"sions'
	assert_line 'CREATE SCHEMA IF NOT EXISTS "o""ps";'
	sql_file script.sql
	assert_equal "$(rows '"o""ps"."ver""sions"')" a1
	assert_sql "SELECT conname FROM pg_constraint
	    WHERE conrelid = '\"o\"\"ps\".\"ver\"\"sions\"'::regclass
	    AND contype = 'p'" 'ver"sions_pkc'
	# Alembic's column has room for 32.
	no_server 0 tb-migrate upgrade a1:head --sql --version-schema 'o"ps' \
	    --version-table 'ver"sions'
	refute_output --partial CREATE\ SCHEMA
	sql_file script.sql
	assert_equal "$(rows '"o""ps"."ver""sions"')" $long
	tb 0 tb-migrate downgrade base --version-schema 'o"ps' \
	    --version-table 'ver"sions'
	no_server 0 tb-migrate stamp head --sql --version-schema elsewhere
	sql_file script.sql
	assert_equal "$(rows elsewhere.alembic_version)" $long
	no_server 0 tb-migrate upgrade a1 --sql
	refute_output --partial 'CREATE SCHEMA'
	refute_output --partial 'ALTER TABLE'
}
