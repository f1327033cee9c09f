#include "core/tb.h"

#include <bsd/stdlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"

void *
tb_malloc(size_t size)
{
	return tb_calloc(1, size);
}

void *
tb_calloc(size_t count, size_t size)
{
	void *p = calloc(count != 0 ? count : 1, size != 0 ? size : 1);

	if (p == NULL)
		tb_bug("out of memory");
	return p;
}

void *
tb_reallocarray(void *old, size_t count, size_t size)
{
	void *p = reallocarray(old, count != 0 ? count : 1, size);

	if (p == NULL)
		tb_bug("out of memory");
	return p;
}

char *
tb_strdup(const char *s)
{
	return tb_strndup(s, strlen(s));
}

char *
tb_strndup(const char *s, size_t n)
{
	char *copy = strndup(s, n);

	if (copy == NULL)
		tb_bug("out of memory");
	return copy;
}

char *
tb_strdup_null(const char *s)
{
	return s != NULL ? tb_strdup(s) : NULL;
}

char *
tb_asprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = tb_vasprintf(fmt, ap);
	va_end(ap);
	return s;
}

char *
tb_vasprintf(const char *fmt, va_list ap)
{
	char *s;

	if (vasprintf(&s, fmt, ap) == -1)
		tb_bug("out of memory");
	return s;
}

void *
tb_grow(void *old, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return old;
	*cap = *cap == 0 ? 8 : *cap * 2;
	return tb_reallocarray(old, *cap, size);
}
