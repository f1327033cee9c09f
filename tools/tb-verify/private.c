/*
 * private.c: where the role may not make databases, scratch databases are made
 * on a server of our own, which "tb-cluster run" starts and takes away again:
 * when we end, however that is, its command finds the end of its input.
 */
#include "core/tb.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/term.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/proc.h"
#include "core/sql.h"
#include "pg/query.h"
#include "replay.h"

struct ver_private {
	pid_t pid;
	int to, from; /* its standard input and output */
	struct tb_dsn dsn;
};

static const char program[] = "tb-cluster";
static const char command[] = "printf '%s\\n' \"$PGHOST\" \"$PGPORT\" "
			      "\"$PGUSER\" && exec cat >/dev/null";

/* Beside this program, else in PATH.  The caller frees it. */
static char *
find_program(void)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *dir, *path;

	if (n > 0) {
		self[n] = '\0';
		dir = tb_path_dir(self);
		path = tb_path_join(dir, program);
		free(dir);
		if (access(path, X_OK) == 0)
			return path;
		free(path);
	}
	return tb_proc_find(program);
}

/*
 * Where its programs are: what the user says, else where Debian keeps those of
 * each major version; NULL: wherever tb-cluster finds some.  The caller frees
 * it.
 */
static char *
program_folder(int major)
{
	const char *given = getenv("PGBIN");
	char *dir;

	if (given != NULL)
		return tb_strdup(given);
	dir = tb_asprintf("/usr/lib/postgresql/%d/bin", major);
	if (tb_is_dir(dir))
		return dir;
	free(dir);
	return NULL;
}

static void
choose_version(int major)
{
	char *dir = program_folder(major);

	if (dir != NULL)
		(void)setenv("PGBIN", dir, 1);
	free(dir);
}

/* Size and age of a file, if it is there. */
static bool
add_file(struct tb_buf *key, const char *dir, const char *name)
{
	char *path = tb_path_join(dir, name);
	struct stat st;
	bool there = stat(path, &st) == 0;

	if (there)
		tb_buf_addf(key, "%s %lld %lld.%09ld\n", path,
		    (long long)st.st_size, (long long)st.st_mtim.tv_sec,
		    st.st_mtim.tv_nsec);
	free(path);
	return there;
}

/*
 * The programs, and what extensions they find: as it is usual, and as Debian
 * has it.
 */
bool
ver_private_key(int major, struct tb_buf *key)
{
	char *dir = program_folder(major);
	char *debian = tb_asprintf("/usr/share/postgresql/%d", major);
	bool known = false;

	if (dir != NULL && add_file(key, dir, "postgres")) {
		known = add_file(key, dir, "../share/postgresql/extension");
		known |= add_file(key, dir, "../share/extension");
		known |= add_file(key, debian, "extension");
	}
	free(debian);
	free(dir);
	return known;
}

TB_NORETURN static void
become_cluster(const char *path, int major, const int in[2], const int out[2])
{
	char quiet[] = "-q", run[] = "run", dashes[] = "--", sh[] = "sh",
	     c[] = "-c";
	char *copy = tb_strdup(command), *name = tb_strdup(path);
	char *argv[] = { name, run, quiet, dashes, sh, c, copy, NULL };

	choose_version(major);
	if (dup2(in[0], STDIN_FILENO) != -1 &&
	    dup2(out[1], STDOUT_FILENO) != -1)
		(void)execv(path, argv);
	_exit(127);
}

static int
start(struct ver_private *p, const char *path, int major, struct tb_err *err)
{
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) == -1)
		return tb_err_set(err, TB_EXIT_BUG, "could not make a pipe: %s",
		    strerror(errno));
	if (pipe2(out, O_CLOEXEC) == -1) {
		(void)close(in[0]);
		(void)close(in[1]);
		return tb_err_set(err, TB_EXIT_BUG, "could not make a pipe: %s",
		    strerror(errno));
	}
	if ((p->pid = fork()) == 0)
		become_cluster(path, major, in, out);
	(void)close(in[0]);
	(void)close(out[1]);
	p->to = in[1];
	p->from = out[0];
	return p->pid != -1 ?
	    0 :
	    tb_err_set(err, TB_EXIT_BUG, "could not fork: %s", strerror(errno));
}

