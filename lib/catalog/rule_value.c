/*
 * rule_value.c: what a word in a template or a condition stands for.
 */
#include "core/tb.h"

#include <stdio.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/err.h"

/* The end of one name, quoted or not. */
static const char *
name_end(const char *s)
{
	if (*s != '"')
		return s + strcspn(s, ".( ");
	for (s++; *s != '\0'; s++)
		if (*s == '"' && *++s != '"')
			break;
	return s;
}

void
tb_rec_name(const char *identity, int i, struct tb_buf *out)
{
	for (;;) {
		const char *end = name_end(identity);
		bool last = *end != '.';

		if (i == 0 || last) {
			tb_buf_addn(out, identity, (size_t)(end - identity));
			return;
		}
		if (i > 0)
			i--;
		identity = end + 1;
	}
}

static bool
add(const char *text, struct tb_buf *out)
{
	if (text != NULL)
		tb_buf_add(out, text);
	return text != NULL;
}

static bool
add_parent(const struct tb_fact *f, bool class, struct tb_buf *out)
{
	size_t n = f->parent != NULL ? strcspn(f->parent, " ") : 0;

	if (f->parent == NULL)
		return false;
	if (class)
		tb_buf_addn(out, f->parent, n);
	else
		tb_buf_add(out, f->parent + n + (f->parent[n] == ' '));
	return true;
}

static bool
add_object(const struct tb_facts *facts, const struct tb_fact *f,
    const char *word, struct tb_buf *out)
{
	const struct tb_fact *object = tb_fact_object(facts, f);

	return add(strcmp(word, "object") == 0 ? object->identity :
						 object->class->name,
	    out);
}

bool
tb_rec_field(const struct rec_ctx *c, const struct tb_facts *facts,
    const struct tb_fact *f, const char *word, struct tb_buf *out)
{
	if (strcmp(word, "identity") == 0)
		return add(f->identity, out);
	if (strcmp(word, "class") == 0)
		return add(f->class->name, out);
	if (strcmp(word, "definition") == 0)
		return add(f->definition, out);
	if (strcmp(word, "parent") == 0)
		return add_parent(f, false, out);
	if (strcmp(word, "parent-class") == 0)
		return add_parent(f, true, out);
	if (strcmp(word, "object") == 0 || strcmp(word, "object-class") == 0)
		return add_object(facts, f, word, out);
	if (strcmp(word, "name") == 0 || strcmp(word, "schema") == 0) {
		tb_rec_name(f->identity, *word == 'n' ? -1 : 0, out);
		return true;
	}
	for (size_t i = 0; i < tb_fact_attributes(f); i++)
		if (strcmp(tb_fact_attribute(f, i), word) == 0)
			return add(tb_fact_value(f, i), out);
	if (strchr(word, '-') != NULL)
		tb_bug("%s:%d: there is no word \"%s\"", c->what, c->line,
		    word);
	/* A server of this version may have no such attribute. */
	return false;
}

/* "left.type": the rest of the word, and the fact that it is asked of. */
static const struct tb_fact *
whose(const struct rec_ctx *c, const char **word, const struct tb_facts **facts)
{
	const struct tb_fact *left = tb_rec_left(c->r, c->pair);
	const struct tb_fact *right = tb_rec_right(c->r, c->pair);
	const struct tb_fact *f = c->on_left || right == NULL ? left : right;

	*facts = f == left ? c->r->left : c->r->right;
	if (strncmp(*word, "left.", 5) == 0) {
		*facts = c->r->left;
		*word += 5;
		return left;
	}
	if (strncmp(*word, "right.", 6) == 0) {
		*facts = c->r->right;
		*word += 6;
		return right;
	}
	if (strncmp(*word, "up.", 3) == 0) {
		*word += 3;
		return f != NULL ? tb_fact_up(*facts, f) : NULL;
	}
	if (strncmp(*word, "it.", 3) == 0) {
		*word += 3;
		*facts = c->r->left;
		return c->it;
	}
	return f;
}

bool
tb_rec_value(const struct rec_ctx *c, const char *word, struct tb_buf *out)
{
	const struct tb_facts *facts;
	const struct tb_fact *f;
	bool null = false;

	for (const char *const *g = c->given; g != NULL && *g != NULL; g += 2)
		if (strcmp(g[0], word) == 0)
			return add(g[1], out);
	if (strcmp(word, "old") == 0)
		return add(c->change != NULL ? c->change->old : NULL, out);
	if (strcmp(word, "new") == 0)
		return add(c->change != NULL ? c->change->new : NULL, out);
	if (strcmp(word, "it") == 0)
		return add(c->item, out);
	if (c->r != NULL && strcmp(word, "server") == 0) {
		tb_buf_addf(out, "%d", c->r->left->version);
		return true;
	}
	if (tb_rec_word(c, word, out, &null))
		return !null;
	if (c->r == NULL)
		tb_bug("%s:%d: no \"%s\" here", c->what, c->line, word);
	f = whose(c, &word, &facts);
	return f != NULL && tb_rec_field(c, facts, f, word, out);
}
