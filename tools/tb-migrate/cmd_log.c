/*
 * tb-migrate log: what was done, when, by whom, and what came of it.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "migrate.h"
#include "pg/query.h"
#include "revision/target.h"

static struct tb_history_events which;

/* "role (user@host)" */
static char *
who_of(const PGresult *res, int row)
{
	const char *user = tb_pg_get(res, row, "client_user");
	const char *host = tb_pg_get(res, row, "client_host");

	return tb_asprintf("%s (%s@%s)", tb_pg_get(res, row, "session_role"),
	    user != NULL ? user : "?", host != NULL ? host : "?");
}

/* What a revision that is not applied any more was is in its file only. */
static const char *
message_of(const struct mig *m, const PGresult *res, int row)
{
	const char *id = tb_pg_get(res, row, "revision");
	const char *message = tb_pg_get(res, row, "message");
	const struct tb_revision *rev = NULL;

	if (message == NULL && id != NULL && m->graph != NULL)
		rev = tb_graph_find(m->graph, id);
	if (rev != NULL)
		message = rev->h.message;
	return message != NULL ? message : "";
}

static void
span_of(const PGresult *res, int row, char out[TB_CLOCK_SPAN_LEN + 1])
{
	const char *ms = tb_pg_get(res, row, "milliseconds");

	out[0] = '\0';
	if (ms != NULL)
		tb_clock_span(strtod(ms, NULL) / 1000, out);
}

static void
add_row(struct tb_table *t, const struct mig *m, const PGresult *res, int row)
{
	const char *id = tb_pg_get(res, row, "revision");
	const char *error = tb_pg_get(res, row, "error");
	const char *tag = tb_pg_get(res, row, "tag");
	bool done = strcmp(tb_pg_get(res, row, "outcome"), "done") == 0;
	char span[TB_CLOCK_SPAN_LEN + 1];
	char *who = who_of(res, row);
	char *text = tb_asprintf("%s%s%s", message_of(m, res, row),
	    error != NULL || tag != NULL ? ": " : "",
	    error != NULL   ? error :
		tag != NULL ? tag :
			      "");

	span_of(res, row, span);
	tb_table_add(t, tb_pg_get(res, row, "local"), who,
	    tb_pg_get(res, row, "action"), id != NULL ? id : "base",
	    tb_pg_get(res, row, "outcome"), span, text);
	tb_table_colour(t, done ? TB_PLAIN : TB_RED);
	free(who);
	free(text);
}

static void
print_table(const struct mig *m, const PGresult *res)
{
	struct tb_table t;

	tb_table_init(&t, "WHEN", "WHO", "ACTION", "REVISION", "OUTCOME",
	    "TIME", "MESSAGE", NULL);
	tb_table_right(&t, 5);
	for (int i = 0; i < PQntuples(res); i++)
		add_row(&t, m, res, i);
	tb_table_print(&t, stdout);
	tb_table_release(&t);
}

static void
put_field(const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	(void)printf("%s: ", name);
	tb_text_put(value, stdout);
	(void)putchar('\n');
}

/* A list of objects in a column, or NULL. */
static json_t *
list_of(const PGresult *res, int row, const char *column)
{
	const char *text = tb_pg_get(res, row, column);

	return text != NULL ? json_loads(text, 0, NULL) : NULL;
}

static void
put_statements(const PGresult *res, int row)
{
	json_t *list = list_of(res, row, "statements");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *o = json_array_get(list, i);
		char span[TB_CLOCK_SPAN_LEN + 1];
		json_t *line = json_object_get(o, "line");
		json_t *ms = json_object_get(o, "ms");

		tb_clock_span(json_number_value(ms) / 1000, span);
		(void)printf("    line %lld: %s\n",
		    (long long)json_integer_value(line), span);
	}
	json_decref(list);
}

/* Of an accepted file the hashes stand where the notices are. */
static void
put_notice(const json_t *o)
{
	const char *text = json_string_value(json_object_get(o, "message"));
	const char *old = json_string_value(json_object_get(o, "old"));
	const char *new = json_string_value(json_object_get(o, "new"));
	const char *word = json_string_value(json_object_get(o, "hash"));
	const char *severity =
	    json_string_value(json_object_get(o, "severity"));

	(void)fputs("    ", stdout);
	if (text != NULL) {
		(void)printf("line %lld: %s: ",
		    (long long)json_integer_value(json_object_get(o, "line")),
		    severity != NULL ? severity : "NOTICE");
		tb_text_put(text, stdout);
	} else if (old != NULL && new != NULL && word != NULL) {
		(void)printf("hash of %s: %.12s became %.12s", word, old, new);
	}
	(void)putchar('\n');
}

static void
put_notices(const PGresult *res, int row)
{
	json_t *list = list_of(res, row, "notices");

	for (size_t i = 0; i < json_array_size(list); i++)
		put_notice(json_array_get(list, i));
	json_decref(list);
}

static void
put_outcome(const PGresult *res, int row)
{
	const char *error = tb_pg_get(res, row, "error");
	const char *state = tb_pg_get(res, row, "sqlstate");
	char span[TB_CLOCK_SPAN_LEN + 1];

	span_of(res, row, span);
	(void)printf("Outcome: %s%s%s", tb_pg_get(res, row, "outcome"),
	    *span != '\0' ? ", " : "", span);
	if (error != NULL) {
		(void)fputs(": ", stdout);
		tb_text_put(error, stdout);
	}
	if (state != NULL)
		(void)printf(" (SQLSTATE %s)", state);
	(void)putchar('\n');
}

