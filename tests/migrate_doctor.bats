# tb-migrate doctor: an impossible version table, and what else is wrong.

load migrate_helper.bash

three() {
	table_rev a1
	table_rev b2 a1
	table_rev c3 b2
	tb 0 tb-migrate upgrade head
}

@test "doctor: a healthy database, and one with nothing in it" {
	table_rev a1
	tb 0 tb-migrate doctor
	assert_err --partial 'nothing is wrong'
	tb 0 tb-migrate upgrade
	tb 0 tb-migrate doctor
	assert_output ''
	tb 0 tb-migrate doctor --format json
	assert_json '$.size()' 0
}

@test "doctor --fix: rows that other rows imply" {
	three
	sql "INSERT INTO alembic_version VALUES ('a1'), ('b2')"
	tb 65 tb-migrate upgrade head
	tb 1 tb-migrate doctor
	assert_line --partial 'row: row "a1" is implied by another row'
	assert_line --partial 'row: row "b2" is implied by another row'
	tb 64 tb-migrate doctor --fix
	assert_err --partial 'add --yes'
	assert_equal "$(rows)" 'a1 b2 c3'
	tb 0 tb-migrate doctor --fix --yes
	assert_err --partial 'is repaired'
	assert_equal "$(rows)" c3
	assert_sql "SELECT concat_ws('|', action, outcome, tag) FROM tb.event
	    ORDER BY id DESC LIMIT 1" \
	    'doctor|done|took out superfluous rows: a1, b2'
	tb 0 tb-migrate upgrade head
}

@test "doctor --fix: a row that is there twice" {
	three
	sql "ALTER TABLE alembic_version DROP CONSTRAINT alembic_version_pkc;
	    INSERT INTO alembic_version VALUES ('c3')"
	tb 1 tb-migrate doctor --format json
	assert_json '$[0].kind' row
	assert_json '$[0].repairable' true
	tb 0 tb-migrate doctor --fix --yes
	assert_equal "$(rows)" c3
}

@test "doctor: unknown rows, what only tb.revision has, a lost row" {
	three
	sql "UPDATE alembic_version SET version_num = 'nowhere'"
	tb 1 tb-migrate doctor --fix --yes
	assert_line --partial 'unknown: row "nowhere" is of a revision that no'
	assert_line --partial 'moved: the version table says nowhere'
	assert_line --partial 'tb-migrate stamp c3'
	sql "UPDATE alembic_version SET version_num = 'c3'"
	rm revisions/c3_*
	tb 1 tb-migrate doctor
	assert_output --partial 'ahead: revision "c3" is applied and in no file'
	sql "DELETE FROM alembic_version"
	tb 1 tb-migrate doctor
	assert_output --partial 'recorded: revision "a1" is recorded as applied'
}

@test "doctor: a revision that is half done" {
	rev a1 '' 'transaction no' <<-'E'
		--: upgrade
		CREATE TABLE public.t ();
		SELECT 1/0;
		--: downgrade
	E
	tb 65 tb-migrate upgrade
	tb 1 tb-migrate doctor
	assert_line --partial 'journal: revision "a1" is half done since'
}

@test "doctor: an invalid index, a lost trigger, a held lock" {
	three
	sql "INSERT INTO t_a1 VALUES (1), (1)"
	run psql -X -q -c \
	    'CREATE UNIQUE INDEX CONCURRENTLY twice ON public.t_a1 (id)'
	sql "DROP TRIGGER append_only ON tb.event"
	tb 1 tb-migrate doctor
	assert_line --partial 'index: index public.twice of public.t_a1 is invalid'
	assert_line --partial 'REINDEX INDEX CONCURRENTLY public.twice;'
	assert_line --partial 'lost its trigger'
	rev d4 c3 'transaction no' <<-'E'
		--: upgrade
		SELECT pg_sleep(60);
		--: downgrade
	E
	start tb-migrate upgrade
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE query LIKE 'SELECT pg_sleep(60)%'
	    AND datname = current_database() AND pid <> pg_backend_pid()"
	tb 1 tb-migrate doctor
	assert_line --regexp 'lock: the lock is held by process [0-9]+'
	# shellcheck disable=SC2154 # of migrate_helper.bash
	kill -INT "$job"
	finish 130
}
