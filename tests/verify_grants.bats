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
