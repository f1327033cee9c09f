# tb-verify: where SQL is tried out, and what must not happen there.

load helper.bash

no_scratch_left() {
	assert_sql "SELECT count(*) FROM pg_database
	    WHERE datname LIKE 'tb_scratch%'" 0
}

# A role without any rights.
poor_role() {
	role=poor_$BATS_SUITE_TEST_NUMBER
	psql -X -q -c "CREATE ROLE $role LOGIN PASSWORD 'x'"
	export PGPASSWORD=x
}

@test "scratch: an extension that somebody else made is made beforehand" {
	sql 'CREATE EXTENSION citext'
	echo 'CREATE TABLE public.t (name public.citext)' >t.sql
	tb 1 tb-verify live t.sql
	assert_err --partial 't.sql needs what it does not create: made beforehand: extension citext'
	# That the SQL does not make it is a difference all the same.
	assert_line --index 0 'extension citext: only in live'
	assert_line --index 1 'table public.t: only in t.sql (with 1 column)'
	echo 'CREATE EXTENSION citext; CREATE TABLE public.t (name citext)' >t.sql
	tb 1 tb-verify live t.sql
	assert_line --index 0 'table public.t: only in t.sql (with 1 column)'
	assert_err ''
	no_scratch_left
}

@test "scratch: an extension in a schema of its own" {
	sql 'CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext;
	    CREATE TABLE public.t (name ext.citext)'
	echo 'CREATE TABLE public.t (name ext.citext)' >t.sql
	tb 1 tb-verify live t.sql
	assert_line --index 0 'extension citext: only in live'
	assert_line --index 1 --partial '1 difference'
}

@test "scratch: what fails with the extensions as well is told" {
	sql 'CREATE EXTENSION citext'
	echo 'CREATE TABLE public.t (name public.nothing)' >t.sql
	tb 65 tb-verify live t.sql
	assert_err --partial 'type "public.nothing" does not exist'
	no_scratch_left
}

@test "scratch: a role that may not make databases gets a server of its own" {
	poor_role
	sql "CREATE TABLE public.t (id integer); GRANT SELECT ON public.t TO $role"
	echo "CREATE TABLE public.t (id integer); GRANT SELECT ON public.t TO $role" >t.sql
	tb 0 tb-verify -U "$role" live t.sql
	assert_err --partial 'permission denied to create database: making scratch databases on a private server'
	# Both sides on one of them.
	tb 0 tb-verify -q -U "$role" t.sql ./t.sql
	tb 77 tb-verify -U "$role" --scratch server live t.sql
	assert_err --partial 'CREATEDB'
	no_scratch_left
	sql "DROP OWNED BY $role; DROP ROLE $role"
}

@test "scratch: a private server when it is asked for" {
	log_mark
	echo 'CREATE TABLE public.t (id integer)' >t.sql
	tb 1 tb-verify --scratch private live t.sql
	assert_line 'table public.t: only in t.sql (with 1 column)'
	! log_since | grep ' statement: CREATE DATABASE' || fail 'it was not private'
	tb 64 tb-verify --scratch nowhere live t.sql
}

# soon COMMAND...: it comes true within half a minute.
soon() {
	local i
	for ((i = 0; i < 300; i++)); do
		"$@" && return
		sleep 0.1
	done
	fail "not so: $*"
}

is_gone() {
	! kill -0 "$1" 2>/dev/null
}

@test "scratch: after kill -9 the private server goes, too" {
	local job cluster
	echo 'SELECT pg_catalog.pg_sleep(60)' >t.sql
	tb-verify --scratch private live t.sql 3>&- &
	job=$!
	soon pgrep -P "$job" -x tb-cluster
	cluster=$(pgrep -P "$job" -x tb-cluster)
	soon pgrep -P "$cluster"
	kill -9 "$job"
	wait "$job" || true
	soon is_gone "$cluster"
}

