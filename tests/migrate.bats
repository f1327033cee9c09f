# tb-migrate: TradeBot's history up, down and up again, and what a user sees.

load migrate_helper.bash

@test "tb-migrate: help, version, bad option" {
	assert_well_behaved tb-migrate
}

@test "upgrade: TradeBot up, down and up gives the same schema" {
	tb 0 tb-migrate upgrade head --revisions "$TRADEBOT"
	assert_equal "$(rows)" b7e3f2c1a9d8
	assert_equal "$(tables)" \
	    'api_keys backtests bot_configs bot_states trades users'
	schema_dump >first
	tb 0 tb-migrate downgrade base --revisions "$TRADEBOT"
	assert_equal "$(tables)" ''
	assert_equal "$(rows)" ''
	tb 0 tb-migrate upgrade head --revisions "$TRADEBOT"
	schema_dump >second
	diff first second
}

@test "upgrade: says what it applied, in order, and -q says nothing" {
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate upgrade head
	assert_output ''
	assert_err --regexp '^tb-migrate: applied a1 make a1 \(.* ms\)
tb-migrate: applied b2 make b2 \(.* ms\)$'
	tb 0 tb-migrate downgrade -1
	assert_err --regexp '^tb-migrate: undone b2 make b2 \(.* ms\)$'
	tb 0 tb-migrate upgrade -q head
	assert_err ''
}

@test "upgrade: nothing to do is said and is no failure" {
	table_rev a1
	tb 0 tb-migrate upgrade
	log_mark
	tb 0 tb-migrate upgrade
	assert_err 'tb-migrate: nothing to do: the database is at a1'
	run log_since
	refute_output --regexp ': (BEGIN|INSERT|CREATE)|advisory'
}

@test "upgrade --format json: the steps and where they led" {
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate upgrade head --format json
	assert_json '$.after[0]' b2
	assert_json '$.steps.size()' 2
	assert_json '$.steps[1].action' upgrade
	assert_json '$.steps[1].revision' b2
	tb 0 tb-migrate upgrade head --format json
	assert_json '$.before[0]' b2
	assert_json '$.steps.size()' 0
}

@test "upgrade and downgrade: to a revision, by steps, by prefix" {
	table_rev aaaa
	table_rev bbbb aaaa
	table_rev cccc bbbb
	tb 0 tb-migrate upgrade +1
	assert_equal "$(rows)" aaaa
	tb 0 tb-migrate upgrade bbb
	assert_equal "$(rows)" bbbb
	tb 0 tb-migrate upgrade head
	tb 0 tb-migrate downgrade -2
	assert_equal "$(rows)" aaaa
	assert_equal "$(tables)" t_aaaa
	tb 65 tb-migrate upgrade nonsense
	assert_err --partial '"nonsense"'
	assert_equal "$(rows)" aaaa
}

@test "upgrade: two runs started together apply everything once" {
	tb-migrate upgrade head --revisions "$TRADEBOT" 2>first.err 3>&- &
	local first=$!
	tb-migrate upgrade head --revisions "$TRADEBOT" 2>second.err 3>&- &
	local second=$! rc1=0 rc2=0
	wait $first || rc1=$?
	wait $second || rc2=$?
	cat first.err second.err
	assert_equal "$rc1 $rc2" '0 0'
	assert_equal "$(cat first.err second.err | grep -c ' applied ')" 14
	assert_equal "$(rows)" b7e3f2c1a9d8
	assert_sql "SELECT count(*) FROM tb.event" 14
}

@test "upgrade: a run that waits for the lock does not repeat the work" {
	table_rev a1
	local key
	log_mark
	tb 0 tb-migrate upgrade
	key=$(log_since | grep -A1 pg_try_advisory_lock |
	    grep -oE "'[0-9]+'" | head -n 1 | tr -d "'")
	tb 0 tb-migrate downgrade base
	hold "SELECT pg_advisory_lock($key);"
	wait_for "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory'
	    AND database = (SELECT oid FROM pg_database
	    WHERE datname = current_database())"
	start tb-migrate upgrade
	wait_for "SELECT count(*) = 1 FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()"
	# What the other run would have done meanwhile.
	sql "CREATE TABLE public.t_a1 (id integer);
	    INSERT INTO public.alembic_version VALUES ('a1')"
	stop_holding
	finish 0
	assert_equal "$(rows)" a1
	run cat job.err
	assert_output --partial 'nothing to do'
}

@test "upgrade: the lock is held by another: 75, who it is, nothing done" {
	table_rev a1
	local key
	log_mark
	tb 0 tb-migrate upgrade
	key=$(log_since | grep -A1 pg_try_advisory_lock |
	    grep -oE "'[0-9]+'" | head -n 1 | tr -d "'")
	table_rev b2 a1
	hold "SELECT pg_advisory_lock($key);"
	wait_for "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory'
	    AND database = (SELECT oid FROM pg_database
	    WHERE datname = current_database())"
	tb 75 tb-migrate upgrade --wait-lock 0
	assert_err --partial 'user postgres'
	assert_err --partial 'holder'
	assert_equal "$(rows)" a1
	stop_holding
	tb 0 tb-migrate upgrade --wait-lock 0
	assert_equal "$(rows)" b2
}

