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
	for name in a b original; do
		drop_subscriptions "$name"
		psql -X -q -c 'SET client_min_messages = warning' \
		    -c "DROP DATABASE IF EXISTS $name WITH (FORCE)"
	done
	psql -X -q -c 'SET client_min_messages = error' \
	    -c 'DROP TABLESPACE IF EXISTS mutate' -c 'DROP ROLE IF EXISTS
	    verify_alice, verify_nobody, verify_super, "Verify ""Bob"""'
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

# What is the same however it came about.  Everything is made once in a file,
# as it should be, and once by detours: in another order, by unqualified names
# under a search_path, under other names at first, with columns that are gone,
# what belongs to a table by ALTER TABLE.
straight() {
	cat <<-'SQL'
	CREATE SCHEMA app;
	CREATE TYPE app.state AS ENUM ('new', 'old', 'done');
	CREATE TYPE app.pair AS (a integer, b text);
	CREATE DOMAIN app.name AS varchar(40) DEFAULT 'x' NOT NULL
	    CONSTRAINT short CHECK (length(VALUE) < 30);
	CREATE FUNCTION app.note() RETURNS trigger LANGUAGE plpgsql
	    AS 'BEGIN RETURN NEW; END';
	CREATE FUNCTION app.twice(n integer) RETURNS integer LANGUAGE sql
	    IMMUTABLE COST 5 SET search_path = app, pg_temp AS 'SELECT 2 * n';
	CREATE TABLE app.owner (id integer NOT NULL, label app.name,
	    CONSTRAINT owner_pkey PRIMARY KEY (id));
	CREATE TABLE app.item (
	    id integer NOT NULL,
	    owner integer CONSTRAINT item_owner REFERENCES app.owner
	        ON DELETE CASCADE DEFERRABLE,
	    kind app.state DEFAULT 'new',
	    what app.pair,
	    body text COLLATE "C" NOT NULL,
	    size integer GENERATED ALWAYS AS (length(body)) STORED,
	    CONSTRAINT item_pkey PRIMARY KEY (id),
	    CONSTRAINT item_kind CHECK (kind IN ('new', 'old')),
	    CONSTRAINT item_once UNIQUE (owner, body)) WITH (fillfactor = 80);
	CREATE INDEX item_lower ON app.item (lower(body) text_pattern_ops)
	    INCLUDE (kind) WHERE owner IS NOT NULL;
	CREATE TRIGGER item_note AFTER UPDATE OF body ON app.item
	    FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body)
	    EXECUTE FUNCTION app.note();
	CREATE VIEW app.open AS SELECT i.id, app.twice(i.size) AS twice
	    FROM app.item AS i WHERE i.kind <> 'done';
	CREATE RULE open_del AS ON DELETE TO app.open DO INSTEAD NOTHING;
	ALTER TABLE app.item ENABLE ROW LEVEL SECURITY;
	CREATE POLICY mine ON app.item USING (body = CURRENT_USER);
	CREATE TABLE app.log (at date NOT NULL, "Text" text)
	    PARTITION BY RANGE (at);
	CREATE TABLE app.log1 PARTITION OF app.log
	    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
	CREATE INDEX log_text ON app.log ("Text");
	CREATE STATISTICS app.item_stat ON owner, kind FROM app.item;
	CREATE SEQUENCE app.ticket OWNED BY app.item.id;
	COMMENT ON COLUMN app.item.body IS 'it''s';
	GRANT SELECT (id, body), UPDATE ON app.item TO PUBLIC;
	SQL
}

