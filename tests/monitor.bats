# tb-monitor: the checks, their grades, what is printed, the exit code.
#
# shellcheck disable=SC2154 # stderr belongs to bats
# shellcheck disable=SC2016 # $1 and $x$ are for the server

load helper.bash

# check NAME <text: a check of one's own, for --checks.
check() {
	mkdir -p checks
	cat >"checks/$1.sql"
}

# value NAME VALUE [KEY...]: one that returns this value.
value() {
	local name=$1 value=$2
	shift 2
	{
		echo "--: title A value"
		for key; do
			echo "--: $key"
		done
		echo "SELECT $value AS value"
	} | check "$name"
}

# mon EXIT ARG...: with the checks that the test wrote.
mon() {
	local want=$1
	shift
	mkdir -p checks
	tb "$want" tb-monitor --checks checks "$@"
}

# json JSONPATH: what $output has there.
json() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -v "j=$output" -v "f=$1" \
	    <<<"SELECT jsonb_path_query(:'j'::jsonb, :'f') #>> '{}'"
}

# until_true COMMAND...: a minute at most.
until_true() {
	local i
	for ((i = 0; i < 600; i++)); do
		"$@" && return
		sleep 0.1
	done
	fail "never came true: $*"
}

# hold SQL: a session that runs this and then sits there, until the database is
# dropped.
hold() {
	local name=hold$((++holders))
	mkfifo "$name"
	PGAPPNAME=$name psql -X -q <"$name" >/dev/null 2>&1 3>&- &
	exec {hold_fd}>"$name"
	printf '%s\n' "$1" >&"$hold_fd"
	until_true is_set_up "$name"
}

is_set_up() {
	[ "$(psql -XqAt -d postgres -c "SELECT count(*) FROM pg_stat_activity
	    WHERE application_name = '$1' AND (state LIKE 'idle%' AND
	    query <> '' OR wait_event_type = 'Lock')")" = 1 ]
}

# as_role NAME COMMAND...: act as it; the login stays the superuser's.
as_role() {
	local PGOPTIONS="-c role=$1"
	export PGOPTIONS
	shift
	"$@"
}

@test "tb-monitor: help, version, bad option" {
	assert_well_behaved tb-monitor
}

@test "monitor: the options that show something exclude each other" {
	tb 64 tb-monitor --list --explain conn.used
	tb 64 tb-monitor --list --lint
	assert_output ''
}

# What the checks are

