/*
 * reconcile_grant.c: what the plan makes while default privileges are in
 * effect has them, be they wanted or not.
 *
 * At each object that is made the plan knows which of them are in effect: some
 * that go are still there, some that come are there already.  Where they give
 * more than the object has on the right, or other things, the section "change
 * made_with" of the class privilege takes that back, so that the privileges on
 * the object start from what its rules expect.  The words of that section are
 * about the object; "kind" and "grantee" are those of the default privilege.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/mem.h"
#include "core/strs.h"

#define CREATOR "FOR ROLE CURRENT_USER"

/* What one default privilege gives, and what there is without it. */
struct given {
	const char *privileges, *grantable, *initial; /* NULL: nothing */
};

void
tb_rec_grants_find(const struct rec *r, struct rec_grants *g)
{
	*g = (struct rec_grants){ NULL, 0, NULL };
	g->pairs = tb_calloc(r->npairs + 1, sizeof(*g->pairs));
	g->done = tb_calloc(r->nnodes + 1, sizeof(*g->done));
	for (size_t i = 0; i < r->npairs; i++) {
		const struct tb_fact *f = tb_rec_fact(r, &r->pairs[i]);
		const char *scope;

		if (strcmp(f->class->name, "default-privilege") != 0)
			continue;
		scope = tb_rec_attribute(f, "scope");
		if (scope != NULL &&
		    strncmp(scope, CREATOR, strlen(CREATOR)) == 0)
			g->pairs[g->n++] = i;
	}
}

void
tb_rec_grants_release(struct rec_grants *g)
{
	free(g->pairs);
	free(g->done);
}

static bool
is_done(const struct rec_grants *g, size_t node)
{
	return node != TB_FACT_NONE && g->done[node];
}

/* The default privilege as it is at this point of the plan; NULL: none. */
static const struct tb_fact *
in_effect(const struct rec *r, const struct rec_grants *g,
    const struct rec_pair *p)
{
	if (p->state == REC_SAME)
		return tb_rec_left(r, p);
	if (is_done(g, p->make))
		return tb_rec_right(r, p);
	return is_done(g, p->drop) ? NULL : tb_rec_left(r, p);
}

/* Of this kind, for this grantee: everywhere, or in the schema. */
static const struct rec_pair *
find_default(const struct rec *r, const struct rec_grants *g, const char *scope,
    const char *kind, const char *grantee)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct rec_pair *p = &r->pairs[g->pairs[i]];
		const struct tb_fact *f = tb_rec_fact(r, p);

		if (strcmp(tb_rec_attribute(f, "scope"), scope) == 0 &&
		    strcmp(tb_rec_attribute(f, "target"), kind) == 0 &&
		    strcmp(tb_rec_attribute(f, "grantee"), grantee) == 0)
			return p;
	}
	return NULL;
}

static struct given
give(const struct rec *r, const struct rec_grants *g, const struct rec_pair *p)
{
	struct given given = { NULL, NULL, NULL };
	const struct tb_fact *f;

	if (p == NULL)
		return given;
	given.initial = tb_rec_attribute(tb_rec_fact(r, p), "initial");
	if ((f = in_effect(r, g, p)) == NULL) {
		given.privileges = given.initial;
	} else {
		given.privileges = tb_rec_attribute(f, "privileges");
		given.grantable = tb_rec_attribute(f, "grantable");
	}
	return given;
}

/* Are all of these privileges among the others? */
static bool
is_among(const char *list, const char *others)
{
	struct tb_strs a = TB_STRS_INIT, b = TB_STRS_INIT;
	bool all = true;

	if (list == NULL || (others != NULL && strcmp(others, "ALL") == 0))
		return true;
	if (others == NULL)
		return false;
	tb_strs_split(&a, list, ", ");
	tb_strs_split(&b, others, ", ");
	for (size_t i = 0; i < a.n && all; i++)
		all = tb_strs_has(&b, a.v[i]);
	tb_strs_release(&a);
	tb_strs_release(&b);
	return all;
}

