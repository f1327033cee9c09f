#!/usr/bin/env bats
# tb-migrate rehearse: what a revision would do, and whether it can be undone.
# shellcheck disable=SC2154

load migrate_helper.bash

# A table with data at revision a; what follows is rehearsed.
base() {
	rev a <<-'S'
		--: upgrade
		CREATE TABLE public.t (id integer PRIMARY KEY, a integer);
		CREATE TABLE public.u (id integer PRIMARY KEY);
		CREATE SEQUENCE public.s;
		INSERT INTO public.t SELECT i, i FROM generate_series(1, 1000) i;

		--: downgrade
		DROP SEQUENCE public.s;
		DROP TABLE public.u;
		DROP TABLE public.t;
	S
	tb 0 tb-migrate upgrade a
}

# What must not change, as one value.
state() {
	sql "SELECT md5(string_agg(x::text, ',' ORDER BY x::text)) FROM (
	    SELECT t::text AS x FROM public.t
	    UNION ALL SELECT oid::text || relfilenode::text FROM pg_class
	        WHERE relnamespace IN ('public'::regnamespace, 'tb'::regnamespace)
	    UNION ALL SELECT version_num FROM public.alembic_version
	    UNION ALL SELECT e::text FROM tb.event e) AS x"
}

# The locks of the statement at a line, as "MODE RELATION" lines.
locks_at() {
	psql -X -q -A -t -v "j=$output" -v "l=$1" <<-'E'
		SELECT k ->> 'mode' || ' ' || coalesce(k ->> 'relation', '-')
		    || CASE WHEN (k ->> 'rewritten')::boolean
		        THEN ' rewritten' ELSE '' END
		    || CASE WHEN (k ->> 'emptied')::boolean
		        THEN ' emptied' ELSE '' END
		    || CASE WHEN (k ->> 'advanced')::boolean
		        THEN ' advanced' ELSE '' END
		  FROM jsonb_array_elements(:'j'::jsonb -> 'statements') AS s,
		       jsonb_array_elements(s -> 'locks') AS k
		 WHERE (s ->> 'line')::integer = :'l'
	E
}

@test "locks, rewrites and rows of each statement, and nothing is kept" {
	base
	rev b a <<-'S'
		--: upgrade
		ALTER TABLE public.t ADD COLUMN b text;
		ALTER TABLE public.t ALTER COLUMN a TYPE bigint;
		UPDATE public.t SET b = 'x' WHERE id <= 10;
		CREATE TABLE public.w (u integer REFERENCES public.u (id));
		INSERT INTO public.w SELECT nextval('public.s') WHERE false;
		SELECT nextval('public.s');
		TRUNCATE public.w;

		--: downgrade
		DROP TABLE public.w;
		ALTER TABLE public.t ALTER COLUMN a TYPE integer;
		ALTER TABLE public.t DROP COLUMN b;
	S
	before=$(state)
	tb 0 tb-migrate rehearse
	assert_err --partial 'in a transaction that is rolled back'
	assert_line --regexp \
	    '^revisions/b_make.sql:6 +0 .* ACCESS EXCLUSIVE +public.t$'
	assert_line --regexp \
	    '^revisions/b_make.sql:7 .* public.t \(rewritten, [0-9]+ kB\)$'
	assert_line --regexp '^revisions/b_make.sql:8 +10 .* - +-$'
	assert_line --regexp '^revisions/b_make.sql:9 .* SHARE ROW EXC.* public.u$'
	assert_line 'up, down and up again, 1 revision: the way back leads back'
	assert_equal "$(state)" "$before"
	tb 0 tb-migrate rehearse --format json
	assert_json '$.place' transaction
	assert_equal "$(locks_at 6)" 'ACCESS EXCLUSIVE public.t'
	assert_equal "$(locks_at 7)" 'ACCESS EXCLUSIVE public.t rewritten'
	assert_equal "$(locks_at 8)" ''
	assert_equal "$(locks_at 11)" 'ROW EXCLUSIVE public.s advanced'
	assert_equal "$(locks_at 12)" ''
	assert_json '$.statements[2].rows' 10
	assert_json '$.statements[2].revision' b
	assert_json '$.way_back.leads_back' true
	assert_json '$.way_back.revisions' 1
}

@test "a lock is told once, and again when it becomes stronger" {
	base
	rev b a <<-'S'
		--: upgrade
		INSERT INTO public.t VALUES (0, 0);
		UPDATE public.t SET a = 1 WHERE id = 0;
		CREATE INDEX ti ON public.t (a);
		DROP INDEX public.ti;

		--: downgrade
		DELETE FROM public.t WHERE id = 0;
	S
	tb 0 tb-migrate rehearse --format json
	assert_equal "$(locks_at 6)" 'ROW EXCLUSIVE public.t'
	assert_equal "$(locks_at 7)" ''
	assert_equal "$(locks_at 8)" 'SHARE public.t'
	assert_equal "$(locks_at 9)" 'ACCESS EXCLUSIVE public.t'
}

