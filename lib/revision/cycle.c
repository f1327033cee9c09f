/*
 * cycle.c: what must not be, and the order that follows where it is not; then
 * what each revision really needs.
 */
#include "core/tb.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "revision/link.h"

#define SHOWN 12 /* so many members of a cycle are listed */

enum colour { WHITE, GREY, BLACK };

struct search {
	bool dependencies;
	unsigned char *colour;
	size_t *next; /* which edge of a revision is the next to follow */
	struct tb_revs path;
};

/* Parents first, then dependencies; NULL: no more. */
static struct tb_revision *
edge(const struct search *s, const struct tb_revision *r, size_t i)
{
	if (i < r->parents.n)
		return r->parents.v[i];
	i -= r->parents.n;
	return s->dependencies && i < r->depends_on.n ? r->depends_on.v[i] :
							NULL;
}

static int
report(const struct search *s, const struct tb_revision *again,
    struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	size_t from = 0, n;

	while (s->path.v[from] != again)
		from++;
	n = s->path.n - from;
	for (size_t i = 0; i < n && i < SHOWN; i++)
		tb_buf_addf(&b, "\"%s\" -> ", s->path.v[from + i]->h.id);
	if (n > SHOWN)
		tb_buf_addf(&b, "... (%zu more) -> ", n - SHOWN);
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "revisions %s in a circle: %s\"%s\"",
	    s->dependencies ? "depend on each other" : "follow each other", b.s,
	    again->h.id);
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		const struct tb_revision *r = s->path.v[from + i];
		int line = r->h.line[TB_KEY_DOWN_REVISION];

		if (tb_revs_has(&r->depends_on, s->path.v[from + (i + 1) % n]))
			line = r->h.line[TB_KEY_DEPENDS_ON];
		(void)tb_err_detail(err, "%s:%d", r->h.path, line);
	}
	tb_buf_release(&b);
	return -1;
}

/* Depth first, with an own stack. */
static int
visit(struct search *s, struct tb_revision *r, struct tb_revs *order,
    struct tb_err *err)
{
	s->path.n = 0;
	tb_revs_add(&s->path, r);
	s->colour[r->index] = GREY;
	while (s->path.n > 0) {
		struct tb_revision *x = s->path.v[s->path.n - 1];
		struct tb_revision *y = edge(s, x, s->next[x->index]++);

		if (y == NULL) {
			s->colour[x->index] = BLACK;
			s->path.n--;
			if (order != NULL)
				tb_revs_add(order, x);
		} else if (s->colour[y->index] == GREY) {
			return report(s, y, err);
		} else if (s->colour[y->index] == WHITE) {
			s->colour[y->index] = GREY;
			tb_revs_add(&s->path, y);
		}
	}
	return 0;
}

static int
search(struct tb_graph *g, bool dependencies, struct tb_revs *order,
    struct tb_err *err)
{
	struct search s = { .dependencies = dependencies };
	int rc = 0;

	s.colour = tb_calloc(g->revs.n + 1, sizeof(*s.colour));
	s.next = tb_calloc(g->revs.n + 1, sizeof(*s.next));
	for (size_t i = 0; rc == 0 && i < g->revs.n; i++)
		if (s.colour[i] == WHITE)
			rc = visit(&s, g->revs.v[i], order, err);
	free(s.colour);
	free(s.next);
	tb_revs_release(&s.path);
	return rc;
}

/* The first search is for the sake of the message. */
int
tb_link_cycles(struct tb_graph *g, struct tb_revs *order, struct tb_err *err)
{
	bool dependencies = false;

	for (size_t i = 0; !dependencies && i < g->revs.n; i++)
		dependencies = g->revs.v[i]->depends_on.n > 0;
	if (dependencies && search(g, false, NULL, err) == -1)
		return -1;
	return search(g, dependencies, order, err);
}

