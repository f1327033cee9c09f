/*
 * rename_line.c: the lines "--: renamed-from OLD" of a text.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/err.h"
#include "core/keys.h"
#include "core/mem.h"
#include "pg/split.h"
#include "rename.h"

static const char key_name[] = "renamed-from";

/* A statement with the comments before it. */
struct piece {
	const char *text, *file; /* all of it */
	size_t from;             /* where the piece begins in the text */
	size_t first; /* the statement's first word; words.n: there is none */
	struct tb_phrase words;
	struct tb_strs path;
	struct ver_rename_lines *out;
};

static int
fail(const struct ver_rename_line *line, const char *why, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA, "%s:%d: %s", line->file, line->line,
	    why);
	return tb_err_hint(err,
	    "Write \"--: renamed-from OLD\" on a line of its own, above the "
	    "CREATE of what had that name, or above a column or a named "
	    "constraint inside CREATE TABLE.");
}

/* "users", "s.users", "f(integer)" */
static int
read_old(struct ver_rename_line *line, struct tb_slice value,
    struct tb_err *err)
{
	char *text = tb_slice_dup(value);
	struct tb_phrase w;
	size_t next;
	char *name = NULL;
	int rc = -1;

	if (value.n == 0) {
		rc = fail(line, "renamed-from names nothing", err);
	} else if (!tb_phrase_scan(&w, text)) {
		rc = fail(line, "renamed-from names no name", err);
	} else {
		name = tb_phrase_name(&w, 0, &next);
		if (name == NULL) {
			rc = fail(line, "renamed-from names no name", err);
		} else if (next < w.n && !tb_phrase_are(&w, next, "(") &&
		    !tb_phrase_are(&w, next, "using")) {
			rc = fail(line, "renamed-from takes one name", err);
		} else {
			(void)ver_rename_names(name, &line->old);
			if (next < w.n)
				line->old_rest = tb_asprintf("%s%s",
				    tb_phrase_are(&w, next, "(") ? "" : " ",
				    text + tb_phrase_start(&w, next));
			rc = 0;
		}
		tb_phrase_release(&w);
	}
	free(name);
	free(text);
	return rc;
}

/* One name, or one with its schema where it can be in another one. */
static int
check_old(const struct ver_rename_line *line, struct tb_err *err)
{
	size_t most =
	    line->full == 2 && strcmp(line->class, "index") != 0 ? 2 : 1;

	if (line->old.n > most) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: the old name of a %s is %s", line->file, line->line,
		    line->class,
		    most == 1 ? "one name" :
				"one name, or that of its schema "
				"and one name");
		return -1;
	}
	return 0;
}

static size_t
token_end(const struct piece *p, size_t i)
{
	return p->from + tb_token_end(&p->words.tokens, i);
}

static bool
stands_alone(const struct piece *p, size_t start)
{
	while (start > 0 &&
	    (p->text[start - 1] == ' ' || p->text[start - 1] == '\t'))
		start--;
	return start == 0 || p->text[start - 1] == '\n';
}

static int
line_number(const char *text, size_t at)
{
	int n = 1;

	for (size_t i = 0; i < at; i++)
		n += text[i] == '\n';
	return n;
}

/* A comment is followed by the word "at". */
static int
take(const struct piece *p, size_t start, size_t at, struct tb_slice value,
    struct tb_err *err)
{
	struct ver_rename_lines *out = p->out;
	struct ver_rename_line *line;

	out->v = tb_grow(out->v, out->n, &out->cap, sizeof(*out->v));
	line = &out->v[out->n++];
	*line = (struct ver_rename_line){
		.file = tb_strdup(p->file),
		.line = line_number(p->text, start),
	};
	for (size_t i = 0; i < p->path.n; i++)
		tb_strs_add(&line->path, p->path.v[i]);
	if (!stands_alone(p, start))
		return fail(line, "renamed-from stands on no line of its own",
		    err);
	if (ver_rename_target(&p->words, p->first, at, line))
		return read_old(line, value, err) == -1 ? -1 :
							  check_old(line, err);
	if (line->class == NULL || line->full > 0)
		return fail(line,
		    "renamed-from stands above nothing that can be renamed",
		    err);
	return tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: PostgreSQL has no statement that renames a thing of "
	    "class \"%s\"",
	    line->file, line->line, line->class);
}

/* Something that was meant for one must not pass unseen. */
static bool
is_misspelt(struct tb_slice name)
{
	return name.n >= 6 && strncasecmp(name.s, "rename", 6) == 0;
}

static int
comment(const struct piece *p, size_t token, size_t at, struct tb_err *err)
{
	size_t start = p->from + tb_token_start(&p->words.tokens, token);
	struct tb_slice text = { p->text + start, token_end(p, token) - start };
	struct tb_key key;

	while (text.n > 0 && text.s[text.n - 1] == '\r')
		text.n--;
	if (!tb_key_parse(text, &key))
		return 0;
	if (tb_slice_is(key.name, key_name))
		return take(p, start, at, key.value, err);
	if (!is_misspelt(key.name))
		return 0;
	(void)tb_err_set(err, TB_EXIT_DATA, "%s:%d: there is no key \"%.*s\"",
	    p->file, line_number(p->text, start), (int)key.name.n, key.name.s);
	return tb_err_hint(err, "The key is \"%s\".", key_name);
}