static void
print_block(const struct mig *m, const PGresult *res, int row)
{
	const char *id = tb_pg_get(res, row, "revision");
	char *who = who_of(res, row);

	put_field("Event", tb_pg_get(res, row, "id"));
	put_field("When", tb_pg_get(res, row, "at"));
	put_field("Who", who);
	put_field("Role", tb_pg_get(res, row, "role"));
	put_field("Address", tb_pg_get(res, row, "client_address"));
	put_field("Program", tb_pg_get(res, row, "program"));
	put_field("Action", tb_pg_get(res, row, "action"));
	put_field("Revision", id != NULL ? id : "base");
	put_field("Message", message_of(m, res, row));
	put_outcome(res, row);
	put_field("Rows after", tb_pg_get(res, row, "heads"));
	put_field("Note", tb_pg_get(res, row, "tag"));
	if (tb_pg_get(res, row, "statements") != NULL)
		(void)puts("Statements:");
	put_statements(res, row);
	if (tb_pg_get(res, row, "notices") != NULL)
		(void)puts("Notices:");
	put_notices(res, row);
	free(who);
}

static json_t *
or_null(json_t *value)
{
	return value != NULL ? value : json_null();
}

static json_t *
json_event(const struct mig *m, const PGresult *res, int row)
{
	static const char *const texts[] = { "at", "action", "revision",
		"outcome", "sqlstate", "error", "session_role", "role",
		"client_user", "client_host", "client_address", "program",
		"tag" };
	const char *ms = tb_pg_get(res, row, "milliseconds");
	struct tb_strs heads = TB_STRS_INIT;
	json_t *o = json_object();

	(void)json_object_set_new(o, "event",
	    json_integer(tb_pg_get_int(res, row, "id")));
	for (size_t i = 0; i < TB_LEN(texts); i++)
		tb_json_set(o, texts[i], tb_pg_get(res, row, texts[i]));
	tb_json_set(o, "message", message_of(m, res, row));
	tb_strs_split(&heads, tb_pg_get(res, row, "heads"), " ");
	(void)json_object_set_new(o, "rows", mig_json_strs(&heads));
	(void)json_object_set_new(o, "milliseconds",
	    ms != NULL ? json_real(strtod(ms, NULL)) : json_null());
	(void)json_object_set_new(o, "statements",
	    or_null(list_of(res, row, "statements")));
	(void)json_object_set_new(o, "notices",
	    or_null(list_of(res, row, "notices")));
	tb_strs_release(&heads);
	return o;
}

static void
print_events(const struct tb_ctx *ctx, const struct mig *m, const PGresult *res)
{
	json_t *list = json_array();

	if (tb_cli_is_json(ctx)) {
		for (int i = 0; i < PQntuples(res); i++)
			(void)json_array_append_new(list,
			    json_event(m, res, i));
		tb_json_print(json_incref(list));
	} else if (mig_verbose()) {
		for (int i = 0; i < PQntuples(res); i++) {
			if (i > 0)
				(void)putchar('\n');
			print_block(m, res, i);
		}
	} else {
		print_table(m, res);
	}
	json_decref(list);
}

/* What is typed may be the beginning of an id that no file has any more. */
static char *
revision_of(struct mig *m, const char *typed)
{
	struct tb_revs revs = TB_REVS_INIT;
	struct tb_err why = TB_ERR_INIT;
	char *id = NULL;

	if (m->graph != NULL &&
	    tb_target_show(m->graph, &m->history.rows, typed, &revs, &why) ==
		0 &&
	    revs.n == 1)
		id = tb_strdup(revs.v[0]->h.id);
	tb_err_release(&why);
	tb_revs_release(&revs);
	return id != NULL ? id : tb_strdup(typed);
}

static int
read_events(const struct tb_ctx *ctx, struct mig *m, struct tb_err *err)
{
	struct tb_history_events w = which;
	char *id = w.revision != NULL ? revision_of(m, w.revision) : NULL;
	PGresult *res;

	w.revision = id;
	res = tb_history_events(&m->history, &w, err);
	free(id);
	if (res != NULL) {
		print_events(ctx, m, res);
		PQclear(res);
		return 0;
	}
	if (tb_err_is_set(err)) {
		if (strncmp(err->sqlstate, "22", 2) == 0)
			(void)tb_err_hint(err,
			    "--since takes a moment, as \"2026-11-22 10:00\" "
			    "or \"yesterday\", or an age, as \"2h\" or \"3 "
			    "days\".");
		return tb_err_prefix(err, "could not read the log");
	}
	tb_info("there is no log: nothing was done with tb-migrate yet");
	if (tb_cli_is_json(ctx))
		tb_json_print(json_array());
	return 0;
}

/* The files only say what a revision was about: without them it works, too. */
static int
show_log(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct mig m = MIG_INIT;
	struct tb_err why = TB_ERR_INIT;
	int rc;

	if (mig_load(ctx, &m, &why) == -1)
		tb_debug("%s", why.message);
	tb_err_release(&why);
	rc = mig_open(ctx, &m, TB_PG_READ, err);
	if (rc == 0)
		rc = read_events(ctx, &m, err);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_INT('n', "number", "N", "at most so many, the newest (all)",
	    &which.limit, 1, 1000000000),
	TB_OPT_STR(0, "revision", "REVISION", "only of this one",
	    &which.revision),
	TB_OPT_STR(0, "since", "WHEN",
	    "only from then on: a moment or an age, as \"2 days\"",
	    &which.since),
	MIG_OPT_DETAILS,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_log = {
	.name = "log",
	.help = "show what was done, when and by whom",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.run = show_log,
};
