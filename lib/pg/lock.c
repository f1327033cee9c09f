#include "core/tb.h"

#include <bsd/stdlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/log.h"
#include "pg/lock.h"
#include "pg/query.h"

long long
tb_pg_lock_key(const char *name)
{
	char hex[TB_HASH_LEN + 1];

	tb_hash(name, strlen(name), hex);
	hex[15] = '\0'; /* 60 bits: never negative */
	return strtoll(hex, NULL, 16);
}

static int
try_lock(PGconn *db, const char *key, bool *got, struct tb_err *err)
{
	static const char sql[] =
	    "SELECT pg_catalog.pg_try_advisory_lock($1::pg_catalog.int8)";
	char *value;

	if (tb_pg_value(db, sql, 1, &key, &value, err) == -1)
		return -1;
	*got = value != NULL && value[0] == 't';
	free(value);
	return 0;
}

/* Who has it, in one line; NULL when it has just become free. */
static int
holder(PGconn *db, const char *key, char **words, struct tb_err *err)
{
	static const char sql[] =
	    "SELECT pg_catalog.format('process %s, user %s, %s, from %s, "
	    "since %s',"
	    " l.pid, coalesce(a.usename, '?'),"
	    " coalesce(nullif(a.application_name, ''), 'unknown program'),"
	    " coalesce(a.client_addr::pg_catalog.text, 'this machine'),"
	    " coalesce(pg_catalog.to_char(a.backend_start,"
	    " 'YYYY-MM-DD HH24:MI:SS'), '?'))"
	    " FROM pg_catalog.pg_locks AS l"
	    " LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid"
	    " WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted"
	    " AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d"
	    " WHERE d.datname = pg_catalog.current_database())"
	    " AND (l.classid::pg_catalog.int8 << 32 |"
	    " l.objid::pg_catalog.int8) = $1::pg_catalog.int8";

	return tb_pg_value(db, sql, 1, &key, words, err);
}

static int
give_up(PGconn *db, const char *key, double wait, struct tb_err *err)
{
	char *words;

	if (holder(db, key, &words, err) == -1)
		return -1;
	(void)tb_err_set(err, TB_EXIT_BUSY, "another run holds the lock%s",
	    wait > 0 ? " and did not end" : "");
	if (words != NULL)
		(void)tb_err_detail(err, "It is held by %s.", words);
	(void)tb_err_hint(err,
	    "Wait for it, or give it longer with --wait-lock SECONDS.");
	free(words);
	return -1;
}

static int
tell(PGconn *db, const char *key, struct tb_err *err)
{
	char *words;

	if (holder(db, key, &words, err) == -1)
		return -1;
	if (words != NULL)
		tb_info("waiting for another run: %s", words);
	free(words);
	return 0;
}

int
tb_pg_lock(PGconn *db, long long key, double wait, struct tb_err *err)
{
	double end = tb_clock_now() + wait;
	double pause = 0.02;
	char text[24];
	bool told = false, got = false;

	(void)snprintf(text, sizeof(text), "%lld", key);
	for (;;) {
		if (try_lock(db, text, &got, err) == -1)
			return -1;
		if (got)
			return 0;
		if (tb_clock_now() >= end)
			return give_up(db, text, wait, err);
		/* Most runs are over at once: no word of those. */
		if (!told && pause > 0.3) {
			told = true;
			if (tell(db, text, err) == -1)
				return -1;
		}
		tb_clock_sleep(
		    pause * (0.75 + arc4random_uniform(500) / 1000.0));
		if (pause < 0.5)
			pause *= 1.5;
	}
}

int
tb_pg_unlock(PGconn *db, long long key, struct tb_err *err)
{
	static const char sql[] =
	    "SELECT pg_catalog.pg_advisory_unlock($1::pg_catalog.int8)";
	char text[24];
	const char *param = text;

	(void)snprintf(text, sizeof(text), "%lld", key);
	return tb_pg_execp(db, sql, 1, &param, err);
}
