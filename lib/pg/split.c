#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/err.h"
#include "core/keys.h"
#include "core/mem.h"
#include "pg/split.h"
#include "pg/token.h"

/*
 * Data that follows a COPY is no SQL, and would make the scanner stumble.  So
 * the text is taken in pieces: a piece ends behind each line that ends in
 * "FROM STDIN ... ;".  If the scanner agrees that a COPY statement ends there,
 * the lines up to "\." are its data; if not (the words stood in a string),
 * the piece is made longer.
 */
struct splitter {
	const char *file;
	const char *next; /* what is not yet split */
	int line;         /* its line number */
	struct tb_stmts *out;
};

static int
lines_between(const char *from, const char *to)
{
	int n = 0;

	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

static void
add_stmt(struct splitter *s, const char *start, const char *end)
{
	struct tb_stmts *out = s->out;
	struct tb_stmt stmt = {
		.text = tb_strndup(start, (size_t)(end - start)),
		.line = s->line + lines_between(s->next, start),
	};

	out->v = tb_grow(out->v, out->n, &out->cap, sizeof(*out->v));
	out->v[out->n++] = stmt;
}

/* Where the scanner stands while it looks for the end of a statement. */
struct nesting {
	int parens;
	int begins;      /* BEGIN ATOMIC and CASE blocks that are open */
	bool is_routine; /* CREATE ... FUNCTION or PROCEDURE */
	size_t words;    /* tokens of this statement so far */
};

/*
 * Inside the body of a routine each CASE and BEGIN has its END, as psql
 * counts them.
 */
static void
follow(struct nesting *n, const struct tb_tokens *t, size_t i, const char *text)
{
	switch (tb_token_kind(t, i)) {
	case '(':
		n->parens++;
		break;
	case ')':
		if (n->parens > 0)
			n->parens--;
		break;
	case PG_QUERY__TOKEN__FUNCTION:
	case PG_QUERY__TOKEN__PROCEDURE:
		/* CREATE [OR REPLACE] FUNCTION */
		if (n->words <= 4)
			n->is_routine = true;
		break;
	case PG_QUERY__TOKEN__BEGIN_P:
		if (n->is_routine &&
		    (n->begins > 0 || tb_token_is(t, i + 1, text, "atomic")))
			n->begins++;
		break;
	case PG_QUERY__TOKEN__CASE:
		if (n->begins > 0)
			n->begins++;
		break;
	case PG_QUERY__TOKEN__END_P:
		if (n->begins > 0)
			n->begins--;
		break;
	default:
		break;
	}
}

static bool
is_semicolon(const struct tb_tokens *t, size_t i)
{
	return tb_token_kind(t, i) == PG_QUERY__TOKEN__ASCII_59;
}

/*
 * Add the statements of a piece; false if its last one has no semicolon and
 * the text goes on behind the piece.
 */
static bool
add_stmts(struct splitter *s, const struct tb_tokens *t, const char *text,
    bool last)
{
	struct nesting nest = { 0, 0, false, 0 };
	size_t before = s->out->n;
	const char *start = NULL, *end = NULL;

	for (size_t i = 0; i < t->n; i++) {
		if (tb_token_is_comment(t, i))
			continue;
		nest.words++;
		if (is_semicolon(t, i) && nest.parens == 0 &&
		    nest.begins == 0) {
			if (start != NULL)
				add_stmt(s, start, end);
			start = NULL;
			nest = (struct nesting){ 0, 0, false, 0 };
			continue;
		}
		follow(&nest, t, i, text);
		if (start == NULL)
			start = text + tb_token_start(t, i);
		end = text + tb_token_end(t, i);
	}
	if (start != NULL && !last) {
		while (s->out->n > before)
			free(s->out->v[--s->out->n].text);
		return false;
	}
	if (start != NULL)
		add_stmt(s, start, end);
	return true;
}

static bool
line_is(const char *line, size_t n, const char *word)
{
	return n == strlen(word) && memcmp(line, word, n) == 0;
}

static size_t
line_length(const char *line)
{
	size_t n = strcspn(line, "\n");

	return n > 0 && line[n - 1] == '\r' ? n - 1 : n;
}

static const char *
next_line(const char *line)
{
	line += strcspn(line, "\n");
	return *line == '\n' ? line + 1 : line;
}

static bool
contains_word(const char *line, size_t n, const char *word)
{
	size_t w = strlen(word);

	for (size_t i = 0; i + w <= n; i++)
		if (strncasecmp(line + i, word, w) == 0)
			return true;
	return false;
}

/* The end of the first line from here on that may begin COPY data. */
static const char *
candidate(const char *from)
{
	for (const char *line = from; *line != '\0'; line = next_line(line)) {
		size_t n = line_length(line);

		while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t'))
			n--;
		if (n > 0 && line[n - 1] == ';' &&
		    contains_word(line, n, "stdin"))
			return next_line(line);
	}
	return NULL;
}

/* COPY ... FROM STDIN, by its tokens. */
static bool
is_copy_from_stdin(const char *stmt)
{
	struct tb_tokens t;
	char *message;
	size_t at;
	bool found = false;

	if (strncasecmp(stmt, "copy", 4) != 0)
		return false;
	if (tb_tokens_scan(&t, stmt, &message, &at) == -1) {
		free(message);
		return false;
	}
	for (size_t i = 1; i < t.n; i++)
		if (tb_token_is(&t, i - 1, stmt, "from") &&
		    tb_token_is(&t, i, stmt, "stdin"))
			found = true;
	tb_tokens_release(&t);
	return found;
}

static int
take_data(struct splitter *s, const char *data, struct tb_err *err)
{
	struct tb_stmt *stmt = &s->out->v[s->out->n - 1];

	for (const char *line = data; *line != '\0'; line = next_line(line)) {
		if (!line_is(line, line_length(line), "\\."))
			continue;
		stmt->data = tb_strndup(data, (size_t)(line - data));
		s->line += lines_between(s->next, next_line(line));
		s->next = next_line(line);
		return 0;
	}
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: the data of this COPY has no end", s->file, stmt->line);
	return tb_err_hint(err, "A line with \\. alone ends it.");
}

/* \restrict KEY is how newer dumps guard themselves against psql's commands. */
static bool
is_restrict(const char *at)
{
	return strncmp(at, "\\restrict", 9) == 0 ||
	    strncmp(at, "\\unrestrict", 11) == 0;
}

static int
scan_error(const struct splitter *s, const char *text, size_t at,
    const char *message, struct tb_err *err)
{
	int line = s->line + lines_between(text, text + at);
	/* "at or near" quotes the whole rest of the text. */
	const char *near = strstr(message, " at or near ");
	size_t n = near != NULL ? (size_t)(near - message) : strlen(message);

	(void)tb_err_set(err, TB_EXIT_DATA, "%s:%d: %.*s", s->file, line,
	    (int)n, message);
	return tb_err_hint(err,
	    "PostgreSQL's scanner stopped here: look for a quote, a comment "
	    "or a dollar quote that is not closed.");
}

/* -1 error; 0 the piece is not whole; 1 split. */
static int
split_piece(struct splitter *s, const char *end, bool last, struct tb_err *err)
{
	char *text = tb_strndup(s->next, (size_t)(end - s->next));
	struct tb_tokens t;
	char *message;
	size_t at;
	int rc = 1;

	if (tb_tokens_scan(&t, text, &message, &at) == -1) {
		rc = last ? scan_error(s, text, at, message, err) : 0;
		free(message);
		free(text);
		return rc;
	}
	/* add_stmt() counts lines from s->next. */
	if (!add_stmts(s, &t, s->next, last))
		rc = 0;
	tb_tokens_release(&t);
	free(text);
	return rc;
}

static bool
last_is_copy(const struct splitter *s, size_t before)
{
	return s->out->n > before &&
	    is_copy_from_stdin(s->out->v[s->out->n - 1].text);
}

static void
advance(struct splitter *s, const char *to)
{
	s->line += lines_between(s->next, to);
	s->next = to;
}

/* Everything up to the next COPY with data, or to the end. */
static int
split_next(struct splitter *s, struct tb_err *err)
{
	const char *from = s->next;
	const char *end;

	while ((end = candidate(from)) != NULL) {
		size_t before = s->out->n;
		int rc = split_piece(s, end, false, err);

		if (rc == 1 && last_is_copy(s, before))
			return take_data(s, end, err);
		if (rc == 1) {
			advance(s, end);
			return 0;
		}
		from = end;
	}
	end = s->next + strlen(s->next);
	if (split_piece(s, end, true, err) == -1)
		return -1;
	advance(s, end);
	return 0;
}

/*
 * Where a statement may begin, a line with a backslash is a psql command.
 * Inside statements the scanner or the server refuses it.
 */
static char *
without_restrict(const char *text)
{
	char *copy = tb_strdup(text);

	for (char *line = copy; *line != '\0';) {
		size_t n = strcspn(line, "\n");

		if (is_restrict(line))
			memset(line, ' ', n);
		line += n + (line[n] == '\n');
	}
	return copy;
}

static int
refuse_meta_commands(const char *file, const struct tb_stmts *stmts,
    struct tb_err *err)
{
	for (size_t i = 0; i < stmts->n; i++) {
		const struct tb_stmt *stmt = &stmts->v[i];

		if (stmt->text[0] != '\\')
			continue;
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: psql commands do not belong here: %.*s", file,
		    stmt->line, (int)strcspn(stmt->text, " \t\r\n"),
		    stmt->text);
		return tb_err_hint(err,
		    "The file is sent to the server, not to psql: write SQL.");
	}
	return 0;
}

int
tb_split(const char *text, const char *file, int first_line,
    struct tb_stmts *out, struct tb_err *err)
{
	char *clean = without_restrict(text);
	struct splitter s = { file, clean, first_line, out };
	int rc = 0;

	while (rc == 0 && *s.next != '\0')
		rc = split_next(&s, err);
	free(clean);
	if (rc == 0)
		rc = refuse_meta_commands(file, out, err);
	return rc;
}

void
tb_stmts_release(struct tb_stmts *stmts)
{
	for (size_t i = 0; i < stmts->n; i++) {
		free(stmts->v[i].text);
		free(stmts->v[i].data);
	}
	free(stmts->v);
	*stmts = (struct tb_stmts)TB_STMTS_INIT;
}
