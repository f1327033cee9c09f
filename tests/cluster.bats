# tb-cluster: private servers in folders of their own, beside the suite's.
#
# shellcheck disable=SC2154 # stderr belongs to bats
# shellcheck disable=SC2016 # what is in single quotes is for another shell
# shellcheck disable=SC2030,SC2031 # each test is a subshell, and meant to be

load helper.bash

# A folder that root's servers, which run as postgres, can reach.
setup() {
	dir=$(mktemp -d /tmp/tbc.XXXXXX)
	chmod 755 "$dir"
	export TB_CLUSTER=$dir/c PGPASSFILE=$dir/no-passfile
	cd "$dir" || return 1
}

teardown() {
	tb-cluster destroy --yes --quiet
	cd /
	rm -rf "$dir"
}

as_server_user() {
	if [ "$(id -u)" -eq 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

server_pid() {
	head -n 1 "$TB_CLUSTER/data/postmaster.pid"
}

# in_cluster COMMAND...: with the environment of the cluster.
in_cluster() {
	(eval "$(tb-cluster env)" && "$@")
}

ask() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"
}

# until_true COMMAND...: a minute at most.
until_true() {
	local i
	for ((i = 0; i < 600; i++)); do
		"$@" && return
		sleep 0.1
	done
	fail "never came true: $*"
}

is_gone() {
	[ ! -e "$1" ]
}

@test "tb-cluster: help, version, bad option" {
	assert_well_behaved tb-cluster
	tb 64 tb-cluster
	tb 64 tb-cluster no-such-command
}

@test "start, status, stop, start again" {
	tb 1 tb-cluster status
	assert_output "there is no cluster in $dir/c"
	tb 0 tb-cluster start
	assert_output ''
	assert_err --partial "socket in \"$dir/c\""
	tb 0 tb-cluster status
	assert_output --partial "$dir/c/.s.PGSQL.5432"
	assert_equal "$(in_cluster ask -c 'SELECT current_user')" postgres
	in_cluster ask -c 'CREATE TABLE kept ()'

	tb 0 tb-cluster stop
	tb 1 tb-cluster status
	assert_output "the server in $dir/c is not running"
	tb 0 tb-cluster stop
	assert_err --partial 'was not running'

	tb 0 tb-cluster start --quiet
	assert_err ''
	in_cluster ask -c 'TABLE kept'
}

@test "start: a second one is no error and changes nothing" {
	tb 0 tb-cluster start
	local pid
	pid=$(server_pid)
	tb 0 tb-cluster start -c work_mem=5MB
	assert_err --partial "already running (pid $pid"
	assert_err --partial 'tb-cluster restart'
	assert_equal "$(server_pid)" "$pid"
}

@test "start: waits while a server that crashed recovers" {
	tb 0 tb-cluster start
	# With much to replay, and a process that is gone all of a sudden.
	in_cluster ask -c 'CREATE TABLE much AS
	    SELECT i, md5(i::text) AS t FROM generate_series(1, 300000) AS i'
	kill -9 "$(pgrep -P "$(server_pid)" -f 'background writer')"
	until_true grep -q 'terminating any other active' \
	    "$TB_CLUSTER/server.log"
	tb 0 tb-cluster start
	assert_err --partial 'already running'
	assert_equal "$(in_cluster ask -c 'SELECT count(*) FROM much')" 300000
}

@test "start: two at once make one cluster" {
	tb-cluster start 2>one 3>&- &
	local first=$!
	tb-cluster start 2>two 3>&- &
	wait "$!"
	wait "$first"
	run grep -h 'running' one two
	assert_line --partial 'is running'
	assert_line --partial 'is already running'
}

@test "start: the server holds none of our descriptors" {
	# "cat" would wait for whoever has the pipe open.
	tb 0 sh -c 'tb-cluster start 2>&1 9>&1 | cat'
	assert_output --partial 'is running'
}

@test "start: UTF-8, code point order, checksums" {
	tb 0 tb-cluster start
	assert_equal "$(in_cluster ask -c 'SHOW server_encoding')" UTF8
	assert_equal "$(in_cluster ask -c 'SHOW data_checksums')" on
	assert_equal "$(in_cluster ask -c "SELECT 'B' < 'a'")" t
	assert_equal "$(in_cluster ask -c "SELECT upper('é')")" É
}

@test "status: JSON" {
	tb 0 tb-cluster start
	tb 0 tb-cluster status --format=json
	assert_json '$.running' true
	assert_json '$.directory' "$dir/c"
	assert_json '$.socket_directory' "$dir/c"
	assert_json '$.pid' "$(server_pid)"
	assert_json '$.version' \
	    "$(in_cluster ask -c 'SHOW server_version' | cut -d' ' -f1)"
	assert_json '$.listen == null' true
	tb-cluster stop
	tb 1 tb-cluster status --format=json
	assert_json '$.running' false
	assert_json '$.exists' true
	assert_json '$.pid == null' true
}

@test "restart: with the settings of the start, and new ones" {
	tb 0 tb-cluster start -c work_mem=5MB -c log_statement=all
	local pid
	pid=$(server_pid)
	tb 0 tb-cluster restart -c work_mem=6MB
	assert_not_equal "$(server_pid)" "$pid"
	assert_equal "$(in_cluster ask -c 'SHOW work_mem')" 6MB
	assert_equal "$(in_cluster ask -c 'SHOW log_statement')" all
	tb-cluster stop
	# A start begins anew.
	tb 0 tb-cluster start
	assert_equal "$(in_cluster ask -c 'SHOW work_mem')" 4MB
}

@test "stop: fast cuts clients off, smart waits for them" {
	tb 0 tb-cluster start
	in_cluster ask -c "SELECT pg_sleep(300)" 3>&- 2>/dev/null &
	until_true eval '[ "$(in_cluster ask -c "SELECT count(*)
	    FROM pg_stat_activity WHERE wait_event = '\''PgSleep'\''")" = 1 ]'
	tb 75 tb-cluster stop --mode=smart --timeout=1
	assert_err --partial 'did not stop within 1 s'
	tb 0 tb-cluster stop
	tb 1 tb-cluster status
}

