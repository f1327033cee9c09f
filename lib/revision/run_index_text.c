/*
 * What a statement about an index says, and what the server would make of it.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/phrase.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "revision/history_sql.h"
#include "revision/run_index_state.h"
#include "revision/run_state.h"

static bool
parse_words(const struct tb_phrase *w, struct tb_index_text *t)
{
	size_t i = 1;
	bool parens;

	t->unique = tb_phrase_are(w, i, "unique");
	i += t->unique;
	if (!tb_phrase_are(w, 0, "create") ||
	    !tb_phrase_are(w, i, "index concurrently"))
		return false;
	i += 2;
	if (tb_phrase_are(w, i, "if not exists"))
		i += 3;
	if (!tb_phrase_are(w, i, "on") &&
	    (t->name = tb_phrase_name(w, i, &i)) == NULL)
		return false;
	if (!tb_phrase_are(w, i++, "on"))
		return false;
	if (tb_phrase_are(w, i, "only"))
		i++;
	parens = tb_phrase_are(w, i, "(");
	i += parens;
	if ((t->table = tb_phrase_name(w, i, &i)) == NULL)
		return false;
	i += parens;
	if (tb_phrase_are(w, i, "*"))
		i++;
	if (i >= w->n)
		return false;
	t->rest = w->text + tb_phrase_start(w, i);
	return true;
}

bool
tb_index_parse(const char *text, struct tb_index_text *t)
{
	struct tb_phrase w;
	bool ok;

	*t = (struct tb_index_text){ .name = NULL };
	if (!tb_phrase_scan(&w, text))
		return false;
	ok = parse_words(&w, t);
	tb_phrase_release(&w);
	if (!ok)
		tb_index_text_release(t);
	return ok;
}

void
tb_index_text_release(struct tb_index_text *t)
{
	free(t->name);
	free(t->table);
	*t = (struct tb_index_text){ .name = NULL };
}

char *
tb_index_dropped(const char *text)
{
	struct tb_phrase w;
	size_t i = 3;
	char *name;

	if (!tb_phrase_scan(&w, text))
		return NULL;
	if (tb_phrase_are(&w, i, "if exists"))
		i += 2;
	name = tb_phrase_name(&w, i, &i);
	tb_phrase_release(&w);
	return name;
}

char *
tb_index_rebuilt(const char *text, char **name)
{
	struct tb_phrase w;
	char *kind;
	size_t i = 1;

	*name = NULL;
	if (!tb_phrase_scan(&w, text))
		return NULL;
	if (tb_phrase_are(&w, i, "("))
		i = tb_phrase_find(&w, i, ")") + 1;
	kind = tb_phrase_name(&w, i, &i);
	for (char *p = kind; p != NULL && *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	if (tb_phrase_are(&w, i, "concurrently"))
		i++;
	if (kind != NULL)
		*name = tb_phrase_name(&w, i, &i);
	tb_phrase_release(&w);
	return kind;
}

static int
make_probe(PGconn *db, const struct tb_index_text *t, const PGresult *found,
    struct tb_err *err)
{
	const char *name = tb_pg_get(found, 0, "table_name");
	struct tb_buf table = TB_BUF_INIT, index = TB_BUF_INIT;
	int rc = -1;

	/* Where a new index goes that does not say where. */
	if (tb_pg_exec(db, tb_run_begin_sql, err) == 0 &&
	    tb_pg_exec(db,
		"SELECT pg_catalog.set_config('temp_tablespaces', "
		"pg_catalog.current_setting('default_tablespace'), true)",
		err) == 0 &&
	    tb_pg_format(db, &table, err, "CREATE TEMPORARY TABLE %I (LIKE %s)",
		name, tb_pg_get(found, 0, "table")) == 0 &&
	    tb_pg_format(db, &index, err, "CREATE %sINDEX ON pg_temp.%I %s",
		t->unique ? "UNIQUE " : "", name, t->rest) == 0 &&
	    tb_pg_exec(db, table.s, err) == 0 &&
	    tb_pg_exec(db, index.s, err) == 0)
		rc = 0;
	tb_buf_release(&table);
	tb_buf_release(&index);
	return rc;
}

static PGresult *
ask_probe(PGconn *db, const PGresult *found, struct tb_err *err)
{
	struct tb_buf probe = TB_BUF_INIT;
	PGresult *res = NULL;

	if (tb_pg_format(db, &probe, err, "pg_temp.%I",
		tb_pg_get(found, 0, "table_name")) == 0) {
		const char *params[] = { tb_pg_get(found, 0, "table_oid"),
			tb_pg_get(found, 0, "index_oid"), probe.s };

		res =
		    tb_pg_query(db, tb_sql_text(tb_revision_sql, "index_probe"),
			3, params, err);
	}
	tb_buf_release(&probe);
	return res;
}

PGresult *
tb_index_compare(PGconn *db, const struct tb_index_text *t,
    const PGresult *found, struct tb_err *err)
{
	struct tb_err why = TB_ERR_INIT;
	PGresult *res = NULL;

	if (make_probe(db, t, found, err) == 0)
		res = ask_probe(db, found, err);
	if (PQtransactionStatus(db) != PQTRANS_IDLE &&
	    tb_pg_exec(db, "ROLLBACK", &why) == -1)
		tb_debug("could not roll back: %s", why.message);
	tb_err_release(&why);
	return res;
}
