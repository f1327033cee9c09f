# tb-verify: rules about what does not count, and roles with other names.

load helper.bash

two_sides() {
	sql 'CREATE TABLE public.tmp_1 (id integer);
	    CREATE INDEX tmp_i ON public.tmp_1 (id);
	    CREATE TABLE public.t (id integer DEFAULT 1, note varchar(10));
	    ALTER TABLE public.t ALTER id SET STATISTICS 50'
	echo 'CREATE TABLE public.t (id integer DEFAULT 1, note text)' >t.sql
}

@test "ignore: an object goes with all its parts" {
	two_sides
	tb 1 tb-verify live t.sql
	assert_line --partial '3 differences'
	echo '# what tests leave behind

	table	public.tmp_*  ' >rules
	tb 1 tb-verify --ignore rules live t.sql
	assert_line --partial '2 differences'
	refute_output --partial tmp_
	assert_line 'ignored by rules: 3 in live, 0 in t.sql'
	assert_err ''
	tb 1 tb-verify --ignore rules --format json live t.sql
	assert_json '$.left.ignored' 3
}

@test "ignore: attributes, of one object or of a class" {
	two_sides
	printf '%s\n' 'table *.tmp_*' 'column public.t.note: type' \
	    'column *: storage, statistics' >rules
	tb 0 tb-verify --ignore rules live t.sql
	assert_line --partial 'no differences'
	assert_err ''
	printf '%s\n' 'table *.tmp_*' 'column public.t.id: type' \
	    'column *: statistics' >rules
	tb 1 tb-verify --ignore rules live t.sql
	assert_line '  column note: type: live has character varying(10), t.sql has text'
	assert_line --partial '1 difference:'
}

@test "ignore: a whole class, any class, several files" {
	two_sides
	sql 'CREATE VIEW public.v AS SELECT 1 AS x'
	echo 'view *' >one
	echo '* public.t*' >two
	tb 0 tb-verify --ignore one --ignore two live t.sql
	assert_err ''
}

@test "ignore: the file of tb.conf, unless another is given" {
	two_sides
	mkdir etc
	echo 'table public.t*' >etc/verify.ignore
	echo 'verify { ignore = "verify.ignore" }' >etc/tb.conf
	tb 0 tb-verify live t.sql
	: >none
	tb 1 tb-verify --ignore none live t.sql
	rm etc/verify.ignore
	tb 66 tb-verify live t.sql
	assert_err --partial 'etc/verify.ignore'
}

@test "ignore: a rule that fits nothing is reported" {
	two_sides
	printf '%s\n' 'table public.t*' '' 'table public.gone' \
	    'column public.t.id: no_such' 'preset migrations' >rules
	tb 0 tb-verify --ignore rules live t.sql
	assert_err --partial 'rules:3: nothing fits "table public.gone"'
	assert_err --partial 'rules:4: nothing fits "column public.t.id"'
	assert_err --partial 'rules:5: nothing fits preset "migrations"'
	refute_err --partial 'rules:1'
	# Of a part that is compared it says nothing.
	tb 0 tb-verify --ignore rules --class table live t.sql
	assert_err ''
}

@test "ignore: what cannot be understood is told with file and line" {
	printf '\n\nnonsense *\n' >rules
	tb 78 tb-verify --ignore rules live live
	assert_err --partial 'rules:3: there is no class "nonsense"'
	assert_err --partial 'tb-verify --coverage'
	echo 'table' >rules
	tb 78 tb-verify --ignore rules live live
	assert_err --partial 'rules:1: a pattern is missing behind "table"'
	echo 'preset nothing' >rules
	tb 78 tb-verify --ignore rules live live
	assert_err --partial 'rules:1: there is no preset "nothing"'
	assert_err --partial 'pg_partman'
	echo 'role a' >rules
	tb 78 tb-verify --ignore rules live live
	assert_err --partial 'rules:1: LEFT=RIGHT is wanted'
	tb 66 tb-verify --ignore nowhere live live
}

@test "ignore: presets for partitions and for other tools' tables" {
	sql "CREATE TABLE public.t (at date NOT NULL) PARTITION BY RANGE (at);
	    CREATE TABLE public.t_a PARTITION OF public.t
	        FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
	        PARTITION BY RANGE (at);
	    CREATE TABLE public.t_a_1 PARTITION OF public.t_a DEFAULT;
	    CREATE TABLE public.flyway_schema_history (id integer PRIMARY KEY);
	    CREATE SCHEMA pgboss; CREATE TABLE pgboss.job (id integer)"
	echo 'CREATE TABLE public.t (at date NOT NULL) PARTITION BY RANGE (at)' >t.sql
	tb 1 tb-verify live t.sql
	printf 'preset %s\n' partitions migrations queues >rules
	tb 0 tb-verify --ignore rules live t.sql
	assert_err ''
	# Only those of one table, with theirs.
	printf '%s\n' 'partition-of public.t' 'preset migrations' \
	    'preset queues' >rules
	tb 0 tb-verify --ignore rules live t.sql
	printf '%s\n' 'partition-of public.x' 'preset migrations' \
	    'preset queues' >rules
	tb 1 tb-verify --ignore rules live t.sql
	assert_line --partial 'table public.t_a: only in live'
}

# Every class that a preset names is one.
@test "ignore: all presets can be read" {
	echo 'preset none' >rules
	tb 78 tb-verify --ignore rules live live
	for name in $(sed -n 's/.*There are: \(.*\)\./\1/p' <<<"$stderr" | tr -d ,); do
		echo "preset $name" >rules
		tb 0 tb-verify --ignore rules live live
	done
}

