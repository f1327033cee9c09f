/*
 * guard.c: a throw-away cluster and the process that answers for its end.
 *
 * The guard becomes the server's user, so that nothing is done in that user's
 * folders with root's rights, and it is in a session of its own, so that what
 * interrupts us does not reach it.  It knows that we are done, or dead, when
 * the control pipe ends.
 */
#include "core/tb.h"

#include <bsd/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cluster.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"

/* Where the guard finds its ends of the pipes. */
enum { REPORT = 3, CONTROL = 4 };

/* The first of $TMPDIR and /tmp that the user can make a folder in. */
static int
make_temp_dir(struct clu *c, struct tb_err *err)
{
	const char *bases[] = { getenv("TMPDIR"), "/tmp" };

	for (size_t i = 0; i < TB_LEN(bases); i++) {
		char *path;

		if (bases[i] == NULL || bases[i][0] != '/')
			continue;
		path = tb_asprintf("%s/tb-run.XXXXXX", bases[i]);
		if (mkdtemp(path) != NULL) {
			clu_set_dir(c, path);
			return 0;
		}
		free(path);
	}
	return tb_err_set(err, TB_EXIT_CANTCREAT,
	    "could not create a directory in \"/tmp\": %m");
}

static int
set_up(struct clu *c, struct clu_server *s, struct clu_state *state,
    struct tb_err *err)
{
	if (clu_enter(c, err) == -1 || make_temp_dir(c, err) == -1 ||
	    clu_claim(c, err) == -1)
		return -1;
	return clu_start(c, s, false, state, err);
}

static int
tear_down(const struct clu *c, bool keep, struct tb_err *err)
{
	struct clu_state state;

	/* The folder may not even have been made. */
	if (c->dir == NULL)
		return 0;
	if (clu_look(c, &state, err) == -1)
		return -1;
	if (state.life == CLU_UP &&
	    clu_stop(c, &state, keep ? SIGINT : SIGQUIT, err) == -1)
		return -1;
	clu_state_release(&state);
	return keep ? 0 : clu_remove(c, err);
}

static void
report_ready(const struct clu *c, const struct clu_state *state)
{
	char *port = tb_asprintf("%d", state->port);
	const char *words[] = { "ready", state->socket_dir, port, c->log,
		c->dir };

	clu_send(REPORT, words);
	free(port);
}

/* True if the folder is to be kept. */
static bool
wait_for_end(void)
{
	ssize_t n;
	char c;

	do
		n = read(CONTROL, &c, 1);
	while (n == -1 && errno == EINTR);
	return n == 1;
}

static void
ignore(int sig)
{
	(void)sig;
}

/* Handlers, not SIG_IGN: the server would inherit that. */
static void
ignore_signals(void)
{
	static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT,
		SIGPIPE };
	struct sigaction sa = { .sa_handler = ignore };

	(void)sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < TB_LEN(ignored); i++)
		(void)sigaction(ignored[i], &sa, NULL);
}

TB_NORETURN static void
guard(struct clu *c, struct clu_server *s)
{
	struct clu_state state = CLU_STATE_INIT;
	struct tb_err err = TB_ERR_INIT;
	bool keep = false;

	if (set_up(c, s, &state, &err) == -1) {
		clu_send_err(REPORT, &err);
	} else {
		report_ready(c, &state);
		keep = wait_for_end();
	}
	if (tear_down(c, keep, &err) == -1)
		clu_send_err(REPORT, &err);
	_exit(0);
}

/* Only the two pipes and standard error stay open. */
static void
arrange_descriptors(int report, int control)
{
	int null = open("/dev/null", O_RDWR);
	int high_report = fcntl(report, F_DUPFD, 10);
	int high_control = fcntl(control, F_DUPFD, 10);

	(void)dup2(null, 0);
	(void)dup2(null, 1);
	(void)dup2(high_report, REPORT);
	(void)dup2(high_control, CONTROL);
	closefrom(5);
	(void)fcntl(REPORT, F_SETFD, FD_CLOEXEC);
	(void)fcntl(CONTROL, F_SETFD, FD_CLOEXEC);
}

int
clu_guard_start(struct clu_guard *g, struct clu *c, struct clu_server *s,
    struct tb_err *err)
{
	int report[2], control[2];

	if (pipe2(report, O_CLOEXEC) == -1 || pipe2(control, O_CLOEXEC) == -1 ||
	    (g->pid = fork()) == -1)
		return tb_err_set(err, TB_EXIT_BUSY,
		    "could not start a process: %m");
	if (g->pid == 0) {
		(void)setsid();
		ignore_signals();
		arrange_descriptors(report[1], control[0]);
		guard(c, s);
	}
	(void)close(report[1]);
	(void)close(control[0]);
	g->report = report[0];
	g->control = control[1];
	return 0;
}

int
clu_guard_end(struct clu_guard *g, bool keep, struct tb_err *err)
{
	static const volatile int never = 0;
	struct clu_message m;
	int rc = 0;

	if (keep && write(g->control, "k", 1) != 1)
		tb_warn("could not tell that the cluster is to be kept");
	(void)close(g->control);
	/* Nothing more is said if all went well. */
	while (clu_receive(g->report, &m, &never)) {
		if (m.word[0][0] == 'e')
			rc = clu_message_err(&m, err);
		clu_message_release(&m);
	}
	(void)close(g->report);
	while (waitpid(g->pid, NULL, 0) == -1 && errno == EINTR)
		;
	return rc;
}
