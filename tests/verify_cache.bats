# tb-verify: what SQL made is kept, and never believed when it might be wrong.

load helper.bash

setup() {
	PGDATABASE="t_${BATS_SUITE_TEST_NUMBER}"
	export PGDATABASE
	createdb "$PGDATABASE"
	cd "$BATS_TEST_TMPDIR" || return 1
	export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
}

revision() {
	mkdir -p revisions
	{
		printf -- '--: revision %s\n' "$1"
		[ -z "$2" ] || printf -- '--: down-revision %s\n' "$2"
		printf -- '--: message x\n\n--: upgrade\n%s\n' "$3"
	} >"revisions/$1_x.sql"
}

# replayed COMMAND...: it makes scratch databases; kept: it makes none.
replayed() {
	log_mark
	tb "$@"
	log_since | grep -q 'CREATE DATABASE tb_scratch' ||
	    fail "nothing was replayed"
}

kept() {
	log_mark
	tb "$@"
	! log_since | grep 'CREATE DATABASE tb_scratch' ||
	    fail "it was replayed"
}

files() {
	find cache -type f 2>/dev/null | wc -l
}

two_revisions() {
	revision a1 '' 'CREATE TABLE public.one (id integer);'
	revision b2 a1 'CREATE VIEW public.two AS SELECT id FROM public.one;'
}

@test "cache: the second time nothing is replayed, and the answer is the same" {
	two_revisions
	sql 'CREATE TABLE public.one (id bigint)'
	replayed 1 tb-verify --revisions revisions
	local first=$output
	assert_equal "$(files)" 1
	kept 1 tb-verify --revisions revisions
	assert_equal "$output" "$first"
	kept 1 tb-verify --revisions revisions --dependents revisions live
	assert_output --partial 'needed by view public.two'
	replayed 1 tb-verify --revisions revisions --no-cache
	assert_equal "$output" "$first"
	assert_equal "$(files)" 1
}

@test "cache: other SQL is other SQL" {
	two_revisions
	sql 'CREATE TABLE public.one (id integer)'
	replayed 1 tb-verify --revisions revisions
	# Another revision, one less, a changed one, one in another place.
	revision c3 b2 'CREATE TABLE public.three (id integer);'
	replayed 1 tb-verify --revisions revisions
	assert_output --partial 'table public.three'
	kept 1 tb-verify --revisions revisions live revisions@b2
	replayed 0 tb-verify --revisions revisions live revisions@a1
	revision a1 '' 'CREATE TABLE public.one (id integer, x text);'
	replayed 1 tb-verify --revisions revisions live revisions@a1
	assert_output --partial 'column x'
	echo 'CREATE TABLE public.one (id integer)' >t.sql
	replayed 0 tb-verify live t.sql
	kept 0 tb-verify live t.sql
	kept 0 tb-verify live - <t.sql
	cp t.sql u.sql
	kept 0 tb-verify live u.sql
	echo ' -- x' >>t.sql
	replayed 0 tb-verify live t.sql
}

@test "cache: SQL that fails is not kept" {
	echo 'CREATE TABLE public.one (id nothing)' >t.sql
	replayed 65 tb-verify live t.sql
	assert_equal "$(files)" 0
	replayed 65 tb-verify live t.sql
}

@test "cache: whatever SQL may come out differently for" {
	local role=cache_$BATS_SUITE_TEST_NUMBER
	echo "CREATE TABLE t (at timestamptz DEFAULT '2025-01-01')" >t.sql
	replayed 1 tb-verify live t.sql
	kept 1 tb-verify live t.sql
	sql "ALTER DATABASE $PGDATABASE SET TimeZone = 'Asia/Tokyo'"
	replayed 1 tb-verify live t.sql
	kept 1 tb-verify live t.sql
	PGOPTIONS='-c default_table_access_method=heap -c IntervalStyle=iso_8601' \
	    replayed 1 tb-verify live t.sql
	psql -X -q -c "CREATE ROLE $role LOGIN SUPERUSER PASSWORD 'x'"
	replayed 1 tb-verify live t.sql
	PGPASSWORD=x replayed 1 tb-verify -U "$role" live t.sql
	psql -X -q -c "ALTER ROLE $role SET bytea_output = escape"
	PGPASSWORD=x replayed 1 tb-verify -U "$role" live t.sql
	sql 'CREATE EXTENSION citext'
	replayed 1 tb-verify live t.sql
	echo "migrate { role = \"$role\" }" >tb.conf
	replayed 1 tb-verify live t.sql
	psql -X -q -c "DROP ROLE $role"
}

@test "cache: a file that somebody touched is not believed" {
	local file
	echo 'CREATE TABLE public.one (id integer)' >t.sql
	replayed 1 tb-verify live t.sql
	file=$(find cache -type f)
	# Its own text says what it is.
	assert_equal "$(stat -c %a "$file")" 600
	sed -i 's/integer/bigint/' "$file"
	replayed 1 tb-verify live t.sql
	assert_output --partial 'table public.one'
	kept 1 tb-verify live t.sql
	head -n 20 "$file" >half && cat half >"$file"
	replayed 1 tb-verify live t.sql
	: >"$file"
	replayed 1 tb-verify live t.sql
	chmod 666 "$file"
	replayed 1 tb-verify live t.sql
	rm -r cache
	replayed 1 tb-verify live t.sql
	kept 1 tb-verify live t.sql
}

@test "cache: without a place for it all goes on" {
	echo 'CREATE TABLE public.one (id integer)' >t.sql
	: >file
	XDG_CACHE_HOME=$PWD/file replayed 1 tb-verify live t.sql
	assert_err ''
	HOME='' XDG_CACHE_HOME='' replayed 1 tb-verify live t.sql
	assert_err ''
	XDG_CACHE_HOME=relative replayed 1 tb-verify live t.sql
	[ ! -e relative ] || fail 'a relative folder was used'
}

@test "cache: what nobody used for a month goes" {
	echo 'CREATE TABLE public.one (id integer)' >t.sql
	replayed 1 tb-verify live t.sql
	touch -d '40 days ago' cache/tb/verify/*
	# To use it is enough.
	kept 1 tb-verify live t.sql
	echo 'CREATE TABLE public.two (id integer)' >u.sql
	replayed 1 tb-verify live u.sql
	assert_equal "$(files)" 2
	touch -d '40 days ago' cache/tb/verify/*
	echo 'CREATE TABLE public.three (id integer)' >v.sql
	replayed 1 tb-verify live v.sql
	assert_equal "$(files)" 1
}
