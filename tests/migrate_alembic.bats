# tb-migrate and Debian's own alembic on one database: they take turns.

load migrate_helper.bash

STUB=$TB_ROOT/tests/data/tradebot/alembic

# As helper.bash's, and only where there is an Alembic to ask.
eval "$(declare -f setup | sed 's/^setup/tb_setup/')"
setup() {
	tb_setup
	alembic --version >/dev/null 2>&1 ||
	    skip 'alembic is not installed (apt install alembic)'
	export PYTHONDONTWRITEBYTECODE=1
	export DATABASE_URL="postgresql://$PGUSER@/$PGDATABASE?host=$PGHOST&port=${PGPORT-5432}"
	export TRADEBOT
}

theirs() {
	alembic -c "$STUB/alembic.ini" "$@" 2>alembic.err || {
		cat alembic.err
		fail "alembic $* failed"
	}
}

ours() {
	tb 0 tb-migrate "$@" --revisions "$TRADEBOT"
}

# Both name the same revisions; Alembic's order is its own.
same_current() {
	local their
	their=$(theirs current | sort)
	ours current
	assert_equal "$(sort <<<"$output")" "$their"
}

@test "tb-migrate upgrades: alembic current says the same after every step" {
	same_current
	for _ in {1..11}; do
		ours upgrade +1
		same_current
	done
	ours upgrade d24f
	same_current
	ours upgrade a1b2
	same_current
	ours upgrade head
	same_current
	assert_output 'b7e3f2c1a9d8 (head) (mergepoint)'
}

@test "tb-migrate downgrades: alembic current says the same after every step" {
	ours upgrade head
	ours downgrade d24f
	same_current
	ours downgrade 8dff
	same_current
	for _ in {1..11}; do
		ours downgrade -1
		same_current
	done
	assert_equal "$(tables)" ''
}

@test "a database that alembic upgraded is recognised, and goes on" {
	theirs upgrade 92c67f02186c
	ours current
	assert_output 92c67f02186c
	ours upgrade head
	same_current
	assert_sql "SELECT string_agg(DISTINCT origin, ' ') FROM tb.revision" \
	    'found run'
	theirs downgrade 8dff47bdfa5f
	same_current
	ours upgrade head
	theirs stamp 8dff47bdfa5f
	same_current
	ours stamp head
	same_current
}

@test "alembic's schema and ours are the same" {
	theirs upgrade head
	schema_dump -n public >their.sql
	dropdb "$PGDATABASE"
	createdb "$PGDATABASE"
	ours upgrade head
	schema_dump -n public >our.sql
	diff their.sql our.sql
}

# Alembic's own order is that of the folder, or none at all.
@test "history, heads and branches are alembic's, line for line" {
	local command
	for command in heads branches history; do
		theirs $command | sed '/^$/d' | sort >their
		ours $command
		assert_equal "$(sort <<<"$output")" "$(cat their)"
	done
}
