#include "core/tb.h"

#include <bsd/string.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/strs.h"

static int
open_error(const char *path, struct tb_err *err)
{
	int code = errno == EACCES ? TB_EXIT_NOPERM : TB_EXIT_NOINPUT;

	return tb_err_set(err, code, "could not open file \"%s\": %s", path,
	    strerror(errno));
}

static int
read_fd(int fd, struct tb_buf *b)
{
	ssize_t n;

	do {
		tb_buf_reserve(b, 65536);
		if ((n = read(fd, b->s + b->len, 65536)) > 0) {
			b->len += (size_t)n;
			b->s[b->len] = '\0';
		}
	} while (n > 0 || (n == -1 && errno == EINTR));
	return n == 0 ? 0 : -1;
}

/* One read of the size that fstat(2) tells suffices for nearly every file. */
static int
read_sized(int fd, struct tb_buf *b)
{
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
		tb_buf_reserve(b, (size_t)st.st_size);
		n = read(fd, b->s + b->len, (size_t)st.st_size);
		if (n > 0) {
			b->len += (size_t)n;
			b->s[b->len] = '\0';
		}
		if (n == st.st_size)
			return 0;
	}
	return read_fd(fd, b);
}

int
tb_file_read(const char *path, struct tb_buf *b, struct tb_err *err)
{
	int fd, rc;

	if (strcmp(path, "-") == 0)
		return read_fd(STDIN_FILENO, b) == 0 ?
		    0 :
		    tb_err_set(err, TB_EXIT_NOINPUT,
			"could not read standard input: %s", strerror(errno));
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return open_error(path, err);
	if ((rc = read_sized(fd, b)) == -1)
		rc = tb_err_set(err, TB_EXIT_NOINPUT,
		    "could not read file \"%s\": %s", path, strerror(errno));
	(void)close(fd);
	return rc;
}

static int
write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n == -1 && errno != EINTR)
			return -1;
		if (n > 0) {
			data += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

static int
write_and_rename(int fd, const char *temp, const char *path, const char *data,
    size_t len, mode_t mode)
{
	int rc = 0;

	if (write_all(fd, data, len) == -1 || fchmod(fd, mode) == -1 ||
	    fsync(fd) == -1)
		rc = -1;
	if (close(fd) == -1)
		rc = -1;
	return rc == 0 ? rename(temp, path) : -1;
}

int
tb_file_write(const char *path, const char *data, size_t len, mode_t mode,
    struct tb_err *err)
{
	char *temp = tb_asprintf("%s.XXXXXX", path);
	int fd = mkostemp(temp, O_CLOEXEC);
	int rc = 0;

	if (fd == -1 ||
	    write_and_rename(fd, temp, path, data, len, mode) == -1) {
		rc = tb_err_set(err, TB_EXIT_CANTCREAT,
		    "could not write file \"%s\": %s", path, strerror(errno));
		if (fd != -1)
			(void)unlink(temp);
	}
	free(temp);
	return rc;
}

int
tb_mkdirs(const char *path, mode_t mode, struct tb_err *err)
{
	char *partial = tb_strdup(path);
	int rc = 0;

	for (char *p = partial + 1; rc == 0; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(partial, mode) == -1 &&
		    (errno != EEXIST || !tb_is_dir(partial)))
			rc = tb_err_set(err, TB_EXIT_CANTCREAT,
			    "could not create directory \"%s\": %s", partial,
			    strerror(errno));
		*p = c;
		if (c == '\0')
			break;
	}
	free(partial);
	return rc;
}

static int
remove_entry(const char *path, const struct stat *st TB_UNUSED,
    int kind TB_UNUSED, struct FTW *ftw TB_UNUSED)
{
	return remove(path);
}

int
tb_remove_tree(const char *path, struct tb_err *err)
{
	if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0 ||
	    errno == ENOENT)
		return 0;
	return tb_err_set(err, TB_EXIT_CANTCREAT, "could not remove \"%s\": %s",
	    path, strerror(errno));
}

static int
visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool
ends_in(const char *name, const char *suffix)
{
	size_t n = strlen(name), s = strlen(suffix);

	return n > s && strcmp(name + n - s, suffix) == 0;
}

/* d_type spares a stat(2) a file where the file system knows it. */
static bool
entry_is_dir(const struct dirent *d, const char *path)
{
	if (d->d_type == DT_REG)
		return false;
	return d->d_type == DT_DIR || tb_is_dir(path);
}

static int
list_entry(const char *dir, const struct dirent *d, const char *suffix,
    bool recursive, struct tb_strs *out, struct tb_err *err)
{
	char *path = tb_path_join(dir, d->d_name);
	int rc = 0;

	if (entry_is_dir(d, path)) {
		if (recursive)
			rc = tb_dir_list(path, suffix, recursive, out, err);
		free(path);
	} else if (ends_in(d->d_name, suffix)) {
		tb_strs_take(out, path);
	} else {
		free(path);
	}
	return rc;
}

int
tb_dir_list(const char *dir, const char *suffix, bool recursive,
    struct tb_strs *out, struct tb_err *err)
{
	struct dirent **entries;
	int n = scandir(dir, &entries, visible, by_bytes);
	int rc = 0;

	if (n == -1)
		return tb_err_set(err,
		    errno == EACCES ? TB_EXIT_NOPERM : TB_EXIT_NOINPUT,
		    "could not open directory \"%s\": %s", dir,
		    strerror(errno));
	for (int i = 0; i < n; i++) {
		if (rc == 0)
			rc = list_entry(dir, entries[i], suffix, recursive, out,
			    err);
		free(entries[i]);
	}
	free(entries);
	return rc;
}

bool
tb_file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool
tb_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *
tb_path_join(const char *dir, const char *name)
{
	size_t n = strlen(dir), size = n + strlen(name) + 2;
	char *path;

	if (name[0] == '/' || n == 0)
		return tb_strdup(name);
	/* Not by printf: folders of ten thousand files come this way. */
	path = tb_malloc(size);
	(void)strlcpy(path, dir, size);
	if (path[n - 1] != '/')
		path[n++] = '/';
	(void)strlcpy(path + n, name, size - n);
	return path;
}

char *
tb_path_dir(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return tb_strdup(".");
	return tb_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

char *
tb_path_absolute(const char *path)
{
	char *cwd, *result;

	if (path[0] == '/')
		return tb_strdup(path);
	if ((cwd = getcwd(NULL, 0)) == NULL)
		return tb_strdup(path);
	result =
	    strcmp(path, ".") == 0 ? tb_strdup(cwd) : tb_path_join(cwd, path);
	free(cwd);
	return result;
}

const char *
tb_path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}
