#!/bin/sh
# api.sh: look at what the library exports.
#
#	B=build lib/build/api.sh OBJECT...
#
# Every symbol that an object of the library shows to the others must begin
# with "tb_" and stand in a header of the room of that object.  One that nobody
# else uses is noted: make it static, unless its user is still to come.

set -u
export LC_ALL=C
: "${B:?}"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# What is asked for, by whom.
find "$B" -name '*.o' ! -path "$B/asan/*" ! -path "$B/lint-*" \
    -exec nm -u {} + | awk 'NF { print $NF }' | sort -u >"$tmp/used"

failed=0
for object; do
	room=${object#"$B"/}
	room=${room%/*}
	cat "$room"/*.h >"$tmp/headers" 2>/dev/null
	for symbol in $(nm -g --defined-only "$object" |
	    awk '$2 ~ /^[A-Z]$/ { print $3 }'); do
		case $symbol in
		__asan_* | __odr_asan*) continue ;;
		tb_*) ;;
		*)
			echo "$object: error: $symbol does not begin with tb_"
			failed=1
			continue ;;
		esac
		# A table of SQL files is declared by who reads it.
		case $object in
		"$B"/sql/*) continue ;;
		esac
		grep -qw "$symbol" "$tmp/headers" || {
			echo "$object: error: $symbol is in no header"
			failed=1
		}
		grep -qxF "$symbol" "$tmp/used" ||
			echo "$object: note: nobody else uses $symbol"
	done
done
exit $failed
