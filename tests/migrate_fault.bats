#!/usr/bin/env bats
# tb-migrate when something breaks under it.  tests/fault/run tries hundreds.
# shellcheck disable=SC2154

load migrate_helper.bash

@test "random faults: every time a whole step, and the head in the end" {
	run timeout -s TERM 280 "$TB_ROOT/tests/fault/run" 10 1
	assert_success
	assert_line '10 trials, 0 failed'
}

# A file system of its own of this size, which the server can reach; only root
# can make one.
small_disk() {
	[ "$(id -u)" -eq 0 ] || skip 'only root can make a small file system'
	local folder
	disk=$BATS_TEST_TMPDIR/disk
	mkdir "$disk"
	folder=$BATS_TEST_TMPDIR
	while [ "$folder" != / ] && [ "$folder" != "${TMPDIR:-/tmp}" ]; do
		chmod a+x "$folder"
		folder=$(dirname "$folder")
	done
	mount -t tmpfs -o "size=$1" tmpfs "$disk" 2>/dev/null ||
	    skip 'no file system can be mounted here'
}

# The server must be off it first.
eval "$(declare -f teardown | sed 's/^teardown/tb_teardown/')"
teardown() {
	tb_teardown
	[ ! -d "$BATS_TEST_TMPDIR/disk" ] || {
		[ ! -e "$BATS_TEST_TMPDIR/disk/cluster" ] ||
		    tb-cluster destroy --yes --quiet \
		        -D "$BATS_TEST_TMPDIR/disk/cluster"
		psql -X -q -d postgres -c 'DROP TABLESPACE IF EXISTS small_disk'
		umount -l "$BATS_TEST_TMPDIR/disk"
	} 2>/dev/null
}

# A table, then one that is too large for the disk, then another.
large_plan() {
	table_rev a
	rev b a <<-S
		--: upgrade
		CREATE TABLE public.large AS
		    SELECT i, repeat('x', 500) AS v FROM generate_series(1, $1) i;

		--: downgrade
		DROP TABLE public.large;
	S
	table_rev c b
}

@test "no room for a table: 73, nothing is lost, and with room it goes on" {
	small_disk 4m
	mkdir "$disk/space"
	chown "$(stat -c %u "$(sql 'SHOW data_directory')")" "$disk/space"
	sql "CREATE TABLESPACE small_disk LOCATION '$disk/space'"
	sql "ALTER DATABASE $PGDATABASE SET default_tablespace = small_disk"
	large_plan 20000
	tb 73 tb-migrate upgrade --transaction revision
	assert_err --partial 'revisions/b_make.sql:6'
	assert_err --partial 'No space left on device'
	assert_err --partial 'applied a'
	refute_err --partial 'applied b'
	assert_equal "$(rows)" a
	assert_equal "$(tables)" t_a
	tb 73 tb-migrate upgrade
	assert_equal "$(rows)" a
	assert_equal "$(tables)" t_a
	mount -o remount,size=64m "$disk"
	tb 0 tb-migrate upgrade
	assert_equal "$(rows)" c
	assert_equal "$(tables)" 'large t_a t_c'
	assert_sql 'SELECT count(*) FROM public.large' 20000
}

@test "no room for the server's log: a whole step, and with room it goes on" {
	small_disk 100m
	local env
	tb-cluster start --quiet -D "$disk/cluster" -c autovacuum=off
	env=$(tb-cluster env -D "$disk/cluster")
	(
		eval "$env"
		export PGDATABASE=small
		createdb small
		large_plan 300000
		run --separate-stderr timeout 100 tb-migrate upgrade \
		    --transaction revision
		cat <<<"$stderr"
		case $status in
		69 | 73) ;;
		*) fail "exit $status" ;;
		esac
		refute_err --partial 'applied b'
		mount -o remount,size=1000m "$disk"
		# After a panic it recovers by itself, or was shut down.
		tb-cluster start --quiet -D "$disk/cluster"
		for _ in {1..200}; do
			! pg_isready -q || break
			sleep 0.1
		done
		case $(rows) in
		'') assert_equal "$(tables)" '' ;;
		a) assert_equal "$(tables)" t_a ;;
		*) fail "the database is at $(rows)" ;;
		esac
		tb 0 tb-migrate upgrade
		assert_equal "$(rows)" c
		assert_equal "$(tables)" 'large t_a t_c'
	)
}

# What was said to be applied is there, whatever happens next.
@test "after a crash of the server the reported revisions are there" {
	local env i last
	tb-cluster start --quiet -D "$BATS_TEST_TMPDIR/cluster" \
	    -c autovacuum=off -c wal_writer_delay=10s \
	    -c wal_writer_flush_after=1GB
	env=$(tb-cluster env -D "$BATS_TEST_TMPDIR/cluster")
	last=
	for i in {10..59}; do
		table_rev "r$i" "$last"
		last=r$i
	done
	rev wait r59 <<-'S'
		--: upgrade
		SELECT pg_sleep(60);

		--: downgrade none
	S
	(
		eval "$env"
		export PGDATABASE=postgres
		start tb-migrate upgrade --transaction revision
		wait_for "SELECT count(*) = 1 FROM pg_stat_activity
		    WHERE state = 'active' AND query LIKE '%pg_sleep(60)%'
		    AND pid <> pg_backend_pid()"
		tb-cluster stop --quiet -m immediate -D "$BATS_TEST_TMPDIR/cluster"
		finish 69
		reported=$(grep -c 'applied r' job.err || true)
		tb-cluster start --quiet -D "$BATS_TEST_TMPDIR/cluster"
		there=0
		if [ "$(sql "SELECT to_regclass('tb.revision') IS NULL")" = f ]
		then
			there=$(sql 'SELECT count(*) FROM tb.revision')
			# A whole prefix: as many tables, and the row of the last.
			assert_sql "SELECT count(*) FROM pg_class
			    WHERE relname ~ '^t_r'" "$there"
			[ "$there" -eq 0 ] || assert_equal "$(rows)" "r$((9 + there))"
		fi
		echo "# reported $reported, there after the crash: $there" >&3
		assert [ "$reported" -le "$there" ]
		rm revisions/wait_make.sql
		tb 0 tb-migrate upgrade
		assert_equal "$(rows)" r59
	)
	tb-cluster destroy --yes --quiet -D "$BATS_TEST_TMPDIR/cluster"
}
