/*
 * sql_rename.c: what only has another name, as --rename and the lines
 * "--: renamed-from" of the second side say.
 *
 * Each step is run in a copy of the first side, and its facts are read again:
 * what else has another name then the server says.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "rename.h"
#include "sql_plan.h"

struct renamer {
	struct ver_job *job;
	struct ver_plan *plan;
	struct ver_copy copy;
	struct ver_rename_lines lines;
	/* What was added since the last run: class, old and new identity. */
	struct tb_strs added;
	bool open; /* the copy is there */
};

static int
bad_rename(const char *word, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_USAGE, "\"%s\" is no renaming", word);
	return tb_err_hint(err,
	    "Give --rename CLASS:OLD=NEW, such as "
	    "table:public.users=public.accounts.");
}

/* Where the equals sign stands, outside quotes. */
static char *
find_equals(char *s)
{
	bool quoted = false;

	for (; *s != '\0'; s++) {
		if (*s == '"')
			quoted = !quoted;
		if (*s == '=' && !quoted)
			return s;
	}
	return NULL;
}

static int
check_sides(const struct ver_plan *plan, const char *class, const char *old,
    const char *new, struct tb_err *err)
{
	if (tb_facts_find(plan->left, class, old) == TB_FACT_NONE)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "the first side has no %s %s", class, old);
	if (tb_facts_find(plan->left, class, new) != TB_FACT_NONE)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "the first side has a %s %s already", class, new);
	return 0;
}

static bool
is_action(const struct tb_reconcile *plan, const char *verb,
    const char *identity)
{
	for (size_t i = 0; i < plan->n; i++)
		if (strcmp(plan->v[i].verb, verb) == 0 &&
		    strcmp(plan->v[i].identity, identity) == 0)
			return true;
	return false;
}

/* The schema that it moves to may have to be made first. */
static void
add_schema(struct renamer *r, const struct tb_fact *f, const char *new)
{
	const struct tb_facts *right = r->plan->right;
	struct tb_reconcile *out = &r->plan->renames;
	size_t to = tb_facts_find(right, f->class->name, new);
	const struct tb_fact *schema =
	    to != TB_FACT_NONE ? tb_fact_schema(right, &right->v[to]) : NULL;

	if (schema == NULL || schema == &right->v[to] ||
	    tb_facts_find(r->plan->left, "schema", schema->identity) !=
		TB_FACT_NONE ||
	    is_action(out, "create", schema->identity))
		return;
	out->v = tb_grow(out->v, out->n, &out->cap, sizeof(*out->v));
	out->v[out->n++] = (struct tb_action){
		.verb = "create",
		.class = schema->class->name,
		.identity = schema->identity,
		.sql = tb_strdup(schema->definition),
		.in_transaction = true,
		.transaction = 1,
	};
}

/* The statements are added; run() carries them out. */
static int
add(struct renamer *r, const struct tb_fact *f, const char *new,
    struct tb_err *err)
{
	struct tb_reconcile *out = &r->plan->renames;
	size_t from;

	add_schema(r, f, new);
	from = out->n;
	if (tb_reconcile_rename(f->class->name, f->identity, new, out, err) ==
	    -1)
		return -1;
	for (size_t i = from; i < out->n; i++)
		out->v[i].outside = ver_rename_is_outside(f);
	tb_strs_add(&r->added, f->class->name);
	tb_strs_add(&r->added, f->identity);
	tb_strs_add(&r->added, new);
	return 0;
}

/*
 * Run what was added since, and see what the copy is like then.  What acts on
 * more than the database is not in the copy: those facts are taken over.
 */
