#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/diff.h"
#include "catalog/facts.h"
#include "core/mem.h"

/* One step of the merge: the facts that stand for one thing. */
struct pair {
	size_t left, right; /* TB_FACT_NONE: not there */
	size_t difference;  /* its index in the list, or TB_FACT_NONE */
};

struct merge {
	const struct tb_facts *left, *right;
	struct pair *pairs;
	size_t n;
	size_t *left_pair, *right_pair; /* by index of a fact */
};

static int
compare(const struct tb_fact *a, const struct tb_fact *b)
{
	int cmp =
	    a->class == b->class ? 0 : strcmp(a->class->name, b->class->name);

	return cmp != 0 ? cmp : strcmp(a->identity, b->identity);
}

static void
merge_lists(struct merge *m)
{
	size_t i = 0, j = 0;

	m->pairs = tb_calloc(m->left->n + m->right->n, sizeof(*m->pairs));
	m->left_pair = tb_calloc(m->left->n, sizeof(*m->left_pair));
	m->right_pair = tb_calloc(m->right->n, sizeof(*m->right_pair));
	while (i < m->left->n || j < m->right->n) {
		struct pair *p = &m->pairs[m->n];
		int cmp = i == m->left->n ? 1 :
		    j == m->right->n      ? -1 :
				       compare(&m->left->v[i], &m->right->v[j]);

		*p = (struct pair){ TB_FACT_NONE, TB_FACT_NONE, TB_FACT_NONE };
		if (cmp <= 0) {
			m->left_pair[i] = m->n;
			p->left = i++;
		}
		if (cmp >= 0) {
			m->right_pair[j] = m->n;
			p->right = j++;
		}
		m->n++;
	}
}

static bool
is_lone(const struct pair *p)
{
	return p->left == TB_FACT_NONE || p->right == TB_FACT_NONE;
}

/* The lone pair that this lone one is a part of; NULL: of none. */
static struct pair *
lone_parent(const struct merge *m, const struct pair *p)
{
	bool on_left = p->right == TB_FACT_NONE;
	const struct tb_facts *facts = on_left ? m->left : m->right;
	const size_t *pair_of = on_left ? m->left_pair : m->right_pair;
	size_t up = facts->v[on_left ? p->left : p->right].up;
	struct pair *parent;

	if (up == TB_FACT_NONE)
		return NULL;
	parent = &m->pairs[pair_of[up]];
	return is_lone(parent) ? parent : NULL;
}

static struct tb_difference *
add(struct tb_diff *diff, enum tb_diff_kind kind, const struct tb_fact *left,
    const struct tb_fact *right)
{
	diff->v = tb_grow(diff->v, diff->n, &diff->cap, sizeof(*diff->v));
	diff->v[diff->n] = (struct tb_difference){
		.kind = kind,
		.left = left,
		.right = right,
	};
	return &diff->v[diff->n++];
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* What the server did not show differs from nothing; the end says so. */
static bool
is_hidden(const char *value)
{
	return value != NULL && strcmp(value, TB_FACT_HIDDEN) == 0;
}

static bool
compare_value(struct tb_diff *diff, const struct tb_fact *a,
    const struct tb_fact *b, const char *attribute, const char *x,
    const char *y)
{
	struct tb_difference *d;

	if (same(x, y))
		return true;
	d = add(diff, TB_DIFF_CHANGED, a, b);
	d->attribute = attribute;
	d->left_value = x;
	d->right_value = y;
	return false;
}

/*
 * The number of the attribute in the other fact, most likely the same one;
 * TB_FACT_NONE when that server's version has no such attribute.
 */
static size_t
twin(const struct tb_fact *f, const char *name, size_t guess)
{
	size_t n = tb_fact_attributes(f);

	if (guess < n && strcmp(tb_fact_attribute(f, guess), name) == 0)
		return guess;
	for (size_t i = 0; i < n; i++)
		if (strcmp(tb_fact_attribute(f, i), name) == 0)
			return i;
	return TB_FACT_NONE;
}

static void
compare_facts(struct tb_diff *diff, const struct tb_fact *a,
    const struct tb_fact *b, bool position)
{
	size_t n = tb_fact_attributes(a);
	bool equal = compare_value(diff, a, b, "parent", a->parent, b->parent);
	bool hidden = false;

	for (size_t i = 0; i < n; i++) {
		const char *name = tb_fact_attribute(a, i);
		size_t j = twin(b, name, i);

		if (j == TB_FACT_NONE ||
		    (!position && tb_fact_is_position(name)))
			continue;
		if (is_hidden(tb_fact_value(a, i)) ||
		    is_hidden(tb_fact_value(b, j))) {
			hidden = true;
			continue;
		}
		equal &= compare_value(diff, a, b, name, tb_fact_value(a, i),
		    tb_fact_value(b, j));
	}
	/*
	 * Where the attributes say it all the definition is compared only when
	 * they agree, so that a flaw in the class does not hide a difference.
	 */
	if (!hidden && (equal || !a->class->by_attributes))
		(void)compare_value(diff, a, b, "definition", a->definition,
		    b->definition);
}

static void
list(struct tb_diff *diff, const struct merge *m, bool position)
{
	for (size_t i = 0; i < m->n; i++) {
		struct pair *p = &m->pairs[i];

		if (!is_lone(p)) {
			compare_facts(diff, &m->left->v[p->left],
			    &m->right->v[p->right], position);
			continue;
		}
		if (lone_parent(m, p) != NULL)
			continue;
		p->difference = diff->n;
		if (p->right == TB_FACT_NONE)
			(void)add(diff, TB_DIFF_REMOVED, &m->left->v[p->left],
			    NULL);
		else
			(void)add(diff, TB_DIFF_ADDED, NULL,
			    &m->right->v[p->right]);
	}
}

static void
count_part(struct tb_difference *d, const char *class)
{
	struct tb_parts *last = d->nparts > 0 ? &d->parts[d->nparts - 1] : NULL;

	/* Pairs are sorted by class. */
	if (last != NULL && strcmp(last->class, class) == 0) {
		last->n++;
		return;
	}
	d->parts =
	    tb_grow(d->parts, d->nparts, &d->cap_parts, sizeof(*d->parts));
	d->parts[d->nparts++] = (struct tb_parts){ class, 1 };
}

static void
count_parts(struct tb_diff *diff, const struct merge *m)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct pair *p = &m->pairs[i];
		const struct tb_fact *part;

		if (!is_lone(p) || p->difference != TB_FACT_NONE)
			continue;
		part = p->right == TB_FACT_NONE ? &m->left->v[p->left] :
						  &m->right->v[p->right];
		while (p->difference == TB_FACT_NONE)
			p = lone_parent(m, p);
		count_part(&diff->v[p->difference], part->class->name);
	}
}

void
tb_diff(struct tb_diff *diff, const struct tb_facts *left,
    const struct tb_facts *right, bool position)
{
	struct merge m = { .left = left, .right = right };

	merge_lists(&m);
	list(diff, &m, position);
	count_parts(diff, &m);
	free(m.pairs);
	free(m.left_pair);
	free(m.right_pair);
}

const struct tb_fact *
tb_diff_fact(const struct tb_difference *d)
{
	return d->left != NULL ? d->left : d->right;
}

void
tb_diff_release(struct tb_diff *diff)
{
	for (size_t i = 0; i < diff->n; i++)
		free(diff->v[i].parts);
	free(diff->v);
	*diff = (struct tb_diff)TB_DIFF_INIT;
}