@test "list: one line for each check, no server needed" {
	local files=("$TB_ROOT"/tools/tb-monitor/sql/*.sql) names
	names=$(grep -L '^--: name ' "${files[@]}" | wc -l)
	PGHOST=/nonexistent tb 0 tb-monitor --list
	assert_equal "${#lines[@]}" $((names + 1))
	assert_line --regexp '^conn\.used +1 +% +80 +90 +Connections in use$'
	assert_line --regexp '^up\.restart +1 +s +600: +Time'
}

@test "list: patterns, tiers, ranges of the command line, JSON" {
	value my.a 1 'unit B' 'warning 10kB'
	mon 0 --list 'my.*' --critical my.a=1MB
	assert_line --regexp '^my\.a +1 +B +10240 +1048576 +A value$'
	assert_equal "${#lines[@]}" 2
	tb 0 tb-monitor --list --tier 0 --format json
	assert_equal "$(json '$[*].tier' | sort -u)" 0
	assert_json '$[*] ? (@.id == "up.role").params.expect' any
}

@test "list: every check has a title, an explanation and says what to do" {
	tb 0 tb-monitor --list --format json
	assert_json '$[*] ? (@.title == null || @.explain == null ||
	    @.hint == null || @.file == null).id' ''
}

@test "explain: what it looks at, with ranges and parameters" {
	tb 0 tb-monitor --explain up.role
	assert_line 'up.role: Primary or standby'
	assert_line --regexp '^param +expect=any$'
	assert_line --regexp '^critical +0$'
	tb 64 tb-monitor --explain nonsense
	assert_err --partial 'no check "nonsense"'
	assert_err --partial 'hint:'
}

@test "sql: psql can run what is printed" {
	local id
	tb 0 tb-monitor --list
	for id in "${lines[@]:1}"; do
		id=${id%% *}
		tb-monitor --sql "$id" >"$id.sql"
		grep -qE '^--: (param|since)' "$id.sql" ||
		    psql -X -q -v ON_ERROR_STOP=1 -f "$id.sql" >/dev/null ||
		    fail "$id"
	done
}

@test "lint: the server takes every check that is built in" {
	tb 0 tb-monitor --lint
	refute_line --regexp '^failed'
	assert_line --regexp '^ok +lock\.wait '
	tb 0 tb-monitor --lint -q
	assert_output ''
}

@test "lint: what is wrong with a check, without running it" {
	value my.good 1
	value my.column 'no_such_column'
	check my.novalue <<<$'--: title x\nSELECT 1 AS other'
	check my.text <<<$'--: title x\nSELECT \'1\'::text AS value'
	check my.extra <<<$'--: title x\nSELECT 1 AS value, 2 AS colour'
	check my.params <<<$'--: title x\nSELECT $1::numeric AS value'
	check my.drop <<<$'--: title x\nDROP DATABASE template1'
	mon 65 --lint 'my.*'
	assert_line --regexp '^ok +my\.good '
	assert_line --regexp '^failed +my\.column .*no_such_column'
	assert_line --regexp '^failed +my\.novalue .*no column "value"'
	assert_line --regexp '^failed +my\.text .*not a number'
	assert_line --regexp '^failed +my\.extra .*"colour" means nothing'
	assert_line --regexp '^failed +my\.params .*uses 1 .*declares 0'
	assert_line --regexp '^failed +my\.drop .*no rows'
	assert_err --partial '6 checks failed'
	mon 65 --lint 'my.*' --format json
	assert_json '$[*] ? (@.status == "ok").id' my.good
	tb 69 tb-monitor --lint -h /nonexistent
}

# The keys of a check

@test "keys: what is wrong is told with file and line" {
	local text want
	while IFS='~' read -r text want; do
		printf '%b' "$text" | check my.bad
		mon 78 --list
		assert_err --partial "$want"
	done <<-'END'
	--: title x\n--: colour red\nSELECT 1 AS value~my.bad.sql:2: there is no key "colour"
	--: unit B\nSELECT 1 AS value~my.bad.sql: there is no title
	--: title\nSELECT 1 AS value~my.bad.sql:1: key "title" has no value
	--: title x\n--: title y\nSELECT 1 AS value~my.bad.sql:2: key "title" is given twice
	--: title x\n\n--: unit B\nSELECT 1 AS value~my.bad.sql:3: key "unit" stands below
	--: title x\n--: tier 4\nSELECT 1 AS value~my.bad.sql:2: key "tier" takes a whole number
	--: title x\n--: since 15.1\nSELECT 1 AS value~my.bad.sql:2: key "since" takes
	--: title x\n--: role boss\nSELECT 1 AS value~my.bad.sql:2: there is no role "boss"
	--: title x\n--: scope table\nSELECT 1 AS value~my.bad.sql:2: there is no scope "table"
	--: title x\n--: warning 5:1\n--: unit B\nSELECT 1 AS value~my.bad.sql:2: key "warning": "5:1" is not a range of unit B
	--: title x\n--: critical often\nSELECT 1 AS value~my.bad.sql:2: key "critical": "often" is not a range
	--: title x\n--: since 170000\n--: until 160000\nSELECT 1 AS value~my.bad.sql: no server is from
	--: title x\n--: param\nSELECT 1 AS value~my.bad.sql:2: key "param" has no value
	--: title x\n--: param a\n--: param a\nSELECT 1 AS value~my.bad.sql:3: parameter "a" is given twice
	--: title x\n--: name a b\nSELECT 1 AS value~my.bad.sql: "a b" is no name
	--: title x\n\n~my.bad.sql: there is no statement
	END
}

@test "keys: CRLF line ends do" {
	printf -- '--: title x\r\n--: warning 5\r\nSELECT 6 AS value\r\n' |
	    check my.crlf
	mon 1 my.crlf
}

@test "keys: variants of a check by server version" {
	local now
	now=$(sql 'SHOW server_version_num')
	value my.v 1 "until $((now - 1))"
	value my.v_new 2 'name my.v' "since $now" "until $now"
	value my.v_next 3 'name my.v' "since $((now + 1))"
	mon 0 my.v --format json
	assert_json '$.checks[*].value' 2
	mon 0 --list 'my.*'
	assert_equal "${#lines[@]}" 2
	value my.v_new 2 'name my.v'
	mon 78 my.v
	assert_err --partial 'check "my.v" is in'
}

@test "keys: a check for other servers is not asked" {
	value my.future 1 'since 990000' 'critical 0'
	value my.standby 1 'role standby' 'critical 0'
	value my.primary 1 'role primary' 'critical 2'
	mon 0 'my.*'
	assert_line --regexp '^ok +my\.primary'
	assert_line 'not asked: my.future, which is for servers from 99 on'
	assert_line 'not asked: my.standby, which is for a standby server only'
	mon 0 'my.*' --format json
	assert_json '$.checks[*] ? (@.id == "my.future").status' ''
	assert_json '$.summary.skipped' 2
}

@test "checks: one of a later folder takes the place of its namesake" {
	value conn.used 7
	mkdir later
	mon 0 conn.used --format json
	assert_json '$.checks[*].title' 'A value'
	sed s/7/8/ checks/conn.used.sql >later/conn.used.sql
	mon 0 conn.used --checks later --format json
	assert_json '$.checks[*].value' 8
	mon 66 --checks nowhere
	assert_err --partial nowhere
}

@test "select: names, patterns, tiers" {
	value my.a 1
	value my.b 1 'tier 3'
	value other 1
	mon 0 --list 'my.*' other
	assert_equal "${#lines[@]}" 4
	mon 0 --list 'my.*' --tier 2
	assert_equal "${#lines[@]}" 2
	mon 0 --list my.b --tier 2
	assert_equal "${#lines[@]}" 2
	mon 64 'my.*' 'yours.*'
	assert_err --partial 'no check "yours.*"'
	assert_output ''
}

@test "param: default, command line, null, the number of each" {
	check my.param <<-'END'
	--: title x
	--: param a 1 and more
	--: param b
	--: param c three
	SELECT 0 AS value, $1 || '/' || coalesce($2, 'null') || '/' || $3
	    AS message
	END
	mon 0 my.param --format json
	assert_json '$.checks[*].message' '1 and more/null/three'
	mon 0 my.param --format json --set "my.param.b=x'; DROP TABLE y --" \
	    --set my.param.a=
	assert_json '$.checks[*].message' "/x'; DROP TABLE y --/three"
	mon 64 my.param --set my.param.d=1
	assert_err --partial 'no parameter "d"'
	mon 64 my.param --set my.param
	mon 64 my.param --set nosuch.a=1
	mon 64 up.connect --set up.connect.connect_seconds=9
	assert_err --partial 'cannot be set'
}

# Grades

@test "grade: the exit code is the worst grade" {
	value my.ok 1 'warning 5' 'critical 9'
	value my.warning 6 'warning 5' 'critical 9'
	value my.critical 10 'warning 5' 'critical 9'
	value my.unknown 1/0
	mon 0 my.ok
	assert_line --regexp '^ok +my\.ok +1 +A value$'
	mon 1 my.ok my.warning
	assert_line --regexp '^warning +my\.warning +6 '
	mon 2 my.ok my.warning my.critical my.unknown
	assert_line --regexp '^critical +my\.critical +10 '
	assert_line '1 critical, 1 warning, 1 unknown, 1 ok'
	mon 3 my.ok my.unknown
	assert_line --regexp '^unknown +my\.unknown +division by zero$'
	# A known finding is not hidden by an open question.
	mon 1 my.ok my.unknown my.warning
	assert_err ''
}

@test "grade: nothing to grade is ok, and so is no row at all" {
	value my.null NULL::numeric 'warning 0' 'critical 0'
	check my.empty <<<$'--: title x\n--: critical 0\nSELECT 1 AS value WHERE false'
	value my.free 100
	mon 0 'my.*'
	assert_line --regexp '^ok +my\.null'
	assert_line --regexp '^ok +my\.empty +x$'
	mon 0 'my.*' --format json
	assert_json '$.checks[*] ? (@.id == "my.null").value' ''
}

@test "grade: ranges mean what they mean to monitoring systems" {
	check my.ranges <<-'END'
	--: title x
	SELECT v AS value, r AS warning, e AS label,
	       pg_catalog.format('%s in %s', v, r) AS message
	  FROM (VALUES ('10', 0, 'ok'), ('10', 10, 'ok'),
	      ('10', 10.5, 'warning'), ('10', -1, 'warning'),
	      ('10:', 10, 'ok'), ('10:', 9.99, 'warning'),
	      ('10:', 1e9::numeric, 'ok'),
	      ('~:10', -1e9::numeric, 'ok'), ('~:10', 10, 'ok'),
	      ('~:10', 11, 'warning'),
	      ('10:20', 10, 'ok'), ('10:20', 20, 'ok'),
	      ('10:20', 9, 'warning'), ('10:20', 21, 'warning'),
	      ('@10:20', 9, 'ok'), ('@10:20', 21, 'ok'),
	      ('@10:20', 10, 'warning'), ('@10:20', 20, 'warning'),
	      ('@10', 5, 'warning'), ('@10', 11, 'ok'), (':10', 11, 'warning'),
	      ('-10:-5', -7, 'ok'), ('-10:-5', 0, 'warning'),
	      ('0.5', 0.6, 'warning'), ('.5', 0.4, 'ok'), (NULL, 5, 'ok'),
	      ('5:4', 1, 'unknown'), ('~:', 1, 'unknown'), ('', 1, 'ok'),
	      ('x', 1, 'unknown'), ('1e3', 1, 'unknown'), ('nan', 1, 'unknown'),
	      ('1:2:3', 1, 'unknown'), ('10kB', 1, 'unknown'),
	      (':', 1, 'unknown'), ('@', 1, 'unknown'), ('~', 1, 'unknown')
	      ) AS t (r, v, e)
	END
	mon 1 my.ranges --format json
	assert_equal "$(json '$.checks[*].rows[*] ? (@.status != @.label).message')" ''
	assert_equal "$(json '$.checks[*].rows.size()')" 37
}

@test "grade: --warning and --critical, with units" {
	value my.b 2048 'unit B'
	value my.s 90 'unit s' 'critical 1'
	mon 1 my.b --warning 1kB
	mon 0 my.b --warning 2kB
	mon 2 my.b my.s --warning my.b=1kB
	mon 1 my.s --critical 2min --warning 1min
	mon 0 my.s --critical ''
	mon 0 my.s --critical 0.5h
	mon 0 'my.*' --critical my.s=~:90000ms --warning 'my.b=1 kB:1GB'
	mon 64 my.b --warning 5min
	assert_err --partial '"5min" is not a range of unit B'
	mon 64 my.b my.s --warning 5
	assert_err --partial 'several checks'
	mon 64 my.b --warning nosuch=5
	assert_err --partial 'no check "nosuch"'
}

@test "grade: a row's own range, unless the user has given one" {
	check my.own <<-'END'
	--: title x
	--: critical 100
	SELECT 5 AS value, '4' AS critical
	END
	mon 2 my.own
	mon 0 my.own --critical 6
	mon 0 my.own --critical ''
}

@test "grade: values that are none" {
	value my.nan "'NaN'::numeric"
	value my.inf "'Infinity'::float8" 'warning 0'
	value my.word "'many'::text"
	check my.objects <<<$'--: title x\nSELECT 1 AS value, \'{a\' AS objects'
	mon 3 'my.*'
	assert_line --regexp '^unknown +my\.nan .*no number'
	assert_line --regexp '^unknown +my\.inf .*no number'
	assert_line --regexp '^unknown +my\.word .*no number'
	assert_line --regexp '^unknown +my\.objects .*no array'
}

# tb.conf

@test "tb.conf: folders, ranges, parameters, checks that are off" {
	mkdir etc
	value my.a 5
	value my.b 5 'critical 0'
	cat >etc/tb.conf <<-'END'
	monitor {
	    checks = { "../checks" }
	    timeout = "5s"
	    check "my.a" { warning = "4" }
	    check "my.b" { enabled = false }
	    check "up.role" { set = { "expect=standby" } }
	}
	END
	tb 1 tb-monitor my.a
	tb 1 tb-monitor 'my.*'
	tb 2 tb-monitor my.b
	tb 2 tb-monitor up.role
	assert_line --partial 'primary, expected a standby'
	tb 0 tb-monitor up.role --set up.role.expect=primary
	tb 0 tb-monitor my.a --warning 6
	tb 0 tb-monitor --list 'my.*'
	assert_equal "${#lines[@]}" 2
}

@test "tb.conf: what is wrong in it" {
	echo 'monitor { check "conn.used" { warning = "5:1" } }' >tb.conf
	tb 78 tb-monitor
	assert_err --partial 'tb.conf: check "conn.used": "5:1" is not a range'
	echo 'monitor { check "up.role" { set = { "colour=red" } } }' >tb.conf
	tb 78 tb-monitor
	assert_err --partial 'no parameter "colour"'
	echo 'monitor { timeout = "soon" }' >tb.conf
	tb 78 tb-monitor
	echo 'monitor { check "no.such" { warning = "5" } }' >tb.conf
	tb 0 tb-monitor up.role
	assert_err --partial 'warning: tb.conf: there is no check "no.such"'
}

# One check does not spoil the others

@test "run: a check that fails is unknown, and alone" {
	value my.zero 1/0
	value my.table '(SELECT count(*) FROM public.missing)'
	value my.two '1; SELECT 2'
	check my.write <<<$'--: title x\nCREATE TABLE public.t (i int)'
	value my.good 1
	mon 3 'my.*' 'up.role'
	assert_line --regexp '^unknown +my\.zero +division by zero$'
	assert_line --regexp '^unknown +my\.table +relation "public\.missing"'
	assert_line --regexp '^unknown +my\.two +cannot insert multiple'
	assert_line --regexp '^unknown +my\.write .*read-only transaction$'
	assert_line --regexp '^ok +my\.good'
	assert_line --regexp '^ok +up\.role'
	assert_line '4 unknown, 2 ok'
}

@test "run: a check that sleeps is cut off, the others answer" {
	value my.a '(SELECT 1 FROM pg_catalog.pg_sleep(50))'
	value my.b 1
	mon 3 'my.*' --timeout 2
	assert_line --regexp '^unknown +my\.a .*statement timeout$'
	assert_line --regexp '^ok +my\.b'
}

@test "run: what has not answered in time is unknown" {
	local i
	value my.0 1
	for i in 1 2 3 4 5 6; do
		value "my.$i" '(SELECT 1 FROM pg_catalog.pg_sleep(50))'
	done
	value my.7 1
	mon 3 'my.*' --timeout 1 --format json
	assert_json '$.checks[*] ? (@.id == "my.0").status' ok
	assert_json '$.checks[*] ? (@.id == "my.7").message' 'no answer in time'
	assert_json '$.summary.unknown' 7
}

@test "run: a locked table hangs nothing" {
	sql 'CREATE TABLE public.t (id serial PRIMARY KEY, at timestamptz)'
	value my.rows '(SELECT count(*) FROM public.t)'
	hold 'BEGIN; LOCK TABLE public.t; ALTER SEQUENCE public.t_id_seq CYCLE;
	    ALTER SEQUENCE public.t_id_seq NO CYCLE;'
	mon 3 'my.*' 'col.*' 'con.*' 'idx.*' 'seq.*' 'trg.*'
	assert_line --regexp '^unknown +my\.rows .*lock timeout$'
	assert_line --regexp '^unknown +seq\.exhaust .*locked by another session$'
	assert_line --regexp '^ok +idx\.duplicate'
	assert_line --regexp '^ok +col\.timezone'
	assert_line '2 unknown, 6 ok'
}

@test "run: the session is read only, short of patience, and named" {
	check my.session <<-'END'
	--: title x
	SELECT 0 AS value, pg_catalog.concat_ws(' ',
	    pg_catalog.current_setting('application_name'),
	    pg_catalog.current_setting('default_transaction_read_only'),
	    pg_catalog.current_setting('lock_timeout'),
	    pg_catalog.current_setting('statement_timeout'),
	    pg_catalog.current_setting('jit'),
	    '"' || pg_catalog.current_setting('search_path') || '"') AS message
	END
	mon 0 my.session --timeout 4 --format json
	assert_json '$.checks[*].message' 'tb-monitor on 100ms 1001ms off ""'
}

@test "run: who compares clocks is asked before those that take time" {
	value my.a '(SELECT 1 /* slow */)'
	check my.z <<-'END'
	--: title x
	--: unit s
	--: param client_epoch
	SELECT EXTRACT(epoch FROM pg_catalog.clock_timestamp())::numeric
	    - $1::numeric AS value /* clock */
	END
	log_mark
	mon 0 'my.*'
	assert_equal "$(log_since | grep -oE '/\* (slow|clock) \*/' | xargs)" \
	    '/* clock */ /* slow */'
}

