/*
 * buf.h: a growing string.
 *
 *	struct tb_buf b = TB_BUF_INIT;
 *
 *	tb_buf_addf(&b, "%s:%d", host, port);
 *	puts(b.s);
 *	tb_buf_release(&b);
 *
 * b.s is a C string at all times, also before the first add; it is never
 * NULL.  It moves when the buffer grows, so keep offsets, not pointers.
 * No function here fails: running out of memory ends the program (mem.h).
 */
#ifndef TB_CORE_BUF_H
#define TB_CORE_BUF_H

#include "core/tb.h"

struct tb_buf {
	char *s;
	size_t len; /* strlen(s), unless s holds NUL bytes */
	size_t cap; /* 0 while s is the shared empty string */
};

/* clang-format off */
#define TB_BUF_INIT	{ tb_buf_empty, 0, 0 }
/* clang-format on */
extern char tb_buf_empty[];

void tb_buf_add(struct tb_buf *, const char *);
void tb_buf_addn(struct tb_buf *, const char *, size_t);
void tb_buf_addc(struct tb_buf *, char);
void tb_buf_addf(struct tb_buf *, const char *, ...) TB_PRINTF(2, 3);

/* Make the string this long (it must not grow). */
void tb_buf_truncate(struct tb_buf *, size_t);

/* Drop white space and line ends at the end. */
void tb_buf_rtrim(struct tb_buf *);

/* Room for n more bytes; for read(2) into b->s + b->len. */
void tb_buf_reserve(struct tb_buf *, size_t);

/* Empty it but keep the memory, for reuse in a loop. */
void tb_buf_reset(struct tb_buf *);

/* Hand the string over; the caller frees it.  The buffer is empty after. */
char *tb_buf_detach(struct tb_buf *) TB_MUSTCHECK;

void tb_buf_release(struct tb_buf *);

#endif /* TB_CORE_BUF_H */
