#include "core/tb.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"
#include "cli/term.h"
#include "core/mem.h"

static bool
is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

size_t
tb_text_width(const char *text)
{
	size_t width = 0;

	for (const char *p = text; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (is_control(c))
			width += 4;
		else if ((c & 0xc0) != 0x80) /* not inside a character */
			width++;
	}
	return width;
}

void
tb_text_put(const char *text, FILE *f)
{
	for (const char *p = text; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (is_control(c))
			(void)fprintf(f, "\\x%02x", c);
		else
			(void)fputc(c, f);
	}
}

void
tb_table_init(struct tb_table *t, ...)
{
	const char *head;
	va_list ap;

	*t = (struct tb_table){ .heads = TB_STRS_INIT, .cells = TB_STRS_INIT };
	va_start(ap, t);
	while ((head = va_arg(ap, const char *)) != NULL)
		tb_strs_add(&t->heads, head);
	va_end(ap);
}

void
tb_table_right(struct tb_table *t, size_t column)
{
	t->right |= 1UL << column;
}

void
tb_table_addv(struct tb_table *t, const char *const cells[])
{
	for (size_t i = 0; i < t->heads.n; i++)
		tb_strs_add(&t->cells, cells[i] != NULL ? cells[i] : "");
	t->colours = tb_grow(t->colours, t->rows, &t->cap, sizeof(*t->colours));
	t->colours[t->rows++] = TB_PLAIN;
}

void
tb_table_add(struct tb_table *t, ...)
{
	const char **cells = tb_calloc(t->heads.n, sizeof(*cells));
	va_list ap;

	va_start(ap, t);
	for (size_t i = 0; i < t->heads.n; i++)
		cells[i] = va_arg(ap, const char *);
	va_end(ap);
	tb_table_addv(t, cells);
	free(cells);
}

void
tb_table_colour(struct tb_table *t, enum tb_colour colour)
{
	t->colours[t->rows - 1] = colour;
}

static size_t *
column_widths(const struct tb_table *t)
{
	size_t *widths = tb_calloc(t->heads.n, sizeof(*widths));

	for (size_t i = 0; i < t->heads.n; i++)
		widths[i] = tb_text_width(t->heads.v[i]);
	for (size_t i = 0; t->heads.n > 0 && i < t->cells.n; i++) {
		size_t w = tb_text_width(t->cells.v[i]);

		if (w > widths[i % t->heads.n])
			widths[i % t->heads.n] = w;
	}
	return widths;
}

static void
put_blanks(size_t n, FILE *f)
{
	while (n-- > 0)
		(void)fputc(' ', f);
}

static void
put_cell(const char *text, size_t width, bool right, bool last, FILE *f)
{
	size_t blanks = width - tb_text_width(text);

	if (right)
		put_blanks(blanks, f);
	tb_text_put(text, f);
	if (!right && !last)
		put_blanks(blanks, f);
}

static void
put_row(const struct tb_table *t, char *const cells[], const size_t widths[],
    enum tb_colour first, enum tb_colour rest, FILE *f)
{
	for (size_t i = 0; i < t->heads.n; i++) {
		enum tb_colour colour = i == 0 ? first : rest;

		if (colour != TB_PLAIN)
			(void)fputs(tb_sgr(f, colour), f);
		put_cell(cells[i], widths[i], (t->right >> i & 1) != 0,
		    i == t->heads.n - 1, f);
		if (colour != TB_PLAIN)
			(void)fputs(tb_sgr(f, TB_PLAIN), f);
		if (i < t->heads.n - 1)
			(void)fputs("  ", f);
	}
	(void)fputc('\n', f);
}

void
tb_table_print(const struct tb_table *t, FILE *f)
{
	size_t *widths;

	if (t->rows == 0)
		return;
	widths = column_widths(t);
	put_row(t, t->heads.v, widths, TB_BOLD, TB_BOLD, f);
	for (size_t i = 0; i < t->rows; i++)
		put_row(t, t->cells.v + i * t->heads.n, widths, t->colours[i],
		    TB_PLAIN, f);
	free(widths);
}

void
tb_table_release(struct tb_table *t)
{
	tb_strs_release(&t->heads);
	tb_strs_release(&t->cells);
	free(t->colours);
}
