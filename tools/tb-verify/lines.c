/*
 * lines.c: where two texts differ, as diff(1) would show it.
 *
 * What is equal at both ends is put aside, which leaves little; of that the
 * longest common subsequence is found the plain way.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"
#include "cli/term.h"
#include "core/mem.h"
#include "core/strs.h"
#include "verify.h"

#define CONTEXT    2    /* equal lines shown around a difference */
#define MOST_LINES 2000 /* beyond it the middle is shown as all different */

struct lines {
	struct tb_strs a, b;
	size_t head;            /* lines that are equal at the beginning */
	size_t an, bn;          /* lines between head and tail */
	unsigned short *length; /* of the common subsequence, (an+1)*(bn+1) */
	const char *indent;
};

static void
split(struct tb_strs *out, const char *text)
{
	const char *end;

	for (; (end = strchr(text, '\n')) != NULL; text = end + 1)
		tb_strs_take(out, tb_strndup(text, (size_t)(end - text)));
	if (*text != '\0' || out->n == 0)
		tb_strs_add(out, text);
}

static void
trim(struct lines *l)
{
	size_t tail = 0;
	size_t least = l->a.n < l->b.n ? l->a.n : l->b.n;

	while (l->head < least && strcmp(l->a.v[l->head], l->b.v[l->head]) == 0)
		l->head++;
	while (tail < least - l->head &&
	    strcmp(l->a.v[l->a.n - 1 - tail], l->b.v[l->b.n - 1 - tail]) == 0)
		tail++;
	l->an = l->a.n - l->head - tail;
	l->bn = l->b.n - l->head - tail;
}

static unsigned short *
cell(const struct lines *l, size_t i, size_t j)
{
	return &l->length[i * (l->bn + 1) + j];
}

static bool
same(const struct lines *l, size_t i, size_t j)
{
	return strcmp(l->a.v[l->head + i], l->b.v[l->head + j]) == 0;
}

/* Left NULL when the texts are too long for it. */
static void
measure(struct lines *l)
{
	if (l->an > MOST_LINES || l->bn > MOST_LINES)
		return;
	l->length = tb_calloc((l->an + 1) * (l->bn + 1), sizeof(*l->length));
	for (size_t i = l->an; i-- > 0;) {
		for (size_t j = l->bn; j-- > 0;) {
			unsigned short down = *cell(l, i + 1, j);
			unsigned short right = *cell(l, i, j + 1);

			if (same(l, i, j))
				*cell(l, i, j) = (unsigned short)(1 +
				    *cell(l, i + 1, j + 1));
			else
				*cell(l, i, j) = down > right ? down : right;
		}
	}
}

static void
put(const struct lines *l, char mark, const char *line)
{
	enum tb_colour colour = mark == '-' ? TB_RED : TB_GREEN;

	(void)printf("%s%s%c ", l->indent,
	    mark == ' ' ? "" : tb_sgr(stdout, colour), mark);
	tb_text_put(line, stdout);
	(void)printf("%s\n", mark == ' ' ? "" : tb_sgr(stdout, TB_PLAIN));
}

/* Equal lines between differences: all if they are few, else both ends. */
static void
put_equal(const struct lines *l, size_t from, size_t to)
{
	bool few = to - from <= 2 * CONTEXT + 1;

	for (size_t i = from; i < to; i++) {
		if (few || i < from + CONTEXT || i >= to - CONTEXT)
			put(l, ' ', l->a.v[i]);
		else if (i == from + CONTEXT)
			put(l, ' ', "...");
	}
}

/* Lines that are equal from here on, in both. */
static size_t
run_of_equal(const struct lines *l, size_t i, size_t j)
{
	size_t n = 0;

	while (l->length != NULL && i + n < l->an && j + n < l->bn &&
	    same(l, i + n, j + n))
		n++;
	return n;
}

static void
walk(const struct lines *l)
{
	size_t i = 0, j = 0;

	while (i < l->an || j < l->bn) {
		size_t equal = run_of_equal(l, i, j);

		if (equal > 0) {
			put_equal(l, l->head + i, l->head + i + equal);
			i += equal;
			j += equal;
		} else if (i < l->an &&
		    (j == l->bn || l->length == NULL ||
			*cell(l, i + 1, j) >= *cell(l, i, j + 1))) {
			put(l, '-', l->a.v[l->head + i++]);
		} else {
			put(l, '+', l->b.v[l->head + j++]);
		}
	}
}

void
ver_print_lines(const char *left, const char *right, const char *indent)
{
	struct lines l = { .indent = indent };

	split(&l.a, left);
	split(&l.b, right);
	trim(&l);
	measure(&l);
	put_equal(&l, l.head > CONTEXT ? l.head - CONTEXT : 0, l.head);
	walk(&l);
	for (size_t i = 0; i < CONTEXT && l.head + l.an + i < l.a.n; i++)
		put(&l, ' ', l.a.v[l.head + l.an + i]);
	free(l.length);
	tb_strs_release(&l.a);
	tb_strs_release(&l.b);
}