by_detours() {
	cat <<-'SQL'
	CREATE SCHEMA app;
	SET search_path = app, public;
	SET quote_all_identifiers = on;
	SET datestyle = 'German, DMY';
	CREATE TABLE log ("Text" text, at date NOT NULL, gone integer)
	    PARTITION BY RANGE (at);
	ALTER TABLE log DROP gone;
	CREATE TABLE log1 (at date NOT NULL, gone text[], "Text" text);
	ALTER TABLE log1 DROP gone;
	CREATE INDEX ON log1 ("Text");
	ALTER TABLE log ATTACH PARTITION log1
	    FOR VALUES FROM ('1.1.2025') TO ('1.1.2026');
	CREATE INDEX log_text ON log ("Text");
	CREATE TYPE first AS (gone point, b text);
	ALTER TYPE first DROP ATTRIBUTE gone;
	ALTER TYPE first ADD ATTRIBUTE a bigint;
	ALTER TYPE first ALTER ATTRIBUTE a TYPE integer;
	CREATE TYPE state AS ENUM ('old', 'finished');
	ALTER TYPE state ADD VALUE 'new' BEFORE 'old';
	ALTER TYPE state RENAME VALUE 'finished' TO 'done';
	CREATE TABLE thing (
	    gone integer DEFAULT 7 CHECK (gone > 0),
	    size_by text,
	    kind text,
	    number bigint,
	    owner integer,
	    text text COLLATE "C",
	    what first);
	CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql
	    AS 'SELECT 3';
	CREATE OR REPLACE FUNCTION twice(n integer) RETURNS integer
	    LANGUAGE sql AS 'SELECT 2 * n';
	ALTER FUNCTION twice IMMUTABLE COST 5 SET search_path = app, pg_temp;
	ALTER TYPE first RENAME TO pair;
	ALTER TABLE thing RENAME TO item;
	ALTER TABLE item RENAME number TO id;
	ALTER TABLE item RENAME text TO body;
	ALTER TABLE item DROP gone, DROP size_by,
	    ALTER kind TYPE state USING kind::state,
	    ALTER id TYPE integer, ALTER body SET NOT NULL;
	ALTER TABLE item ALTER kind SET DEFAULT 'new';
	ALTER TABLE item ADD size integer GENERATED ALWAYS AS (length(body))
	    STORED;
	SET check_function_bodies = off;
	CREATE VIEW open AS SELECT id, twice(size) FROM item
	    WHERE kind <> 'done';
	CREATE OR REPLACE VIEW open AS SELECT i.id, twice(i.size)
	    FROM item AS i WHERE i.kind <> 'done';
	CREATE RULE old_name AS ON DELETE TO open DO INSTEAD NOTHING;
	ALTER RULE old_name ON open RENAME TO open_del;
	CREATE DOMAIN name AS varchar(40);
	ALTER DOMAIN app.name SET DEFAULT 'x';
	ALTER DOMAIN app.name SET NOT NULL;
	ALTER DOMAIN app.name ADD CONSTRAINT short
	    CHECK (length(VALUE) < 30) NOT VALID;
	ALTER DOMAIN app.name VALIDATE CONSTRAINT short;
	CREATE UNIQUE INDEX item_pkey ON item (id);
	ALTER TABLE item ADD PRIMARY KEY USING INDEX item_pkey;
	CREATE UNIQUE INDEX some_index ON item (owner, body);
	ALTER TABLE item ADD CONSTRAINT item_once UNIQUE USING INDEX some_index;
	ALTER TABLE item ADD CONSTRAINT item_kind
	    CHECK (kind = 'new' OR false) NOT VALID;
	ALTER TABLE item DROP CONSTRAINT item_kind, ADD CONSTRAINT item_kind
	    CHECK (kind IN ('new', 'old')) NOT VALID;
	ALTER TABLE item VALIDATE CONSTRAINT item_kind;
	CREATE SCHEMA other;
	CREATE TABLE other.owner (gone text, id integer, label app.name);
	ALTER TABLE other.owner DROP gone;
	ALTER TABLE other.owner ADD CONSTRAINT owner_pkey PRIMARY KEY (id);
	ALTER TABLE item ADD CONSTRAINT item_owner FOREIGN KEY (owner)
	    REFERENCES other.owner ON DELETE CASCADE DEFERRABLE NOT VALID;
	ALTER TABLE item VALIDATE CONSTRAINT item_owner;
	ALTER TABLE other.owner SET SCHEMA app;
	DROP SCHEMA other;
	ALTER TABLE item SET (fillfactor = 80, autovacuum_enabled = off);
	ALTER TABLE item RESET (autovacuum_enabled);
	CREATE POLICY theirs ON item USING (true);
	ALTER POLICY theirs ON item USING (body = CURRENT_USER);
	ALTER POLICY theirs ON item RENAME TO mine;
	ALTER TABLE item ENABLE ROW LEVEL SECURITY;
	CREATE STATISTICS stat ON kind, owner FROM item;
	ALTER STATISTICS stat RENAME TO item_stat;
	CREATE SEQUENCE ticket;
	ALTER SEQUENCE ticket OWNED BY item.id;
	CREATE INDEX by_lower ON item (lower(body) text_pattern_ops)
	    INCLUDE (kind) WHERE owner IS NOT NULL;
	ALTER INDEX by_lower RENAME TO item_lower;
	CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql
	    AS 'BEGIN RETURN NEW; END';
	CREATE TRIGGER noted AFTER UPDATE OF body ON item
	    FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body)
	    EXECUTE FUNCTION note();
	ALTER TABLE item DISABLE TRIGGER noted, ENABLE TRIGGER noted;
	ALTER TRIGGER noted ON item RENAME TO item_note;
	GRANT ALL ON item TO PUBLIC;
	REVOKE ALL ON item FROM PUBLIC;
	GRANT UPDATE ON item TO PUBLIC;
	GRANT SELECT (body) ON item TO PUBLIC;
	GRANT SELECT (id) ON item TO PUBLIC;
	COMMENT ON COLUMN item.body IS 'its';
	COMMENT ON COLUMN item.body IS 'it''s';
	SQL
}

