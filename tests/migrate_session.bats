# tb-migrate: the session that revisions run in, and the two places where the
# database keeps what is applied.

load migrate_helper.bash

@test "a hostile search_path: bookkeeping is not fooled" {
	sql "CREATE SCHEMA evil;
	    CREATE TABLE evil.alembic_version (version_num varchar(32));
	    CREATE FUNCTION evil.eq(varchar, varchar) RETURNS boolean
	        LANGUAGE sql AS 'SELECT true';
	    CREATE OPERATOR evil.= (LEFTARG = varchar, RIGHTARG = varchar,
	        FUNCTION = evil.eq);
	    CREATE TABLE public.alembic_version (version_num varchar(32)
	        CONSTRAINT alembic_version_pkc PRIMARY KEY);
	    ALTER DATABASE $PGDATABASE SET search_path = evil, pg_catalog"
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		SET search_path = evil, pg_catalog;
		--: downgrade
		SET search_path = evil, pg_catalog;
	E
	table_rev c3 b2
	# With a second row an "=" that is always true would hit two.
	table_rev x9
	tb 0 tb-migrate upgrade x9
	tb 0 tb-migrate upgrade heads
	assert_equal "$(rows)" 'c3 x9'
	assert_sql "SELECT count(*) FROM evil.alembic_version" 0
	tb 0 tb-migrate downgrade a1
	assert_equal "$(rows)" 'a1 x9'
	tb 0 tb-migrate current
	assert_output 'a1
x9 (head)'
}

@test "each revision starts with the settings of role and database" {
	sql "CREATE SCHEMA app;
	    ALTER DATABASE $PGDATABASE SET search_path = app;
	    ALTER DATABASE $PGDATABASE SET default_transaction_read_only = on;
	    ALTER DATABASE $PGDATABASE SET default_transaction_isolation =
	        'serializable'"
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE plain (id integer);
		SELECT pg_catalog.set_config('search_path', '', false);
		SET standard_conforming_strings = off;
		SET lock_timeout = '1ms';
		SET check_function_bodies = off;
		CREATE ROLE session_other NOLOGIN;
		SET ROLE session_other;
		--: downgrade
		DROP TABLE plain;
		DROP ROLE session_other;
	E
	rev b2 a1 <<-'E'
		--: upgrade
		CREATE TABLE after AS SELECT current_user::text AS role,
		    current_setting('search_path') AS path,
		    current_setting('lock_timeout') AS timeout,
		    current_setting('transaction_isolation') AS isolation,
		    'a\b' AS text;
		--: downgrade
		DROP TABLE after;
	E
	tb 0 tb-migrate upgrade head
	assert_sql 'SELECT * FROM app.after' \
	    'postgres|app|3s|read committed|a\b'
	tb 0 tb-migrate downgrade base
}

@test "a dump of pg_dump works as a first revision" {
	needs_dump
	createdb "${PGDATABASE}_from"
	psql -q -d "${PGDATABASE}_from" -c "CREATE TABLE public.d (id integer
	    PRIMARY KEY, t text); INSERT INTO public.d VALUES
	    (1, E'a;\\tb'), (2, NULL)"
	{
		echo '--: upgrade'
		pg_dump "${PGDATABASE}_from"
		echo '--: downgrade'
		echo 'DROP TABLE public.d;'
	} | rev a1
	dropdb "${PGDATABASE}_from"
	table_rev b2 a1
	tb 0 tb-migrate upgrade head
	assert_sql "SELECT count(*), max(t) FROM public.d" "2|a;$(printf '\t')b"
	assert_equal "$(rows)" b2
}

@test "notices and warnings are laid at their statement" {
	rev a1 <<-'E'
		--: upgrade
		SELECT 1;
		DO $$ BEGIN RAISE WARNING 'careful'; END $$;
		DROP TABLE IF EXISTS public.no_such_table;
		--: downgrade
	E
	tb 0 tb-migrate upgrade
	assert_err --partial 'warning: revisions/a1_make.sql:6: careful'
	assert_err --partial 'notice: revisions/a1_make.sql:7: table'
	assert_sql "SELECT notices #>> '{0,message}' FROM tb.event_detail" careful
}

