/*
 * order.c: the order in which Alembic goes down a set of revisions.
 *
 * Alembic keeps a list of open revisions with the full set of ancestors of
 * each, and a cursor.  The revision under the cursor is taken unless another
 * open one descends from it; then the cursor goes to the first of those.  The
 * same is had without these sets: another open revision descends from r
 * exactly if one of those that need r is alive, that is, open or below an open
 * one.  So a count of them is kept at each revision, and only to find where
 * the cursor goes next is there a search.
 */
#include "core/tb.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/err.h"
#include "core/mem.h"
#include "revision/walk.h"

#define NONE SIZE_MAX

/* A place in the list of open revisions; places keep their order. */
struct slot {
	struct tb_revision *rev;
	size_t prev, next;
};

struct node {
	size_t alive_above; /* how many of needed_by are alive */
	size_t dead_above;  /* so many at the start of needed_by are not */
	size_t slot;        /* NONE: not open */
	size_t seen;        /* number of the search that saw it last, */
	size_t seen_below;  /* upwards and downwards */
	bool alive;
};

struct walker {
	const struct tb_set *todo;
	struct node *nodes;
	struct slot *slots;
	size_t n_slots, cap_slots;
	size_t first, last; /* of the open slots; NONE: none is open */
	size_t searches;
	struct tb_revs stack, below, orphans;
};

static struct node *
node_of(const struct walker *w, const struct tb_revision *r)
{
	return &w->nodes[r->index];
}

static void
open_slot(struct walker *w, struct tb_revision *r)
{
	size_t at = w->n_slots;

	w->slots =
	    tb_grow(w->slots, w->n_slots, &w->cap_slots, sizeof(*w->slots));
	w->slots[w->n_slots++] = (struct slot){ r, w->last, NONE };
	if (w->last == NONE)
		w->first = at;
	else
		w->slots[w->last].next = at;
	w->last = at;
	node_of(w, r)->slot = at;
}

/* Returns where the cursor goes: to the left, but not beyond the first. */
static size_t
close_slot(struct walker *w, size_t at)
{
	size_t prev = w->slots[at].prev, next = w->slots[at].next;

	if (prev == NONE)
		w->first = next;
	else
		w->slots[prev].next = next;
	if (next == NONE)
		w->last = prev;
	else
		w->slots[next].prev = prev;
	return prev != NONE ? prev : w->first;
}

/* All of the set and what is below it is alive. */
static void
count_alive(struct walker *w, const struct tb_graph *g)
{
	struct tb_set alive = tb_set_new(g);

	for (size_t i = 0; i < g->revs.n; i++)
		if (w->todo->in[i])
			tb_set_walk(&alive, g->revs.v[i], TB_EDGE_NEEDS);
	for (size_t i = 0; i < g->revs.n; i++) {
		const struct tb_revs *needs = &g->revs.v[i]->needs;

		w->nodes[i].slot = NONE;
		w->nodes[i].alive = alive.in[i];
		for (size_t j = 0; alive.in[i] && j < needs->n; j++)
			node_of(w, needs->v[j])->alive_above++;
	}
	tb_set_release(&alive);
}

static void
open_starts(struct walker *w, const struct tb_graph *g,
    const struct tb_revs *starts)
{
	struct tb_set open = tb_set_new(g);

	for (size_t i = 0; i < starts->n; i++)
		open.in[starts->v[i]->index] = true;
	for (size_t i = 0; i < g->revs.n; i++)
		if (open.in[i] && w->todo->in[i])
			open_slot(w, g->revs.v[i]);
	for (size_t i = 0; i < g->revs.n; i++)
		if (!open.in[i] && w->todo->in[i] &&
		    w->nodes[i].alive_above == 0)
			open_slot(w, g->revs.v[i]);
	tb_set_release(&open);
}

/*
 * r is taken: those below it have one less above.  What is not in the set and
 * has nothing alive above it any more goes with it, unseen; what is in the set
 * and comes free that way, with no open revision that leads to it, is an
 * orphan.
 */
static void
kill_alive(struct walker *w, struct tb_revision *r)
{
	w->stack.n = 0;
	tb_revs_add(&w->stack, r);
	while (w->stack.n > 0) {
		struct tb_revision *x = w->stack.v[--w->stack.n];

		node_of(w, x)->alive = false;
		for (size_t i = 0; i < x->needs.n; i++) {
			struct tb_revision *p = x->needs.v[i];

			if (--node_of(w, p)->alive_above > 0)
				continue;
			if (!tb_set_has(w->todo, p))
				tb_revs_add(&w->stack, p);
			else if (x != r)
				tb_revs_add(&w->orphans, p);
		}
	}
}

