#include "core/tb.h"

#include <jansson.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cluster.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/dsn.h"

static const struct tb_opt opts[] = {
	CLU_OPTS_PLACE,
	TB_OPT_END,
};

/* "15.20", as the server itself says; NULL if it does not. */
static char *
ask_version(const struct clu_state *s)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	struct tb_err err = TB_ERR_INIT;
	char *port = tb_asprintf("%d", s->port);
	char *version = NULL;
	const char *word;
	PGconn *db;

	tb_dsn_set(&dsn, "host", s->socket_dir);
	tb_dsn_set(&dsn, "port", port);
	tb_dsn_set(&dsn, "user", CLU_SUPERUSER);
	tb_dsn_set(&dsn, "dbname", CLU_SUPERUSER);
	dsn.no_password = true;
	if ((db = tb_pg_connect(&dsn, TB_PG_READ, &err)) != NULL &&
	    (word = PQparameterStatus(db, "server_version")) != NULL)
		version = tb_strndup(word, strcspn(word, " "));
	PQfinish(db);
	tb_err_release(&err);
	tb_dsn_release(&dsn);
	free(port);
	return version;
}

static void
print_up(const struct clu *c, const struct clu_state *s, const char *version)
{
	char span[TB_CLOCK_SPAN_LEN + 1];

	tb_clock_span(tb_clock_epoch() - (double)s->started, span);
	(void)printf("PostgreSQL%s%s is %s, up %s\n",
	    version != NULL ? " " : "", version != NULL ? version : "",
	    s->ready ? "running" : s->word, span);
	(void)printf("  folder  %s\n", c->dir);
	(void)printf("  socket  %s/.s.PGSQL.%d\n", s->socket_dir, s->port);
	if (s->listen != NULL)
		(void)printf("  tcp     %s:%d\n", s->listen, s->port);
	(void)printf("  user    %s\n", c->user);
	(void)printf("  pid     %ld\n", (long)s->pid);
	(void)printf("  log     %s\n", c->log);
}

static void
print_down(const struct clu *c, enum clu_dir dir, const struct clu_state *s)
{
	if (dir != CLU_DIR_OURS)
		(void)printf("there is no cluster in %s\n", c->dir);
	else if (s->life == CLU_UNSETTLED)
		(void)printf("the server in %s is starting or stopping\n",
		    c->dir);
	else
		(void)printf("the server in %s is not running\n", c->dir);
}

static void
set_number(json_t *j, const char *key, bool there, long long value)
{
	(void)json_object_set_new(j, key,
	    there ? json_integer(value) : json_null());
}

static void
print_json(const struct clu *c, enum clu_dir dir, const struct clu_state *s,
    const char *version)
{
	json_t *j = json_object();
	char iso[TB_CLOCK_ISO_LEN + 1];
	bool up = s->life == CLU_UP;

	tb_clock_iso(s->started, iso);
	(void)json_object_set_new(j, "running", json_boolean(up));
	(void)json_object_set_new(j, "ready", json_boolean(s->ready));
	(void)json_object_set_new(j, "exists",
	    json_boolean(dir == CLU_DIR_OURS));
	tb_json_set(j, "directory", c->dir);
	tb_json_set(j, "data", c->data);
	tb_json_set(j, "log", c->log);
	tb_json_set(j, "user", c->user);
	tb_json_set(j, "version", version);
	set_number(j, "pid", up, s->pid);
	tb_json_set(j, "socket_directory", up ? s->socket_dir : NULL);
	set_number(j, "port", up, s->port);
	tb_json_set(j, "listen", up ? s->listen : NULL);
	tb_json_set(j, "started", up ? iso : NULL);
	set_number(j, "uptime", up,
	    (long long)tb_clock_epoch() - (long long)s->started);
	tb_json_print(j);
}

static int
status(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct clu c = CLU_INIT;
	struct clu_state s = CLU_STATE_INIT;
	enum clu_dir dir;
	char *version = NULL;
	int rc = -1;

	if (clu_locate(&c, &ctx->conf, err) == 0 && clu_enter(&c, err) == 0 &&
	    clu_dir_look(&c, &dir, err) == 0 &&
	    (dir != CLU_DIR_OURS || clu_look(&c, &s, err) == 0)) {
		if (s.ready)
			version = ask_version(&s);
		if (tb_cli_is_json(ctx))
			print_json(&c, dir, &s, version);
		else if (s.life == CLU_UP)
			print_up(&c, &s, version);
		else
			print_down(&c, dir, &s);
		rc = s.life == CLU_UP ? TB_EXIT_OK : TB_EXIT_FOUND;
	}
	free(version);
	clu_state_release(&s);
	clu_release(&c);
	return rc;
}

const struct tb_cmd clu_cmd_status = {
	.name = "status",
	.help = "is the server running, and where?",
	.opts = opts,
	.needs = TB_NEED_FORMAT,
	.run = status,
};
