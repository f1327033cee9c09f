/*
 * psql.c: psql on this machine or in the container.
 */
#include "core/tb.h"

#include <bsd/stdlib.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connect.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"

/* By this name the server's session of a psql in a container is found. */
static char session[32];

static void
set_env(const char *name, const char *value)
{
	if (value != NULL)
		(void)setenv(name, value, 1);
}

void
con_set_env(const struct con_way *w)
{
	/* The command line can be read by anyone, so no secret is on it. */
	set_env("PGPASSWORD", tb_dsn_get(&w->dsn, "password"));
	if (!w->in_container)
		return;
	set_env("PGUSER", tb_dsn_get(&w->dsn, "user"));
	set_env("PGDATABASE", tb_dsn_get(&w->dsn, "dbname"));
	set_env("PGOPTIONS", tb_dsn_get(&w->dsn, "options"));
	if (session[0] == '\0')
		(void)snprintf(session, sizeof(session), "tb-connect-%08x",
		    arc4random());
	set_env("PGAPPNAME", session);
}

void
con_exec_args(const struct con_way *w, struct tb_strs *argv, const char *how)
{
	static const char *const names[] = { "PGUSER", "PGDATABASE",
		"PGPASSWORD", "PGOPTIONS", "PGAPPNAME" };

	tb_strs_add(argv, w->engine.program);
	tb_strs_add(argv, "exec");
	if (how != NULL)
		tb_strs_add(argv, how);
	/* A name without a value: the engine takes it from the environment. */
	for (size_t i = 0; i < TB_LEN(names); i++)
		if (getenv(names[i]) != NULL) {
			tb_strs_add(argv, "--env");
			tb_strs_add(argv, names[i]);
		}
	tb_strs_add(argv, w->container.id);
	tb_strs_add(argv, "psql");
}

/*
 * The engine has left its psql behind, and that its query.
 */
static void
end_session(const struct con_way *w)
{
	struct tb_proc proc = TB_PROC_INIT;
	struct tb_strs argv = TB_STRS_INIT;
	struct tb_err err = TB_ERR_INIT;

	(void)setenv("PGAPPNAME", "tb-connect", 1);
	con_exec_args(w, &argv, NULL);
	tb_strs_add(&argv, "-XAtqw");
	tb_strs_add(&argv, "-c");
	tb_strs_addf(&argv,
	    "SELECT pg_catalog.pg_terminate_backend(pid) FROM "
	    "pg_catalog.pg_stat_activity WHERE application_name = '%s'",
	    session);
	if (tb_proc_run(argv.v, &proc, &err) == -1 || proc.status != 0)
		tb_warn("could not end the query in the container");
	tb_err_release(&err);
	tb_proc_release(&proc);
	tb_strs_release(&argv);
}

static bool
has_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (fd == -1)
		return false;
	(void)close(fd);
	return true;
}

/*
 * psql that has no terminal to ask on reads the password from its input,
 * where the SQL is.
 */
static void
add_password_option(const struct con_way *w, bool interactive,
    struct tb_strs *argv)
{
	bool can_ask = w->in_container ? interactive : has_terminal();

	if (w->dsn.no_password || !can_ask)
		tb_strs_add(argv, "--no-password");
	else if (w->dsn.force_password)
		tb_strs_add(argv, "--password");
}

static int
make_argv(const struct con_way *w, bool interactive, char *args[],
    struct tb_strs *argv, struct tb_err *err)
{
	char *path = NULL, *conninfo;

	if (w->in_container) {
		con_exec_args(w, argv, interactive ? "-it" : "-i");
	} else if ((path = tb_proc_find("psql")) != NULL) {
		tb_strs_take(argv, path);
		conninfo = con_conninfo(&w->dsn, false);
		if (conninfo[0] != '\0')
			tb_strs_addf(argv, "--dbname=%s", conninfo);
		free(conninfo);
	} else {
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "psql is not installed");
		(void)tb_err_hint(err,
		    "\"apt-get install postgresql-client\", macOS: \"brew "
		    "install libpq\".");
		return -1;
	}
	if (!interactive) {
		tb_strs_add(argv, "--no-psqlrc");
		tb_strs_add(argv, "--set=ON_ERROR_STOP=1");
	}
	add_password_option(w, interactive, argv);
	for (size_t i = 0; args[i] != NULL; i++)
		tb_strs_add(argv, args[i]);
	return 0;
}

static void
greet(const struct con_way *w)
{
	char *where = con_way_describe(w);

	tb_info("%s", where);
	tb_info("\\dt lists the tables, \\d NAME shows one, \\q leaves");
	free(where);
}

/* After the caller's own options, so that it counts. */
static void
set_read_only(struct con_way *w)
{
	static const char option[] = "-c default_transaction_read_only=on";
	const char *old = tb_dsn_get(&w->dsn, "options");
	char *all;

	if (old == NULL)
		old = getenv("PGOPTIONS");
	all = tb_asprintf("%s%s%s", old != NULL ? old : "",
	    old != NULL ? " " : "", option);
	tb_dsn_set(&w->dsn, "options", all);
	free(all);
}

static int
close_input(struct tb_err *err)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (fd == -1 || dup2(fd, STDIN_FILENO) == -1)
		return tb_err_set(err, TB_EXIT_NOINPUT,
		    "could not open file \"/dev/null\": %m");
	(void)close(fd);
	return 0;
}

static int
run(struct con_way *w, bool interactive, bool quiet, struct tb_strs *argv,
    struct tb_err *err)
{
	struct con_child child = {
		.argv = argv->v,
		.path = argv->v[0],
		.interrupted = w->in_container ? end_session : NULL,
		.way = w,
	};

	if (!interactive)
		return con_child_run(&child, err);
	if (!quiet)
		greet(w);
	(void)execv(argv->v[0], argv->v);
	return tb_err_set(err, TB_EXIT_UNAVAILABLE, "could not run \"%s\": %m",
	    argv->v[0]);
}

int
con_psql(struct con_way *w, const struct tb_ctx *ctx, char *args[],
    struct tb_err *err)
{
	struct tb_strs argv = TB_STRS_INIT;
	struct con_psql_args known;
	bool interactive;
	int rc = -1;

	con_psql_args_read(args, &known);
	if (con_opts.no_stdin && close_input(err) == -1)
		return -1;
	interactive =
	    !known.batch && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	if (con_opts.read_only)
		set_read_only(w);
	con_set_env(w);
	if (make_argv(w, interactive, args, &argv, err) == 0)
		rc = run(w, interactive, ctx->quiet, &argv, err);
	tb_strs_release(&argv);
	return rc;
}
