# tb-migrate and PgBouncer, which may give away the lock and the settings of a
# session: the right answer, or a refusal that names the way around it.
# shellcheck disable=SC2154 # variables of migrate_helper.bash

load migrate_helper.bash

teardown() {
	stop_pooler
	dropdb --if-exists --force "$PGDATABASE"
}

@test "a pooler that keeps sessions is no hindrance" {
	table_rev a1
	table_rev b2 a1
	start_pooler session
	through_pooler 0 tb-migrate upgrade a1
	through_pooler 0 tb-migrate upgrade --transaction revision
	assert_equal "$(rows)" b2
	through_pooler 0 tb-migrate downgrade base
	assert_equal "$(tables)" ''
}

@test "a pooler that keeps sessions and has no connection left" {
	table_rev a1
	start_pooler session 'default_pool_size = 1'
	through_pooler 0 tb-migrate upgrade
	assert_equal "$(rows)" a1
}

@test "a pooler that shares sessions is refused, and nothing is done" {
	table_rev a1
	local mode
	for mode in transaction statement; do
		start_pooler "$mode"
		through_pooler 78 tb-migrate upgrade
		assert_err --partial 'goes through a pooler that shares sessions'
		assert_err --partial "port ${PGPORT-5432}"
		assert_equal "$(tables)" ''
		assert_sql "SELECT count(*) FROM pg_locks
		    WHERE locktype = 'advisory' AND database = (SELECT oid
		    FROM pg_database WHERE datname = current_database())" 0
		stop_pooler
	done
}

@test "a shared pool with other traffic is recognised, in any order" {
	table_rev a1
	local i order
	for order in 0 1; do
		start_pooler transaction "server_round_robin = $order"
		# Several connections are there and idle.
		for i in 1 2 3 4; do
			PGHOST=$pooler PGPORT=6432 PGUSER=postgres psql -Xqc \
			    'SELECT pg_sleep(0.5)' >/dev/null 3>&- &
		done
		for i in $(jobs -p); do
			wait "$i" || true
		done
		through_pooler 78 tb-migrate upgrade
		through_pooler 78 tb-migrate upgrade
		stop_pooler
	done
}

@test "a shared pool keeps nothing of a program that was refused" {
	table_rev a1
	start_pooler transaction
	through_pooler 78 tb-migrate current
	through_pooler 78 tb-migrate upgrade
	run env PGHOST="$pooler" PGPORT=6432 PGUSER=postgres psql -XAtc \
	    "SELECT current_setting('default_transaction_read_only'),
	    current_setting('search_path')"
	# shellcheck disable=SC2016 # it is the setting's own text
	assert_output 'off|"$user", public'
}

@test "through a pool that keeps sessions every command is as without" {
	needs_dump
	table_rev a1
	table_rev b2 a1
	rev c3 b2 'transaction no' <<-'E'
		--: upgrade
		CREATE TABLE public.c3 (id integer);
		SELECT 1/:n;
		--: downgrade
		DROP TABLE public.c3;
	E
	start_pooler session
	through_pooler 0 tb-migrate ensure_version
	through_pooler 0 tb-migrate stamp a1
	through_pooler 0 tb-migrate stamp base
	through_pooler 0 tb-migrate upgrade b2 --backup b.dump
	run -0 pg_restore -l b.dump
	through_pooler 0 tb-migrate current
	assert_output b2
	through_pooler 65 tb-migrate upgrade -v n=0
	through_pooler 1 tb-migrate status
	assert_line --partial 'half done: c3'
	through_pooler 0 tb-migrate resume -v n=1
	through_pooler 0 tb-migrate status
	assert_output 'c3 (head): 3 applied, none pending'
	through_pooler 1 tb-migrate unlock --yes
	through_pooler 0 tb-migrate downgrade b2
	through_pooler 0 tb-migrate rehearse --scratch -v n=1
	echo "$PGDATABASE" >targets
	through_pooler 0 tb-migrate downgrade a1 --targets targets
	assert_equal "$(rows)" a1
}

@test "a stuck session is ended through a pool that keeps sessions" {
	table_rev a1
	start_pooler session
	rev b2 a1 <<-'E'
		--: upgrade
		SELECT pg_sleep(60);
		--: downgrade
	E
	start env PGHOST="$pooler" PGPORT=6432 PGUSER=postgres \
	    tb-migrate upgrade
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE wait_event = 'PgSleep' AND datname = current_database()"
	through_pooler 0 tb-migrate unlock --yes
	assert_output --partial 'SELECT pg_sleep(60)'
	finish 69
}

@test "through a pool that shares sessions every command is refused alike" {
	table_rev a1
	local mode command
	sql "CREATE SCHEMA s1; CREATE TABLE public.names AS SELECT 's1' AS name"
	echo "$PGDATABASE" >targets
	for mode in transaction statement; do
		start_pooler "$mode"
		for command in current status resume 'stamp a1' log doctor check \
		    'unlock --yes' 'downgrade base' 'upgrade --backup x.dump' \
		    'upgrade --tenants TABLE+names' 'upgrade --targets targets' \
		    'accept a1 --reason why' rehearse ensure_version; do
			# shellcheck disable=SC2086 # several words
			set -- $command
			through_pooler 78 tb-migrate "${@//+/ }"
			assert_err --partial 'pooler that shares sessions'
			assert_err --partial \
			    "port ${PGPORT-5432} on the pooler's machine"
		done
		stop_pooler
	done
	assert_equal "$(ls x.dump* 2>/dev/null)" ''
	assert_sql "SELECT to_regclass('public.alembic_version') IS NULL" t
}

@test "tenants: a pool that takes no search_path names the way around it" {
	table_rev a1
	sql 'CREATE SCHEMA s1'
	local setting
	for setting in '' 'ignore_startup_parameters = options'; do
		start_pooler session "$setting"
		through_pooler 78 tb-migrate upgrade --tenants "SELECT 's1'"
		assert_err --partial 'did not get the search_path of the tenant'
		assert_err --partial "Connect to the server itself, port ${PGPORT-5432} on the pooler's machine."
		through_pooler 78 tb-migrate status --tenants "SELECT 's1'"
		stop_pooler
	done
	assert_equal "$(tables)" ''
}
