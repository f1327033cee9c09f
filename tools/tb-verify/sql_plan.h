/*
 * sql_plan.h: --sql: what makes the first side like the second.
 *
 * sql_plan.c is the way through it, hazard.c refuses what was not allowed,
 * print_sql.c writes it, sql_rename.c and rename_*.c see to what only has
 * another name, and prove.c tries it in a scratch database.
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
	/* The first side after each step of renaming, the last one counts. */
	struct tb_facts **renamed;
	size_t nrenamed, cap_renamed;
	struct tb_strs names; /* "CLASS IDENTITY" of what was renamed */
	struct tb_strs texts; /* that those facts borrow */
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

/*
 * print_sql.c: "-- " comments, statements, transactions.  Secrets that nobody
 * knows are variables of psql; to be tried it is without those.
 */
void ver_sql_print(const struct tb_reconcile *, bool bare, struct tb_buf *);
void ver_sql_text(const struct tb_reconcile *, bool bare, struct tb_buf *);
void ver_print_sql_json(const struct ver_job *, const struct ver_plan *);
/* A name on one line, whatever is in it. */
void ver_sql_comment(struct tb_buf *, const char *);

/*
 * sql_rename.c: fill plan->renames from --rename and from the lines of the
 * second side.  What else has another name afterwards the server says: it is
 * done in a copy.
 */
int ver_rename_plan(struct ver_job *, struct ver_plan *,
    struct tb_err *) TB_MUSTCHECK;
void ver_rename_release(struct ver_plan *);

/* rename_along.c */

/*
 * What is part of something that was renamed, and differs from one thing on
 * the right in nothing but its name: the primary key, since the server calls
 * it after the table.  Adds class, old and new identity of each.
 */
void ver_rename_along(const struct ver_plan *, struct tb_strs *);
/* Is it of a class of which a copy has nothing? */
bool ver_rename_is_outside(const struct tb_fact *);
/*
 * Add the facts of those classes, which *facts borrows from then on, under
 * their new names: class, old and new identity of each that was renamed.
 */
int ver_rename_adopt(struct tb_facts *, const struct tb_facts *from,
    const struct tb_strs *renamed, struct tb_strs *texts,
    struct tb_err *) TB_MUSTCHECK;

/* rename_hint.c: say what looks like it had only been renamed. */
void ver_rename_hint(const struct ver_job *, const struct ver_plan *);

/* files.c: the lines "--: renamed-from" of a side; none if it is no SQL. */
struct ver_rename_lines;
int ver_files_renames(const struct ver_job *, struct ver_side *,
    struct ver_rename_lines *, struct tb_err *) TB_MUSTCHECK;

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
