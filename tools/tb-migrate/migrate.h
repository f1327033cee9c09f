/*
 * migrate.h: what the commands of tb-migrate share.
 */
#ifndef TB_MIGRATE_H
#define TB_MIGRATE_H

#include <jansson.h>
#include <stdio.h>

#include "cli/cli.h"
#include "core/strs.h"
#include "core/tb.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/plan.h"
#include "revision/run.h"

struct tb_err;

extern const struct tb_cmd mig_cmd_branches, mig_cmd_check, mig_cmd_current,
    mig_cmd_downgrade, mig_cmd_edit, mig_cmd_ensure_version, mig_cmd_graph,
    mig_cmd_heads, mig_cmd_history, mig_cmd_import, mig_cmd_init, mig_cmd_merge,
    mig_cmd_plan, mig_cmd_revision, mig_cmd_show, mig_cmd_stamp, mig_cmd_status,
    mig_cmd_upgrade;

/* Options that several commands have; a command lists those it takes. */
struct mig_opts {
	struct tb_strs revisions;
	const char *table, *schema;
	bool details;
	/* Of history and graph. */
	const char *range;
	bool indicate_current;
	/* Of what changes the database. */
	const char *transaction, *role, *lock_timeout, *statement_timeout, *tag;
	double wait_lock;
	bool dry_run, sql;
};

extern struct mig_opts mig_opts;
extern const char *const mig_transaction_words[];

/* clang-format off */
#define MIG_OPT_REVISIONS \
	TB_OPT_LIST(0, "revisions", "DIR", \
	    "folder of revision files; may be given again", \
	    &mig_opts.revisions)
#define MIG_OPT_DETAILS \
	TB_OPT_FLAG('v', "details", "show all that is known of a revision", \
	    &mig_opts.details)
#define MIG_OPT_RANGE \
	TB_OPT_STR('r', "rev-range", "START:END", \
	    "only these; either end may be left out", &mig_opts.range), \
	TB_OPT_FLAG('i', "indicate-current", "mark where the database is", \
	    &mig_opts.indicate_current)
#define MIG_OPT_TABLE \
	TB_OPT_STR(0, "version-table", "NAME", \
	    "the version table (alembic_version)", &mig_opts.table), \
	TB_OPT_STR(0, "version-schema", "NAME", \
	    "its schema (where it is found, else public)", &mig_opts.schema)
#define MIG_OPT_ROLE \
	TB_OPT_STR(0, "role", "NAME", "become this role first (SET ROLE)", \
	    &mig_opts.role)
#define MIG_OPT_WAIT_LOCK \
	TB_OPT_NUM(0, "wait-lock", "SECONDS", \
	    "how long to wait for another run to end (60)", \
	    &mig_opts.wait_lock, 0, 86400)
#define MIG_OPT_TAG \
	TB_OPT_STR(0, "tag", "TEXT", "a note for the log of this run", \
	    &mig_opts.tag)
#define MIG_OPT_RUN \
	TB_OPT_WORD(0, "transaction", "SCOPE", \
	    "one transaction for the run, or for each revision (run)", \
	    &mig_opts.transaction, mig_transaction_words), \
	TB_OPT_STR(0, "lock-timeout", "TIME", \
	    "how long a statement waits for a lock, as 5s", \
	    &mig_opts.lock_timeout), \
	TB_OPT_STR(0, "statement-timeout", "TIME", \
	    "how long a statement may take", &mig_opts.statement_timeout), \
	MIG_OPT_ROLE, \
	MIG_OPT_WAIT_LOCK, \
	MIG_OPT_TAG
/* clang-format on */

/* Was -v, or --verbose, given? */
bool mig_verbose(void);

/* The revisions, and the state of a database once mig_open() was called. */
struct mig {
	struct tb_strs dirs;
	struct tb_graph *graph;
	struct tb_history history;
};

/* clang-format off */
#define MIG_INIT	{ TB_STRS_INIT, NULL, TB_HISTORY_INIT }
/* clang-format on */

/* The folders: --revisions, else tb.conf's, else ./revisions. */
void mig_dirs(const struct tb_ctx *, struct tb_strs *);

/* Read the revision files; 66 with a hint if a folder is not there. */
int mig_load(const struct tb_ctx *, struct mig *, struct tb_err *) TB_MUSTCHECK;

/* Connect and read the version table; for writing, become the role first. */
int mig_open(struct tb_ctx *, struct mig *, enum tb_pg_mode,
    struct tb_err *) TB_MUSTCHECK;
void mig_close(struct mig *);

/* An option, or what tb.conf says; NULL: neither. */
const char *mig_table(const struct tb_ctx *);
const char *mig_schema(const struct tb_ctx *);
const char *mig_role(const struct tb_ctx *);

