/*
 * sqitch: sqitch.plan, and for each change deploy/, revert/ and verify/.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/log.h"
#include "core/mem.h"
#include "import.h"
#include "import_sqitch.h"
#include "pg/query.h"
#include "pg/split.h"

/* What sqitch.conf may say otherwise. */
struct places {
	char *top, *plan, *deploy, *revert, *verify, *extension;
};

static void
release_places(struct places *p)
{
	free(p->top);
	free(p->plan);
	free(p->deploy);
	free(p->revert);
	free(p->verify);
	free(p->extension);
}

/* "key = value" of [core] or [engine "pg"]. */
static void
take_setting(struct places *p, struct tb_slice line)
{
	const struct {
		const char *key;
		char **value;
	} known[] = {
		{ "top_dir", &p->top },
		{ "plan_file", &p->plan },
		{ "deploy_dir", &p->deploy },
		{ "revert_dir", &p->revert },
		{ "verify_dir", &p->verify },
		{ "extension", &p->extension },
	};
	struct tb_slice key, equals, value;

	if (!tb_slice_word(&line, &key) || !tb_slice_word(&line, &equals) ||
	    !tb_slice_is(equals, "=") || !tb_slice_word(&line, &value))
		return;
	for (size_t i = 0; i < TB_LEN(known); i++)
		if (tb_slice_is(key, known[i].key)) {
			free(*known[i].value);
			*known[i].value = tb_slice_dup(value);
		}
}

static int
read_conf(const char *dir, struct places *p, struct tb_err *err)
{
	char *path = tb_path_join(dir, "sqitch.conf");
	struct tb_buf b = TB_BUF_INIT;
	struct tb_slice line, rest, word;
	struct tb_lines in;
	bool ours = false;
	int rc = 0;

	if (tb_file_exists(path))
		rc = tb_file_read(path, &b, err);
	in = tb_lines(b.s);
	while (rc == 0 && tb_lines_next(&in, &line)) {
		rest = line;
		if (tb_slice_word(&rest, &word) && word.s[0] == '[')
			ours = tb_slice_is(word, "[core]") ||
			    (tb_slice_is(word, "[engine") && rest.n >= 5 &&
				memcmp(rest.s + 1, "\"pg\"", 4) == 0);
		else if (ours)
			take_setting(p, line);
	}
	tb_buf_release(&b);
	free(path);
	return rc;
}

static char *
or_default(const char *base, char *value, const char *fallback)
{
	char *path = tb_path_join(base, value != NULL ? value : fallback);

	free(value);
	return path;
}

/* As paths that can be opened. */
static void
resolve(struct places *p, const char *dir)
{
	bool moved = p->top != NULL;

	p->top = or_default(dir, p->top, ".");
	p->plan = or_default(p->plan != NULL || !moved ? dir : p->top, p->plan,
	    "sqitch.plan");
	/* Where it is said, it counts from the project's folder. */
	p->deploy = or_default(p->deploy != NULL || !moved ? dir : p->top,
	    p->deploy, "deploy");
	p->revert = or_default(p->revert != NULL || !moved ? dir : p->top,
	    p->revert, "revert");
	p->verify = or_default(p->verify != NULL || !moved ? dir : p->top,
	    p->verify, "verify");
	if (p->extension == NULL)
		p->extension = tb_strdup("sql");
}

/*
 * The name of a change's scripts.  One that was reworked later is kept under
 * NAME@TAG, with one of the tags between.
 */
static char *
script_name(const struct mig_imp_plan *plan, size_t i, const struct places *p)
{
	size_t next = mig_imp_plan_rework(plan, i);
	char *name = NULL;

	if (next == plan->n)
		return tb_strdup(plan->v[i].name);
	for (size_t j = i; j < next; j++)
		for (size_t k = 0; k < plan->v[j].tags.n; k++) {
			char *try = tb_asprintf("%s@%s", plan->v[i].name,
			    plan->v[j].tags.v[k]);
			char *path = tb_asprintf("%s/%s.%s", p->deploy, try,
			    p->extension);

			if (name == NULL && tb_file_exists(path)) {
				name = try;
				try = NULL;
			}
			free(try);
			free(path);
		}
	return name != NULL ? name : tb_strdup(plan->v[i].name);
}

/* How many of its name come up to this one: the first is 1. */
static char *
version_of(const struct mig_imp_plan *plan, size_t i)
{
	size_t n = 1;

	for (size_t j = 0; j < i; j++)
		n += strcmp(plan->v[j].name, plan->v[i].name) == 0;
	return n == 1 ? tb_strdup(plan->v[i].name) :
			tb_asprintf("%s %zu", plan->v[i].name, n);
}

static int
add_needs(const struct mig_imp *imp, const struct mig_imp_plan *plan, size_t i,
    const char *path, struct tb_err *err)
{
	const struct mig_imp_change *change = &plan->v[i];

	for (size_t k = 0; k < change->needs.n; k++) {
		const char *need = change->needs.v[k];
		long at = mig_imp_plan_find(plan, i, need);

		if (at == -1 && strchr(need, ':') != NULL) {
			tb_warn("%s:%d: \"%s\" needs \"%s\" of another "
				"project, which is not imported",
			    path, change->line, change->name, need);
			continue;
		}
		if (at == -1)
			return tb_err_set(err, TB_EXIT_DATA,
			    "%s:%d: \"%s\" needs \"%s\", which does not stand "
			    "before it",
			    path, change->line, change->name, need);
		/* What it follows anyway says nothing new. */
		if ((size_t)at + 1 != i &&
		    !tb_strs_has(&imp->v[i]->depends_on, imp->v[at]->id))
			tb_strs_add(&imp->v[i]->depends_on, imp->v[at]->id);
	}
	return 0;
}

