# tb-migrate: why a statement failed, looked up on the spot.

load migrate_helper.bash

@test "42P07: the table is there and the same: stamp" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t (id serial PRIMARY KEY, a text NOT NULL);
		--: downgrade
		DROP TABLE public.t;
	E
	sql "CREATE TABLE public.t (id serial PRIMARY KEY, a text NOT NULL)"
	tb 65 tb-migrate upgrade
	assert_err --partial 'It is the same as the revision makes'
	assert_err --partial '"tb-migrate stamp a1"'
	# The comparison left nothing.
	assert_sql "SELECT to_regnamespace('tb_diagnose') IS NULL" t
	tb 0 tb-migrate stamp a1
	tb 0 tb-migrate upgrade
}

@test "42P07: the same, but not all of the revision is there" {
	table_rev a0
	rev a1 a0 <<-'E'
		--: upgrade
		CREATE TABLE t (id integer);
		CREATE TABLE public.second (id integer);
		--: downgrade
	E
	sql "CREATE TABLE t (id integer)"
	tb 65 tb-migrate upgrade
	assert_err --partial 'of the revision this is missing: second'
	sql "CREATE TABLE second (id integer)"
	tb 65 tb-migrate upgrade
	# What is before it was rolled back and comes first.
	assert_err --partial '"tb-migrate upgrade a0", then "tb-migrate stamp a1"'
}

@test "42P07: the table is another one" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t (id integer, a text NOT NULL, b date);
		--: downgrade
	E
	sql "CREATE TABLE public.t (id bigint, a text NOT NULL)"
	tb 65 tb-migrate upgrade
	assert_err --partial 'Column "id" is bigint, the revision makes it integer.'
	assert_err --partial 'Column "b" is not there, the revision makes it date.'
	refute_err --partial 'Column "a"'
	assert_err --partial 'Change or drop what is there'
}

@test "42701: a column; the same, and another one" {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		ALTER TABLE public.t_a1 ADD COLUMN c text DEFAULT 'x' NOT NULL;
		--: downgrade
	E
	tb 0 tb-migrate upgrade a1
	sql "ALTER TABLE t_a1 ADD c text DEFAULT 'x' NOT NULL"
	tb 65 tb-migrate upgrade
	assert_err --partial '"tb-migrate stamp b2"'
	sql "ALTER TABLE t_a1 ALTER c DROP DEFAULT"
	tb 65 tb-migrate upgrade
	assert_err --partial "Column \"c\" is text NOT NULL, the revision makes \
it text NOT NULL DEFAULT 'x'::text."
}

@test "42P07, 42710: two revisions make the same" {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		CREATE TYPE public.mood AS ENUM ('good');
		--: downgrade
	E
	rev c3 b2 <<-'E'
		--: upgrade
		CREATE TYPE public.mood AS ENUM ('good');
		--: downgrade
	E
	tb 0 tb-migrate upgrade b2
	tb 65 tb-migrate upgrade
	assert_err --partial \
	    'Revision "b2" makes it (revisions/b2_make.sql:6) and is applied.'
	assert_err --partial 'Two revisions make the same'
}

@test "42P01: who makes it, and is not applied" {
	table_rev a1
	table_rev b2 a1
	rev c3 a1 <<-'E'
		--: upgrade
		ALTER TABLE public.t_b2 ADD COLUMN c text;
		--: downgrade
	E
	tb 65 tb-migrate upgrade c3
	assert_err --partial \
	    'Revision "b2" makes it (revisions/b2_make.sql:6) and is not applied.'
	assert_err --partial '"--: depends-on b2"'
}