/* Does the object get what it shall not have, and would not lose anyway? */
static bool
is_too_much(const struct tb_fact *wanted, const struct given *all,
    const struct given *schema)
{
	const char *privileges, *grantable;

	if (wanted == NULL) {
		if (!is_among(all->initial, all->privileges))
			return true;
		privileges = all->initial;
		grantable = NULL;
	} else {
		/* It begins with REVOKE ALL then. */
		if (tb_rec_attribute(wanted, "initial") != NULL)
			return false;
		privileges = tb_rec_attribute(wanted, "privileges");
		grantable = tb_rec_attribute(wanted, "grantable");
	}
	return !is_among(all->privileges, privileges) ||
	    !is_among(all->grantable, grantable) ||
	    !is_among(schema->privileges, privileges) ||
	    !is_among(schema->grantable, grantable);
}

/* An identity column makes a sequence; any other fact is its own object. */
static const char *
made_sequence(const struct tb_fact *f)
{
	return tb_rec_attribute(f, "identity_sequence");
}

static bool
is_wanted(const struct rec *r, const struct rec_grants *g,
    const struct tb_fact *f, const struct rec_pair *p)
{
	const char *sequence = made_sequence(f);
	const char *identity = sequence != NULL ? sequence : f->identity;
	const struct tb_fact *d = tb_rec_fact(r, p);
	const char *kind = tb_rec_attribute(d, "target");
	const char *grantee = tb_rec_attribute(d, "grantee");
	struct tb_buf b = TB_BUF_INIT;
	const struct rec_pair *all, *schema;
	struct given from_all, from_schema;
	size_t fact;
	bool is_first;

	tb_buf_add(&b, CREATOR " IN SCHEMA ");
	tb_rec_name(identity, 0, &b);
	all = find_default(r, g, CREATOR, kind, grantee);
	schema = find_default(r, g, b.s, kind, grantee);
	/* Both are one case. */
	is_first = all == p || (all == NULL && schema == p);
	from_all = give(r, g, all);
	from_schema = give(r, g, schema);
	tb_buf_reset(&b);
	tb_buf_addf(&b, "%s %s TO %s",
	    sequence != NULL ? "sequence" : f->class->name, identity, grantee);
	fact = tb_facts_find(r->right, "privilege", b.s);
	tb_buf_release(&b);
	return is_first &&
	    is_too_much(fact != TB_FACT_NONE ? &r->right->v[fact] : NULL,
		&from_all, &from_schema);
}

/* Is this the node after which the object is whole? */
static bool
makes(const struct rec *r, const struct rec_pair *p, size_t node)
{
	const struct tb_rule_class *class = tb_rec_class(r, p);
	const struct tb_fact *left = tb_rec_left(r, p);

	if (r->nodes[node].drop || p->right == TB_FACT_NONE)
		return false;
	if (!tb_rec_is_made(p) &&
	    (node != p->make || made_sequence(tb_rec_right(r, p)) == NULL ||
		made_sequence(left) != NULL))
		return false;
	if (class != NULL && class->is_shell)
		return r->nodes[node].apart;
	return p->folded != TB_FACT_NONE ? r->nodes[node].apart :
					   node == p->make;
}

static const struct tb_rule *
section(const struct rec *r, const struct rec_pair *p, const char *const *words,
    struct rec_ctx *c)
{
	const struct tb_rule_class *class =
	    tb_rules_find(&r->rules, "privilege");

	for (size_t i = 0; class != NULL && i < class->n; i++) {
		const struct tb_rule *rule = &class->v[i];

		if (!tb_rule_is(rule, TB_VERB_CHANGE, "made_with"))
			continue;
		*c = tb_rec_ctx(r, p, rule, NULL);
		c->given = words;
		if (tb_rec_test_all(c, &rule->conditions))
			return rule;
	}
	return NULL;
}

void
tb_rec_grants_take(const struct rec *r, struct rec_grants *g, size_t node,
    void (*take)(const struct rec_ctx *, const struct tb_rule *, void *),
    void *arg)
{
	const struct rec_pair *p = &r->pairs[r->nodes[node].pair];
	const struct tb_fact *f = tb_rec_right(r, p);

	g->done[node] = true;
	if (g->n == 0 || !makes(r, p, node))
		return;
	for (size_t i = 0; i < g->n; i++) {
		const struct rec_pair *d = &r->pairs[g->pairs[i]];
		const char *const words[] = { "kind",
			tb_rec_attribute(tb_rec_fact(r, d), "target"),
			"grantee",
			tb_rec_attribute(tb_rec_fact(r, d), "grantee"), NULL };
		const struct tb_rule *rule;
		struct rec_ctx c;

		if ((rule = section(r, p, words, &c)) != NULL &&
		    is_wanted(r, g, f, d))
			take(&c, rule, arg);
	}
}
