# tb-verify --sql for what no schema holds: the database itself, its settings
# and privileges, large objects, parameters, labels.  What acts on more than a
# database cannot be tried in a copy: here it is really done.

load helper.bash

setup() {
	PGDATABASE=postgres
	export PGDATABASE
	export PGOPTIONS='-c client_min_messages=error'
	cd "$BATS_TEST_TMPDIR" || return 1
	sql "DROP ROLE IF EXISTS rules_a; DROP ROLE IF EXISTS \"rules o'%s\";
	    CREATE ROLE rules_a; CREATE ROLE \"rules o'%s\""
	createdb -T template0 rules_left
	createdb -T template0 rules_right
}

teardown() {
	unset PGOPTIONS
	sql 'ALTER DATABASE rules_left IS_TEMPLATE false'
	sql 'ALTER DATABASE rules_right IS_TEMPLATE false'
	dropdb --force rules_left
	dropdb --force rules_right
	sql "DROP OWNED BY rules_a, \"rules o'%s\";
	    DROP ROLE rules_a; DROP ROLE \"rules o'%s\""
}

version() {
	sql 'SHOW server_version_num'
}

# at left|right STATEMENT
at() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "rules_$1" -c "$2"
}

# both_ways WORDS DIFFERENCE...: these and no other differences are found, and
# the SQL really makes one like the other; WORDS are what a run with --prove
# says it has not tried.
both_ways() {
	local untried=$1
	shift
	tb 1 tb-verify --format json dbname=rules_left dbname=rules_right
	assert_equal "$(psql -X -q -A -t -v "j=$output" <<-'SQL' | LC_ALL=C sort
		SELECT concat(d ->> 'class', ' ', d ->> 'identity', ': ',
		           coalesce(d ->> 'attribute', d ->> 'kind'))
		  FROM jsonb_array_elements((:'j'::jsonb) -> 'differences') AS d
	SQL
	)" "$(printf '%s\n' "$@" | LC_ALL=C sort)"
	# A copy of what is on the left, for the way back.
	tb 0 tb-verify --snapshot dbname=rules_left
	printf '%s\n' "$output" >left.snapshot
	tb 1 tb-verify --sql --prove --allow all dbname=rules_left \
	    dbname=rules_right
	refute_err --regexp 'warning|error'
	if [ -n "$untried" ]; then
		assert_err --partial "$untried"
	else
		assert_err ''
	fi
	printf '%s\n' "$output" >there.sql
	psql -X -q -v ON_ERROR_STOP=1 -o /dev/null -d rules_left -f there.sql
	tb 0 tb-verify dbname=rules_left dbname=rules_right
	tb 1 tb-verify --sql --prove --allow all dbname=rules_left left.snapshot
	refute_err --regexp 'warning|error'
	printf '%s\n' "$output" >back.sql
	psql -X -q -v ON_ERROR_STOP=1 -o /dev/null -d rules_left -f back.sql
	tb 0 tb-verify dbname=rules_left left.snapshot
}

@test "rules: the database itself" {
	sql "ALTER DATABASE rules_left CONNECTION LIMIT 7;
	    COMMENT ON DATABASE rules_left IS 'it''s \$do\$ old';
	    ALTER DATABASE rules_right OWNER TO \"rules o'%s\";
	    ALTER DATABASE rules_right IS_TEMPLATE true"
	both_ways 'was not tried: database' \
	    'database database: comment' \
	    'database database: connection_limit' \
	    'database database: is_template' \
	    'database database: owner'
}

@test "rules: what a new database has is not made" {
	dropdb rules_right
	createdb -T template0 -E SQL_ASCII --lc-collate=C --lc-ctype=C \
	    rules_right
	tb 1 tb-verify --sql dbname=rules_left dbname=rules_right
	assert_output ''
	assert_err --partial 'no statement is known that changes "encoding" of database database'
}

