/*
 * hazard.c: what must be allowed by name before it is printed.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "sql_plan.h"

#define SHOWN 10 /* statements of a refusal */

/* --allow takes several words with commas and may be given again. */
static void
allowed_words(const struct ver_options *opt, struct tb_strs *words)
{
	for (size_t i = 0; i < opt->allow.n; i++)
		tb_strs_split(words, opt->allow.v[i], ", ");
}

int
ver_hazard_check(const struct ver_options *opt, struct tb_err *err)
{
	struct tb_strs words = TB_STRS_INIT, known = TB_STRS_INIT;
	int rc = 0;

	allowed_words(opt, &words);
	tb_reconcile_hazards(&known);
	for (size_t i = 0; i < words.n && rc == 0; i++) {
		char *list;

		if (strcmp(words.v[i], "all") == 0 ||
		    tb_strs_has(&known, words.v[i]))
			continue;
		list = tb_strs_join(&known, ", ");
		rc = tb_err_set(err, TB_EXIT_USAGE, "there is no hazard \"%s\"",
		    words.v[i]);
		(void)tb_err_hint(err, "Hazards are %s, or all of them: all.",
		    list);
		free(list);
	}
	tb_strs_release(&words);
	tb_strs_release(&known);
	return rc;
}

/* The statement's hazards that nobody has allowed, with commas. */
static char *
refused(const struct tb_action *a, const struct tb_strs *allowed,
    struct tb_strs *all)
{
	struct tb_strs words = TB_STRS_INIT;
	char *text;

	for (size_t i = 0; i < a->hazards.n; i++) {
		if (tb_strs_has(allowed, a->hazards.v[i]))
			continue;
		tb_strs_add(&words, a->hazards.v[i]);
		if (!tb_strs_has(all, a->hazards.v[i]))
			tb_strs_add(all, a->hazards.v[i]);
	}
	text = tb_strs_join(&words, ", ");
	tb_strs_release(&words);
	return text;
}

static void
add_statement(struct tb_err *err, const struct tb_action *a, const char *words)
{
	struct tb_buf b = TB_BUF_INIT;

	ver_sql_comment(&b, a->sql);
	(void)tb_err_detail(err, "%s: %s", words, b.s);
	tb_buf_release(&b);
}

static int
refuse(const struct tb_reconcile *plan, const struct tb_strs *allowed,
    struct tb_err *err)
{
	struct tb_strs all = TB_STRS_INIT;
	size_t n = 0;

	for (size_t i = 0; i < plan->n; i++) {
		char *words = refused(&plan->v[i], allowed, &all);

		if (*words != '\0' && n++ == 0)
			(void)tb_err_set(err, TB_EXIT_NOPERM,
			    "the SQL has hazards that were not allowed");
		if (*words != '\0' && n <= SHOWN)
			add_statement(err, &plan->v[i], words);
		free(words);
	}
	if (n > SHOWN)
		(void)tb_err_detail(err, "... and %zu more", n - SHOWN);
	if (n > 0) {
		char *list;

		tb_strs_sort(&all);
		list = tb_strs_join(&all, ",");
		(void)tb_err_hint(err, "To get it all the same: --allow %s",
		    list);
		free(list);
	}
	tb_strs_release(&all);
	return n > 0 ? -1 : 0;
}

int
ver_hazard_refuse(const struct ver_job *job, const struct tb_reconcile *plan,
    struct tb_err *err)
{
	struct tb_strs allowed = TB_STRS_INIT;
	int rc = 0;

	allowed_words(job->opt, &allowed);
	if (!tb_strs_has(&allowed, "all"))
		rc = refuse(plan, &allowed, err);
	tb_strs_release(&allowed);
	return rc;
}
