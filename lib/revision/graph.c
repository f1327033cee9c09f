/*
 * graph.c: loading, and facts of single revisions.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "revision/graph.h"
#include "revision/link.h"
#include "revision/names.h"

void
tb_revs_add(struct tb_revs *l, struct tb_revision *r)
{
	/* Most lists have one member. */
	if (l->n == l->cap) {
		l->cap = l->cap == 0 ? 1 : l->cap * 2;
		l->v = tb_reallocarray(l->v, l->cap, sizeof(*l->v));
	}
	l->v[l->n++] = r;
}

bool
tb_revs_has(const struct tb_revs *l, const struct tb_revision *r)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i] == r)
			return true;
	return false;
}

static int
by_index(const void *a, const void *b)
{
	const struct tb_revision *const *x = a, *const *y = b;

	return ((*x)->index > (*y)->index) - ((*x)->index < (*y)->index);
}

void
tb_revs_sort(struct tb_revs *l)
{
	if (l->n > 1)
		qsort(l->v, l->n, sizeof(struct tb_revision *), by_index);
}

char *
tb_revs_join(const struct tb_revs *l, const char *separator)
{
	struct tb_buf b = TB_BUF_INIT;

	for (size_t i = 0; i < l->n; i++)
		tb_buf_addf(&b, "%s%s", i > 0 ? separator : "", l->v[i]->h.id);
	return tb_buf_detach(&b);
}

void
tb_revs_release(struct tb_revs *l)
{
	free(l->v);
	*l = (struct tb_revs)TB_REVS_INIT;
}

struct tb_graph *
tb_graph_new(void)
{
	struct tb_graph *g = tb_calloc(1, sizeof(*g));

	g->names = tb_names_new();
	return g;
}

int
tb_graph_add_text(struct tb_graph *g, const char *path, const char *text,
    struct tb_err *err)
{
	struct tb_revision_file f = TB_REVISION_FILE_INIT;

	if (tb_revision_file_parse(path, text, strlen(text), &f, err) == -1)
		return -1;
	tb_load_header(&g->pool, &f.header, &g->revs);
	tb_revision_file_release(&f);
	return 0;
}

int
tb_graph_add_file(struct tb_graph *g, const char *path, struct tb_err *err)
{
	struct tb_header h = TB_HEADER_INIT;

	if (tb_header_read(path, &h, err) == -1)
		return -1;
	tb_load_header(&g->pool, &h, &g->revs);
	return 0;
}

int
tb_graph_add_dir(struct tb_graph *g, const char *dir, bool recursive,
    struct tb_err *err)
{
	return tb_load_dir(g, dir, recursive, err);
}

/* The part of the file's name that is the id of another revision. */
static const struct tb_revision *
named_after(const struct tb_graph *g, const char *base)
{
	const struct tb_revision *other = NULL;

	for (const char *p = strpbrk(base, "_."); p != NULL && other == NULL;
	     p = strpbrk(p + 1, "_.")) {
		char *word = tb_strndup(base, (size_t)(p - base));

		other = tb_graph_find(g, word);
		free(word);
	}
	return other;
}

/* A copied file whose name was not changed misleads its reader. */
static void
warn_about_name(const struct tb_graph *g, const struct tb_revision *r)
{
	const char *base = tb_path_base(r->h.path);
	const struct tb_revision *other;

	if (strncmp(base, r->h.id, strlen(r->h.id)) == 0)
		return;
	other = named_after(g, base);
	if (other != NULL && other != r)
		tb_warn("file \"%s\" holds revision \"%s\", but is named after "
			"\"%s\"",
		    r->h.path, r->h.id, other->h.id);
}

