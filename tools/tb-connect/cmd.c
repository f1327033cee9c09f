#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/table.h"
#include "cli/term.h"
#include "connect.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/mem.h"

struct con_opts con_opts = { .via = "auto", .timeout = 60 };

static const char *const vias[] = { "auto", "direct", "exec", NULL };
static const char *const prints[] = { "uri", "env", "conninfo", "json", NULL };

static const struct tb_opt opts[] = {
	TB_OPT_STR(0, "container", "NAME", "a container, by its name or id",
	    &con_opts.container),
	TB_OPT_STR(0, "service", "NAME", "a container, by its compose service",
	    &con_opts.service),
	TB_OPT_STR(0, "runtime", "COMMAND",
	    "the engine's (docker, else podman)", &con_opts.runtime),
	TB_OPT_WORD(0, "via", "ROUTE",
	    "to a container: auto, direct (its port), exec", &con_opts.via,
	    vias),
	TB_OPT_WORD(0, "print", "FORM",
	    "print the way: uri, env, conninfo or json", &con_opts.print,
	    prints),
	TB_OPT_FLAG(0, "with-password", "with --print: the password too",
	    &con_opts.with_password),
	TB_OPT_FLAG(0, "status", "tell the way, and whether it answers",
	    &con_opts.status),
	TB_OPT_FLAG(0, "list", "show the containers with a PostgreSQL",
	    &con_opts.list),
	TB_OPT_FLAG(0, "wait", "wait until a login works", &con_opts.wait),
	TB_OPT_NUM(0, "timeout", "SECONDS", "for how long to wait (60)",
	    &con_opts.timeout, 0, 86400),
	TB_OPT_FLAG(0, "read-only", "transactions read, unless they say more",
	    &con_opts.read_only),
	TB_OPT_FLAG('n', "no-stdin", "do not read standard input",
	    &con_opts.no_stdin),
	TB_OPT_END,
};

static char *
address_of(const struct con_container *c)
{
	if (c->port == NULL)
		return tb_strdup("");
	return tb_asprintf("%s:%s", c->host, c->port);
}

static char *
state_of(const struct con_container *c)
{
	const char *state = c->state != NULL ? c->state : "unknown";

	if (c->health == NULL)
		return tb_strdup(state);
	return tb_asprintf("%s (%s)", state, c->health);
}

static void
list_text(const struct con_containers *list)
{
	struct tb_table t;

	tb_table_init(&t, "CONTAINER", "SERVICE", "IMAGE", "STATE", "PUBLISHED",
	    NULL);
	for (size_t i = 0; i < list->n; i++) {
		const struct con_container *c = &list->v[i];
		char *state = state_of(c), *address = address_of(c);

		tb_table_add(&t, c->name, c->service, c->image, state, address);
		free(state);
		free(address);
	}
	tb_table_print(&t, stdout);
	tb_table_release(&t);
}

static void
list_json(const struct con_containers *list)
{
	json_t *all = json_array();

	for (size_t i = 0; i < list->n; i++) {
		const struct con_container *c = &list->v[i];
		json_t *j = json_object();

		tb_json_set(j, "container", c->name);
		tb_json_set(j, "id", c->id);
		tb_json_set(j, "service", c->service);
		tb_json_set(j, "project", c->project);
		tb_json_set(j, "image", c->image);
		tb_json_set(j, "state", c->state);
		tb_json_set(j, "health", c->health);
		tb_json_set(j, "host", c->host);
		tb_json_set(j, "port", c->port);
		(void)json_array_append_new(all, j);
	}
	tb_json_print(all);
}

static int
list(const struct tb_ctx *ctx, struct tb_err *err)
{
	struct con_containers all = { NULL, 0 };
	struct con_engine e;
	int rc;

	if (con_engine_find(&e, err) == -1)
		return -1;
	if ((rc = con_containers_all(&e, &all, err)) == 0) {
		if (tb_cli_is_json(ctx))
			list_json(&all);
		else
			list_text(&all);
	}
	con_containers_release(&all);
	con_engine_release(&e);
	return rc;
}

