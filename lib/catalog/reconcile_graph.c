/*
 * reconcile_graph.c: what has to come before what.
 *
 * On the left what depends goes before what it depends on; on the right it
 * comes after.  What is changed is gone as it was and there as it will be at
 * once, so it stands between the two.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/order.h"
#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/mem.h"
#include "core/strs.h"

static void
before(struct tb_order *o, size_t a, size_t b)
{
	if (a != TB_FACT_NONE && b != TB_FACT_NONE)
		tb_order_add(o, a, b, false);
}

/*
 * What is changed and not made anew: most changes do not care whether what
 * depends on it is there, so this gives way where there is a loop.
 */
static void
before_change(struct tb_order *o, size_t a, size_t b)
{
	if (a != TB_FACT_NONE && b != TB_FACT_NONE)
		tb_order_add(o, a, b, true);
}

/* Nodes of a pair beside its drop and make, as lists. */
struct apart {
	size_t *first, *next;
};

static void
find_apart(const struct rec *r, struct apart *a)
{
	a->first = tb_calloc(r->npairs + 1, sizeof(*a->first));
	a->next = tb_calloc(r->nnodes + 1, sizeof(*a->next));
	for (size_t i = 0; i < r->npairs; i++)
		a->first[i] = TB_FACT_NONE;
	for (size_t i = 0; i < r->nnodes; i++) {
		size_t pair = r->nodes[i].pair;

		a->next[i] = TB_FACT_NONE;
		if (i == r->pairs[pair].drop || i == r->pairs[pair].make ||
		    i == r->pairs[pair].release)
			continue;
		a->next[i] = a->first[pair];
		a->first[pair] = i;
	}
}

/* Does a section of its own see to what it depends on automatically? */
static bool
has_apart(const struct rec *r, const struct rec_pair *p)
{
	const struct tb_rule_class *class = tb_rec_class(r, p);

	for (size_t i = 0; class != NULL && i < class->n; i++)
		if (class->v[i].apart)
			return true;
	return false;
}

static void
order_left(const struct rec *r, struct tb_order *o, const struct apart *a)
{
	for (size_t i = 0; i < r->left->nedges; i++) {
		const struct tb_edge *e = &r->left->edges[i];
		size_t pair = r->left_pair[e->from];
		const struct rec_pair *f = &r->pairs[pair];
		const struct rec_pair *t = &r->pairs[r->left_pair[e->to]];

		if (f->release == TB_FACT_NONE ||
		    tb_rec_hollow_needs(&r->left->v[e->from],
			&r->left->v[e->to]))
			before(o, f->drop, t->drop);
		else
			before(o, f->release, t->drop);
		if (t->state == REC_CHANGE) {
			before(o, f->drop, t->release);
			before_change(o, f->drop, t->make);
		}
		if (f->state != REC_CHANGE || t->drop == TB_FACT_NONE)
			continue;
		if (e->type != 'a' || !has_apart(r, f))
			before(o, f->make, t->drop);
		for (size_t n = a->first[pair]; n != TB_FACT_NONE;
		     n = a->next[n])
			if (r->nodes[n].apart)
				before(o, n, t->drop);
	}
}

/* What is apart comes before what depends on the pair. */
static void
order_after_apart(const struct rec *r, struct tb_order *o,
    const struct apart *a, size_t pair, const struct rec_pair *later)
{
	const struct tb_rule_class *class = tb_rec_class(r, &r->pairs[pair]);

	if (class == NULL || !class->is_shell)
		return;
	for (size_t n = a->first[pair]; n != TB_FACT_NONE; n = a->next[n])
		if (r->nodes[n].apart)
			before(o, n, later->make);
}

/* Does the first node of the pair, which may be hollow then, need it? */
static bool
needs(const struct rec *r, const struct rec_pair *f, const struct tb_edge *e)
{
	if (f->hollow)
		return tb_rec_hollow_needs(&r->right->v[e->from],
		    &r->right->v[e->to]);
	if (e->type == 'a' && has_apart(r, f))
		return false;
	return !tb_rec_is_made(f) ||
	    !tb_rec_is_mutual(r, r->right, e->from, e->to);
}

