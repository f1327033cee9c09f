# Completion of the tb programs for bash.  The words come from the programs
# themselves, so that they are always those of the version in use.

_tb_complete() {
	local program=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]}
	local command='' word words

	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case $word in
		-*) ;;
		*) command=$word && break ;;
		esac
	done
	words=$("$program" --complete ${command:+"$command"} 2>/dev/null)
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
	[[ ${COMPREPLY[*]} == *= ]] && compopt -o nospace
	[ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default
}

complete -F _tb_complete tb-cluster tb-connect tb-migrate tb-monitor \
    tb-setup-db tb-verify
