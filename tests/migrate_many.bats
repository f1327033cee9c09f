# tb-migrate on many databases, and on many schemas of one.
# shellcheck disable=SC2154

load migrate_helper.bash

# databases N: DB_1 to DB_N beside the test's own, and a file of them.
databases() {
	local i
	for ((i = 1; i <= $1; i++)); do
		createdb "${PGDATABASE}_$i"
		echo "${PGDATABASE}_$i"
	done >targets
}

teardown() {
	local name
	for name in $(psql -X -At -d postgres -c "SELECT datname
	    FROM pg_database WHERE datname LIKE '$PGDATABASE\\_%'"); do
		dropdb --if-exists --force "$name"
	done
	dropdb --if-exists --force "$PGDATABASE"
}

# in_db N STATEMENT
in_db() {
	PGDATABASE=${PGDATABASE}_$1 sql "$2"
}

# The rows of all databases in one line.
all_rows() {
	local i
	for ((i = 1; i <= $1; i++)); do
		PGDATABASE=${PGDATABASE}_$i rows 2>/dev/null || echo -
	done | xargs
}

@test "20 databases, 4 at once: each with its lock and history" {
	databases 20
	table_rev a
	table_rev b a
	tb 0 tb-migrate upgrade --targets targets -j 4
	assert_line --regexp \
	    '^TARGET +RESULT +FROM +TO +REVISIONS +TIME$'
	assert_equal "$(grep -cE '_[0-9]+ +done +base +b +2 ' <<<"$output")" 20
	assert_equal "$(all_rows 20 | tr -d ' b')" ''
	assert_equal "$(in_db 7 'SELECT count(*) FROM tb.event')" 2
	# Lines of the log say whose they are.
	assert_err --partial "tb-migrate: ${PGDATABASE}_7: applied a make a"
	assert_equal "$(wc -l <<<"$stderr")" 40

	tb 0 tb-migrate upgrade --targets targets
	assert_equal "$(grep -cE 'nothing to do +b +0 ' <<<"$output")" 20
	assert_err ''
	tb 0 tb-migrate downgrade --targets targets a
	assert_equal "$(grep -cE ' done +b +a +1 ' <<<"$output")" 20
	tb 0 tb-migrate stamp --targets targets b
	assert_equal "$(all_rows 20 | tr -d ' b')" ''
}

@test "a failure: what runs is finished, the rest is not started" {
	databases 5
	table_rev a
	in_db 2 'CREATE TABLE public.t_a ()'
	tb 65 tb-migrate upgrade --targets targets -j 1
	assert_line --regexp '_1 +done +base +a +1 '
	assert_line --regexp '_2 +failed +base +0 .*already exists'
	assert_line --regexp '_3 +not started *$'
	assert_line --regexp '_5 +not started *$'
	assert_err --partial '1 of 5 targets failed, 3 were not started'
	assert_err --partial "tb-migrate: ${PGDATABASE}_2: error: "
	assert_equal "$(all_rows 5)" 'a - - - -'
}

@test "--keep-going: the others are done, the code is the worst one's" {
	databases 5
	table_rev a
	in_db 2 'CREATE TABLE public.t_a ()'
	sed -i "s/_4$/_no/" targets
	tb 69 tb-migrate upgrade --targets targets --keep-going
	assert_line --regexp '_1 +done +base +a +1 '
	assert_line --regexp '_2 +failed +base '
	assert_line --regexp '_no +failed .*could not connect to database'
	assert_err --partial '2 of 5 targets failed'
	refute_err --partial 'not started'
	assert_equal "$(all_rows 5)" 'a - a - a'
}

@test "a failure in the middle: the summary tells how far it came" {
	databases 2
	table_rev a
	table_rev b a
	table_rev c b
	in_db 1 'CREATE TABLE public.t_c ()'
	tb 65 tb-migrate upgrade --targets targets --keep-going \
	    --transaction revision
	assert_line --regexp '_1 +failed +base +b +2 '
	assert_line --regexp '_2 +done +base +c +3 '
}

@test "JSON: an array, with what the command says of each" {
	databases 3
	table_rev a
	in_db 2 'CREATE TABLE public.t_a ()'
	tb 65 tb-migrate upgrade --targets targets -j 1 --format json
	assert_json '$.size()' 3
	assert_json '$[0].outcome' 'done'
	assert_json '$[0].code' 0
	assert_json '$[0].from' '[]'
	assert_json '$[0].to[0]' a
	assert_json '$[0].result.steps[0].action' upgrade
	assert_json '$[1].target' "${PGDATABASE}_2"
	assert_json '$[1].outcome' failed
	assert_json '$[1].code' 65
	assert_json '$[1].error.sqlstate' 42P07
	assert_json '$[1].result' ''
	assert_json '$[2].outcome' 'not started'
	assert_json '$[2].code' ''
}

@test "--log json: each line is an object with its target" {
	databases 3
	table_rev a
	tb 0 tb-migrate upgrade --targets targets --log json
	output="[$(paste -sd, <<<"$stderr")]"
	assert_json '$[*] ? (!exists(@.target)).size()' ''
	assert_equal "$(grep -c '"event":"done"' <<<"$stderr")" 3
	assert_json "\$[*] ? (@.event == \"done\" &&
	    @.target == \"${PGDATABASE}_3\").revision" a
}

@test "status and current: a line for each, and all of them" {
	databases 3
	table_rev a
	table_rev b a
	tb 0 tb-migrate upgrade -d "${PGDATABASE}_2"
	tb 0 tb-migrate upgrade -d "${PGDATABASE}_3" a
	tb 1 tb-migrate status --targets targets
	assert_line --regexp '_1 +0 +2 +0 +0 +base'
	assert_line --regexp '_2 +2 +0 +0 +0 +b$'
	assert_line --regexp '_3 +1 +1 +0 +0 +a( |$)'
	tb 0 tb-migrate current --targets targets
	assert_line --regexp '_1 +base'
	assert_line --regexp '_2 +b \(head\)'
	tb 1 tb-migrate current --targets targets --check-heads
	# One that cannot be reached hides nothing of the others.
	printf '%s\n' no_such_database "$(<targets)" >list
	tb 69 tb-migrate status --targets list -j 1
	assert_line --regexp '_3 +1 +1 +0 +0 +a( |$)'
	assert_line --regexp '^no_such_database .*could not connect'
	tb 1 tb-migrate status --targets targets --format json
	assert_json '$[1].result.applied.size()' 2
	sed -n 2p targets >one
	tb 0 tb-migrate status --targets one
}

@test "--dry-run changes nothing" {
	databases 2
	table_rev a
	tb 0 tb-migrate upgrade --targets targets --dry-run
	assert_equal "$(grep -cE ' planned +base +a +1 ' <<<"$output")" 2
	assert_equal "$(all_rows 2)" '- -'
}

@test "targets: names, URIs, connection strings, comments, standard input" {
	databases 4
	table_rev a
	cat >list <<-E
		# all of them
		  first = dbname=${PGDATABASE}_1 user=$(sql 'SELECT user')

		postgresql:///${PGDATABASE}_2?application_name=x
		dbname = '${PGDATABASE}_3'
		my shop = ${PGDATABASE}_4
	E
	tb 0 tb-migrate upgrade --targets - <list
	assert_line --regexp '^first +done'
	assert_line --regexp "^${PGDATABASE}_2 +done"
	assert_line --regexp "^${PGDATABASE}_3 +done"
	assert_line --regexp '^my shop +done'
	assert_equal "$(all_rows 4)" 'a a a a'
	# Two databases of one name are called by their host.
	printf 'host=%s dbname=%s\n' "$PGHOST" "${PGDATABASE}_1" \
	    "$PGHOST/" "${PGDATABASE}_1" >list
	tb 0 tb-migrate current --targets list
	assert_line --regexp "^$PGHOST//${PGDATABASE}_1 +a"
}

@test "targets: what is wrong is told with file and line" {
	table_rev a
	printf '# x\n\nmysql://u:secret@h/db\n' >list
	tb 65 tb-migrate upgrade --targets list
	assert_err --partial 'list:3: '
	printf 'x\nhost=h passwort=secret dbname\n' >list
	tb 65 tb-migrate upgrade --targets list
	assert_err --partial 'list:2: '
	printf 'postgresql://u:se cret@@h/db\n' >list
	tb 65 tb-migrate upgrade --targets list
	assert_err --partial 'list:1: '
	refute_err --partial cret
	printf 'name =\n' >list
	tb 65 tb-migrate upgrade --targets list
	assert_err --partial 'list:1: there is no database behind the name'
	printf 'x\ny = z\nx\n' >list
	tb 65 tb-migrate upgrade --targets list
	assert_err --partial 'two targets are "/x"'
	echo '# nothing' >list
	tb 65 tb-migrate upgrade --targets list
	assert_err --partial 'list: there is no target in it'
	tb 66 tb-migrate upgrade --targets no.such.file
}

@test "no password in output, log or ps" {
	databases 2
	table_rev a '' <<<''
	rev b a <<-'E'
		--: upgrade
		SELECT pg_sleep(30);

		--: downgrade none
	E
	sql "CREATE ROLE ${PGDATABASE}_r LOGIN SUPERUSER PASSWORD 'hush4711'"
	cat >list <<-E
		postgresql://${PGDATABASE}_r:hush4711@/${PGDATABASE}_1
		user=${PGDATABASE}_r password=hush4711 dbname=${PGDATABASE}_2
		user=${PGDATABASE}_r password=hush4711x dbname=${PGDATABASE}_no
	E
	start tb-migrate --verbose upgrade --targets list --keep-going \
	    --format json --echo
	wait_for "SELECT count(*) = 2 FROM pg_stat_activity
	    WHERE query LIKE '%pg_sleep(30)%' AND usename = '${PGDATABASE}_r'"
	ps -eww -o args >processes
	kill -TERM "$job"
	finish 143
	run cat processes job.out job.err
	refute_output --partial hush4711
	sql "DROP ROLE ${PGDATABASE}_r"
}

@test "usage: what does not go together" {
	table_rev a
	echo x >list
	tb 64 tb-migrate upgrade --targets list --sql
	tb 64 tb-migrate upgrade --targets list -d x
	tb 64 tb-migrate upgrade --targets list -W
	tb 64 tb-migrate upgrade --targets list --tenants 'SELECT 1'
	tb 64 tb-migrate upgrade --tenants 'SELECT 1' --version-schema x
	tb 64 tb-migrate upgrade -j 3
	tb 64 tb-migrate upgrade --keep-going
	tb 64 tb-migrate upgrade --targets list --jobs 0
	tb 64 tb-migrate upgrade --targets list --backup x.dump
	assert_err --partial '%t'
	tb 64 tb-migrate upgrade --tenants 'SELECT 1' --backup %t.dump
	assert_equal "$(echo *.dump)" '*.dump'
}

@test "--backup: one for each" {
	needs_dump
	databases 2
	table_rev a
	in_db 2 'CREATE TABLE public.second ()'
	tb 0 tb-migrate upgrade --targets targets --backup before-%t.dump
	run -0 pg_restore -l "before-${PGDATABASE}_2.dump"
	assert_output --partial second
	run -0 pg_restore -l "before-${PGDATABASE}_1.dump"
	refute_output --partial second
}

@test "TERM: those that run end as alone, the rest is not started" {
	databases 4
	rev a <<-'E'
		--: upgrade
		CREATE TABLE public.t_a ();
		SELECT pg_sleep(30);

		--: downgrade none
	E
	start tb-migrate upgrade --targets targets -j 2
	wait_for "SELECT count(*) = 2 FROM pg_stat_activity
	    WHERE query LIKE '%pg_sleep(30)%'
	    AND datname LIKE '$PGDATABASE\\_%'"
	kill -TERM "$job"
	finish 143
	run cat job.out
	assert_line --regexp '_1 +interrupted +base '
	assert_line --regexp '_2 +interrupted +base '
	assert_line --regexp '_3 +not started'
	assert_line --regexp '_4 +not started'
	assert_equal "$(in_db 1 "SELECT to_regclass('public.t_a')")" ''
	assert_equal "$(in_db 2 "SELECT to_regclass('public.t_a')")" ''
	run cat job.err
	assert_line --partial 'interrupted by SIGTERM: 2 of 4 targets failed'
	# And nobody is left.
	assert_sql "SELECT count(*) FROM pg_stat_activity
	    WHERE datname LIKE '$PGDATABASE\\_%'" 0
}

@test "one that is killed is told" {
	databases 2
	rev a <<-'E'
		--: upgrade
		SELECT pg_sleep(30) WHERE current_database() LIKE '%\_1';

		--: downgrade none
	E
	start tb-migrate upgrade --targets targets --keep-going
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE query LIKE '%pg_sleep(30)%' AND wait_event = 'PgSleep'
	    AND datname LIKE '$PGDATABASE\\_%'"
	PGDATABASE=${PGDATABASE}_2 wait_for \
	    "SELECT to_regclass('public.alembic_version') IS NOT NULL"
	kill -KILL "$(pgrep -P "$job")"
	finish 137
	run cat job.out
	assert_line --regexp '_1 +interrupted .*ended by signal 9'
	assert_line --regexp '_2 +done '
}

tenants_table() {
	sql 'CREATE TABLE public.tenants (name text)'
	local name
	for name; do
		sql "DO \$\$ BEGIN
		    EXECUTE format('CREATE SCHEMA %I', '$name');
		    INSERT INTO public.tenants VALUES ('$name');
		    END \$\$"
	done
}

@test "tenants: schemas with their own version tables" {
	tenants_table one two 'Drei "Affen" \ 4'
	rev a <<-'E'
		--: upgrade
		CREATE TABLE orders (id integer);

		--: downgrade
		DROP TABLE orders;
	E
	rev b a <<-'E'
		--: upgrade
		ALTER TABLE orders ADD COLUMN total numeric;

		--: downgrade
		ALTER TABLE orders DROP COLUMN total;
	E
	tb 0 tb-migrate upgrade --tenants 'SELECT name FROM tenants' -j 4
	assert_line --regexp '^Drei "Affen" \\ 4 +done +base +b +2 '
	assert_sql "SELECT count(*) FROM pg_attribute
	    WHERE attname = 'total'" 3
	assert_equal "$(rows '"Drei ""Affen"" \ 4".alembic_version')" b
	assert_sql "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'" 1
	assert_sql "SELECT string_agg(DISTINCT version_table, ',' ORDER BY
	    version_table) FROM tb.revision" \
	    '"Drei ""Affen"" \ 4".alembic_version,one.alembic_version,two.alembic_version'
	assert_sql 'SELECT count(*) FROM tb.event' 6

	tb 0 tb-migrate downgrade a --tenants "SELECT 'two'"
	tb 1 tb-migrate status --tenants 'SELECT name FROM tenants'
	assert_line --regexp '^two +1 +1 +0 +0 +a$'
	assert_line --regexp '^one +2 +0 +0 +0 +b$'
}

