/*
 * way.c: which server is meant, and how to get there.
 *
 * First wins: -h, -p or an address in -d; --container or --service; libpq's
 * environment or DATABASE_URL; the container of tb.conf; the server of
 * tb.conf; the local server; the private cluster of tb-cluster.
 */
#include "core/tb.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "connect.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"

static const char *
env(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

static bool
given_by_options(const struct tb_conn_opts *o)
{
	return o->host != NULL || o->port != NULL ||
	    (o->dbname != NULL && tb_dsn_is_address(o->dbname));
}

static bool
given_by_env(void)
{
	return env("DATABASE_URL") != NULL || env("PGHOST") != NULL ||
	    env("PGHOSTADDR") != NULL || env("PGSERVICE") != NULL ||
	    env("PGPORT") != NULL;
}

static bool
given_by_conf(const struct tb_conf *conf)
{
	return tb_conf_str(conf, "database|url") != NULL ||
	    tb_conf_str(conf, "database|service") != NULL ||
	    tb_conf_str(conf, "database|host") != NULL ||
	    tb_conf_str(conf, "database|port") != NULL;
}

/* First of the three that says something. */
static const char *
first(const char *a, const char *b, const char *c)
{
	if (a != NULL)
		return a;
	return b != NULL ? b : c;
}

/* Who and what: what was asked for, else what the container was made with. */
static void
set_names(struct con_way *w, const struct tb_ctx *ctx)
{
	const struct con_container *c = &w->container;
	const char *user = first(ctx->conn.user, env("PGUSER"),
	    tb_conf_str(&ctx->conf, "database|user"));
	const char *dbname = first(ctx->conn.dbname, env("PGDATABASE"),
	    tb_conf_str(&ctx->conf, "database|name"));

	user = first(user, c->user, "postgres");
	tb_dsn_set(&w->dsn, "user", user);
	tb_dsn_set(&w->dsn, "dbname", first(dbname, c->dbname, user));
	w->dsn.no_password = ctx->conn.no_password;
	w->dsn.force_password = ctx->conn.force_password;
}

/* "" and the addresses that mean "all" are this machine, as seen from here. */
static bool
is_any(const char *host)
{
	return host[0] == '\0' || strcmp(host, "0.0.0.0") == 0 ||
	    strcmp(host, "::") == 0;
}

/*
 * A port that is published on another machine's loopback is of no use here.
 */
static void
set_address(struct con_way *w)
{
	const struct con_container *c = &w->container;
	char *remote = con_engine_host(&w->engine);
	const char *host = NULL;

	if (c->port != NULL && is_any(c->host))
		host = remote != NULL ? remote : "127.0.0.1";
	else if (c->port != NULL &&
	    (remote == NULL || strncmp(c->host, "127.", 4) != 0))
		host = c->host;
	w->in_container = host == NULL;
	if (host != NULL) {
		tb_dsn_set(&w->dsn, "host", host);
		tb_dsn_set(&w->dsn, "port", c->port);
	}
	free(remote);
}

static int
find_container(struct con_way *w, const char *name, const char *service,
    struct tb_err *err)
{
	struct tb_err second = TB_ERR_INIT;
	int rc = -1;

	if (con_engine_find(&w->engine, err) == -1)
		return -1;
	if (name != NULL)
		rc = con_container_named(&w->engine, name, &w->container, err);
	/* tb.conf may give both: the service has any name elsewhere. */
	if (service != NULL &&
	    (name == NULL || (rc == -1 && err->code == TB_EXIT_NOINPUT))) {
		rc = con_container_of_service(&w->engine, service,
		    &w->container, name == NULL ? err : &second);
		if (rc == 0)
			tb_err_release(err);
		tb_err_release(&second);
	}
	if (rc == 0)
		rc = con_container_check(&w->engine, &w->container, err);
	return rc;
}

static int
by_container(const struct tb_ctx *ctx, struct con_way *w, const char *name,
    const char *service, struct tb_err *err)
{
	if (find_container(w, name, service, err) == -1)
		return -1;
	w->has_container = true;
	set_names(w, ctx);
	set_address(w);
	return 0;
}

static int
by_option_container(const struct tb_ctx *ctx, struct con_way *w,
    struct tb_err *err)
{
	const char *name = con_opts.container, *service = con_opts.service;

	if (name != NULL && service != NULL)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "options --container and --service cannot be given both");
	if (given_by_options(&ctx->conn)) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "option --%s does not go with a server's address",
		    name != NULL ? "container" : "service");
		return tb_err_hint(err,
		    "-U and -d NAME are fine; -h, -p and a URI are not.");
	}
	if (by_container(ctx, w, name, service, err) == 0)
		return 0;
	if (err->code == TB_EXIT_NOINPUT)
		err->code = TB_EXIT_UNAVAILABLE;
	return -1;
}

/*
 * A machine without the container (or any engine) is one where the database
 * is elsewhere.  1: found.
 */
static int
by_conf_container(const struct tb_ctx *ctx, struct con_way *w,
    struct tb_err *err)
{
	const char *name = tb_conf_str(&ctx->conf, "connect|container");
	const char *service = tb_conf_str(&ctx->conf, "connect|service");
	struct con_engine e;

