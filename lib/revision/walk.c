#include "core/tb.h"

#include <stdlib.h>

#include "core/mem.h"
#include "revision/walk.h"

struct tb_set
tb_set_new(const struct tb_graph *g)
{
	struct tb_set s = { .n = g->revs.n };

	s.in = tb_calloc(s.n + 1, sizeof(*s.in));
	return s;
}

void
tb_set_release(struct tb_set *s)
{
	free(s->in);
	*s = (struct tb_set){ NULL, 0 };
}

bool
tb_set_has(const struct tb_set *s, const struct tb_revision *r)
{
	return s->in[r->index];
}

void
tb_set_list(const struct tb_set *s, const struct tb_graph *g,
    struct tb_revs *out)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->in[i])
			tb_revs_add(out, g->revs.v[i]);
}

const struct tb_revs *
tb_edges(const struct tb_revision *r, enum tb_edge edge)
{
	switch (edge) {
	case TB_EDGE_PARENTS:
		return &r->parents;
	case TB_EDGE_CHILDREN:
		return &r->children;
	case TB_EDGE_NEEDS:
		return &r->needs;
	case TB_EDGE_NEEDED_BY:
		break;
	}
	return &r->needed_by;
}

/* An own stack: a line of a hundred thousand revisions is no deep recursion. */
static void
walk(struct tb_set *s, struct tb_revs *todo, enum tb_edge edge)
{
	while (todo->n > 0) {
		const struct tb_revs *next = tb_edges(todo->v[--todo->n], edge);

		for (size_t i = 0; i < next->n; i++) {
			struct tb_revision *r = next->v[i];

			if (s->in[r->index])
				continue;
			s->in[r->index] = true;
			tb_revs_add(todo, r);
		}
	}
}

void
tb_set_walk(struct tb_set *s, struct tb_revision *r, enum tb_edge edge)
{
	struct tb_revs todo = TB_REVS_INIT;

	if (s->in[r->index])
		return;
	s->in[r->index] = true;
	tb_revs_add(&todo, r);
	walk(s, &todo, edge);
	tb_revs_release(&todo);
}

void
tb_set_walk_all(struct tb_set *s, const struct tb_revs *from, enum tb_edge edge)
{
	for (size_t i = 0; i < from->n; i++)
		tb_set_walk(s, from->v[i], edge);
}

void
tb_set_lineage(struct tb_set *s, struct tb_revision *r, bool with_dependencies)
{
	tb_set_walk(s, r,
	    with_dependencies ? TB_EDGE_NEEDED_BY : TB_EDGE_CHILDREN);
	s->in[r->index] = false; /* else the second walk would not begin */
	tb_set_walk(s, r, with_dependencies ? TB_EDGE_NEEDS : TB_EDGE_PARENTS);
}
