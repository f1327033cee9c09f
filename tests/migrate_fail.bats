# tb-migrate: when a run fails: what is said, and that nothing is half done.

load migrate_helper.bash

broken_third() {
	rev bad a1 <<-'E'
		--: upgrade
		CREATE TABLE public.one (id integer);
		CREATE TABLE public.two (id integer);
		CREATE TABEL public.three
		    (id integer);
		--: downgrade
		DROP TABLE public.two;
		DROP TABLE public.one;
	E
}

@test "a syntax error in the third statement: 65, where it is, nothing done" {
	table_rev a1
	broken_third
	tb 65 tb-migrate upgrade head
	assert_err --partial \
	    'error: revisions/bad_make.sql:8: syntax error at or near "TABEL"'
	assert_err --partial 'CREATE TABEL public.three'
	assert_err --partial 'SQLSTATE 42601'
	assert_err --partial 'Nothing was changed: the database is at base'
	refute_err --partial 'applied a1'
	assert_equal "$(tables)" ''
	assert_sql "SELECT to_regclass('public.alembic_version') IS NULL" t
	assert_sql "SELECT to_regnamespace('tb') IS NULL" t
	sed -i s/TABEL/TABLE/ revisions/bad_make.sql
	tb 0 tb-migrate upgrade head
	assert_equal "$(tables)" 'one t_a1 three two'
	assert_equal "$(rows)" bad
}

@test "--transaction revision: what was done before the failure stays" {
	table_rev a1
	broken_third
	tb 65 tb-migrate upgrade head --transaction revision
	assert_err --partial 'applied a1'
	assert_err --partial '1 of 2 steps were done and stay'
	assert_equal "$(rows)" a1
	assert_equal "$(tables)" t_a1
	assert_sql "SELECT string_agg(concat_ws(' ', revision, outcome,
	    sqlstate), ',' ORDER BY id) FROM tb.event" \
	    'a1 done,bad failed 42601'
	assert_sql "SELECT count(*) FROM tb.revision" 1
}

@test "an open quote, a meta-command, a transaction command: before it starts" {
	table_rev a1
	local text
	for text in "SELECT 'open" '\i other.sql' 'COMMIT'; do
		rev b2 a1 <<-E
			--: upgrade
			SELECT 1;
			$text;
			--: downgrade
		E
		log_mark
		tb 65 tb-migrate upgrade head
		assert_err --partial 'revisions/b2_make.sql:7: '
		run log_since
		refute_output --partial 'BEGIN'
		tb 1 tb-migrate check --offline
		assert_output --partial 'file: revisions/b2_make.sql:7: '
	done
}

@test "downgrade none: refused before anything runs" {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t_b2 (id integer);
		--: downgrade none
	E
	table_rev c3 b2
	tb 0 tb-migrate upgrade head
	tb 65 tb-migrate downgrade base
	assert_err --partial 'revisions/b2_make.sql:7: '
	assert_err --partial 'no way back'
	assert_equal "$(rows)" c3
	tb 0 tb-migrate downgrade b2
	assert_equal "$(tables)" 't_a1 t_b2'
}

@test "verify: a false answer, NULL or an error undoes the revision" {
	table_rev a1
	local answer
	for answer in 'SELECT false' 'SELECT NULL::boolean' \
	    'SELECT x FROM (VALUES (true), (false)) AS v (x)' \
	    'SELECT nothing FROM public.t_b2'; do
		rev b2 a1 <<-E
			--: upgrade
			CREATE TABLE public.t_b2 (id integer);
			--: downgrade
			DROP TABLE public.t_b2;
			--: verify
			SELECT true;
			$answer;
		E
		tb 65 tb-migrate upgrade head
		assert_err --partial 'revisions/b2_make.sql:11: '
		assert_equal "$(tables)" ''
	done
	sed -i '$d' revisions/b2_make.sql
	tb 0 tb-migrate upgrade head
	assert_equal "$(tables)" 't_a1 t_b2'
}

@test "CREATE INDEX CONCURRENTLY: on its own, then recorded" {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		CREATE INDEX CONCURRENTLY b2 ON public.t_a1 (id);
		--: downgrade
		DROP INDEX CONCURRENTLY public.b2;
	E
	table_rev c3 b2
	tb 0 tb-migrate upgrade head
	assert_equal "$(rows)" c3
	assert_sql "SELECT indisvalid FROM pg_index
	    WHERE indexrelid = 'public.b2'::regclass" t
	tb 0 tb-migrate downgrade base
	assert_equal "$(tables)" ''
}

@test "a failure outside a transaction: what is done and what is not" {
	table_rev a1
	rev b2 a1 'transaction no' <<-'E'
		--: upgrade
		CREATE TABLE public.t_b2 (id integer);
		INSERT INTO public.t_b2 VALUES (1), (1);
		CREATE UNIQUE INDEX CONCURRENTLY b2 ON public.t_b2 (id);
		--: downgrade
		DROP TABLE public.t_b2;
	E
	table_rev c3 b2
	tb 65 tb-migrate upgrade head
	assert_err --partial 'applied a1'
	assert_err --partial 'revisions/b2_make.sql:9: '
	assert_err --partial 'statements before line 9 are done and stay'
	assert_err --partial '1 of 3 steps were done'
	assert_err --partial 'The next run goes on at line 9'
	assert_equal "$(rows)" a1
	assert_equal "$(tables)" 't_a1 t_b2'
}

