/*
 * reconcile_plan.c: what happens to each pair of facts.
 *
 * What goes takes along what is part of it and what depends on it.  That is
 * followed until nothing more has to go; what the right side still has of it
 * comes back.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/err.h"
#include "core/mem.h"

void
tb_rec_give(struct rec_pair *p, const char *word, char *value)
{
	struct rec_words *w = p->words;

	if (w == NULL)
		w = p->words = tb_calloc(1, sizeof(*w));
	if (w->n == TB_LEN(w->owned))
		tb_bug("too many words for a rule");
	w->v[2 * w->n] = word;
	w->v[2 * w->n + 1] = value;
	w->owned[w->n++] = value;
}

/* What the engine knows and no fact says. */
static const char *const *
words_of(const struct rec *r, const struct rec_pair *p)
{
	static const char *const cascaded[] = { "cascade", "true", NULL };
	static const char *const typed[] = { "typed", "true", NULL };

	if (p->words != NULL)
		return p->words->v;
	return tb_rec_is_cascaded(r, p) ? cascaded :
	    tb_rec_is_typed(r, p)       ? typed :
					  NULL;
}

struct rec_ctx
tb_rec_ctx(const struct rec *r, const struct rec_pair *p,
    const struct tb_rule *rule, const struct rec_change *change)
{
	return (struct rec_ctx){
		.r = r,
		.pair = p,
		.on_left = rule->verb == TB_VERB_DROP,
		.change = change,
		.given = words_of(r, p),
		.what = rule->file,
		.line = rule->line,
	};
}

const struct tb_rule *
tb_rec_section(const struct rec *r, const struct rec_pair *p, enum tb_verb verb,
    const struct rec_change *change)
{
	const struct tb_rule_class *class = tb_rec_class(r, p);
	const char *attribute = change != NULL ? change->attribute : NULL;

	for (size_t i = 0; class != NULL && i < class->n; i++) {
		const struct tb_rule *rule = &class->v[i];
		struct rec_ctx c = tb_rec_ctx(r, p, rule, change);
		bool is = tb_rule_is(rule, verb, attribute) ||
		    (verb == TB_VERB_CHANGE &&
			tb_rule_is(rule, TB_VERB_REPLACE, attribute));

		if (is && tb_rec_test_all(&c, &rule->conditions))
			return rule;
	}
	return NULL;
}

void
tb_rec_enqueue(struct rec *r, struct rec_pair *p)
{
	if (p->queued)
		return;
	p->queued = true;
	r->queue[r->nqueue++] = (size_t)(p - r->pairs);
}

void
tb_rec_destroy(struct rec *r, struct rec_pair *p)
{
	if (p->state == REC_DROP || p->state == REC_REPLACE ||
	    p->state == REC_CREATE)
		return;
	p->state = REC_REPLACE;
	p->queued = false;
	tb_rec_enqueue(r, p);
}

/* What the rules say about the changes of one pair. */
static void
plan_change(struct rec *r, struct rec_pair *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct tb_rule *rule =
		    tb_rec_section(r, p, TB_VERB_CHANGE, &p->changes[i]);

		if (tb_rec_class(r, p) == NULL)
			continue;
		if (rule == NULL || rule->verb == TB_VERB_REPLACE) {
			tb_rec_destroy(r, p);
			return;
		}
		if (rule->remakes)
			p->remade = true;
		if (rule->remakes || rule->disturbs.n > 0)
			tb_rec_enqueue(r, p);
	}
}

static bool
is_part_of(const struct tb_facts *facts, size_t part, size_t whole)
{
	while (part != TB_FACT_NONE && part != whole)
		part = facts->v[part].up;
	return part == whole;
}

static void
destroy_parts(struct rec *r, const struct rec_pair *p)
{
	for (size_t i = r->left_tree.first[p->left]; i != TB_FACT_NONE;
	     i = r->left_tree.next[i])
		tb_rec_destroy(r, &r->pairs[r->left_pair[i]]);
}

static bool
has_kind(const struct tb_fact *f, const char *kind)
{
	size_t n = strlen(kind);

	for (size_t i = 0; i < tb_fact_attributes(f); i++) {
		const char *v = tb_fact_value(f, i);

		if (strcmp(tb_fact_attribute(f, i), "kind") != 0 || v == NULL ||
		    strlen(v) != n)
			continue;
		for (size_t k = 0; k < n; k++)
			if (v[k] != kind[k] && !(v[k] == ' ' && kind[k] == '-'))
				return false;
		return true;
	}
	return false;
}

