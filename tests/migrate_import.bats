# tb-migrate import: revisions of SQL tools, and the state they left behind.

# shellcheck disable=SC2016 # what looks like a variable is for other programs

load migrate_helper.bash

# imported ID: the revision file of that id.
imported() {
	cat revisions/"$1"*.sql
}

dbmate_tree() {
	mkdir -p db
	cat >db/20230101120000_create_users.sql <<-'E'
		-- the first one
		-- migrate:up
		CREATE TABLE public.users (id int);
		--: no key of ours
		CREATE TABLE public.logins (id int);

		-- migrate:down
		DROP TABLE public.users;
		DROP TABLE public.logins;
	E
	cat >db/20230102120000_index-users.sql <<-'E'
		-- migrate:up transaction:false
		CREATE INDEX CONCURRENTLY i ON public.users (id);

		-- migrate:down transaction:false
	E
}

@test "import dbmate: sections, transactions, names" {
	dbmate_tree
	tb 0 tb-migrate import dbmate db
	assert_line --regexp '^20230101120000 +2 +2 +0  create users$'
	assert_line --regexp '^20230102120000 +1 +none +0  index users$'
	assert_err --partial '2 revisions written to "revisions"'
	run imported 20230101120000
	assert_output '--: revision 20230101120000
--: message create users

--: upgrade
CREATE TABLE public.users (id int);
-- : no key of ours
CREATE TABLE public.logins (id int);

--: downgrade
DROP TABLE public.users;
DROP TABLE public.logins;'
	run imported 20230102120000
	assert_line '--: down-revision 20230101120000'
	assert_line '--: transaction no'
	assert_line '--: downgrade none'
	tb 0 tb-migrate upgrade head
	assert_equal "$(tables)" 'logins users'
	tb 65 tb-migrate downgrade base
}

@test "import dbmate: what is no file of dbmate is refused with its line" {
	mkdir db
	printf 'SELECT 1;\n-- migrate:up\n' >db/1_a.sql
	tb 65 tb-migrate import dbmate db
	assert_err --partial 'db/1_a.sql:1: SQL before the first section'
	printf -- '-- migrate:up\n-- migrate:up\n' >db/1_a.sql
	tb 65 tb-migrate import dbmate db
	assert_err --partial 'db/1_a.sql:2: the way up is here again'
	printf -- '-- migrate:down\n' >db/1_a.sql
	tb 65 tb-migrate import dbmate db
	assert_err --partial 'db/1_a.sql: there is no way up'
	printf -- '-- migrate:up\n' >db/1_a.sql
	printf -- '-- migrate:up\n' >db/1_b.sql
	tb 65 tb-migrate import dbmate db
	assert_err --partial 'db/1_b.sql: version "1" is there twice'
	run ls revisions
	assert_failure
}

@test "import goose: statements, no transaction, environment, Go" {
	mkdir db
	cat >db/00001_init.sql <<-'E'
		-- +goose Up
		CREATE TABLE public.post (id int);
		-- +goose StatementBegin
		CREATE FUNCTION public.one() RETURNS int AS $$
		BEGIN
			RETURN 1;
		END
		$$ LANGUAGE plpgsql
		-- +goose StatementEnd
		INSERT INTO public.post VALUES (public.one());

		-- +goose Down
		DROP TABLE public.post;
		DROP FUNCTION public.one();
	E
	cat >db/00002_index.sql <<-'E'
		-- +goose NO TRANSACTION
		-- +goose Up
		CREATE INDEX CONCURRENTLY i ON public.post (id);
		-- +goose Down
		DROP INDEX public.i;
	E
	cat >db/00003_env.sql <<-'E'
		-- +goose Up
		-- +goose ENVSUB ON
		INSERT INTO public.post VALUES (${ANSWER});
	E
	echo 'package migrations' >db/00010_in_go.go
	echo 'package migrations' >db/00010_in_go_test.go
	tb 1 tb-migrate import goose db
	assert_line --regexp '^00001 +3 +2 +0  init$'
	assert_line --regexp '^00010 +0 +0 +2  in go$'
	assert_line --regexp '^00003_env.sql:2 +\+goose ENVSUB'
	assert_line --regexp '^00010_in_go.go +a migration in Go$'
	run imported 00002
	assert_line '--: transaction no'
	tb 0 tb-migrate upgrade 00002
	assert_sql 'SELECT id FROM public.post' 1
	tb 0 tb-migrate downgrade base
	assert_equal "$(tables)" ''
}

