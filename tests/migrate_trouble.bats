# tb-migrate when the server is in trouble or refuses: clear words, the right
# exit code, and nothing lost.
#
# shellcheck disable=SC2154 # variables of migrate_helper.bash

load migrate_helper.bash

# own_server [OPTION...]: one for this test, and connections go there.
own_server() {
	own=${own-$BATS_TEST_TMPDIR/own}
	theirs=("$PGHOST" "${PGPORT-5432}" "$PGDATABASE")
	tb-cluster start --quiet -D "$own" -c autovacuum=off "$@"
	# shellcheck disable=SC2046 # lines of a shell
	eval "$(tb-cluster env -D "$own")"
}

eval "$(declare -f teardown | sed 's/^teardown/tb_teardown/')"
teardown() {
	if [ -n "${own-}" ]; then
		tb-cluster destroy --yes --quiet -D "$own"
		export PGHOST=${theirs[0]} PGPORT=${theirs[1]} \
		    PGDATABASE=${theirs[2]}
	fi
	[ -z "${disk-}" ] || umount -l "$disk"
	tb_teardown
}

# as_owner COMMAND...: as the user whose server it is.
as_owner() {
	if [ "$(id -u)" -eq 0 ]; then
		(cd / && runuser -u "$(stat -c %U "$own/data")" -- "$@")
	else
		"$@"
	fi
}

# A file system of this size, which the server can reach.
small_disk() {
	[ "$(id -u)" -eq 0 ] || skip 'only root can make a small file system'
	local folder=$BATS_TEST_TMPDIR
	mkdir "$folder/disk"
	while [ "$folder" != / ] && [ "$folder" != "${TMPDIR:-/tmp}" ]; do
		chmod a+x "$folder"
		folder=$(dirname "$folder")
	done
	mount -t tmpfs -o "size=$1" tmpfs "$BATS_TEST_TMPDIR/disk" \
	    2>/dev/null || skip 'no file system can be mounted here'
	disk=$BATS_TEST_TMPDIR/disk
}

large_plan() {
	table_rev a1
	rev b2 a1 <<-S
		--: upgrade
		CREATE TABLE public.large AS
		    SELECT i, repeat('x', 500) AS v FROM generate_series(1, $1) i;
		--: downgrade
		DROP TABLE public.large;
	S
	table_rev c3 b2
}

@test "53100: the data folder is full: 73, it is named, nothing is lost" {
	small_disk 150m
	own=$disk/own
	# So that the table is not in the server's log, which would end it.
	own_server -c wal_level=minimal -c max_wal_senders=0
	large_plan 400000
	tb 73 tb-migrate upgrade --transaction revision
	assert_err --partial 'could not extend file'
	assert_err --partial "The disk of the server's data folder at $own/data is full."
	assert_err --partial '1 of 3 steps were done and stay; the database is at a1.'
	tb 1 tb-migrate status
	assert_output 'a1: 1 applied, 2 pending'
	tb 0 tb-migrate log -n 1
	assert_output --partial failed
	mount -o remount,size=1000m "$disk"
	tb 0 tb-migrate upgrade
	assert_equal "$(tables)" 'large t_a1 t_c3'
}

@test "53100: a tablespace is full: it is named, outside a transaction, too" {
	small_disk 4m
	mkdir "$disk/space"
	chown "$(stat -c %u "$(sql 'SHOW data_directory')")" "$disk/space"
	local space="s_$PGDATABASE"
	sql "CREATE TABLESPACE $space LOCATION '$disk/space'"
	large_plan 20000
	sed -i "s/large AS/large TABLESPACE $space AS/" revisions/b2_make.sql
	sed -i '3i --: transaction no' revisions/b2_make.sql
	tb 73 tb-migrate upgrade
	assert_err --partial "The disk of tablespace $space at $disk/space is full."
	assert_equal "$(rows)" a1
	mount -o remount,size=64m "$disk"
	tb 0 tb-migrate upgrade
	assert_equal "$(tables)" 'large t_a1 t_c3'
	sql "DROP TABLE public.large"
	sql "DROP TABLESPACE $space"
}

@test "25006: a standby can be looked at, and what changes is refused: 77" {
	local command
	own_server
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate upgrade a1
	tb-cluster stop --quiet -D "$own"
	touch "$own/data/standby.signal"
	chown --reference="$own/data" "$own/data/standby.signal"
	tb-cluster start --quiet -D "$own"
	for command in upgrade 'downgrade base' 'stamp b2' resume rehearse \
	    'accept a1 --reason x' 'upgrade --transaction revision' \
	    'ensure_version --version-table other'; do
		# shellcheck disable=SC2086 # several words
		tb 77 tb-migrate $command
		assert_err --partial 'the server is a standby: it can only be read'
		assert_err --partial 'target_session_attrs=read-write'
	done
	# It is asked for where the server does not say it by itself.
	[ "$(sql 'SHOW server_version_num')" -lt 140000 ] ||
	    assert_sql 'SHOW in_hot_standby' on
	tb 0 tb-migrate current
	assert_output a1
	tb 1 tb-migrate status
	tb 1 tb-migrate check
	tb 0 tb-migrate plan
	tb 0 tb-migrate doctor
	tb 0 tb-migrate log
	tb 0 tb-migrate upgrade a1
	assert_err --partial 'nothing to do'
}