@test "env: safe for eval whatever the folder is called" {
	export TB_CLUSTER=$dir/"it's \"\$(x)\" \\ *"
	tb 0 tb-cluster start
	export PGSERVICE=nowhere PGHOSTADDR=192.0.2.1 PGSSLMODE=verify-full \
	    DATABASE_URL=postgresql://nowhere/x PGOPTIONS='-c nonsense=1'
	assert_equal "$(in_cluster ask -c 'SELECT 1')" 1
	assert_equal "$(in_cluster printenv PGHOST)" "$TB_CLUSTER"
	assert_equal "$(in_cluster printenv DATABASE_URL)" ''
	tb-cluster stop
	tb 69 tb-cluster env
	assert_output ''
	assert_err --partial 'tb-cluster start'
}

@test "-D, TB_CLUSTER, tb.conf, XDG_STATE_HOME, in this order" {
	mkdir conf state
	echo 'cluster { directory = "from-conf" }' >conf/tb.conf
	export XDG_STATE_HOME=$dir/state
	tb 1 tb-cluster status -D here
	assert_output --partial "$dir/here"
	tb 1 tb-cluster status --config=conf/tb.conf
	assert_output --partial "$dir/c"
	unset TB_CLUSTER
	tb 1 tb-cluster status --config=conf/tb.conf
	assert_output --partial "$dir/conf/from-conf"
	tb 1 tb-cluster status
	assert_output --partial "$dir/state/tb/cluster"
	unset XDG_STATE_HOME
	tb 1 tb-cluster status
	assert_output --partial '/.local/state/tb/cluster'
	export TB_CLUSTER=$dir/c
}

@test "a path that is too long for a socket" {
	local long
	long=$(printf 'x%.0s' {1..100})
	export TB_CLUSTER=$dir/$long
	unset XDG_RUNTIME_DIR
	tb 0 tb-cluster start
	tb 0 tb-cluster status --format=json
	local socket
	socket=$(in_cluster printenv PGHOST)
	assert_regex "$socket" '^/tmp/tb-[0-9]+-[0-9a-f]+$'
	assert_equal "$(stat -c %a "$socket")" 700
	assert_equal "$(in_cluster ask -c 'SELECT 1')" 1
	tb 0 tb-cluster destroy --yes
	assert [ ! -e "$socket" ]

	# A name in /tmp that somebody else has taken is not used.
	mkdir -m 777 "$socket"
	chmod 777 "$socket"
	tb 77 tb-cluster start
	assert_err --partial "\"$socket\" is not a directory of ours alone"
	rmdir "$socket"
}

