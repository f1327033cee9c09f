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
			tb_revision_free(r);
		} else {
			(void)fail(err, r, TB_KEY_REVISION,
			    "revision \"%s\" is there twice", r->h.id);
			(void)point_at(err, old->rev, TB_KEY_REVISION);
			/* Not lost: what was not looked at is still owned. */
			memmove(&g->revs.v[kept], &g->revs.v[i],
			    (g->revs.n - i) * sizeof(struct tb_revision *));
			g->revs.n -= i - kept;
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

struct linker {
	const struct tb_graph *g;
	size_t *mark;  /* of each revision: the last list that it is in */
	size_t number; /* of this list */
};

/*
 * Resolve the words of a key into a list.  Some may stand for one revision:
 * an id and its label, or two old ids that it replaces.
 */
static int
link_list(struct linker *l, struct tb_revision *r, enum tb_header_key key,
    const struct tb_strs *words, struct tb_err *err)
{
	bool down = key == TB_KEY_DOWN_REVISION;

	l->number++;
	for (size_t i = 0; i < words->n; i++) {
		struct tb_revision *p = resolve(l->g, r, key, words->v[i], err);

		if (p == NULL)
			return -1;
		if (l->mark[p->index] == l->number)
			continue;
		l->mark[p->index] = l->number;
		tb_revs_add(down ? &r->parents : &r->depends_on, p);
		tb_revs_add(down ? &p->children : &p->dependents, r);
	}
	return 0;
}

int
tb_link_edges(struct tb_graph *g, struct tb_err *err)
{
	struct linker l = { .g = g };
	int rc = 0;

	l.mark = tb_calloc(g->revs.n + 1, sizeof(*l.mark));
	for (size_t i = 0; rc == 0 && i < g->revs.n; i++) {
		struct tb_revision *r = g->revs.v[i];

		rc = link_list(&l, r, TB_KEY_DOWN_REVISION, &r->h.down_revision,
		    err);
		if (rc == 0)
			rc = link_list(&l, r, TB_KEY_DEPENDS_ON,
			    &r->h.depends_on, err);
	}
	free(l.mark);
	return rc;
}

/*
 * Does it branch, into children or dependents?  One that names r both as its
 * parent and as a dependency counts once.
 */
static bool
branches(const struct tb_revision *r)
{
	size_t n = r->children.n;

	for (size_t i = 0; n <= 1 && i < r->dependents.n; i++)
		n += !tb_revs_has(&r->children, r->dependents.v[i]);
	return n > 1;
}

/*
 * A label goes to all descendants.  It goes to ancestors as well as long as
 * there is but one line: from the tip downwards, to the first revision that
 * branches (also into a dependent) or merges.
 */
static void
spread(struct tb_revision *r, const char *label, struct tb_revs *todo,
    bool *seen)
{
	bool line = true;

	tb_revs_add(todo, r);
	seen[r->index] = true;
	for (size_t at = 0; at < todo->n; at++) {
		struct tb_revision *x = todo->v[at];

		tb_strs_add(&x->labels, label);
		line = line && !branches(x) && x->parents.n <= 1;
		for (size_t i = 0; i < x->children.n; i++)
			if (!seen[x->children.v[i]->index]) {
				seen[x->children.v[i]->index] = true;
				tb_revs_add(todo, x->children.v[i]);
			}
	}
	for (size_t at = 0; at < todo->n; at++)
		seen[todo->v[at]->index] = false;
	todo->n = 0;
	while (line && r->parents.n == 1) {
		r = r->parents.v[0];
		if (r->parents.n > 1 || branches(r))
			break;
		tb_strs_add(&r->labels, label);
	}
}

void
tb_link_labels(struct tb_graph *g)
{
	struct tb_revs todo = TB_REVS_INIT;
	bool *seen = tb_calloc(g->revs.n + 1, sizeof(*seen));

	for (size_t i = 0; i < g->revs.n; i++) {
		struct tb_revision *r = g->revs.v[i];

		for (size_t j = 0; j < r->h.labels.n; j++)
			spread(r, r->h.labels.v[j], &todo, seen);
	}
	for (size_t i = 0; i < g->revs.n; i++)
		tb_strs_sort(&g->revs.v[i]->labels);
	tb_revs_release(&todo);
	free(seen);
}
