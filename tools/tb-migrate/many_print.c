/*
 * What came of all targets, as a table or as JSON.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/mem.h"
#include "many.h"

static const json_t *
of_record(const struct mig_target *t, const char *key)
{
	return t->record != NULL ? json_object_get(t->record, key) : NULL;
}

/* A member of the result, else of the record; NULL: not known. */
static json_t *
rows_of(const struct mig_target *t, const char *in_result,
    const char *in_record)
{
	json_t *rows = json_object_get(t->result, in_result);

	if (rows == NULL)
		rows = json_object_get(t->record, in_record);
	return json_is_array(rows) ? rows : NULL;
}

static json_t *
from_of(const struct mig_target *t)
{
	return rows_of(t, "before", "from");
}

static json_t *
to_of(const struct mig_target *t)
{
	return rows_of(t, "after", "to");
}

static bool
equal_rows(const struct mig_target *t)
{
	const json_t *from = from_of(t), *to = to_of(t);

	return from != NULL && to != NULL && json_equal(from, to) == 1;
}

static size_t
steps_of(const struct mig_target *t)
{
	return json_array_size(json_object_get(t->result, "steps"));
}

bool
mig_target_changed(const struct mig_target *t)
{
	bool known = from_of(t) != NULL && to_of(t) != NULL;

	return !mig_opts.dry_run &&
	    (steps_of(t) > 0 || (known && !equal_rows(t)));
}

static size_t
count_applied(const struct tb_graph *g, const json_t *rows)
{
	struct tb_strs ids = TB_STRS_INIT, unknown = TB_STRS_INIT;
	struct tb_revs applied = TB_REVS_INIT;
	size_t n;

	for (size_t i = 0; i < json_array_size(rows); i++)
		tb_strs_add(&ids, json_string_value(json_array_get(rows, i)));
	tb_plan_applied(g, &ids, &applied, &unknown);
	n = applied.n;
	tb_revs_release(&applied);
	tb_strs_release(&ids);
	tb_strs_release(&unknown);
	return n;
}

/* Of a run that failed only the rows tell how far it came; -1: nothing does. */
static long long
count_steps(const struct mig_target *t, const struct tb_graph *g)
{
	const json_t *from = from_of(t), *to = to_of(t);
	long long n;

	if (t->result != NULL)
		return (long long)steps_of(t);
	if (from == NULL || to == NULL)
		return -1;
	n = (long long)count_applied(g, to) - (long long)count_applied(g, from);
	return n < 0 ? -n : n;
}

static const char *
outcome_of(enum mig_many_kind kind, const struct mig_target *t)
{
	if (t->state == MIG_TARGET_WAITS)
		return "not started";
	if (t->code > TB_EXIT_SIGNAL)
		return "interrupted";
	if (mig_target_failed(t))
		return "failed";
	if (kind != MIG_MOVES)
		return "done";
	if (steps_of(t) == 0)
		return "nothing to do";
	return mig_opts.dry_run ? "planned" : "done";
}

static enum tb_colour
colour_of(enum mig_many_kind kind, const struct mig_target *t)
{
	if (t->state == MIG_TARGET_WAITS)
		return TB_DIM;
	if (mig_target_failed(t))
		return TB_RED;
	if (t->code != 0)
		return TB_YELLOW;
	return kind == MIG_MOVES && steps_of(t) == 0 ? TB_PLAIN : TB_GREEN;
}

/* Why, in one line; NULL: all went well.  The caller frees it. */
static char *
message_of(const struct mig_target *t)
{
	const char *message = json_string_value(of_record(t, "message"));

	if (!mig_target_failed(t))
		return NULL;
	if (message != NULL)
		return tb_strndup(message, strcspn(message, "\n"));
	if (t->record == NULL && t->code > TB_EXIT_SIGNAL)
		return tb_asprintf("its process was ended by signal %d",
		    t->code - TB_EXIT_SIGNAL);
	return tb_asprintf("its process ended with %d", t->code);
}

static void
join(struct tb_buf *b, const json_t *rows)
{
	for (size_t i = 0; i < json_array_size(rows); i++)
		tb_buf_addf(b, "%s%s", i > 0 ? ", " : "",
		    json_string_value(json_array_get(rows, i)));
	if (rows != NULL && json_array_size(rows) == 0)
		tb_buf_add(b, "base");
}

static void
add_move(struct tb_table *table, const struct mig_target *t,
    const struct tb_graph *g)
{
	struct tb_buf from = TB_BUF_INIT, to = TB_BUF_INIT;
	char span[TB_CLOCK_SPAN_LEN + 1] = "";
	long long n = count_steps(t, g);
	char *steps = n >= 0 && t->state == MIG_TARGET_ENDED ?
	    tb_asprintf("%lld", n) :
	    tb_strdup("");
	char *message = message_of(t);

	join(&from, from_of(t));
	if (!equal_rows(t))
		join(&to, to_of(t));
	if (t->state == MIG_TARGET_ENDED)
		tb_clock_span(t->seconds, span);
	tb_table_add(table, t->name, outcome_of(MIG_MOVES, t), from.s, to.s,
	    steps, span, message);
	free(steps);
	free(message);
	tb_buf_release(&from);
	tb_buf_release(&to);
}

/* A list of ids, or of revisions as "current" prints them. */
static void
add_heads(struct tb_buf *b, const json_t *list, const char *key)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *v = json_array_get(list, i);
		const json_t *id = key != NULL ? json_object_get(v, key) : v;

		tb_buf_addf(b, "%s%s%s", i > 0 ? ", " : "",
		    json_string_value(id),
		    json_is_true(json_object_get(v, "head")) ? " (head)" : "");
	}
	if (list != NULL && json_array_size(list) == 0)
		tb_buf_add(b, "base");
}

