/*
 * vars.h: psql's variables in SQL text.
 *
 *	struct tb_vars vars = TB_VARS_INIT;
 *
 *	if (tb_vars_set(&vars, "owner=app", err) == -1 ||
 *	    tb_vars_apply(&vars, &stmts, "grants.sql", err) == -1)
 *		return -1;
 *	tb_vars_release(&vars);
 *
 * :name is replaced by the value as it stands, :'name' by a literal, :"name"
 * by a quoted name; not in strings, quoted names, comments, dollar quotes and
 * COPY data, and not in "::".  What is not set stays as it is, as in psql.  A
 * value is not searched for variables again.
 */
#ifndef TB_PG_VARS_H
#define TB_PG_VARS_H

#include "core/strs.h"
#include "core/tb.h"

struct tb_err;
struct tb_stmts;

struct tb_vars {
	struct tb_strs names, values;
};

/* clang-format off */
#define TB_VARS_INIT	{ TB_STRS_INIT, TB_STRS_INIT }
/* clang-format on */

/*
 * Take "NAME=VALUE"; a name that is set already gets the new value.  64 for
 * what is none: names are of letters, digits and "_".
 */
int tb_vars_set(struct tb_vars *, const char *assignment,
    struct tb_err *) TB_MUSTCHECK;
void tb_vars_release(struct tb_vars *);

/*
 * Fill in the statements of a file.  One whose values hold semicolons becomes
 * several; all keep the line of the one they were.  65 if a statement is none
 * any more.
 */
int tb_vars_apply(const struct tb_vars *, struct tb_stmts *, const char *file,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_PG_VARS_H */
