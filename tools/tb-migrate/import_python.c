/*
 * Python statements.  One that is not understood becomes UNKNOWN, with all
 * that is indented below it.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "import_python.h"
#include "import_python_expr.h"

static bool parse_block(struct mig_py_parser *, struct mig_py_block *,
    int indent);

static struct mig_py_stmt *
new_stmt(struct mig_py_parser *p, struct mig_py_block *block,
    enum mig_py_stmt_kind kind)
{
	struct mig_py_module *m = p->m;
	struct mig_py_stmt *s = tb_calloc(1, sizeof(*s));

	s->kind = kind;
	s->line = s->last_line = mig_py_peek(p)->line;
	m->stmts =
	    tb_grow(m->stmts, m->n_stmts, &m->cap_stmts, sizeof(*m->stmts));
	m->stmts[m->n_stmts++] = s;
	block->v = tb_grow(block->v, block->n, &block->cap, sizeof(*block->v));
	block->v[block->n++] = s;
	return s;
}

static void
add_import(struct mig_py_parser *p, struct mig_py_block *block, char *name,
    char *path)
{
	struct mig_py_stmt *s = new_stmt(p, block, MIG_PY_IMPORT);

	s->name = name;
	s->text = path;
}

static bool
at_newline(const struct mig_py_parser *p)
{
	return mig_py_peek(p)->kind == MIG_PY_T_NEWLINE;
}

static bool
at_end(const struct mig_py_parser *p)
{
	return mig_py_peek(p)->kind == MIG_PY_T_END;
}

/* The end of a simple statement. */
static bool
take_end(struct mig_py_parser *p)
{
	bool more = mig_py_take(p, ";");

	if (at_newline(p)) {
		p->pos++;
		return true;
	}
	return more || at_end(p);
}

/* Dotted words; NULL: there are none. */
static char *
take_dotted(struct mig_py_parser *p)
{
	struct tb_buf b = TB_BUF_INIT;

	while (mig_py_take(p, ".") || mig_py_take(p, "..."))
		;
	while (
	    mig_py_peek(p)->kind == MIG_PY_T_NAME && !mig_py_is(p, "import")) {
		tb_buf_addn(&b, p->text + mig_py_peek(p)->start,
		    mig_py_peek(p)->len);
		p->pos++;
		if (!mig_py_take(p, "."))
			break;
		tb_buf_addc(&b, '.');
	}
	if (b.len > 0)
		return tb_buf_detach(&b);
	tb_buf_release(&b);
	return NULL;
}

/* The name behind "as"; NULL: there is none. */
static char *
take_alias(struct mig_py_parser *p)
{
	if (!mig_py_take(p, "as") || mig_py_peek(p)->kind != MIG_PY_T_NAME)
		return NULL;
	return mig_py_word(p, &p->tokens.v[p->pos++]);
}

/* "import a.b" binds a, "import a.b as c" binds c to a.b. */
static bool
parse_import(struct mig_py_parser *p, struct mig_py_block *block)
{
	do {
		char *path = take_dotted(p), *name;

		if (path == NULL)
			return false;
		if ((name = take_alias(p)) == NULL) {
			path[strcspn(path, ".")] = '\0';
			name = tb_strdup(path);
		}
		add_import(p, block, name, path);
	} while (mig_py_take(p, ","));
	return take_end(p);
}

/* "from a import b as c" binds c to a.b. */
static bool
parse_from(struct mig_py_parser *p, struct mig_py_block *block)
{
	char *module = take_dotted(p);
	bool ok = mig_py_take(p, "import"), parens = mig_py_take(p, "(");

	if (mig_py_take(p, "*")) {
		free(module);
		return take_end(p);
	}
	while (ok && mig_py_peek(p)->kind == MIG_PY_T_NAME) {
		char *word = mig_py_word(p, &p->tokens.v[p->pos++]);
		char *alias = take_alias(p);

		add_import(p, block, alias != NULL ? alias : tb_strdup(word),
		    tb_asprintf("%s.%s", module != NULL ? module : "", word));
		free(word);
		if (!mig_py_take(p, ","))
			break;
	}
	free(module);
	return ok && (!parens || mig_py_take(p, ")")) && take_end(p);
}

/* Everything up to the colon that ends the head of a function. */
static bool
skip_head(struct mig_py_parser *p)
{
	int depth = 0;

	for (; !at_newline(p) && !at_end(p); p->pos++) {
		if (mig_py_is(p, "(") || mig_py_is(p, "[") || mig_py_is(p, "{"))
			depth++;
		else if (mig_py_is(p, ")") || mig_py_is(p, "]") ||
		    mig_py_is(p, "}"))
			depth--;
		else if (depth == 0 && mig_py_take(p, ":"))
			return true;
	}
	return false;
}