@test "false alarm: made by detours" {
	fresh b
	straight | quiet_psql a
	by_detours | quiet_psql b
	tb 0 tb-verify dbname=a dbname=b
	assert_line --regexp '^no differences: '
	tb 0 tb-verify dbname=b dbname=a
	# The order of columns is all there is.
	tb 1 tb-verify --column-order --summary dbname=a dbname=b
	assert_line --regexp '^attribute +0 +0 +2$'
	assert_line --regexp '^column +0 +0 +7$'
	assert_line --regexp '^9 differences: '
	tb 0 tb-verify --sql --prove dbname=a dbname=b
	assert_output ''
}

@test "false alarm: extensions, installed in another order" {
	local name names
	fresh b
	names=$(sql 'SELECT name FROM pg_available_extensions ORDER BY name')
	for name in $names; do
		quiet_psql a -c "CREATE EXTENSION IF NOT EXISTS \"$name\"
		    CASCADE" || echo "# without $name"
	done
	for name in $(tac <<<"$names"); do
		quiet_psql b -c "CREATE EXTENSION IF NOT EXISTS \"$name\"
		    CASCADE" || echo "# without $name"
	done
	tb 0 tb-verify dbname=a dbname=b
	assert_err ''
	# All that is compared of an extension is the extension; schema
	# public and the database are there anyhow.
	tb 0 tb-verify --format json dbname=a dbname=b
	assert_json '$.left.facts' "$(psql -X -A -t -d a -c \
	    'SELECT count(*) + 2 FROM pg_extension WHERE oid >= 16384')"
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

@test "false alarm: a role that owns nothing reads every class" {
	local role=verify_nobody
	# The second sides of all pairs in one database.
	here=$TB_ROOT/tests/mutate dir=$PWD from='' bash -c \
	    '. "$here/subject.bash" && make_original' 2>/dev/null
	sql "CREATE ROLE $role LOGIN PASSWORD 'x'"
	# What it cannot read is named, and differs from what another can.
	printf '%s\n' 'subscription *: connection, synchronous_commit' \
	    'user-mapping *: options' >rules
	log_mark
	PGPASSWORD=x tb 0 tb-verify --ignore rules dbname=original \
	    "dbname=original user=$role"
	assert_line --regexp '^no differences: .*[0-9]{3} facts'
	assert_line --partial 'connection of a subscription (not readable)'
	assert_line --partial 'options of a user mapping (not readable)'
	PGPASSWORD=x tb 0 tb-verify --snapshot "dbname=original user=$role"
	assert_err ''
	run log_since
	refute_output --partial 'ERROR:'
	refute_output --partial 'permission denied'
}
