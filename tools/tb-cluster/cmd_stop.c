#include "core/tb.h"

#include <signal.h>
#include <string.h>

#include "cluster.h"
#include "core/log.h"

static const char *mode = "fast";
static const char *const modes[] = { "fast", "smart", "immediate", NULL };

static const struct tb_opt opts[] = {
	CLU_OPTS_PLACE,
	TB_OPT_WORD('m', "mode", "MODE",
	    "fast, smart (waits for clients) or immediate", &mode, modes),
	CLU_OPT_TIMEOUT,
	TB_OPT_END,
};

static int
mode_signal(void)
{
	if (strcmp(mode, "smart") == 0)
		return SIGTERM;
	return strcmp(mode, "immediate") == 0 ? SIGQUIT : SIGINT;
}

static int
stop(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct clu c = CLU_INIT;
	struct clu_state state = CLU_STATE_INIT;
	int rc = -1;

	if (clu_open(&c, &ctx->conf, err) == 0 && clu_lock(&c, err) == 0 &&
	    clu_look_settled(&c, &state, err) == 0) {
		if (state.life == CLU_UP)
			rc = clu_stop(&c, &state, mode_signal(), err);
		else
			rc = 0;
		if (rc == 0)
			tb_info(state.life == CLU_UP ?
				"the server is stopped" :
				"the server was not running");
	}
	clu_state_release(&state);
	clu_release(&c);
	return rc;
}

const struct tb_cmd clu_cmd_stop = {
	.name = "stop",
	.help = "stop the server",
	.opts = opts,
	.run = stop,
};
