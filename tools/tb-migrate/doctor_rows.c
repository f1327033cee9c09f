/*
 * The version table: rows that cannot be, and rows that surprise.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "doctor.h"
#include "pg/query.h"
#include "pg/quote.h"

static void
find_doubled(struct doctor *d)
{
	const struct tb_strs *rows = &d->m->history.rows;

	for (size_t i = 1; i < rows->n; i++) {
		if (strcmp(rows->v[i - 1], rows->v[i]) != 0)
			continue;
		doctor_find(d, "row",
		    tb_asprintf("%s has the row \"%s\" more than once",
			d->m->history.name, rows->v[i]),
		    tb_strdup("One of them is enough: --fix keeps one.  The "
			      "table should have a primary key."),
		    true);
		d->doubled = true;
	}
}

/* Rows that no file has; what tb.revision keeps was put into the graph. */
static void
find_unknown(struct doctor *d)
{
	struct tb_revs applied = TB_REVS_INIT;
	struct tb_strs unknown = TB_STRS_INIT;
	const struct mig *m = d->m;

	tb_plan_applied(m->graph, &m->history.rows, &applied, &unknown);
	for (size_t i = 0; i < unknown.n; i++)
		doctor_find(d, "unknown",
		    tb_asprintf("row \"%s\" is of a revision that no file has, "
				"nor tb.revision",
			unknown.v[i]),
		    tb_strdup("Get the file (another branch? a newer "
			      "release?), or if the database is known to be "
			      "at another revision, say so: \"tb-migrate "
			      "stamp --purge REVISION\"."),
		    false);
	for (size_t i = 0; i + 1 < m->stored.n; i += 2)
		doctor_find(d, "ahead",
		    tb_asprintf("revision \"%s\" is applied and in no file, "
				"only in tb.revision",
			m->stored.v[i]),
		    tb_strdup("The database is ahead of these files: get the "
			      "newer ones, or go back with \"tb-migrate "
			      "downgrade\", which takes the stored text."),
		    false);
	tb_revs_release(&applied);
	tb_strs_release(&unknown);
}

/* Is a row implied by one of the others? */
static bool
is_implied(const struct mig *m, const struct tb_revision *rev, size_t row)
{
	const struct tb_strs *rows = &m->history.rows;
	bool implied = false;

	for (size_t i = 0; i < rows->n && !implied; i++) {
		struct tb_strs other = TB_STRS_INIT;
		struct tb_revs below = TB_REVS_INIT;

		if (i == row || tb_graph_find(m->graph, rows->v[i]) == rev)
			continue;
		tb_strs_add(&other, rows->v[i]);
		tb_plan_applied(m->graph, &other, &below, NULL);
		implied = tb_revs_has(&below, rev);
		tb_revs_release(&below);
		tb_strs_release(&other);
	}
	return implied;
}

static void
find_overlaps(struct doctor *d)
{
	const struct tb_strs *rows = &d->m->history.rows;

	for (size_t i = 0; i < rows->n; i++) {
		const struct tb_revision *rev =
		    tb_graph_find(d->m->graph, rows->v[i]);

		if (rev == NULL || tb_strs_has(&d->superfluous, rows->v[i]) ||
		    !is_implied(d->m, rev, i))
			continue;
		tb_strs_add(&d->superfluous, rows->v[i]);
		doctor_find(d, "row",
		    tb_asprintf("row \"%s\" is implied by another row, of a "
				"revision above it",
			rows->v[i]),
		    tb_strdup("Alembic and tb-migrate refuse to go on from "
			      "there: --fix takes it out."),
		    true);
	}
}

