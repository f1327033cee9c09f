#!/bin/sh
# shell.sh: shellcheck for every script of the tree, known by its name or by
# its first line.

set -u

# bats runs each test in a process of its own and sets variables that the test
# reads, so these say nothing there: a variable changed in a subshell, one that
# is never set, a file that cannot be followed, "!" before the last command.
not_for_bats=SC2030,SC2031,SC2154,SC1091

is_script() {
	case $1 in
	*.sh | *.bash) return 0 ;;
	*.*) return 1 ;;
	esac
	IFS= read -r first <"$1" || return
	case $first in
	'#!'*sh) return 0 ;;
	esac
	return 1
}

failed=0
folders='lib tools etc docker tests .ci'
for folder in $folders; do
	[ -d "$folder" ] || continue
	find "$folder" -type f | LC_ALL=C sort
done | {
	while IFS= read -r file; do
		case $file in
		*.bats)
			shellcheck -s bats -e "$not_for_bats" "$file" ||
				failed=1 ;;
		tests/*.bash)
			shellcheck -s bash -e "$not_for_bats" "$file" ||
				failed=1 ;;
		*)
			is_script "$file" || continue
			shellcheck -x -P SCRIPTDIR "$file" || failed=1 ;;
		esac
	done
	exit $failed
}
