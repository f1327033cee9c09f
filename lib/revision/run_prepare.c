/*
 * Reading the files of a plan and cutting the run into transactions: all that
 * can be known before the server is asked.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/keys.h"
#include "core/mem.h"
#include "core/parts.h"
#include "pg/vars.h"
#include "revision/graph.h"
#include "revision/run.h"
#include "revision/run_alone.h"

static int
no_way_back(const struct tb_run_step *rs, struct tb_err *err)
{
	const struct tb_header *h = &rs->file.header;

	if (rs->file.no_downgrade)
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: there is no way back from revision \"%s\"", h->path,
		    rs->file.no_downgrade_line, h->id);
	else
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "%s: revision \"%s\" has no section \"downgrade\"", h->path,
		    h->id);
	(void)tb_err_detail(err, "Nothing was run.");
	return tb_err_hint(err,
	    "Restore a backup, or write a revision that undoes it and upgrade "
	    "to that.");
}

/* The section that the step runs; NULL: none. */
static const struct tb_section *
section_of(const struct tb_run_step *rs)
{
	switch (rs->step->kind) {
	case TB_STEP_UPGRADE:
		return &rs->file.upgrade;
	case TB_STEP_DOWNGRADE:
		return &rs->file.downgrade;
	case TB_STEP_STAMP:
	case TB_STEP_ADOPT:
		break;
	}
	return NULL;
}

static int
refuse_transaction_commands(const struct tb_stmts *stmts, const char *path,
    struct tb_err *err)
{
	for (size_t i = 0; i < stmts->n; i++) {
		const char *word =
		    tb_stmt_transaction_command(stmts->v[i].text);

		if (word == NULL)
			continue;
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: a revision must not have %s", path,
		    stmts->v[i].line, word);
		return tb_err_hint(err,
		    "Take it out: each revision runs in a transaction already. "
		    "What cannot be in one is found by itself, or marked "
		    "\"--: transaction no\".");
	}
	return 0;
}

static int
check_section(const struct tb_section *s, const char *path, struct tb_err *err)
{
	struct tb_stmts stmts = TB_STMTS_INIT;
	int rc;

	if (s->text == NULL)
		return 0;
	rc = tb_split(s->text, path, s->line, &stmts, err);
	if (rc == 0)
		rc = refuse_transaction_commands(&stmts, path, err);
	tb_stmts_release(&stmts);
	return rc;
}

int
tb_run_check_file(const char *path, struct tb_err *err)
{
	struct tb_revision_file f = TB_REVISION_FILE_INIT;
	int rc = tb_revision_file_read(path, &f, err);

	if (rc == 0)
		rc = check_section(&f.upgrade, path, err);
	if (rc == 0)
		rc = check_section(&f.downgrade, path, err);
	if (rc == 0)
		rc = check_section(&f.verify, path, err);
	tb_revision_file_release(&f);
	return rc;
}

/* Must it be outside a transaction, by its statements or its own word? */
static void
find_reason(struct tb_run_step *rs)
{
	const struct tb_header *h = &rs->file.header;
	size_t used;

	for (size_t i = 0; i < rs->stmts.n && rs->alone == NULL; i++) {
		rs->alone = tb_stmt_needs_autocommit(rs->stmts.v[i].text);
		rs->alone_line = rs->stmts.v[i].line;
	}
	if (rs->alone == NULL && !h->transaction && rs->stmts.n > 0) {
		rs->alone = "transaction no";
		rs->alone_line = h->line[TB_KEY_TRANSACTION];
	}
	used = rs->alone == NULL ? tb_run_enum_used(&rs->stmts) : rs->stmts.n;
	if (used < rs->stmts.n) {
		rs->alone = "a new enum value is used at once";
		rs->alone_line = rs->stmts.v[used].line;
	}
}

/* A mark that an import left behind where a person has to write the SQL. */
static int
refuse_untranslated(const struct tb_section *s, const char *path,
    struct tb_err *err)
{
	struct tb_lines in = tb_lines(s->text);
	struct tb_slice line;
	struct tb_key key;

	while (tb_lines_next(&in, &line)) {
		if (!tb_key_parse(line, &key) ||
		    !tb_slice_is(key.name, "untranslated"))
			continue;
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: this was not translated: %.*s", path,
		    s->line + in.number - 1, (int)key.value.n, key.value.s);
		return tb_err_hint(err,
		    "Write the SQL there by hand and take the line out.");
	}
	return 0;
}