@test "a table that is there already: says how to go on" {
	table_rev a1
	sql 'CREATE TABLE public.t_a1 (id integer)'
	tb 65 tb-migrate upgrade head
	assert_err --partial 'already exists'
	assert_err --partial 'tb-migrate stamp a1'
	tb 0 tb-migrate stamp a1
	tb 0 tb-migrate upgrade head
	assert_equal "$(rows)" a1
}

@test "a NOT NULL column without default on rows: TradeBot's 59a0e8d02f5a" {
	tb 0 tb-migrate upgrade 69694099e14e --revisions "$TRADEBOT"
	sql "INSERT INTO users (email, hashed_password) VALUES ('a', 'b');
	    INSERT INTO bot_configs (user_id, name, symbol, timeframe,
	    stop_loss_perc, take_profit_perc, ema_fast, ema_slow, rsi_period,
	    rsi_oversold, rsi_overbought)
	    VALUES (1, 'n', 's', 't', 1, 1, 1, 1, 1, 1, 1)"
	tb 65 tb-migrate upgrade head --revisions "$TRADEBOT"
	assert_err --partial '59a0e8d02f5a_'
	assert_err --partial 'DEFAULT'
	assert_equal "$(rows)" 69694099e14e
}

@test "a lock that does not come: 75 and who has it" {
	table_rev a1
	rev b2 a1 'lock-timeout 200ms' <<-'E'
		--: upgrade
		ALTER TABLE public.t_a1 ADD COLUMN x integer;
		--: downgrade
		ALTER TABLE public.t_a1 DROP COLUMN x;
	E
	tb 0 tb-migrate upgrade a1
	hold 'BEGIN; LOCK TABLE public.t_a1;'
	wait_for "SELECT count(*) = 1 FROM pg_locks
	    WHERE relation = 'public.t_a1'::regclass AND granted"
	tb 75 tb-migrate upgrade head --retry-for 0
	assert_err --partial 'lock timeout'
	assert_err --partial 'program holder'
	assert_err --partial 't_a1'
	assert_equal "$(rows)" a1
	stop_holding
	tb 0 tb-migrate upgrade head
}

@test "--statement-timeout: 75; the revision's own word goes before" {
	rev a1 <<-'E'
		--: upgrade
		SELECT pg_sleep(60);
		--: downgrade
	E
	tb 75 tb-migrate upgrade --statement-timeout 100ms
	assert_err --partial 'statement timeout'
	sed -i 's/(60)/(0.3)/; 2i --: statement-timeout 30s' revisions/a1*
	tb 0 tb-migrate upgrade --statement-timeout 100ms
}

sleeping() {
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE datname = current_database() AND query ~ 'pg_sleep'
	    AND application_name = 'tb-migrate' AND state = 'active'"
}

sleeper() {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t_b2 (id integer);
		SELECT pg_sleep(60);
		--: downgrade
		DROP TABLE public.t_b2;
	E
}

@test "INT, TERM and HUP: the query is cancelled, all rolled back, 128+n" {
	sleeper
	tb 0 tb-migrate upgrade a1
	local signal
	# A shell's background job ignores SIGINT; env sets it back.
	for signal in INT:130 TERM:143 HUP:129; do
		start env --default-signal=INT tb-migrate upgrade head
		sleeping
		kill -s "${signal%:*}" "$job"
		finish "${signal#*:}"
		run cat job.err
		assert_output --partial "interrupted by SIG${signal%:*}"
		assert_sql "SELECT count(*) FROM pg_stat_activity
		    WHERE datname = current_database()
		    AND application_name = 'tb-migrate'" 0
		assert_equal "$(rows)" a1
		assert_equal "$(tables)" t_a1
	done
	assert_sql "SELECT count(*) FROM tb.event
	    WHERE outcome = 'interrupted' AND revision = 'b2'" 3
}

@test "kill -9: the database is at a whole step, the next run goes on" {
	sleeper
	start tb-migrate upgrade head
	sleeping
	kill -s KILL "$job"
	finish 137
	sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()" >/dev/null
	wait_for "SELECT count(*) = 0 FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()"
	assert_equal "$(tables)" ''
	sed -i s/60/0/ revisions/b2*
	tb 0 tb-migrate upgrade head
	assert_equal "$(rows)" b2
}

@test "the connection ends: 69, nothing done" {
	sleeper
	start tb-migrate upgrade head
	sleeping
	sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()" >/dev/null
	finish 69
	run cat job.err
	assert_output --partial 'revisions/b2_make.sql:7'
	assert_output --partial 'tb-migrate status'
	assert_equal "$(tables)" ''
}

@test "another program changes the version table: one clear error" {
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate upgrade a1
	rev b2 a1 <<-'E'
		--: upgrade
		DELETE FROM public.alembic_version;
		--: downgrade
	E
	tb 75 tb-migrate upgrade head
	assert_err --partial 'not one'
	assert_equal "$(rows)" a1
}
