/*
 * reconcile.h: the SQL that makes one list of facts like another.
 *
 *	struct tb_reconcile plan = TB_RECONCILE_INIT;
 *
 *	tb_reconcile(&left, &right, &opts, &plan);
 *	for (size_t i = 0; i < plan.n; i++)
 *		puts(plan.v[i].sql);
 *	tb_reconcile_release(&plan);
 *
 * Both lists must have been read with TB_FACTS_EDGES.  What statements there
 * are for a class stands in its rules (rule.h); the order comes from what
 * depends on what, on the left for what goes and on the right for what comes.
 */
#ifndef TB_CATALOG_RECONCILE_H
#define TB_CATALOG_RECONCILE_H

#include "core/strs.h"
#include "core/tb.h"

struct tb_diff;
struct tb_err;
struct tb_facts;

struct tb_reconcile_opts {
	/*
	 * Take the short forms that block writers also for what has rows: no
	 * concurrent builds, no NOT VALID.
	 */
	bool plain;
	/* Take out of the differences what shall stay; NULL: nothing. */
	void (*filter)(struct tb_diff *, void *arg);
	void *arg;
};

/* One statement. */
struct tb_action {
	const char *verb;     /* "create", "drop", "change" */
	const char *class;    /* of what it is about */
	const char *identity; /* borrowed from the facts */
	char *attributes;     /* what changes, with commas; NULL: all of it */
	char *sql;            /* without the semicolon */
	char *lock;           /* "ACCESS EXCLUSIVE on public.t"; NULL: none */
	struct tb_strs hazards;
	struct tb_strs settings; /* "name = value", for its transaction */
	bool outside;            /* acts on more than the database */
	bool in_transaction;
	size_t transaction; /* number, from 1; 0: none */
};

/* What differs and no statement is known for. */
struct tb_unresolved {
	const char *class, *identity;
	const char *attribute; /* NULL: all of it */
	const char *verb;
};

struct tb_reconcile {
	struct tb_action *v; /* in order */
	size_t n, cap;
	struct tb_unresolved *unresolved;
	size_t nunresolved, cap_unresolved;
	/* The order had loops that it could not be freed of: 0 is usual. */
	size_t loops;
};

/* clang-format off */
#define TB_RECONCILE_INIT	{ NULL, 0, 0, NULL, 0, 0, 0 }
/* clang-format on */

/* The plan borrows from both lists. */
void tb_reconcile(const struct tb_facts *left, const struct tb_facts *right,
    const struct tb_reconcile_opts *, struct tb_reconcile *);
void tb_reconcile_release(struct tb_reconcile *);

/* The classes whose statements act on more than the database. */
void tb_reconcile_outside(struct tb_strs *classes);

/* The words that may have to be allowed, sorted. */
void tb_reconcile_hazards(struct tb_strs *);

/*
 * Add the statements that give what is called "from" the name "to"
 * (identities, quoted as SQL wants).  64 if the class has no rule for that.
 */
int tb_reconcile_rename(const char *class, const char *from, const char *to,
    struct tb_reconcile *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_CATALOG_RECONCILE_H */
