#include "core/tb.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/split.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/history_sql.h"
#include "revision/plan.h"
#include "revision/run_alone_kind.h"
#include "revision/run_journal.h"
#include "revision/run_state.h"

static const char *const state_words[] = { [TB_JOURNAL_RUNNING] = "running",
	[TB_JOURNAL_DONE] = "done",
	[TB_JOURNAL_SKIPPED] = "skipped" };

static const char *
direction(bool down)
{
	return down ? "down" : "up";
}

static PGresult *
look(struct tb_history *h, struct tb_err *err)
{
	return tb_pg_query(h->db, tb_sql_text(tb_revision_sql, "journal_state"),
	    0, NULL, err);
}

static enum tb_journal_state
state_of(const char *word)
{
	for (size_t i = 0; i < TB_LEN(state_words); i++)
		if (strcmp(word, state_words[i]) == 0)
			return (enum tb_journal_state)i;
	return TB_JOURNAL_RUNNING;
}

static void
read_entry(const PGresult *res, int row, struct tb_journal_entry *e)
{
	e->number = (size_t)tb_pg_get_int(res, row, "number");
	e->line = (int)tb_pg_get_int(res, row, "line");
	e->state = state_of(tb_pg_get(res, row, "state"));
	e->hash = tb_pg_get(res, row, "hash");
	e->formula = (int)tb_pg_get_int(res, row, "hash_formula");
	e->text = tb_pg_get(res, row, "text");
	e->since = tb_pg_get(res, row, "started");
	e->error = tb_pg_get(res, row, "error");
	e->backend = (int)tb_pg_get_int(res, row, "backend");
}

static void
take_rows(struct tb_journal *j, int first, int last)
{
	const PGresult *res = j->res;

	j->revision = tb_pg_get(res, first, "revision");
	j->down = tb_pg_get_bool(res, first, "down");
	j->since = tb_pg_get(res, first, "since");
	j->rest = tb_pg_get(res, last - 1, "rest");
	j->by = tb_pg_get(res, last - 1, "by");
	j->v = tb_calloc((size_t)(last - first), sizeof(*j->v));
	for (int i = first; i < last; i++)
		read_entry(res, i, &j->v[j->n++]);
}

/* Is a revision where its rows were to bring it? */
static bool
has_arrived(const struct tb_revs *applied, const char *id, bool down)
{
	bool is_applied = false;

	for (size_t i = 0; i < applied->n && !is_applied; i++)
		is_applied = strcmp(applied->v[i]->h.id, id) == 0;
	return is_applied != down;
}

static void
choose_rows(struct tb_journal *j, const struct tb_revs *applied,
    const struct tb_strs *unknown)
{
	const PGresult *res = j->res;
	int n = PQntuples(res), last;

	for (int first = 0; first < n && j->n == 0; first = last) {
		const char *id = tb_pg_get(res, first, "revision");
		bool down = tb_pg_get_bool(res, first, "down");

		last = first + 1;
		while (last < n &&
		    strcmp(tb_pg_get(res, last, "revision"), id) == 0)
			last++;
		/* A row of the version table that no file has. */
		if (tb_strs_has(unknown, id) ? down :
					       !has_arrived(applied, id, down))
			take_rows(j, first, last);
	}
}

int
tb_journal_read(struct tb_history *h, const struct tb_graph *g,
    struct tb_journal *j, struct tb_err *err)
{
	struct tb_revs applied = TB_REVS_INIT;
	struct tb_strs unknown = TB_STRS_INIT;
	const char *params[] = { h->name };
	PGresult *res;
	bool readable;

	if (h->looked && !h->journal_there)
		return 0;
	if ((res = look(h, err)) == NULL)
		return -1;
	readable = tb_pg_get_bool(res, 0, "ours") &&
	    tb_pg_get_bool(res, 0, "may_read");
	PQclear(res);
	if (!readable)
		return 0;
	j->res = tb_pg_query(h->db,
	    tb_sql_text(tb_revision_sql, "journal_read"), 1, params, err);
	if (j->res == NULL)
		return -1;
	tb_plan_applied(g, &h->rows, &applied, &unknown);
	choose_rows(j, &applied, &unknown);
	tb_revs_release(&applied);
	tb_strs_release(&unknown);
	return 0;
}

void
tb_journal_release(struct tb_journal *j)
{
	PQclear(j->res);
	free(j->v);
	*j = (struct tb_journal)TB_JOURNAL_INIT;
}

static int
cannot(const char *why, const char *role)
{
	tb_warn("what is done outside a transaction is not written down: %s",
	    why);
	if (role != NULL)
		tb_hint("GRANT USAGE, CREATE ON SCHEMA tb TO %s; GRANT SELECT, "
			"INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA tb TO "
			"%s; else a run that is interrupted must be looked "
			"after by hand.",
		    role, role);
	return 0;
}

int
tb_journal_prepare(struct tb_history *h, struct tb_err *err)
{
	PGresult *res;
	int rc = 1;

	if (h->log == TB_HISTORY_LOG_DENIED && !h->log_schema_there)
		return cannot("there is no schema \"tb\"", NULL);
	if ((res = look(h, err)) == NULL)
		return -1;
	if (!tb_pg_get_bool(res, 0, "there")) {
		if (!tb_pg_get_bool(res, 0, "may_create"))
			rc = cannot("tb.journal cannot be made",
			    tb_pg_get(res, 0, "role"));
		else if (tb_pg_exec(h->db,
			     tb_sql_text(tb_revision_sql, "journal_table"),
			     err) == -1)
			rc = tb_err_prefix(err, "could not make tb.journal");
		h->journal_there = rc == 1;
	} else if (!tb_pg_get_bool(res, 0, "ours")) {
		rc = cannot("tb.journal is a table of another program", NULL);
	} else if (!tb_pg_get_bool(res, 0, "may_read") ||
	    !tb_pg_get_bool(res, 0, "may_write")) {
		rc = cannot("tb.journal may not be written",
		    tb_pg_get(res, 0, "role"));
	}
	PQclear(res);
	return rc;
}

