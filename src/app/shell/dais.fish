# Completion of dais for fish. What may stand where, dais itself says: a line
# each, with what it is behind a tab; or a blank before the tab and an ending
# where a file is meant.
function __dais_complete
	set -l words (commandline -opc) (commandline -ct)
	for line in ($words[1] complete $words[2..-1] 2>/dev/null)
		if string match -q \t'*' -- $line
			set -l ending (string sub -s 2 -- $line)
			if test "$ending" = '*'
				__fish_complete_path (commandline -ct)
			else
				__fish_complete_suffix .$ending
			end
		else
			echo $line
		end
	end
end
complete -c dais -f -a '(__dais_complete)'
