/*
 * A new constraint that rows do not fulfil: the query that shows them.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/split.h"
#include "revision/history_sql.h"
#include "revision/run_diagnose.h"

/* The text of [SCHEMA.]NAME as it is written; NULL: none is there. */
static char *
written_name(struct tb_cursor *w)
{
	size_t from = tb_cursor_at(w);
	char *schema, *name, *text = NULL;

	if (tb_cursor_qualified(w, &schema, &name))
		text = tb_strndup(w->text + from, tb_cursor_behind(w) - from);
	free(schema);
	free(name);
	return text;
}

/* ALTER TABLE [IF EXISTS] [ONLY] name: its text. */
static char *
altered_table(struct tb_cursor *w)
{
	if (!tb_cursor_accept(w, "ALTER") || !tb_cursor_accept(w, "TABLE"))
		return NULL;
	if (tb_cursor_accept(w, "IF"))
		(void)tb_cursor_accept(w, "EXISTS");
	(void)tb_cursor_accept(w, "ONLY");
	return written_name(w);
}

/* ALTER TABLE t ALTER [COLUMN] c SET NOT NULL */
static void
not_null(struct tb_cursor *w, struct tb_buf *sql)
{
	char *table = altered_table(w);

	while (table != NULL && sql->len == 0 && !tb_cursor_end(w)) {
		size_t from;

		if (!tb_cursor_accept(w, "ALTER")) {
			tb_cursor_next(w);
			continue;
		}
		(void)tb_cursor_accept(w, "COLUMN");
		from = tb_cursor_at(w);
		tb_cursor_next(w);
		if (!tb_cursor_is(w, "SET"))
			continue;
		tb_buf_addf(sql, "SELECT * FROM %s WHERE %.*s IS NULL", table,
		    (int)(tb_cursor_behind(w) - from), w->text + from);
	}
	free(table);
}

static void
add_duplicates(struct tb_buf *sql, const char *table, const char *columns,
    const char *where)
{
	if (table == NULL || columns == NULL)
		return;
	tb_buf_addf(sql,
	    "SELECT %s, count(*) FROM %s WHERE ROW(%s) IS NOT NULL%s%s "
	    "GROUP BY %s HAVING count(*) > 1",
	    columns, table, columns, where != NULL ? " AND " : "",
	    where != NULL ? where : "", columns);
}

/* CREATE UNIQUE INDEX ... ON t [USING m] (columns) ... [WHERE condition] */
static void
unique_index(struct tb_cursor *w, struct tb_buf *sql)
{
	char *table, *columns;
	const char *where = NULL;

	if (!tb_cursor_until(w, "ON"))
		return;
	tb_cursor_next(w);
	(void)tb_cursor_accept(w, "ONLY");
	table = written_name(w);
	if (tb_cursor_accept(w, "USING"))
		tb_cursor_next(w);
	columns = tb_cursor_group(w);
	if (tb_cursor_until(w, "WHERE")) {
		tb_cursor_next(w);
		where = w->text + tb_cursor_at(w);
	}
	add_duplicates(sql, table, columns, where);
	free(table);
	free(columns);
}

/* ALTER TABLE t ADD [CONSTRAINT c] {UNIQUE | PRIMARY KEY} (columns) */
static void
unique(struct tb_cursor *w, struct tb_buf *sql)
{
	char *table, *columns = NULL;

	if (tb_cursor_is(w, "CREATE")) {
		unique_index(w, sql);
		return;
	}
	table = altered_table(w);
	while (table != NULL && columns == NULL && !tb_cursor_end(w)) {
		bool primary = tb_cursor_accept(w, "PRIMARY");

		if (primary)
			(void)tb_cursor_accept(w, "KEY");
		else if (!tb_cursor_accept(w, "UNIQUE")) {
			tb_cursor_next(w);
			continue;
		}
		columns = tb_cursor_group(w);
	}
	add_duplicates(sql, table, columns, NULL);
	free(table);
	free(columns);
}

/* "a, b" into words, as they are written. */
static void
split_columns(const char *list, struct tb_strs *out)
{
	struct tb_cursor w;

	if (!tb_cursor_begin(&w, list))
		return;
	while (!tb_cursor_end(&w)) {
		char *name = written_name(&w);

		if (name == NULL)
			tb_cursor_next(&w);
		else
			tb_strs_take(out, name);
	}
	tb_cursor_release(&w);
}

static void
add_orphans(struct tb_buf *sql, const char *table, const char *columns,
    const char *parent, const char *keys)
{
	struct tb_strs a = TB_STRS_INIT, b = TB_STRS_INIT;

	split_columns(columns, &a);
	split_columns(keys, &b);
	if (a.n > 0 && a.n == b.n) {
		tb_buf_addf(sql, "SELECT c.* FROM %s AS c WHERE ", table);
		for (size_t i = 0; i < a.n; i++)
			tb_buf_addf(sql, "c.%s IS NOT NULL AND ", a.v[i]);
		tb_buf_addf(sql, "NOT EXISTS (SELECT FROM %s AS p WHERE ",
		    parent);
		for (size_t i = 0; i < a.n; i++)
			tb_buf_addf(sql, "%sp.%s = c.%s", i > 0 ? " AND " : "",
			    b.v[i], a.v[i]);
		tb_buf_addc(sql, ')');
	}
	tb_strs_release(&a);
	tb_strs_release(&b);
}

