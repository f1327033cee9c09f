#!/bin/sh
#
# demo.sh: the toolkit's main job from end to end, on TradeBot's real history.
#
# "make demo" runs it.  It keeps a private PostgreSQL in build/demo, so that a
# second run finds everything in place and changes nothing.  Each step shows
# the command that a person would type.

set -eu
cd "$(dirname "$0")/.."
B=${B:-$PWD/build}
dir=$B/demo
# As root the server is run by "postgres", to whom root's home is closed.
if [ "$(id -u)" -eq 0 ] && ! runuser -u postgres -- test -x "$B"; then
	dir=~postgres/tb-demo-$(printf '%s' "$B" | cksum | cut -d ' ' -f 1)
	mkdir -p "$dir"
fi

# Nothing of the user's own environment may lead elsewhere.
unset PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGPASSWORD PGSERVICE \
    PGOPTIONS DATABASE_URL TB_CONFIG POSTGRES_DB POSTGRES_USER || :
export TB_CONFIG="$PWD/etc/tb.conf" TRADEBOT_PASSWORD_FILE="$dir/password"

if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
	bold=$(printf '\033[1m') plain=$(printf '\033[0m')
else
	bold='' plain=''
fi

# step WORDS COMMAND...: show it, run it.  Exit codes below 64 are answers.
step() {
	printf '\n%s== %s%s\n' "$bold" "$1" "$plain"
	shift
	printf '$ %s\n' "$*"
	rc=0
	"$@" || rc=$?
	[ "$rc" -eq 0 ] || printf '(exit code %d)\n' "$rc"
	[ "$rc" -lt 64 ] || exit "$rc"
}

step 'a private PostgreSQL, in a folder' tb-cluster start -D "$dir/cluster"
eval "$(tb-cluster env -D "$dir/cluster")"

step 'roles, database and grants, as etc/database.conf declares' tb-setup-db
export PGDATABASE=tradebot_db

step 'the 14 revisions, through the branch and the merge' \
    tb-migrate upgrade head
step 'where it stands now' tb-migrate current
step 'how it came there' tb-migrate history

step 'is the database what its revisions say?' tb-verify
step 'is it what the application thinks? (one real difference)' \
    tb-verify live model
psql -X -q -c 'ANALYZE' # a busy server does so by itself
step 'is the server well? (real findings)' tb-monitor
step 'the tables' tb-connect -- -c '\dt public.*'

cat <<END

Go on with:
    eval "\$(build/bin/tb-cluster env -D $dir/cluster)"
    psql "$(tb-connect --print uri)"
End it with:
    build/bin/tb-cluster destroy -D $dir/cluster
END
