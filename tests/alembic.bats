# lib/revision and Alembic side by side, on random graphs; no database is asked.

load helper.bash

setup() { :; }
teardown() { :; }

@test "random graphs: Alembic's steps, rows, heads and history" {
	run "$TB_ROOT/tests/alembic/run" 200 1
	[ "$status" -ne 77 ] || skip 'alembic is not installed'
	assert_success
	assert_line --regexp ': 200 graphs, .* [0-9]{5} commands, 0 differ$'
}
