/*
 * snapshot_read.c: a snapshot's text into tables, one for each class.
 */
#include "core/tb.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/facts.h"
#include "catalog/snapshot.h"
#include "catalog/snapshot_reader.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"

static const char *const fixed[TB_SNAPSHOT_FIXED] = { "classid", "objid",
	"objsubid", "identity", "parent", "definition" };

int
tb_snapshot_fail(struct tb_snapshot_reader *r, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = tb_vasprintf(fmt, ap);
	va_end(ap);
	(void)tb_err_set(r->err, TB_EXIT_DATA, "%s:%d: %s", r->name, r->number,
	    text);
	free(text);
	return -1;
}

/* The text is cut at its line ends; CR before one is git's or an editor's. */
static bool
next_line(struct tb_snapshot_reader *r)
{
	char *end;

	if (r->next == NULL || *r->next == '\0')
		return false;
	r->number++;
	r->line = r->next;
	end = strchr(r->line, '\n');
	r->next = end != NULL ? end + 1 : NULL;
	if (end == NULL)
		end = r->line + strlen(r->line);
	else
		*end = '\0';
	if (end > r->line && end[-1] == '\r')
		end[-1] = '\0';
	return true;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* In place: it only gets shorter. */
static int
unescape(struct tb_snapshot_reader *r, char *text)
{
	char *to = text;

	for (char *s = text; *s != '\0'; s++) {
		if (*s != '\\') {
			*to++ = *s;
		} else if (s[1] == '\\') {
			*to++ = *++s;
		} else if (s[1] == 'x' && hex(s[2]) != -1 && hex(s[3]) != -1) {
			*to++ = (char)(hex(s[2]) * 16 + hex(s[3]));
			s += 3;
		} else {
			return tb_snapshot_fail(r,
			    "there is no escape \"%.2s\"", s);
		}
	}
	*to = '\0';
	return 0;
}

struct tb_snapshot_table *
tb_snapshot_table(const struct tb_snapshot_reader *r, const char *name)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->tables[i].name, name) == 0)
			return &r->tables[i];
	return NULL;
}

/* "class NAME ATTRIBUTE..." */
static int
read_class(struct tb_snapshot_reader *r, const char *rest)
{
	struct tb_strs words = TB_STRS_INIT;
	PGresAttDesc *columns;
	int n = TB_SNAPSHOT_FIXED;

	tb_strs_split(&words, rest, " ");
	if (words.n == 0 || tb_snapshot_table(r, words.v[0]) != NULL) {
		tb_strs_release(&words);
		return tb_snapshot_fail(r,
		    "a class stands here without a name or twice");
	}
	columns = tb_calloc(TB_SNAPSHOT_FIXED + words.n, sizeof(*columns));
	for (int i = 0; i < TB_SNAPSHOT_FIXED; i++)
		columns[i].name = tb_strdup(fixed[i]);
	for (size_t i = 1; i < words.n; i++)
		columns[n++].name = tb_strdup(words.v[i]);
	r->tables = tb_grow(r->tables, r->n, &r->cap, sizeof(*r->tables));
	r->tables[r->n] = (struct tb_snapshot_table){
		.name = tb_strdup(words.v[0]),
		.res = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK),
	};
	if (r->tables[r->n].res == NULL ||
	    !PQsetResultAttrs(r->tables[r->n].res, n, columns))
		tb_bug("out of memory");
	r->n++;
	for (int i = 0; i < n; i++)
		free(columns[i].name);
	free(columns);
	tb_strs_release(&words);
	return 0;
}

static int
read_server(struct tb_snapshot_reader *r, const char *rest)
{
	char *end;
	long version = strtol(rest, &end, 10);

	if (end == rest || *end != '\0' || version < 10000 || version > 9999999)
		return tb_snapshot_fail(r, "\"%s\" is no version of a server",
		    rest);
	r->facts->version = (int)version;
	return 0;
}

static int
read_count(struct tb_snapshot_reader *r, const char *rest)
{
	char *end;

	if (strtoll(rest, &end, 10) <= 0 || *end != ' ' || end[1] == '\0')
		return tb_snapshot_fail(r, "\"%s\" is no number with a name",
		    rest);
	tb_strs_add(&r->counts, rest);
	return 0;
}

