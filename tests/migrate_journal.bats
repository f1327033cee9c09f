# tb-migrate: what runs outside a transaction, and what is done when it is
# interrupted.
#
# shellcheck disable=SC2154 # variables of migrate_helper.bash

load migrate_helper.bash

# end_sessions: those of tb-migrate in this database, and wait for that.
end_sessions() {
	sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()" >/dev/null
	wait_for "SELECT count(*) = 0 FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()"
}

sleeping() {
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE datname = current_database() AND wait_event = 'PgSleep'
	    AND application_name = 'tb-migrate'"
}

# kill_asleep: kill the run that start began with -9, at its pg_sleep.
kill_asleep() {
	sleeping
	kill -s KILL "$job"
	finish 137
	end_sessions
}

# journal: its rows.
journal() {
	sql "SELECT string_agg(concat_ws(' ', revision, direction, number,
	    state), ', ' ORDER BY revision, number) FROM tb.journal"
}

# Three rows, the second statement sleeps.
three() {
	table_rev a1
	rev b2 a1 'transaction no' <<-E
		--: upgrade
		INSERT INTO public.t_a1 VALUES (1);
		${1-SELECT pg_sleep(60)};
		INSERT INTO public.t_a1 VALUES (3);
		--: downgrade
		DELETE FROM public.t_a1 WHERE id = 3;
		${2-SELECT 1};
		DELETE FROM public.t_a1 WHERE id = 1;
	E
	table_rev c3 b2
}

ids() {
	sql "SELECT string_agg(id::text, ' ' ORDER BY id) FROM public.t_a1"
}

@test "killed with -9: the next run goes on at the right statement" {
	three
	start tb-migrate upgrade
	kill_asleep
	assert_equal "$(journal)" 'b2 up 1 done'
	assert_equal "$(rows)" a1
	sed -i 's/(60)/(0)/' revisions/b2*
	tb 0 tb-migrate upgrade
	assert_err --partial 'revision "b2" goes on at line 8: 1 of its 3'
	assert_equal "$(ids)" '1 3'
	assert_equal "$(rows)" c3
	assert_equal "$(journal)" ''
	assert_sql "SELECT jsonb_path_query(statements, '\$[0].state') #>> '{}'
	    FROM tb.event WHERE revision = 'b2'" 'done before'
}

@test "killed before the first statement is done: as if nothing had been" {
	table_rev a1
	rev b2 a1 'transaction no' <<-'E'
		--: upgrade
		SELECT pg_sleep(60);
		--: downgrade
	E
	start tb-migrate upgrade
	kill_asleep
	assert_equal "$(journal)" ''
	sed -i 's/(60)/(0)/' revisions/b2*
	tb 0 tb-migrate upgrade
	refute_err --partial 'goes on'
}

@test "the way down: interrupted, finished by resume, and what was to follow" {
	three 'SELECT 2' 'SELECT pg_sleep(60)'
	tb 0 tb-migrate upgrade
	start tb-migrate downgrade base
	kill_asleep
	assert_equal "$(journal)" 'b2 down 1 done'
	assert_equal "$(ids)" 1
	sed -i 's/(60)/(0)/' revisions/b2*
	tb 65 tb-migrate upgrade
	assert_err --partial 'revision "b2" is half undone'
	assert_err --partial 'tb-migrate resume'
	assert_equal "$(ids)" 1
	tb 0 tb-migrate resume
	assert_err --partial 'revision "b2" goes on at line 12'
	assert_err --partial 'undone b2'
	assert_err --partial 'undone a1'
	assert_equal "$(tables)" ''
	assert_equal "$(rows)" ''
}

@test "resume: only what that run was to do" {
	three
	start tb-migrate upgrade c3
	kill_asleep
	table_rev d4 c3
	sed -i 's/(60)/(0)/' revisions/b2*
	tb 0 tb-migrate resume --format json
	assert_json '$.steps[*].revision' "b2
c3"
	assert_json '$.after[*]' c3
	assert_equal "$(rows)" c3
	tb 0 tb-migrate resume
	assert_err --partial 'nothing to resume'
	tb 65 tb-migrate resume --skip
	assert_err --partial 'no revision is half done'
	tb 64 tb-migrate resume --skip --mark-done
}

