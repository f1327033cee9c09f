#include "core/tb.h"

#include <stdlib.h>

#include "catalog/edges.h"
#include "catalog/facts.h"
#include "core/mem.h"

void
tb_edges_by_target(struct tb_edges *e, const struct tb_facts *facts)
{
	e->first = tb_calloc(facts->n + 3, sizeof(*e->first));
	e->v = tb_calloc(facts->nedges + 1, sizeof(*e->v));
	/* Count two places ahead, add up: what is one ahead is the next free.
	 */
	for (size_t i = 0; i < facts->nedges; i++)
		e->first[facts->edges[i].to + 2]++;
	for (size_t i = 2; i < facts->n + 2; i++)
		e->first[i] += e->first[i - 1];
	for (size_t i = 0; i < facts->nedges; i++)
		e->v[e->first[facts->edges[i].to + 1]++] = i;
}

void
tb_edges_release(struct tb_edges *e)
{
	free(e->first);
	free(e->v);
}

void
tb_tree_make(struct tb_tree *t, const struct tb_facts *facts)
{
	t->first = tb_calloc(facts->n + 1, sizeof(*t->first));
	t->next = tb_calloc(facts->n + 1, sizeof(*t->next));
	for (size_t i = 0; i < facts->n; i++)
		t->first[i] = TB_FACT_NONE;
	/* From the end, so that the lists begin with the first one. */
	for (size_t i = facts->n; i-- > 0;) {
		size_t up = facts->v[i].up;

		t->next[i] = TB_FACT_NONE;
		if (up == TB_FACT_NONE)
			continue;
		t->next[i] = t->first[up];
		t->first[up] = i;
	}
}

void
tb_tree_release(struct tb_tree *t)
{
	free(t->first);
	free(t->next);
}
