/*
 * socket.c: where the server listens.
 */
#include "core/tb.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "cluster.h"
#include "core/err.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/log.h"
#include "core/mem.h"

/* The system's limit counts the NUL at the end, and differs by system. */
#define PATH_LIMIT (sizeof(((struct sockaddr_un *)NULL)->sun_path) - 1)

/*
 * Does a socket fit there?  A comma divides hosts in PGHOST and cannot be
 * quoted.
 */
static bool
fits(const char *dir, int port)
{
	int n = snprintf(NULL, 0, "%s/.s.PGSQL.%d", dir, port);

	return n > 0 && (size_t)n <= PATH_LIMIT && strchr(dir, ',') == NULL;
}

/* "tb-<uid>-<hash of the cluster's path>" */
static char *
runtime_name(const struct clu *c)
{
	char hash[TB_HASH_LEN + 1];

	tb_hash(c->dir, strlen(c->dir), hash);
	return tb_asprintf("tb-%ld-%.12s", (long)geteuid(), hash);
}

bool
clu_is_runtime_dir(const struct clu *c, const char *dir)
{
	char *name = runtime_name(c);
	bool yes = strcmp(tb_path_base(dir), name) == 0;

	free(name);
	return yes;
}

static bool
is_own_dir(const char *path, mode_t forbidden)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) &&
	    st.st_uid == geteuid() && (st.st_mode & forbidden) == 0;
}

static char *
runtime_base(void)
{
	const char *xdg = getenv("XDG_RUNTIME_DIR");

	/* As root it may be that of another user. */
	if (xdg != NULL && xdg[0] == '/' && is_own_dir(xdg, 022))
		return tb_strdup(xdg);
	return tb_strdup("/tmp");
}

/* Anyone can make a name in /tmp before us: take it only if it is ours. */
static int
make_runtime_dir(const char *path, bool share, struct tb_err *err)
{
	if (mkdir(path, 0700) == -1 && errno != EEXIST)
		return tb_err_set(err, TB_EXIT_CANTCREAT,
		    "could not create directory \"%s\": %m", path);
	if (!is_own_dir(path, 022)) {
		(void)tb_err_set(err, TB_EXIT_NOPERM,
		    "\"%s\" is not a directory of ours alone", path);
		return tb_err_hint(err,
		    "The socket was to go there; name a folder with a shorter "
		    "path with -D.");
	}
	if (chmod(path, share ? 0711 : 0700) == -1)
		return tb_err_set(err, TB_EXIT_NOPERM,
		    "could not change the mode of directory \"%s\": %m", path);
	return 0;
}

int
clu_socket_dir(const struct clu *c, const struct clu_server *s, char **dir,
    struct tb_err *err)
{
	char *base, *name;
	int rc = 0;

	if (fits(c->dir, s->port)) {
		*dir = tb_strdup(c->dir);
		return 0;
	}
	base = runtime_base();
	name = runtime_name(c);
	*dir = tb_path_join(base, name);
	if (!fits(*dir, s->port)) {
		free(*dir);
		*dir = tb_path_join("/tmp", name);
	}
	if ((rc = make_runtime_dir(*dir, s->share, err)) == -1) {
		free(*dir);
		*dir = NULL;
	} else {
		tb_debug("the path is too long for a socket, which is in "
			 "\"%s\"",
		    *dir);
	}
	free(base);
	free(name);
	return rc;
}

int
clu_check_port(int *port, struct tb_err *err)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int one = 1, rc = 0;

	a.sin_port = htons((in_port_t)*port);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	/* No IPv4 here: the server will say what is wrong, if anything is. */
	if (fd == -1)
		return 0;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) == -1) {
		rc = tb_err_set(err,
		    errno == EACCES ? TB_EXIT_NOPERM : TB_EXIT_BUSY,
		    "could not listen on localhost, port %d: %m", *port);
		(void)tb_err_hint(err,
		    "Give another port, or --port 0 for "
		    "any free one.");
	} else if (*port == 0 &&
	    getsockname(fd, (struct sockaddr *)&a, &len) == 0) {
		*port = ntohs(a.sin_port);
	}
	(void)close(fd);
	return rc;
}