@test "role: what is made belongs to it, and so do the tables of ours" {
	sql "CREATE ROLE session_owner NOLOGIN;
	    ALTER DATABASE $PGDATABASE OWNER TO session_owner;
	    GRANT CREATE ON SCHEMA public TO session_owner"
	table_rev a1
	rev a2 a1 <<-'E'
		--: upgrade
		RESET ROLE;
		--: downgrade
		RESET ROLE;
	E
	table_rev b2 a2
	tb 0 tb-migrate upgrade head --role session_owner
	assert_sql "SELECT DISTINCT pg_get_userbyid(relowner)::text
	    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
	    WHERE relkind = 'r' AND nspname IN ('public', 'tb')" session_owner
	tb 65 tb-migrate downgrade base --role session_nobody
	assert_err --partial '"session_nobody"'
	psql -q -c 'DROP OWNED BY session_owner; REASSIGN OWNED BY
	    session_owner TO postgres; DROP OWNED BY session_owner;
	    DROP ROLE session_owner'
}

# A login role of our own, with no rights but those given.
login_role() {
	sql "DROP ROLE IF EXISTS $1; CREATE ROLE $1 LOGIN PASSWORD 'pw';
	    GRANT CREATE, USAGE ON SCHEMA public TO $1"
}

drop_role() {
	psql -q -c "DROP OWNED BY $1; DROP ROLE $1"
}

@test "a role that may not make schema tb: says what is lost, goes on" {
	login_role session_weak
	table_rev a1
	PGPASSWORD=pw tb 0 tb-migrate upgrade head -U session_weak
	assert_err --partial 'may not create schema "tb"'
	assert_err --partial "GRANT CREATE ON DATABASE $PGDATABASE"
	assert_equal "$(grep -c warning: <<<"$stderr")" 1
	assert_equal "$(rows)" a1
	PGPASSWORD=pw tb 0 tb-migrate current -U session_weak
	assert_output 'a1 (head)'
	PGPASSWORD=pw tb 0 tb-migrate downgrade base -U session_weak
	assert_equal "$(rows)" ''
	assert_sql "SELECT to_regnamespace('tb') IS NULL" t
	drop_role session_weak
}

@test "permission denied in a revision: 77 and nothing done" {
	login_role session_weak
	sql 'CREATE TABLE public.other (id integer)'
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		ALTER TABLE public.other ADD COLUMN x integer;
		--: downgrade
	E
	PGPASSWORD=pw tb 77 tb-migrate upgrade head -U session_weak
	assert_err --partial 'revisions/b2_make.sql:6: must be owner'
	assert_err --partial 'Nothing was changed'
	assert_equal "$(tables)" other
	drop_role session_weak
}

@test "the version table is found in the schema where it stands" {
	sql "CREATE SCHEMA app; CREATE TABLE app.alembic_version
	    (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc
	    PRIMARY KEY); INSERT INTO app.alembic_version VALUES ('a1')"
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate current
	assert_output a1
	tb 0 tb-migrate upgrade head
	assert_equal "$(rows app.alembic_version)" b2
	assert_sql "SELECT to_regclass('public.alembic_version') IS NULL" t
	sql 'CREATE SCHEMA app2; CREATE TABLE app2.alembic_version AS
	    TABLE app.alembic_version'
	tb 78 tb-migrate current
	assert_err --partial 'app.alembic_version, app2.alembic_version'
	assert_err --partial -- '--version-schema'
	tb 0 tb-migrate current --version-schema app2
	assert_output 'b2 (head)'
	sql 'CREATE TABLE public.alembic_version AS
	    TABLE app.alembic_version'
	tb 0 tb-migrate downgrade a1
	assert_equal "$(rows)" a1
	assert_equal "$(rows app.alembic_version)" b2
}

@test "--version-table, --version-schema: made where they say, odd names too" {
	table_rev a1
	tb 0 tb-migrate upgrade --version-schema 'My "Schema' \
	    --version-table 'ver.sions'
	assert_equal "$(rows '"My ""Schema"."ver.sions"')" a1
	assert_sql "SELECT conname FROM pg_constraint
	    WHERE conrelid = '\"My \"\"Schema\".\"ver.sions\"'::regclass
	    AND contype = 'p'" ver.sions_pkc
	tb 0 tb-migrate current --version-schema 'My "Schema' \
	    --version-table 'ver.sions'
	assert_output 'a1 (head)'
	sql 'CREATE VIEW public.alembic_version AS SELECT 1 AS one'
	tb 65 tb-migrate current --version-schema public
	assert_err --partial 'no version table'
}

