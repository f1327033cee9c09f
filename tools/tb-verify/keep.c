/*
 * keep.c: where the server may keep it, the scratch database stays after a
 * replay, so that the next one runs only the revisions that are new.
 *
 * By default none stays: people watch what databases their servers have.  Who
 * runs one says that it may by the setting tb.keep_scratch.
 *
 * A kept database lets nobody in, so that it is what the revisions made.  Its
 * comment tells of what: a hash of all that the outcome may depend on, chained
 * with the text of each revision.  It is started from only where that is the
 * beginning of what is to be replayed, by a copy: it can be wanted again, when
 * the newest revision is still being worked at.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "cli/term.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "replay.h"

#define NAME "tb_scratch_kept_"

void
ver_keep_step(struct ver_making *m)
{
	struct ver_keep *k = &m->keep;

	k->ends = tb_grow(k->ends, k->n, &k->cap, sizeof(*k->ends));
	k->ends[k->n++] = m->sql.len;
}

/* The key of so many steps and one more, from that of so many. */
static void
chain(const struct ver_making *m, size_t step, char key[TB_HASH_LEN + 1])
{
	const struct ver_keep *k = &m->keep;
	size_t from = step > 0 ? k->ends[step - 1] : 0;
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_add(&b, key);
	tb_buf_addn(&b, m->sql.s + from, k->ends[step] - from);
	tb_hash(b.s, b.len, key);
	tb_buf_release(&b);
}

/* How many steps a key stands for; 0: none of these. */
static size_t
count_steps(const struct ver_making *m, const char *wanted)
{
	char key[TB_HASH_LEN + 1];

	memcpy(key, m->keep.start, sizeof(key));
	for (size_t i = 0; i < m->keep.n; i++) {
		chain(m, i, key);
		if (strcmp(key, wanted) == 0)
			return i + 1;
	}
	return 0;
}

/* The one with the most steps. */
static void
choose(struct ver_making *m, const PGresult *res)
{
	struct ver_keep *k = &m->keep;

	for (int i = 0; i < PQntuples(res); i++) {
		size_t n = 0;

		if (tb_pg_get_bool(res, i, "ours") &&
		    !tb_pg_get_bool(res, i, "useless"))
			n = count_steps(m, tb_pg_get(res, i, "key"));
		if (n <= k->done)
			continue;
		free(k->base);
		k->base = tb_strdup(tb_pg_get(res, i, "datname"));
		k->done = n;
		tb_strs_release(&m->r.wanted);
		tb_strs_split(&m->r.wanted, tb_pg_get(res, i, "extensions"),
		    " \n");
	}
}

/* A session is at hand, or is made. */
static PGresult *
ask(const struct ver_making *m, struct tb_err *err)
{
	PGconn *db = m->r.job->ctx->db, *own = NULL;
	PGresult *res = NULL;

	if (db == NULL)
		own = db = tb_pg_connect(&m->r.job->server, TB_PG_READ, err);
	if (db != NULL)
		res = tb_pg_query(db, tb_sql_text(tool_sql, "kept"), 0, NULL,
		    err);
	PQfinish(own);
	return res;
}

bool
ver_keep_find(struct ver_making *m)
{
	struct tb_err why = TB_ERR_INIT;
	PGresult *res = NULL;

	if (m->keep.allowed && m->keep.n > 0)
		res = ask(m, &why);
	if (res != NULL)
		choose(m, res);
	if (m->keep.base != NULL)
		tb_debug("keep: %zu of %zu revisions are in \"%s\"",
		    m->keep.done, m->keep.n, m->keep.base);
	PQclear(res);
	tb_err_release(&why);
	return m->keep.base != NULL;
}

/* The caller frees it. */
static int
read_state(const struct ver_making *m, char **state, bool *small,
    struct tb_err *err)
{
	PGresult *res = tb_pg_query(m->r.scratch.db,
	    tb_sql_text(tool_sql, "kept_state"), 0, NULL, err);

	if (res == NULL)
		return -1;
	*state = tb_strdup(tb_pg_get(res, 0, "state"));
	*small = tb_pg_get_bool(res, 0, "small");
	PQclear(res);
	return 0;
}

