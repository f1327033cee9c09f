/*
 * How the statements of each step went: what they said and how long they took.
 */
#include "core/tb.h"

#include <stdlib.h>

#include "core/err.h"
#include "core/log.h"
#include "revision/history.h"
#include "revision/run_state.h"

struct tb_run_log *
tb_run_log_of(struct tb_run_state *st, size_t step)
{
	struct tb_run_log *log = &st->log[step];

	if (log->statements == NULL)
		log->statements = json_array();
	return log;
}

static void
forget(struct tb_run_log *log)
{
	json_decref(log->statements);
	json_decref(log->notices);
	*log = (struct tb_run_log){ .event = 0 };
}

/* As text it takes a tenth of the memory, and there may be thousands. */
void
tb_run_log_keep(struct tb_run_state *st, size_t step)
{
	struct tb_run_log *log = &st->log[step];
	json_t *detail;
	char *text;

	if (log->event == 0 || log->statements == NULL)
		return;
	detail = json_pack("{s:I, s:O, s:O*}", "event", (json_int_t)log->event,
	    "statements", log->statements, "notices", log->notices);
	text = json_dumps(detail, JSON_COMPACT | JSON_REAL_PRECISION(6));
	tb_buf_addf(&st->details, "%c%s", st->details.len == 0 ? '[' : ',',
	    text);
	free(text);
	json_decref(detail);
	forget(log);
}

void
tb_run_log_settle(struct tb_run_state *st)
{
	st->settled = st->details.len;
}

void
tb_run_log_forget(struct tb_run_state *st)
{
	tb_buf_truncate(&st->details, st->settled);
	for (size_t i = 0; i < st->run->n; i++)
		forget(&st->log[i]);
}

/*
 * How long statements took is no reason to fail.  After a good end there is a
 * round trip to come that takes it along.
 */
void
tb_run_log_write(struct tb_run_state *st, bool good)
{
	struct tb_err err = TB_ERR_INIT;

	tb_buf_truncate(&st->details, st->settled);
	if (st->details.len == 0 || PQstatus(st->db) != CONNECTION_OK ||
	    st->history->log != TB_HISTORY_LOG_READY)
		return;
	tb_buf_addc(&st->details, ']');
	if (good)
		tb_history_details_later(st->history,
		    tb_buf_detach(&st->details));
	else if (tb_history_details(st->history, st->details.s, &err) == -1)
		tb_debug("statements are not in the log: %s", err.message);
	tb_err_release(&err);
}
