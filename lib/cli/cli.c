#include "core/tb.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/opt.h"
#include "cli/term.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "revision/near.h"

/* What the rows that every program shares write to. */
static struct {
	bool help, version, quiet, verbose, echo;
	const char *conf_file, *colour, *format;
	struct tb_conn_opts conn;
} common = { .colour = "auto", .format = "text" };

static const char *const colour_words[] = { "auto", "always", "never", NULL };
static const char *const default_formats[] = { "text", "json", NULL };

static const struct tb_opt general_opts[] = {
	TB_OPT_STR(0, "config", "FILE", "read this file instead of tb.conf",
	    &common.conf_file),
	TB_OPT_FLAG('q', "quiet", "say nothing but errors", &common.quiet),
	TB_OPT_FLAG(0, "verbose", "say more on the way", &common.verbose),
	TB_OPT_WORD(0, "color", "WHEN",
	    "colour: auto (on a terminal), always or never", &common.colour,
	    colour_words),
	TB_OPT_FLAG(0, "help", "show this help", &common.help),
	TB_OPT_FLAG(0, "version", "show the version", &common.version),
	TB_OPT_END,
};

static const struct tb_opt conn_opts[] = {
	TB_OPT_STR('h', "host", "HOST", "server's host or socket directory",
	    &common.conn.host),
	TB_OPT_STR('p', "port", "PORT", "server's port", &common.conn.port),
	TB_OPT_STR('U', "username", "NAME", "role to connect as",
	    &common.conn.user),
	TB_OPT_STR('d', "dbname", "NAME",
	    "database, or a whole URI or conninfo string", &common.conn.dbname),
	TB_OPT_FLAG('w', "no-password", "never ask for a password",
	    &common.conn.no_password),
	TB_OPT_FLAG('W', "password", "ask for a password first",
	    &common.conn.force_password),
	TB_OPT_FLAG(0, "echo", "show the SQL that is sent, on stderr",
	    &common.echo),
	TB_OPT_END,
};

/* Its words differ by program, so the row is filled in at the start. */
static struct tb_opt format_opts[] = {
	TB_OPT_WORD(0, "format", "FORMAT", "", &common.format, default_formats),
	TB_OPT_END,
};

static const unsigned any_conn = TB_NEED_CONN | TB_NEED_DB | TB_NEED_DB_WRITE;

static void
set_formats(const struct tb_tool *tool)
{
	static char help[128];
	size_t used;

	format_opts[0].words =
	    tool->formats != NULL ? tool->formats : default_formats;
	used = (size_t)snprintf(help, sizeof(help), "print as");
	for (size_t i = 0; format_opts[0].words[i] != NULL; i++)
		used += (size_t)snprintf(help + used, sizeof(help) - used,
		    "%s %s", i > 0 ? "," : "", format_opts[0].words[i]);
	format_opts[0].help = help;
}

static struct tb_opt_tables
tables_for(const struct tb_cmd *cmd)
{
	struct tb_opt_tables t = { { general_opts, NULL, NULL, NULL } };

	/* Before the command is known, what every command shares is taken. */
	if (cmd == NULL || (cmd->needs & any_conn) != 0)
		t.v[1] = conn_opts;
	if (cmd == NULL || (cmd->needs & TB_NEED_FORMAT) != 0)
		t.v[2] = format_opts;
	if (cmd != NULL)
		t.v[3] = cmd->opts;
	return t;
}

static void
usage_line(const struct tb_tool *tool, const struct tb_cmd *cmd)
{
	(void)printf("usage: %s", tool->name);
	if (cmd == NULL)
		(void)printf(" COMMAND");
	else if (cmd->name != NULL)
		(void)printf(" %s", cmd->name);
	(void)printf(" [OPTION...]%s%s\n",
	    cmd != NULL && cmd->args != NULL ? " " : "",
	    cmd != NULL && cmd->args != NULL ? cmd->args : "");
}

static void
print_commands(const struct tb_tool *tool)
{
	(void)puts("\nCommands:");
	for (size_t i = 0; tool->cmds[i] != NULL; i++)
		(void)printf("  %-14s  %s\n", tool->cmds[i]->name,
		    tool->cmds[i]->help);
}

static int
print_help(const struct tb_tool *tool, const struct tb_cmd *cmd)
{
	struct tb_opt_tables t = tables_for(cmd);

	usage_line(tool, cmd);
	(void)printf("%s: %s\n", tool->name,
	    cmd != NULL && cmd->name != NULL ? cmd->help : tool->help);
	if (cmd == NULL) {
		print_commands(tool);
		(void)puts("\nOptions of every command:");
		tb_opt_print(general_opts);
		(void)printf("\nTry \"%s COMMAND --help\" for the options of "
			     "a command; see %s(1).\n",
		    tool->name, tool->name);
		return TB_EXIT_OK;
	}
	(void)puts("\nOptions:");
	tb_opt_print(t.v[3]);
	tb_opt_print(t.v[2]);
	tb_opt_print(t.v[0]);
	if (t.v[1] != NULL) {
		(void)puts("\nConnection (as psql; libpq's environment and "
			   "DATABASE_URL count too):");
		tb_opt_print(t.v[1]);
	}
	if (tool->footer != NULL)
		(void)printf("\n%s\n", tool->footer);
	return TB_EXIT_OK;
}

