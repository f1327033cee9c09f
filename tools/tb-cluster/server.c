/*
 * server.c: starting and stopping the server's processes.
 *
 * The server is started without pg_ctl: so it cannot hold any descriptor of
 * ours (a test runner waits for those), it holds the lock that tells whether
 * it lives, and we know at once when it dies.
 */
#include "core/tb.h"

#include <bsd/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cluster.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"

#define LOG_LIMIT ((off_t)16 * 1024 * 1024)

struct launch {
	struct tb_strs argv;
	int lock, log;
	off_t log_from; /* what was in the log before */
	pid_t pid;
};

/* The value is a list: a folder with a blank or a quote in it is quoted. */
static void
add_socket_dir(struct tb_strs *argv, const char *dir)
{
	struct tb_buf b = TB_BUF_INIT;
	bool quote = strpbrk(dir, " \t\"") != NULL;

	tb_buf_addf(&b, "unix_socket_directories=%s", quote ? "\"" : "");
	for (const char *p = dir; *p != '\0'; p++) {
		if (*p == '"')
			tb_buf_addc(&b, '"');
		tb_buf_addc(&b, *p);
	}
	if (quote)
		tb_buf_addc(&b, '"');
	tb_strs_add(argv, "-c");
	tb_strs_take(argv, tb_buf_detach(&b));
}

static void
make_argv(struct tb_strs *argv, const struct clu *c, const struct clu_bin *bin,
    const struct clu_server *s, const char *socket_dir)
{
	tb_strs_take(argv, tb_path_join(bin->dir, "postgres"));
	tb_strs_add(argv, "-D");
	tb_strs_add(argv, c->data);
	add_socket_dir(argv, socket_dir);
	tb_strs_add(argv, "-c");
	tb_strs_addf(argv, "port=%d", s->port);
	tb_strs_add(argv, "-c");
	tb_strs_addf(argv, "listen_addresses=%s", s->tcp ? "localhost" : "");
	for (size_t i = 0; i < s->set.n; i++) {
		tb_strs_add(argv, "-c");
		tb_strs_add(argv, s->set.v[i]);
	}
}

static int
open_log(const struct clu *c, struct launch *l, struct tb_err *err)
{
	struct stat st;
	char *old;

	if (stat(c->log, &st) == 0 && st.st_size > LOG_LIMIT) {
		old = tb_asprintf("%s.old", c->log);
		(void)rename(c->log, old);
		free(old);
	}
	l->log = open(c->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (l->log == -1)
		return tb_err_set(err, TB_EXIT_CANTCREAT,
		    "could not open file \"%s\": %m", c->log);
	l->log_from = lseek(l->log, 0, SEEK_END);
	return 0;
}

/*
 * In the child.  Descriptor 3 is the lock, which every process of the server
 * inherits; nothing else of ours stays open.
 */
TB_NORETURN static void
become_server(const struct launch *l)
{
	int null = open("/dev/null", O_RDWR);

	(void)setsid();
	/* Words that we look for in the log are English. */
	(void)setenv("LC_ALL", "C", 1);
	if (dup2(null, 0) != -1 && dup2(l->log, 1) != -1 &&
	    dup2(l->log, 2) != -1 &&
	    (l->lock == 3 ? fcntl(3, F_SETFD, 0) : dup2(l->lock, 3)) != -1) {
		closefrom(4);
		(void)execv(l->argv.v[0], l->argv.v);
	}
	_exit(127);
}

char *
clu_log_tail(const char *path, off_t from, int lines)
{
	struct tb_buf b = TB_BUF_INIT;
	struct tb_err err = TB_ERR_INIT;
	char *tail;
	size_t i;

	if (tb_file_read(path, &b, &err) == -1)
		tb_err_release(&err);
	if ((size_t)from > b.len)
		from = 0;
	tb_buf_rtrim(&b);
	for (i = b.len; i > (size_t)from; i--)
		if (b.s[i - 1] == '\n' && --lines == 0)
			break;
	tail = tb_strdup(b.len > (size_t)from ? b.s + i : "");
	tb_buf_release(&b);
	return tail;
}

/* Why it ended, as far as its last words tell. */
static int
start_failed(const struct clu *c, const struct launch *l, struct tb_err *err)
{
	static const struct {
		const char *text;
		int code;
		const char *hint;
	} reasons[] = {
		{ "Address already in use", TB_EXIT_BUSY,
		    "Give another port with --port, 0 for any free one." },
		{ "No space left on device", TB_EXIT_CANTCREAT,
		    "Make room on the disk." },
		{ "unrecognized configuration parameter", TB_EXIT_CONFIG,
		    "Mend the setting that was given with -c or in "
		    "postgresql.conf." },
		{ "invalid value for parameter", TB_EXIT_CONFIG,
		    "Mend the setting that was given with -c or in "
		    "postgresql.conf." },
		{ "configuration file", TB_EXIT_CONFIG,
		    "Mend postgresql.conf in the data folder." },
		{ "could not map anonymous shared memory", TB_EXIT_UNAVAILABLE,
		    "There is too little memory: give a smaller "
		    "-c shared_buffers=VALUE." },
		{ "", TB_EXIT_UNAVAILABLE,
		    "The server's log has more; \"tb-cluster destroy\" gives "
		    "the cluster up." },
	};
	char *tail = clu_log_tail(c->log, l->log_from, 20);
	size_t i = 0;

	while (strstr(tail, reasons[i].text) == NULL)
		i++;
	(void)tb_err_set(err, reasons[i].code, "the server did not start");
	(void)tb_err_detail(err, "The end of \"%s\":\n%s", c->log, tail);
	(void)tb_err_hint(err, "%s", reasons[i].hint);
	free(tail);
	return -1;
}

static int
not_ready(const struct clu *c, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_BUSY,
	    "the server did not take connections within %g s",
	    clu_opts.timeout);
	return tb_err_hint(err,
	    "It goes on starting: \"tb-cluster status\" tells when it is "
	    "ready, \"%s\" what it does.",
	    c->log);
}

