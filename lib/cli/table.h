/*
 * table.h: rows for people.
 *
 *	struct tb_table t;
 *
 *	tb_table_init(&t, "REVISION", "MESSAGE", NULL);
 *	tb_table_add(&t, id, message);
 *	tb_table_print(&t, stdout);
 *	tb_table_release(&t);
 *
 * Columns are aligned, two blanks apart, with a heading; the last one is not
 * padded.  Width counts characters, not bytes.  Control characters are shown
 * as \xHH.
 */
#ifndef TB_CLI_TABLE_H
#define TB_CLI_TABLE_H

#include <stdio.h>

#include "cli/term.h"
#include "core/strs.h"
#include "core/tb.h"

struct tb_table {
	struct tb_strs heads, cells;
	enum tb_colour *colours; /* one a row; grows with it */
	size_t rows, cap;
	unsigned long right; /* bit i: column i is aligned to the right */
};

/* Headings, ended by NULL. */
void tb_table_init(struct tb_table *, ...) __attribute__((sentinel));

void tb_table_right(struct tb_table *, size_t column);

/* As many strings as there are columns; they are copied, NULL is empty. */
void tb_table_add(struct tb_table *, ...);
void tb_table_addv(struct tb_table *, const char *const cells[]);

/* Colour the first column of the row that was added last. */
void tb_table_colour(struct tb_table *, enum tb_colour);

/* Prints nothing when there are no rows. */
void tb_table_print(const struct tb_table *, FILE *);
void tb_table_release(struct tb_table *);

/* Columns that a text takes on a terminal. */
size_t tb_text_width(const char *utf8);

/* Print with control characters as \xHH. */
void tb_text_put(const char *text, FILE *);

#endif /* TB_CLI_TABLE_H */