/* For the shell: the words that may stand next. */
static int
print_words(const struct tb_tool *tool, const struct tb_cmd *cmd)
{
	struct tb_opt_tables t = tables_for(cmd);

	if (cmd == NULL)
		for (size_t i = 0; tool->cmds[i] != NULL; i++)
			(void)puts(tool->cmds[i]->name);
	for (size_t i = 0; i < TB_OPT_TABLES; i++)
		tb_opt_print_words(t.v[i]);
	return TB_EXIT_OK;
}

static int
no_command(const struct tb_tool *tool, const char *name, struct tb_err *err)
{
	struct tb_near near = tb_near(name != NULL ? name : "");

	if (name == NULL)
		(void)tb_err_set(err, TB_EXIT_USAGE, "a command is missing");
	else
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "there is no command \"%s\"", name);
	for (size_t i = 0; name != NULL && tool->cmds[i] != NULL; i++)
		tb_near_try(&near, tool->cmds[i]->name);
	if (near.best != NULL)
		(void)tb_err_hint(err, "Did you mean \"%s\"?", near.best);
	return tb_err_hint(err, "Try \"%s --help\" for the commands.",
	    tool->name);
}

static const struct tb_cmd *
find_command(const struct tb_tool *tool, const char *name)
{
	for (size_t i = 0; tool->cmds[i] != NULL; i++)
		if (strcmp(tool->cmds[i]->name, name) == 0)
			return tool->cmds[i];
	return NULL;
}

static int
add_help_hint(const struct tb_ctx *ctx, struct tb_err *err)
{
	bool named = ctx->cmd != NULL && ctx->cmd->name != NULL;

	if (err->hint != NULL)
		return -1;
	return tb_err_hint(err, "Try \"%s%s%s --help\".", ctx->tool->name,
	    named ? " " : "", named ? ctx->cmd->name : "");
}

static int
check_args(const struct tb_ctx *ctx, const struct tb_strs *args,
    struct tb_err *err)
{
	const struct tb_cmd *cmd = ctx->cmd;

	if ((int)args->n < cmd->min_args)
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "an operand is missing: %s",
		    cmd->args != NULL ? cmd->args : "");
	else if (cmd->max_args >= 0 && (int)args->n > cmd->max_args)
		(void)tb_err_set(err, TB_EXIT_USAGE, "extra operand \"%s\"",
		    args->v[cmd->max_args]);
	else
		return 0;
	return add_help_hint(ctx, err);
}

int
tb_cli_dsn(const struct tb_ctx *ctx, struct tb_dsn *dsn, struct tb_err *err)
{
	return tb_dsn_resolve(dsn, &ctx->conn, &ctx->conf, err);
}

int
tb_cli_connect(struct tb_ctx *ctx, enum tb_pg_mode mode, struct tb_err *err)
{
	struct tb_dsn dsn = TB_DSN_INIT;

	if (ctx->db != NULL)
		return 0;
	if (tb_cli_dsn(ctx, &dsn, err) == 0)
		ctx->db = tb_pg_connect_finish(ctx->begun, &dsn, mode, err);
	ctx->begun = NULL;
	tb_dsn_release(&dsn);
	return ctx->db != NULL ? 0 : -1;
}

void
tb_cli_connect_begin(struct tb_ctx *ctx)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	struct tb_err err = TB_ERR_INIT;

	if (tb_cli_dsn(ctx, &dsn, &err) == 0)
		ctx->begun = tb_pg_connect_begin(&dsn);
	tb_dsn_release(&dsn);
	tb_err_release(&err);
}

bool
tb_cli_is_json(const struct tb_ctx *ctx)
{
	return strcmp(ctx->format, "json") == 0;
}

static int
run_command(struct tb_ctx *ctx, struct tb_strs *args, struct tb_err *err)
{
	unsigned needs = ctx->cmd->needs;

	if (check_args(ctx, args, err) == -1)
		return -1;
	if ((needs & TB_NEED_NO_CONF) == 0 &&
	    tb_conf_load(&ctx->conf, common.conf_file, err) == -1)
		return -1;
	if ((needs & TB_NEED_DB_WRITE) != 0 &&
	    tb_cli_connect(ctx, TB_PG_WRITE, err) == -1)
		return -1;
	if ((needs & TB_NEED_DB) != 0 &&
	    tb_cli_connect(ctx, TB_PG_READ, err) == -1)
		return -1;
	return ctx->cmd->run(ctx, (int)args->n, args->v, err);
}