@test "25006: a database that is read only by default is no hindrance" {
	sql "ALTER DATABASE $PGDATABASE SET default_transaction_read_only = on"
	table_rev a1
	rev b2 a1 'transaction no' <<-'E'
		--: upgrade
		CREATE TABLE public.t_b2 (id integer);
		VACUUM public.t_a1;
		CREATE INDEX CONCURRENTLY b2 ON public.t_b2 (id);
		--: downgrade
		DROP TABLE public.t_b2;
	E
	tb 0 tb-migrate upgrade
	tb 0 tb-migrate downgrade base
	tb 0 tb-migrate stamp b2
	assert_equal "$(rows)" b2
}

# sleeping_plan [KEY]
sleeping_plan() {
	table_rev a1
	rev b2 a1 "$@" <<-'E'
		--: upgrade
		CREATE TABLE public.t_b2 (id integer);
		SELECT pg_sleep(60);
		--: downgrade
		DROP TABLE public.t_b2;
	E
}

sleeping() {
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE datname = current_database() AND wait_event = 'PgSleep'
	    AND application_name = 'tb-migrate'"
}

@test "57P01: the server is shut down: 69, then it is not there, then goes on" {
	own_server
	sleeping_plan
	start tb-migrate upgrade --transaction revision
	sleeping
	tb-cluster stop --quiet -D "$own"
	finish 69
	run cat job.err
	assert_output --partial 'terminating connection due to administrator command'
	assert_output --partial 'The server rolls back what was not committed'
	tb 69 tb-migrate upgrade
	assert_err --partial 'could not connect to'
	tb-cluster start --quiet -D "$own"
	assert_equal "$(tables)" t_a1
	sed -i 's/(60)/(0)/' revisions/b2_make.sql
	tb 0 tb-migrate upgrade
	assert_equal "$(tables)" 't_a1 t_b2'
}

@test "57P01: its session is ended outside a transaction: 69, it goes on" {
	sleeping_plan 'transaction no'
	start tb-migrate upgrade
	sleeping
	sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	    WHERE datname = current_database() AND wait_event = 'PgSleep'"
	finish 69
	tb 1 tb-migrate status
	assert_line --partial 'half done: b2'
	assert_line --partial 'statement 2 of 2, line 8 comes next'
	sed -i 's/(60)/(0)/' revisions/b2_make.sql
	tb 0 tb-migrate resume
	assert_equal "$(rows)" b2
}

@test "55006: a database that others use: 75 and who they are" {
	local other="${PGDATABASE}_other"
	createdb "$other"
	rev a1 <<-E
		--: upgrade
		DROP DATABASE IF EXISTS $other;
		--: downgrade none
	E
	PGDATABASE=$other hold 'SELECT 1;'
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE datname = '$other' AND state = 'idle'"
	tb 75 tb-migrate upgrade
	assert_err --partial 'is being accessed by other users'
	assert_err --regexp 'Process [0-9]+, user postgres, holder, uses it: idle for 00:00:[0-9]+\.'
	assert_err --partial 'DROP DATABASE ... WITH (FORCE)'
	sed -i "s/^DROP.*/CREATE DATABASE ${other}2 TEMPLATE $other;/" \
	    revisions/a1_make.sql
	tb 75 tb-migrate upgrade
	assert_err --partial ', holder, uses it'
	refute_err --partial FORCE
	sed -i "s/^CREATE.*/DROP DATABASE $other WITH (FORCE);/" \
	    revisions/a1_make.sql
	tb 0 tb-migrate upgrade
	stop_holding
}

@test "55006: what the run itself uses: 65, since to run again is no use" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.p (id integer PRIMARY KEY);
		CREATE TABLE public.q (id integer
		    REFERENCES public.p DEFERRABLE INITIALLY DEFERRED);
		INSERT INTO public.p VALUES (1);
		INSERT INTO public.q VALUES (1);
		ALTER TABLE public.q ADD x integer;
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	assert_err --partial 'pending trigger events'
	assert_err --partial 'SET CONSTRAINTS ALL IMMEDIATE;'
	sed -i 's/^ALTER/SET CONSTRAINTS ALL IMMEDIATE;\n&/' \
	    revisions/a1_make.sql
	tb 0 tb-migrate upgrade
	rev b2 a1 <<-'E'
		--: upgrade
		DECLARE c CURSOR FOR SELECT * FROM public.p;
		FETCH c;
		ALTER TABLE public.p ADD x integer;
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	assert_err --partial 'a cursor must be closed'
}

