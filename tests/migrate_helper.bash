# migrate_helper.bash: what the suites of tb-migrate share.
#
# A test works in a folder of its own; "revisions" in it is what tb-migrate
# finds without being told.
#
# shellcheck disable=SC2034,SC2154 # variables of bats and of helper.bash

load helper.bash

TRADEBOT=$TB_ROOT/etc/revisions

# rev ID [PARENTS [KEY...]]: make a revision file of the sections on stdin.
rev() {
	local id=$1 parents=${2-} key
	shift $(($# > 1 ? 2 : 1))
	mkdir -p revisions
	{
		echo "--: revision $id"
		[ -z "$parents" ] || echo "--: down-revision $parents"
		echo "--: message make $id"
		for key; do
			echo "--: $key"
		done
		echo
		cat
	} >"revisions/${id}_make.sql"
}

# table_rev ID [PARENTS [KEY...]]: a revision that makes a table of its name.
table_rev() {
	rev "$@" <<-E
		--: upgrade
		CREATE TABLE public.t_$1 (id integer);

		--: downgrade
		DROP TABLE public.t_$1;
	E
}

# The rows of the version table in one line.
rows() {
	sql "SELECT string_agg(version_num, ' ' ORDER BY version_num COLLATE \"C\")
	    FROM ${1-public.alembic_version}"
}

# The tables that are not ours.
tables() {
	sql "SELECT string_agg(relname, ' ' ORDER BY relname COLLATE \"C\")
	    FROM pg_class WHERE relnamespace = 'public'::regnamespace
	    AND relkind = 'r' AND relname <> 'alembic_version'"
}

# wait_for STATEMENT: until it answers t; the test's own time limit ends it.
wait_for() {
	local i
	for ((i = 0; i < 300; i++)); do
		[ "$(sql "$1")" != t ] || return 0
		sleep 0.05
	done
	fail "never true: $1"
}

# start COMMAND...: in the background; its pid is $job, its stderr job.err.
start() {
	# Whoever called us may have had HUP ignored (nohup).
	env --default-signal "$@" >job.out 2>job.err 3>&- 8>&- &
	job=$!
}

# finish EXIT: wait for what start started.
finish() {
	local rc=0
	wait "$job" || rc=$?
	cat job.err
	assert_equal "$rc" "$1"
}

# needs_dump: a pg_dump that reads this server, where tb-migrate looks for it.
needs_dump() {
	[ -z "${PGBIN-}" ] || [ -x "$PGBIN/pg_dump" ] ||
	    skip 'PGBIN has no pg_dump'
	pg_dump -s "$PGDATABASE" >/dev/null 2>&1 ||
	    skip 'pg_dump is older than the server'
}

# A session that does this and stays until stop_holding.
hold() {
	local fifo=$BATS_TEST_TMPDIR/hold
	mkfifo "$fifo"
	PGAPPNAME=holder psql -X -q -At -v ON_ERROR_STOP=1 \
	    <"$fifo" >/dev/null 2>&1 3>&- &
	holder=$!
	exec 8>"$fifo"
	echo "$1" >&8
}

stop_holding() {
	exec 8>&-
	wait "$holder" || true
}

# start_pooler MODE [SETTING...]: PgBouncer in front of the server.
start_pooler() {
	local mode=$1 as=()
	shift
	command -v pgbouncer >/dev/null || skip 'PgBouncer is not installed'
	pooler=$(mktemp -d /tmp/tb-pooler.XXXXXX)
	{
		echo '[databases]'
		echo "* = host=$PGHOST port=${PGPORT-5432} user=postgres"
		echo '[pgbouncer]'
		echo 'listen_addr ='
		echo 'listen_port = 6432'
		echo "unix_socket_dir = $pooler"
		echo 'auth_type = any'
		echo "logfile = $pooler/log"
		echo "pidfile = $pooler/pid"
		echo "pool_mode = $mode"
		printf '%s\n' "$@"
	} >"$pooler/ini"
	# It does not run as root; the server lets its own user in.
	if [ "$(id -u)" -eq 0 ]; then
		chown -R "$(stat -c %U "$TB_SERVER_LOG")" "$pooler"
		as=(runuser -u "$(stat -c %U "$TB_SERVER_LOG")" --)
	fi
	"${as[@]}" pgbouncer -q -d "$pooler/ini" 3>&- 8>&-
}

through_pooler() {
	tb "$1" env PGHOST="$pooler" PGPORT=6432 PGUSER=postgres "${@:2}"
}

stop_pooler() {
	[ ! -e "${pooler-}/pid" ] || kill "$(cat "$pooler/pid")"
	rm -rf "${pooler-}"
}
