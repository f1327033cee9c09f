/*
 * snapshot_read.c: a snapshot's text into facts.
 *
 * Each class is made into a result as its statement would have given it, so
 * that nothing else needs to know where the facts come from.
 */
#include "core/tb.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/facts.h"
#include "catalog/snapshot.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/strs.h"

enum {
	COL_IDENTITY = 3,
	COL_PARENT = 4,
	COL_DEFINITION = 5,
	COL_FIXED = 6, /* attributes come after */
};

static const char *const fixed[COL_FIXED] = { "classid", "objid", "objsubid",
	"identity", "parent", "definition" };

/* A class of the snapshot, and the rows that were read. */
struct table {
	char *name;
	PGresult *res;
	int rows;
	int column; /* that was filled last */
};

struct entry {
	const PGresult *res;
	int row, line;
};

/* "needs": from is the number of an entry. */
struct need {
	size_t from;
	const char *to; /* "CLASS IDENTITY" in the text */
	int line;
	char type;
};

struct reader {
	struct tb_facts *facts;
	const char *name;
	struct tb_err *err;
	char *next; /* the rest of the text; NULL: nothing */
	char *line; /* the one that was read last */
	int number;
	struct table *tables;
	size_t n, cap;
	struct table *at; /* whose paragraph is read */
	struct entry *entries;
	size_t nentries, cap_entries;
	struct need *needs;
	size_t nneeds, cap_needs;
	struct tb_strs counts; /* "COUNT NAME" */
};

TB_PRINTF(2, 3)
static int
fail(struct reader *r, const char *fmt, ...)
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
next_line(struct reader *r)
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
unescape(struct reader *r, char *text)
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
			return fail(r, "there is no escape \"%.2s\"", s);
		}
	}
	*to = '\0';
	return 0;
}

static struct table *
find_table(struct reader *r, const char *name)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->tables[i].name, name) == 0)
			return &r->tables[i];
	return NULL;
}