@test "scratch: the next run sweeps up after kill -9" {
	local job
	cat >t.sql <<-'SQL'
		CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere' PUBLICATION p;
		SELECT pg_catalog.pg_sleep(60);
	SQL
	tb-verify live t.sql 3>&- &
	job=$!
	soon is_sleeping
	kill -9 "$job"
	wait "$job" || true
	sql "SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
	    WHERE datname LIKE 'tb_scratch%'" >/dev/null
	assert_sql "SELECT count(*) FROM pg_catalog.pg_database
	    WHERE datname LIKE 'tb_scratch%'" 1
	echo 'CREATE TABLE public.swept (id integer)' >u.sql
	soon is_swept
}

is_sleeping() {
	[ "$(sql "SELECT count(*) FROM pg_catalog.pg_stat_activity
	    WHERE datname LIKE 'tb_scratch%'
	    AND query LIKE '%pg_sleep(60)%'")" -gt 0 ]
}

# The killed one's sessions may take a moment to go.
is_swept() {
	tb-verify --no-cache -q live u.sql || [ "$?" -eq 1 ] || return
	[ "$(sql "SELECT count(*) FROM pg_catalog.pg_database
	    WHERE datname LIKE 'tb_scratch%'")" -eq 0 ]
}

# A database with subscriptions cannot be dropped.
teardown() {
	psql -X -q -A -t >/dev/null <<-'SQL'
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
	dropdb --if-exists --force "$PGDATABASE"
}

@test "subscriptions: SQL that is tried out connects to nobody" {
	cat >t.sql <<-'SQL'
		CREATE SUBSCRIPTION plain CONNECTION 'host=/nowhere dbname=x'
		    PUBLICATION p, q;
		CREATE SUBSCRIPTION "With Options" CONNECTION 'host=/nowhere'
		    PUBLICATION p WITH (copy_data = false, slot_name = 'it',
		    create_slot = true, binary = true);
		CREATE SUBSCRIPTION off CONNECTION 'host=/nowhere'
		    PUBLICATION p WITH (enabled = false);
		CREATE SUBSCRIPTION later CONNECTION 'host=/nowhere'
		    PUBLICATION p WITH (connect = false);
		ALTER SUBSCRIPTION later ENABLE;
		ALTER SUBSCRIPTION plain SET PUBLICATION r;
		ALTER SUBSCRIPTION plain REFRESH PUBLICATION;
		CREATE SUBSCRIPTION gone CONNECTION 'host=/nowhere' PUBLICATION p;
		DROP SUBSCRIPTION gone;
		DROP SUBSCRIPTION IF EXISTS never;
	SQL
	log_mark
	tb 0 tb-verify --no-cache --snapshot t.sql
	! log_since | grep -iE 'could not connect|apply worker' ||
	    fail 'it has connected'
	no_scratch_left
	tb-verify --snapshot t.sql >t.snap
	tb 0 grep -A12 '^subscription plain' t.snap
	assert_line '	enabled: true'
	assert_line '	publications: r'
	tb 0 grep -A12 '^subscription "With' t.snap
	assert_line '	enabled: true'
	assert_line '	slot: it'
	assert_line '	binary: true'
	tb 0 grep -A12 '^subscription off' t.snap
	assert_line '	enabled: false'
	tb 0 grep -A12 '^subscription later' t.snap
	assert_line '	enabled: true'
	tb 1 grep '^subscription gone' t.snap
}

@test "subscriptions: in revisions as well" {
	mkdir revisions
	cat >revisions/a1_x.sql <<-'SQL'
		--: revision a1
		--: message x

		--: upgrade
		CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere' PUBLICATION p;
	SQL
	sql "CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere' PUBLICATION p
	    WITH (connect = false)" 2>/dev/null
	tb 1 tb-verify --revisions revisions
	assert_line '  enabled: live has false, revisions have true'
	assert_line --partial '1 difference'
	no_scratch_left
}

migrated() {
	mkdir -p revisions
	cat >revisions/a1_x.sql <<-'SQL'
		--: revision a1
		--: message x

		--: upgrade
		CREATE TABLE public.one (id integer);

		--: downgrade
		DROP TABLE public.one;
	SQL
	tb-migrate upgrade head --revisions revisions -q
}