@test "a comma, which divides hosts, does not get into PGHOST" {
	export TB_CLUSTER="$dir/a,b"
	tb 0 tb-cluster start
	assert_equal "$(in_cluster ask -c 'SELECT 1')" 1
}

@test "who gets in: peer for the superuser, SCRAM for the others" {
	tb 0 tb-cluster start --port=0
	in_cluster ask -c "CREATE ROLE app LOGIN PASSWORD 'right'"
	assert_equal "$(in_cluster ask -c "SELECT count(*)
	    FROM pg_hba_file_rules WHERE auth_method = 'trust'")" 0
	assert_equal "$(in_cluster ask -c "SELECT rolpassword LIKE 'SCRAM-%'
	    FROM pg_authid WHERE rolname = 'app'")" t

	run in_cluster ask -w -U app -c 'SELECT 1'
	assert_failure 2
	run in_cluster env PGPASSWORD=wrong psql -X -U app -c 'SELECT 1'
	assert_failure 2
	run in_cluster env PGPASSWORD=right psql -XAt -U app \
	    -c 'SELECT current_user'
	assert_output app
	run in_cluster env PGPASSWORD=right psql -XAt -U app -h localhost \
	    -c 'SELECT current_user'
	assert_output app
	# The superuser's door is the socket.
	run in_cluster ask -w -h localhost -c 'SELECT 1'
	assert_failure 2
	# It can be anyone, though.
	run in_cluster env PGOPTIONS='-c role=app' psql -XAt \
	    -c 'SELECT current_user'
	assert_output app
}

@test "no TCP unless asked" {
	tb 0 tb-cluster start
	assert_equal "$(in_cluster ask -c 'SHOW listen_addresses')" ''
	tb 0 tb-cluster restart --port=0
	assert_equal "$(in_cluster ask -c 'SHOW listen_addresses')" localhost
	tb 0 tb-cluster status
	assert_output --partial 'tcp     localhost:'
}

@test "--share: other users reach the socket, and need a password" {
	[ "$(id -u)" -eq 0 ] || skip 'only root can be another user'
	tb 0 tb-cluster start
	in_cluster ask -c "CREATE ROLE app LOGIN PASSWORD 'right'"
	run in_cluster as_other psql -X -U app -c 'SELECT 1'
	assert_output --partial 'Permission denied'
	tb 0 tb-cluster restart --share
	run in_cluster as_other psql -X -U postgres -c 'SELECT 1'
	assert_output --partial 'Peer authentication failed'
	run in_cluster as_other psql -X -w -U app -c 'SELECT 1'
	assert_output --partial 'no password supplied'
	run in_cluster as_other env PGPASSWORD=right psql -XAt -U app \
	    -c 'SELECT current_user'
	assert_output app
	# A restart keeps it, a start closes the folder again.
	tb 0 tb-cluster restart
	assert_equal "$(stat -c %a "$TB_CLUSTER")" 711
	tb-cluster stop
	tb 0 tb-cluster start
	assert_equal "$(stat -c %a "$TB_CLUSTER")" 700
}

@test "a server that was killed leaves nothing in the way" {
	tb 0 tb-cluster start
	local pid
	pid=$(server_pid)
	kill -KILL "$pid"
	until_true eval 'tb-cluster status | grep -q "not running"'
	tb 0 tb-cluster stop
	tb 0 tb-cluster start
	assert_err --partial "its server (pid $pid) is gone"
	assert_equal "$(in_cluster ask -c 'SELECT 1')" 1
}

@test "a stale pid that is now another program's" {
	tb 0 tb-cluster start
	kill -KILL "$(server_pid)"
	until_true eval 'tb-cluster status | grep -q "not running"'
	as_server_user sh -c 'echo $$; exec sleep 300' >other 3>&- &
	until_true test -s other
	local other files
	other=$(cat other)
	files=("$TB_CLUSTER/data/postmaster.pid"
	    "$TB_CLUSTER/.s.PGSQL.5432.lock")
	sed -i "1s/.*/$other/" "${files[@]}"

	tb 1 tb-cluster status
	tb 0 tb-cluster stop
	kill -0 "$other"
	tb 0 tb-cluster start
	assert_not_equal "$(server_pid)" "$other"
	kill "$other"
}