@test "tenants: a schema that is not there, an answer that is none" {
	tenants_table one
	table_rev a
	tb 66 tb-migrate upgrade --keep-going -j 1 \
	    --tenants "SELECT 'gone' UNION ALL SELECT name FROM tenants"
	assert_line --regexp '^gone +failed +[0-9]+ ms +there is no schema "gone"'
	assert_line --regexp '^one +done'
	assert_sql "SELECT to_regnamespace('gone')" ''
	tb 65 tb-migrate upgrade --tenants 'SELECT 1, 2'
	tb 65 tb-migrate upgrade --tenants 'SELECT NULL'
	tb 65 tb-migrate upgrade --tenants 'SELEC 1'
	assert_err --partial 'tenants'
	tb 77 tb-migrate upgrade --tenants "CREATE SCHEMA x"
	assert_sql "SELECT to_regnamespace('x')" ''
	tb 0 tb-migrate upgrade --format json \
	    --tenants 'SELECT name FROM tenants WHERE false'
	assert_output '[]'
	assert_err --partial 'there are no tenants'
}

@test "tenants: 16 begin at once, with a journal, and share schema tb" {
	local i names=()
	for ((i = 1; i <= 16; i++)); do
		names+=("tenant $i")
	done
	tenants_table "${names[@]}"
	rev a <<-'E'
		--: upgrade
		CREATE TABLE t (id integer);

		--: downgrade none
	E
	rev b a <<-'E'
		--: upgrade
		CREATE INDEX CONCURRENTLY t_id ON t (id);

		--: downgrade none
	E
	tb 0 tb-migrate upgrade --tenants 'SELECT name FROM tenants' -j 16
	assert_equal "$(grep -cE ' done +base +b +2 ' <<<"$output")" 16
	assert_sql "SELECT count(*) FROM pg_index AS i
	    JOIN pg_class AS c ON c.oid = i.indexrelid
	    JOIN pg_namespace AS n ON n.oid = c.relnamespace
	    WHERE c.relname = 't_id' AND i.indisvalid
	    AND n.nspname LIKE 'tenant %'" 16
	assert_sql "SELECT count(*) FROM tb.event WHERE outcome = 'done'" 32
}

