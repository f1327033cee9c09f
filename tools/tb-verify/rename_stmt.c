/*
 * rename_stmt.c: what a statement, or a line inside it, gives a name to.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "rename.h"

/* CREATE <words> [IF NOT EXISTS] name [... <on> table] */
struct made {
	const char *words, *class;
	size_t full;
	const char *on; /* NULL: part of no table */
};

static const struct made things[] = {
	{ "foreign data wrapper", "foreign-data-wrapper", 1, NULL },
	{ "foreign table", "foreign-table", 2, NULL },
	{ "materialized view", "materialized-view", 2, NULL },
	{ "event trigger", "event-trigger", 1, NULL },
	{ "operator class", "operator-class", 2, NULL },
	{ "operator family", "operator-family", 2, NULL },
	{ "text search configuration", "text-search-configuration", 2, NULL },
	{ "text search dictionary", "text-search-dictionary", 2, NULL },
	{ "text search parser", "text-search-parser", 2, NULL },
	{ "text search template", "text-search-template", 2, NULL },
	{ "table", "table", 2, NULL },
	{ "view", "view", 2, NULL },
	{ "index", "index", 2, "on" },
	{ "sequence", "sequence", 2, NULL },
	{ "type", "base-type", 2, NULL },
	{ "domain", "domain", 2, NULL },
	{ "function", "function", 2, NULL },
	{ "procedure", "procedure", 2, NULL },
	{ "aggregate", "aggregate", 2, NULL },
	{ "trigger", "trigger", 3, "on" },
	{ "rule", "rule", 3, "to" },
	{ "policy", "policy", 3, "on" },
	{ "collation", "collation", 2, NULL },
	{ "conversion", "conversion", 2, NULL },
	{ "server", "server", 1, NULL },
	{ "language", "language", 1, NULL },
	{ "publication", "publication", 1, NULL },
	{ "subscription", "subscription", 1, NULL },
	{ "schema", "schema", 1, NULL },
	{ "statistics", "statistics", 2, NULL },
	/* No ALTER of these renames. */
	{ "operator", "operator", 0, NULL },
	{ "cast", "cast", 0, NULL },
	{ "transform for", "transform", 0, NULL },
	{ "access method", "access method", 0, NULL },
	{ "extension", "extension", 0, NULL },
	{ "user mapping", "user mapping", 0, NULL },
};

/* What may stand between CREATE and those words. */
static const char *const modifiers[] = { "or replace", "global", "local",
	"temporary", "temp", "unlogged", "unique", "constraint", "recursive",
	"default", "trusted", "procedural" };

/* What stands where a column's name might, and has no name of its own. */
static const char *const nameless[] = { "like", "primary key", "unique",
	"check", "foreign key", "exclude using", "exclude (", "not null" };

static size_t
count_words(const char *words)
{
	size_t n = 1;

	for (; *words != '\0'; words++)
		n += *words == ' ';
	return n;
}

static size_t
skip(const struct tb_phrase *w, size_t i, const char *words)
{
	return tb_phrase_are(w, i, words) ? i + count_words(words) : i;
}

static size_t
skip_modifiers(const struct tb_phrase *w, size_t i)
{
	for (size_t k = 0; k < TB_LEN(modifiers);) {
		size_t next = skip(w, i, modifiers[k]);

		k = next != i ? 0 : k + 1;
		i = next;
	}
	return i;
}

/* What CREATE makes; *next is the word behind its kind. */
static const struct made *
find_made(const struct tb_phrase *w, size_t first, size_t *next)
{
	size_t i = skip_modifiers(w, first + 1);

	for (size_t k = 0; k < TB_LEN(things); k++)
		if (tb_phrase_are(w, i, things[k].words)) {
			i += count_words(things[k].words);
			i = skip(w, i, "concurrently");
			*next = skip(w, i, "if not exists");
			return &things[k];
		}
	return NULL;
}

static bool
add_names(const struct tb_phrase *w, size_t i, struct tb_strs *names,
    size_t *next)
{
	char *text = tb_phrase_name(w, i, next);

	if (text == NULL)
		return false;
	(void)ver_rename_names(text, names);
	free(text);
	return true;
}

/* CREATE TYPE is of many kinds. */
static const char *
type_class(const struct tb_phrase *w, size_t i)
{
	return tb_phrase_are(w, i, "as enum") ? "enum" :
	    tb_phrase_are(w, i, "as range")   ? "range-type" :
	    tb_phrase_are(w, i, "as (")       ? "composite-type" :
						"base-type";
}

/* The name behind those of the table: schema, table, trigger. */
static bool
add_table(const struct tb_phrase *w, size_t i, const struct made *m,
    struct ver_rename_line *line)
{
	char *own = line->names.n == 1 ? tb_strdup(line->names.v[0]) : NULL;
	size_t next;

