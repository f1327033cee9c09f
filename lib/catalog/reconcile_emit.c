/*
 * reconcile_emit.c: the statements, in order, cut into transactions.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"

struct emitter {
	struct rec *r;
	const struct rec_node *node;
	size_t transaction; /* the last number that was given */
	bool open;          /* statements may join it */
};

static char *
filled(const struct rec_ctx *c, const char *template)
{
	struct tb_buf b = TB_BUF_INIT;

	tb_rec_fill(c, template, &b);
	return tb_buf_detach(&b);
}

static void
copy(struct tb_strs *to, const struct tb_strs *from)
{
	for (size_t i = 0; i < from->n; i++)
		tb_strs_add(to, from->v[i]);
}

static void
number(struct emitter *e, struct tb_action *a, const struct tb_rule_step *step)
{
	if (step->no_transaction || step->commit_before)
		e->open = false;
	a->in_transaction = !step->no_transaction;
	if (!a->in_transaction)
		return;
	if (!e->open)
		e->transaction++;
	e->open = !step->commit_after;
	a->transaction = e->transaction;
}

/* The class, or that of the object that it is a part of. */
static bool
is_outside(const struct rec *r, const struct rec_pair *p)
{
	const struct rec_pair *up = p;

	for (; up != NULL; up = tb_rec_up(r, up, up->right == TB_FACT_NONE))
		if (tb_rec_class(r, up) != NULL &&
		    tb_rec_class(r, up)->is_outside)
			return true;
	return false;
}

static void
emit(struct emitter *e, const struct rec_ctx *c, const struct rec_use *use,
    const struct tb_rule_step *step)
{
	struct tb_reconcile *out = e->r->out;
	const struct tb_fact *f = c->on_left ? tb_rec_left(e->r, c->pair) :
					       tb_rec_fact(e->r, c->pair);
	struct tb_action *a;

	out->v = tb_grow(out->v, out->n, &out->cap, sizeof(*out->v));
	a = &out->v[out->n++];
	*a = (struct tb_action){
		.verb = e->node->verb,
		.class = f->class->name,
		.identity = f->identity,
		.attributes = tb_strdup_null(use->change.attribute),
		.sql = filled(c, step->sql),
		.lock = step->lock != NULL ? filled(c, step->lock) : NULL,
		.outside = is_outside(e->r, c->pair),
	};
	copy(&a->hazards, &step->hazards);
	copy(&a->settings, &step->settings);
	number(e, a, step);
}

static void
emit_if(struct emitter *e, const struct rec_ctx *c, const struct rec_use *use,
    const struct tb_rule_step *step)
{
	if (tb_rec_test_all(c, &step->conditions))
		emit(e, c, use, step);
}

/* Facts of a class that depend on this one, stay, and are to be carried. */
static void
emit_each_fact(struct emitter *e, struct rec_ctx *c, const struct rec_use *use,
    const struct tb_rule_step *step)
{
	const struct rec *r = e->r;
	size_t last = TB_FACT_NONE;

	for (size_t i = r->needed_by.first[c->pair->left];
	     i < r->needed_by.first[c->pair->left + 1]; i++) {
		size_t from = r->left->edges[r->needed_by.v[i]].from;
		const struct rec_pair *p = &r->pairs[r->left_pair[from]];
		const char *origin;

		if (from == last || tb_rec_is_destroyed(p) ||
		    strcmp(r->left->v[from].class->name, step->each) != 0)
			continue;
		last = from;
		c->it = &r->left->v[from];
		/* The statement on the parent does it there too. */
		origin = tb_rec_attribute(c->it, "origin");
		if (origin != NULL && strcmp(origin, "local") != 0)
			continue;
		emit_if(e, c, use, step);
	}
}

/* What was a table's own and is taken over by this one. */
static void
emit_each_taken(struct emitter *e, struct rec_ctx *c, const struct rec_use *use,
    const struct tb_rule_step *step)
{
	const struct rec *r = e->r;

	for (size_t i = 0; i < r->npairs; i++) {
		if (r->pairs[i].taken_by != (size_t)(c->pair - r->pairs) ||
		    !tb_rec_is_taken_directly(r, &r->pairs[i]))
			continue;
		c->it = tb_rec_left(r, &r->pairs[i]);
		emit_if(e, c, use, step);
	}
}

/* What others have on the same object, if a REVOKE may take it along. */
static void
emit_each_along(struct emitter *e, struct rec_ctx *c, const struct rec_use *use,
    const struct tb_rule_step *step)
{
	const struct rec *r = e->r;

	if (!tb_rec_may_have_granted(c))
		return;
	for (size_t i = 0; i < r->npairs; i++) {
		if (!tb_rec_is_taken_along(r, c->pair, &r->pairs[i]))
			continue;
		c->it = tb_rec_left(r, &r->pairs[i]);
		emit_if(e, c, use, step);
	}
}

