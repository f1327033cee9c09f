# tb-migrate: the lock of runs: who holds it, and unlock.

load migrate_helper.bash

teardown() {
	stop_pooler
	dropdb --if-exists --force "$PGDATABASE"
}

# A run that holds the lock, waiting for what hold holds.
stuck_run() {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		ALTER TABLE public.t_a1 ADD x integer;
		--: downgrade
	E
	tb 0 tb-migrate upgrade a1
	hold 'BEGIN; SELECT count(*) FROM public.t_a1;'
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE application_name = 'holder' AND state = 'idle in transaction'
	    AND datname = current_database()"
	start tb-migrate upgrade --lock-timeout 60s
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate' AND wait_event_type = 'Lock'
	    AND datname = current_database()"
}

@test "the lock is held: who has it, and what to do" {
	stuck_run
	tb 75 tb-migrate upgrade --wait-lock 0
	assert_err --regexp 'detail: It is held by process [0-9]+, user postgres, tb-migrate, from this machine, since 20'
	assert_err --partial 'hint: Wait for it, or give it longer with --wait-lock SECONDS; "tb-migrate unlock" shows what it does'
	stop_holding
	finish 0
}

@test "unlock: nothing to do, or shows the session and wants a yes" {
	stuck_run
	tb 64 tb-migrate unlock
	assert_line --regexp '^process  +[0-9]+$'
	assert_line --regexp '^user  +postgres$'
	assert_line --regexp '^program  +tb-migrate$'
	assert_line --regexp '^state  +active$'
	assert_line --regexp '^query  +ALTER TABLE public.t_a1 ADD x integer'
	assert_err --partial 'hint: Give --yes to end it.'
	tb 64 tb-migrate unlock --format json
	assert_json '$.user' postgres
	assert_json '$.process.type()' number
	stop_holding
	finish 0
	tb 1 tb-migrate unlock --yes
	assert_output ''
	assert_err --partial 'nothing to unlock'
	tb 1 tb-migrate unlock --version-table other
}

@test "unlock --yes ends the session, and nothing of it stays" {
	stuck_run
	tb 0 tb-migrate unlock --yes
	assert_err --regexp 'ended process [0-9]+: the lock is free'
	finish 69
	assert_equal "$(rows)" a1
	stop_holding
	tb 0 tb-migrate upgrade --wait-lock 0
	assert_equal "$(rows)" b2
}

@test "unlock asks on a terminal" {
	[[ $(script --version 2>/dev/null) == *util-linux* ]] ||
	    skip "no script(1) of util-linux"
	stuck_run
	run script -qec 'tb-migrate unlock' /dev/null < <(
		sleep 1
		echo y
		sleep 1
	)
	assert_equal "$status" 75
	assert_output --partial 'Type yes: '
	assert_output --partial 'the session was not ended'
	run script -qec 'tb-migrate unlock' /dev/null < <(
		sleep 1
		echo yes
		sleep 1
	)
	assert_equal "$status" 0
	finish 69
	stop_holding
}

@test "unlock: not permitted" {
	stuck_run
	sql "CREATE ROLE unlock_own LOGIN PASSWORD 'secret'"
	sql 'GRANT SELECT ON public.alembic_version TO unlock_own'
	PGPASSWORD=secret tb 77 tb-migrate unlock -U unlock_own --yes
	assert_err --partial 'could not end process'
	assert_err --partial pg_signal_backend
	stop_holding
	finish 0
	sql 'DROP OWNED BY unlock_own; DROP ROLE unlock_own'
}

@test "what runs long is watched through a pooler, too" {
	stuck_run
	tb 0 tb-migrate unlock --yes
	finish 69
	start_pooler session
	start env PGHOST="$pooler" PGPORT=6432 PGUSER=postgres \
	    tb-migrate upgrade --lock-timeout 60s
	for ((i = 0; i < 600; i++)); do
		! grep -q 'waiting for' job.err || break
		sleep 0.05
	done
	stop_holding
	finish 0
	run cat job.err
	assert_output --partial 'public.t_a1: blocked by process'
}
