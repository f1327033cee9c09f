/*
 * cli.h: what a program's command line is made of.
 *
 * A program is a table of commands, a command a table of options and a
 * function.  The driver parses, prints --help and --version from the same
 * rows, reads tb.conf, connects where the command needs it, prints the error
 * record and chooses the exit code.
 *
 *	static const char *message;
 *	static const struct tb_opt opts[] = {
 *		TB_OPT_STR('m', "message", "TEXT", "what it is for", &message),
 *		TB_OPT_END,
 *	};
 *
 *	const struct tb_cmd mig_cmd_revision = {
 *		.name = "revision",
 *		.args = "[NAME]",
 *		.help = "write a new revision file",
 *		.opts = opts,
 *		.max_args = 1,
 *		.run = revision,
 *	};
 */
#ifndef TB_CLI_CLI_H
#define TB_CLI_CLI_H

#include <libpq-fe.h>

#include "core/conf.h"
#include "core/tb.h"
#include "pg/conn.h"
#include "pg/dsn.h"

struct tb_err;
struct tb_strs;

enum tb_opt_kind {
	TB_OPT_KIND_END,
	TB_OPT_KIND_FLAG, /* bool: set to true */
	TB_OPT_KIND_STR,  /* const char * */
	TB_OPT_KIND_INT,  /* long long, min and max inclusive */
	TB_OPT_KIND_NUM,  /* double, min and max inclusive */
	TB_OPT_KIND_LIST, /* struct tb_strs: may be given again */
	TB_OPT_KIND_WORD, /* const char *, one of words */
};

struct tb_opt {
	enum tb_opt_kind kind;
	char letter; /* 0: long only */
	const char *name;
	const char *arg; /* NULL for a flag */
	const char *help;
	void *dest;
	long long min, max;
	const char *const *words; /* ended by NULL */
};

/* clang-format off */
#define TB_OPT_FLAG(l, n, h, d) \
	{ TB_OPT_KIND_FLAG, l, n, NULL, h, d, 0, 0, NULL }
#define TB_OPT_STR(l, n, a, h, d) \
	{ TB_OPT_KIND_STR, l, n, a, h, d, 0, 0, NULL }
#define TB_OPT_INT(l, n, a, h, d, lo, hi) \
	{ TB_OPT_KIND_INT, l, n, a, h, d, lo, hi, NULL }
#define TB_OPT_NUM(l, n, a, h, d, lo, hi) \
	{ TB_OPT_KIND_NUM, l, n, a, h, d, lo, hi, NULL }
#define TB_OPT_LIST(l, n, a, h, d) \
	{ TB_OPT_KIND_LIST, l, n, a, h, d, 0, 0, NULL }
#define TB_OPT_WORD(l, n, a, h, d, w) \
	{ TB_OPT_KIND_WORD, l, n, a, h, d, 0, 0, w }
#define TB_OPT_END \
	{ TB_OPT_KIND_END, 0, NULL, NULL, NULL, NULL, 0, 0, NULL }
/* clang-format on */

enum tb_need {
	/* -h -p -U -d -w -W --echo are understood; tb_cli_connect() may be
	 * called. */
	TB_NEED_CONN = 1,
	/* The same, and connected before run: read only, or for writing. */
	TB_NEED_DB = 2,
	TB_NEED_DB_WRITE = 4,
	/* --format is understood, from the words of the program. */
	TB_NEED_FORMAT = 8,
	/* tb.conf is not read: the command works without. */
	TB_NEED_NO_CONF = 16,
};

struct tb_ctx {
	const struct tb_tool *tool;
	const struct tb_cmd *cmd;
	struct tb_conf conf;
	struct tb_conn_opts conn;
	PGconn *db;         /* closed by the driver */
	PGconn *begun;      /* of tb_cli_connect_begin(); the driver's */
	const char *format; /* "text" unless --format said otherwise */
	bool quiet;
};

struct tb_cmd {
	const char *name;          /* NULL: the program has no subcommands */
	const char *args;          /* for the usage line; NULL: none */
	const char *help;          /* one line, lower case, no full stop */
	const struct tb_opt *opts; /* NULL: none of its own */
	unsigned needs;            /* enum tb_need */
	int min_args;
	int max_args; /* -1: any number */

	/*
	 * Returns an exit code (0 to 3, or 128 + signal) or -1 with *err set.
	 * argv is ended by NULL.
	 */
	int (*run)(struct tb_ctx *, int argc, char *argv[], struct tb_err *);
};

struct tb_tool {
	const char *name;
	const char *help; /* its one question, lower case, no full stop */
	const struct tb_cmd *const *cmds; /* ended by NULL */
	const char *const *formats; /* ended by NULL; NULL: text and json */
	const char *footer;         /* more lines for --help; NULL: none */
	/*
	 * What an error's code becomes on exit; NULL: itself.  tb-monitor
	 * speaks the codes of monitoring systems.
	 */
	int (*exit_code)(int code);
};

/* The whole program; the result is what main returns. */
int tb_cli_main(const struct tb_tool *, int argc, char *argv[]);

/*
 * Begin to connect, for tb_cli_connect() to finish: what is done between costs
 * no time.  What is wrong is told then.
 */
void tb_cli_connect_begin(struct tb_ctx *);

/* Connect ctx->db if it is not yet. */
int tb_cli_connect(struct tb_ctx *, enum tb_pg_mode,
    struct tb_err *) TB_MUSTCHECK;

/* Where ctx->db goes or would go.  The caller releases it. */
int tb_cli_dsn(const struct tb_ctx *, struct tb_dsn *,
    struct tb_err *) TB_MUSTCHECK;

bool tb_cli_is_json(const struct tb_ctx *);

#endif /* TB_CLI_CLI_H */
