/*
 * subscription.c: SQL that is tried out must not connect to anybody.
 *
 * The server is told so where there is an option for it.  A subscription of a
 * scratch database is never enabled, since its worker would connect; that the
 * SQL wants it to be is remembered, and said of the fact afterwards.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "pg/split.h"
#include "pg/token.h"
#include "verify.h"

struct words {
	struct tb_tokens t;
	const char *text;
	size_t *at; /* tokens that are no comments */
	size_t n;
};

static bool
is(const struct words *w, size_t i, const char *word)
{
	return i < w->n && tb_token_is(&w->t, w->at[i], w->text, word);
}

static size_t
start(const struct words *w, size_t i)
{
	return tb_token_start(&w->t, w->at[i]);
}

static size_t
end(const struct words *w, size_t i)
{
	return tb_token_end(&w->t, w->at[i]);
}

static char *
word(const struct words *w, size_t i)
{
	return i < w->n ?
	    tb_strndup(w->text + start(w, i), end(w, i) - start(w, i)) :
	    tb_strdup("");
}

/* The name itself: folded, or without its quotes. */
static char *
plain_name(const char *written)
{
	struct tb_buf b = TB_BUF_INIT;
	bool quotes = *written == '"';

	for (const char *s = written + quotes; *s != '\0'; s++) {
		if (quotes && *s == '"' && *++s != '"')
			break;
		tb_buf_addc(&b, quotes ? *s : (char)tolower((unsigned char)*s));
	}
	return tb_buf_detach(&b);
}

static void
remember(struct tb_strs *enabled, const struct words *w, size_t i)
{
	char *written = word(w, i);
	char *name = plain_name(written);

	if (!tb_strs_has(enabled, name))
		tb_strs_add(enabled, name);
	free(name);
	free(written);
}

static void
forget(struct tb_strs *enabled, const struct words *w, size_t i)
{
	struct tb_strs kept = TB_STRS_INIT;
	char *written = word(w, i);
	char *name = plain_name(written);

	for (size_t k = 0; k < enabled->n; k++)
		if (strcmp(enabled->v[k], name) != 0)
			tb_strs_add(&kept, enabled->v[k]);
	tb_strs_release(enabled);
	*enabled = kept;
	free(name);
	free(written);
}

static bool
is_off(const struct words *w, size_t i)
{
	return is(w, i, "false") || is(w, i, "off") || is(w, i, "0") ||
	    is(w, i, "'false'") || is(w, i, "'off'");
}

/* Where "WITH (" of the last options stands; w->n: nowhere. */
static size_t
find_with(const struct words *w)
{
	for (size_t i = w->n; i-- > 0;)
		if (is(w, i, "with") && is(w, i + 1, "("))
			return i;
	return w->n;
}

/* What CREATE SUBSCRIPTION does only while it is connected. */
static bool
needs_connection(const struct words *w, size_t i)
{
	return is(w, i, "connect") || is(w, i, "enabled") ||
	    is(w, i, "create_slot") || is(w, i, "copy_data");
}

/* "name = value" at i; the rest of the options from the next comma on. */
static size_t
next_option(const struct words *w, size_t i)
{
	while (i < w->n && !is(w, i, ",") && !is(w, i, ")"))
		i++;
	return i;
}

static char *
tame_create(const struct words *w, struct tb_strs *enabled)
{
	size_t with = find_with(w);
	bool enable = true, connect = true;
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_addn(&b, w->text,
	    with < w->n ? start(w, with) : strlen(w->text));
	tb_buf_add(&b, " WITH (connect = false");
	for (size_t i = with + 2; i < w->n;) {
		size_t stop = next_option(w, i);

		if (is(w, i, "enabled"))
			enable = !is_off(w, stop - 1);
		if (is(w, i, "connect"))
			connect = !is_off(w, stop - 1);
		if (!needs_connection(w, i) && stop > i) {
			tb_buf_add(&b, ", ");
			tb_buf_addn(&b, w->text + start(w, i),
			    end(w, stop - 1) - start(w, i));
		}
		i = stop + 1;
	}
	tb_buf_addc(&b, ')');
	if (connect && enable)
		remember(enabled, w, 2);
	return tb_buf_detach(&b);
}

/* The publications are set, but not looked up. */
static char *
without_refresh(const struct words *w)
{
	size_t with = find_with(w);
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_addn(&b, w->text,
	    with < w->n ? start(w, with) : strlen(w->text));
	tb_buf_add(&b, " WITH (refresh = false)");
	return tb_buf_detach(&b);
}

static char *
tame_alter(const struct words *w, struct tb_strs *enabled)
{
	if (is(w, 3, "enable")) {
		remember(enabled, w, 2);
		return tb_strdup("SELECT");
	}
	if (is(w, 3, "disable"))
		forget(enabled, w, 2);
	if (is(w, 3, "refresh"))
		return tb_strdup("SELECT");
	if (is(w, 4, "publication"))
		return without_refresh(w);
	return NULL;
}

/* Without a slot there is nobody to tell. */
static char *
tame_drop(const struct words *w, struct tb_strs *enabled)
{
	size_t at = is(w, 2, "if") ? 4 : 2;
	char *name = word(w, at);
	char *sql = tb_asprintf("DO $tame$ BEGIN"
				" BEGIN ALTER SUBSCRIPTION %s DISABLE;"
				" ALTER SUBSCRIPTION %s SET (slot_name = NONE);"
				" EXCEPTION WHEN undefined_object THEN NULL;"
				" END; %s; END $tame$",
	    name, name, w->text);

	forget(enabled, w, at);
	free(name);
	return sql;
}

static char *
tamed(const struct words *w, struct tb_strs *enabled)
{
	if (w->n < 3 || !is(w, 1, "subscription"))
		return NULL;
	if (is(w, 0, "create"))
		return tame_create(w, enabled);
	if (is(w, 0, "alter"))
		return tame_alter(w, enabled);
	return is(w, 0, "drop") ? tame_drop(w, enabled) : NULL;
}

/* Cheap, since nearly no statement is one. */
static bool
may_be_one(const char *text)
{
	return strcasestr(text, "subscription") != NULL;
}

void
ver_subscription_tame(struct tb_stmt *stmt, struct tb_strs *enabled)
{
	struct words w = { .text = stmt->text };
	char *message = NULL, *sql = NULL;
	size_t position;

	if (!may_be_one(stmt->text))
		return;
	if (tb_tokens_scan(&w.t, stmt->text, &message, &position) == -1) {
		free(message);
		return;
	}
	w.at = tb_calloc(w.t.n, sizeof(*w.at));
	for (size_t i = 0; i < w.t.n; i++)
		if (!tb_token_is_comment(&w.t, i))
			w.at[w.n++] = i;
	sql = tamed(&w, enabled);
	tb_tokens_release(&w.t);
	free(w.at);
	if (sql == NULL)
		return;
	free(stmt->text);
	stmt->text = sql;
}

void
ver_subscription_enable(struct tb_facts *facts, const struct tb_strs *enabled)
{
	static char on[] = "true";

	for (size_t i = 0; enabled->n > 0 && i < facts->n; i++) {
		const struct tb_fact *f = &facts->v[i];
		char *name;

		if (strcmp(f->class->name, "subscription") != 0)
			continue;
		name = plain_name(f->identity);
		for (size_t r = 0; r < facts->nresults; r++) {
			PGresult *res = facts->results[r];
			int column = PQfnumber(res, "enabled");

			if (res == f->res && column != -1 &&
			    tb_strs_has(enabled, name))
				(void)PQsetvalue(res, f->row, column, on, 4);
		}
		free(name);
	}
}
