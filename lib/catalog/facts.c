#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/facts.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"

/* The only class that is known by name: it is what filters go by. */
static const char schema_class[] = "schema";

static unsigned int
number(const PGresult *res, int row, int column)
{
	return (unsigned int)strtoul(PQgetvalue(res, row, column), NULL, 10);
}

static const char *
value(const PGresult *res, int row, int column)
{
	return PQgetisnull(res, row, column) ? NULL :
					       PQgetvalue(res, row, column);
}

static int
need_column(const struct tb_class *class, const PGresult *res, const char *name)
{
	int column = tb_pg_column(res, name);

	if (column == -1)
		tb_bug("class %s has no column \"%s\"", class->name, name);
	return column;
}

/* What stands after the definition is the attributes. */
void
tb_facts_add(struct tb_facts *facts, const struct tb_class *class,
    PGresult *res)
{
	int classid = need_column(class, res, "classid");
	int objid = need_column(class, res, "objid");
	int objsubid = need_column(class, res, "objsubid");
	int identity = need_column(class, res, "identity");
	int parent = need_column(class, res, "parent");
	int definition = need_column(class, res, "definition");

	for (int row = 0; row < PQntuples(res); row++) {
		facts->v =
		    tb_grow(facts->v, facts->n, &facts->cap, sizeof(*facts->v));
		facts->v[facts->n++] = (struct tb_fact){
			.class = class,
			.identity = PQgetvalue(res, row, identity),
			.parent = value(res, row, parent),
			.definition = value(res, row, definition),
			.classid = number(res, row, classid),
			.objid = number(res, row, objid),
			.objsubid = (int)number(res, row, objsubid),
			.up = TB_FACT_NONE,
			.res = res,
			.row = row,
			.first = definition + 1,
		};
	}
	facts->results = tb_grow(facts->results, facts->nresults,
	    &facts->cap_results, sizeof(*facts->results));
	facts->results[facts->nresults++] = res;
}

static int
compare_key(const struct tb_fact *f, const char *class, size_t len,
    const char *identity)
{
	int cmp = strncmp(f->class->name, class, len);

	if (cmp == 0 && f->class->name[len] != '\0')
		cmp = 1;
	return cmp != 0 ? cmp : strcmp(f->identity, identity);
}

