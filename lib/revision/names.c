/*
 * names.c: a hash table for whole names, a sorted array for beginnings.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "revision/names.h"

/* FNV-1a */
static uint32_t
hash(const char *s)
{
	uint32_t h = 2166136261U;

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619U;
	return h;
}

struct tb_names *
tb_names_new(void)
{
	return tb_calloc(1, sizeof(struct tb_names));
}

void
tb_names_free(struct tb_names *names)
{
	if (names == NULL)
		return;
	free(names->v);
	free(names->table);
	free(names->sorted);
	free(names);
}

/* Where the name is, or the free place where it belongs. */
static size_t
probe(const struct tb_names *names, const char *name, uint32_t h)
{
	size_t at = h & (names->size - 1);

	while (names->table[at] != 0) {
		const struct tb_name *x = &names->v[names->table[at] - 1];

		if (x->hash == h && strcmp(x->name, name) == 0)
			break;
		at = (at + 1) & (names->size - 1);
	}
	return at;
}

const struct tb_name *
tb_names_find(const struct tb_names *names, const char *name)
{
	size_t at;

	if (names->size == 0)
		return NULL;
	at = probe(names, name, hash(name));
	return names->table[at] != 0 ? &names->v[names->table[at] - 1] : NULL;
}

static void
enlarge(struct tb_names *names)
{
	free(names->table);
	names->size = names->size == 0 ? 64 : names->size * 2;
	names->table = tb_calloc(names->size, sizeof(*names->table));
	for (size_t i = 0; i < names->n; i++)
		names->table[probe(names, names->v[i].name, names->v[i].hash)] =
		    (uint32_t)i + 1;
}

void
tb_names_add(struct tb_names *names, const char *name, struct tb_revision *rev,
    enum tb_name_kind kind)
{
	uint32_t h = hash(name);

	if (names->n * 2 >= names->size)
		enlarge(names);
	names->v = tb_grow(names->v, names->n, &names->cap, sizeof(*names->v));
	names->v[names->n] = (struct tb_name){ name, rev, kind, h };
	names->table[probe(names, name, h)] = (uint32_t)++names->n;
}

static int
by_name(const void *a, const void *b)
{
	const struct tb_name *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void
sort(struct tb_names *names)
{
	struct tb_name *copy;
	size_t n = 0;

	copy = tb_calloc(names->n + 1, sizeof(*copy));
	names->sorted = tb_calloc(names->n + 1, sizeof(*names->sorted));
	for (size_t i = 0; i < names->n; i++)
		if (names->v[i].kind == TB_NAME_ID ||
		    names->v[i].kind == TB_NAME_LABEL) {
			copy[n] = names->v[i];
			copy[n++].hash = (uint32_t)i;
		}
	qsort(copy, n, sizeof(*copy), by_name);
	for (size_t i = 0; i < n; i++)
		names->sorted[i] = copy[i].hash;
	names->n_sorted = n;
	free(copy);
}

/* The first name that is not below the word; last: that is above the prefix. */
static size_t
bound(const struct tb_names *names, const char *prefix, size_t len, bool last)
{
	size_t low = 0, high = names->n_sorted;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = strncmp(names->v[names->sorted[mid]].name, prefix, len);

		if (c < 0 || (last && c == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t
tb_names_prefix(struct tb_names *names, const char *prefix, size_t *first)
{
	size_t len = strlen(prefix);

	if (names->sorted == NULL)
		sort(names);
	*first = bound(names, prefix, len, false);
	return bound(names, prefix, len, true) - *first;
}
