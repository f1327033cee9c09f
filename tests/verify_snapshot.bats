# tb-verify --snapshot: facts as a text, and a text as a side.

load helper.bash

setup_schema() {
	sql "CREATE SCHEMA app;
	    CREATE TABLE app.t (id bigint PRIMARY KEY, note text DEFAULT '',
	        \"Odd
name\" integer CHECK (\"Odd
name\" > 0));
	    COMMENT ON COLUMN app.t.note IS E' blanks around \r\nand \\\\ a tab\t ';
	    COMMENT ON TABLE app.t IS E'two\n\n  lines\n';
	    CREATE VIEW app.v AS SELECT id FROM app.t;
	    CREATE FUNCTION app.f() RETURNS text LANGUAGE sql AS \$\$
	SELECT 'trailing blank' -- 
	\$\$"
}

@test "snapshot: it is a side, equal to what it was made of" {
	setup_schema
	tb 0 tb-verify --snapshot
	assert_line --index 0 'tb-verify snapshot 1'
	assert_line --index -1 'end'
	assert_err ''
	tb-verify --snapshot >one.snap
	tb 0 tb-verify live one.snap
	assert_output --regexp '^no differences: live and one.snap \([0-9]+ facts\)$'
	tb 0 tb-verify one.snap live
	cp one.snap in.snap
	tb 0 tb-verify one.snap - <in.snap
	assert_output --partial 'one.snap and stdin'
	# No server is needed for two of them.
	PGHOST=/nowhere tb 0 tb-verify one.snap ./one.snap
}

@test "snapshot: read and written again it is the same text, byte for byte" {
	setup_schema
	tb-verify --snapshot >one.snap
	PGHOST=/nowhere tb-verify --snapshot one.snap >two.snap
	cmp one.snap two.snap
	tb 0 grep -F '	needs: ' one.snap
	refute_output ''
	# The same database gives the same text, a copy of it too.
	tb-verify --snapshot >again.snap
	cmp one.snap again.snap
	# No line ends in a blank, none has a character that could be lost.
	run grep -nE '[ 	]$' one.snap
	assert_output ''
	run grep -nP '[\x00-\x08\x0b-\x1f\x7f]' one.snap
	assert_output ''
}

@test "snapshot: git may change its line ends" {
	setup_schema
	tb-verify --snapshot >one.snap
	sed 's/$/\r/' one.snap >crlf.snap
	tb 0 tb-verify one.snap crlf.snap
}

@test "snapshot: a difference is found, and the text says it too" {
	setup_schema
	tb-verify --snapshot >one.snap
	sql 'ALTER TABLE app.t ALTER note DROP DEFAULT, ALTER id TYPE numeric;
	    CREATE TABLE app.u (id integer)' 2>/dev/null ||
	    sql 'DROP VIEW app.v; ALTER TABLE app.t ALTER note DROP DEFAULT;
	        CREATE TABLE app.u (id integer)'
	tb 1 tb-verify one.snap live
	assert_line "  default note: one.snap has ''::text, live has none"
	assert_line 'table app.u: only in live (with 1 column)'
	tb-verify --snapshot >two.snap
	tb 1 tb-verify one.snap two.snap
	assert_line 'table app.u: only in two.snap (with 1 column)'
	tb 1 diff one.snap two.snap
	assert_line '> table app.u'
	assert_line '< default app.t.note'
}

@test "snapshot: two that git merges make one" {
	command -v git >/dev/null || skip "git is not installed"
	setup_schema
	git init -q . && git config user.name x && git config user.email x@x
	tb-verify --snapshot >s && git add s && git commit -qm one
	git checkout -qb other
	sql 'CREATE TABLE app.z (id integer)'
	tb-verify --snapshot >s && git commit -qam z
	git checkout -q -
	sql 'DROP TABLE app.z; CREATE TABLE app.a (id integer)'
	tb-verify --snapshot >s && git commit -qam a
	git merge -q other -m merge
	sql 'CREATE TABLE app.z (id integer)'
	tb 0 tb-verify live s
}

@test "snapshot: with privileges, owners and what belongs to the database" {
	local role=snap_$BATS_SUITE_TEST_NUMBER
	setup_schema
	sql "CREATE ROLE $role; GRANT SELECT ON app.t TO $role;
	    ALTER VIEW app.v OWNER TO $role;
	    ALTER DATABASE $PGDATABASE SET work_mem = '9MB'"
	tb-verify --snapshot >one.snap
	tb 0 tb-verify live one.snap
	sql "REVOKE ALL ON app.t FROM $role; ALTER VIEW app.v OWNER TO postgres;
	    ALTER DATABASE $PGDATABASE RESET work_mem"
	tb 1 tb-verify live one.snap
	assert_line --partial 'database-setting work_mem: only in one.snap'
	assert_line --partial "OWNER TO $role"
	assert_line --partial "SELECT ON TABLE app.t TO $role"
	sql "DROP ROLE $role"
}

@test "snapshot: what it was not asked for is no difference" {
	setup_schema
	tb-verify --snapshot >one.snap
	# As an older program without the class would have written it.
	awk -v RS='\n\n' -v ORS='\n\n' '!/^(view|function) /' one.snap |
	    sed '/^class \(view\|function\) /d; /needs: . \(view\|function\) /d' |
	    sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >old.snap
	tb 0 tb-verify live old.snap
	assert_line --partial 'not compared: '
	assert_line --partial 'function (1 in live, 0 in old.snap)'
	# And as a newer one with another.
	sed 's/^class view /class window open\n&/; s/^end$/window app.w\n\topen: yes\n\nend/' \
	    one.snap >new.snap
	tb 0 tb-verify live new.snap
	assert_line --partial 'window (0 in live, 1 in new.snap)'
}

# damaged LINE MESSAGE <SED-SCRIPT: the file is refused, and where is told.
damaged() {
	sed -f - one.snap >bad.snap
	tb 65 tb-verify live bad.snap
	assert_err --partial "bad.snap:$1: $2"
	assert_output ''
}

@test "snapshot: a damaged one is refused, with file and line" {
	local line lines
	sql 'CREATE TABLE public.t (id integer)'
	tb-verify --snapshot >one.snap
	line=$(grep -n '^column public.t.id' one.snap | cut -d: -f1)
	lines=$(wc -l <one.snap)
	damaged "$((lines - 1))" 'the snapshot breaks off here' <<<'/^end$/d'
	damaged 1 'snapshot of format "2"' <<<'1s/1/2/'
	assert_err --partial 'hint: '
	damaged 2 'cannot understand "what"' <<<'2s/.*/what/'
	damaged 2 '"nine" is no version' <<<'2s/.*/server nine/'
	damaged "$line" 'there is no class "colum" above' <<<'s/^column public/colum public/'
	damaged "$((line + 1))" 'class "column" has no attribute "paren"' \
	    <<<"$((line + 1))s/parent/paren/"
	damaged "$((line + 2))" 'cannot understand "definitioninteger"' \
	    <<<"$((line + 2))s/: //"
	damaged "$((line + 2))" '"parent" stands here twice' \
	    <<<"$((line + 1))p"
	damaged "$line" 'there is no class "<<<<<<<" above' \
	    <<<"${line}s/^.*/<<<<<<< HEAD/"
	assert_err --partial 'merge'
	awk -v RS='\n\n' -v ORS='\n\n' '/^column /{print} {print}' one.snap >bad.snap
	tb 65 tb-verify live bad.snap
	assert_err --partial 'column public.t.id stands in line '"$line"' already'
	printf 'tb-verify snapshot 1\n' >bad.snap
	tb 65 tb-verify live bad.snap
	assert_err --partial 'the server'\''s version is missing'
}

@test "snapshot: of revisions, of SQL, and as JSON" {
	echo 'CREATE TABLE public.t (id integer)' >t.sql
	tb 0 tb-verify --snapshot t.sql
	assert_line 'table public.t'
	tb-verify --snapshot t.sql >t.snap
	tb 0 tb-verify t.sql t.snap
	sql 'CREATE TABLE public.t (id bigint)'
	tb 1 tb-verify live t.snap
	assert_line '  column id: type: live has bigint, t.snap has integer'
	tb 0 tb-verify --snapshot --format json t.sql
	assert_json '$.objects[*] ? (@.class == "column").identity' public.t.id
	assert_json '$.objects[*] ? (@.class == "column").attributes.type' integer
	tb 0 tb-verify -q --snapshot t.sql
	assert_output ''
}

@test "snapshot: it is of everything and of one side" {
	tb 64 tb-verify --snapshot --class table
	assert_err --partial '--snapshot and --class do not go together'
	tb 64 tb-verify --snapshot live live
	tb 64 tb-verify --snapshot --quick
}

@test "snapshot: what depends on what is in it" {
	sql 'CREATE TABLE public.t (id integer);
	    CREATE VIEW public.v AS SELECT id FROM public.t'
	tb-verify --snapshot >one.snap
	sql 'DROP VIEW public.v; ALTER TABLE public.t ALTER id TYPE bigint;
	    CREATE VIEW public.v AS SELECT id FROM public.t'
	tb 1 tb-verify --dependents one.snap live
	assert_line '    needed by view public.v'
}
