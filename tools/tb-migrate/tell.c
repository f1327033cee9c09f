/*
 * What is said of a run while it goes on: a line that is replaced on a
 * terminal, a line now and then elsewhere, an object a line with --log json.
 */
#include "core/tb.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/json.h"
#include "cli/term.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "migrate.h"

/* Seconds of silence, where there is no terminal. */
#define HEARTBEAT 10.0

static double last_word; /* when anything was said of the run */

static const char *
message_of(const struct tb_run_step *rs)
{
	return rs->step->rev != NULL ? rs->step->rev->h.message : "";
}

static const char *
id_of(const struct tb_run_step *rs)
{
	return rs->step->rev != NULL ? rs->step->rev->h.id : "stamp";
}

static const char *
action_of(const struct tb_run_step *rs)
{
	switch (rs->step->kind) {
	case TB_STEP_UPGRADE:
		return "upgrade";
	case TB_STEP_DOWNGRADE:
		return "downgrade";
	case TB_STEP_STAMP:
	case TB_STEP_ADOPT:
		break;
	}
	return "stamp";
}

static json_t *
fields_of(const struct tb_run_step *rs)
{
	json_t *o = json_object();

	tb_json_set(o, "action", action_of(rs));
	tb_json_set(o, "revision",
	    rs->step->rev != NULL ? rs->step->rev->h.id : NULL);
	tb_json_set(o, "from", rs->step->from);
	tb_json_set(o, "to", rs->step->to);
	return o;
}

static void
set_count(json_t *o, const char *key, size_t value)
{
	(void)json_object_set_new(o, key, json_integer((json_int_t)value));
}

/* Is there a line on the terminal that can be replaced? */
static bool
has_line(void)
{
	return !tb_log_is_json() && isatty(STDERR_FILENO) == 1;
}

static void
tell_begin(void *arg TB_UNUSED, const struct tb_run_step *rs, size_t number,
    size_t count)
{
	json_t *fields = fields_of(rs);

	if (has_line() && rs->step->rev != NULL)
		tb_progress("%zu of %zu: %s %s", number, count, id_of(rs),
		    message_of(rs));
	set_count(fields, "step", number);
	set_count(fields, "steps", count);
	tb_log_event(tb_log_is_json() ? TB_LOG_INFO : TB_LOG_DEBUG, "begin",
	    fields, "running %s -> %s, %s", rs->step->from, rs->step->to,
	    message_of(rs));
	if (tb_log_is_json())
		last_word = tb_clock_now();
}

static void
tell_done(void *arg TB_UNUSED, const struct tb_run_step *rs)
{
	char span[TB_CLOCK_SPAN_LEN + 1];
	const struct tb_step *step = rs->step;
	json_t *fields = fields_of(rs);

	tb_progress_done();
	last_word = tb_clock_now();
	tb_clock_span(rs->seconds, span);
	(void)json_object_set_new(fields, "seconds", json_real(rs->seconds));
	switch (step->kind) {
	case TB_STEP_UPGRADE:
		tb_log_event(TB_LOG_INFO, "done", fields, "applied %s %s (%s)",
		    id_of(rs), message_of(rs), span);
		break;
	case TB_STEP_DOWNGRADE:
		tb_log_event(TB_LOG_INFO, "done", fields, "undone %s %s (%s)",
		    id_of(rs), message_of(rs), span);
		break;
	case TB_STEP_STAMP:
	case TB_STEP_ADOPT:
		tb_log_event(TB_LOG_INFO, "done", fields, "stamped %s -> %s",
		    *step->from != '\0' ? step->from : "base",
		    *step->to != '\0' ? step->to : "base");
		break;
	}
}

static void
add_elapsed(struct tb_buf *b, double seconds)
{
	long whole = (long)seconds;

	if (whole >= 3600)
		tb_buf_addf(b, "%ld:", whole / 3600);
	tb_buf_addf(b, "%02ld:%02ld", whole % 3600 / 60, whole % 60);
}

/* "3 of 12: id message, statement 2/5 line 40, 00:35, what it does" */
static void
add_now(struct tb_buf *b, const struct tb_run_now *now, const char *doing,
    const char *separator)
{
	tb_buf_addf(b, "%zu of %zu: %s %s%s", now->number, now->count,
	    id_of(now->step), message_of(now->step), separator);
	if (now->stmt == NULL)
		tb_buf_add(b, "bookkeeping");
	else if (now->stmt_count > 1)
		tb_buf_addf(b, "statement %zu/%zu line %d", now->stmt_number,
		    now->stmt_count, now->stmt->line);
	else
		tb_buf_addf(b, "line %d", now->stmt->line);
	tb_buf_add(b, separator);
	add_elapsed(b, tb_clock_now() - now->since);
	if (doing != NULL)
		tb_buf_addf(b, "%s%s", separator, doing);
}

static json_t *
fields_now(const struct tb_run_now *now, const char *doing)
{
	json_t *o = fields_of(now->step);

	set_count(o, "step", now->number);
	set_count(o, "steps", now->count);
	if (now->stmt != NULL) {
		set_count(o, "statement", now->stmt_number);
		set_count(o, "statements", now->stmt_count);
		set_count(o, "line", (size_t)now->stmt->line);
	}
	(void)json_object_set_new(o, "seconds",
	    json_real(tb_clock_now() - now->since));
	tb_json_set(o, "doing", doing);
	return o;
}

static void
tell_progress(void *arg TB_UNUSED, const struct tb_run_now *now,
    const char *doing)
{
	struct tb_buf b = TB_BUF_INIT;

	if (now == NULL) {
		tb_progress_done();
		return;
	}
	if (has_line()) {
		add_now(&b, now, doing, " · ");
		tb_progress("%s", b.s);
	} else if (tb_clock_now() >= last_word + HEARTBEAT) {
		add_now(&b, now, doing, ", ");
		tb_log_event(TB_LOG_INFO, "running", fields_now(now, doing),
		    "running %s", b.s);
		last_word = tb_clock_now();
	}
	tb_buf_release(&b);
}

/* As PostgreSQL reads times: a number and a unit; seconds without one. */
static int
parse_age(const char *text, double *seconds, struct tb_err *err)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = { { "", 1 }, { "ms", 0.001 }, { "s", 1 }, { "min", 60 },
		{ "h", 3600 }, { "d", 86400 } };
	char *end;
	double value = strtod(text, &end);

	if (end != text && isfinite(value) && value > 0) {
		end += strspn(end, " ");
		for (size_t i = 0; i < TB_LEN(units); i++) {
			*seconds = value * units[i].seconds;
			if (strcmp(end, units[i].name) == 0)
				return 0;
		}
	}
	(void)tb_err_set(err, TB_EXIT_USAGE,
	    "--terminate-idle-blockers: \"%s\" is no age", text);
	return tb_err_hint(err,
	    "It is a number and a unit: ms, s, min, h or d, such as 5min.");
}

int
mig_tell(struct tb_run_opts *opts, struct tb_err *err)
{
	last_word = tb_clock_now();
	opts->hooks.begin = tell_begin;
	opts->hooks.done = tell_done;
	opts->hooks.progress = tell_progress;
	/* One of many in its database: mig_tenants_close() does it. */
	if (mig_opts.tenant == NULL)
		opts->hooks.closing = mig_closing;
	if (mig_opts.terminate_idle == NULL)
		return 0;
	return parse_age(mig_opts.terminate_idle, &opts->end_idle, err);
}
