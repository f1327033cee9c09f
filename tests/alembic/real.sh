#!/bin/sh
#
# tests/alembic/real.sh [FOLDER]: import the Alembic histories of Debian
# packages and compare the graph with what Alembic itself makes of them
# (real.py).  The packages are downloaded, not installed; FOLDER keeps them for
# the next time.  PATH has tb-migrate.  Says that it is skipped where nothing
# can be downloaded or there is no Alembic.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
packages='python3-neutron python3-keystone python3-glance python3-designate
    python3-barbican python3-nova python3-cinder mailman3'

program=$(command -v alembic) || {
	echo 'skipped: alembic is not installed'
	exit 0
}
python=$(sed -n '1s/^#!//p' "$program")
export PYTHONDONTWRITEBYTECODE=1
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
trap 'exit 1' HUP INT TERM
store=${1:-$temp/packages}
mkdir -p "$store"

fetch() {
	ls "$store/$1"_*.deb >/dev/null 2>&1 ||
	    (cd "$store" && apt-get -qq download "$1" >/dev/null 2>&1)
}

# versions FOLDER: the folders below it that hold revisions, outermost first.
versions() {
	find "$1" -type d -name versions | while read -r dir; do
		grep -rqE --include='*.py' '^down_revision' "$dir" && echo "$dir"
	done
}

# What the branches of these projects are called is said in code.
import() {
	tb-migrate import alembic "$1" --recursive --output "$2" -q \
	    --define cli.EXPAND_BRANCH=expand \
	    --define cli.CONTRACT_BRANCH=contract \
	    --define migration.EXPAND_BRANCH=expand \
	    --define migration.CONTRACT_BRANCH=contract
}

n=0
failed=0
for package in $packages; do
	fetch "$package" || continue
	mkdir "$temp/$package"
	dpkg -x "$store/$package"_*.deb "$temp/$package"
	for dir in $(versions "$temp/$package"); do
		n=$((n + 1))
		rc=0
		import "$dir" "$temp/out.$n" || rc=$?
		# 1: some of their Python is none that has SQL.
		if [ "$rc" -gt 1 ]; then
			failed=$((failed + 1))
			continue
		fi
		tb-migrate history --revisions "$temp/out.$n" --format json \
		    >"$temp/facts.$n"
		# shellcheck disable=SC2086 # it may be two words
		$python "$here/real.py" "$dir" "$temp/facts.$n" ||
		    failed=$((failed + 1))
	done
done
[ "$n" -gt 0 ] || {
	echo 'skipped: no package could be downloaded'
	exit 0
}
echo "$n histories, $failed differ"
[ "$failed" -eq 0 ]