@test "import: what was not translated is refused, and can be mended" {
	mkdir db
	printf -- '-- +goose Up\nCREATE TABLE public.a ();\n' >db/1_a.sql
	printf -- '-- +goose Up\n-- +goose ENVSUB ON\n%s\n' \
	    'CREATE TABLE public.${B} ();' >db/2_b.sql
	tb 1 tb-migrate import goose db
	tb 65 tb-migrate upgrade head
	assert_err --partial 'revisions/2_b.sql:6'
	assert_equal "$(tables)" ''
	sed -i -e '/untranslated/d' -e 's/${B}/b/' revisions/2_b.sql
	tb 0 tb-migrate upgrade head
	assert_equal "$(tables)" 'a b'
}

@test "import: only the way that was not translated is refused" {
	mkdir db
	printf -- '-- +goose Up\nCREATE TABLE public.a ();\n' >db/1_a.sql
	printf -- '-- +goose Down\n-- +goose ENVSUB ON\nSELECT 1;\n' \
	    >>db/1_a.sql
	tb 1 tb-migrate import goose db
	tb 0 tb-migrate upgrade head
	tb 65 tb-migrate downgrade base
	assert_err --partial 'revisions/1_a.sql:8'
	assert_equal "$(tables)" a
}

@test "import golang-migrate: pairs of files, BEGIN and COMMIT" {
	mkdir db
	printf 'BEGIN;\n\nCREATE TABLE public.a (id int);\n\nCOMMIT;\n' \
	    >db/000001_make_a.up.sql
	echo 'DROP TABLE public.a;' >db/000001_make_a.down.sql
	printf '\xef\xbb\xbfCREATE TABLE public.b (t text);\r\n%s\r\n' \
	    "INSERT INTO public.b VALUES ('BEGIN;');" >db/2_b.up.sql
	printf 'BEGIN; SELECT 1; COMMIT; SELECT 2;' >db/10_c.up.sql
	tb 1 tb-migrate import golang-migrate db
	assert_line --regexp '^000001 +1 +1 +0  make a$'
	assert_line --regexp '^2 +2 +none +0  b$'
	assert_line --regexp '^10_c.up.sql:1 +COMMIT inside'
	run imported 000001
	assert_output '--: revision 000001
--: message make a

--: upgrade
CREATE TABLE public.a (id int);

--: downgrade
DROP TABLE public.a;'
	run grep -c $'\r' revisions/2_b.sql
	assert_output 0
	tb 0 tb-migrate upgrade 2
	assert_sql 'SELECT t FROM public.b' 'BEGIN;'
}

@test "import flyway: versions in order, U, R, placeholders" {
	mkdir -p sql/more
	echo 'CREATE TABLE ${app}.a (t text);' >sql/V1_01__first_thing.sql
	echo 'CREATE TABLE public.b ();' >sql/V2__b.sql
	echo 'DROP TABLE public.b;' >sql/U2__b.sql
	echo 'CREATE TABLE public.c ();' >sql/more/V10.0__c.sql
	echo 'executeInTransaction=false' >sql/more/V10.0__c.sql.conf
	echo 'CREATE VIEW public.v AS SELECT 1 AS x;' >sql/R__the_view.sql
	echo 'SELECT 1;' >sql/beforeMigrate.sql
	tb 1 tb-migrate import flyway sql
	assert_line --partial 'placeholder ${app}: say --define app=VALUE'
	assert_err --partial 'sql/beforeMigrate.sql is passed over'
	assert_err --partial 'R__the_view.sql runs again in Flyway'
	rm -r revisions
	tb 0 tb-migrate import flyway sql --define app=public
	tb 0 tb-migrate history
	assert_output '10 -> R_the_view (head), the view
2 -> 10, c
1.1 -> 2, b
<base> -> 1.1, first thing'
	run imported 10_
	assert_line '--: transaction no'
	tb 0 tb-migrate upgrade head
	tb 0 tb-migrate current
	assert_output 'R_the_view (head)'
	assert_sql 'SELECT x FROM public.v' 1
}