@test "rules: settings of the database" {
	sql "ALTER DATABASE rules_left SET work_mem = '7MB';
	    ALTER DATABASE rules_left SET search_path = \"\$user\", \"a b\", x;
	    ALTER DATABASE rules_right SET search_path = y;
	    ALTER DATABASE rules_right SET my.word = 'it''s \\ 100%s';
	    ALTER ROLE \"rules o'%s\" IN DATABASE rules_left
	        SET DateStyle = 'ISO, DMY';
	    ALTER ROLE \"rules o'%s\" IN DATABASE rules_left SET jit = off;
	    ALTER ROLE \"rules o'%s\" IN DATABASE rules_right SET jit = on;
	    ALTER ROLE rules_a IN DATABASE rules_right SET jit = on"
	both_ways 'was not tried: database-setting' \
	    "database-setting DateStyle FOR \"rules o'%s\": removed" \
	    "database-setting jit FOR \"rules o'%s\": definition" \
	    'database-setting jit FOR rules_a: added' \
	    'database-setting my.word: added' \
	    'database-setting search_path: definition' \
	    'database-setting work_mem: removed'
}

@test "rules: privileges on the database" {
	sql "GRANT CREATE ON DATABASE rules_left TO rules_a;
	    REVOKE TEMPORARY ON DATABASE rules_left FROM PUBLIC;
	    GRANT CREATE, CONNECT ON DATABASE rules_right TO rules_a
	        WITH GRANT OPTION;
	    GRANT ALL ON DATABASE rules_right TO \"rules o'%s\";
	    REVOKE CREATE ON DATABASE rules_right FROM CURRENT_USER"
	both_ways 'was not tried: database-privilege' \
	    'database-privilege TO CURRENT_USER: added' \
	    'database-privilege TO PUBLIC: removed' \
	    "database-privilege TO \"rules o'%s\": added" \
	    'database-privilege TO rules_a: grantable' \
	    'database-privilege TO rules_a: privileges'
}

@test "rules: large objects" {
	local side
	for side in left right; do
		at "$side" 'SELECT lo_create(4711), lo_create(4712),
		    lo_create(4713), lo_create(4714)'
	done
	at left "COMMENT ON LARGE OBJECT 4711 IS 'gone';
	    GRANT SELECT ON LARGE OBJECT 4712 TO PUBLIC;
	    ALTER LARGE OBJECT 4713 OWNER TO rules_a;
	    GRANT SELECT ON LARGE OBJECT 4714 TO rules_a"
	at right "COMMENT ON LARGE OBJECT 4712 IS 'it''s';
	    ALTER LARGE OBJECT 4712 OWNER TO \"rules o'%s\";
	    GRANT SELECT, UPDATE ON LARGE OBJECT 4712 TO rules_a
	        WITH GRANT OPTION;
	    GRANT UPDATE ON LARGE OBJECT 4713 TO rules_a;
	    REVOKE ALL ON LARGE OBJECT 4713 FROM CURRENT_USER;
	    COMMENT ON LARGE OBJECT 4714 IS 'both'"
	both_ways 'was not tried: large-object' \
	    'large-object 4711: removed' \
	    'large-object 4712: comment' \
	    'large-object 4712: owner' \
	    'large-object 4712: privileges' \
	    'large-object 4713: owner' \
	    'large-object 4713: privileges' \
	    'large-object 4714: comment' \
	    'large-object 4714: privileges'
	# None is made and none dropped.
	assert_equal "$(at left 'SELECT count(*) FROM pg_largeobject_metadata')" 4
	at left 'SELECT lo_unlink(4714)'
	tb 1 tb-verify --sql dbname=rules_left dbname=rules_right
	printf '%s\n' "$output" >plan.sql
	run psql -X -q -v ON_ERROR_STOP=1 -d rules_left -f plan.sql
	assert_failure
	assert_output --partial 'large object 4714 does not exist'
}