/* Those above r that are alive: look at them, and put them on the stack. */
static size_t
look_above(struct walker *w, const struct tb_revision *r, size_t best,
    size_t bound)
{
	const struct tb_revs *up = &r->needed_by;
	size_t *at = &node_of(w, r)->dead_above;

	while (*at < up->n && !node_of(w, up->v[*at])->alive)
		(*at)++;
	for (size_t i = *at; i < up->n && best != bound; i++) {
		struct node *n = node_of(w, up->v[i]);

		if (!n->alive || n->seen == w->searches)
			continue;
		n->seen = w->searches;
		if (n->slot < best)
			best = n->slot;
		tb_revs_add(&w->stack, up->v[i]);
	}
	return best;
}

/*
 * Search upwards from r for the earliest slot: it is known when all is seen,
 * or when no earlier one is possible.
 */
static bool
search_up(struct walker *w, size_t effort, size_t *best, size_t bound)
{
	for (size_t cost = 0; w->stack.n > 0 && *best != bound;) {
		const struct tb_revision *x = w->stack.v[--w->stack.n];

		if (cost > effort) {
			w->stack.n++;
			return false;
		}
		cost += 1 + x->needed_by.n;
		*best = look_above(w, x, *best, bound);
	}
	return true;
}

/*
 * Search downwards from one slot after the other: the first that leads to r
 * is the one.
 */
static bool
search_down(struct walker *w, const struct tb_revision *r, size_t effort,
    size_t *slot)
{
	for (size_t cost = 0; cost <= effort; cost++) {
		const struct tb_revs *needs;

		while (w->below.n == 0) {
			*slot = *slot == NONE ? w->first : w->slots[*slot].next;
			if (*slot == NONE)
				return true;
			if (w->slots[*slot].rev != r)
				tb_revs_add(&w->below, w->slots[*slot].rev);
		}
		needs = &w->below.v[--w->below.n]->needs;
		cost += needs->n;
		for (size_t i = 0; i < needs->n; i++) {
			struct node *n = node_of(w, needs->v[i]);

			if (needs->v[i] == r)
				return true;
			if (n->seen_below == w->searches)
				continue;
			n->seen_below = w->searches;
			tb_revs_add(&w->below, needs->v[i]);
		}
	}
	return false;
}

/*
 * The first slot whose revision descends from r.  Which way to search is the
 * short one depends on the graph, so both take turns with growing effort.
 */
static size_t
first_above(struct walker *w, struct tb_revision *r)
{
	size_t best = NONE, slot = NONE, bound = w->first;

	if (node_of(w, r)->slot == bound)
		bound = w->slots[bound].next;
	w->searches++;
	w->stack.n = w->below.n = 0;
	tb_revs_add(&w->stack, r);
	for (size_t effort = 16;; effort *= 2) {
		if (search_down(w, r, effort, &slot))
			return slot;
		if (search_up(w, effort, &best, bound))
			return best;
	}
}

static bool
is_openable(const struct walker *w, const struct tb_revision *r)
{
	return tb_set_has(w->todo, r) && node_of(w, r)->alive &&
	    node_of(w, r)->slot == NONE;
}

/* The first of them takes the place of the one that was taken. */
static bool
open_needs(struct walker *w, const struct tb_revision *r, size_t at)
{
	bool replaced = false;

	for (size_t i = 0; i < r->needs.n; i++) {
		struct tb_revision *p = r->needs.v[i];

		if (!is_openable(w, p))
			continue;
		if (replaced) {
			open_slot(w, p);
			continue;
		}
		w->slots[at].rev = p;
		node_of(w, p)->slot = at;
		replaced = true;
	}
	return replaced;
}

static void
open_orphans(struct walker *w)
{
	for (size_t i = 0; i < w->orphans.n; i++)
		if (is_openable(w, w->orphans.v[i]))
			open_slot(w, w->orphans.v[i]);
	w->orphans.n = 0;
}

static void
run(struct walker *w, struct tb_revs *out)
{
	size_t cursor = w->first;

	while (cursor != NONE) {
		struct tb_revision *r = w->slots[cursor].rev;
		bool stays;

		if (node_of(w, r)->alive_above > 0) {
			if ((cursor = first_above(w, r)) == NONE)
				tb_bug("nothing open above revision \"%s\"",
				    r->h.id);
			continue;
		}
		tb_revs_add(out, r);
		node_of(w, r)->slot = NONE;
		kill_alive(w, r);
		stays = open_needs(w, r, cursor);
		open_orphans(w);
		if (!stays)
			cursor = close_slot(w, cursor);
	}
}

void
tb_order(const struct tb_graph *g, const struct tb_set *todo,
    const struct tb_revs *starts, struct tb_revs *out)
{
	struct walker w = { .todo = todo, .first = NONE, .last = NONE };

	w.nodes = tb_calloc(g->revs.n + 1, sizeof(*w.nodes));
	count_alive(&w, g);
	open_starts(&w, g, starts);
	run(&w, out);
	free(w.nodes);
	free(w.slots);
	tb_revs_release(&w.stack);
	tb_revs_release(&w.below);
	tb_revs_release(&w.orphans);
}
