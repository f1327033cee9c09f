# tb-verify --quick: whatever changes the schema is noticed, whatever only
# keeps the database in good order is not.

load helper.bash

# store: a run of tb-migrate, which leaves a fingerprint.
store() {
	mkdir -p stored
	printf -- '--: revision b2\n\n--: upgrade\nSELECT 1;\n' >stored/b2.sql
	tb-migrate stamp base --revisions stored -q
	tb-migrate upgrade b2 --revisions stored -q
}

everything() {
	cat <<-'SQL'
	CREATE SCHEMA app;
	CREATE TABLE app.users (
	    id serial PRIMARY KEY,
	    email text UNIQUE,
	    note text DEFAULT 'x',
	    n bigint GENERATED ALWAYS AS IDENTITY,
	    CHECK (id > 0)
	);
	CREATE TABLE app.bots (
	    id integer PRIMARY KEY,
	    user_id integer REFERENCES app.users
	);
	CREATE INDEX bots_user ON app.bots (user_id);
	COMMENT ON INDEX app.bots_user IS 'whose';
	INSERT INTO app.users (email) SELECT i::text
	    FROM generate_series(1, 1000) AS i;
	INSERT INTO app.bots SELECT i, i FROM generate_series(1, 1000) AS i;
	DELETE FROM app.bots WHERE id % 2 = 0;
	ALTER TABLE app.users ADD COLUMN late integer DEFAULT 7;
	CREATE TABLE app.p (k integer PRIMARY KEY) PARTITION BY RANGE (k);
	CREATE TABLE app.p1 PARTITION OF app.p FOR VALUES FROM (0) TO (9);
	CREATE TYPE app.state AS ENUM ('a', 'b');
	CREATE DOMAIN app.name AS text;
	CREATE TYPE app.pair AS (a integer, b integer);
	CREATE VIEW app.v AS SELECT id FROM app.users;
	CREATE MATERIALIZED VIEW app.m AS SELECT id FROM app.users;
	CREATE UNIQUE INDEX m_id ON app.m (id);
	CREATE FUNCTION app.f() RETURNS trigger LANGUAGE plpgsql
	    AS 'BEGIN RETURN NEW; END';
	CREATE TRIGGER t BEFORE UPDATE ON app.users
	    FOR EACH ROW EXECUTE FUNCTION app.f();
	CREATE STATISTICS app.s ON id, note FROM app.users;
	CREATE SEQUENCE app.q;
	CREATE FUNCTION app.on_ddl() RETURNS event_trigger LANGUAGE plpgsql
	    AS 'BEGIN END';
	SQL
}

@test "quick: nothing has changed" {
	everything | psql -X -q -v ON_ERROR_STOP=1
	store
	tb 0 tb-verify --quick
	assert_output --regexp '^unchanged since event [0-9]+ \(upgrade to b2 by postgres, [^ ]+@[^ ]+\) at 20'
	assert_err ''
	tb 0 tb-verify -q --quick
	assert_output ''
	tb 0 tb-verify --quick --format json
	assert_json '$.equal' true
	assert_json '$.since.id' 1
}

@test "quick: one round trip answers" {
	store
	log_mark
	tb 0 tb-verify --quick
	# What sets the session up, and the two of one pipeline.
	assert_equal "$(log_since | grep -cE 'execute <unnamed>|statement:')" 3
}