@test "a run that does not begin with the rest of it is refused" {
	three
	start tb-migrate upgrade
	kill_asleep
	tb 65 tb-migrate downgrade base
	assert_err --partial 'revision "b2" is half done'
	assert_err --regexp 'the run that .+ began at [0-9-]+T[0-9:]+Z came to line 7'
	assert_equal "$(ids)" 1
	tb 0 tb-migrate resume --forget
	tb 0 tb-migrate downgrade base
	assert_equal "$(tables)" ''
}

@test "stamp: somebody finished it by hand" {
	three
	start tb-migrate upgrade
	kill_asleep
	sql 'INSERT INTO public.t_a1 VALUES (3)'
	tb 0 tb-migrate stamp b2
	tb 0 tb-migrate upgrade
	refute_err --partial 'goes on'
	assert_equal "$(ids)" '1 3'
	assert_equal "$(rows)" c3
}

@test "an error: what is before it stays, the mended file goes on" {
	three 'SELECT 1/0'
	tb 65 tb-migrate upgrade
	assert_err --partial 'revisions/b2_make.sql:8: division by zero'
	assert_err --partial 'statements before line 8 are done and stay'
	assert_err --partial '1 of 3 steps were done'
	assert_err --partial 'The next run goes on at line 8.'
	assert_err --partial 'tb-migrate resume --skip'
	assert_equal "$(journal)" 'b2 up 1 done'
	tb 65 tb-migrate upgrade
	assert_err --partial 'goes on at line 8'
	assert_equal "$(ids)" '1'
	sed -i 's/SELECT 1.0/INSERT INTO public.t_a1 VALUES (2)/' revisions/b2*
	tb 0 tb-migrate upgrade
	assert_equal "$(ids)" '1 2 3'
}

@test "what is done may be laid out anew, but not be changed" {
	three 'SELECT 1/0'
	tb 65 tb-migrate upgrade
	sed -i 's/VALUES (1)/VALUES (7)/; s/1.0/1/' revisions/b2*
	tb 65 tb-migrate upgrade
	assert_err --partial \
	    'b2_make.sql:7: statement 1 of revision "b2" is done already, and was another one'
	assert_err --partial 'INSERT INTO public.t_a1 VALUES (1)'
	sed -i '/VALUES (7)/d' revisions/b2*
	tb 65 tb-migrate resume
	assert_err --partial 'statement 1 of revision "b2" is done already'
	sed -i 's/^SELECT 1;/-- again\nInsert  into public.t_a1\nvalues (1);\n&/' \
	    revisions/b2*
	tb 0 tb-migrate upgrade
	assert_equal "$(ids)" '1 3'
}

@test "resume --skip and --mark-done go on behind the statement" {
	three 'SELECT 1/0'
	tb 65 tb-migrate upgrade
	tb 0 tb-migrate resume --skip
	assert_err --partial 'b2_make.sql:8: skipped'
	assert_equal "$(ids)" '1 3'
	assert_equal "$(rows)" c3
	assert_sql "SELECT jsonb_path_query_array(statements, '\$[*].state')
	    FROM tb.event WHERE revision = 'b2' AND outcome = 'done'" \
	    '["done before", "skipped"]'
	tb 0 tb-migrate stamp a1
	sql 'DROP TABLE public.t_c3'
	tb 65 tb-migrate upgrade
	tb 0 tb-migrate resume --mark-done
	assert_err --partial 'b2_make.sql:8: taken as done'
	assert_equal "$(rows)" c3
}

procedure() {
	tb 0 tb-migrate upgrade a1
	sql "CREATE PROCEDURE public.p() LANGUAGE plpgsql AS \$\$ BEGIN
	    INSERT INTO public.t_a1 VALUES (2); COMMIT; PERFORM $1; END \$\$"
}

