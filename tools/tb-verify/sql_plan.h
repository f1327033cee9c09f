/*
 * sql_plan.h: --sql: what makes the first side like the second.
 *
 * sql_plan.c is the way through it, hazard.c refuses what was not allowed,
 * print_sql.c writes it, sql_rename.c sees to --rename, and prove.c tries it
 * in a scratch database.
 */
#ifndef TB_VERIFY_SQL_PLAN_H
#define TB_VERIFY_SQL_PLAN_H

#include "catalog/reconcile.h"
#include "core/tb.h"
#include "verify.h"

struct tb_buf;

struct ver_plan {
	struct tb_reconcile renames; /* come first */
	struct tb_reconcile changes;
	/* The first side after each --rename, the last one counts. */
	struct tb_facts *renamed;
	size_t nrenamed;
	const struct tb_facts *left, *right;
};

/* 64 for options that do not go together, or an --allow that is no word. */
int ver_sql_check(const struct ver_options *, struct tb_err *) TB_MUSTCHECK;

/*
 * Print the SQL; 0: none is needed, 1: some is.  77 if it has hazards that
 * were not allowed, 70 if --prove found that it does not do.
 */
int ver_sql(struct ver_job *, struct tb_err *) TB_MUSTCHECK;

/* hazard.c */
int ver_hazard_check(const struct ver_options *, struct tb_err *) TB_MUSTCHECK;
int ver_hazard_refuse(const struct ver_job *, const struct tb_reconcile *,
    struct tb_err *) TB_MUSTCHECK;

/* print_sql.c: "-- " comments, statements, transactions. */
void ver_sql_text(const struct tb_reconcile *, bool bare, struct tb_buf *);
void ver_print_sql_json(const struct ver_job *, const struct ver_plan *);
/* A name on one line, whatever is in it. */
void ver_sql_comment(struct tb_buf *, const char *);

/*
 * sql_rename.c: fill plan->renames from --rename.  What else has another name
 * afterwards the server says: it is done in a copy.
 */
int ver_rename_plan(struct ver_job *, struct ver_plan *,
    struct tb_err *) TB_MUSTCHECK;
void ver_rename_release(struct ver_plan *);
/* Say what looks like it had only been renamed. */
void ver_rename_hint(const struct ver_job *, const struct ver_plan *);

/* prove.c: a scratch database that is like the first side. */

struct ver_copy {
	struct ver_job *job;
	struct tb_scratch scratch;
	struct tb_strs outside; /* classes that are left out */
	bool exact;
};

int ver_copy_open(struct ver_copy *, struct ver_job *,
    struct tb_err *) TB_MUSTCHECK;
/* Run it as it would be printed, but for what acts outside. */
int ver_copy_run(struct ver_copy *, const struct tb_reconcile *,
    struct tb_err *) TB_MUSTCHECK;
/* Its facts, filtered as those of the sides. */
int ver_copy_read(struct ver_copy *, struct tb_facts *,
    struct tb_err *) TB_MUSTCHECK;
void ver_copy_close(struct ver_copy *);

int ver_prove(struct ver_job *, const struct ver_plan *,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_VERIFY_SQL_PLAN_H */
