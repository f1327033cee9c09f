#include "core/tb.h"

#include "cluster.h"
#include "core/err.h"
#include "core/log.h"

static const struct tb_opt opts[] = {
	CLU_OPTS_PLACE,
	CLU_OPTS_SERVER,
	CLU_OPT_TIMEOUT,
	TB_OPT_END,
};

static void
tell_running(const struct clu_server *s, const struct clu_state *state)
{
	tb_info("the server is already running (pid %ld, socket in \"%s\")",
	    (long)state->pid, state->socket_dir);
	if (s->set.n > 0 || s->tcp)
		tb_hint("What was asked for counts after "
			"\"tb-cluster restart\" with the same options.");
}

static int
start_and_tell(const struct clu *c, struct clu_server *s,
    struct clu_state *state, struct tb_err *err)
{
	if (clu_start(c, s, true, state, err) == -1)
		return -1;
	tb_info("the server is running (pid %ld, socket in \"%s\")",
	    (long)state->pid, state->socket_dir);
	if (s->tcp)
		tb_info("it listens on localhost, port %d", s->port);
	return 0;
}

/* Start it unless it runs. */
static int
start_locked(const struct clu *c, struct clu_server *s, struct tb_err *err)
{
	struct clu_state state;
	int rc;

	if (clu_look_settled(c, &state, err) == -1)
		return -1;
	rc = clu_wait(c, &state, err);
	if (rc == 0 && state.life == CLU_UP)
		tell_running(s, &state);
	else if (rc == 0)
		rc = start_and_tell(c, s, &state, err);
	clu_state_release(&state);
	return rc;
}

static int
start(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct clu c = CLU_INIT;
	struct clu_server s = CLU_SERVER_INIT;
	int rc = -1;

	if (clu_server_from_options(&s, err) == 0 &&
	    clu_locate(&c, &ctx->conf, err) == 0 &&
	    clu_make_dir(&c, err) == 0 && clu_enter(&c, err) == 0 &&
	    clu_claim(&c, err) == 0)
		rc = start_locked(&c, &s, err);
	clu_server_release(&s);
	clu_release(&c);
	return rc;
}

const struct tb_cmd clu_cmd_start = {
	.name = "start",
	.help = "make the cluster if need be and start its server",
	.opts = opts,
	.run = start,
};
