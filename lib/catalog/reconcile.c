/*
 * reconcile.c: from two lists of facts to a list of statements.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/diff.h"
#include "catalog/order.h"
#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"

const struct tb_fact *
tb_rec_left(const struct rec *r, const struct rec_pair *p)
{
	return p->left != TB_FACT_NONE ? &r->left->v[p->left] : NULL;
}

const struct tb_fact *
tb_rec_right(const struct rec *r, const struct rec_pair *p)
{
	return p->right != TB_FACT_NONE ? &r->right->v[p->right] : NULL;
}

const struct tb_fact *
tb_rec_fact(const struct rec *r, const struct rec_pair *p)
{
	const struct tb_fact *f = tb_rec_right(r, p);

	return f != NULL ? f : tb_rec_left(r, p);
}

const struct tb_rule_class *
tb_rec_class(const struct rec *r, const struct rec_pair *p)
{
	return tb_rules_find(&r->rules, tb_rec_fact(r, p)->class->name);
}

struct rec_pair *
tb_rec_up(const struct rec *r, const struct rec_pair *p, bool on_left)
{
	const struct tb_fact *f =
	    on_left ? tb_rec_left(r, p) : tb_rec_right(r, p);

	if (f == NULL || f->up == TB_FACT_NONE)
		return NULL;
	return &r->pairs[on_left ? r->left_pair[f->up] : r->right_pair[f->up]];
}

bool
tb_rec_is_destroyed(const struct rec_pair *p)
{
	return p->state == REC_DROP || p->state == REC_REPLACE ||
	    (p->state == REC_CHANGE && p->remade);
}

bool
tb_rec_is_made(const struct rec_pair *p)
{
	return p->state == REC_CREATE || p->state == REC_REPLACE ||
	    (p->state == REC_CHANGE && p->remade);
}

const char *
tb_rec_attribute(const struct tb_fact *f, const char *name)
{
	for (size_t i = 0; f != NULL && i < tb_fact_attributes(f); i++)
		if (strcmp(tb_fact_attribute(f, i), name) == 0)
			return tb_fact_value(f, i);
	return NULL;
}

void
tb_rec_unresolved(struct rec *r, const struct rec_pair *p, const char *verb,
    const char *attribute)
{
	const struct tb_fact *f = tb_rec_fact(r, p);
	struct tb_reconcile *out = r->out;

	for (size_t i = 0; i < out->nunresolved; i++)
		if (out->unresolved[i].identity == f->identity &&
		    strcmp(out->unresolved[i].verb, verb) == 0 &&
		    out->unresolved[i].attribute == attribute)
			return;
	out->unresolved = tb_grow(out->unresolved, out->nunresolved,
	    &out->cap_unresolved, sizeof(*out->unresolved));
	out->unresolved[out->nunresolved++] = (struct tb_unresolved){
		.class = f->class->name,
		.identity = f->identity,
		.attribute = attribute,
		.verb = verb,
	};
}

static int
compare(const struct tb_fact *a, const struct tb_fact *b)
{
	int cmp = strcmp(a->class->name, b->class->name);

	return cmp != 0 ? cmp : strcmp(a->identity, b->identity);
}

/* Both lists are sorted: one walk finds what stands for one thing. */
static void
pair_up(struct rec *r)
{
	size_t i = 0, j = 0;

	r->pairs = tb_calloc(r->left->n + r->right->n + 1, sizeof(*r->pairs));
	r->left_pair = tb_calloc(r->left->n + 1, sizeof(*r->left_pair));
	r->right_pair = tb_calloc(r->right->n + 1, sizeof(*r->right_pair));
	while (i < r->left->n || j < r->right->n) {
		struct rec_pair *p = &r->pairs[r->npairs];
		int cmp = i == r->left->n ? 1 :
		    j == r->right->n      ? -1 :
				       compare(&r->left->v[i], &r->right->v[j]);

		*p = (struct rec_pair){
			.left = TB_FACT_NONE,
			.right = TB_FACT_NONE,
			.drop = TB_FACT_NONE,
			.make = TB_FACT_NONE,
			.folded = TB_FACT_NONE,
			.release = TB_FACT_NONE,
			.made_by = TB_FACT_NONE,
			.taken_by = TB_FACT_NONE,
			.gone_with = TB_FACT_NONE,
			.gone_before = TB_FACT_NONE,
		};
		if (cmp <= 0) {
			r->left_pair[i] = r->npairs;
			p->left = i++;
		}
		if (cmp >= 0) {
			r->right_pair[j] = r->npairs;
			p->right = j++;
		}
		p->state = cmp < 0 ? REC_DROP : cmp > 0 ? REC_CREATE : REC_SAME;
		r->npairs++;
	}
}

static void
add_changes(struct rec *r)
{
	struct tb_diff diff = TB_DIFF_INIT;

	tb_diff(&diff, r->left, r->right, false);
	if (r->opts->filter != NULL)
		r->opts->filter(&diff, r->opts->arg);
	for (size_t i = 0; i < diff.n; i++) {
		const struct tb_difference *d = &diff.v[i];
		struct rec_pair *p;

		if (d->kind != TB_DIFF_CHANGED)
			continue;
		p = &r->pairs[r->left_pair[d->left - r->left->v]];
		p->state = REC_CHANGE;
		p->changes =
		    tb_grow(p->changes, p->n, &p->cap, sizeof(*p->changes));
		p->changes[p->n++] = (struct rec_change){
			d->attribute,
			d->left_value,
			d->right_value,
		};
	}
	tb_diff_release(&diff);
}

