/*
 * names.h: what revisions are called; private to this room.
 */
#ifndef TB_REVISION_NAMES_H
#define TB_REVISION_NAMES_H

#include <stdint.h>

#include "core/tb.h"
#include "revision/graph.h"

enum tb_name_kind {
	TB_NAME_ID,
	TB_NAME_LABEL,
	/* An old id, and the last of those that rev replaces ... */
	TB_NAME_REPLACED,
	/* ... or one of the others: rev is more than what it stood for. */
	TB_NAME_REPLACED_PART,
};

struct tb_name {
	const char *name; /* borrowed from rev */
	struct tb_revision *rev;
	enum tb_name_kind kind;
	uint32_t hash;
};

struct tb_names {
	struct tb_name *v;
	size_t n, cap;
	uint32_t *table; /* place in v plus one; 0: free */
	size_t size;     /* of the table, a power of two */
	size_t *sorted;  /* places in v of ids and labels, by name; or NULL */
	size_t n_sorted;
};

struct tb_names *tb_names_new(void) TB_MUSTCHECK;
void tb_names_free(struct tb_names *);

/* NULL: unknown.  Borrowed; it moves when a name is added. */
const struct tb_name *tb_names_find(const struct tb_names *, const char *);

/* It must not be there yet. */
void tb_names_add(struct tb_names *, const char *, struct tb_revision *,
    enum tb_name_kind);

/*
 * Ids and labels that begin so: count, and *first in the sorted order, which
 * is made when it is asked for the first time.
 */
size_t tb_names_prefix(struct tb_names *, const char *prefix, size_t *first);

#endif /* TB_REVISION_NAMES_H */