/* Nobody should look at what is hollow, if that can be had. */
static void
order_after_filled(const struct rec *r, struct tb_order *o,
    const struct apart *a, size_t pair, const struct rec_pair *later)
{
	if (!r->pairs[pair].hollow)
		return;
	for (size_t n = a->first[pair]; n != TB_FACT_NONE; n = a->next[n])
		before_change(o, n, later->make);
}

static void
order_right(const struct rec *r, struct tb_order *o, const struct apart *a)
{
	for (size_t i = 0; i < r->right->nedges; i++) {
		const struct tb_edge *e = &r->right->edges[i];
		size_t pair = r->right_pair[e->from];
		const struct rec_pair *f = &r->pairs[pair];
		const struct rec_pair *t = &r->pairs[r->right_pair[e->to]];

		if (t->make == TB_FACT_NONE)
			continue;
		if (tb_rec_is_mutual(r, r->right, e->to, e->from)) {
			if (tb_rec_is_made(t))
				before(o, t->make, f->make);
			continue;
		}
		order_after_apart(r, o, a, r->right_pair[e->to], f);
		order_after_filled(r, o, a, r->right_pair[e->to], f);
		if (needs(r, f, e))
			before(o, t->make, f->make);
		for (size_t n = a->first[pair]; n != TB_FACT_NONE;
		     n = a->next[n])
			before(o, t->make, n);
	}
}

/* A node beside the pair's own: before or after it, or as it may be. */
static void
order_apart(const struct rec *r, struct tb_order *o, const struct rec_pair *p,
    size_t node)
{
	if (r->nodes[node].phase == REC_EARLY)
		before(o, node, p->make);
	else if (p->state != REC_CHANGE || p->hollow ||
	    r->nodes[node].phase == REC_LATER)
		before(o, p->make, node);
}

static void
order_pairs(const struct rec *r, struct tb_order *o, const struct apart *a)
{
	for (size_t i = 0; i < r->npairs; i++) {
		const struct rec_pair *p = &r->pairs[i];
		const struct rec_pair *up;

		before(o, p->release, p->drop);
		before(o, p->release, p->make);
		before(o, p->drop, p->make);
		for (size_t n = a->first[i]; n != TB_FACT_NONE; n = a->next[n])
			order_apart(r, o, p, n);
		if ((up = tb_rec_up(r, p, true)) != NULL)
			before(o, p->drop, up->drop);
		if ((up = tb_rec_up(r, p, false)) == NULL ||
		    !tb_rec_is_made(up))
			continue;
		before(o, up->make, p->make);
		order_after_apart(r, o, a, (size_t)(up - r->pairs), p);
	}
}

/* Of one object: parts of some classes come before parts of others. */
static void
order_made_parts(const struct rec *r, struct tb_order *o,
    const struct rec_pair *p, const struct tb_strs *classes)
{
	size_t up =
	    p->right != TB_FACT_NONE ? r->right->v[p->right].up : TB_FACT_NONE;

	if (p->make == TB_FACT_NONE || up == TB_FACT_NONE ||
	    p->folded != TB_FACT_NONE)
		return;
	for (size_t c = r->right_tree.first[up]; c != TB_FACT_NONE;
	     c = r->right_tree.next[c])
		if (tb_strs_has(classes, r->right->v[c].class->name))
			before(o, r->pairs[r->right_pair[c]].make, p->make);
}

static void
order_gone_parts(const struct rec *r, struct tb_order *o,
    const struct rec_pair *p, const struct tb_strs *classes)
{
	size_t up =
	    p->left != TB_FACT_NONE ? r->left->v[p->left].up : TB_FACT_NONE;

	if (p->drop == TB_FACT_NONE || up == TB_FACT_NONE)
		return;
	for (size_t c = r->left_tree.first[up]; c != TB_FACT_NONE;
	     c = r->left_tree.next[c])
		if (tb_strs_has(classes, r->left->v[c].class->name))
			before(o, r->pairs[r->left_pair[c]].drop, p->drop);
}

