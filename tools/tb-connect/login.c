/*
 * login.c: does a login work, and which route to a container is it?
 */
#include "core/tb.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "connect.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"

static int
login_direct(const struct con_way *w, char **version, struct tb_err *err)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	const char *said;
	PGconn *db;

	tb_dsn_copy(&dsn, &w->dsn);
	dsn.no_password = true;
	dsn.force_password = false;
	db = tb_pg_connect(&dsn, TB_PG_READ, err);
	tb_dsn_release(&dsn);
	if (db == NULL)
		return -1;
	if (version != NULL) {
		said = PQparameterStatus(db, "server_version");
		said = said != NULL ? said : "";
		*version = tb_strndup(said, strcspn(said, " "));
	}
	PQfinish(db);
	return 0;
}

static int
inside_failed(const struct con_way *w, const struct tb_proc *proc,
    struct tb_err *err)
{
	struct tb_buf said = TB_BUF_INIT;

	/* The engine's own words may be on the other stream. */
	tb_buf_add(&said, proc->err.len > 0 ? proc->err.s : proc->out.s);
	tb_buf_rtrim(&said);
	(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
	    "psql inside container \"%s\" cannot log in", w->container.name);
	if (said.len > 0)
		(void)tb_err_detail(err, "%s", said.s);
	if (proc->status == 126 || proc->status == 127)
		(void)tb_err_hint(err,
		    "There is no psql in it: publish its port and install "
		    "psql on this machine.");
	else
		(void)tb_err_hint(err, "\"%s logs %s\" may tell why.",
		    w->engine.name, w->container.name);
	tb_buf_release(&said);
	return -1;
}

/* host NULL: by the socket. */
static int
ask_inside(const struct con_way *w, const char *host, char **version,
    struct tb_err *err)
{
	struct tb_proc proc = TB_PROC_INIT;
	struct tb_strs argv = TB_STRS_INIT;
	int rc;

	con_set_env(w);
	con_exec_args(w, &argv, NULL);
	tb_strs_add(&argv, "-XAtqw");
	if (host != NULL)
		tb_strs_addf(&argv, "--host=%s", host);
	tb_strs_add(&argv, "-c");
	tb_strs_add(&argv, "SHOW server_version");
	rc = tb_proc_run(argv.v, &proc, err);
	if (rc == 0 && proc.status != 0)
		rc = inside_failed(w, &proc, err);
	if (rc == 0 && version != NULL)
		*version = tb_strndup(proc.out.s, strcspn(proc.out.s, " \n"));
	tb_proc_release(&proc);
	tb_strs_release(&argv);
	return rc;
}

/*
 * While an image's init scripts run, its server listens on the socket only:
 * whoever waits wants the one that listens on TCP too.  A refused password is
 * an answer.
 */
static int
login_inside(const struct con_way *w, char **version, struct tb_err *err)
{
	if (con_opts.wait && ask_inside(w, "127.0.0.1", NULL, err) == -1) {
		if (err->detail != NULL &&
		    strstr(err->detail, "Connection refused") != NULL)
			return -1;
		tb_err_release(err);
	}
	return ask_inside(w, NULL, version, err);
}

int
con_login(struct con_way *w, char **version, struct tb_err *err)
{
	if (w->in_container)
		return login_inside(w, version, err);
	return login_direct(w, version, err);
}

const char *
con_container_password(const struct con_way *w)
{
	const char *owner =
	    w->container.user != NULL ? w->container.user : "postgres";
	const char *user = tb_dsn_get(&w->dsn, "user");

	if (user != NULL && strcmp(user, owner) == 0)
		return w->container.password;
	return NULL;
}

/*
 * First with what the caller has (PGPASSWORD, the passfile), then with the
 * password that whoever may ask the engine can read anyway.
 */
static int
try_port(struct con_way *w, struct tb_err *err)
{
	const char *password = con_container_password(w);

	if (login_direct(w, NULL, err) == 0)
		return 0;
	if (err->code != TB_EXIT_NOPERM || password == NULL)
		return -1;
	tb_dsn_set(&w->dsn, "password", password);
	if (login_direct(w, NULL, err) == 0) {
		tb_err_release(err);
		return 0;
	}
	tb_dsn_set(&w->dsn, "password", NULL);
	return -1;
}

static int
no_port(const struct con_way *w, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
	    "container \"%s\" publishes no port that can be reached from here",
	    w->container.name);
	return tb_err_hint(err,
	    "Publish it (\"-p 127.0.0.1:5432:5432\", or \"ports:\" in the "
	    "compose file), or go inside with --via=exec.");
}

/* Who asks to go inside may have come to see what it suffers from. */
static int
check_health(const struct con_way *w, bool asked, struct tb_err *err)
{
	if (con_container_check_health(&w->engine, &w->container, err) == 0)
		return 0;
	if (!asked)
		return -1;
	tb_warn("%s", err->message);
	tb_err_release(err);
	return 0;
}

static int
go_inside(struct con_way *w, bool asked, struct tb_err *err)
{
	const char *password = con_container_password(w);

	if (check_health(w, asked, err) == -1)
		return -1;
	w->in_container = true;
	tb_dsn_set(&w->dsn, "host", NULL);
	tb_dsn_set(&w->dsn, "port", NULL);
	if (password != NULL && getenv("PGPASSWORD") == NULL)
		tb_dsn_set(&w->dsn, "password", password);
	return 0;
}

int
con_way_choose(struct con_way *w, struct tb_err *err)
{
	struct tb_err why = TB_ERR_INIT;
	bool direct = strcmp(con_opts.via, "direct") == 0;
	bool inside = strcmp(con_opts.via, "exec") == 0;
	int rc;

	if (!w->has_container)
		return 0;
	if (direct && w->in_container)
		return no_port(w, err);
	if (w->in_container || inside)
		return go_inside(w, inside, err);
	if (try_port(w, direct ? err : &why) == 0) {
		if (w->container.health != NULL &&
		    strcmp(w->container.health, "unhealthy") == 0)
			tb_warn("container \"%s\" is unhealthy, but answers",
			    w->container.name);
		return 0;
	}
	if (direct)
		return -1;
	/* A port that nobody listens on yet: inside it would be the same. */
	if (con_opts.wait && con_ping(&w->dsn) == PQPING_NO_RESPONSE) {
		tb_err_move(err, &why);
		return -1;
	}
	tb_debug("going inside the container: %s",
	    why.detail != NULL ? why.detail : why.message);
	rc = go_inside(w, false, err);
	tb_err_release(&why);
	return rc;
}
