# banned.awk: refuse calls of C functions that we have something better for.
#
#	awk -f lib/build/banned.awk lib/*/*.[ch] tools/*/*.[ch]
#
# Comments and literals do not count.

function ban(names, why,    i, n, name) {
	n = split(names, name, " ")
	for (i = 1; i <= n; i++)
		instead[name[i]] = why
}

BEGIN {
	ban("gets strcpy strcat stpcpy wcscpy wcscat", "strlcpy or a tb_buf")
	ban("strncpy strncat", "strlcpy or strlcat, which end the string")
	ban("sprintf vsprintf", "snprintf or a tb_buf")
	ban("strtok", "strsep")
	ban("atoi atol atoll atof", "strtonum, which knows bad input")
	ban("scanf fscanf sscanf", "a parser that knows bad input")
	ban("tmpnam tempnam mktemp", "mkstemp")
	ban("asctime ctime gmtime localtime", "the one that ends in _r")
	ban("rand srand random srandom", "arc4random")
	ban("system popen", "posix_spawn or execvp with a fixed argv")
	ban("alloca", "a tb_buf")
	ban("bcopy bzero", "memmove or memset")
	ban("signal", "sigaction")
	ban("vfork", "fork")
	ban("malloc calloc realloc reallocarray strdup strndup asprintf " \
	    "vasprintf", "the functions of core/mem.h, which do not fail")
	ban("exit abort", "a struct tb_err; lib/core/err.c ends the program")
	home["exit"] = home["abort"] = "lib/core/err.c"
	home["calloc"] = home["reallocarray"] = home["strndup"] = \
	    home["vasprintf"] = "lib/core/mem.c"
}

# The line without comments and literals.  Literals do not span lines here.
function code(line,    out) {
	out = ""
	while (line != "") {
		if (comment) {
			if (!match(line, /\*\//))
				return out
			comment = 0
			line = substr(line, RSTART + 2)
		} else if (match(line, /^"([^"\\]|\\.)*"/) ||
		    match(line, /^'([^'\\]|\\.)*'/)) {
			line = substr(line, RLENGTH + 1)
		} else if (line ~ /^\/\//) {
			return out
		} else if (line ~ /^\/\*/) {
			comment = 1
			line = substr(line, 3)
		} else {
			match(line, /^(["'\/]|[^"'\/]+)/)
			out = out substr(line, 1, RLENGTH)
			line = substr(line, RLENGTH + 1)
		}
	}
	return out
}

FNR == 1 {
	comment = 0
}

{
	line = code($0)
	while (match(line, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
		before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
		name = substr(line, RSTART, RLENGTH - 1)
		sub(/[ \t]+$/, "", name)
		line = substr(line, RSTART + RLENGTH)
		if (!(name in instead) || before ~ /[.>0-9]/ ||
			    home[name] == FILENAME)
			continue
		printf "%s:%d: error: %s(): use %s\n", FILENAME, FNR, name,
		    instead[name]
		failed = 1
	}
}

END {
	exit failed
}
