/*
 * link.c: from ids in headers to pointers between revisions.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "revision/link.h"
#include "revision/names.h"
#include "revision/near.h"

/* An error of this file, at the line of a key. */
static int fail(struct tb_err *err, const struct tb_revision *r,
    enum tb_header_key key, const char *fmt, ...) TB_PRINTF(4, 5);

static int
fail(struct tb_err *err, const struct tb_revision *r, enum tb_header_key key,
    const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = tb_vasprintf(fmt, ap);
	va_end(ap);
	(void)tb_err_set(err, TB_EXIT_DATA, "%s:%d: %s", r->h.path,
	    r->h.line[key], text);
	free(text);
	return -1;
}

/* "The other one is file:line." */
static int
point_at(struct tb_err *err, const struct tb_revision *r,
    enum tb_header_key key)
{
	return tb_err_detail(err, "The other one is in %s:%d.", r->h.path,
	    r->h.line[key]);
}

/* The same file, reached by two paths? */
static bool
same_file(const char *a, const char *b)
{
	struct stat x, y;

	return strcmp(a, b) == 0 ||
	    (stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
		x.st_ino == y.st_ino);
}

static int
add_ids(struct tb_graph *g, struct tb_err *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->revs.n; i++) {
		struct tb_revision *r = g->revs.v[i];
		const struct tb_name *old = tb_names_find(g->names, r->h.id);

		if (old == NULL) {
			r->index = kept;
			g->revs.v[kept++] = r;
			tb_names_add(g->names, r->h.id, r, TB_NAME_ID);
		} else if (same_file(old->rev->h.path, r->h.path)) {
			tb_warn("file \"%s\" is reached twice, also as \"%s\"",
			    old->rev->h.path, r->h.path);
		} else {
			(void)fail(err, r, TB_KEY_REVISION,
			    "revision \"%s\" is there twice", r->h.id);
			(void)point_at(err, old->rev, TB_KEY_REVISION);
			return -1;
		}
	}
	g->revs.n = kept;
	return 0;
}

static int
add_replaced(struct tb_graph *g, struct tb_revision *r, struct tb_err *err)
{
	const struct tb_strs *ids = &r->h.replaces;

	for (size_t i = 0; i < ids->n; i++) {
		const struct tb_name *old = tb_names_find(g->names, ids->v[i]);

		if (old != NULL) {
			(void)fail(err, r, TB_KEY_REPLACES,
			    old->kind == TB_NAME_ID ?
				"revision \"%s\" is replaced, but its file is "
				"still there" :
				"revision \"%s\" is replaced twice",
			    ids->v[i]);
			return point_at(err, old->rev,
			    old->kind == TB_NAME_ID ? TB_KEY_REVISION :
						      TB_KEY_REPLACES);
		}
		tb_names_add(g->names, ids->v[i], r,
		    i + 1 == ids->n ? TB_NAME_REPLACED : TB_NAME_REPLACED_PART);
	}
	return 0;
}

static int
add_labels(struct tb_graph *g, struct tb_revision *r, struct tb_err *err)
{
	const struct tb_strs *labels = &r->h.labels;

	for (size_t i = 0; i < labels->n; i++) {
		const struct tb_name *old =
		    tb_names_find(g->names, labels->v[i]);

		if (old != NULL) {
			(void)fail(err, r, TB_KEY_LABELS,
			    old->kind == TB_NAME_LABEL ?
				"label \"%s\" is used twice" :
				"label \"%s\" is the id of a revision",
			    labels->v[i]);
			return point_at(err, old->rev,
			    old->kind == TB_NAME_LABEL ? TB_KEY_LABELS :
							 TB_KEY_REVISION);
		}
		tb_names_add(g->names, labels->v[i], r, TB_NAME_LABEL);
	}
	return 0;
}

int
tb_link_names(struct tb_graph *g, struct tb_err *err)
{
	if (add_ids(g, err) == -1)
		return -1;
	for (size_t i = 0; i < g->revs.n; i++)
		if (add_replaced(g, g->revs.v[i], err) == -1)
			return -1;
	for (size_t i = 0; i < g->revs.n; i++)
		if (add_labels(g, g->revs.v[i], err) == -1)
			return -1;
	return 0;
}

static int
missing(const struct tb_graph *g, const struct tb_revision *r,
    enum tb_header_key key, const char *what, struct tb_err *err)
{
	struct tb_near near = tb_near(what);

	for (size_t i = 0; i < g->names->n; i++)
		tb_near_try(&near, g->names->v[i].name);
	(void)fail(err, r, key, "%s \"%s\" of revision \"%s\" is missing",
	    key == TB_KEY_DOWN_REVISION ? "parent" : "dependency", what,
	    r->h.id);
	if (near.best != NULL)
		return tb_err_hint(err, "Did you mean \"%s\"?", near.best);
	return tb_err_hint(err,
	    "No revision file has this id: was a file forgotten, or another "
	    "folder?");
}

