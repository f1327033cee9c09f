#include "core/tb.h"

#include <signal.h>

#include "cluster.h"
#include "core/log.h"

static const struct tb_opt opts[] = {
	CLU_OPTS_PLACE,
	CLU_OPTS_SERVER,
	CLU_OPT_TIMEOUT,
	TB_OPT_END,
};

static int
restart_locked(const struct clu *c, struct clu_server *s, struct tb_err *err)
{
	struct clu_state state;
	int rc = 0;

	if (clu_look_settled(c, &state, err) == -1)
		return -1;
	if (state.life == CLU_UP)
		rc = clu_stop(c, &state, SIGINT, err);
	clu_state_release(&state);
	if (rc == 0 && (rc = clu_start(c, s, true, &state, err)) == 0) {
		tb_info("the server is running again (pid %ld, socket in "
			"\"%s\")",
		    (long)state.pid, state.socket_dir);
		clu_state_release(&state);
	}
	return rc;
}

static int
restart(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct clu c = CLU_INIT;
	struct clu_server s = CLU_SERVER_INIT;
	int rc = -1;

	/* As it was started, but for what the options say now. */
	if (clu_open(&c, &ctx->conf, err) == 0 && clu_lock(&c, err) == 0 &&
	    clu_server_load(&c, &s, err) == 0 &&
	    clu_server_from_options(&s, err) == 0)
		rc = restart_locked(&c, &s, err);
	clu_server_release(&s);
	clu_release(&c);
	return rc;
}

const struct tb_cmd clu_cmd_restart = {
	.name = "restart",
	.help = "stop the server and start it as it was started",
	.opts = opts,
	.run = restart,
};
