#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/class.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/sql.h"

static bool
has_key(const struct tb_sql *file, const char *key, const char *value)
{
	char *found = tb_sql_key(file->text, key);
	bool same = found != NULL && strcmp(found, value) == 0;

	free(found);
	return same;
}

static char *
need_key(const struct tb_sql *file, const char *key)
{
	char *value = tb_sql_key(file->text, key);

	if (value == NULL)
		tb_bug("catalog/sql/%s.sql lacks \"--: %s\"", file->file, key);
	return value;
}

static void
add_class(struct tb_classes *classes, const struct tb_sql *file)
{
	char *order = need_key(file, "order");

	classes->v =
	    tb_grow(classes->v, classes->n, &classes->cap, sizeof(*classes->v));
	classes->v[classes->n++] = (struct tb_class){
		.name = need_key(file, "class"),
		.title = need_key(file, "title"),
		.order = (int)strtol(order, NULL, 10),
		.by_attributes = has_key(file, "compare", "attributes"),
		.of_database = has_key(file, "of", "database"),
		.uncounted = has_key(file, "count", "no"),
		.sql = tb_sql_body(file->text),
	};
	free(order);
}

static int
by_order(const void *a, const void *b)
{
	const struct tb_class *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return strcmp(x->name, y->name);
}

void
tb_classes_add(struct tb_classes *classes, const struct tb_sql *table,
    int version)
{
	for (const struct tb_sql *s = table; s->file != NULL; s++) {
		char *kind = tb_sql_key(s->text, "kind");

		if (kind == NULL &&
		    (version == 0 || tb_sql_applies(s->text, version)))
			add_class(classes, s);
		free(kind);
	}
	if (classes->n > 0)
		qsort(classes->v, classes->n, sizeof(*classes->v), by_order);
}

void
tb_classes_release(struct tb_classes *classes)
{
	for (size_t i = 0; i < classes->n; i++) {
		free(classes->v[i].name);
		free(classes->v[i].title);
	}
	free(classes->v);
	*classes = (struct tb_classes)TB_CLASSES_INIT;
}

const char *
tb_class_kind(const struct tb_sql *table, const char *kind, int version)
{
	for (const struct tb_sql *s = table; s->file != NULL; s++)
		if (has_key(s, "kind", kind) &&
		    tb_sql_applies(s->text, version))
			return tb_sql_body(s->text);
	return NULL;
}
