# tb-setup-db: what is declared is made, once, and shown beforehand.

load setup_db.bash

@test "tb-setup-db: help, version, bad option" {
	assert_well_behaved tb-setup-db
}

@test "the first run makes everything, the second changes nothing" {
	declare_all
	tb 0 tb-setup-db --file database.conf
	assert_line "create role \"$OWNER\" (it does not exist)"
	assert_line "create database \"$DB\" (it does not exist)"
	assert_line "  connect: tb-connect -h $PGHOST -p $PGPORT -U $OWNER -d $DB"
	assert_sql "SELECT pg_get_userbyid(datdba) FROM pg_database
	    WHERE datname = '$DB'" "$OWNER"

	log_mark
	tb 0 tb-setup-db --file database.conf
	assert_line 'nothing to change'
	assert_equal "$(changes_since)" ''
}

@test "-q: not a word when all went well" {
	declare_all
	tb 0 tb-setup-db -q --file database.conf
	assert_output ''
	assert_err ''
}

@test "--check: exit 1 and the list, without a change; then exit 0" {
	declare_all
	log_mark
	tb 1 tb-setup-db --check --file database.conf
	assert_line "create role \"$READER\" (it does not exist)"
	assert_equal "$(changes_since)" ''
	tb 0 tb-setup-db --file database.conf
	tb 0 tb-setup-db --check --file database.conf
	assert_output 'nothing to change'
}

@test "--check: one grant that is gone is found, and nothing else" {
	declare_all
	tb 0 tb-setup-db --file database.conf
	in_db "REVOKE USAGE ON SCHEMA public FROM $READER"
	tb 1 tb-setup-db --check --file database.conf
	assert_output "grant USAGE on schema \"public\" to \"$READER\" (the role lacks it)"
	tb 0 tb-setup-db --file database.conf
	tb 0 tb-setup-db --check --file database.conf
}

