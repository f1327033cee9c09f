# tb-connect: the way to a server, and psql on it.
#
# Containers are those of a "docker" of our own, first in PATH, whose exec runs
# psql on the suite's server; the last tests ask a real one if there is one.
#
# shellcheck disable=SC2154 # status and stderr belong to bats
# shellcheck disable=SC2016 # what is in single quotes is for another shell
# shellcheck disable=SC2030,SC2031 # each test is a subshell, and meant to be

load helper.bash

until_true() {
	local i
	for ((i = 0; i < 600; i++)); do
		"$@" && return
		sleep 0.1
	done
	fail "never came true: $*"
}

# on_terminal COMMAND: with a terminal of its own and no pager.
on_terminal() {
	command -v script >/dev/null || skip 'script(1) is not installed'
	PAGER='cat' run timeout 60 script -qec "$1" /dev/null
}

# fake_engine [NAME]: a docker (or podman) that knows the containers in $fake.
fake_engine() {
	export fake=$BATS_TEST_TMPDIR/fake
	mkdir -p "$fake/bin"
	: >"$fake/ids"
	cat >"$fake/bin/${1:-docker}" <<-'END'
	#!/bin/bash
	printf '%s\n' "$*" >>"$fake/calls"
	case $1 in
	context)
		echo "${endpoint-unix:///var/run/docker.sock}" ;;
	ps)
		[ ! -e "$fake/down" ] || { cat "$fake/down" >&2; exit 1; }
		cat "$fake/ids" ;;
	container)
		[ ! -e "$fake/down" ] || { cat "$fake/down" >&2; exit 1; }
		shift 3 # container inspect --
		sep=[
		for name; do
			[ -e "$fake/$name" ] || {
				echo "Error: No such container: $name" >&2
				exit 1
			}
			printf '%s' "$sep"
			cat "$fake/$name"
			sep=,
		done
		echo ']' ;;
	exec)
		while [ "$1" != psql ]; do shift; done
		[ -z "${orphan-}" ] || {
			# The real one forgets its psql when it is killed.
			trap 'exit 0' INT TERM
			setsid "$@" &
			wait
			exit
		}
		exec "$@" ;;
	esac
	END
	chmod 755 "$fake/bin/${1:-docker}"
	export PATH=$fake/bin:$PATH
}

# container NAME STATUS: in the variables health, exit_code, env, ports, label
# is what else "inspect" tells of it.
container() {
	local check=''
	[ -n "${env-}" ] || local env="\"POSTGRES_DB=$PGDATABASE\""
	[ -z "${health-}" ] || check=", \"Health\": { \"Status\":
	    \"$health\", \"Log\": [ { \"Output\": \"no good\" } ] }"
	cat >"$fake/$1" <<-END
	{ "Id": "$1", "Name": "/$1",
	  "State": { "Status": "$2", "ExitCode": ${exit_code-0} $check },
	  "Config": { "Image": "postgres:15-alpine", "Env": [ $env ],
	    "Labels": { ${label-} } },
	  "NetworkSettings": { "Ports": { ${ports-} } } }
	END
	echo "$1" >>"$fake/ids"
}

