/*
 * reconcile_hold.c: values of a type that cannot be changed while it is used.
 *
 * The server changes no attribute of a composite type while a table has a
 * column of it, be it in an array, in a domain or in another composite type.
 * Where a section disturbs "column:held", those columns wait as text: their
 * rules call that "change held" (back again, and what is in the way) and
 * "change released" (to text).
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/order.h"
#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/mem.h"

struct search {
	struct rec *r;
	size_t changed; /* the pair of what is changed */
	bool *seen;     /* by fact of the left */
	size_t *queue, n;
};

void
tb_rec_remember_held(struct rec *r, const struct rec_pair *changed,
    const struct rec_pair *column)
{
	r->holds =
	    tb_grow(r->holds, r->nholds, &r->cap_holds, sizeof(*r->holds));
	r->holds[r->nholds++] = (struct rec_hold){
		(size_t)(changed - r->pairs),
		(size_t)(column - r->pairs),
	};
}

static void
add_change(struct rec_pair *p, const char *attribute)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->changes[i].attribute, attribute) == 0)
			return;
	p->changes = tb_grow(p->changes, p->n, &p->cap, sizeof(*p->changes));
	p->changes[p->n++] = (struct rec_change){ attribute, NULL, "true" };
	p->state = REC_CHANGE;
}

static void
hold(struct search *s, size_t column)
{
	struct rec *r = s->r;
	struct rec_pair *p = &r->pairs[r->left_pair[column]];
	const struct tb_fact *left = tb_rec_left(r, p);
	const struct tb_fact *right = tb_rec_right(r, p);

	tb_rec_remember_held(r, &r->pairs[s->changed], p);
	if (p->state == REC_DROP || p->state == REC_REPLACE)
		return;
	/* What is computed loses nothing; what gets another type loses all. */
	if (tb_rec_attribute(left, "generated") != NULL ||
	    strcmp(tb_rec_attribute(left, "type"),
		tb_rec_attribute(right, "type")) != 0) {
		tb_rec_destroy(r, p);
		return;
	}
	add_change(p, "held");
	tb_rec_enqueue(r, p);
}

/* It is taken over by the statements that make its type anew. */
void
tb_rec_carry(struct rec *r, const struct rec_pair *changed, struct rec_pair *p)
{
	if (strcmp(tb_rec_left(r, p)->class->name, "column") != 0 ||
	    p->state == REC_DROP || p->state == REC_REPLACE)
		return;
	if (tb_rec_attribute(tb_rec_left(r, p), "generated") != NULL) {
		tb_rec_destroy(r, p);
		return;
	}
	add_change(p, "carried");
	p->follows = true;
	tb_rec_remember_held(r, changed, p);
	tb_rec_enqueue(r, p);
}

static void
look_at(struct search *s, size_t fact)
{
	if (!s->seen[fact])
		s->queue[s->n++] = fact;
	s->seen[fact] = true;
}

static void
follow(struct search *s, size_t whole, size_t from)
{
	struct rec *r = s->r;
	const struct tb_fact *f = &r->left->v[from];

	/* A column of the partition key depends on its own table. */
	if (f->up == whole)
		return;
	if (strcmp(f->class->name, "column") == 0)
		hold(s, from);
	else if (strcmp(f->class->name, "materialized-view") == 0)
		tb_rec_destroy(r, &r->pairs[r->left_pair[from]]);
	else if (strcmp(f->class->name, "attribute") == 0)
		look_at(s, (size_t)(tb_fact_object(r->left, f) - r->left->v));
	else if (strcmp(f->class->name, "domain") == 0 ||
	    strcmp(f->class->name, "range-type") == 0)
		look_at(s, from);
}