@test "a procedure that commits: nobody knows, so a person decides" {
	three 'CALL public.p()'
	procedure 'pg_sleep(60)'
	start tb-migrate upgrade
	kill_asleep
	assert_equal "$(journal)" 'b2 up 1 done, b2 up 2 running'
	assert_equal "$(ids)" '1 2'
	tb 65 tb-migrate upgrade
	assert_err --partial 'b2_make.sql:8: it is not known what this statement'
	assert_err --partial 'was interrupted'
	assert_err --partial 'CALL public.p()'
	assert_err --partial 'resume --mark-done'
	assert_equal "$(ids)" '1 2'
	tb 0 tb-migrate resume --mark-done
	assert_equal "$(ids)" '1 2 3'
	assert_equal "$(rows)" c3
}

@test "a procedure that fails after it committed: the same; resume repeats it" {
	three 'CALL public.p()'
	procedure '1/0'
	tb 65 tb-migrate upgrade
	assert_err --partial 'division by zero'
	assert_equal "$(journal)" 'b2 up 1 done, b2 up 2 running'
	tb 65 tb-migrate upgrade
	assert_err --partial 'failed, and may have committed before that: '
	assert_equal "$(ids)" '1 2'
	sql "CREATE OR REPLACE PROCEDURE public.p() LANGUAGE plpgsql AS \$\$
	    BEGIN INSERT INTO public.t_a1 VALUES (2); COMMIT; END \$\$"
	tb 0 tb-migrate resume
	assert_equal "$(ids)" '1 2 2 3'
}

@test "a procedure that fails before it commits: it did nothing" {
	three 'CALL public.none()'
	tb 65 tb-migrate upgrade
	assert_equal "$(journal)" 'b2 up 1 done'
	three 'SELECT 2'
	tb 0 tb-migrate upgrade
}

@test "DO: with what it does in one transaction, or committing inside" {
	# shellcheck disable=SC2016
	three 'DO $$ BEGIN INSERT INTO public.t_a1 VALUES (2); PERFORM pg_sleep(60); END $$'
	start tb-migrate upgrade
	kill_asleep
	assert_equal "$(journal)" 'b2 up 1 done'
	assert_equal "$(ids)" 1
	sed -i 's/pg_sleep(60)/1; COMMIT/' revisions/b2*
	tb 0 tb-migrate upgrade
	assert_equal "$(ids)" '1 2 3'
}

@test "the settings of the revision are set again" {
	table_rev a1
	rev b2 a1 'transaction no' <<-'E'
		--: upgrade
		CREATE SCHEMA s;
		SET search_path = s;
		SELECT pg_catalog.set_config('work_mem', '7MB', false);
		CREATE TABLE t (id integer);
		SELECT pg_sleep(60);
		INSERT INTO t VALUES (1);
		CREATE TABLE m AS SELECT current_setting('work_mem') AS w;
		--: downgrade
	E
	start tb-migrate upgrade
	kill_asleep
	assert_equal "$(journal)" \
	    'b2 up 1 done, b2 up 2 done, b2 up 3 done, b2 up 4 done'
	sed -i 's/(60)/(0)/' revisions/b2*
	tb 0 tb-migrate upgrade
	assert_sql 'SELECT w FROM s.m, s.t' 7MB
}

@test "a temporary table ended with its session: refused, unless by resume" {
	table_rev a1
	rev b2 a1 'transaction no' <<-'E'
		--: upgrade
		CREATE TEMP TABLE x AS SELECT 1 AS id;
		SELECT pg_sleep(60);
		SELECT 2;
		--: downgrade
	E
	start tb-migrate upgrade
	kill_asleep
	sed -i 's/(60)/(0)/' revisions/b2*
	tb 65 tb-migrate upgrade
	assert_err --partial 'b2_make.sql:7: what this statement'
	assert_err --partial 'ended with the session'
	tb 0 tb-migrate resume
	assert_equal "$(rows)" b2
}

