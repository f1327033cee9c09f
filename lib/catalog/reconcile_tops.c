/*
 * reconcile_tops.c: the index of a partitioned table, and what the indexes of
 * its partitions have of their own.
 */
#include "core/tb.h"

#include <string.h>

#include "catalog/order.h"
#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/mem.h"

/* The index on top of "partition OF index"; NULL: it is a key's. */
static struct rec_pair *
top_of(const struct rec *r, const struct rec_pair *p, bool on_left)
{
	const struct tb_fact *f = tb_rec_fact(r, p);
	const struct tb_facts *facts = on_left ? r->left : r->right;
	const char *top = strstr(f->identity, " OF ");
	size_t i =
	    top != NULL ? tb_facts_find(facts, "index", top + 4) : TB_FACT_NONE;

	if (i == TB_FACT_NONE)
		return NULL;
	return &r->pairs[on_left ? r->left_pair[i] : r->right_pair[i]];
}

/* What goes with the index on top, and comes back with it. */
static void
follow_top(struct rec *r, struct rec_pair *p)
{
	const struct rec_pair *top = top_of(r, p, true);

	if (p->left == TB_FACT_NONE || top == NULL || !tb_rec_is_destroyed(top))
		return;
	if (p->right != TB_FACT_NONE)
		p->state = REC_REPLACE;
	p->gone_with = (size_t)(top - r->pairs);
}

/* "name" is a word of any fact's, and so not to be had. */
static void
give_names(const struct rec *r, struct rec_pair *p)
{
	const char *old = tb_rec_attribute(tb_rec_left(r, p), "name");
	const char *new = tb_rec_attribute(tb_rec_right(r, p), "name");

	if (p->state == REC_SAME)
		return;
	tb_rec_give(p, "old_name", tb_strdup_null(old));
	tb_rec_give(p, "new_name", tb_strdup_null(new));
}

/* CREATE INDEX ... ON ONLY, for one that is not valid. */
static void
give_only(const struct rec *r, struct rec_pair *p)
{
	const struct tb_fact *f = tb_rec_right(r, p);
	const struct tb_fact *table =
	    f != NULL ? tb_fact_up(r->right, f) : NULL;
	const char *kind = tb_rec_attribute(table, "kind"), *on;
	const char *valid = tb_rec_attribute(f, "valid");
	struct tb_buf b = TB_BUF_INIT;

	if (f == NULL || strcmp(f->class->name, "index") != 0 || kind == NULL ||
	    valid == NULL || strcmp(kind, "partitioned") != 0 ||
	    strcmp(valid, "false") != 0)
		return;
	tb_buf_addf(&b, " ON %s", table->identity);
	if ((on = strstr(f->definition, b.s)) != NULL) {
		tb_buf_reset(&b);
		tb_buf_addf(&b, "%.*s ON ONLY%s", (int)(on - f->definition),
		    f->definition, on + 3);
		tb_rec_give(p, "only", tb_strdup(b.s));
	}
	tb_buf_release(&b);
}

void
tb_rec_partition_index(struct rec *r, struct rec_pair *p)
{
	if (strcmp(tb_rec_fact(r, p)->class->name, "partition-index") == 0) {
		follow_top(r, p);
		give_names(r, p);
	}
	if (tb_rec_is_made(p))
		give_only(r, p);
}

/* An index on top comes before what its partitions' have of their own. */
void
tb_rec_order_tops(const struct rec *r, struct tb_order *o)
{
	for (size_t i = 0; i < r->npairs; i++) {
		const struct rec_pair *p = &r->pairs[i], *top;

		if (p->make == TB_FACT_NONE ||
		    strcmp(tb_rec_fact(r, p)->class->name, "partition-index") !=
			0)
			continue;
		top = top_of(r, p, false);
		if (top != NULL && top->make != TB_FACT_NONE)
			tb_order_add(o, top->make, p->make, false);
	}
}
