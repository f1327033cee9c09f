/*
 * mem.h: allocation that cannot fail: running out of memory ends the program.
 * What these return is freed with free(3).
 */
#ifndef TB_CORE_MEM_H
#define TB_CORE_MEM_H

#include <stdarg.h>

#include "core/tb.h"

void *tb_malloc(size_t) TB_MUSTCHECK;
void *tb_calloc(size_t count, size_t size) TB_MUSTCHECK;
void *tb_reallocarray(void *, size_t count, size_t size) TB_MUSTCHECK;
char *tb_strdup(const char *) TB_MUSTCHECK;
char *tb_strndup(const char *, size_t) TB_MUSTCHECK;

/* NULL stays NULL. */
char *tb_strdup_null(const char *) TB_MUSTCHECK;

char *tb_asprintf(const char *, ...) TB_PRINTF(1, 2) TB_MUSTCHECK;
char *tb_vasprintf(const char *, va_list) TB_PRINTF(1, 0) TB_MUSTCHECK;

/*
 * Make room for one more element in a growing array:
 *
 *	v->items = tb_grow(v->items, v->n, &v->cap, sizeof(*v->items));
 *	v->items[v->n++] = item;
 */
void *tb_grow(void *, size_t n, size_t *cap, size_t size) TB_MUSTCHECK;

#endif /* TB_CORE_MEM_H */
