/*
 * reconcile_node.c: statements that belong together, as nodes of the graph.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/mem.h"

/* Does this template take parts of this class in? */
static bool
takes(const struct tb_rule *rule, const char *class)
{
	size_t n = strlen(class);

	for (size_t i = 0; i < rule->nsteps; i++)
		for (const char *s = strstr(rule->steps[i].sql, "{parts ");
		     s != NULL; s = strstr(s + 1, "{parts "))
			if (strncmp(s + 7, class, n) == 0 &&
			    (s[7 + n] == '}' || s[7 + n] == '?'))
				return true;
	return false;
}

/*
 * The section whose SQL makes the pair: its own, or the words in that of what
 * it is part of.  NULL: it has none.
 */
static const struct tb_rule *
making(const struct rec *r, const struct rec_pair *p, bool *folded)
{
	const struct rec_pair *up = tb_rec_up(r, p, false);
	const struct tb_rule *whole, *part;
	bool ignored;

	*folded = false;
	if (up != NULL && !p->unfolded &&
	    (up->state == REC_CREATE || up->state == REC_REPLACE) &&
	    (part = tb_rec_section(r, p, TB_VERB_PART, NULL)) != NULL &&
	    (whole = making(r, up, &ignored)) != NULL &&
	    takes(whole, tb_rec_right(r, p)->class->name)) {
		*folded = true;
		return part;
	}
	return tb_rec_section(r, p, TB_VERB_CREATE, NULL);
}

static size_t
add_node(struct rec *r, const struct rec_pair *p, const char *verb,
    enum rec_phase phase)
{
	r->nodes =
	    tb_grow(r->nodes, r->nnodes, &r->cap_nodes, sizeof(*r->nodes));
	r->nodes[r->nnodes] = (struct rec_node){
		.pair = (size_t)(p - r->pairs),
		.verb = verb,
		.phase = phase,
		.drop = phase == REC_GO,
	};
	return r->nnodes++;
}

static void
put_use(struct rec *r, size_t node, const struct tb_rule *rule,
    const struct rec_change *change, size_t from, size_t to)
{
	struct rec_node *n = &r->nodes[node];

	n->uses = tb_grow(n->uses, n->n, &n->cap, sizeof(*n->uses));
	n->uses[n->n++] = (struct rec_use){
		rule,
		change != NULL ? *change : (struct rec_change){ 0 },
		from,
		to,
	};
	for (size_t i = from; i < to; i++)
		if (rule->steps[i].no_transaction && n->phase < REC_OUTSIDE)
			n->phase = REC_OUTSIDE;
}

/*
 * Put the statements of a section into the node, and what is ordered by itself
 * into nodes of its own.
 */
static void
use(struct rec *r, struct rec_pair *p, size_t node, const struct tb_rule *rule,
    const struct rec_change *change)
{
	const char *verb = r->nodes[node].verb;
	size_t now = 0, own;

	while (now < rule->nsteps && !rule->steps[now].later)
		now++;
	if (now > 0 && (rule->apart || rule->steps[0].early)) {
		own = add_node(r, p, verb, rule->apart ? REC_COME : REC_EARLY);
		r->nodes[own].apart = rule->apart;
		put_use(r, own, rule, change, 0, now);
	} else if (now > 0) {
		put_use(r, node, rule, change, 0, now);
	}
	if (now < rule->nsteps) {
		own = add_node(r, p, verb, REC_LATER);
		r->nodes[own].apart = true;
		put_use(r, own, rule, change, now, rule->nsteps);
	}
}

static bool
is_initial(const char *initial, const char *value)
{
	if (strcmp(initial, "none") == 0 || value == NULL)
		return value == NULL;
	return strcmp(initial, value) == 0;
}

/* Whatever the creation leaves at its initial value and is another. */
static void
use_initials(struct rec *r, struct rec_pair *p, size_t node)
{
	const struct tb_rule_class *class = tb_rec_class(r, p);

	for (size_t i = 0; class != NULL && i < class->n; i++) {
		const struct tb_rule *rule = &class->v[i];
		struct rec_change change;

		if (rule->initial == NULL)
			continue;
		change = (struct rec_change){
			.attribute = rule->attributes.v[0],
			.old = strcmp(rule->initial, "none") == 0 ?
			    NULL :
			    rule->initial,
			.new = tb_rec_attribute(tb_rec_right(r, p),
			    rule->attributes.v[0]),
		};
		if (!is_initial(rule->initial, change.new) &&
		    tb_rec_section(r, p, TB_VERB_CHANGE, &change) == rule)
			use(r, p, node, rule, &change);
	}
}