# A server with TCP, and a container that publishes its port.
published() {
	export TB_CLUSTER=$BATS_TEST_TMPDIR/c
	chmod 711 "$BATS_TEST_TMPDIR" "$BATS_SUITE_TMPDIR" "$BATS_RUN_TMPDIR"
	tb-cluster start -q --port=0
	local port
	port=$(tb-cluster env | sed -n "s/^export PGPORT='\(.*\)'/\1/p")
	(eval "$(tb-cluster env)" && psql -Xq -c "CREATE ROLE app LOGIN
	    PASSWORD 's3 cret'" -c 'CREATE DATABASE appdb OWNER app')
	env='"POSTGRES_USER=app", "POSTGRES_DB=appdb",
	    "POSTGRES_PASSWORD=s3 cret"'
	ports="\"5432/tcp\": [ { \"HostIp\": \"0.0.0.0\",
	    \"HostPort\": \"$port\" } ]"
	PUBLISHED=$port
}

# Some tests forget where the suite's server is.
suite_host=$PGHOST suite_port=$PGPORT

back_to_suite() {
	export PGHOST=$suite_host PGPORT=$suite_port PGUSER=postgres
	export PGDATABASE=t_${BATS_SUITE_TEST_NUMBER}
}

teardown() {
	[ -z "${PUBLISHED-}" ] || tb-cluster destroy --yes --quiet
	back_to_suite
	dropdb --if-exists --force -w "$PGDATABASE"
}

@test "tb-connect: help, version, bad option" {
	assert_well_behaved tb-connect
	tb 64 tb-connect some_database
	assert_err --partial 'named with -d'
	tb 64 tb-connect --container=a --service=b
	tb 64 tb-connect --container=a -h localhost
	assert_err --partial 'does not go with'
	tb 64 tb-connect --status --list
	tb 64 tb-connect --status -- -c 'SELECT 1'
	tb 64 tb-connect --with-password
	tb 64 tb-connect --print=nonsense
}

@test "psql: SQL on stdin, arguments, exit codes" {
	tb 0 tb-connect -- -At <<<'SELECT current_database()'
	assert_output "$PGDATABASE"
	tb 0 tb-connect -- -Atc 'SELECT 1' -c 'SELECT 2'
	assert_output $'1\n2'
	# ON_ERROR_STOP is on: psql's 3 for a script, 1 for -c, 2 for no server.
	tb 3 tb-connect -- -At <<<'SELECT 1/0; SELECT 5'
	refute_output --partial 5
	tb 1 tb-connect -- -c 'SELECT 1/0'
	tb 0 tb-connect -- -v ON_ERROR_STOP=0 <<<'SELECT 1/0;'
	tb 2 tb-connect -h /nonexistent -- -c 'SELECT 1'
}

@test "psql: the user's psqlrc is for people" {
	printf '%s\n' '\echo hello from psqlrc' >rc
	export PSQLRC=$PWD/rc
	tb 0 tb-connect -- -Atc 'SELECT 1'
	assert_output 1
}

@test "-n leaves standard input to others" {
	seq 3 >lines
	local seen=0
	while read -r _; do
		tb-connect -n -- -c 'SELECT 1' >/dev/null
		seen=$((seen + 1))
	done <lines
	assert_equal "$seen" 3
}

@test "a terminal gets psql's own ways and hints" {
	on_terminal tb-connect < <(sleep 1; echo '\q'; sleep 1)
	assert_output --partial "database \"$PGDATABASE\""
	assert_output --partial '\dt lists the tables'
	assert_output --partial "$PGDATABASE=#"
	on_terminal 'tb-connect -- -c "SELECT 7"' </dev/null
	refute_output --partial '\dt lists'
	assert_output --partial 7
}

@test "--read-only" {
	tb 1 tb-connect --read-only -- -c 'CREATE TABLE t ()'
	assert_err --partial 'read-only transaction'
	# Options that were there stay.
	PGOPTIONS='-c work_mem=5MB' tb 0 tb-connect --read-only -- -Atc \
	    'SHOW work_mem' -c 'SHOW transaction_read_only'
	assert_output $'5MB\non'
}

@test "the password is not read from the SQL, nor shown in argv" {
	local role=${PGDATABASE}_app
	sql "CREATE ROLE $role LOGIN PASSWORD 'geheim'"
	export PGPASSFILE=$PWD/none
	# Without a terminal psql would take the first line for it.
	tb 2 setsid -w tb-connect -U "$role" <<<$'geheim\nSELECT 1'
	assert_err --partial 'no password supplied'

	tb-connect -d "postgresql://$role:geheim@/$PGDATABASE?host=$PGHOST" \
	    -- -c 'SELECT pg_sleep(300)' 2>/dev/null 3>&- &
	local connect=$!
	until_true eval '[ "$(sql "SELECT count(*) FROM pg_stat_activity
	    WHERE wait_event = '\''PgSleep'\'' AND usename = '"'$role'"'")" = 1 ]'
	run pgrep -P "$connect" -a
	assert_output --partial pg_sleep
	refute_output --partial geheim
	kill "$connect"
	wait "$connect" || true
	sql "DROP ROLE $role"
}

