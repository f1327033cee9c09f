# Grants that were made before any revision ran are no difference.

load helper.bash

@test "replay: default privileges and the grants on public are the database's" {
	mkdir revisions
	printf -- '--: revision a1\n\n--: upgrade\nCREATE TABLE public.t ();\n' \
	    >revisions/a1.sql
	export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
	sql "GRANT USAGE ON SCHEMA public TO pg_monitor;
	    ALTER DEFAULT PRIVILEGES IN SCHEMA public
	        GRANT SELECT ON TABLES TO pg_monitor"
	tb 0 tb-migrate upgrade -q
	tb 0 tb-verify --revisions revisions
	assert_output --partial 'no differences'
	sql 'REVOKE SELECT ON public.t FROM pg_monitor'
	tb 1 tb-verify --revisions revisions
	assert_output --partial 'privilege table public.t TO pg_monitor'
}

one_revision() {
	mkdir -p revisions
	printf -- '--: revision a1\n\n--: upgrade\n' >revisions/a1.sql
	cat >>revisions/a1.sql
}

# The usual way: whoever sets the database up says who reads what is there and
# what will be.
reader_of() {
	sql "ALTER DEFAULT PRIVILEGES IN SCHEMA $1 GRANT SELECT ON TABLES
	        TO pg_monitor;
	    GRANT SELECT ON ALL TABLES IN SCHEMA $1 TO pg_monitor"
}

second_revision() {
	printf -- '--: revision b2\n--: down-revision a1\n\n--: upgrade\n' \
	    >revisions/b2.sql
	cat >>revisions/b2.sql
}

@test "replay: default privileges of schemas that revisions make" {
	export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
	one_revision <<-'SQL'
		CREATE SCHEMA app;
		CREATE TABLE app.t (id integer);
		DO $$ BEGIN EXECUTE 'CREATE  SCHEMA "Dyn"'; END $$;
	SQL
	second_revision <<-'SQL'
		CREATE TABLE app.u (id integer);
		CREATE TABLE "Dyn".d (id integer);
		CREATE SCHEMA plain;
		ALTER SCHEMA plain RENAME TO named;
		CREATE TABLE named.n (id integer);
	SQL
	tb 0 tb-migrate upgrade a1 --revisions revisions -q
	reader_of app
	reader_of '"Dyn"'
	tb 0 tb-migrate upgrade b2 --revisions revisions -q
	reader_of named
	tb 0 tb-verify --revisions revisions
	sql 'REVOKE SELECT ON app.u FROM pg_monitor'
	tb 1 tb-verify --revisions revisions
	assert_line --index 0 'table app.u'
	assert_line --index 2 --partial '1 difference'
	# What decides about it is part of what is kept.
	sql 'ALTER DEFAULT PRIVILEGES IN SCHEMA app REVOKE SELECT ON TABLES
	        FROM pg_monitor;
	    REVOKE SELECT ON app.t FROM pg_monitor'
	tb 0 tb-verify --revisions revisions
}

@test "replay: default privileges that revisions give count from there on" {
	one_revision <<-'SQL'
		CREATE TABLE public.t (id integer);
		ALTER DEFAULT PRIVILEGES IN SCHEMA public
		    GRANT SELECT ON TABLES TO pg_monitor;
		CREATE TABLE public.u (id integer);
		CREATE SCHEMA app;
		CREATE TABLE app.t (id integer);
		DO $$ BEGIN EXECUTE 'ALTER DEFAULT PRIVILEGES IN SCHEMA app
		    GRANT INSERT ON TABLES TO pg_monitor'; END $$;
		CREATE TABLE app.u (id integer);
		CREATE FUNCTION app.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
		ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
		CREATE FUNCTION app.g() RETURNS integer LANGUAGE sql AS 'SELECT 1';
	SQL
	tb 0 tb-migrate upgrade --revisions revisions -q
	tb 0 tb-verify --revisions revisions
	# Beside those others that it does not give.
	second_revision <<-'SQL'
		CREATE TABLE app.v (id integer);
	SQL
	sql 'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES
	        TO pg_read_all_settings;
	    GRANT SELECT ON ALL TABLES IN SCHEMA app TO pg_read_all_settings'
	tb 0 tb-migrate upgrade --revisions revisions -q
	tb 0 tb-verify --revisions revisions
}

@test "replay: default privileges for a role that may not are passed over" {
	local role=grants_$BATS_SUITE_TEST_NUMBER other=other_$BATS_SUITE_TEST_NUMBER
	psql -X -q -c "CREATE ROLE $other" \
	    -c "CREATE ROLE $role LOGIN CREATEDB PASSWORD 'x'"
	one_revision <<-'SQL'
		CREATE SCHEMA app;
		CREATE TABLE app.t (id integer);
	SQL
	tb 0 tb-migrate upgrade --revisions revisions -q
	sql "ALTER DEFAULT PRIVILEGES FOR ROLE $other IN SCHEMA app
	    GRANT SELECT ON TABLES TO pg_monitor;
	    GRANT USAGE ON SCHEMA app TO $role;
	    GRANT SELECT ON public.alembic_version TO $role"
	PGPASSWORD=x tb 1 tb-verify -U "$role" --revisions revisions
	assert_output --partial 'default-privilege FOR ROLE'
	refute_output --partial 'table app.t'
	sql "DROP OWNED BY $other; DROP OWNED BY $role"
	psql -X -q -c "DROP ROLE $role" -c "DROP ROLE $other"
}
