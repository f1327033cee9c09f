/*
 * half.h: a revision that was begun outside a transaction and is not finished,
 * as status, check and doctor tell of it.
 */
#ifndef TB_MIGRATE_HALF_H
#define TB_MIGRATE_HALF_H

#include <jansson.h>

#include "core/tb.h"
#include "migrate.h"
#include "revision/run_journal.h"

struct tb_err;

enum mig_half_state {
	MIG_HALF_NOTHING, /* nothing is half done */
	MIG_HALF_RUNNING, /* a run holds the lock */
	MIG_HALF_FAILED,  /* the statement, with an error */
	MIG_HALF_UNKNOWN, /* nobody knows what the statement did */
	MIG_HALF_INTERRUPTED,
	MIG_HALF_ENDING, /* all statements are done */
};

struct mig_half {
	struct tb_journal journal;
	enum mig_half_state state;
	size_t number; /* the statement it came to, from 1 */
	size_t count;  /* all of them; 0: not known */
	int line;      /* in the file; 0: not known */
	char *error;   /* NULL: none is known */
};

/* clang-format off */
#define MIG_HALF_INIT	{ .journal = TB_JOURNAL_INIT }
/* clang-format on */

/* After mig_open(). */
int mig_half_read(struct mig *, struct mig_half *,
    struct tb_err *) TB_MUSTCHECK;
void mig_half_release(struct mig_half *);

/* What happened, in one line, and what to do next.  The caller frees text. */
char *mig_half_text(const struct mig_half *) TB_MUSTCHECK;
const char *mig_half_remedy(const struct mig_half *);

/* All of it; null where nothing is half done. */
json_t *mig_half_json(const struct mig_half *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_HALF_H */