@test "a role that the revision takes, timeouts: the journal is ours" {
	sql "CREATE ROLE r_$PGDATABASE"
	table_rev a1
	rev b2 a1 'transaction no' <<-E
		--: upgrade
		SET SESSION AUTHORIZATION r_$PGDATABASE;
		SET default_transaction_read_only = on;
		SELECT 1;
		SET default_transaction_read_only = off;
		RESET SESSION AUTHORIZATION;
		SET ROLE r_$PGDATABASE;
		SET statement_timeout = '1min';
		SELECT 2;
		--: verify
		SELECT current_user <> 'r_$PGDATABASE';
		--: downgrade
	E
	tb 0 tb-migrate upgrade
	assert_equal "$(rows)" b2
	assert_equal "$(journal)" ''
	sql "DROP ROLE r_$PGDATABASE"
}

@test "a deferred constraint fails at the commit of its statement" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t_a1 (id integer UNIQUE
		    DEFERRABLE INITIALLY DEFERRED);
		--: downgrade
	E
	three 'SELECT 2'
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t_a1 (id integer UNIQUE
		    DEFERRABLE INITIALLY DEFERRED);
		--: downgrade
	E
	sed -i 's/SELECT 2;/INSERT INTO public.t_a1 VALUES (1);/' revisions/b2*
	tb 65 tb-migrate upgrade
	assert_err --partial 'b2_make.sql:8: '
	assert_err --partial 'duplicate key'
	assert_equal "$(journal)" 'b2 up 1 done'
	assert_equal "$(ids)" 1
}

@test "what the server refuses in a transaction, found only by trying" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.p (id integer PRIMARY KEY)
		    PARTITION BY RANGE (id);
		CREATE TABLE public.p1 PARTITION OF public.p
		    FOR VALUES FROM (1) TO (9);
		--: downgrade
	E
	rev b2 a1 'transaction no' <<-'E'
		--: upgrade
		REINDEX TABLE public.p;
		--: downgrade
	E
	tb 0 tb-migrate upgrade
	assert_equal "$(rows)" b2
	assert_sql "SELECT jsonb_array_length(statements) FROM tb.event
	    WHERE revision = 'b2'" 1
}

@test "DETACH CONCURRENTLY that was interrupted: finished" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.p (id integer) PARTITION BY RANGE (id);
		CREATE TABLE public.p1 PARTITION OF public.p
		    FOR VALUES FROM (1) TO (9);
		--: downgrade
	E
	rev b2 a1 <<-'E'
		--: upgrade
		ALTER TABLE public.p DETACH PARTITION public.p1 CONCURRENTLY;
		--: downgrade
	E
	tb 0 tb-migrate upgrade a1
	[ "$(sql 'SHOW server_version_num')" -ge 140000 ] || skip 'new in 14'
	hold 'BEGIN; SELECT * FROM public.p;'
	wait_for "SELECT count(*) > 0 FROM pg_locks
	    WHERE relation = 'public.p'::regclass AND granted"
	start tb-migrate upgrade
	wait_for "SELECT inhdetachpending FROM pg_inherits
	    WHERE inhrelid = 'public.p1'::regclass"
	kill -s KILL "$job"
	finish 137
	end_sessions
	stop_holding
	tb 0 tb-migrate upgrade
	assert_err --partial 'finishing to detach partition public.p1'
	assert_sql 'SELECT count(*) FROM pg_inherits' 0
	assert_equal "$(rows)" b2
}

# slow_note: noting that a statement is done takes long.
slow_note() {
	sql "CREATE FUNCTION public.pause() RETURNS trigger LANGUAGE plpgsql
	    AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END';
	    CREATE TRIGGER pause BEFORE UPDATE ON tb.journal FOR EACH ROW
	    WHEN (NEW.state = 'done') EXECUTE FUNCTION public.pause()"
}

