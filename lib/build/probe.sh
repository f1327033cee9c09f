#!/bin/sh
# probe.sh: ask the compiler which flags it takes, and pkg-config where the
# libraries are, and print the answers as a makefile.
#
#	CC=cc PKG_CONFIG=pkg-config lib/build/probe.sh >build/config.mk
#
# Every flag is tried by itself with -Werror, because neither a version number
# nor the name of a compiler tells what a distribution has built into it.

set -u
export LC_ALL=C

CC=${CC:-cc}
PKG_CONFIG=${PKG_CONFIG:-pkg-config}
# libmd comes first: libbsd has deprecated wrappers of its functions.
modules="libpq libmd libbsd jansson libconfuse"

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

die() {
	printf 'probe.sh: error: %s\n' "$*" >&2
	exit 1
}

printf 'int main(void)\n{\n\treturn 0;\n}\n' >"$tmp/t.c"

# CC may hold options ("ccache gcc"), so it is meant to be split.
# shellcheck disable=SC2086
compiles() {
	$CC -Werror "$@" -c -o "$tmp/t.o" "$tmp/t.c" >/dev/null 2>&1
}

# shellcheck disable=SC2086
links() {
	$CC -Werror "$@" -o "$tmp/t" "$tmp/t.c" >/dev/null 2>&1
}

# take compiles|links FLAG...: print those that work.
take() {
	how=$1
	shift
	for flag; do
		if "$how" "$flag"; then
			printf ' %s' "$flag"
		fi
	done
}

links || die "\"$CC\" cannot make a program; try \"make deps\""

printf '# Written by lib/build/probe.sh for "%s": do not edit.\n' "$CC"

# gcc's -Wpedantic has no way to leave the %m of syslog and glibc alone, which
# every message about a system call ends in; with clang's it is fine.
cat >"$tmp/m.c" <<'END'
int say(const char *, ...) __attribute__((format(printf, 1, 2)));
int main(void)
{
	return say("%m");
}
END
# shellcheck disable=SC2086
if $CC -Werror -std=c11 -Wpedantic -Wformat=2 -c -o "$tmp/m.o" "$tmp/m.c" \
    >/dev/null 2>&1; then
	printf 'PROBED_PEDANTIC := -Wpedantic\n'
fi

# Warnings that only one of gcc and clang knows.
printf 'PROBED_WARN :=%s\n' "$(take compiles -Wduplicated-cond -Wlogical-op \
    -Wjump-misses-init -Wtrampolines -Wunreachable-code-aggressive \
    -Wmissing-variable-declarations -Wnewline-eof)"

# OpenSSF's list for hardened C programs, and three more that take undefined
# behaviour away from the optimizer.
printf 'PROBED_HARDEN :=%s\n' "$(take compiles -fstack-protector-strong \
    -fstack-clash-protection -fstrict-flex-arrays=3 -fcf-protection=full \
    -mbranch-protection=standard -ftrivial-auto-var-init=zero \
    -fno-delete-null-pointer-checks -fno-strict-overflow)"

# Level 3 is an error with neither compiler, just useless where libc is older.
printf 'PROBED_FORTIFY := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3\n'

if links -fPIE -pie; then
	printf 'PROBED_PIE_CFLAGS := -fPIE\nPROBED_PIE_LDFLAGS := -pie\n'
fi
printf 'PROBED_LDFLAGS :=%s\n' "$(take links -Wl,-z,relro -Wl,-z,now \
    -Wl,-z,noexecstack -Wl,-z,nodlopen -Wl,--as-needed)"

# The probing ends here; what follows must be there.
# shellcheck disable=SC2086
why=$($PKG_CONFIG --print-errors --exists $modules 2>&1) ||
	die "$PKG_CONFIG: $why"
# shellcheck disable=SC2086
printf 'PKG_CFLAGS := %s\nPKG_LIBS := %s\n' \
    "$($PKG_CONFIG --cflags $modules)" "$($PKG_CONFIG --libs $modules)"
