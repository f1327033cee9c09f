# tb-migrate: what is seen of a statement that takes long: who is in its way,
# how far it is, and what --terminate-idle-blockers ends.

load migrate_helper.bash

# a1 makes a table, b2 changes it: a lock that a reader of it denies.
two_revisions() {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		SELECT 1;
		ALTER TABLE public.t_a1 ADD x integer;
		--: downgrade
		ALTER TABLE public.t_a1 DROP x;
	E
	tb 0 tb-migrate upgrade a1
}

# wait_said PATTERN: until the program in the background has said so.
wait_said() {
	local i
	for ((i = 0; i < 600; i++)); do
		! grep -qE -- "$1" job.err || return 0
		sleep 0.05
	done
	cat job.err
	fail "never said: $1"
}

wait_for_holder() {
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE application_name = 'holder' AND state = '$1'
	    AND datname = current_database()"
}

@test "a lock that is waited for: who holds it, once, then the run goes on" {
	two_revisions
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for_holder 'idle in transaction'
	start tb-migrate upgrade --lock-timeout 60s
	wait_said 'waiting for'
	stop_holding
	finish 0
	assert_equal "$(grep -c 'waiting for' job.err)" 1
	run grep 'waiting for' job.err
	assert_output --regexp '^tb-migrate: waiting for access exclusive lock on public.t_a1: blocked by process [0-9]+, user postgres, holder, idle in transaction for .* s, in a transaction for .* s: BEGIN; SELECT|SELECT count'
	assert_equal "$(rows)" b2
}

@test "a prepared transaction in the way is named" {
	two_revisions
	cat >prepared.sh <<-'E'
		tb-migrate upgrade a1 &&
		    psql -Xqc 'BEGIN' -c 'TABLE public.t_a1' \
		        -c "PREPARE TRANSACTION 'left'" || exit
		tb-migrate upgrade --lock-timeout 60s 2>job.err &
		for ((i = 0; i < 600; i++)); do
			! grep -q 'waiting for' job.err || break
			sleep 0.05
		done
		psql -Xqc "ROLLBACK PREPARED 'left'"
		wait $!
	E
	tb 0 env -u PGDATABASE tb-cluster run -c max_prepared_transactions=2 \
	    -- bash prepared.sh
	run cat job.err
	assert_output --partial \
	    'public.t_a1: blocked by a prepared transaction (left)'
}

@test "a quick run needs no second connection" {
	two_revisions
	log_mark
	tb 0 tb-migrate upgrade
	run log_since
	refute_output --partial pg_blocking_pids
}

@test "nobody is told anything with -q" {
	two_revisions
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for_holder 'idle in transaction'
	start tb-migrate upgrade -q --lock-timeout 60s
	wait_for "SELECT count(*) > 0 FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate watch'
	    AND query LIKE '%pg_stat_progress%'
	    AND datname = current_database()"
	stop_holding
	finish 0
	assert_equal "$(cat job.err)" ''
}

@test "a lock timeout names whoever was seen in the way" {
	two_revisions
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for_holder 'idle in transaction'
	tb 75 tb-migrate upgrade --lock-timeout 3s --retry-for 0
	assert_err --regexp 'It waited for process [0-9]+, user postgres, holder, idle in transaction'
	stop_holding
}

@test "--terminate-idle-blockers ends who is idle" {
	two_revisions
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for_holder 'idle in transaction'
	start tb-migrate upgrade --lock-timeout 60s \
	    --terminate-idle-blockers 100ms
	finish 0
	stop_holding
	run cat job.err
	assert_output --regexp 'warning: ended process [0-9]+, user postgres, holder, idle in transaction'
	assert_equal "$(rows)" b2
}

@test "--terminate-idle-blockers spares who is not idle for so long" {
	two_revisions
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for_holder 'idle in transaction'
	start tb-migrate upgrade --lock-timeout 60s \
	    --terminate-idle-blockers 1h
	wait_said 'waiting for'
	wait_said '^tb-migrate: running'
	wait_for_holder 'idle in transaction'
	stop_holding
	finish 0
	run cat job.err
	refute_output --partial 'ended process'
}

