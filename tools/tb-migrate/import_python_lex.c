/*
 * Python text as tokens.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "import_python_lex.h"

#define TAB 8

struct lexer {
	const char *path, *text;
	size_t pos;
	int line;
	int depth;       /* of open brackets */
	int depth_line;  /* where the outermost was opened */
	bool line_start; /* the next token is the first of a logical line */
	int indent;
	struct mig_py_tokens *out;
	struct tb_err *err;
};

static int
fail(struct lexer *l, int line, const char *what)
{
	return tb_err_set(l->err, TB_EXIT_DATA, "%s:%d: %s", l->path, line,
	    what);
}

static struct mig_py_token *
add(struct lexer *l, enum mig_py_token_kind kind, size_t len)
{
	struct mig_py_tokens *out = l->out;
	struct mig_py_token *t;

	out->v = tb_grow(out->v, out->n, &out->cap, sizeof(*out->v));
	t = &out->v[out->n++];
	*t = (struct mig_py_token){
		.kind = kind,
		.start = l->pos,
		.len = len,
		.line = l->line,
		.last_line = l->line,
		.indent = l->line_start ? l->indent : -1,
	};
	l->line_start = false;
	l->pos += len;
	return t;
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80) != 0;
}

/* The length of a string's prefix and first quote mark; 0: no string here. */
static size_t
string_prefix(const char *s, bool *strange)
{
	size_t n = 0;

	*strange = false;
	while (n < 3 && s[n] != '\0' && strchr("rRbBuUfF", s[n]) != NULL) {
		if (strchr("bBfF", s[n]) != NULL)
			*strange = true;
		n++;
	}
	return s[n] == '\'' || s[n] == '"' ? n + 1 : 0;
}

static int
scan_string(struct lexer *l, size_t prefix, bool strange)
{
	const char *s = l->text + l->pos;
	char quote = s[prefix - 1];
	size_t marks = s[prefix] == quote && s[prefix + 1] == quote ? 3 : 1;
	size_t i = prefix - 1 + marks;
	int first = l->line, line = l->line;
	struct mig_py_token *t;

	for (; s[i] != '\0'; i++) {
		if (s[i] == '\\' && s[i + 1] != '\0') {
			i++;
		} else if (s[i] == quote &&
		    (marks == 1 || (s[i + 1] == quote && s[i + 2] == quote))) {
			break;
		} else if (s[i] == '\n' && marks == 1) {
			return fail(l, first, "a string does not end");
		}
		line += s[i] == '\n';
	}
	if (s[i] == '\0')
		return fail(l, first, "a string does not end");
	t = add(l, strange ? MIG_PY_T_STRANGE : MIG_PY_T_STRING, i + marks);
	t->last_line = l->line = line;
	return 0;
}

static void
scan_number(struct lexer *l)
{
	const char *s = l->text + l->pos;
	bool hex = s[0] == '0' && (s[1] == 'x' || s[1] == 'X');
	size_t n = 0;

	while (is_word(s[n]) || s[n] == '.' ||
	    (n > 0 && !hex && (s[n] == '+' || s[n] == '-') &&
		(s[n - 1] == 'e' || s[n - 1] == 'E')))
		n++;
	(void)add(l, MIG_PY_T_NUMBER, n);
}

static void
scan_op(struct lexer *l)
{
	static const char *const longer[] = { "**=", "//=", ">>=", "<<=", "...",
		"==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "&=",
		"|=", "^=", "@=", ":=", "->", "**", "//", "<<", ">>" };
	const char *s = l->text + l->pos;
	size_t n = 1;

	for (size_t i = 0; i < TB_LEN(longer) && n == 1; i++)
		if (strncmp(s, longer[i], strlen(longer[i])) == 0)
			n = strlen(longer[i]);
	if (n == 1 && strchr("([{", *s) != NULL) {
		if (l->depth++ == 0)
			l->depth_line = l->line;
	} else if (n == 1 && strchr(")]}", *s) != NULL && l->depth > 0) {
		l->depth--;
	}
	(void)add(l, MIG_PY_T_OP, n);
}

static void
end_line(struct lexer *l)
{
	if (l->depth == 0 && !l->line_start)
		(void)add(l, MIG_PY_T_NEWLINE, 0);
	if (l->depth == 0) {
		l->line_start = true;
		l->indent = 0;
	}
	l->pos++;
	l->line++;
}

/* Blanks, comments, line ends; true if there was one of them. */
static bool
skip(struct lexer *l)
{
	const char *s = l->text + l->pos;

	switch (*s) {
	case ' ':
	case '\t':
	case '\f':
	case '\r':
		if (l->line_start)
			l->indent = *s == '\t' ? (l->indent / TAB + 1) * TAB :
			    *s == ' '          ? l->indent + 1 :
						 l->indent;
		l->pos++;
		return true;
	case '#':
		l->pos += strcspn(s, "\n");
		return true;
	case '\n':
		end_line(l);
		return true;
	case '\\':
		if (s[1] != '\n')
			return false;
		l->pos += 2;
		l->line++;
		return true;
	default:
		return false;
	}
}

