# tb-verify --sql: what is printed, refused and said on the way.

load helper.bash

no_scratch_left() {
	assert_sql "SELECT count(*) FROM pg_database
	    WHERE datname LIKE 'tb_scratch%'" 0
}

@test "sql: nothing to do is nothing printed" {
	echo 'CREATE TABLE public.t (a integer)' >t.sql
	sql_file t.sql
	tb 0 tb-verify --sql live t.sql
	assert_output ''
	assert_err ''
	tb 0 tb-verify --sql --prove live t.sql
	assert_output ''
	no_scratch_left
}

@test "sql: statements with what there is to know about them" {
	sql 'CREATE TABLE public.t (a integer); CREATE INDEX i ON public.t (a)'
	cat >t.sql <<-'SQL'
		CREATE TABLE public.t (a integer, b integer);
		CREATE INDEX i ON public.t (a);
		CREATE INDEX j ON public.t (b);
		COMMENT ON TABLE public.t IS 'x';
	SQL
	tb 1 tb-verify --sql live t.sql
	assert_output "$(cat <<-'SQL'
		BEGIN;

		-- create column public.t.b
		-- lock: ACCESS EXCLUSIVE on public.t
		ALTER TABLE public.t ADD COLUMN b integer;

		-- create comment table public.t
		-- lock: SHARE UPDATE EXCLUSIVE on public.t
		COMMENT ON TABLE public.t IS 'x';

		COMMIT;

		-- create index public.j
		-- lock: SHARE UPDATE EXCLUSIVE on public.t; not in a transaction
		CREATE INDEX CONCURRENTLY j ON public.t USING btree (b);
	SQL
	)"
	assert_err ''
	tb 1 tb-verify -q --sql live t.sql
	assert_output ''
	tb 1 tb-verify --sql --plain --bare live t.sql
	refute_output --partial BEGIN
	assert_line 'CREATE INDEX j ON public.t USING btree (b);'
}

@test "sql: a name cannot leave the comment" {
	sql 'CREATE TABLE public."a
DROP TABLE public.t; --" (a integer); CREATE TABLE public.t ()'
	echo 'CREATE TABLE public.t ()' >t.sql
	tb 1 tb-verify --sql --allow data-loss live t.sql
	assert_line '-- drop table public."a DROP TABLE public.t; --"'
	printf '%s\n' "$output" >plan.sql
	sql_file plan.sql
	tb 0 tb-verify live t.sql
}

@test "sql: hazards are refused until they are allowed by name" {
	sql 'CREATE TABLE public.t (a integer, b integer);
	    INSERT INTO public.t VALUES (1, 2)'
	echo 'CREATE TABLE public.t (a text)' >t.sql
	tb 77 tb-verify --sql live t.sql
	assert_output ''
	assert_err "$(cat <<-'END'
		tb-verify: error: the SQL has hazards that were not allowed
		tb-verify: detail: data-loss: ALTER TABLE public.t DROP COLUMN b
		  rewrite: ALTER TABLE public.t ALTER COLUMN a TYPE text
		tb-verify: hint: To get it all the same: --allow data-loss,rewrite
	END
	)"
	tb 77 tb-verify --sql --allow rewrite live t.sql
	assert_err --partial '--allow data-loss'
	refute_err --partial 'TYPE text'
	tb 77 tb-verify --prove live t.sql
	tb 1 tb-verify --sql --allow rewrite,data-loss live t.sql
	tb 1 tb-verify --sql --allow rewrite --allow data-loss live t.sql
	tb 1 tb-verify --sql --allow all live t.sql
	tb 64 tb-verify --sql --allow dataloss live t.sql
	assert_err --partial 'there is no hazard "dataloss"'
	assert_sql 'SELECT * FROM public.t' '1|2'
}

@test "sql: a renaming is said, never guessed" {
	cat >old.sql <<-'SQL'
		CREATE TABLE public.users (id integer PRIMARY KEY, mail text);
		CREATE VIEW public.v AS SELECT id, mail FROM public.users;
	SQL
	cat >new.sql <<-'SQL'
		CREATE TABLE public.accounts (id integer CONSTRAINT users_pkey
		    PRIMARY KEY, email text);
		CREATE VIEW public.v AS SELECT id, email AS mail
		    FROM public.accounts;
	SQL
	sql_file old.sql
	sql "INSERT INTO public.users VALUES (1, 'a@b')"
	tb 77 tb-verify --sql live new.sql
	assert_err --partial 'data-loss: DROP TABLE public.users'
	tb 1 tb-verify --sql --prove live new.sql \
	    --rename table:public.users=public.accounts \
	    --rename column:public.accounts.mail=public.accounts.email
	printf '%s\n' "$output" >plan.sql
	sql_file plan.sql
	tb 0 tb-verify live new.sql
	assert_sql 'SELECT * FROM public.accounts' '1|a@b'
	no_scratch_left
	tb 64 tb-verify --sql live old.sql --rename public.x=public.y
	tb 64 tb-verify --sql live old.sql --rename table:public.x=public.y
	assert_err --partial 'the first side has no table public.x'
	tb 64 tb-verify --sql live old.sql --rename \
	    table:public.accounts=public.accounts
}