static void
set_up(struct tb_ctx *ctx)
{
	tb_term_set_colour(common.colour);
	tb_log_set_colour(tb_term_colour(stderr));
	if (common.verbose)
		tb_log_set_level(TB_LOG_DEBUG);
	if (common.quiet)
		tb_log_set_level(TB_LOG_QUIET);
	tb_pg_set_echo(common.echo);
	ctx->conn = common.conn;
	ctx->format = common.format;
	ctx->quiet = common.quiet;
}

/* Has the command an option of its own that is written so? */
static bool
is_its_own(const struct tb_cmd *cmd, const char *word)
{
	size_t n = strcspn(word, "=");

	for (const struct tb_opt *o = cmd->opts;
	     o != NULL && o->kind != TB_OPT_KIND_END; o++)
		if ((n > 2 && strncmp(word, "--", 2) == 0 &&
			strlen(o->name) == n - 2 &&
			strncmp(word + 2, o->name, n - 2) == 0) ||
		    (o->letter != 0 && word[1] == o->letter))
			return true;
	return false;
}

/* An option of the command that stands before it. */
static int
hint_at_order(const struct tb_tool *tool, int argc, char *argv[],
    struct tb_err *err)
{
	const struct tb_cmd *cmd = NULL;
	int at = 0;

	while (at < argc && (cmd = find_command(tool, argv[at])) == NULL)
		at++;
	for (int i = 0; i < at && cmd != NULL; i++)
		if (argv[i][0] == '-' && is_its_own(cmd, argv[i]))
			return tb_err_hint(err,
			    "The options of a command stand behind it: \"%s "
			    "%s %.*s ...\".",
			    tool->name, cmd->name, (int)strcspn(argv[i], "="),
			    argv[i]);
	return -1;
}

/* Options before the command, the command, options and operands after it. */
static int
parse(struct tb_ctx *ctx, int argc, char *argv[], struct tb_strs *args,
    struct tb_err *err)
{
	const struct tb_tool *tool = ctx->tool;
	struct tb_opt_tables t = tables_for(NULL);
	int n = 0;

	if (tool->cmds[0]->name == NULL) {
		ctx->cmd = tool->cmds[0];
	} else {
		if ((n = tb_opt_parse(&t, argc, argv, true, args, err)) == -1)
			return hint_at_order(tool, argc, argv, err);
		if (common.help || common.version)
			return 0;
		if (n < argc)
			ctx->cmd = find_command(tool, argv[n]);
		if (ctx->cmd == NULL)
			return no_command(tool, n < argc ? argv[n] : NULL, err);
		n++;
	}
	t = tables_for(ctx->cmd);
	if (tb_opt_parse(&t, argc - n, argv + n, false, args, err) == -1)
		return -1;
	return 0;
}

static int
parse_and_run(struct tb_ctx *ctx, int argc, char *argv[], struct tb_strs *args,
    struct tb_err *err)
{
	if (parse(ctx, argc, argv, args, err) == -1)
		return add_help_hint(ctx, err);
	if (common.version) {
		(void)printf("%s %s\n", ctx->tool->name, TB_VERSION);
		return TB_EXIT_OK;
	}
	if (common.help || ctx->cmd == NULL)
		return print_help(ctx->tool, ctx->cmd);
	set_up(ctx);
	return run_command(ctx, args, err);
}

static bool
wants_words(int argc, char *argv[])
{
	return argc >= 2 && strcmp(argv[1], "--complete") == 0;
}

static int
complete(const struct tb_tool *tool, int argc, char *argv[])
{
	const struct tb_cmd *cmd = NULL;

	if (tool->cmds[0]->name == NULL)
		cmd = tool->cmds[0];
	else if (argc > 2)
		cmd = find_command(tool, argv[2]);
	return tb_finish(print_words(tool, cmd));
}

int
tb_cli_main(const struct tb_tool *tool, int argc, char *argv[])
{
	struct tb_ctx ctx = { .tool = tool, .conf = TB_CONF_INIT };
	struct tb_err err = TB_ERR_INIT;
	struct tb_strs args = TB_STRS_INIT;
	int code;

	(void)setlocale(LC_CTYPE, "");
	tb_log_init(tool->name);
	tb_pg_set_program(tool->name);
	set_formats(tool);
	if (wants_words(argc, argv))
		return complete(tool, argc, argv);
	code = parse_and_run(&ctx, argc - 1, argv + 1, &args, &err);
	tb_progress_done();
	if (code == -1) {
		tb_log_err(&err);
		code = err.code;
	}
	if (tool->exit_code != NULL)
		code = tool->exit_code(code);
	PQfinish(ctx.db);
	PQfinish(ctx.begun);
	tb_conf_release(&ctx.conf);
	tb_err_release(&err);
	tb_strs_release(&args);
	return tb_finish(code);
}