static int
scan_token(struct lexer *l)
{
	const char *s = l->text + l->pos;
	bool strange;
	size_t n = string_prefix(s, &strange);

	if (n > 0)
		return scan_string(l, n, strange);
	if (isdigit((unsigned char)*s) ||
	    (*s == '.' && isdigit((unsigned char)s[1]))) {
		scan_number(l);
	} else if (is_word(*s)) {
		for (n = 0; is_word(s[n]);)
			n++;
		(void)add(l, MIG_PY_T_NAME, n);
	} else {
		scan_op(l);
	}
	return 0;
}

int
mig_py_scan(const char *path, const char *text, struct mig_py_tokens *out,
    struct tb_err *err)
{
	struct lexer l = {
		.path = path,
		.text = text,
		.line = 1,
		.line_start = true,
		.out = out,
		.err = err,
	};

	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		l.pos = 3;
	while (text[l.pos] != '\0')
		if (!skip(&l) && scan_token(&l) == -1)
			return -1;
	if (l.depth > 0)
		return fail(&l, l.depth_line, "a bracket is not closed");
	if (!l.line_start)
		(void)add(&l, MIG_PY_T_NEWLINE, 0);
	l.line_start = true;
	l.indent = 0;
	(void)add(&l, MIG_PY_T_END, 0);
	return 0;
}

void
mig_py_tokens_release(struct mig_py_tokens *t)
{
	free(t->v);
	*t = (struct mig_py_tokens){ NULL, 0, 0 };
}

static void
add_utf8(struct tb_buf *b, unsigned long c)
{
	if (c < 0x80) {
		tb_buf_addc(b, (char)c);
		return;
	}
	if (c >= 0x10000) {
		tb_buf_addc(b, (char)(0xf0 | c >> 18));
		tb_buf_addc(b, (char)(0x80 | (c >> 12 & 0x3f)));
	} else if (c >= 0x800) {
		tb_buf_addc(b, (char)(0xe0 | c >> 12));
	}
	if (c >= 0x800)
		tb_buf_addc(b, (char)(0x80 | (c >> 6 & 0x3f)));
	else
		tb_buf_addc(b, (char)(0xc0 | c >> 6));
	tb_buf_addc(b, (char)(0x80 | (c & 0x3f)));
}

/* A character by its number: digits of a base; false if that is none. */
static bool
add_numbered(struct tb_buf *b, const char **p, const char *end, size_t least,
    size_t most, int base)
{
	char digits[9], *stop;
	size_t n = 0;
	unsigned long c;

	while (n < most && *p + n < end &&
	    (base == 8 ? (*p)[n] >= '0' && (*p)[n] <= '7' :
			 isxdigit((unsigned char)(*p)[n]) != 0)) {
		digits[n] = (*p)[n];
		n++;
	}
	digits[n] = '\0';
	c = strtoul(digits, &stop, base);
	/* PostgreSQL's texts have no NUL, and UTF-8 no surrogates. */
	if (n < least || c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return false;
	add_utf8(b, c);
	*p += n;
	return true;
}

/* *p stands behind the backslash. */
static bool
add_escape(struct tb_buf *b, const char **p, const char *end)
{
	static const char names[] = "abfnrtv\\'\"";
	static const char values[] = "\a\b\f\n\r\t\v\\'\"";
	const char *found = strchr(names, **p);
	char c = **p;

	if (c >= '0' && c <= '7')
		return add_numbered(b, p, end, 1, 3, 8);
	(*p)++;
	if (found != NULL && c != '\0')
		tb_buf_addc(b, values[found - names]);
	else if (c == 'x')
		return add_numbered(b, p, end, 2, 2, 16);
	else if (c == 'u')
		return add_numbered(b, p, end, 4, 4, 16);
	else if (c == 'U')
		return add_numbered(b, p, end, 8, 8, 16);
	else if (c == 'N')
		return false;
	else if (c != '\n')
		tb_buf_addf(b, "\\%c", c);
	return true;
}

char *
mig_py_unquote(const char *text, const struct mig_py_token *t)
{
	const char *s = text + t->start, *end = s + t->len;
	struct tb_buf b = TB_BUF_INIT;
	bool raw = false;
	size_t marks;

	for (; *s != '\'' && *s != '"'; s++)
		raw = raw || *s == 'r' || *s == 'R';
	marks = t->len >= 6 && s[1] == *s && s[2] == *s ? 3 : 1;
	s += marks;
	end -= marks;
	while (s < end) {
		if (*s != '\\' || raw) {
			tb_buf_addc(&b, *s++);
		} else {
			s++;
			if (!add_escape(&b, &s, end)) {
				tb_buf_release(&b);
				return NULL;
			}
		}
	}
	return tb_buf_detach(&b);
}
