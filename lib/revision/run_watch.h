/*
 * run_watch.h: a second connection that watches the first one.
 *
 * While a statement takes long, the user is told why: who holds the lock that
 * it waits for, and how far the server says it is.  Nothing is connected
 * before a statement takes longer than a second, and nothing here waits.  When
 * there can be no second connection, the run goes on without.
 *
 *	struct tb_run_watch *w = tb_run_watch_open(db, &opts);
 *
 *	while (something_runs()) {
 *		tb_run_watch_tick(w, &now);
 *		wait_for_socket(db, 0.1);
 *	}
 *	tb_run_watch_quiet(w);
 *	tb_run_watch_close(w);
 */
#ifndef TB_REVISION_RUN_WATCH_H
#define TB_REVISION_RUN_WATCH_H

#include <libpq-fe.h>

#include "core/tb.h"
#include "revision/run.h"

struct tb_err;
struct tb_run_watch;

/* Both are borrowed.  Never NULL. */
struct tb_run_watch *tb_run_watch_open(PGconn *watched,
    const struct tb_run_opts *) TB_MUSTCHECK;

/*
 * This runs.  To be called a few times a second; tells blockers through
 * log.h, ends those that opts.end_idle names, and calls hooks.progress.
 */
void tb_run_watch_tick(struct tb_run_watch *, const struct tb_run_now *);

/* Nothing runs any more, for now. */
void tb_run_watch_quiet(struct tb_run_watch *);

/*
 * Whoever was seen in the way of the statement that was watched last, as
 * details of its error.  False: nobody was, or it did not take long enough to
 * be looked at.
 */
bool tb_run_watch_blame(const struct tb_run_watch *, struct tb_err *);

/* NULL is fine. */
void tb_run_watch_close(struct tb_run_watch *);

#endif /* TB_REVISION_RUN_WATCH_H */