@test "quick: what keeps a database in good order is no change" {
	everything | psql -X -q -v ON_ERROR_STOP=1
	psql -X -q -c 'CLUSTER app.bots USING bots_user'
	store
	while read -r statement; do
		psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -c "$statement"
		tb 0 tb-verify --quick
	done <<-'SQL'
		ANALYZE
		VACUUM
		VACUUM FREEZE
		VACUUM FULL app.users
		VACUUM FULL pg_catalog.pg_class
		VACUUM FULL pg_catalog.pg_attribute
		VACUUM FULL
		REINDEX TABLE app.bots
		REINDEX INDEX CONCURRENTLY app.bots_user
		REINDEX TABLE CONCURRENTLY app.users
		REINDEX TABLE CONCURRENTLY app.p1
		REINDEX TABLE app.p1
		CLUSTER app.bots
		CLUSTER
		TRUNCATE app.bots
		TRUNCATE app.users RESTART IDENTITY CASCADE
		INSERT INTO app.users (email) VALUES ('z')
		SELECT nextval('app.q')
		ALTER SEQUENCE app.q RESTART
		REFRESH MATERIALIZED VIEW app.m
		REFRESH MATERIALIZED VIEW CONCURRENTLY app.m
		CHECKPOINT
		SELECT lo_create(0)
	SQL
	psql -X -q <<-'SQL'
		CREATE TEMP TABLE x (id serial PRIMARY KEY, u text);
		CREATE TEMP VIEW y AS SELECT 1 AS z;
		CREATE FUNCTION pg_temp.f() RETURNS integer LANGUAGE sql
		    AS 'SELECT 1';
		CREATE TYPE pg_temp.e AS ENUM ('a');
		\! tb-verify --quick >seen
	SQL
	tb 0 cat seen
	assert_output --partial 'unchanged'
	# A table that comes and goes.
	sql 'CREATE TABLE app.gone (id serial PRIMARY KEY); DROP TABLE app.gone'
	tb 0 tb-verify --quick
}