sqitch_tree() {
	local change
	mkdir -p sq/deploy sq/revert sq/verify
	cat >sq/sqitch.plan <<-'E'
		%syntax-version=1.0.0
		%project=flipr
		%uri=https://example.org/

		appschema 2013-12-31T10:26:59Z Marge <m@example.org> # Add a schema
		users [appschema] 2013-12-31T18:30:00Z Marge <m@example.org> # Users
		lists [appschema !old other:x] 2014-01-01T00:21:23Z Marge <m@example.org> # Lists\nof users
		@v1.0 2014-01-02T00:00:00Z Marge <m@example.org> # Tag

		users [users@v1.0] 2014-01-03T00:00:00Z Marge <m@example.org> # More
	E
	for change in appschema users@v1.0 lists users; do
		cat >sq/deploy/$change.sql <<-E
			-- Deploy flipr:$change to pg

			BEGIN;

			CREATE TABLE public."$change" ();

			COMMIT;
		E
		cat >sq/revert/$change.sql <<-E
			BEGIN;
			DROP TABLE public."$change";
			COMMIT;
		E
		cat >sq/verify/$change.sql <<-E
			BEGIN;
			SELECT FROM public."$change";
			ROLLBACK;
		E
	done
	rm sq/revert/lists.sql
	echo 'BEGIN; DELETE FROM public.lists; ROLLBACK;' >sq/verify/lists.sql
}

@test "import sqitch: plan, dependencies, reworked changes, checks" {
	sqitch_tree
	tb 0 tb-migrate import sqitch sq
	assert_err --partial \
	    'sqitch.plan:7: "lists" needs "other:x" of another project'
	assert_err --partial 'sq/verify/lists.sql is left out'
	run imported lists
	assert_line '--: down-revision users_v1.0'
	assert_line '--: depends-on appschema'
	assert_line '--: message Lists of users'
	assert_line '--: date 2014-01-01T00:21:23Z'
	assert_line '--: downgrade none'
	refute_line --regexp 'BEGIN|COMMIT|verify'
	run imported users_m
	assert_line '--: revision users'
	assert_line '--: depends-on users_v1.0'
	assert_line 'SELECT FROM public."users";'
	refute_line --partial ROLLBACK
	tb 0 tb-migrate upgrade head
	assert_equal "$(tables)" 'appschema lists users users@v1.0'
	assert_equal "$(rows)" users
	tb 0 tb-migrate downgrade lists
	assert_equal "$(tables)" 'appschema lists users@v1.0'
}

@test "import sqitch: sqitch.conf, psql's own things, faults of the plan" {
	sqitch_tree
	mkdir -p sq/db
	mv sq/deploy sq/revert sq/verify sq/sqitch.plan sq/db
	printf '[core]\n\tengine = pg\n\ttop_dir = db\n' >sq/sqitch.conf
	printf '\\set x 1\nSELECT :x;\n' >sq/db/deploy/appschema.sql
	echo "SELECT :'x';" >sq/db/deploy/lists.sql
	tb 1 tb-migrate import sqitch sq
	assert_line --regexp '^db/deploy/appschema.sql:1 +psql commands'
	assert_line --regexp '^db/deploy/lists.sql:1 +a variable of psql'
	rm -r revisions
	sed -i 's/\[appschema\]/[appschema nobody]/' sq/db/sqitch.plan
	tb 65 tb-migrate import sqitch sq
	assert_err --partial 'sqitch.plan:6: "users" needs "nobody"'
}

@test "import sql: numbered files and their ways back" {
	mkdir db
	echo 'CREATE TABLE public.a ();' >db/001_make_a.sql
	echo 'CREATE TABLE public.b ();' >'db/2-b.sql'
	echo 'DROP TABLE public.b;' >'db/2-b.down.sql'
	echo 'CREATE TABLE public.c ();' >db/010.sql
	echo 'DROP TABLE public.c;' >db/010.rollback.sql
	echo 'SELECT 1;' >db/readme.sql
	tb 0 tb-migrate import sql db --output mine
	assert_err --partial 'db/readme.sql is passed over'
	tb 0 tb-migrate history --revisions mine
	assert_line --regexp '^2 -> 010 \(head\), ?$'
	assert_line '001 -> 2, b'
	assert_line '<base> -> 001, make a'
	tb 0 tb-migrate upgrade head --revisions mine
	tb 0 tb-migrate downgrade 001 --revisions mine
	assert_equal "$(tables)" a
	tb 64 tb-migrate import sql db --output mine --stamp
}