@test "an index is told where its table is locked less" {
	base
	rev b a <<-'S'
		--: upgrade
		REINDEX INDEX public.t_pkey;

		--: downgrade
	S
	tb 0 tb-migrate rehearse --format json
	assert_equal "$(locks_at 6)" 'ACCESS EXCLUSIVE public.t_pkey rewritten
SHARE public.t'
}

@test "rows that a function and a trigger touch are counted" {
	base
	rev b a <<-'S'
		--: upgrade
		DO $$ BEGIN
		    INSERT INTO public.u SELECT generate_series(1, 7);
		    DELETE FROM public.u WHERE id < 3;
		END $$;

		--: downgrade
		TRUNCATE public.u;
	S
	tb 0 tb-migrate rehearse --format json
	assert_json '$.statements[0].rows' 9
}

@test "TRUNCATE empties, it does not rewrite" {
	base
	rev b a <<-'S'
		--: upgrade
		TRUNCATE public.t;

		--: downgrade
	S
	tb 0 tb-migrate rehearse --format json
	assert_equal "$(locks_at 6)" 'ACCESS EXCLUSIVE public.t emptied'
	assert_sql 'SELECT count(*) FROM public.t' 1000
}

@test "a way back that forgets something is exit 1, with the revision" {
	base
	table_rev b a
	rev c b <<-'S'
		--: upgrade
		CREATE INDEX ti ON public.t (a);
		ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;

		--: downgrade
		ALTER TABLE public.t DROP COLUMN a;
	S
	table_rev d c
	tb 1 tb-migrate rehearse
	assert_line 'revision "c": the way back does not lead back:'
	assert_line '  missing: column public.t.a'
	refute_output --partial 'leads back'
	tb 1 tb-migrate rehearse --format json
	assert_json '$.way_back.leads_back' false
	assert_json '$.way_back.revision' c
	assert_json '$.way_back.after_down[*].identity' public.t.a
	tb 1 tb-migrate rehearse --scratch
	assert_line '  missing: column public.t.a'
}

@test "what is left over and what is changed" {
	base
	rev b a <<-'S'
		--: upgrade
		CREATE INDEX ti ON public.t (a);
		ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

		--: downgrade
	S
	tb 1 tb-migrate rehearse
	assert_line '  left over: index public.ti'
	assert_line '  changed: column public.t.a: type was integer, is bigint'
}

@test "a second way up that makes something else is exit 1" {
	base
	rev b a <<-'S'
		--: upgrade
		DO $$ BEGIN
		    EXECUTE format('CREATE TABLE public.v%s (i integer)',
		        nextval('public.s'));
		END $$;

		--: downgrade
		DO $$ BEGIN
		    EXECUTE format('DROP TABLE public.v%s', currval('public.s'));
		END $$;
	S
	tb 1 tb-migrate rehearse
	assert_line 'revision "b": the second time up is not like the first:'
	assert_line '  missing: table public.v1'
	assert_line '  left over: table public.v2'
}

@test "only what comes after a revision without a way back is undone" {
	base
	rev b a <<-'S'
		--: upgrade
		DROP TABLE public.u;

		--: downgrade none
	S
	table_rev c b
	tb 0 tb-migrate rehearse
	assert_line 'no way back from revision "b"'
	assert_line 'up, down and up again, 1 revision: the way back leads back'
	tb 0 tb-migrate rehearse b
	assert_line 'no way back from revision "b"'
	refute_output --partial 'leads back'
	assert_sql "SELECT to_regclass('public.u') IS NOT NULL" t
}

@test "a statement that fails is 65 with file and line, on both ways" {
	base
	rev b a <<-'S'
		--: upgrade
		CREATE TABLE public.v (i integer);
		SELECT 1 / 0;

		--: downgrade
		DROP TABLE public.v;
	S
	before=$(state)
	tb 65 tb-migrate rehearse
	assert_err --partial 'revisions/b_make.sql:7: division by zero'
	assert_equal "$(state)" "$before"
	rev b a <<-'S'
		--: upgrade
		CREATE TABLE public.v (i integer);

		--: downgrade
		DROP TABLE public.vv;
	S
	tb 65 tb-migrate rehearse
	assert_err --partial 'revisions/b_make.sql:9: table "vv" does not exist'
	assert_err --partial 'This was on the way back.'
	assert_equal "$(state)" "$before"
}

@test "a second way up that fails says so" {
	base
	rev b a <<-'S'
		--: upgrade
		INSERT INTO public.t VALUES (0, 0);

		--: downgrade
	S
	tb 65 tb-migrate rehearse
	assert_err --partial 'duplicate key'
	assert_err --partial 'This was the second time up, after the way back.'
}

@test "a verify section and deferred constraints count" {
	base
	rev b a <<-'S'
		--: upgrade
		INSERT INTO public.u VALUES (1);

		--: verify
		SELECT count(*) = 2 FROM public.u;

		--: downgrade
		DELETE FROM public.u;
	S
	tb 65 tb-migrate rehearse
	assert_err --partial 'does not verify'
	rev b a <<-'S'
		--: upgrade
		ALTER TABLE public.t ADD FOREIGN KEY (a) REFERENCES public.u
		    DEFERRABLE INITIALLY DEFERRED NOT VALID;
		INSERT INTO public.t VALUES (0, 77);

		--: downgrade
	S
	tb 65 tb-migrate rehearse
	assert_err --partial 'at the commit'
	assert_err --partial 'violates foreign key'
}