# Each in a transaction that stays open: the database is as stored for the
# next one.
@test "quick: every kind of change is noticed" {
	local role=quick_$BATS_SUITE_TEST_NUMBER
	everything | psql -X -q -v ON_ERROR_STOP=1
	psql -X -q -c "CREATE ROLE $role"
	store
	while read -r statement; do
		statement=${statement//ROLE/$role}
		statement=${statement//DB/$PGDATABASE}
		psql -X -q -A -t -o out -v ON_ERROR_STOP=1 <<-SQL
			SET client_min_messages = warning;
			BEGIN;
			$statement;
			SET search_path = '';
			\\o now
			\\i $TB_ROOT/lib/catalog/sql/quick.sql
			;
			\\o before
			SELECT f.parts FROM tb.fingerprint AS f;
		SQL
		[ -s now ] || fail "no answer after: $statement"
		! cmp -s now before || fail "not noticed: $statement"
	done <<-'SQL'
		CREATE SCHEMA x
		ALTER SCHEMA app RENAME TO b
		DROP TABLE app.bots
		CREATE TABLE app.x (id integer)
		ALTER TABLE app.bots RENAME TO x
		ALTER TABLE app.bots ADD x integer
		ALTER TABLE app.bots DROP user_id
		ALTER TABLE app.bots RENAME user_id TO x
		ALTER TABLE app.bots ALTER user_id TYPE bigint
		ALTER TABLE app.bots ALTER user_id SET NOT NULL
		ALTER TABLE app.bots ALTER user_id SET DEFAULT 1
		ALTER TABLE app.users ALTER note SET DEFAULT 'y'
		ALTER TABLE app.users ALTER note DROP DEFAULT
		ALTER TABLE app.users ALTER note SET STATISTICS 5
		ALTER TABLE app.users ALTER note SET STORAGE external
		ALTER TABLE app.users ALTER note SET (n_distinct = 5)
		ALTER TABLE app.users ALTER n SET GENERATED BY DEFAULT
		ALTER TABLE app.users ALTER n SET INCREMENT 2
		ALTER TABLE app.users SET (fillfactor = 50)
		ALTER TABLE app.users SET (toast.autovacuum_enabled = off)
		ALTER TABLE app.bots SET UNLOGGED
		ALTER TABLE app.users ENABLE ROW LEVEL SECURITY
		ALTER TABLE app.users REPLICA IDENTITY FULL
		ALTER TABLE app.users CLUSTER ON users_pkey
		ALTER TABLE app.bots DROP CONSTRAINT bots_user_id_fkey
		ALTER TABLE app.bots ALTER CONSTRAINT bots_user_id_fkey DEFERRABLE
		ALTER TABLE app.bots RENAME CONSTRAINT bots_user_id_fkey TO x
		ALTER TABLE app.bots ADD CHECK (id > 1) NOT VALID
		ALTER TABLE app.users DROP CONSTRAINT users_email_key
		ALTER TABLE app.p DETACH PARTITION app.p1
		CREATE TABLE app.p2 PARTITION OF app.p DEFAULT
		CREATE INDEX ON app.bots (id, user_id)
		DROP INDEX app.bots_user
		ALTER INDEX app.bots_user RENAME TO x
		ALTER INDEX app.bots_user SET (fillfactor = 50)
		COMMENT ON INDEX app.bots_user IS 'y'
		COMMENT ON TABLE app.bots IS 'y'
		COMMENT ON COLUMN app.bots.id IS 'y'
		CREATE SEQUENCE app.x
		ALTER SEQUENCE app.q INCREMENT 3
		ALTER SEQUENCE app.q OWNED BY app.bots.id
		CREATE OR REPLACE VIEW app.v AS SELECT id FROM app.users WHERE id > 1
		ALTER VIEW app.v SET (security_barrier)
		DROP VIEW app.v
		DROP MATERIALIZED VIEW app.m
		ALTER TYPE app.state ADD VALUE 'c'
		ALTER TYPE app.state RENAME VALUE 'a' TO 'z'
		ALTER TYPE app.pair ADD ATTRIBUTE c text
		ALTER DOMAIN app.name SET NOT NULL
		ALTER DOMAIN app.name SET DEFAULT 'x'
		ALTER DOMAIN app.name ADD CHECK (VALUE <> '')
		CREATE TYPE app.r AS RANGE (subtype = integer)
		CREATE OR REPLACE FUNCTION app.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'
		ALTER FUNCTION app.f() SECURITY DEFINER
		ALTER FUNCTION app.f() SET work_mem = '9MB'
		CREATE PROCEDURE app.x() LANGUAGE sql AS 'SELECT 1'
		CREATE AGGREGATE app.x(numeric) (SFUNC = numeric_add, STYPE = numeric)
		ALTER TABLE app.users DISABLE TRIGGER t
		ALTER TABLE app.users DISABLE TRIGGER ALL
		DROP TRIGGER t ON app.users
		CREATE TRIGGER u BEFORE INSERT ON app.users FOR EACH ROW EXECUTE FUNCTION app.f()
		CREATE RULE r AS ON DELETE TO app.bots DO INSTEAD NOTHING
		CREATE POLICY p ON app.users USING (true)
		DROP STATISTICS app.s
		ALTER STATISTICS app.s SET STATISTICS 7
		GRANT SELECT ON app.users TO PUBLIC
		GRANT SELECT (id) ON app.users TO PUBLIC
		GRANT USAGE ON SCHEMA app TO PUBLIC
		REVOKE EXECUTE ON FUNCTION app.f() FROM PUBLIC
		GRANT USAGE ON SCHEMA public TO ROLE
		ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC
		ALTER TABLE app.users OWNER TO ROLE
		ALTER SCHEMA app OWNER TO ROLE
		CREATE EXTENSION citext
		CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION app.on_ddl()
		CREATE PUBLICATION p FOR TABLE app.users
		CREATE FOREIGN DATA WRAPPER w
		CREATE COLLATION app.c (locale = 'C')
		CREATE CAST (app.state AS integer) WITH INOUT
		CREATE OPERATOR app.=== (leftarg = integer, rightarg = integer, function = int4eq)
		CREATE TEXT SEARCH DICTIONARY app.d (template = simple)
		CREATE TEXT SEARCH CONFIGURATION app.c (copy = simple)
		CREATE CONVERSION app.c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1
		CREATE ACCESS METHOD h TYPE TABLE HANDLER heap_tableam_handler
		SET LOCAL client_min_messages = error; ALTER DATABASE DB SET work_mem = '9MB'
	SQL
	psql -X -q -c "DROP ROLE $role"
}

@test "quick: what was touched, where the server knows it when" {
	everything | psql -X -q -v ON_ERROR_STOP=1
	store
	sql 'ALTER TABLE app.bots ADD x integer;
	    CREATE INDEX extra ON app.bots (x);
	    DROP VIEW app.v'
	tb 1 tb-verify --quick
	assert_line --index 0 --regexp '^changed since event [0-9]+ .*: column, index, relation, rule$'
	assert_line '  touched table column app.bots.x'
	assert_line '  touched index app.extra'
	refute_output --partial 'tb.'
	assert_err --partial 'hint: Run tb-verify without --quick'
	tb 1 tb-verify --quick --format json
	assert_json '$.equal' false
	assert_json '$.changed[0]' column
	assert_json '$.touched[*] ? (@.type == "index").identity' app.extra
	tb 1 tb-verify -q --quick
	assert_output ''
	assert_err ''
	store
	tb 0 tb-verify --quick
	assert_output --regexp 'since event [0-9]+ '
}

@test "quick: who it was, where the database takes notes" {
	local role=quick_$BATS_SUITE_TEST_NUMBER
	everything | psql -X -q -v ON_ERROR_STOP=1
	PGHOST=/nowhere tb 0 tb-verify --watch
	tb-verify --watch >watch.sql
	psql -X -q -v ON_ERROR_STOP=1 -f watch.sql
	# It can be run again.
	psql -X -q -v ON_ERROR_STOP=1 -f watch.sql
	store
	tb 0 tb-verify --quick
	psql -X -q -c "CREATE ROLE $role; GRANT CREATE ON SCHEMA app TO $role"
	store
	PGAPPNAME=editor psql -X -q -c "SET SESSION AUTHORIZATION $role;
	    CREATE TABLE app.mine (id integer)"
	sql 'DROP VIEW app.v'
	tb 1 tb-verify --quick
	assert_line --regexp "^  20.*Z CREATE TABLE table app.mine by $role from local with editor"
	assert_line --regexp '^  20.*Z DROP VIEW view app.v by postgres'
	tb 1 tb-verify --quick --format json
	assert_json '$.statements[*] ? (@.tag == "CREATE TABLE").role' "$role"
	# It is no difference itself.
	everything >t.sql
	sql 'DROP TABLE app.mine; CREATE VIEW app.v AS SELECT id FROM app.users;
	    REVOKE ALL ON SCHEMA app FROM '"$role"
	tb 0 tb-verify live t.sql
	psql -X -q -c "DROP ROLE $role"
}

@test "quick: where nothing is stored it says so" {
	tb 78 tb-verify --quick
	assert_output ''
	assert_err --partial "no fingerprint is stored in database \"$PGDATABASE\""
	assert_err --partial 'without --quick'
	store
	psql -X -q -c 'TRUNCATE tb.fingerprint'
	tb 78 tb-verify --quick
	assert_err --partial 'no fingerprint is stored'
}

@test "quick: what cannot be compared is not called a change" {
	everything | psql -X -q -v ON_ERROR_STOP=1
	store
	pg_dump "$PGDATABASE" >dump.sql 2>errors || skip "$(cat errors)"
	createdb "${PGDATABASE}_copy"
	psql -X -q -o /dev/null -d "${PGDATABASE}_copy" -f dump.sql
	tb 78 tb-verify -d "${PGDATABASE}_copy" --quick
	assert_err --partial 'was restored from a dump'
	dropdb "${PGDATABASE}_copy"
	# A copy of the files is the same database.
	createdb -T "$PGDATABASE" "${PGDATABASE}_copy"
	tb 0 tb-verify -d "${PGDATABASE}_copy" --quick
	dropdb "${PGDATABASE}_copy"
	psql -X -q -c "UPDATE tb.fingerprint SET formula = 'x'"
	tb 78 tb-verify --quick
	assert_err --partial 'another version of the program'
}

@test "quick: who may not read what is stored is told who can help" {
	local role=quick_$BATS_SUITE_TEST_NUMBER
	store
	psql -X -q -c "CREATE ROLE $role LOGIN PASSWORD 'x'"
	export PGPASSWORD=x
	tb 77 tb-verify -U "$role" --quick
	assert_err --partial 'GRANT USAGE ON SCHEMA tb'
	psql -X -q -c "GRANT USAGE ON SCHEMA tb TO $role;
	    GRANT SELECT ON tb.fingerprint, tb.event TO $role"
	tb 0 tb-verify -U "$role" --quick
	psql -X -q -c "DROP OWNED BY $role" -c "DROP ROLE $role"
}

@test "quick: it is about the live database and nothing else" {
	tb 64 tb-verify --quick live
	assert_err --partial 'of the live database only'
	tb 64 tb-verify --quick --schema app
	tb 64 tb-verify --quick --fingerprint
}

# preloaded COMMAND...: beside a server with pg_stat_statements.
preloaded() {
	tb-cluster run -q -c shared_preload_libraries=pg_stat_statements \
	    -c log_statement=all -- "$@"
}


@test "quick: who it was, where pg_stat_statements has seen it" {
	cat >beside.bash <<-'SH'
		set -eu
		createdb app
		export PGDATABASE=app
		q() { psql -X -q -A -t -v ON_ERROR_STOP=1 -c "$1"; }
		q 'CREATE SCHEMA "Stat s"; CREATE EXTENSION pg_stat_statements
		    SCHEMA "Stat s"; CREATE ROLE editor'
		mkdir revisions
		printf -- '--: revision a1\n\n--: upgrade\n%s\n' \
		    "CREATE TABLE public.t (id integer, note text DEFAULT 'x');" \
		    >revisions/a1.sql
		tb-migrate upgrade --revisions revisions -q
		tb-verify --quick >same || exit
		! grep -q 'FROM "Stat s"' "$TB_SERVER_LOG" || exit 3
		q "SET SESSION AUTHORIZATION editor;
		    CREATE TEMPORARY TABLE scrap (id integer)"
		q "ALTER TABLE public.t   ADD
		    more integer"
		q 'COMMENT ON TABLE public.t IS $$x$$'
		q 'DROP ROLE editor'
		q 'SELECT 1'
		tb-verify --quick >out || [ $? -eq 1 ]
		tb-verify --quick --format json >json || [ $? -eq 1 ]
		q "CREATE ROLE reader LOGIN PASSWORD 'x';
		    GRANT USAGE ON SCHEMA tb TO reader;
		    GRANT SELECT ON tb.fingerprint, tb.event TO reader"
		PGPASSWORD=x tb-verify --quick -U reader >poor || [ $? -eq 1 ]
	SH
	preloaded bash beside.bash 2>log || {
		cat log
		grep -q 'could not access file' log &&
		    skip 'no pg_stat_statements here'
		fail 'it went wrong'
	}
	run cat out
	assert_line --regexp '^  seen ALTER TABLE public.t ADD more integer; calls 1, by postgres'
	assert_line --regexp '^  seen COMMENT ON TABLE public.t IS .*; calls 1, by postgres'
	refute_output --partial 'seen CREATE TABLE'
	refute_output --partial 'scrap'
	refute_output --partial 'seen SELECT'
	refute_output --partial 'ROLE'
	output=$(cat json)
	assert_json '$.seen[*] ? (@.statement like_regex "^ALTER").role' postgres
	# Who may not see it is told what he may see.
	run cat poor
	assert_output --partial 'changed since'
	refute_output --partial 'seen'
}
