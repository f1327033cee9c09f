/*
 * rehearse.h: what the files of tb-migrate rehearse share.
 *
 * cmd_rehearse.c reads the command line and chooses the place, rehearse.c goes
 * up, down and up again, rehearse_scratch.c makes the scratch database, and
 * rehearse_print.c says what came of it.
 */
#ifndef TB_MIGRATE_REHEARSE_H
#define TB_MIGRATE_REHEARSE_H

#include "catalog/diff.h"
#include "catalog/facts.h"
#include "core/strs.h"
#include "core/tb.h"
#include "migrate.h"
#include "pg/scratch.h"
#include "revision/rehearse.h"

struct tb_err;

/* Up, down and up again, with the catalogue read each time. */
struct mig_trip {
	size_t first, last; /* steps of the run up, first to last - 1 */
	struct tb_facts before, up, down, again;
	struct tb_diff undone; /* before against down */
	struct tb_diff redone; /* up against again */
};

/* clang-format off */
#define MIG_TRIP_INIT \
	{ 0, 0, TB_FACTS_INIT, TB_FACTS_INIT, TB_FACTS_INIT, TB_FACTS_INIT, \
	    TB_DIFF_INIT, TB_DIFF_INIT }
/* clang-format on */

struct mig_rehearsal {
	struct tb_ctx *ctx;
	struct mig *m;
	struct tb_plan plan, back_plan;
	struct tb_run up;
	struct tb_run down; /* of all that have a way back, last step first */
	bool scratch;
	struct tb_rehearsal watched;
	size_t back;          /* revisions whose way back was tried */
	struct tb_strs stuck; /* those that have none */
	struct mig_trip trip; /* the one that differs, else the last one */
};

/* clang-format off */
#define MIG_REHEARSAL_INIT \
	{ .plan = TB_PLAN_INIT, .back_plan = TB_PLAN_INIT, .up = TB_RUN_INIT, \
	    .down = TB_RUN_INIT, .watched = TB_REHEARSAL_INIT, \
	    .stuck = TB_STRS_INIT, .trip = MIG_TRIP_INIT }
/* clang-format on */

/* rehearse.c */

/* Is there a way back from this step?  A step without SQL needs none. */
bool mig_step_is_stuck(const struct tb_run_step *);

/* Do it all in this session, by these settings. */
int mig_rehearse(struct mig_rehearsal *, PGconn *,
    const struct tb_rehearsal_opts *, struct tb_err *) TB_MUSTCHECK;

bool mig_trip_differs(const struct mig_trip *);
void mig_trip_release(struct mig_trip *);

/* rehearse_scratch.c: a database with the schema that the applied revisions
 * make. */
int mig_scratch_open(struct mig_rehearsal *, struct tb_scratch *,
    struct tb_err *) TB_MUSTCHECK;

/* rehearse_print.c */
void mig_rehearsal_print(const struct mig_rehearsal *);
void mig_rehearsal_print_json(const struct mig_rehearsal *);

#endif /* TB_MIGRATE_REHEARSE_H */
