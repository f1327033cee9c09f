/*
 * resolve.c: words to revisions.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "revision/names.h"
#include "revision/near.h"
#include "revision/resolve.h"
#include "revision/walk.h"

#define SHOWN     12 /* so many candidates are listed */
#define STEPS_MAX 9  /* digits of a number of steps */

/* "rev+2": split at the sign if only digits follow.  NULL: not relative. */
static const char *
find_sign(const char *s)
{
	const char *sign = strrchr(s, '+'), *minus = strrchr(s, '-');
	size_t n;

	if (sign == NULL || (minus != NULL && minus > sign))
		sign = minus;
	if (sign == NULL)
		return NULL;
	n = strspn(sign + 1, "0123456789");
	return n > 0 && n <= STEPS_MAX && sign[n + 1] == '\0' ? sign : NULL;
}

static int
malformed(const char *what, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_USAGE, "\"%s\" does not name a revision",
	    what);
	return tb_err_hint(err,
	    "Give an id or its beginning, a label, head, heads, base, a number "
	    "of steps such as +1, or LABEL@ before one of these.");
}

int
tb_spec_parse(const struct tb_graph *g, const char *what, struct tb_spec *s,
    struct tb_err *err)
{
	const char *at = strchr(what, '@');
	const char *word = at != NULL ? at + 1 : what;
	const char *sign = NULL;

	*s = (struct tb_spec){ .what = what };
	if (*word == '\0' || at == what || strchr(word, '@') != NULL ||
	    strchr(what, ':') != NULL)
		return malformed(what, err);
	/* A label may have a sign in it. */
	if (tb_names_find(g->names, word) == NULL)
		sign = find_sign(word);
	if (at != NULL)
		s->branch = tb_strndup(what, (size_t)(at - what));
	s->relative = sign != NULL;
	s->word = tb_strndup(word,
	    sign != NULL ? (size_t)(sign - word) : strlen(word));
	if (sign != NULL)
		s->steps = strtol(sign, NULL, 10);
	return 0;
}

void
tb_spec_release(struct tb_spec *s)
{
	free(s->branch);
	free(s->word);
	*s = (struct tb_spec){ .what = NULL };
}

int
tb_list_candidates(struct tb_err *err, const struct tb_revs *revs)
{
	for (size_t i = 0; i < revs->n && i < SHOWN; i++) {
		char *marks = tb_revision_marks(revs->v[i]);

		if (revs->v[i]->h.message[0] != '\0')
			(void)tb_err_detail(err, "%s, %s", marks,
			    revs->v[i]->h.message);
		else
			(void)tb_err_detail(err, "%s", marks);
		free(marks);
	}
	if (revs->n > SHOWN)
		(void)tb_err_detail(err, "... and %zu more", revs->n - SHOWN);
	return -1;
}

static int
unknown(const struct tb_graph *g, const char *word, struct tb_err *err)
{
	const struct tb_name *old = tb_names_find(g->names, word);
	struct tb_near near = tb_near(word);

	if (old != NULL && old->kind == TB_NAME_REPLACED_PART) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "revision \"%s\" went into \"%s\"", word, old->rev->h.id);
		return tb_err_hint(err, "Name \"%s\".", old->rev->h.id);
	}
	for (size_t i = 0; i < g->names->n; i++)
		tb_near_try(&near, g->names->v[i].name);
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "there is no revision or label \"%s\"", word);
	if (near.best != NULL)
		return tb_err_hint(err, "Did you mean \"%s\"?", near.best);
	return tb_err_hint(err, "\"tb-migrate history\" lists all revisions.");
}

/* An id and a label of one revision may both begin so. */
static void
find_prefix(const struct tb_graph *g, const char *word, struct tb_revs *found)
{
	size_t first, n = tb_names_prefix(g->names, word, &first);

	for (size_t i = first; i < first + n; i++) {
		struct tb_revision *r = g->names->v[g->names->sorted[i]].rev;

		if (found->n == 0 || !tb_revs_has(found, r))
			tb_revs_add(found, r);
		if (found->n > SHOWN)
			break;
	}
}