@test "import: again keeps what is there and adds what is new" {
	dbmate_tree
	tb 0 tb-migrate import dbmate db
	echo '-- mine' >>revisions/20230101120000_create_users.sql
	cp -r revisions before
	printf -- '-- migrate:up\nSELECT 1;\n' >db/20230103120000_third.sql
	tb 0 tb-migrate import dbmate db
	assert_line --regexp '^20230101120000 +kept  create users$'
	assert_err --partial '1 revision written to "revisions", 2 were there'
	run diff -r before revisions
	assert_output 'Only in revisions: 20230103120000_third.sql'
	tb 0 tb-migrate heads
	assert_output '20230103120000 (head)'
}

@test "import: never overwrites, -n writes nothing" {
	dbmate_tree
	tb 0 tb-migrate import dbmate db -n
	assert_err --partial '2 revisions would be written to "revisions"'
	[ ! -e revisions ]
	mkdir revisions
	printf -- '--: revision other\n--: upgrade\n' \
	    >revisions/20230102120000_index_users.sql
	tb 73 tb-migrate import dbmate db
	assert_err --partial \
	    'file "revisions/20230102120000_index_users.sql" is already there'
	run ls revisions
	assert_output 20230102120000_index_users.sql
}

@test "import --format json: what came of each revision" {
	mkdir db
	printf -- '-- +goose Up\n-- +goose ENVSUB ON\nSELECT 1;\n' >db/1_a.sql
	tb 1 tb-migrate import goose db --format json
	assert_json '$.added' 1
	assert_json '$.untranslated' 1
	assert_json '$.written' true
	assert_json '$.revisions[0].revision' 1
	assert_json '$.revisions[0].upgrade' 1
	assert_json '$.revisions[0].downgrade' ''
	assert_json '$.revisions[0].path' revisions/1_a.sql
	assert_json '$.revisions[0].untranslated[0].line' 2
	tb 0 tb-migrate import goose db --format json
	assert_json '$.kept' 1
}

@test "import: usage, and folders that are not there or empty" {
	tb 64 tb-migrate import nothing db
	assert_err --partial 'The formats are: alembic, dbmate, flyway'
	tb 64 tb-migrate import dbmate
	mkdir db
	tb 64 tb-migrate import dbmate db --define nonsense
	tb 64 tb-migrate import dbmate db --run-alembic
	tb 66 tb-migrate import dbmate nowhere
	tb 66 tb-migrate import dbmate db
	assert_err --partial 'there are no revisions of dbmate in "db"'
	tb 66 tb-migrate import sqitch db
}

@test "import --stamp: dbmate's table" {
	dbmate_tree
	tb 65 tb-migrate import dbmate db --stamp
	assert_err --partial 'dbmate has no table "schema_migrations" here'
	[ ! -e revisions ]
	sql 'CREATE TABLE public.schema_migrations (version varchar(128)
	    PRIMARY KEY); INSERT INTO public.schema_migrations
	    VALUES (20230101120000)'
	tb 0 tb-migrate import dbmate db --stamp -n
	assert_err --partial 'tb-migrate stamp 20230101120000'
	assert_sql "SELECT to_regclass('public.alembic_version')" ''
	tb 0 tb-migrate import dbmate db --stamp
	assert_err --partial 'stamped base -> 20230101120000'
	assert_equal "$(rows)" 20230101120000
	# What tb-migrate did since then stays.
	sql 'CREATE TABLE public.users (id int)'
	tb 0 tb-migrate upgrade head
	tb 0 tb-migrate import dbmate db --stamp
	assert_equal "$(rows)" 20230102120000
}

