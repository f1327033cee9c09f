#include "core/tb.h"

#include <bsd/stdlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/lock.h"
#include "pg/pipeline.h"
#include "pg/pooler.h"
#include "pg/query.h"

extern const struct tb_sql tb_pg_sql[];

long long
tb_pg_lock_key(const char *name)
{
	char hex[TB_HASH_LEN + 1];

	tb_hash(name, strlen(name), hex);
	hex[15] = '\0'; /* 60 bits: never negative */
	return strtoll(hex, NULL, 16);
}

/*
 * Only on the process that is known to be ours: behind a pooler it would stay
 * on a process that somebody else gets next.
 */
static const char try_sql[] =
    "SELECT CASE pg_catalog.pg_backend_pid()"
    " WHEN $2::pg_catalog.int4"
    " THEN pg_catalog.pg_try_advisory_lock($1::pg_catalog.int8)"
    " END AS got, pg_catalog.pg_backend_pid() AS backend";

static const char unlock_sql[] =
    "SELECT pg_catalog.pg_advisory_unlock($1::pg_catalog.int8)";

void
tb_pg_lock_ask(PGconn *db, long long key, struct tb_pg_lock_try *t,
    struct tb_pipe *p)
{
	(void)snprintf(t->key, sizeof(t->key), "%lld", key);
	(void)snprintf(t->backend, sizeof(t->backend), "%d",
	    tb_pg_backend_pid(db));
	t->params[0] = t->key;
	t->params[1] = t->backend;
	*p = (struct tb_pipe){
		.sql = try_sql,
		.nparams = 2,
		.params = t->params,
	};
}

bool
tb_pg_lock_got(const PGresult *res)
{
	return tb_pg_ok(res) && tb_pg_get_bool(res, 0, "got");
}

static int
try_on(PGconn *db, long long key, bool *got, int *backend, struct tb_err *err)
{
	struct tb_pg_lock_try t = { .key = "" };
	struct tb_pipe p;
	PGresult *res;

	tb_pg_lock_ask(db, key, &t, &p);
	if ((res = tb_pg_query(db, p.sql, p.nparams, p.params, err)) == NULL)
		return -1;
	*got = tb_pg_get_bool(res, 0, "got");
	*backend = (int)tb_pg_get_int(res, 0, "backend");
	PQclear(res);
	return 0;
}

static int
try_lock(PGconn *db, long long key, bool *got, struct tb_err *err)
{
	int backend;

	if (try_on(db, key, got, &backend, err) == -1)
		return -1;
	if (backend == tb_pg_backend_pid(db))
		return 0;
	if (tb_pg_pooler_check(db, backend, err) == -1)
		return -1;
	return try_on(db, key, got, &backend, err);
}

PGresult *
tb_pg_lock_holder(PGconn *db, long long key, struct tb_err *err)
{
	char text[24];
	const char *param = text;

	(void)snprintf(text, sizeof(text), "%lld", key);
	return tb_pg_query(db, tb_sql_text(tb_pg_sql, "lock_holder"), 1, &param,
	    err);
}

/* Who has it, in one line; NULL when it has just become free. */
static int
holder(PGconn *db, long long key, char **words, struct tb_err *err)
{
	PGresult *res = tb_pg_lock_holder(db, key, err);
	const char *since;

	if (res == NULL)
		return -1;
	*words = NULL;
	if (PQntuples(res) > 0) {
		since = tb_pg_get(res, 0, "since");
		*words = tb_asprintf("process %s, user %s, %s, from %s%s%s",
		    tb_pg_get(res, 0, "pid"), tb_pg_get(res, 0, "role"),
		    tb_pg_get(res, 0, "program"), tb_pg_get(res, 0, "client"),
		    since != NULL ? ", since " : "",
		    since != NULL ? since : "");
	}
	PQclear(res);
	return 0;
}

static int
give_up(PGconn *db, long long key, double wait, struct tb_err *err)
{
	char *words;

	if (holder(db, key, &words, err) == -1)
		return -1;
	(void)tb_err_set(err, TB_EXIT_BUSY, "another run holds the lock%s",
	    wait > 0 ? " and did not end" : "");
	if (words != NULL)
		(void)tb_err_detail(err, "It is held by %s.", words);
	free(words);
	return -1;
}

static int
tell(PGconn *db, long long key, struct tb_err *err)
{
	char *words;

	if (holder(db, key, &words, err) == -1)
		return -1;
	if (words != NULL)
		tb_log_event(TB_LOG_INFO, "lock", NULL,
		    "waiting for another run: %s", words);
	free(words);
	return 0;
}

int
tb_pg_lock(PGconn *db, long long key, double wait, struct tb_err *err)
{
	double end = tb_clock_now() + wait;
	double pause = 0.02;
	bool told = false, got = false;

	for (;;) {
		if (try_lock(db, key, &got, err) == -1)
			return -1;
		if (got)
			return 0;
		if (tb_clock_now() >= end)
			return give_up(db, key, wait, err);
		/* Most runs are over at once: no word of those. */
		if (!told && pause > 0.3) {
			told = true;
			if (tell(db, key, err) == -1)
				return -1;
		}
		tb_clock_sleep(
		    pause * (0.75 + arc4random_uniform(500) / 1000.0));
		if (pause < 0.5)
			pause *= 1.5;
	}
}

void
tb_pg_unlock_ask(long long key, struct tb_pg_lock_try *t, struct tb_pipe *p)
{
	(void)snprintf(t->key, sizeof(t->key), "%lld", key);
	t->params[0] = t->key;
	*p = (struct tb_pipe){
		.sql = unlock_sql,
		.nparams = 1,
		.params = t->params,
	};
}

int
tb_pg_unlock(PGconn *db, long long key, struct tb_err *err)
{
	struct tb_pg_lock_try t = { .key = "" };
	struct tb_pipe p;

	tb_pg_unlock_ask(key, &t, &p);
	return tb_pg_execp(db, p.sql, p.nparams, p.params, err);
}