static int
run(struct renamer *r, size_t from, struct tb_err *err)
{
	struct ver_plan *plan = r->plan;
	const struct tb_reconcile last = {
		.v = plan->renames.v + from,
		.n = plan->renames.n - from,
	};
	struct tb_facts *facts = tb_calloc(1, sizeof(*facts));

	*facts = (struct tb_facts)TB_FACTS_INIT;
	plan->renamed = tb_grow(plan->renamed, plan->nrenamed,
	    &plan->cap_renamed, sizeof(struct tb_facts *));
	plan->renamed[plan->nrenamed++] = facts;
	if (!r->open) {
		r->open = true;
		if (ver_copy_open(&r->copy, r->job, err) == -1)
			return -1;
	}
	if (ver_copy_run(&r->copy, &last, err) == -1 ||
	    ver_copy_read(&r->copy, facts, err) == -1 ||
	    ver_rename_adopt(facts, plan->left, &r->added, &plan->texts, err) ==
		-1)
		return -1;
	tb_strs_release(&r->added);
	plan->left = facts;
	return 0;
}

/* All but the last name, or the schema of what is part of no table. */
static bool
may_become(const struct tb_fact *f, const char *new)
{
	struct tb_strs a = TB_STRS_INIT, b = TB_STRS_INIT;
	const char *rest = ver_rename_names(f->identity, &a);
	bool may = strcmp(rest, ver_rename_names(new, &b)) == 0 && a.n == b.n;
	bool is_part = a.n == 3 || strcmp(f->class->name, "index") == 0;

	for (size_t i = 0; may && i < a.n; i++)
		may = *b.v[i] != '\0' &&
		    (!is_part || i + 1 == a.n || strcmp(a.v[i], b.v[i]) == 0);
	tb_strs_release(&a);
	tb_strs_release(&b);
	return may;
}

static int
cannot_become(const struct tb_fact *f, const char *new, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_USAGE,
	    "%s %s cannot become %s by another name", f->class->name,
	    f->identity, new);
	return tb_err_hint(err,
	    "What is part of a table stays with it, and a routine keeps its "
	    "arguments: only the last name, or the schema, can be another.");
}

static int
rename_one(struct renamer *r, const char *class, const char *old,
    const char *new, struct tb_err *err)
{
	struct ver_plan *plan = r->plan;
	size_t from = plan->renames.n;
	struct tb_reconcile probe = TB_RECONCILE_INIT;
	const struct tb_fact *f;

	/* Of most classes nothing can be renamed: say so first. */
	if (tb_reconcile_rename(class, old, new, &probe, err) == -1)
		return -1;
	tb_reconcile_release(&probe);
	if (check_sides(plan, class, old, new, err) == -1)
		return -1;
	f = &plan->left->v[tb_facts_find(plan->left, class, old)];
	if (!may_become(f, new))
		return cannot_become(f, new, err);
	if (add(r, f, new, err) == -1 || run(r, from, err) == -1)
		return -1;
	if (tb_facts_find(plan->left, class, new) == TB_FACT_NONE)
		return cannot_become(f, new, err);
	tb_strs_addf(&plan->names, "%s %s", class, new);
	return 0;
}

static int
rename_word(struct renamer *r, const char *word, struct tb_err *err)
{
	char *class = tb_strdup(word);
	char *old = strchr(class, ':');
	char *new = old != NULL ? find_equals(old) : NULL;
	int rc;

	if (new == NULL) {
		rc = bad_rename(word, err);
	} else {
		*old++ = '\0';
		*new ++ = '\0';
		rc = rename_one(r, class, old, new, err);
	}
	free(class);
	return rc;
}

/*
 * What others have in their identity goes first: schemas, then tables and
 * types, then parts of them, and routines, which speak of types.
 */
static int
rank_of(const struct ver_rename_line *line)
{
	static const char *const late[] = { "function", "procedure",
		"aggregate" };

	if (strcmp(line->class, "schema") == 0)
		return 0;
	for (size_t i = 0; i < TB_LEN(late); i++)
		if (strcmp(line->class, late[i]) == 0)
			return 3;
	return line->full == 3 ? 2 : 1;
}

#define RANKS 4

/* Is this among what was added since the last run? */
static bool
is_added(const struct renamer *r, const struct tb_fact *f)
{
	const struct tb_strs *a = &r->added;

	for (size_t i = 0; i + 2 < a->n; i += 3)
		if (strcmp(a->v[i], f->class->name) == 0 &&
		    strcmp(a->v[i + 1], f->identity) == 0)
			return true;
	return false;
}