@test "sql: what looks renamed is told" {
	sql 'CREATE TABLE public.a (x integer, y text)'
	echo 'CREATE TABLE public.b (x integer, y text)' >t.sql
	tb 1 tb-verify --sql --allow all live t.sql
	assert_err "tb-verify: table public.a may have been renamed: --rename \
'table:public.a=public.b'"
	tb 1 tb-verify -q --sql --allow all live t.sql
	assert_err ''
}

@test "sql: renames of many classes keep what hangs on them" {
	cat >old.sql <<-'SQL'
		CREATE SCHEMA s;
		CREATE TYPE public.e AS ENUM ('a');
		CREATE DOMAIN public.d AS integer
		    CONSTRAINT pos CHECK (VALUE > 0);
		CREATE SEQUENCE public.q;
		CREATE TABLE public.t (a public.e, b public.d,
		    c integer DEFAULT nextval('public.q'), CONSTRAINT k UNIQUE (c));
		CREATE INDEX i ON public.t (a);
		CREATE FUNCTION public.f(integer) RETURNS integer LANGUAGE sql
		    AS 'SELECT 1';
		CREATE VIEW public.v AS SELECT a, public.f(c) AS f FROM public.t;
	SQL
	sed -e 's/public\.\([edqfvt]\)\>/s.new_\1/g' -e 's/\<k UNIQUE/kk UNIQUE/' \
	    -e 's/INDEX i/INDEX ii/' old.sql >new.sql
	tb 1 tb-verify --sql --prove old.sql new.sql \
	    --rename enum:public.e=s.new_e --rename domain:public.d=s.new_d \
	    --rename sequence:public.q=s.new_q --rename table:public.t=s.new_t \
	    --rename 'function:public.f(integer)=s.new_f(integer)' \
	    --rename view:public.v=s.new_v \
	    --rename constraint:s.new_t.k=s.new_t.kk --rename index:s.i=s.ii
	refute_line --regexp '^(CREATE|DROP)'
	refute_line --partial 'ADD'
}

@test "sql: JSON tells what the comments say" {
	sql 'CREATE TABLE public.t (a integer)'
	echo 'CREATE TABLE public.t (a integer NOT NULL)' >t.sql
	tb 1 tb-verify --format json --sql live t.sql
	assert_json '$.statements.size()' 4
	assert_json '$.statements[0].class' column
	assert_json '$.statements[1].sql' \
	    "$(grep -oE 'ALTER TABLE public.t VALIDATE CONSTRAINT tb_[0-9a-f]+' \
	        <<<"$output")"
	assert_json '$.statements[1].lock' 'SHARE UPDATE EXCLUSIVE on public.t'
	assert_json '$.statements[*].transaction' "$(printf '1\n2\n3\n3')"
	assert_json '$.unresolved.size()' 0
}

@test "sql: what no statement is known for is told, the rest is done" {
	sql 'CREATE TABLE public.t (a integer); CREATE INDEX i ON public.t (a);
	    CREATE TABLE public.x (a integer)'
	pg_dump -s "$PGDATABASE" >t.sql
	cat >>t.sql <<-'SQL'
		DROP TABLE public.x;
		SET allow_system_table_mods = on;
		UPDATE pg_catalog.pg_index SET indisvalid = false
		 WHERE indexrelid = 'public.i'::regclass;
	SQL
	tb 1 tb-verify --sql --allow data-loss live t.sql
	assert_line 'DROP TABLE public.x;'
	assert_err 'tb-verify: warning: no statement is known that changes "valid" of index public.i'
	tb 70 tb-verify --prove --allow data-loss live t.sql
	assert_output ''
	assert_err --partial 'index public.i: valid is true, should be false'
	no_scratch_left
}

@test "sql: options that mean nothing together" {
	tb 64 tb-verify --allow all
	assert_err --partial '--allow goes with --sql or --prove'
	tb 64 tb-verify --sql --summary
	tb 64 tb-verify --prove --fingerprint
}