static void
add_current(struct tb_table *table, const struct mig_target *t)
{
	struct tb_buf at = TB_BUF_INIT;
	char *message = message_of(t);

	add_heads(&at, t->result, "revision");
	tb_table_add(table, t->name, at.s, message);
	free(message);
	tb_buf_release(&at);
}

/* The length of a list; "" where there is none, as where it cannot be told. */
static char *
length(const struct mig_target *t, const char *key)
{
	const json_t *list = json_object_get(t->result, key);

	return json_is_array(list) ? tb_asprintf("%zu", json_array_size(list)) :
				     tb_strdup("");
}

/* What is half done there; NULL: nothing. */
static const char *
half_of(const struct mig_target *t)
{
	const json_t *half = json_object_get(t->result, "half_done");

	return json_string_value(json_object_get(half, "revision"));
}

static void
add_status(struct tb_table *table, const struct mig_target *t, bool halves)
{
	static const char *const counts[] = { "applied", "pending", "unknown",
		"edited" };
	struct tb_buf at = TB_BUF_INIT;
	char *message = message_of(t), *texts[TB_LEN(counts)];
	const char *cells[TB_LEN(counts) + 4] = { t->name };
	size_t n = 1;

	for (size_t i = 0; i < TB_LEN(counts); i++)
		cells[n++] = texts[i] = length(t, counts[i]);
	add_heads(&at, json_object_get(t->result, "current"), NULL);
	cells[n++] = at.s;
	if (halves)
		cells[n++] = half_of(t);
	cells[n++] = message;
	tb_table_addv(table, cells);
	for (size_t i = 0; i < TB_LEN(counts); i++)
		free(texts[i]);
	free(message);
	tb_buf_release(&at);
}

static void
begin_table(struct tb_table *table, enum mig_many_kind kind, bool halves,
    bool failures)
{
	const char *error = failures ? "ERROR" : NULL;

	switch (kind) {
	case MIG_MOVES:
		tb_table_init(table, "TARGET", "RESULT", "FROM", "TO",
		    "REVISIONS", "TIME", error, NULL);
		tb_table_right(table, 4);
		tb_table_right(table, 5);
		break;
	case MIG_CURRENT:
		tb_table_init(table, "TARGET", "CURRENT", error, NULL);
		break;
	case MIG_STATUS:
		tb_table_init(table, "TARGET", "APPLIED", "PENDING", "UNKNOWN",
		    "EDITED", "CURRENT", halves ? "HALF DONE" : error,
		    halves ? error : NULL, NULL);
		for (size_t i = 1; i <= 4; i++)
			tb_table_right(table, i);
		break;
	}
}

static void
print_table(enum mig_many_kind kind, const struct mig_targets *ts,
    const struct tb_graph *g)
{
	struct tb_table table;
	bool halves = false;

	for (size_t i = 0; i < ts->n; i++)
		halves |= half_of(&ts->v[i]) != NULL;
	begin_table(&table, kind, halves, mig_targets_count(ts).failed > 0);
	for (size_t i = 0; i < ts->n; i++) {
		const struct mig_target *t = &ts->v[i];

		if (kind == MIG_MOVES)
			add_move(&table, t, g);
		else if (kind == MIG_CURRENT)
			add_current(&table, t);
		else
			add_status(&table, t, halves);
		tb_table_colour(&table, colour_of(kind, t));
	}
	tb_table_print(&table, stdout);
	tb_table_release(&table);
}

static json_t *
share(json_t *value)
{
	return value != NULL ? json_incref(value) : json_null();
}

static json_t *
json_error(const struct mig_target *t)
{
	static const char *const keys[] = { "detail", "hint", "sqlstate" };
	const char *whole = json_string_value(of_record(t, "message"));
	char *message = message_of(t);
	json_t *o;

	if (message == NULL)
		return json_null();
	o = json_object();
	tb_json_set(o, "message", whole != NULL ? whole : message);
	for (size_t i = 0; i < TB_LEN(keys); i++)
		tb_json_set(o, keys[i],
		    json_string_value(of_record(t, keys[i])));
	free(message);
	return o;
}

static json_t *
json_target(enum mig_many_kind kind, const struct mig_target *t,
    const struct tb_graph *g)
{
	bool ended = t->state == MIG_TARGET_ENDED;
	long long steps = count_steps(t, g);
	json_t *o = json_object();

	tb_json_set(o, "target", t->name);
	tb_json_set(o, "outcome", outcome_of(kind, t));
	(void)json_object_set_new(o, "code",
	    ended ? json_integer(t->code) : json_null());
	(void)json_object_set_new(o, "seconds",
	    ended ? json_real(t->seconds) : json_null());
	(void)json_object_set_new(o, "error", json_error(t));
	if (kind == MIG_MOVES) {
		(void)json_object_set_new(o, "from", share(from_of(t)));
		(void)json_object_set_new(o, "to", share(to_of(t)));
		(void)json_object_set_new(o, "revisions",
		    steps >= 0 ? json_integer(steps) : json_null());
	}
	(void)json_object_set_new(o, "result", share(t->result));
	return o;
}

static void
print_json(enum mig_many_kind kind, const struct mig_targets *ts,
    const struct tb_graph *g)
{
	json_t *list = json_array();

	for (size_t i = 0; i < ts->n; i++)
		(void)json_array_append_new(list,
		    json_target(kind, &ts->v[i], g));
	tb_json_print(list);
}

void
mig_many_print(const struct tb_ctx *ctx, enum mig_many_kind kind,
    const struct mig_targets *ts, const struct tb_graph *g)
{
	if (tb_cli_is_json(ctx))
		print_json(kind, ts, g);
	else
		print_table(kind, ts, g);
	(void)fflush(stdout);
}
