/*
 * findings.c: revision files against what the database remembers of them.
 *
 * The facts tell what revisions made; this tells whether they are still those
 * that made it.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "revision/file.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/plan.h"
#include "verify.h"

/* The list takes the text over. */
static void
add(struct ver_job *job, const char *revision, const char *problem, bool counts,
    char *text)
{
	struct ver_findings *f = &job->findings;

	f->v = tb_grow(f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n] = (struct ver_finding){
		.revision = tb_strdup(revision),
		.problem = problem,
		.counts = counts,
	};
	f->v[f->n++].text = text;
}

static bool
has(const struct ver_job *job, const char *revision)
{
	for (size_t i = 0; i < job->findings.n; i++)
		if (strcmp(job->findings.v[i].revision, revision) == 0)
			return true;
	return false;
}

/* 1: another text; 0: the same, or only laid out anew. */
static int
is_edited(const struct tb_revision *rev, const PGresult *recorded, int row,
    struct tb_err *err)
{
	struct tb_revision_file file = TB_REVISION_FILE_INIT;
	struct tb_history_hashes hashes;
	int formula = (int)tb_pg_get_int(recorded, row, "hash_formula");
	int rc = tb_revision_file_read(rev->h.path, &file, err);

	if (rc == 0)
		rc = tb_history_hash_by(&file, formula, &hashes, err);
	tb_revision_file_release(&file);
	if (rc == -1)
		return -1;
	return strcmp(hashes.raw, tb_pg_get(recorded, row, "raw_hash")) != 0 &&
	    strcmp(hashes.tokens, tb_pg_get(recorded, row, "token_hash")) != 0;
}

static int
look_at_recorded(struct ver_job *job, const struct tb_graph *g, int row,
    struct tb_err *err)
{
	const PGresult *res = job->recorded;
	const char *id = tb_pg_get(res, row, "revision");
	const struct tb_revision *rev = tb_graph_find(g, id);
	const char *at = tb_pg_get(res, row, "applied_at");
	const char *by = tb_pg_get(res, row, "applied_by");
	int edited;

	/* One that replaces others has their names, not their text. */
	if (rev != NULL && strcmp(rev->h.id, id) != 0)
		return 0;
	if (rev == NULL) {
		add(job, id, "no file", true,
		    tb_asprintf("applied to %s on %s by %s, and there is no "
				"file of it",
			job->owner->label, at, by));
		return 0;
	}
	if ((edited = is_edited(rev, res, row, err)) == -1)
		return -1;
	if (edited)
		add(job, id, "edited", true,
		    tb_asprintf("%s was edited after it was applied to %s on "
				"%s by %s",
			rev->h.path, job->owner->label, at, by));
	return 0;
}

static void
look_at_rows(struct ver_job *job, const struct tb_graph *g)
{
	struct tb_revs applied = TB_REVS_INIT;
	struct tb_strs unknown = TB_STRS_INIT;

	tb_plan_applied(g, &job->rows, &applied, &unknown);
	for (size_t i = 0; i < unknown.n; i++)
		if (!has(job, unknown.v[i]))
			add(job, unknown.v[i], "no file", true,
			    tb_asprintf("%s is at it, and there is no file "
					"of it",
				job->owner->label));
	for (size_t i = 0; i < g->revs.n; i++)
		if (!tb_revs_has(&applied, g->revs.v[i]))
			add(job, g->revs.v[i]->h.id, "not applied", false,
			    tb_asprintf("not applied to %s",
				job->owner->label));
	tb_revs_release(&applied);
	tb_strs_release(&unknown);
}

int
ver_findings(struct ver_job *job, const struct tb_graph *g, struct tb_err *err)
{
	int rows = job->recorded != NULL ? PQntuples(job->recorded) : 0;

	/* Both sides may be revisions: once is enough. */
	if (job->owner == NULL || !job->has_rows || job->findings.n > 0)
		return 0;
	for (int row = 0; row < rows; row++)
		if (look_at_recorded(job, g, row, err) == -1)
			return -1;
	look_at_rows(job, g);
	return 0;
}

size_t
ver_findings_count(const struct ver_job *job)
{
	size_t n = 0;

	for (size_t i = 0; i < job->findings.n; i++)
		n += job->findings.v[i].counts;
	return n;
}

void
ver_findings_release(struct ver_job *job)
{
	for (size_t i = 0; i < job->findings.n; i++) {
		free(job->findings.v[i].revision);
		free(job->findings.v[i].text);
	}
	free(job->findings.v);
	PQclear(job->recorded);
}