@test "run: a look-alike earlier in search_path is not read" {
	tb-monitor --format json >before.json || true
	sql "CREATE SCHEMA evil;
	    CREATE VIEW evil.pg_settings AS SELECT 'fsync' AS name,
	        'evil' AS setting;
	    CREATE VIEW evil.pg_stat_activity AS SELECT 1 AS pid;
	    CREATE VIEW evil.pg_index AS SELECT 1 AS indexrelid;
	    CREATE FUNCTION evil.format(text, VARIADIC text[]) RETURNS text
	        LANGUAGE sql AS 'SELECT ''evil''::text';
	    CREATE FUNCTION evil.never(int, int) RETURNS bool
	        LANGUAGE sql AS 'SELECT false';
	    CREATE OPERATOR evil.> (LEFTARG = int, RIGHTARG = int,
	        FUNCTION = evil.never);
	    ALTER DATABASE $PGDATABASE SET search_path = evil, pg_catalog"
	run --separate-stderr tb-monitor --format json
	refute_output --partial evil
	assert_json '$.summary.unknown' 0
	assert_json '$.summary' "$(psql -XqAt -v "j=$(cat before.json)" \
	    <<<"SELECT :'j'::jsonb -> 'summary'")"
}

# The server

@test "down: critical, in each format" {
	tb 2 tb-monitor -h /nonexistent
	assert_line --regexp '^critical +up\.connect .*/nonexistent'
	assert_line --regexp 'hint: '
	assert_line --regexp '^[0-9]+ more not asked: there is no connection$'
	assert_err ''
	tb 2 tb-monitor -h /nonexistent -q
	refute_output --partial 'not asked'
	tb 2 tb-monitor -h /nonexistent --format json
	assert_json '$.status' critical
	assert_json '$.exit' 2
	assert_json '$.server_version_num' ''
	assert_json '$.summary.critical' 1
	assert_json '$.checks[*] ? (@.status == "critical").id' up.connect
	assert_json '$.checks[*] ? (@.id == "conn.used").skipped' \
	    'there is no connection'
	tb 2 tb-monitor -h /nonexistent --format nagios
	assert_line --index 0 --regexp '^TB-MONITOR CRITICAL: up\.connect: .+'
}