# roles NAME...: they go with the test.
roles() {
	for role in "$@"; do
		psql -X -q -c "CREATE ROLE $role LOGIN PASSWORD 'x'"
		ROLES="${ROLES-} $role"
	done
}

teardown() {
	dropdb --if-exists --force "${PGDATABASE}_b"
	dropdb --if-exists --force "$PGDATABASE"
	for role in ${ROLES-}; do
		PGDATABASE=postgres psql -X -q -c "DROP ROLE IF EXISTS $role"
	done
}

revision() {
	mkdir -p revisions
	printf -- '--: revision %s\n--: message x\n\n--: upgrade\n%s\n' "$1" \
	    "$2" >"revisions/$1_x.sql"
}

@test "owners: whoever migrated is the owner of everything" {
	local app=own_$BATS_SUITE_TEST_NUMBER
	roles "$app" "${app}_x"
	revision a1 'CREATE TABLE public.one (id integer);
	CREATE TABLE public.two (id integer);'
	sql "GRANT CREATE ON SCHEMA public TO $app; SET ROLE $app;
	    CREATE TABLE public.one (id integer);
	    CREATE TABLE public.two (id integer);
	    CREATE TABLE public.alembic_version (version_num varchar(32));
	    INSERT INTO public.alembic_version VALUES ('a1'); RESET ROLE;
	    REVOKE CREATE ON SCHEMA public FROM $app"
	# It is postgres who replays, and to whom the database belongs.
	tb 0 tb-verify --revisions revisions
	sql "ALTER TABLE public.two OWNER TO postgres"
	tb 1 tb-verify --revisions revisions
	assert_line --partial 'owner'
	assert_line --partial 'OWNER TO postgres'
	sql "ALTER TABLE public.two OWNER TO ${app}_x"
	tb 1 tb-verify --revisions revisions
	assert_line --partial "OWNER TO ${app}_x"
	sql "ALTER TABLE public.two OWNER TO $app;
	    GRANT SELECT ON public.one TO ${app}_x"
	tb 1 tb-verify --revisions revisions
	assert_line --partial "SELECT ON TABLE public.one TO ${app}_x"
}

@test "owners: the role of tb.conf, and where the SQL names it" {
	local app=own_$BATS_SUITE_TEST_NUMBER
	roles "$app"
	echo "migrate { role = \"$app\" }" >tb.conf
	sql "CREATE TABLE public.t (id integer); ALTER TABLE public.t OWNER TO $app"
	echo 'CREATE TABLE public.t (id integer)' >t.sql
	tb 0 tb-verify live t.sql
	echo "CREATE TABLE public.t (id integer);
	    ALTER TABLE public.t OWNER TO $app" >t.sql
	tb 0 tb-verify live t.sql
	rm tb.conf
	echo 'CREATE TABLE public.t (id integer)' >t.sql
	tb 1 tb-verify live t.sql
	assert_line --partial "OWNER TO $app"
}

@test "roles: one has another name on the other side" {
	local a=map_a_$BATS_SUITE_TEST_NUMBER b=map_b_$BATS_SUITE_TEST_NUMBER
	roles "$a" "$b"
	for pair in "$PGDATABASE $a" "${PGDATABASE}_b $b"; do
		read -r -a both <<<"$pair"
		set -- "${both[@]}"
		[ "$1" = "$PGDATABASE" ] || createdb "$1"
		psql -X -q -d "$1" -c "CREATE TABLE public.t (id integer);
		    CREATE TABLE public.u (id integer);
		    ALTER TABLE public.u OWNER TO $2;
		    GRANT SELECT, UPDATE (id) ON public.t TO $2;
		    ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
		    CREATE POLICY p ON public.t TO $2 USING (true);
		    ALTER DEFAULT PRIVILEGES FOR ROLE $2
		        GRANT SELECT ON TABLES TO PUBLIC"
	done
	tb 1 tb-verify live "dbname=${PGDATABASE}_b"
	tb 0 tb-verify --map-role "$a=$b" live "dbname=${PGDATABASE}_b"
	assert_line --partial 'no differences'
	echo "role $a = $b" >rules
	tb 0 tb-verify --ignore rules live "dbname=${PGDATABASE}_b"
	tb 0 tb-verify --dependents --map-role "$b=$a" "dbname=${PGDATABASE}_b" live
	# Another grant is still found.
	sql "GRANT DELETE ON public.t TO $a"
	tb 1 tb-verify --map-role "$a=$b" live "dbname=${PGDATABASE}_b"
	assert_line --partial '1 difference'
	tb 64 tb-verify --map-role nothing live live
	assert_err --partial '--map-role LEFT=RIGHT'
	psql -X -q -d "${PGDATABASE}_b" -c "DROP OWNED BY $b"
	sql "DROP OWNED BY $a"
}

@test "roles: two that become one with privileges of both are refused" {
	local a=map_a_$BATS_SUITE_TEST_NUMBER b=map_b_$BATS_SUITE_TEST_NUMBER
	roles "$a" "$b"
	sql "CREATE TABLE public.t (id integer);
	    GRANT SELECT ON public.t TO $a; GRANT DELETE ON public.t TO $b"
	tb 64 tb-verify --map-role "$a=$b" live live
	assert_err --partial 'map only one'
	sql "DROP OWNED BY $a, $b"
}