/*
 * A dependency is left out of needs if an ancestor declares it, too.  Only
 * those that two or more revisions declare can be; they are looked at in
 * batches of 64, a bit for each, in one pass over all revisions a batch.
 */
struct batch {
	uint64_t *declared, *above; /* by a revision, by its ancestors */
	struct tb_revision *v[64];
	size_t n;
	bool **dropped; /* by revision and place in depends_on; or NULL */
};

static void
mark_declarers(struct batch *b, bool on)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->v[i]->dependents.n; j++) {
			size_t at = b->v[i]->dependents.v[j]->index;

			b->declared[at] =
			    on ? b->declared[at] | UINT64_C(1) << i : 0;
		}
}

static void
drop(struct batch *b, struct tb_revision *r, const struct tb_revision *d)
{
	bool **dropped = &b->dropped[r->index];

	if (*dropped == NULL)
		*dropped = tb_calloc(r->depends_on.n, sizeof(**dropped));
	for (size_t i = 0; i < r->depends_on.n; i++)
		if (r->depends_on.v[i] == d)
			(*dropped)[i] = true;
}

static void
run_batch(struct batch *b, const struct tb_revs *order)
{
	mark_declarers(b, true);
	for (size_t i = 0; i < order->n; i++) {
		struct tb_revision *r = order->v[i];
		uint64_t above = 0, both;

		for (size_t j = 0; j < r->parents.n; j++) {
			size_t p = r->parents.v[j]->index;

			above |= b->above[p] | b->declared[p];
		}
		b->above[r->index] = above;
		both = above & b->declared[r->index];
		for (size_t j = 0; both != 0; j++, both >>= 1)
			if ((both & 1) != 0)
				drop(b, r, b->v[j]);
	}
	mark_declarers(b, false);
	b->n = 0;
}

static void
find_redundant(struct tb_graph *g, const struct tb_revs *order, struct batch *b)
{
	for (size_t i = 0; i < g->revs.n; i++) {
		if (g->revs.v[i]->dependents.n < 2)
			continue;
		b->v[b->n++] = g->revs.v[i];
		if (b->n == TB_LEN(b->v))
			run_batch(b, order);
	}
	if (b->n > 0)
		run_batch(b, order);
}

/* Where no dependency is involved the lists are one with those of parents. */
static void
share(struct tb_revision *r)
{
	if (r->depends_on.n == 0)
		r->needs = (struct tb_revs){ r->parents.v, r->parents.n, 0 };
	if (r->dependents.n == 0)
		r->needed_by =
		    (struct tb_revs){ r->children.v, r->children.n, 0 };
}

static void
add_need(struct tb_revision *r, struct tb_revision *p)
{
	if (r->depends_on.n > 0)
		tb_revs_add(&r->needs, p);
	if (p->dependents.n > 0)
		tb_revs_add(&p->needed_by, r);
}

static void
add_needs(struct tb_revision *r, const bool *dropped)
{
	for (size_t i = 0; i < r->parents.n; i++)
		add_need(r, r->parents.v[i]);
	for (size_t i = 0; i < r->depends_on.n; i++)
		if ((dropped == NULL || !dropped[i]) &&
		    !tb_revs_has(&r->parents, r->depends_on.v[i]))
			add_need(r, r->depends_on.v[i]);
	share(r);
}

void
tb_link_needs(struct tb_graph *g, const struct tb_revs *order)
{
	struct batch b = { .n = 0 };

	b.declared = tb_calloc(g->revs.n + 1, sizeof(*b.declared));
	b.above = tb_calloc(g->revs.n + 1, sizeof(*b.above));
	b.dropped = tb_calloc(g->revs.n + 1, sizeof(*b.dropped));
	find_redundant(g, order, &b);
	for (size_t i = 0; i < g->revs.n; i++) {
		add_needs(g->revs.v[i], b.dropped[i]);
		free(b.dropped[i]);
	}
	free(b.declared);
	free(b.above);
	free(b.dropped);
}
