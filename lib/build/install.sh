#!/bin/sh
# install.sh: put programs, pages, completion and data where they belong, or
# take them away again.
#
#	lib/build/install.sh install|uninstall BIN-FOLDER TOOL...
#
# DESTDIR, BINDIR, DATADIR and MANDIR say where.

set -eu
: "${BINDIR:?}" "${DATADIR:?}" "${MANDIR:?}"
action=$1 built=$2
shift 2

bash_folder=$DATADIR/bash-completion/completions
zsh_folder=$DATADIR/zsh/site-functions
fish_folder=$DATADIR/fish/vendor_completions.d

# put MODE FILE TARGET
put() {
	target=${DESTDIR:-}$3
	case $action in
	install)
		echo "install $target"
		mkdir -p "${target%/*}"
		install -m "$1" "$2" "$target" ;;
	uninstall)
		echo "remove $target"
		rm -f "$target" ;;
	esac
}

# link TO TARGET
link() {
	target=${DESTDIR:-}$2
	case $action in
	install)
		echo "install $target"
		ln -sf "$1" "$target" ;;
	uninstall)
		echo "remove $target"
		rm -f "$target" ;;
	esac
}

# The shell looks for a file with the name of the command.  A file that has no
# tool's name serves all the tools that have none of their own.
completion_bash() {
	name=${1##*/}
	name=${name%.bash}
	put 644 "$1" "$bash_folder/$name"
	[ ! -d "tools/$name" ] || return 0
	shift
	for tool; do
		[ -e "etc/completion/$tool.bash" ] ||
			link "$name" "$bash_folder/$tool"
	done
}

case $action in
install | uninstall) ;;
*)
	echo "install.sh: error: unknown action \"$action\"" >&2
	exit 64 ;;
esac

for tool; do
	put 755 "$built/$tool" "$BINDIR/$tool"
	for page in "tools/$tool"/*.[1-9]; do
		[ ! -e "$page" ] ||
			put 644 "$page" "$MANDIR/man${page##*.}/${page##*/}"
	done
done

for file in etc/completion/*; do
	case $file in
	*.bash) completion_bash "$file" "$@" ;;
	*.fish) put 644 "$file" "$fish_folder/${file##*/}" ;;
	etc/completion/_*) put 644 "$file" "$zsh_folder/${file##*/}" ;;
	esac
done

[ -d etc ] || exit 0
find etc -type f ! -path 'etc/completion/*' | LC_ALL=C sort |
    while IFS= read -r file; do
	mode=644
	[ ! -x "$file" ] || mode=755
	put $mode "$file" "$DATADIR/tb/${file#etc/}"
done
if [ "$action" = uninstall ]; then
	find "${DESTDIR:-}$DATADIR/tb" -depth -type d -empty -delete \
	    2>/dev/null || :
fi
