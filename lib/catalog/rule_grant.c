/*
 * rule_grant.c: what a REVOKE takes along.
 *
 * Who granted is no fact.  But one who has a grant option may have made use of
 * it, and without CASCADE the server does not take it away then.  What others
 * lose by that, and shall keep, is granted again by whom the SQL runs as; what
 * they get or what changes is granted by its own statements.
 */
#include "core/tb.h"

#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/strs.h"

#define ON_COLUMN "column-privilege"

static bool
is_equal(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The left one of what the fact is part of; TB_FACT_NONE: it is new. */
static size_t
left_object(const struct rec_ctx *c)
{
	const struct rec *r = c->r;
	const struct tb_facts *facts =
	    c->pair->left != TB_FACT_NONE ? r->left : r->right;
	const struct tb_fact *f = facts == r->left ? tb_rec_left(r, c->pair) :
						     tb_rec_right(r, c->pair);
	size_t i = (size_t)(tb_fact_object(facts, f) - facts->v);

	return facts == r->left ? i : r->pairs[r->right_pair[i]].left;
}

/* What the grantee has on columns of the object, on the left. */
static void
each_on_column(const struct rec_ctx *c,
    void (*take)(const struct rec *, size_t fact, void *), void *arg)
{
	const struct rec *r = c->r;
	const char *to = tb_rec_attribute(tb_rec_fact(r, c->pair), "grantee");
	const size_t *first = r->left_tree.first, *next = r->left_tree.next;
	size_t object = left_object(c), i, j;

	if (object == TB_FACT_NONE || to == NULL)
		return;
	for (i = first[object]; i != TB_FACT_NONE; i = next[i]) {
		for (j = i; j != TB_FACT_NONE;
		     j = j == i ? first[i] : next[j]) {
			const struct tb_fact *f = &r->left->v[j];

			if (strcmp(f->class->name, ON_COLUMN) == 0 &&
			    is_equal(tb_rec_attribute(f, "grantee"), to))
				take(r, j, arg);
		}
	}
}

/* "SELECT (a) ON TABLE s.t TO x", if it stays as it is. */
static void
add_column_grant(const struct rec *r, size_t i, void *items)
{
	const struct tb_fact *f = &r->left->v[i];
	const char *grantable = tb_rec_attribute(f, "grantable");
	const char *target = tb_rec_attribute(f, "target");
	const char *to = tb_rec_attribute(f, "grantee");

	if (r->pairs[r->left_pair[i]].state != REC_SAME)
		return;
	tb_strs_addf(items, "%s ON %s TO %s", tb_rec_attribute(f, "privileges"),
	    target, to);
	if (grantable != NULL)
		tb_strs_addf(items, "%s ON %s TO %s WITH GRANT OPTION",
		    grantable, target, to);
}

void
tb_rec_column_grants(const struct rec_ctx *c, struct tb_strs *items)
{
	each_on_column(c, add_column_grant, items);
}

static void
look_for_option(const struct rec *r, size_t i, void *found)
{
	if (tb_rec_attribute(&r->left->v[i], "grantable") != NULL)
		*(bool *)found = true;
}

bool
tb_rec_may_have_granted(const struct rec_ctx *c)
{
	const struct tb_fact *left = tb_rec_left(c->r, c->pair);
	bool found = tb_rec_attribute(left, "grantable") != NULL;

	/* REVOKE on a table is one on its columns too. */
	if (!found &&
	    strcmp(tb_rec_fact(c->r, c->pair)->class->name, "privilege") == 0)
		each_on_column(c, look_for_option, &found);
	return found;
}

/* "table s.t" of "table s.t TO x". */
static size_t
object_length(const struct tb_fact *f)
{
	const char *to = tb_rec_attribute(f, "grantee");
	size_t n = strlen(f->identity), len = to != NULL ? strlen(to) : 0;

	return n > len ? n - len : 0;
}

bool
tb_rec_is_taken_along(const struct rec *r, const struct rec_pair *p,
    const struct rec_pair *other)
{
	const struct tb_fact *f = tb_rec_fact(r, p);
	const struct tb_fact *o = tb_rec_left(r, other);
	const char *to = tb_rec_attribute(f, "grantee");
	size_t n = object_length(f);

	if (o == NULL || other->state != REC_SAME ||
	    tb_rec_attribute(o, "privileges") == NULL ||
	    is_equal(tb_rec_attribute(o, "grantee"), to))
		return false;
	if (o->class->order == f->class->order)
		return object_length(o) == n &&
		    strncmp(o->identity, f->identity, n) == 0;
	return strcmp(f->class->name, "privilege") == 0 &&
	    strcmp(o->class->name, ON_COLUMN) == 0 &&
	    is_equal(tb_rec_attribute(o, "target"),
		tb_rec_attribute(f, "target"));
}
