/*
 * What a statement is, by its first tokens.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "pg/phrase.h"
#include "pg/split.h"

static const char *const transaction_words[] = { "BEGIN", "START", "COMMIT",
	"END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE" };

/*
 * What PostgreSQL 13 to 18 refuse inside a transaction block whatever follows
 * these words.
 */
static const char *const outside[] = {
	"VACUUM",
	"CREATE INDEX CONCURRENTLY",
	"CREATE UNIQUE INDEX CONCURRENTLY",
	"DROP INDEX CONCURRENTLY",
	"CREATE DATABASE",
	"DROP DATABASE",
	"CREATE TABLESPACE",
	"DROP TABLESPACE",
	"ALTER SYSTEM",
	"DISCARD ALL",
	/* Unless its slot was taken away before, which the text cannot tell. */
	"DROP SUBSCRIPTION",
};

/* One table is fine, unless it is partitioned. */
static const char *
cluster(const struct tb_phrase *w)
{
	size_t i = 1;

	if (tb_phrase_are(w, i, "("))
		i = tb_phrase_find(w, i, ")") + 1;
	else if (tb_phrase_are(w, i, "verbose"))
		i++;
	return i >= w->n ? "CLUSTER of all tables" : NULL;
}

static const char *
reindex(const struct tb_phrase *w)
{
	size_t i = 1;

	if (tb_phrase_are(w, i, "(")) {
		size_t end = tb_phrase_find(w, i, ")");
		size_t at = tb_phrase_find(w, i, "concurrently");

		if (at < end && tb_phrase_option(w, i, "concurrently") == 1)
			return "REINDEX CONCURRENTLY";
		i = end + 1;
	}
	if (tb_phrase_are(w, i + 1, "concurrently"))
		return "REINDEX CONCURRENTLY";
	if (tb_phrase_are(w, i, "schema"))
		return "REINDEX SCHEMA";
	if (tb_phrase_are(w, i, "database"))
		return "REINDEX DATABASE";
	return tb_phrase_are(w, i, "system") ? "REINDEX SYSTEM" : NULL;
}

static const char *
alter_table(const struct tb_phrase *w)
{
	size_t detach = tb_phrase_find(w, 2, "detach");

	return tb_phrase_find(w, detach, "concurrently") < w->n ?
	    "ALTER TABLE DETACH CONCURRENTLY" :
	    NULL;
}

static const char *
alter_database(const struct tb_phrase *w)
{
	return tb_phrase_are(w, 3, "set tablespace") ?
	    "ALTER DATABASE SET TABLESPACE" :
	    NULL;
}

static const char *
create_subscription(const struct tb_phrase *w)
{
	size_t with = tb_phrase_find(w, 2, "with");

	return tb_phrase_option(w, with, "connect") == 0 ||
		tb_phrase_option(w, with, "create_slot") == 0 ?
	    NULL :
	    "CREATE SUBSCRIPTION";
}

static const char *
alter_subscription(const struct tb_phrase *w)
{
	if (tb_phrase_are(w, 3, "refresh"))
		return "ALTER SUBSCRIPTION REFRESH";
	if (tb_phrase_are(w, 4, "publication") &&
	    tb_phrase_option(w, 5, "refresh") != 0)
		return "ALTER SUBSCRIPTION with refresh";
	/* Since 17 and 18. */
	if (tb_phrase_are(w, 3, "set (") &&
	    (tb_phrase_option(w, 4, "failover") != -1 ||
		tb_phrase_option(w, 4, "two_phase") != -1))
		return "ALTER SUBSCRIPTION SET";
	return NULL;
}

static const struct {
	const char *words;
	const char *(*why)(const struct tb_phrase *);
} depends[] = {
	{ "cluster", cluster },
	{ "reindex", reindex },
	{ "alter table", alter_table },
	{ "alter database", alter_database },
	{ "create subscription", create_subscription },
	{ "alter subscription", alter_subscription },
};

static const char *
why_outside(const struct tb_phrase *w)
{
	for (size_t i = 0; i < TB_LEN(outside); i++)
		if (tb_phrase_are(w, 0, outside[i]))
			return outside[i];
	for (size_t i = 0; i < TB_LEN(depends); i++)
		if (tb_phrase_are(w, 0, depends[i].words))
			return depends[i].why(w);
	return NULL;
}

/* Most statements have none of these: they need not be scanned. */
static bool
is_suspect(const char *text)
{
	static const char *const words[] = { "concurrently", "database",
		"tablespace", "system", "subscription", "vacuum", "cluster",
		"reindex", "discard" };

	for (size_t i = 0; i < TB_LEN(words); i++)
		if (strcasestr(text, words[i]) != NULL)
			return true;
	return false;
}

const char *
tb_stmt_needs_autocommit(const char *text)
{
	struct tb_phrase w;
	const char *why;

	if (!is_suspect(text) || !tb_phrase_scan(&w, text))
		return NULL;
	why = why_outside(&w);
	tb_phrase_release(&w);
	return why;
}

/* Most statements begin with another word: they need not be scanned. */
static bool
begins_as_one(const char *text)
{
	static const char *const words[] = { "prepare", "discard" };
	size_t n = 0;

	/* A comment may stand before the word. */
	while (isalpha((unsigned char)text[n]))
		n++;
	for (size_t i = 0; i < TB_LEN(transaction_words); i++)
		if (strncasecmp(text, transaction_words[i], n) == 0)
			return true;
	for (size_t i = 0; i < TB_LEN(words); i++)
		if (strncasecmp(text, words[i], n) == 0)
			return true;
	return false;
}

const char *
tb_stmt_transaction_command(const char *text)
{
	const char *found = NULL;
	struct tb_phrase w;

	if (!begins_as_one(text) || !tb_phrase_scan(&w, text))
		return NULL;
	for (size_t i = 0; i < TB_LEN(transaction_words); i++)
		if (tb_phrase_are(&w, 0, transaction_words[i]))
			found = transaction_words[i];
	/* PREPARE alone names a query. */
	if (tb_phrase_are(&w, 0, "prepare transaction"))
		found = "PREPARE TRANSACTION";
	/* It gives up the lock that the runner holds. */
	if (tb_phrase_are(&w, 0, "discard all"))
		found = "DISCARD ALL";
	tb_phrase_release(&w);
	return found;
}
