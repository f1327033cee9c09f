# tb-migrate: concurrent indexes: invalid remainders, finished ones, others.
#
# shellcheck disable=SC2154 # variables of migrate_helper.bash

load migrate_helper.bash

# A table t with rows that are not unique, and its revision a1.
with_rows() {
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE public.t (id integer, "Name" text, n integer);
		INSERT INTO public.t VALUES (1, 'a', 1), (1, 'b', 2);
		--: downgrade
		DROP TABLE public.t;
	E
	tb 0 tb-migrate upgrade
}

# hold_table STATEMENT: a transaction that has done this to t, and stays.
hold_table() {
	hold "BEGIN; $1;"
	wait_for "SELECT count(*) > 0 FROM pg_stat_activity AS a
	    JOIN pg_locks AS l USING (pid)
	    WHERE a.application_name = 'holder' AND l.granted
	    AND l.relation = 'public.t'::regclass"
}

# half_built: t has an index that is being built, or dropped.
half_built() {
	wait_for "SELECT count(*) = 1 FROM pg_index
	    WHERE indrelid = 'public.t'::regclass AND NOT indisvalid"
}

# end_sessions: those of tb-migrate in this database, and wait for that.
end_sessions() {
	sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()" >/dev/null
	wait_for "SELECT count(*) = 0 FROM pg_stat_activity
	    WHERE application_name = 'tb-migrate'
	    AND datname = current_database()"
}

# index_rev TEXT...: revision b2 with these statements.
index_rev() {
	local text
	rev b2 a1 <<-E
		--: upgrade
		$(for text; do echo "$text;"; done)
		--: downgrade
	E
}

# leave_invalid: an invalid index public.i on t (id), as a failed build does.
leave_invalid() {
	run psql -X -q -c "CREATE UNIQUE INDEX CONCURRENTLY ${1-i} ON public.t (id)"
	assert_sql "SELECT indisvalid FROM pg_index
	    WHERE indexrelid = 'public.${1-i}'::regclass" f
}

# indexes: the indexes of t with their definitions.
indexes() {
	sql "SELECT string_agg(regexp_replace(pg_get_indexdef(indexrelid),
	    'CREATE | ON .* USING btree|INDEX ', '', 'g') ||
	    CASE WHEN indisvalid THEN '' ELSE ' invalid' END, ', '
	    ORDER BY indexrelid::regclass::text COLLATE \"C\")
	    FROM pg_index WHERE indrelid = 'public.t'::regclass"
}

@test "unique violation: an invalid index is left; mended, upgrade again" {
	with_rows
	index_rev 'CREATE UNIQUE INDEX CONCURRENTLY i ON public.t (id)'
	tb 65 tb-migrate upgrade
	assert_err --partial 'revisions/b2_make.sql:6: could not create unique'
	assert_equal "$(indexes)" 'UNIQUE i (id) invalid'
	assert_sql "SELECT state, sqlstate FROM tb.journal" 'running|23505'
	tb 65 tb-migrate upgrade
	assert_err --partial 'dropping the invalid index public.i'
	assert_equal "$(indexes)" 'UNIQUE i (id) invalid'
	sql 'DELETE FROM public.t WHERE n = 2'
	tb 0 tb-migrate upgrade
	assert_err --partial 'dropping the invalid index public.i'
	assert_err --partial 'applied b2'
	assert_equal "$(indexes)" 'UNIQUE i (id)'
	assert_sql 'SELECT count(*) FROM tb.journal' 0
}

@test "a failed build that the file gives up: its remainder is dropped" {
	with_rows
	index_rev 'CREATE UNIQUE INDEX CONCURRENTLY i ON public.t (id)'
	tb 65 tb-migrate upgrade
	index_rev 'CREATE INDEX CONCURRENTLY other ON public.t (id)'
	tb 0 tb-migrate upgrade
	assert_err --partial 'dropping the invalid index public.i'
	assert_equal "$(indexes)" 'other (id)'
}

@test "an invalid remainder of somebody else: dropped, with or without words" {
	with_rows
	leave_invalid
	index_rev 'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t (n)'
	tb 0 tb-migrate upgrade
	assert_err --partial 'dropping the invalid index public.i'
	assert_equal "$(indexes)" 'i (n)'
}