static bool parse_stmt(struct mig_py_parser *, struct mig_py_block *,
    struct mig_py_stmt *, int indent);

static void
set_last_line(const struct mig_py_parser *p, struct mig_py_stmt *s)
{
	if (p->pos > 0)
		s->last_line = p->tokens.v[p->pos - 1].last_line;
}

/* What stands behind the colon: a block, or statements on the same line. */
static bool
parse_suite(struct mig_py_parser *p, struct mig_py_block *body, int indent)
{
	if (at_newline(p)) {
		p->pos++;
		return mig_py_peek(p)->indent > indent &&
		    parse_block(p, body, mig_py_peek(p)->indent);
	}
	do {
		struct mig_py_stmt *s = new_stmt(p, body, MIG_PY_UNKNOWN);

		if (!parse_stmt(p, body, s, indent))
			return false;
		set_last_line(p, s);
	} while (mig_py_peek(p)->indent == -1 && !at_end(p));
	return true;
}

static bool
parse_def(struct mig_py_parser *p, struct mig_py_stmt *s, int indent)
{
	s->kind = MIG_PY_DEF;
	if (mig_py_peek(p)->kind != MIG_PY_T_NAME)
		return false;
	s->name = mig_py_word(p, mig_py_peek(p));
	return skip_head(p) && parse_suite(p, &s->body, indent);
}

static bool
parse_with(struct mig_py_parser *p, struct mig_py_stmt *s, int indent)
{
	s->kind = MIG_PY_WITH;
	if ((s->value = mig_py_expr(p)) == NULL)
		return false;
	s->name = take_alias(p);
	return mig_py_take(p, ":") && parse_suite(p, &s->body, indent);
}

/* A tuple may go without its parentheses; *value is its first member. */
static bool
parse_bare_tuple(struct mig_py_parser *p, struct mig_py **value)
{
	struct mig_py *tuple, *e;

	if (!mig_py_is(p, ","))
		return true;
	tuple = mig_py_new(p, MIG_PY_TUPLE, NULL);
	mig_py_add(tuple, *value);
	while (mig_py_take(p, ",") && !mig_py_ends(p)) {
		if ((e = mig_py_expr(p)) == NULL)
			return false;
		mig_py_add(tuple, e);
	}
	*value = tuple;
	return true;
}

/* Behind a name: "= value", ": annotation = value", or ": annotation". */
static bool
parse_assignment(struct mig_py_parser *p, struct mig_py_stmt *s)
{
	const struct mig_py *target = s->value;

	if (target->kind != MIG_PY_NAME || strchr(target->text, '.') != NULL)
		return false;
	s->name = tb_strdup(target->text);
	s->kind = MIG_PY_ASSIGN;
	if (mig_py_take(p, ":"))
		mig_py_skip(p);
	if (!mig_py_take(p, "=")) {
		s->kind = MIG_PY_PASS;
		return take_end(p);
	}
	s->value = mig_py_expr(p);
	return s->value != NULL && parse_bare_tuple(p, &s->value) &&
	    take_end(p);
}

static bool
parse_expr_stmt(struct mig_py_parser *p, struct mig_py_stmt *s)
{
	s->kind = MIG_PY_EXPR;
	if ((s->value = mig_py_expr(p)) == NULL)
		return false;
	if (mig_py_is(p, "=") || mig_py_is(p, ":"))
		return parse_assignment(p, s);
	return take_end(p);
}

/* pass, raise, return: what follows the word does not matter. */
static bool
parse_word(struct mig_py_parser *p, struct mig_py_stmt *s,
    enum mig_py_stmt_kind kind)
{
	s->kind = kind;
	while (!mig_py_ends(p)) {
		mig_py_skip(p);
		(void)mig_py_take(p, ",");
	}
	return take_end(p);
}

/* Words that begin what is not looked into. */
static bool
is_foreign(const struct mig_py_parser *p)
{
	static const char *const words[] = { "if", "elif", "else", "for",
		"while", "try", "except", "finally", "class", "async", "del",
		"assert", "global", "nonlocal", "@" };

	for (size_t i = 0; i < TB_LEN(words); i++)
		if (mig_py_is(p, words[i]))
			return true;
	return false;
}