/* Where the last run left the rows, if it was ours. */
static int
find_moved(struct doctor *d, struct tb_err *err)
{
	struct tb_history *h = &d->m->history;
	const struct tb_history_events last = { .limit = 1 };
	PGresult *res;
	char *now;

	if (!h->log_readable || !h->event_there)
		return 0;
	if ((res = tb_history_events(h, &last, err)) == NULL)
		return -1;
	now = tb_strs_join(&h->rows, " ");
	if (PQntuples(res) > 0 && tb_pg_get(res, 0, "heads") != NULL &&
	    strcmp(tb_pg_get(res, 0, "heads"), now) != 0) {
		const char *was = tb_pg_get(res, 0, "heads");

		doctor_find(d, "moved",
		    tb_asprintf("the version table says %s, but after the last "
				"run of tb-migrate (%s) it said %s",
			*now != '\0' ? now : "base", tb_pg_get(res, 0, "at"),
			*was != '\0' ? was : "base"),
		    tb_asprintf("If Alembic did that, all is well.  If rows "
				"were lost: \"tb-migrate stamp %s\".",
			*was != '\0' ? was : "base"),
		    false);
	}
	free(now);
	PQclear(res);
	return 0;
}

/* Recorded as applied, but no row implies it. */
static int
find_forgotten(struct doctor *d, struct tb_err *err)
{
	struct tb_history *h = &d->m->history;
	struct tb_revs applied = TB_REVS_INIT;
	PGresult *res;

	if (!h->log_readable)
		return 0;
	if ((res = tb_history_recorded(h, err)) == NULL)
		return -1;
	tb_plan_applied(d->m->graph, &h->rows, &applied, NULL);
	for (int i = 0; i < PQntuples(res); i++) {
		const char *id = tb_pg_get(res, i, "revision");
		const struct tb_revision *rev = tb_graph_find(d->m->graph, id);

		if (rev != NULL && tb_revs_has(&applied, rev))
			continue;
		doctor_find(d, "recorded",
		    tb_asprintf("revision \"%s\" is recorded as applied at %s, "
				"but no row of %s implies it",
			id, tb_pg_get(res, i, "applied_at"), h->name),
		    rev != NULL ?
			tb_strdup("If it was undone by another program, the "
				  "next run forgets it.  If not, a row was "
				  "lost: see \"tb-migrate log\", then stamp.") :
			tb_strdup("No file has it either; its text is in "
				  "tb.revision."),
		    false);
	}
	tb_revs_release(&applied);
	PQclear(res);
	return 0;
}

int
doctor_rows(struct doctor *d, struct tb_err *err)
{
	find_doubled(d);
	find_unknown(d);
	find_overlaps(d);
	return find_moved(d, err) == 0 ? find_forgotten(d, err) : -1;
}

static int
undouble(struct tb_history *h, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	int rc = tb_pg_format(h->db, &sql, err,
	    "DELETE FROM %I.%I AS a USING %I.%I AS b"
	    " WHERE a.version_num = b.version_num AND a.ctid > b.ctid",
	    h->schema, h->table, h->schema, h->table);

	if (rc == 0)
		rc = tb_pg_exec(h->db, sql.s, err);
	tb_buf_release(&sql);
	return rc == 0 ? tb_history_reread(h, err) : -1;
}

int
doctor_fix_rows(struct doctor *d, struct tb_err *err)
{
	struct tb_history *h = &d->m->history;
	struct tb_row_change *rows =
	    tb_calloc(d->superfluous.n + 1, sizeof(*rows));
	struct tb_step step = { .kind = TB_STEP_STAMP, .rows = rows };
	struct tb_history_event e = { .action = "doctor", .outcome = "done" };
	char *list = tb_strs_join(&d->superfluous, ", ");
	char *tag = tb_asprintf("took out superfluous rows%s%s",
	    *list != '\0' ? ": " : "", list);
	int rc = tb_pg_exec(h->db, "BEGIN", err);

	for (size_t i = 0; i < d->superfluous.n; i++)
		rows[step.n_rows++] = (struct tb_row_change){
			.op = TB_ROW_DELETE,
			.from = d->superfluous.v[i],
		};
	e.tag = tag;
	if (rc == 0 && d->doubled)
		rc = undouble(h, err);
	if (rc == 0)
		rc = tb_history_change(h, &step, err);
	if (rc == 0)
		rc = tb_history_event(h, &e, err);
	if (rc == 0)
		rc = tb_pg_exec(h->db, "COMMIT", err);
	free(rows);
	free(list);
	free(tag);
	return rc;
}
