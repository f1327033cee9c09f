# tb-setup-db: roles, odd names, and connecting as somebody who is not all
# powerful.

load setup_db.bash

@test "names with quotes, blanks, capitals, signs and umlauts" {
	DB="${N}_My \"db\"; x='y' Ü" OWNER="${N}_O'Brien \"Ü\"" READER="${N}_Re,ad{er}\\"
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" --read "$READER"
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" --read "$READER"
	assert_line 'nothing to change'
	# The name has a = in it: psql wants it inside a conninfo string.
	run psql -X -A -t -d "dbname='${DB//\'/\\\'}'" \
	    -c 'SELECT current_database()'
	assert_output "$DB"

	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" --drop --yes
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" -n
	printf '%s\n' "$output" >plan.sql
	run psql -X -q -f plan.sql
	assert_success
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" --check
}

@test "names that the server would cut, or that would break a line" {
	tb 64 tb-setup-db --owner o --database "$(printf 'x%.0s' {1..64})"
	assert_err --partial 'longer than 63 bytes'
	tb 64 tb-setup-db --owner o --database $'a\nb'
	tb 64 tb-setup-db --owner '' --database a
}

@test "attributes of a role: what differs is changed, nothing else is sent" {
	declare_all "role \"${N}_r\" {
	    login = true
	    createdb = true
	    inherit = false
	    connection-limit = 3
	    valid-until = \"2040-01-01 00:00:00+00\" }"
	tb 0 tb-setup-db --file database.conf
	assert_sql "SELECT rolcanlogin, rolcreatedb, rolinherit, rolconnlimit,
	    rolvaliduntil = '2040-01-01 00:00:00+00'
	    FROM pg_roles WHERE rolname = '${N}_r'" 't|t|f|3|t'
	sql "ALTER ROLE ${N}_r NOCREATEDB CONNECTION LIMIT -1"
	log_mark
	tb 0 tb-setup-db --no-test --file database.conf
	assert_line "change role \"${N}_r\" (declared as CREATEDB CONNECTION LIMIT 3)"
	run changes_since
	assert_equal "${#lines[@]}" 1
	assert_output --partial "ALTER ROLE \"${N}_r\" CREATEDB CONNECTION LIMIT 3"
}

@test "what is not declared of a role is left alone" {
	sql "CREATE ROLE $OWNER LOGIN CREATEDB CONNECTION LIMIT 9;
	    COMMENT ON ROLE $OWNER IS 'mine';
	    ALTER ROLE $OWNER SET work_mem = '8MB'"
	declare_all
	tb 0 tb-setup-db --file database.conf
	assert_sql "SELECT rolcreatedb, rolconnlimit,
	    shobj_description(oid, 'pg_authid'), rolconfig
	    FROM pg_roles WHERE rolname = '$OWNER'" 't|9|mine|{work_mem=8MB}'
}