static bool
only_reads(const char *sql)
{
	static const char *const words[] = { "select", "with", "table",
		"values", "do", "show", "set" };
	struct tb_stmts stmts = TB_STMTS_INIT;
	struct tb_err err = TB_ERR_INIT;
	bool ok = tb_split(sql, "", 1, &stmts, &err) == 0;

	for (size_t i = 0; ok && i < stmts.n; i++) {
		size_t n = strcspn(stmts.v[i].text, " \t\r\n(;");

		ok = false;
		for (size_t k = 0; k < TB_LEN(words); k++)
			if (n == strlen(words[k]) &&
			    strncasecmp(stmts.v[i].text, words[k], n) == 0)
				ok = true;
	}
	tb_stmts_release(&stmts);
	tb_err_release(&err);
	return ok;
}

/*
 * A check that changes data and rolls back is left out: here it runs in the
 * transaction of its revision.
 */
static int
add_verify(const struct mig_imp *imp, struct mig_imp_rev *rev, const char *path,
    struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	struct mig_imp_sql sql = { .path = path, .line = 1, .rollback = true };
	size_t marks = rev->n_marks;
	int rc = tb_file_read(path, &b, err);

	if (rc == -1)
		return -1;
	sql.text = b.s;
	mig_imp_section(imp, rev, &rev->verify, &sql);
	tb_buf_release(&b);
	if (rev->n_marks == marks && only_reads(rev->verify.text) &&
	    rev->verify.statements > 0)
		return 0;
	if (rev->n_marks > marks || rev->verify.statements > 0)
		tb_warn("%s is left out: it does more than read", path);
	free(rev->verify.text);
	rev->verify = (struct mig_imp_section){ NULL, 0, 0 };
	for (; rev->n_marks > marks; rev->n_marks--) {
		free(rev->marks[rev->n_marks - 1].file);
		free(rev->marks[rev->n_marks - 1].what);
	}
	return 0;
}

static int
read_scripts(const struct mig_imp *imp, struct mig_imp_rev *rev,
    const struct places *p, const char *name, struct tb_err *err)
{
	char *revert = tb_asprintf("%s/%s.%s", p->revert, name, p->extension);
	char *verify = tb_asprintf("%s/%s.%s", p->verify, name, p->extension);
	int rc =
	    mig_imp_section_file(imp, rev, &rev->upgrade, rev->source, err);

	if (rc == 0 && tb_file_exists(revert))
		rc = mig_imp_section_file(imp, rev, &rev->downgrade, revert,
		    err);
	if (rc == 0 && tb_file_exists(verify))
		rc = add_verify(imp, rev, verify, err);
	mig_imp_settle(rev);
	free(revert);
	free(verify);
	return rc;
}

static int
add_change(struct mig_imp *imp, const struct mig_imp_plan *plan, size_t i,
    const struct places *p, struct tb_err *err)
{
	const struct mig_imp_change *change = &plan->v[i];
	char *name = script_name(plan, i, p);
	char *path = tb_asprintf("%s/%s.%s", p->deploy, name, p->extension);
	struct mig_imp_rev *rev = mig_imp_add(imp, name,
	    *change->note != '\0' ? change->note : change->name, path);
	int rc;

	free(rev->version);
	rev->version = version_of(plan, i);
	rev->date = tb_strdup(change->date);
	rc = read_scripts(imp, rev, p, name, err);
	if (rc == 0)
		rc = add_needs(imp, plan, i, p->plan, err);
	free(name);
	free(path);
	return rc;
}

static int
no_plan(const struct places *p, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_NOINPUT, "there is no plan \"%s\"",
	    p->plan);
	return tb_err_hint(err, "DIR is the folder of sqitch.plan.");
}

static int
read_dir(struct mig_imp *imp, struct tb_err *err)
{
	struct places p = { .top = NULL };
	struct mig_imp_plan plan = { .n = 0 };
	int rc = read_conf(imp->dir, &p, err);

	if (rc == 0) {
		resolve(&p, imp->dir);
		rc = tb_file_exists(p.plan) ?
		    mig_imp_plan_read(p.plan, &plan, err) :
		    no_plan(&p, err);
	}
	for (size_t i = 0; rc == 0 && i < plan.n; i++)
		rc = add_change(imp, &plan, i, &p, err);
	if (rc == 0) {
		imp->project = tb_strdup_null(plan.project);
		rc = mig_imp_chain(imp, err);
	}
	mig_imp_plan_release(&plan);
	release_places(&p);
	return rc;
}

/* A change that was reworked is there once for each time it was deployed. */
static int
applied(const struct mig_imp *imp, struct mig_imp_table *t, struct tb_err *err)
{
	const char *params[] = { imp->project };
	PGresult *res = mig_imp_ask(t,
	    "SELECT change, pg_catalog.row_number() OVER (PARTITION BY change "
	    "ORDER BY committed_at, planned_at) AS nth FROM %I.%I "
	    "WHERE project = $1 OR $1 IS NULL",
	    1, params, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++) {
		const char *change = tb_pg_get(res, i, "change");
		long long nth = tb_pg_get_int(res, i, "nth");

		if (nth == 1)
			tb_strs_add(&t->applied, change);
		else
			tb_strs_addf(&t->applied, "%s %lld", change, nth);
	}
	PQclear(res);
	return 0;
}

const struct mig_imp_format mig_imp_sqitch = {
	.name = "sqitch",
	.title = "sqitch",
	.help = "the folder of sqitch.plan",
	.table = "sqitch.changes",
	.read = read_dir,
	.applied = applied,
};
