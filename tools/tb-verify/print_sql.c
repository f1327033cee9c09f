/*
 * print_sql.c: statements with what there is to know about each, cut into
 * transactions.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "core/buf.h"
#include "core/err.h"
#include "pg/phrase.h"
#include "sql_plan.h"

/* A name may hold a line end, which would end the comment. */
void
ver_sql_comment(struct tb_buf *b, const char *text)
{
	bool blank = false;

	for (; *text != '\0'; text++) {
		bool white = (unsigned char)*text <= ' ' || *text == 0x7f;

		if (white && !blank)
			tb_buf_addc(b, ' ');
		else if (!white)
			tb_buf_addc(b, *text);
		blank = white;
	}
}

static void
add_title(struct tb_buf *b, const struct tb_action *a)
{
	tb_buf_addf(b, "-- %s %s ", a->verb, a->class);
	ver_sql_comment(b, a->identity);
	if (a->attributes != NULL)
		tb_buf_addf(b, ": %s", a->attributes);
	tb_buf_add(b, "\n-- ");
	if (a->lock != NULL) {
		tb_buf_add(b, "lock: ");
		ver_sql_comment(b, a->lock);
	} else {
		tb_buf_add(b, "lock: none on a table");
	}
	for (size_t i = 0; i < a->hazards.n; i++)
		tb_buf_addf(b, "%s%s", i == 0 ? "; hazard: " : ", ",
		    a->hazards.v[i]);
	if (!a->in_transaction)
		tb_buf_add(b, "; not in a transaction");
	tb_buf_addc(b, '\n');
}

/* Once a transaction is enough. */
static void
add_settings(struct tb_buf *b, const struct tb_action *a, struct tb_strs *set)
{
	for (size_t i = 0; i < a->settings.n; i++) {
		if (a->in_transaction && tb_strs_has(set, a->settings.v[i]))
			continue;
		tb_buf_addf(b, "SET %s%s;\n", a->in_transaction ? "LOCAL " : "",
		    a->settings.v[i]);
		tb_strs_add(set, a->settings.v[i]);
	}
}

/*
 * Where a secret stands as :'variable' something else will do when the SQL is
 * only tried.
 */
static void
add_sql(struct tb_buf *b, const char *sql, bool to_try)
{
	struct tb_phrase w;
	size_t from = 0;

	if (!to_try || strstr(sql, ":'") == NULL || !tb_phrase_scan(&w, sql)) {
		tb_buf_add(b, sql);
		return;
	}
	for (size_t i = 1; i < w.n; i++) {
		size_t at = tb_phrase_start(&w, i - 1);

		if (!tb_phrase_are(&w, i - 1, ":") ||
		    !tb_phrase_is_string(&w, i) ||
		    tb_phrase_start(&w, i) != at + 1)
			continue;
		tb_buf_addn(b, sql + from, at - from);
		from = at + 1;
	}
	tb_buf_add(b, sql + from);
	tb_phrase_release(&w);
}

static void
add_all(const struct tb_reconcile *plan, bool bare, bool to_try,
    struct tb_buf *b)
{
	struct tb_strs set = TB_STRS_INIT;
	size_t open = 0;

	for (size_t i = 0; i < plan->n; i++) {
		const struct tb_action *a = &plan->v[i];

		if (open != 0 && a->transaction != open && !bare)
			tb_buf_add(b, "COMMIT;\n\n");
		if (a->transaction != open)
			tb_strs_release(&set);
		if (a->transaction != 0 && a->transaction != open && !bare)
			tb_buf_add(b, "BEGIN;\n\n");
		open = a->transaction;
		add_settings(b, a, &set);
		add_title(b, a);
		add_sql(b, a->sql, to_try);
		tb_buf_rtrim(b);
		tb_buf_add(b, ";\n\n");
	}
	if (open != 0 && !bare)
		tb_buf_add(b, "COMMIT;\n");
	tb_strs_release(&set);
}

void
ver_sql_text(const struct tb_reconcile *plan, bool bare, struct tb_buf *b)
{
	add_all(plan, bare, true, b);
}

void
ver_sql_print(const struct tb_reconcile *plan, bool bare, struct tb_buf *b)
{
	add_all(plan, bare, false, b);
}

static void
set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) == -1)
		tb_bug("could not build JSON");
}

static void
append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) == -1)
		tb_bug("could not build JSON");
}

static json_t *
words_json(const struct tb_strs *words)
{
	json_t *a = json_array();

	for (size_t i = 0; i < words->n; i++)
		append(a, tb_json_text(words->v[i]));
	return a;
}

static json_t *
action_json(const struct tb_action *a)
{
	json_t *o = json_object();

	tb_json_set(o, "verb", a->verb);
	tb_json_set(o, "class", a->class);
	tb_json_set(o, "identity", a->identity);
	tb_json_set(o, "attribute", a->attributes);
	tb_json_set(o, "sql", a->sql);
	tb_json_set(o, "lock", a->lock);
	set(o, "hazards", words_json(&a->hazards));
	set(o, "settings", words_json(&a->settings));
	set(o, "outside", json_boolean(a->outside));
	set(o, "transaction",
	    a->in_transaction ? json_integer((json_int_t)a->transaction) :
				json_null());
	return o;
}

static json_t *
unresolved_json(const struct tb_reconcile *plan)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->nunresolved; i++) {
		const struct tb_unresolved *u = &plan->unresolved[i];
		json_t *o = json_object();

		tb_json_set(o, "verb", u->verb);
		tb_json_set(o, "class", u->class);
		tb_json_set(o, "identity", u->identity);
		tb_json_set(o, "attribute", u->attribute);
		append(list, o);
	}
	return list;
}

void
ver_print_sql_json(const struct ver_job *job, const struct ver_plan *plan)
{
	json_t *o = json_object(), *list = json_array();

	for (size_t i = 0; i < plan->renames.n; i++)
		append(list, action_json(&plan->renames.v[i]));
	for (size_t i = 0; i < plan->changes.n; i++)
		append(list, action_json(&plan->changes.v[i]));
	tb_json_set(o, "left", job->side[0].name);
	tb_json_set(o, "right", job->side[1].name);
	set(o, "statements", list);
	set(o, "unresolved", unresolved_json(&plan->changes));
	tb_json_print(o);
}
