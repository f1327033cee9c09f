/*
 * --backup: pg_dump before anything is touched.
 */
#include "core/tb.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/term.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/proc.h"
#include "migrate.h"

/* The folder that PGBIN names, else PATH, else where pg_config says. */
static char *
find_pg_dump(void)
{
	const char *given = getenv("PGBIN");
	char *argv[] = { (char[]){ "pg_config" }, (char[]){ "--bindir" },
		NULL };
	struct tb_proc proc = TB_PROC_INIT;
	struct tb_err err = TB_ERR_INIT;
	char *path = NULL;

	if (given != NULL && *given != '\0') {
		path = tb_path_join(given, "pg_dump");
		if (access(path, X_OK) == 0)
			return path;
		free(path);
		return NULL;
	}
	if ((path = tb_proc_find("pg_dump")) != NULL)
		return path;
	if (tb_proc_run(argv, &proc, &err) == 0 && proc.status == 0) {
		tb_buf_rtrim(&proc.out);
		path = tb_path_join(proc.out.s, "pg_dump");
	}
	tb_err_release(&err);
	tb_proc_release(&proc);
	return path;
}

/*
 * Where our own connection goes, in the environment: an argument would show a
 * password to everybody on the machine.  what was there is kept in *old.
 */
static void
set_environment(PGconn *db, struct tb_strs *old)
{
	PQconninfoOption *options = PQconninfo(db);

	for (PQconninfoOption *o = options; o != NULL && o->keyword != NULL;
	     o++) {
		const char *was;

		if (o->envvar == NULL || o->val == NULL)
			continue;
		was = getenv(o->envvar);
		tb_strs_add(old, o->envvar);
		tb_strs_take(old,
		    was != NULL ? tb_asprintf("=%s", was) : tb_strdup(""));
		(void)setenv(o->envvar, o->val, 1);
	}
	PQconninfoFree(options);
}

static void
restore_environment(const struct tb_strs *old)
{
	for (size_t i = 0; i + 1 < old->n; i += 2) {
		if (*old->v[i + 1] == '=')
			(void)setenv(old->v[i], old->v[i + 1] + 1, 1);
		else
			(void)unsetenv(old->v[i]);
	}
}

static int
dump_failed(const struct tb_proc *proc, const char *program, struct tb_err *err)
{
	struct tb_buf said = TB_BUF_INIT;

	tb_buf_add(&said, proc->err.s);
	tb_buf_rtrim(&said);
	if (proc->status > TB_EXIT_SIGNAL)
		(void)tb_err_set(err, proc->status,
		    "the backup was interrupted");
	else
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "the backup failed: %s ended with %d", program,
		    proc->status);
	if (said.len > 0)
		(void)tb_err_detail(err, "%s", said.s);
	(void)tb_err_detail(err, "Nothing was run.");
	tb_buf_release(&said);
	return -1;
}

static int
run_pg_dump(PGconn *db, const char *role, const char *path, struct tb_err *err)
{
	char *program = find_pg_dump();
	struct tb_strs argv = TB_STRS_INIT, old = TB_STRS_INIT;
	struct tb_proc proc = TB_PROC_INIT;
	int rc;

	if (program == NULL) {
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "could not find pg_dump, so there is no backup");
		return tb_err_hint(err,
		    "Install postgresql-client, or set PGBIN to the folder of "
		    "PostgreSQL's programs.");
	}
	tb_strs_add(&argv, program);
	tb_strs_add(&argv, "--format=custom");
	tb_strs_add(&argv, "--no-password");
	tb_strs_addf(&argv, "--file=%s", path);
	if (role != NULL)
		tb_strs_addf(&argv, "--role=%s", role);
	set_environment(db, &old);
	rc = tb_proc_run(argv.v, &proc, err);
	restore_environment(&old);
	if (rc == -1)
		err->code = TB_EXIT_UNAVAILABLE;
	else if (proc.status != 0)
		rc = dump_failed(&proc, program, err);
	tb_proc_release(&proc);
	tb_strs_release(&argv);
	tb_strs_release(&old);
	free(program);
	return rc;
}

/* Only we may read it: it holds all that the database holds. */
static int
make_private(const char *path, struct tb_err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd == -1)
		return tb_err_set(err, TB_EXIT_CANTCREAT,
		    "could not write the backup \"%s\": %m", path);
	(void)close(fd);
	return 0;
}

/* A name that somebody took meanwhile is not ours to replace. */
static int
give_name(const char *path, const char *file, struct tb_err *err)
{
	if (link(path, file) == 0) {
		(void)unlink(path);
		return 0;
	}
	/* A file system without links. */
	if (errno != EEXIST && rename(path, file) == 0)
		return 0;
	return tb_err_set(err, TB_EXIT_CANTCREAT,
	    "could not write the backup \"%s\": %m", file);
}

static void
tell(const char *file, double seconds)
{
	char span[TB_CLOCK_SPAN_LEN + 1];
	struct stat st;

	tb_progress_done();
	tb_clock_span(seconds, span);
	if (stat(file, &st) == 0)
		tb_info("backup \"%s\": %.1f MiB (%s)", file,
		    (double)st.st_size / (1024 * 1024), span);
}

int
mig_backup(const struct tb_ctx *ctx, struct tb_err *err)
{
	const char *file = mig_opts.backup;
	double start = tb_clock_now();
	char *part;
	int rc;

	if (tb_file_exists(file))
		return tb_err_set(err, TB_EXIT_CANTCREAT,
		    "the backup \"%s\" is there already", file);
	part = tb_asprintf("%s.part%ld", file, (long)getpid());
	if ((rc = make_private(part, err)) == 0) {
		tb_progress("backup to \"%s\"", file);
		rc = run_pg_dump(ctx->db, mig_role(ctx), part, err);
		if (rc == 0)
			rc = give_name(part, file, err);
		if (rc == 0)
			tell(file, tb_clock_now() - start);
		else
			(void)unlink(part);
	}
	tb_progress_done();
	free(part);
	return rc;
}
