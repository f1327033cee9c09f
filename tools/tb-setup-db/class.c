#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "class.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/sql.h"
#include "have.h"
#include "pg/query.h"

static const char prefix[] = "class_";

unsigned
set_class_bits(const struct set_class *c, const char *words)
{
	struct tb_strs list = TB_STRS_INIT;
	unsigned bits = 0;

	if (words == NULL)
		return 0;
	tb_strs_split(&list, words, " ");
	for (size_t i = 0; i < c->privileges.n; i++)
		if (tb_strs_has(&list, c->privileges.v[i]) ||
		    tb_strs_has(&list, "ALL"))
			bits |= 1U << i;
	tb_strs_release(&list);
	return bits;
}

void
set_class_words(const struct set_class *c, unsigned bits, struct tb_buf *b)
{
	const char *comma = "";

	for (size_t i = 0; i < c->privileges.n; i++)
		if ((bits & 1U << i) != 0) {
			tb_buf_addf(b, "%s%s", comma, c->privileges.v[i]);
			comma = ", ";
		}
}

/* A key that every class has. */
static char *
key(const struct tb_sql *sql, const char *name)
{
	char *value = tb_sql_key(sql->text, name);

	if (value == NULL)
		tb_bug("%s.sql has no key \"%s\"", sql->file, name);
	return value;
}

/* "table tables": two words; NULL stays NULL. */
static void
two(char *text, char **first, char **second)
{
	char *blank = text != NULL ? strchr(text, ' ') : NULL;

	*first = *second = NULL;
	if (blank != NULL) {
		*first = tb_strndup(text, (size_t)(blank - text));
		*second = tb_strdup(blank + 1);
	}
	free(text);
}

static enum set_scope
scope(const struct tb_sql *sql)
{
	static const char *const names[] = {
		[SET_SCOPE_DATABASE] = "database",
		[SET_SCOPE_SCHEMA] = "schema",
		[SET_SCOPE_OBJECT] = "object",
	};
	char *word = key(sql, "scope");

	for (size_t i = 0; i < TB_LEN(names); i++)
		if (strcmp(word, names[i]) == 0) {
			free(word);
			return (enum set_scope)i;
		}
	tb_bug("%s.sql has an unknown scope", sql->file);
}

/* The text of a key as a set of privileges. */
static unsigned
bits_of(const struct set_class *c, const struct tb_sql *sql, const char *name)
{
	char *words = tb_sql_key(sql->text, name);
	unsigned bits = set_class_bits(c, words);

	free(words);
	return bits;
}

static void
load(struct set_class *c, const struct tb_sql *sql, const PGresult *known)
{
	char *order = key(sql, "order");
	int row;

	*c = (struct set_class){
		.query = tb_sql_body(sql->text),
		.grant = key(sql, "grant"),
		.acl = key(sql, "acl"),
		.scope = scope(sql),
		.order = strtol(order, NULL, 10),
		.privileges = TB_STRS_INIT,
	};
	free(order);
	two(key(sql, "words"), &c->one, &c->many);
	two(tb_sql_key(sql->text, "default"), &c->on_default, &c->default_kind);
	row = set_have_row(known, "kind", c->acl);
	tb_strs_split(&c->privileges, tb_pg_get(known, row, "privileges"), " ");
	for (size_t i = 0; i < SET_LEVELS; i++)
		c->levels[i] = bits_of(c, sql, set_level_names[i]);
	c->closed = bits_of(c, sql, "closed");
}

static bool
is_class(const struct tb_sql *sql)
{
	return strncmp(sql->file, prefix, sizeof(prefix) - 1) == 0;
}

static int
by_order(const void *a, const void *b)
{
	const struct set_class *x = a, *y = b;

	return (x->order > y->order) - (x->order < y->order);
}

/* What privileges there are for each kind is the server's to say. */
static PGresult *
read_privileges(PGconn *conn, struct tb_err *err)
{
	struct tb_strs kinds = TB_STRS_INIT;
	const struct tb_strs *const lists[] = { &kinds };
	PGresult *res;

	for (const struct tb_sql *s = tool_sql; s->file != NULL; s++)
		if (is_class(s))
			tb_strs_take(&kinds, key(s, "acl"));
	res = set_have_query(conn, tb_sql_text(tool_sql, "privileges"), lists,
	    1, err);
	tb_strs_release(&kinds);
	return res;
}

int
set_classes_load(struct set_classes *classes, PGconn *conn, struct tb_err *err)
{
	PGresult *known = read_privileges(conn, err);

	if (known == NULL)
		return -1;
	for (const struct tb_sql *s = tool_sql; s->file != NULL; s++) {
		if (!is_class(s))
			continue;
		classes->v = tb_grow(classes->v, classes->n, &classes->cap,
		    sizeof(*classes->v));
		load(&classes->v[classes->n++], s, known);
	}
	PQclear(known);
	qsort(classes->v, classes->n, sizeof(*classes->v), by_order);
	return 0;
}

void
set_classes_release(struct set_classes *classes)
{
	for (size_t i = 0; i < classes->n; i++) {
		struct set_class *c = &classes->v[i];

		free(c->one);
		free(c->many);
		free(c->grant);
		free(c->acl);
		free(c->on_default);
		free(c->default_kind);
		tb_strs_release(&c->privileges);
	}
	free(classes->v);
	*classes = (struct set_classes)SET_CLASSES_INIT;
}
