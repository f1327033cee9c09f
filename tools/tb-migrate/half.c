#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "half.h"
#include "pg/lock.h"
#include "pg/query.h"
#include "revision/run_alone_kind.h"

/* --- Finding it out ------------------------------------------------------ */

/* How many statements there are, and where the one that counts stands. */
static void
look_into_file(const struct mig *m, struct mig_half *half)
{
	const struct tb_journal *j = &half->journal;
	const struct tb_revision *rev = tb_graph_find(m->graph, j->revision);
	struct tb_revision_file f = TB_REVISION_FILE_INIT;
	struct tb_stmts stmts = TB_STMTS_INIT;
	struct tb_err why = TB_ERR_INIT;
	const struct tb_section *s;

	if (rev != NULL && mig_read_revision(m, rev, &f, &why) == 0) {
		s = j->down ? &f.downgrade : &f.upgrade;
		if (s->text != NULL &&
		    tb_split(s->text, rev->h.path, s->line, &stmts, &why) == 0)
			half->count = stmts.n;
	}
	if (half->number > 0 && half->number <= stmts.n)
		half->line = stmts.v[half->number - 1].line;
	if (tb_err_is_set(&why))
		tb_debug("%s", why.message);
	tb_stmts_release(&stmts);
	tb_revision_file_release(&f);
	tb_err_release(&why);
}

/* The log has what the journal has not: it says so only if it can be read. */
static void
look_into_log(struct mig *m, struct mig_half *half)
{
	const char *params[] = { m->history.name, half->journal.revision };
	struct tb_err why = TB_ERR_INIT;
	PGresult *res;

	if (half->error != NULL || !m->history.log_readable)
		return;
	res = tb_pg_query(m->history.db, tb_sql_text(tool_sql, "half_failure"),
	    TB_LEN(params), params, &why);
	if (res == NULL)
		tb_debug("%s", why.message);
	else if (PQntuples(res) > 0 &&
	    strcmp(tb_pg_get(res, 0, "outcome"), "failed") == 0)
		half->error = tb_strdup_null(tb_pg_get(res, 0, "error"));
	PQclear(res);
	tb_err_release(&why);
}

static int
find_state(struct mig *m, struct mig_half *half, struct tb_err *err)
{
	const struct tb_journal *j = &half->journal;
	const struct tb_journal_entry *last = &j->v[j->n - 1];
	bool open = last->state == TB_JOURNAL_RUNNING;
	PGresult *res = tb_pg_lock_holder(m->history.db,
	    tb_history_lock_key(&m->history), err);

	if (res == NULL)
		return -1;
	if (PQntuples(res) > 0)
		half->state = MIG_HALF_RUNNING;
	else if (open && tb_run_kind_outside(last->text) == TB_RUN_OPAQUE)
		half->state = MIG_HALF_UNKNOWN;
	else if (half->count > 0 && half->number > half->count)
		half->state = MIG_HALF_ENDING;
	else
		half->state = half->error != NULL ? MIG_HALF_FAILED :
						    MIG_HALF_INTERRUPTED;
	PQclear(res);
	return 0;
}

int
mig_half_read(struct mig *m, struct mig_half *half, struct tb_err *err)
{
	struct tb_journal *j = &half->journal;
	const struct tb_journal_entry *last;

	if (tb_journal_read(&m->history, m->graph, j, err) == -1)
		return -1;
	if (j->n == 0)
		return 0;
	last = &j->v[j->n - 1];
	half->number = j->n;
	if (last->state == TB_JOURNAL_RUNNING) {
		half->line = last->line;
		half->error = tb_strdup_null(last->error);
	} else {
		half->number++;
	}
	look_into_file(m, half);
	look_into_log(m, half);
	return find_state(m, half, err);
}

void
mig_half_release(struct mig_half *half)
{
	tb_journal_release(&half->journal);
	free(half->error);
	*half = (struct mig_half)MIG_HALF_INIT;
}

/* --- Telling it ---------------------------------------------------------- */

/* "statement 2 of 3, line 8" */
static void
add_place(struct tb_buf *b, const struct mig_half *half)
{
	tb_buf_addf(b, "statement %zu", half->number);
	if (half->count > 0)
		tb_buf_addf(b, " of %zu", half->count);
	if (half->line > 0)
		tb_buf_addf(b, ", line %d", half->line);
}