static int
ambiguous(const char *word, struct tb_revs *found, struct tb_err *err)
{
	tb_revs_sort(found);
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "more than one revision begins with \"%s\"", word);
	(void)tb_list_candidates(err, found);
	return tb_err_hint(err, "Type more of the id.");
}

static struct tb_revision *
by_prefix(const struct tb_graph *g, const char *word,
    struct tb_revision *branch, struct tb_err *err)
{
	struct tb_revs found = TB_REVS_INIT;
	struct tb_revision *r = NULL;

	find_prefix(g, word, &found);
	if (branch != NULL && found.n > 1)
		tb_revs_on_branch(g, &found, branch);
	if (found.n == 1)
		r = found.v[0];
	else if (found.n == 0)
		(void)unknown(g, word, err);
	else
		(void)ambiguous(word, &found, err);
	tb_revs_release(&found);
	return r;
}

static struct tb_revision *
find_word(const struct tb_graph *g, const char *word,
    struct tb_revision *branch, struct tb_err *err)
{
	const struct tb_name *n = tb_names_find(g->names, word);

	if (n != NULL && n->kind != TB_NAME_REPLACED_PART)
		return n->rev;
	return by_prefix(g, word, branch, err);
}

struct tb_revision *
tb_resolve_branch(const struct tb_graph *g, const char *branch,
    struct tb_err *err)
{
	struct tb_revision *r = find_word(g, branch, NULL, err);

	if (r == NULL)
		(void)tb_err_prefix(err, "branch \"%s\"", branch);
	return r;
}

void
tb_revs_on_branch(const struct tb_graph *g, struct tb_revs *revs,
    struct tb_revision *branch)
{
	struct tb_set lineage = tb_set_new(g);
	size_t kept = 0;

	tb_set_lineage(&lineage, branch, false);
	for (size_t i = 0; i < revs->n; i++)
		if (tb_set_has(&lineage, revs->v[i]))
			revs->v[kept++] = revs->v[i];
	revs->n = kept;
	tb_set_release(&lineage);
}

static bool
is_on_branch(const struct tb_graph *g, struct tb_revision *r,
    struct tb_revision *branch)
{
	struct tb_revs one = TB_REVS_INIT;
	bool yes;

	tb_revs_add(&one, r);
	tb_revs_on_branch(g, &one, branch);
	yes = one.n == 1;
	tb_revs_release(&one);
	return yes;
}

struct tb_revision *
tb_resolve_word(const struct tb_graph *g, const char *word, const char *branch,
    struct tb_err *err)
{
	struct tb_revision *b = NULL, *r;

	if (branch != NULL && (b = tb_resolve_branch(g, branch, err)) == NULL)
		return NULL;
	if ((r = find_word(g, word, b, err)) == NULL)
		return NULL;
	if (b != NULL && !is_on_branch(g, r, b)) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "revision \"%s\" is not on branch \"%s\"", r->h.id, branch);
		return NULL;
	}
	return r;
}

static int
several_heads(const struct tb_spec *s, const struct tb_revs *heads,
    struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA, "there are %zu heads%s%s%s",
	    heads->n, s->branch != NULL ? " on branch \"" : "",
	    s->branch != NULL ? s->branch : "", s->branch != NULL ? "\"" : "");
	(void)tb_list_candidates(err, heads);
	if (s->single)
		return tb_err_hint(err, "Name one of them.");
	return tb_err_hint(err,
	    "Name one of them, or say \"%s%sheads\" for all; \"tb-migrate "
	    "merge heads\" makes one of them.",
	    s->branch != NULL ? s->branch : "", s->branch != NULL ? "@" : "");
}

static void
copy_revs(const struct tb_revs *from, struct tb_revs *to)
{
	for (size_t i = 0; i < from->n; i++)
		tb_revs_add(to, from->v[i]);
}

static int
resolve_heads(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_targets *t, struct tb_err *err)
{
	bool all = strcmp(s->word, "heads") == 0;

	copy_revs(all && t->branch == NULL ? &g->real_heads : &g->heads,
	    &t->revs);
	if (t->branch != NULL)
		tb_revs_on_branch(g, &t->revs, t->branch);
	if (!all && t->revs.n > 1)
		return several_heads(s, &t->revs, err);
	return 0;
}