static int
read_magic(struct tb_snapshot_reader *r)
{
	const char *format;

	if (!next_line(r) || !tb_snapshot_is(r->line)) {
		r->number = 1;
		return tb_snapshot_fail(r, "this is no snapshot of tb-verify");
	}
	format = strrchr(r->line, ' ') + 1;
	if (strcmp(format, "1") == 0)
		return 0;
	(void)tb_snapshot_fail(r,
	    "snapshot of format \"%s\", this program reads 1", format);
	return tb_err_hint(r->err,
	    "Make it anew with tb-verify --snapshot, or use the version of "
	    "tb-verify that wrote it.");
}

/* Up to the first empty line. */
static int
read_head(struct tb_snapshot_reader *r)
{
	static const struct {
		const char *word;
		int (*read)(struct tb_snapshot_reader *, const char *);
	} words[] = {
		{ "server ", read_server },
		{ "class ", read_class },
		{ "not-compared ", read_count },
	};

	if (read_magic(r) == -1)
		return -1;
	while (next_line(r) && *r->line != '\0') {
		size_t i = 0;

		while (i < TB_LEN(words) &&
		    strncmp(r->line, words[i].word, strlen(words[i].word)) != 0)
			i++;
		if (i == TB_LEN(words))
			return tb_snapshot_fail(r, "cannot understand \"%s\"",
			    r->line);
		if (words[i].read(r, r->line + strlen(words[i].word)) == -1)
			return -1;
	}
	if (r->facts->version == 0)
		return tb_snapshot_fail(r,
		    "the line with the server's version is missing");
	return 0;
}

int
tb_snapshot_cut(struct tb_snapshot_reader *r, char *text, char **identity)
{
	char *blank = strchr(text, ' ');

	*identity = text;
	if (blank == NULL || blank == text || blank[1] == '\0')
		return tb_snapshot_fail(r, "cannot understand \"%s\"", text);
	*blank = '\0';
	*identity = blank + 1;
	if (blank[-1] != '\\')
		return 0;
	blank[-1] = '\0';
	return unescape(r, *identity);
}

static void
set_cell(struct tb_snapshot_table *t, int column, char *value)
{
	if (!PQsetvalue(t->res, t->rows - 1, column, value, (int)strlen(value)))
		tb_bug("out of memory");
}

static int
begin_fact(struct tb_snapshot_reader *r)
{
	static char zero[] = "0";
	char *identity;

	if (tb_snapshot_cut(r, r->line, &identity) == -1)
		return -1;
	r->at = tb_snapshot_table(r, r->line);
	if (r->at == NULL) {
		(void)tb_snapshot_fail(r, "there is no class \"%s\" above",
		    r->line);
		if (strspn(r->line, "<=>|") == strlen(r->line))
			(void)tb_err_hint(r->err,
			    "A merge has left a conflict in the file.");
		return -1;
	}
	r->at->rows++;
	r->at->column = TB_SNAPSHOT_IDENTITY;
	for (int i = 0; i < TB_SNAPSHOT_IDENTITY; i++)
		set_cell(r->at, i, zero);
	set_cell(r->at, TB_SNAPSHOT_IDENTITY, identity);
	r->entries = tb_grow(r->entries, r->nentries, &r->cap_entries,
	    sizeof(*r->entries));
	r->entries[r->nentries++] = (struct tb_snapshot_entry){ r->at->res,
		r->at->rows - 1, r->number };
	return 0;
}

static int
read_need(struct tb_snapshot_reader *r, char *value)
{
	if (value[0] == '\0' || value[1] != ' ' ||
	    strchr(value + 2, ' ') == NULL)
		return tb_snapshot_fail(r, "cannot understand \"%s\"", value);
	r->needs =
	    tb_grow(r->needs, r->nneeds, &r->cap_needs, sizeof(*r->needs));
	r->needs[r->nneeds++] = (struct tb_snapshot_need){
		.from = r->nentries - 1,
		.to = value + 2,
		.line = r->number,
		.type = value[0],
	};
	return 0;
}