static void
add_what_happened(struct tb_buf *b, const struct mig_half *half)
{
	switch (half->state) {
	case MIG_HALF_FAILED:
		tb_buf_addf(b, " failed: %s", half->error);
		break;
	case MIG_HALF_UNKNOWN:
		tb_buf_add(b, " may have committed before it ");
		if (half->error != NULL)
			tb_buf_addf(b, "failed: %s", half->error);
		else
			tb_buf_add(b, "was interrupted");
		break;
	case MIG_HALF_INTERRUPTED:
		tb_buf_add(b,
		    half->number == half->journal.n ? " was interrupted" :
						      " comes next");
		break;
	case MIG_HALF_NOTHING:
	case MIG_HALF_RUNNING:
	case MIG_HALF_ENDING:
		break;
	}
}

char *
mig_half_text(const struct mig_half *half)
{
	const struct tb_journal *j = &half->journal;
	const char *done = j->down ? "undone" : "done";
	struct tb_buf b = TB_BUF_INIT;

	if (half->state == MIG_HALF_RUNNING)
		tb_buf_addf(&b, "revision \"%s\" is being %s, at ", j->revision,
		    j->down ? "undone" : "applied");
	else
		tb_buf_addf(&b,
		    "revision \"%s\" is half %s since %s, by %s: ", j->revision,
		    done, j->since, j->by);
	if (half->state == MIG_HALF_ENDING)
		tb_buf_addf(&b,
		    "its %zu statements are done, but it is not recorded",
		    half->count);
	else
		add_place(&b, half);
	add_what_happened(&b, half);
	/* One line, whatever an error has. */
	for (char *p = b.s; *p != '\0'; p++)
		if (*p == '\n')
			*p = ' ';
	return tb_buf_detach(&b);
}

const char *
mig_half_remedy(const struct mig_half *half)
{
	switch (half->state) {
	case MIG_HALF_RUNNING:
		return "Wait until that run ends; \"tb-migrate unlock\" shows "
		       "it, and can end it.";
	case MIG_HALF_FAILED:
		return "Mend the cause, then \"tb-migrate resume\" goes on "
		       "there; \"tb-migrate resume --skip\" goes on behind "
		       "that statement.";
	case MIG_HALF_UNKNOWN:
		return "Look what it did: \"tb-migrate resume\" runs it again, "
		       "with --skip goes on behind it, with --mark-done takes "
		       "it as done.";
	case MIG_HALF_INTERRUPTED:
		return "\"tb-migrate resume\" goes on there, and does what "
		       "that run was to do.";
	case MIG_HALF_ENDING:
		return "\"tb-migrate resume\" does what is left: to verify it, "
		       "and to write it down.";
	case MIG_HALF_NOTHING:
		break;
	}
	return NULL;
}

json_t *
mig_half_json(const struct mig_half *half)
{
	static const char *const states[] = {
		[MIG_HALF_RUNNING] = "running",
		[MIG_HALF_FAILED] = "failed",
		[MIG_HALF_UNKNOWN] = "unknown",
		[MIG_HALF_INTERRUPTED] = "interrupted",
		[MIG_HALF_ENDING] = "not recorded",
	};
	const struct tb_journal *j = &half->journal;
	json_t *o;

	if (half->state == MIG_HALF_NOTHING)
		return json_null();
	o = json_object();
	tb_json_set(o, "revision", j->revision);
	tb_json_set(o, "direction", j->down ? "down" : "up");
	tb_json_set(o, "state", states[half->state]);
	(void)json_object_set_new(o, "statement",
	    json_integer((json_int_t)half->number));
	(void)json_object_set_new(o, "statements",
	    half->count > 0 ? json_integer((json_int_t)half->count) :
			      json_null());
	(void)json_object_set_new(o, "line",
	    half->line > 0 ? json_integer(half->line) : json_null());
	tb_json_set(o, "error", half->error);
	tb_json_set(o, "since", j->since);
	tb_json_set(o, "by", j->by);
	tb_json_set(o, "remedy", mig_half_remedy(half));
	return o;
}