static void
collect_ends(struct tb_graph *g)
{
	for (size_t i = 0; i < g->revs.n; i++) {
		struct tb_revision *r = g->revs.v[i];

		if (tb_revision_is_head(r))
			tb_revs_add(&g->heads, r);
		if (tb_revision_is_real_head(r))
			tb_revs_add(&g->real_heads, r);
		if (tb_revision_is_base(r))
			tb_revs_add(&g->bases, r);
		warn_about_name(g, r);
	}
}

int
tb_graph_link(struct tb_graph *g, struct tb_err *err)
{
	struct tb_revs order = TB_REVS_INIT;
	int rc = -1;

	if (tb_link_names(g, err) == 0 && tb_link_edges(g, err) == 0 &&
	    tb_link_cycles(g, &order, err) == 0) {
		tb_link_needs(g, &order);
		tb_link_labels(g, &order);
		collect_ends(g);
		rc = 0;
	}
	tb_revs_release(&order);
	return rc;
}

struct tb_graph *
tb_graph_load(const struct tb_strs *dirs, bool recursive, struct tb_err *err)
{
	struct tb_graph *g = tb_graph_new();
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < dirs->n; i++)
		rc = tb_graph_add_dir(g, dirs->v[i], recursive, err);
	if (rc == -1 || tb_graph_link(g, err) == -1) {
		tb_graph_free(g);
		return NULL;
	}
	return g;
}

/* All else is in the pool. */
static void
release_lists(struct tb_revision *r)
{
	if (r->needs.cap > 0)
		tb_revs_release(&r->needs);
	if (r->needed_by.cap > 0)
		tb_revs_release(&r->needed_by);
}

void
tb_graph_free(struct tb_graph *g)
{
	if (g == NULL)
		return;
	for (size_t i = 0; i < g->revs.n; i++)
		release_lists(g->revs.v[i]);
	tb_revs_release(&g->revs);
	tb_revs_release(&g->heads);
	tb_revs_release(&g->real_heads);
	tb_revs_release(&g->bases);
	tb_names_free(g->names);
	tb_pool_release(&g->pool);
	free(g);
}

struct tb_revision *
tb_graph_find(const struct tb_graph *g, const char *id)
{
	const struct tb_name *n = tb_names_find(g->names, id);

	if (n == NULL || (n->kind != TB_NAME_ID && n->kind != TB_NAME_REPLACED))
		return NULL;
	return n->rev;
}

struct tb_revision *
tb_graph_find_label(const struct tb_graph *g, const char *label)
{
	const struct tb_name *n = tb_names_find(g->names, label);

	return n != NULL && n->kind == TB_NAME_LABEL ? n->rev : NULL;
}

bool
tb_revision_is_head(const struct tb_revision *r)
{
	return r->children.n == 0;
}

bool
tb_revision_is_real_head(const struct tb_revision *r)
{
	return r->children.n == 0 && r->dependents.n == 0;
}

bool
tb_revision_is_effective_head(const struct tb_revision *r)
{
	return r->children.n == 0 && r->dependents.n > 0;
}

bool
tb_revision_is_base(const struct tb_revision *r)
{
	return r->parents.n == 0;
}

bool
tb_revision_is_branchpoint(const struct tb_revision *r)
{
	return r->children.n > 1;
}

bool
tb_revision_is_mergepoint(const struct tb_revision *r)
{
	return r->parents.n > 1;
}

char *
tb_revision_marks(const struct tb_revision *r)
{
	char *labels = tb_strs_join(&r->labels, ", ");
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_add(&b, r->h.id);
	if (r->labels.n > 0)
		tb_buf_addf(&b, " (%s)", labels);
	if (tb_revision_is_real_head(r))
		tb_buf_add(&b, " (head)");
	if (tb_revision_is_effective_head(r))
		tb_buf_add(&b, " (effective head)");
	if (tb_revision_is_branchpoint(r))
		tb_buf_add(&b, " (branchpoint)");
	if (tb_revision_is_mergepoint(r))
		tb_buf_add(&b, " (mergepoint)");
	free(labels);
	return tb_buf_detach(&b);
}
