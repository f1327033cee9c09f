/*
 * rule_list.c: lists of words that "each" goes through.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "catalog/rule_secret.h"
#include "core/buf.h"
#include "core/mem.h"
#include "core/strs.h"

/* Items of "'a', 'b'" as the server prints them. */
static void
split_literals(const char *s, struct tb_strs *list)
{
	while (*s != '\0') {
		size_t n = 0;
		bool quoted = false;

		for (; s[n] != '\0' && (quoted || s[n] != ','); n++)
			if (s[n] == '\'')
				quoted = !quoted;
		tb_strs_take(list, tb_strndup(s, n));
		s += n + (s[n] == ',');
		s += strspn(s, " ");
	}
}

/* "'paused' AFTER 'idle'", in the order in which they can be added. */
static void
added_values(const struct rec_ctx *c, struct tb_strs *items)
{
	struct tb_strs old = TB_STRS_INIT, new = TB_STRS_INIT;

	split_literals(tb_rec_old_of(c), &old);
	split_literals(tb_rec_new_of(c), &new);
	for (size_t i = 0; i < new.n; i++) {
		if (tb_strs_has(&old, new.v[i]))
			continue;
		if (i > 0)
			tb_strs_addf(items, "%s AFTER %s", new.v[i],
			    new.v[i - 1]);
		else if (old.n > 0)
			tb_strs_addf(items, "%s BEFORE %s", new.v[i], old.v[0]);
		else
			tb_strs_add(items, new.v[i]);
	}
	tb_strs_release(&old);
	tb_strs_release(&new);
}

/* "2=100, 3=50" as "2 SET STATISTICS 100"; what is no more becomes -1. */
static void
index_statistics(const struct rec_ctx *c, struct tb_strs *items)
{
	size_t n, k, m;

	for (const char *s = tb_rec_old_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		n = tb_rec_option_length(s, &k);
		if (tb_rec_find_option(tb_rec_new_of(c), s, k, &m) == NULL)
			tb_strs_addf(items, "%.*s SET STATISTICS -1", (int)k,
			    s);
	}
	for (const char *s = tb_rec_new_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		n = tb_rec_option_length(s, &k);
		tb_strs_addf(items, "%.*s SET STATISTICS %.*s", (int)k, s,
		    (int)(n - k - 1), s + k + 1);
	}
}

/* Where "column SETTING value ..." of a list ends. */
static size_t
setting_length(const char *s)
{
	size_t i = 0;
	int depth = 0;

	for (char quote = '\0'; s[i] != '\0'; i++) {
		if (quote != '\0')
			quote = s[i] == quote ? '\0' : quote;
		else if (s[i] == '\'' || s[i] == '"')
			quote = s[i];
		else if (s[i] == '(' || s[i] == ')')
			depth += s[i] == '(' ? 1 : -1;
		else if (s[i] == ',' && depth == 0)
			break;
	}
	return i;
}

/* "a STATISTICS 5 SET (x='1')": one ALTER COLUMN for each of them. */
static void
add_settings(const char *s, size_t n, struct tb_strs *items)
{
	static const char *const settings[] = { " STATISTICS ", " STORAGE ",
		" COMPRESSION ", " SET (" };
	char *text = tb_strndup(s, n);
	size_t name =
	    *text == '"' ? strcspn(text + 1, "\"") + 2 : strcspn(text, " ");

	for (size_t i = 0; i < TB_LEN(settings); i++) {
		const char *found = strstr(text + name, settings[i]);
		size_t len;

		if (found == NULL)
			continue;
		len = i == 3 ? strlen(found) :
			       strcspn(found + strlen(settings[i]), " ") +
			strlen(settings[i]);
		tb_strs_addf(items, "%.*s%s%.*s", (int)name, text,
		    i == 3 ? "" : " SET", (int)len, found);
	}
	free(text);
}

static void
column_settings(const struct rec_ctx *c, struct tb_strs *items)
{
	size_t n;

	for (const char *s = tb_rec_new_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		n = setting_length(s);
		add_settings(s, n, items);
	}
}

