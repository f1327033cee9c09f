#!/bin/sh
# lint.sh: run static checks, all of them whatever one says, and count.
#
#	B=build MAKE=make lib/build/lint.sh NAME...
#
# NAME is the check "make lint-NAME".  One that prints "skipped: WHY" and is
# content counts as skipped.

set -u
: "${B:?}" "${MAKE:?}"
log=$B/lint.log
passed=0 failed=0 skipped=0

mkdir -p "$B" || exit 1
for name; do
	# MAKE may hold options.
	# shellcheck disable=SC2086
	if ! $MAKE --no-print-directory DEPS=no B="$B" "lint-$name" \
	    >"$log" 2>&1; then
		failed=$((failed + 1))
		echo "not ok lint-$name"
		sed 's/^/    /' "$log"
	elif why=$(grep '^skipped: ' "$log"); then
		skipped=$((skipped + 1))
		echo "ok lint-$name # ${why}"
	else
		passed=$((passed + 1))
		echo "ok lint-$name"
		sed -n '/: note: /s/^/    /p' "$log"
	fi
done
rm -f "$log"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
