/*
 * rule_test.c: conditions of "when" and "if".
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"

static const struct tb_facts *
side(const struct rec_ctx *c)
{
	return c->on_left || c->pair->right == TB_FACT_NONE ? c->r->left :
							      c->r->right;
}

static const struct tb_fact *
fact(const struct rec_ctx *c)
{
	return side(c) == c->r->left ? tb_rec_left(c->r, c->pair) :
				       tb_rec_right(c->r, c->pair);
}

static const struct rec_pair *
pair_of(const struct rec_ctx *c, const struct tb_fact *f)
{
	const struct tb_facts *facts = side(c);
	size_t i = (size_t)(f - facts->v);

	return &c->r->pairs[facts == c->r->left ? c->r->left_pair[i] :
						  c->r->right_pair[i]];
}

/* The object that it is a part of is made by this plan. */
static bool
is_new(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	return tb_rec_is_made(pair_of(c, tb_fact_object(side(c), fact(c))));
}

static bool
is_existing(const struct rec_ctx *c, const char *arg)
{
	const struct tb_fact *object = tb_fact_object(side(c), fact(c));

	return !is_new(c, arg) && !tb_rec_is_destroyed(pair_of(c, object)) &&
	    !c->r->opts->plain;
}

static bool
has_part(const struct rec_ctx *c, const struct tb_fact *whole,
    const char *class)
{
	const struct tb_facts *facts = side(c);
	const struct tb_tree *tree =
	    facts == c->r->left ? &c->r->left_tree : &c->r->right_tree;

	for (size_t i = whole != NULL ? tree->first[whole - facts->v] :
					TB_FACT_NONE;
	     i != TB_FACT_NONE; i = tree->next[i])
		if (strcmp(facts->v[i].class->name, class) == 0)
			return true;
	return false;
}

static bool
up_has(const struct rec_ctx *c, const char *class)
{
	return has_part(c, tb_fact_up(side(c), fact(c)), class);
}

/* The parent had a part of this class on the left that goes. */
static bool
up_loses(const struct rec_ctx *c, const char *class)
{
	const struct rec_pair *up = tb_rec_up(c->r, c->pair, true);
	const struct rec *r = c->r;

	for (size_t i = up != NULL ? r->left_tree.first[up->left] :
				     TB_FACT_NONE;
	     i != TB_FACT_NONE; i = r->left_tree.next[i])
		if (strcmp(r->left->v[i].class->name, class) == 0 &&
		    tb_rec_is_destroyed(&r->pairs[r->left_pair[i]]))
			return true;
	return false;
}

/* The parent has a part of this class on the right that is made. */
static bool
up_gains(const struct rec_ctx *c, const char *class)
{
	const struct rec_pair *up = tb_rec_up(c->r, c->pair, false);
	const struct rec *r = c->r;

	for (size_t i = up != NULL ? r->right_tree.first[up->right] :
				     TB_FACT_NONE;
	     i != TB_FACT_NONE; i = r->right_tree.next[i])
		if (strcmp(r->right->v[i].class->name, class) == 0 &&
		    tb_rec_is_made(&r->pairs[r->right_pair[i]]))
			return true;
	return false;
}

/* Does the parent go or come, not only change? */
static bool
is_up_changed(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	const struct rec_pair *up = tb_rec_up(c->r, c->pair, true);

	return up != NULL && up->state == REC_CHANGE;
}

static const char *
attribute(const struct tb_fact *f, const char *name)
{
	for (size_t i = 0; f != NULL && i < tb_fact_attributes(f); i++)
		if (strcmp(tb_fact_attribute(f, i), name) == 0)
			return tb_fact_value(f, i);
	return NULL;
}

static const char *
of_left(const struct rec_ctx *c, const char *name)
{
	const char *v = attribute(tb_rec_left(c->r, c->pair), name);

	return v != NULL ? v : "";
}

static const char *
of_right(const struct rec_ctx *c, const char *name)
{
	const char *v = attribute(tb_rec_right(c->r, c->pair), name);

	return v != NULL ? v : "";
}

static bool
is_wider(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	return tb_rec_type_is_same_or_wider(of_left(c, "type"),
	    of_right(c, "type"));
}

static bool
is_lossless(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	return tb_rec_type_is_lossless(of_left(c, "type"), of_right(c, "type"));
}

static bool
is_kindred(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	return tb_rec_type_is_kindred(of_left(c, "type"), of_right(c, "type"));
}

/* It does not differ, but has to be made again for something that does. */
static bool
is_disturbed(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	return c->pair->state == REC_REPLACE && c->pair->n == 0;
}

/* Of a sequence: where it stands may be outside its new bounds. */
static bool
is_narrower(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	return strtoll(of_left(c, "minimum"), NULL, 10) <
	    strtoll(of_right(c, "minimum"), NULL, 10) ||
	    strtoll(of_left(c, "maximum"), NULL, 10) >
	    strtoll(of_right(c, "maximum"), NULL, 10);
}