static int
by_order(const struct rec *r, const struct rec_node *a,
    const struct rec_node *b)
{
	const struct tb_fact *x = tb_rec_fact(r, &r->pairs[a->pair]);
	const struct tb_fact *y = tb_rec_fact(r, &r->pairs[b->pair]);
	int cmp;

	if (x->class->order != y->class->order)
		return x->class->order < y->class->order ? -1 : 1;
	cmp = strcmp(x->class->name, y->class->name);
	return cmp != 0 ? cmp : strcmp(x->identity, y->identity);
}

/* What goes, from the last class to the first; then what comes. */
static int
by_phase(size_t i, size_t j, const void *arg)
{
	const struct rec *r = arg;
	const struct rec_node *a = &r->nodes[i], *b = &r->nodes[j];
	int cmp;

	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	cmp = by_order(r, a, b);
	if (cmp == 0)
		return i < j ? -1 : i > j;
	return a->drop && b->drop ? -cmp : cmp;
}

static void
forget_nodes(struct rec *r)
{
	for (size_t i = 0; i < r->nnodes; i++)
		free(r->nodes[i].uses);
	r->nnodes = 0;
	for (size_t i = 0; i < r->npairs; i++)
		r->pairs[i].drop = r->pairs[i].make = r->pairs[i].folded =
		    r->pairs[i].release = TB_FACT_NONE;
}

static void
tell_loop(const struct rec *r, const size_t *loop, size_t nloop)
{
	for (size_t i = 0; i < nloop; i++) {
		const struct rec_node *n = &r->nodes[loop[i]];
		const struct tb_fact *f = tb_rec_fact(r, &r->pairs[n->pair]);

		tb_debug("loop: %s %s %s waits for the next", n->verb,
		    f->class->name, f->identity);
	}
}

/* Can the plan be made another one that has no such loop? */
static bool
is_open(struct rec *r, struct tb_order *o, const size_t *loop, size_t nloop)
{
	if (tb_rec_unfold(r, loop, nloop))
		return true;
	if (tb_rec_cut_weak(o, loop, nloop))
		return false;
	if (tb_rec_hollow(r, loop, nloop))
		return true;
	tell_loop(r, loop, nloop);
	tb_rec_cut(o, loop, nloop);
	r->out->loops++;
	return false;
}

/* The order is in out[], which the caller frees. */
static size_t *
sort(struct rec *r)
{
	size_t *out = NULL, *loop = NULL, nloop;
	struct tb_order o;

	for (;;) {
		forget_nodes(r);
		tb_rec_nodes(r);
		tb_order_init(&o, r->nnodes);
		tb_rec_graph(r, &o);
		free(out);
		free(loop);
		out = tb_calloc(r->nnodes + 1, sizeof(*out));
		loop = tb_calloc(r->nnodes + 1, sizeof(*loop));
		while (tb_order_sort(&o, out, by_phase, r, loop, &nloop) <
			r->nnodes &&
		    !is_open(r, &o, loop, nloop))
			;
		tb_order_release(&o);
		if (nloop == 0)
			break;
	}
	free(loop);
	return out;
}

static void
forget_words(struct rec_pair *p)
{
	for (size_t i = 0; p->words != NULL && i < p->words->n; i++)
		free(p->words->owned[i]);
	free(p->words);
}

static void
release(struct rec *r)
{
	forget_nodes(r);
	for (size_t i = 0; i < r->npairs; i++) {
		free(r->pairs[i].changes);
		forget_words(&r->pairs[i]);
	}
	free(r->pairs);
	free(r->left_pair);
	free(r->right_pair);
	free(r->queue);
	free(r->holds);
	free(r->nodes);
	tb_tree_release(&r->left_tree);
	tb_tree_release(&r->right_tree);
	tb_edges_release(&r->needed_by);
	tb_rules_release(&r->rules);
}

void
tb_reconcile(const struct tb_facts *left, const struct tb_facts *right,
    const struct tb_reconcile_opts *opts, struct tb_reconcile *out)
{
	struct rec r = {
		.left = left,
		.right = right,
		.opts = opts,
		.rules = TB_RULES_INIT,
		.out = out,
	};
	size_t *order;

	tb_rules_load(&r.rules, tb_catalog_rules);
	tb_tree_make(&r.left_tree, left);
	tb_tree_make(&r.right_tree, right);
	tb_edges_by_target(&r.needed_by, left);
	pair_up(&r);
	add_changes(&r);
	tb_rec_plan(&r);
	order = sort(&r);
	tb_rec_emit(&r, order);
	free(order);
	release(&r);
}

void
tb_reconcile_outside(struct tb_strs *classes)
{
	struct tb_rules rules = TB_RULES_INIT;

	tb_rules_load(&rules, tb_catalog_rules);
	for (size_t i = 0; i < rules.n; i++)
		if (rules.v[i].is_outside)
			tb_strs_add(classes, rules.v[i].name);
	tb_rules_release(&rules);
}

void
tb_reconcile_hazards(struct tb_strs *words)
{
	struct tb_rules rules = TB_RULES_INIT;

	tb_rules_load(&rules, tb_catalog_rules);
	tb_rules_hazards(&rules, words);
	tb_rules_release(&rules);
}

void
tb_reconcile_release(struct tb_reconcile *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		struct tb_action *a = &plan->v[i];

		free(a->attributes);
		free(a->sql);
		free(a->lock);
		tb_strs_release(&a->hazards);
		tb_strs_release(&a->settings);
	}
	free(plan->v);
	free(plan->unresolved);
	*plan = (struct tb_reconcile)TB_RECONCILE_INIT;
}
