#!/bin/sh
# format.sh: lay out C files as .clang-format says, or with --check see whether
# they are.
#
#	lib/build/format.sh [--check] FILE...
#
# Releases of clang-format differ in detail, and only one can be right.

set -u
release=14

mode='write'
if [ "${1:-}" = --check ]; then
	mode=check
	shift
fi
for program in "clang-format-$release" clang-format none; do
	case $($program --version 2>/dev/null) in
	*" version $release."*) break ;;
	esac
done
if [ "$program" = none ]; then
	why="no clang-format $release here"
	[ "$mode" = write ] || exec echo "skipped: $why"
	printf 'format.sh: error: %s\n' "$why" >&2
	exit 1
fi
[ $# -gt 0 ] || exit 0
if [ "$mode" = check ]; then
	exec "$program" --dry-run -Werror "$@"
fi
exec "$program" -i "$@"
