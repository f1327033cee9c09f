/*
 * tb-cluster run: a cluster for as long as a command runs.
 */
#include "core/tb.h"

#include <bsd/stdlib.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cluster.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/proc.h"

static bool keep;

static const struct tb_opt opts[] = {
	TB_OPT_FLAG(0, "keep", "stop the server but keep its folder", &keep),
	TB_OPT_STR(0, "user", "NAME",
	    "as root: who the server runs as (postgres)", &clu_opts.user),
	CLU_OPTS_SERVER,
	CLU_OPT_TIMEOUT,
	TB_OPT_END,
};

static const int caught_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
static volatile sig_atomic_t command_pid;
static volatile int caught;

/*
 * What a terminal sends reaches the command by itself (no process sent it);
 * what somebody sent to us alone is passed on.
 */
static void
on_signal(int sig, siginfo_t *info, void *context TB_UNUSED)
{
	caught = sig;
	if (command_pid > 0 && info->si_pid != 0)
		(void)kill((pid_t)command_pid, sig);
}

static void
catch_signals(struct sigaction saved[])
{
	struct sigaction sa = { .sa_flags = SA_SIGINFO };

	sa.sa_sigaction = on_signal;
	(void)sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < TB_LEN(caught_signals); i++) {
		(void)sigaction(caught_signals[i], NULL, &saved[i]);
		/* As nohup(1) wants it. */
		if (saved[i].sa_handler != SIG_IGN)
			(void)sigaction(caught_signals[i], &sa, NULL);
	}
}

static int
exit_code(int status)
{
	if (WIFSIGNALED(status))
		return TB_EXIT_SIGNAL + WTERMSIG(status);
	return WEXITSTATUS(status);
}

/*
 * In the child: our three streams, the terminal and all else are its own.  The
 * handlers go with the exec, which the held signals have to wait for.
 */
TB_NORETURN static void
become_command(const char *path, char *argv[], const struct clu_message *where,
    const sigset_t *before)
{
	struct sigaction sa = { .sa_handler = SIG_DFL }, now;
	int port = (int)strtonum(where->word[2], 0, 65535, NULL);

	clu_env_set(where->word[1], port, where->word[3]);
	for (size_t i = 0; i < TB_LEN(caught_signals); i++) {
		(void)sigaction(caught_signals[i], NULL, &now);
		if (now.sa_handler != SIG_IGN)
			(void)sigaction(caught_signals[i], &sa, NULL);
	}
	(void)sigprocmask(SIG_SETMASK, before, NULL);
	(void)execv(path, argv);
	_exit(errno == EACCES ? 126 : 127);
}

static int
run_command(const char *path, char *argv[], const struct clu_message *where,
    struct tb_err *err)
{
	sigset_t ours, before;
	pid_t pid;
	int status;

	/* Between fork(2) and knowing the pid nothing could be passed on. */
	(void)sigemptyset(&ours);
	for (size_t i = 0; i < TB_LEN(caught_signals); i++)
		(void)sigaddset(&ours, caught_signals[i]);
	(void)sigprocmask(SIG_BLOCK, &ours, &before);
	if ((pid = fork()) == -1)
		return tb_err_set(err, TB_EXIT_BUSY,
		    "could not start a process: %m");
	if (pid == 0)
		become_command(path, argv, where, &before);
	command_pid = pid;
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			tb_bug("lost track of the command");
	command_pid = 0;
	return exit_code(status);
}

static int
run_in_cluster(const struct clu_guard *g, const char *path, char *argv[],
    struct tb_err *err)
{
	struct clu_message m;
	int rc;

	if (!clu_receive(g->report, &m, &caught)) {
		if (caught != 0)
			return TB_EXIT_SIGNAL + caught;
		return tb_err_set(err, TB_EXIT_BUG,
		    "the process that was to make the cluster is gone");
	}
	if (m.word[0][0] == 'e')
		rc = clu_message_err(&m, err);
	else if (caught != 0)
		rc = TB_EXIT_SIGNAL + caught;
	else
		rc = run_command(path, argv, &m, err);
	if (rc != -1 && keep)
		tb_info("kept the cluster in \"%s\"", m.word[4]);
	clu_message_release(&m);
	return rc;
}

static int
run_guarded(const char *path, char *argv[], struct clu *c, struct clu_server *s,
    struct tb_err *err)
{
	struct sigaction saved[TB_LEN(caught_signals)];
	struct tb_err late = TB_ERR_INIT;
	struct clu_guard g;
	int rc;

	catch_signals(saved);
	if (clu_guard_start(&g, c, s, err) == -1)
		return -1;
	rc = run_in_cluster(&g, path, argv, err);
	if (clu_guard_end(&g, keep && rc != -1, &late) == -1) {
		/* The command's own answer matters more. */
		tb_warn("%s", late.message);
		tb_err_release(&late);
	}
	return rc;
}

/* Nothing here is for keeps, so nothing waits for the disk. */
static void
set_fast(struct clu_server *s)
{
	tb_strs_add(&s->set, "fsync=off");
	tb_strs_add(&s->set, "synchronous_commit=off");
	tb_strs_add(&s->set, "full_page_writes=off");
}

static int
run(struct tb_ctx *ctx TB_UNUSED, int argc TB_UNUSED, char *argv[],
    struct tb_err *err)
{
	struct clu c = CLU_INIT;
	struct clu_server s = CLU_SERVER_INIT;
	char *path = tb_proc_find(argv[0]);
	int rc = -1;

	set_fast(&s);
	if (path == NULL)
		(void)tb_err_set(err, TB_EXIT_NOINPUT,
		    "could not find program \"%s\"", argv[0]);
	else if (clu_server_from_options(&s, err) == 0 &&
	    clu_choose_user(&c, err) == 0)
		rc = run_guarded(path, argv, &c, &s, err);
	free(path);
	clu_server_release(&s);
	clu_release(&c);
	return rc;
}

const struct tb_cmd clu_cmd_run = {
	.name = "run",
	.args = "-- COMMAND [ARG...]",
	.help = "run a command with a throw-away cluster",
	.opts = opts,
	.needs = TB_NEED_NO_CONF,
	.min_args = 1,
	.max_args = -1,
	.run = run,
};