int
ver_keep_before(struct ver_making *m, struct tb_err *err)
{
	bool small;

	m->keep.fit = false;
	free(m->keep.database);
	m->keep.database = NULL;
	if (!m->keep.allowed || m->keep.n == 0 || m->r.job->private != NULL)
		return 0;
	return read_state(m, &m->keep.database, &small, err);
}

int
ver_keep_after(struct ver_making *m, struct tb_err *err)
{
	bool small = false;
	char *state = NULL;

	/* What was there already need not be kept twice. */
	if (m->keep.database == NULL || m->keep.done == m->keep.n)
		return 0;
	if (read_state(m, &state, &small, err) == -1)
		return -1;
	m->keep.fit = small && strcmp(state, m->keep.database) == 0 &&
	    m->r.enabled.n == 0;
	free(state);
	return 0;
}

/* The others of this database, but the one that was started from. */
static void
drop_others(const struct ver_making *m, PGconn *db)
{
	struct tb_err why = TB_ERR_INIT;
	PGresult *res =
	    tb_pg_query(db, tb_sql_text(tool_sql, "kept"), 0, NULL, &why);

	for (int i = 0; res != NULL && i < PQntuples(res); i++) {
		const char *name = tb_pg_get(res, i, "datname");
		struct tb_buf sql = TB_BUF_INIT;
		bool is_base =
		    m->keep.base != NULL && strcmp(name, m->keep.base) == 0;

		if (tb_pg_get_bool(res, i, "useless") ||
		    (tb_pg_get_bool(res, i, "ours") && !is_base)) {
			if (tb_pg_format(db, &sql, &why, "DROP DATABASE %I",
				name) == -1 ||
			    tb_pg_exec(db, sql.s, &why) == -1)
				tb_debug("keep: %s", why.message);
		}
		tb_buf_release(&sql);
	}
	PQclear(res);
	tb_err_release(&why);
}

/* Where none may stay any more none does. */
void
ver_keep_tidy(const struct ver_making *m)
{
	const struct ver_keep *k = &m->keep;

	if (k->start[0] != '\0' && !k->allowed && m->r.job->private == NULL)
		drop_others(m, m->r.scratch.admin);
}

/* See kept.sql. */
static int
describe(const struct ver_making *m, const char *key, char **comment,
    struct tb_err *err)
{
	static const char sql[] =
	    "SELECT pg_catalog.concat('kept by tb-verify to replay only new"
	    " revisions of database \"', d.datname, '\"; may be dropped',"
	    " E'\\nof ', d.oid, E'\\nused ', CURRENT_DATE, E'\\nkey ', $1::text,"
	    " E'\\nextensions ' || NULLIF($2::text, ''))"
	    "  FROM pg_catalog.pg_database AS d"
	    " WHERE d.datname = pg_catalog.current_database()";
	char *extensions = tb_strs_join(&m->r.wanted, " ");
	const char *params[] = { key, extensions };
	int rc = tb_pg_value(m->r.scratch.admin, sql, 2, params, comment, err);

	free(extensions);
	return rc;
}

void
ver_keep_it(struct ver_making *m)
{
	char key[TB_HASH_LEN + 1];
	char *name, *comment = NULL;
	struct tb_err why = TB_ERR_INIT;

	if (!m->keep.fit)
		return;
	/* Until the server has noticed that we left it, it bears its name. */
	PQfinish(m->r.scratch.db);
	m->r.scratch.db = NULL;
	memcpy(key, m->keep.start, sizeof(key));
	for (size_t i = 0; i < m->keep.n; i++)
		chain(m, i, key);
	name = tb_asprintf(NAME "%.16s", key);
	tb_progress("keeping the scratch database");
	drop_others(m, m->r.scratch.admin);
	if (describe(m, key, &comment, &why) == -1 ||
	    tb_scratch_keep(&m->r.scratch, name, comment, &why) == -1)
		tb_debug("keep: %s", why.message);
	tb_err_release(&why);
	free(comment);
	free(name);
}

void
ver_keep_release(struct ver_keep *k)
{
	free(k->ends);
	free(k->base);
	free(k->database);
}
