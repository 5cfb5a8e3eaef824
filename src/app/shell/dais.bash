# Completion of dais for bash. What may stand where, dais itself says: a line
# each, with what it is behind a tab; or a blank before the tab and an ending
# where a file is meant.
_dais() {
	local line word found=() ending=
	while IFS= read -r line; do
		word=${line%%$'\t'*}
		if [ -n "$word" ]; then
			found+=("$(printf '%q' "$word")")
		else
			ending=${line#*$'\t'}
		fi
	done < <("${COMP_WORDS[0]}" complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	COMPREPLY=("${found[@]}")
	if [ "$ending" = '*' ]; then
		compopt -o default
	elif [ -n "$ending" ]; then
		compopt -o filenames
		while IFS= read -r line; do
			[ -d "$line" ] || [[ $line == *."$ending" ]] && COMPREPLY+=("$line")
		done < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
	fi
}
complete -F _dais dais