/* The primary key of a table, as words in parentheses would say it. */
static char *
key_of(struct tb_run_state *st, const char *table)
{
	PGresult *res = tb_diagnose_ask(st, "diagnose_key", 1, &table);
	char *key = NULL;

	if (res != NULL && PQntuples(res) > 0)
		key = tb_strdup_null(tb_pg_get(res, 0, "key"));
	PQclear(res);
	return key;
}

/* ALTER TABLE t ADD ... FOREIGN KEY (columns) REFERENCES p [(keys)] */
static void
foreign_key(struct tb_run_state *st, struct tb_cursor *w, struct tb_buf *sql)
{
	char *table = altered_table(w), *columns = NULL, *parent = NULL;
	char *keys = NULL;

	while (table != NULL && !tb_cursor_end(w) &&
	    !tb_cursor_accept(w, "FOREIGN"))
		tb_cursor_next(w);
	if (tb_cursor_accept(w, "KEY"))
		columns = tb_cursor_group(w);
	if (columns != NULL && tb_cursor_accept(w, "REFERENCES"))
		parent = written_name(w);
	if (parent != NULL && (keys = tb_cursor_group(w)) == NULL)
		keys = key_of(st, parent);
	if (keys != NULL)
		add_orphans(sql, table, columns, parent, keys);
	free(table);
	free(columns);
	free(parent);
	free(keys);
}

/* ALTER TABLE t ADD ... CHECK (condition) */
static void
check(struct tb_cursor *w, struct tb_buf *sql)
{
	char *table = altered_table(w), *condition = NULL;

	while (
	    table != NULL && !tb_cursor_end(w) && !tb_cursor_accept(w, "CHECK"))
		tb_cursor_next(w);
	if (table != NULL)
		condition = tb_cursor_group(w);
	if (condition != NULL)
		tb_buf_addf(sql, "SELECT * FROM %s WHERE NOT (%s)", table,
		    condition);
	free(table);
	free(condition);
}

/*
 * What was pieced together is shown only if the server can do something with
 * it: the table may be of the transaction that was rolled back.
 */
static bool
is_valid(struct tb_run_state *st, const char *query)
{
	struct tb_err why = TB_ERR_INIT;
	struct tb_buf sql = TB_BUF_INIT;
	bool valid;

	tb_buf_addf(&sql, "EXPLAIN %s", query);
	valid = tb_pg_exec(st->db, "BEGIN READ ONLY", &why) == 0 &&
	    tb_pg_exec(st->db,
		tb_sql_text(tb_revision_sql, "diagnose_search_path"),
		&why) == 0 &&
	    tb_pg_exec(st->db, sql.s, &why) == 0;
	if (!valid)
		tb_debug("no query shows the rows: %s", why.message);
	tb_err_release(&why);
	if (tb_pg_exec(st->db, "ROLLBACK", &why) == -1)
		tb_debug("could not roll back: %s", why.message);
	tb_err_release(&why);
	tb_buf_release(&sql);
	return valid;
}

/* Of a statement that changes rows the server has said all there is to say. */
static void
advise(const char *sqlstate, struct tb_err *err)
{
	static const struct {
		const char *sqlstate, *hint;
	} hints[] = {
		{ "23502",
		    "Rows that are there already have no value for it: give "
		    "the column a DEFAULT, or fill it before SET NOT NULL." },
		{ "23503",
		    "Rows that are there already refer to what is not there." },
		{ "23505", "Rows that are there already are not unique." },
		{ "23514",
		    "Rows that are there already do not pass the check." },
	};

	for (size_t i = 0; i < TB_LEN(hints); i++)
		if (strcmp(hints[i].sqlstate, sqlstate) == 0)
			(void)tb_err_hint(err, "%s", hints[i].hint);
}

static void
find_query(struct tb_run_state *st, struct tb_cursor *w, const char *sqlstate,
    struct tb_buf *sql)
{
	if (strcmp(sqlstate, "23502") == 0)
		not_null(w, sql);
	else if (strcmp(sqlstate, "23505") == 0)
		unique(w, sql);
	else if (strcmp(sqlstate, "23503") == 0)
		foreign_key(st, w, sql);
	else
		check(w, sql);
}

void
tb_diagnose_data(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	struct tb_cursor w;

	if (st->failed == NULL || err->hint != NULL ||
	    !tb_cursor_begin(&w, st->failed->text))
		return;
	if (tb_cursor_is(&w, "CREATE") || tb_cursor_is(&w, "ALTER")) {
		find_query(st, &w, err->sqlstate, &sql);
		if (sql.len == 0 || !is_valid(st, sql.s))
			advise(err->sqlstate, err);
		else if (rs->alone != NULL)
			/* The hint is how to go on in the midst of it. */
			(void)tb_err_detail(err,
			    "See the rows that are in the way with: %s;",
			    sql.s);
		else
			(void)tb_err_hint(err,
			    "Rows that are there already are in the way.  See "
			    "them with: %s;",
			    sql.s);
	}
	tb_cursor_release(&w);
	tb_buf_release(&sql);
}
