/*
 * diff.h: where two lists of facts disagree.
 *
 * The list says what it would take for the left to look like the right: what
 * is only there on the left would be removed, what is only on the right would
 * be added.  Parts of what is missing (the columns of a table) are counted
 * with it and not listed.
 */
#ifndef TB_CATALOG_DIFF_H
#define TB_CATALOG_DIFF_H

#include "core/tb.h"

struct tb_fact;
struct tb_facts;

enum tb_diff_kind {
	TB_DIFF_REMOVED, /* only on the left */
	TB_DIFF_ADDED,   /* only on the right */
	TB_DIFF_CHANGED,
};

struct tb_parts {
	const char *class;
	size_t n;
};

struct tb_difference {
	enum tb_diff_kind kind;
	const struct tb_fact *left, *right; /* NULL: not there; borrowed */

	/* Of what changed: one attribute, "definition" or "parent". */
	const char *attribute;
	const char *left_value, *right_value; /* NULL: SQL's NULL */

	/* Of what was added or removed: the facts that went with it. */
	struct tb_parts *parts;
	size_t nparts, cap_parts;
};

struct tb_diff {
	struct tb_difference *v; /* sorted by class name and identity */
	size_t n, cap;
};

/* clang-format off */
#define TB_DIFF_INIT	{ NULL, 0, 0 }
/* clang-format on */

/* Borrows from both lists.  position: is another place a difference? */
void tb_diff(struct tb_diff *, const struct tb_facts *left,
    const struct tb_facts *right, bool position);
void tb_diff_release(struct tb_diff *);

/* The fact that the difference is about: the left one if it is there. */
const struct tb_fact *tb_diff_fact(const struct tb_difference *);

#endif /* TB_CATALOG_DIFF_H */