static void
emit_step(struct emitter *e, const struct rec_use *use,
    const struct tb_rule_step *step)
{
	const struct rec_pair *p = &e->r->pairs[e->node->pair];
	struct rec_ctx c = tb_rec_ctx(e->r, p, use->rule,
	    use->change.attribute != NULL ? &use->change : NULL);
	struct tb_strs items = TB_STRS_INIT;

	if (step->each == NULL) {
		emit_if(e, &c, use, step);
	} else if (strcmp(step->each, "taken") == 0) {
		emit_each_taken(e, &c, use, step);
	} else if (strcmp(step->each, "along") == 0) {
		emit_each_along(e, &c, use, step);
	} else if (tb_rec_list(&c, step->each, &items)) {
		for (size_t i = 0; i < items.n; i++) {
			c.item = items.v[i];
			emit_if(e, &c, use, step);
		}
	} else if (p->left != TB_FACT_NONE) {
		emit_each_fact(e, &c, use, step);
	}
	tb_strs_release(&items);
}

static void
emit_taken(const struct rec_ctx *c, const struct tb_rule *rule, void *arg)
{
	const struct rec_use use = { .rule = rule };

	for (size_t i = 0; i < rule->nsteps; i++)
		emit_if(arg, c, &use, &rule->steps[i]);
}

void
tb_rec_emit(struct rec *r, const size_t *order)
{
	struct emitter e = { .r = r };
	struct rec_grants grants;

	tb_rec_grants_find(r, &grants);
	for (size_t i = 0; i < r->nnodes; i++) {
		e.node = &r->nodes[order[i]];
		for (size_t u = 0; u < e.node->n; u++) {
			const struct rec_use *use = &e.node->uses[u];

			for (size_t s = use->from; s < use->to; s++)
				emit_step(&e, use, &use->rule->steps[s]);
		}
		tb_rec_grants_take(r, &grants, order[i], emit_taken, &e);
	}
	tb_rec_grants_release(&grants);
}

/* The schema of an identity, and whether both are in one. */
static bool
same_schema(const char *from, const char *to)
{
	struct tb_buf a = TB_BUF_INIT, b = TB_BUF_INIT;
	bool same;

	tb_rec_name(from, 0, &a);
	tb_rec_name(to, 0, &b);
	same = strcmp(a.s, b.s) == 0;
	tb_buf_release(&a);
	tb_buf_release(&b);
	return same;
}

static char *
name_in(const char *identity, int i)
{
	struct tb_buf b = TB_BUF_INIT;

	tb_rec_name(identity, i, &b);
	return tb_buf_detach(&b);
}

/* All of the identity but its last name. */
static char *
parent_of(const char *identity)
{
	char *name = name_in(identity, -1);
	size_t n = strlen(identity) - strlen(name);
	char *parent = tb_strndup(identity, n > 0 ? n - 1 : 0);

	free(name);
	return parent;
}

static const struct tb_rule *
rename_rule(const struct tb_rules *rules, const char *class, struct tb_err *err)
{
	const struct tb_rule_class *c = tb_rules_find(rules, class);

	for (size_t i = 0; c != NULL && i < c->n; i++)
		if (tb_rule_is(&c->v[i], TB_VERB_RENAME, NULL))
			return &c->v[i];
	(void)tb_err_set(err, TB_EXIT_USAGE,
	    c != NULL ? "what is of class \"%s\" cannot be renamed" :
			"there is no class \"%s\" that has rules",
	    class);
	return NULL;
}

int
tb_reconcile_rename(const char *class, const char *from, const char *to,
    struct tb_reconcile *out, struct tb_err *err)
{
	struct tb_rules rules = TB_RULES_INIT;
	const struct tb_rule *rule;
	char *name = name_in(from, -1), *parent = parent_of(from),
	     *schema = name_in(from, 0), *new_name = name_in(to, -1),
	     *new_schema = name_in(to, 0);
	const char *const given[] = { "identity", from, "name", name, "parent",
		parent, "schema", schema, "class", class, "new-name", new_name,
		"new-schema", same_schema(from, to) ? NULL : new_schema,
		"changed-name", strcmp(name, new_name) == 0 ? NULL : new_name,
		NULL };

	tb_rules_load(&rules, tb_catalog_rules);
	rule = rename_rule(&rules, class, err);
	for (size_t i = 0; rule != NULL && i < rule->nsteps; i++) {
		const struct tb_rule_step *step = &rule->steps[i];
		struct rec_ctx c = {
			.given = given,
			.what = rule->file,
			.line = rule->line,
		};

		if (!tb_rec_test_all(&c, &step->conditions))
			continue;
		out->v = tb_grow(out->v, out->n, &out->cap, sizeof(*out->v));
		out->v[out->n++] = (struct tb_action){
			.verb = "rename",
			.class = class,
			.identity = from,
			.sql = filled(&c, step->sql),
			.lock =
			    step->lock != NULL ? filled(&c, step->lock) : NULL,
			.in_transaction = true,
			.transaction = 1,
		};
	}
	free(name);
	free(parent);
	free(schema);
	free(new_name);
	free(new_schema);
	tb_rules_release(&rules);
	return rule != NULL ? 0 : -1;
}
