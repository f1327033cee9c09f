/*
 * rule_owner.c: who owns a sequence that belongs to a column.
 *
 * The owner of the table does, and that is no fact.  The server wants the two
 * to be the same before it ties them together, and leaves it when it parts
 * them.
 */
#include "core/tb.h"

#include "catalog/reconcile_state.h"
#include "core/buf.h"

/* The fact that a relation belongs to somebody in particular; NULL: none. */
static const struct tb_fact *
owner_of(const struct tb_facts *facts, const char *class, const char *identity)
{
	struct tb_buf b = TB_BUF_INIT;
	size_t i;

	tb_buf_addf(&b, "%s %s", class, identity);
	i = tb_facts_find(facts, "owner", b.s);
	tb_buf_release(&b);
	return i != TB_FACT_NONE ? &facts->v[i] : NULL;
}

/* "s.t" of the column "s.t.a", if it is not the current user's. */
static bool
add_table(const struct rec *r, const char *column, struct tb_buf *out)
{
	struct tb_buf b = TB_BUF_INIT;
	bool is_others;

	tb_rec_name(column, 0, &b);
	tb_buf_addc(&b, '.');
	tb_rec_name(column, 1, &b);
	is_others = owner_of(r->left, "table", b.s) != NULL ||
	    owner_of(r->right, "table", b.s) != NULL ||
	    owner_of(r->left, "foreign-table", b.s) != NULL ||
	    owner_of(r->right, "foreign-table", b.s) != NULL;
	if (is_others)
		tb_buf_add(out, b.s);
	tb_buf_release(&b);
	return is_others;
}

bool
tb_rec_others_table(const struct rec_ctx *c, struct tb_buf *out)
{
	return *tb_rec_new_of(c) != '\0' &&
	    add_table(c->r, tb_rec_new_of(c), out);
}

bool
tb_rec_stays_others(const struct rec_ctx *c, struct tb_buf *out)
{
	const struct tb_fact *f = tb_rec_right(c->r, c->pair);

	return *tb_rec_new_of(c) == '\0' && f != NULL &&
	    owner_of(c->r->right, f->class->name, f->identity) == NULL &&
	    add_table(c->r, tb_rec_old_of(c), out);
}
