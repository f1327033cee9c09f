/*
 * engine.c: docker or podman.
 *
 * Only their command is called: it knows the context, DOCKER_HOST, the socket
 * and who may use it, and we need none of that.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "connect.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"

int
con_engine_find(struct con_engine *e, struct tb_err *err)
{
	static const char *const names[] = { "docker", "podman" };

	*e = (struct con_engine){ .program = NULL };
	if (con_opts.runtime != NULL)
		e->program = tb_proc_find(con_opts.runtime);
	for (size_t i = 0; con_opts.runtime == NULL && i < TB_LEN(names); i++)
		if ((e->program = tb_proc_find(names[i])) != NULL)
			break;
	if (e->program != NULL) {
		e->name = tb_path_base(e->program);
		return 0;
	}
	if (con_opts.runtime != NULL)
		return tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "could not find program \"%s\"", con_opts.runtime);
	(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
	    "neither docker nor podman is installed");
	return tb_err_hint(err,
	    "Install one (\"apt-get install docker.io\"), or name the server "
	    "with -h.");
}

void
con_engine_release(struct con_engine *e)
{
	free(e->program);
	*e = (struct con_engine){ .program = NULL };
}

static const struct complaint {
	const char *text; /* in what the command says */
	int code;
	const char *message, *hint;
} complaints[] = {
	{ "permission denied while trying to connect", TB_EXIT_NOPERM,
	    "the engine does not let you in",
	    "Let root run it, or join the group of its socket (\"sudo usermod "
	    "-aG docker $USER\", then log in again)." },
	{ "annot connect to the Docker daemon", TB_EXIT_UNAVAILABLE,
	    "the engine is not running",
	    "Start it: \"sudo systemctl start docker\"; on macOS and Windows "
	    "start Docker Desktop." },
	{ "error during connect", TB_EXIT_UNAVAILABLE,
	    "the engine does not answer",
	    "Check DOCKER_HOST and \"docker context ls\"." },
	{ "onnect to Podman", TB_EXIT_UNAVAILABLE, "the engine is not running",
	    "Start it: \"podman machine start\"." },
	{ "context not found", TB_EXIT_CONFIG, "the context leads to no engine",
	    "Check DOCKER_CONTEXT and \"docker context ls\"." },
	{ "not found on the file system", TB_EXIT_CONFIG,
	    "the context leads to no engine",
	    "Check DOCKER_CONTEXT and \"docker context ls\"." },
};

static int
engine_error(const struct con_engine *e, const struct tb_proc *proc,
    struct tb_err *err)
{
	struct tb_buf said = TB_BUF_INIT;
	size_t i = 0;

	tb_buf_add(&said, proc->err.s);
	tb_buf_rtrim(&said);
	while (i < TB_LEN(complaints) &&
	    strstr(said.s, complaints[i].text) == NULL)
		i++;
	if (i < TB_LEN(complaints)) {
		(void)tb_err_set(err, complaints[i].code, "%s: %s", e->name,
		    complaints[i].message);
		(void)tb_err_hint(err, "%s", complaints[i].hint);
	} else {
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "%s ended with code %d", e->name, proc->status);
	}
	if (said.len > 0)
		(void)tb_err_detail(err, "%s", said.s);
	tb_buf_release(&said);
	return -1;
}

int
con_engine_run(const struct con_engine *e, const char *const words[],
    struct tb_proc *proc, struct tb_err *err)
{
	struct tb_strs argv = TB_STRS_INIT;
	int rc;

	tb_strs_add(&argv, e->program);
	for (size_t i = 0; words[i] != NULL; i++)
		tb_strs_add(&argv, words[i]);
	rc = tb_proc_run(argv.v, proc, err);
	if (rc == 0 && proc->status != 0)
		rc = engine_error(e, proc, err);
	tb_strs_release(&argv);
	return rc;
}

/* "ssh://user@host:22", "tcp://host:2375": the host, or NULL. */
static char *
host_of(const char *endpoint)
{
	const char *p = strstr(endpoint, "://"), *at;
	size_t n;

	if (p == NULL || strncmp(endpoint, "unix:", 5) == 0 ||
	    strncmp(endpoint, "npipe:", 6) == 0 ||
	    strncmp(endpoint, "fd:", 3) == 0)
		return NULL;
	p += 3;
	n = strcspn(p, "/\n");
	if ((at = memchr(p, '@', n)) != NULL) {
		n -= (size_t)(at + 1 - p);
		p = at + 1;
	}
	if (*p == '[')
		return tb_strndup(p + 1, strcspn(p + 1, "]"));
	n = n < strcspn(p, ":") ? n : strcspn(p, ":");
	return n > 0 ? tb_strndup(p, n) : NULL;
}

static bool
is_podman(const struct con_engine *e)
{
	return strcmp(e->name, "podman") == 0;
}

char *
con_engine_host(const struct con_engine *e)
{
	static const char *const words[] = { "context", "inspect", "--format",
		"{{.Endpoints.docker.Host}}", NULL };
	const char *env =
	    getenv(is_podman(e) ? "CONTAINER_HOST" : "DOCKER_HOST");
	struct tb_proc proc = TB_PROC_INIT;
	struct tb_err err = TB_ERR_INIT;
	char *host = NULL;

	if (env != NULL && env[0] != '\0')
		return host_of(env);
	/* Old versions have no contexts, and so no other host. */
	if (!is_podman(e) && con_engine_run(e, words, &proc, &err) == 0)
		host = host_of(proc.out.s);
	tb_err_release(&err);
	tb_proc_release(&proc);
	return host;
}
