/*
 * What statements make, as far as it can be seen from their words; and which
 * revisions make a thing.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "pg/split.h"
#include "revision/file.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/plan.h"
#include "revision/run_diagnose.h"

struct maker {
	struct tb_cursor w;
	tb_made_fn *fn;
	void *arg;
};

static void
emit(struct maker *m, enum tb_made_kind kind, bool gone, const char *schema,
    const char *name, const char *member)
{
	m->fn(m->arg, &(struct tb_made){ kind, gone, schema, name, member });
}

static bool
any_of(struct maker *m, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (tb_cursor_accept(&m->w, words[i]))
			return true;
	return false;
}

/* Does an element of a table begin like this? Then it is no column. */
static bool
is_table_clause(const struct tb_cursor *w)
{
	static const char *const words[] = { "PRIMARY", "UNIQUE", "CHECK",
		"FOREIGN", "EXCLUDE", "LIKE" };

	for (size_t i = 0; i < TB_LEN(words); i++)
		if (tb_cursor_is(w, words[i]))
			return true;
	return false;
}

/* A column or a constraint, at its beginning. */
static void
element(struct maker *m, const char *schema, const char *table)
{
	bool constraint = tb_cursor_accept(&m->w, "CONSTRAINT");
	char *name = NULL;

	if (!constraint && is_table_clause(&m->w))
		return;
	name = tb_cursor_name(&m->w);
	if (name != NULL)
		emit(m, constraint ? TB_MADE_CONSTRAINT : TB_MADE_COLUMN, false,
		    schema, table, name);
	free(name);
}

/* "( ..., ... )" of CREATE TABLE. */
static void
elements(struct maker *m, const char *schema, const char *table)
{
	int depth = 0;

	if (!tb_cursor_accept(&m->w, "("))
		return;
	element(m, schema, table);
	for (; !tb_cursor_end(&m->w) && depth >= 0;) {
		depth += tb_cursor_is(&m->w, "(") - tb_cursor_is(&m->w, ")");
		if (depth == 0 && tb_cursor_accept(&m->w, ","))
			element(m, schema, table);
		else
			tb_cursor_next(&m->w);
	}
}

static void
if_exists(struct maker *m)
{
	if (!tb_cursor_accept(&m->w, "IF"))
		return;
	(void)tb_cursor_accept(&m->w, "NOT");
	(void)tb_cursor_accept(&m->w, "EXISTS");
}

/* The word that says what it is; false: something else. */
static bool
kind_of(struct maker *m, enum tb_made_kind *kind)
{
	static const struct {
		const char *word;
		enum tb_made_kind kind;
	} kinds[] = {
		{ "TABLE", TB_MADE_RELATION },
		{ "VIEW", TB_MADE_RELATION },
		{ "INDEX", TB_MADE_RELATION },
		{ "SEQUENCE", TB_MADE_RELATION },
		{ "TYPE", TB_MADE_TYPE },
		{ "DOMAIN", TB_MADE_TYPE },
		{ "SCHEMA", TB_MADE_SCHEMA },
		{ "FUNCTION", TB_MADE_ROUTINE },
		{ "PROCEDURE", TB_MADE_ROUTINE },
		{ "TRIGGER", TB_MADE_CONSTRAINT },
		{ "POLICY", TB_MADE_CONSTRAINT },
	};

	for (size_t i = 0; i < TB_LEN(kinds); i++)
		if (tb_cursor_accept(&m->w, kinds[i].word)) {
			*kind = kinds[i].kind;
			return true;
		}
	return false;
}

/* CREATE TRIGGER name ... ON table, DROP POLICY name ON table. */
static void
on_table(struct maker *m, bool gone, const char *member)
{
	char *schema, *name;

	if (!tb_cursor_until(&m->w, "ON"))
		return;
	tb_cursor_next(&m->w);
	if (tb_cursor_qualified(&m->w, &schema, &name))
		emit(m, TB_MADE_CONSTRAINT, gone, schema, name, member);
	free(schema);
	free(name);
}

