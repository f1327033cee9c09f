/*
 * What a session is set to before a revision.
 */
#include "core/tb.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "pg/split.h"
#include "revision/run_state.h"

/*
 * What the role or the database have as default (serializable, read only) is
 * for applications, not for this.
 */
const char tb_run_begin_sql[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/*
 * How long a statement may wait for its lock where nobody said otherwise.
 * Whoever waits for ACCESS EXCLUSIVE makes all others wait behind it, readers
 * too, so that has to be short; it is tried again.  What only touches rows
 * makes nobody wait.  A concurrent build waits for every old transaction.
 */
static const char wait_strong[] = "3s";
static const char wait_rows[] = "30s";
static const char wait_concurrent[] = "30min";

static bool
begins_with(const char *text, const char *word)
{
	size_t n = strlen(word);

	return strncasecmp(text, word, n) == 0 &&
	    !isalnum((unsigned char)text[n]) && text[n] != '_';
}

static const char *
wait_of(const char *text)
{
	static const char *const rows[] = { "INSERT", "UPDATE", "DELETE",
		"MERGE", "SELECT", "WITH", "VALUES", "COPY" };

	for (size_t i = 0; i < TB_LEN(rows); i++)
		if (begins_with(text, rows[i]))
			return wait_rows;
	if (begins_with(text, "ANALYZE") ||
	    tb_stmt_needs_autocommit(text) != NULL)
		return wait_concurrent;
	return wait_strong;
}

const char *
tb_run_lock_timeout(const struct tb_run_state *st, const struct tb_run_step *rs,
    const struct tb_stmt *stmt)
{
	/* A scratch database is ours alone. */
	if (st->history == NULL || st->run->opts.lock_timeout != NULL ||
	    rs->file.header.lock_timeout != NULL)
		return NULL;
	return wait_of(stmt->text);
}

void
tb_run_session_params(const struct tb_run_state *st,
    const struct tb_run_step *rs, bool later, struct tb_run_session *s)
{
	const struct tb_run_opts *opts = &st->run->opts;
	const struct tb_header *h = rs != NULL ? &rs->file.header : NULL;
	const char *lock = opts->lock_timeout;
	const char *statement = opts->statement_timeout;

	if (h != NULL && h->lock_timeout != NULL)
		lock = h->lock_timeout;
	if (h != NULL && h->statement_timeout != NULL)
		statement = h->statement_timeout;
	s->params[0] = lock;
	s->params[1] = rs != NULL && rs->stmts.n > 0 ?
	    tb_run_lock_timeout(st, rs, &rs->stmts.v[0]) :
	    NULL;
	s->params[2] = statement;
	s->params[3] = opts->role != NULL ? opts->role : "none";
	s->params[4] = rs != NULL ? NULL : "";
	s->params[5] = PQserverVersion(st->db) >= 140000 ? "5s" : NULL;
	s->params[6] = later ? "off" : NULL;
	s->params[7] = st->login;
	s->params[8] = st->program;
}