	if (name == NULL && service == NULL)
		return 0;
	if (con_engine_find(&e, err) == -1) {
		tb_debug("%s, so no container of %s", err->message,
		    ctx->conf.file);
		tb_err_release(err);
		return 0;
	}
	con_engine_release(&e);
	if (by_container(ctx, w, name, service, err) == 0)
		return 1;
	if (err->code != TB_EXIT_NOINPUT)
		return tb_err_detail(err, "It is named in \"%s\".",
		    ctx->conf.file);
	tb_info("%s (%s), looking for a local server", err->message,
	    ctx->conf.file);
	tb_err_release(err);
	con_engine_release(&w->engine);
	return 0;
}

PGPing
con_ping(const struct tb_dsn *dsn)
{
	const char *keys[64], *values[64];
	size_t n = 0;

	/* What a person waits for at a prompt. */
	keys[n] = "connect_timeout";
	values[n++] = "5";
	for (size_t i = 0; i < dsn->keys.n && n + 1 < TB_LEN(keys); i++) {
		keys[n] = dsn->keys.v[i];
		values[n++] = dsn->values.v[i];
	}
	keys[n] = NULL;
	return PQpingParams(keys, values, 0);
}

/* What "tb-cluster status" says of the private cluster; NULL: none runs. */
static json_t *
cluster_status(void)
{
	char *argv[] = { (char[]){ "tb-cluster" }, (char[]){ "status" },
		(char[]){ "--format=json" }, NULL };
	struct tb_proc proc = TB_PROC_INIT;
	struct tb_err err = TB_ERR_INIT;
	json_t *j = NULL;

	if (tb_proc_run(argv, &proc, &err) == 0 && proc.status == 0)
		j = json_loads(proc.out.s, 0, NULL);
	tb_err_release(&err);
	tb_proc_release(&proc);
	return j;
}

static bool
by_cluster(struct con_way *w)
{
	json_t *j = cluster_status();
	const char *dir = json_string_value(json_object_get(j, "directory"));
	const char *socket =
	    json_string_value(json_object_get(j, "socket_directory"));
	char *port;

	if (dir != NULL && socket != NULL) {
		port = tb_asprintf("%lld",
		    (long long)json_integer_value(json_object_get(j, "port")));
		w->cluster = tb_strdup(dir);
		tb_dsn_set(&w->dsn, "host", socket);
		tb_dsn_set(&w->dsn, "port", port);
		if (tb_dsn_get(&w->dsn, "user") == NULL &&
		    env("PGUSER") == NULL)
			tb_dsn_set(&w->dsn, "user", "postgres");
		if (tb_dsn_get(&w->dsn, "dbname") == NULL &&
		    env("PGDATABASE") == NULL)
			tb_dsn_set(&w->dsn, "dbname", "postgres");
		free(port);
	}
	json_decref(j);
	return w->cluster != NULL;
}

static int
by_default(struct con_way *w, struct tb_err *err)
{
	if (con_ping(&w->dsn) != PQPING_NO_RESPONSE || by_cluster(w))
		return 0;
	(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
	    "no local server answers, and no private cluster is running");
	(void)tb_err_hint(err,
	    "\"tb-cluster start\" gives you a private server; -h names "
	    "another host, --container a container (--list shows them).");
	return -1;
}

static void
warn_of_password(const struct tb_ctx *ctx, const struct con_way *w)
{
	static bool warned;

	if (warned || ctx->conn.dbname == NULL ||
	    !tb_dsn_is_address(ctx->conn.dbname) ||
	    tb_dsn_get(&w->dsn, "password") == NULL)
		return;
	warned = true;
	tb_warn("the password stands on the command line, which every user "
		"of the machine can read");
	tb_hint("Put it into ~/.pgpass, PGPASSWORD or DATABASE_URL.");
}

int
con_way_find(const struct tb_ctx *ctx, struct con_way *w, struct tb_err *err)
{
	bool explicit = given_by_options(&ctx->conn) || given_by_env();
	int rc;

	if (con_opts.container != NULL || con_opts.service != NULL)
		return by_option_container(ctx, w, err);
	if (!explicit) {
		if ((rc = by_conf_container(ctx, w, err)) != 0)
			return rc == 1 ? 0 : -1;
		explicit = given_by_conf(&ctx->conf);
	}
	if (tb_cli_dsn(ctx, &w->dsn, err) == -1)
		return -1;
	warn_of_password(ctx, w);
	return explicit ? 0 : by_default(w, err);
}

void
con_way_release(struct con_way *w)
{
	tb_dsn_release(&w->dsn);
	con_engine_release(&w->engine);
	con_container_release(&w->container);
	free(w->cluster);
	*w = (struct con_way)CON_WAY_INIT;
}

char *
con_way_describe(const struct con_way *w)
{
	const char *user =
	    first(tb_dsn_get(&w->dsn, "user"), env("PGUSER"), NULL);
	char *where = tb_dsn_describe(&w->dsn);
	char *as = user != NULL ? tb_asprintf(" as %s", user) : tb_strdup("");
	char *text;

	if (w->has_container)
		text = tb_asprintf("%s%s, %s container \"%s\"", where, as,
		    w->in_container ? "inside" : "a port of",
		    w->container.name);
	else if (w->cluster != NULL)
		text = tb_asprintf("%s%s, the private cluster", where, as);
	else
		text = tb_asprintf("%s%s", where, as);
	free(where);
	free(as);
	return text;
}