@test "40001 and 53400: what to do" {
	rev a1 <<-'E'
		--: upgrade
		DO $$BEGIN
		    RAISE 'could not serialize access' USING ERRCODE = '40001';
		END$$;
		--: downgrade
	E
	tb 75 tb-migrate upgrade
	assert_err --partial 'Another session changed the same rows'
	rev a1 <<-'E'
		--: upgrade
		SET temp_file_limit = '64kB';
		SET work_mem = '64kB';
		SELECT count(*) FROM (SELECT * FROM generate_series(1, 100000) i
		    ORDER BY i DESC OFFSET 1) AS x;
		--: downgrade
	E
	tb 75 tb-migrate upgrade
	assert_err --partial 'temp_file_limit'
	assert_err --partial 'its administrator can raise that'
}

@test "42501: the version table in public, since 15 its owner's: the GRANT" {
	local role="r_$PGDATABASE" owner="o_$PGDATABASE"
	sql "CREATE ROLE $role LOGIN PASSWORD 'x'; CREATE ROLE $owner;
	    ALTER DATABASE $PGDATABASE OWNER TO $owner;
	    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
	    GRANT CREATE ON DATABASE $PGDATABASE TO $role"
	[ "$(sql 'SHOW server_version_num')" -ge 150000 ] ||
	    sql "ALTER SCHEMA public OWNER TO $owner"
	export PGPASSWORD=x
	table_rev a1
	tb 77 tb-migrate upgrade -U "$role"
	assert_err --partial 'permission denied for schema public'
	assert_err --partial "GRANT CREATE ON SCHEMA public TO $role;"
	if [ "$(sql 'SHOW server_version_num')" -ge 150000 ]; then
		assert_err --partial "SCHEMA public belongs to role pg_database_owner, which is $owner; the statement ran as $role."
	else
		assert_err --partial "SCHEMA public belongs to role $owner;"
	fi
	sql "CREATE SCHEMA closed"
	tb 77 tb-migrate upgrade -U "$role" --version-schema closed
	assert_err --partial "GRANT USAGE ON SCHEMA closed TO $role;"
	sql "GRANT CREATE ON SCHEMA public TO $role"
	tb 0 tb-migrate upgrade -U "$role"
	sql "DROP OWNED BY $role CASCADE; DROP ROLE $role;
	    ALTER DATABASE $PGDATABASE OWNER TO postgres;
	    ALTER SCHEMA public OWNER TO postgres; DROP ROLE $owner"
}

@test "53300: a role or a database has no connection left: 75" {
	local role="r_$PGDATABASE"
	table_rev a1
	sql "CREATE ROLE $role LOGIN PASSWORD 'x' CONNECTION LIMIT 0"
	PGPASSWORD=x tb 75 tb-migrate upgrade -U "$role"
	assert_err --partial 'too many connections for role'
	assert_err --partial 'CONNECTION LIMIT'
	sql "ALTER ROLE $role CONNECTION LIMIT -1;
	    ALTER DATABASE $PGDATABASE CONNECTION LIMIT 0"
	PGPASSWORD=x tb 75 tb-migrate upgrade -U "$role"
	assert_err --partial 'too many connections for database'
	sql "DROP ROLE $role"
}

@test "57P03: a server that is not open yet, or not at all: 75, 69" {
	local ctl
	own_server
	ctl=$(sql "SELECT setting FROM pg_config WHERE name = 'BINDIR'")/pg_ctl
	tb-cluster stop --quiet -D "$own"
	touch "$own/data/standby.signal"
	chown --reference="$own/data" "$own/data/standby.signal"
	echo 'hot_standby = off' >>"$own/data/postgresql.conf"
	printf '%s\n' "unix_socket_directories = '$own'" \
	    "listen_addresses = ''" >>"$own/data/postgresql.conf"
	as_owner "$ctl" -W -s -D "$own/data" -l "$own/log" start
	table_rev a1
	for _ in {1..100}; do
		[ ! -S "$own/.s.PGSQL.$PGPORT" ] || break
		sleep 0.1
	done
	run --separate-stderr -- tb-migrate upgrade
	as_owner "$ctl" -m immediate -s -D "$own/data" stop
	case $status in
	69) assert_err --partial 'hot_standby = off' ;;
	75) assert_err --partial 'tb-connect --wait waits for it' ;;
	*) fail "exit $status: $stderr" ;;
	esac
}
