/*
 * many.h: one command on many databases, or on many schemas of one.
 *
 * Each target gets a process of its own that runs the ordinary command: with
 * its own connection, lock, history and handling of signals.  Its standard
 * output and its log are pipes to us: the result comes back as the JSON that
 * the command prints anyway, the log line by line under the target's name.
 */
#ifndef TB_MIGRATE_MANY_H
#define TB_MIGRATE_MANY_H

#include <sys/types.h>

#include <jansson.h>

#include "core/buf.h"
#include "core/tb.h"
#include "migrate.h"

struct tb_err;

enum mig_target_state {
	MIG_TARGET_WAITS,
	MIG_TARGET_RUNS,
	MIG_TARGET_ENDED,
};

struct mig_target {
	char *name;
	char *conninfo; /* as -d takes it; may hold a password */
	char *schema;   /* of a tenant; NULL: the whole database */
	enum mig_target_state state;
	/* While it runs. */
	pid_t pid;
	int out, log; /* -1: at their end */
	struct tb_buf out_text, log_text;
	double started;
	/* When it ended. */
	int code;
	double seconds;
	json_t *result; /* what the command printed; NULL: nothing */
	json_t *record; /* of many_child.c; NULL: there is none */
};

struct mig_targets {
	struct mig_target *v;
	size_t n, cap;
};

/* clang-format off */
#define MIG_TARGETS_INIT	{ NULL, 0, 0 }
/* clang-format on */

/* targets.c: adds one; the strings are copied, schema may be NULL. */
void mig_targets_add(struct mig_targets *, const char *name,
    const char *conninfo, const char *schema);
void mig_targets_release(struct mig_targets *);

/*
 * Read a file, "-": standard input, of "[NAME =] DATABASE" lines.  65 with
 * file and line for what cannot be understood, and for no target at all; no
 * part of a line is in a message.
 */
int mig_targets_read(struct mig_targets *, const char *path,
    struct tb_err *) TB_MUSTCHECK;

/*
 * tenants.c: ask the one database for its tenants, the names of schemas.  The
 * connection is closed again.
 */
int mig_tenants_read(struct tb_ctx *, struct mig_targets *, const char *query,
    struct tb_err *) TB_MUSTCHECK;

/*
 * After all of them: a fingerprint of their database, if any of them changed
 * it.  One for each would take as long as they are many, and only the last
 * would count.
 */
void mig_tenants_close(const struct tb_ctx *, const struct mig_targets *);

/*
 * many_child.c: the process of a target.  Its streams are its pipes already,
 * its signals are as they were for the whole program.
 */
TB_NORETURN void mig_child(struct tb_ctx *ctx, const struct mig_target *t,
    mig_run_fn *run, int argc, char *argv[]);

/* What it said: fills in result and record. */
void mig_child_read(struct mig_target *);

/*
 * many_pool.c: run them, so many at once.  Returns the signal that ended it, or
 * 0; what came of the targets stands in them.
 */
struct mig_pool {
	struct tb_ctx *ctx;
	struct mig_targets *targets;
	mig_run_fn *run;
	int argc;
	char **argv;
	size_t jobs;
	bool keep_going; /* after a failure */
};

int mig_pool_run(struct mig_pool *);

/* How many ended, failed, wait. */
struct mig_count {
	size_t running, ended, failed, waiting;
};

struct mig_count mig_targets_count(const struct mig_targets *);
bool mig_target_failed(const struct mig_target *);

/* many_log.c: whole lines of a target's log; the rest stays in log_text. */
void mig_pass_log(struct mig_target *);

/* many_print.c: did its run leave anything?  And the summary. */
bool mig_target_changed(const struct mig_target *);

void mig_many_print(const struct tb_ctx *, enum mig_many_kind,
    const struct mig_targets *, const struct tb_graph *);

#endif /* TB_MIGRATE_MANY_H */
