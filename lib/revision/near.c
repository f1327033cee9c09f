/*
 * near.c: edit distance, with early exit.
 */
#include "core/tb.h"

#include <string.h>

#include "revision/near.h"

#define NEAR_MAX 64 /* no longer names are compared */

static size_t
min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/*
 * Insertions, deletions, replacements and swaps of neighbours.  Anything from
 * limit up is told as limit.
 */
static size_t
distance(const char *a, const char *b, size_t limit)
{
	size_t m = strlen(a), n = strlen(b);
	size_t rows[3][NEAR_MAX + 1];
	size_t *old = rows[0], *last = rows[1], *cur = rows[2];

	if (m > NEAR_MAX || n > NEAR_MAX || m + limit <= n || n + limit <= m)
		return limit;
	for (size_t j = 0; j <= n; j++)
		last[j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t best = cur[0] = i, *spare = old;

		for (size_t j = 1; j <= n; j++) {
			cur[j] = min3(last[j] + 1, cur[j - 1] + 1,
			    last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && old[j - 2] + 1 < cur[j])
				cur[j] = old[j - 2] + 1;
			if (cur[j] < best)
				best = cur[j];
		}
		if (best >= limit)
			return limit;
		old = last;
		last = cur;
		cur = spare;
	}
	return last[n] < limit ? last[n] : limit;
}

struct tb_near
tb_near(const char *word)
{
	size_t n = strlen(word);

	/* One letter in three may be wrong, but not more than three. */
	return (struct tb_near){ word, NULL, n >= 9 ? 4 : n / 3 + 1 };
}

void
tb_near_try(struct tb_near *near, const char *candidate)
{
	size_t d = distance(near->word, candidate, near->distance);

	if (d < near->distance) {
		near->distance = d;
		near->best = candidate;
	}
}
