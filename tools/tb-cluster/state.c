/*
 * state.c: is the server running?
 *
 * postmaster.pid outlives a server that was killed, and after a restart of the
 * machine its pid may be another program's.  So its word counts only if the
 * server's lock is held (or, for a server that was started by hand, its shared
 * memory is attached), and if the process works in the data folder where the
 * system can tell.
 */
#include "core/tb.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cluster.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"

/* Lines of postmaster.pid, from 0. */
enum {
	LINE_PID,
	LINE_DATA,
	LINE_START,
	LINE_PORT,
	LINE_SOCKET,
	LINE_LISTEN,
	LINE_SHMEM,
	LINE_STATUS,
	LINES,
};

struct pidfile {
	struct tb_buf text;
	const char *line[LINES]; /* "" where there is none */
	bool there;
};

static int
read_pidfile(const struct clu *c, struct pidfile *f, struct tb_err *err)
{
	char *path = tb_path_join(c->data, "postmaster.pid");
	int rc = 0;
	char *p;

	*f = (struct pidfile){ .text = TB_BUF_INIT };
	if (tb_file_exists(path)) {
		if (tb_file_read(path, &f->text, err) == 0)
			f->there = true;
		else if (err->code == TB_EXIT_NOINPUT)
			tb_err_release(err); /* gone meanwhile */
		else
			rc = -1;
	}
	p = f->text.s;
	for (size_t i = 0; i < LINES; i++) {
		size_t n = strcspn(p, "\n");

		f->line[i] = p;
		p += n;
		if (*p == '\n')
			*p++ = '\0';
	}
	free(path);
	return rc;
}

static int
open_server_lock(const struct clu *c, int how)
{
	char *path = clu_path(c, "server.lock");
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	free(path);
	if (fd == -1 || flock(fd, how | LOCK_NB) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

int
clu_take_server_lock(const struct clu *c)
{
	double end = tb_clock_now() + 1;
	int fd;

	/* A look at the state holds it for a moment. */
	while (
	    (fd = open_server_lock(c, LOCK_EX)) == -1 && tb_clock_now() < end)
		tb_clock_sleep(0.01);
	return fd;
}

static bool
lock_is_held(const struct clu *c)
{
	int fd = open_server_lock(c, LOCK_SH);

	if (fd == -1)
		return true;
	(void)close(fd);
	return false;
}

/* "key id" of the segment that PostgreSQL keeps for just this question. */
static bool
memory_is_attached(const char *line)
{
	struct shmid_ds ds;
	char *end;
	unsigned long id;

	(void)strtoul(line, &end, 10);
	if (end == line)
		return false;
	id = strtoul(end, NULL, 10);
	return shmctl((int)id, IPC_STAT, &ds) == 0 && ds.shm_nattch > 0;
}

/* A postmaster's working directory is its data folder. */
static bool
works_in(pid_t pid, const char *data)
{
	char *path = tb_asprintf("/proc/%ld/cwd", (long)pid);
	struct stat there, ours;
	bool yes = true;

	if (tb_is_dir("/proc/self"))
		yes = stat(path, &there) == 0 && stat(data, &ours) == 0 &&
		    there.st_dev == ours.st_dev && there.st_ino == ours.st_ino;
	free(path);
	return yes;
}

static pid_t
pid_of(const struct pidfile *f)
{
	/* A stand-alone backend writes its pid with a minus. */
	long pid = strtol(f->line[LINE_PID], NULL, 10);

	return (pid_t)(pid < 0 ? -pid : pid);
}

static bool
is_alive(const struct clu *c, pid_t pid)
{
	if (pid <= 1 || (kill(pid, 0) == -1 && errno != EPERM))
		return false;
	return works_in(pid, c->data);
}

static enum clu_life
judge(const struct clu *c, const struct pidfile *f)
{
	bool held = lock_is_held(c) || memory_is_attached(f->line[LINE_SHMEM]);

	if (!f->there)
		return held ? CLU_UNSETTLED : CLU_DOWN;
	if (!held)
		return CLU_STALE;
	/* Processes whose postmaster was killed go by themselves. */
	return is_alive(c, pid_of(f)) ? CLU_UP : CLU_UNSETTLED;
}

static char *
word_of(const char *line)
{
	char *word = tb_strndup(line, strcspn(line, " "));

	if (word[0] == '\0') {
		free(word);
		return tb_strdup("starting");
	}
	return word;
}

/*
 * postmaster.pid goes on saying "ready" while a server whose process crashed
 * recovers.
 */
static bool
takes_connections(const struct clu_state *s)
{
	char port[16];
	const char *keys[] = { "host", "port", "dbname", "connect_timeout",
		NULL };
	const char *values[] = { s->socket_dir, port, "postgres", "5", NULL };

	if (s->socket_dir == NULL)
		return true;
	(void)snprintf(port, sizeof(port), "%d", s->port);
	return PQpingParams(keys, values, 0) != PQPING_REJECT;
}

/* What it is, from what its file says. */
static void
judge_word(struct clu_state *s)
{
	s->ready = s->life == CLU_UP && strcmp(s->word, "ready") == 0;
	if (!s->ready || takes_connections(s))
		return;
	s->ready = false;
	free(s->word);
	s->word = tb_strdup("recovering");
}

int
clu_look(const struct clu *c, struct clu_state *s, struct tb_err *err)
{
	struct pidfile f;

	*s = (struct clu_state)CLU_STATE_INIT;
	if (read_pidfile(c, &f, err) == -1) {
		tb_buf_release(&f.text);
		return -1;
	}
	s->life = judge(c, &f);
	if (f.there) {
		s->pid = pid_of(&f);
		s->started = (time_t)strtoll(f.line[LINE_START], NULL, 10);
		s->port = (int)strtol(f.line[LINE_PORT], NULL, 10);
		if (f.line[LINE_SOCKET][0] != '\0')
			s->socket_dir = tb_strdup(f.line[LINE_SOCKET]);
		if (f.line[LINE_LISTEN][0] != '\0')
			s->listen = tb_strdup(f.line[LINE_LISTEN]);
		s->word = word_of(f.line[LINE_STATUS]);
		judge_word(s);
	}
	tb_buf_release(&f.text);
	return 0;
}

int
clu_look_settled(const struct clu *c, struct clu_state *s, struct tb_err *err)
{
	double end = tb_clock_now() + clu_opts.timeout;

	for (;;) {
		if (clu_look(c, s, err) == -1)
			return -1;
		if (s->life != CLU_UNSETTLED)
			return 0;
		clu_state_release(s);
		if (tb_clock_now() >= end)
			break;
		tb_clock_sleep(0.02);
	}
	(void)tb_err_set(err, TB_EXIT_BUSY,
	    "a process of the last server in \"%s\" is still there", c->dir);
	return tb_err_hint(err,
	    "\"fuser -v %s\" tells which; end it and try again.", c->data);
}

void
clu_state_release(struct clu_state *s)
{
	free(s->socket_dir);
	free(s->listen);
	free(s->word);
	memset(s, 0, sizeof(*s));
}