/* "class NAME ATTRIBUTE..." */
static int
read_class(struct reader *r, const char *rest)
{
	struct tb_strs words = TB_STRS_INIT;
	PGresAttDesc *columns;
	int n = COL_FIXED;

	tb_strs_split(&words, rest, " ");
	if (words.n == 0 || find_table(r, words.v[0]) != NULL) {
		tb_strs_release(&words);
		return fail(r, "a class stands here without a name or twice");
	}
	columns = tb_calloc(COL_FIXED + words.n, sizeof(*columns));
	for (int i = 0; i < COL_FIXED; i++)
		columns[i].name = tb_strdup(fixed[i]);
	for (size_t i = 1; i < words.n; i++)
		columns[n++].name = tb_strdup(words.v[i]);
	r->tables = tb_grow(r->tables, r->n, &r->cap, sizeof(*r->tables));
	r->tables[r->n] = (struct table){
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
read_server(struct reader *r, const char *rest)
{
	char *end;
	long version = strtol(rest, &end, 10);

	if (end == rest || *end != '\0' || version < 10000 || version > 9999999)
		return fail(r, "\"%s\" is no version of a server", rest);
	r->facts->version = (int)version;
	return 0;
}

static int
read_count(struct reader *r, const char *rest)
{
	char *end;

	if (strtoll(rest, &end, 10) <= 0 || *end != ' ' || end[1] == '\0')
		return fail(r, "\"%s\" is no number with a name", rest);
	tb_strs_add(&r->counts, rest);
	return 0;
}

static int
read_magic(struct reader *r)
{
	const char *format;

	if (!next_line(r) || !tb_snapshot_is(r->line)) {
		r->number = 1;
		return fail(r, "this is no snapshot of tb-verify");
	}
	format = strrchr(r->line, ' ') + 1;
	if (strcmp(format, "1") == 0)
		return 0;
	(void)fail(r, "snapshot of format \"%s\", this program reads 1",
	    format);
	return tb_err_hint(r->err,
	    "Make it anew with tb-verify --snapshot, or use the version of "
	    "tb-verify that wrote it.");
}

/* Up to the first empty line. */
static int
read_head(struct reader *r)
{
	static const struct {
		const char *word;
		int (*read)(struct reader *, const char *);
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
			return fail(r, "cannot understand \"%s\"", r->line);
		if (words[i].read(r, r->line + strlen(words[i].word)) == -1)
			return -1;
	}
	if (r->facts->version == 0)
		return fail(r, "the line with the server's version is missing");
	return 0;
}

/* Cut "CLASS IDENTITY" or "CLASS\ IDENTITY" in two. */
static int
cut_name(struct reader *r, char *text, char **identity)
{
	char *blank = strchr(text, ' ');

	*identity = text;
	if (blank == NULL || blank == text || blank[1] == '\0')
		return fail(r, "cannot understand \"%s\"", text);
	*blank = '\0';
	*identity = blank + 1;
	if (blank[-1] != '\\')
		return 0;
	blank[-1] = '\0';
	return unescape(r, *identity);
}

static void
set_cell(struct table *t, int column, char *value)
{
	if (!PQsetvalue(t->res, t->rows - 1, column, value, (int)strlen(value)))
		tb_bug("out of memory");
}

static int
begin_fact(struct reader *r)
{
	static char zero[] = "0";
	char *identity;

	if (cut_name(r, r->line, &identity) == -1)
		return -1;
	r->at = find_table(r, r->line);
	if (r->at == NULL) {
		(void)fail(r, "there is no class \"%s\" above", r->line);
		if (strspn(r->line, "<=>|") == strlen(r->line))
			(void)tb_err_hint(r->err,
			    "A merge has left a conflict in the file.");
		return -1;
	}
	r->at->rows++;
	r->at->column = COL_IDENTITY;
	for (int i = 0; i < COL_IDENTITY; i++)
		set_cell(r->at, i, zero);
	set_cell(r->at, COL_IDENTITY, identity);
	r->entries = tb_grow(r->entries, r->nentries, &r->cap_entries,
	    sizeof(*r->entries));
	r->entries[r->nentries++] =
	    (struct entry){ r->at->res, r->at->rows - 1, r->number };
	return 0;
}

static int
read_need(struct reader *r, char *value)
{
	if (value[0] == '\0' || value[1] != ' ' ||
	    strchr(value + 2, ' ') == NULL)
		return fail(r, "cannot understand \"%s\"", value);
	r->needs =
	    tb_grow(r->needs, r->nneeds, &r->cap_needs, sizeof(*r->needs));
	r->needs[r->nneeds++] = (struct need){
		.from = r->nentries - 1,
		.to = value + 2,
		.line = r->number,
		.type = value[0],
	};
	return 0;
}

/* Where a value goes; they stand in the order of the class. */
static int
find_column(struct reader *r, const char *name)
{
	struct table *t = r->at;

	for (int c = t->column + 1; c < PQnfields(t->res); c++)
		if (strcmp(PQfname(t->res, c), name) == 0)
			return t->column = c;
	for (int c = COL_PARENT; c <= t->column; c++)
		if (strcmp(PQfname(t->res, c), name) == 0)
			return fail(r, "\"%s\" stands here twice or too late",
			    name);
	return fail(r, "class \"%s\" has no attribute \"%s\"", t->name, name);
}

/* Lines of a value: behind "\t|" as they are, behind "\t\\" escaped. */
static int
read_lines(struct reader *r, int column)
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
read_value(struct reader *r)
{
	char *name = r->line + 1;
	char *colon = strchr(name, ':');
	int column;

	if (r->at == NULL)
		return fail(r, "this belongs to no object");
	if (colon == NULL || (colon[1] != ' ' && colon[1] != '\0'))
		return fail(r, "cannot understand \"%s\"", name);
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
read_body(struct reader *r)
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
	(void)fail(r, "the snapshot breaks off here");
	return tb_err_hint(r->err,
	    "Its last line is \"end\"; make it anew with tb-verify "
	    "--snapshot.");
}

/* Its classes: those of this program that the snapshot has. */
static void
choose_classes(struct reader *r)
{
	struct tb_classes *classes = &r->facts->classes;
	size_t kept = 0;

	tb_classes_add(classes, tb_catalog_sql, r->facts->version);
	for (size_t i = 0; i < classes->n; i++) {
		if (find_table(r, classes->v[i].name) != NULL) {
			classes->v[kept++] = classes->v[i];
			continue;
		}
		free(classes->v[i].name);
		free(classes->v[i].title);
	}
	classes->n = kept;
}

/* What the tables of other classes hold is counted only. */
static void
add_tables(struct reader *r)
{
	struct tb_classes *classes = &r->facts->classes;

	for (size_t i = 0; i < classes->n; i++) {
		struct table *t = find_table(r, classes->v[i].name);

		tb_facts_add(r->facts, &classes->v[i], t->res);
		t->res = NULL;
	}
	for (size_t i = 0; i < r->n; i++)
		if (r->tables[i].res != NULL && r->tables[i].rows > 0)
			tb_strs_addf(&r->counts, "%d %s", r->tables[i].rows,
			    r->tables[i].name);
}

static void
add_counts(struct reader *r)
{
	static char class[] = "class";
	PGresAttDesc column = { .name = class };
	PGresult *res = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);

	if (res == NULL || !PQsetResultAttrs(res, 1, &column))
		tb_bug("out of memory");
	r->facts->unmodelled =
	    tb_calloc(r->counts.n, sizeof(*r->facts->unmodelled));
	for (size_t i = 0; i < r->counts.n; i++) {
		char *name;
		long long count = strtoll(r->counts.v[i], &name, 10);

		name++;
		if (!PQsetvalue(res, (int)i, 0, name, (int)strlen(name)))
			tb_bug("out of memory");
		r->facts->unmodelled[i] =
		    (struct tb_unmodelled){ PQgetvalue(res, (int)i, 0), count };
	}
	r->facts->nunmodelled = r->counts.n;
	r->facts->counts = res;
}

static int
line_of(const struct reader *r, const struct tb_fact *f)
{
	for (size_t i = 0; i < r->nentries; i++)
		if (r->entries[i].res == f->res && r->entries[i].row == f->row)
			return r->entries[i].line;
	return 0;
}

static int
finish(struct reader *r)
{
	struct tb_facts *facts = r->facts;

	if (tb_facts_finish(facts, r->err) == 0)
		return 0;
	for (size_t i = 1; i < facts->n; i++) {
		const struct tb_fact *a = &facts->v[i - 1], *b = a + 1;
		int x = line_of(r, a), y = line_of(r, b);

		if (a->class != b->class ||
		    strcmp(a->identity, b->identity) != 0)
			continue;
		r->number = x > y ? x : y;
		return fail(r, "%s %s stands in line %d already",
		    a->class->name, a->identity, x < y ? x : y);
	}
	return -1;
}

/* The fact that an entry became; NULL: its class is not ours. */
static size_t
find_entry(const struct reader *r, const struct entry *e)
{
	for (size_t i = 0; i < r->facts->nresults; i++)
		if (r->facts->results[i] == e->res)
			return tb_facts_find(r->facts,
			    r->facts->classes.v[i].name,
			    PQgetvalue(e->res, e->row, COL_IDENTITY));
	return TB_FACT_NONE;
}

static bool
is_ours(const struct tb_facts *facts, const char *class)
{
	for (size_t i = 0; i < facts->classes.n; i++)
		if (strcmp(facts->classes.v[i].name, class) == 0)
			return true;
	return false;
}

static int
add_need(struct reader *r, const struct need *n)
{
	struct tb_facts *facts = r->facts;
	struct tb_edge e = { .type = n->type };
	char *class = tb_strdup(n->to), *identity;
	int rc;

	r->number = n->line;
	rc = cut_name(r, class, &identity);
	if (rc == 0) {
		e.from = find_entry(r, &r->entries[n->from]);
		e.to = tb_facts_find(facts, class, identity);
		if (e.to == TB_FACT_NONE && find_table(r, class) == NULL)
			rc = fail(r, "there is no class \"%s\" above", class);
		/* Another program's class has no facts here. */
		else if (e.to == TB_FACT_NONE && is_ours(facts, class))
			rc = fail(r, "there is no %s %s in the snapshot", class,
			    identity);
		else if (e.from != TB_FACT_NONE && e.to != TB_FACT_NONE)
			facts->edges[facts->nedges++] = e;
	}
	free(class);
	return rc;
}

static int
add_needs(struct reader *r)
{
	r->facts->edges = tb_calloc(r->nneeds, sizeof(*r->facts->edges));
	for (size_t i = 0; i < r->nneeds; i++)
		if (add_need(r, &r->needs[i]) == -1)
			return -1;
	return 0;
}

static void
release(struct reader *r)
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
	struct reader r = {
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
	if (rc == 0) {
		choose_classes(&r);
		add_tables(&r);
		add_counts(&r);
		rc = finish(&r);
	}
	if (rc == 0)
		rc = add_needs(&r);
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