@test "--terminate-idle-blockers spares who is at work" {
	two_revisions
	hold 'BEGIN; SELECT count(*) FROM public.t_a1; SELECT pg_sleep(4); COMMIT;'
	wait_for_holder active
	start tb-migrate upgrade --lock-timeout 60s \
	    --terminate-idle-blockers 1ms
	wait_said 'holder, active for'
	finish 0
	run cat job.err
	refute_output --partial 'ended process'
	wait_for_holder idle
	stop_holding
}

@test "--terminate-idle-blockers: a refusal is told, an age is checked" {
	local age
	two_revisions
	for age in x 5x 0 -1s '' '1 week'; do
		tb 64 tb-migrate upgrade --terminate-idle-blockers "$age"
		assert_err --partial 'is no age'
	done
	sql "CREATE ROLE watch_own LOGIN PASSWORD 'secret';
	    ALTER TABLE public.t_a1 OWNER TO watch_own;
	    ALTER TABLE public.alembic_version OWNER TO watch_own"
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for_holder 'idle in transaction'
	PGPASSWORD=secret start tb-migrate upgrade -U watch_own \
	    --lock-timeout 60s --terminate-idle-blockers 1ms
	wait_said 'blocked by process [0-9]+, user postgres, holder, doing what'
	stop_holding
	sql 'GRANT pg_read_all_stats TO watch_own'
	finish 0
	PGPASSWORD=secret tb 0 tb-migrate downgrade a1 -U watch_own
	rm "$BATS_TEST_TMPDIR/hold"
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for_holder 'idle in transaction'
	PGPASSWORD=secret start tb-migrate upgrade -U watch_own \
	    --lock-timeout 60s --terminate-idle-blockers 1ms
	wait_said 'could not end process'
	stop_holding
	finish 0
	assert_equal "$(grep -c 'could not end process' job.err)" 1
	sql "REASSIGN OWNED BY watch_own TO postgres; DROP OWNED BY watch_own;
	    DROP ROLE watch_own"
}

@test "progress of an index build, and a line every ten seconds" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t_a1 (id integer);
		INSERT INTO public.t_a1 SELECT generate_series(1, 1000);
		CREATE FUNCTION public.slow(i integer) RETURNS integer
		    LANGUAGE plpgsql IMMUTABLE AS
		    'BEGIN PERFORM pg_sleep(0.012); RETURN i; END';
		--: downgrade
	E
	rev b2 a1 <<-'E'
		--: upgrade
		CREATE INDEX b2 ON public.t_a1 (public.slow(id));
		--: downgrade
	E
	tb 0 tb-migrate upgrade a1
	tb 0 tb-migrate upgrade b2
	assert_err --regexp 'running 1 of 1: b2 make b2, line 6, 00:(09|1[0-9]), building index: scanning table'
}

# What takes long: KIND is what runs, t is there and has 800 pages.
long_revisions() {
	local i
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t (id integer, v text);
		ALTER TABLE public.t ALTER v SET STORAGE PLAIN;
		INSERT INTO public.t
		    SELECT i, repeat('x', 1900) FROM generate_series(1, 3200) AS i;
		CREATE FUNCTION public.slow(i integer) RETURNS integer
		    LANGUAGE plpgsql IMMUTABLE AS 'BEGIN
		    IF current_setting($$t.slow$$, true) = $$on$$ THEN
		        PERFORM pg_sleep(0.1);
		    END IF;
		    RETURN i; END';
		CREATE INDEX t_slow ON public.t (public.slow(id));
		CREATE TABLE public.c (id integer);
		CREATE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql
		    AS 'BEGIN PERFORM pg_sleep(0.1); RETURN NEW; END';
		CREATE TRIGGER wait BEFORE INSERT ON public.c
		    FOR EACH ROW EXECUTE FUNCTION public.wait();
		--: downgrade none
	E
	rev cluster a1 <<-'E'
		--: upgrade
		SET t.slow = 'on';
		CLUSTER public.t USING t_slow;
		--: downgrade none
	E
	{
		echo '--: upgrade'
		echo 'COPY public.c FROM stdin;'
		for ((i = 0; i < 400; i++)); do
			echo "$i"
		done
		echo '\.'
		echo '--: downgrade none'
	} | rev copy a1
	for i in VACUUM ANALYZE; do
		rev "${i,,}" a1 'transaction no' <<-E
			--: upgrade
			SET vacuum_cost_delay = '100ms';
			SET vacuum_cost_limit = 1;
			SET t.slow = 'on';
			$i public.t;
			--: downgrade none
		E
	done
}

