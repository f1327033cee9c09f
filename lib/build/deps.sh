#!/bin/sh
# deps.sh: install what the tree needs and the machine does not have.
#
#	lib/build/deps.sh [-n] build|run|check|pooler|lint ...
#
# build	compiler and libraries		run	a PostgreSQL server, psql
# check	what the tests call besides	lint	what "make lint" calls
# pooler	PgBouncer, for the tests that are skipped without it
#
# Looks for the things themselves, not for packages, so that a server or a
# compiler from elsewhere counts.  Installs through apt-get (Debian, Ubuntu) or
# brew (macOS); as another user than root through sudo.  With -n it only names
# what is missing.  Exits 0 when all is there in the end, else 1.

set -u
export LC_ALL=C

CC=${CC:-cc}
PKG_CONFIG=${PKG_CONFIG:-pkg-config}

say() {
	printf 'deps: %s\n' "$*" >&2
}

die() {
	say "$1"
	[ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
	exit 1
}

# Tests of presence: each answers with its exit code and prints nothing.

have_command() {
	command -v "$1" >/dev/null 2>&1
}

have_module() {
	$PKG_CONFIG --exists "$1" 2>/dev/null
}

# CC may hold options, so may the flags: they are meant to be split.
# shellcheck disable=SC2086
have_compiler() {
	echo 'int main(void) { return 0; }' |
	    $CC -x c -o /dev/null - 2>/dev/null
}

# shellcheck disable=SC2086
have_pg_query() {
	printf '%s\n' '#include <pg_query.h>' \
	    'int main(void) { pg_query_init(); return 0; }' |
	    $CC ${PG_QUERY_CFLAGS:-} -x c -o /dev/null - \
	    ${PG_QUERY_LIBS:--lpg_query -lprotobuf-c} 2>/dev/null
}

have_server() {
	have_command initdb && return 0
	for dir in "${PGBIN:-}" "$(pg_config --bindir 2>/dev/null)" \
	    /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
	    /usr/local/opt/postgresql*/bin /opt/homebrew/opt/postgresql*/bin; do
		[ -n "$dir" ] && [ -x "$dir/initdb" ] && return 0
	done
	return 1
}

have_bats_library() {
	for dir in "${BATS_LIB_PATH:-}" /usr/lib/bats /usr/local/lib \
	    /opt/homebrew/lib; do
		[ -n "$dir" ] && [ -e "$dir/$1/load.bash" ] && return 0
	done
	return 1
}

# alembic needs a driver in its own Python, which the first line of the program
# names and which need not be the one that "python3" finds.
have_alembic_driver() {
	program=$(command -v alembic) || return
	# shellcheck disable=SC2046
	$(sed -n '1s/^#!//p' "$program") -c "import $1" >/dev/null 2>&1
}

# want HAVE ARG APT BREW: if "HAVE ARG" says no, note the packages to install.
apt='' brew='' lacking=''
want() {
	"$1" "$2" && return
	lacking="$lacking $2"
	apt="$apt $3"
	brew="$brew $4"
}

want_build() {
	want have_compiler "$CC" 'gcc libc6-dev' gcc
	want have_command ar binutils binutils
	want have_command "$PKG_CONFIG" pkg-config pkgconf
	want have_module libpq libpq-dev libpq
	want have_module libbsd libbsd-dev libbsd
	want have_module libmd libmd-dev libmd
	want have_module jansson libjansson-dev jansson
	want have_module libconfuse libconfuse-dev confuse
	want have_pg_query libpg_query 'libpg-query-dev libprotobuf-c-dev' \
	    'libpg_query protobuf-c'
}

want_run() {
	want have_server initdb postgresql postgresql
	want have_command psql postgresql-client libpq
	want have_command ps procps ''
}

want_check() {
	want have_command bash bash bash
	want have_command bats bats bats-core
	want have_bats_library bats-support bats-support bats-support
	want have_bats_library bats-assert bats-assert bats-assert
	want have_command mandoc mandoc mandoc
	want have_command alembic alembic alembic
	# Where alembic is in a box of its own, its tests are skipped.
	! have_command apt-get ||
		want have_alembic_driver psycopg2 python3-psycopg2 ''
}

# Its package starts a service, so only those who say so get it.
want_pooler() {
	want have_command pgbouncer pgbouncer pgbouncer
}

want_lint() {
	want have_command gcc 'gcc libc6-dev' gcc
	want have_command clang clang llvm
	want have_command clang-format clang-format clang-format
	want have_command clang-tidy clang-tidy llvm
	want have_command cppcheck cppcheck cppcheck
	want have_command shellcheck shellcheck shellcheck
	want have_command mandoc mandoc mandoc
}

# want_groups GROUP...: fill $apt, $brew and $lacking.
want_groups() {
	apt='' brew='' lacking=''
	for group; do
		"want_$group"
	done
}

# as_root COMMAND...: sudo asks for a password only where a terminal is.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif ! have_command sudo; then
		die "not root, and there is no sudo; cannot install:$apt" \
		    'Have root install these packages, then run make again.'
	elif [ -t 0 ]; then
		sudo "$@"
	else
		sudo -n "$@"
	fi
}

# What apt-get has to tell is long, and of interest only when it fails.
apt_get() {
	say "apt-get $*"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q \
	    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" \
	    </dev/null >"$log" 2>&1 && return
	sed 's/^/    /' "$log" >&2
	return 1
}

# Debian starts a server of its own, on port 5432, together with the package.
# Nobody asked for that one, so while we install it for the first time a file
# tells the package not to.
no_main=/etc/postgresql-common/createcluster.d/tb-no-main-cluster.conf

keep_main_cluster_away() {
	case " $apt " in
	*' postgresql '*) ;;
	*) return ;;
	esac
	[ ! -e /usr/share/postgresql-common ] || return
	as_root mkdir -p "${no_main%/*}"
	echo 'create_main_cluster = false' | as_root tee "$no_main" >/dev/null
	trap 'rm -f "$log"; as_root rm -f "$no_main"' EXIT
}

install_apt() {
	log=$(mktemp) || exit 1
	trap 'rm -f "$log"' EXIT
	as_root true || die "not root, and sudo does not let us install:$apt" \
	    'Have root install these packages, then run make again.'
	apt_get update || say 'the update failed, going on with the old lists'
	keep_main_cluster_away
	# The names are meant to be split.
	# shellcheck disable=SC2086
	apt_get install -y --no-install-recommends $apt ||
		die "apt-get could not install:$apt" "$by_hand"
}

install_brew() {
	say "brew install$brew"
	# shellcheck disable=SC2086
	brew install $brew >&2 </dev/null ||
		die "brew could not install:$brew" "$by_hand"
}

by_hand='Install what is missing by hand, or let "make DEPS=no" go on without.'
dry=''
if [ "${1:-}" = -n ]; then
	dry=yes
	shift
fi
for group; do
	case $group in
	build | run | check | pooler | lint) ;;
	*) die "unknown group \"$group\"" \
	    'usage: lib/build/deps.sh [-n] build|run|check|pooler|lint ...' ;;
	esac
done

want_groups "$@"
[ -n "$lacking" ] || exit 0
say "missing:$lacking"
[ -z "$dry" ] || exit 1
trap 'exit 1' HUP INT TERM
if have_command apt-get; then
	install_apt
elif have_command brew; then
	install_brew
else
	die 'neither apt-get nor brew is here to install it' "$by_hand"
fi
want_groups "$@"
[ -z "$lacking" ] || die "installed, but still missing:$lacking" "$by_hand"
say 'all is there'
