/*
 * check.c: is the container one that can be asked, and if not, which command
 * mends it?
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "connect.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"

static const char *
why_ended(const struct con_container *c)
{
	return c->out_of_memory ? "It ran out of memory." : NULL;
}

static void
hint_logs(const struct con_engine *e, const struct con_container *c,
    struct tb_err *err)
{
	(void)tb_err_hint(err, "\"%s logs %s\" tells why.", e->name, c->name);
}

static int
is_stopped(const struct con_engine *e, const struct con_container *c,
    struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
	    "container \"%s\" is stopped (exit code %lld)", c->name,
	    c->exit_code);
	if (why_ended(c) != NULL)
		(void)tb_err_detail(err, "%s", why_ended(c));
	(void)tb_err_hint(err, "Start it: \"%s start %s\".", e->name, c->name);
	/* 0 and 137 are how a server is stopped. */
	if (c->exit_code != 0 && c->exit_code != 137)
		hint_logs(e, c, err);
	return -1;
}

int
con_container_check(const struct con_engine *e, const struct con_container *c,
    struct tb_err *err)
{
	const char *state = c->state != NULL ? c->state : "unknown";

	if (strcmp(state, "running") == 0)
		return 0;
	if (strcmp(state, "exited") == 0 || strcmp(state, "stopped") == 0 ||
	    strcmp(state, "dead") == 0)
		return is_stopped(e, c, err);
	if (strcmp(state, "paused") == 0) {
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "container \"%s\" is paused", c->name);
		return tb_err_hint(err, "Let it go on: \"%s unpause %s\".",
		    e->name, c->name);
	}
	if (strcmp(state, "restarting") == 0) {
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "container \"%s\" ends and is restarted, again and again "
		    "(exit code %lld)",
		    c->name, c->exit_code);
		hint_logs(e, c, err);
		return -1;
	}
	(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
	    "container \"%s\" is not running (%s)", c->name, state);
	return tb_err_hint(err, "Start it: \"%s start %s\".", e->name, c->name);
}

int
con_container_check_health(const struct con_engine *e,
    const struct con_container *c, struct tb_err *err)
{
	struct tb_buf said = TB_BUF_INIT;

	if (c->health == NULL || strcmp(c->health, "healthy") == 0)
		return 0;
	if (strcmp(c->health, "starting") == 0) {
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "container \"%s\" is still starting", c->name);
		return tb_err_hint(err, "Wait for it: \"tb-connect --wait\".");
	}
	tb_buf_add(&said, c->health_said != NULL ? c->health_said : "");
	tb_buf_rtrim(&said);
	(void)tb_err_set(err, TB_EXIT_UNAVAILABLE, "container \"%s\" is %s",
	    c->name, c->health);
	if (said.len > 0)
		(void)tb_err_detail(err, "Its health check says: %s", said.s);
	hint_logs(e, c, err);
	(void)tb_err_hint(err, "Restart it: \"%s restart %s\".", e->name,
	    c->name);
	tb_buf_release(&said);
	return -1;
}