# wait_shown FILE PATTERN
wait_shown() {
	local i
	for ((i = 0; i < 600; i++)); do
		! grep -qaE -- "$2" "$1" || return 0
		sleep 0.05
	done
	tr '\r' '\n' <"$1" | tail -5
	fail "never shown: $2"
}

@test "progress of CLUSTER, COPY, VACUUM and ANALYZE, on a terminal and else" {
	local kind db
	local -A shown=(
		[cluster]='cluster of public.t: [a-z ]+'
		[copy]='copy from public.c, [0-9]+ rows'
		[vacuum]='vacuum of public.t: scanning heap [0-9]+ %'
		[analyze]='analyze of public.t: (acquiring|computing) '
	)
	# 13 has no view of COPY.
	[ "$(sql 'SHOW server_version_num')" -ge 140000 ] ||
	    unset 'shown[copy]'
	long_revisions
	for kind in "${!shown[@]}"; do
		db=${PGDATABASE}_$kind
		createdb "${db}_tty"
		createdb "${db}_log"
		tb 0 tb-migrate upgrade a1 -d "${db}_tty"
		tb 0 tb-migrate upgrade a1 -d "${db}_log"
		PGDATABASE=${db}_tty script -qec \
		    "stty cols 200; tb-migrate upgrade $kind" "$kind.tty" \
		    >/dev/null 2>&1 </dev/null 3>&- &
		tb-migrate upgrade "$kind" -d "${db}_log" 2>"$kind.log" 3>&- &
	done
	for kind in "${!shown[@]}"; do
		wait_shown "$kind.tty" "1 of 1: $kind .* · ${shown[$kind]}"
		wait_shown "$kind.log" "^tb-migrate: running 1 of 1: $kind make $kind, .*line [0-9]+, 00:[0-9]+, ${shown[$kind]}"
	done
	for kind in "${!shown[@]}"; do
		dropdb --force "${PGDATABASE}_${kind}_tty"
		dropdb --force "${PGDATABASE}_${kind}_log"
	done
	wait
}

@test "a terminal gets a line that is replaced" {
	two_revisions
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for_holder 'idle in transaction'
	start script -qec \
	    'stty cols 200; tb-migrate upgrade --lock-timeout 60s' job.tty
	for ((i = 0; i < 600; i++)); do
		! grep -qa 'on public.t_a1$' <(tr '\r' '\n' <job.tty) || break
		sleep 0.05
	done
	stop_holding
	finish 0
	run tr '\r' '\n' <job.tty
	assert_output --regexp '1 of 1: b2 make b2 · statement 2/2 line 7 · 00:0[0-9] · waiting for access exclusive lock on public.t_a1'
	assert_output --partial 'applied b2 make b2'
}

@test "--log json: every line is an object" {
	two_revisions
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for_holder 'idle in transaction'
	start tb-migrate upgrade --log json --lock-timeout 60s
	wait_said '"blocked"'
	stop_holding
	finish 0
	output="[$(paste -sd, job.err)]"
	assert_json '$[*] ? (@.event == "begin") .revision' b2
	assert_json '$[*] ? (@.event == "blocked") .blocker.program' holder
	assert_json '$[*] ? (@.event == "blocked") .line' 7
	assert_json '$[*] ? (@.event == "done") .seconds.type()' number
	assert_json '$[*] ? (!exists (@.time) || !exists (@.level) ||
	    !exists (@.message) || @.program != "tb-migrate")' ''
}

@test "--log json: notices, what failed, and bytes that are no UTF-8" {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		DO $$BEGIN RAISE NOTICE 'a "quoted"
		word'; END$$;
		SELECT 1/0;
		--: downgrade
	E
	tb 65 tb-migrate upgrade --log json
	output="[$(paste -sd, <<<"$stderr")]"
	assert_json '$[*] ? (@.event == "failure") .sqlstate' 22012
	assert_json '$[*] ? (@.event == "failure") .code' 65
	assert_json '$[*] ? (@.message like_regex "quoted") .level' info
	tb 64 tb-migrate upgrade --log json --no-such-option
	output=$(head -n 1 <<<"$stderr") && assert_json '$.level' error
	tb 66 tb-migrate upgrade --log json --revisions $'b\xe9zier'
	output=$(head -n 1 <<<"$stderr") && assert_json '$.level' error
}