# Parameters are the server's: what was is in a snapshot.
@test "rules: privileges on parameters" {
	[ "$(version)" -ge 150000 ] || skip 'since PostgreSQL 15'
	sql "GRANT SET ON PARAMETER work_mem TO rules_a;
	    GRANT SET, ALTER SYSTEM ON PARAMETER my.word TO PUBLIC"
	tb 0 tb-verify --snapshot dbname=rules_left
	printf '%s\n' "$output" >left.snapshot
	sql "REVOKE ALL ON PARAMETER my.word FROM PUBLIC;
	    GRANT ALTER SYSTEM ON PARAMETER work_mem TO rules_a
	        WITH GRANT OPTION;
	    GRANT SET ON PARAMETER work_mem TO \"rules o'%s\""
	tb 0 tb-verify --snapshot dbname=rules_left
	printf '%s\n' "$output" >right.snapshot
	tb 1 tb-verify --format json left.snapshot right.snapshot
	assert_json '$.differences.size()' 4
	for to in left right; do
		tb 1 tb-verify --sql --prove dbname=rules_left $to.snapshot
		printf '%s\n' "$output" >plan.sql
		psql -X -q -v ON_ERROR_STOP=1 -d rules_left -f plan.sql
		tb 0 tb-verify dbname=rules_left $to.snapshot
	done
	sql "REVOKE ALL ON PARAMETER my.word FROM PUBLIC;
	    REVOKE ALL ON PARAMETER work_mem FROM rules_a, \"rules o'%s\""
}

@test "rules: names of NOT NULL" {
	[ "$(version)" -ge 180000 ] || skip 'since PostgreSQL 18'
	at left 'CREATE TABLE public.t (a integer CONSTRAINT "A b" NOT NULL,
	        b integer NOT NULL, c integer CONSTRAINT old NOT NULL,
	        d integer);
	    CREATE DOMAIN public.d AS integer CONSTRAINT dn NOT NULL;
	    CREATE DOMAIN public.e AS integer NOT NULL'
	at right "CREATE TABLE public.t (a integer NOT NULL,
	        b integer CONSTRAINT \"it's\" NOT NULL,
	        c integer CONSTRAINT new NOT NULL,
	        d integer CONSTRAINT dd NOT NULL);
	    CREATE DOMAIN public.d AS integer NOT NULL;
	    CREATE DOMAIN public.e AS integer CONSTRAINT en NOT NULL"
	both_ways '' \
	    'column public.t.d: not_null' \
	    'not-null-name DOMAIN public.d: removed' \
	    'not-null-name DOMAIN public.e: added' \
	    'not-null-name public.t.a: removed' \
	    'not-null-name public.t.b: added' \
	    'not-null-name public.t.c: definition' \
	    'not-null-name public.t.d: added'
}

# A provider of labels that takes every one of them.
provider() {
	cat >provider.c <<-'C'
		#include "postgres.h"
		#include "commands/seclabel.h"
		#include "fmgr.h"

		PG_MODULE_MAGIC;
		void _PG_init(void);

		static void
		accept_any(const ObjectAddress *object, const char *label)
		{
		}

		void
		_PG_init(void)
		{
			register_label_provider("takes_any", accept_any);
		}
	C
	cc -shared -fPIC -I"$1" -o provider.so provider.c
}

