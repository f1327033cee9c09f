# tb-verify: a database and its copy have no difference.
#
# The copy is a dump that psql has read, so pg_dump says what there is to see.
#
# shellcheck disable=SC2154 # status, stderr belong to bats

load helper.bash

setup() {
	PGDATABASE=postgres
	export PGDATABASE
	cd "$BATS_TEST_TMPDIR" || return 1
	fresh a
}

teardown() {
	for name in a b; do
		drop_subscriptions "$name"
		psql -X -q -c 'SET client_min_messages = warning' \
		    -c "DROP DATABASE IF EXISTS $name WITH (FORCE)"
	done
	psql -X -q -c 'SET client_min_messages = error' -c 'DROP ROLE IF EXISTS
	    verify_alice, verify_super, "Verify ""Bob"""'
}

make_roles() {
	psql -X -q -v ON_ERROR_STOP=1 -c 'CREATE ROLE verify_alice' \
	    -c 'CREATE ROLE "Verify ""Bob"""' \
	    -c 'CREATE ROLE verify_super SUPERUSER'
}

fresh() {
	drop_subscriptions "$1"
	psql -X -q -v ON_ERROR_STOP=1 \
	    -c 'SET client_min_messages = warning' \
	    -c "DROP DATABASE IF EXISTS $1 WITH (FORCE)" \
	    -c "CREATE DATABASE $1 TEMPLATE template0"
}

# The server drops no database that has one.
drop_subscriptions() {
	psql -X -q -A -t -d "$1" >/dev/null 2>&1 <<-'SQL' || true
		SELECT pg_catalog.format('ALTER SUBSCRIPTION %I DISABLE',
		           s.subname),
		       pg_catalog.format(
		           'ALTER SUBSCRIPTION %I SET (slot_name = NONE)',
		           s.subname),
		       pg_catalog.format('DROP SUBSCRIPTION %I', s.subname)
		  FROM pg_catalog.pg_subscription AS s
		  JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
		 WHERE d.datname = pg_catalog.current_database() \gexec
	SQL
}

# quiet_psql DATABASE [ARG...]
quiet_psql() {
	PGOPTIONS='-c client_min_messages=error' \
	    psql -X -q -v ON_ERROR_STOP=1 -o /dev/null -d "$@"
}

# pg_dump reads no server that is newer, and writes for none that is older.
need_pg_dump() {
	local server dump
	server=$(sql 'SHOW server_version_num')
	dump=$(pg_dump --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
	[ "$((server / 10000))" -eq "$dump" ] ||
	    skip "pg_dump is of version $dump"
}

# dump_is_equal: of database a.
dump_is_equal() {
	pg_dump -s a >dump.sql
	fresh b
	quiet_psql b -f dump.sql
	tb 0 tb-verify dbname=a dbname=b
	assert_line --regexp '^no differences: database "a" '
	assert_err ''
	tb 0 tb-verify -q dbname=b dump.sql
}

@test "false alarm: every pair of classes, dumped" {
	local file
	need_pg_dump
	make_roles
	for file in "$TB_ROOT"/tests/data/verify/*.main.[ab].sql \
	    "$TB_ROOT"/tests/data/catalog/*.main.[ab].sql; do
		# A dump leaves out an index that is not valid, tells no
		# version of an extension, drops no schema, and turns every
		# subscription off.  The database itself is not in it.
		! grep -qE 'UPDATE pg_catalog.pg_index|(DROP SCHEMA public|ALTER DATABASE|EXTENSION .* VERSION|SUBSCRIPTION .* ENABLE)' \
		    "$file" || continue
		echo "# $file"
		fresh a
		quiet_psql a -f "$file"
		pg_dump -s a >dump.sql
		fresh b
		quiet_psql b -f dump.sql 2>err || {
			# What a dump cannot bring back: a language's handler
			# that came with the server, a label's provider.
			grep -qE 'extension .* is not available|provider .* is not loaded' \
			    err && continue
			cat err
			fail "$file"
		}
		tb 0 tb-verify dbname=a dbname=b
	done
}

@test "false alarm: all extensions of the server" {
	local name
	need_pg_dump
	for name in $(sql 'SELECT name FROM pg_available_extensions
	    ORDER BY name'); do
		quiet_psql a -c "CREATE SCHEMA IF NOT EXISTS \"of_$name\"" \
		    -c "CREATE EXTENSION IF NOT EXISTS \"$name\" CASCADE
		        SCHEMA \"of_$name\"" ||
		quiet_psql a -c \
		    "CREATE EXTENSION IF NOT EXISTS \"$name\" CASCADE" ||
		    echo "# without $name"
	done
	[ "$(psql -X -A -t -d a -c 'SELECT count(*) FROM pg_extension')" -gt 1 ] ||
	    skip 'this server has none'
	dump_is_equal
}

@test "false alarm: TradeBot" {
	need_pg_dump
	tb 0 tb-migrate upgrade head -d a --revisions "$TB_ROOT/etc/revisions"
	tb 0 tb-verify -d a --revisions "$TB_ROOT/etc/revisions"
	dump_is_equal
}

@test "false alarm: PostgreSQL's own regression tests" {
	run --separate-stderr timeout 900 "$TB_ROOT/tests/verify_regression"
	[ "$status" -ne 77 ] || skip "${stderr#skipped: }"
	echo "$output$stderr"
	assert_equal "$status" 0
}

@test "false alarm: a role that owns nothing reads the same" {
	local name
	make_roles
	sql "ALTER ROLE verify_alice LOGIN PASSWORD 'x'"
	quiet_psql a -f "$TB_ROOT/tests/data/catalog/owner.main.b.sql"
	quiet_psql a -c 'CREATE USER MAPPING FOR verify_super SERVER srv'
	PGPASSWORD=x tb 0 tb-verify dbname=a 'dbname=a user=verify_alice'
	assert_line --partial 'options of a user mapping (not readable) (0 in '
	for name in owner privilege column-privilege subscription comment; do
		PGPASSWORD=x tb 0 tb-verify --class "$name" dbname=a \
		    'dbname=a user=verify_alice'
	done
}