int
tb_resolve(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_targets *t, struct tb_err *err)
{
	struct tb_revision *r;

	if (s->branch != NULL &&
	    (t->branch = tb_resolve_branch(g, s->branch, err)) == NULL)
		return -1;
	if (strcmp(s->word, "head") == 0 || strcmp(s->word, "heads") == 0)
		return resolve_heads(g, s, t, err);
	if (strcmp(s->word, "base") == 0)
		return 0;
	if (strcmp(s->word, "current") == 0)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "\"current\" cannot be used here");
	if ((r = tb_resolve_word(g, s->word, s->branch, err)) == NULL)
		return -1;
	tb_revs_add(&t->revs, r);
	return 0;
}

int
tb_resolve_one(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_revision **r, struct tb_err *err)
{
	struct tb_targets t = TB_TARGETS_INIT;
	struct tb_spec one = *s;
	int rc;

	one.single = true;
	rc = tb_resolve(g, &one, &t, err);
	if (rc == 0 && t.revs.n > 1)
		rc = several_heads(&one, &t.revs, err);
	*r = rc == 0 && t.revs.n == 1 ? t.revs.v[0] : NULL;
	tb_targets_release(&t);
	return rc;
}

static int
fork_in_the_way(const struct tb_spec *s, const struct tb_revs *ways,
    const struct tb_revision *at, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "\"%s\" is ambiguous: there are %zu ways %s from \"%s\"", s->what,
	    ways->n, s->steps > 0 ? "up" : "down",
	    at != NULL ? at->h.id : "base");
	(void)tb_list_candidates(err, ways);
	return tb_err_hint(err,
	    s->steps > 0 ? "Name the revision, or put LABEL@ before it." :
			   "Name the revision.");
}

static int
too_far(const struct tb_spec *s, long steps, struct tb_err *err)
{
	return tb_err_set(err, TB_EXIT_DATA,
	    "\"%s\" goes too far: there %s only %ld revision%s %s", s->what,
	    steps == 1 ? "is" : "are", steps, steps == 1 ? "" : "s",
	    s->steps > 0 ? "above" : "below");
}

/* One step: the ways to go on; base has its roots above and no way down. */
static void
ways_from(const struct tb_graph *g, const struct tb_revision *at, bool up,
    const struct tb_set *lineage, struct tb_revs *ways)
{
	const struct tb_revs *next = up ? &g->bases : NULL;

	if (at != NULL)
		next = up ? &at->children : &at->parents;
	ways->n = 0;
	for (size_t i = 0; next != NULL && i < next->n; i++)
		if (lineage->in == NULL || tb_set_has(lineage, next->v[i]))
			tb_revs_add(ways, next->v[i]);
}

static int
take_steps(const struct tb_graph *g, const struct tb_spec *s,
    const struct tb_set *lineage, bool clamp, struct tb_revision **at,
    struct tb_err *err)
{
	bool up = s->steps > 0;
	long n = labs(s->steps);
	struct tb_revs ways = TB_REVS_INIT;
	int rc = 0;

	for (long i = 0; rc == 0 && i < n; i++) {
		ways_from(g, *at, up, lineage, &ways);
		if (ways.n > 1) {
			rc = fork_in_the_way(s, &ways, *at, err);
		} else if (ways.n == 1) {
			*at = ways.v[0];
		} else if (!up && *at != NULL) {
			*at = NULL;
		} else {
			if (!clamp)
				rc = too_far(s, i, err);
			break;
		}
	}
	tb_revs_release(&ways);
	return rc;
}

int
tb_walk_steps(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_revision *branch, bool clamp, struct tb_revision **at,
    struct tb_err *err)
{
	struct tb_set lineage = { NULL, 0 };
	int rc;

	if (branch != NULL && s->steps > 0) {
		lineage = tb_set_new(g);
		tb_set_lineage(&lineage, branch, false);
	}
	rc = take_steps(g, s, &lineage, clamp, at, err);
	tb_set_release(&lineage);
	return rc;
}
