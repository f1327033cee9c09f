#!/usr/bin/env bats
# tb-migrate beside others: itself, a long query, an Alembic deployment.
# shellcheck disable=SC2154

load migrate_helper.bash

# A plan of ordinary revisions, one of several statements outside a
# transaction, and concurrent builds.
plan_with_indexes() {
	rev a <<-'S'
		--: upgrade
		CREATE TABLE public.t (id integer PRIMARY KEY, v text);
		INSERT INTO public.t SELECT i, i FROM generate_series(1, 5000) i;

		--: downgrade none
	S
	rev b a <<-'S'
		--: upgrade
		CREATE INDEX CONCURRENTLY t_v ON public.t (v);

		--: downgrade none
	S
	table_rev c b
	rev d c 'transaction no' <<-'S'
		--: upgrade
		INSERT INTO public.t VALUES (0, 'once');
		CREATE UNIQUE INDEX CONCURRENTLY t_v_id ON public.t (v, id);
		DROP INDEX CONCURRENTLY public.t_v;

		--: downgrade none
	S
	table_rev e d
}

# runners N COMMAND...: start it N times at once and wait for all; codes are
# in $codes, sorted, what they said in said.1 and so on.
runners() {
	local n=$1 i pids=()
	shift
	for ((i = 1; i <= n; i++)); do
		"$@" >"said.$i" 2>&1 3>&- &
		pids+=($!)
	done
	for i in "${!pids[@]}"; do
		wait "${pids[i]}" && pids[i]=0 || pids[i]=$?
	done
	codes=$(printf '%s\n' "${pids[@]}" | sort | uniq -c | xargs)
}

@test "of 20 runners one works, and the others find nothing to do" {
	plan_with_indexes
	log_mark
	runners 20 timeout -s KILL 100 tb-migrate upgrade
	cat said.*
	assert_equal "$codes" '20 0'
	assert_sql 'SELECT version_num FROM alembic_version' e
	assert_equal "$(cat said.* | grep -c 'applied ')" 5
	assert_equal "$(grep -l 'applied ' said.* | wc -l)" 1
	assert_equal "$(grep -l 'nothing to do' said.* | wc -l)" 19
	assert_sql "SELECT string_agg(revision || ' ' || outcome, ', '
	    ORDER BY id) FROM tb.event" \
	    'a done, b done, c done, d done, e done'
	assert_sql 'SELECT count(*) FROM pg_index WHERE NOT indisvalid' 0
	assert_sql "SELECT string_agg(indexrelid::regclass::text, ' ' ORDER BY 1)
	    FROM pg_index WHERE indrelid = 'public.t'::regclass" \
	    't_pkey t_v_id'
	assert_sql 'SELECT count(*) FROM public.t WHERE id = 0' 1
	refute grep -q 'deadlock detected' <(log_since)
}

@test "one of 20 runners is killed: another one takes over" {
	rev a <<-'S'
		--: upgrade
		CREATE TABLE public.t (id integer);
		SELECT pg_sleep(60) WHERE NOT EXISTS
		    (SELECT FROM pg_catalog.pg_class WHERE relname = 'go');

		--: downgrade none
	S
	table_rev b a
	start bash -c "$(declare -f runners); runners 20 \
	    timeout -s KILL 100 tb-migrate upgrade; echo \"\$codes\" >codes"
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE query LIKE '%pg_sleep(60)%' AND state = 'active'
	    AND pid <> pg_backend_pid()"
	sql 'CREATE TABLE public.go ()'
	sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	    WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()"
	finish 0
	cat said.*
	assert_equal "$(cat codes)" '19 0 1 69'
	assert_equal "$(rows)" b
	assert_equal "$(cat said.* | grep -c 'applied ')" 2
}

# A reader that looks at the table all the time; its lock_timeout is what no
# query may have to wait.  What it waited longest, in ms, is in reader.out.
start_reader() {
	local i
	{
		echo "SET lock_timeout = '$1';"
		for ((i = 0; i < 400; i++)); do
			echo 'SELECT clock_timestamp() AS before \gset'
			echo 'SELECT count(*) AS n FROM public.t \gset'
			echo "SELECT 'waited', extract(epoch FROM
			    clock_timestamp() - :'before'::timestamptz) * 1000;"
			echo 'SELECT pg_sleep(0.01) \gset ignore_'
		done
	} >reader.sql
	PGAPPNAME=reader psql -X -q -A -t -v ON_ERROR_STOP=1 -f reader.sql \
	    >reader.out 2>reader.err 3>&- 8>&- &
	reader=$!
}

reads() {
	grep -c '^waited' reader.out
}