	i = tb_phrase_find(w, i, m->on) + 1;
	i = skip(w, i, "only");
	tb_strs_release(&line->names);
	if (own == NULL || !add_names(w, i, &line->names, &next)) {
		free(own);
		return false;
	}
	/* An index is in the schema of its table. */
	if (m->full == 2)
		free(line->names.v[--line->names.n]);
	tb_strs_take(&line->names, own);
	return true;
}

static bool
created(const struct tb_phrase *w, size_t first, struct ver_rename_line *line)
{
	size_t i, next;
	const struct made *m = find_made(w, first, &i);

	if (m == NULL)
		return false;
	line->class = m->class;
	line->full = m->full;
	if (m->full == 0)
		return false;
	if (strcmp(m->class, "schema") == 0)
		i = skip(w, i, "authorization");
	/* CREATE INDEX ON t, CREATE STATISTICS ON a, b FROM t */
	if (tb_phrase_are(w, i, "on") || !add_names(w, i, &line->names, &next))
		return false;
	line->full = m->full;
	line->class =
	    strcmp(m->words, "type") == 0 ? type_class(w, next) : m->class;
	if (m->on != NULL)
		return add_table(w, next, m, line);
	return line->names.n <= m->full;
}

/* "CONSTRAINT name ..." or "name type" at i, of what is named already. */
static bool
element(const struct tb_phrase *w, size_t i, const char *constraint,
    const char *column, struct ver_rename_line *line)
{
	struct tb_strs own = TB_STRS_INIT;
	bool is_constraint = tb_phrase_are(w, i, "constraint");
	size_t next;
	bool ok;

	line->class = is_constraint ? constraint : column;
	if (line->class == NULL)
		return false;
	for (size_t k = 0; !is_constraint && k < TB_LEN(nameless); k++)
		if (tb_phrase_are(w, i, nameless[k]))
			return false;
	line->full = 3;
	ok = add_names(w, i + is_constraint, &own, &next) && own.n == 1;
	if (ok)
		tb_strs_add(&line->names, own.v[0]);
	tb_strs_release(&own);
	return ok;
}

/* Is the word inside the first brackets behind i, and not deeper? */
static bool
is_in_list(const struct tb_phrase *w, size_t i, size_t at)
{
	int depth = 0;

	for (i = tb_phrase_find(w, i, "("); i < at; i++) {
		if (tb_phrase_are(w, i, "("))
			depth++;
		if (tb_phrase_are(w, i, ")") && --depth == 0)
			return false;
	}
	return depth == 1;
}

/* A column, a constraint or an attribute of what is created. */
static bool
created_part(const struct tb_phrase *w, size_t first, size_t at,
    struct ver_rename_line *line)
{
	bool is_constraint = tb_phrase_are(w, at, "constraint");
	const char *class;
	size_t next;

	if (!created(w, first, line))
		return false;
	class = line->class;
	(void)find_made(w, first, &next);
	if (strcmp(class, "domain") == 0)
		return is_constraint &&
		    element(w, at, "domain-constraint", NULL, line);
	if (!is_in_list(w, next, at) ||
	    (!is_constraint && !tb_phrase_are(w, at - 1, "(") &&
		!tb_phrase_are(w, at - 1, ",")))
		return false;
	if (strcmp(class, "composite-type") == 0)
		return element(w, at, NULL, "attribute", line);
	if (strcmp(class, "table") != 0 && strcmp(class, "foreign-table") != 0)
		return false;
	return element(w, at, "constraint", "column", line);
}

/* ALTER TABLE ... ADD, which dumps are full of. */
static bool
altered(const struct tb_phrase *w, size_t first, size_t at,
    struct ver_rename_line *line)
{
	bool is_type = tb_phrase_are(w, first + 1, "type");
	bool is_domain = tb_phrase_are(w, first + 1, "domain");
	size_t i = first + 1 + (is_type || is_domain), next;

	if (i == first + 1) {
		i = skip(w, i, "foreign");
		if (!tb_phrase_are(w, i, "table"))
			return false;
		i = skip(w, i + 1, "if exists");
		i = skip(w, i, "only");
	}
	if (!add_names(w, i, &line->names, &next))
		return false;
	if (at == first)
		at = skip(w, next, "*");
	if (at < next || !tb_phrase_are(w, at++, "add"))
		return false;
	if (is_domain)
		return element(w, at, "domain-constraint", NULL, line);
	if (is_type)
		return tb_phrase_are(w, at, "attribute") &&
		    element(w, at + 1, NULL, "attribute", line);
	at = skip(w, at, "column");
	return element(w, skip(w, at, "if not exists"), "constraint", "column",
	    line);
}

bool
ver_rename_target(const struct tb_phrase *w, size_t first, size_t at,
    struct ver_rename_line *line)
{
	if (at >= w->n)
		return false;
	if (tb_phrase_are(w, first, "alter"))
		return altered(w, first, at, line);
	if (!tb_phrase_are(w, first, "create"))
		return false;
	return at == first ? created(w, first, line) :
			     created_part(w, first, at, line);
}
