/*
 * sql_rename.c: --rename CLASS:OLD=NEW, and what looks as if it should be one.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/log.h"
#include "core/mem.h"
#include "sql_plan.h"

#define MANY 400 /* pairs of what came and what went */

static int
bad_rename(const char *word, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_USAGE, "\"%s\" is no renaming", word);
	return tb_err_hint(err,
	    "Give --rename CLASS:OLD=NEW, such as "
	    "table:public.users=public.accounts.");
}

/* Where the equals sign stands, outside quotes. */
static char *
find_equals(char *s)
{
	bool quoted = false;

	for (; *s != '\0'; s++) {
		if (*s == '"')
			quoted = !quoted;
		if (*s == '=' && !quoted)
			return s;
	}
	return NULL;
}

static int
check_sides(const struct ver_plan *plan, const char *class, const char *old,
    const char *new, struct tb_err *err)
{
	if (tb_facts_find(plan->left, class, old) == TB_FACT_NONE)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "the first side has no %s %s", class, old);
	if (tb_facts_find(plan->left, class, new) != TB_FACT_NONE)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "the first side has a %s %s already", class, new);
	return 0;
}

static int
add_rename(struct ver_plan *plan, const char *word, struct tb_err *err)
{
	char *class = tb_strdup(word);
	char *old = strchr(class, ':');
	char *new = old != NULL ? find_equals(old) : NULL;
	int rc;

	if (new == NULL) {
		rc = bad_rename(word, err);
	} else {
		*old++ = '\0';
		*new ++ = '\0';
		rc = check_sides(plan, class, old, new, err);
	}
	if (rc == 0) {
		const struct tb_fact *f =
		    &plan->left->v[tb_facts_find(plan->left, class, old)];

		rc = tb_reconcile_rename(f->class->name, f->identity, new,
		    &plan->renames, err);
	}
	free(class);
	return rc;
}

/* Run what was added last, and see what the copy is like then. */
static int
run_last(struct ver_copy *copy, struct ver_plan *plan, size_t from,
    struct tb_err *err)
{
	struct tb_facts *facts = &plan->renamed[plan->nrenamed];
	const struct tb_reconcile last = {
		.v = plan->renames.v + from,
		.n = plan->renames.n - from,
	};

	*facts = (struct tb_facts)TB_FACTS_INIT;
	if (ver_copy_run(copy, &last, err) == -1 ||
	    ver_copy_read(copy, facts, err) == -1)
		return -1;
	plan->nrenamed++;
	plan->left = facts;
	return 0;
}

static int
rename_all(struct ver_job *job, struct ver_copy *copy, struct ver_plan *plan,
    struct tb_err *err)
{
	const struct tb_strs *words = &job->opt->renames;

	plan->renamed = tb_calloc(words->n, sizeof(*plan->renamed));
	for (size_t i = 0; i < words->n; i++) {
		size_t from = plan->renames.n;

		if (add_rename(plan, words->v[i], err) == -1 ||
		    run_last(copy, plan, from, err) == -1)
			return -1;
	}
	return 0;
}

int
ver_rename_plan(struct ver_job *job, struct ver_plan *plan, struct tb_err *err)
{
	struct ver_copy copy;
	int rc;

	if (job->opt->renames.n == 0)
		return 0;
	rc = ver_copy_open(&copy, job, err);
	if (rc == 0)
		rc = rename_all(job, &copy, plan, err);
	ver_copy_close(&copy);
	if (ver_signal_check(err) == -1)
		return -1;
	return rc;
}

void
ver_rename_release(struct ver_plan *plan)
{
	for (size_t i = 0; i < plan->nrenamed; i++)
		tb_facts_release(&plan->renamed[i]);
	free(plan->renamed);
}

/* What is in a fact but for its name: attributes, and parts by name. */
static void
content(const struct tb_facts *facts, const struct tb_fact *f,
    char out[TB_HASH_LEN + 1])
{
	struct tb_buf b = TB_BUF_INIT;
	size_t n = strlen(f->identity);

	for (size_t i = 0; i < facts->n; i++) {
		const struct tb_fact *p = &facts->v[i];

		if (p != f && tb_fact_up(facts, p) != f)
			continue;
		/* Names of keys and indexes have the table's in them. */
		if (p != f &&
		    (strcmp(p->class->name, "column") != 0 ||
			strncmp(p->identity, f->identity, n) != 0))
			continue;
		tb_buf_addf(&b, "%s%s", p->class->name,
		    p == f ? "" : p->identity + n);
		for (size_t a = 0; a < tb_fact_attributes(p); a++)
			tb_buf_addf(&b, ";%s",
			    tb_fact_value(p, a) != NULL ? tb_fact_value(p, a) :
							  "");
	}
	tb_hash(b.s, b.len, out);
	tb_buf_release(&b);
}

struct lone {
	const struct tb_fact **v;
	size_t n;
};

/*
 * What only one side has, of what has rows.  What is part of such a thing does
 * not count.
 */
static void
find_lone(const struct tb_facts *here, const struct tb_facts *there,
    struct lone *list)
{
	list->v = tb_calloc(here->n + 1, sizeof(*list->v));
	for (size_t i = 0; i < here->n; i++) {
		const struct tb_fact *f = &here->v[i];
		const struct tb_fact *up = tb_fact_up(here, f);

		if (strcmp(f->class->name, "table") != 0 &&
		    strcmp(f->class->name, "column") != 0)
			continue;
		if (tb_facts_find(there, f->class->name, f->identity) ==
			TB_FACT_NONE &&
		    (up == NULL ||
			tb_facts_find(there, up->class->name, up->identity) !=
			    TB_FACT_NONE))
			list->v[list->n++] = f;
	}
}

static bool
may_be_renamed(const struct ver_plan *plan, const struct tb_fact *f,
    const struct tb_fact *g)
{
	char mine[TB_HASH_LEN + 1], other[TB_HASH_LEN + 1];

	if (strcmp(f->class->name, g->class->name) != 0 ||
	    (strcmp(f->class->name, "column") == 0 &&
		strcmp(f->parent, g->parent) != 0))
		return false;
	content(plan->left, f, mine);
	content(plan->right, g, other);
	return strcmp(mine, other) == 0;
}

static void
hint_of(const struct ver_plan *plan, const struct tb_fact *f,
    const struct lone *right)
{
	const struct tb_fact *found = NULL;

	for (size_t i = 0; i < right->n; i++) {
		if (!may_be_renamed(plan, f, right->v[i]))
			continue;
		if (found != NULL)
			return;
		found = right->v[i];
	}
	if (found != NULL)
		tb_info("%s %s may have been renamed: --rename '%s:%s=%s'",
		    f->class->name, f->identity, f->class->name, f->identity,
		    found->identity);
}

void
ver_rename_hint(const struct ver_job *job, const struct ver_plan *plan)
{
	struct lone left = { NULL, 0 }, right = { NULL, 0 };

	if (job->ctx->quiet)
		return;
	find_lone(plan->left, plan->right, &left);
	find_lone(plan->right, plan->left, &right);
	/* Where so much differs a few of them mean nothing. */
	for (size_t i = 0; i < left.n && left.n * right.n <= MANY; i++)
		hint_of(plan, left.v[i], &right);
	free(left.v);
	free(right.v);
}