/* The tokens, and the data that follow them. */
static int
hash_of(const struct tb_stmt *stmt, int formula, struct tb_buf *out,
    struct tb_err *err)
{
	char hex[TB_HASH_LEN + 1];

	if (tb_token_hash_by(stmt->text, formula, hex, err) == -1)
		return -1;
	tb_buf_add(out, hex);
	if (stmt->data != NULL) {
		tb_hash(stmt->data, strlen(stmt->data), hex);
		tb_buf_addf(out, " %s", hex);
	}
	return 0;
}

bool
tb_journal_is(const struct tb_journal_entry *e, const struct tb_stmt *stmt)
{
	struct tb_buf hash = TB_BUF_INIT;
	struct tb_err err = TB_ERR_INIT;
	bool same = hash_of(stmt, e->formula, &hash, &err) == 0 &&
	    strcmp(hash.s, e->hash) == 0;

	tb_buf_release(&hash);
	tb_err_release(&err);
	return same;
}

int
tb_journal_write(struct tb_history *h, const struct tb_journal_mark *m,
    struct tb_err *err)
{
	const struct passwd *user = getpwuid(getuid());
	const struct tb_err *f = m->failure;
	struct tb_buf hash = TB_BUF_INIT;
	char host[256] = "", number[32], line[32], formula[32];
	int rc;

	(void)gethostname(host, sizeof(host) - 1);
	(void)snprintf(number, sizeof(number), "%zu", m->number);
	(void)snprintf(line, sizeof(line), "%d", m->stmt->line);
	(void)snprintf(formula, sizeof(formula), "%d", TB_TOKEN_FORMULA);
	if (hash_of(m->stmt, TB_TOKEN_FORMULA, &hash, err) == -1)
		return -1;
	const char *const params[] = { h->name, m->revision, direction(m->down),
		number, line, m->stmt->text, hash.s, formula,
		state_words[m->state],
		f != NULL && f->sqlstate[0] != '\0' ? f->sqlstate : NULL,
		f != NULL ? f->message : NULL,
		m->rest != NULL && *m->rest != '\0' ? m->rest : NULL, host,
		user != NULL ? user->pw_name : NULL, "tb-migrate " TB_VERSION };
	rc = tb_pg_execp(h->db, tb_sql_text(tb_revision_sql, "journal_write"),
	    TB_LEN(params), params, err);
	tb_buf_release(&hash);
	return rc == 0 ? 0 : tb_err_prefix(err, "could not write tb.journal");
}

int
tb_journal_erase(struct tb_history *h, const char *revision, size_t number,
    struct tb_err *err)
{
	char text[32];
	const char *params[] = { h->name, revision, number > 0 ? text : NULL };

	(void)snprintf(text, sizeof(text), "%zu", number);
	return tb_pg_execp(h->db, tb_sql_text(tb_revision_sql, "journal_erase"),
	    3, params, err);
}

int
tb_journal_tidy(struct tb_history *h, const char *revision, bool down,
    struct tb_err *err)
{
	const char *params[] = { h->name, revision, direction(down) };

	return tb_pg_execp(h->db, tb_sql_text(tb_revision_sql, "journal_tidy"),
	    3, params, err);
}

static int
go_on(struct tb_history *h, const struct tb_journal *j,
    const struct tb_run_step *rs, struct tb_err *err)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct tb_journal_entry *e = &j->v[i];
		struct tb_journal_mark m = { j->revision, j->down, e->number,
			NULL, TB_JOURNAL_SKIPPED, j->rest, NULL };

		if (e->state == TB_JOURNAL_RUNNING &&
		    tb_run_kind_outside(e->text) == TB_RUN_OPAQUE)
			return tb_journal_erase(h, j->revision, e->number, err);
		/* Somebody says that its end does not matter. */
		if (e->state != TB_JOURNAL_DONE || e->number > rs->stmts.n ||
		    tb_run_kind(e->text) != TB_RUN_TEMPORARY)
			continue;
		m.stmt = &rs->stmts.v[e->number - 1];
		if (tb_journal_is(e, m.stmt) &&
		    tb_journal_write(h, &m, err) == -1)
			return -1;
	}
	return 0;
}

int
tb_journal_choose(struct tb_history *h, const struct tb_journal *j,
    const struct tb_run_step *rs, enum tb_journal_choice choice,
    struct tb_err *err)
{
	size_t number = j->n > 0 && j->v[j->n - 1].state == TB_JOURNAL_RUNNING ?
	    j->n :
	    j->n + 1;
	struct tb_journal_mark m = { j->revision, j->down, number, NULL,
		choice == TB_JOURNAL_SKIP ? TB_JOURNAL_SKIPPED :
					    TB_JOURNAL_DONE,
		j->rest, NULL };

	if (choice == TB_JOURNAL_GO_ON)
		return go_on(h, j, rs, err);
	if (number > rs->stmts.n) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "all statements of revision \"%s\" are done already",
		    j->revision);
		return tb_err_hint(err,
		    "\"tb-migrate resume\" does what is left: its verify "
		    "section, and to write it down.");
	}
	m.stmt = &rs->stmts.v[number - 1];
	tb_info("%s:%d: %s", rs->file.header.path, m.stmt->line,
	    choice == TB_JOURNAL_SKIP ? "skipped" : "taken as done");
	return tb_journal_write(h, &m, err);
}
