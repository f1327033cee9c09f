# tb-migrate: the revision files: what is shown of them, and new ones.  None
# of it needs a server.

load migrate_helper.bash

# Nothing here may try to connect.
no_server() {
	PGHOST=$BATS_TEST_TMPDIR/nowhere "$@"
}

forked() {
	table_rev a1
	table_rev b2 a1 'labels blue'
	table_rev c3 a1
}

@test "heads: names them, marks them, --expect is for a pipeline" {
	table_rev a1
	table_rev b2 a1
	no_server tb 0 tb-migrate heads
	assert_output 'b2 (head)'
	tb 0 tb-migrate heads --expect 1
	table_rev c3 a1
	tb 0 tb-migrate heads
	assert_output 'b2 (head)
c3 (head)'
	tb 1 tb-migrate heads --expect 1
	assert_output 'b2 (head)
c3 (head)'
	assert_err --partial '1 head was expected, there are 2: b2, c3'
	assert_err --partial 'tb-migrate merge'
}

@test "heads: what another branch depends on is an effective head" {
	table_rev a1
	table_rev b2 '' 'depends-on a1'
	tb 0 tb-migrate heads
	assert_output 'a1 (effective head)
b2 (head)'
	tb 0 tb-migrate heads --resolve-dependencies
	assert_output 'b2 (head)'
	tb 0 tb-migrate history
	assert_line '<base> (a1) -> b2 (head), make b2'
}

@test "history: newest first, with parents, labels and marks" {
	forked
	table_rev d4 'b2 c3'
	no_server tb 0 tb-migrate history
	assert_line --index 0 'b2, c3 -> d4 (blue) (head) (mergepoint), make d4'
	assert_line --index 3 '<base> -> a1 (branchpoint), make a1'
	assert_line 'a1 -> b2 (blue), make b2'
	no_server tb 0 tb-migrate history -r b2:
	assert_output 'b2, c3 -> d4 (blue) (head) (mergepoint), make d4
a1 -> b2 (blue), make b2'
	no_server tb 0 tb-migrate history --format json
	assert_json '$.size()' 4
	assert_json '$[0].parents.size()' 2
	assert_json '$[3].branchpoint' true
	assert_json '$[0].path' revisions/d4_make.sql
}

@test "history: -i marks where the database is" {
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate upgrade a1
	tb 0 tb-migrate history -i
	assert_line '<base> -> a1 (current), make a1'
	assert_line 'a1 -> b2 (head), make b2'
	tb 0 tb-migrate history -r current:
	assert_equal "${#lines[@]}" 2
	tb 69 env PGHOST=/nowhere tb-migrate history -i
}

@test "branches: the forks and what they lead to" {
	forked
	no_server tb 0 tb-migrate branches
	assert_output 'a1 (branchpoint)
   -> b2 (blue) (head)
   -> c3 (head)'
	tb 0 tb-migrate branches --format json
	assert_json '$[0].children[1]' c3
}

@test "show: a block, its sections with --sql, JSON" {
	forked
	no_server tb 0 tb-migrate show b2
	assert_output 'Rev: b2 (head)
Parent: a1
Branch names: blue
Path: revisions/b2_make.sql

    make b2'
	tb 0 tb-migrate show a1
	assert_line 'Rev: a1 (branchpoint)'
	assert_line 'Branches into: b2, c3'
	tb 0 tb-migrate show blue --sql
	assert_line '    CREATE TABLE public.t_b2 (id integer);'
	assert_line '    --: downgrade'
	tb 0 tb-migrate show heads --format json --sql
	assert_json '$.size()' 2
	assert_json '$[0].downgrade' 'DROP TABLE public.t_b2;'
	tb 65 tb-migrate show nothing
	tb 64 tb-migrate show
	tb 0 tb-migrate upgrade a1
	tb 0 tb-migrate show current
	assert_line --partial 'Rev: a1'
}

@test "revision -m: a file that can be run as it is" {
	mkdir revisions
	tb 0 tb-migrate revision -m 'Add the Orders table, now'
	local first=$output
	assert_regex "$first" \
	    '^revisions/[0-9a-f]{12}_add_the_orders_table_now\.sql$'
	tb 0 tb-migrate revision -m second --rev-id second2
	assert_output revisions/second2_second.sql
	run cat revisions/second2_second.sql
	assert_line '--: revision second2'
	assert_line "--: down-revision $(basename "$first" | cut -c1-12)"
	assert_line '--: message second'
	assert_line --regexp '^--: date [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$'
	assert_line '--: upgrade'
	assert_line '--: downgrade'
	tb 0 tb-migrate upgrade head
	tb 0 tb-migrate downgrade base
	tb 65 tb-migrate revision -m twice --rev-id second2
	tb 0 tb-migrate heads --expect 1
}

