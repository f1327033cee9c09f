/*
 * A revision as tb.revision keeps it, and made a file again.
 */
#include "core/tb.h"

#include <stdlib.h>

#include "core/buf.h"
#include "pg/query.h"
#include "revision/file.h"
#include "revision/history.h"
#include "revision/history_sql.h"

static void
add_key(struct tb_buf *b, enum tb_header_key key, const char *value)
{
	if (value != NULL && *value != '\0')
		tb_buf_addf(b, "--: %s %s\n", tb_header_key_name(key), value);
}

char *
tb_history_keys(const struct tb_header *h)
{
	struct tb_buf b = TB_BUF_INIT;
	char *replaces = tb_strs_join(&h->replaces, " ");

	add_key(&b, TB_KEY_REPLACES, replaces);
	add_key(&b, TB_KEY_DATE, h->date);
	if (!h->transaction)
		add_key(&b, TB_KEY_TRANSACTION, "no");
	add_key(&b, TB_KEY_LOCK_TIMEOUT, h->lock_timeout);
	add_key(&b, TB_KEY_STATEMENT_TIMEOUT, h->statement_timeout);
	free(replaces);
	return tb_buf_detach(&b);
}

static void
add_section(struct tb_buf *b, const char *name, const char *text)
{
	if (text != NULL)
		tb_buf_addf(b, "\n--: %s\n%s", name, text);
}

char *
tb_history_file(const PGresult *res, int row)
{
	struct tb_buf b = TB_BUF_INIT;
	const char *keys = tb_pg_get(res, row, "keys");

	add_key(&b, TB_KEY_REVISION, tb_pg_get(res, row, "revision"));
	add_key(&b, TB_KEY_DOWN_REVISION, tb_pg_get(res, row, "parents"));
	add_key(&b, TB_KEY_DEPENDS_ON, tb_pg_get(res, row, "depends_on"));
	add_key(&b, TB_KEY_LABELS, tb_pg_get(res, row, "labels"));
	add_key(&b, TB_KEY_MESSAGE, tb_pg_get(res, row, "message"));
	tb_buf_add(&b, keys != NULL ? keys : "");
	add_section(&b, "upgrade", tb_pg_get(res, row, "upgrade"));
	add_section(&b, "downgrade", tb_pg_get(res, row, "downgrade"));
	return tb_buf_detach(&b);
}

PGresult *
tb_history_stored(struct tb_history *h, const char *rows, struct tb_err *err)
{
	const char *params[] = { h->name, rows };

	return tb_pg_query(h->db, tb_sql_text(tb_revision_sql, "stored"), 2,
	    params, err);
}
