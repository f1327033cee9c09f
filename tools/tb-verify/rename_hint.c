/*
 * rename_hint.c: what looks as if it had only been renamed.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/hash.h"
#include "core/log.h"
#include "core/mem.h"
#include "sql_plan.h"

#define MANY 400 /* pairs of what came and what went */

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
