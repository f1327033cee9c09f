/*
 * snapshot_facts.c: the tables of a snapshot into facts.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/facts.h"
#include "catalog/snapshot_reader.h"
#include "core/err.h"
#include "core/mem.h"

/* Its classes: those of this program that the snapshot has. */
static void
choose_classes(struct tb_snapshot_reader *r)
{
	struct tb_classes *classes = &r->facts->classes;
	size_t kept = 0;

	tb_classes_add(classes, tb_catalog_sql, r->facts->version);
	for (size_t i = 0; i < classes->n; i++) {
		if (tb_snapshot_table(r, classes->v[i].name) != NULL) {
			classes->v[kept++] = classes->v[i];
			continue;
		}
		free(classes->v[i].name);
		free(classes->v[i].title);
	}
	classes->n = kept;
}

/* What the tables of other classes hold is counted only. */
static void
add_tables(struct tb_snapshot_reader *r)
{
	struct tb_classes *classes = &r->facts->classes;

	for (size_t i = 0; i < classes->n; i++) {
		struct tb_snapshot_table *t =
		    tb_snapshot_table(r, classes->v[i].name);

		tb_facts_add(r->facts, &classes->v[i], t->res);
		t->res = NULL;
	}
	for (size_t i = 0; i < r->n; i++)
		if (r->tables[i].res != NULL && r->tables[i].rows > 0)
			tb_strs_addf(&r->counts, "%d %s", r->tables[i].rows,
			    r->tables[i].name);
}

static void
add_counts(struct tb_snapshot_reader *r)
{
	static char class[] = "class";
	PGresAttDesc column = { .name = class };
	PGresult *res = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);

	if (res == NULL || !PQsetResultAttrs(res, 1, &column))
		tb_bug("out of memory");
	r->facts->unmodelled =
	    tb_calloc(r->counts.n, sizeof(*r->facts->unmodelled));
	for (size_t i = 0; i < r->counts.n; i++) {
		char *name;
		long long count = strtoll(r->counts.v[i], &name, 10);

		name++;
		if (!PQsetvalue(res, (int)i, 0, name, (int)strlen(name)))
			tb_bug("out of memory");
		r->facts->unmodelled[i] =
		    (struct tb_unmodelled){ PQgetvalue(res, (int)i, 0), count };
	}
	r->facts->nunmodelled = r->counts.n;
	r->facts->counts = res;
}

static int
line_of(const struct tb_snapshot_reader *r, const struct tb_fact *f)
{
	for (size_t i = 0; i < r->nentries; i++)
		if (r->entries[i].res == f->res && r->entries[i].row == f->row)
			return r->entries[i].line;
	return 0;
}

static int
finish(struct tb_snapshot_reader *r)
{
	struct tb_facts *facts = r->facts;

	if (tb_facts_finish(facts, r->err) == 0)
		return 0;
	for (size_t i = 1; i < facts->n; i++) {
		const struct tb_fact *a = &facts->v[i - 1], *b = a + 1;
		int x = line_of(r, a), y = line_of(r, b);

		if (a->class != b->class ||
		    strcmp(a->identity, b->identity) != 0)
			continue;
		r->number = x > y ? x : y;
		return tb_snapshot_fail(r, "%s %s stands in line %d already",
		    a->class->name, a->identity, x < y ? x : y);
	}
	return -1;
}

/* The fact that an entry became; NULL: its class is not ours. */
static size_t
find_entry(const struct tb_snapshot_reader *r,
    const struct tb_snapshot_entry *e)
{
	for (size_t i = 0; i < r->facts->nresults; i++)
		if (r->facts->results[i] == e->res)
			return tb_facts_find(r->facts,
			    r->facts->classes.v[i].name,
			    PQgetvalue(e->res, e->row, TB_SNAPSHOT_IDENTITY));
	return TB_FACT_NONE;
}

static bool
is_ours(const struct tb_facts *facts, const char *class)
{
	for (size_t i = 0; i < facts->classes.n; i++)
		if (strcmp(facts->classes.v[i].name, class) == 0)
			return true;
	return false;
}

static int
add_need(struct tb_snapshot_reader *r, const struct tb_snapshot_need *n)
{
	struct tb_facts *facts = r->facts;
	struct tb_edge e = { .type = n->type };
	char *class = tb_strdup(n->to), *identity;
	int rc;

	r->number = n->line;
	rc = tb_snapshot_cut(r, class, &identity);
	if (rc == 0) {
		e.from = find_entry(r, &r->entries[n->from]);
		e.to = tb_facts_find(facts, class, identity);
		if (e.to == TB_FACT_NONE && tb_snapshot_table(r, class) == NULL)
			rc = tb_snapshot_fail(r,
			    "there is no class \"%s\" above", class);
		/* Another program's class has no facts here. */
		else if (e.to == TB_FACT_NONE && is_ours(facts, class))
			rc = tb_snapshot_fail(r,
			    "there is no %s %s in the snapshot", class,
			    identity);
		else if (e.from != TB_FACT_NONE && e.to != TB_FACT_NONE)
			facts->edges[facts->nedges++] = e;
	}
	free(class);
	return rc;
}

static int
add_needs(struct tb_snapshot_reader *r)
{
	r->facts->edges = tb_calloc(r->nneeds, sizeof(*r->facts->edges));
	for (size_t i = 0; i < r->nneeds; i++)
		if (add_need(r, &r->needs[i]) == -1)
			return -1;
	return 0;
}

int
tb_snapshot_facts(struct tb_snapshot_reader *r)
{
	choose_classes(r);
	add_tables(r);
	add_counts(r);
	return finish(r) == 0 ? add_needs(r) : -1;
}