@test "an index of the same definition, in other words: accepted" {
	with_rows
	sql 'CREATE INDEX i ON public.t USING btree (lower("Name"), n DESC NULLS FIRST)
	    WHERE ((n > 1) AND ("Name" IS NOT NULL))'
	index_rev 'CREATE INDEX CONCURRENTLY i ON only public.t
	    (lower(t."Name"), n DESC) WHERE n > 1 and t."Name" is not null'
	log_mark
	tb 0 tb-migrate upgrade
	assert_err --partial 'index public.i is there already, as it is wanted'
	run log_since
	refute_output --regexp '(execute <unnamed>|statement): CREATE INDEX CONC'
	assert_equal "$(rows)" b2
	assert_sql "SELECT count(*) FROM tb.event, jsonb_path_query(statements,
	    '\$[*] ? (@.state == \"was there\")') WHERE revision = 'b2'" 1
}

@test "another definition: 65 with both, IF NOT EXISTS or not" {
	with_rows
	sql 'CREATE INDEX i ON public.t (n)'
	local words
	for words in 'INDEX CONCURRENTLY' 'INDEX CONCURRENTLY IF NOT EXISTS' \
	    'UNIQUE INDEX CONCURRENTLY'; do
		index_rev "CREATE $words i ON public.t (n) WHERE n > 0"
		tb 65 tb-migrate upgrade
		assert_err --partial 'revisions/b2_make.sql:6: index public.i'
		assert_err --partial 'It is CREATE INDEX i ON public.t USING btree (n).'
		assert_err --regexp 'Wanted is CREATE (UNIQUE )?INDEX i ON public.t USING btree \(n\) WHERE'
		assert_equal "$(indexes)" 'i (n)'
	done
	index_rev 'CREATE UNIQUE INDEX CONCURRENTLY i ON public.t (n)'
	tb 65 tb-migrate upgrade
	index_rev 'CREATE INDEX CONCURRENTLY i ON public.t (n)'
	tb 0 tb-migrate upgrade
}

@test "the name is another relation's: 65, also with IF NOT EXISTS" {
	with_rows
	sql 'CREATE TABLE public.other (id integer);
	    CREATE INDEX i ON public.other (id)'
	local name
	for name in i other; do
		index_rev "CREATE INDEX CONCURRENTLY IF NOT EXISTS $name
		    ON public.t (n)"
		tb 65 tb-migrate upgrade
		assert_err --partial "public.$name is there already, and is no"
	done
}

@test "a name that the server chooses: a remainder is dropped, one is enough" {
	with_rows
	leave_invalid t_id_idx
	sql "UPDATE public.t SET id = n"
	index_rev 'CREATE UNIQUE INDEX CONCURRENTLY ON public.t (id)'
	tb 0 tb-migrate upgrade
	assert_err --partial 'dropping the invalid index public.t_id_idx'
	assert_equal "$(indexes)" 'UNIQUE t_id_idx (id)'
	rev c3 b2 <<-'E'
		--: upgrade
		CREATE UNIQUE INDEX CONCURRENTLY ON public.t (id);
		CREATE INDEX CONCURRENTLY ON public.t (n);
		--: downgrade
	E
	tb 0 tb-migrate upgrade
	assert_err --partial 'index public.t_id_idx is there already'
	assert_equal "$(indexes)" 'UNIQUE t_id_idx (id), t_n_idx (n)'
}

@test "quoted names, search_path of the revision" {
	sql 'CREATE SCHEMA "My S"'
	rev a1 <<-'E'
		--: upgrade
		CREATE TABLE "My S"."T" ("Id" integer);
		--: downgrade
	E
	rev b2 a1 <<-'E'
		--: upgrade
		SET search_path = "My S";
		CREATE INDEX CONCURRENTLY "I x" ON "T" ("Id");
		--: downgrade
		SET search_path = "My S";
		DROP INDEX CONCURRENTLY "I x";
	E
	tb 0 tb-migrate upgrade
	tb 0 tb-migrate stamp a1
	tb 0 tb-migrate upgrade
	assert_err --partial 'index "My S"."I x" is there already'
	tb 0 tb-migrate downgrade a1
	assert_sql "SELECT to_regclass('\"My S\".\"I x\"') IS NULL" t
}

@test "a build that is going on elsewhere: 75 with the process" {
	with_rows
	# A transaction that has the table keeps the other build waiting.
	hold_table 'INSERT INTO public.t VALUES (3)'
	PGAPPNAME=builder psql -X -q \
	    -c 'CREATE INDEX CONCURRENTLY i ON public.t (n)' 3>&- 8>&- &
	local builder=$!
	half_built
	index_rev 'CREATE INDEX CONCURRENTLY i ON public.t (n)'
	tb 75 tb-migrate upgrade
	assert_err --partial 'another session is building index public.i'
	assert_err --partial 'program builder'
	stop_holding
	wait "$builder"
	tb 0 tb-migrate upgrade
	assert_err --partial 'index public.i is there already'
}