@test "tenants: one fingerprint for all of them, after the last one" {
	local i
	for i in 1 2 3 4 5 6; do
		sql "CREATE SCHEMA s$i"
	done
	table_rev a
	sed -i 's/public\.//' revisions/a_make.sql
	table_rev b a
	sed -i 's/public\.//' revisions/b_make.sql
	tb 0 tb-migrate upgrade a --tenants "SELECT 's' || i
	    FROM generate_series(1, 6) AS i" -j 4
	assert_sql 'SELECT count(*) FROM tb.fingerprint' 1
	tb 0 tb-verify --quick
	# Nothing was done, nothing is stored: it would hide what was changed.
	sql 'CREATE TABLE public.by_hand ()'
	tb 0 tb-migrate upgrade a --tenants "SELECT 's1'"
	tb 0 tb-migrate upgrade b --dry-run --tenants "SELECT 's1'"
	assert_sql 'SELECT count(*) FROM tb.fingerprint' 1
	tb 1 tb-verify --quick
	# One of them fails after a step that stays.
	sql 'CREATE TABLE s2.t_b ()'
	tb 65 tb-migrate upgrade b --keep-going --tenants "SELECT 's' || i
	    FROM generate_series(1, 3) AS i"
	assert_sql 'SELECT count(*) FROM tb.fingerprint' 2
	tb 0 tb-verify --quick
}
