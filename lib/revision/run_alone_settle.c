/*
 * A statement that was begun outside a transaction, and then the program, its
 * connection or the server ended, or it failed half-way: what is true now?
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "pg/phrase.h"
#include "pg/query.h"
#include "revision/history_sql.h"
#include "revision/run_alone.h"
#include "revision/run_alone_kind.h"
#include "revision/run_index.h"
#include "revision/run_journal.h"
#include "revision/run_state.h"

/* CREATE or DROP of a database, tablespace or subscription: 1 it is there. */
static int
is_made(PGconn *db, const struct tb_phrase *w, struct tb_err *err)
{
	static const char *const kinds[] = { "database", "tablespace",
		"subscription" };
	size_t i = tb_phrase_are(w, 2, "if exists") ? 4 : 2;
	char *name = tb_phrase_name(w, i, &i);
	const char *params[] = { NULL, name };
	PGresult *res;
	int rc = -1;

	for (size_t k = 0; k < TB_LEN(kinds); k++)
		if (tb_phrase_are(w, 1, kinds[k]))
			params[0] = kinds[k];
	res = tb_pg_query(db, tb_sql_text(tb_revision_sql, "journal_made"), 2,
	    params, err);
	if (res != NULL)
		rc = *PQgetvalue(res, 0, 0) == 't';
	PQclear(res);
	free(name);
	return rc;
}

static int
settle_made(PGconn *db, const char *text, bool wanted, struct tb_err *err)
{
	struct tb_phrase w;
	int rc;

	if (!tb_phrase_scan(&w, text))
		return 0;
	rc = is_made(db, &w, err);
	tb_phrase_release(&w);
	return rc == -1 ? -1 : (rc == 1) == wanted;
}

static int
finalize(PGconn *db, const char *parent, const char *child, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	int rc;

	tb_info("finishing to detach partition %s of %s", child, parent);
	/* Both stand in the statement as they do here. */
	tb_buf_addf(&sql, "ALTER TABLE %s DETACH PARTITION %s FINALIZE", parent,
	    child);
	rc = tb_pg_exec(db, sql.s, err);
	tb_buf_release(&sql);
	return rc == 0 ? 1 : -1;
}

static int
detached(PGconn *db, const char *parent, const char *child, struct tb_err *err)
{
	const char *params[] = { parent, child };
	PGresult *res = tb_pg_query(db,
	    tb_sql_text(tb_revision_sql, "journal_detached"), 2, params, err);
	int rc;

	if (res == NULL)
		return -1;
	if (strcmp(tb_pg_get(res, 0, "state"), "pending") == 0)
		rc = finalize(db, parent, child, err);
	else
		rc = strcmp(tb_pg_get(res, 0, "state"), "gone") == 0;
	PQclear(res);
	return rc;
}

/* ALTER TABLE [IF EXISTS] [ONLY] parent DETACH PARTITION child CONCURRENTLY */
static int
settle_detach(PGconn *db, const char *text, struct tb_err *err)
{
	struct tb_phrase w;
	char *parent, *child = NULL;
	size_t i = 2;
	int rc = 0;

	if (!tb_phrase_scan(&w, text))
		return 0;
	if (tb_phrase_are(&w, i, "if exists"))
		i += 2;
	if (tb_phrase_are(&w, i, "only"))
		i++;
	parent = tb_phrase_name(&w, i, &i);
	if (parent != NULL && tb_phrase_are(&w, i, "detach partition"))
		child = tb_phrase_name(&w, i + 2, &i);
	tb_phrase_release(&w);
	if (child != NULL)
		rc = detached(db, parent, child, err);
	free(parent);
	free(child);
	return rc;
}

static int
nobody_knows(const struct tb_run_step *rs, const struct tb_journal_entry *e,
    struct tb_err *err)
{
	const char *id = rs->step->rev->h.id;
	bool down = rs->step->kind == TB_STEP_DOWNGRADE;

	(void)tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: it is not known what this statement of revision \"%s\" did",
	    rs->file.header.path, e->line, id);
	if (e->error != NULL)
		(void)tb_err_detail(err,
		    "It began at %s and failed, and may have committed before "
		    "that: %s",
		    e->since, e->error);
	else
		(void)tb_err_detail(err,
		    "It began at %s and was interrupted; it may have committed "
		    "before that.",
		    e->since);
	(void)tb_err_detail(err, "The statement:\n%s", e->text);
	return tb_err_hint(err,
	    "Look at the database, then \"tb-migrate resume\" runs it again, "
	    "\"resume --skip\" goes on behind it, \"resume --mark-done\" takes "
	    "it as done.  After %s by hand what is done, \"resume --forget\" "
	    "drops the note of it.",
	    down ? "making again" : "undoing");
}

int
tb_run_alone_settle(struct tb_run_state *st, const struct tb_run_step *rs,
    const struct tb_journal_entry *e, struct tb_err *err)
{
	const char *text = e->text;
	bool edited = e->number > rs->stmts.n ||
	    !tb_journal_is(e, &rs->stmts.v[e->number - 1]);

	switch (tb_run_kind_outside(text)) {
	case TB_RUN_CREATE_INDEX:
		/* The same statement is looked after when it is run. */
		return edited ? tb_run_index_undo(st->db, text, err) : 0;
	case TB_RUN_DROP_INDEX:
		return tb_run_index_gone(st->db, text, err);
	case TB_RUN_REINDEX:
		return tb_run_index_sweep(st->db, text, err);
	case TB_RUN_DETACH:
		return settle_detach(st->db, text, err);
	case TB_RUN_CREATE:
		return settle_made(st->db, text, true, err);
	case TB_RUN_DROP:
		return settle_made(st->db, text, false, err);
	case TB_RUN_REPEAT:
		return 0;
	default:
		return nobody_knows(rs, e, err);
	}
}
