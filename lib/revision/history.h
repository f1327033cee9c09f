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
struct tb_sent;
struct tb_step;

#define TB_HISTORY_TABLE "alembic_version"
#define TB_HISTORY_WIDTH 32 /* of the column in a table that Alembic made */

enum tb_history_log {
	TB_HISTORY_LOG_READY,  /* tb.revision and tb.event can be written */
	TB_HISTORY_LOG_ABSENT, /* not there yet, but we may create them */
	TB_HISTORY_LOG_DENIED, /* the history is lost: see log_problem */
};

/* What a statement of ours is, for whoever gets its answer. */
enum tb_history_kind {
	TB_HISTORY_OURS,
	TB_HISTORY_ROW,   /* a change of the version table */
	TB_HISTORY_EVENT, /* the answer is the id of a new row of tb.event */
};

struct tb_history {
	PGconn *db; /* borrowed */
	/*
	 * NULL: what changes something is waited for.  Else it is handed to
	 * this, which sends it and gets the answer later: number is that of a
	 * row change in its step.
	 */
	int (*send)(void *, enum tb_history_kind, size_t number,
	    const struct tb_sent *, struct tb_err *);
	void *send_arg;
	unsigned int prepared; /* statements that the session has prepared */
	unsigned int generation;
	char *schema, *table;
	char *name;          /* schema.table as SQL writes it, for messages */
	bool exists;         /* the version table */
	bool schema_exists;  /* the schema it is in, or will be in */
	int width;           /* longest id that fits; 0: any */
	struct tb_strs rows; /* sorted by byte value */
	enum tb_history_log log;
	bool log_readable;     /* tb.revision is there and may be read */
	bool log_schema_there; /* schema tb */
	bool revision_there, event_there, detail_there, fingerprint_there;
	bool old_form;      /* tables of an earlier tb-migrate */
	char *log_problem;  /* why it is DENIED; NULL */
	char *log_remedy;   /* a hint for it; NULL */
	bool journal_there; /* tb.journal */
	bool looked;        /* at schema tb, so that the above is known */
	char *details;      /* of tb_history_details_later(); NULL */
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

/*
 * The same without a look at schema tb, which is as if it were not there until
 * tb_history_reread() or tb_history_lock(): enough to see that there is nothing
 * to do.
 */
int tb_history_open_rows(struct tb_history *, PGconn *, const char *schema,
    const char *table, struct tb_err *) TB_MUSTCHECK;

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

/* The key of that lock (pg/lock.h). */
long long tb_history_lock_key(const struct tb_history *);

/*
 * After a failure of what was sent: read again what there is, and prepare
 * statements anew.
 */
int tb_history_recover(struct tb_history *, struct tb_err *) TB_MUSTCHECK;

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

/* Why a change of that number failed: adds to *err.  Returns -1. */
int tb_history_row_failed(const struct tb_history *, const struct tb_step *,
    size_t number, struct tb_err *);

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
 * recorded is tb_history_recorded(); NULL: tb.revision was not there.
 */
int tb_history_reconcile(struct tb_history *, const struct tb_graph *,
    const PGresult *recorded, enum tb_history_origin,
    struct tb_err *) TB_MUSTCHECK;

struct tb_history_event {
	const char *action;   /* "upgrade", "downgrade", "stamp", ... */
	const char *revision; /* NULL: base */
	const char *outcome;  /* "done", "failed" or "interrupted" */
	double seconds;       /* < 0: what the server counts since tb.started */
	const char *sqlstate, *error;     /* NULL: none */
	const char *statements, *notices; /* JSON; NULL: none */
	const char *tag;                  /* the user's note; NULL: none */
};

int tb_history_event(struct tb_history *, const struct tb_history_event *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Statements and notices of events that were added without them: a JSON array
 * of objects with the keys event (its id), statements and notices.
 */
int tb_history_details(struct tb_history *, const char *json,
    struct tb_err *) TB_MUSTCHECK;

/*
 * The same on the way out, together with tb_history_unlock(), or never.  Takes
 * over the text, which comes from malloc.
 */
void tb_history_details_later(struct tb_history *, char *json);

/*
 * tb.revision of this version table: revision, parents, message, raw_hash,
 * token_hash, hash_formula, origin, applied_at, applied_by.  NULL without
 * *err being set when there is none or it may not be read; call only when
 * log_readable.  The caller clears it.
 */
PGresult *tb_history_recorded(struct tb_history *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * What is applied and recorded, from these rows (words with one blank between)
 * down to base, for revisions that no file has: the columns of sql/stored.sql.
 * tb_history_file() makes a row of it a revision file again; the caller frees
 * it.
 */
PGresult *tb_history_stored(struct tb_history *, const char *rows,
    struct tb_err *) TB_MUSTCHECK;
char *tb_history_file(const PGresult *, int row) TB_MUSTCHECK;

/*
 * An edited file is what was applied from now on: its text and its hashes
 * replace those of tb.revision, and the log gets the reason and both hashes.
 * In a transaction.  65 if it is not recorded.
 */
int tb_history_accept(struct tb_history *, const struct tb_revision_file *,
    const char *reason, struct tb_err *) TB_MUSTCHECK;

/* Which events; zero fields: all. */
struct tb_history_events {
	const char *revision; /* or how it begins */
	const char *since;    /* a moment or an age, as PostgreSQL reads it */
	long long limit;
};

/*
 * The log, newest first: the columns of sql/events.sql.  NULL without *err
 * being set: there is none.
 */
PGresult *tb_history_events(struct tb_history *,
    const struct tb_history_events *, struct tb_err *) TB_MUSTCHECK;

/*
 * The hashes of a revision: of the file byte for byte, and of the tokens of
 * upgrade and downgrade, which layout, comments and the case of keywords do
 * not change.  The formula of the second has a number, which is stored with
 * it: what was written by an older one (1 and up) is compared by that.
 */
#define TB_HISTORY_FORMULA 2

struct tb_history_hashes {
	char raw[TB_HASH_LEN + 1];
	char tokens[TB_HASH_LEN + 1];
};

int tb_history_hash(const struct tb_revision_file *, struct tb_history_hashes *,
    struct tb_err *) TB_MUSTCHECK;
int tb_history_hash_by(const struct tb_revision_file *, int formula,
    struct tb_history_hashes *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_HISTORY_H */