static int
read_revision(struct tb_run_step *rs, const struct tb_run_opts *opts,
    struct tb_err *err)
{
	const struct tb_revision *rev = rs->step->rev;
	const char *path = rev->h.path, *text = NULL;

	if (opts->text != NULL)
		text = opts->text(opts->text_arg, rev);
	if (text == NULL)
		return tb_revision_file_read(path, &rs->file, err);
	return tb_revision_file_parse(path, text, strlen(text), &rs->file, err);
}

static int
split_section(const struct tb_section *s, const char *path,
    const struct tb_run_opts *opts, struct tb_stmts *stmts, struct tb_err *err)
{
	if (tb_split(s->text, path, s->line, stmts, err) == -1)
		return -1;
	return opts->vars != NULL ?
	    tb_vars_apply(opts->vars, stmts, path, err) :
	    0;
}

static int
prepare_step(struct tb_run_step *rs, const struct tb_step *step,
    const struct tb_run_opts *opts, struct tb_err *err)
{
	const struct tb_section *section;
	const char *path;

	rs->step = step;
	if (step->kind != TB_STEP_UPGRADE && step->kind != TB_STEP_DOWNGRADE)
		return 0;
	path = step->rev->h.path;
	if (read_revision(rs, opts, err) == -1)
		return -1;
	section = section_of(rs);
	if (section->text == NULL)
		return no_way_back(rs, err);
	if (refuse_untranslated(section, path, err) == -1)
		return -1;
	if (split_section(section, path, opts, &rs->stmts, err) == -1)
		return -1;
	if (step->kind == TB_STEP_UPGRADE && rs->file.verify.text != NULL &&
	    split_section(&rs->file.verify, path, opts, &rs->verify, err) == -1)
		return -1;
	if (refuse_transaction_commands(&rs->stmts, path, err) == -1 ||
	    refuse_transaction_commands(&rs->verify, path, err) == -1)
		return -1;
	find_reason(rs);
	return 0;
}

/*
 * A revision that adds a value to an enum type ends its transaction, so that
 * the next can use the value.
 */
static void
cut(struct tb_run *run)
{
	for (size_t i = 0; i < run->n; i++) {
		bool joins = i > 0 && run->opts.scope == TB_RUN_WHOLE &&
		    run->v[i].alone == NULL && run->v[i - 1].alone == NULL &&
		    !tb_run_enum_added(&run->v[i - 1].stmts);

		if (!joins)
			run->transactions++;
		run->v[i].transaction = run->transactions;
	}
}

#define MIN_STEPS 200 /* for fewer a thread does not pay */

struct preparing {
	struct tb_run *run;
	const struct tb_plan *plan;
	int rc[TB_PARTS_MAX];
	struct tb_err err[TB_PARTS_MAX];
};

static void
prepare_part(void *arg, size_t part, size_t first, size_t end)
{
	struct preparing *p = arg;

	for (size_t i = first; p->rc[part] == 0 && i < end; i++)
		p->rc[part] = prepare_step(&p->run->v[i], &p->plan->v[i],
		    &p->run->opts, &p->err[part]);
}

/* Of several errors that of the first step is told. */
static int
prepare_steps(struct tb_run *run, const struct tb_plan *plan,
    struct tb_err *err)
{
	struct preparing p = { .run = run, .plan = plan };
	size_t parts = tb_parts_count(plan->n, MIN_STEPS);
	int rc = 0;

	tb_parts_run(plan->n, parts, prepare_part, &p);
	for (size_t i = 0; i < parts; i++) {
		if (rc == 0 && p.rc[i] == -1) {
			tb_err_move(err, &p.err[i]);
			rc = -1;
		}
		tb_err_release(&p.err[i]);
	}
	return rc;
}

int
tb_run_prepare(struct tb_run *run, const struct tb_plan *plan,
    const struct tb_run_opts *opts, struct tb_err *err)
{
	run->opts = *opts;
	run->v = tb_calloc(plan->n + 1, sizeof(*run->v));
	run->n = plan->n;
	for (size_t i = 0; i < plan->n; i++)
		run->v[i].file = (struct tb_revision_file)TB_REVISION_FILE_INIT;
	if (prepare_steps(run, plan, err) == -1)
		return -1;
	cut(run);
	return 0;
}

void
tb_run_release(struct tb_run *run)
{
	for (size_t i = 0; i < run->n; i++) {
		tb_revision_file_release(&run->v[i].file);
		tb_stmts_release(&run->v[i].stmts);
		tb_stmts_release(&run->v[i].verify);
	}
	free(run->v);
	*run = (struct tb_run)TB_RUN_INIT;
}
