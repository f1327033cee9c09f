#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/strs.h"
#include "pg/query.h"
#include "pg/split.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/history_sql.h"
#include "revision/run_alone.h"
#include "revision/run_alone_kind.h"
#include "revision/run_alone_state.h"
#include "revision/run_index.h"
#include "revision/run_journal.h"
#include "revision/run_signal.h"
#include "revision/run_state.h"

/* --- Where an earlier run ended ------------------------------------------ */

static bool
is_of(const struct tb_journal *j, const struct tb_run_step *rs)
{
	enum tb_step_kind kind = j->down ? TB_STEP_DOWNGRADE : TB_STEP_UPGRADE;

	return rs->step->kind == kind &&
	    strcmp(rs->step->rev->h.id, j->revision) == 0;
}

static int
refuse_others(const struct tb_journal *j, struct tb_err *err)
{
	const struct tb_journal_entry *e = &j->v[j->n - 1];

	(void)tb_err_set(err, TB_EXIT_DATA, "revision \"%s\" is half %s",
	    j->revision, j->down ? "undone" : "done");
	(void)tb_err_detail(err,
	    "It runs outside a transaction; the run that %s began at %s came "
	    "to line %d of it.",
	    j->by, j->since, e->line);
	return tb_err_hint(err,
	    "\"tb-migrate resume\" finishes it.  After %s by hand what is "
	    "done, \"tb-migrate resume --forget\" drops the note of it.",
	    j->down ? "making again" : "undoing");
}

static bool
only_stamps(const struct tb_run *run)
{
	for (size_t i = 0; i < run->n; i++)
		if (run->v[i].step->kind != TB_STEP_STAMP &&
		    run->v[i].step->kind != TB_STEP_ADOPT)
			return false;
	return true;
}

static int
check_step(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	struct tb_journal j = TB_JOURNAL_INIT;
	int rc = 0;

	if (tb_journal_read(st->history, st->graph, &j, err) == -1)
		return -1;
	if (j.n > 0 && !is_of(&j, rs))
		rc = refuse_others(&j, err);
	tb_journal_release(&j);
	return rc;
}

int
tb_run_alone_check(struct tb_run_state *st, struct tb_err *err)
{
	if (st->history == NULL || st->run->n == 0 || only_stamps(st->run))
		return 0;
	return check_step(st, &st->run->v[0], err);
}

static int
refuse_edited(const struct tb_alone *a, const struct tb_journal_entry *e,
    struct tb_err *err)
{
	bool there = e->number <= a->rs->stmts.n;

	(void)tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: statement %zu of revision \"%s\" is done already, and %s",
	    a->path, there ? a->rs->stmts.v[e->number - 1].line : e->line,
	    e->number, a->id, there ? "was another one" : "is here no longer");
	(void)tb_err_detail(err, "It stood at line %d when it was run:\n%s",
	    e->line, e->text);
	return tb_err_hint(err,
	    "Put it back: only what follows the statements that are done may "
	    "change.");
}

/* What it made is gone, unless this is still the same session. */
static int
refuse_temporary(const struct tb_alone *a, const struct tb_journal_entry *e,
    struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: what this statement of revision \"%s\" made ended with "
	    "the session that ran it",
	    a->path, a->rs->stmts.v[e->number - 1].line, a->id);
	return tb_err_hint(err,
	    "\"tb-migrate resume\" goes on without it.  After undoing by hand "
	    "what is done, \"tb-migrate resume --forget\" drops the note of "
	    "it.");
}

static int
take_up_one(struct tb_alone *a, const struct tb_journal_entry *e,
    struct tb_err *err)
{
	const struct tb_stmt *stmt;
	enum tb_run_kind kind;

