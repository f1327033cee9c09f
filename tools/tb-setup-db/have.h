/*
 * have.h: what is on the server of all that the declaration speaks of, read
 * set-wise: one query for all roles, one for all databases, and so on.
 */
#ifndef SET_HAVE_H
#define SET_HAVE_H

#include <libpq-fe.h>

#include "core/tb.h"
#include "want.h"

struct tb_err;

/* The columns are those of sql/have_*.sql. */
struct set_have {
	PGresult *roles; /* also of roles that are not declared but named */
	PGresult *members, *settings, *dbs;
};

/* clang-format off */
#define SET_HAVE_INIT { NULL, NULL, NULL, NULL }
/* clang-format on */

/*
 * Any database of the server will do; what a transaction of this connection
 * has changed is seen.
 */
int set_have_read(struct set_have *, const struct set_want *, PGconn *,
    struct tb_err *) TB_MUSTCHECK;
void set_have_release(struct set_have *);

/* The row with this value in this column; -1: none. */
int set_have_row(const PGresult *, const char *column, const char *value);

bool set_have_role(const struct set_have *, const char *name);
bool set_have_db(const struct set_have *, const char *name);

/* Run a query of ours with lists of names for $1, $2 and $3 (or NULL). */
PGresult *set_have_query(PGconn *, const char *sql,
    const struct tb_strs *const lists[], int n, struct tb_err *) TB_MUSTCHECK;

#endif /* SET_HAVE_H */