static int
comments(const struct piece *p, struct tb_err *err)
{
	size_t at = 0;

	for (size_t i = 0; i < p->words.tokens.n; i++) {
		if (!tb_token_is_comment(&p->words.tokens, i)) {
			at++;
			continue;
		}
		/* What stands before the statement belongs to it. */
		if (comment(p, i, at < p->first ? p->first : at, err) == -1)
			return -1;
	}
	return 0;
}

/* Lines with a backslash, \restrict, are no SQL: blank them out. */
static void
blank_commands(char *piece, size_t before)
{
	char *line = piece;

	while (line < piece + before && *line != '\0') {
		size_t n = strcspn(line, "\n");

		if (*line == '\\')
			memset(line, ' ', n);
		line += n + (line[n] == '\n');
	}
}

static int
read_piece(struct piece *p, size_t from, size_t start, size_t end,
    struct tb_err *err)
{
	char *copy = tb_strndup(p->text + from, end - from);
	int rc = 0;

	if (strstr(copy, "--:") != NULL) {
		blank_commands(copy, start - from);
		if (!tb_phrase_scan(&p->words, copy))
			tb_bug("what was scanned before cannot be scanned");
		p->from = from;
		for (p->first = 0; p->first < p->words.n; p->first++)
			if (from + tb_phrase_start(&p->words, p->first) >=
			    start)
				break;
		rc = comments(p, err);
		tb_phrase_release(&p->words);
	}
	free(copy);
	return rc;
}

/* SET search_path = a, b: where names without a schema are made. */
static void
follow_path(const char *stmt, struct tb_strs *path)
{
	struct tb_phrase w;
	size_t i, next;
	char *name;

	if (strncasecmp(stmt, "set", 3) != 0 || !tb_phrase_scan(&w, stmt))
		return;
	i = 1 +
	    (tb_phrase_are(&w, 1, "session") || tb_phrase_are(&w, 1, "local"));
	if (tb_phrase_are(&w, i, "search_path")) {
		tb_strs_release(path);
		for (i += 2; i < w.n; i++)
			if ((name = tb_phrase_name(&w, i, &next)) != NULL) {
				(void)ver_rename_names(name, path);
				free(name);
			}
	}
	tb_phrase_release(&w);
}

/* Where the statement stands: its text is a copy.  *line is that of "from". */
static size_t
find_stmt(const char *text, size_t from, int *line, const struct tb_stmt *stmt)
{
	const char *found = text + from;

	for (; *line < stmt->line; (*line)++)
		found += strcspn(found, "\n") + 1;
	found = strstr(found, stmt->text);
	if (found == NULL)
		tb_bug("a statement is not where it was");
	return (size_t)(found - text);
}

/* What ends at "to" is passed; COPY data is no SQL. */
static size_t
behind(const char *text, size_t to, int *line, const struct tb_stmt *stmt)
{
	const char *data =
	    stmt->data != NULL ? strstr(text + to, stmt->data) : NULL;
	size_t end =
	    data != NULL ? (size_t)(data - text) + strlen(stmt->data) : to;

	for (size_t i = to - strlen(stmt->text); i < end; i++)
		*line += text[i] == '\n';
	return end;
}

static int
read_stmts(struct piece *p, const struct tb_stmts *stmts, struct tb_err *err)
{
	size_t from = 0;
	int line = 1, rc = 0;

	for (size_t i = 0; i < stmts->n && rc == 0; i++) {
		const struct tb_stmt *stmt = &stmts->v[i];
		size_t start = find_stmt(p->text, from, &line, stmt);
		size_t end = start + strlen(stmt->text);

		rc = read_piece(p, from, start, end, err);
		follow_path(stmt->text, &p->path);
		from = behind(p->text, end, &line, stmt);
	}
	if (rc == 0)
		rc = read_piece(p, from, strlen(p->text), strlen(p->text), err);
	return rc;
}

int
ver_rename_lines_add(struct ver_rename_lines *lines, const char *text,
    const char *file, struct tb_err *err)
{
	struct piece p = { .text = text,
		.file = file,
		.path = TB_STRS_INIT,
		.out = lines };
	struct tb_stmts stmts = TB_STMTS_INIT;
	int rc;

	if (strstr(text, "--:") == NULL || strcasestr(text, "rename") == NULL)
		return 0;
	rc = tb_split(text, file, 1, &stmts, err);
	if (rc == 0)
		rc = read_stmts(&p, &stmts, err);
	tb_stmts_release(&stmts);
	tb_strs_release(&p.path);
	return rc;
}

void
ver_rename_lines_release(struct ver_rename_lines *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		free(lines->v[i].file);
		free(lines->v[i].old_rest);
		tb_strs_release(&lines->v[i].names);
		tb_strs_release(&lines->v[i].old);
		tb_strs_release(&lines->v[i].path);
	}
	free(lines->v);
	*lines = (struct ver_rename_lines)VER_RENAME_LINES_INIT;
}