void
tb_rec_hold(struct rec *r, const struct rec_pair *changed)
{
	struct search s = { .r = r, .changed = (size_t)(changed - r->pairs) };
	size_t up = r->left->v[changed->left].up;

	if (up == TB_FACT_NONE)
		return;
	s.seen = tb_calloc(r->left->n + 1, sizeof(*s.seen));
	s.queue = tb_calloc(r->left->n + 1, sizeof(*s.queue));
	look_at(&s, up);
	for (size_t i = 0; i < s.n; i++)
		for (size_t e = r->needed_by.first[s.queue[i]];
		     e < r->needed_by.first[s.queue[i] + 1]; e++)
			follow(&s, s.queue[i],
			    r->left->edges[r->needed_by.v[e]].from);
	free(s.seen);
	free(s.queue);
}

void
tb_rec_order_held(const struct rec *r, struct tb_order *o)
{
	for (size_t i = 0; i < r->nholds; i++) {
		const struct rec_pair *changed = &r->pairs[r->holds[i].changed];
		const struct rec_pair *p = &r->pairs[r->holds[i].column];
		size_t gone = p->drop != TB_FACT_NONE ? p->drop : p->release;

		if (gone != TB_FACT_NONE && changed->release != TB_FACT_NONE)
			tb_order_add(o, gone, changed->release, false);
		if (changed->make == TB_FACT_NONE)
			continue;
		if (gone != TB_FACT_NONE)
			tb_order_add(o, gone, changed->make, false);
		if (p->make != TB_FACT_NONE)
			tb_order_add(o, changed->make, p->make, false);
	}
}

/* Is it the attribute of a type that tables are made of? */
bool
tb_rec_is_cascaded(const struct rec *r, const struct rec_pair *p)
{
	const struct tb_fact *f = tb_rec_fact(r, p);
	const struct rec_pair *up = tb_rec_up(r, p, p->left != TB_FACT_NONE);

	if (strcmp(f->class->name, "attribute") != 0 || up == NULL ||
	    up->left == TB_FACT_NONE)
		return false;
	for (size_t e = r->needed_by.first[up->left];
	     e < r->needed_by.first[up->left + 1]; e++) {
		size_t from = r->left->edges[r->needed_by.v[e]].from;
		const char *of = tb_rec_attribute(&r->left->v[from], "of_type");

		if (of != NULL &&
		    strcmp(of, r->left->v[up->left].identity) == 0)
			return true;
	}
	return false;
}

/* The type that the table of a column was of, and stays of; NULL: none. */
static const char *
type_of_table(const struct rec *r, const struct rec_pair *p)
{
	const struct rec_pair *up = tb_rec_up(r, p, p->left != TB_FACT_NONE);
	const char *old, *new;

	if (strcmp(tb_rec_fact(r, p)->class->name, "column") != 0 ||
	    up == NULL || (up->state != REC_SAME && up->state != REC_CHANGE))
		return NULL;
	old = tb_rec_attribute(tb_rec_left(r, up), "of_type");
	new = tb_rec_attribute(tb_rec_right(r, up), "of_type");
	return old != NULL && new != NULL &&strcmp(old, new) == 0 ? old : NULL;
}

bool
tb_rec_is_typed(const struct rec *r, const struct rec_pair *p)
{
	return type_of_table(r, p) != NULL;
}

/* The attribute that makes, changes or drops the column of a typed table. */
void
tb_rec_join_typed(struct rec *r, struct rec_pair *p)
{
	const char *type = type_of_table(r, p);
	bool on_left = p->left != TB_FACT_NONE;
	struct tb_buf b = TB_BUF_INIT;
	const struct rec_pair *attribute;
	size_t i;

	if (type == NULL)
		return;
	tb_buf_addf(&b, "%s.", type);
	tb_rec_name(tb_rec_fact(r, p)->identity, -1, &b);
	i = tb_facts_find(on_left ? r->left : r->right, "attribute", b.s);
	tb_buf_release(&b);
	if (i == TB_FACT_NONE)
		return;
	attribute = &r->pairs[on_left ? r->left_pair[i] : r->right_pair[i]];
	if (p->make != TB_FACT_NONE && attribute->make != TB_FACT_NONE)
		p->make = attribute->make;
	if (p->drop != TB_FACT_NONE && attribute->drop != TB_FACT_NONE)
		p->drop = attribute->drop;
}
