#!/bin/sh
#
# tests/alembic/real_sql.sh [REVISIONS [SEED]]: let Alembic and the importer
# write the SQL of random revisions (tables.py) and compare what becomes of it
# in two databases, with pg_dump.  PATH has the programs.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
count=${1:-20}
seed=${2:-1}

program=$(command -v alembic) || {
	echo 'skipped: alembic is not installed'
	exit 0
}
if [ -z "${REAL_SQL_SERVER-}" ]; then
	export REAL_SQL_SERVER=1
	exec tb-cluster run -- "$here/real_sql.sh" "$count" "$seed"
fi
python=$(sed -n '1s/^#!//p' "$program")
export PYTHONDONTWRITEBYTECODE=1 DATABASE_URL=
temp=$(mktemp -d)
export TB_CONFIG="$temp/tb.conf"
: >"$TB_CONFIG"
trap 'rm -rf "$temp"' EXIT
trap 'exit 1' HUP INT TERM
tree=$here/../data/import/alembic

dump() {
	pg_dump -N tb -T 'public.alembic_version' "$1" |
	    grep -vE '^\\(un)?restrict '
}

# theirs SEED COMMAND...: what Alembic prints, in their database.
theirs() {
	(cd "$temp/$1" && shift && DATABASE_URL=postgresql:// \
	    alembic "$@" --sql 2>/dev/null) >"$temp/theirs.sql"
	PGOPTIONS='-c client_min_messages=warning' psql -X -q -o /dev/null \
	    -v ON_ERROR_STOP=1 -d "theirs$1" -f "$temp/theirs.sql"
}

# ours SEED COMMAND...
ours() {
	tb-migrate "$2" "$3" --revisions "$temp/$1/out" -d "ours$1" -q
}

# compare SEED WAY
compare() {
	dump "theirs$1" >"$temp/theirs"
	dump "ours$1" >"$temp/ours"
	diff -u "$temp/theirs" "$temp/ours" || {
		echo "seed $1 differs on the way $2" >&2
		return 1
	}
}

# both SEED: up and down again.
both() {
	tb-migrate import alembic "$temp/$1" --output "$temp/$1/out" -q &&
	    theirs "$1" upgrade head && ours "$1" upgrade head &&
	    compare "$1" up &&
	    theirs "$1" downgrade "seed$1:base" && ours "$1" downgrade base &&
	    compare "$1" down
}

failed=0
last=$((seed + count))
while [ "$seed" -lt "$last" ]; do
	mkdir -p "$temp/$seed/shop/versions"
	cp "$tree/alembic.ini" "$temp/$seed"
	cp "$tree/shop/env.py" "$temp/$seed/shop"
	# shellcheck disable=SC2086 # it may be two words
	$python "$here/tables.py" "$seed" >"$temp/$seed/shop/versions/it.py"
	createdb "theirs$seed"
	createdb "ours$seed"
	both "$seed" || {
		echo "seed $seed" >&2
		failed=$((failed + 1))
	}
	dropdb "theirs$seed"
	dropdb "ours$seed"
	seed=$((seed + 1))
done
echo "$count revisions of 40 tables, up and down, $failed differ"
[ "$failed" -eq 0 ]
