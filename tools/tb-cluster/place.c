/*
 * place.c: where the cluster is and who runs it.
 */
#include "core/tb.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cluster.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/proc.h"

static char *
own_name(void)
{
	const struct passwd *pw = getpwuid(geteuid());

	return pw != NULL ? tb_strdup(pw->pw_name) : NULL;
}

/* The owner of an existing cluster, if root has none in mind. */
static char *
owner_of(const char *dir)
{
	const struct passwd *pw;
	struct stat st;

	if (dir == NULL || stat(dir, &st) == -1 || st.st_uid == 0 ||
	    (pw = getpwuid(st.st_uid)) == NULL)
		return NULL;
	return tb_strdup(pw->pw_name);
}

static int
check_server_user(const char *name, struct tb_err *err)
{
	const struct passwd *pw = getpwnam(name);

	if (pw == NULL) {
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "there is no user \"%s\" on this machine", name);
		return tb_err_hint(err,
		    "PostgreSQL does not run as root: install its packages, "
		    "which make the user postgres, or name a user with "
		    "--user.");
	}
	if (pw->pw_uid == 0)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "PostgreSQL does not run as root: \"%s\" is user 0", name);
	return 0;
}

static int
choose_as_root(struct clu *c, struct tb_err *err)
{
	c->root = true;
	c->starter = tb_strdup("root");
	if (clu_opts.user != NULL)
		c->user = tb_strdup(clu_opts.user);
	else if ((c->user = owner_of(c->dir)) == NULL)
		c->user = tb_strdup("postgres");
	return check_server_user(c->user, err);
}

int
clu_choose_user(struct clu *c, struct tb_err *err)
{
	if (geteuid() == 0)
		return choose_as_root(c, err);
	if ((c->user = own_name()) == NULL) {
		(void)tb_err_set(err, TB_EXIT_CONFIG, "user id %ld has no name",
		    (long)geteuid());
		return tb_err_hint(err,
		    "PostgreSQL wants one: add a line to /etc/passwd.");
	}
	c->starter = tb_strdup(c->user);
	if (clu_opts.user == NULL || strcmp(clu_opts.user, c->user) == 0)
		return 0;
	return tb_err_set(err, TB_EXIT_NOPERM,
	    "only root can run a server as user \"%s\"", clu_opts.user);
}

static const char *
non_empty(const char *s)
{
	return s != NULL && s[0] != '\0' ? s : NULL;
}

/* What was asked for, as it was written; NULL: nothing. */
static char *
asked_dir(const struct tb_conf *conf)
{
	const char *env = non_empty(getenv("TB_CLUSTER"));

	if (clu_opts.dir != NULL)
		return tb_path_absolute(clu_opts.dir);
	if (env != NULL)
		return tb_path_absolute(env);
	return tb_conf_path(conf, "cluster|directory");
}

/* As root "~" is the home of the user that the server runs as. */
static char *
default_dir(const struct clu *c)
{
	const char *state = non_empty(getenv("XDG_STATE_HOME"));
	const char *home = non_empty(getenv("HOME"));
	const struct passwd *pw = getpwnam(c->user);

	if (state != NULL && state[0] == '/')
		return tb_path_join(state, "tb/cluster");
	if ((c->root || home == NULL) && pw != NULL)
		home = pw->pw_dir;
	return tb_path_join(home != NULL ? home : "/",
	    ".local/state/tb/cluster");
}

static void
strip_slashes(char *path)
{
	for (size_t n = strlen(path); n > 1 && path[n - 1] == '/'; n--)
		path[n - 1] = '\0';
}

void
clu_set_dir(struct clu *c, char *dir)
{
	strip_slashes(dir);
	c->dir = dir;
	c->data = tb_path_join(dir, "data");
	c->log = tb_path_join(dir, "server.log");
}

int
clu_locate(struct clu *c, const struct tb_conf *conf, struct tb_err *err)
{
	if (clu_opts.dir != NULL && clu_opts.dir[0] == '\0')
		return tb_err_set(err, TB_EXIT_USAGE,
		    "the name of the cluster's folder is empty");
	c->dir = asked_dir(conf);
	if (clu_choose_user(c, err) == -1)
		return -1;
	clu_set_dir(c, c->dir != NULL ? c->dir : default_dir(c));
	if (strchr(c->dir, '\n') != NULL)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "the name of the cluster's folder holds a line end");
	return 0;
}

void
clu_release(struct clu *c)
{
	if (c->lock != -1)
		(void)close(c->lock);
	free(c->dir);
	free(c->data);
	free(c->log);
	free(c->user);
	free(c->starter);
	*c = (struct clu)CLU_INIT;
}

/* The first folder on the way that our user may not pass; NULL: none. */
static char *
closed_folder(const char *dir)
{
	char *path = tb_strdup(dir);

	for (char *p = path + 1;; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == -1 &&
		    errno == EACCES)
			return path;
		*p = c;
		if (c == '\0')
			break;
	}
	free(path);
	return NULL;
}

int
clu_check_way(const struct clu *c, const char *dir, struct tb_err *err)
{
	char *closed = closed_folder(dir);
	struct stat st;

	if (closed != NULL && stat(closed, &st) == 0 && !S_ISDIR(st.st_mode)) {
		free(closed);
		return tb_err_set(err, TB_EXIT_CANTCREAT,
		    "\"%s\" is not a directory", dir);
	}

	if (closed == NULL)
		return 0;
	(void)tb_err_set(err, TB_EXIT_NOPERM,
	    "user \"%s\" may not enter directory \"%s\"", c->user, closed);
	if (c->root)
		(void)tb_err_hint(err,
		    "As root the server runs as that user: name a folder that "
		    "it can reach with -D, or another user with --user.");
	else
		(void)tb_err_hint(err, "Name another folder with -D.");
	free(closed);
	return -1;
}

int
clu_enter(const struct clu *c, struct tb_err *err)
{
	if (c->root && tb_proc_become(c->user, err) == -1)
		return -1;
	/* The server keeps its own; ours may be closed to the user. */
	if (chdir("/") == -1)
		return tb_err_set(err, TB_EXIT_NOPERM,
		    "could not change to directory \"/\": %m");
	(void)umask(077);
	clu_env_clean();
	return c->dir != NULL ? clu_check_way(c, c->dir, err) : 0;
}

int
clu_open(struct clu *c, const struct tb_conf *conf, struct tb_err *err)
{
	enum clu_dir dir;

	if (clu_locate(c, conf, err) == -1 || clu_enter(c, err) == -1 ||
	    clu_dir_look(c, &dir, err) == -1)
		return -1;
	return dir == CLU_DIR_OURS ? 0 : clu_no_cluster(c, err);
}

char *
clu_path(const struct clu *c, const char *name)
{
	return tb_path_join(c->dir, name);
}