	if (e->number > a->rs->stmts.n)
		return refuse_edited(a, e, err);
	stmt = &a->rs->stmts.v[e->number - 1];
	if (e->state == TB_JOURNAL_SKIPPED) {
		tb_alone_log(a, e->number - 1, "skipped");
		return 0;
	}
	if (!tb_journal_is(e, stmt))
		return refuse_edited(a, e, err);
	kind = tb_run_kind(stmt->text);
	if (kind == TB_RUN_TEMPORARY && e->backend != PQbackendPID(a->st->db))
		return refuse_temporary(a, e, err);
	if (kind == TB_RUN_SETTING &&
	    tb_pg_exec(a->st->db, stmt->text, err) == -1)
		return tb_err_prefix(err, "%s:%d", a->path, stmt->line);
	tb_alone_log(a, e->number - 1, "done before");
	return 0;
}

/* The statement that was interrupted: *next is what is to be run then. */
static int
take_up_last(struct tb_alone *a, const struct tb_journal_entry *e, size_t *next,
    struct tb_err *err)
{
	size_t i = e->number - 1;
	const struct tb_stmt *stmt =
	    i < a->rs->stmts.n ? &a->rs->stmts.v[i] : NULL;
	int done;

	if (stmt != NULL && tb_alone_lock_timeout(a, stmt, err) == -1)
		return -1;
	if ((done = tb_run_alone_settle(a->st, a->rs, e, err)) == -1)
		return -1;
	*next = i;
	if (done == 0)
		return tb_alone_unmark(a, i, err);
	if (stmt == NULL || !tb_journal_is(e, stmt))
		return refuse_edited(a, e, err);
	tb_alone_log(a, i, "done before");
	*next = i + 1;
	return tb_alone_mark(a, i, TB_JOURNAL_DONE, NULL, err);
}

static void
tell_taken_up(const struct tb_alone *a, const struct tb_journal *j, size_t next)
{
	const struct tb_stmts *stmts = &a->rs->stmts;

	if (next < stmts->n)
		tb_info("revision \"%s\" goes on at line %d: %zu of its %zu "
			"statements are done, by the run that %s began at %s",
		    a->id, stmts->v[next].line, next, stmts->n, j->by,
		    j->since);
	else
		tb_info("revision \"%s\" goes on: its %zu statements are done, "
			"by the run that %s began at %s",
		    a->id, stmts->n, j->by, j->since);
}

static int
take_up(struct tb_alone *a, const struct tb_journal *j, size_t *next,
    struct tb_err *err)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct tb_journal_entry *e = &j->v[i];

		if (e->number != i + 1)
			return tb_err_set(err, TB_EXIT_DATA,
			    "tb.journal has no row %zu of revision \"%s\"",
			    i + 1, a->id);
		*next = e->number;
		if (e->state == TB_JOURNAL_RUNNING) {
			if (take_up_last(a, e, next, err) == -1)
				return -1;
			break;
		}
		if (take_up_one(a, e, err) == -1)
			return -1;
	}
	if (j->n > 0)
		tell_taken_up(a, j, *next);
	return 0;
}

/* --- The whole revision -------------------------------------------------- */

/* What the run does after this revision, for whoever takes it up. */
static char *
rest_of(const struct tb_run *run, size_t at)
{
	struct tb_strs ids = TB_STRS_INIT;
	char *list;

	for (size_t i = at + 1; i < run->n; i++)
		if (run->v[i].step->rev != NULL)
			tb_strs_add(&ids, run->v[i].step->rev->h.id);
	list = tb_strs_join(&ids, " ");
	tb_strs_release(&ids);
	return list;
}

/* Make what is needed to keep a journal, and read it. */
static int
open_journal(struct tb_alone *a, struct tb_journal *j, struct tb_err *err)
{
	struct tb_history *h = a->st->history;
	int ready;

	if (check_step(a->st, a->rs, err) == -1 ||
	    tb_run_begin(a->st, err) == -1 ||
	    (ready = tb_journal_prepare(h, err)) == -1)
		return -1;
	a->journaled = ready == 1;
	if (a->journaled && tb_journal_tidy(h, a->id, a->down, err) == -1)
		return -1;
	if (tb_run_commit(a->st, err) == -1)
		return -1;
	return a->journaled ? tb_journal_read(h, a->st->graph, j, err) : 0;
}