@test "revision: head, splice, labels, dependencies, another folder" {
	forked
	tb 65 tb-migrate revision -m x
	assert_err --partial 'b2'
	tb 0 tb-migrate revision -m x --head c3 --rev-id d4 \
	    --branch-label red --depends-on b2
	run cat revisions/d4_x.sql
	assert_line '--: down-revision c3'
	assert_line '--: labels red'
	assert_line '--: depends-on b2'
	tb 65 tb-migrate revision -m x --head a1 --rev-id e5
	assert_err --partial -- '--splice'
	tb 0 tb-migrate revision -m x --head a1 --rev-id e5 --splice
	mkdir more
	tb 0 tb-migrate revision -m x --head base --rev-id f6 \
	    --revisions revisions --revisions more --version-path more
	assert_output more/f6_x.sql
	run grep -c down-revision more/f6_x.sql
	assert_output 0
}

@test "merge: joins the heads; the database follows" {
	forked
	tb 65 tb-migrate upgrade head
	assert_err --partial 'b2'
	assert_err --partial 'c3'
	tb 0 tb-migrate upgrade heads
	assert_equal "$(rows)" 'b2 c3'
	tb 0 tb-migrate merge -m join --rev-id d4
	assert_output revisions/d4_join.sql
	run cat revisions/d4_join.sql
	assert_line '--: down-revision b2 c3'
	tb 0 tb-migrate upgrade head
	assert_equal "$(rows)" d4
	tb 0 tb-migrate downgrade b2
	tb 0 tb-migrate current
	assert_output --partial b2
	tb 0 tb-migrate upgrade head
	tb 0 tb-migrate downgrade base
	assert_equal "$(tables)" ''
}

@test "merge --format json and named heads" {
	forked
	table_rev e5 a1
	tb 0 tb-migrate merge b2 c3 -m part --format json
	assert_json '$.parents[0]' b2
	assert_json '$.parents[1]' c3
	tb 0 tb-migrate heads --expect 2
}

@test "edit: opens the file in the editor, with its arguments" {
	table_rev a1
	EDITOR='sed -i s/integer/bigint/' tb 0 tb-migrate edit head
	run grep -c bigint revisions/a1_make.sql
	assert_output 1
	EDITOR=false tb 73 tb-migrate edit head
	assert_err --partial '"false"'
	EDITOR=/no/such/editor tb 66 tb-migrate edit head
	tb 65 tb-migrate edit base
}

@test "init: a folder and a tb.conf, and then it works" {
	tb 0 tb-migrate init 'data base/revs'
	assert_output 'data base/revs
tb.conf'
	tb 0 tb-migrate revision -m first
	assert_output --regexp 'data base/revs/.*_first.sql$'
	tb 0 tb-migrate upgrade head
	tb 73 tb-migrate init 'data base/revs'
	assert_err --partial 'not empty'
	echo '# mine' >tb.conf
	tb 0 tb-migrate init other
	assert_err --partial 'left as it is'
	assert_equal "$(cat tb.conf)" '# mine'
}

@test "check: files alone, then the database; JSON" {
	table_rev a1
	no_server tb 0 tb-migrate check --offline
	assert_output ''
	tb 1 tb-migrate check
	assert_output 'pending: revision "a1" is not applied'
	table_rev b2
	no_server tb 1 tb-migrate check --offline --format json
	assert_json '$[0].kind' heads
	tb 0 tb-migrate upgrade heads
	tb 1 tb-migrate check
	assert_output 'heads: there are 2 heads: a1, b2'
}

@test "faulty graphs: which file and what" {
	table_rev a1
	table_rev b2 missing
	tb 65 tb-migrate heads
	assert_err --partial 'revisions/b2_make.sql:2: '
	assert_err --partial '"missing"'
	table_rev b2 c3
	table_rev c3 b2
	tb 65 tb-migrate history
	assert_err --partial b2
	assert_err --partial c3
	rm revisions/c3* revisions/b2*
	cp revisions/a1_make.sql revisions/a1_again.sql
	tb 65 tb-migrate check --offline
	assert_err --partial revisions/a1_make.sql
	assert_err --partial revisions/a1_again.sql
}
