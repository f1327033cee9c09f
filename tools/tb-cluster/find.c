/*
 * find.c: where PostgreSQL's programs are.
 */
#include "core/tb.h"

#include <bsd/stdlib.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cluster.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/proc.h"
#include "pg/conn.h"

static bool
is_executable(const char *dir, const char *name)
{
	char *path = tb_path_join(dir, name);
	bool yes = access(path, X_OK) == 0;

	free(path);
	return yes;
}

/* "postgres (PostgreSQL) 15.20 (Debian ...)": what stands after ") ". */
static char *
version_of(const char *dir)
{
	char *path = tb_path_join(dir, "postgres");
	char *argv[] = { path, (char[]){ "--version" }, NULL };
	struct tb_proc proc = TB_PROC_INIT;
	struct tb_err err = TB_ERR_INIT;
	const char *word;
	char *version = NULL;

	if (tb_proc_run(argv, &proc, &err) == 0 && proc.status == 0 &&
	    (word = strstr(proc.out.s, ") ")) != NULL)
		version = tb_strndup(word + 2, strcspn(word + 2, " \n"));
	tb_err_release(&err);
	tb_proc_release(&proc);
	free(path);
	return version;
}

static int
major_of(const char *version)
{
	char *digits = tb_strndup(version, strspn(version, "0123456789"));
	int major = (int)strtonum(digits, 1, 999, NULL);

	free(digits);
	return major;
}

/* Highest version first: a longer number is a higher one. */
static int
by_version(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;

	return strverscmp(y, x);
}

static void
add_glob(struct tb_strs *dirs, const char *pattern)
{
	glob_t found = { .gl_pathc = 0 };

	if (glob(pattern, 0, NULL, &found) == 0) {
		qsort(found.gl_pathv, found.gl_pathc, sizeof(char *),
		    by_version);
		for (size_t i = 0; i < found.gl_pathc; i++)
			tb_strs_add(dirs, found.gl_pathv[i]);
	}
	globfree(&found);
}

static void
add_pg_config(struct tb_strs *dirs)
{
	char *argv[] = { (char[]){ "pg_config" }, (char[]){ "--bindir" },
		NULL };
	struct tb_proc proc = TB_PROC_INIT;
	struct tb_err err = TB_ERR_INIT;

	if (tb_proc_run(argv, &proc, &err) == 0 && proc.status == 0) {
		tb_buf_rtrim(&proc.out);
		tb_strs_add(dirs, proc.out.s);
	}
	tb_err_release(&err);
	tb_proc_release(&proc);
}

static void
candidates(struct tb_strs *dirs)
{
	static const char *const patterns[] = {
		"/usr/lib/postgresql/*/bin",         /* Debian */
		"/usr/pgsql-*/bin",                  /* Red Hat */
		"/opt/homebrew/opt/postgresql*/bin", /* brew, ARM */
		"/usr/local/opt/postgresql*/bin",    /* brew, Intel */
	};
	const char *given = getenv("PGBIN");
	const char *path = getenv("PATH");

	/* Who names one wants no other. */
	if (given != NULL && given[0] != '\0') {
		tb_strs_add(dirs, given);
		return;
	}
	add_pg_config(dirs);
	for (size_t i = 0; i < TB_LEN(patterns); i++)
		add_glob(dirs, patterns[i]);
	tb_strs_split(dirs, path != NULL ? path : "/usr/bin:/bin", ":");
}

static int
not_found(const struct tb_strs *seen, int major, struct tb_err *err)
{
	const char *given = getenv("PGBIN");
	char *versions = tb_strs_join(seen, ", ");

	if (major != 0)
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "the cluster was made by PostgreSQL %d, which is not "
		    "installed",
		    major);
	else
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "could not find PostgreSQL's initdb and postgres");
	if (given != NULL && given[0] != '\0')
		(void)tb_err_detail(err, "PGBIN is \"%s\".", given);
	if (seen->n > 0)
		(void)tb_err_detail(err, "Found: PostgreSQL %s.", versions);
	if (major != 0)
		(void)tb_err_hint(err,
		    "Install postgresql-%d, or give it up: \"tb-cluster "
		    "destroy\".",
		    major);
	else
		(void)tb_err_hint(err,
		    "Run \"make deps\" or \"apt-get install postgresql\" "
		    "(macOS: \"brew install postgresql@17\"), or set PGBIN "
		    "to their folder.");
	free(versions);
	return -1;
}

/* 1: this one; 0: not fit. */
static bool
try_dir(const char *dir, int major, struct clu_bin *bin, struct tb_strs *seen)
{
	if (!is_executable(dir, "initdb") || !is_executable(dir, "postgres") ||
	    (bin->version = version_of(dir)) == NULL)
		return false;
	bin->major = major_of(bin->version);
	if (bin->major * 10000 >= TB_PG_OLDEST &&
	    (major == 0 || bin->major == major)) {
		bin->dir = tb_strdup(dir);
		return true;
	}
	if (!tb_strs_has(seen, bin->version))
		tb_strs_add(seen, bin->version);
	clu_bin_release(bin);
	return false;
}

int
clu_find(int major, struct clu_bin *bin, struct tb_err *err)
{
	struct tb_strs dirs = TB_STRS_INIT, seen = TB_STRS_INIT;
	size_t i = 0;
	int rc = 0;

	*bin = (struct clu_bin){ .dir = NULL };
	candidates(&dirs);
	while (i < dirs.n && !try_dir(dirs.v[i], major, bin, &seen))
		i++;
	if (i == dirs.n)
		rc = not_found(&seen, major, err);
	else
		tb_debug("PostgreSQL %s in \"%s\"", bin->version, bin->dir);
	tb_strs_release(&dirs);
	tb_strs_release(&seen);
	return rc;
}

void
clu_bin_release(struct clu_bin *bin)
{
	free(bin->dir);
	free(bin->version);
	*bin = (struct clu_bin){ .dir = NULL };
}