static void
show_status(const struct tb_ctx *ctx, const struct con_way *w,
    const char *version)
{
	char *where = con_way_describe(w);
	json_t *j;

	if (tb_cli_is_json(ctx)) {
		j = json_object();
		tb_json_set(j, "where", where);
		tb_json_set(j, "container", w->container.name);
		tb_json_set(j, "cluster", w->cluster);
		(void)json_object_set_new(j, "answers",
		    json_boolean(version != NULL));
		tb_json_set(j, "version", version);
		tb_json_print(j);
	} else if (version != NULL) {
		(void)printf("%s: PostgreSQL %s answers\n", where, version);
	} else {
		(void)printf("%s: no answer\n", where);
	}
	free(where);
}

static int
status(const struct tb_ctx *ctx, struct con_way *w, struct tb_err *err)
{
	char *version = NULL;
	int rc = con_way_choose(w, err);

	if (rc == 0) {
		rc = con_login(w, &version, err);
		show_status(ctx, w, version);
	}
	free(version);
	return rc;
}

static int
try_once(const struct tb_ctx *ctx, struct con_way *w, struct tb_err *err)
{
	con_way_release(w);
	if (con_way_find(ctx, w, err) == -1 || con_way_choose(w, err) == -1)
		return -1;
	return con_login(w, NULL, err);
}

/* What waiting does not mend. */
static bool
is_hopeless(int code)
{
	return code == TB_EXIT_USAGE || code == TB_EXIT_CONFIG ||
	    code == TB_EXIT_BUG;
}

static int
wait_for_login(const struct tb_ctx *ctx, struct con_way *w, struct tb_err *err)
{
	double begin = tb_clock_now(), pause = 0.1;

	while (try_once(ctx, w, err) == -1) {
		double left = begin + con_opts.timeout - tb_clock_now();

		if (is_hopeless(err->code))
			return -1;
		if (left <= 0)
			return tb_err_prefix(err, "gave up after %g s",
			    con_opts.timeout);
		tb_progress("waiting: %s", err->message);
		tb_clock_sleep(pause < left ? pause : left);
		pause = pause < 1 ? pause * 1.5 : 1;
	}
	tb_err_release(err);
	tb_progress_done();
	return 0;
}

static int
check_options(int argc, char *argv[], struct tb_err *err)
{
	int jobs = (con_opts.print != NULL) + con_opts.status + con_opts.list;

	if (jobs > 1)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "--print, --status and --list do not go together");
	if (jobs == 1 && argc > 0)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "arguments of psql do not go with --print, --status and "
		    "--list");
	if (con_opts.with_password && con_opts.print == NULL)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "--with-password goes with --print only");
	if (argc > 0 && argv[0][0] != '-') {
		(void)tb_err_set(err, TB_EXIT_USAGE, "extra operand \"%s\"",
		    argv[0]);
		return tb_err_hint(err,
		    "A database is named with -d; options of psql stand after "
		    "\"--\".");
	}
	return 0;
}

static int
go(struct tb_ctx *ctx, struct con_way *w, int argc, char *argv[],
    struct tb_err *err)
{
	if (con_opts.wait) {
		if (wait_for_login(ctx, w, err) == -1)
			return -1;
		/* With nothing else to do, waiting was the job. */
		if (argc == 0 && con_opts.print == NULL && !con_opts.status)
			return 0;
	} else if (con_way_find(ctx, w, err) == -1) {
		return -1;
	}
	if (con_opts.print != NULL)
		return con_print(w, con_opts.print, err);
	if (con_opts.status)
		return status(ctx, w, err);
	if (!con_opts.wait && con_way_choose(w, err) == -1)
		return -1;
	return con_psql(w, ctx, argv, err);
}

static int
connect_run(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	static char *none[] = { NULL };
	struct con_way w = CON_WAY_INIT;
	int rc;

	if (check_options(argc, argv, err) == -1)
		return -1;
	if (con_opts.list)
		return list(ctx, err);
	rc = go(ctx, &w, argc, argc > 0 ? argv : none, err);
	con_way_release(&w);
	return rc;
}

const struct tb_cmd con_cmd = {
	.args = "[-- PSQL-ARG...]",
	.help = "open psql on a database, wherever it is",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.max_args = -1,
	.run = connect_run,
};
