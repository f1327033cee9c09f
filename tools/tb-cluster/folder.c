/*
 * folder.c: making, claiming, locking and removing the cluster's folder.
 */
#include "core/tb.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cluster.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"

#define MARKER "tb-cluster"
#define LOCK   "lock"

static const char marker_text[] =
    "This folder is a private PostgreSQL made by tb-cluster(1).\n"
    "\"tb-cluster destroy\" removes it; without this file it will not.\n";

/*
 * While we are root: make the folder with the rights of the user, *made tells
 * whether that went well.  -1 if the way there is closed to the user.
 */
static int
make_as_user(const struct clu *c, const struct passwd *pw, bool *made,
    struct tb_err *err)
{
	struct tb_err why = TB_ERR_INIT;
	char *parent;
	int rc;

	if (setegid(pw->pw_gid) == -1 || seteuid(pw->pw_uid) == -1)
		return tb_err_set(err, TB_EXIT_NOPERM,
		    "could not become user \"%s\": %m", c->user);
	/* The folder itself may be one that is just about to be given away. */
	parent = tb_path_dir(c->dir);
	rc = clu_check_way(c, parent, err);
	free(parent);
	if (rc == 0)
		*made = tb_mkdirs(c->dir, 0700, &why) == 0;
	tb_err_release(&why);
	if (seteuid(0) == -1 || setegid(0) == -1)
		tb_bug("could not become root again");
	return rc;
}

/* Nothing in it, so that giving it away gives away nothing else. */
static bool
is_empty(int fd)
{
	DIR *d = fdopendir(dup(fd));
	int n = 0;

	if (d == NULL)
		return false;
	while (readdir(d) != NULL)
		n++;
	(void)closedir(d);
	return n == 2;
}

static int
give_to(const struct clu *c, const struct passwd *pw, struct tb_err *err)
{
	int fd = open(c->dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	int rc = 0;

	if (fd == -1 || fstat(fd, &st) == -1)
		rc = tb_err_set(err, TB_EXIT_NOPERM,
		    "could not open directory \"%s\": %m", c->dir);
	else if (st.st_uid == 0 && is_empty(fd) &&
	    fchown(fd, pw->pw_uid, pw->pw_gid) == -1)
		rc = tb_err_set(err, TB_EXIT_NOPERM,
		    "could not give directory \"%s\" to user \"%s\": %m",
		    c->dir, c->user);
	if (fd != -1)
		(void)close(fd);
	return rc;
}

/*
 * The parent may be root's: then root makes the folder and gives it away.
 */
static int
make_as_root(const struct clu *c, struct tb_err *err)
{
	const struct passwd *pw = getpwnam(c->user);
	bool made = false;
	char *parent;
	int rc;

	if (pw == NULL)
		tb_bug("user \"%s\" is gone", c->user);
	if (make_as_user(c, pw, &made, err) == -1)
		return -1;
	if (!made) {
		parent = tb_path_dir(c->dir);
		rc = tb_mkdirs(parent, 0755, err);
		free(parent);
		if (rc == -1 || tb_mkdirs(c->dir, 0700, err) == -1)
			return -1;
	}
	return give_to(c, pw, err);
}

int
clu_make_dir(const struct clu *c, struct tb_err *err)
{
	if (c->root)
		return make_as_root(c, err);
	if (clu_check_way(c, c->dir, err) == -1)
		return -1;
	return tb_mkdirs(c->dir, 0700, err);
}

int
clu_no_cluster(const struct clu *c, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_NOINPUT, "there is no cluster in \"%s\"",
	    c->dir);
	return tb_err_hint(err,
	    "\"tb-cluster start\" makes one; -D and "
	    "TB_CLUSTER name its folder.");
}

int
clu_dir_look(const struct clu *c, enum clu_dir *found, struct tb_err *err)
{
	DIR *d = opendir(c->dir);
	const struct dirent *e;

	*found = CLU_DIR_ABSENT;
	if (d == NULL && errno == ENOENT)
		return 0;
	if (d == NULL && errno == ENOTDIR)
		return tb_err_set(err, TB_EXIT_CANTCREAT,
		    "\"%s\" is not a directory", c->dir);
	if (d == NULL)
		return tb_err_set(err, TB_EXIT_NOPERM,
		    "could not open directory \"%s\": %m", c->dir);
	while ((e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, MARKER) == 0) {
			*found = CLU_DIR_OURS;
			break;
		}
		/* The lock is there before the marker. */
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0 &&
		    strcmp(e->d_name, LOCK) != 0)
			*found = CLU_DIR_FOREIGN;
	}
	(void)closedir(d);
	return 0;
}

static int
check_owner(const struct clu *c, struct tb_err *err)
{
	const struct passwd *pw;
	struct stat st;

	if (stat(c->dir, &st) == -1)
		return tb_err_set(err, TB_EXIT_NOPERM,
		    "could not look at directory \"%s\": %m", c->dir);
	if (st.st_uid == geteuid())
		return 0;
	pw = getpwuid(st.st_uid);
	(void)tb_err_set(err, TB_EXIT_NOPERM,
	    "directory \"%s\" belongs to user \"%s\", the server would run "
	    "as user \"%s\"",
	    c->dir, pw != NULL ? pw->pw_name : "?", c->user);
	return tb_err_hint(err, "Name another folder with -D%s.",
	    c->root ? ", or that user with --user" : "");
}

