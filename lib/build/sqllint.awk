# sqllint.awk: look over the .sql files that the build embeds.
#
#	awk -f lib/build/sqllint.awk lib/*/sql/*.sql tools/*/sql/*.sql
#
# A file holds exactly one statement, because that is what the server takes
# with parameters.  Relations and functions have their schema before them: a
# session of ours has an empty search_path, and a name that works all the same
# today, out of pg_catalog, could be a temporary table's tomorrow.
#
# This knows tokens, not grammar.  What it cannot tell it lets pass: casts, the
# second and later tables of a FROM list, what is inside string literals.

function fail(why) {
	printf "%s: error: %s\n", file, why
	failed = 1
}

function set_of(names, set,    i, n, name) {
	n = split(names, name, " ")
	for (i = 1; i <= n; i++)
		set[name[i]] = 1
}

BEGIN {
	# What may stand before "(" and is not the name of a function.
	set_of("all always and any array as between btree by case cast char " \
	    "check coalesce collate conflict cube decimal default distinct " \
	    "else except exists extract filter float for from gin gist " \
	    "greatest group grouping hash having identity in include index " \
	    "intersect interval into is join json_array json_object " \
	    "json_table key lateral least like limit materialized not " \
	    "nullif numeric offset on only operator or order over overlay " \
	    "partition position range references returning rollup row rows " \
	    "select set sets some substring table then time timestamp " \
	    "timestamptz to trim union unique using values varchar when " \
	    "where window with within xmlelement xmlforest xmltable", grammar)
	# Functions whose arguments are separated by words, FROM among them.
	set_of("extract overlay position substring trim", wordy)
}

# The text without comments, its literals made equal, in lower case.
function strip(text,    out, tag, end) {
	out = ""
	while (text != "") {
		if (match(text, /^--[^\n]*/) ||
		    match(text, /^\/\*([^*]|\*+[^*\/])*\*+\//)) {
			out = out " "
		} else if (match(text, /^[eE]'([^'\\]|\\.|'')*'/) ||
		    match(text, /^'([^']|'')*'/)) {
			out = out " 'x' "
		} else if (match(text, /^"([^"]|"")*"/)) {
			out = out "quoted"
		} else if (match(text, /^\$[A-Za-z_]*\$/)) {
			tag = substr(text, 1, RLENGTH)
			end = index(substr(text, RLENGTH + 1), tag)
			if (end == 0) {
				fail("literal " tag " does not end")
				return out
			}
			out = out " 'x' "
			RLENGTH = end - 1 + 2 * length(tag)
		} else {
			match(text, /^([A-Za-z_0-9$]+|[^A-Za-z_0-9$])/)
			out = out tolower(substr(text, 1, RLENGTH))
		}
		text = substr(text, RLENGTH + 1)
	}
	return out
}

# Cut into token[1..n], with token[0] and what follows the last one empty.
function tokens(code,    n) {
	split("", token)
	n = 0
	while (match(code, /[a-z_0-9$]+|'x'|::|[^ \t\r\n]/)) {
		token[++n] = substr(code, RSTART, RLENGTH)
		code = substr(code, RSTART + RLENGTH)
	}
	return n
}

function is_word(s) {
	return s ~ /^[a-z_]/
}

# Token i is "(": where is its ")"?
function closing(i,    depth) {
	for (depth = 0; i <= count; i++) {
		if (token[i] == "(")
			depth++
		else if (token[i] == ")" && --depth == 0)
			return i
	}
	return count
}

# Names that the statement itself defines: WITH name [(columns)] AS (
function find_own_names(    i, j) {
	split("", own)
	for (i = 1; i <= count; i++) {
		if (!is_word(token[i]))
			continue
		j = i + 1
		if (token[j] == "(")
			j = closing(j) + 1
		if (token[j] != "as")
			continue
		j++
		if (token[j] == "not")
			j++
		if (token[j] == "materialized")
			j++
		if (token[j] == "(")
			own[token[i]] = 1
	}
}

# Does the word at i, say FROM, come before a relation?
function names_relation(i, inside) {
	if (token[i] == "from")
		return token[i - 1] != "distinct" && !(inside in wordy)
	if (token[i] == "update")
		return token[i - 1] !~ /^(for|do|on|key|no|before|after|or)$/
	return token[i] == "join" || token[i] == "into"
}

function check_relation(i) {
	while (token[i] == "only" || token[i] == "lateral" ||
	    token[i] == "rows")
		i++
	if (is_word(token[i]) && token[i + 1] != "." && token[i + 1] != "(" &&
	    !(token[i] in own) && !(token[i] in grammar))
		fail("relation \"" token[i] "\" is not qualified")
}

function check_call(i) {
	if (token[i + 1] != "(" || !is_word(token[i]) ||
	    (token[i] in grammar) || (token[i] in own))
		return
	# A qualified name; an alias with columns; a type.
	if (token[i - 1] ~ /^(\.|as|\)|::)$/)
		return
	fail("function " token[i] "() is not qualified")
}

function end_file(    i, depth, ended, opener) {
	if (file == "")
		return
	count = tokens(strip(text))
	if (count == 0)
		fail("no statement")
	find_own_names()
	depth = 0
	ended = 0
	for (i = 1; i <= count; i++) {
		if (ended) {
			fail("more than one statement")
			break
		}
		if (token[i] == ";")
			ended = 1
		else if (token[i] == "(")
			opener[++depth] = token[i - 1]
		else if (token[i] == ")")
			depth--
		else {
			check_call(i)
			if (names_relation(i, depth ? opener[depth] : ""))
				check_relation(i + 1)
		}
	}
}

FNR == 1 {
	end_file()
	file = FILENAME
	text = ""
}

{
	text = text $0 "\n"
}

END {
	end_file()
	exit failed
}