/* A node of its own for a section that is about no change of a fact. */
static size_t
use_apart(struct rec *r, struct rec_pair *p, const char *attribute,
    const char *verb, enum rec_phase phase)
{
	const struct rec_change change = { attribute, NULL, "true" };
	const struct tb_rule *rule =
	    tb_rec_section(r, p, TB_VERB_CHANGE, &change);
	size_t node;

	if (rule == NULL || rule->nsteps == 0)
		return TB_FACT_NONE;
	node = add_node(r, p, verb, phase);
	r->nodes[node].apart = true;
	put_use(r, node, rule, NULL, 0, rule->nsteps);
	return node;
}

static void
make(struct rec *r, struct rec_pair *p)
{
	bool folded;
	const struct tb_rule *rule = making(r, p, &folded);
	size_t node;

	if (rule == NULL || rule->impossible) {
		tb_rec_unresolved(r, p, "create", NULL);
		return;
	}
	node = add_node(r, p, "create", REC_COME);
	if (folded) {
		p->folded = (size_t)(tb_rec_up(r, p, false) - r->pairs);
		r->nodes[node].apart = true;
	} else {
		p->make = node;
		if (p->made_by == TB_FACT_NONE)
			use(r, p, node, rule, NULL);
	}
	use_initials(r, p, node);
	if (p->hollow)
		(void)use_apart(r, p, "filled", "create", REC_COME);
}

/* Is a statement made about a fact of these classes, of the same object? */
static bool
is_implied(const struct rec *r, const struct rec_pair *p,
    const struct tb_rule *rule)
{
	const struct tb_strs *by = &rule->implied_by;
	const struct tb_fact *object =
	    tb_fact_object(r->left, tb_rec_left(r, p));

	for (size_t i = 0; i < r->npairs; i++) {
		const struct rec_pair *q = &r->pairs[i];
		const struct tb_fact *f;

		if (q->state == REC_SAME ||
		    !tb_strs_has(by, tb_rec_fact(r, q)->class->name))
			continue;
		f = tb_rec_left(r, q) != NULL ?
		    tb_fact_object(r->left, tb_rec_left(r, q)) :
		    tb_fact_object(r->right, tb_rec_right(r, q));
		if (strcmp(f->identity, object->identity) == 0)
			return true;
	}
	return by->n == 0;
}

static bool
is_used(const struct rec_node *n, const struct tb_rule *rule)
{
	for (size_t i = 0; i < n->n; i++)
		if (n->uses[i].rule == rule)
			return true;
	return false;
}

static void
change_one(struct rec *r, struct rec_pair *p, const struct rec_change *change,
    const struct tb_rule **used, size_t *nused)
{
	const struct tb_rule *rule =
	    tb_rec_section(r, p, TB_VERB_CHANGE, change);

	if (rule == NULL || rule->verb == TB_VERB_REPLACE || rule->impossible) {
		tb_rec_unresolved(r, p, "change", change->attribute);
		return;
	}
	for (size_t i = 0; i < *nused; i++)
		if (used[i] == rule)
			return;
	used[(*nused)++] = rule;
	if (rule->nsteps == 0 && !is_implied(r, p, rule))
		tb_rec_unresolved(r, p, "change", change->attribute);
	if (p->remade && !rule->remakes)
		return;
	if (!is_used(&r->nodes[p->make], rule))
		use(r, p, p->make, rule, change);
}

/* In the order of the rules, not of the attributes. */
static void
change(struct rec *r, struct rec_pair *p)
{
	const struct tb_rule_class *class = tb_rec_class(r, p);
	const struct tb_rule **used = tb_calloc(p->n + 1, sizeof(*used));
	bool *done = tb_calloc(p->n + 1, sizeof(*done));
	size_t nused = 0;

	p->make = add_node(r, p, "change", REC_COME);
	for (size_t i = 0; class != NULL && i < class->n; i++)
		for (size_t j = 0; j < p->n; j++) {
			if (done[j] ||
			    tb_rec_section(r, p, TB_VERB_CHANGE,
				&p->changes[j]) != &class->v[i])
				continue;
			done[j] = true;
			change_one(r, p, &p->changes[j], used, &nused);
		}
	for (size_t j = 0; j < p->n; j++)
		if (!done[j])
			tb_rec_unresolved(r, p, "change",
			    p->changes[j].attribute);
	if (p->remade)
		use_initials(r, p, p->make);
	if (p->hollow)
		(void)use_apart(r, p, "filled", "change", REC_COME);
	for (size_t j = 0; j < p->n; j++)
		if (strcmp(p->changes[j].attribute, "held") == 0)
			p->release =
			    use_apart(r, p, "released", "change", REC_GO);
	if (p->follows && p->release == TB_FACT_NONE)
		p->release = add_node(r, p, "change", REC_GO);
	free(used);
	free(done);
}

static void
drop(struct rec *r, struct rec_pair *p)
{
	const struct tb_rule *rule = tb_rec_section(r, p, TB_VERB_DROP, NULL);

	if (rule == NULL || rule->impossible) {
		tb_rec_unresolved(r, p, "drop", NULL);
		return;
	}
	if (p->hollow)
		p->release = use_apart(r, p, "hollow", "drop", REC_GO);
	p->drop = add_node(r, p, "drop", REC_GO);
	put_use(r, p->drop, rule, NULL, 0, rule->nsteps);
}

