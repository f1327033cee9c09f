/*
 * rename_along.c: what gets another name with what it is part of, and what
 * must not get lost between one step and the next.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "sql_plan.h"

/* Classes with names that the server makes of those of others. */
static const char *const named_after[] = { "constraint", "index", "sequence",
	"statistics", "domain-constraint", "operator-family" };

static const char *
attribute(const struct tb_fact *f, const char *name)
{
	for (size_t i = 0; i < tb_fact_attributes(f); i++)
		if (strcmp(tb_fact_attribute(f, i), name) == 0)
			return tb_fact_value(f, i);
	return NULL;
}

/* The family that was made with an operator class has its name. */
static bool
is_family_of(const struct tb_facts *facts, const struct tb_fact *f,
    const char *class)
{
	size_t i = tb_facts_find(facts, "operator-class", class), n;
	const char *family =
	    i != TB_FACT_NONE ? attribute(&facts->v[i], "family") : NULL;

	if (family == NULL || strcmp(f->class->name, "operator-family") != 0)
		return false;
	n = strlen(family);
	return strncmp(f->identity, family, n) == 0 &&
	    strcmp(f->identity + n, strstr(class, " USING ")) == 0;
}

/* "schema.table.column" begins with "schema.table". */
static bool
begins_with_name(const char *long_name, const char *name)
{
	size_t n = strlen(name);

	return strlen(long_name) > n && memcmp(long_name, name, n) == 0 &&
	    long_name[n] == '.';
}

/* Is it the renamed thing's, or of the table of a renamed column? */
static bool
is_of(const struct tb_facts *facts, const struct tb_fact *f, const char *owner)
{
	size_t n = strcspn(owner, " ");
	const char *of = attribute(f, "owned_by");
	const struct tb_fact *up = tb_fact_up(facts, f);
	size_t renamed;

	if (strncmp(owner, "operator-class ", 15) == 0)
		return is_family_of(facts, f, owner + n + 1);
	if (strncmp(owner, "column ", 7) == 0) {
		if (of != NULL)
			return strcmp(of, owner + n + 1) == 0;
		renamed = tb_facts_find(facts, "column", owner + n + 1);
		return up != NULL && renamed != TB_FACT_NONE &&
		    tb_fact_up(facts, &facts->v[renamed]) == up;
	}
	if (of != NULL)
		return begins_with_name(of, owner + n + 1);
	return up != NULL && strlen(up->class->name) == n &&
	    strncmp(up->class->name, owner, n) == 0 &&
	    strcmp(up->identity, owner + n + 1) == 0;
}

static bool
is_candidate(const struct tb_facts *facts, const struct tb_fact *f,
    const struct tb_strs *renamed)
{
	bool named = false;

	for (size_t i = 0; i < TB_LEN(named_after); i++)
		named |= strcmp(f->class->name, named_after[i]) == 0;
	for (size_t i = 0; named && i < renamed->n; i++)
		if (is_of(facts, f, renamed->v[i]))
			return true;
	return false;
}

/* The last name of an identity without arguments. */
static const char *
own_name(const char *identity)
{
	const char *name = identity;
	bool quoted = false;

	for (; *identity != '\0'; identity++) {
		if (*identity == '"')
			quoted = !quoted;
		if (*identity == '.' && !quoted)
			name = identity + 1;
	}
	return name;
}

/* The definition, where its own name stands in it without that. */
static char *
nameless(const struct tb_fact *f)
{
	const char *name = own_name(f->identity);
	const char *text = f->definition != NULL ? f->definition : "";
	size_t n = strlen(name);
	const char *found = strstr(text, name);

	/* "CREATE INDEX name ON", "CREATE STATISTICS s.name ON" */
	if (found == NULL || found == text ||
	    strncmp(text, "CREATE ", 7) != 0 ||
	    (found[-1] != ' ' && found[-1] != '.') ||
	    (found[n] != ' ' && found[n] != '\0'))
		return tb_strdup(text);
	return tb_asprintf("%.*s%s", (int)(found - text), text, found + n);
}

static bool
is_equal(const struct tb_fact *f, const struct tb_fact *g)
{
	char *a, *b;
	bool equal;

	if (strcmp(f->class->name, g->class->name) != 0 ||
	    (f->parent == NULL) != (g->parent == NULL) ||
	    (f->parent != NULL && strcmp(f->parent, g->parent) != 0))
		return false;
	for (size_t i = 0; i < tb_fact_attributes(f); i++) {
		const char *x = tb_fact_value(f, i);
		const char *y = attribute(g, tb_fact_attribute(f, i));

		if ((x == NULL) != (y == NULL) ||
		    (x != NULL && strcmp(x, y) != 0))
			return false;
	}
	a = nameless(f);
	b = nameless(g);
	equal = strcmp(a, b) == 0;
	free(a);
	free(b);
	return equal;
}

/* The only equal one that the other side has not; NULL: none or several. */
static const struct tb_fact *
only_equal(const struct tb_fact *f, const struct tb_facts *here,
    const struct tb_facts *there)
{
	const struct tb_fact *found = NULL;

	for (size_t i = 0; i < here->n; i++) {
		const struct tb_fact *g = &here->v[i];

		if (tb_facts_find(there, g->class->name, g->identity) !=
			TB_FACT_NONE ||
		    !is_equal(f, g))
			continue;
		if (found != NULL)
			return NULL;
		found = g;
	}
	return found;
}

