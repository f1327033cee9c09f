/*
 * ALTER ROLE ... SET and ALTER DATABASE ... SET.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/strs.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "plan.h"

/*
 * Lists of names: the server takes each as a literal of its own and stores
 * them quoted ('a, b' as one literal would be one name with a comma in it).
 */
static bool
is_list(const char *name)
{
	static const char *const names[] = {
		"local_preload_libraries",
		"search_path",
		"session_preload_libraries",
		"shared_preload_libraries",
		"temp_tablespaces",
		"unix_socket_directories",
	};

	for (size_t i = 0; i < TB_LEN(names); i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return false;
}

static const char *
quoted_item(const char *s, struct tb_buf *item)
{
	for (s++; *s != '\0'; s++) {
		if (*s == '"' && *++s != '"')
			break;
		tb_buf_addc(item, *s);
	}
	return s;
}

static const char *
bare_item(const char *s, struct tb_buf *item)
{
	for (; *s != '\0' && *s != ','; s++)
		tb_buf_addc(item, (char)tolower((unsigned char)*s));
	tb_buf_rtrim(item);
	return s;
}

/* What a value says, quoted or not; the empty value is one empty name. */
static void
split(const char *name, const char *value, struct tb_strs *out)
{
	const char *s = value;

	if (!is_list(name)) {
		tb_strs_add(out, value);
		return;
	}
	for (;;) {
		struct tb_buf item = TB_BUF_INIT;

		while (isspace((unsigned char)*s))
			s++;
		s = *s == '"' ? quoted_item(s, &item) : bare_item(s, &item);
		tb_strs_take(out, tb_buf_detach(&item));
		s += strcspn(s, ",");
		if (*s == '\0')
			return;
		s++;
	}
}

static bool
same_value(const char *name, const char *a, const char *b)
{
	struct tb_strs as = TB_STRS_INIT, bs = TB_STRS_INIT;
	bool same;

	split(name, a, &as);
	split(name, b, &bs);
	same = as.n == bs.n;
	for (size_t i = 0; same && i < as.n; i++)
		same = strcmp(as.v[i], bs.v[i]) == 0;
	tb_strs_release(&as);
	tb_strs_release(&bs);
	return same;
}

/* NULL: not set. */
static const char *
value_now(const PGresult *res, const char *kind, const char *owner,
    const char *name)
{
	for (int i = 0; i < PQntuples(res); i++)
		if (strcmp(tb_pg_get(res, i, "kind"), kind) == 0 &&
		    strcmp(tb_pg_get(res, i, "owner"), owner) == 0 &&
		    strcasecmp(tb_pg_get(res, i, "name"), name) == 0)
			return tb_pg_get(res, i, "value");
	return NULL;
}

/* app.env is two names with a dot between. */
static int
add_name(PGconn *conn, struct tb_buf *sql, const char *name, struct tb_err *err)
{
	struct tb_strs parts = TB_STRS_INIT;
	int rc = 0;

	tb_strs_split(&parts, name, ".");
	for (size_t i = 0; i < parts.n && rc == 0; i++)
		rc = tb_pg_format(conn, sql, err, "%s%I", i > 0 ? "." : "",
		    parts.v[i]);
	tb_strs_release(&parts);
	return rc;
}

static int
add_value(PGconn *conn, struct tb_buf *sql, const char *name, const char *value,
    struct tb_err *err)
{
	struct tb_strs items = TB_STRS_INIT;
	int rc = 0;

	split(name, value, &items);
	for (size_t i = 0; i < items.n && rc == 0; i++)
		rc = tb_pg_format(conn, sql, err, "%s%L", i > 0 ? ", " : "",
		    items.v[i]);
	tb_strs_release(&items);
	return rc;
}

static int
plan_one(struct set_planner *p, const char *kind, const char *owner,
    const char *setting, const struct set_db *db, struct tb_err *err)
{
	const char *value = strchr(setting, '=') + 1;
	char *name = tb_strndup(setting, (size_t)(value - 1 - setting));
	const char *now = value_now(p->have.settings, kind, owner, name);
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;
	int rc = 0;

	if (now == NULL || !same_value(name, now, value)) {
		if (tb_pg_format(p->conn, &sql, err, "ALTER %s %I SET ", kind,
			owner) == -1 ||
		    add_name(p->conn, &sql, name, err) == -1) {
			rc = -1;
		} else {
			tb_buf_add(&sql, " = ");
			rc = add_value(p->conn, &sql, name, value, err);
		}
		if (rc == 0) {
			stmt = set_plan_add(p->plan,
			    db != NULL ? SET_INSIDE : SET_CLUSTER, db, &sql);
			stmt->what =
			    tb_asprintf("set %s = %s for %s \"%s\"", name,
				value, db != NULL ? "database" : "role", owner);
			stmt->why = now != NULL ? tb_asprintf("it is %s", now) :
						  tb_strdup("it is not set");
		}
	}
	free(name);
	tb_buf_release(&sql);
	return rc;
}

int
set_plan_settings(struct set_planner *p, const char *kind, const char *name,
    const struct tb_strs *settings, const struct set_db *db, struct tb_err *err)
{
	for (size_t i = 0; i < settings->n; i++)
		if (plan_one(p, kind, name, settings->v[i], db, err) == -1)
			return -1;
	return 0;
}
