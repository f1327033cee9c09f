/*
 * Python expressions as a tree.  What is not understood becomes OTHER, up to
 * where the expression ends.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "import_python_expr.h"

const struct mig_py_token *
mig_py_peek(const struct mig_py_parser *p)
{
	return &p->tokens.v[p->pos];
}

static bool
token_is(const struct mig_py_parser *p, const struct mig_py_token *t,
    const char *s)
{
	return (t->kind == MIG_PY_T_OP || t->kind == MIG_PY_T_NAME) &&
	    strlen(s) == t->len && memcmp(p->text + t->start, s, t->len) == 0;
}

bool
mig_py_is(const struct mig_py_parser *p, const char *s)
{
	return token_is(p, mig_py_peek(p), s);
}

bool
mig_py_take(struct mig_py_parser *p, const char *s)
{
	if (!mig_py_is(p, s))
		return false;
	p->pos++;
	return true;
}

char *
mig_py_word(const struct mig_py_parser *p, const struct mig_py_token *t)
{
	return tb_strndup(p->text + t->start, t->len);
}

struct mig_py *
mig_py_new(struct mig_py_parser *p, enum mig_py_kind kind, char *text)
{
	struct mig_py_module *m = p->m;
	struct mig_py *e = tb_calloc(1, sizeof(*e));

	e->kind = kind;
	e->line = mig_py_peek(p)->line;
	e->text = text;
	m->exprs =
	    tb_grow(m->exprs, m->n_exprs, &m->cap_exprs, sizeof(*m->exprs));
	m->exprs[m->n_exprs++] = e;
	return e;
}

void
mig_py_add(struct mig_py *e, struct mig_py *member)
{
	e->v = tb_grow(e->v, e->n, &e->cap, sizeof(*e->v));
	e->v[e->n++] = member;
}

/* Where an expression may end. */
bool
mig_py_ends(const struct mig_py_parser *p)
{
	static const char *const ends[] = { ",", ")", "]", "}", "=", ":", ";",
		"as" };
	const struct mig_py_token *t = mig_py_peek(p);

	if (t->kind == MIG_PY_T_NEWLINE || t->kind == MIG_PY_T_END)
		return true;
	for (size_t i = 0; i < TB_LEN(ends); i++)
		if (mig_py_is(p, ends[i]))
			return true;
	return false;
}

/* Pass over tokens up to the end of an expression. */
void
mig_py_skip(struct mig_py_parser *p)
{
	int depth = 0;

	while (mig_py_peek(p)->kind != MIG_PY_T_NEWLINE &&
	    mig_py_peek(p)->kind != MIG_PY_T_END) {
		if (depth == 0 && mig_py_ends(p))
			return;
		if (mig_py_is(p, "(") || mig_py_is(p, "[") || mig_py_is(p, "{"))
			depth++;
		else if (mig_py_is(p, ")") || mig_py_is(p, "]") ||
		    mig_py_is(p, "}"))
			depth--;
		p->pos++;
	}
}

/* The source from a token to the one before the current, on one line. */
char *
mig_py_since(const struct mig_py_parser *p, size_t first)
{
	struct tb_buf b = TB_BUF_INIT;
	const struct mig_py_token *last =
	    &p->tokens.v[p->pos > first ? p->pos - 1 : first];
	const char *s = p->text + p->tokens.v[first].start;
	const char *end = p->text + last->start + last->len;

	for (; s < end; s++) {
		if (*s != ' ' && *s != '\t' && *s != '\n')
			tb_buf_addc(&b, *s);
		else if (b.len > 0 && b.s[b.len - 1] != ' ')
			tb_buf_addc(&b, ' ');
	}
	return tb_buf_detach(&b);
}

static struct mig_py *
other(struct mig_py_parser *p, size_t first)
{
	struct mig_py *e;

	mig_py_skip(p);
	e = mig_py_new(p, MIG_PY_OTHER, mig_py_since(p, first));
	e->line = p->tokens.v[first].line;
	return e;
}

