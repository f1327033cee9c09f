/*
 * migrate.h: what the commands of tb-migrate share.
 */
#ifndef TB_MIGRATE_H
#define TB_MIGRATE_H

#include <jansson.h>
#include <stdio.h>

#include "cli/cli.h"
#include "core/log.h"
#include "core/strs.h"
#include "core/tb.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/plan.h"
#include "revision/run.h"

struct tb_err;

extern const struct tb_cmd mig_cmd_accept, mig_cmd_branches, mig_cmd_check,
    mig_cmd_current, mig_cmd_doctor, mig_cmd_log, mig_cmd_downgrade,
    mig_cmd_edit, mig_cmd_ensure_version, mig_cmd_graph, mig_cmd_heads,
    mig_cmd_history, mig_cmd_import, mig_cmd_init, mig_cmd_merge, mig_cmd_plan,
    mig_cmd_rehearse, mig_cmd_resume, mig_cmd_revision, mig_cmd_show,
    mig_cmd_stamp, mig_cmd_status, mig_cmd_unlock, mig_cmd_upgrade;

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
	const char *terminate_idle;
	double wait_lock, retry_for;
	bool dry_run, sql;
	struct tb_strs variables; /* NAME=VALUE */
	const char *backup;
	bool tolerate_newer;
	bool stored; /* also show what only the database has */
	bool keep_going;
	/* Of what works on many databases. */
	const char *targets, *tenants;
	long long jobs;
	/* Set in the process of one of them: its name, its schema. */
	const char *target, *tenant;
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
/* Of what may ask the database. */
#define MIG_OPT_TABLE \
	TB_OPT_STR(0, "version-table", "NAME", \
	    "the version table (alembic_version)", &mig_opts.table), \
	TB_OPT_STR(0, "version-schema", "NAME", \
	    "its schema (where it is found, else public)", &mig_opts.schema), \
	TB_OPT_WORD(0, "log", "FORMAT", \
	    "what is said on the way: text, or json, an object a line", \
	    &tb_log_format, tb_log_formats)
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
	TB_OPT_NUM(0, "retry-for", "SECONDS", \
	    "how long to try again when a lock cannot be had (120)", \
	    &mig_opts.retry_for, 0, 86400), \
	TB_OPT_STR(0, "statement-timeout", "TIME", \
	    "how long a statement may take", &mig_opts.statement_timeout), \
	TB_OPT_STR(0, "backup", "FILE", \
	    "first write a backup with pg_dump, custom format", \
	    &mig_opts.backup), \
	MIG_OPT_VARIABLE, \
	TB_OPT_STR(0, "terminate-idle-blockers", "AGE", \
	    "end sessions in the way that are idle for so long, as 5min", \
	    &mig_opts.terminate_idle), \
	MIG_OPT_ROLE, \
	MIG_OPT_WAIT_LOCK, \
	MIG_OPT_TAG
#define MIG_OPT_VARIABLE \
	TB_OPT_LIST('v', "variable", "NAME=VALUE", \
	    "fill in :NAME as psql does; may be given again", \
	    &mig_opts.variables)
#define MIG_OPT_STORED \
	TB_OPT_FLAG(0, "stored", \
	    "also what the database has and no file", &mig_opts.stored)
#define MIG_JOBS_MAX 256
#define MIG_OPT_MANY \
	TB_OPT_STR(0, "targets", "FILE", \
	    "on each database of this file; - is standard input", \
	    &mig_opts.targets), \
	TB_OPT_STR(0, "tenants", "QUERY", \
	    "on each schema that this query returns", &mig_opts.tenants), \
	TB_OPT_INT('j', "jobs", "N", "on so many of them at once (4)", \
	    &mig_opts.jobs, 1, MIG_JOBS_MAX)
#define MIG_OPT_KEEP_GOING \
	TB_OPT_FLAG(0, "keep-going", "also after one of them failed", \
	    &mig_opts.keep_going)
/* clang-format on */

/* Was -v, or --verbose, given? */
bool mig_verbose(void);

/* The revisions, and the state of a database once mig_open() was called. */
struct mig {
	struct tb_strs dirs;
	struct tb_graph *graph;
	struct tb_history history;
	struct tb_strs stored; /* of stored.c: id and text in turn */
};

/* clang-format off */
#define MIG_INIT \
	{ TB_STRS_INIT, NULL, TB_HISTORY_INIT, TB_STRS_INIT }
/* clang-format on */

/* The folders: --revisions, else tb.conf's, else ./revisions. */
void mig_dirs(const struct tb_ctx *, struct tb_strs *);