@test "what cannot be in a transaction is rehearsed in a scratch database" {
	base
	rev b a <<-'S'
		--: upgrade
		CREATE INDEX CONCURRENTLY ti ON public.t (a);
		ALTER TABLE public.t ADD COLUMN z integer;
		VACUUM FULL public.t;

		--: downgrade
		ALTER TABLE public.t DROP COLUMN z;
		DROP INDEX CONCURRENTLY public.ti;
	S
	before=$(state)
	tb 0 tb-migrate rehearse
	assert_err --partial 'revision "b" runs outside a transaction ('
	assert_line --regexp \
	    'b_make.sql:6 .* SHARE UPDATE EXCLUSIVE +\(as documented, not mea'
	assert_line --regexp 'b_make.sql:7 .* ACCESS EXCLUSIVE +public.t$'
	assert_line 'up, down and up again, 1 revision: the way back leads back'
	assert_equal "$(state)" "$before"
	assert_sql "SELECT count(*) FROM pg_database
	    WHERE datname LIKE 'tb\_scratch\_%'" 0
	tb 0 tb-migrate rehearse --format json
	assert_json '$.place' scratch
	assert_json '$.statements[0].outside_transaction' \
	    'CREATE INDEX CONCURRENTLY'
	assert_json '$.statements[0].locks[0].measured' false
	assert_json '$.statements[1].outside_transaction' ''
	assert_json '$.statements[1].locks[0].measured' true
	assert_json '$.statements[2].locks[0].mode' 'ACCESS EXCLUSIVE'
}

@test "--scratch takes no lock in the real database" {
	base
	rev b a <<-'S'
		--: upgrade
		ALTER TABLE public.t ADD COLUMN z integer;

		--: downgrade
		ALTER TABLE public.t DROP COLUMN z;
	S
	hold 'BEGIN; SELECT count(*) FROM public.t;'
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE application_name = 'holder' AND state = 'idle in transaction'"
	tb 75 tb-migrate rehearse --lock-timeout 50ms
	assert_err --partial 'revisions/b_make.sql:6'
	assert_err --partial '--scratch'
	tb 0 tb-migrate rehearse --scratch
	assert_line 'up, down and up again, 1 revision: the way back leads back'
	stop_holding
}

@test "a scratch database finds what the database's search_path finds" {
	rev a <<-'S'
		--: upgrade
		CREATE SCHEMA app;
		CREATE TABLE app.t (a integer);

		--: downgrade
		DROP SCHEMA app CASCADE;
	S
	rev b a <<-'S'
		--: upgrade
		ALTER TABLE t ADD COLUMN b integer;

		--: downgrade
		ALTER TABLE t DROP COLUMN b;
	S
	sql "ALTER DATABASE $PGDATABASE SET search_path = app, public"
	tb 0 tb-migrate upgrade a
	tb 0 tb-migrate rehearse --scratch
	tb 0 tb-migrate rehearse
}

@test "a value that an enum gets is used in the next transaction only" {
	rev a <<-'S'
		--: upgrade
		CREATE TYPE public.e AS ENUM ('x');

		--: downgrade
		DROP TYPE public.e;
	S
	tb 0 tb-migrate upgrade
	rev b a <<-'S'
		--: upgrade
		ALTER TYPE public.e ADD VALUE 'y';

		--: downgrade none
	S
	rev c b <<-'S'
		--: upgrade
		CREATE TABLE public.t (e public.e DEFAULT 'y');

		--: downgrade
		DROP TABLE public.t;
	S
	tb 65 tb-migrate rehearse
	assert_err --partial 'unsafe use of new value'
	assert_err --partial 'with --scratch'
	tb 0 tb-migrate rehearse --scratch --transaction revision
	assert_line 'no way back from revision "b"'
}

@test "it waits for a run that goes on" {
	base
	table_rev b a
	rev c b <<-'S'
		--: upgrade
		SELECT pg_sleep(60);

		--: downgrade
	S
	start tb-migrate upgrade
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE query LIKE '%pg_sleep(60)%' AND state = 'active'
	    AND pid <> pg_backend_pid()"
	tb 75 tb-migrate rehearse --wait-lock 0.1
	kill -INT "$job"
	finish 130
}

@test "a signal stops it and leaves nothing" {
	base
	rev b a <<-'S'
		--: upgrade
		ALTER TABLE public.t ADD COLUMN z integer;
		SELECT pg_sleep(60);

		--: downgrade
	S
	before=$(state)
	start tb-migrate rehearse
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE query LIKE '%pg_sleep(60)%' AND state = 'active'
	    AND pid <> pg_backend_pid()"
	kill -TERM "$job"
	finish 143
	assert_equal "$(state)" "$before"
	assert_sql "SELECT count(*) FROM pg_locks
	    WHERE relation = 'public.t'::regclass" 0
}

@test "nothing to do" {
	base
	tb 0 tb-migrate rehearse
	assert_output ''
	assert_err --partial 'nothing to do'
}
