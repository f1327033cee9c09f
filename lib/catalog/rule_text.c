/*
 * rule_text.c: templates, filled in.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"

/* What the braces hold: [filter] word[=value] [argument] [?text[|else]]. */
struct hole {
	char *filter, *word, *argument;
	char *value;            /* NULL: none to compare with */
	char *text, *otherwise; /* NULL: none */
};

/* Cut the string at the character; what follows it, or NULL. */
static char *
cut(char *s, char at)
{
	char *found = strchr(s, at);

	if (found == NULL)
		return NULL;
	*found = '\0';
	return tb_strdup(found + 1);
}

static void
parse_hole(struct hole *h, const char *s, size_t n)
{
	struct tb_strs words = TB_STRS_INIT;
	char *name = tb_strndup(s, n);
	size_t i = 0;

	*h = (struct hole){ .text = cut(name, '?') };
	if (h->text != NULL)
		h->otherwise = cut(h->text, '|');
	h->value = cut(name, '=');
	tb_strs_split(&words, name, " ");
	if (words.n > 1 &&
	    (strcmp(words.v[0], "upper") == 0 ||
		strcmp(words.v[0], "literal") == 0))
		h->filter = tb_strdup(words.v[i++]);
	h->word = tb_strdup(i < words.n ? words.v[i++] : "");
	h->argument = i < words.n ? tb_strdup(words.v[i]) : NULL;
	tb_strs_release(&words);
	free(name);
}

static void
release_hole(struct hole *h)
{
	free(h->filter);
	free(h->word);
	free(h->argument);
	free(h->value);
	free(h->text);
	free(h->otherwise);
}

static void
filter(const char *how, struct tb_buf *b)
{
	struct tb_buf quoted = TB_BUF_INIT;

	if (how == NULL)
		return;
	if (strcmp(how, "upper") == 0) {
		for (size_t i = 0; i < b->len; i++)
			b->s[i] = (char)toupper((unsigned char)b->s[i]);
		return;
	}
	tb_buf_add(&quoted, strchr(b->s, '\\') != NULL ? " E'" : "'");
	for (size_t i = 0; i < b->len; i++) {
		if (b->s[i] == '\'' || b->s[i] == '\\')
			tb_buf_addc(&quoted, b->s[i]);
		tb_buf_addc(&quoted, b->s[i]);
	}
	tb_buf_addc(&quoted, '\'');
	tb_buf_reset(b);
	tb_buf_addn(b, quoted.s, quoted.len);
	tb_buf_release(&quoted);
}

/* The text with * replaced. */
static void
fill_text(const char *text, const char *value, struct tb_buf *out)
{
	for (; *text != '\0'; text++)
		if (*text == '*')
			tb_buf_add(out, value);
		else
			tb_buf_addc(out, *text);
}

static void
fill_hole(const struct rec_ctx *c, const char *s, size_t n,
    const char *separator, struct tb_buf *out)
{
	struct tb_buf value = TB_BUF_INIT;
	struct hole h;
	bool there;

	parse_hole(&h, s, n);
	if (strcmp(h.word, "parts") == 0) {
		tb_rec_parts(c, h.argument, separator, &value);
		there = value.len > 0 || h.text == NULL;
	} else {
		there = tb_rec_value(c, h.word, &value);
	}
	if (!there && h.text == NULL)
		tb_bug("%s:%d: {%s} is NULL", c->what, c->line, h.word);
	if (there)
		filter(h.filter, &value);
	if (h.value != NULL)
		there = there && strcmp(value.s, h.value) == 0;
	if (h.text == NULL)
		tb_buf_addn(out, value.s, value.len);
	else if (there)
		fill_text(h.text, value.s, out);
	else if (h.otherwise != NULL)
		fill_text(h.otherwise, "", out);
	tb_buf_release(&value);
	release_hole(&h);
}

/* Parts stand below each other where the first one begins a line. */
static const char *
separator_at(const char *template, const char *at)
{
	while (at > template && at[-1] == ' ')
		at--;
	return at > template && at[-1] == '\n' ? ",\n    " : ", ";
}

void
tb_rec_fill(const struct rec_ctx *c, const char *template, struct tb_buf *out)
{
	const char *start = template;

	while (*template != '\0') {
		size_t n = strcspn(template, "{");
		const char *separator;
		size_t len;

		tb_buf_addn(out, template, n);
		template += n;
		if (*template == '\0')
			break;
		separator = separator_at(start, template);
		len = strcspn(++template, "}");
		if (template[len] == '\0')
			tb_bug("%s:%d: a brace is open", c->what, c->line);
		fill_hole(c, template, len, separator, out);
		template += len + 1;
	}
}

static long
position(const struct rec *r, size_t fact)
{
	const struct tb_fact *f = &r->right->v[fact];

	for (size_t i = 0; i < tb_fact_attributes(f); i++)
		if (tb_fact_is_position(tb_fact_attribute(f, i)) &&
		    tb_fact_value(f, i) != NULL)
			return strtol(tb_fact_value(f, i), NULL, 10);
	return 0;
}

struct parts {
	const struct rec *r;
	size_t *v; /* facts of the right */
	size_t n;
};

/* By position; parts without one stay as they stand. */
static void
put_in_order(struct parts *parts, size_t fact)
{
	size_t i = parts->n++;

	for (; i > 0 &&
	     position(parts->r, parts->v[i - 1]) > position(parts->r, fact);
	     i--)
		parts->v[i] = parts->v[i - 1];
	parts->v[i] = fact;
}

static void
find_parts(struct parts *parts, const struct rec_pair *whole, const char *class)
{
	const struct rec *r = parts->r;
	size_t n = 0;

	if (class == NULL)
		tb_bug("a rule lists parts and names no class");
	for (size_t i = r->right_tree.first[whole->right]; i != TB_FACT_NONE;
	     i = r->right_tree.next[i])
		n++;
	parts->v = tb_calloc(n + 1, sizeof(*parts->v));
	for (size_t i = r->right_tree.first[whole->right]; i != TB_FACT_NONE;
	     i = r->right_tree.next[i])
		if (strcmp(r->right->v[i].class->name, class) == 0 &&
		    r->pairs[r->right_pair[i]].folded != TB_FACT_NONE)
			put_in_order(parts, i);
}

void
tb_rec_parts(const struct rec_ctx *c, const char *class, const char *separator,
    struct tb_buf *out)
{
	const struct rec *r = c->r;
	struct parts parts = { .r = r };
	size_t n = 0;

	find_parts(&parts, c->pair, class);
	for (size_t i = 0; i < parts.n; i++) {
		const struct rec_pair *p = &r->pairs[r->right_pair[parts.v[i]]];
		const struct tb_rule *rule =
		    tb_rec_section(r, p, TB_VERB_PART, NULL);
		struct rec_ctx part = tb_rec_ctx(r, p, rule, NULL);

		if (rule->nsteps == 0)
			continue;
		if (n++ > 0)
			tb_buf_add(out, separator);
		tb_rec_fill(&part, rule->steps[0].sql, out);
	}
	free(parts.v);
}