/* Do the left columns stand in front of the right ones? */
static bool
is_prefix(const struct rec_ctx *c, const char *arg)
{
	const char *old = of_left(c, arg), *new = of_right(c, arg);
	size_t n = strlen(old);

	return strncmp(old, new, n) == 0 &&
	    (new[n] == '\0' || strncmp(new + n, ", ", 2) == 0);
}

/* The next item of a list, up to a comma outside brackets and quotes. */
static size_t
item_length(const char *s)
{
	int depth = 0;
	size_t i = 0;

	for (char quote = '\0'; s[i] != '\0'; i++) {
		if (quote != '\0')
			quote = s[i] == quote ? '\0' : quote;
		else if (s[i] == '\'' || s[i] == '"')
			quote = s[i];
		else if (s[i] == '(' || s[i] == '[')
			depth++;
		else if (s[i] == ')' || s[i] == ']')
			depth--;
		else if (s[i] == ',' && depth == 0)
			break;
	}
	return i;
}

static size_t
before_default(const char *s, size_t n)
{
	for (size_t i = 0; i + 9 <= n; i++)
		if (strncmp(s + i, " DEFAULT ", 9) == 0)
			return i;
	return n;
}

/* The same arguments by name and type; a default may come, none may go. */
static bool
arguments_replace(const char *old, const char *new)
{
	while (*old != '\0' && *new != '\0') {
		size_t n = item_length(old), m = item_length(new);
		size_t i = before_default(old, n), j = before_default(new, m);

		if (i != j || strncmp(old, new, i) != 0 || (i < n && j == m))
			return false;
		old += n + (old[n] == ',' ? 2 : 0);
		new += m + (new[m] == ',' ? 2 : 0);
	}
	return *old == *new;
}

static bool
is_replaceable(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	return strcmp(of_left(c, "result"), of_right(c, "result")) == 0 &&
	    strcmp(of_left(c, "window"), of_right(c, "window")) == 0 &&
	    arguments_replace(of_left(c, "arguments"),
		of_right(c, "arguments"));
}

/* How long the definition is without what ALTER CONSTRAINT can change. */
static size_t
before_state(const char *s)
{
	static const char *const states[] = { " DEFERRABLE",
		" INITIALLY DEFERRED", " NOT ENFORCED", " NOT VALID" };
	size_t n = strlen(s);
	bool again = true;

	while (again) {
		again = false;
		for (size_t i = 0; i < TB_LEN(states); i++) {
			size_t m = strlen(states[i]);

			if (n > m && strncmp(s + n - m, states[i], m) == 0) {
				n -= m;
				again = true;
			}
		}
	}
	return n;
}

static bool
is_same_but_state(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	const char *old = tb_rec_left(c->r, c->pair)->definition;
	const char *new = tb_rec_right(c->r, c->pair)->definition;
	size_t n = before_state(old);

	return n == before_state(new) && strncmp(old, new, n) == 0;
}

/* Are the left values among the right ones, in the same order? */
static bool
is_subsequence(const struct rec_ctx *c, const char *arg)
{
	const char *old = of_left(c, arg), *new = of_right(c, arg);

	while (*old != '\0' && *new != '\0') {
		size_t n = item_length(old), m = item_length(new);

		if (n == m && strncmp(old, new, n) == 0)
			old += n + (old[n] == ',' ? 2 : 0);
		new += m + (new[m] == ',' ? 2 : 0);
	}
	return *old == '\0';
}

/* Of an attribute: is it another one on the right? */
static bool
is_changed(const struct rec_ctx *c, const char *arg)
{
	return strcmp(of_left(c, arg), of_right(c, arg)) != 0;
}

static bool
is_redefined(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	const char *old = tb_rec_left(c->r, c->pair)->definition;
	const char *new = tb_rec_right(c->r, c->pair)->definition;

	return old == NULL || new == NULL ? old != new : strcmp(old, new) != 0;
}

/*
 * Is a part of this class folded into the statement, of which the value may
 * change from row to row?  A call of a function that is not known to be stable
 * is taken for one.
 */
static bool
has_volatile(const struct rec_ctx *c, const char *class)
{
	static const char *const stable[] = { "now()", "CURRENT_TIMESTAMP",
		"CURRENT_DATE", "CURRENT_USER", "LOCALTIMESTAMP" };
	struct tb_buf b = TB_BUF_INIT;
	bool is_volatile;

	tb_rec_parts(c, class, ", ", &b);
	is_volatile = strchr(b.s, '(') != NULL && b.s[0] != '\'' &&
	    b.s[0] != '(' && strncmp(b.s, "ARRAY", 5) != 0;
	for (size_t i = 0; i < TB_LEN(stable); i++)
		if (strncmp(b.s, stable[i], strlen(stable[i])) == 0)
			is_volatile = false;
	tb_buf_release(&b);
	return is_volatile;
}