@test "revisions: one that was edited is part of the report" {
	migrated
	tb 0 tb-verify --revisions revisions
	# New layout is no other text.
	sed -i 's/^CREATE TABLE/CREATE   TABLE/' revisions/a1_x.sql
	tb 0 tb-verify --revisions revisions
	sed -i 's/DROP TABLE/DROP TABLE IF EXISTS/' revisions/a1_x.sql
	tb 1 tb-verify --revisions revisions
	assert_line --index 0 --regexp '^revision a1: revisions/a1_x.sql was edited after it was applied to live on 20.* by postgres$'
	assert_line --index 1 --regexp '^1 difference: live '
	tb 1 tb-verify --format json --revisions revisions
	assert_json '$.equal' false
	assert_json '$.revisions[0].revision' a1
	assert_json '$.revisions[0].problem' edited
	assert_json '$.differences.size()' 0
	tb 1 tb-verify -q --revisions revisions
}

@test "revisions: one without a file, one that is not applied" {
	migrated
	psql -X -q -v ON_ERROR_STOP=1 <<-'SQL'
		INSERT INTO tb.revision
		SELECT (jsonb_populate_record(r, '{"revision": "zz"}')).*
		  FROM tb.revision AS r;
	SQL
	cat >revisions/b2_x.sql <<-'SQL'
		--: revision b2
		--: down-revision a1
		--: message x

		--: upgrade
		CREATE TABLE public.two (id integer);
	SQL
	tb 1 tb-verify --revisions revisions
	assert_line --index 0 --regexp '^revision zz: applied to live on 20.* by postgres, and there is no file of it$'
	assert_err --partial '1 revision is not applied to live'
	tb 1 tb-verify --format json --revisions revisions
	assert_json '$.revisions[*] ? (@.problem == "not applied").revision' b2
	assert_json '$.revisions[*] ? (@.problem == "not applied").differs' false
	# A head that nobody knows, where the user says what to compare with.
	sql "UPDATE public.alembic_version SET version_num = 'ffff'"
	tb 1 tb-verify --revisions revisions live revisions@a1
	assert_line --partial 'revision ffff: live is at it, and there is no file of it'
}

# A small server: a lock for each of many tables is too much for it.
@test "scratch: too much for one transaction is told as such" {
	cat >beside.bash <<-'SH'
		createdb app
		export PGDATABASE=app
		for ((i = 0; i < 250; i++)); do
			echo "CREATE TABLE t$i (id integer PRIMARY KEY, n serial);"
		done >many.sql
		: >none.sql
		tb-verify -q live many.sql || echo "files $?"
		mkdir revisions
		{ printf -- '--: revision a1\n\n--: upgrade\n'; cat many.sql; } \
		    >revisions/a1.sql
		tb-verify -q --revisions revisions || echo "revisions $?"
		rm revisions/a1.sql
		for ((i = 0; i < 250; i++)); do
			{
				printf -- '--: revision r%04d\n' "$i"
				((i == 0)) || printf -- '--: down-revision r%04d\n' "$((i - 1))"
				printf -- '\n--: upgrade\n'
				sed -n "$((i + 1))p" many.sql
			} >"revisions/r$i.sql"
		done
		tb-verify -q --revisions revisions || echo "many revisions $?"
		tb-verify -q --prove none.sql many.sql || echo "prove $?"
	SH
	tb 0 tb-cluster run -q -c max_locks_per_transaction=10 \
	    -c max_connections=10 -- bash beside.bash
	# In transactions of their own it works, and in one it says why not.
	assert_line 'files 1'
	assert_line 'revisions 75'
	assert_line 'many revisions 1'
	assert_line 'prove 75'
	assert_err --partial 'revisions/a1.sql:'
	assert_err --partial 'the SQL fails'
	assert_err --partial 'out of shared memory'
	assert_err --partial 'max_locks_per_transaction'
	assert_err --partial '--bare'
}