@test "memberships, with options where the server knows them" {
	declare_all "role \"${N}_r\" {
	    member-of = { \"$READER\" }
	    membership \"$OWNER\" { admin = true } }"
	tb 0 tb-setup-db --file database.conf
	tb 0 tb-setup-db --check --file database.conf
	assert_sql "SELECT pg_has_role('${N}_r', '$READER', 'USAGE'),
	    pg_has_role('${N}_r', '$OWNER', 'USAGE WITH ADMIN OPTION')" 't|t'
	sed -i 's/admin = true/admin = false/' database.conf
	tb 0 tb-setup-db --file database.conf
	assert_sql "SELECT pg_has_role('${N}_r', '$OWNER', 'USAGE'),
	    pg_has_role('${N}_r', '$OWNER', 'USAGE WITH ADMIN OPTION')" 't|f'

	sed -i 's/admin = false/inherit = false set = false/' database.conf
	if [ "$(sql 'SHOW server_version_num')" -lt 160000 ]; then
		tb 78 tb-setup-db --file database.conf
		assert_err --partial '"inherit" needs PostgreSQL 16'
	else
		tb 0 tb-setup-db --file database.conf
		tb 0 tb-setup-db --check --file database.conf
		assert_sql "SELECT pg_has_role('${N}_r', '$OWNER', 'USAGE')" f
	fi
}

@test "settings of a role, lists of names among them" {
	declare_all "role \"${N}_r\" {
	    settings = { \"search_path=App, \\\"Two words\\\"\",
	        \"app.stage=it's\", \"TimeZone=UTC\" } }"
	tb 0 tb-setup-db --file database.conf
	tb 0 tb-setup-db --check --file database.conf
	assert_sql "SELECT array_to_string(rolconfig, '|') FROM pg_roles
	    WHERE rolname = '${N}_r'" \
	    'search_path=app, "Two words"|app.stage=it'\''s|TimeZone=UTC'
}

@test "a declaration that contradicts itself: 65, and nothing is left" {
	declare_all "role \"${N}_r\" { settings = { \"a.b=1\", \"a.b=2\" } }"
	tb 65 tb-setup-db --file database.conf
	assert_err --partial 'it had no effect'
	assert_err --partial 'detail: Nothing was changed.'
	assert_sql "SELECT count(*) FROM pg_roles WHERE rolname LIKE '${N}\_%'" 0
}

@test "a failure inside the database leaves nothing half done there" {
	declare_all
	tb 0 tb-setup-db --file database.conf
	in_db 'CREATE TABLE public.t ()'
	IN_DATABASE='settings = { "no_such_setting=1" }' declare_all
	tb 65 tb-setup-db --file database.conf
	assert_err --partial 'no_such_setting'
	run in_db "SELECT has_table_privilege('$READER', 'public.t', 'SELECT')"
	assert_output f
}

@test "an administrator who is no superuser" {
	become 'CREATEROLE CREATEDB'
	IN_DATABASE='public-create = true' declare_all
	tb 0 tb-setup-db --file database.conf
	refute_err --partial warning
	assert_line --partial "grant role \"$OWNER\" to \"${N}_admin\""
	log_mark
	tb 0 tb-setup-db --file database.conf
	assert_line 'nothing to change'
	assert_equal "$(changes_since)" ''
	export PGUSER=postgres
	as "$OWNER" 'CREATE TABLE public.t ()'
	run as "$READER" 'SELECT count(*) FROM public.t'
	assert_output 0
}

# pg_database_owner came with 14, the closed schema public with 15.
@test "everybody may not create in schema public" {
	declare_all
	tb 0 tb-setup-db --file database.conf
	in_db 'GRANT CREATE ON SCHEMA public TO PUBLIC'
	tb 1 tb-setup-db --check --file database.conf
	assert_output 'revoke CREATE on schema "public" from PUBLIC (everybody has it)'
	tb 0 tb-setup-db --file database.conf
	run as "$READER" 'CREATE TABLE public.t ()'
	assert_output --partial 'permission denied for schema public'
	as "$OWNER" 'CREATE TABLE public.t ()'

	# It is not ours: told as a warning, and the rest is done.
	sql "CREATE ROLE ${N}_other; ALTER ROLE $OWNER PASSWORD 'owner-secret'"
	in_db "ALTER SCHEMA public OWNER TO ${N}_other;
	    GRANT CREATE ON SCHEMA public TO PUBLIC;
	    REVOKE SELECT ON public.t FROM $READER"
	export PGUSER=$OWNER PGPASSWORD=owner-secret
	tb 0 tb-setup-db -d "$DB" --file database.conf
	assert_err --partial "only \"${N}_other\" may revoke it"
	assert_line --partial 'grant SELECT on table public.t'
}

@test "an owner does what is inside its database" {
	declare_all
	tb 0 tb-setup-db --file database.conf
	sql "ALTER ROLE $OWNER PASSWORD 'owner-secret'"
	as "$OWNER" 'CREATE TABLE public.t (); REVOKE ALL ON public.t FROM PUBLIC'
	as "$OWNER" "REVOKE ALL ON public.t FROM $READER"
	export PGUSER=$OWNER PGPASSWORD=owner-secret
	tb 0 tb-setup-db -d "$DB" --file database.conf
	assert_line --partial "grant SELECT on table public.t to \"$READER\""
	tb 0 tb-setup-db -d "$DB" --check --file database.conf
}

@test "who may not create roles: 77, and what helps" {
	become ''
	declare_all
	tb 77 tb-setup-db --file database.conf
	assert_output ''
	assert_err --partial "could not create role \"$OWNER\": permission denied"
	assert_err --partial 'Nothing was changed.'
	assert_err --partial "ALTER ROLE \"${N}_admin\" CREATEROLE CREATEDB."
}

@test "who may not create databases: 77, what is done is told and stays" {
	become 'CREATEROLE'
	declare_all
	tb 77 tb-setup-db --file database.conf
	assert_line --partial "create role \"$OWNER\""
	refute_line --partial 'create database'
	assert_err --partial "could not create database \"$DB\""
	assert_err --partial 'is done and stays'
	export PGUSER=postgres
	tb 0 tb-setup-db --file database.conf
	refute_line --partial 'create role'
}

@test "a grant that the server answers with a warning only is a failure" {
	declare_all
	tb 0 tb-setup-db --file database.conf
	sql "CREATE ROLE ${N}_other; ALTER ROLE $OWNER PASSWORD 'owner-secret'"
	# The owner of the database may read it, but not pass that on.
	in_db "CREATE TABLE public.t (); ALTER TABLE public.t OWNER TO ${N}_other;
	    GRANT ALL ON public.t TO $OWNER"
	export PGUSER=$OWNER PGPASSWORD=owner-secret
	tb 77 tb-setup-db -d "$DB" --file database.conf
	assert_err --partial "could not grant SELECT on table public.t to \"$READER\": no privileges were granted"
	assert_err --partial "connect as \"${N}_other\""
}

@test "two at once: both succeed, everything is there once" {
	declare_all
	tb-setup-db --file database.conf >one 2>&1 3>&- &
	tb 0 tb-setup-db --file database.conf
	wait $!
	output+=$(cat one)
	run grep -c "create database" <<<"$output"
	assert_output 1
	tb 0 tb-setup-db --check --file database.conf
}

@test "two at once that do not see each other's lock" {
	declare_all
	sql "CREATE DATABASE ${N}_maintenance"
	for try in 1 2 3; do
		tb-setup-db -d "${N}_maintenance" --file database.conf \
		    >one 2>&1 3>&- &
		tb 0 tb-setup-db --file database.conf
		wait $! || { cat one; fail "attempt $try"; }
		tb 0 tb-setup-db --check --file database.conf
		tb 0 tb-setup-db --drop --yes --file database.conf
	done
}

@test "a look-alike earlier in search_path is not read" {
	declare_all
	tb 0 tb-setup-db --file database.conf
	in_db "CREATE SCHEMA evil;
	    CREATE VIEW evil.pg_namespace AS
	        SELECT * FROM pg_catalog.pg_namespace WHERE false;
	    CREATE FUNCTION evil.format(text, VARIADIC \"any\") RETURNS text
	        LANGUAGE internal AS 'text_format_nv';
	    ALTER DATABASE \"$DB\" SET search_path = evil, pg_catalog"
	tb 0 tb-setup-db --check --file database.conf
}

@test "in an init hook POSTGRES_USER is who there is" {
	sql "CREATE ROLE ${N}_boot SUPERUSER LOGIN PASSWORD 'boot-secret'"
	declare_all
	unset PGUSER
	POSTGRES_USER=${N}_boot PGPASSWORD=boot-secret \
	    tb 0 tb-setup-db --file database.conf
	export PGUSER=postgres
	assert_sql "SELECT count(*) FROM pg_database WHERE datname = '$DB'" 1
}