@test "rules: security labels" {
	local headers folder
	headers=$(pg_config --includedir-server) || skip 'no pg_config'
	[ -f "$headers/postgres.h" ] || skip 'no headers of the server'
	[ "$(pg_config --version | grep -oE '[0-9]+' | head -1)" -eq \
	    $(($(version) / 10000)) ] || skip 'headers of another version'
	# Where the server may read it, whoever runs it.
	folder=$(mktemp -d)
	chmod 755 "$folder"
	(cd "$folder" && provider "$headers") || skip 'no compiler'
	export PGOPTIONS="$PGOPTIONS -c session_preload_libraries=$folder/provider.so"
	local side
	for side in left right; do
		at "$side" "CREATE TABLE public.t (a integer, b integer);
		    CREATE VIEW public.v AS SELECT 1 AS one;
		    CREATE TYPE public.e AS ENUM ('a');
		    CREATE FUNCTION public.f(integer, text) RETURNS integer
		        LANGUAGE sql AS 'SELECT 1';
		    CREATE SEQUENCE public.s"
	done
	at left "SECURITY LABEL FOR takes_any ON TABLE public.t IS 'old';
	    SECURITY LABEL FOR takes_any ON COLUMN public.t.a IS 'gone';
	    SECURITY LABEL FOR takes_any ON VIEW public.v IS 'gone'"
	at right "SECURITY LABEL FOR takes_any ON TABLE public.t IS 'it''s new';
	    SECURITY LABEL FOR takes_any ON COLUMN public.t.b IS 'new';
	    SECURITY LABEL FOR takes_any ON TYPE public.e IS 'new';
	    SECURITY LABEL FOR takes_any ON FUNCTION public.f(integer, text) IS 'new';
	    SECURITY LABEL FOR takes_any ON SEQUENCE public.s IS 'new';
	    SECURITY LABEL FOR takes_any ON SCHEMA public IS 'new'"
	both_ways '' \
	    'security-label takes_any column public.t.a: removed' \
	    'security-label takes_any column public.t.b: added' \
	    'security-label takes_any enum public.e: added' \
	    'security-label takes_any function public.f(integer, text): added' \
	    'security-label takes_any schema public: added' \
	    'security-label takes_any sequence public.s: added' \
	    'security-label takes_any table public.t: definition' \
	    'security-label takes_any view public.v: removed'
	rm -r "$folder"
}

# Passwords are told by nobody: that there is one is.
@test "rules: secret options" {
	local side
	for side in left right; do
		at "$side" "CREATE FOREIGN DATA WRAPPER w;
		    CREATE SERVER s FOREIGN DATA WRAPPER w"
	done
	at left "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'u');
	    CREATE SERVER gone FOREIGN DATA WRAPPER w
	        OPTIONS (api_key 'geheim');
	    CREATE USER MAPPING FOR rules_a SERVER s
	        OPTIONS (password 'geheim')"
	at right "CREATE USER MAPPING FOR PUBLIC SERVER s
	        OPTIONS (user 'u', password 'geheim');
	    CREATE USER MAPPING FOR CURRENT_USER SERVER s
	        OPTIONS (user 'v', password 'geheim', password_required 'false');
	    CREATE USER MAPPING FOR rules_a SERVER s
	        OPTIONS (password 'anders')"
	tb 1 tb-verify --format json dbname=rules_left dbname=rules_right
	refute_output --partial geheim
	assert_json '$.differences.size()' 3
	tb 0 tb-verify --snapshot dbname=rules_left
	refute_output --partial geheim
	tb 1 tb-verify --sql --prove --allow all dbname=rules_left \
	    dbname=rules_right
	refute_output --partial geheim
	assert_line "ALTER USER MAPPING FOR postgres SERVER s OPTIONS (ADD password :'s_postgres_password');"
	assert_line "ALTER USER MAPPING FOR PUBLIC SERVER s OPTIONS (ADD password :'s_PUBLIC_password');"
	printf '%s\n' "$output" >plan.sql
	# Without a value it fails and nothing is done.
	run psql -X -q -v ON_ERROR_STOP=1 -d rules_left -f plan.sql
	assert_failure
	assert_output --partial 'syntax error at or near ":"'
	psql -X -q -v ON_ERROR_STOP=1 -v s_postgres_password=a \
	    -v s_PUBLIC_password=b -d rules_left -f plan.sql
	tb 0 tb-verify dbname=rules_left dbname=rules_right
	assert_equal "$(at left "SELECT umoptions FROM pg_user_mappings
	    WHERE umuser = 0")" '{user=u,password=b}'
}
