/*
 * The imported revisions and those that are there, as one graph.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "import.h"
#include "revision/graph.h"
#include "revision/target.h"

static void
existing_dirs(const struct tb_strs *dirs, struct tb_strs *out)
{
	for (size_t i = 0; i < dirs->n; i++)
		if (tb_file_exists(dirs->v[i]))
			tb_strs_add(out, dirs->v[i]);
}

/* A key at the line where it stands in the source, so that errors say so. */
static void
add_key(struct tb_buf *b, int *line, int want, const char *key,
    const struct tb_strs *values)
{
	char *words = tb_strs_join(values, " ");

	if (values->n > 0) {
		for (; *line < want; ++*line)
			tb_buf_addc(b, '\n');
		tb_buf_addf(b, "--: %s %s\n", key, words);
		++*line;
	}
	free(words);
}

static char *
header_text(const struct mig_imp_rev *r)
{
	static const char *const keys[MIG_IMP_LINES] = {
		[MIG_IMP_LINE_ID] = "revision",
		[MIG_IMP_LINE_PARENTS] = "down-revision",
		[MIG_IMP_LINE_LABELS] = "labels",
		[MIG_IMP_LINE_DEPENDS_ON] = "depends-on",
	};
	struct tb_strs id = TB_STRS_INIT;
	const struct tb_strs *values[MIG_IMP_LINES] = {
		[MIG_IMP_LINE_ID] = &id,
		[MIG_IMP_LINE_PARENTS] = &r->parents,
		[MIG_IMP_LINE_LABELS] = &r->labels,
		[MIG_IMP_LINE_DEPENDS_ON] = &r->depends_on,
	};
	bool done[MIG_IMP_LINES] = { false };
	struct tb_buf b = TB_BUF_INIT;
	int line = 1;

	tb_strs_add(&id, r->id);
	for (int n = 0; n < MIG_IMP_LINES; n++) {
		int next = -1;

		for (int k = 0; k < MIG_IMP_LINES; k++)
			if (!done[k] &&
			    (next == -1 || r->line[k] < r->line[next]))
				next = k;
		done[next] = true;
		add_key(&b, &line, r->line[next], keys[next], values[next]);
	}
	tb_buf_add(&b, "--: upgrade\n");
	tb_strs_release(&id);
	return tb_buf_detach(&b);
}

static bool
same_parents(const struct mig_imp_rev *r, const struct tb_revision *there)
{
	if (r->parents.n != there->parents.n)
		return false;
	for (size_t i = 0; i < r->parents.n; i++)
		if (!tb_strs_has(&there->h.down_revision, r->parents.v[i]))
			return false;
	return true;
}

/* Who is there already?  Nothing of it is touched. */
static int
find_kept(struct mig_imp *imp, const struct tb_strs *dirs, bool recursive,
    struct tb_err *err)
{
	struct tb_graph *g = tb_graph_load(dirs, recursive, err);

	if (g == NULL)
		return -1;
	for (size_t i = 0; i < imp->n; i++) {
		struct mig_imp_rev *r = imp->v[i];
		const struct tb_revision *there = tb_graph_find(g, r->id);

		if (there == NULL)
			continue;
		r->kept = true;
		r->path = tb_strdup(there->h.path);
		if (strcmp(there->h.id, r->id) == 0 && !same_parents(r, there))
			tb_warn("%s has other parents than %s", there->h.path,
			    r->source);
	}
	tb_graph_free(g);
	return 0;
}

static struct tb_graph *
build(const struct mig_imp *imp, const struct tb_strs *dirs, bool recursive,
    struct tb_err *err)
{
	struct tb_graph *g = tb_graph_new();
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < dirs->n; i++)
		rc = tb_graph_add_dir(g, dirs->v[i], recursive, err);
	for (size_t i = 0; rc == 0 && i < imp->n; i++) {
		char *text = header_text(imp->v[i]);

		if (!imp->v[i]->kept)
			rc = tb_graph_add_text(g, imp->v[i]->source, text, err);
		free(text);
	}
	if (rc == 0 && tb_graph_link(g, err) == 0)
		return g;
	tb_graph_free(g);
	return NULL;
}

static int
by_id(const void *a, const void *b)
{
	const struct mig_imp_rev *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

/* v in the order of revs from the end; what is not in revs comes first. */
static void
sort(struct mig_imp *imp, const struct tb_revs *revs)
{
	struct mig_imp_rev **sorted = tb_calloc(imp->n + 1, sizeof(*sorted));
	bool *placed = tb_calloc(imp->n + 1, sizeof(*placed));
	size_t at = imp->n, n = 0;

	for (size_t i = 0; i < imp->n; i++)
		sorted[i] = imp->v[i];
	qsort(sorted, imp->n, sizeof(struct mig_imp_rev *), by_id);
	for (size_t i = 0; i < revs->n && at > 0; i++) {
		struct mig_imp_rev want = { .id = revs->v[i]->h.id };
		struct mig_imp_rev *key = &want, **found;

		found = bsearch(&key, sorted, imp->n,
		    sizeof(struct mig_imp_rev *), by_id);
		if (found == NULL || placed[found - sorted])
			continue;
		placed[found - sorted] = true;
		imp->v[--at] = *found;
	}
	for (size_t i = 0; i < imp->n; i++)
		if (!placed[i])
			imp->v[n++] = sorted[i];
	free(sorted);
	free(placed);
}

static void
warn_about_heads(const struct tb_graph *g)
{
	char *ids;

	if (g->real_heads.n < 2)
		return;
	ids = tb_revs_join(&g->real_heads, ", ");
	tb_warn("there are %zu heads now: %s", g->real_heads.n, ids);
	free(ids);
}

int
mig_imp_order(struct mig_imp *imp, const struct tb_strs *dirs, bool recursive,
    struct tb_err *err)
{
	struct tb_strs there = TB_STRS_INIT;
	struct tb_revs revs = TB_REVS_INIT;
	struct tb_graph *g = NULL;
	int rc;

	existing_dirs(dirs, &there);
	rc = find_kept(imp, &there, recursive, err);
	if (rc == 0 && (g = build(imp, &there, recursive, err)) == NULL)
		rc = -1;
	if (rc == 0)
		rc = tb_target_history(g, NULL, NULL, &revs, err);
	if (rc == 0) {
		sort(imp, &revs);
		warn_about_heads(g);
	}
	tb_revs_release(&revs);
	tb_graph_free(g);
	tb_strs_release(&there);
	return rc;
}