@test "down: critical as well if no check about connecting was asked" {
	tb 2 tb-monitor -h /nonexistent conn.used
	assert_line --regexp '^critical +connection '
	tb 2 tb-monitor -h /nonexistent --format nagios conn.used
	assert_line --index 0 --regexp '^TB-MONITOR CRITICAL: connection: '
}

@test "down: no such database, no such role, no login" {
	tb 2 tb-monitor -d no_such_database
	assert_output --partial 'database "no_such_database" does not exist'
	sql 'CREATE ROLE monitor_nologin NOLOGIN'
	tb 2 tb-monitor -U monitor_nologin -w
	sql 'DROP ROLE monitor_nologin'
	tb 64 tb-monitor -d mysql://localhost/x
}

@test "down: a connection that is lost on the way is critical" {
	value my.a 1
	value my.b '(SELECT 1 FROM pg_catalog.pg_terminate_backend(
	    pg_catalog.pg_backend_pid()))'
	value my.c 1
	mon 2 'my.*'
	assert_line --regexp '^ok +my\.a'
	assert_line --regexp '^unknown +my\.b '
	assert_line --regexp '^unknown +my\.c +the connection was lost$'
	assert_line --regexp '^critical +connection .*closed the connection'
	mon 2 'my.*' up.connect
	assert_line --regexp '^critical +up\.connect .*closed the connection'
}

# A server of the test's own, for what the others could not bear: in a subshell,
# because the test's database is on the server of the suite.
own_server() {
	TB_CLUSTER=$own/c
	export TB_CLUSTER
	start_own_server
	eval "$(tb-cluster env)"
}

start_own_server() {
	tb-cluster start -q -c max_connections=6 \
	    -c superuser_reserved_connections=3 -c max_wal_senders=2 \
	    -c max_prepared_transactions=2 -c wal_level=replica
}

teardown() {
	if [ -n "${own-}" ]; then
		TB_CLUSTER=$own/c tb-cluster destroy --yes -q
		rm -rf "$own"
	fi
	dropdb --if-exists --force "$PGDATABASE"
}

