# revisions.awk: a history of N revisions as files.
#
#	awk -v n=1000 -v dir=DIR -v shape=SHAPE -v kind=sql|py -f revisions.awk
#
# linear: one line.
# labelled: one line, and a hundred labels along it.
# branched: every tenth revision forks, and the two branches are merged before
# the next fork.
# diamonds: each merge forks at once.
# wide: a hundred branches, one merge, and so on.

function id(i) {
	return sprintf("%012x", i * 7919)
}

function parents(i,   k, list) {
	if (i == 1)
		return ""
	if (shape == "diamonds") {
		k = i % 3
		if (k == 1)
			return id(i - 1) " " id(i - 2)
		return id(k == 2 ? i - 1 : i - 2)
	}
	if (shape == "wide") {
		k = (i - 1) % 101
		if (k > 0)
			return id(i - k)
		for (k = 1; k <= 100; k++)
			list = list " " id(i - k)
		return substr(list, 2)
	}
	k = i % 10
	if (shape != "branched")
		return id(i - 1)
	if (k == 2 && i > 3) # the second branch starts where the first did
		return id(i - 2)
	if (k == 3 && i > 3)
		return id(i - 1) " " id(i - 2)
	return id(i - 1)
}

function label(i) {
	return shape == "labelled" && i % (n / 100) == 1 ? "label" i : ""
}

function sql(i, file,   p) {
	p = parents(i)
	printf "--: revision %s\n", id(i) >file
	if (p != "")
		printf "--: down-revision %s\n", p >file
	if (label(i) != "")
		printf "--: labels %s\n", label(i) >file
	printf "--: message step %d\n", i >file
	printf "--: date 2026-01-01T00:00:00Z\n\n--: upgrade\n" >file
	printf "CREATE TABLE public.t%d (a integer);\n\n", i >file
	printf "--: downgrade\nDROP TABLE public.t%d;\n", i >file
}

function py(i, file,   n_list, list, k, text) {
	n_list = split(parents(i), list, " ")
	text = ""
	for (k = 1; k <= n_list; k++)
		text = text "\"" list[k] "\", "
	text = text == "" ? "None" : "(" text ")"
	printf "\"\"\"step %d\"\"\"\nrevision = \"%s\"\n", i, id(i) >file
	printf "down_revision = %s\n", text >file
	text = label(i) == "" ? "None" : "\"" label(i) "\""
	printf "branch_labels = %s\n", text >file
	printf "depends_on = None\nfrom alembic import op\n\n" >file
	printf "def upgrade():\n    op.execute(" >file
	printf "\"CREATE TABLE public.t%d (a integer)\")\n\n", i >file
	printf "def downgrade():\n    op.execute(" >file
	printf "\"DROP TABLE public.t%d\")\n", i >file
}

BEGIN {
	for (i = 1; i <= n; i++) {
		file = sprintf("%s/%s_step_%d.%s", dir, id(i), i, kind)
		if (kind == "py")
			py(i, file)
		else
			sql(i, file)
		close(file)
	}
}
