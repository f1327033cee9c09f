/*
 * labels.c: which labels a revision has, its own and those that come to it.
 *
 * Most revisions have the labels of their parent, so that lists are shared: a
 * new one is made only where labels are added or branches with different ones
 * meet.
 */
#include "core/tb.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "revision/link.h"

/* A list in the making, and what it is made of. */
struct meeting {
	char **labels; /* borrowed from headers */
	size_t n, cap;
	const struct tb_strs **lists; /* of the parents */
	size_t n_lists, cap_lists;
};

static int
by_text(const void *a, const void *b)
{
	char *const *x = a, *const *y = b;

	return *x == *y ? 0 : strcmp(*x, *y);
}

static int
by_array(const void *a, const void *b)
{
	const struct tb_strs *const *x = a, *const *y = b;
	uintptr_t p = (uintptr_t)(*x)->v, q = (uintptr_t)(*y)->v;

	return (p > q) - (p < q);
}

static void
add_all(struct meeting *m, const struct tb_strs *labels)
{
	for (size_t i = 0; i < labels->n; i++) {
		m->labels =
		    tb_grow(m->labels, m->n, &m->cap, sizeof(*m->labels));
		m->labels[m->n++] = labels->v[i];
	}
}

/* Of lists that are shared each once: a hundred parents may have the same. */
static void
add_parents(struct meeting *m, const struct tb_revision *r)
{
	m->n_lists = 0;
	for (size_t i = 0; i < r->parents.n; i++) {
		m->lists = tb_grow(m->lists, m->n_lists, &m->cap_lists,
		    sizeof(*m->lists));
		m->lists[m->n_lists++] = &r->parents.v[i]->labels;
	}
	if (m->n_lists > 1)
		qsort(m->lists, m->n_lists, sizeof(*m->lists), by_array);
	for (size_t i = 0; i < m->n_lists; i++)
		if (i == 0 || m->lists[i]->v != m->lists[i - 1]->v)
			add_all(m, m->lists[i]);
}

static void
sort_unique(struct meeting *m)
{
	size_t kept = 0;

	if (m->n == 0)
		return;
	qsort(m->labels, m->n, sizeof(*m->labels), by_text);
	for (size_t i = 0; i < m->n; i++)
		if (kept == 0 || strcmp(m->labels[kept - 1], m->labels[i]) != 0)
			m->labels[kept++] = m->labels[i];
	m->n = kept;
}

static struct tb_strs
keep(struct tb_graph *g, const struct meeting *m)
{
	char **v = tb_pool_calloc(&g->pool, (m->n + 1) * sizeof(*v));

	memcpy(v, m->labels, m->n * sizeof(*v));
	return (struct tb_strs){ v, m->n, 0 };
}

static void
inherit(struct tb_graph *g, struct tb_revision *r, struct meeting *m)
{
	m->n = 0;
	add_parents(m, r);
	add_all(m, &r->h.labels);
	sort_unique(m);
	if (m->n == 0)
		return;
	/* Nothing can be missing in a list that is as long. */
	for (size_t i = 0; i < m->n_lists; i++)
		if (m->lists[i]->n == m->n) {
			r->labels = *m->lists[i];
			return;
		}
	r->labels = keep(g, m);
}

/*
 * Does it branch, into children or dependents?  One that names r both as its
 * parent and as a dependency counts once.
 */
static bool
branches(const struct tb_revision *r)
{
	size_t n = r->children.n;

	for (size_t i = 0; n <= 1 && i < r->dependents.n; i++)
		n += !tb_revs_has(&r->children, r->dependents.v[i]);
	return n > 1;
}

static bool
is_plain(const struct tb_revision *r)
{
	return r->parents.n <= 1 && !branches(r);
}

/*
 * A label goes to all descendants.  It goes to ancestors as well as long as
 * there is but one line: from the tip downwards, to the first revision that
 * branches (also into a dependent) or merges.
 */
static void
go_down(struct tb_revision *tip)
{
	struct tb_revision *r = tip;

	while (is_plain(r)) {
		r->labels = tip->labels;
		if (r->parents.n == 0)
			break;
		r = r->parents.v[0];
	}
}

void
tb_link_labels(struct tb_graph *g, const struct tb_revs *order)
{
	struct meeting m = { .n = 0 };

	for (size_t i = 0; i < order->n; i++) {
		struct tb_revision *r = order->v[i];

		if (r->parents.n == 1 && r->h.labels.n == 0)
			r->labels = r->parents.v[0]->labels;
		else
			inherit(g, r, &m);
	}
	for (size_t i = 0; i < order->n; i++)
		if (order->v[i]->children.n == 0)
			go_down(order->v[i]);
	free(m.labels);
	free(m.lists);
}
