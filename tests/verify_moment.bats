# tb-verify beside a migration: the version rows and the objects that it reads
# belong together, so that nobody is told of a drift that never was.

load helper.bash

# Every revision changes what the server prints in several ways.
revisions() {
	mkdir -p revisions
	cat >revisions/a1_x.sql <<-'SQL'
		--: revision a1
		--: message x

		--: upgrade
		CREATE TABLE public.t (id integer, CHECK (id > 0));
		CREATE VIEW public.v AS SELECT t.id FROM public.t;
		CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql
		    AS 'SELECT 1';
	SQL
	cat >revisions/b2_x.sql <<-'SQL'
		--: revision b2
		--: down-revision a1
		--: message x

		--: upgrade
		ALTER TABLE public.t ADD COLUMN note text DEFAULT 'x';
		CREATE OR REPLACE VIEW public.v AS SELECT t.id, t.note FROM public.t;
		CREATE OR REPLACE FUNCTION public.f() RETURNS integer LANGUAGE sql
		    AS 'SELECT 2';
		CREATE INDEX t_note ON public.t (note);
		CREATE VIEW public.w AS SELECT v.note FROM public.v;

		--: downgrade
		DROP VIEW public.w;
		DROP VIEW public.v;
		CREATE VIEW public.v AS SELECT t.id FROM public.t;
		ALTER TABLE public.t DROP COLUMN note;
		CREATE OR REPLACE FUNCTION public.f() RETURNS integer LANGUAGE sql
		    AS 'SELECT 1';
	SQL
}

setup() {
	PGDATABASE="t_${BATS_SUITE_TEST_NUMBER}"
	export PGDATABASE
	createdb "$PGDATABASE"
	cd "$BATS_TEST_TMPDIR" || return 1
	export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
	revisions
}

is_locked() {
	[ "$(sql "SELECT count(*) FROM pg_catalog.pg_locks AS l
	    JOIN pg_catalog.pg_database AS d ON d.oid = l.database
	    WHERE l.mode = 'AccessExclusiveLock' AND l.granted
	    AND d.datname = '$PGDATABASE'")" -gt 0 ]
}

@test "moment: a migration that commits while the catalogue is read" {
	sed -n '/^--: upgrade/,/^--: downgrade/p' revisions/b2_x.sql >up.sql
	tb 0 tb-migrate upgrade a1 --revisions revisions -q
	# Whoever prints the view waits for the table, and sees it altered.
	{
		echo 'BEGIN; LOCK TABLE public.t IN ACCESS EXCLUSIVE MODE;'
		cat up.sql
		cat <<-'SQL'
			UPDATE public.alembic_version SET version_num = 'b2';
			DO $$
			BEGIN
			    FOR i IN 1..500 LOOP
			        PERFORM pg_catalog.pg_sleep(0.02);
			        EXIT WHEN EXISTS (SELECT
			          FROM pg_catalog.pg_locks AS l
			         WHERE NOT l.granted);
			    END LOOP;
			END
			$$;
			COMMIT;
		SQL
	} >migrate.sql
	psql -X -q -v ON_ERROR_STOP=1 -f migrate.sql 3>&- &
	local job=$!
	until is_locked; do
		sleep 0.05
	done
	tb 0 tb-verify --revisions revisions
	wait "$job"
	assert_output --partial 'revisions@b2'
}

@test "moment: migrations there and back, one after the other" {
	tb 0 tb-migrate upgrade a1 --revisions revisions -q
	while [ ! -e stop ]; do
		tb-migrate upgrade b2 --revisions revisions -q
		sleep 0.2
		tb-migrate downgrade a1 --revisions revisions -q
		sleep 0.3
	done >/dev/null 2>&1 3>&- &
	local job=$! i status equal=0
	for ((i = 0; i < 12; i++)); do
		status=0
		tb-verify --revisions revisions >out 2>err || status=$?
		case $status in
		0) equal=$((equal + 1)) ;;
		75) ;;
		*)
			cat out err
			touch stop
			wait "$job"
			fail "exit $status in round $i"
			;;
		esac
	done
	touch stop
	wait "$job" || true
	[ "$equal" -gt 0 ] || fail 'it never came to an answer'
	tb 0 tb-verify --revisions revisions
}

@test "moment: all that belongs together is asked in one transaction" {
	tb 0 tb-migrate upgrade b2 --revisions revisions -q
	log_mark
	tb 0 tb-verify --revisions revisions
	log_since >log
	# From BEGIN to COMMIT, the version rows among it.
	sed -n '/BEGIN ISOLATION LEVEL REPEATABLE READ/,/ COMMIT$/p' log >within
	grep -q 'alembic_version' within
	grep -q 'FROM pg_catalog.pg_class' within
}
