# tb-migrate log: what was done, when and by whom.

load migrate_helper.bash

some() {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		DO $$ BEGIN RAISE NOTICE 'hello from b2'; END $$;
		CREATE TABLE public.t_b2 (id integer);
		--: downgrade
		DROP TABLE public.t_b2;
	E
	tb 0 tb-migrate upgrade head --tag 'ticket 7'
	tb 0 tb-migrate downgrade a1
	rev b2 a1 <<-'E'
		--: upgrade
		SELECT 1/0;
		--: downgrade
	E
	tb 65 tb-migrate upgrade head
}

@test "log: newest first, with outcome and error" {
	some
	tb 0 tb-migrate log
	assert_line --index 0 --regexp '^WHEN +WHO +ACTION +REVISION +OUTCOME'
	assert_line --index 1 --regexp \
	    'upgrade +b2 +failed .*division by zero'
	assert_line --index 2 --regexp 'downgrade +b2 +done .*make b2'
	assert_line --index 3 --regexp 'upgrade +b2 +done .*ticket 7'
	assert_line --index 4 --regexp 'upgrade +a1 +done'
	assert_line --index 1 --partial "$(id -un)@"
}

@test "log -n, --revision, --since" {
	some
	tb 0 tb-migrate log -n 1 --format json
	assert_json '$.size()' 1
	assert_json '$[0].outcome' failed
	assert_json '$[0].sqlstate' 22012
	tb 0 tb-migrate log --revision a --format json
	assert_json '$.size()' 1
	assert_json '$[0].revision' a1
	assert_json '$[0].message' 'make a1'
	tb 0 tb-migrate log --since '1 hour' --format json
	assert_json '$.size()' 4
	tb 0 tb-migrate log --since tomorrow
	assert_output ''
	tb 65 tb-migrate log --since 'when pigs fly'
	assert_err --partial -- '--since takes'
	tb 64 tb-migrate log -n 0
}

@test "log --details: statements, notices, the program" {
	some
	tb 0 tb-migrate log --details --revision b2
	assert_output --partial 'Program: tb-migrate '
	assert_output --partial 'Note: ticket 7'
	assert_output --partial 'hello from b2'
	assert_output --regexp 'line 6: [0-9.]+ (ms|s)'
	assert_output --partial '(SQLSTATE 22012)'
	tb 0 tb-migrate log --format json
	assert_json '$[2].notices[0].message' 'hello from b2'
	assert_json '$[2].statements[1].line' 7
}

@test "log: without files, and without a log" {
	tb 0 tb-migrate log
	assert_output ''
	assert_err --partial 'there is no log'
	tb 0 tb-migrate log --format json
	assert_json '$.size()' 0
	table_rev a1
	tb 0 tb-migrate upgrade head
	rm -r revisions
	tb 0 tb-migrate log
	assert_output --regexp 'upgrade +a1 +done .*make a1'
}