@test "a signal ends the query in the server too" {
	local sig
	for sig in TERM HUP INT; do
		env --default-signal tb-connect -- \
		    -c 'SELECT pg_sleep(300)' 3>&- &
		until_true eval '[ "$(sql "SELECT count(*)
		    FROM pg_stat_activity WHERE wait_event = '\''PgSleep'\''
		    AND datname = current_database()")" = 1 ]'
		kill "-$sig" "$!"
		status=0
		wait "$!" || status=$?
		assert_equal "$status" $((128 + $(kill -l "$sig")))
		assert_sql "SELECT count(*) FROM pg_stat_activity
		    WHERE wait_event = 'PgSleep'
		    AND datname = current_database()" 0
	done
}

@test "--print: what is printed leads back, whatever the name" {
	local name="it's \\ a \"b\" \$(x) %41&c=d #é${PGDATABASE}"
	createdb "$name"
	tb 0 tb-connect -d "dbname='${name//[\\\']/\\&}'" --print=uri
	assert_equal "$(psql -XAt -c 'SELECT current_database()' \
	    "$output")" "$name"
	PGDATABASE=$name tb 0 tb-connect --print=conninfo
	assert_equal "$(psql -XAt -c 'SELECT current_database()' \
	    "$output")" "$name"
	PGDATABASE=$name tb 0 tb-connect --print=env
	assert_equal "$(eval "$output"
	    printenv PGDATABASE)" "$name"
	PGDATABASE=$name tb 0 tb-connect --print=json
	assert_json '$.dbname' "$name"
	assert_json '$.host' "$PGHOST"
	dropdb "$name"
}

@test "--print: hosts of all kinds" {
	tb 0 tb-connect -h ::1 -p 1 -U u -d d --print=uri
	assert_output 'postgresql://u@[::1]:1/d'
	tb 0 tb-connect -h a,b -p 1,2 -U u -d d --print=uri
	assert_output 'postgresql://u@/d?host=a%2Cb&port=1%2C2'
	tb 0 tb-connect -d 'jdbc:postgresql://h:1/d?user=u' --print=uri
	assert_output 'postgresql://u@h:1/d'
	DATABASE_URL='postgresql+asyncpg://u@h/d' \
	    tb 0 tb-connect --print=env
	assert_line "export PGHOST='h'"
	assert_line --partial 'unset DATABASE_URL'
}

@test "--print: the password only when asked for, never on a terminal" {
	export PGPASSWORD='ge heim'
	local form
	for form in uri env conninfo json; do
		tb 0 tb-connect --print=$form
		refute_output --partial heim
		tb 0 tb-connect --print=$form --with-password
		assert_output --partial heim
	done
	tb 0 tb-connect -d 'postgresql://u:geheim@h/d' --print=uri
	assert_output 'postgresql://u@h:'"$PGPORT"'/d'
	assert_err --partial 'on the command line'
	refute_err --partial geheim
	on_terminal 'tb-connect --print=uri --with-password' </dev/null
	assert_output --partial 'not shown on a terminal'
	refute_output --partial heim
}

@test "--status: one line, and whether it answers" {
	tb 0 tb-connect --status
	assert_output --regexp \
	    "^database \"$PGDATABASE\" on $PGHOST.* PostgreSQL [0-9.]+ answers\$"
	tb 69 tb-connect -h 127.0.0.1 -p 1 --status
	assert_output --partial 'no answer'
	assert_err --partial 'Connection refused'
	tb 0 tb-connect --status --format=json
	assert_json '$.answers' true
}