static size_t
find(const struct tb_facts *facts, const char *class, size_t len,
    const char *identity)
{
	size_t low = 0, high = facts->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int cmp = compare_key(&facts->v[middle], class, len, identity);

		if (cmp == 0)
			return middle;
		if (cmp < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return TB_FACT_NONE;
}

size_t
tb_facts_find(const struct tb_facts *facts, const char *class,
    const char *identity)
{
	return find(facts, class, strlen(class), identity);
}

static void
find_parents(struct tb_facts *facts)
{
	for (size_t i = 0; i < facts->n; i++) {
		struct tb_fact *f = &facts->v[i];
		size_t len;

		f->up = TB_FACT_NONE;
		if (f->parent == NULL)
			continue;
		len = strcspn(f->parent, " ");
		if (f->parent[len] == ' ')
			f->up =
			    find(facts, f->parent, len, f->parent + len + 1);
	}
}

static int
by_identity(const void *a, const void *b)
{
	const struct tb_fact *x = a, *y = b;
	int cmp =
	    x->class == y->class ? 0 : strcmp(x->class->name, y->class->name);

	return cmp != 0 ? cmp : strcmp(x->identity, y->identity);
}

int
tb_facts_finish(struct tb_facts *facts, struct tb_err *err)
{
	if (facts->n > 0)
		qsort(facts->v, facts->n, sizeof(*facts->v), by_identity);
	for (size_t i = 1; i < facts->n; i++)
		if (by_identity(&facts->v[i - 1], &facts->v[i]) == 0)
			return tb_err_set(err, TB_EXIT_BUG,
			    "class \"%s\" has two facts \"%s\"",
			    facts->v[i].class->name, facts->v[i].identity);
	find_parents(facts);
	return 0;
}

/* Edges speak of facts by index: old index -> new index. */
static void
renumber_edges(struct tb_facts *facts, const size_t *now)
{
	size_t kept = 0;

	for (size_t i = 0; i < facts->nedges; i++) {
		struct tb_edge e = facts->edges[i];

		e.from = now[e.from];
		e.to = now[e.to];
		if (e.from != TB_FACT_NONE && e.to != TB_FACT_NONE)
			facts->edges[kept++] = e;
	}
	facts->nedges = kept;
}

void
tb_facts_keep(struct tb_facts *facts,
    bool (*want)(const struct tb_facts *, const struct tb_fact *, void *),
    void *arg)
{
	size_t *now = tb_calloc(facts->n, sizeof(*now));
	size_t kept = 0;

	/* All answers first: they may look at parents, which stand anywhere. */
	for (size_t i = 0; i < facts->n; i++)
		now[i] = want(facts, &facts->v[i], arg) ? kept++ : TB_FACT_NONE;
	for (size_t i = 0; i < facts->n; i++)
		if (now[i] != TB_FACT_NONE)
			facts->v[now[i]] = facts->v[i];
	facts->n = kept;
	renumber_edges(facts, now);
	find_parents(facts);
	free(now);
}

const struct tb_fact *
tb_fact_up(const struct tb_facts *facts, const struct tb_fact *f)
{
	return f->up != TB_FACT_NONE ? &facts->v[f->up] : NULL;
}

static bool
is_schema(const struct tb_fact *f)
{
	return strcmp(f->class->name, schema_class) == 0;
}

const struct tb_fact *
tb_fact_schema(const struct tb_facts *facts, const struct tb_fact *f)
{
	while (f != NULL && !is_schema(f))
		f = tb_fact_up(facts, f);
	return f;
}

const struct tb_fact *
tb_fact_object(const struct tb_facts *facts, const struct tb_fact *f)
{
	const struct tb_fact *up;

	while ((up = tb_fact_up(facts, f)) != NULL && !is_schema(up))
		f = up;
	return f;
}

size_t
tb_fact_attributes(const struct tb_fact *f)
{
	return (size_t)(PQnfields(f->res) - f->first);
}

const char *
tb_fact_attribute(const struct tb_fact *f, size_t i)
{
	return PQfname(f->res, f->first + (int)i);
}

const char *
tb_fact_value(const struct tb_fact *f, size_t i)
{
	return value(f->res, f->row, f->first + (int)i);
}

bool
tb_fact_is_position(const char *attribute)
{
	return strcmp(attribute, "position") == 0;
}

/* NULL and "" differ, and no value can pose as two: none holds a NUL. */
static void
add_value(struct tb_buf *b, const char *name, const char *text)
{
	if (text == NULL)
		return;
	tb_buf_addn(b, name, strlen(name) + 1);
	tb_buf_addn(b, text, strlen(text) + 1);
}

static void
add_fact(struct tb_buf *b, const struct tb_fact *f)
{
	size_t n = tb_fact_attributes(f);

	add_value(b, "class", f->class->name);
	add_value(b, "identity", f->identity);
	add_value(b, "parent", f->parent);
	add_value(b, "definition", f->definition);
	for (size_t i = 0; i < n; i++)
		if (!tb_fact_is_position(tb_fact_attribute(f, i)))
			add_value(b, tb_fact_attribute(f, i),
			    tb_fact_value(f, i));
	tb_buf_addc(b, '\0');
}

void
tb_facts_fingerprint(const struct tb_facts *facts, char out[TB_HASH_LEN + 1])
{
	struct tb_hashing all;
	struct tb_buf b = TB_BUF_INIT;

	tb_hash_begin(&all);
	for (size_t i = 0; i < facts->n; i++) {
		tb_buf_reset(&b);
		add_fact(&b, &facts->v[i]);
		tb_hash_add(&all, b.s, b.len);
	}
	tb_hash_end(&all, out);
	tb_buf_release(&b);
}

void
tb_facts_release(struct tb_facts *facts)
{
	for (size_t i = 0; i < facts->nresults; i++)
		PQclear(facts->results[i]);
	PQclear(facts->counts);
	free(facts->results);
	free(facts->v);
	free(facts->edges);
	free(facts->unmodelled);
	tb_classes_release(&facts->classes);
	tb_strs_release(&facts->owners);
	*facts = (struct tb_facts)TB_FACTS_INIT;
}