static int
add_line(struct renamer *r, struct ver_rename_line *line, struct tb_err *err)
{
	struct ver_rename_match m;

	if (ver_rename_match(line, r->plan->left, r->plan->right, &m, err) ==
	    -1)
		return -1;
	if (m.state != VER_RENAME_READY)
		return 0;
	if (is_added(r, m.from))
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: %s %s is renamed twice", line->file, line->line,
		    line->class, m.from->identity);
	line->done = true;
	tb_strs_addf(&r->plan->names, "%s %s", line->class, m.to->identity);
	return add(r, m.from, m.to->identity, err);
}

/* Again and again, since one may have to wait for the name of another. */
static int
rename_rank(struct renamer *r, int rank, struct tb_err *err)
{
	size_t from;

	do {
		from = r->plan->renames.n;
		for (size_t i = 0; i < r->lines.n; i++) {
			struct ver_rename_line *line = &r->lines.v[i];

			if (!line->done && rank_of(line) == rank &&
			    add_line(r, line, err) == -1)
				return -1;
		}
		if (r->plan->renames.n > from && run(r, from, err) == -1)
			return -1;
	} while (r->plan->renames.n > from);
	return 0;
}

/* Both are there: whoever wrote the line will want to know. */
static int
warn_of_taken(struct renamer *r, struct tb_err *err)
{
	for (size_t i = 0; i < r->lines.n; i++) {
		const struct ver_rename_line *line = &r->lines.v[i];
		struct ver_rename_match m;

		if (line->done)
			continue;
		if (ver_rename_match(line, r->plan->left, r->plan->right, &m,
			err) == -1)
			return -1;
		if (m.state == VER_RENAME_TAKEN &&
		    tb_facts_find(r->plan->right, line->class,
			m.from->identity) == TB_FACT_NONE)
			tb_warn("%s:%d: %s %s is not renamed: the first side "
				"has %s too",
			    line->file, line->line, line->class,
			    m.from->identity, m.to->identity);
	}
	return 0;
}

/* What was called after a table or column is called after its new name. */
static int
rename_along(struct renamer *r, struct tb_err *err)
{
	struct tb_strs pairs = TB_STRS_INIT;
	size_t from = r->plan->renames.n;
	int rc = 0;

	ver_rename_along(r->plan, &pairs);
	for (size_t i = 0; i + 2 < pairs.n && rc == 0; i += 3) {
		size_t f =
		    tb_facts_find(r->plan->left, pairs.v[i], pairs.v[i + 1]);

		rc = add(r, &r->plan->left->v[f], pairs.v[i + 2], err);
	}
	tb_strs_release(&pairs);
	if (rc == 0 && r->plan->renames.n > from)
		rc = run(r, from, err);
	return rc;
}

static int
rename_all(struct renamer *r, struct tb_err *err)
{
	const struct tb_strs *words = &r->job->opt->renames;

	for (size_t i = 0; i < words->n; i++)
		if (rename_word(r, words->v[i], err) == -1)
			return -1;
	for (int rank = 0; rank < RANKS; rank++)
		if (rename_rank(r, rank, err) == -1)
			return -1;
	if (r->plan->names.n > 0 && rename_along(r, err) == -1)
		return -1;
	return warn_of_taken(r, err);
}

int
ver_rename_plan(struct ver_job *job, struct ver_plan *plan, struct tb_err *err)
{
	struct renamer r = { .job = job, .plan = plan };
	int rc = ver_files_renames(job, &job->side[1], &r.lines, err);

	if (rc == 0)
		rc = rename_all(&r, err);
	ver_rename_lines_release(&r.lines);
	tb_strs_release(&r.added);
	if (!r.open)
		return rc;
	ver_copy_close(&r.copy);
	return ver_signal_check(err) == -1 ? -1 : rc;
}

void
ver_rename_release(struct ver_plan *plan)
{
	for (size_t i = 0; i < plan->nrenamed; i++) {
		tb_facts_release(plan->renamed[i]);
		free(plan->renamed[i]);
	}
	free(plan->renamed);
	tb_strs_release(&plan->names);
	tb_strs_release(&plan->texts);
}
