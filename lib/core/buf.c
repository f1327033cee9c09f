#include "core/tb.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"

/* Shared by all empty buffers and never written to. */
char tb_buf_empty[1];

void
tb_buf_reserve(struct tb_buf *b, size_t more)
{
	size_t want = b->len + more + 1;
	size_t cap = b->cap != 0 ? b->cap : 64;

	if (want <= b->cap)
		return;
	while (cap < want)
		cap *= 2;
	b->s = tb_reallocarray(b->cap != 0 ? b->s : NULL, cap, 1);
	b->s[b->len] = '\0';
	b->cap = cap;
}

void
tb_buf_add(struct tb_buf *b, const char *s)
{
	tb_buf_addn(b, s, strlen(s));
}

void
tb_buf_addn(struct tb_buf *b, const char *s, size_t n)
{
	if (n == 0)
		return;
	tb_buf_reserve(b, n);
	memcpy(b->s + b->len, s, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void
tb_buf_addc(struct tb_buf *b, char c)
{
	tb_buf_addn(b, &c, 1);
}

void
tb_buf_addf(struct tb_buf *b, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = tb_vasprintf(fmt, ap);
	va_end(ap);
	tb_buf_add(b, s);
	free(s);
}

void
tb_buf_truncate(struct tb_buf *b, size_t len)
{
	if (len >= b->len)
		return;
	b->len = len;
	b->s[len] = '\0';
}

void
tb_buf_rtrim(struct tb_buf *b)
{
	size_t len = b->len;

	while (len > 0 && isspace((unsigned char)b->s[len - 1]))
		len--;
	tb_buf_truncate(b, len);
}

void
tb_buf_reset(struct tb_buf *b)
{
	tb_buf_truncate(b, 0);
}

char *
tb_buf_detach(struct tb_buf *b)
{
	char *s = b->cap != 0 ? b->s : tb_strdup("");

	*b = (struct tb_buf)TB_BUF_INIT;
	return s;
}

void
tb_buf_release(struct tb_buf *b)
{
	if (b->cap != 0)
		free(b->s);
	*b = (struct tb_buf)TB_BUF_INIT;
}
