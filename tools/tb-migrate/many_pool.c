/*
 * Processes for the targets, so many at once.
 */
#include "core/tb.h"

#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/json.h"
#include "cli/term.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "many.h"

static const int passed_on[] = { SIGINT, SIGTERM, SIGHUP };

static struct sigaction before[TB_LEN(passed_on)];
static volatile sig_atomic_t caught;

/* For the handler: whose process is whose, 0: none. */
static volatile pid_t pids[MIG_JOBS_MAX];

static void
pass_on(int number)
{
	int saved = errno;

	caught = number;
	for (size_t i = 0; i < TB_LEN(pids); i++)
		if (pids[i] > 0)
			(void)kill(pids[i], number);
	errno = saved;
}

static void
signal_set(sigset_t *set)
{
	(void)sigemptyset(set);
	for (size_t i = 0; i < TB_LEN(passed_on); i++)
		(void)sigaddset(set, passed_on[i]);
}

/* What was ignored (nohup) stays ignored. */
static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = pass_on };

	caught = 0;
	signal_set(&action.sa_mask);
	for (size_t i = 0; i < TB_LEN(passed_on); i++) {
		(void)sigaction(passed_on[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			(void)sigaction(passed_on[i], &action, NULL);
	}
}

static void
release_signals(void)
{
	for (size_t i = 0; i < TB_LEN(passed_on); i++)
		(void)sigaction(passed_on[i], &before[i], NULL);
}

static void
block_signals(bool block)
{
	sigset_t set;

	signal_set(&set);
	(void)sigprocmask(block ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

static void
replace_pid(pid_t from, pid_t to)
{
	for (size_t i = 0; i < TB_LEN(pids); i++)
		if (pids[i] == from) {
			pids[i] = to;
			return;
		}
	tb_bug("no place for a process");
}

bool
mig_target_failed(const struct mig_target *t)
{
	return t->state == MIG_TARGET_ENDED && t->code >= TB_EXIT_USAGE;
}

struct mig_count
mig_targets_count(const struct mig_targets *ts)
{
	struct mig_count c = { 0, 0, 0, 0 };

	for (size_t i = 0; i < ts->n; i++) {
		c.running += ts->v[i].state == MIG_TARGET_RUNS;
		c.ended += ts->v[i].state == MIG_TARGET_ENDED;
		c.waiting += ts->v[i].state == MIG_TARGET_WAITS;
		c.failed += mig_target_failed(&ts->v[i]);
	}
	return c;
}

/* In the new process. */
TB_NORETURN static void
be_child(const struct mig_pool *p, const struct mig_target *t, int out, int log)
{
	for (size_t i = 0; i < p->targets->n; i++) {
		const struct mig_target *other = &p->targets->v[i];

		if (other->out != -1)
			(void)close(other->out);
		if (other->log != -1)
			(void)close(other->log);
	}
	if (dup2(out, STDOUT_FILENO) == -1 || dup2(log, STDERR_FILENO) == -1)
		_exit(TB_EXIT_BUG);
	release_signals();
	block_signals(false);
	mig_child(p->ctx, t, p->run, p->argc, p->argv);
}

static int
open_pipes(int out[2], int log[2])
{
	if (pipe2(out, O_CLOEXEC) == -1)
		return -1;
	if (pipe2(log, O_CLOEXEC) == 0)
		return 0;
	(void)close(out[0]);
	(void)close(out[1]);
	return -1;
}

static void
could_not_start(struct mig_target *t)
{
	char *message =
	    tb_asprintf("could not start a process: %s", strerror(errno));

	t->state = MIG_TARGET_ENDED;
	t->code = TB_EXIT_UNAVAILABLE;
	t->record = json_object();
	tb_json_set(t->record, "message", message);
	tb_warn("%s: %s", t->name, message);
	free(message);
}

static void
start(struct mig_pool *p, struct mig_target *t)
{
	int out[2], log[2];

	t->started = tb_clock_now();
	if (open_pipes(out, log) == -1) {
		could_not_start(t);
		return;
	}
	tb_progress_done();
	(void)fflush(NULL);
	block_signals(true);
	if ((t->pid = fork()) == 0)
		be_child(p, t, out[1], log[1]);
	if (t->pid > 0)
		replace_pid(0, t->pid);
	block_signals(false);
	(void)close(out[1]);
	(void)close(log[1]);
	if (t->pid == -1) {
		(void)close(out[0]);
		(void)close(log[0]);
		could_not_start(t);
		return;
	}
	t->out = out[0];
	t->log = log[0];
	t->state = MIG_TARGET_RUNS;
}

static int
code_of(int status)
{
	if (WIFSIGNALED(status))
		return TB_EXIT_SIGNAL + WTERMSIG(status);
	return WEXITSTATUS(status);
}

static void
end(struct mig_target *t)
{
	int status;

	while (waitpid(t->pid, &status, 0) == -1)
		if (errno != EINTR)
			tb_bug("lost a process");
	block_signals(true);
	replace_pid(t->pid, 0);
	block_signals(false);
	t->state = MIG_TARGET_ENDED;
	t->seconds = tb_clock_now() - t->started;
	t->code = code_of(status);
	mig_child_read(t);
	/* Whoever ends well says so. */
	if (t->record == NULL && t->code == 0)
		t->code = TB_EXIT_BUG;
}

/* Take what has come; closes at the end of the stream. */
static void
drain(int *fd, struct tb_buf *b)
{
	ssize_t n;

	tb_buf_reserve(b, 16384);
	n = read(*fd, b->s + b->len, 16384);
	if (n > 0) {
		b->len += (size_t)n;
		b->s[b->len] = '\0';
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		(void)close(*fd);
		*fd = -1;
	}
}

static void
listen_to(struct mig_target *t, bool out, bool log)
{
	if (out)
		drain(&t->out, &t->out_text);
	if (log) {
		drain(&t->log, &t->log_text);
		mig_pass_log(t);
	}
	if (t->out == -1 && t->log == -1)
		end(t);
}

static void
wait_for_some(struct mig_pool *p)
{
	struct mig_target *whose[MIG_JOBS_MAX];
	struct pollfd fds[MIG_JOBS_MAX * 2];
	size_t n = 0;

	for (size_t i = 0; i < p->targets->n; i++) {
		struct mig_target *t = &p->targets->v[i];

		if (t->state != MIG_TARGET_RUNS)
			continue;
		whose[n] = t;
		fds[2 * n] = (struct pollfd){ t->out, POLLIN, 0 };
		fds[2 * n + 1] = (struct pollfd){ t->log, POLLIN, 0 };
		n++;
	}
	if (poll(fds, 2 * n, -1) == -1)
		return;
	for (size_t i = 0; i < n; i++)
		listen_to(whose[i], fds[2 * i].revents != 0,
		    fds[2 * i + 1].revents != 0);
}

static void
tell_progress(const struct mig_pool *p)
{
	struct mig_count c = mig_targets_count(p->targets);
	struct tb_strs names = TB_STRS_INIT;
	char *list;

	for (size_t i = 0; i < p->targets->n; i++)
		if (p->targets->v[i].state == MIG_TARGET_RUNS)
			tb_strs_add(&names, p->targets->v[i].name);
	list = tb_strs_join(&names, ", ");
	if (c.failed > 0)
		tb_progress("%zu of %zu done, %zu failed, %zu running: %s",
		    c.ended - c.failed, p->targets->n, c.failed, c.running,
		    list);
	else
		tb_progress("%zu of %zu done, %zu running: %s", c.ended,
		    p->targets->n, c.running, list);
	free(list);
	tb_strs_release(&names);
}

static struct mig_target *
next(const struct mig_pool *p)
{
	struct mig_count c = mig_targets_count(p->targets);

	if (caught != 0 || c.running >= p->jobs ||
	    (c.failed > 0 && !p->keep_going))
		return NULL;
	for (size_t i = 0; i < p->targets->n; i++)
		if (p->targets->v[i].state == MIG_TARGET_WAITS)
			return &p->targets->v[i];
	return NULL;
}

int
mig_pool_run(struct mig_pool *p)
{
	struct mig_target *t;

	catch_signals();
	for (;;) {
		while ((t = next(p)) != NULL)
			start(p, t);
		if (mig_targets_count(p->targets).running == 0)
			break;
		tell_progress(p);
		wait_for_some(p);
	}
	release_signals();
	tb_progress_done();
	return caught;
}