@test "--wait: until a login works, or the time is over" {
	tb 0 tb-connect --wait
	assert_output ''
	tb 0 tb-connect --wait -- -Atc 'SELECT 1'
	assert_output 1
	tb 69 tb-connect -h 127.0.0.1 -p 1 --wait --timeout=0.5
	assert_err --partial 'gave up after 0.5 s'
	# A database that comes into being meanwhile.
	(sleep 0.5; createdb "${PGDATABASE}_late") 3>&- &
	tb 0 tb-connect -d "${PGDATABASE}_late" --wait
	dropdb "${PGDATABASE}_late"
}

@test "nothing given: the private cluster, if no local server answers" {
	published
	unset PGHOST PGPORT PGUSER PGDATABASE
	if psql -X -w -d postgres -c '' 2>&1 | grep -q 'No such file'; then
		tb 0 tb-connect --status
		assert_output --partial 'the private cluster: PostgreSQL'
		tb 0 tb-connect -- -Atc 'SHOW unix_socket_directories'
		assert_output "$(eval "$(tb-cluster env)" && echo "$PGHOST")"
		tb-cluster stop -q
		tb 69 tb-connect --status
		assert_err --partial 'tb-cluster start'
	fi
	back_to_suite
	# The environment says where: that is asked, and no other.
	tb 0 tb-connect -- -Atc 'SHOW unix_socket_directories'
	assert_output "$PGHOST"
}

@test "container: psql inside, where no port is published" {
	fake_engine
	container db running
	tb 0 tb-connect --container=db -- -At \
	    <<<'SELECT current_database(), current_user'
	assert_output "$PGDATABASE|postgres"
	run cat "$fake/calls"
	assert_line --regexp '^exec -i .* db psql '
	refute_line --regexp '^exec .*-t'
	tb 3 tb-connect --container=db <<<'SELECT 1/0'
	tb 0 tb-connect --container=db --status
	assert_output --partial 'inside container "db"'
	tb 69 tb-connect --container=db --print=uri
	assert_err --partial 'publishes no port'
	tb 69 tb-connect --container=db --via=direct --status
	assert_err --partial 'publishes no port'
}

@test "container: its port first, with its password, not in argv" {
	fake_engine
	published
	container db running
	# PGUSER and the like are meant for it, if they are set.
	unset PGUSER PGDATABASE
	export PGPASSFILE=$PWD/none
	tb 0 tb-connect --container=db --status
	assert_output --partial "on 127.0.0.1:$PUBLISHED as app, a port of"
	tb 0 tb-connect --container=db -- -Atc \
	    'SELECT current_user, inet_server_port()'
	assert_output "app|$PUBLISHED"
	tb 0 tb-connect --container=db --print=uri --with-password
	assert_output "postgresql://app:s3%20cret@127.0.0.1:$PUBLISHED/appdb"
	run ! grep -q cret "$fake/calls"
	# A password that was changed since: inside there is another way.
	env='"POSTGRES_USER=app", "POSTGRES_PASSWORD=old"' \
	    container db running
	PGUSER=postgres PGDATABASE=postgres \
	    tb 0 tb-connect --container=db --status
	assert_output --partial 'inside container'
	tb 0 tb-connect --container=db --via=exec -U postgres -d postgres \
	    -- -Atc 'SELECT current_user'
	assert_output postgres
}

@test "container: a port on another machine" {
	fake_engine
	ports='"5432/tcp": [ { "HostIp": "0.0.0.0", "HostPort": "5999" } ]' \
	    container far running
	ports='"5432/tcp": [ { "HostIp": "127.0.0.1", "HostPort": "5999" } ]' \
	    container inner running
	endpoint=ssh://me@far.example:22 tb 0 tb-connect --container=far \
	    -U u -d d --print=uri
	assert_output 'postgresql://u@far.example:5999/d'
	DOCKER_HOST=tcp://10.9.8.7:2375 tb 0 tb-connect --container=far \
	    -U u -d d --print=uri
	assert_output 'postgresql://u@10.9.8.7:5999/d'
	# Its loopback is not ours.
	DOCKER_HOST=tcp://10.9.8.7:2375 tb 69 tb-connect --container=inner \
	    --print=uri
}

