/*
 * rehearse_state.h: what the files rehearse*.c share; for nobody else.
 */
#ifndef TB_REVISION_REHEARSE_STATE_H
#define TB_REVISION_REHEARSE_STATE_H

#include "core/tb.h"
#include "revision/rehearse.h"

struct tb_err;

/* Of a relation, what is known of it and what we did to it. */
struct tb_rehearsal_relation {
	unsigned int oid;
	unsigned int owner; /* of an index: its table; 0 */
	unsigned int filenode;
	char *name, *kind;
	bool made;        /* by the steps */
	int strength;     /* of the lock that is held; 0: none */
	long long tuples; /* counted in this transaction */
};

/* rehearse_locks.c */

/*
 * At the begin of a transaction: read the relations that are there, of which
 * none is locked.  Whatever is new since the last time was made by the steps.
 */
int tb_rehearsal_look(struct tb_rehearsal *, struct tb_err *) TB_MUSTCHECK;

/* Put down what this statement, the last one, locked and touched. */
int tb_rehearsal_watch(struct tb_rehearsal *, struct tb_rehearsal_stmt *,
    struct tb_err *) TB_MUSTCHECK;

/* The same for one outside a transaction, by what the manual says of it. */
void tb_rehearsal_assume(struct tb_rehearsal_stmt *);

#endif /* TB_REVISION_REHEARSE_STATE_H */
