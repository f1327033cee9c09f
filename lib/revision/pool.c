#include "core/tb.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "revision/pool.h"

/* Blocks grow with the need, up to this. */
#define FIRST_BLOCK ((size_t)16 * 1024)
#define LAST_BLOCK  ((size_t)1024 * 1024)

struct tb_pool_block {
	struct tb_pool_block *before;
	size_t size;
	alignas(max_align_t) char bytes[];
};

static void
add_block(struct tb_pool *p, size_t need)
{
	struct tb_pool_block *b;
	size_t size = FIRST_BLOCK;

	if (p->last != NULL && p->last->size < LAST_BLOCK)
		size = p->last->size * 2;
	else if (p->last != NULL)
		size = LAST_BLOCK;
	if (size < need)
		size = need;
	b = tb_calloc(1, sizeof(*b) + size);
	b->before = p->last;
	b->size = size;
	p->last = b;
	p->used = 0;
}

/* align is a power of two. */
static char *
take(struct tb_pool *p, size_t n, size_t align)
{
	size_t at = (p->used + align - 1) & ~(align - 1);

	if (p->last == NULL || p->last->size < n || p->last->size - n < at) {
		add_block(p, n);
		at = 0;
	}
	p->used = at + n;
	return p->last->bytes + at;
}

void *
tb_pool_calloc(struct tb_pool *p, size_t n)
{
	return take(p, n, alignof(max_align_t));
}

char *
tb_pool_strdup(struct tb_pool *p, const char *s)
{
	size_t n;

	if (s == NULL)
		return NULL;
	n = strlen(s) + 1;
	return memcpy(take(p, n, 1), s, n);
}

struct tb_strs
tb_pool_strs(struct tb_pool *p, const struct tb_strs *l)
{
	struct tb_strs copy = { NULL, l->n, 0 };

	if (l->n == 0)
		return copy;
	copy.v = tb_pool_calloc(p, (l->n + 1) * sizeof(*copy.v));
	for (size_t i = 0; i < l->n; i++)
		copy.v[i] = tb_pool_strdup(p, l->v[i]);
	return copy;
}

void
tb_pool_join(struct tb_pool *p, struct tb_pool *other)
{
	struct tb_pool_block **end = &other->last;

	/* The other's last block is the one with room. */
	while (*end != NULL)
		end = &(*end)->before;
	*end = p->last;
	if (other->last != NULL)
		*p = *other;
	*other = (struct tb_pool)TB_POOL_INIT;
}

void
tb_pool_release(struct tb_pool *p)
{
	while (p->last != NULL) {
		struct tb_pool_block *b = p->last;

		p->last = b->before;
		free(b);
	}
	*p = (struct tb_pool)TB_POOL_INIT;
}