/* Where a value goes; they stand in the order of the class. */
static int
find_column(struct tb_snapshot_reader *r, const char *name)
{
	struct tb_snapshot_table *t = r->at;

	for (int c = t->column + 1; c < PQnfields(t->res); c++)
		if (strcmp(PQfname(t->res, c), name) == 0)
			return t->column = c;
	for (int c = TB_SNAPSHOT_PARENT; c <= t->column; c++)
		if (strcmp(PQfname(t->res, c), name) == 0)
			return tb_snapshot_fail(r,
			    "\"%s\" stands here twice or too late", name);
	return tb_snapshot_fail(r, "class \"%s\" has no attribute \"%s\"",
	    t->name, name);
}

/* Lines of a value: behind "\t|" as they are, behind "\t\\" escaped. */
static int
read_lines(struct tb_snapshot_reader *r, int column)
{
	struct tb_buf value = TB_BUF_INIT;
	bool first = true;
	int rc = 0;

	while (rc == 0 && r->next != NULL && r->next[0] == '\t' &&
	    (r->next[1] == '|' || r->next[1] == '\\')) {
		char *text;

		(void)next_line(r);
		text = r->line + 2;
		if (*text == ' ')
			text++;
		if (r->line[1] == '\\')
			rc = unescape(r, text);
		if (!first)
			tb_buf_addc(&value, '\n');
		first = false;
		tb_buf_add(&value, text);
	}
	if (rc == 0)
		set_cell(r->at, column, value.s);
	tb_buf_release(&value);
	return rc;
}

static int
read_value(struct tb_snapshot_reader *r)
{
	char *name = r->line + 1;
	char *colon = strchr(name, ':');
	int column;

	if (r->at == NULL)
		return tb_snapshot_fail(r, "this belongs to no object");
	if (colon == NULL || (colon[1] != ' ' && colon[1] != '\0'))
		return tb_snapshot_fail(r, "cannot understand \"%s\"", name);
	*colon = '\0';
	if (strcmp(name, "needs") == 0)
		return read_need(r, colon + 1 + (colon[1] == ' '));
	if ((column = find_column(r, name)) == -1)
		return -1;
	if (colon[1] == '\0')
		return read_lines(r, column);
	set_cell(r->at, column, colon + 2);
	return 0;
}

static int
read_body(struct tb_snapshot_reader *r)
{
	while (next_line(r)) {
		int rc = 0;

		if (strcmp(r->line, "end") == 0)
			return 0;
		if (*r->line == '\0')
			r->at = NULL;
		else if (*r->line == '\t')
			rc = read_value(r);
		else
			rc = begin_fact(r);
		if (rc == -1)
			return -1;
	}
	(void)tb_snapshot_fail(r, "the snapshot breaks off here");
	return tb_err_hint(r->err,
	    "Its last line is \"end\"; make it anew with tb-verify "
	    "--snapshot.");
}

static void
release(struct tb_snapshot_reader *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->tables[i].name);
		PQclear(r->tables[i].res);
	}
	free(r->tables);
	free(r->entries);
	free(r->needs);
	tb_strs_release(&r->counts);
}

int
tb_snapshot_parse(struct tb_facts *facts, const char *name, char *text,
    struct tb_err *err)
{
	struct tb_snapshot_reader r = {
		.facts = facts,
		.name = name,
		.err = err,
		.counts = TB_STRS_INIT,
	};
	int rc;

	r.next = text;
	rc = read_head(&r);
	if (rc == 0)
		rc = read_body(&r);
	if (rc == 0)
		rc = tb_snapshot_facts(&r);
	release(&r);
	if (rc == -1)
		tb_facts_release(facts);
	return rc;
}

int
tb_snapshot_read(struct tb_facts *facts, const char *path, struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;
	int rc = tb_file_read(path, &text, err);

	if (rc == 0)
		rc = tb_snapshot_parse(facts, path, text.s, err);
	tb_buf_release(&text);
	return rc;
}