/* A trigger that CREATE OR REPLACE knows: of a constraint it does not. */
static bool
is_same_kind_of_trigger(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	static const char words[] = "CREATE TRIGGER ";
	const size_t n = sizeof(words) - 1;

	return strncmp(tb_rec_left(c->r, c->pair)->definition, words, n) == 0 &&
	    strncmp(tb_rec_right(c->r, c->pair)->definition, words, n) == 0;
}

/* Of a range type: only its multirange type is called something else. */
static bool
is_same_but_multirange(const struct rec_ctx *c, const char *arg TB_UNUSED)
{
	static const char key[] = "MULTIRANGE_TYPE_NAME = ";
	const char *old = tb_rec_left(c->r, c->pair)->definition;
	const char *new = tb_rec_right(c->r, c->pair)->definition;
	const char *a = strstr(old, key), *b = strstr(new, key);

	return a != NULL && b != NULL &&
	    a - old == b - new &&strncmp(old, new, (size_t)(a - old)) == 0;
}

static const struct {
	const char *word;
	bool (*holds)(const struct rec_ctx *, const char *arg);
} words[] = {
	{ "made", is_new },
	{ "existing", is_existing },
	{ "up-has", up_has },
	{ "up-loses", up_loses },
	{ "up-gains", up_gains },
	{ "up-changes", is_up_changed },
	{ "wider", is_wider },
	{ "kindred", is_kindred },
	{ "disturbed", is_disturbed },
	{ "narrower", is_narrower },
	{ "lossless", is_lossless },
	{ "prefix", is_prefix },
	{ "replaceable", is_replaceable },
	{ "same-but-state", is_same_but_state },
	{ "same-kind-of-trigger", is_same_kind_of_trigger },
	{ "same-but-multirange", is_same_but_multirange },
	{ "subsequence", is_subsequence },
	{ "changes", is_changed },
	{ "redefined", is_redefined },
	{ "volatile", has_volatile },
};

static bool
is_value(const char *value, const char *list)
{
	struct tb_strs values = TB_STRS_INIT;
	bool found = false;

	tb_strs_split(&values, list, "|");
	for (size_t i = 0; i < values.n && !found; i++) {
		char *s = values.v[i];
		size_t n;

		s += strspn(s, " ");
		n = strlen(s);
		while (n > 0 && s[n - 1] == ' ')
			n--;
		found = strlen(value) == n && strncmp(value, s, n) == 0;
	}
	tb_strs_release(&values);
	return found;
}

static bool
compare(const struct rec_ctx *c, const char *word, const char *op,
    const char *list)
{
	struct tb_buf b = TB_BUF_INIT;
	bool null = !tb_rec_value(c, word, &b), holds;

	if (strcmp(op, ">=") == 0)
		holds =
		    !null && strtol(b.s, NULL, 10) >= strtol(list, NULL, 10);
	else if (strcmp(op, "<") == 0)
		holds = !null && strtol(b.s, NULL, 10) < strtol(list, NULL, 10);
	else
		holds = is_value(null ? "none" : b.s, list) ==
		    (strcmp(op, "=") == 0);
	tb_buf_release(&b);
	return holds;
}

static bool
is_operator(const char *s)
{
	return strcmp(s, "=") == 0 || strcmp(s, "!=") == 0 ||
	    strcmp(s, ">=") == 0 || strcmp(s, "<") == 0;
}

static bool
is_there(const struct rec_ctx *c, const char *word)
{
	struct tb_buf b = TB_BUF_INIT;
	bool there = tb_rec_value(c, word, &b);

	tb_buf_release(&b);
	return there;
}

static bool
test(const struct rec_ctx *c, const struct tb_strs *parts, const char *rest)
{
	for (size_t i = 0; i < TB_LEN(words); i++)
		if (strcmp(parts->v[0], words[i].word) == 0)
			return words[i].holds(c,
			    parts->n > 1 ? parts->v[1] : NULL);
	if (parts->n > 2 && is_operator(parts->v[1]))
		return compare(c, parts->v[0], parts->v[1], rest);
	if (parts->n != 1)
		tb_bug("%s:%d: faulty condition on \"%s\"", c->what, c->line,
		    parts->v[0]);
	return is_there(c, parts->v[0]);
}

static bool
holds(const struct rec_ctx *c, const char *condition)
{
	struct tb_strs parts = TB_STRS_INIT;
	const char *rest;
	bool negated = strncmp(condition, "not ", 4) == 0, result;

	if (negated)
		condition += 4;
	tb_strs_split(&parts, condition, " ");
	if (parts.n == 0)
		tb_bug("%s:%d: empty condition", c->what, c->line);
	rest = condition + strlen(parts.v[0]);
	if (parts.n > 1)
		rest = strstr(rest, parts.v[1]) + strlen(parts.v[1]);
	result = test(c, &parts, rest);
	tb_strs_release(&parts);
	return result != negated;
}

bool
tb_rec_test_all(const struct rec_ctx *c, const struct tb_strs *conditions)
{
	for (size_t i = 0; i < conditions->n; i++)
		if (!holds(c, conditions->v[i]))
			return false;
	return true;
}
