/*
 * reconcile_inherit.c: columns that change with those of their parents.
 *
 * One statement on the parent changes the type in the children too.  What
 * depends on a child's column has to be gone before that, and comes back after.
 * A column that comes from two parents at once cannot be changed at all.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/mem.h"

/* The column of a parent, if the fact says that there is such a one. */
static struct rec_pair *
parents_column(const struct rec *r, const struct rec_pair *p, size_t part)
{
	const struct tb_fact *f = &r->left->v[part];
	struct tb_buf b = TB_BUF_INIT;
	const char *of = NULL;
	size_t i;

	if (strcmp(f->class->name, "inheritance") == 0)
		of = tb_rec_attribute(f, "inherits");
	else if (strcmp(f->class->name, "partition") == 0)
		of = tb_rec_attribute(f, "of");
	if (of == NULL)
		return NULL;
	tb_buf_addf(&b, "%s.", of);
	tb_rec_name(tb_rec_left(r, p)->identity, -1, &b);
	i = tb_facts_find(r->left, "column", b.s);
	tb_buf_release(&b);
	return i != TB_FACT_NONE ? &r->pairs[r->left_pair[i]] : NULL;
}

/* Call it for the column of each parent; how many there are. */
static size_t
each_parent(struct rec *r, struct rec_pair *p,
    void (*act)(struct rec *, struct rec_pair *parent, struct rec_pair *))
{
	size_t up = r->left->v[p->left].up, n = 0;

	for (size_t i = up != TB_FACT_NONE ? r->left_tree.first[up] :
					     TB_FACT_NONE;
	     i != TB_FACT_NONE; i = r->left_tree.next[i]) {
		struct rec_pair *parent = parents_column(r, p, i);

		if (parent == NULL)
			continue;
		n++;
		act(r, parent, p);
	}
	return n;
}

static void
come_after(struct rec *r, struct rec_pair *parent, struct rec_pair *p)
{
	p->follows = true;
	tb_rec_remember_held(r, parent, p);
}

static void
share(struct rec *r, struct rec_pair *parent, struct rec_pair *p TB_UNUSED)
{
	if (parent->shared)
		return;
	parent->shared = true;
	if (parent->state == REC_CHANGE)
		tb_rec_give(parent, "shared", tb_strdup("true"));
	(void)each_parent(r, parent, share);
}

static bool
changes_type(const struct rec_pair *p, bool *is_held)
{
	bool changes = false;

	*is_held = false;
	for (size_t i = 0; i < p->n; i++) {
		const char *attribute = p->changes[i].attribute;

		if (strcmp(attribute, "held") == 0)
			*is_held = true;
		else if (strcmp(attribute, "type") == 0 ||
		    strcmp(attribute, "collation") == 0)
			changes = true;
	}
	return changes;
}

void
tb_rec_inherit(struct rec *r)
{
	for (size_t i = 0; i < r->npairs; i++) {
		struct rec_pair *p = &r->pairs[i];
		const char *origin;
		bool is_held;

		if (p->state != REC_CHANGE ||
		    strcmp(tb_rec_fact(r, p)->class->name, "column") != 0 ||
		    (!changes_type(p, &is_held) && !is_held))
			continue;
		origin = tb_rec_attribute(tb_rec_left(r, p), "origin");
		if (origin == NULL || strcmp(origin, "local") == 0)
			continue;
		if (each_parent(r, p, come_after) > 1)
			share(r, p, p);
	}
}