@test "CREATE and DROP DATABASE: done, and killed before it is noted" {
	local name="${PGDATABASE}_X"
	table_rev a1
	rev b2 a1 <<-E
		--: upgrade
		CREATE DATABASE "$name";
		--: downgrade
		DROP DATABASE "$name";
	E
	tb 0 tb-migrate upgrade
	# Refused at once: nothing took effect, and nothing is noted.
	tb 0 tb-migrate stamp a1
	tb 65 tb-migrate upgrade
	assert_err --partial 'already exists'
	assert_equal "$(journal)" ''
	tb 0 tb-migrate stamp b2
	slow_note
	start tb-migrate downgrade a1
	kill_asleep
	assert_equal "$(journal)" 'b2 down 1 running'
	sql 'DROP TRIGGER pause ON tb.journal; DROP FUNCTION public.pause()'
	tb 0 tb-migrate downgrade a1
	assert_err --partial 'its 1 statements are done'
	slow_note
	start tb-migrate upgrade
	kill_asleep
	sql 'DROP TRIGGER pause ON tb.journal'
	assert_sql "SELECT count(*) FROM pg_database WHERE datname = '$name'" 1
	tb 0 tb-migrate upgrade
	assert_equal "$(rows)" b2
	tb 0 tb-migrate downgrade a1
	assert_sql "SELECT count(*) FROM pg_database WHERE datname = '$name'" 0
}

@test "ALTER SYSTEM, VACUUM and CLUSTER: by themselves, again after a crash" {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		VACUUM public.t_a1;
		CLUSTER;
		ALTER SYSTEM SET log_min_messages = 'warning';
		ALTER SYSTEM RESET log_min_messages;
		--: downgrade
	E
	tb 0 tb-migrate plan
	assert_output --partial 'VACUUM, line 6'
	tb 0 tb-migrate upgrade
	assert_sql "SELECT jsonb_array_length(statements) FROM tb.event
	    WHERE revision = 'b2'" 4
}

@test "verify fails: the statements stay, it is looked at again" {
	three 'SELECT 2'
	printf '%s\n' '--: verify' 'SELECT count(*) = 3 FROM public.t_a1;' \
	    >>revisions/b2_make.sql
	tb 65 tb-migrate upgrade
	assert_err --partial 'does not verify'
	assert_err --partial 'Its statements are done and stay.'
	sql 'INSERT INTO public.t_a1 VALUES (2)'
	tb 0 tb-migrate upgrade
	assert_err --partial 'its 3 statements are done'
	assert_equal "$(ids)" '1 2 3'
}

@test "COPY data counts when it was changed" {
	table_rev a1
	rev b2 a1 'transaction no' <<-'E'
		--: upgrade
		COPY public.t_a1 FROM STDIN;
		1
		\.
		SELECT 1/0;
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	assert_equal "$(ids)" 1
	sed -i 's/^1$/2/' revisions/b2*
	tb 65 tb-migrate upgrade
	assert_err --partial 'statement 1 of revision "b2" is done already'
}

@test "no schema tb: it runs, and says what is lost" {
	local role=r_$PGDATABASE
	sql "CREATE ROLE $role LOGIN PASSWORD 'x'; GRANT CREATE ON SCHEMA public
	    TO $role"
	three
	PGPASSWORD=x start tb-migrate upgrade -U "$role"
	sleeping
	end_sessions
	finish 69
	run cat job.err
	assert_output --partial 'is not written down'
	sed -i 's/(60)/(0)/' revisions/b2*
	PGPASSWORD=x tb 0 tb-migrate upgrade -U "$role"
	assert_equal "$(ids)" '1 1 3'
	assert_sql "SELECT to_regnamespace('tb') IS NULL" t
	sql "DROP OWNED BY $role; DROP ROLE $role"
}

