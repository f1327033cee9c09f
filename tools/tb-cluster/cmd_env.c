#include "core/tb.h"

#include "cluster.h"
#include "core/err.h"

static const struct tb_opt opts[] = {
	CLU_OPTS_PLACE,
	TB_OPT_END,
};

static int
env(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct clu c = CLU_INIT;
	struct clu_state s = CLU_STATE_INIT;
	int rc = -1;

	if (clu_open(&c, &ctx->conf, err) == 0 && clu_look(&c, &s, err) == 0) {
		if (s.life == CLU_UP && s.socket_dir != NULL) {
			clu_env_print(s.socket_dir, s.port, c.log);
			rc = 0;
		} else {
			(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
			    "the server in \"%s\" is not running", c.dir);
			(void)tb_err_hint(err,
			    "\"tb-cluster start\" starts it.");
		}
	}
	clu_state_release(&s);
	clu_release(&c);
	return rc;
}

const struct tb_cmd clu_cmd_env = {
	.name = "env",
	.help = "print shell lines that point libpq at the cluster, for eval",
	.opts = opts,
	.run = env,
};
