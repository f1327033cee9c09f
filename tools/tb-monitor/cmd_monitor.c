/*
 * tb-monitor [CHECK...]: the one command there is.
 */
#include "core/tb.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/strs.h"
#include "format.h"
#include "monitor.h"
#include "nagios.h"
#include "range.h"
#include "report.h"
#include "set.h"

static bool list, lint;
static const char *explain, *sql, *timeout_text;
static long long tier = 3;
static struct tb_strs folders, warnings, criticals, settings;

static const struct tb_opt opts[] = {
	TB_OPT_FLAG('l', "list", "list the checks", &list),
	TB_OPT_STR(0, "explain", "CHECK", "tell what a check looks at",
	    &explain),
	TB_OPT_STR(0, "sql", "CHECK", "print the file of a check", &sql),
	TB_OPT_FLAG(0, "lint", "have the server prepare the checks, run none",
	    &lint),
	TB_OPT_LIST(0, "warning", "[CHECK=]RANGE", "when to warn", &warnings),
	TB_OPT_LIST(0, "critical", "[CHECK=]RANGE", "when to alarm",
	    &criticals),
	TB_OPT_LIST(0, "set", "CHECK.NAME=VALUE", "set a parameter of a check",
	    &settings),
	TB_OPT_LIST(0, "checks", "DIR", "take the checks of a folder as well",
	    &folders),
	TB_OPT_INT(0, "tier", "N", "only checks of tier 0 to N", &tier, 0, 3),
	TB_OPT_STR('t', "timeout", "SECONDS",
	    "what has not answered by then is unknown (8)", &timeout_text),
	TB_OPT_END,
};

static int
load(const struct tb_ctx *ctx, struct mon_set *set, struct tb_err *err)
{
	struct tb_strs dirs = TB_STRS_INIT;
	int rc;

	tb_conf_paths(&ctx->conf, "monitor|checks", &dirs);
	for (size_t i = 0; i < folders.n; i++)
		tb_strs_add(&dirs, folders.v[i]);
	rc = mon_set_load(set, &dirs, err);
	tb_strs_release(&dirs);
	return rc == -1 ? -1 : mon_set_configure(set, &ctx->conf, err);
}

static int
apply_options(struct mon_set *set, struct tb_err *err)
{
	for (size_t i = 0; i < warnings.n; i++)
		if (mon_set_range(set, warnings.v[i], false, err) == -1)
			return -1;
	for (size_t i = 0; i < criticals.n; i++)
		if (mon_set_range(set, criticals.v[i], true, err) == -1)
			return -1;
	for (size_t i = 0; i < settings.n; i++)
		if (mon_set_param(set, settings.v[i], err) == -1)
			return tb_err_prefix(err, "--set");
	return 0;
}

static int
read_timeout(const struct tb_ctx *ctx, double *seconds, struct tb_err *err)
{
	const char *text = timeout_text;
	const char *from = "--timeout";

	*seconds = 8;
	if (text == NULL) {
		text = tb_conf_str(&ctx->conf, "monitor|timeout");
		from = "tb.conf: monitor: timeout";
	}
	if (text == NULL)
		return 0;
	if (mon_number_parse(seconds, text, "s", err) == -1)
		(void)tb_err_prefix(err, "%s", from);
	else if (*seconds < 0.01 || *seconds > 86400)
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "%s: %s is not between 0.01 and 86400 seconds", from, text);
	else
		return 0;
	err->code = timeout_text != NULL ? TB_EXIT_USAGE : TB_EXIT_CONFIG;
	return -1;
}

static int
run_checks(struct tb_ctx *ctx, const struct mon_set *set, struct tb_err *err)
{
	struct mon_report report = MON_REPORT_INIT;
	double timeout;
	int rc;

	if (read_timeout(ctx, &timeout, err) == -1)
		return -1;
	rc = mon_run(ctx, set, timeout, &report, err);
	if (rc == 0) {
		mon_format_find(ctx->format)->print(&report, ctx->quiet);
		rc = (int)report.grade;
	}
	mon_report_release(&report);
	return rc;
}

static int
show(struct tb_ctx *ctx, const struct mon_set *set, const char *id,
    struct tb_err *err)
{
	const struct mon_check *check = mon_set_find(set, id, err);

	if (check == NULL)
		return -1;
	if (sql != NULL)
		(void)fputs(check->text, stdout);
	else
		mon_explain(ctx, check);
	return 0;
}

static int
serve(struct tb_ctx *ctx, struct mon_set *set, int argc, char *argv[],
    struct tb_err *err)
{
	if (list + lint + (explain != NULL) + (sql != NULL) > 1)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "--list, --explain, --sql and --lint exclude each other");
	if (load(ctx, set, err) == -1 ||
	    mon_set_select(set, argc, argv, (int)tier, err) == -1 ||
	    apply_options(set, err) == -1)
		return -1;
	if (explain != NULL || sql != NULL)
		return show(ctx, set, sql != NULL ? sql : explain, err);
	if (list) {
		mon_list(ctx, set);
		return 0;
	}
	return lint ? mon_lint(ctx, set, err) : run_checks(ctx, set, err);
}

static int
monitor(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	struct mon_set set = MON_SET_INIT;
	int rc = serve(ctx, &set, argc, argv, err);

	/* A monitoring system reads stdout only. */
	if (rc == -1 && strcmp(ctx->format, mon_nagios.name) == 0)
		mon_nagios_failure(err);
	mon_set_release(&set);
	tb_strs_release(&folders);
	tb_strs_release(&warnings);
	tb_strs_release(&criticals);
	tb_strs_release(&settings);
	return rc;
}

const struct tb_cmd mon_cmd_monitor = {
	.args = "[CHECK...]",
	.help = "run the health checks and grade them",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.max_args = -1,
	.run = monitor,
};