@test "the server stops in the middle: the next run goes on" {
	three
	local pid
	start tb-migrate upgrade
	sleeping
	sql CHECKPOINT
	# A backend that dies takes all others with it, as a crash does.
	pid=$(sql "SELECT pid FROM pg_stat_activity WHERE query ~ 'pg_sleep'
	    AND application_name = 'tb-migrate'
	    AND datname = current_database()")
	kill -s KILL "$pid"
	finish 69
	until psql -X -q -c 'SELECT 1' >/dev/null 2>&1; do
		sleep 0.1
	done
	sed -i 's/(60)/(0)/' revisions/b2*
	tb 0 tb-migrate upgrade
	assert_err --partial 'goes on at line 8'
	assert_equal "$(ids)" '1 3'
}

@test "a new enum value used at once: alone; by the next revision: a cut" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TYPE public.mood AS ENUM ('sad');
		CREATE TABLE public.t_a1 (m public.mood);
		ALTER TYPE public.mood ADD VALUE 'so-so';
		INSERT INTO public.t_a1 VALUES ('so-so');
		--: downgrade
	E
	rev b2 a1 <<-'E'
		--: upgrade
		ALTER TYPE public.mood ADD VALUE IF NOT EXISTS 'it''s fine';
		INSERT INTO public.t_a1 VALUES ('it''s fine');
		--: downgrade
	E
	rev c3 b2 <<-'E'
		--: upgrade
		ALTER TYPE public.mood ADD VALUE 'happy';
		--: downgrade
	E
	rev d4 c3 <<-'E'
		--: upgrade
		INSERT INTO public.t_a1 VALUES ('happy');
		--: downgrade
	E
	tb 0 tb-migrate plan --format json
	assert_json '$.steps[*].transaction' $'\n\n3\n4'
	assert_json '$.steps[1].alone' 'a new enum value is used at once'
	tb 0 tb-migrate upgrade
	assert_sql 'SELECT count(*) FROM public.t_a1' 3
}

# plan_of STATEMENT: why its revision would run alone; "null": it would not.
plan_of() {
	rev a1 <<-E
		--: upgrade
		$1;
		--: downgrade
	E
	tb-migrate plan --format json |
	    sed -n 's/^ *"alone": "*\([^",]*\).*/\1/p'
}

@test "what PostgreSQL refuses in a transaction is known beforehand" {
	local text
	while IFS= read -r text; do
		case $(plan_of "$text") in
		'' | null) fail "not known: $text" ;;
		esac
	done <<-'E'
		create /* here */ index concurrently on t (a)
		CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)
		DROP INDEX CONCURRENTLY IF EXISTS i
		REINDEX INDEX CONCURRENTLY i
		REINDEX (VERBOSE, CONCURRENTLY) TABLE t
		REINDEX (CONCURRENTLY on) TABLE t
		REINDEX SCHEMA public
		REINDEX (VERBOSE) DATABASE d
		REINDEX SYSTEM d
		VACUUM (ANALYZE) t
		CLUSTER
		CLUSTER VERBOSE
		CLUSTER (VERBOSE)
		ALTER TABLE ONLY t DETACH PARTITION p CONCURRENTLY
		CREATE DATABASE d
		DROP DATABASE d
		CREATE TABLESPACE s LOCATION '/x'
		DROP TABLESPACE s
		ALTER DATABASE d SET TABLESPACE s
		ALTER SYSTEM SET work_mem = '1MB'
		CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p
		DROP SUBSCRIPTION s
		ALTER SUBSCRIPTION s REFRESH PUBLICATION
		ALTER SUBSCRIPTION s SET PUBLICATION p WITH (copy_data = false)
		ALTER SUBSCRIPTION s ADD PUBLICATION p
		ALTER SUBSCRIPTION s SET (failover = true)
	E
	while IFS= read -r text; do
		assert_equal "$text: $(plan_of "$text")" "$text: null"
	done <<-'E'
		CREATE INDEX concurrent ON t (a)
		SELECT 'CREATE INDEX CONCURRENTLY'
		REINDEX TABLE t
		REINDEX (CONCURRENTLY false) TABLE t
		ANALYZE t
		CLUSTER t USING i
		REFRESH MATERIALIZED VIEW CONCURRENTLY m
		ALTER TABLE t DETACH PARTITION p
		ALTER TABLE t DETACH PARTITION p FINALIZE
		ALTER DATABASE d SET work_mem = '1MB'
		CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)
		CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = 'off')
		ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)
		ALTER SUBSCRIPTION s SET (slot_name = NONE)
		ALTER SUBSCRIPTION s OWNER TO r
	E
}

@test "transaction words: PREPARE TRANSACTION and DISCARD ALL are refused" {
	local text
	for text in "PREPARE TRANSACTION 'x'" 'DISCARD ALL'; do
		rev a1 '' 'transaction no' <<-E
			--: upgrade
			$text;
			--: downgrade
		E
		tb 65 tb-migrate upgrade
		assert_err --partial 'a revision must not have'
	done
}