@test "upgrade -n and plan: print the steps and change nothing" {
	table_rev a1
	rev b2 a1 <<-'E'
		--: upgrade
		CREATE INDEX CONCURRENTLY b2 ON public.t_a1 (id);
		--: downgrade
		DROP INDEX CONCURRENTLY public.b2;
	E
	table_rev c3 b2
	local command
	for command in 'upgrade -n' plan; do
		# shellcheck disable=SC2086 # two words
		tb 0 tb-migrate $command head
		assert_line --index 1 --regexp '^upgrade +a1 +1 +1 +make a1$'
		assert_line --index 2 --regexp \
		    '^upgrade +b2 +1 +none: .*CONCURRENTLY, line 6 +make b2$'
		assert_line --index 3 --regexp '^upgrade +c3 +1 +3 +make c3$'
	done
	assert_sql "SELECT to_regclass('public.alembic_version') IS NULL" t
	tb 0 tb-migrate plan --format json
	assert_json '$.steps[1].transaction' ''
	assert_json '$.steps[2].transaction' 3
	tb 0 tb-migrate downgrade -n base
	assert_output ''
}

@test "current: without a version table prints nothing and makes none" {
	table_rev a1
	tb 0 tb-migrate current
	assert_output ''
	assert_err ''
	assert_sql "SELECT count(*) FROM pg_class
	    WHERE relname = 'alembic_version'" 0
	assert_sql "SELECT to_regnamespace('tb') IS NULL" t
}

@test "current: text, -v, JSON, --check-heads" {
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate upgrade a1
	tb 0 tb-migrate current
	assert_output a1
	tb 1 tb-migrate current --check-heads
	tb 0 tb-migrate upgrade head
	tb 0 tb-migrate current -c
	assert_output 'b2 (head)'
	tb 0 tb-migrate current -v
	assert_line 'Rev: b2 (head)'
	assert_line 'Parent: a1'
	assert_line 'Path: revisions/b2_make.sql'
	tb 0 tb-migrate current --format json
	assert_json '$[0].revision' b2
	assert_json '$[0].head' true
}

@test "current: a row that no file has is explained from the history" {
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate upgrade head
	rm revisions/b2*
	tb 65 tb-migrate current
	assert_err --partial 'b2'
	assert_err --partial 'make b2'
	assert_err --partial 'hint: '
	tb 65 tb-migrate upgrade head
	assert_err --partial 'make b2'
	assert_equal "$(rows)" b2
	tb 1 tb-migrate status
	assert_output 'base: 0 applied, pending cannot be told; 1 unknown: b2'
}

@test "status: one line, and 1 while something is pending" {
	table_rev a1
	table_rev b2 a1
	tb 1 tb-migrate status
	assert_output 'base: 0 applied, 2 pending'
	tb 0 tb-migrate upgrade head
	tb 0 tb-migrate status
	assert_output 'b2 (head): 2 applied, none pending'
	tb 0 tb-migrate status --format json
	assert_json '$.version_table' public.alembic_version
	assert_json '$.applied.size()' 2
	assert_json '$.pending.size()' 0
}

@test "status: tells an edited file from one laid out anew" {
	table_rev a1
	table_rev b2 a1
	tb 0 tb-migrate upgrade head
	sed -i 's/CREATE TABLE/CREATE   TABLE -- new\n/; s/$/\r/' \
	    revisions/a1_make.sql
	tb 0 tb-migrate status --format json
	assert_json '$.cosmetic[0]' a1
	assert_json '$.edited.size()' 0
	sed -i 's/integer/bigint/' revisions/b2_make.sql
	tb 1 tb-migrate status
	assert_output --partial '1 edited since: b2'
	tb 1 tb-migrate check
	assert_output 'edited: revision "b2" was edited after it was applied'
}

@test "a folder that is not there: 66 and where to name one" {
	tb 66 tb-migrate current
	assert_err --partial '"revisions"'
	assert_err --partial -- '--revisions'
	mkdir db && cd db
	tb 66 tb-migrate heads --revisions none
	assert_err --partial '"none"'
}

@test "tb.conf: names the folders, the table, the transaction" {
	mkdir -p conf/one conf/two
	table_rev a1
	mv revisions/a1* conf/one
	table_rev b2 a1
	mv revisions/b2* conf/two
	rmdir revisions
	cat >conf/tb.conf <<-E
		migrate {
			revisions = {"one", "two"}
			version-table = "versions"
			version-schema = "meta"
			transaction = "revision"
		}
	E
	tb 0 tb-migrate upgrade head --config conf/tb.conf
	assert_equal "$(rows meta.versions)" b2
	assert_sql "SELECT count(DISTINCT xmin::text) FROM tb.revision" 2
	sed -i 's/transaction.*/transaction = "never"/' conf/tb.conf
	tb 78 tb-migrate plan --config conf/tb.conf
	assert_err --partial '"never"'
}

@test "a wrong command line says what was meant" {
	tb 64 tb-migrate --format dot graph
	assert_err --partial 'The options of a command stand behind it: "tb-migrate graph --format ...".'
	tb 64 tb-migrate --dry-run upgrade
	assert_err --partial '"tb-migrate upgrade --dry-run ..."'
	tb 64 tb-migrate -m text revision
	assert_err --partial '"tb-migrate revision -m ..."'
	tb 64 tb-migrate --no-such-thing upgrade
	assert_err --partial 'Try "tb-migrate --help"'
	refute_err --partial 'stand behind'
	tb 64 tb-migrate upgrad
	assert_err --partial 'Did you mean "upgrade"?'
	tb 64 tb-migrate upgrade --dryrun
	assert_err --partial 'Did you mean --dry-run?'
	tb 64 tb-migrate upgrade --re
	assert_err --partial 'option --re may be any of --'
	assert_err --partial ', --revisions'
	tb 64 tb-migrate upgrade --tag
	assert_err --partial 'option --tag needs an argument'
	tb 64 tb-migrate upgrade --dry-run=yes
	assert_err --partial 'option --dry-run=yes takes no argument'
}
