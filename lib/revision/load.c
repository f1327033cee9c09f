/*
 * load.c: the headers of many files.
 *
 * Opening and reading is nearly all there is to do, so a big folder is cut
 * into parts.  Each has memory of its own, and they are put together in the
 * order of the files: nothing else is shared.
 */
#include "core/tb.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/parts.h"
#include "revision/header.h"
#include "revision/link.h"

#define MIN_FILES 500 /* for fewer a thread does not pay */

struct part {
	int rc;
	struct tb_pool pool;
	struct tb_revs revs;
	struct tb_err err;
};

struct loading {
	int dir;     /* open; or AT_FDCWD */
	size_t skip; /* so much of a path leads to the folder */
	const struct tb_strs *paths;
	struct part parts[TB_PARTS_MAX];
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
static void
load_part(void *arg, size_t number, size_t first, size_t end)
{
	struct loading *l = arg;
	struct part *part = &l->parts[number];

	for (size_t i = first; part->rc == 0 && i < end; i++) {
		struct tb_header h = TB_HEADER_INIT;
		const char *path = l->paths->v[i];

		part->rc = tb_header_read_at(l->dir, path + l->skip, path, &h,
		    &part->err);
		if (part->rc == 0)
			tb_load_header(&part->pool, &h, &part->revs);
	}
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
	struct loading l = { .dir = dir, .skip = skip, .paths = paths };
	size_t parts = tb_parts_count(paths->n, MIN_FILES);
	int rc = 0;

	tb_parts_run(paths->n, parts, load_part, &l);
	for (size_t i = 0; i < parts; i++)
		rc = join_part(g, &l.parts[i], rc, err);
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