static int
run_statements(struct tb_alone *a, const struct tb_journal *j,
    struct tb_err *err)
{
	const struct tb_stmts *stmts = &a->rs->stmts;
	size_t next = 0;

	if (stmts->n > 0) {
		if (tb_run_session(a->st, a->rs, err) == -1)
			return -1;
		if (tb_stmt_needs_autocommit(stmts->v[0].text) == NULL)
			a->wait =
			    tb_run_lock_timeout(a->st, a->rs, &stmts->v[0]);
	}
	if (take_up(a, j, &next, err) == -1)
		return -1;
	for (size_t i = next; i < stmts->n; i++)
		if (tb_alone_run(a, i, err) == -1)
			return -1;
	a->st->statements_done = true;
	return tb_run_verify(a->st, a->rs, err);
}

/* That it is applied, and that nothing of it is half done, at once. */
static int
record(struct tb_alone *a, struct tb_err *err)
{
	struct tb_history *h = a->st->history;

	if (h == NULL)
		return 0;
	if (tb_run_begin(a->st, err) == -1 ||
	    tb_run_record(a->st, a->rs, err) == -1)
		return -1;
	if (a->journaled && tb_journal_erase(h, a->id, 0, err) == -1)
		return -1;
	return tb_run_commit(a->st, err);
}

static int
run(struct tb_alone *a, struct tb_err *err)
{
	struct tb_journal j = TB_JOURNAL_INIT;
	int rc = 0;

	if (a->st->history != NULL)
		rc = open_journal(a, &j, err);
	if (rc == 0)
		rc = run_statements(a, &j, err);
	tb_journal_release(&j);
	if (rc == -1)
		return -1;
	a->rs->seconds = tb_clock_now() - a->st->started;
	return record(a, err);
}

int
tb_run_alone(struct tb_run_state *st, struct tb_run_step *rs,
    struct tb_err *err)
{
	struct tb_alone a = {
		.st = st,
		.rs = rs,
		.id = rs->step->rev->h.id,
		.path = rs->file.header.path,
		.down = rs->step->kind == TB_STEP_DOWNGRADE,
		.rest = rest_of(st->run, st->at),
	};
	int rc;

	tb_run_begin_step(st, st->at);
	st->statements_done = false;
	if ((rc = run(&a, err)) == 0)
		rs->committed = true;
	free(a.rest);
	return rc;
}

/* What the next run does, where it knows. */
static void
tell_next(const struct tb_stmt *stmt, struct tb_err *err)
{
	enum tb_run_kind kind = tb_run_kind(stmt->text);

	if (kind == TB_RUN_OPAQUE)
		return;
	(void)tb_err_detail(err, "The next run goes on at line %d%s.",
	    stmt->line,
	    kind == TB_RUN_CREATE_INDEX ?
		", and drops the invalid index if one is left" :
		"");
	if (err->hint == NULL)
		(void)tb_err_hint(err,
		    "Mend the cause and run again, or go on behind the "
		    "statement with \"tb-migrate resume --skip\".");
}

bool
tb_run_alone_explain(struct tb_run_state *st, struct tb_err *err)
{
	const struct tb_run_step *rs = &st->run->v[st->at];
	size_t tried = json_array_size(st->log[st->at].statements);

	if (rs->alone == NULL || (tried == 0 && !st->statements_done))
		return false;
	(void)tb_err_detail(err,
	    "Revision \"%s\" runs outside a transaction (%s) and is not "
	    "recorded as %s.",
	    rs->step->rev->h.id, rs->alone,
	    rs->step->kind == TB_STEP_DOWNGRADE ? "undone" : "applied");
	if (st->statements_done) {
		(void)tb_err_detail(err, "Its statements are done and stay.");
		return true;
	}
	if (tried > 1 && tried <= rs->stmts.n)
		(void)tb_err_detail(err,
		    "Its statements before line %d are done and stay.",
		    rs->stmts.v[tried - 1].line);
	if (st->failed != NULL)
		tell_next(st->failed, err);
	return true;
}