static bool
has_edge(const struct tb_facts *facts, size_t from, size_t to)
{
	for (size_t i = 0; i < facts->nedges; i++)
		if (facts->edges[i].from == from && facts->edges[i].to == to)
			return true;
	return false;
}

bool
tb_rec_is_mutual(const struct rec *r, const struct tb_facts *facts,
    size_t shell, size_t other)
{
	const struct tb_rule_class *class =
	    tb_rules_find(&r->rules, facts->v[shell].class->name);

	return class != NULL && class->is_shell &&
	    has_edge(facts, shell, other) && has_edge(facts, other, shell);
}

/* By fact of the left: the pair that takes it along by itself. */
static size_t *
automatic_owners(const struct rec *r)
{
	size_t *owner = tb_calloc(r->left->n + 1, sizeof(*owner));

	for (size_t i = 0; i < r->left->n; i++)
		owner[i] = TB_FACT_NONE;
	for (size_t i = 0; i < r->left->nedges; i++) {
		const struct tb_edge *e = &r->left->edges[i];
		const struct rec_pair *to = &r->pairs[r->left_pair[e->to]];
		const struct tb_rule_class *class =
		    tb_rec_class(r, &r->pairs[r->left_pair[e->from]]);

		if ((e->type == 'a' || e->type == 'i') &&
		    (class == NULL || !class->is_explicit) &&
		    (to->state == REC_DROP || to->state == REC_REPLACE))
			owner[e->from] = r->left_pair[e->to];
		if ((to->state == REC_DROP || to->state == REC_REPLACE) &&
		    tb_rec_is_mutual(r, r->left, e->to, e->from))
			owner[e->from] = r->left_pair[e->to];
	}
	return owner;
}

/* The pair with which this one goes; NULL: with none. */
static struct rec_pair *
goes_with(const struct rec *r, const struct rec_pair *p, const size_t *owner)
{
	struct rec_pair *up = p->undropped ? NULL : tb_rec_up(r, p, true);
	const struct tb_rule_class *class =
	    up != NULL ? tb_rec_class(r, up) : NULL;
	const struct tb_rule_class *own = tb_rec_class(r, p);

	if (up != NULL && tb_rec_is_destroyed(up) &&
	    (class == NULL || !class->keeps_parts ||
		(own != NULL && own->goes_along)))
		return up;
	if (p->gone_with != TB_FACT_NONE)
		return &r->pairs[p->gone_with];
	return owner[p->left] != TB_FACT_NONE && !p->undropped ?
	    &r->pairs[owner[p->left]] :
	    NULL;
}

static size_t
last_drop(const struct rec *r, const struct rec_pair *p, const size_t *owner)
{
	const struct rec_pair *with = p;

	/* Who owns whom has no loops, but a broken catalogue may. */
	for (size_t depth = 0; with != NULL && depth < 100; depth++) {
		p = with;
		if (p->taken_by != TB_FACT_NONE)
			return r->pairs[p->taken_by].make;
		if (p->remade && p->state == REC_CHANGE)
			return p->make;
		with = goes_with(r, p, owner);
	}
	return p->drop;
}

static void
drops(struct rec *r)
{
	size_t *owner = automatic_owners(r);

	for (size_t i = 0; i < r->npairs; i++) {
		struct rec_pair *p = &r->pairs[i];

		if ((p->state == REC_DROP || p->state == REC_REPLACE) &&
		    p->taken_by == TB_FACT_NONE &&
		    p->gone_with == TB_FACT_NONE &&
		    goes_with(r, p, owner) == NULL)
			drop(r, p);
	}
	for (size_t i = 0; i < r->npairs; i++) {
		struct rec_pair *p = &r->pairs[i];

		if ((p->state == REC_DROP || p->state == REC_REPLACE) &&
		    p->drop == TB_FACT_NONE)
			p->drop = last_drop(r, p, owner);
	}
	free(owner);
}

void
tb_rec_nodes(struct rec *r)
{
	for (size_t i = 0; i < r->npairs; i++) {
		struct rec_pair *p = &r->pairs[i];

		if (p->state == REC_CREATE || p->state == REC_REPLACE)
			make(r, p);
		else if (p->state == REC_CHANGE)
			change(r, p);
	}
	drops(r);
	for (size_t i = 0; i < r->npairs; i++) {
		struct rec_pair *p = &r->pairs[i];
		const struct rec_pair *whole = p;

		while (whole->folded != TB_FACT_NONE)
			whole = &r->pairs[whole->folded];
		if (whole != p)
			p->make = whole->make;
		tb_rec_join_typed(r, p);
	}
}