/* The next of "SELECT TO a; UPDATE TO b": up to a semicolon outside quotes. */
static size_t
grant_length(const char *s)
{
	bool quoted = false;
	size_t i = 0;

	for (; s[i] != '\0' && (quoted || s[i] != ';'); i++)
		if (s[i] == '"')
			quoted = !quoted;
	return i;
}

/* "SELECT, UPDATE TO a WITH GRANT OPTION FOR SELECT", cut into its parts. */
static void
add_grant(const char *identity, const char *grant, bool only_grantee,
    struct tb_strs *items)
{
	const char *to = strstr(grant, " TO ");
	const char *with = strstr(grant, " WITH GRANT OPTION FOR ");
	int n, len;

	if (to == NULL)
		return;
	n = (int)(to - grant);
	to += 4;
	len = (int)(with != NULL ? (size_t)(with - to) : strlen(to));
	if (only_grantee) {
		tb_strs_addf(items, "%.*s", len, to);
		return;
	}
	tb_strs_addf(items, "%.*s ON LARGE OBJECT %s TO %.*s", n, grant,
	    identity, len, to);
	if (with != NULL)
		tb_strs_addf(items,
		    "%s ON LARGE OBJECT %s TO %.*s WITH GRANT OPTION",
		    with + strlen(" WITH GRANT OPTION FOR "), identity, len,
		    to);
}

/* Of a large object: whom the left one's privileges are, what the right has. */
static void
grants(const struct rec_ctx *c, bool on_left, struct tb_strs *items)
{
	const struct tb_fact *f =
	    on_left ? tb_rec_left(c->r, c->pair) : tb_rec_right(c->r, c->pair);
	const char *s = f != NULL ? tb_rec_attribute(f, "privileges") : NULL;

	while (s != NULL && *s != '\0') {
		size_t n = grant_length(s);
		char *grant = tb_strndup(s, n);

		add_grant(f->identity, grant, on_left, items);
		free(grant);
		s += n + (s[n] == ';' ? 2 : 0);
	}
}

/* Of a fact with options that nobody may see: their names. */
static void
secrets_of(const struct tb_fact *f, struct tb_strs *names)
{
	const char *list = f != NULL ? tb_rec_attribute(f, "secrets") : NULL;

	if (list != NULL)
		tb_strs_split(names, list, ", ");
}

/* "ADD password :'server_user_password'": psql's variables, so that it fails
 * unless somebody gives the value. */
static void
secrets(const struct rec_ctx *c, struct tb_strs *items)
{
	struct tb_strs old = TB_STRS_INIT, new = TB_STRS_INIT;

	secrets_of(tb_rec_left(c->r, c->pair), &old);
	secrets_of(tb_rec_right(c->r, c->pair), &new);
	for (size_t i = 0; i < new.n; i++) {
		struct tb_buf b = TB_BUF_INIT;

		tb_rec_variable(c, new.v[i], &b);
		if (!tb_strs_has(&old, new.v[i]))
			tb_strs_addf(items, "ADD %s %s", new.v[i], b.s);
		tb_buf_release(&b);
	}
	for (size_t i = 0; i < old.n; i++)
		if (!tb_strs_has(&new, old.v[i]))
			tb_strs_addf(items, "DROP %s", old.v[i]);
	tb_strs_release(&old);
	tb_strs_release(&new);
}

bool
tb_rec_list(const struct rec_ctx *c, const char *word, struct tb_strs *items)
{
	if (strcmp(word, "added-value") == 0)
		added_values(c, items);
	else if (strcmp(word, "index-statistics") == 0)
		index_statistics(c, items);
	else if (strcmp(word, "column-setting") == 0)
		column_settings(c, items);
	else if (strcmp(word, "column-grant") == 0)
		tb_rec_column_grants(c, items);
	else if (strcmp(word, "secret") == 0)
		secrets(c, items);
	else if (strcmp(word, "grantee") == 0)
		grants(c, true, items);
	else if (strcmp(word, "granted") == 0)
		grants(c, false, items);
	else
		return false;
	return true;
}
