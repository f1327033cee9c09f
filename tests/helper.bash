# helper.bash: what every .bats file loads.
#
# One server for the whole run (tests/run), one fresh database for each test:
# tests may run in any order.  No bare "[ a = b ]" in a test: a failure must
# show what it saw.
#
# shellcheck disable=SC2034,SC2154 # status, stderr, lines belong to bats

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

# The project, and its TradeBot data.
TB_ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
export TB_ROOT

setup() {
	PGDATABASE="t_${BATS_SUITE_TEST_NUMBER}"
	export PGDATABASE
	createdb "$PGDATABASE"
	# No tb.conf of a parent folder is found from here.
	cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
	dropdb --if-exists --force "$PGDATABASE"
}

# tb EXIT PROGRAM [ARG...]: run a program and insist on its exit code.
#
# Afterwards $output is its standard output and $stderr the rest; both are in
# the log of a failed test.
tb() {
	local want=$1
	shift
	echo "\$ $*"
	run --separate-stderr -- timeout --foreground 60 "$@"
	printf 'out: %s\nerr: %s\nrc:  %s\n' "$output" "$stderr" "$status"
	[ "$status" -eq "$want" ] || fail "exit $status, expected $want"
}

# The bats-assert of Debian 12 has no assert_stderr.
assert_err() {
	local output=$stderr
	local -a lines=("${stderr_lines[@]}")
	assert_output "$@"
}

refute_err() {
	local output=$stderr
	local -a lines=("${stderr_lines[@]}")
	refute_output "$@"
}

# sql STATEMENT: ask the test's own database, bare values out.
sql() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -c "$1"
}

# sql_file FILE: run a file in the test's own database.
sql_file() {
	psql -X -q -v ON_ERROR_STOP=1 -o /dev/null -f "$1"
}

# assert_sql STATEMENT EXPECTED
assert_sql() {
	assert_equal "$(sql "$1")" "$2"
}

# assert_json FILTER EXPECTED: $output is JSON, says PostgreSQL's jsonpath.
assert_json() {
	local got
	got=$(psql -X -q -A -t -v ON_ERROR_STOP=1 -v "j=$output" \
	    -v "f=$1" <<<"SELECT jsonb_path_query(:'j'::jsonb, :'f') #>> '{}'")
	assert_equal "$got" "$2"
}

# schema_dump: the test's database as text, without the random line of newer
# versions.
schema_dump() {
	pg_dump -s "$@" "$PGDATABASE" | grep -vE '^\\(un)?restrict '
}

# log_mark remembers where the server's log ends; log_since prints what came
# after (log_statement is "all").
log_mark() {
	TB_LOG_MARK=$(wc -c <"$TB_SERVER_LOG")
}

log_since() {
	tail -c "+$((TB_LOG_MARK + 1))" "$TB_SERVER_LOG"
}

# as_other COMMAND...: as an ordinary user of the system, if we are root.
as_other() {
	if [ "$(id -u)" -eq 0 ]; then
		runuser -u nobody -- "$@"
	else
		"$@"
	fi
}

# Every program obeys these; each program's .bats file calls it once.
assert_well_behaved() {
	tb 0 "$1" --help
	assert_line --partial 'usage:'
	assert_err ''
	tb 0 "$1" --version
	assert_output --regexp "^$1 [0-9]"
	tb 64 "$1" --no-such-option
	assert_output ''
	assert_err --partial 'Try "'
	assert_page_matches_help "$1"
}

# Every option of --help, of every command, stands in the manual page.
assert_page_matches_help() {
	local page=$TB_ROOT/tools/$1/$1.1 option command text
	text=$(mandoc -Tutf8 "$page" | sed 's/.\x08//g')
	for command in '' $("$1" --complete | grep -v '^-'); do
		# shellcheck disable=SC2086 # no word when there is no command
		for option in $("$1" $command --help |
		    grep -oE '^ +(-., )?--[a-z-]+' | grep -oE -- '--[a-z-]+'); do
			grep -qF -- "$option" <<<"$text" ||
			    fail "$page has no word of $command $option"
		done
	done
}
