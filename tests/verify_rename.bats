# tb-verify --sql: renames, by "--: renamed-from" in the SQL of the second side
# and by --rename.

load helper.bash

# A database that has subscriptions cannot be dropped.
teardown() {
	local name
	for name in $(sql "SELECT subname FROM pg_subscription
	    WHERE subdbid = (SELECT oid FROM pg_database
	        WHERE datname = current_database())"); do
		sql "ALTER SUBSCRIPTION $name SET (slot_name = NONE)"
		sql "DROP SUBSCRIPTION $name"
	done
	dropdb --if-exists --force "$PGDATABASE"
}

no_scratch_left() {
	assert_sql "SELECT count(*) FROM pg_database
	    WHERE datname LIKE 'tb_scratch%'" 0
}

# objects: one of each class, with its own name or, with "new", another one;
# what is above each tells the old one.
objects() {
	cat <<-'SQL' | if [ "$1" = new ]; then
		--: renamed-from s
		CREATE SCHEMA s@;
		--: renamed-from e
		CREATE TYPE s@.e@ AS ENUM ('a', 'b');
		--: renamed-from c
		CREATE TYPE s@.c@ AS (
		    --: renamed-from x
		    x@ integer,
		    y text
		);
		--: renamed-from r
		CREATE TYPE s@.r@ AS RANGE (subtype = integer);
		--: renamed-from b
		CREATE TYPE s@.b@;
		--: renamed-from b_in
		CREATE FUNCTION s@.b_in@(cstring) RETURNS s@.b@
		    LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
		--: renamed-from b_out
		CREATE FUNCTION s@.b_out@(s@.b@) RETURNS cstring
		    LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
		CREATE TYPE s@.b@ (input = s@.b_in@, output = s@.b_out@,
		    internallength = 4, passedbyvalue, alignment = int4);
		--: renamed-from d
		CREATE DOMAIN s@.d@ AS integer
		    --: renamed-from positive
		    CONSTRAINT positive@ CHECK (VALUE > 0);
		--: renamed-from co
		CREATE COLLATION s@.co@ FROM "C";
		--: renamed-from cv
		CREATE CONVERSION s@.cv@ FOR 'LATIN1' TO 'UTF8'
		    FROM iso8859_1_to_utf8;
		--: renamed-from q
		CREATE SEQUENCE s@.q@;
		--: renamed-from t
		CREATE TABLE s@.t@ (
		    --: renamed-from a
		    a@ integer CONSTRAINT nn NOT NULL,
		    b s@.d@,
		    "On" s@.e@,
		    z s@.b@,
		    --: renamed-from k
		    CONSTRAINT k@ UNIQUE (a@)
		);
		--: renamed-from old_check
		ALTER TABLE ONLY s@.t@ ADD CONSTRAINT new_check CHECK (a@ > 0);
		--: renamed-from i
		CREATE INDEX i@ ON s@.t@ (b);
		--: renamed-from st
		CREATE STATISTICS s@.st@ ON a@, b FROM s@.t@;
		--: renamed-from v
		CREATE OR REPLACE VIEW s@.v@ AS SELECT 1 AS one;
		--: renamed-from m
		CREATE MATERIALIZED VIEW s@.m@ AS SELECT 1 AS one;
		--: renamed-from f
		CREATE FUNCTION s@.f@(p s@.d@, integer DEFAULT 1)
		    RETURNS integer LANGUAGE sql AS '
		    --: renamed-from nothing
		    SELECT 1';
		--: renamed-from p
		CREATE PROCEDURE s@.p@(integer) LANGUAGE sql AS 'SELECT 1';
		--: renamed-from ag
		CREATE AGGREGATE s@.ag@(integer) (sfunc = int4pl,
		    stype = integer);
		CREATE FUNCTION s@.tf() RETURNS trigger LANGUAGE plpgsql
		    AS 'BEGIN RETURN NEW; END';
		--: renamed-from tr
		CREATE TRIGGER tr@ BEFORE UPDATE OF a@, "On" OR INSERT
		    ON s@.t@ FOR EACH ROW EXECUTE FUNCTION s@.tf();
		--: renamed-from ru
		CREATE RULE ru@ AS ON DELETE TO s@.t@ DO INSTEAD NOTHING;
		--: renamed-from po
		CREATE POLICY po@ ON s@.t@ USING (a@ > 1);
		--: renamed-from of
		CREATE OPERATOR FAMILY s@.of@ USING btree;
		--: renamed-from oc
		CREATE OPERATOR CLASS s@.oc@ FOR TYPE integer USING hash
		    AS OPERATOR 1 =, FUNCTION 1 hashint4(integer);
		--: renamed-from tc
		CREATE TEXT SEARCH CONFIGURATION s@.tc@ (
		    parser = pg_catalog.default);
		--: renamed-from td
		CREATE TEXT SEARCH DICTIONARY s@.td@ (template = simple);
		--: renamed-from tp
		CREATE TEXT SEARCH PARSER s@.tp@ (start = prsd_start,
		    gettoken = prsd_nexttoken, end = prsd_end,
		    lextypes = prsd_lextype);
		--: renamed-from tt
		CREATE TEXT SEARCH TEMPLATE s@.tt@ (init = dsimple_init,
		    lexize = dsimple_lexize);
		--: renamed-from w
		CREATE FOREIGN DATA WRAPPER w@;
		--: renamed-from sv
		CREATE SERVER sv@ FOREIGN DATA WRAPPER w@;
		--: renamed-from ft
		CREATE FOREIGN TABLE s@.ft@ (
		    --: renamed-from fa
		    fa@ integer
		) SERVER sv@;
		--: renamed-from l
		CREATE TRUSTED LANGUAGE l@ HANDLER plpgsql_call_handler;
		--: renamed-from pu
		CREATE PUBLICATION pu@ FOR TABLE s@.t@;
		CREATE FUNCTION s@.et() RETURNS event_trigger
		    LANGUAGE plpgsql AS 'BEGIN NULL; END';
		--: renamed-from et
		CREATE EVENT TRIGGER et@ ON ddl_command_end
		    EXECUTE FUNCTION s@.et();
	SQL
		sed 's/@/_new/g'
	else
		sed -e 's/@//g' -e 's/new_check/old_check/' -e '/renamed-from [^n]/d'
	fi
}

# only_renames: $output gives other names, and does nothing else.
only_renames() {
	refute_line --regexp '^(CREATE|DROP|COMMENT|GRANT|REVOKE|UPDATE)'
	refute_line --regexp '^ALTER .* (ADD|DROP|SET|ALTER) '
	assert_line --regexp '^ALTER .* RENAME '
}

@test "renamed-from: each class that PostgreSQL can rename" {
	objects old >old.sql
	objects new >new.sql
	sql_file old.sql
	tb 1 tb-verify --sql --prove live new.sql
	only_renames
	assert_err ''
	printf '%s\n' "$output" >plan.sql
	sql_file plan.sql
	# All is renamed by now.
	tb 0 tb-verify --sql --prove live new.sql
	assert_output ''
	assert_err ''
	no_scratch_left
}

@test "rename: each class that has rules about it is in that test" {
	local class
	objects old >old.sql
	objects new >new.sql
	tb 1 tb-verify --format json --sql old.sql new.sql
	for class in $(cd "$TB_ROOT/lib/catalog/rules" &&
	    grep -l '^--: rename' -- *.rules | sed 's/.rules//; s/_/-/g'); do
		[ "$class" = subscription ] ||
		    grep -qE "\"class\": *\"$class\"" <<<"$output" ||
		    fail "$class is not in it"
	done
}

@test "renamed-from: rows, keys and what the server named after them stay" {
	cat >old.sql <<-'SQL'
		CREATE TABLE public.users (id bigserial PRIMARY KEY,
		    mail text UNIQUE, age integer CHECK (age > 0));
		CREATE INDEX ON public.users (age);
		CREATE STATISTICS ON mail, age FROM public.users;
		CREATE TABLE public.posts (id integer PRIMARY KEY,
		    author bigint REFERENCES public.users);
	SQL
	cat >new.sql <<-'SQL'
		-- People who may log in.
		--: renamed-from users

		-- (as everybody calls them)
		CREATE TABLE accounts (
		    id bigserial PRIMARY KEY, -- what refers to them
		    --: renamed-from Mail
		    email text UNIQUE,
		    --: renamed-from "age"
		    /* in full */ years integer CHECK (years > 0)
		);
		CREATE INDEX ON accounts (years);
		CREATE STATISTICS ON email, years FROM accounts;
		CREATE TABLE posts (
		    id integer PRIMARY KEY,
		    --: renamed-from author
		    account bigint REFERENCES accounts
		);
	SQL
	if [ "$(sql 'SHOW server_version_num')" -lt 160000 ]; then
		sed -i 's/STATISTICS ON mail/STATISTICS users_mail_age_stat ON mail/
		    s/STATISTICS ON email/STATISTICS accounts_email_years_stat ON email/' ./*.sql
	fi
	sql_file old.sql
	sql "INSERT INTO public.users (mail, age) VALUES ('a@b', 7);
	    INSERT INTO public.posts VALUES (1, 1)"
	tb 1 tb-verify --sql --prove live new.sql
	only_renames
	assert_err ''
	printf '%s\n' "$output" >plan.sql
	sql_file plan.sql
	tb 0 tb-verify live new.sql
	assert_sql 'SELECT id, email, years FROM public.accounts' '1|a@b|7'
	assert_sql "SELECT nextval('public.accounts_id_seq')" 2
	assert_sql 'SELECT * FROM public.posts' '1|1'
	no_scratch_left
}

@test "renamed-from: into another schema, and in a dump's words" {
	sql 'CREATE SCHEMA a; CREATE TABLE a.t (x integer);
	    CREATE TABLE public.u (y integer, z integer)'
	cat >new.sql <<-'SQL'
		SELECT pg_catalog.set_config('search_path', '', false);
		CREATE SCHEMA a;
		CREATE SCHEMA b;
		--: renamed-from a.t
		CREATE TABLE b.t (x integer);
		CREATE TABLE public.u (y integer);
		--: renamed-from z
		ALTER TABLE ONLY public.u ADD COLUMN IF NOT EXISTS zz integer;
	SQL
	tb 1 tb-verify --sql --prove live new.sql
	assert_line 'CREATE SCHEMA b;'
	assert_line 'ALTER TABLE a.t SET SCHEMA b;'
	assert_line 'ALTER TABLE public.u RENAME COLUMN z TO zz;'
	printf '%s\n' "$output" >plan.sql
	sql_file plan.sql
	tb 0 tb-verify live new.sql
}

@test "renamed-from: what is renamed already, or again there, is left alone" {
	cat >new.sql <<-'SQL'
		--: renamed-from users
		CREATE TABLE public.accounts (
		    --: renamed-from mail
		    email text);
		CREATE TABLE public.users (b integer);
	SQL
	sql 'CREATE TABLE public.accounts (email text);
	    CREATE TABLE public.users (b integer)'
	tb 0 tb-verify --sql live new.sql
	assert_err ''
	# What the line speaks of is there, and so is what it shall become.
	sql 'ALTER TABLE public.accounts ADD mail text'
	tb 77 tb-verify --sql live new.sql
	assert_err --partial "new.sql:3: column public.accounts.mail is not \
renamed: the first side has public.accounts.email too"
	assert_err --partial 'data-loss: ALTER TABLE public.accounts DROP COLUMN mail'
}

@test "renamed-from: one name after the other" {
	sql 'CREATE TABLE public.t (a integer); CREATE TABLE public.t_new (b integer)'
	cat >new.sql <<-'SQL'
		--: renamed-from t_new
		CREATE TABLE public.t (b integer);
		--: renamed-from t
		CREATE TABLE public.t_old (a integer);
	SQL
	tb 1 tb-verify --bare --sql --prove live new.sql
	assert_equal "$(grep ALTER <<<"$output")" "$(cat <<-'SQL'
		ALTER TABLE public.t RENAME TO t_old;
		ALTER TABLE public.t_new RENAME TO t;
	SQL
	)"
	only_renames
	printf '%s\n' "$output" >plan.sql
	sql_file plan.sql
	tb 0 tb-verify --sql live new.sql
	assert_err ''
}