@test "import --stamp: holes and unknown versions are refused" {
	dbmate_tree
	sql 'CREATE TABLE public.schema_migrations (version varchar(128));
	    INSERT INTO public.schema_migrations VALUES (20230102120000)'
	tb 65 tb-migrate import dbmate db --stamp
	assert_err --partial 'Not applied: 20230101120000.'
	sql 'INSERT INTO public.schema_migrations VALUES (20230101120000), (7)'
	tb 65 tb-migrate import dbmate db --stamp
	assert_err --partial 'Missing here: 7.'
	[ ! -e revisions ]
	sql 'DELETE FROM public.schema_migrations;
	    CREATE SCHEMA s; CREATE TABLE s.schema_migrations (version text)'
	tb 78 tb-migrate import dbmate db --stamp
	assert_err --partial '--table SCHEMA.schema_migrations'
	tb 0 tb-migrate import dbmate db --stamp --table s.schema_migrations
	assert_err --partial 'nothing to stamp'
}

@test "import --stamp: goose and golang-migrate" {
	mkdir goose go
	for n in 1 2 3; do
		printf -- '-- +goose Up\nSELECT %s;\n' $n >goose/0000${n}_x.sql
		echo "SELECT $n;" >go/000${n}_x.up.sql
	done
	sql 'CREATE TABLE public.goose_db_version (id serial, version_id bigint,
	    is_applied boolean, tstamp timestamp DEFAULT now());
	    INSERT INTO public.goose_db_version (version_id, is_applied)
	    VALUES (0, true), (1, true), (2, true), (3, true), (3, false)'
	tb 0 tb-migrate import goose goose --output o1 --stamp
	assert_equal "$(rows)" 00002
	sql 'DROP TABLE public.alembic_version; CREATE TABLE
	    public.schema_migrations (version bigint PRIMARY KEY, dirty bool);
	    INSERT INTO public.schema_migrations VALUES (2, true)'
	tb 65 tb-migrate import golang-migrate go --output o2 --stamp
	assert_err --partial 'version 2 is dirty'
	sql 'UPDATE public.schema_migrations SET dirty = false'
	tb 0 tb-migrate import golang-migrate go --output o2 --stamp
	assert_equal "$(rows)" 0002
}

@test "import --stamp: Flyway with baseline, undo and failure" {
	mkdir sql
	for n in 1 2 3 4; do
		echo "SELECT $n;" >sql/V${n}.0__x.sql
	done
	echo 'SELECT 1;' >sql/R__view.sql
	sql "CREATE TABLE public.flyway_schema_history (installed_rank int,
	    version varchar(50), description varchar(200), type varchar(20),
	    script varchar(1000), success boolean);
	    INSERT INTO public.flyway_schema_history VALUES
	    (1, '2', 'base', 'BASELINE', '<< B >>', true),
	    (2, '3.0', 'x', 'SQL', 'V3.0__x.sql', true),
	    (3, NULL, 'view', 'SQL', 'R__view.sql', true),
	    (4, '4.0', 'x', 'SQL', 'V4.0__x.sql', false)"
	tb 65 tb-migrate import flyway sql --stamp
	assert_err --partial '"V4.0__x.sql" failed'
	sql "UPDATE public.flyway_schema_history SET success = true;
	    INSERT INTO public.flyway_schema_history VALUES
	    (5, '4.0', 'x', 'UNDO_SQL', 'U4.0__x.sql', true)"
	tb 0 tb-migrate import flyway sql --stamp
	assert_equal "$(rows)" 3
	sql "INSERT INTO public.flyway_schema_history VALUES
	    (6, '4.0', 'x', 'SQL', 'V4.0__x.sql', true)"
	tb 0 tb-migrate import flyway sql --stamp
	assert_equal "$(rows)" R_view
}

@test "import --stamp: sqitch, by project and with reworked changes" {
	sqitch_tree
	sql "CREATE SCHEMA sqitch; CREATE TABLE sqitch.changes (change_id text,
	    change text, project text, committed_at timestamptz,
	    planned_at timestamptz);
	    INSERT INTO sqitch.changes SELECT i, c, 'flipr',
	        '2020-01-01'::timestamptz + i * interval '1 s', now()
	    FROM unnest('{appschema,users,lists}'::text[])
	    WITH ORDINALITY AS t(c, i);
	    INSERT INTO sqitch.changes VALUES (9, 'x', 'other', now(), now())"
	tb 0 tb-migrate import sqitch sq --stamp
	assert_equal "$(rows)" lists
	sql "INSERT INTO sqitch.changes VALUES
	    (4, 'users', 'flipr', now(), now())"
	tb 0 tb-migrate import sqitch sq --stamp
	assert_equal "$(rows)" users
}
