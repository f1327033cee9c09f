#include "core/tb.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "core/strs.h"

void
tb_strs_take(struct tb_strs *l, char *s)
{
	/* One more than n, for the NULL that ends an argv. */
	if (l->n + 1 >= l->cap) {
		l->cap = l->cap == 0 ? 8 : l->cap * 2;
		l->v = tb_reallocarray(l->v, l->cap, sizeof(*l->v));
	}
	l->v[l->n++] = s;
	l->v[l->n] = NULL;
}

void
tb_strs_add(struct tb_strs *l, const char *s)
{
	tb_strs_take(l, tb_strdup(s));
}

void
tb_strs_addf(struct tb_strs *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tb_strs_take(l, tb_vasprintf(fmt, ap));
	va_end(ap);
}

void
tb_strs_split(struct tb_strs *l, const char *s, const char *separators)
{
	while (*(s += strspn(s, separators)) != '\0') {
		size_t n = strcspn(s, separators);

		tb_strs_take(l, tb_strndup(s, n));
		s += n;
	}
}

bool
tb_strs_has(const struct tb_strs *l, const char *s)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i], s) == 0)
			return true;
	return false;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
tb_strs_sort(struct tb_strs *l)
{
	if (l->n > 1)
		qsort(l->v, l->n, sizeof(*l->v), compare);
}

char *
tb_strs_join(const struct tb_strs *l, const char *separator)
{
	struct tb_buf b = TB_BUF_INIT;

	for (size_t i = 0; i < l->n; i++) {
		if (i > 0)
			tb_buf_add(&b, separator);
		tb_buf_add(&b, l->v[i]);
	}
	return tb_buf_detach(&b);
}

void
tb_strs_release(struct tb_strs *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i]);
	free(l->v);
	*l = (struct tb_strs)TB_STRS_INIT;
}