int
clu_wait(const struct clu *c, struct clu_state *state, struct tb_err *err)
{
	double end = tb_clock_now() + clu_opts.timeout;

	/* A standby that nobody may read never takes any. */
	while (state->life == CLU_UP && !state->ready &&
	    strcmp(state->word, "standby") != 0) {
		if (tb_clock_now() >= end)
			return not_ready(c, err);
		tb_clock_sleep(0.02);
		clu_state_release(state);
		if (clu_look(c, state, err) == -1)
			return -1;
	}
	return 0;
}

static int
wait_until_ready(const struct clu *c, const struct launch *l,
    struct clu_state *state, struct tb_err *err)
{
	double end = tb_clock_now() + clu_opts.timeout;
	int status;

	do {
		if (clu_look(c, state, err) == -1)
			return -1;
		if (state->ready && state->pid == l->pid)
			return 0;
		clu_state_release(state);
		if (waitpid(l->pid, &status, WNOHANG) == l->pid)
			return start_failed(c, l, err);
		tb_clock_sleep(0.01);
	} while (tb_clock_now() < end);
	return not_ready(c, err);
}

/*
 * What a server left that was killed.  PostgreSQL would not start if another
 * program, or a process that nobody waited for, has the pid in these files.
 */
static int
remove_stale(const struct clu *c, const char *socket_dir, struct tb_err *err)
{
	char *path = tb_path_join(c->data, "postmaster.pid");
	struct clu_state state;
	int rc = clu_look(c, &state, err);

	if (rc == 0 && state.life == CLU_STALE) {
		tb_info("removing \"%s\": its server (pid %ld) is gone", path,
		    (long)state.pid);
		if (unlink(path) == -1 && errno != ENOENT)
			rc = tb_err_set(err, TB_EXIT_NOPERM,
			    "could not remove file \"%s\": %m", path);
	}
	if (rc == 0)
		rc = clu_remove_sockets(socket_dir, err);
	clu_state_release(&state);
	free(path);
	return rc;
}

static int
launch(const struct clu *c, const char *socket_dir, struct launch *l,
    struct tb_err *err)
{
	if (remove_stale(c, socket_dir, err) == -1 || open_log(c, l, err) == -1)
		return -1;
	if ((l->lock = clu_take_server_lock(c)) == -1)
		return tb_err_set(err, TB_EXIT_BUSY,
		    "a server holds the lock of \"%s\"", c->dir);
	if ((l->pid = fork()) == -1)
		return tb_err_set(err, TB_EXIT_BUSY,
		    "could not start a process: %m");
	if (l->pid == 0)
		become_server(l);
	return 0;
}

static int
start_server(const struct clu *c, const struct clu_bin *bin,
    struct clu_server *s, struct clu_state *state, struct tb_err *err)
{
	struct launch l = { .argv = TB_STRS_INIT, .lock = -1, .log = -1 };
	char *socket_dir = NULL;
	int rc = -1;

	if ((!s->tcp || clu_check_port(&s->port, err) == 0) &&
	    clu_socket_dir(c, s, &socket_dir, err) == 0 &&
	    clu_server_save(c, s, socket_dir, err) == 0) {
		make_argv(&l.argv, c, bin, s, socket_dir);
		rc = launch(c, socket_dir, &l, err);
	}
	/* From here on only the server holds its lock. */
	if (l.lock != -1)
		(void)close(l.lock);
	if (l.log != -1)
		(void)close(l.log);
	if (rc == 0)
		rc = wait_until_ready(c, &l, state, err);
	tb_strs_release(&l.argv);
	free(socket_dir);
	return rc;
}

int
clu_start(const struct clu *c, struct clu_server *s, bool sync,
    struct clu_state *state, struct tb_err *err)
{
	struct clu_bin bin;
	int major, rc = 0;

	clu_state_release(state);
	if (clu_set_mode(c, s->share, err) == -1 ||
	    clu_data_major(c, &major, err) == -1 ||
	    clu_find(major, &bin, err) == -1)
		return -1;
	if (major == 0) {
		if (sync)
			tb_info("making a cluster of PostgreSQL %s in \"%s\"",
			    bin.version, c->dir);
		rc = clu_init_data(c, &bin, sync, err);
	}
	if (rc == 0)
		rc = start_server(c, &bin, s, state, err);
	clu_bin_release(&bin);
	return rc;
}

int
clu_stop(const struct clu *c, const struct clu_state *state, int sig,
    struct tb_err *err)
{
	double end = tb_clock_now() + clu_opts.timeout;
	struct clu_state now;
	bool gone;

	if (kill(state->pid, sig) == -1 && errno != ESRCH)
		return tb_err_set(err, TB_EXIT_NOPERM,
		    "could not signal the server (pid %ld): %m",
		    (long)state->pid);
	do {
		/* Only in the process that started it this finds anything. */
		(void)waitpid(state->pid, NULL, WNOHANG);
		if (clu_look(c, &now, err) == -1)
			return -1;
		gone = now.life == CLU_DOWN || now.life == CLU_STALE;
		clu_state_release(&now);
		if (gone)
			return 0;
		tb_clock_sleep(0.01);
	} while (tb_clock_now() < end);
	(void)tb_err_set(err, TB_EXIT_BUSY,
	    "the server (pid %ld) did not stop within %g s", (long)state->pid,
	    clu_opts.timeout);
	return tb_err_hint(err,
	    "Give it more time with --timeout, or \"tb-cluster stop "
	    "--mode=immediate\".");
}