@test "container: what is wrong, and the command that mends it" {
	fake_engine
	tb 69 tb-connect --container=db
	assert_err --partial 'there is no container "db"'
	assert_err --partial 'compose up'

	exit_code=1 container stopped exited
	tb 69 tb-connect --container=stopped
	assert_err --partial '"stopped" is stopped (exit code 1)'
	assert_err --partial 'docker start stopped'
	assert_err --partial 'docker logs stopped'

	container paused paused
	tb 69 tb-connect --container=paused
	assert_err --partial 'docker unpause paused'

	exit_code=3 container loop restarting
	tb 69 tb-connect --container=loop
	assert_err --partial 'again and again (exit code 3)'

	health=unhealthy container sick running
	tb 69 tb-connect --container=sick
	assert_err --partial 'container "sick" is unhealthy'
	assert_err --partial 'no good'
	tb 0 tb-connect --container=sick --via=exec -- -Atc 'SELECT 1'
	assert_err --partial 'warning: container "sick" is unhealthy'

	health=starting container young running
	tb 69 tb-connect --container=young
	assert_err --partial 'still starting'
	assert_err --partial 'tb-connect --wait'

	container new created
	tb 69 tb-connect --container=new
	assert_err --partial 'docker start new'

	tb 64 tb-connect --container='--privileged'
	assert_err --partial 'cannot be the name'
}

@test "container: the engine is missing, down or closed" {
	fake_engine
	container db running
	echo 'Cannot connect to the Docker daemon at unix:///x.' >"$fake/down"
	tb 69 tb-connect --container=db
	assert_err --partial 'docker: the engine is not running'
	assert_err --partial 'systemctl start docker'
	echo 'permission denied while trying to connect to x' >"$fake/down"
	tb 77 tb-connect --list
	assert_err --partial 'usermod -aG docker'
	tb 69 tb-connect --runtime=no-such-engine --list
	assert_err --partial 'no-such-engine'
	# Only our own programs in PATH.
	mkdir only
	ln -s "$(command -v tb-connect)" only/
	tb 69 env PATH="$PWD/only" tb-connect --list
	assert_err --partial 'neither docker nor podman is installed'
}

@test "container: podman is as good" {
	fake_engine podman
	container db running
	PATH=$fake/bin:/usr/bin:/bin:$(dirname "$(command -v tb-connect)") \
	    tb 0 tb-connect --runtime=podman --container=db -- -Atc 'SELECT 1'
	assert_output 1
	container paused paused
	tb 69 tb-connect --runtime=podman --container=paused
	assert_err --partial 'podman unpause paused'
}

@test "service: by compose's label; one that runs before one that does not" {
	fake_engine
	tb 69 tb-connect --service=postgres
	assert_err --partial 'docker compose up -d postgres'
	run cat "$fake/calls"
	assert_line --partial 'label=com.docker.compose.service=postgres'

	label='"com.docker.compose.project": "one"' container one-db exited
	tb 69 tb-connect --service=postgres
	assert_err --partial 'docker start one-db'
	label='"com.docker.compose.project": "two"' container two-db running
	tb 0 tb-connect --service=postgres --status
	assert_output --partial '"two-db"'
	label='"com.docker.compose.project": "six"' container six-db running
	tb 64 tb-connect --service=postgres
	assert_err --partial 'They are two-db, six-db'
	COMPOSE_PROJECT_NAME=six tb 0 tb-connect --service=postgres --status
	assert_output --partial '"six-db"'
}

@test "tb.conf: its container, if it is there; else the local server" {
	fake_engine
	mkdir etc
	cat >etc/tb.conf <<-'END'
	connect {
		container = "app-db"
		service = "postgres"
	}
	END
	container elsewhere running
	unset PGHOST PGPORT
	export TB_CLUSTER=$PWD/none
	# By its service, under a name that compose chose.
	tb 0 tb-connect --print=uri -h h
	: >"$fake/ids"
	run tb-connect --status
	assert_output --partial 'there is no container "app-db"'
	container app-db paused
	tb 69 tb-connect --status
	assert_err --partial 'app-db" is paused'
	assert_err --partial 'etc/tb.conf'
	container app-db running
	back_to_suite
	tb 0 tb-connect --status
	refute_output --partial container
}