/* Host, port and user, a line each, as soon as the server is there. */
static int
read_address(struct ver_private *p, struct tb_err *err)
{
	struct tb_strs lines = TB_STRS_INIT;
	struct tb_buf text = TB_BUF_INIT;
	ssize_t n;
	int rc = 0;

	while (lines.n < 3) {
		tb_buf_reserve(&text, 512);
		n = read(p->from, text.s + text.len, 511);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		text.len += (size_t)n;
		text.s[text.len] = '\0';
		tb_strs_release(&lines);
		if (text.s[text.len - 1] == '\n')
			tb_strs_split(&lines, text.s, "\n");
	}
	if (lines.n < 3) {
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "could not start a private server for scratch databases");
		rc = tb_err_hint(err,
		    "See what \"tb-cluster run -- true\" says; or let the role "
		    "make databases on the server: ALTER ROLE ... CREATEDB.");
	} else {
		tb_dsn_set(&p->dsn, "host", lines.v[0]);
		tb_dsn_set(&p->dsn, "port", lines.v[1]);
		tb_dsn_set(&p->dsn, "user", lines.v[2]);
		tb_dsn_set(&p->dsn, "dbname", "postgres");
	}
	tb_buf_release(&text);
	tb_strs_release(&lines);
	return rc;
}

/* SQL names roles, in GRANT and elsewhere. */
static int
make_roles(PGconn *db, PGconn *like, struct tb_err *err)
{
	PGresult *res =
	    tb_pg_query(like, tb_sql_text(tool_sql, "roles"), 0, NULL, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++) {
		struct tb_err ignored = TB_ERR_INIT;

		/* Its own superuser is there already. */
		if (tb_pg_exec(db, tb_pg_get(res, i, "sql"), &ignored) == -1)
			tb_debug("private server: %s", ignored.message);
		tb_err_release(&ignored);
	}
	PQclear(res);
	return 0;
}

static int
check_version(PGconn *db, PGconn *like, struct tb_err *err)
{
	int here = PQserverVersion(db) / 10000;
	int there = PQserverVersion(like) / 10000;

	if (here == there)
		return 0;
	(void)tb_err_set(err, TB_EXIT_NOPERM,
	    "the role may not create databases on the server, which is "
	    "PostgreSQL %d, and a private one could only be of version %d",
	    there, here);
	return tb_err_hint(err,
	    "Set PGBIN to the folder of PostgreSQL %d's programs, or let the "
	    "role make databases: ALTER ROLE ... CREATEDB.",
	    there);
}

static int
furnish(struct ver_private *p, PGconn *like, struct tb_err *err)
{
	PGconn *db = tb_pg_connect(&p->dsn, TB_PG_WRITE, err);
	int rc = -1;

	if (db != NULL && check_version(db, like, err) == 0)
		rc = make_roles(db, like, err);
	PQfinish(db);
	return rc;
}

int
ver_private_start(struct ver_job *job, PGconn *like, struct tb_err *err)
{
	struct ver_private *p;
	char *path;
	int rc;

	if (job->private != NULL)
		return 0;
	if ((path = find_program()) == NULL) {
		(void)tb_err_set(err, TB_EXIT_NOPERM,
		    "the role may not create databases on the server, and "
		    "there is no tb-cluster to start a private one");
		return tb_err_hint(err,
		    "Let a superuser run ALTER ROLE ... CREATEDB, or put "
		    "tb-cluster into PATH.");
	}
	tb_progress("starting a private server");
	job->private = p = tb_calloc(1, sizeof(*p));
	p->dsn = (struct tb_dsn)TB_DSN_INIT;
	p->to = p->from = -1;
	rc = start(p, path, PQserverVersion(like) / 10000, err);
	if (rc == 0)
		rc = read_address(p, err);
	if (rc == 0)
		rc = furnish(p, like, err);
	free(path);
	if (rc == -1)
		ver_private_stop(job);
	return rc;
}

const struct tb_dsn *
ver_private_dsn(const struct ver_job *job)
{
	return job->private != NULL ? &job->private->dsn : NULL;
}

void
ver_private_stop(struct ver_job *job)
{
	struct ver_private *p = job->private;

	if (p == NULL)
		return;
	if (p->to != -1)
		(void)close(p->to);
	if (p->from != -1)
		(void)close(p->from);
	if (p->pid > 0)
		while (waitpid(p->pid, NULL, 0) == -1 && errno == EINTR)
			continue;
	tb_dsn_release(&p->dsn);
	free(p);
	job->private = NULL;
}
