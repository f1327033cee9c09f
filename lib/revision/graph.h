/*
 * graph.h: the revisions of a project and how they hang together.
 *
 *	struct tb_graph *g;
 *
 *	if ((g = tb_graph_load(&dirs, false, err)) == NULL)
 *		return -1;
 *	for (size_t i = 0; i < g->heads.n; i++)
 *		puts(g->heads.v[i]->id);
 *	tb_graph_free(g);
 *
 * Only headers are read.  The graph owns all that it points to; lists of
 * revisions (struct tb_revs) own their array and borrow the members.
 *
 * Wherever the order of revisions is free it is the load order: folders as
 * given, files by name in byte order.  "Down" edges are those to the parents
 * (down-revision); dependencies (depends-on) are edges as well, but not lines
 * of descent: labels and "LABEL@..." follow down edges only.
 */
#ifndef TB_REVISION_GRAPH_H
#define TB_REVISION_GRAPH_H

#include "core/strs.h"
#include "core/tb.h"
#include "revision/file.h"
#include "revision/pool.h"

struct tb_err;

struct tb_revs {
	struct tb_revision **v; /* borrowed members */
	size_t n, cap;
};

/* clang-format off */
#define TB_REVS_INIT	{ NULL, 0, 0 }
/* clang-format on */

struct tb_revision {
	struct tb_header h; /* h.id, h.message, h.path, ... as written */
	size_t index;       /* place in g->revs: the load order */
	/* These four have their arrays from the graph. */
	struct tb_revs parents;
	struct tb_revs children;   /* of whom it is a parent */
	struct tb_revs depends_on; /* declared, resolved */
	struct tb_revs dependents; /* who declares to depend on it */
	/*
	 * What must be applied before it: parents, then those dependencies
	 * that no ancestor declares already.  Alembic's version rows and the
	 * order of steps are made of these edges.
	 */
	struct tb_revs needs;     /* these two may share their arrays with */
	struct tb_revs needed_by; /* parents and children */
	/*
	 * Its own and those that spread to it, sorted.  Revisions share such
	 * lists; array and strings are the graph's.
	 */
	struct tb_strs labels;
};

struct tb_graph {
	struct tb_revs revs;       /* all */
	struct tb_revs heads;      /* nobody's parent ("versioned heads") */
	struct tb_revs real_heads; /* and nobody depends on them */
	struct tb_revs bases;      /* without parents */
	struct tb_names *names;    /* private: ids and labels */
	struct tb_pool pool;       /* private: all that stays as it is */
};

/*
 * Read and link all revision files (*.sql) of these folders.  66 if a folder
 * is not there; 65 for a faulty file and for what is wrong with the graph:
 * missing parent or dependency, self-loop, cycle, duplicate id or label.
 * These messages name the files.  An empty folder is an empty graph.
 */
struct tb_graph *tb_graph_load(const struct tb_strs *dirs, bool recursive,
    struct tb_err *) TB_MUSTCHECK;
void tb_graph_free(struct tb_graph *);

/*
 * The same in steps, for revisions that come from elsewhere (such as the
 * database): add what is there, then link once.
 */
struct tb_graph *tb_graph_new(void) TB_MUSTCHECK;
int tb_graph_add_dir(struct tb_graph *, const char *dir, bool recursive,
    struct tb_err *) TB_MUSTCHECK;
int tb_graph_add_file(struct tb_graph *, const char *path,
    struct tb_err *) TB_MUSTCHECK;
int tb_graph_add_text(struct tb_graph *, const char *path, const char *text,
    struct tb_err *) TB_MUSTCHECK;
int tb_graph_link(struct tb_graph *, struct tb_err *) TB_MUSTCHECK;

/* By exact id (also one that it replaces as a whole); NULL: unknown. */
struct tb_revision *tb_graph_find(const struct tb_graph *, const char *id);

/* The one that carries this very label in its file; NULL: unknown. */
struct tb_revision *tb_graph_find_label(const struct tb_graph *,
    const char *label);

/*
 * Facts for display.  "effective head": nobody's parent, but somebody depends
 * on it.
 */
bool tb_revision_is_head(const struct tb_revision *);
bool tb_revision_is_real_head(const struct tb_revision *);
bool tb_revision_is_effective_head(const struct tb_revision *);
bool tb_revision_is_base(const struct tb_revision *);
bool tb_revision_is_branchpoint(const struct tb_revision *);
bool tb_revision_is_mergepoint(const struct tb_revision *);

/* "id (label) (head) (branchpoint) (mergepoint)": the caller frees it. */
char *tb_revision_marks(const struct tb_revision *) TB_MUSTCHECK;

void tb_revs_add(struct tb_revs *, struct tb_revision *);
bool tb_revs_has(const struct tb_revs *, const struct tb_revision *);
void tb_revs_sort(struct tb_revs *); /* by load order */
char *tb_revs_join(const struct tb_revs *, const char *separator) TB_MUSTCHECK;
void tb_revs_release(struct tb_revs *);

#endif /* TB_REVISION_GRAPH_H */