/* Strings side by side are one. */
static struct mig_py *
parse_string(struct mig_py_parser *p)
{
	struct mig_py *e = mig_py_new(p, MIG_PY_STRING, NULL);
	struct tb_buf b = TB_BUF_INIT;
	size_t first = p->pos;
	bool strange = false;

	while (mig_py_peek(p)->kind == MIG_PY_T_STRING ||
	    mig_py_peek(p)->kind == MIG_PY_T_STRANGE) {
		char *value = mig_py_peek(p)->kind == MIG_PY_T_STRING ?
		    mig_py_unquote(p->text, mig_py_peek(p)) :
		    NULL;

		strange = strange || value == NULL;
		if (value != NULL)
			tb_buf_add(&b, value);
		free(value);
		p->pos++;
	}
	if (strange) {
		tb_buf_release(&b);
		e->kind = MIG_PY_OTHER;
		e->text = mig_py_since(p, first);
	} else {
		e->text = tb_buf_detach(&b);
	}
	return e;
}

/* "lambda a, b: value", all of it. */
static struct mig_py *
parse_lambda(struct mig_py_parser *p)
{
	size_t first = p->pos;

	do {
		mig_py_skip(p);
	} while (mig_py_take(p, ",") || mig_py_take(p, "="));
	return mig_py_take(p, ":") ? other(p, first) : NULL;
}

static struct mig_py *
parse_name(struct mig_py_parser *p)
{
	static const struct {
		const char *word;
		enum mig_py_kind kind;
	} words[] = {
		{ "None", MIG_PY_NONE },
		{ "True", MIG_PY_TRUE },
		{ "False", MIG_PY_FALSE },
		{ "not", MIG_PY_OTHER },
		{ "await", MIG_PY_OTHER },
	};
	struct mig_py *e;

	if (mig_py_is(p, "lambda"))
		return parse_lambda(p);
	for (size_t i = 0; i < TB_LEN(words); i++)
		if (mig_py_is(p, words[i].word)) {
			if (words[i].kind == MIG_PY_OTHER)
				return other(p, p->pos);
			e = mig_py_new(p, words[i].kind, NULL);
			p->pos++;
			return e;
		}
	e = mig_py_new(p, MIG_PY_NAME, mig_py_word(p, mig_py_peek(p)));
	p->pos++;
	return e;
}

/* An argument: *x, **x, name=value or a value. */
static struct mig_py *
parse_argument(struct mig_py_parser *p)
{
	const struct mig_py_token *t = mig_py_peek(p);
	struct mig_py *name = NULL, *e;

	if (mig_py_is(p, "*") || mig_py_is(p, "**")) {
		size_t first = p->pos++;

		return other(p, first);
	}
	if (t->kind == MIG_PY_T_NAME && token_is(p, t + 1, "=")) {
		name = mig_py_new(p, MIG_PY_NAME, mig_py_word(p, t));
		p->pos += 2;
	}
	if ((e = mig_py_expr(p)) != NULL && name != NULL)
		e->keyword = name->text;
	return e;
}

/* Members up to a closing bracket, commas between.  NULL: not understood. */
static struct mig_py *
parse_members(struct mig_py_parser *p, struct mig_py *e, const char *close,
    struct mig_py *(*member)(struct mig_py_parser *))
{
	while (!mig_py_take(p, close)) {
		struct mig_py *x = member(p);

		if (x == NULL)
			return NULL;
		mig_py_add(e, x);
		if (!mig_py_take(p, ",") && !mig_py_is(p, close))
			return NULL;
	}
	return e;
}

static struct mig_py *
parse_dict(struct mig_py_parser *p)
{
	struct mig_py *e = mig_py_new(p, MIG_PY_DICT, NULL);

	p->pos++;
	while (!mig_py_take(p, "}")) {
		struct mig_py *key = mig_py_expr(p), *value;

		if (key == NULL || !mig_py_take(p, ":") ||
		    (value = mig_py_expr(p)) == NULL)
			return NULL;
		mig_py_add(e, key);
		mig_py_add(e, value);
		if (!mig_py_take(p, ",") && !mig_py_is(p, "}"))
			return NULL;
	}
	return e;
}