as_server_user() {
	if [ "$(id -u)" -eq 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

# One more try until all are taken: a backend may be gone for its client, and
# not yet for the server.
fill_slots() {
	[ "$(psql -XqAt -c "SELECT count(*) FROM pg_stat_activity
	    WHERE usename = 'app'")" = 3 ] && return
	PGPASSWORD=x psql -Xq -U app -c 'SELECT pg_sleep(600)' \
	    >/dev/null 2>&1 3>&- &
	return 1
}

own_server_tests() {
	tb 0 tb-monitor conf.pending wal.archive up.readonly
	assert_line --regexp '^ok +wal\.archive +archive_mode is off$'

	# Settings and prepared transactions.
	psql -Xq -c 'ALTER SYSTEM SET max_connections = 20' \
	    -c 'SELECT pg_reload_conf()' >/dev/null
	until_true tb_fails conf.pending
	tb 1 tb-monitor conf.pending
	assert_line --partial 'max_connections, still 6'
	psql -Xq -c 'ALTER SYSTEM RESET max_connections' \
	    -c "BEGIN; CREATE TABLE public.t (i int);
	        PREPARE TRANSACTION 'it''s'" >/dev/null
	tb 2 tb-monitor xact.prepared --critical @0:
	assert_output --partial "'it''s' of postgres in postgres"
	psql -Xq -c "ROLLBACK PREPARED 'it''s'"

	# A slot that nobody reads.
	psql -Xq -o /dev/null -c \
	    "SELECT pg_create_physical_replication_slot('s1', true)"
	tb 1 tb-monitor slot.state --set slot.state.inactive_minutes=0
	assert_line --regexp '^warning +slot\.state +1 +s1: physical slot'
	tb 2 tb-monitor slot.retained --critical @0:
	assert_line --regexp '^critical +slot\.retained .* s1: physical'
	psql -Xq -o /dev/null -c "SELECT pg_drop_replication_slot('s1')"

	# Ordinary roles have three slots here.
	psql -Xq -c "CREATE ROLE app LOGIN PASSWORD 'x'"
	until_true fill_slots
	tb 2 tb-monitor conn.used
	assert_line --regexp '^critical +conn\.used +1[0-9.]+ % +[4-6] of 3$'
	assert_output --partial 'app: 3, of them 0 idle'
	PGPASSWORD=x tb 2 tb-monitor -U app conn.used
	assert_line --regexp '^critical +connection .*slots'

	# The archiver.
	tb-cluster restart -q -c archive_mode=on -c archive_command=false
	tb 0 tb-monitor wal.archive
	psql -Xq -o /dev/null -c 'SELECT pg_switch_wal()'
	until_true tb_fails wal.archive
	tb 1 tb-monitor wal.archive --critical ''
	assert_line --regexp '^warning +wal\.archive .*fails at 0'

	# A standby.
	tb-cluster stop -q
	as_server_user touch "$TB_CLUSTER/data/standby.signal"
	start_own_server
	tb 0 tb-monitor up.role up.readonly
	assert_line --regexp '^ok +up\.role +standby$'
	assert_line --partial 'it is a standby'
	tb 2 tb-monitor --set up.role.expect=primary up.role
	tb 2 tb-monitor --set up.readonly.expect=write up.readonly
	run --separate-stderr tb-monitor --format json
	assert_json '$.in_recovery' true
	assert_json '$.summary.unknown' 0
	assert_json '$.checks[*] ? (@.id == "xact.prepared").skipped' \
	    'for a primary server only'
}

tb_fails() {
	! tb-monitor "$@" >/dev/null
}

@test "server: no slot left, archiver, standby, pending restart, 2PC" {
	own=$(mktemp -d /tmp/tbm.XXXXXX)
	chmod 755 "$own"
	(
		own_server
		own_server_tests
	)
}

# What a role may see

@test "privileges: who may not see is told the GRANT, not a number" {
	sql "CREATE ROLE monitor_bare; CREATE SEQUENCE public.full MAXVALUE 10;
	    SELECT setval('public.full', 10)"
	hold 'BEGIN; SELECT 1;'
	as_role monitor_bare tb 3 tb-monitor conn.used conn.idle_xact \
	    conn.oldest_xact seq.exhaust
	assert_line --regexp '^unknown +conn\.used .*GRANT pg_monitor TO monitor_bare$'
	assert_line --regexp '^unknown +conn\.idle_xact .*GRANT pg_monitor TO monitor_bare$'
	assert_line --regexp '^unknown +conn\.oldest_xact .*GRANT pg_monitor TO monitor_bare$'
	assert_line --regexp '^unknown +seq\.exhaust .*GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO monitor_bare$'
	# As told.
	sql 'GRANT pg_monitor TO monitor_bare;
	    GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO monitor_bare'
	as_role monitor_bare tb 2 tb-monitor conn.used conn.idle_xact \
	    conn.oldest_xact seq.exhaust
	refute_line --regexp '^unknown'
	assert_line --regexp '^critical +seq\.exhaust +100 %'
	sql 'DROP OWNED BY monitor_bare; DROP ROLE monitor_bare'
}

@test "privileges: pg_monitor is enough for every check" {
	sql 'CREATE ROLE monitor_member IN ROLE pg_monitor'
	as_role monitor_member run --separate-stderr tb-monitor --format json
	assert_json '$.summary.unknown' 0
	sql 'DROP ROLE monitor_member'
}

# Formats

nasty() {
	check my.nasty <<-'END'
	--: title A|title
	--: unit B
	--: warning 10kB
	--: critical 1:9007199254740993
	--: hint Do | this.
	SELECT v AS value, l AS label, m AS message,
	       ARRAY['a "b" \ c', 'd,e', NULL, E'f\ng|h', '{x}', 'y', 'z', 'zz']
	           AS objects
	  FROM (VALUES (20000.5, 'a b|c', E'tab\there'),
	      (9007199254740993, 'a b:c', 'back\slash "quoted" | ''single'''),
	      (-1, 'é', E'\x1b[31mred'), (NULL, 'none', 'nothing'),
	      (0.000001, 'tiny', NULL)) AS t (v, l, m)
	END
}

@test "json: it is JSON, whatever is in the strings" {
	nasty
	mon 2 my.nasty --format json
	assert_json '$.checks[*].rows[1].message' \
	    'back\slash "quoted" | '"'single'"
	assert_json '$.checks[*].rows[2].message' $'\e[31mred'
	assert_json '$.checks[*].rows[1].value' 9007199254740993
	assert_json '$.checks[*].rows[1].objects[2]' $'f\ng|h'
	assert_json '$.checks[*].rows[1].objects.size()' 7
	assert_json '$.checks[*].rows[3].value' ''
	assert_json '$.checks[*].rows[4].value' 0.000001
	assert_json '$.checks[*].warning' 10240
	assert_json '$.checks[*].label' 'é'
}

@test "json: what the contract promises" {
	run --separate-stderr tb-monitor --format json
	assert_equal "$(json '$.keyvalue().key' | sort | xargs)" \
	    "checks duration_ms exit in_recovery schema server_version_num started_at status summary target"
	assert_json '$.schema' 1.0.0
	assert_json '$.exit' "$status"
	assert_json '$.server_version_num' "$(sql 'SHOW server_version_num')"
	assert_json '$.in_recovery' false
	assert_json '$.started_at.type()' string
	assert_json '$ ? (@.started_at like_regex
	    "^20..-..-..T..:..:..Z$").duration_ms.type()' number
	assert_json '$.checks[*] ? (@.status != "ok" && @.status != "warning"
	    && @.status != "critical").id' ''
	assert_equal "$(json '$.checks[0].keyvalue().key' | sort | xargs)" \
	    "critical hint id label message objects rows scope skipped sql_ms status tier title unit value warning"
}

