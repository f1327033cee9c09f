# revisions.awk: a history of N revisions as files.
#
#	awk -v n=1000 -v dir=DIR -v shape=linear|branched -v kind=sql|py \
#	    -f revisions.awk
#
# branched: every tenth revision forks, and the two branches are merged before
# the next fork.

function id(i) {
	return sprintf("%012x", i * 7919)
}

function parents(i,   k) {
	k = i % 10
	if (i == 1)
		return ""
	if (shape != "branched")
		return id(i - 1)
	if (k == 2 && i > 3) # the second branch starts where the first did
		return id(i - 2)
	if (k == 3 && i > 3)
		return id(i - 1) " " id(i - 2)
	return id(i - 1)
}

function sql(i, file,   p) {
	p = parents(i)
	printf "--: revision %s\n", id(i) >file
	if (p != "")
		printf "--: down-revision %s\n", p >file
	printf "--: message step %d\n", i >file
	printf "--: date 2026-01-01T00:00:00Z\n\n--: upgrade\n" >file
	printf "CREATE TABLE public.t%d (a integer);\n\n", i >file
	printf "--: downgrade\nDROP TABLE public.t%d;\n", i >file
}

function py(i, file,   p, n, list, k, text) {
	p = parents(i)
	n = split(p, list, " ")
	text = "None"
	if (n == 1)
		text = "\"" list[1] "\""
	if (n > 1)
		text = "(\"" list[1] "\", \"" list[2] "\")"
	printf "\"\"\"step %d\"\"\"\nrevision = \"%s\"\n", i, id(i) >file
	printf "down_revision = %s\nbranch_labels = None\n", text >file
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