static void
create(struct maker *m)
{
	static const char *const before[] = { "OR", "REPLACE", "GLOBAL",
		"LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "FOREIGN",
		"MATERIALIZED", "RECURSIVE", "UNIQUE", "CONSTRAINT" };
	enum tb_made_kind kind;
	bool table;
	char *schema, *name;

	while (any_of(m, before, TB_LEN(before)))
		continue;
	table = tb_cursor_is(&m->w, "TABLE");
	if (!kind_of(m, &kind))
		return;
	(void)tb_cursor_accept(&m->w, "CONCURRENTLY");
	if_exists(m);
	if (tb_cursor_is(&m->w, "ON") ||
	    !tb_cursor_qualified(&m->w, &schema, &name))
		return;
	if (kind == TB_MADE_CONSTRAINT)
		on_table(m, false, name);
	else
		emit(m, kind, false, schema, name, NULL);
	if (table)
		elements(m, schema, name);
	free(schema);
	free(name);
}

/* RENAME TO new, RENAME [COLUMN] old TO new, RENAME CONSTRAINT old TO new. */
static void
rename_it(struct maker *m, const char *schema, const char *name)
{
	enum tb_made_kind kind = TB_MADE_COLUMN;
	char *old, *new;

	if (tb_cursor_accept(&m->w, "TO")) {
		if ((new = tb_cursor_name(&m->w)) == NULL)
			return;
		emit(m, TB_MADE_RELATION, true, schema, name, NULL);
		emit(m, TB_MADE_RELATION, false, schema, new, NULL);
		free(new);
		return;
	}
	if (tb_cursor_accept(&m->w, "CONSTRAINT"))
		kind = TB_MADE_CONSTRAINT;
	else
		(void)tb_cursor_accept(&m->w, "COLUMN");
	old = tb_cursor_name(&m->w);
	(void)tb_cursor_accept(&m->w, "TO");
	new = tb_cursor_name(&m->w);
	if (old != NULL && new != NULL) {
		emit(m, kind, true, schema, name, old);
		emit(m, kind, false, schema, name, new);
	}
	free(old);
	free(new);
}

static void
drop_member(struct maker *m, const char *schema, const char *name)
{
	enum tb_made_kind kind = TB_MADE_COLUMN;
	char *member;

	if (tb_cursor_accept(&m->w, "CONSTRAINT"))
		kind = TB_MADE_CONSTRAINT;
	else
		(void)tb_cursor_accept(&m->w, "COLUMN");
	if_exists(m);
	if ((member = tb_cursor_name(&m->w)) != NULL)
		emit(m, kind, true, schema, name, member);
	free(member);
}

static void
alter(struct maker *m)
{
	char *schema, *name;

	(void)tb_cursor_accept(&m->w, "FOREIGN");
	(void)tb_cursor_accept(&m->w, "MATERIALIZED");
	if (!tb_cursor_accept(&m->w, "TABLE") &&
	    !tb_cursor_accept(&m->w, "VIEW") &&
	    !tb_cursor_accept(&m->w, "INDEX") &&
	    !tb_cursor_accept(&m->w, "SEQUENCE"))
		return;
	if_exists(m);
	(void)tb_cursor_accept(&m->w, "ONLY");
	if (!tb_cursor_qualified(&m->w, &schema, &name))
		return;
	(void)tb_cursor_accept(&m->w, "*");
	do {
		if (tb_cursor_accept(&m->w, "ADD")) {
			(void)tb_cursor_accept(&m->w, "COLUMN");
			if_exists(m);
			element(m, schema, name);
		} else if (tb_cursor_accept(&m->w, "DROP")) {
			drop_member(m, schema, name);
		} else if (tb_cursor_accept(&m->w, "RENAME")) {
			rename_it(m, schema, name);
		}
	} while (tb_cursor_until(&m->w, ",") && tb_cursor_accept(&m->w, ","));
	free(schema);
	free(name);
}