# Grammar of the first line: text without "|", then label=value pairs.
assert_perfdata() {
	local line=$1 pair text data label
	local number='-?[0-9]+(\.[0-9]+)?'
	local range="@?(~:|($number)?:?)?($number)?"
	text=${line%%|*} data=${line#*|}
	[[ $text =~ ^TB-MONITOR\ (OK|WARNING|CRITICAL|UNKNOWN):\ .+ ]] ||
	    fail "no status: $text"
	[[ $data != *'|'* ]] || fail "a second |: $data"
	local -A seen=()
	for pair in $data; do
		label=${pair%%=*}
		[[ $pair =~ ^[A-Za-z0-9_./:-]+=(U|$number(s|B|%)?(;$range(;$range)?)?)$ ]] ||
		    fail "no perfdata: $pair"
		[ -z "${seen[$label]-}" ] || fail "twice: $label"
		seen[$label]=1
	done
}

@test "nagios: one line of text and perfdata, more text below" {
	run --separate-stderr tb-monitor --format nagios
	assert_perfdata "${lines[0]}"
	assert_line --index 0 --partial ' conn.used='
	assert_line --regexp '^\[(CRITICAL|WARNING)\] '
	assert_line --regexp '^  hint: '
}

@test "nagios: no | and no line end from data, labels and numbers in order" {
	nasty
	value my.broken 1/0
	mon 2 'my.*' --format nagios
	assert_perfdata "${lines[0]}"
	assert_equal "$(grep -c '|' <<<"$output")" 1
	assert_line --index 0 --partial \
	    ' my.nasty:a_b_c=20000.5B;10240;1:9007199254740992'
	assert_line --index 0 --partial ' my.nasty:a_b:c=9007199254740992B;'
	assert_line --index 0 --partial ' my.nasty:tiny=0.000001B;'
	assert_line --index 0 --partial ' my.broken=U'
	refute_line --partial $'\e'
	assert_line '  f g/h'
	assert_line '  and 2 more'
	assert_line '  hint: Do / this.'
}

@test "nagios: labels that would be the same get numbers" {
	check my.same <<<$'--: title x\nSELECT 1 AS value, l AS label
	    FROM (VALUES (\'a b\'), (\'a_b\'), (\'a|b\')) AS t (l)'
	mon 0 my.same --format nagios
	assert_output 'TB-MONITOR OK: my.same: a b: x | my.same:a_b=1 my.same:a_b_2=1 my.same:a_b_3=1'
}

@test "nagios: ranges are printed in plain numbers" {
	value my.v 5 'unit s'
	mon 1 my.v --format nagios --warning @1:1min --critical '~:2h'
	assert_line --index 0 'TB-MONITOR WARNING: my.v: A value | my.v=5s;@1:60;~:7200'
	mon 0 my.v --format nagios --critical 3:
	assert_line --index 0 'TB-MONITOR OK: my.v: A value | my.v=5s;;3:'
}

@test "nagios: every way out is 0 to 3, with a line on stdout" {
	tb 3 tb-monitor --format nagios --no-such-option
	assert_output --regexp '^TB-MONITOR UNKNOWN: .+'
	tb 3 tb-monitor --format=nagios nosuch
	assert_line --index 0 'TB-MONITOR UNKNOWN: there is no check "nosuch"'
	tb 3 tb-monitor --form nagios --checks /nonexistent
	assert_line --index 0 --regexp '^TB-MONITOR UNKNOWN: .*/nonexistent'
	tb 3 tb-monitor --format nagios --config /nonexistent
	assert_output --regexp '^TB-MONITOR UNKNOWN: '
	tb 3 tb-monitor --format nagios -d mysql://localhost/x
	assert_output --regexp '^TB-MONITOR UNKNOWN: '
	tb 0 tb-monitor --format nagios --help
	tb 3 sh -c 'tb-monitor --format nagios up.role >/dev/full'
	tb 73 sh -c 'tb-monitor up.role >/dev/full'
}

@test "nagios: a signal ends in unknown" {
	value my.sleep '(SELECT 1 FROM pg_catalog.pg_sleep(50))'
	tb-monitor --checks checks --format nagios --timeout 100 my.sleep \
	    >out 3>&- &
	local pid=$!
	until_true asleep
	kill -TERM $pid
	wait $pid && fail 'exit 0'
	assert_equal $? 3 || true
	run cat out
	assert_output 'TB-MONITOR UNKNOWN: ended by a signal'
}

asleep() {
	[ "$(sql "SELECT count(*) FROM pg_stat_activity
	    WHERE application_name = 'tb-monitor' AND query LIKE '%pg_sleep%'
	    AND state = 'active' AND datname = current_database()")" = 1 ]
}

@test "text: objects up to five, a hint, nothing that steers a terminal" {
	nasty
	mon 2 my.nasty
	assert_line --regexp '^warning +my\.nasty +20 kB +a b\|c: tab\\x09here$'
	assert_line --regexp '^critical +my\.nasty +-1 B +é: \\x1b\[31mred$'
	assert_line '    a "b" \ c'
	assert_line '    f\x0ag|h'
	assert_line '    and 2 more'
	assert_line '    hint: Do | this.'
	refute_output --partial $'\e'
	mon 2 my.nasty --color always
	assert_output --partial $'\e[31mcritical'
}

@test "text: -q shows only what is not ok" {
	value my.ok 1
	value my.bad 5 'warning 1'
	mon 0 -q my.ok
	assert_output ''
	assert_err ''
	mon 1 -q 'my.*'
	refute_output --partial my.ok
	assert_line --regexp '^warning +my\.bad'
	mon 1 -q 'my.*' --format json
	assert_equal "$(json '$.checks[*].id')" my.bad
	assert_json '$.summary.ok' 1
}

@test "text: bytes, seconds and shares as people write them" {
	value my.b 1536 'unit B'
	value my.g 21474836480 'unit B'
	value my.s 200 'unit s'
	value my.p 33.333333 'unit %'
	value my.n 5 'unit bots'
	mon 0 'my.*'
	assert_line --regexp ' 1\.5 kB +A value'
	assert_line --regexp ' 20 GB +A value'
	assert_line --regexp ' 3 min 20 s +A value'
	assert_line --regexp ' 33\.33 % +A value'
	assert_line --regexp ' 5 bots +A value'
}

# The checks that are built in

@test "conn: idle in a transaction, oldest transaction, longest statement" {
	hold 'BEGIN; SELECT 1;'
	tb 1 tb-monitor conn.idle_xact --warning '~:-1'
	assert_line --regexp '^    pid [0-9]+: postgres in t_[0-9]+ \(hold1\), for 0'
	tb 1 tb-monitor conn.oldest_xact --warning '~:-1'
	assert_output --partial '(hold1)'
	hold 'SELECT pg_catalog.pg_advisory_lock(1);'
	hold 'SELECT pg_catalog.pg_advisory_lock(1);'
	tb 1 tb-monitor conn.longest_query --warning '~:-1'
	assert_output --partial '(hold3)'
	refute_output --partial '(hold2)'
}

@test "conn: limits of roles and databases" {
	sql "ALTER DATABASE $PGDATABASE CONNECTION LIMIT 3"
	hold 'SELECT 1;'
	hold 'SELECT 1;'
	tb 2 tb-monitor conn.role_limit
	assert_line --regexp "^critical +conn\.role_limit +100 % +database $PGDATABASE: 3 of 3$"
}

@test "lock: the wait, who holds up and who waits" {
	sql 'CREATE TABLE public."my table" (i int)'
	hold 'BEGIN; LOCK TABLE public."my table";'
	hold 'SELECT * FROM public."my table";'
	tb 1 tb-monitor lock.wait --warning '~:-1'
	assert_line --regexp '^warning +lock\.wait .*1 wait, the longest'
	assert_line --regexp '^    pid [0-9]+: postgres in t_[0-9]+, idle in transaction, holds up 1$'
	assert_line --regexp '^    pid [0-9]+ waits for pid [0-9]+ on public."my table", for '
}

@test "up: identity, clock, restart, minor release, read only" {
	local id
	id=$(sql 'SELECT system_identifier FROM pg_control_system()')
	tb 0 tb-monitor up.identity
	assert_output --partial "$id"
	tb 0 tb-monitor up.identity --set "up.identity.expect=$id"
	tb 2 tb-monitor up.identity --set up.identity.expect=1
	assert_output --partial "$id, expected 1"
	tb 0 tb-monitor up.clock up.connect
	tb 2 tb-monitor up.connect --critical 0
	tb 1 tb-monitor up.restart --warning 8760h:
	tb 3 tb-monitor up.role --set up.role.expect=boss
	tb 0 tb-monitor up.readonly
	sql "ALTER DATABASE $PGDATABASE SET default_transaction_read_only = on"
	tb 2 tb-monitor up.readonly
	assert_output --partial 'default_transaction_read_only is on'
	tb 0 tb-monitor up.readonly --set up.readonly.expect=read
	# A setting of our own role would say nothing about others.
	write_sql "ALTER DATABASE $PGDATABASE RESET ALL; ALTER ROLE postgres
	    IN DATABASE $PGDATABASE SET default_transaction_read_only = on"
	tb 3 tb-monitor up.readonly
	assert_output --partial 'hides the server'
	write_sql "ALTER DATABASE $PGDATABASE
	    SET default_transaction_read_only = off"
	tb 0 tb-monitor up.readonly
	run tb-monitor up.minor --format json
	assert_json '$.checks[*].message ? (@ starts with "PostgreSQL ")
	    .type()' string
}

# Where the default is to read only.
write_sql() {
	PGOPTIONS='-c default_transaction_read_only=off' sql "$1"
}

@test "up: the table of minor releases knows every server that is supported" {
	local known
	known=$(tb-monitor --sql up.minor | grep -oE '\((1[0-9]), [0-9]+, DATE' |
	    grep -oE '^.1[0-9]' | tr -d '(' | xargs)
	assert_equal "$known" '13 14 15 16 17 18'
}

@test "vac: ages, and the database they are of" {
	tb 1 tb-monitor vac.xid_age --warning 0
	assert_line --regexp '^    database [a-z0-9_]+: [0-9]+$'
	tb 2 tb-monitor vac.mxid_age --critical @0:
}

@test "seq: the fullest, by the column's type as well" {
	sql "CREATE TABLE public.t (a serial, b smallserial, c bigserial);
	    ALTER SEQUENCE public.t_b_seq AS bigint;
	    SELECT setval('public.t_b_seq', 30000);
	    CREATE SEQUENCE public.down INCREMENT -1 MINVALUE -10 MAXVALUE -1;
	    SELECT setval('public.down', -8);
	    CREATE SEQUENCE public.round MAXVALUE 10 CYCLE;
	    SELECT setval('public.round', 10)"
	tb 2 tb-monitor seq.exhaust
	assert_line --regexp '^critical +seq\.exhaust +91\.[0-9]+ % +public\.t_b_seq'
	assert_line '    public.t_b_seq, column t.b smallint, 91.56 % used'
	assert_line '    public.down, 80.00 % used'
	refute_output --partial round
	sql 'ALTER TABLE public.t ALTER b TYPE bigint'
	tb 1 tb-monitor seq.exhaust
	# Used by a default, not owned.
	sql "CREATE SEQUENCE public.own; SELECT setval('public.own', 32000);
	    CREATE TABLE public.u (i smallint DEFAULT nextval('public.own'))"
	tb 2 tb-monitor seq.exhaust
	assert_output --partial 'public.own, column u.i smallint, 97.66 % used'
}

@test "idx: duplicates, and what only looks like one" {
	sql "CREATE TABLE public.t (id int PRIMARY KEY, a int, b text, c text);
	    CREATE INDEX dup_pk ON public.t (id);
	    CREATE UNIQUE INDEX dup_pk_unique ON public.t (id);
	    CREATE INDEX a1 ON public.t (a);
	    CREATE INDEX a2 ON public.t (a);
	    CREATE INDEX a_incl ON public.t (a) INCLUDE (b);
	    CREATE INDEX e1 ON public.t (lower(b)) WHERE a > 0;
	    CREATE INDEX  e2  ON  public.t  ( lower( b ) )  WHERE  a>0;
	    CREATE UNIQUE INDEX u1 ON public.t (b, c);
	    CREATE INDEX n1 ON public.t (b, c);
	    CREATE INDEX k_desc ON public.t (a DESC);
	    CREATE INDEX k_where ON public.t (a) WHERE a > 0;
	    CREATE INDEX k_hash ON public.t USING hash (a);
	    CREATE INDEX k_ops ON public.t (b text_pattern_ops);
	    CREATE INDEX k_b ON public.t (b);
	    CREATE INDEX k_coll ON public.t (b COLLATE \"C\");
	    CREATE INDEX k_two ON public.t (c, b);
	    CREATE INDEX k_expr ON public.t (upper(b)) WHERE a > 0"
	tb 1 tb-monitor idx.duplicate --format json
	assert_equal "$(json '$.checks[*].objects[*]' | sed 's/ (.*)//' | sort)" \
"public.a1 beside a_incl on t
public.a2 beside a1 on t
public.dup_pk beside t_pkey on t
public.dup_pk_unique beside t_pkey on t
public.e2 beside e1 on t
public.n1 beside u1 on t"
	# Do as the hint says: the one that remains of each is not named.
	sql 'DROP INDEX public.a1, public.a2, public.dup_pk,
	    public.dup_pk_unique, public.e2, public.n1'
	tb 0 tb-monitor idx.duplicate
}

@test "idx: one that carries something is never called needless" {
	sql "CREATE TABLE public.t (a int NOT NULL, b int NOT NULL,
	        UNIQUE (a), PRIMARY KEY (a));
	    CREATE UNIQUE INDEX fk_target ON public.t (b);
	    CREATE TABLE public.r (b int REFERENCES public.t (b));
	    ALTER TABLE public.t ADD UNIQUE (b);
	    CREATE UNIQUE INDEX identity ON public.t (a);
	    ALTER TABLE public.t REPLICA IDENTITY USING INDEX identity"
	tb 0 tb-monitor idx.duplicate
	sql 'CREATE TABLE public.d (a int UNIQUE DEFERRABLE);
	    CREATE UNIQUE INDEX strict ON public.d (a)'
	tb 0 tb-monitor idx.duplicate
}

@test "idx: invalid ones" {
	sql 'CREATE TABLE public.t (a int); INSERT INTO public.t VALUES (1), (1)'
	run psql -X -q -c 'CREATE UNIQUE INDEX CONCURRENTLY broken ON public.t (a)'
	tb 1 tb-monitor idx.invalid
	assert_line --regexp '^    public\.broken on t, '
}

@test "con: foreign keys without an index" {
	sql 'CREATE TABLE public.p (a int, b int, PRIMARY KEY (a, b),
	        c int UNIQUE);
	    CREATE TABLE public.t (a int, b int, c int, d int, e int, f int,
	        g int,
	        CONSTRAINT two FOREIGN KEY (a, b) REFERENCES public.p,
	        CONSTRAINT bare FOREIGN KEY (c) REFERENCES public.p (c),
	        CONSTRAINT led FOREIGN KEY (d) REFERENCES public.p (c),
	        CONSTRAINT second FOREIGN KEY (e) REFERENCES public.p (c),
	        CONSTRAINT part FOREIGN KEY (f) REFERENCES public.p (c),
	        CONSTRAINT hashed FOREIGN KEY (g) REFERENCES public.p (c));
	    CREATE INDEX ON public.t (b, a, c);
	    CREATE INDEX ON public.t (d) WHERE d IS NOT NULL;
	    CREATE INDEX ON public.t (c, e) WHERE c > 0;
	    CREATE INDEX ON public.t (f) WHERE a IS NOT NULL;
	    CREATE INDEX ON public.t USING hash (g)'
	tb 1 tb-monitor con.fk_index --format json
	assert_equal "$(json '$.checks[*].objects[*]')" \
"public.t (c), constraint bare to p
public.t (e), constraint second to p
public.t (f), constraint part to p"
}

@test "con, trg, col: not validated, switched off, without a zone" {
	sql "CREATE TABLE public.p (id int PRIMARY KEY, at timestamp);
	    CREATE TABLE public.t (id int REFERENCES public.p,
	        CHECK (id > 0));
	    CREATE INDEX ON public.t (id)"
	tb 0 tb-monitor 'con.*' 'trg.*' 'col.*'
	sql 'ALTER TABLE public.t ADD CONSTRAINT late CHECK (id < 9) NOT VALID,
	        DISABLE TRIGGER ALL;
	    ALTER TABLE public.p ADD zoned timestamptz'
	tb 1 tb-monitor 'con.*' 'trg.*' 'col.*'
	assert_line '    late on table public.t'
	assert_line '    foreign key t_id_fkey on public.t'
	assert_line '    public.p, column at'
	sql 'ALTER TABLE public.t VALIDATE CONSTRAINT late,
	        ENABLE TRIGGER ALL;
	    ALTER TABLE public.p DROP at'
	tb 0 tb-monitor 'con.*' 'trg.*' 'col.*'
}

@test "conf: what a throw-away server dares" {
	tb 2 tb-monitor conf.unsafe
	assert_output --partial 'fsync is off'
}

# TradeBot

@test "tradebot: its real faults are found" {
	local file
	for file in "$TB_ROOT"/etc/model/*.sql; do
		sql_file "$file"
	done
	tb 1 tb-monitor idx.duplicate con.fk_index col.timezone
	for file in users api_keys bot_configs trades backtests; do
		assert_output --regexp "public\.ix_${file}_id \([^)]*\) beside ${file}_pkey"
	done
	assert_line --regexp '^warning +idx\.duplicate +5 '
	assert_line --regexp 'public\.bot_configs \(api_key_id\)'
	assert_line --partial 'public.bot_states, column last_run_at'
	assert_line --partial 'public.trades, column "timestamp"'
	assert_line --partial 'DROP INDEX CONCURRENTLY'
}

@test "tradebot: its own checks understand its schema" {
	local file
	for file in "$TB_ROOT"/etc/model/*.sql; do
		sql_file "$file"
	done
	tb 0 tb-monitor --checks "$TB_ROOT/etc/monitor.d" --lint 'tradebot.*'
	tb 0 tb-monitor --checks "$TB_ROOT/etc/monitor.d" 'tradebot.*'
}