/* Is the fact of one of these classes ("constraint:check": and kind)? */
static bool
is_one_of(const struct tb_fact *f, const struct tb_strs *classes)
{
	for (size_t i = 0; i < classes->n; i++) {
		const char *word = classes->v[i];
		size_t n = strcspn(word, ":");

		if (strcmp(word, "*") == 0)
			return true;
		if (strlen(f->class->name) == n &&
		    memcmp(f->class->name, word, n) == 0 &&
		    (word[n] == '\0' || has_kind(f, word + n + 1)))
			return true;
	}
	return false;
}

/* Do the statements of the section see to this class themselves? */
static bool
is_carried(const struct tb_rule *rule, const char *class)
{
	for (size_t i = 0; i < rule->nsteps; i++)
		if (rule->steps[i].each != NULL &&
		    strcmp(rule->steps[i].each, class) == 0)
			return true;
	return false;
}

/* Is it made anew by a section that takes this class over? */
static bool
is_taken_over(const struct rec *r, const struct rec_pair *p, const char *class)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct tb_rule *rule =
		    tb_rec_section(r, p, TB_VERB_CHANGE, &p->changes[i]);

		if (rule != NULL && rule->remakes && is_carried(rule, class))
			return true;
	}
	return false;
}

static bool
is_disturbed(const struct rec *r, const struct rec_pair *p,
    const struct tb_fact *dependent)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct tb_rule *rule =
		    tb_rec_section(r, p, TB_VERB_CHANGE, &p->changes[i]);

		if (rule != NULL && is_one_of(dependent, &rule->disturbs) &&
		    !is_carried(rule, dependent->class->name))
			return true;
	}
	return false;
}

/*
 * Whatever depends on what goes has to go first.  What is changed itself is
 * trusted to be so that it no longer needs what goes for good.
 */
static void
destroy_dependent(struct rec *r, const struct rec_pair *p,
    const struct tb_edge *e)
{
	struct rec_pair *other = &r->pairs[r->left_pair[e->from]];

	if (is_part_of(r->left, p->left, e->from))
		return;
	if (!tb_rec_is_destroyed(p)) {
		if (is_disturbed(r, p, &r->left->v[e->from]))
			tb_rec_destroy(r, other);
		return;
	}
	if (is_part_of(r->left, e->from, p->left))
		return;
	if (p->state == REC_DROP && other->state == REC_CHANGE)
		return;
	if (p->state == REC_CHANGE &&
	    is_taken_over(r, p, r->left->v[e->from].class->name)) {
		tb_rec_carry(r, p, other);
		return;
	}
	tb_rec_destroy(r, other);
}

/* Does a change of the pair disturb what has its whole for a type? */
static bool
disturbs_held(const struct rec *r, const struct rec_pair *p)
{
	for (size_t i = 0; p->state == REC_CHANGE && i < p->n; i++) {
		const struct tb_rule *rule =
		    tb_rec_section(r, p, TB_VERB_CHANGE, &p->changes[i]);

		if (rule != NULL && tb_strs_has(&rule->disturbs, "column:held"))
			return true;
	}
	return false;
}

static void
follow(struct rec *r, const struct rec_pair *p)
{
	if (p->left == TB_FACT_NONE)
		return;
	if (disturbs_held(r, p))
		tb_rec_hold(r, p);
	if (tb_rec_is_destroyed(p))
		destroy_parts(r, p);
	for (size_t i = r->needed_by.first[p->left];
	     i < r->needed_by.first[p->left + 1]; i++)
		destroy_dependent(r, p, &r->left->edges[r->needed_by.v[i]]);
}

void
tb_rec_plan(struct rec *r)
{
	/* Each pair is queued for its change and, maybe, for its end. */
	r->queue = tb_calloc(2 * r->npairs + 1, sizeof(*r->queue));
	for (size_t i = 0; i < r->npairs; i++)
		if (r->pairs[i].state == REC_CHANGE)
			plan_change(r, &r->pairs[i]);
	for (size_t i = 0; i < r->npairs; i++)
		if (r->pairs[i].state == REC_DROP)
			tb_rec_enqueue(r, &r->pairs[i]);
	for (size_t i = 0; i < r->nqueue; i++)
		follow(r, &r->pairs[r->queue[i]]);
	tb_rec_inherit(r);
	tb_rec_partitions(r);
}
