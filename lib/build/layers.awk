# layers.awk: refuse an include that goes up.
#
#	awk -f lib/build/layers.awk lib/LAYERS lib/*/*.[ch] tools/*/*.[ch]
#
# The first file ranks the rooms of lib/ and "tools".  A file of a room may
# include headers of that room and of rooms of a lower rank, by the path from
# lib/; a tool may include those of lib/, and its own by bare name.

function fail(why) {
	printf "%s:%d: error: %s\n", FILENAME, FNR, why
	failed = 1
}

# The room of the file being read, or "tools".
function room_of(path,    part) {
	split(path, part, "/")
	if (part[1] == "lib")
		return part[2]
	return part[1]
}

FNR == 1 && NR != 1 {
	room = room_of(FILENAME)
	if (!(room in rank))
		fail("lib/LAYERS does not rank \"" room "\"")
}

# lib/LAYERS itself
NR == FNR {
	if (!/^(#|[ \t]*$)/)
		rank[$2] = $1 + 0
	next
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	header = $0
	sub(/^[^"]*"/, "", header)
	sub(/".*/, "", header)
	if (header ~ /(^|\/)\.\.?\//)
		fail("\"" header "\" is not a path from lib/")
	else if (header !~ /\//) {
		if (room != "tools")
			fail("\"" header "\" lacks its room")
	} else {
		split(header, part, "/")
		to = part[1]
		if (!(to in rank) || to == "tools")
			fail("\"" header "\" is in no room of lib/")
		else if (to != room && rank[to] >= rank[room])
			fail("\"" room "\" may not know \"" to "\"")
	}
}

END {
	exit failed
}
