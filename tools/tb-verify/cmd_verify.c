/*
 * The command line of tb-verify, and the way through it.
 */
#include "core/tb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/snapshot.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "sql_plan.h"
#include "verify.h"

static struct ver_options opt = { .scratch = "auto" };

static const char *const scratch_words[] = { "auto", "server", "private",
	NULL };

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
	TB_OPT_LIST(0, "ignore", "FILE", "rules about what does not count",
	    &opt.ignore),
	TB_OPT_LIST(0, "map-role", "LEFT=RIGHT",
	    "a role has another name on the second side", &opt.map_roles),
	TB_OPT_FLAG(0, "snapshot", "print one side as a text that is a side",
	    &opt.snapshot),
	TB_OPT_FLAG(0, "quick", "has anything changed since tb-migrate's run?",
	    &opt.quick),
	TB_OPT_FLAG(0, "no-cache", "run all SQL again, whatever is kept",
	    &opt.no_cache),
	TB_OPT_WORD(0, "scratch", "WHERE",
	    "scratch databases: auto, server or private", &opt.scratch,
	    scratch_words),
	TB_OPT_FLAG(0, "watch", "print SQL that makes changes leave a note",
	    &opt.watch),
	TB_OPT_FLAG(0, "sql", "print SQL that makes the first like the second",
	    &opt.sql),
	TB_OPT_FLAG(0, "prove", "try that SQL in a scratch database",
	    &opt.prove),
	TB_OPT_LIST(0, "allow", "HAZARD", "print SQL that has this hazard",
	    &opt.allow),
	TB_OPT_LIST(0, "rename", "CLASS:OLD=NEW",
	    "what only has another name on the second side", &opt.renames),
	TB_OPT_FLAG(0, "plain", "short SQL, though it may block writers",
	    &opt.plain),
	TB_OPT_FLAG(0, "bare", "SQL without BEGIN and COMMIT", &opt.bare),
	TB_OPT_END,
};

/* Given none, one or two words: live and revisions take the empty places. */
static int
parse_sides(struct ver_job *job, int argc, char *argv[], struct tb_err *err)
{
	const char *words[] = { "live", "revisions" };
	bool one = opt.snapshot || (opt.fingerprint && argc < 2);

	job->n = 2;
	if (argc == 2 || (argc == 1 && one))
		words[0] = argv[0];
	else if (argc == 1 && strcmp(argv[0], "live") != 0)
		words[1] = argv[0];
	if (argc == 2)
		words[1] = argv[1];
	if (one)
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
	ver_ignore_diff(job, &diff);
	rc = diff.n + ver_findings_count(job) > 0 ? TB_EXIT_FOUND : TB_EXIT_OK;
	if (tb_cli_is_json(job->ctx))
		ver_print_json(job, &diff);
	else
		ver_print_text(job, &diff);
	tb_diff_release(&diff);
	return rc;
}

static int
print_snapshot(const struct ver_job *job, struct tb_err *err)
{
	const struct ver_side *side = &job->side[0];

	if (job->ctx->quiet)
		return TB_EXIT_OK;
	if (tb_cli_is_json(job->ctx))
		ver_print_snapshot_json(side);
	else if (tb_snapshot_write(&side->facts, stdout) == -1)
		return tb_err_set(err, TB_EXIT_CANTCREAT,
		    "could not write the snapshot: %s", strerror(errno));
	return TB_EXIT_OK;
}

/* Options that mean nothing together. */
static int
check_options(int argc, struct tb_err *err)
{
	const char *one = opt.snapshot ? "--snapshot" : "--quick";
	const char *other = opt.classes.n > 0 ? "--class" :
	    opt.schemas.n > 0                 ? "--schema" :
	    opt.fingerprint                   ? "--fingerprint" :
	    opt.summary                       ? "--summary" :
						NULL;

	if (!opt.snapshot && !opt.quick)
		return 0;
	if (opt.snapshot && opt.quick)
		other = "--quick";
	if (other != NULL)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "%s and %s do not go together", one, other);
	if (argc > (opt.snapshot ? 1 : 0))
		return tb_err_set(err, TB_EXIT_USAGE,
		    opt.snapshot ? "--snapshot is of one side" :
				   "--quick is of the live database only");
	return 0;
}

static int
run(struct ver_job *job, int argc, char *argv[], struct tb_err *err)
{
	for (size_t i = 0; i < opt.map_roles.n; i++)
		tb_strs_add(&job->map_roles, opt.map_roles.v[i]);
	if (ver_ignore_read(job, err) == -1 ||
	    parse_sides(job, argc, argv, err) == -1 || ver_load(job, err) == -1)
		return -1;
	if (opt.snapshot)
		return print_snapshot(job, err);
	if (opt.fingerprint)
		return print_fingerprints(job);
	warn_of_versions(job);
	ver_filter_warn(job);
	ver_ignore_warn(job);
	return opt.sql || opt.prove ? ver_sql(job, err) : compare(job);
}

static void
release(struct ver_job *job)
{
	for (size_t i = 0; i < job->n; i++)
		ver_side_release(&job->side[i]);
	tb_dsn_release(&job->server);
	tb_strs_release(&job->rows);
	tb_strs_release(&job->map_roles);
	free(job->owner_role);
	ver_findings_release(job);
	ver_ignore_release(job);
	ver_private_stop(job);
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
	if (opt.watch) {
		ver_print_watch();
		return TB_EXIT_OK;
	}
	if (check_options(argc, err) == -1)
		return -1;
	if (ver_sql_check(&opt, err) == -1)
		return -1;
	/* The order of statements hangs on them. */
	opt.dependents |= opt.sql || opt.prove;
	if (opt.quick)
		return ver_quick(ctx, err);
	if (ver_filter_check(&opt, err) == -1)
		return -1;
	rc = run(&job, argc, argv, err);
	release(&job);
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
