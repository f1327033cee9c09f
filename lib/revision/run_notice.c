/*
 * What the server says on the way, laid at the statement it is about.
 */
#include "core/tb.h"

#include <string.h>

#include "core/log.h"
#include "revision/run_state.h"

static void
receive(void *arg, const PGresult *res)
{
	struct tb_run_state *st = arg;
	const struct tb_run_step *rs;
	const struct tb_stmt *stmt;
	struct tb_run_log *log;
	const char *severity =
	    PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);
	const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	bool warning = severity != NULL && strcmp(severity, "WARNING") == 0;

	if (text == NULL)
		return;
	if (!tb_run_where(st, &rs, &stmt)) {
		tb_debug("server: %s", text);
		return;
	}
	if (warning)
		tb_warn("%s:%d: %s", rs->file.header.path, stmt->line, text);
	else
		tb_info("notice: %s:%d: %s", rs->file.header.path, stmt->line,
		    text);
	log = tb_run_log_of(st, (size_t)(rs - st->run->v));
	if (log->notices == NULL)
		log->notices = json_array();
	(void)json_array_append_new(log->notices,
	    json_pack("{s:i, s:s, s:s}", "line", stmt->line, "severity",
		severity != NULL ? severity : "NOTICE", "message", text));
}

void
tb_run_notice_catch(struct tb_run_state *st)
{
	st->their_receiver = PQsetNoticeReceiver(st->db, receive, st);
}

void
tb_run_notice_release(struct tb_run_state *st)
{
	/* The receiver of conn.h wants no argument. */
	(void)PQsetNoticeReceiver(st->db, st->their_receiver, NULL);
}
