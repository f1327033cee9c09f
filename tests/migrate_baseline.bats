# tb-migrate: a dump of pg_dump as the first revision, data and all.

load migrate_helper.bash

# baseline PG_DUMP DATABASE: the dump as revision a1.
baseline() {
	{
		echo '--: upgrade'
		"$1" "$2"
		echo '--: downgrade none'
	} | rev a1
}

# Every row of every table, whatever their order.
contents() {
	local table
	for table in $(psql -X -q -At -d "$1" -c "SELECT oid::regclass
	    FROM pg_class WHERE relkind = 'r' AND relnamespace =
	    'public'::regnamespace AND relname <> 'alembic_version'
	    ORDER BY relname COLLATE \"C\""); do
		echo "$table"
		psql -X -q -At -d "$1" -c "SELECT t FROM public.$table AS t" |
		    sort
	done
}

# What the two databases are; ours has a version table and schema tb besides.
structure() {
	pg_dump -s -N tb -T public.alembic_version "$1" |
	    grep -vE '^\\(un)?restrict '
}

# A TradeBot database with rows that are hard to carry.
tradebot() {
	createdb "${PGDATABASE}_from"
	tb 0 tb-migrate upgrade --revisions "$TRADEBOT" \
	    -d "${PGDATABASE}_from"
	psql -X -q -v ON_ERROR_STOP=1 -d "${PGDATABASE}_from" <<-'E'
		DROP TABLE public.alembic_version;
		DROP SCHEMA tb CASCADE;
		CREATE TABLE public.odd (id integer GENERATED ALWAYS AS IDENTITY,
		    "Text" text, j jsonb, a text[], b bytea);
		INSERT INTO public.odd ("Text", j, a, b) VALUES
		    (E'a;b\nc\td\\e', '{"k": "\\.\n"}', ARRAY['x,"y', NULL], '\x00ff'),
		    ('\.', NULL, '{}', NULL), ('', 'null', NULL, ''),
		    (E'-- : \'x\' $$ :y', '":z"', NULL, NULL);
		INSERT INTO public.odd ("Text")
		    SELECT md5(n::text) FROM generate_series(1, 5000) AS n;
	E
}

# is_carried: the revision makes the same database.
is_carried() {
	tb 0 tb-migrate upgrade
	assert_equal "$(rows)" a1
	assert_equal "$(contents "$PGDATABASE" | md5sum)" \
	    "$(contents "${PGDATABASE}_from" | md5sum)"
	diff <(structure "${PGDATABASE}_from") <(structure "$PGDATABASE")
	assert_sql "SELECT count(*) FROM public.odd" 5004
	dropdb "${PGDATABASE}_from"
}

@test "a dump of TradeBot with data" {
	tradebot
	baseline pg_dump "${PGDATABASE}_from"
	is_carried
	# What comes after it is an ordinary revision.
	table_rev b2 a1
	tb 0 tb-migrate upgrade
	tb 0 tb-migrate status
}

@test "a dump with INSERT instead of COPY" {
	tradebot
	cat >dump <<-'E'
		#!/bin/sh
		exec pg_dump --inserts --rows-per-insert=100 "$@"
	E
	chmod +x dump
	baseline ./dump "${PGDATABASE}_from"
	is_carried
}

@test "the lines that newer versions of pg_dump write are passed over" {
	createdb "${PGDATABASE}_from"
	psql -X -q -d "${PGDATABASE}_from" \
	    -c "CREATE TABLE public.odd AS SELECT generate_series(1, 5004)"
	cat >dump <<-'E'
		#!/bin/sh
		printf '%s\n' '\restrict AbC123'
		pg_dump "$@" | grep -vE '^\\(un)?restrict '
		echo 'SET transaction_timeout = 0;' |
		    sed "$SET_TRANSACTION_TIMEOUT"
		printf '%s\n' '\unrestrict AbC123'
	E
	chmod +x dump
	# A setting of 17 that older servers do not know.
	[ "$(sql "SHOW server_version_num")" -ge 170000 ] ||
	    export SET_TRANSACTION_TIMEOUT=d
	baseline ./dump "${PGDATABASE}_from"
	is_carried
}

@test "a dump by the newest pg_dump that is installed" {
	local newest='' dir
	for dir in /usr/lib/postgresql/*/bin; do
		[ ! -x "$dir/pg_dump" ] || newest=$dir/pg_dump
	done
	[ -n "$newest" ] || skip 'no pg_dump of another version'
	tradebot
	baseline "$newest" "${PGDATABASE}_from"
	is_carried
}
