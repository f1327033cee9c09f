/*
 * plan.h: what is to be done, as a list of statements.
 *
 * The plan is data: it is printed, counted or applied by others.
 */
#ifndef SET_PLAN_H
#define SET_PLAN_H

#include <libpq-fe.h>

#include "core/tb.h"
#include "have.h"
#include "session.h"
#include "want.h"

struct tb_buf;
struct tb_err;

/* In the order in which they run. */
enum set_phase {
	SET_CLUSTER, /* in the maintenance database, one transaction */
	SET_CREATE,  /* there too, outside a transaction */
	SET_INSIDE,  /* in the database it is about, one transaction each */
	SET_PHASES,
};

struct set_stmt {
	enum set_phase phase;
	const struct set_db *db; /* whose it is; NULL: the cluster's */
	char *what; /* in words, without its end: "create role "x"" */
	char *why;
	char *sql; /* NULL: no statement can do it */
	/*
	 * Not NULL: sql lacks the verifier of this role's password, which is
	 * made when the statement is sent.
	 */
	struct set_role *secret_of;
	char *grantor; /* NULL, or whose word it takes */
};

struct set_plan {
	struct set_stmt *v;
	size_t n, cap;
};

/* clang-format off */
#define SET_PLAN_INIT { NULL, 0, 0 }
/* clang-format on */

/*
 * Add a statement and empty the buffer; "what" and "why" are to be filled in
 * by the caller.  The pointer is good until the next.
 */
struct set_stmt *set_plan_add(struct set_plan *, enum set_phase,
    const struct set_db *, struct tb_buf *sql);

/* Those of one phase, and there of one database (NULL: all). */
size_t set_plan_count(const struct set_plan *, enum set_phase,
    const struct set_db *);

/* Move the statement to the end of another plan; it leaves a gap of none. */
void set_plan_move(struct set_plan *to, struct set_plan *from, size_t i);

void set_plan_release(struct set_plan *);

/* What the planning functions share. */
struct set_planner {
	struct set_want *want;
	struct set_session *session;
	struct set_have have;
	PGconn *conn; /* to ask, and to quote with */
	struct set_plan *plan;
};

/*
 * The difference between what is declared and what is there: everything, or
 * one phase of it as the given connection sees it (for a look back before
 * COMMIT).  A database that does not exist yet is planned as CREATE DATABASE
 * would leave it.
 */
int set_plan_all(struct set_plan *, struct set_want *, struct set_session *,
    struct tb_err *) TB_MUSTCHECK;
int set_plan_cluster(struct set_plan *, struct set_want *, struct set_session *,
    PGconn *, struct tb_err *) TB_MUSTCHECK;
int set_plan_inside(struct set_plan *, struct set_want *, struct set_session *,
    const struct set_db *, PGconn *, struct tb_err *) TB_MUSTCHECK;

/* Parts of it, one file each. */
int set_plan_roles(struct set_planner *, struct tb_err *) TB_MUSTCHECK;
int set_plan_database(struct set_planner *, const struct set_db *,
    struct tb_err *) TB_MUSTCHECK;
int set_plan_contents(struct set_planner *, const struct set_db *, bool fresh,
    struct tb_strs *new_schemas, struct tb_err *) TB_MUSTCHECK;
int set_plan_grants(struct set_planner *, const struct set_db *, bool fresh,
    const struct tb_strs *new_schemas, struct tb_err *) TB_MUSTCHECK;

/* Settings of a "ROLE" or "DATABASE"; db is NULL for a role. */
int set_plan_settings(struct set_planner *, const char *kind, const char *name,
    const struct tb_strs *, const struct set_db *,
    struct tb_err *) TB_MUSTCHECK;

#endif /* SET_PLAN_H */
