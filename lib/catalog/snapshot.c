/*
 * snapshot.c: writing; snapshot_read.c is the other half.
 */
#include "core/tb.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/facts.h"
#include "catalog/snapshot.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"

static const char magic[] = "tb-verify snapshot ";

/* Not plain: what a terminal, an editor or git could change. */
static bool
is_plain(const char *line, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)line[i] < ' ' && line[i] != '\t') ||
		    line[i] == 0x7f)
			return false;
	return n == 0 || (line[n - 1] != ' ' && line[n - 1] != '\t');
}

static void
add_escaped(struct tb_buf *b, const char *line, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)line[i];
		bool last_blank = i + 1 == n && c == ' ';

		if (c == '\\')
			tb_buf_add(b, "\\\\");
		else if (c < ' ' || c == 0x7f || last_blank)
			tb_buf_addf(b, "\\x%02x", c);
		else
			tb_buf_addc(b, (char)c);
	}
}

static void
add_line(struct tb_buf *b, const char *line, size_t n)
{
	if (!is_plain(line, n)) {
		tb_buf_add(b, "\t\\ ");
		add_escaped(b, line, n);
	} else {
		tb_buf_add(b, n > 0 ? "\t| " : "\t|");
		tb_buf_addn(b, line, n);
	}
	tb_buf_addc(b, '\n');
}

/* Below the name; every line end of the value makes one more line. */
static void
add_lines(struct tb_buf *b, const char *value)
{
	const char *end;

	while ((end = strchr(value, '\n')) != NULL) {
		add_line(b, value, (size_t)(end - value));
		value = end + 1;
	}
	add_line(b, value, strlen(value));
}

static void
add_value(struct tb_buf *b, const char *name, const char *value)
{
	size_t n;

	if (value == NULL)
		return;
	n = strlen(value);
	tb_buf_addf(b, "\t%s:", name);
	if (n > 0 && value[0] != ' ' && value[0] != '\t' &&
	    is_plain(value, n)) {
		tb_buf_addc(b, ' ');
		tb_buf_addn(b, value, n);
		tb_buf_addc(b, '\n');
		return;
	}
	tb_buf_addc(b, '\n');
	if (n > 0)
		add_lines(b, value);
}

/* A name may hold anything, even line ends. */
static void
add_name(struct tb_buf *b, const struct tb_fact *f)
{
	size_t n = strlen(f->identity);

	tb_buf_add(b, f->class->name);
	if (is_plain(f->identity, n)) {
		tb_buf_addc(b, ' ');
		tb_buf_addn(b, f->identity, n);
	} else {
		tb_buf_add(b, "\\ ");
		add_escaped(b, f->identity, n);
	}
}

static void
add_fact(struct tb_buf *b, const struct tb_fact *f)
{
	size_t n = tb_fact_attributes(f);

	tb_buf_addc(b, '\n');
	add_name(b, f);
	tb_buf_addc(b, '\n');
	add_value(b, "parent", f->parent);
	add_value(b, "definition", f->definition);
	for (size_t i = 0; i < n; i++)
		add_value(b, tb_fact_attribute(f, i), tb_fact_value(f, i));
}

static int
by_ends(const void *a, const void *b)
{
	const struct tb_edge *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return (x->type > y->type) - (x->type < y->type);
}

/* Sorted, by the facts' own order. */
static struct tb_edge *
sorted_edges(const struct tb_facts *facts)
{
	struct tb_edge *v = tb_calloc(facts->nedges, sizeof(*v));

	if (facts->nedges > 0) {
		memcpy(v, facts->edges, facts->nedges * sizeof(*v));
		qsort(v, facts->nedges, sizeof(*v), by_ends);
	}
	return v;
}

