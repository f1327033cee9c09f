/*
 * resolve.h: single words that name revisions; private to this room.
 */
#ifndef TB_REVISION_RESOLVE_H
#define TB_REVISION_RESOLVE_H

#include "core/tb.h"
#include "revision/target.h"

struct tb_err;

/* BRANCH@WORD taken apart; the strings are owned. */
struct tb_spec {
	const char *what; /* as typed; borrowed */
	char *branch;     /* NULL: no "@" */
	char *word;       /* the rest without a number; may be "" */
	bool relative;    /* it ended in +N or -N */
	long steps;       /* with its sign */
	bool single;      /* one is wanted: "heads" is no advice */
};

int tb_spec_parse(const struct tb_graph *, const char *what, struct tb_spec *,
    struct tb_err *) TB_MUSTCHECK;
void tb_spec_release(struct tb_spec *);

/*
 * One revision by id, prefix or label; where a branch is given it must be on
 * it.  NULL on failure.
 */
struct tb_revision *tb_resolve_word(const struct tb_graph *, const char *word,
    const char *branch, struct tb_err *) TB_MUSTCHECK;

/* The revision that a branch is named by; NULL on failure. */
struct tb_revision *tb_resolve_branch(const struct tb_graph *,
    const char *branch, struct tb_err *) TB_MUSTCHECK;

/*
 * A spec that is not relative: head, heads, base and tb_resolve_word().  Sets
 * targets->branch, too.
 */
int tb_resolve(const struct tb_graph *, const struct tb_spec *,
    struct tb_targets *, struct tb_err *) TB_MUSTCHECK;

/* The same where only one revision, or base, makes sense: NULL is base. */
int tb_resolve_one(const struct tb_graph *, const struct tb_spec *,
    struct tb_revision **, struct tb_err *) TB_MUSTCHECK;

/* Keep the members that share lineage (by down edges) with a revision. */
void tb_revs_on_branch(const struct tb_graph *, struct tb_revs *,
    struct tb_revision *branch);

/*
 * Go up (steps > 0) or down from a revision, or from base (NULL); *at is NULL
 * when base is reached.  Only down edges count; where there are several ways,
 * those on the branch (NULL: all) are left, and if there are still several it
 * is an error.  Beyond the end is an error, too, unless clamp: then it stops
 * there.
 */
int tb_walk_steps(const struct tb_graph *, const struct tb_spec *,
    struct tb_revision *branch, bool clamp, struct tb_revision **at,
    struct tb_err *) TB_MUSTCHECK;

/* Say how many revisions there are, list them as detail; -1. */
int tb_list_candidates(struct tb_err *, const struct tb_revs *);

#endif /* TB_REVISION_RESOLVE_H */
