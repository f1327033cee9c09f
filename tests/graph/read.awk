# read.awk: read a drawing back: a line "CHILD NEEDS parent|dependency" for
# each way from a revision down to another one.
#
# The ways are followed as an eye follows them, character by character; the
# column i of the drawing is at character 2 * i.  at[i] holds the ways that
# leave the row above at column i, each a number between blanks.

# How it is drawn tells what it is, once it goes straight on.
function mark(ways, c,   list, n, k) {
	n = split(ways, list, " ")
	for (k = 1; k <= n; k++)
		if (kind[list[k]] == "")
			kind[list[k]] = c == ":" ? "dependency" : "parent"
}

function arrive(ways, id,   list, n, k) {
	n = split(ways, list, " ")
	for (k = 1; k <= n; k++)
		needs[list[k]] = id
}

function begin(id) {
	child[++n_ways] = id
	return " " n_ways
}

# A slash takes what is above it to the right to the column on its left, or
# along a horizontal line.
function to_left(i, row,   j) {
	j = i - 1
	while (j > 0 && ch(row, 2 * j - 1) ~ /[_.]/)
		j--
	return j
}

function ch(row, at) {
	return substr(row, at + 1, 1)
}

function is_revision(row) {
	return row ~ /\*/
}

{
	row = $0
	id = ""
	if (match(row, /^[ |:*\\\/_.-]*[*][ |:.-]*/)) {
		id = substr(row, RLENGTH + 1)
		sub(/[ ,].*/, "", id)
		row = substr(row, 1, RLENGTH)
	}
	wide = int(length(row) / 2) + 1
	split("", new)
	for (i = 0; i <= wide; i++) {
		c = ch(row, 2 * i)
		if (c == "*") {
			arrive(at[i], id)
			here = i
			new[i] = begin(id)
		} else if (c == "|" || c == ":") {
			if (at[i] == "")
				print "line " NR ": from nowhere: " $0
			mark(at[i], c)
			new[i] = new[i] at[i]
		}
	}
	for (i = 0; id != "" && i <= wide; i++)
		if (i > here && ch(row, 2 * i - 1) == "-")
			new[i] = begin(id)
	for (i = 0; id == "" && i <= wide; i++) {
		if (ch(row, 2 * i - 1) == "/") {
			j = to_left(i, row)
			new[j] = new[j] at[i]
		}
		if (ch(row, 2 * i + 1) != "\\")
			continue
		# Beside a straight line it is a second way out of the
		# revision above.
		if (ch(row, 2 * i) ~ /[|:]/)
			new[i + 1] = new[i + 1] begin(last)
		else
			new[i + 1] = new[i + 1] at[i]
	}
	split("", at)
	for (i in new)
		at[i] = new[i]
	if (id != "")
		last = id
}

END {
	for (i = 1; i <= n_ways; i++)
		if (needs[i] != "")
			print child[i], needs[i],
			    kind[i] == "" ? "parent" : kind[i]
}
