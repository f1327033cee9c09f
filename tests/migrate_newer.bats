# tb-migrate: the database has revisions that the checkout has not.

load migrate_helper.bash

# a1 - b2 are in the files, c3 and d4 only in the database.
ahead() {
	table_rev a1
	table_rev b2 a1
	table_rev c3 b2 'labels extra' 'transaction no'
	table_rev d4 c3
	tb 0 tb-migrate upgrade head
	rm revisions/c3_* revisions/d4_*
}

@test "current, status and upgrade explain it" {
	ahead
	tb 65 tb-migrate current
	assert_err --partial '"d4" is "make d4", which came after c3'
	tb 1 tb-migrate status
	assert_output --partial '1 unknown: d4'
	tb 65 tb-migrate upgrade head
	assert_err --partial '"d4" is "make d4"'
}

@test "downgrade undoes them from the stored text" {
	ahead
	tb 0 tb-migrate downgrade b2
	assert_err --partial 'revision "d4" (make d4) is in no file'
	assert_err --partial 'revision "c3" (make c3) is in no file'
	assert_equal "$(rows)" b2
	assert_equal "$(tables)" 't_a1 t_b2'
	assert_sql "SELECT string_agg(revision, ' ' ORDER BY revision)
	    FROM tb.revision" 'a1 b2'
	tb 0 tb-migrate status
}

@test "downgrade -1 and a dry run take the stored text" {
	ahead
	tb 0 tb-migrate downgrade --dry-run base
	assert_output --regexp 'downgrade +d4 +1 '
	assert_output --regexp 'downgrade +c3 +1 +none: transaction no'
	assert_equal "$(rows)" d4
	tb 0 tb-migrate downgrade -1
	assert_equal "$(rows)" c3
	# The label is of the stored text.
	tb 0 tb-migrate downgrade extra@-1
	assert_equal "$(rows)" b2
}

@test "a stored revision with an error names itself and the line" {
	ahead
	sql "UPDATE tb.revision SET downgrade = E'\nDROP TABLE public.gone;\n'
	    WHERE revision = 'd4'"
	tb 65 tb-migrate downgrade b2
	assert_err --regexp 'tb.revision/d4:[0-9]+: table "gone" does not exist'
	assert_equal "$(rows)" d4
}

@test "no way back where none is stored, nor where nothing is stored" {
	ahead
	sql "UPDATE tb.revision SET downgrade = NULL WHERE revision = 'd4'"
	tb 65 tb-migrate downgrade b2
	assert_err --partial 'has no section "downgrade"'
	sql "DELETE FROM tb.revision WHERE revision = 'd4'"
	tb 65 tb-migrate downgrade b2
	assert_equal "$(rows)" d4
}

@test "upgrade --tolerate-newer: 0 with a warning, only if all is applied" {
	ahead
	tb 0 tb-migrate upgrade head --tolerate-newer
	assert_err --partial 'the database is ahead of these files, at d4'
	tb 0 tb-migrate upgrade --dry-run --tolerate-newer
	tb 0 tb-migrate upgrade --tolerate-newer --format json
	assert_json '$.before[0]' d4
	assert_json '$.steps.size()' 0
	table_rev x9 b2
	tb 65 tb-migrate upgrade head --tolerate-newer
	rm revisions/x9_*
	sql "DELETE FROM tb.revision WHERE revision = 'd4'"
	tb 65 tb-migrate upgrade head --tolerate-newer
	assert_equal "$(tables)" 't_a1 t_b2 t_c3 t_d4'
}

@test "--tolerate-newer changes nothing where the files are newer" {
	table_rev a1
	tb 0 tb-migrate upgrade --tolerate-newer
	assert_equal "$(rows)" a1
}

@test "show --stored, history --stored" {
	ahead
	tb 65 tb-migrate show d4
	tb 0 tb-migrate show --stored --sql d4
	assert_output --partial 'CREATE TABLE public.t_d4'
	tb 0 tb-migrate history --stored
	assert_line --partial 'c3 -> d4'
	tb 0 tb-migrate history
	refute_output --partial d4
}
