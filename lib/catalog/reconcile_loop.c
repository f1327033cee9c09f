/*
 * reconcile_loop.c: loops of what depends on what.
 *
 * A part that is made or dropped together with its whole may be made or
 * dropped by itself.  What can be hollow (a view: its columns, and no query)
 * is made so and filled later, and is made so before it is dropped; the rules
 * call that "change filled" and "change hollow".  Then wishes are given up.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/order.h"
#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/mem.h"

static bool
is_in(const size_t *v, size_t n, size_t node)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == node)
			return true;
	return false;
}

/* Parts that depend on what is in a loop with their whole. */
static bool
part(struct rec *r, const struct tb_facts *facts, const size_t *pair_of,
    bool on_left, const size_t *loop, size_t nloop)
{
	bool any = false;

	for (size_t i = 0; i < facts->nedges; i++) {
		struct rec_pair *f = &r->pairs[pair_of[facts->edges[i].from]];
		const struct rec_pair *t =
		    &r->pairs[pair_of[facts->edges[i].to]];
		size_t here = on_left ? f->drop : f->make;
		size_t there = on_left ? t->drop : t->make;
		bool *alone = on_left ? &f->undropped : &f->unfolded;

		if (here == TB_FACT_NONE || here == there || *alone ||
		    (!on_left && f->folded == TB_FACT_NONE) ||
		    (on_left && r->nodes[here].pair == (size_t)(f - r->pairs)))
			continue;
		if (is_in(loop, nloop, here) && is_in(loop, nloop, there))
			*alone = any = true;
	}
	return any;
}

bool
tb_rec_unfold(struct rec *r, const size_t *loop, size_t nloop)
{
	return part(r, r->right, r->right_pair, false, loop, nloop) ||
	    part(r, r->left, r->left_pair, true, loop, nloop);
}

/* Where "a integer, b numeric(1,2)" has the end of its first item. */
static size_t
item_length(const char *s)
{
	size_t i = 0;
	int depth = 0;
	bool quoted = false;

	for (; s[i] != '\0' && (quoted || depth > 0 || s[i] != ','); i++) {
		if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && (s[i] == '(' || s[i] == ')'))
			depth += s[i] == '(' ? 1 : -1;
	}
	return i;
}

/* The columns "a integer, b text" as NULL::integer AS a, NULL::text AS b. */
static char *
nulls(const char *columns)
{
	struct tb_buf out = TB_BUF_INIT;

	while (columns != NULL && *columns != '\0') {
		struct tb_buf name = TB_BUF_INIT;
		size_t n = item_length(columns);

		tb_rec_name(columns, 0, &name);
		tb_buf_addf(&out, "%s\n    NULL::%.*s AS %s",
		    out.len > 0 ? "," : "", (int)(n - name.len - 1),
		    columns + name.len + 1, name.s);
		tb_buf_release(&name);
		columns += n + (columns[n] == ',');
		columns += strspn(columns, " ");
	}
	return tb_buf_detach(&out);
}

static void
make_hollow(struct rec *r, struct rec_pair *p)
{
	const char *left = tb_rec_attribute(tb_rec_left(r, p), "columns");
	const char *right = tb_rec_attribute(tb_rec_right(r, p), "columns");

	p->hollow = true;
	tb_rec_give(p, "hollow", tb_strdup("true"));
	tb_rec_give(p, "left_nulls", nulls(left));
	tb_rec_give(p, "right_nulls", nulls(right));
}

bool
tb_rec_hollow(struct rec *r, const size_t *loop, size_t nloop)
{
	const struct rec_change filled = { "filled", NULL, "true" };

	for (size_t i = 0; i < nloop; i++) {
		struct rec_pair *p = &r->pairs[r->nodes[loop[i]].pair];

		if (p->hollow ||
		    tb_rec_section(r, p, TB_VERB_CHANGE, &filled) == NULL)
			continue;
		make_hollow(r, p);
		return true;
	}
	return false;
}

/* What is hollow still needs its columns' types, and an extension. */
bool
tb_rec_hollow_needs(const struct tb_fact *hollow, const struct tb_fact *other)
{
	const char *columns = tb_rec_attribute(hollow, "columns");

	return other->parent == NULL ||
	    (columns != NULL && strstr(columns, other->identity) != NULL);
}

bool
tb_rec_cut_weak(struct tb_order *o, const size_t *loop, size_t nloop)
{
	size_t kept = 0;
	bool any = false;

	for (size_t i = 0; i < o->n; i++) {
		if (o->v[i].weak && is_in(loop, nloop, o->v[i].before) &&
		    is_in(loop, nloop, o->v[i].after))
			any = true;
		else
			o->v[kept++] = o->v[i];
	}
	o->n = kept;
	return any;
}

void
tb_rec_cut(struct tb_order *o, const size_t *loop, size_t nloop)
{
	for (size_t i = 0; i < o->n; i++)
		if (is_in(loop, nloop, o->v[i].before) &&
		    is_in(loop, nloop, o->v[i].after)) {
			o->v[i] = o->v[--o->n];
			return;
		}
}