@test "renamed-from: a new thing may have the old name" {
	sql 'CREATE TABLE public.t (a integer)'
	cat >new.sql <<-'SQL'
		--: renamed-from t
		CREATE TABLE public.u (a integer);
		CREATE TABLE public.t (b integer);
	SQL
	tb 1 tb-verify --sql --prove live new.sql
	assert_line 'ALTER TABLE public.t RENAME TO u;'
	refute_line --partial DROP
	sql_file <(printf '%s\n' "$output")
	tb 0 tb-verify --sql live new.sql
	assert_err ''
}

@test "renamed-from: from a folder and from standard input" {
	mkdir model
	sql 'CREATE TABLE public.a (x integer); CREATE TABLE public.b (x integer)'
	printf -- '--: renamed-from a\nCREATE TABLE public.c (x integer);\n' \
	    >model/1.sql
	printf -- '\n--: renamed-from b\r\nCREATE TABLE public.d (x integer);\n' \
	    >model/2.sql
	tb 1 tb-verify --sql live model --model model
	only_renames
	tb 1 tb-verify --sql live model/
	only_renames
	tb 1 tb-verify --sql live - <<<"$(cat model/*.sql)"
	only_renames
	# Of the first side nothing is asked.
	tb 1 tb-verify --sql --allow data-loss model/ live
	assert_line 'DROP TABLE public.c;'
}

