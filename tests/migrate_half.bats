# tb-migrate: what is told of a revision that is half done.
#
# shellcheck disable=SC2154 # variables of migrate_helper.bash

load migrate_helper.bash

# Three statements outside a transaction; the second one is as told.
three() {
	table_rev a1
	rev b2 a1 'transaction no' <<-E
		--: upgrade
		INSERT INTO public.t_a1 VALUES (1);
		$1;
		INSERT INTO public.t_a1 VALUES (3);
		--: downgrade
		DELETE FROM public.t_a1 WHERE id = 3;
		$1;
		DELETE FROM public.t_a1 WHERE id = 1;
	E
	table_rev c3 b2
}

sleeping() {
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE datname = current_database() AND wait_event = 'PgSleep'
	    AND application_name = 'tb-migrate'"
}

# kill_asleep: the run that start began, with -9, and its session.
kill_asleep() {
	sleeping
	kill -s KILL "$job"
	finish 137
	sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()" >/dev/null
	wait_for "SELECT count(*) = 0 FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()"
}

@test "a statement that failed: which one, why, and what to do" {
	three 'SELECT 1/0'
	tb 65 tb-migrate upgrade
	tb 1 tb-migrate status
	assert_line --index 0 'a1: 1 applied, 2 pending; half done: b2'
	assert_line --index 1 --regexp '^revision "b2" is half done since [0-9TZ:-]+, by .+: statement 2 of 3, line 8 failed: .*division by zero'
	assert_line --index 2 --partial '"tb-migrate resume" goes on there'
	tb 1 tb-migrate check
	assert_line --regexp '^half: revision "b2" is half done .*statement 2 of 3, line 8 failed'
	assert_line --partial '    Mend the cause'
	tb 1 tb-migrate doctor
	assert_line --regexp '^journal: revision "b2" .*statement 2 of 3, line 8 failed'
	assert_line --partial '    Mend the cause'
	tb 1 tb-migrate status --format json
	assert_json '$.half_done.revision' b2
	assert_json '$.half_done.direction' up
	assert_json '$.half_done.state' failed
	assert_json '$.half_done.statement' 2
	assert_json '$.half_done.statements' 3
	assert_json '$.half_done.line' 8
	assert_json '$.half_done.error like_regex "division by zero"' true
	assert_json '$.half_done.remedy like_regex "resume"' true
	tb 1 tb-migrate check --format json
	assert_json '$[*] ? (@.kind == "half") .remedy like_regex "resume"' true
	sed -i 's,1/0,1,' revisions/b2_make.sql
	tb 0 tb-migrate resume
	tb 0 tb-migrate status
	assert_output 'c3 (head): 3 applied, none pending'
	tb 0 tb-migrate status --format json
	assert_json '$.half_done' ''
	tb 0 tb-migrate check
	assert_output ''
}

@test "a run that was killed: the statement comes next; the way down" {
	three 'SELECT pg_sleep(60)'
	rm revisions/c3_*
	start tb-migrate upgrade
	kill_asleep
	tb 1 tb-migrate status
	assert_line --partial 'statement 2 of 3, line 8 comes next'
	assert_line --partial '"tb-migrate resume" goes on there'
	tb 0 tb-migrate resume --skip
	start tb-migrate downgrade a1
	kill_asleep
	# Nothing is pending, and yet it is not well.
	tb 1 tb-migrate status --format json
	assert_json '$.pending.size()' 0
	assert_json '$.half_done.direction' down
	assert_json '$.half_done.state' interrupted
	tb 1 tb-migrate status
	assert_line --index 0 --partial '; half undone: b2'
	tb 1 tb-migrate check
	assert_line --partial 'half: revision "b2" is half undone'
}

@test "while a run goes on it is no fault, and nothing is to be resumed" {
	three 'SELECT pg_sleep(60)'
	start tb-migrate upgrade
	sleeping
	tb 1 tb-migrate status
	assert_line 'revision "b2" is being applied, at statement 2 of 3, line 8'
	assert_line --partial 'Wait until that run ends'
	tb 1 tb-migrate status --format json
	assert_json '$.half_done.state' running
	tb 1 tb-migrate doctor
	refute_line --partial 'journal:'
	assert_line --partial 'lock:'
	kill_asleep
}

@test "one that may have committed inside, and one that only is to be recorded" {
	table_rev a1
	rev b2 a1 'transaction no' <<-'E'
		--: upgrade
		CREATE PROCEDURE public.commits() LANGUAGE plpgsql AS
		    'BEGIN COMMIT; PERFORM 1/0; END';
		CALL public.commits();
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	tb 1 tb-migrate status
	assert_line --partial 'statement 2 of 2, line 9 may have committed before it failed: '
	assert_line --partial '--mark-done takes it as done'
	tb 0 tb-migrate resume --skip
	rev c3 b2 'transaction no' <<-'E'
		--: upgrade
		SELECT 1;
		--: downgrade
		--: verify
		SELECT false;
	E
	tb 65 tb-migrate upgrade
	tb 1 tb-migrate status
	assert_line --partial 'its 1 statements are done, but it is not recorded'
}

@test "many: the summary has a column where something is half done" {
	three 'SELECT 1/0'
	echo "$PGDATABASE" >targets
	tb 1 tb-migrate status --targets targets
	refute_output --partial 'HALF DONE'
	tb 65 tb-migrate upgrade
	tb 1 tb-migrate status --targets targets
	assert_line --index 0 --regexp 'CURRENT +HALF DONE$'
	assert_line --index 1 --regexp ' a1 +b2$'
}

@test "--log json: every command that asks the database has it" {
	local command
	table_rev a1
	for command in accept check current doctor downgrade edit \
	    ensure_version graph history import log plan rehearse resume show \
	    stamp status unlock upgrade; do
		tb 0 tb-migrate "$command" --help
		assert_line --partial '--log=FORMAT'
	done
	tb 0 tb-migrate rehearse --log json
	output=$(head -n 1 <<<"$stderr")
	assert_json '$.level' info
	tb 0 tb-migrate upgrade
	tb 64 tb-migrate accept a1 --log json
	output=$(head -n 1 <<<"$stderr")
	assert_json '$.event' failure
	tb 0 tb-migrate doctor --log json
	output=$stderr
	assert_json '$.message' 'nothing is wrong'
	tb 0 tb-migrate ensure_version --log json
	output=$stderr
	assert_json '$.program' tb-migrate
	mkdir old
	echo 'SELECT 1;' >old/1_x.sql
	tb 0 tb-migrate import sql old --dry-run --log json
}

@test "resume and rehearse fill in variables" {
	rev a1 '' 'transaction no' <<-'E'
		--: upgrade
		CREATE TABLE public.:name (id integer);
		SELECT 1/:zero;
		--: downgrade
		DROP TABLE public.:name;
	E
	tb 65 tb-migrate upgrade -v name=filled -v zero=0
	tb 0 tb-migrate resume -v name=filled -v zero=1
	assert_equal "$(tables)" filled
	tb 0 tb-migrate downgrade base -v name=filled
	tb 0 tb-migrate rehearse -v name=filled -v zero=1
	assert_output --partial 'the way back leads back'
}