static void
order_parts(const struct rec *r, struct tb_order *o)
{
	for (size_t i = 0; i < r->npairs; i++) {
		const struct rec_pair *p = &r->pairs[i];
		const struct tb_rule_class *class = tb_rec_class(r, p);

		if (class != NULL && class->after.n > 0)
			order_made_parts(r, o, p, &class->after);
		if (class != NULL && class->goes_after.n > 0)
			order_gone_parts(r, o, p, &class->goes_after);
	}
}

/* A name that is taken by one node or freed by it. */
struct name {
	char *text;
	bool taken;
	size_t node;
};

struct names {
	struct name *v;
	size_t n, cap;
};

static int
by_text(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int cmp = strcmp(x->text, y->text);

	return cmp != 0 ? cmp : (int)x->taken - (int)y->taken;
}

static void
add_name(struct names *names, char *text, bool taken, size_t node)
{
	struct name *name;

	names->v = tb_grow(names->v, names->n, &names->cap, sizeof(*names->v));
	name = &names->v[names->n++];
	name->text = text;
	name->taken = taken;
	name->node = node;
}

/* NULL: it has no such name. */
static char *
name_of(const struct rec *r, const struct rec_pair *p, const char *template,
    bool on_left)
{
	struct rec_ctx c = {
		.r = r,
		.pair = p,
		.on_left = on_left,
		.what = "occupies",
	};
	struct tb_buf b = TB_BUF_INIT;

	tb_rec_fill(&c, template, &b);
	/* "{x?relation *}" may come to nothing. */
	if (b.len > 0)
		return tb_buf_detach(&b);
	tb_buf_release(&b);
	return NULL;
}

static void
add_names(const struct rec *r, struct names *names, const struct rec_pair *p,
    const char *template)
{
	char *old = NULL, *new = NULL;

	if (p->left != TB_FACT_NONE)
		old = name_of(r, p, template, true);
	if (p->right != TB_FACT_NONE)
		new = name_of(r, p, template, false);
	if (p->state == REC_CHANGE && !p->remade && old != NULL &&
	    new != NULL &&strcmp(old, new) == 0) {
		free(old);
		free(new);
		return;
	}
	if (old != NULL)
		add_name(names, old, false,
		    p->drop != TB_FACT_NONE ? p->drop : p->make);
	if (new != NULL)
		add_name(names, new, true, p->make);
}

static void
order_names(const struct rec *r, struct tb_order *o)
{
	struct names names = { NULL, 0, 0 };

	for (size_t i = 0; i < r->npairs; i++) {
		const struct rec_pair *p = &r->pairs[i];
		const struct tb_rule_class *class = tb_rec_class(r, p);

		if (p->drop == TB_FACT_NONE && p->make == TB_FACT_NONE)
			continue;
		for (size_t j = 0; class != NULL && j < class->occupies.n; j++)
			add_names(r, &names, p, class->occupies.v[j]);
	}
	if (names.n > 0)
		qsort(names.v, names.n, sizeof(*names.v), by_text);
	for (size_t i = 0; i < names.n; i++)
		for (size_t j = i + 1; j < names.n && !names.v[i].taken &&
		     strcmp(names.v[i].text, names.v[j].text) == 0;
		     j++)
			if (names.v[j].taken)
				before(o, names.v[i].node, names.v[j].node);
	for (size_t i = 0; i < names.n; i++)
		free(names.v[i].text);
	free(names.v);
}

void
tb_rec_graph(const struct rec *r, struct tb_order *o)
{
	struct apart a;

	find_apart(r, &a);
	order_left(r, o, &a);
	order_right(r, o, &a);
	order_pairs(r, o, &a);
	order_parts(r, o);
	order_names(r, o);
	tb_rec_order_held(r, o);
	tb_rec_order_detached(r, o);
	free(a.first);
	free(a.next);
}