static void
drop(struct maker *m)
{
	enum tb_made_kind kind;
	char *schema, *name;

	(void)tb_cursor_accept(&m->w, "FOREIGN");
	(void)tb_cursor_accept(&m->w, "MATERIALIZED");
	if (!kind_of(m, &kind))
		return;
	(void)tb_cursor_accept(&m->w, "CONCURRENTLY");
	if_exists(m);
	do {
		if (!tb_cursor_qualified(&m->w, &schema, &name))
			return;
		if (kind == TB_MADE_CONSTRAINT)
			on_table(m, true, name);
		else
			emit(m, kind, true, schema, name, NULL);
		free(schema);
		free(name);
	} while (tb_cursor_until(&m->w, ",") && tb_cursor_accept(&m->w, ","));
}

void
tb_makes(const char *text, tb_made_fn *fn, void *arg)
{
	struct maker m = { .fn = fn, .arg = arg };

	if (!tb_cursor_begin(&m.w, text))
		return;
	if (tb_cursor_accept(&m.w, "CREATE"))
		create(&m);
	else if (tb_cursor_accept(&m.w, "ALTER"))
		alter(&m);
	else if (tb_cursor_accept(&m.w, "DROP"))
		drop(&m);
	tb_cursor_release(&m.w);
}

/* Looking for a thing in a section. */
struct hunt {
	const struct tb_made *want;
	bool made, gone;
};

static bool
matches(const char *wanted, const char *found)
{
	return wanted == NULL || found == NULL || strcmp(wanted, found) == 0;
}

static void
compare(void *arg, const struct tb_made *made)
{
	struct hunt *h = arg;
	const struct tb_made *want = h->want;

	if (made->kind != want->kind || !matches(want->schema, made->schema) ||
	    !matches(want->name, made->name) ||
	    (want->member == NULL) != (made->member == NULL) ||
	    !matches(want->member, made->member))
		return;
	h->made = h->made || !made->gone;
	h->gone = h->gone || made->gone;
}

/* Lines where the upgrade of a file makes it, and takes it away; 0: nowhere. */
static void
hunt_in(const char *path, const struct tb_made *want, int *made, int *gone)
{
	struct tb_revision_file f = TB_REVISION_FILE_INIT;
	struct tb_stmts stmts = TB_STMTS_INIT;
	struct tb_err why = TB_ERR_INIT;
	const char *word = want->member != NULL ? want->member : want->name;

	*made = *gone = 0;
	if (tb_revision_file_read(path, &f, &why) == 0 &&
	    strcasestr(f.upgrade.text, word) != NULL &&
	    tb_split(f.upgrade.text, path, f.upgrade.line, &stmts, &why) == 0)
		for (size_t i = 0; i < stmts.n; i++) {
			struct hunt h = { .want = want };

			tb_makes(stmts.v[i].text, compare, &h);
			if (h.made)
				*made = stmts.v[i].line;
			if (h.gone)
				*gone = stmts.v[i].line;
		}
	tb_err_release(&why);
	tb_stmts_release(&stmts);
	tb_revision_file_release(&f);
}

void
tb_tell_makers(const struct tb_run_state *st, const struct tb_revision *but,
    const struct tb_made *want, struct tb_makers *makers, struct tb_err *err)
{
	const struct tb_graph *g = st->graph;
	struct tb_revs applied = TB_REVS_INIT;

	*makers = (struct tb_makers){ NULL, NULL };
	tb_plan_applied(g, &st->history->rows, &applied, NULL);
	for (size_t i = 0; i < g->revs.n; i++) {
		const struct tb_revision *rev = g->revs.v[i];
		bool is_applied = tb_revs_has(&applied, rev);
		int made, gone;

		if (rev == but)
			continue;
		hunt_in(rev->h.path, want, &made, &gone);
		if (made > 0)
			(void)tb_err_detail(err,
			    "Revision \"%s\" makes it (%s:%d) and is %s.",
			    rev->h.id, rev->h.path, made,
			    is_applied ? "applied" : "not applied");
		if (gone > made && is_applied)
			(void)tb_err_detail(err,
			    "Revision \"%s\" took it away (%s:%d).", rev->h.id,
			    rev->h.path, gone);
		if (made > 0 && is_applied)
			makers->applied = rev;
		else if (made > 0)
			makers->pending = rev;
	}
	tb_revs_release(&applied);
}