@test "container: a signal ends the query that the engine would forget" {
	fake_engine
	container db running
	export orphan=1
	local sig
	for sig in TERM INT; do
		env --default-signal tb-connect --container=db -- \
		    -c 'SELECT pg_sleep(300)' >/dev/null 2>&1 3>&- &
		until_true eval '[ "$(sql "SELECT count(*)
		    FROM pg_stat_activity WHERE wait_event = '\''PgSleep'\''
		    AND datname = current_database()")" = 1 ]'
		kill "-$sig" "$!"
		status=0
		wait "$!" || status=$?
		assert_equal "$status" $((128 + $(kill -l "$sig")))
		until_true eval '[ "$(sql "SELECT count(*)
		    FROM pg_stat_activity WHERE wait_event = '\''PgSleep'\''
		    AND datname = current_database()")" = 0 ]'
	done
}

@test "--list: containers that have a PostgreSQL" {
	fake_engine
	: >"$fake/ids"
	tb 0 tb-connect --list
	assert_output ''
	health=healthy label='"com.docker.compose.service": "postgres"' \
	    ports='"5432/tcp": [ { "HostIp": "", "HostPort": "5999" } ]' \
	    container db running
	container web running
	sed -i 's/postgres:15-alpine/nginx/; s/"POSTGRES_DB=[^"]*"//' \
	    "$fake/web"
	tb 0 tb-connect --list
	assert_line --regexp '^db +postgres +postgres:15-alpine +running \(healthy\) +:5999$'
	refute_line --partial nginx
	tb 0 tb-connect --list --format=json
	assert_json '$[0].container' db
	assert_json '$[0].port' 5999
	assert_json '$.size()' 1
}

@test "a real engine: direct, inside, paused, stopped, waiting" {
	local image=${TB_TEST_IMAGE:-postgres:15-alpine}
	local name=tb-test-$$
	if [ -z "${TB_TEST_DOCKER-}" ]; then
		command -v docker >/dev/null || skip 'docker is not installed'
		docker info >/dev/null 2>&1 || skip 'no docker engine answers'
		docker image inspect "$image" >/dev/null 2>&1 ||
			skip "there is no image $image"
	fi
	unset PGUSER PGDATABASE
	docker run -d --name "$name" -e POSTGRES_USER=app \
	    -e POSTGRES_DB=appdb -e POSTGRES_PASSWORD='s3 cret' \
	    -p 127.0.0.1::5432 "$image" 3>&-
	tb 0 tb-connect --container="$name" --wait
	tb 0 tb-connect --container="$name" -- -At \
	    <<<'SELECT current_user, inet_server_port()'
	assert_output 'app|5432'
	tb 0 tb-connect --container="$name" --via=exec -- -At \
	    <<<'SELECT current_user, inet_server_port() IS NULL'
	assert_output 'app|t'
	tb 0 tb-connect --container="$name" --status
	assert_output --partial 'a port of'
	tb 0 tb-connect --list
	assert_output --partial "$name"

	tb-connect --container="$name" --via=exec -- \
	    -c 'SELECT pg_sleep(300)' 2>/dev/null 3>&- &
	sleepers() {
		[ "$(tb-connect --container="$name" -- -Atc "SELECT count(*)
		    FROM pg_stat_activity
		    WHERE wait_event = 'PgSleep'")" = "$1" ]
	}
	until_true sleepers 1
	kill "$!"
	status=0
	wait "$!" || status=$?
	assert_equal "$status" 143
	until_true sleepers 0

	docker pause "$name"
	tb 69 tb-connect --container="$name" --status
	assert_err --partial "docker unpause $name"
	docker unpause "$name"
	docker stop "$name"
	tb 69 tb-connect --container="$name" --status
	assert_err --partial "docker start $name"
	docker rm -fv "$name"
	tb 69 tb-connect --container="$name" --status
	assert_err --partial 'there is no container'
}
