# work.awk: N revisions of ordinary work, five for each table, as every runner
# wants them.
#
#	awk -v n=1000 -v dir=DIR -v kind=tb|psql|alembic|dbmate|node -f work.awk
#
# CREATE TABLE; two ADD COLUMN; CREATE INDEX; an INSERT of three rows; a CHECK
# and a COMMENT.  "psql" is one script, with a transaction and a version row
# for each revision.

function id(i) {
	return sprintf("%012x", i * 7919)
}

function statements(i,   t) {
	t = "public.w" int((i - 1) / 5)
	if (i % 5 == 1)
		return "CREATE TABLE " t " (id bigint GENERATED ALWAYS AS " \
		    "IDENTITY PRIMARY KEY, name text NOT NULL);\n"
	if (i % 5 == 2)
		return "ALTER TABLE " t " ADD COLUMN a integer;\n" \
		    "ALTER TABLE " t " ADD COLUMN b timestamptz;\n"
	if (i % 5 == 3)
		return "CREATE INDEX ON " t " (name);\n"
	if (i % 5 == 4)
		return "INSERT INTO " t " (name) " \
		    "VALUES ('one'), ('two'), ('three');\n"
	return "ALTER TABLE " t " ADD CHECK (a > 0);\n" \
	    "COMMENT ON TABLE " t " IS 'number " i "';\n"
}

function tb(i,   file) {
	file = sprintf("%s/%s_step_%d.sql", dir, id(i), i)
	printf "--: revision %s\n", id(i) >file
	if (i > 1)
		printf "--: down-revision %s\n", id(i - 1) >file
	printf "--: message step %d\n\n--: upgrade\n%s", i, \
	    statements(i) >file
	printf "\n--: downgrade none\n" >file
	close(file)
}

function psql(i,   file) {
	file = dir "/all.sql"
	if (i == 1)
		printf "CREATE TABLE public.version (num text NOT NULL);\n" \
		    "INSERT INTO public.version VALUES ('');\n" >file
	printf "BEGIN;\n%sUPDATE public.version SET num = '%s';\nCOMMIT;\n", \
	    statements(i), id(i) >file
}

function alembic(i,   file, before) {
	file = dir "/versions/" id(i) ".py"
	before = i > 1 ? "\"" id(i - 1) "\"" : "None"
	printf "revision = \"%s\"\ndown_revision = %s\n", id(i), \
	    before >file
	printf "from alembic import op\n\n\ndef upgrade():\n" >file
	printf "    op.execute(\"\"\"%s\"\"\")\n", statements(i) >file
	close(file)
}

function dbmate(i,   file) {
	file = sprintf("%s/20260101%06d_step.sql", dir, i)
	printf "-- migrate:up\n%s-- migrate:down\n", statements(i) >file
	close(file)
}

function node(i,   file) {
	file = sprintf("%s/1760000%06d_step.sql", dir, i)
	printf "-- Up Migration\n%s-- Down Migration\n", statements(i) >file
	close(file)
}

BEGIN {
	for (i = 1; i <= n; i++) {
		if (kind == "tb")
			tb(i)
		else if (kind == "psql")
			psql(i)
		else if (kind == "alembic")
			alembic(i)
		else if (kind == "dbmate")
			dbmate(i)
		else
			node(i)
	}
}