/* What a word of down-revision or depends-on stands for; NULL: error. */
static struct tb_revision *
resolve(const struct tb_graph *g, const struct tb_revision *r,
    enum tb_header_key key, const char *what, struct tb_err *err)
{
	const struct tb_name *n = tb_names_find(g->names, what);

	if (n == NULL ||
	    (n->kind == TB_NAME_LABEL && key == TB_KEY_DOWN_REVISION)) {
		(void)missing(g, r, key, what, err);
		return NULL;
	}
	if (n->kind == TB_NAME_REPLACED_PART) {
		(void)fail(err, r, key,
		    "revision \"%s\" went into \"%s\", which is more than "
		    "\"%s\" was",
		    what, n->rev->h.id, what);
		(void)tb_err_hint(err, "Name \"%s\" here.", n->rev->h.id);
		return NULL;
	}
	if (n->rev == r) {
		(void)fail(err, r, key,
		    key == TB_KEY_DOWN_REVISION ?
			"revision \"%s\" is its own parent" :
			"revision \"%s\" depends on itself",
		    r->h.id);
		return NULL;
	}
	return n->rev;
}

/* Of two revisions: the upper one, and what it names. */
struct edge {
	struct tb_revision *from, *to;
};

struct linker {
	const struct tb_graph *g;
	size_t *mark;  /* of each revision: the last list that it is in */
	size_t number; /* of this list */
	/* Those of parents, and those of dependencies. */
	struct edge *v[2];
	size_t n[2], cap[2];
};

static void
add_edge(struct linker *l, bool down, struct tb_revision *from,
    struct tb_revision *to)
{
	l->v[down] =
	    tb_grow(l->v[down], l->n[down], &l->cap[down], sizeof(struct edge));
	l->v[down][l->n[down]++] = (struct edge){ from, to };
}

/*
 * Resolve the words of a key.  Some may stand for one revision: an id and its
 * label, or two old ids that it replaces.
 */
static int
resolve_list(struct linker *l, struct tb_revision *r, enum tb_header_key key,
    const struct tb_strs *words, struct tb_err *err)
{
	l->number++;
	for (size_t i = 0; i < words->n; i++) {
		struct tb_revision *p = resolve(l->g, r, key, words->v[i], err);

		if (p == NULL)
			return -1;
		if (l->mark[p->index] == l->number)
			continue;
		l->mark[p->index] = l->number;
		add_edge(l, key == TB_KEY_DOWN_REVISION, r, p);
	}
	return 0;
}

static int
resolve_all(struct linker *l, struct tb_err *err)
{
	for (size_t i = 0; i < l->g->revs.n; i++) {
		struct tb_revision *r = l->g->revs.v[i];

		if (resolve_list(l, r, TB_KEY_DOWN_REVISION,
			&r->h.down_revision, err) == -1 ||
		    resolve_list(l, r, TB_KEY_DEPENDS_ON, &r->h.depends_on,
			err) == -1)
			return -1;
	}
	return 0;
}

/* The list on one side of such edges. */
static struct tb_revs *
side(struct tb_revision *r, bool down, bool forth)
{
	if (down)
		return forth ? &r->parents : &r->children;
	return forth ? &r->depends_on : &r->dependents;
}

/*
 * All lists of one kind in one array, of which each gets its part: cap tells
 * how long it is to be until it is filled.
 */
static void
fill_lists(struct linker *l, bool down, bool forth, struct tb_revision **pool)
{
	const struct edge *v = l->v[down];
	size_t n = l->n[down];

	for (size_t i = 0; i < n; i++)
		side(forth ? v[i].from : v[i].to, down, forth)->cap++;
	for (size_t i = 0; i < n; i++) {
		struct tb_revision *at = forth ? v[i].from : v[i].to;
		struct tb_revs *list = side(at, down, forth);

		if (list->v == NULL) {
			list->v = pool;
			pool += list->cap;
			list->cap = 0;
		}
		list->v[list->n++] = forth ? v[i].to : v[i].from;
	}
}

static void
make_lists(struct tb_graph *g, struct linker *l)
{
	struct tb_revision **pool = tb_pool_calloc(&g->pool,
	    2 * (l->n[0] + l->n[1]) * sizeof(struct tb_revision *));

	for (int down = 0; down < 2; down++)
		for (int forth = 0; forth < 2; forth++) {
			fill_lists(l, down, forth, pool);
			pool += l->n[down];
		}
}

int
tb_link_edges(struct tb_graph *g, struct tb_err *err)
{
	struct linker l = { .g = g };
	int rc;

	l.mark = tb_calloc(g->revs.n + 1, sizeof(*l.mark));
	rc = resolve_all(&l, err);
	if (rc == 0)
		make_lists(g, &l);
	free(l.mark);
	free(l.v[0]);
	free(l.v[1]);
	return rc;
}