@test "42P01: in another schema; a name that is nearly so; taken away" {
	sql "CREATE SCHEMA other; CREATE TABLE other.things ()"
	rev a1 <<-'E'
		--: upgrade
		COMMENT ON TABLE things IS 'x';
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	assert_err --partial 'There is other.things; a name without schema'
	assert_err --partial 'Write the schema before the name'
	sed -i 's/things/other.thinks/' revisions/a1_make.sql
	tb 65 tb-migrate upgrade
	assert_err --partial 'There is "things".'
	rm revisions/*
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		DROP TABLE public.t_a1;
		--: downgrade
	E
	rev c3 b2 <<-'E'
		--: upgrade
		TRUNCATE public.t_a1;
		--: downgrade
	E
	tb 0 tb-migrate upgrade b2
	tb 65 tb-migrate upgrade
	assert_err --partial 'Revision "b2" took it away'
}

@test "42703: which revision makes the column, or what is nearly so" {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		ALTER TABLE public.t_a1 ADD COLUMN amount integer;
		--: downgrade
	E
	rev c3 a1 <<-'E'
		--: upgrade
		ALTER TABLE public.t_a1 ALTER COLUMN amount SET NOT NULL;
		--: downgrade
	E
	tb 65 tb-migrate upgrade c3
	assert_err --partial 'Revision "b2" makes it'
	assert_err --partial 'Apply "b2" first'
	sql "CREATE TABLE t_a1 (id integer, amounts integer)"
	tb 0 tb-migrate stamp a1
	tb 65 tb-migrate upgrade c3
	assert_err --partial 'There is "amounts".'
}

@test "42704, 42883, 3F000: a setting, a type, a function, a schema" {
	rev a1 <<-'E'
		--: upgrade
		SET no_such_setting = 0;
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	assert_err --partial 'if a newer pg_dump wrote the line, take it out'
	rm revisions/*
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		CREATE SCHEMA app;
		CREATE TYPE public.mood AS ENUM ('good');
		CREATE FUNCTION public.one() RETURNS integer LANGUAGE sql
		    AS 'SELECT 1';
		--: downgrade
	E
	local text
	for text in 'CREATE TABLE public.m (m public.mood);' \
	    'SELECT public.one();' 'CREATE TABLE app.x ();'; do
		rev c3 a1 <<-E
			--: upgrade
			$text
			--: downgrade
		E
		tb 65 tb-migrate upgrade c3
		assert_err --partial 'Revision "b2" makes it'
		assert_err --partial 'Apply "b2" first'
	done
}

@test "a duplicate key in an INSERT is not blamed on a constraint" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t (id integer PRIMARY KEY);
		INSERT INTO public.t VALUES (1), (1);
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	assert_err --partial 'Key (id)=(1) already exists'
	refute_err --partial 'hint'
}

@test "42501: whose it is, and the statement that allows it" {
	local owner="o_$PGDATABASE" app="a_$PGDATABASE"
	sql "CREATE ROLE $owner; CREATE ROLE $app LOGIN PASSWORD 'x';
	    GRANT CREATE ON DATABASE $PGDATABASE TO $app;
	    GRANT ALL ON SCHEMA public TO $app;
	    CREATE SCHEMA closed;
	    CREATE TABLE public.owned (id integer PRIMARY KEY);
	    ALTER TABLE public.owned OWNER TO $owner"
	export PGPASSWORD=x
	rev a1 <<-'E'
		--: upgrade
		ALTER TABLE public.owned ADD COLUMN c text;
		--: downgrade
	E
	tb 77 tb-migrate upgrade -U "$app"
	assert_err --partial "TABLE public.owned belongs to role $owner"
	assert_err --partial "GRANT $owner TO $app;"
	# From 16 on the grant keeps what the role was.
	sql "ALTER ROLE $app NOINHERIT; GRANT $owner TO $app"
	tb 77 tb-migrate upgrade -U "$app"
	assert_err --partial "Run with --role $owner"
	sql "REVOKE $owner FROM $app"
	sed -i 's/ALTER .*/INSERT INTO public.owned VALUES (1);/' \
	    revisions/a1_make.sql
	tb 77 tb-migrate upgrade -U "$app"
	assert_err --partial "GRANT INSERT ON TABLE public.owned TO $app;"
	sed -i 's/INSERT .*/CREATE TABLE public.k (o integer REFERENCES public.owned);/' \
	    revisions/a1_make.sql
	tb 77 tb-migrate upgrade -U "$app"
	assert_err --partial "GRANT REFERENCES ON TABLE public.owned TO $app;"
	sed -i 's/CREATE .*/CREATE TABLE closed.k ();/' revisions/a1_make.sql
	tb 77 tb-migrate upgrade -U "$app"
	assert_err --regexp "GRANT (USAGE|CREATE) ON SCHEMA closed TO $app;"
	sql "DROP OWNED BY $app, $owner; DROP ROLE $app, $owner"
}

# shows STATEMENT QUERY: a revision of it fails and the query is shown, which
# finds this many rows.
shows() {
	rm -f revisions/*
	rev a1 <<-E
		--: upgrade
		$1
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	assert_err --partial "See them with: $2"
	assert_equal "$(sql "SELECT count(*) FROM ($2) AS q")" "$3"
}

@test "23502, 23503, 23505, 23514: the query that shows the rows" {
	sql "CREATE TABLE p (id integer PRIMARY KEY);
	    INSERT INTO p VALUES (1);
	    CREATE TABLE t (a integer, b text, p integer);
	    INSERT INTO t VALUES (1, 'x', 1), (1, 'X', 2), (NULL, 'y', NULL)"
	shows 'ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;' \
	    'SELECT * FROM public.t WHERE a IS NULL' 1
	shows 'ALTER TABLE t ADD CONSTRAINT u UNIQUE (a);' \
	    'SELECT a, count(*) FROM t WHERE ROW(a) IS NOT NULL GROUP BY a HAVING count(*) > 1' 1
	shows "CREATE UNIQUE INDEX u ON public.t USING btree (lower(b)) WHERE a > 0;" \
	    'SELECT lower(b), count(*) FROM public.t WHERE ROW(lower(b)) IS NOT NULL AND a > 0 GROUP BY lower(b) HAVING count(*) > 1' 1
	shows 'ALTER TABLE public.t ADD FOREIGN KEY (p) REFERENCES public.p;' \
	    'SELECT c.* FROM public.t AS c WHERE c.p IS NOT NULL AND NOT EXISTS (SELECT FROM public.p AS p WHERE p.id = c.p)' 1
	shows "ALTER TABLE t ADD CONSTRAINT k CHECK (b <> 'y' AND (a = 1));" \
	    "SELECT * FROM t WHERE NOT (b <> 'y' AND (a = 1))" 1
}

@test "23505 outside a transaction: the query, and how to go on" {
	sql "CREATE TABLE t AS SELECT 1 AS a FROM generate_series(1, 2)"
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.other ();
		CREATE UNIQUE INDEX CONCURRENTLY u ON public.t (a);
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	assert_err --partial 'See the rows that are in the way with: SELECT a,'
	assert_err --partial 'resume'
}

@test "23502: no query where the table is gone with the transaction" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t AS SELECT NULL::integer AS a;
		ALTER TABLE public.t ALTER a SET NOT NULL;
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	refute_err --partial 'See them with'
	assert_err --partial 'give the column a DEFAULT'
	assert_err --partial 'Nothing was changed'
}
