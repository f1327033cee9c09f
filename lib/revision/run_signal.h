/*
 * run_signal.h: INT, TERM and HUP during a run.
 *
 * A handler asks the server to cancel the running statement and leaves a note.
 * A cancel that comes between two statements hits nothing, so it is repeated
 * every second until the run has noticed.  Signals that were ignored (nohup)
 * stay ignored.
 */
#ifndef TB_REVISION_RUN_SIGNAL_H
#define TB_REVISION_RUN_SIGNAL_H

#include <libpq-fe.h>

#include "core/tb.h"

void tb_run_signal_catch(PGconn *);

/* The signal that came, or 0. */
int tb_run_signal_pending(void);

/* Cancel no more: what comes now is the clearing up. */
void tb_run_signal_spare(void);

/* Put the handlers back that were there before. */
void tb_run_signal_release(void);

/* "SIGINT" and so on. */
const char *tb_run_signal_name(int);

#endif /* TB_REVISION_RUN_SIGNAL_H */