void
ver_rename_along(const struct ver_plan *plan, struct tb_strs *pairs)
{
	const struct tb_facts *left = plan->left, *right = plan->right;

	for (size_t i = 0; i < left->n; i++) {
		const struct tb_fact *f = &left->v[i], *to;

		if (!is_candidate(left, f, &plan->names) ||
		    tb_facts_find(right, f->class->name, f->identity) !=
			TB_FACT_NONE)
			continue;
		to = only_equal(f, right, left);
		if (to == NULL || only_equal(to, left, right) != f)
			continue;
		tb_strs_add(pairs, f->class->name);
		tb_strs_add(pairs, f->identity);
		tb_strs_add(pairs, to->identity);
	}
}

static bool
is_outside(const struct tb_fact *f, const struct tb_strs *classes)
{
	const char *parent = f->parent != NULL ? f->parent : "";
	char *of = tb_strndup(parent, strcspn(parent, " "));
	bool outside =
	    tb_strs_has(classes, f->class->name) || tb_strs_has(classes, of);

	free(of);
	return outside;
}

bool
ver_rename_is_outside(const struct tb_fact *f)
{
	struct tb_strs classes = TB_STRS_INIT;
	bool outside;

	tb_reconcile_outside(&classes);
	outside = is_outside(f, &classes);
	tb_strs_release(&classes);
	return outside;
}

/* "CLASS IDENTITY" at the end of a text, which may be all of it. */
static bool
ends_in(const char *text, const char *class, const char *identity, size_t *at)
{
	char *name = tb_asprintf("%s %s", class, identity);
	size_t n = strlen(text), m = strlen(name);
	bool ends = n >= m && strcmp(text + n - m, name) == 0;

	free(name);
	*at = n - m;
	return ends;
}

/* The text itself, or with the new name where it ends in an old one. */
static const char *
with_name(const char *text, const struct tb_strs *renamed,
    struct tb_strs *texts)
{
	size_t at;

	for (size_t i = 0; text != NULL && i + 2 < renamed->n; i += 3) {
		const char *class = renamed->v[i];

		if (!ends_in(text, class, renamed->v[i + 1], &at))
			continue;
		tb_strs_addf(texts, "%.*s%s %s", (int)at, text, class,
		    renamed->v[i + 2]);
		return texts->v[texts->n - 1];
	}
	return text;
}

/* "CREATE SUBSCRIPTION old ...", of the new one. */
static const char *
new_definition(const struct tb_fact *f, const char *new, struct tb_strs *texts)
{
	char *old = tb_asprintf(" %s ", f->identity);
	const char *text = f->definition, *found;

	found = text != NULL ? strstr(text, old) : NULL;
	if (found != NULL) {
		tb_strs_addf(texts, "%.*s %s %s", (int)(found - text), text,
		    new, found + strlen(old));
		text = texts->v[texts->n - 1];
	}
	free(old);
	return text;
}

static void
give_name(struct tb_fact *f, const struct tb_strs *renamed,
    struct tb_strs *texts)
{
	for (size_t i = 0; i + 2 < renamed->n; i += 3) {
		if (strcmp(f->class->name, renamed->v[i]) != 0 ||
		    strcmp(f->identity, renamed->v[i + 1]) != 0)
			continue;
		f->definition = new_definition(f, renamed->v[i + 2], texts);
		tb_strs_add(texts, renamed->v[i + 2]);
		f->identity = texts->v[texts->n - 1];
		return;
	}
	f->identity = with_name(f->identity, renamed, texts);
	f->parent = with_name(f->parent, renamed, texts);
}

/* Edges speak of facts by where they stood. */
static int
sort(struct tb_facts *facts, struct tb_err *err)
{
	struct tb_fact *before = tb_calloc(facts->n + 1, sizeof(*before));
	int rc;

	memcpy(before, facts->v, facts->n * sizeof(*before));
	rc = tb_facts_finish(facts, err);
	for (size_t i = 0; rc == 0 && i < facts->nedges; i++) {
		struct tb_edge *e = &facts->edges[i];

		e->from = tb_facts_find(facts, before[e->from].class->name,
		    before[e->from].identity);
		e->to = tb_facts_find(facts, before[e->to].class->name,
		    before[e->to].identity);
	}
	free(before);
	return rc;
}

int
ver_rename_adopt(struct tb_facts *facts, const struct tb_facts *from,
    const struct tb_strs *renamed, struct tb_strs *texts, struct tb_err *err)
{
	struct tb_strs outside = TB_STRS_INIT;
	size_t n = facts->n;

	tb_reconcile_outside(&outside);
	for (size_t i = 0; i < from->n; i++) {
		struct tb_fact f = from->v[i];

		if (!is_outside(&f, &outside))
			continue;
		give_name(&f, renamed, texts);
		facts->v =
		    tb_grow(facts->v, facts->n, &facts->cap, sizeof(*facts->v));
		facts->v[facts->n++] = f;
	}
	tb_strs_release(&outside);
	return facts->n > n ? sort(facts, err) : 0;
}
