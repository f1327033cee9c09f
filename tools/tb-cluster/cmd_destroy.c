#include "core/tb.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/term.h"
#include "cluster.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"

static bool yes;

static const struct tb_opt opts[] = {
	CLU_OPTS_PLACE,
	TB_OPT_FLAG('y', "yes", "do not ask", &yes),
	CLU_OPT_TIMEOUT,
	TB_OPT_END,
};

static int
confirm(const struct clu *c, struct tb_err *err)
{
	char *question, *answer;
	bool agreed;

	if (yes)
		return 0;
	if (!tb_term_can_ask()) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "nobody is there to ask whether to destroy \"%s\"", c->dir);
		return tb_err_hint(err, "Give --yes.");
	}
	question = tb_asprintf("Destroy the cluster in \"%s\" with all its "
			       "databases? (yes/no) ",
	    c->dir);
	answer = tb_term_ask(question);
	agreed = answer != NULL &&
	    (strcmp(answer, "yes") == 0 || strcmp(answer, "y") == 0);
	free(question);
	free(answer);
	return agreed ? 0 :
			tb_err_set(err, TB_EXIT_USAGE, "nothing was destroyed");
}

static int
stop_and_remove(struct clu *c, struct tb_err *err)
{
	struct clu_state s = CLU_STATE_INIT;
	int rc = -1;

	if (clu_lock(c, err) == 0 && clu_look_settled(c, &s, err) == 0)
		rc = s.life == CLU_UP ? clu_stop(c, &s, SIGQUIT, err) : 0;
	clu_state_release(&s);
	return rc == 0 ? clu_remove(c, err) : -1;
}

/*
 * As the user; nothing of this is done with root's rights.  1: destroyed, 0:
 * there was nothing.
 */
static int
destroy_as_user(struct clu *c, struct tb_err *err)
{
	enum clu_dir dir;

	if (clu_enter(c, err) == -1 || clu_dir_look(c, &dir, err) == -1)
		return -1;
	if (dir == CLU_DIR_FOREIGN) {
		(void)tb_err_set(err, TB_EXIT_NOPERM,
		    "\"%s\" was not made by tb-cluster, which leaves it alone",
		    c->dir);
		return tb_err_hint(err, "It has no file \"tb-cluster\".");
	}
	if (dir == CLU_DIR_ABSENT) {
		tb_info("there is no cluster in \"%s\"", c->dir);
		return 0;
	}
	if (confirm(c, err) == -1 || stop_and_remove(c, err) == -1)
		return -1;
	tb_info("destroyed the cluster in \"%s\"", c->dir);
	return 1;
}

/* A process that can become the user while we stay root. */
static int
destroy_as_root(struct clu *c, struct tb_err *err)
{
	static const volatile int never = 0;
	struct clu_message m;
	int fd[2], rc = 0, status = 0;
	pid_t pid;

	if (pipe2(fd, O_CLOEXEC) == -1 || (pid = fork()) == -1)
		return tb_err_set(err, TB_EXIT_BUSY,
		    "could not start a process: %m");
	if (pid == 0) {
		if ((rc = destroy_as_user(c, err)) == -1)
			clu_send_err(fd[1], err);
		_exit(rc == 1 ? 1 : 0);
	}
	(void)close(fd[1]);
	if (clu_receive(fd[0], &m, &never)) {
		rc = clu_message_err(&m, err);
		clu_message_release(&m);
	}
	(void)close(fd[0]);
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	/* Only root may take an empty folder out of a folder of root's. */
	if (rc == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 1)
		(void)rmdir(c->dir);
	return rc;
}

static int
destroy(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct clu c = CLU_INIT;
	int rc = -1;

	if (clu_locate(&c, &ctx->conf, err) == 0)
		rc = c.root ? destroy_as_root(&c, err) :
			      destroy_as_user(&c, err);
	if (rc == 1)
		rc = 0;
	clu_release(&c);
	return rc;
}

const struct tb_cmd clu_cmd_destroy = {
	.name = "destroy",
	.help = "stop the server and delete the cluster",
	.opts = opts,
	.run = destroy,
};
