#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/order.h"
#include "core/mem.h"

struct heap {
	size_t *v, n;
	int (*compare)(size_t, size_t, const void *);
	const void *arg;
};

struct sorter {
	const struct tb_order *o;
	size_t *first, *next; /* edges by their "before", as lists */
	size_t *waiting;      /* for how many each node waits */
	struct heap heap;
};

void
tb_order_init(struct tb_order *o, size_t nodes)
{
	*o = (struct tb_order){ .nodes = nodes };
}

void
tb_order_add(struct tb_order *o, size_t before, size_t after, bool weak)
{
	if (before == after)
		return;
	o->v = tb_grow(o->v, o->n, &o->cap, sizeof(*o->v));
	o->v[o->n++] = (struct tb_order_edge){ before, after, weak };
}

void
tb_order_release(struct tb_order *o)
{
	free(o->v);
}

static bool
is_less(const struct heap *h, size_t i, size_t j)
{
	return h->compare(h->v[i], h->v[j], h->arg) < 0;
}

static void
swap(struct heap *h, size_t i, size_t j)
{
	size_t v = h->v[i];

	h->v[i] = h->v[j];
	h->v[j] = v;
}

static void
push(struct heap *h, size_t node)
{
	size_t i = h->n++;

	h->v[i] = node;
	for (; i > 0 && is_less(h, i, (i - 1) / 2); i = (i - 1) / 2)
		swap(h, i, (i - 1) / 2);
}

static size_t
pop(struct heap *h)
{
	size_t top = h->v[0];
	size_t i = 0;

	h->v[0] = h->v[--h->n];
	for (;;) {
		size_t child = 2 * i + 1;

		if (child + 1 < h->n && is_less(h, child + 1, child))
			child++;
		if (child >= h->n || !is_less(h, child, i))
			break;
		swap(h, i, child);
		i = child;
	}
	return top;
}

static void
prepare(struct sorter *s, const struct tb_order *o)
{
	s->o = o;
	s->first = tb_calloc(o->nodes + 1, sizeof(*s->first));
	s->next = tb_calloc(o->n + 1, sizeof(*s->next));
	s->waiting = tb_calloc(o->nodes + 1, sizeof(*s->waiting));
	s->heap.v = tb_calloc(o->nodes + 1, sizeof(*s->heap.v));
	for (size_t i = 0; i < o->n; i++) {
		/* Counted from 1, so that 0 ends the list. */
		s->next[i] = s->first[o->v[i].before];
		s->first[o->v[i].before] = i + 1;
		s->waiting[o->v[i].after]++;
	}
	for (size_t i = 0; i < o->nodes; i++)
		if (s->waiting[i] == 0)
			push(&s->heap, i);
}

static size_t
run(struct sorter *s, size_t *out)
{
	size_t n = 0;

	while (s->heap.n > 0) {
		size_t node = pop(&s->heap);

		out[n++] = node;
		for (size_t e = s->first[node]; e != 0; e = s->next[e - 1])
			if (--s->waiting[s->o->v[e - 1].after] == 0)
				push(&s->heap, s->o->v[e - 1].after);
	}
	return n;
}

/* Somebody that the node, which waits, waits for. */
static size_t
waited_for(const struct sorter *s, size_t node)
{
	for (size_t i = 0; i < s->o->n; i++)
		if (s->o->v[i].after == node &&
		    s->waiting[s->o->v[i].before] > 0)
			return s->o->v[i].before;
	return node;
}

/* Go back from one that waits until a node comes a second time. */
static void
find_loop(const struct sorter *s, size_t *loop, size_t *nloop)
{
	size_t *seen = tb_calloc(s->o->nodes + 1, sizeof(*seen));
	size_t node = 0, n = 0;

	while (s->waiting[node] == 0)
		node++;
	for (; seen[node] == 0; node = waited_for(s, node)) {
		loop[n++] = node;
		seen[node] = n;
	}
	*nloop = n - (seen[node] - 1);
	(void)memmove(loop, loop + seen[node] - 1, *nloop * sizeof(*loop));
	free(seen);
}

size_t
tb_order_sort(const struct tb_order *o, size_t *out,
    int (*compare)(size_t, size_t, const void *), const void *arg, size_t *loop,
    size_t *nloop)
{
	struct sorter s = { .heap = { .compare = compare, .arg = arg } };
	size_t n;

	prepare(&s, o);
	n = run(&s, out);
	*nloop = 0;
	if (n < o->nodes)
		find_loop(&s, loop, nloop);
	free(s.first);
	free(s.next);
	free(s.waiting);
	free(s.heap.v);
	return n;
}