int
clu_set_mode(const struct clu *c, bool share, struct tb_err *err)
{
	if (chmod(c->dir, share ? 0711 : 0700) == 0)
		return 0;
	return tb_err_set(err, TB_EXIT_NOPERM,
	    "could not change the mode of directory \"%s\": %m", c->dir);
}

bool
clu_is_shared(const struct clu *c)
{
	struct stat st;

	return stat(c->dir, &st) == 0 && (st.st_mode & S_IXOTH) != 0;
}

/* A lock on a file that was removed meanwhile is worth nothing. */
static bool
still_there(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_nlink > 0;
}

static int
lock_once(const char *path, struct tb_err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd == -1)
		return tb_err_set(err,
		    errno == EACCES ? TB_EXIT_NOPERM : TB_EXIT_CANTCREAT,
		    "could not open file \"%s\": %m", path);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && still_there(fd))
		return fd;
	(void)close(fd);
	return tb_err_set(err, TB_EXIT_BUSY,
	    "another tb-cluster is at work on this cluster");
}

int
clu_lock(struct clu *c, struct tb_err *err)
{
	double end = tb_clock_now() + clu_opts.timeout;
	char *path;

	if (check_owner(c, err) == -1)
		return -1;
	path = clu_path(c, LOCK);
	while ((c->lock = lock_once(path, err)) == -1 &&
	    err->code == TB_EXIT_BUSY && tb_clock_now() < end)
		tb_clock_sleep(0.02);
	if (c->lock != -1)
		tb_err_release(err);
	free(path);
	return c->lock != -1 ? 0 : -1;
}

static int
check_foreign(const struct clu *c, enum clu_dir *found, struct tb_err *err)
{
	if (clu_dir_look(c, found, err) == -1)
		return -1;
	if (*found != CLU_DIR_FOREIGN)
		return 0;
	(void)tb_err_set(err, TB_EXIT_CANTCREAT,
	    "directory \"%s\" is not empty and not a cluster of tb-cluster",
	    c->dir);
	return tb_err_hint(err, "Name an empty or a new folder with -D.");
}

/*
 * Made in one step: whoever looks meanwhile sees an empty folder or ours.
 */
static int
write_marker(const struct clu *c, struct tb_err *err)
{
	char *path = clu_path(c, MARKER);
	size_t len = strlen(marker_text);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	int rc = 0;

	if (fd == -1 || write(fd, marker_text, len) != (ssize_t)len)
		rc = tb_err_set(err, TB_EXIT_CANTCREAT,
		    "could not write file \"%s\": %m", path);
	if (fd != -1)
		(void)close(fd);
	free(path);
	return rc;
}

int
clu_claim(struct clu *c, struct tb_err *err)
{
	enum clu_dir found;

	/* Not even a lock is left in a folder that is not ours. */
	if (check_foreign(c, &found, err) == -1 || clu_lock(c, err) == -1 ||
	    check_foreign(c, &found, err) == -1)
		return -1;
	return found == CLU_DIR_OURS ? 0 : write_marker(c, err);
}

int
clu_remove_sockets(const char *dir, struct tb_err *err)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	int rc = 0;

	while (d != NULL && rc == 0 && (e = readdir(d)) != NULL)
		if (strncmp(e->d_name, ".s.PGSQL.", 9) == 0) {
			char *path = tb_path_join(dir, e->d_name);

			rc = tb_remove_tree(path, err);
			free(path);
		}
	if (d != NULL)
		(void)closedir(d);
	return rc;
}

static int
remove_runtime_dir(const struct clu *c, struct tb_err *err)
{
	char *dir = clu_saved_socket_dir(c);
	int rc = 0;

	if (dir != NULL && clu_is_runtime_dir(c, dir)) {
		rc = clu_remove_sockets(dir, err);
		(void)rmdir(dir);
	}
	free(dir);
	return rc;
}

int
clu_remove(const struct clu *c, struct tb_err *err)
{
	/* The marker goes last: until then it can be done again. */
	static const char *const names[] = { "data", "data.new", "server.log",
		"server.log.old", "settings", "server.lock", MARKER, LOCK };
	enum clu_dir left;

	if (remove_runtime_dir(c, err) == -1 ||
	    clu_remove_sockets(c->dir, err) == -1)
		return -1;
	for (size_t i = 0; i < TB_LEN(names); i++) {
		char *path = clu_path(c, names[i]);
		int rc = tb_remove_tree(path, err);

		free(path);
		if (rc == -1)
			return -1;
	}
	if (clu_dir_look(c, &left, err) == -1)
		return -1;
	if (left == CLU_DIR_FOREIGN)
		tb_warn("\"%s\" holds other files and was not removed", c->dir);
	else
		(void)rmdir(c->dir);
	return 0;
}
