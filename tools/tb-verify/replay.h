/*
 * replay.h: what the files share that make a side in a scratch database.
 *
 * replay.c goes the way, revisions.c and files.c are where the SQL comes from,
 * grants.c gives what is made the privileges that it has in the real database,
 * cache.c keeps the facts of what came out, and keep.c the database itself.
 */
#ifndef TB_REPLAY_H
#define TB_REPLAY_H

#include "core/buf.h"
#include "core/hash.h"
#include "core/strs.h"
#include "core/tb.h"
#include "pg/split.h"
#include "verify.h"

/* What makes new objects have the privileges that they have there. */
struct ver_grants {
	struct tb_strs first; /* before any SQL */
	char *later;          /* after a schema was made; NULL: nothing */
};

/*
 * A database with all revisions but the newest, which is kept so that only
 * those need be run.
 */
struct ver_keep {
	bool allowed;                /* on this server */
	char start[TB_HASH_LEN + 1]; /* all that counts beside the SQL */
	size_t *ends;                /* where each step ends in the SQL */
	size_t n, cap;
	char *base;     /* what is started from; NULL: from nothing */
	size_t done;    /* steps that it has */
	char *database; /* its state in catalogues of the whole server */
	bool fit;       /* the scratch database may be kept */
};

struct ver_making {
	struct ver_replay r; /* first: this is what a source is given */
	struct tb_buf sql;   /* all of it */
	struct ver_grants grants;
	struct ver_keep keep;
	bool on_private; /* a private server's, says the key of the cache */
};

struct ver_making *ver_making(struct ver_replay *);

/* grants.c */

/*
 * What the real database has and the SQL does not make itself: where it does,
 * that counts from then on only.
 */
int ver_grants_read(struct ver_making *, struct tb_err *) TB_MUSTCHECK;
/* A role that is not here, or may not, is passed over. */
void ver_grants_first(struct ver_making *);
/* Insert what is to be done after these statements. */
void ver_grants_add(const struct ver_making *, struct tb_stmts *);
/* The same for a statement that was run just now. */
int ver_grants_after(struct ver_replay *, const struct tb_stmt *,
    struct tb_err *) TB_MUSTCHECK;
void ver_grants_release(struct ver_grants *);

/* private.c */

/* Add what tells its programs from others; false: that is not known. */
bool ver_private_key(int major, struct tb_buf *);

/* keep.c */

/* The SQL of another step is complete. */
void ver_keep_step(struct ver_making *);
/* Is there one to start from? */
bool ver_keep_find(struct ver_making *);
/* Before the first statement, and after the last one. */
int ver_keep_before(struct ver_making *, struct tb_err *) TB_MUSTCHECK;
int ver_keep_after(struct ver_making *, struct tb_err *) TB_MUSTCHECK;
/* Drop what may not stay; the scratch database is open. */
void ver_keep_tidy(const struct ver_making *);
/* Instead of dropping the scratch database; then it is closed. */
void ver_keep_it(struct ver_making *);
void ver_keep_release(struct ver_keep *);

#endif /* TB_REPLAY_H */
