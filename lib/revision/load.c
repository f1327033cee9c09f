/*
 * load.c: the headers of many files.
 *
 * Opening and reading is nearly all there is to do, so a big folder is cut
 * into parts, one for each processor.  Each part has memory of its own, and
 * they are put together in the order of the files: nothing else is shared.
 */
#include "core/tb.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "revision/header.h"
#include "revision/link.h"

/* More threads do not pay, nor do those for fewer files. */
#define MAX_PARTS 4
#define MIN_FILES 500

struct part {
	size_t skip; /* so much of a path leads to the folder */
	char *const *paths;
	size_t n;
	pthread_t thread;
	int dir; /* open; or -1 */
	bool threaded;
	/* Out: */
	int rc;
	struct tb_pool pool;
	struct tb_revs revs;
	struct tb_err err;
};

/* The pool's own copy; what was read is released. */
static struct tb_header
keep_header(struct tb_pool *p, struct tb_header *h)
{
	struct tb_header copy = *h;

	copy.path = tb_pool_strdup(p, h->path);
	copy.id = tb_pool_strdup(p, h->id);
	copy.message = tb_pool_strdup(p, h->message);
	copy.date = tb_pool_strdup(p, h->date);
	copy.down_revision = tb_pool_strs(p, &h->down_revision);
	copy.depends_on = tb_pool_strs(p, &h->depends_on);
	copy.labels = tb_pool_strs(p, &h->labels);
	copy.replaces = tb_pool_strs(p, &h->replaces);
	copy.lint_ignore = tb_pool_strs(p, &h->lint_ignore);
	copy.lock_timeout = tb_pool_strdup(p, h->lock_timeout);
	copy.statement_timeout = tb_pool_strdup(p, h->statement_timeout);
	tb_header_release(h);
	return copy;
}

void
tb_load_header(struct tb_pool *p, struct tb_header *h, struct tb_revs *to)
{
	struct tb_revision *r = tb_pool_calloc(p, sizeof(*r));

	r->h = keep_header(p, h);
	r->index = to->n;
	tb_revs_add(to, r);
}

/* Names relative to the open folder spare the way to it for each file. */
static void *
load_part(void *arg)
{
	struct part *part = arg;

	for (size_t i = 0; part->rc == 0 && i < part->n; i++) {
		struct tb_header h = TB_HEADER_INIT;
		const char *path = part->paths[i];

		part->rc = tb_header_read_at(part->dir, path + part->skip, path,
		    &h, &part->err);
		if (part->rc == 0)
			tb_load_header(&part->pool, &h, &part->revs);
	}
	return NULL;
}

static size_t
count_parts(size_t files)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = files / MIN_FILES;

	if (n > MAX_PARTS)
		n = MAX_PARTS;
	if (processors >= 1 && n > (size_t)processors)
		n = (size_t)processors;
	return n > 0 ? n : 1;
}

/* The last part is for this thread, and what no other can be had for. */
static void
run_parts(struct part *parts, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		parts[i].threaded = pthread_create(&parts[i].thread, NULL,
					load_part, &parts[i]) == 0;
	for (size_t i = 0; i < n; i++)
		if (!parts[i].threaded)
			(void)load_part(&parts[i]);
	for (size_t i = 0; i < n; i++)
		if (parts[i].threaded)
			(void)pthread_join(parts[i].thread, NULL);
}

/* Of several errors that of the first file is told. */
static int
join_part(struct tb_graph *g, struct part *part, int rc, struct tb_err *err)
{
	for (size_t i = 0; i < part->revs.n; i++) {
		part->revs.v[i]->index = g->revs.n;
		tb_revs_add(&g->revs, part->revs.v[i]);
	}
	tb_revs_release(&part->revs);
	tb_pool_join(&g->pool, &part->pool);
	if (rc == 0 && part->rc == -1)
		tb_err_move(err, &part->err);
	tb_err_release(&part->err);
	return rc == -1 ? -1 : part->rc;
}

static int
load(struct tb_graph *g, int dir, size_t skip, const struct tb_strs *paths,
    struct tb_err *err)
{
	struct part parts[MAX_PARTS];
	size_t n = count_parts(paths->n), done = 0;
	int rc = 0;

	for (size_t i = 0; i < n; i++) {
		size_t end = paths->n * (i + 1) / n;

		parts[i] = (struct part){ .dir = dir,
			.skip = skip,
			.paths = paths->v + done,
			.n = end - done };
		done = end;
	}
	run_parts(parts, n);
	for (size_t i = 0; i < n; i++)
		rc = join_part(g, &parts[i], rc, err);
	return rc;
}

int
tb_load_dir(struct tb_graph *g, const char *dir, bool recursive,
    struct tb_err *err)
{
	struct tb_strs paths = TB_STRS_INIT;
	size_t n = strlen(dir);
	int rc = tb_dir_list(dir, ".sql", recursive, &paths, err);
	int fd = -1;

	if (rc == 0 && paths.n > 0 && paths.v[0][n] == '/')
		fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (rc == 0)
		rc = fd != -1 ? load(g, fd, n + 1, &paths, err) :
				load(g, AT_FDCWD, 0, &paths, err);
	if (fd != -1)
		(void)close(fd);
	tb_strs_release(&paths);
	return rc;
}