@test "ids of up to 63 characters: the column grows when it must" {
	local long
	long=$(printf 'x%.0s' {1..63})
	table_rev a1
	rev "$long" a1 <<-'E'
		--: upgrade
		--: downgrade
	E
	tb 0 tb-migrate upgrade a1
	assert_sql "SELECT atttypmod - 4 FROM pg_attribute WHERE attrelid =
	    'public.alembic_version'::regclass AND attname = 'version_num'" 32
	tb 0 tb-migrate upgrade head
	assert_equal "$(rows)" "$long"
	tb 0 tb-migrate downgrade base
}

@test "history: every applied revision with its text, every run's events" {
	table_rev a1
	table_rev b2 a1 'labels blue green'
	tb 0 tb-migrate upgrade head --tag 'release 7'
	assert_sql "SELECT array_to_string(parents, ' '), message, upgrade,
	    downgrade, origin, array_to_string(labels, ' ')
	    FROM tb.revision WHERE revision = 'b2'" \
	    'a1|make b2|CREATE TABLE public.t_b2 (id integer);

|DROP TABLE public.t_b2;
|run|blue green'
	assert_equal "$(sql "SELECT raw_hash FROM tb.revision
	    WHERE revision = 'a1'")" \
	    "$(sha256sum revisions/a1_make.sql | cut -d' ' -f1)"
	tb 0 tb-migrate downgrade a1
	assert_sql "SELECT string_agg(revision, ' ') FROM tb.revision" a1
	assert_sql "SELECT string_agg(concat_ws(' ', action, revision,
	    outcome, heads, tag), ',' ORDER BY id) FROM tb.event" \
	    'upgrade a1 done {a1} release 7,upgrade b2 done {b2} release 7,downgrade b2 done {a1}'
	run sql "DELETE FROM tb.event"
	assert_failure
	assert_output --partial 'only ever added'
}

@test "history: what came without us is written down as found" {
	sql "CREATE TABLE public.alembic_version (version_num varchar(32)
	    NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY);
	    INSERT INTO public.alembic_version VALUES ('b2')"
	table_rev a1
	table_rev b2 a1
	table_rev c3 b2
	tb 0 tb-migrate upgrade head
	assert_sql "SELECT string_agg(revision || ' ' || origin, ','
	    ORDER BY revision) FROM tb.revision" 'a1 found,b2 found,c3 run'
	# Somebody else goes down.
	sql "UPDATE public.alembic_version SET version_num = 'a1';
	    DROP TABLE public.t_c3"
	tb 0 tb-migrate upgrade b2
	assert_sql "SELECT string_agg(revision || ' ' || origin, ','
	    ORDER BY revision) FROM tb.revision" 'a1 found,b2 run'
}

@test "a schema tb of somebody else is left alone" {
	sql 'CREATE SCHEMA tb; CREATE TABLE tb.event (mine text)'
	table_rev a1
	tb 0 tb-migrate upgrade
	assert_err --partial 'another program'
	assert_equal "$(rows)" a1
	assert_sql "SELECT to_regclass('tb.revision') IS NULL" t
}

@test "stamp: rows only, recorded as such; base takes them out" {
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate stamp head
	assert_equal "$(rows)" b2
	assert_equal "$(tables)" ''
	assert_sql "SELECT string_agg(revision || ' ' || origin, ','
	    ORDER BY revision) FROM tb.revision" 'a1 stamp,b2 stamp'
	tb 0 tb-migrate stamp a1
	assert_equal "$(rows)" a1
	tb 0 tb-migrate stamp base
	assert_equal "$(rows)" ''
	assert_sql 'SELECT count(*) FROM tb.revision' 0
	assert_sql "SELECT string_agg(action, ' ') FROM tb.event" \
	    'stamp stamp stamp'
	sql "INSERT INTO public.alembic_version VALUES ('unknown')"
	tb 65 tb-migrate stamp head
	tb 0 tb-migrate stamp head --purge
	assert_equal "$(rows)" b2
}
