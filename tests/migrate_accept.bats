# tb-migrate accept: an edited file, its hashes, its reason.

load migrate_helper.bash

two() {
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate upgrade head
}

@test "accept: the new text and hashes, and the reason in the log" {
	two
	sed -i 's/id integer/id bigint/' revisions/b2_make.sql
	tb 1 tb-migrate status
	assert_output --partial 'edited since: b2'
	before=$(sql "SELECT token_hash FROM tb.revision WHERE revision = 'b2'")
	tb 0 tb-migrate accept b2 --reason 'was never used with integer'
	assert_err --partial 'accepted 1 of 1'
	tb 0 tb-migrate status
	assert_sql "SELECT upgrade LIKE '%bigint%' FROM tb.revision
	    WHERE revision = 'b2'" t
	assert_sql "SELECT concat_ws('|', action, revision, outcome, tag)
	    FROM tb.event ORDER BY id DESC LIMIT 1" \
	    'accept|b2|done|was never used with integer'
	after=$(sql "SELECT token_hash FROM tb.revision WHERE revision = 'b2'")
	assert_sql "SELECT jsonb_path_query_first(notices,
	    '\$[*] ? (@.hash == \"tokens\")') ->> 'old' FROM tb.event
	    ORDER BY id DESC LIMIT 1" "$before"
	assert_sql "SELECT jsonb_path_query_first(notices,
	    '\$[*] ? (@.hash == \"tokens\")') ->> 'new' FROM tb.event
	    ORDER BY id DESC LIMIT 1" "$after"
	# How it came to be applied stays.
	assert_sql "SELECT origin FROM tb.revision WHERE revision = 'b2'" run
}

@test "accept: nothing to accept is a word and 0" {
	two
	tb 0 tb-migrate accept b2 --reason x
	assert_err --partial 'is as it was applied'
	sed -i 's/^CREATE TABLE/create   TABLE/; s/public.t_b2/PUBLIC."t_b2"/' \
	    revisions/b2_make.sql
	tb 0 tb-migrate accept b2 --reason x
	assert_err --partial 'differs in layout, case or comments only'
	assert_sql "SELECT count(*) FROM tb.event WHERE action = 'accept'" 0
	tb 0 tb-migrate status
}

@test "a keyword in quotes, a name that folds: no cosmetics" {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t ("order" integer, "Big" text);
		--: downgrade
		DROP TABLE public.t;
	E
	tb 0 tb-migrate upgrade head
	sed -i 's/"Big"/"big"/' revisions/a1_make.sql
	tb 1 tb-migrate status
	sed -i 's/"big"/"Big"/; s/"order"/ORDER/' revisions/a1_make.sql
	tb 1 tb-migrate status
	sed -i 's/ORDER/"order"/; s/CREATE TABLE/create\n\ttable/; s/text/TEXT/' \
	    revisions/a1_make.sql
	tb 0 tb-migrate status --format json
	assert_json '$.cosmetic[0]' a1
}

@test "what formula 1 wrote is compared by formula 1" {
	two
	# The hash of "upgrade <hash>\n...", as of before.
	local up down
	up=$(printf 'CREATE TABLE public . t_b2 ( id integer ) ' | sha256sum)
	down=$(printf 'DROP TABLE public . t_b2 ' | sha256sum)
	whole=$(printf 'upgrade %s\ndowngrade %s\n' "${up%% *}" "${down%% *}" |
	    sha256sum)
	sql "UPDATE tb.revision SET hash_formula = 1,
	    token_hash = '${whole%% *}' WHERE revision = 'b2'"
	sed -i 's/^CREATE TABLE/CREATE  TABLE/' revisions/b2_make.sql
	tb 0 tb-migrate status --format json
	assert_json '$.cosmetic[0]' b2
	# By that formula case counts.
	sed -i 's/^CREATE/create/' revisions/b2_make.sql
	tb 1 tb-migrate status
}

@test "accept: no reason, an unknown revision, one that is not applied" {
	two
	table_rev c3 b2
	tb 64 tb-migrate accept b2
	assert_err --partial -- --reason
	tb 64 tb-migrate accept b2 --reason ' '
	tb 65 tb-migrate accept nope --reason x
	tb 65 tb-migrate accept c3 --reason x
	assert_err --partial 'not recorded as applied'
}

@test "accept: a database of before, with a closed list of actions" {
	two
	sql "ALTER TABLE tb.revision DROP COLUMN keys;
	    ALTER TABLE tb.event
	    ADD CONSTRAINT event_action_check
	    CHECK (action IN ('upgrade', 'downgrade', 'stamp'))"
	sed -i 's/id integer/id bigint/' revisions/b2_make.sql
	tb 0 tb-migrate accept b2 --reason 'older database'
	assert_sql "SELECT count(*) FROM tb.event WHERE action = 'accept'" 1
	table_rev c3 b2 'transaction no'
	tb 0 tb-migrate upgrade head
	assert_sql "SELECT keys FROM tb.revision WHERE revision = 'c3'" \
	    '--: transaction no'
}
