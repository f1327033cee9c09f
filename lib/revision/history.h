/*
 * history.h: what the database knows of its revisions.
 *
 *	struct tb_history h = TB_HISTORY_INIT;
 *
 *	if (tb_history_open(&h, db, NULL, NULL, err) == -1)
 *		return -1;
 *	for (size_t i = 0; i < h.rows.n; i++)
 *		puts(h.rows.v[i]);
 *	tb_history_release(&h);
 *
 * Two things are kept.  The version table is Alembic's own, one column
 * version_num with a row a head, so that Alembic and this program can take
 * turns.  Schema tb holds what it lacks: the applied revisions with their
 * texts and hashes (tb.revision), and a log that only grows (tb.event).
 * Where schema tb cannot be made the version table still works.
 *
 * Reading never creates anything.  What is written is written in the caller's
 * transaction, together with what it is about; every name is qualified, so
 * whatever a revision did to search_path does not matter.
 */
#ifndef TB_REVISION_HISTORY_H
#define TB_REVISION_HISTORY_H

#include <libpq-fe.h>

#include "core/hash.h"
#include "core/strs.h"
#include "core/tb.h"

struct tb_err;
struct tb_graph;
struct tb_revision;
struct tb_revision_file;
struct tb_step;

#define TB_HISTORY_TABLE "alembic_version"

enum tb_history_log {
	TB_HISTORY_LOG_READY,  /* tb.revision and tb.event can be written */
	TB_HISTORY_LOG_ABSENT, /* not there yet, but we may create them */
	TB_HISTORY_LOG_DENIED, /* the history is lost: see log_problem */
};

struct tb_history {
	PGconn *db; /* borrowed */
	char *schema, *table;
	char *name;          /* schema.table as SQL writes it, for messages */
	bool exists;         /* the version table */
	bool schema_exists;  /* the schema it is in, or will be in */
	int width;           /* longest id that fits; 0: any */
	struct tb_strs rows; /* sorted by byte value */
	enum tb_history_log log;
	bool log_readable;     /* tb.revision is there and may be read */
	bool log_schema_there; /* schema tb */
	bool revision_there, event_there;
	char *log_problem; /* why it is DENIED; NULL */
	char *log_remedy;  /* a hint for it; NULL */
};

/* clang-format off */
#define TB_HISTORY_INIT	{ .db = NULL }
/* clang-format on */

/*
 * Find the version table and read its rows.  table NULL: alembic_version.
 * schema NULL: public if the table is there, else the one schema that has it,
 * else public, where it will be made.  78 if several schemas have it, 65 if
 * what bears the name is no version table.
 */
int tb_history_open(struct tb_history *, PGconn *, const char *schema,
    const char *table, struct tb_err *) TB_MUSTCHECK;
void tb_history_release(struct tb_history *);

/* Look again: where it is, what its rows are. */
int tb_history_reread(struct tb_history *, struct tb_err *) TB_MUSTCHECK;

/*
 * Keep every other runner out of this version table until the session ends or
 * tb_history_unlock(): polls for up to wait seconds, then 75 with the holder.
 * Then reads again, since another runner may have been at work.
 */
int tb_history_lock(struct tb_history *, double wait,
    struct tb_err *) TB_MUSTCHECK;
int tb_history_unlock(struct tb_history *, struct tb_err *) TB_MUSTCHECK;

/*
 * In a transaction: make what is not there, the version table and schema tb.
 * After that transaction was rolled back, call tb_history_reread().
 */
int tb_history_prepare(struct tb_history *, struct tb_err *) TB_MUSTCHECK;

/*
 * Change the rows as a step says; a column too narrow for an id is widened.
 * 75 if an update or delete does not hit exactly one row: somebody else
 * changed the table.
 */
int tb_history_change(struct tb_history *, const struct tb_step *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * What follows is about schema tb, and does nothing unless the log is READY.
 */

/* How a revision came to be applied. */
enum tb_history_origin {
	TB_HISTORY_RUN,   /* we ran it */
	TB_HISTORY_STAMP, /* somebody said so */
	TB_HISTORY_FOUND, /* it stood in the version table without us */
};

/* seconds < 0: not known. */
int tb_history_applied(struct tb_history *, const struct tb_revision_file *,
    enum tb_history_origin, double seconds, struct tb_err *) TB_MUSTCHECK;
int tb_history_undone(struct tb_history *, const char *revision,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Make tb.revision agree with the version table: write down what is applied
 * and not recorded, with this origin, and take out what is not applied.
 */
int tb_history_reconcile(struct tb_history *, const struct tb_graph *,
    enum tb_history_origin, struct tb_err *) TB_MUSTCHECK;

struct tb_history_event {
	const char *action;           /* "upgrade", "downgrade" or "stamp" */
	const char *revision;         /* NULL: base */
	const char *outcome;          /* "done", "failed" or "interrupted" */
	double seconds;               /* < 0: not known */
	const char *sqlstate, *error; /* NULL: none */
	const char *statements, *notices; /* JSON; NULL: none */
	const char *tag;                  /* the user's note; NULL: none */
};

int tb_history_event(struct tb_history *, const struct tb_history_event *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * tb.revision of this version table: revision, parents, message, raw_hash,
 * token_hash, hash_formula, origin, applied_at, applied_by.  NULL without
 * *err being set when there is none or it may not be read; call only when
 * log_readable.  The caller clears it.
 */
PGresult *tb_history_recorded(struct tb_history *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * The hashes of a revision: of the file byte for byte, and of the tokens of
 * upgrade and downgrade, which white space, comments and line ends do not
 * change.  The formula of the second has a number, which is stored with it.
 */
#define TB_HISTORY_FORMULA 1

struct tb_history_hashes {
	char raw[TB_HASH_LEN + 1];
	char tokens[TB_HASH_LEN + 1];
};

int tb_history_hash(const struct tb_revision_file *, struct tb_history_hashes *,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_HISTORY_H */
