#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "verify.h"

struct totals {
	struct ver_total *v;
	size_t n, cap;
};

static struct ver_total *
total_of(struct totals *t, const char *class)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i].class, class) == 0)
			return &t->v[i];
	t->v = tb_grow(t->v, t->n, &t->cap, sizeof(*t->v));
	t->v[t->n] = (struct ver_total){ .class = class };
	return &t->v[t->n++];
}

static void
count(struct totals *t, enum tb_diff_kind kind, const char *class, size_t n)
{
	struct ver_total *total = total_of(t, class);

	switch (kind) {
	case TB_DIFF_REMOVED:
		total->left += n;
		break;
	case TB_DIFF_ADDED:
		total->right += n;
		break;
	case TB_DIFF_CHANGED:
		total->changed += n;
		break;
	}
}

static int
by_class(const void *a, const void *b)
{
	const struct ver_total *x = a, *y = b;

	return strcmp(x->class, y->class);
}

struct ver_total *
ver_totals(const struct tb_diff *diff, size_t *n)
{
	struct totals t = { NULL, 0, 0 };

	for (size_t i = 0; i < diff->n; i++) {
		const struct tb_difference *d = &diff->v[i];

		/* A fact with two changed attributes is one fact. */
		if (i > 0 && d->left != NULL && d->left == d[-1].left)
			continue;
		count(&t, d->kind, tb_diff_fact(d)->class->name, 1);
		for (size_t p = 0; p < d->nparts; p++)
			count(&t, d->kind, d->parts[p].class, d->parts[p].n);
	}
	if (t.n > 0)
		qsort(t.v, t.n, sizeof(*t.v), by_class);
	*n = t.n;
	return t.v;
}

static int
by_missing_class(const void *a, const void *b)
{
	const struct ver_missing *x = a, *y = b;

	return strcmp(x->class, y->class);
}

struct ver_missing *
ver_not_compared(const struct ver_job *job, size_t *n)
{
	const struct tb_facts *left = &job->side[0].facts;
	const struct tb_facts *right = &job->side[1].facts;
	struct ver_missing *v =
	    tb_calloc(left->nunmodelled + right->nunmodelled, sizeof(*v));

	*n = 0;
	for (size_t i = 0; i < left->nunmodelled; i++)
		v[(*n)++] = (struct ver_missing){
			left->unmodelled[i].class,
			left->unmodelled[i].count,
			0,
		};
	for (size_t i = 0; i < right->nunmodelled; i++) {
		const struct tb_unmodelled *u = &right->unmodelled[i];
		size_t j = 0;

		while (j < *n && strcmp(v[j].class, u->class) != 0)
			j++;
		if (j == *n)
			v[(*n)++] = (struct ver_missing){ u->class, 0, 0 };
		v[j].right = u->count;
	}
	if (*n > 0)
		qsort(v, *n, sizeof(*v), by_missing_class);
	return v;
}

static bool
is_within(const struct tb_facts *facts, const struct tb_fact *f,
    const struct tb_fact *whole)
{
	while (f != NULL && f != whole)
		f = tb_fact_up(facts, f);
	return f != NULL;
}

void
ver_dependents(const struct ver_job *job, const struct tb_difference *d,
    struct tb_strs *names)
{
	const struct tb_facts *facts = &job->side[0].facts;

	if (d->left == NULL)
		return;
	for (size_t i = 0; i < facts->nedges; i++) {
		const struct tb_fact *from = &facts->v[facts->edges[i].from];
		const struct tb_fact *to = &facts->v[facts->edges[i].to];
		char *name;

		if (!is_within(facts, to, d->left) ||
		    is_within(facts, from, d->left))
			continue;
		name = tb_asprintf("%s %s", from->class->name, from->identity);
		if (!tb_strs_has(names, name))
			tb_strs_add(names, name);
		free(name);
	}
	tb_strs_sort(names);
}
