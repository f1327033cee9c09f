# Histories of other people's projects, as tests/data/import/histories has
# them, made into Alembic's files, imported and walked.  What must come of it is
# Alembic's own answer.

load migrate_helper.bash

HISTORIES=$TB_ROOT/tests/data/import/histories

# python_list WORDS: "a,b" as Python has it, "-" as nothing.
python_list() {
	[ "$1" != - ] || {
		echo None
		return
	}
	printf '("%s",)\n' "${1//,/\", \"}"
}

# history NAME: its files in versions/, and imported ones in revisions/.
history() {
	local id parents labels depends
	mkdir versions
	while read -r id parents labels depends; do
		[ "$id" != '#' ] || continue
		cat >"versions/$id.py" <<-E
			"""change $id"""
			revision = "$id"
			down_revision = $(python_list "$parents")
			branch_labels = $(python_list "$labels")
			depends_on = $(python_list "$depends")


			def upgrade():
			    pass


			def downgrade():
			    pass
		E
		echo "$id"
	done <"$HISTORIES/$1" >order
	tb 0 tb-migrate import alembic versions -q
}

# As Alembic orders and sees them; it is asked itself where it is installed.
same_history() {
	local alembic python
	tb 0 tb-migrate history --format json
	printf '%s\n' "$output" >facts
	sql "SELECT r->>'revision' FROM jsonb_array_elements('$output') AS r" |
	    diff order -
	alembic=$(command -v alembic) || return 0
	python=$(sed -n '1s/^#!//p' "$alembic")
	# shellcheck disable=SC2086 # "/usr/bin/env python3" is two words
	PYTHONDONTWRITEBYTECODE=1 run -0 $python \
	    "$TB_ROOT/tests/alembic/real.py" versions facts
	assert_output --partial 'the same: '
}

@test "histories: neutron, two labelled branches that depend on each other" {
	history neutron
	same_history
	tb 0 tb-migrate heads
	assert_output "5881373af7f5 (expand) (head)
5c85685d616d (contract) (head)"
	tb 0 tb-migrate branches
	assert_line --regexp '^kilo .*\(branchpoint\)'
	# walk COMMAND TARGET ROWS: the rows are those that Alembic has then.
	walk() {
		tb 0 tb-migrate "$1" "$2" -q
		assert_equal "$(rows)" "$3"
	}
	walk upgrade contract@head 5c85685d616d
	walk upgrade expand@+5 '5c85685d616d 804a3c76314c'
	walk upgrade heads '5881373af7f5 5c85685d616d'
	walk downgrade contract@-1 '2e0d7a8a1586 5881373af7f5'
	walk downgrade expand@-20 '2e0d7a8a1586 532aa95457e2'
	walk downgrade kilo kilo
	walk downgrade base ''
}

@test "histories: glance, where one branch's head is under the other's" {
	history glance
	same_history
	tb 0 tb-migrate heads
	assert_output "wallaby_contract01 (contract, ocata01) (head)
wallaby_expand01 (expand) (effective head)"
	tb 0 tb-migrate heads --resolve-dependencies --expect 1
	tb 0 tb-migrate upgrade expand@head
	assert_equal "$(rows)" wallaby_expand01
	tb 0 tb-migrate upgrade heads
	assert_equal "$(rows)" wallaby_contract01
	tb 0 tb-migrate current --check-heads
	tb 0 tb-migrate downgrade base
}

@test "histories: mailman3, one line" {
	history mailman3
	same_history
	tb 0 tb-migrate upgrade head
	assert_equal "$(rows)" 98224512c9c2
	tb 0 tb-migrate downgrade -33
	assert_equal "$(rows)" ''
}