/* Read the revision files; 66 with a hint if a folder is not there. */
int mig_load(const struct tb_ctx *, struct mig *, struct tb_err *) TB_MUSTCHECK;

/* Let mig_load() take this over instead, in processes of ours. */
void mig_share(struct tb_graph *);

/* Connect and read the version table; for writing, become the role first. */
int mig_open(struct tb_ctx *, struct mig *, enum tb_pg_mode,
    struct tb_err *) TB_MUSTCHECK;
void mig_close(struct mig *);

/*
 * Take the lock of runs, before anything is changed.  77 on a standby, which
 * can only be looked at; 75 as long as another run has the lock.
 */
int mig_lock(struct mig *, struct tb_err *) TB_MUSTCHECK;

/* For writing, and only the rows: see tb_history_open_rows(). */
int mig_open_rows(struct tb_ctx *, struct mig *, struct tb_err *) TB_MUSTCHECK;

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
 * stored.c: applied revisions that no file has, from what tb.revision keeps.
 * mig_stored_use() puts them into m->graph, with a line for each (tell); where
 * it cannot, rows stay unknown.  mig_stored_text() is for struct tb_run_opts.
 */
int mig_stored_use(const struct tb_ctx *, struct mig *, bool tell,
    struct tb_err *) TB_MUSTCHECK;
const char *mig_stored_text(const void *mig, const struct tb_revision *);

/* The file of a revision, or what is stored in place of it. */
int mig_read_revision(const struct mig *, const struct tb_revision *,
    struct tb_revision_file *, struct tb_err *) TB_MUSTCHECK;

/*
 * Is the database ahead of these files: rows that no file has, but all heads
 * are applied below them?  1 or 0.
 */
int mig_stored_newer(const struct tb_ctx *, struct mig *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * snapshot.c: the statement that stores a fingerprint, for tb_run_hooks; and
 * after a run the snapshot that tb.conf names, with a warning if it cannot be
 * written.
 */
char *mig_closing(void *, int server_version) TB_MUSTCHECK;
void mig_snapshot(const struct tb_ctx *, struct mig *);

/* backup.c: write mig_opts.backup with pg_dump; 73 or 69. */
int mig_backup(const struct tb_ctx *, struct tb_err *) TB_MUSTCHECK;

/*
 * upgrade, downgrade and stamp: make the plan anew from the rows whenever it
 * is asked for.
 */
struct mig_move {
	int (*plan)(const struct mig_move *, const struct mig *,
	    const struct tb_strs *rows, struct tb_plan *, struct tb_err *);
	const struct tb_strs *what; /* operands, without START: */
	bool purge;
	bool stored; /* what only the database has counts, too */
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

int mig_move_to(struct tb_ctx *, mig_plan_fn *plan, const char *operand,
    bool stored, struct tb_err *) TB_MUSTCHECK;

/* Print what would be done. */
int mig_move_show(struct tb_ctx *, struct mig *, const struct mig_move *,
    struct tb_err *) TB_MUSTCHECK;

/* The settings of a run, from options and tb.conf; 78 for a wrong word. */
int mig_run_opts(const struct tb_ctx *, struct tb_run_opts *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * tell.c: let a run say how it goes; 64 for a wrong age in mig_opts.
 */
int mig_tell(struct tb_run_opts *, struct tb_err *) TB_MUSTCHECK;

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

/*
 * facts.c: a file against a row of tb_history_recorded().  -1 with *err set
 * if the file cannot be read.
 */
enum mig_edit {
	MIG_SAME,
	MIG_COSMETIC, /* only laid out or commented otherwise */
	MIG_EDITED,
};

int mig_compare(const struct tb_revision_file *, const PGresult *, int row,
    enum mig_edit *, struct tb_err *) TB_MUSTCHECK;

/* How the database and the files stand to each other. */
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

/*
 * many.c: a command on one database, or with --targets and --tenants on many,
 * each in a process of its own.
 */
typedef int mig_run_fn(struct tb_ctx *, int argc, char *argv[],
    struct tb_err *);

enum mig_many_kind {
	MIG_MOVES, /* prints what mig_json_plan() makes */
	MIG_CURRENT,
	MIG_STATUS,
};

struct mig_many {
	mig_run_fn *run; /* on one database, as struct tb_cmd has it */
	enum mig_many_kind kind;
};

int mig_many_run(struct tb_ctx *, const struct mig_many *, int argc,
    char *argv[], struct tb_err *) TB_MUSTCHECK;

/* many_child.c: the version table was read; for the summary. */
void mig_many_note(const struct tb_history *);

/* new.c: write a revision file and print its path. */
struct tb_create;
int mig_create(const struct tb_ctx *, const struct mig *, struct tb_create *,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_H */
