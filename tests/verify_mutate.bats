# tb-verify sees what pg_dump sees, and its SQL brings back what was.
#
# A few of the statements that tests/mutate/run tries; "make check-mutate" is
# the long run.

load helper.bash

setup() {
	PGDATABASE=postgres
	export PGDATABASE
	cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
	psql -X -q -c 'SET client_min_messages = error' \
	    -c 'DROP DATABASE IF EXISTS small' \
	    -c 'DROP TABLESPACE IF EXISTS mutate' -c 'DROP ROLE IF EXISTS
	    verify_alice, verify_super, "Verify ""Bob"""'
}

# small CLASS...: a database of the second sides of these pairs.
small() {
	local class
	createdb -T template0 small
	for class in "$@"; do
		sed "s/\\bpublic\\./of_$class./g" \
		    "$TB_ROOT/tests/data/verify/$class.main.b.sql" >file.sql
		PGOPTIONS='-c client_min_messages=error' psql -X -q -d small \
		    -v ON_ERROR_STOP=1 -o /dev/null \
		    -c "CREATE SCHEMA of_$class" -f file.sql
	done
}

# mutate N SEED
mutate() {
	run --separate-stderr "$TB_ROOT/tests/mutate/run" "$1" "$2" small
	[ "$status" -ne 77 ] || skip "${stderr#skipped: }"
	echo "$output"
	echo "$stderr"
	assert_equal "$status" 0
	assert_line --regexp "^$1 statements accepted, "
}

@test "mutate: tables and what hangs on them" {
	small index constraint trigger policy partition
	mutate 20 1
}

@test "mutate: routines, types, views and the rest" {
	small function domain enum composite_type view sequence text_search \
	    publication
	mutate 20 2
}

@test "mutate: a difference that only one of them sees is told" {
	# What a password says is not compared, so pg_dump's word on it is left
	# out; here it is not.
	cp -R "$TB_ROOT/tests/mutate" "$TB_ROOT/tests/data" .
	sed -i 's/(password|secret)/(secret)/' mutate/run
	createdb -T template0 small
	psql -X -q -d small -c 'CREATE FOREIGN DATA WRAPPER w' \
	    -c 'CREATE SERVER s FOREIGN DATA WRAPPER w' \
	    -c "CREATE USER MAPPING FOR PUBLIC SERVER s
	        OPTIONS (password 'x')"
	ONLY='ALTER USER MAPPING .*SET password' \
	    run mutate/run 1 1 small
	assert_equal "$status" 1
	assert_line --regexp '^only pg_dump sees: user mapping'
}