/*
 * An error that rows the graph does not know may have caused: say what the
 * database remembers of them.  Returns -1.
 */
int mig_explain(struct mig *, struct tb_err *);

/* 65 for such rows, and for rows that include each other. */
int mig_refuse_unknown(struct mig *, struct tb_err *) TB_MUSTCHECK;

/*
 * upgrade, downgrade and stamp: make the plan anew from the rows whenever it
 * is asked for.
 */
struct mig_move {
	int (*plan)(const struct mig_move *, const struct mig *,
	    const struct tb_strs *rows, struct tb_plan *, struct tb_err *);
	const struct tb_strs *what; /* operands, without START: */
	bool purge;
};

/* In the database. */
int mig_move_online(struct tb_ctx *, struct mig *, const struct mig_move *,
    struct tb_err *) TB_MUSTCHECK;

/* As a script on stdout, from START on (NULL: base). */
int mig_move_offline(struct tb_ctx *, struct mig *, const struct mig_move *,
    const char *start, struct tb_err *) TB_MUSTCHECK;

/*
 * move_to.c: upgrade and downgrade to "[START:]END": online, as a script with
 * --sql, or only shown with --dry-run.
 */
typedef int mig_plan_fn(const struct mig_move *, const struct mig *,
    const struct tb_strs *rows, struct tb_plan *, struct tb_err *);

int mig_move_to(struct tb_ctx *, mig_plan_fn *, const char *operand,
    struct tb_err *) TB_MUSTCHECK;

/* Print what would be done. */
int mig_move_show(struct tb_ctx *, struct mig *, const struct mig_move *,
    struct tb_err *) TB_MUSTCHECK;

/* The settings of a run, from options and tb.conf; 78 for a wrong word. */
int mig_run_opts(const struct tb_ctx *, struct tb_run_opts *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * cmd_history.c: show the revisions of mig_opts.range, newest first.  current
 * is NULL unless they are to be marked.
 */
typedef void mig_show_fn(const struct tb_ctx *, const struct mig *,
    const struct tb_revs *, const struct tb_revs *current);

int mig_history(struct tb_ctx *, mig_show_fn *, struct tb_err *) TB_MUSTCHECK;

/* print.c: revisions in Alembic's words. */
enum mig_mark {
	MIG_PARENTS = 1, /* PARENTS (DEPENDENCIES) -> before the id */
	MIG_LABELS = 2,
	MIG_POINTS = 4, /* branchpoint, mergepoint */
	MIG_MESSAGE = 8,
	MIG_IS_CURRENT = 16, /* "(current)" */
};

/* One line without its end; on a stream, coloured as for standard output. */
void mig_print_line(const struct tb_revision *, unsigned marks);
void mig_put_line(const struct tb_revision *, unsigned marks, FILE *);

/* The block of -v. */
void mig_print_block(const struct tb_revision *, bool is_current);
void mig_put_block(const struct tb_revision *, bool is_current, FILE *);

/*
 * Print a list: lines, blocks with -v, or JSON.  current NULL: not asked;
 * the revisions that are in it are marked.
 */
void mig_print_list(const struct tb_ctx *, const struct tb_revs *,
    unsigned marks, const struct tb_revs *current);

json_t *mig_json_revision(const struct tb_revision *) TB_MUSTCHECK;
json_t *mig_json_ids(const struct tb_revs *) TB_MUSTCHECK;
json_t *mig_json_strs(const struct tb_strs *) TB_MUSTCHECK;

/* plan_print.c: the steps of a run, as a table or as JSON. */
void mig_print_plan(const struct tb_ctx *, const struct tb_run *,
    const struct tb_plan *);
json_t *mig_json_plan(const struct tb_run *, const struct tb_plan *,
    bool done) TB_MUSTCHECK;

/* facts.c: how the database and the files stand to each other. */
struct mig_facts {
	struct tb_revs tips, applied;
	struct tb_revs pending;  /* empty as long as there are unknown rows */
	struct tb_strs unknown;  /* rows that no file has */
	struct tb_strs edited;   /* changed since they were applied */
	struct tb_strs cosmetic; /* only laid out or commented otherwise */
};

/* clang-format off */
#define MIG_FACTS_INIT \
	{ TB_REVS_INIT, TB_REVS_INIT, TB_REVS_INIT, TB_STRS_INIT, \
	    TB_STRS_INIT, TB_STRS_INIT }
/* clang-format on */

int mig_facts_read(struct mig *, struct mig_facts *,
    struct tb_err *) TB_MUSTCHECK;
void mig_facts_release(struct mig_facts *);

/* new.c: write a revision file and print its path. */
struct tb_create;
int mig_create(const struct tb_ctx *, const struct mig *, struct tb_create *,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_H */
