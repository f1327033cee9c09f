/*
 * rule_list.c: lists of words that "each" goes through.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/mem.h"
#include "core/strs.h"

/* Items of "'a', 'b'" as the server prints them. */
static void
split_literals(const char *s, struct tb_strs *list)
{
	while (*s != '\0') {
		size_t n = 0;
		bool quoted = false;

		for (; s[n] != '\0' && (quoted || s[n] != ','); n++)
			if (s[n] == '\'')
				quoted = !quoted;
		tb_strs_take(list, tb_strndup(s, n));
		s += n + (s[n] == ',');
		s += strspn(s, " ");
	}
}

/* "'paused' AFTER 'idle'", in the order in which they can be added. */
static void
added_values(const struct rec_ctx *c, struct tb_strs *items)
{
	struct tb_strs old = TB_STRS_INIT, new = TB_STRS_INIT;

	split_literals(tb_rec_old_of(c), &old);
	split_literals(tb_rec_new_of(c), &new);
	for (size_t i = 0; i < new.n; i++) {
		if (tb_strs_has(&old, new.v[i]))
			continue;
		if (i > 0)
			tb_strs_addf(items, "%s AFTER %s", new.v[i],
			    new.v[i - 1]);
		else if (old.n > 0)
			tb_strs_addf(items, "%s BEFORE %s", new.v[i], old.v[0]);
		else
			tb_strs_add(items, new.v[i]);
	}
	tb_strs_release(&old);
	tb_strs_release(&new);
}

/* "2=100, 3=50" as "2 SET STATISTICS 100"; what is no more becomes -1. */
static void
index_statistics(const struct rec_ctx *c, struct tb_strs *items)
{
	size_t n, k, m;

	for (const char *s = tb_rec_old_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		n = tb_rec_option_length(s, &k);
		if (tb_rec_find_option(tb_rec_new_of(c), s, k, &m) == NULL)
			tb_strs_addf(items, "%.*s SET STATISTICS -1", (int)k,
			    s);
	}
	for (const char *s = tb_rec_new_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		n = tb_rec_option_length(s, &k);
		tb_strs_addf(items, "%.*s SET STATISTICS %.*s", (int)k, s,
		    (int)(n - k - 1), s + k + 1);
	}
}

/* Where "column SETTING value ..." of a list ends. */
static size_t
setting_length(const char *s)
{
	size_t i = 0;
	int depth = 0;

	for (char quote = '\0'; s[i] != '\0'; i++) {
		if (quote != '\0')
			quote = s[i] == quote ? '\0' : quote;
		else if (s[i] == '\'' || s[i] == '"')
			quote = s[i];
		else if (s[i] == '(' || s[i] == ')')
			depth += s[i] == '(' ? 1 : -1;
		else if (s[i] == ',' && depth == 0)
			break;
	}
	return i;
}

/* "a STATISTICS 5 SET (x='1')": one ALTER COLUMN for each of them. */
static void
add_settings(const char *s, size_t n, struct tb_strs *items)
{
	static const char *const settings[] = { " STATISTICS ", " STORAGE ",
		" COMPRESSION ", " SET (" };
	char *text = tb_strndup(s, n);
	size_t name =
	    *text == '"' ? strcspn(text + 1, "\"") + 2 : strcspn(text, " ");

	for (size_t i = 0; i < TB_LEN(settings); i++) {
		const char *found = strstr(text + name, settings[i]);
		size_t len;

		if (found == NULL)
			continue;
		len = i == 3 ? strlen(found) :
			       strcspn(found + strlen(settings[i]), " ") +
			strlen(settings[i]);
		tb_strs_addf(items, "%.*s%s%.*s", (int)name, text,
		    i == 3 ? "" : " SET", (int)len, found);
	}
	free(text);
}

static void
column_settings(const struct rec_ctx *c, struct tb_strs *items)
{
	size_t n;

	for (const char *s = tb_rec_new_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		n = setting_length(s);
		add_settings(s, n, items);
	}
}

static const char *
attribute(const struct tb_fact *f, const char *name)
{
	for (size_t i = 0; i < tb_fact_attributes(f); i++)
		if (strcmp(tb_fact_attribute(f, i), name) == 0)
			return tb_fact_value(f, i);
	return NULL;
}

/* The left one of what the fact is part of; TB_FACT_NONE: it is new. */
static size_t
left_object(const struct rec_ctx *c)
{
	const struct rec *r = c->r;
	const struct tb_facts *facts =
	    c->pair->left != TB_FACT_NONE ? r->left : r->right;
	const struct tb_fact *f = facts == r->left ? tb_rec_left(r, c->pair) :
						     tb_rec_right(r, c->pair);
	size_t i = (size_t)(tb_fact_object(facts, f) - facts->v);

	return facts == r->left ? i : r->pairs[r->right_pair[i]].left;
}

/* "SELECT (a) ON TABLE s.t TO x", if it stays as it is. */
static void
add_column_grant(const struct rec *r, size_t i, const char *grantee,
    struct tb_strs *items)
{
	const struct tb_fact *f = &r->left->v[i];
	const char *to, *grantable;

	if (strcmp(f->class->name, "column-privilege") != 0 ||
	    r->pairs[r->left_pair[i]].state != REC_SAME)
		return;
	to = attribute(f, "grantee");
	if (to == NULL || strcmp(to, grantee) != 0)
		return;
	tb_strs_addf(items, "%s ON %s TO %s", attribute(f, "privileges"),
	    attribute(f, "target"), to);
	grantable = attribute(f, "grantable");
	if (grantable != NULL)
		tb_strs_addf(items, "%s ON %s TO %s WITH GRANT OPTION",
		    grantable, attribute(f, "target"), to);
}

/* What REVOKE on a table took from its columns, and they shall keep. */
static void
column_grants(const struct rec_ctx *c, struct tb_strs *items)
{
	const struct rec *r = c->r;
	const char *grantee = attribute(tb_rec_fact(r, c->pair), "grantee");
	const size_t *first = r->left_tree.first, *next = r->left_tree.next;
	size_t object = left_object(c);

	if (object == TB_FACT_NONE || grantee == NULL)
		return;
	for (size_t i = first[object]; i != TB_FACT_NONE; i = next[i]) {
		add_column_grant(r, i, grantee, items);
		for (size_t j = first[i]; j != TB_FACT_NONE; j = next[j])
			add_column_grant(r, j, grantee, items);
	}
}

bool
tb_rec_list(const struct rec_ctx *c, const char *word, struct tb_strs *items)
{
	if (strcmp(word, "added-value") == 0)
		added_values(c, items);
	else if (strcmp(word, "index-statistics") == 0)
		index_statistics(c, items);
	else if (strcmp(word, "column-setting") == 0)
		column_settings(c, items);
	else if (strcmp(word, "column-grant") == 0)
		column_grants(c, items);
	else
		return false;
	return true;
}