@test "a server that was started by hand is seen and stopped" {
	tb 0 tb-cluster start
	tb 0 tb-cluster stop
	local bin
	bin=$(in_cluster true; tb-cluster run -- psql -XAt -c \
	    "SELECT setting FROM pg_config WHERE name = 'BINDIR'")
	as_server_user "$bin/pg_ctl" -s -w -D "$TB_CLUSTER/data" \
	    -o "-k $TB_CLUSTER" -l "$TB_CLUSTER/server.log" start 3>&-
	tb 0 tb-cluster status
	tb 0 tb-cluster start
	assert_err --partial 'already running'
	tb 0 tb-cluster stop
	tb 1 tb-cluster status
}

@test "a folder that is not ours is left alone" {
	mkdir other
	echo precious >other/file
	[ "$(id -u)" -ne 0 ] || chown -R postgres other
	tb 73 tb-cluster start -D other
	assert_err --partial 'not empty'
	tb 1 tb-cluster status -D other
	tb 66 tb-cluster stop -D other
	tb 66 tb-cluster restart -D other
	tb 66 tb-cluster env -D other
	tb 77 tb-cluster destroy --yes -D other
	assert_equal "$(ls -A other)" file
	tb 73 tb-cluster start -D other/file
}

@test "a folder that the server's user cannot reach" {
	mkdir closed
	chmod "$([ "$(id -u)" -eq 0 ] && echo 700 || echo 000)" closed
	tb 77 tb-cluster start -D closed/in/it
	assert_err --partial "may not enter directory \"$dir/closed\""
	chmod 700 closed
	assert_equal "$(ls -A closed)" ''
}

@test "no PostgreSQL, or not the one that made the cluster" {
	PGBIN=/nonexistent tb 69 tb-cluster start
	assert_err --partial 'apt-get install postgresql'
	tb 0 tb-cluster start
	tb 0 tb-cluster stop
	local major
	major=$(cat "$TB_CLUSTER/data/PG_VERSION")
	echo 9 >"$TB_CLUSTER/data/PG_VERSION"
	tb 69 tb-cluster start
	assert_err --partial 'made by PostgreSQL 9,'
	assert_err --partial "Found: PostgreSQL"
	echo "$major" >"$TB_CLUSTER/data/PG_VERSION"
	tb 0 tb-cluster start
}

@test "an initdb that fails leaves nothing behind" {
	mkdir fake
	local bin
	bin=$(tb-cluster run -- psql -XAt -c \
	    "SELECT setting FROM pg_config WHERE name = 'BINDIR'")
	ln -s "$bin/postgres" fake/postgres
	cat >fake/initdb <<-'END'
	#!/bin/sh
	for arg; do
		case $arg in --pgdata=*) mkdir "${arg#*=}" ;; esac
	done
	echo 'could not write to file "x": No space left on device' >&2
	exit 1
	END
	chmod 755 fake/initdb
	PGBIN=$dir/fake tb 73 tb-cluster start
	assert_err --partial 'No space left on device'
	assert_err --partial 'make room'
	assert [ ! -e "$TB_CLUSTER/data" ]
	assert [ ! -e "$TB_CLUSTER/data.new" ]
	# As if it had been killed half way.
	as_server_user mkdir "$TB_CLUSTER/data.new"
	tb 0 tb-cluster start
	assert [ ! -e "$TB_CLUSTER/data.new" ]
}

@test "a port that another program has" {
	tb 0 tb-cluster start --port=0
	local port
	port=$(in_cluster printenv PGPORT)
	tb 75 tb-cluster start -D second --port="$port"
	assert_err --partial "port $port: Address already in use"
	tb 0 tb-cluster destroy --yes -D second
}

@test "settings: nonsense is refused, with the server's words" {
	tb 64 tb-cluster start -c work_mem
	tb 64 tb-cluster start -c hba_file=/dev/null
	tb 64 tb-cluster start -c unix-socket-directories=/tmp
	tb 78 tb-cluster start -c no_such_setting=1
	assert_err --partial 'unrecognized configuration parameter'
	tb 78 tb-cluster start -c work_mem=much
	assert_err --partial 'invalid value for parameter'
	tb 1 tb-cluster status
}

