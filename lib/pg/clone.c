#include "core/tb.h"

#include <poll.h>
#include <string.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "pg/clone.h"
#include "pg/query.h"

/* libpq leaves connect_timeout to whoever polls. */
#define PATIENCE 10.0

struct params {
	const char *keys[64], *values[64];
	size_t n;
};

static void
add(struct params *p, const char *key, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	if (p->n + 1 >= TB_LEN(p->keys))
		tb_bug("too many connection parameters");
	p->keys[p->n] = key;
	p->values[p->n++] = value;
	p->keys[p->n] = p->values[p->n] = NULL;
}

/*
 * What says where and as whom is taken from the connection itself, which knows
 * which of several hosts answered and which password was right.
 */
static bool
is_known_better(const char *key)
{
	static const char *const keys[] = { "host", "hostaddr", "port",
		"dbname", "password", "application_name",
		"fallback_application_name", "service", "servicefile",
		"target_session_attrs", "load_balance_hosts",
		"connect_timeout" };

	for (size_t i = 0; i < TB_LEN(keys); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

static PGconn *
start(PGconn *of, const char *name)
{
	PQconninfoOption *options = PQconninfo(of);
	struct params p = { .n = 0 };
	PGconn *db;

	for (const PQconninfoOption *o = options;
	     o != NULL && o->keyword != NULL; o++)
		if (!is_known_better(o->keyword))
			add(&p, o->keyword, o->val);
	add(&p, "host", PQhost(of));
	add(&p, "hostaddr", PQhostaddr(of));
	add(&p, "port", PQport(of));
	add(&p, "dbname", PQdb(of));
	add(&p, "password", PQpass(of));
	add(&p, "application_name", name);
	/* No expansion: a database's name must not smuggle in a host. */
	db = PQconnectStartParams(p.keys, p.values, 0);
	PQconninfoFree(options);
	return db;
}

static void
receive_notice(void *arg TB_UNUSED, const PGresult *res)
{
	tb_debug("server: %s", PQresultErrorMessage(res));
}

void
tb_pg_clone_start(struct tb_pg_clone *c, PGconn *of, const char *name)
{
	*c = (struct tb_pg_clone){ .db = start(of, name),
		.want = PGRES_POLLING_WRITING,
		.started = tb_clock_now() };
	if (c->db == NULL)
		tb_bug("out of memory");
	(void)PQsetNoticeReceiver(c->db, receive_notice, NULL);
}

void
tb_pg_clone_start_bare(struct tb_pg_clone *c, PGconn *of, const char *name)
{
	tb_pg_clone_start(c, of, name);
	c->bare = true;
}

void
tb_pg_clone_release(struct tb_pg_clone *c)
{
	PQfinish(c->db);
	*c = (struct tb_pg_clone)TB_PG_CLONE_INIT;
}

/* Can the socket do what is wanted? */
static bool
socket_is_ready(const struct tb_pg_clone *c, double seconds)
{
	struct pollfd fd = { PQsocket(c->db), POLLIN, 0 };

	if (c->want == PGRES_POLLING_WRITING)
		fd.events = POLLOUT;
	return poll(&fd, 1, seconds > 0 ? (int)(seconds * 1000) + 1 : 0) > 0;
}

static int
failed(const struct tb_pg_clone *c, const PGresult *res, struct tb_err *err)
{
	(void)tb_pg_error(c->db, res, err);
	return tb_err_prefix(err, "could not open a second connection");
}

/* As conn.c does; a statement here is never worth waiting long for. */
static int
send_set_up(struct tb_pg_clone *c, struct tb_err *err)
{
	static const char sql[] =
	    "SELECT pg_catalog.set_config('search_path', '', false),"
	    " pg_catalog.set_config('standard_conforming_strings', 'on', false),"
	    " pg_catalog.set_config('default_transaction_read_only', 'on',"
	    " false),"
	    " pg_catalog.set_config('lock_timeout', '2s', false),"
	    " pg_catalog.set_config('statement_timeout', '10s', false),"
	    " pg_catalog.set_config('idle_in_transaction_session_timeout',"
	    " '60s', false)";

	if (c->bare) {
		c->ready = true;
		return 1;
	}
	tb_pg_echo(sql);
	if (PQsetnonblocking(c->db, 1) == -1 ||
	    PQsendQueryParams(c->db, sql, 0, NULL, NULL, NULL, NULL, 0) == 0)
		return failed(c, NULL, err);
	c->asked = true;
	return 0;
}

static int
read_set_up(struct tb_pg_clone *c, struct tb_err *err)
{
	PGresult *res;
	int rc = 0;

	if (PQflush(c->db) == -1 || PQconsumeInput(c->db) == 0)
		return failed(c, NULL, err);
	while (PQisBusy(c->db) == 0) {
		if ((res = PQgetResult(c->db)) == NULL) {
			c->ready = true;
			return 1;
		}
		if (!tb_pg_ok(res))
			rc = failed(c, res, err);
		PQclear(res);
		if (rc == -1)
			return -1;
	}
	return 0;
}

static int
go_on(struct tb_pg_clone *c, struct tb_err *err)
{
	if (c->asked)
		return read_set_up(c, err);
	c->want = PQconnectPoll(c->db);
	if (c->want == PGRES_POLLING_FAILED)
		return failed(c, NULL, err);
	return c->want == PGRES_POLLING_OK ? send_set_up(c, err) : 0;
}

int
tb_pg_clone_wait(struct tb_pg_clone *c, double seconds, struct tb_err *err)
{
	double end = tb_clock_now() + seconds;
	int rc = c->ready ? 1 : 0;

	if (c->want == PGRES_POLLING_FAILED || PQsocket(c->db) == -1)
		return failed(c, NULL, err);
	while (rc == 0) {
		double left = end - tb_clock_now();

		if (socket_is_ready(c, left))
			rc = go_on(c, err);
		else if (left <= 0)
			break;
	}
	if (rc == 0 && tb_clock_now() > c->started + PATIENCE)
		return tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "could not open a second connection: no answer in %g s",
		    PATIENCE);
	return rc;
}