/* A tuple, or an expression in parentheses. */
static struct mig_py *
parse_parens(struct mig_py_parser *p)
{
	struct mig_py *e = mig_py_new(p, MIG_PY_TUPLE, NULL), *first;

	p->pos++;
	if (mig_py_take(p, ")"))
		return e;
	if ((first = mig_py_expr(p)) == NULL)
		return NULL;
	if (mig_py_take(p, ")"))
		return first;
	mig_py_add(e, first);
	return mig_py_take(p, ",") ? parse_members(p, e, ")", mig_py_expr) :
				     NULL;
}

static struct mig_py *
parse_operand(struct mig_py_parser *p)
{
	const struct mig_py_token *t = mig_py_peek(p);
	struct mig_py *e;

	if (t->kind == MIG_PY_T_STRING || t->kind == MIG_PY_T_STRANGE)
		return parse_string(p);
	if (t->kind == MIG_PY_T_NAME)
		return parse_name(p);
	if (t->kind == MIG_PY_T_NUMBER ||
	    (mig_py_is(p, "-") && t[1].kind == MIG_PY_T_NUMBER)) {
		bool minus = mig_py_take(p, "-");

		e = mig_py_new(p, MIG_PY_NUMBER, NULL);
		t = mig_py_peek(p);
		e->text = tb_asprintf("%s%.*s", minus ? "-" : "", (int)t->len,
		    p->text + t->start);
		p->pos++;
		return e;
	}
	if (mig_py_is(p, "("))
		return parse_parens(p);
	if (mig_py_is(p, "{"))
		return parse_dict(p);
	if (mig_py_is(p, "[")) {
		e = mig_py_new(p, MIG_PY_LIST, NULL);
		p->pos++;
		return parse_members(p, e, "]", mig_py_expr);
	}
	return mig_py_is(p, "-") || mig_py_is(p, "+") || mig_py_is(p, "~") ?
	    other(p, p->pos) :
	    NULL;
}

/* Behind "x.": more of a name, or an attribute of what x is. */
static struct mig_py *
parse_attribute(struct mig_py_parser *p, struct mig_py *e)
{
	struct mig_py *attr;
	char *word;

	if (mig_py_peek(p)->kind != MIG_PY_T_NAME)
		return NULL;
	word = mig_py_word(p, mig_py_peek(p));
	if (e->kind == MIG_PY_NAME) {
		char *longer = tb_asprintf("%s.%s", e->text, word);

		free(e->text);
		free(word);
		e->text = longer;
		p->pos++;
		return e;
	}
	attr = mig_py_new(p, MIG_PY_ATTR, word);
	attr->of = e;
	p->pos++;
	return attr;
}

/* Attributes and calls behind an operand. */
static struct mig_py *
parse_postfix(struct mig_py_parser *p, struct mig_py *e)
{
	while (e != NULL) {
		if (mig_py_take(p, ".")) {
			e = parse_attribute(p, e);
		} else if (mig_py_is(p, "(")) {
			struct mig_py *call = mig_py_new(p, MIG_PY_CALL, NULL);

			call->of = e;
			call->line = e->line;
			p->pos++;
			e = parse_members(p, call, ")", parse_argument);
		} else {
			break;
		}
	}
	return e;
}

/* "a" + "b": one string; with anything else between them it is OTHER. */
static struct mig_py *
parse_sum(struct mig_py_parser *p, struct mig_py *e, size_t first)
{
	while (e != NULL && e->kind == MIG_PY_STRING && mig_py_take(p, "+")) {
		struct mig_py *more = parse_postfix(p, parse_operand(p));
		char *both;

		if (more == NULL || more->kind != MIG_PY_STRING)
			return other(p, first);
		both = tb_asprintf("%s%s", e->text, more->text);
		free(e->text);
		e->text = both;
	}
	return e;
}

struct mig_py *
mig_py_expr(struct mig_py_parser *p)
{
	size_t first = p->pos;
	struct mig_py *e;

	if (p->depth >= MIG_PY_DEPTH)
		return NULL;
	p->depth++;
	e = parse_sum(p, parse_postfix(p, parse_operand(p)), first);
	p->depth--;
	return e == NULL || mig_py_ends(p) ? e : other(p, first);
}