static bool
parse_stmt(struct mig_py_parser *p, struct mig_py_block *block,
    struct mig_py_stmt *s, int indent)
{
	if (is_foreign(p))
		return false;
	if (mig_py_take(p, "def"))
		return parse_def(p, s, indent);
	if (mig_py_take(p, "with"))
		return parse_with(p, s, indent);
	if (mig_py_take(p, "raise"))
		return parse_word(p, s, MIG_PY_RAISE);
	if (mig_py_take(p, "return"))
		return parse_word(p, s, MIG_PY_RETURN);
	if (mig_py_take(p, "pass"))
		return parse_word(p, s, MIG_PY_PASS);
	s->kind = MIG_PY_PASS;
	if (mig_py_take(p, "..."))
		return take_end(p);
	if (mig_py_take(p, "import"))
		return parse_import(p, block);
	if (mig_py_take(p, "from"))
		return parse_from(p, block);
	return parse_expr_stmt(p, s);
}

/* "else" and its like go on with the statement before them. */
static bool
goes_on(const struct mig_py_parser *p)
{
	return mig_py_is(p, "else") || mig_py_is(p, "elif") ||
	    mig_py_is(p, "except") || mig_py_is(p, "finally");
}

static void
skip_stmt(struct mig_py_parser *p, struct mig_py_stmt *s, size_t first,
    int indent)
{
	p->pos = first;
	while (!at_newline(p) && !at_end(p))
		p->pos++;
	s->kind = MIG_PY_UNKNOWN;
	s->text = mig_py_since(p, first);
	while (!at_end(p) &&
	    (mig_py_peek(p)->indent == -1 || mig_py_peek(p)->indent > indent ||
		(mig_py_peek(p)->indent == indent && goes_on(p))))
		p->pos++;
	set_last_line(p, s);
}

/* Up to the first line that is indented less; false if one fits nothing. */
static bool
parse_block(struct mig_py_parser *p, struct mig_py_block *block, int indent)
{
	while (!at_end(p) &&
	    (mig_py_peek(p)->indent == -1 ||
		mig_py_peek(p)->indent == indent)) {
		struct mig_py_stmt *s = new_stmt(p, block, MIG_PY_UNKNOWN);
		size_t first = p->pos;
		int depth = p->depth;

		if (p->depth++ < MIG_PY_DEPTH &&
		    parse_stmt(p, block, s, indent))
			set_last_line(p, s);
		else
			skip_stmt(p, s, first, indent);
		p->depth = depth;
	}
	return at_end(p) || mig_py_peek(p)->indent < indent;
}

static char *
without_cr(const char *text)
{
	struct tb_buf b = TB_BUF_INIT;

	for (const char *s = text; *s != '\0'; s++)
		if (s[0] != '\r' || s[1] != '\n')
			tb_buf_addc(&b, *s);
	return tb_buf_detach(&b);
}

struct mig_py_module *
mig_py_parse(const char *path, const char *text, struct tb_err *err)
{
	struct mig_py_module *m = tb_calloc(1, sizeof(*m));
	struct mig_py_parser p = { .m = m };
	int rc;

	p.text = m->text = without_cr(text);
	rc = mig_py_scan(path, m->text, &p.tokens, err);
	if (rc == 0 && !parse_block(&p, &m->body, 0))
		rc = tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: the indentation fits nothing", path,
		    mig_py_peek(&p)->line);
	mig_py_tokens_release(&p.tokens);
	if (rc == 0)
		return m;
	mig_py_free(m);
	return NULL;
}

void
mig_py_free(struct mig_py_module *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->n_exprs; i++) {
		free(m->exprs[i]->text);
		free(m->exprs[i]->path);
		free(m->exprs[i]->v);
		free(m->exprs[i]);
	}
	for (size_t i = 0; i < m->n_stmts; i++) {
		free(m->stmts[i]->name);
		free(m->stmts[i]->text);
		free(m->stmts[i]->body.v);
		free(m->stmts[i]);
	}
	free(m->exprs);
	free(m->stmts);
	free(m->body.v);
	free(m->text);
	free(m);
}

struct tb_slice
mig_py_lines(const struct mig_py_module *m, int first, int last)
{
	struct tb_lines in = tb_lines(m->text);
	struct tb_slice line, all = { m->text, 0 };

	while (in.number < last && tb_lines_next(&in, &line)) {
		if (in.number == first)
			all.s = line.s;
		if (in.number >= first)
			all.n = (size_t)(line.s + line.n - all.s);
	}
	return all;
}

bool
mig_py_mentions(const struct mig_py_module *m, int first, int last,
    const char *name)
{
	struct tb_slice all = mig_py_lines(m, first, last);
	size_t n = strlen(name);

	for (size_t i = 0; i + n <= all.n; i++) {
		const char *s = all.s + i;
		bool before =
		    i > 0 && (isalnum((unsigned char)s[-1]) || s[-1] == '_');
		bool after = i + n < all.n &&
		    (isalnum((unsigned char)s[n]) || s[n] == '_');

		if (memcmp(s, name, n) == 0 && !before && !after)
			return true;
	}
	return false;
}