@test "-n: psql runs what it prints, and then nothing is left to do" {
	declare_all "role \"${N}_x\" {
	    login = true
	    comment = \"it's \\\"quoted\\\"; -- not a comment\"
	    settings = { \"search_path=\\\"\$user\\\", public\" }
	    member-of = { \"pg_monitor\" } }"
	tb 0 tb-setup-db -n --file database.conf
	printf '%s\n' "$output" >plan.sql
	assert_sql "SELECT count(*) FROM pg_roles WHERE rolname LIKE '${N}\_%'" 0
	run psql -X -q -f plan.sql
	assert_success
	tb 0 tb-setup-db --check --file database.conf
	assert_output 'nothing to change'
	tb 0 tb-setup-db -n --file database.conf
	assert_output -- '-- nothing to change'
}

@test "the reader reads what the owner creates later, and cannot write" {
	declare_all "role \"${N}_writer\" { login = true }" \
	    "grant { role = \"${N}_writer\" level = \"write\" }"
	tb 0 tb-setup-db --file database.conf
	as "$OWNER" "CREATE TABLE public.t (id serial, v text);
	    INSERT INTO public.t (v) VALUES ('x')"
	run as "$READER" 'SELECT v FROM public.t'
	assert_output 'x'
	run as "$READER" "INSERT INTO public.t (v) VALUES ('y')"
	assert_output --partial 'permission denied for table t'
	run as "$READER" 'CREATE TABLE public.u ()'
	assert_output --partial 'permission denied for schema public'
	run as "${N}_writer" "INSERT INTO public.t (v) VALUES ('y');
	    SELECT count(*) FROM public.t"
	assert_output '2'
	run as "${N}_writer" 'TRUNCATE public.t'
	assert_output --partial 'permission denied for table t'
}

@test "objects that are there already are covered, whoever owns them" {
	declare_all
	tb 0 tb-setup-db --file database.conf
	in_db "CREATE TABLE public.a (); CREATE TABLE public.\"B b\" ();
	    CREATE VIEW public.v AS SELECT 1 AS one;
	    CREATE SEQUENCE public.s;
	    CREATE FUNCTION public.f(int, VARIADIC text[]) RETURNS int
	        LANGUAGE sql AS 'SELECT 1';
	    CREATE PROCEDURE public.p(INOUT x int) LANGUAGE sql AS 'SELECT 1';
	    CREATE TYPE public.e AS ENUM ('a');
	    CREATE TYPE public.r AS RANGE (subtype = int);
	    CREATE DOMAIN public.d AS int; CREATE TYPE public.c AS (x int);
	    CREATE AGGREGATE public.g (float8 ORDER BY anyelement) (
	        sfunc = ordered_set_transition, stype = internal,
	        finalfunc = percentile_disc_final, finalfunc_extra = true);
	    CREATE TABLE public.parent (k int) PARTITION BY LIST (k)"
	tb 1 tb-setup-db --check --file database.conf
	assert_line "grant SELECT on 4 tables in schema \"public\" to \"$READER\" (the role lacks it)"
	assert_line "grant SELECT on sequence public.s to \"$READER\" (the role lacks it)"
	assert_line "grant EXECUTE on 3 functions in schema \"public\" to \"$OWNER\" (the role lacks it)"
	tb 0 tb-setup-db --file database.conf
	tb 0 tb-setup-db --check --file database.conf
	run as "$OWNER" 'INSERT INTO public."B b" DEFAULT VALUES;
	    SELECT one FROM public.v'
	assert_output '1'
}

@test "what belongs to an extension keeps its privileges" {
	IN_DATABASE='extensions = { "plpgsql", "pg_trgm" }' declare_all
	[ -n "$(sql "SELECT 1 FROM pg_available_extensions
	    WHERE name = 'pg_trgm'")" ] || skip 'no pg_trgm on this server'
	tb 0 tb-setup-db --file database.conf
	assert_line --partial 'create extension "pg_trgm"'
	tb 0 tb-setup-db --check --file database.conf
	run in_db "SELECT count(*) FROM pg_proc
	    WHERE pronamespace = 'public'::regnamespace AND proacl IS NOT NULL"
	assert_output 0
}

@test "an extension that the server has not is told, nothing is done" {
	IN_DATABASE='extensions = { "no_such_thing" }' declare_all
	tb 65 tb-setup-db --file database.conf
	assert_err --partial 'extension "no_such_thing"'
	assert_sql "SELECT count(*) FROM pg_roles WHERE rolname LIKE '${N}\_%'" 0
}

@test "without a file: owner, writer, reader" {
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" \
	    --read "$READER" --write "${N}_w"
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" \
	    --read "$READER" --write "${N}_w" --check
	as "$OWNER" 'CREATE TABLE public.t ()'
	run as "$READER" 'SELECT count(*) FROM public.t'
	assert_output 0
}

@test "nothing tells what is wanted: 64, and how to say it" {
	tb 64 tb-setup-db
	assert_err --partial 'hint: Name a file with --file'
	tb 64 tb-setup-db --database "$DB"
	tb 64 tb-setup-db --read "$READER"
	tb 64 tb-setup-db --check -n
	tb 64 tb-setup-db --yes
}

@test "tb.conf names the file; who it connects as is not for us" {
	declare_all
	cat >tb.conf <<-END
	database {
		user = "$OWNER"
		name = "$DB"
	}
	setup {
		file = "database.conf"
	}
	END
	tb 0 tb-setup-db
	tb 0 tb-setup-db --check
}

@test "--format json: the plan, the result, the proofs" {
	declare_all
	tb 0 tb-setup-db -n --format json --file database.conf
	assert_json '$.applied' false
	assert_json '$.changes[0].what' "create role \"$OWNER\""
	assert_json '$.changes[0].sql' "CREATE ROLE \"$OWNER\" LOGIN"
	assert_json '$.changes[*] ? (@.phase == "create").database' "$DB"
	tb 0 tb-setup-db --format json --file database.conf
	assert_json '$.applied' true
	assert_json '$.databases[0].name' "$DB"
	assert_json '$.proofs[0].role' "$OWNER"
	tb 0 tb-setup-db --format json --file database.conf
	assert_json '$.changes.size()' 0
}

@test "schemas, settings, comment, limit and encoding of a database" {
	IN_DATABASE='encoding = "utf-8"
	    locale = "C"
	    schemas = { "app", "Odd one" }
	    settings = { "statement_timeout=30s",
	        "search_path=app, \"Odd one\"" }
	    connection-limit = 7
	    comment = "the shop"' declare_all
	echo "grant { role = \"$READER\" level = \"read\"
	    schemas = { \"Odd one\" } }" >>database.conf
	tb 0 tb-setup-db --file database.conf
	tb 0 tb-setup-db --check --file database.conf
	assert_sql "SELECT datconnlimit, pg_encoding_to_char(encoding),
	    datcollate, shobj_description(oid, 'pg_database')
	    FROM pg_database WHERE datname = '$DB'" '7|UTF8|C|the shop'
	run in_db 'SHOW search_path'
	assert_output 'app, "Odd one"'
	as "$OWNER" 'CREATE TABLE "Odd one".t ()'
	run as "$READER" 'SELECT count(*) FROM "Odd one".t'
	assert_output 0
}

@test "what only a new database could have is told, not hidden" {
	local libc=
	[ "$(sql 'SHOW server_version_num')" -lt 150000 ] ||
	    libc='LOCALE_PROVIDER libc'
	sql "CREATE DATABASE $DB TEMPLATE template0 ENCODING 'SQL_ASCII'
	    LC_COLLATE 'C' LC_CTYPE 'C' $libc"
	IN_DATABASE='encoding = "UTF8"' declare_all
	tb 0 tb-setup-db --file database.conf
	assert_err --partial 'it has "SQL_ASCII"'
	tb 1 tb-setup-db --check --file database.conf
	assert_output --partial 'is to have encoding "UTF8"'
}

@test "a schema that is neither there nor declared: 78" {
	declare_all "grant { role = \"$READER\" level = \"read\"
	    schemas = { \"typo\" } }"
	tb 78 tb-setup-db --file database.conf
	assert_err --partial 'there is no schema "typo"'
}

@test "a file that makes no sense: 78, with what and where" {
	tb 66 tb-setup-db --file nowhere.conf
	assert_err --partial 'nowhere.conf'

	printf 'role "x" {\n\tlogin = true\n\tlgin = true\n}\n' >database.conf
	tb 78 tb-setup-db --file database.conf
	assert_err --partial "database.conf:3: no such option 'lgin'"

	declare_all 'grant { role = "x" level = "all" }'
	tb 78 tb-setup-db --file database.conf
	assert_err --partial 'level "all" is not one of owner, write, read'

	declare_all "grant { role = \"${N}_nobody\" level = \"read\" }"
	tb 78 tb-setup-db --file database.conf
	assert_err --partial "role \"${N}_nobody\""
	assert_err --partial 'neither declared nor on the server'

	declare_all "database \"${N}_other\" { owner = \"$OWNER\" }"
	tb 78 tb-setup-db --file database.conf
	assert_err --partial 'which database?'

	declare_all 'role "y" { settings = { "no value" } }'
	tb 78 tb-setup-db --file database.conf
	assert_err --partial 'is not name=value'

	echo "database \"$DB\" { }" >database.conf
	tb 78 tb-setup-db --file database.conf
	assert_err --partial 'has no owner'
}

@test "no server: 69; --wait does not wait for ever" {
	declare_all
	tb 69 tb-setup-db --file database.conf -h "$BATS_TEST_TMPDIR"
	assert_output ''
	tb 69 tb-setup-db --file database.conf -h "$BATS_TEST_TMPDIR" --wait 0.2
}

@test "--drop: the database, then roles that own nothing else" {
	declare_all
	tb 0 tb-setup-db --file database.conf
	sql "CREATE DATABASE ${N}_else"
	sql "GRANT CONNECT ON DATABASE ${N}_else TO $READER"
	tb 64 tb-setup-db --drop --file database.conf </dev/null
	assert_err --partial '--yes'
	tb 0 tb-setup-db --drop -n --file database.conf
	assert_line "DROP DATABASE \"$DB\" WITH (FORCE);"
	assert_sql "SELECT count(*) FROM pg_database WHERE datname = '$DB'" 1

	# A session that is open there is ended.
	psql -X -q -d "$DB" -c 'SELECT pg_sleep(60)' 3>&- &
	tb 0 tb-setup-db --drop --yes --file database.conf
	wait $! || :
	assert_line --partial "drop database \"$DB\""
	assert_line --partial "drop role \"$OWNER\""
	assert_err --partial "role \"$READER\" stays: it owns or holds something in database \"${N}_else\""
	assert_sql "SELECT rolname FROM pg_roles WHERE rolname LIKE '${N}\_%'" \
	    "$READER"
	tb 0 tb-setup-db --drop --yes --file database.conf
	assert_output 'nothing to change'
}

@test "--drop: superusers and the connected role stay" {
	sql "CREATE ROLE ${N}_super SUPERUSER LOGIN"
	declare_all "role \"${N}_super\" { }" 'role "postgres" { }'
	tb 0 tb-setup-db --file database.conf
	tb 0 tb-setup-db --drop --yes --file database.conf
	assert_err --partial "role \"${N}_super\" stays: it is a superuser"
	assert_err --partial 'role "postgres" stays'
}

@test "TradeBot's own declaration" {
	export POSTGRES_DB=$DB POSTGRES_USER=$OWNER POSTGRES_PASSWORD=hush-hush
	sed "s/tradebot_/${N}_/g" "$TB_ROOT/etc/database.conf" >database.conf
	tb 0 tb-setup-db --file database.conf
	assert_line --partial "proved: \"$OWNER\" logs in"
	tb 0 tb-setup-db --check --file database.conf
	as "$OWNER" 'CREATE TABLE public.trades (id int)'
	run as "${N}_monitor" "SELECT count(*) FROM public.trades;
	    SELECT pg_has_role(current_user, 'pg_monitor', 'USAGE')"
	assert_output $'0\nt'
}
