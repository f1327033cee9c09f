# random.awk: revision files of a random graph.
#
#	awk -v seed=1 -v n=30 -v dir=DIR -f random.awk
#
# Prints the edges: CHILD NEEDS parent|dependency.

function pick(n) {
	return int(rand() * n) + 1
}

# Up to max others below i, each once, those in taken left out.
function choose(i, max, taken,   k, other, list) {
	for (k = 0; k < max; k++) {
		# Rather one of the newest: long branches.
		other = i - (rand() < 0.7 ? pick(4) : pick(i))
		if (other < 1 || other in taken)
			continue
		taken[other]
		list = list " r" other "x"
	}
	return list
}

function edges(i, list, kind,   a, m, k) {
	m = split(list, a, " ")
	for (k = 1; k <= m; k++)
		print "r" i "x", a[k], kind
}

BEGIN {
	srand(seed)
	for (i = 1; i <= n; i++) {
		split("", taken)
		x = rand()
		parents = choose(i, x < 0.08 ? 0 : x < 0.7 ? 1 : \
		    x < 0.9 ? 2 : pick(7), taken)
		depends = rand() < 0.15 ? choose(i, pick(2), taken) : ""
		edges(i, parents, "parent")
		edges(i, depends, "dependency")
		file = dir "/r" i "x_step.sql"
		print "--: revision r" i "x" >file
		if (parents != "")
			print "--: down-revision" parents >file
		if (depends != "")
			print "--: depends-on" depends >file
		print "--: message step " i "\n\n--: upgrade\n" >file
		close(file)
	}
}
