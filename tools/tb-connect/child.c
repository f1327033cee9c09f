/*
 * child.c: a psql that is not on a terminal.
 *
 * A psql that is told to stop by SIGTERM leaves its query running in the
 * server, and so does an engine's exec by any signal.  So we stay beside it:
 * psql gets SIGINT, which cancels the query, before anything else; of a psql
 * in a container the session is ended.
 */
#include "core/tb.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "connect.h"
#include "core/clock.h"
#include "core/err.h"

static const int caught_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGCHLD };
static volatile sig_atomic_t caught;

static void
on_signal(int sig)
{
	if (sig != SIGCHLD)
		caught = sig;
}

/*
 * They come in only while we wait for them, so that none is missed.  *before
 * is the mask that we had.
 */
static void
catch_signals(sigset_t *before)
{
	struct sigaction sa = { .sa_handler = on_signal }, old;
	sigset_t ours;

	(void)sigemptyset(&ours);
	(void)sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < TB_LEN(caught_signals); i++) {
		(void)sigaction(caught_signals[i], NULL, &old);
		if (old.sa_handler == SIG_IGN && caught_signals[i] != SIGCHLD)
			continue;
		(void)sigaddset(&ours, caught_signals[i]);
		(void)sigaction(caught_signals[i], &sa, NULL);
	}
	(void)sigprocmask(SIG_BLOCK, &ours, before);
}

/* True when it is gone; waits no longer than this. */
static bool
gone_within(pid_t pid, int *status, double seconds)
{
	double end = tb_clock_now() + seconds;

	do {
		if (waitpid(pid, status, WNOHANG) == pid)
			return true;
		tb_clock_sleep(0.01);
	} while (tb_clock_now() < end);
	return false;
}

/*
 * Half a second is enough for psql to send the cancel request and to end; one
 * that only waits for input does not end by SIGINT.
 */
static void
stop_child(const struct con_child *c, pid_t pid, int *status)
{
	(void)kill(pid, SIGINT);
	if (c->interrupted != NULL)
		c->interrupted(c->way);
	if (gone_within(pid, status, 0.5))
		return;
	(void)kill(pid, SIGTERM);
	if (gone_within(pid, status, 5))
		return;
	(void)kill(pid, SIGKILL);
	while (waitpid(pid, status, 0) == -1 && errno == EINTR)
		;
}

static int
exit_code(int status)
{
	if (WIFSIGNALED(status))
		return TB_EXIT_SIGNAL + WTERMSIG(status);
	return WEXITSTATUS(status);
}

int
con_child_run(const struct con_child *c, struct tb_err *err)
{
	sigset_t before;
	pid_t pid;
	int status;

	catch_signals(&before);
	if ((pid = fork()) == -1)
		return tb_err_set(err, TB_EXIT_BUSY,
		    "could not start a process: %m");
	if (pid == 0) {
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
		(void)execv(c->path, c->argv);
		_exit(127);
	}
	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (caught != 0) {
			stop_child(c, pid, &status);
			break;
		}
		(void)sigsuspend(&before);
	}
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	if (caught != 0)
		return TB_EXIT_SIGNAL + caught;
	return exit_code(status);
}