static void
add_facts(struct tb_buf *b, const struct tb_facts *facts)
{
	struct tb_edge *edges = sorted_edges(facts);
	size_t e = 0;

	for (size_t i = 0; i < facts->n; i++) {
		add_fact(b, &facts->v[i]);
		for (; e < facts->nedges && edges[e].from == i; e++) {
			if (e > 0 && by_ends(&edges[e - 1], &edges[e]) == 0)
				continue;
			tb_buf_addf(b, "\tneeds: %c ", edges[e].type);
			add_name(b, &facts->v[edges[e].to]);
			tb_buf_addc(b, '\n');
		}
	}
	free(edges);
}

/* The words that stand for something else than an attribute. */
static void
check_attribute(const struct tb_class *class, const char *name)
{
	if (strcmp(name, "parent") == 0 || strcmp(name, "definition") == 0 ||
	    strcmp(name, "needs") == 0)
		tb_bug("class %s has an attribute \"%s\"", class->name, name);
}

static int
by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/*
 * Every class with all its attributes, whether it has facts or not: a class
 * without is compared, one that is not named is not.
 */
static void
add_classes(struct tb_buf *b, const struct tb_facts *facts)
{
	size_t n = facts->classes.n < facts->nresults ? facts->classes.n :
							facts->nresults;
	char **lines = tb_calloc(n, sizeof(*lines));

	for (size_t i = 0; i < n; i++) {
		const struct tb_class *class = &facts->classes.v[i];
		const PGresult *res = facts->results[i];
		struct tb_buf line = TB_BUF_INIT;

		tb_buf_addf(&line, "class %s", class->name);
		for (int c = PQfnumber(res, "definition") + 1;
		     c < PQnfields(res); c++) {
			check_attribute(class, PQfname(res, c));
			tb_buf_addf(&line, " %s", PQfname(res, c));
		}
		lines[i] = tb_buf_detach(&line);
	}
	if (n > 0)
		qsort(lines, n, sizeof(*lines), by_name);
	for (size_t i = 0; i < n; i++) {
		tb_buf_addf(b, "%s\n", lines[i]);
		free(lines[i]);
	}
	free(lines);
}

void
tb_snapshot_text(const struct tb_facts *facts, struct tb_buf *b)
{
	tb_buf_addf(b, "%s1\nserver %d\n", magic, facts->version);
	add_classes(b, facts);
	for (size_t i = 0; i < facts->nunmodelled; i++)
		tb_buf_addf(b, "not-compared %lld %s\n",
		    facts->unmodelled[i].count, facts->unmodelled[i].class);
	add_facts(b, facts);
	tb_buf_add(b, "\nend\n");
}

int
tb_snapshot_write(const struct tb_facts *facts, FILE *out)
{
	struct tb_buf b = TB_BUF_INIT;
	int rc;

	tb_snapshot_text(facts, &b);
	errno = 0;
	rc = fwrite(b.s, 1, b.len, out) == b.len && fflush(out) == 0 ? 0 : -1;
	tb_buf_release(&b);
	return rc;
}

int
tb_snapshot_save(const struct tb_facts *facts, const char *path,
    struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	int rc;

	tb_snapshot_text(facts, &b);
	rc = tb_file_write(path, b.s, b.len, 0666, err);
	tb_buf_release(&b);
	return rc;
}

bool
tb_snapshot_is(const char *text)
{
	return strncmp(text, magic, sizeof(magic) - 1) == 0;
}

bool
tb_snapshot_is_file(const char *path)
{
	char start[sizeof(magic)] = "";
	FILE *in = tb_is_dir(path) ? NULL : fopen(path, "re");

	if (in == NULL)
		return false;
	if (fread(start, 1, sizeof(start) - 1, in) == 0)
		start[0] = '\0';
	(void)fclose(in);
	return tb_snapshot_is(start);
}

void
tb_snapshot_formula(int version, char out[TB_HASH_LEN + 1])
{
	struct tb_buf all = TB_BUF_INIT;

	for (const struct tb_sql *s = tb_catalog_sql; s->file != NULL; s++)
		if (version == 0 || tb_sql_applies(s->text, version))
			tb_buf_addf(&all, "%s %zu\n%s\n", s->file,
			    strlen(s->text), s->text);
	tb_hash(all.s, all.len, out);
	tb_buf_release(&all);
}