@test "behind a long query others wait no longer than the lock timeout" {
	rev a <<-'S'
		--: upgrade
		CREATE TABLE public.t (id integer);

		--: downgrade none
	S
	rev b a <<-'S'
		--: upgrade
		ALTER TABLE public.t ADD COLUMN v text;

		--: downgrade none
	S
	tb 0 tb-migrate upgrade a
	hold 'BEGIN; SELECT count(*) FROM public.t;'
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE application_name = 'holder' AND state = 'idle in transaction'"
	start_reader 5s
	start tb-migrate upgrade --lock-timeout 300ms
	# It has tried, has given up, and has tried again.
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE application_name LIKE 'tb-migrate%'
	    AND wait_event_type = 'Lock'"
	for _ in {1..200}; do
		[ "$(grep -c 'trying again' job.err)" -lt 2 ] || break
		kill -0 "$job" || break
		sleep 0.05
	done
	cat job.err
	grep -q 'holder' job.err || fail 'the blocker is not shown'
	kill -0 "$job" || fail 'it did not try again'
	assert_equal "$(rows)" a
	before=$(reads)
	stop_holding
	finish 0
	assert_equal "$(rows)" b
	kill "$reader" 2>/dev/null || true
	wait "$reader" || true
	assert_equal "$(cat reader.err)" ''
	assert [ "$before" -gt 5 ]
	echo "# the longest wait was" \
	    "$(grep '^waited' reader.out | cut -d'|' -f2 | sort -n | tail -1) ms" >&3
}

@test "a long query, and a lock timeout that is not tried again: 75" {
	rev a <<-'S'
		--: upgrade
		CREATE TABLE public.t (id integer);

		--: downgrade none
	S
	rev b a <<-'S'
		--: upgrade
		CREATE TABLE public.before (id integer);
		ALTER TABLE public.t ADD COLUMN v text;

		--: downgrade none
	S
	tb 0 tb-migrate upgrade a
	hold 'BEGIN; SELECT count(*) FROM public.t;'
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE application_name = 'holder' AND state = 'idle in transaction'"
	tb 75 tb-migrate upgrade --lock-timeout 100ms --retry-for 0
	assert_err --partial 'revisions/b_make.sql:7'
	assert_err --partial 'holder'
	assert_equal "$(rows)" a
	assert_equal "$(tables)" t
	stop_holding
	tb 0 tb-migrate upgrade
}

# Revisions of both kinds, the same ids.
alembic_project() {
	local id before=None
	mkdir -p py/versions
	cat >py/env.py <<-'P'
		import os
		from alembic import context
		from sqlalchemy import create_engine
		engine = create_engine(os.environ["RACE_URL"])
		with engine.connect() as connection:
		    context.configure(connection=connection)
		    with context.begin_transaction():
		        context.run_migrations()
	P
	printf '[alembic]\nscript_location = %s/py\n' "$PWD" >alembic.ini
	for id in a b c d; do
		cat >"py/versions/$id.py" <<-P
			revision = "$id"
			down_revision = $before
			from alembic import op
			def upgrade():
			    op.execute("CREATE TABLE public.t_$id (id integer)")
			    op.execute("SELECT pg_sleep(0.02)")
			def downgrade():
			    op.execute("DROP TABLE public.t_$id")
		P
		rev "$id" "$([ "$before" = None ] || echo "${before//\"/}")" <<-S
			--: upgrade
			CREATE TABLE public.t_$id (id integer);
			SELECT pg_sleep(0.02);

			--: downgrade
			DROP TABLE public.t_$id;
		S
		before="\"$id\""
	done
	export PYTHONDONTWRITEBYTECODE=1
	export RACE_URL="postgresql://$PGUSER@/$PGDATABASE?host=$PGHOST&port=${PGPORT-5432}"
}

@test "racing with an Alembic: nothing worse than one clear error" {
	alembic --version >/dev/null 2>&1 ||
	    skip 'alembic is not installed (apt install alembic)'
	alembic_project
	for delay in 0.25 0.35 0.4 0.45 0.5 0.6; do
		rc=0
		alembic upgrade head >alembic.out 2>&1 3>&- &
		theirs=$!
		sleep "$delay"
		timeout 60 tb-migrate upgrade >ours.out 2>&1 || rc=$?
		wait "$theirs" && theirs=0 || theirs=$?
		echo "delay $delay: ours $rc, theirs $theirs"
		cat ours.out
		# Ours says what happened, in one error.
		case $rc in
		0) ;;
		65 | 75) assert_equal "$(grep -c error: ours.out)" 1 ;;
		*) fail "exit $rc" ;;
		esac
		assert_equal "$((rc == 0 || theirs == 0))" 1
		# Whoever lost has left nothing, and can go on.
		tb 0 tb-migrate upgrade
		assert_equal "$(rows)" d
		assert_equal "$(tables)" 't_a t_b t_c t_d'
		assert_equal "$(alembic current 2>/dev/null)" 'd (head)'
		tb 0 tb-migrate downgrade base
	done
}