@test "destroy: asks, and takes only what is its own" {
	tb 0 tb-cluster start
	tb 64 tb-cluster destroy
	assert_err --partial '--yes'
	tb 0 tb-cluster status
	echo precious | as_server_user tee "$TB_CLUSTER/notes" >/dev/null
	tb 0 tb-cluster destroy --yes
	assert_err --partial 'holds other files'
	assert_equal "$(ls -A "$TB_CLUSTER")" notes
	rm -r "$TB_CLUSTER"
	tb 0 tb-cluster destroy --yes
	assert_err --partial 'there is no cluster'
}

@test "destroy: on a terminal only a yes is a yes" {
	command -v script >/dev/null || skip 'script(1) is not installed'
	tb 0 tb-cluster start
	run script -qec 'tb-cluster destroy' /dev/null < <(echo no; sleep 2)
	assert_output --partial "Destroy the cluster in \"$dir/c\""
	tb 0 tb-cluster status
	run script -qec 'tb-cluster destroy' /dev/null < <(echo yes; sleep 2)
	assert [ ! -e "$TB_CLUSTER" ]
}

@test "as root: the user, and folders of root's" {
	[ "$(id -u)" -eq 0 ] || skip 'only root can name a user'
	tb 64 tb-cluster start --user=root
	tb 78 tb-cluster start --user=no-such-user
	mkdir deep
	tb 0 tb-cluster start -D deep/er --user=nobody
	assert_equal "$(stat -c %U deep/er)" nobody
	# Root needs no reminder of whose it is.
	tb 0 tb-cluster status -D deep/er
	assert_output --partial 'user    nobody'
	tb 0 tb-cluster destroy --yes -D deep/er
	assert_equal "$(ls -A deep)" ''
}

@test "run: the environment, the streams and the exit code" {
	tb 42 tb-cluster run -- sh -c 'psql -XAt -c "SELECT current_user"
	    cat; echo "$PGHOST" >host; test -f "$TB_SERVER_LOG"; exit 42' \
	    <<<hello
	assert_output $'postgres\nhello'
	assert_err ''
	assert [ ! -e "$(cat host)" ]
	tb 143 tb-cluster run -- sh -c 'kill -TERM $$'
	tb 66 tb-cluster run -- no-such-program
	tb 64 tb-cluster run
}

@test "run: from a folder that the server's user cannot read" {
	mkdir -m 700 closed
	cd closed
	tb 0 tb-cluster run -- pwd
	assert_output "$dir/closed"
}

@test "run: a server that does not start is an error with its log" {
	tb 78 tb-cluster run -c no_such_setting=1 -- touch ran
	assert_err --partial 'unrecognized configuration parameter'
	assert [ ! -e ran ]
}

@test "run: two at once do not meet" {
	tb 0 tb-cluster run -- sh -c 'echo "$PGHOST" >outer
	    tb-cluster run -- sh -c "echo \$PGHOST" >inner
	    psql -XAtc "SELECT 1"'
	assert_output 1
	assert_not_equal "$(cat inner)" "$(cat outer)"
}

@test "run: a signal reaches the command, its answer is ours" {
	cat >job <<-'END'
	trap 'echo "$PGHOST" >host; exit 7' TERM INT HUP
	: >ready
	while :; do sleep 0.1; done
	END
	local sig
	for sig in TERM INT HUP; do
		rm -f ready host
		# A background job of a shell ignores INT, nohup(1)'s HUP.
		env --default-signal tb-cluster run -- sh job 3>&- &
		until_true test -e ready
		kill "-$sig" "$!"
		status=0
		wait "$!" || status=$?
		assert_equal "$status" 7
		assert [ ! -e "$(cat host)" ]
	done
}

@test "run: killed without mercy, it still cleans up" {
	tb-cluster run -- sh -c 'echo "$PGHOST" >host; echo $$ >pid
	    exec sleep 300' 3>&- &
	until_true test -s pid
	kill -KILL "$!"
	kill "$(cat pid)"
	until_true is_gone "$(cat host)"
}

@test "run --keep: the folder stays and can be started" {
	tb 0 tb-cluster run --keep -- psql -Xq -c 'CREATE TABLE kept ()'
	local kept=${stderr#*\"}
	TB_CLUSTER=${kept%\"*}
	tb 1 tb-cluster status
	tb 0 tb-cluster start
	in_cluster ask -c 'TABLE kept'
	tb 0 tb-cluster destroy --yes
}
