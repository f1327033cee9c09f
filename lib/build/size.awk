# size.awk: refuse functions over 100 lines and files over 800, and note those
# over 60 and 500.
#
#	awk -f lib/build/size.awk lib/*/*.[ch] tools/*/*.[ch]
#
# As the formatter lays code out, a function body is what stands between a "{"
# and a "}" alone in the first column.

function judge(where, what, lines, soft, hard) {
	if (lines > hard) {
		printf "%s: error: %s has %d lines, the limit is %d\n", where,
		    what, lines, hard
		failed = 1
	} else if (lines > soft)
		printf "%s: note: %s has %d lines\n", where, what, lines
}

function end_file() {
	if (file != "")
		judge(file, "the file", length_of_file, 500, 800)
}

FNR == 1 {
	end_file()
	file = FILENAME
	start = 0
}

{
	length_of_file = FNR
}

/^[A-Za-z_]/ && /\(/ {
	name = $0
	sub(/[ \t]*\(.*/, "", name)
	sub(/.*[ \t*]/, "", name)
}

/^\{$/ {
	start = FNR
}

/^\}/ && start {
	judge(FILENAME ":" start, name "()", FNR - start - 1, 60, 100)
	start = 0
}

END {
	end_file()
	exit failed
}