@test "killed with -9 during a build: the next run goes on" {
	with_rows
	index_rev 'CREATE INDEX CONCURRENTLY i ON public.t (n)' \
	    'CREATE INDEX CONCURRENTLY k ON public.t (id)'
	hold_table 'INSERT INTO public.t VALUES (3)'
	start tb-migrate upgrade
	half_built
	kill -s KILL "$job"
	finish 137
	end_sessions
	assert_equal "$(indexes)" 'i (n) invalid'
	stop_holding
	tb 0 tb-migrate upgrade
	assert_err --partial 'revision "b2" goes on at line 6: 0 of its 2'
	assert_err --partial 'dropping the invalid index public.i'
	assert_equal "$(indexes)" 'i (n), k (id)'
	assert_equal "$(rows)" b2
}

@test "its connection is cut during a build: 69, then the same" {
	with_rows
	index_rev 'CREATE INDEX CONCURRENTLY i ON public.t (n)'
	hold_table 'INSERT INTO public.t VALUES (3)'
	start tb-migrate upgrade
	half_built
	end_sessions
	finish 69
	stop_holding
	tb 0 tb-migrate upgrade
	assert_equal "$(indexes)" 'i (n)'
}

@test "SIGTERM during a build: 143, the remainder is dropped by the next run" {
	with_rows
	index_rev 'CREATE INDEX CONCURRENTLY i ON public.t (n)'
	hold_table 'INSERT INTO public.t VALUES (3)'
	start tb-migrate upgrade
	half_built
	kill -s TERM "$job"
	finish 143
	stop_holding
	assert_equal "$(indexes)" 'i (n) invalid'
	tb 0 tb-migrate upgrade
	assert_equal "$(indexes)" 'i (n)'
}

@test "DROP INDEX CONCURRENTLY that was interrupted: gone, or dropped again" {
	with_rows
	sql 'CREATE INDEX i ON public.t (n)'
	index_rev 'DROP INDEX CONCURRENTLY public.i'
	hold_table 'SELECT * FROM public.t'
	start tb-migrate upgrade
	half_built
	kill -s KILL "$job"
	finish 137
	end_sessions
	stop_holding
	assert_equal "$(indexes)" 'i (n) invalid'
	sql 'DROP INDEX public.i'
	tb 0 tb-migrate upgrade
	assert_equal "$(indexes)" ''
	assert_equal "$(rows)" b2
	# A first run is told that there is none.
	tb 0 tb-migrate stamp a1
	tb 65 tb-migrate upgrade
	assert_err --partial 'does not exist'
	assert_sql 'SELECT count(*) FROM tb.journal' 0
}

@test "REINDEX CONCURRENTLY that was interrupted: its leftovers are dropped" {
	with_rows
	sql 'CREATE INDEX i ON public.t (n)'
	index_rev 'REINDEX (VERBOSE) TABLE CONCURRENTLY public.t'
	hold_table 'INSERT INTO public.t VALUES (3)'
	start tb-migrate upgrade
	half_built
	kill -s KILL "$job"
	finish 137
	end_sessions
	stop_holding
	assert_equal "$(indexes)" 'i (n), i_ccnew (n) invalid'
	tb 0 tb-migrate upgrade
	assert_err --partial 'dropping the invalid index public.i_ccnew'
	assert_equal "$(indexes)" 'i (n)'
}

@test "a build waits longer than a lock timeout that is for others" {
	with_rows
	index_rev 'CREATE INDEX CONCURRENTLY i ON public.t (n)'
	sql "DO \$\$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = 200',
	    current_database()); END \$\$"
	hold_table 'INSERT INTO public.t VALUES (3)'
	start tb-migrate upgrade
	half_built
	sleep 0.5
	stop_holding
	finish 0
	assert_equal "$(indexes)" 'i (n)'
}

@test "--lock-timeout: 75, the note says why, the next run goes on" {
	with_rows
	index_rev 'CREATE INDEX CONCURRENTLY i ON public.t (n)'
	hold_table 'INSERT INTO public.t VALUES (3)'
	tb 75 tb-migrate upgrade --lock-timeout 200ms --retry-for 0
	assert_err --partial 'lock timeout'
	stop_holding
	assert_sql "SELECT state, sqlstate FROM tb.journal" 'running|55P03'
	tb 0 tb-migrate upgrade
	assert_equal "$(indexes)" 'i (n)'
}
