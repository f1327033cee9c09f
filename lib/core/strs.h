/*
 * strs.h: a list of strings that owns them.
 *
 *	struct tb_strs names = TB_STRS_INIT;
 *
 *	tb_strs_add(&names, "users");
 *	for (size_t i = 0; i < names.n; i++)
 *		puts(names.v[i]);
 *	tb_strs_release(&names);
 *
 * v[n] is NULL once something was added, so that v serves as an argv.
 */
#ifndef TB_CORE_STRS_H
#define TB_CORE_STRS_H

#include "core/tb.h"

struct tb_strs {
	char **v;
	size_t n, cap;
};

/* clang-format off */
#define TB_STRS_INIT	{ NULL, 0, 0 }
/* clang-format on */

/* Adds a copy. */
void tb_strs_add(struct tb_strs *, const char *);
void tb_strs_addf(struct tb_strs *, const char *, ...) TB_PRINTF(2, 3);

/* Adds the string itself, which the list frees from then on. */
void tb_strs_take(struct tb_strs *, char *);

/* Split at any of the separators; empty pieces are left out. */
void tb_strs_split(struct tb_strs *, const char *, const char *separators);

bool tb_strs_has(const struct tb_strs *, const char *);

/* By byte value, as LC_ALL=C sort(1). */
void tb_strs_sort(struct tb_strs *);

/* The caller frees the result; "" for an empty list. */
char *tb_strs_join(const struct tb_strs *, const char *separator) TB_MUSTCHECK;

void tb_strs_release(struct tb_strs *);

#endif /* TB_CORE_STRS_H */
