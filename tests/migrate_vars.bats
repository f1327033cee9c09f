# tb-migrate -v NAME=VALUE: psql's variables.

load migrate_helper.bash

@test "three forms of a variable" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.:"table" (id :type, note text DEFAULT :'note');
		--: verify
		SELECT count(*) = 0 FROM public.:"table";
		--: downgrade
		DROP TABLE public.:"table";
	E
	tb 0 tb-migrate upgrade -v 'table=Odd "name"' --variable type=bigint \
	    -v "note=it's \\ so"
	assert_sql "SELECT format_type(atttypid, -1) FROM pg_attribute
	    WHERE attrelid = 'public.\"Odd \"\"name\"\"\"'::regclass
	    AND attname = 'id'" bigint
	sql "INSERT INTO \"Odd \"\"name\"\"\" (id) VALUES (1)"
	assert_sql "SELECT note FROM \"Odd \"\"name\"\"\"" "it's \\ so"
	# What is kept is the file's own text.
	assert_sql "SELECT upgrade LIKE '%:\"table\"%' FROM tb.revision" t
	tb 0 tb-migrate status
	tb 0 tb-migrate downgrade base -v 'table=Odd "name"'
	assert_equal "$(tables)" ''
}

@test "no variable in strings, names, comments, casts, slices, bodies, data" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t (":x" text, b text, c integer[]);
		-- :x /* :x */
		INSERT INTO public.t VALUES (':x', $$:x$$, ARRAY[1,2,3]);
		INSERT INTO public.t SELECT E'\':x', b::text, c[1:2] FROM public.t;
		COPY public.t (b) FROM stdin;
		:x
		\.
		SELECT 1 /* :x */ WHERE :y = 1;
		--: downgrade
		DROP TABLE public.t;
	E
	tb 0 tb-migrate upgrade -v x=broken -v text=broken -v y=1
	assert_sql "SELECT string_agg(concat_ws('/', \":x\", b, c::text), '|'
	    ORDER BY ctid) FROM t" ":x/:x/{1,2,3}|':x/:x/{1,2}|:x" ||
	    fail 'a variable where there is none'
}

@test "what is not set stays, lines are kept" {
	rev a1 <<-'E'
		--: upgrade
		SELECT 1,
		    :'v';
		SELECT :unset;
		--: downgrade
	E
	tb 65 tb-migrate upgrade -v v=$'two\nlines'
	assert_err --partial 'revisions/a1_make.sql:7: syntax error at or near ":"'
}

@test "a value of several statements, and one that would commit" {
	rev a1 <<-'E'
		--: upgrade
		:both;
		--: downgrade
	E
	tb 0 tb-migrate upgrade \
	    -v 'both=CREATE TABLE public.x (); CREATE TABLE public.y ()'
	assert_equal "$(tables)" 'x y'
	rev b2 a1 <<-'E'
		--: upgrade
		SELECT 1; :word;
		--: downgrade
	E
	tb 65 tb-migrate upgrade -v word=COMMIT
	assert_err --partial 'must not have COMMIT'
}

@test "--sql and plan fill in, too" {
	rev a1 <<-'E'
		--: upgrade
		:verb CONCURRENTLY i ON public.t (a);
		--: downgrade
		SELECT :'v';
	E
	tb 0 tb-migrate upgrade --sql -v 'verb=CREATE INDEX'
	assert_output --partial 'CREATE INDEX CONCURRENTLY i'
	tb 0 tb-migrate plan -v 'verb=CREATE INDEX'
	assert_output --partial 'none: CREATE INDEX CONCURRENTLY'
	tb 0 tb-migrate downgrade --sql a1:base -v "v=it's"
	assert_output --partial "SELECT 'it''s';"
}

@test "what is no assignment" {
	table_rev a1
	for word in novalue =x 'a b=c'; do
		tb 64 tb-migrate upgrade -v "$word"
		assert_err --partial 'does not set a variable'
	done
	tb 0 tb-migrate upgrade -v empty=
}