@test "renamed-from: only a comment is one" {
	sql "CREATE TABLE public.a (x text DEFAULT '
--: renamed-from nothing
'); CREATE TABLE public.t (x text)"
	cat >new.sql <<-'SQL'
		COPY pg_catalog.pg_am FROM STDIN;
		--: renamed-from t
		\.
		/*
		--: renamed-from t
		*/
		CREATE TABLE public.a (x text DEFAULT '
		--: renamed-from nothing
		');
	SQL
	sed -i 1,3d new.sql
	tb 77 tb-verify --sql live new.sql
	assert_err --partial 'DROP TABLE public.t'
	refute_err --partial ALTER
	cat >copy.sql <<-'SQL'
		CREATE TABLE public.a (x text DEFAULT '
		--: renamed-from nothing
		');
		COPY public.a FROM STDIN;
		--: renamed-from t
		\.
		CREATE TABLE public.z (x text);
	SQL
	tb 77 tb-verify --sql live copy.sql
	assert_err --partial 'DROP TABLE public.t'
}

@test "renamed-from: search_path tells which of several is meant" {
	sql 'CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (x integer);
	    CREATE TABLE b.t (x integer)'
	cat >new.sql <<-'SQL'
		CREATE SCHEMA a; CREATE SCHEMA b;
		SET search_path TO b, public;
		--: renamed-from t
		CREATE TABLE u (x integer);
		CREATE TABLE a.u (x integer);
		CREATE TABLE a.t (x integer);
	SQL
	tb 1 tb-verify --sql --prove live new.sql
	assert_line 'ALTER TABLE b.t RENAME TO u;'
	assert_line 'CREATE TABLE a.u ('
	refute_line --partial DROP
	cat >loose.sql <<-'SQL'
		CREATE SCHEMA a; CREATE SCHEMA b;
		SELECT set_config('search_path', 'b', false);
		--: renamed-from t
		CREATE TABLE u (x integer);
		CREATE TABLE a.u (x integer);
	SQL
	tb 65 tb-verify --sql live loose.sql
	assert_err --partial 'loose.sql:3: what stands below renamed-from may be table a.u or b.u'
	assert_err --partial 'Write the new name with its schema.'
}

@test "renamed-from: of several routines of a name the arguments tell which" {
	sql "CREATE FUNCTION public.g(integer) RETURNS integer LANGUAGE sql
	    AS 'SELECT 1';
	    CREATE FUNCTION public.g(text) RETURNS integer LANGUAGE sql
	    AS 'SELECT 1'"
	cat >new.sql <<-'SQL'
		--: renamed-from g
		CREATE FUNCTION public.f(int) RETURNS integer LANGUAGE sql
		    AS 'SELECT 1';
		CREATE FUNCTION public.f(text) RETURNS integer LANGUAGE sql
		    AS 'SELECT 1';
	SQL
	tb 65 tb-verify --sql live new.sql
	assert_err --partial 'function public.f(integer) or public.f(text)'
	sed -i 's/renamed-from g/renamed-from g(int)/' new.sql
	tb 65 tb-verify --sql live new.sql
	assert_err --partial 'no function of that name has "(int)" behind it'
	sed -i 's/(int)$/(integer)/' new.sql
	tb 1 tb-verify --sql --prove live new.sql
	assert_line 'ALTER FUNCTION public.g(integer) RENAME TO f;'
	refute_line --partial 'ALTER FUNCTION public.g(text)'
	assert_line 'DROP FUNCTION public.g(text);'
}

# faulty LINE MESSAGE <<<SQL: also where nothing is to be renamed.
faulty() {
	cat >x.sql
	for option in --sql --summary; do
		tb 65 tb-verify $option live x.sql
		assert_err --partial "error: x.sql:$1: $2"
	done
}

@test "renamed-from: a line that says nothing is refused with its place" {
	faulty 1 'renamed-from names nothing' \
	    <<<$'--: renamed-from\nCREATE TABLE public.a (x integer);'
	faulty 2 'renamed-from names no name' \
	    <<<$'\n--: renamed-from 12\nCREATE TABLE public.a (x integer);'
	faulty 1 'renamed-from takes one name' \
	    <<<$'--: renamed-from b c\nCREATE TABLE public.a (x integer);'
	faulty 1 'the old name of a table is one name, or that of its schema' \
	    <<<$'--: renamed-from d.b.c\nCREATE TABLE public.a (x integer);'
	faulty 2 'the old name of a column is one name' \
	    <<<$'CREATE TABLE public.a (\n--: renamed-from b.c\nx integer);'
	faulty 1 'renamed-from stands above nothing' \
	    <<<$'--: renamed-from b\nCOMMENT ON SCHEMA public IS NULL;'
	faulty 2 'renamed-from stands above nothing' \
	    <<<$'CREATE TABLE public.a (x integer);\n--: renamed-from b'
	faulty 2 'renamed-from stands above nothing' \
	    <<<$'CREATE TABLE public.a (x integer\n--: renamed-from b\nNOT NULL);'
	faulty 2 'renamed-from stands above nothing' \
	    <<<$'CREATE TABLE public.a (x integer,\n--: renamed-from b\nUNIQUE (x));'
	faulty 2 'renamed-from stands above nothing' \
	    <<<$'CREATE TABLE public.a (x integer\n--: renamed-from b\n);'
	faulty 1 'renamed-from stands on no line of its own' \
	    <<<$'CREATE TABLE public.a (x integer, --: renamed-from b\ny integer);'
	faulty 1 'there is no key "renamed_from"' \
	    <<<$'--: renamed_from b\nCREATE TABLE public.a (x integer);'
	faulty 1 'PostgreSQL has no statement that renames a thing of class "operator"' \
	    <<<$'--: renamed-from +\nCREATE OPERATOR public.- (rightarg = integer,
	        function = int4um);'
	assert_err --partial 'x.sql:1'
}

@test "renamed-from: one thing has not got two new names" {
	sql 'CREATE TABLE public.a (x integer)'
	cat >new.sql <<-'SQL'
		--: renamed-from a
		CREATE TABLE public.b (x integer);
		--: renamed-from a
		CREATE TABLE public.c (x integer);
	SQL
	tb 65 tb-verify --sql live new.sql
	assert_err --partial 'new.sql:3: table public.a is renamed twice'
}

@test "rename: only another last name or schema can be given" {
	sql "CREATE TABLE public.t (a integer); CREATE TABLE public.u (b integer);
	    CREATE INDEX i ON public.t (a);
	    CREATE FUNCTION public.f(integer) RETURNS integer LANGUAGE sql
	        AS 'SELECT 1'; CREATE SCHEMA s"
	echo 'SELECT' >new.sql
	tb 64 tb-verify --sql live new.sql --rename index:public.i=s.i
	assert_err --partial 'index public.i cannot become s.i by another name'
	tb 64 tb-verify --sql live new.sql --rename column:public.t.a=public.u.c
	assert_err --partial 'cannot become public.u.c'
	tb 64 tb-verify --sql live new.sql \
	    --rename 'function:public.f(integer)=public.g(text)'
	tb 64 tb-verify --sql live new.sql --rename table:public.t=s.
	sql 'CREATE OPERATOR public.!! (rightarg = integer, function = int4um)'
	tb 64 tb-verify --sql live new.sql --rename \
	    'operator:public.!!(NONE,integer)=public.##(NONE,integer)'
	assert_err --partial 'what is of class "operator" cannot be renamed'
	no_scratch_left
}

# A copy has none: what is not renamed must not be made again.
@test "rename: subscriptions, and others beside them" {
	local options='WITH (connect = false, slot_name = NONE)'
	cat >new.sql <<-SQL
		--: renamed-from a
		CREATE SUBSCRIPTION b CONNECTION 'host=/nowhere' PUBLICATION p
		    $options;
		COMMENT ON SUBSCRIPTION b IS 'x';
		CREATE SUBSCRIPTION other CONNECTION 'host=/nowhere'
		    PUBLICATION p $options;
		--: renamed-from t
		CREATE TABLE public.u (a integer);
	SQL
	sql "CREATE SUBSCRIPTION a CONNECTION 'host=/nowhere' PUBLICATION p $options;
	    CREATE SUBSCRIPTION other CONNECTION 'host=/nowhere'
	        PUBLICATION p $options;
	    COMMENT ON SUBSCRIPTION a IS 'x'; CREATE TABLE public.t (a integer)"
	tb 1 tb-verify --sql --prove live new.sql
	assert_line 'ALTER SUBSCRIPTION a RENAME TO b;'
	assert_line 'ALTER TABLE public.t RENAME TO u;'
	refute_line --regexp '^(CREATE|DROP)'
	assert_err --partial 'was not tried: subscription'
	printf '%s\n' "$output" >plan.sql
	sql_file plan.sql
	tb 0 tb-verify live new.sql
	sql 'ALTER SUBSCRIPTION b RENAME TO a'
	sed -i /renamed/d new.sql
	tb 1 tb-verify --bare --sql live new.sql --rename subscription:a=b
	assert_line 'ALTER SUBSCRIPTION a RENAME TO b;'
	refute_line --regexp '^(CREATE|DROP)'
}
