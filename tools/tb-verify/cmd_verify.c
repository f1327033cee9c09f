/*
 * The command line of tb-verify, and the way through it.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "verify.h"

static struct ver_options opt;

static const struct tb_opt opts[] = {
	TB_OPT_LIST(0, "revisions", "DIR", "where the revision files are",
	    &opt.revisions),
	TB_OPT_STR(0, "model", "PATH", "the file or folder of the model",
	    &opt.model),
	TB_OPT_LIST(0, "class", "NAME", "compare only this class of objects",
	    &opt.classes),
	TB_OPT_LIST(0, "schema", "NAME", "compare only what is in this schema",
	    &opt.schemas),
	TB_OPT_FLAG(0, "column-order", "the order of columns counts, too",
	    &opt.column_order),
	TB_OPT_FLAG(0, "dependents", "tell what depends on what differs",
	    &opt.dependents),
	TB_OPT_FLAG(0, "summary", "print only how much differs", &opt.summary),
	TB_OPT_FLAG(0, "fingerprint", "print the hash of each side",
	    &opt.fingerprint),
	TB_OPT_FLAG(0, "coverage", "list the classes that are compared",
	    &opt.coverage),
	TB_OPT_END,
};

/* Given none, one or two words: live and revisions take the empty places. */
static int
parse_sides(struct ver_job *job, int argc, char *argv[], struct tb_err *err)
{
	const char *words[] = { "live", "revisions" };

	job->n = 2;
	if (argc == 2 || (argc == 1 && opt.fingerprint))
		words[0] = argv[0];
	else if (argc == 1 && strcmp(argv[0], "live") != 0)
		words[1] = argv[0];
	if (argc == 2)
		words[1] = argv[1];
	if (opt.fingerprint && argc < 2)
		job->n = 1;
	if (ver_side_parse(&job->side[0], words[0], err) == -1 ||
	    (job->n > 1 && ver_side_parse(&job->side[1], words[1], err) == -1))
		return -1;
	if (argc == 2 && strcmp(words[0], "-") == 0 &&
	    strcmp(words[1], "-") == 0)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "only one side can be standard input");
	return 0;
}

static void
warn_of_versions(const struct ver_job *job)
{
	int left = job->side[0].facts.version / 10000;
	int right = job->side[1].facts.version / 10000;

	if (left == right)
		return;
	tb_warn("%s is PostgreSQL %d and %s is PostgreSQL %d, which print "
		"some definitions in other words",
	    job->side[0].label, left, job->side[1].label, right);
}

static int
print_fingerprints(const struct ver_job *job)
{
	char hash[2][TB_HASH_LEN + 1];

	for (size_t i = 0; i < job->n; i++) {
		tb_facts_fingerprint(&job->side[i].facts, hash[i]);
		if (!job->ctx->quiet && !tb_cli_is_json(job->ctx))
			(void)printf("%s  %s\n", hash[i], job->side[i].name);
	}
	if (tb_cli_is_json(job->ctx))
		ver_print_sides_json(job);
	if (job->n == 2 && strcmp(hash[0], hash[1]) != 0)
		return TB_EXIT_FOUND;
	return TB_EXIT_OK;
}

static int
compare(const struct ver_job *job)
{
	struct tb_diff diff = TB_DIFF_INIT;
	int rc;

	tb_diff(&diff, &job->side[0].facts, &job->side[1].facts,
	    opt.column_order);
	rc = diff.n > 0 ? TB_EXIT_FOUND : TB_EXIT_OK;
	if (tb_cli_is_json(job->ctx))
		ver_print_json(job, &diff);
	else
		ver_print_text(job, &diff);
	tb_diff_release(&diff);
	return rc;
}

static int
run(struct ver_job *job, int argc, char *argv[], struct tb_err *err)
{
	if (parse_sides(job, argc, argv, err) == -1 || ver_load(job, err) == -1)
		return -1;
	if (opt.fingerprint)
		return print_fingerprints(job);
	warn_of_versions(job);
	ver_filter_warn(job);
	return compare(job);
}

static int
verify(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	struct ver_job job = { .ctx = ctx, .opt = &opt };
	int rc;

	if (opt.coverage) {
		ver_print_coverage(ctx);
		return TB_EXIT_OK;
	}
	if (ver_filter_check(&opt, err) == -1)
		return -1;
	rc = run(&job, argc, argv, err);
	for (size_t i = 0; i < job.n; i++)
		ver_side_release(&job.side[i]);
	tb_dsn_release(&job.server);
	tb_strs_release(&job.rows);
	return rc;
}

const struct tb_cmd ver_cmd_verify = {
	.args = "[SIDE [SIDE]]",
	.help = "compare two sides",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.max_args = 2,
	.run = verify,
};
