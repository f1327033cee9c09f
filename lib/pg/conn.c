#include "core/tb.h"

#include <bsd/readpassphrase.h>
#include <bsd/string.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/conn.h"
#include "pg/dsn.h"
#include "pg/pooler.h"
#include "pg/query.h"

static const char *program = "tb";

void
tb_pg_set_program(const char *name)
{
	program = name;
}

char *
tb_pg_ask_password(const char *prompt)
{
	char text[1024];
	char *copy;

	if (readpassphrase(prompt, text, sizeof(text), RPP_REQUIRE_TTY) == NULL)
		return NULL;
	copy = tb_strdup(text);
	explicit_bzero(text, sizeof(text));
	return copy;
}

/* NOTICE and WARNING go the way of our own messages. */
static void
receive_notice(void *arg TB_UNUSED, const PGresult *res)
{
	const char *severity =
	    PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);
	const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

	if (text == NULL)
		return;
	if (severity != NULL && strcmp(severity, "WARNING") == 0)
		tb_warn("%s", text);
	else
		tb_info("notice: %s", text);
}

/*
 * Only on the process that is known to be ours, so that nothing is left on one
 * that a pooler gives to others.  *done: it is.
 */
static int
set_there(PGconn *db, enum tb_pg_mode mode, bool *done, struct tb_err *err)
{
	static const char sql[] =
	    "SELECT pg_catalog.set_config(s.name, s.value, false)"
	    " FROM (VALUES ('search_path', ''),"
	    " ('standard_conforming_strings', 'on'),"
	    " ('default_transaction_read_only', $2),"
	    " ('lock_timeout', $3),"
	    " ('idle_in_transaction_session_timeout', $4)) AS s (name, value)"
	    " WHERE pg_catalog.pg_backend_pid() = $1::pg_catalog.int4";
	static const char *const reading[] = { "on", "2s", "60s" };
	static const char *const writing[] = { "off", "0", "0" };
	const char *const *values = mode == TB_PG_READ ? reading : writing;
	char pid[16];
	const char *params[] = { pid, values[0], values[1], values[2] };
	PGresult *res;

	(void)snprintf(pid, sizeof(pid), "%d", tb_pg_backend_pid(db));
	if ((res = tb_pg_query(db, sql, 4, params, err)) == NULL)
		return -1;
	*done = PQntuples(res) > 0;
	PQclear(res);
	return 0;
}

/*
 * Set by a statement, not as start-up options: a connection pooler refuses
 * those.  The timeouts keep a forgotten session from holding others up.
 */
static int
set_up(PGconn *db, enum tb_pg_mode mode, struct tb_err *err)
{
	bool done = false;

	/* Again when the first answer is that of a pooler that keeps us. */
	for (int i = 0; i < 2; i++) {
		if (set_there(db, mode, &done, err) == -1)
			return -1;
		if (done)
			return 0;
		if (tb_pg_pooler_look(db, err) == -1)
			return -1;
	}
	return tb_err_set(err, TB_EXIT_CONFIG,
	    "the server's process changes with every statement");
}

static int
check_version(PGconn *db, struct tb_err *err)
{
	int version = PQserverVersion(db);

	if (version >= TB_PG_OLDEST)
		return 0;
	(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
	    "the server is PostgreSQL %d.%d, too old for this program",
	    version / 10000, version % 10000);
	return tb_err_hint(err, "Servers from %d on are supported.",
	    TB_PG_OLDEST / 10000);
}

struct connect_hint {
	const char *text; /* in libpq's message */
	int code;
	const char *hint;
};

static const struct connect_hint connect_hints[] = {
	{ "password authentication failed", TB_EXIT_NOPERM,
	    "Check the password (PGPASSWORD, ~/.pgpass) and that this is the "
	    "server you mean; tb-setup-db --set-password changes it." },
	{ "no password supplied", TB_EXIT_NOPERM,
	    "Put the password into ~/.pgpass (mode 0600) or PGPASSWORD, or run "
	    "the program on a terminal to be asked." },
	{ "Peer authentication failed", TB_EXIT_NOPERM,
	    "The socket wants the operating system's user: use -h localhost "
	    "and a password, or run as that user." },
	{ "no pg_hba.conf entry", TB_EXIT_NOPERM,
	    "The server's pg_hba.conf does not let this user in from here." },
	{ "too many clients", TB_EXIT_BUSY,
	    "Every connection of the server is taken: try again, or look with "
	    "tb-monitor as a superuser." },
	{ "remaining connection slots", TB_EXIT_BUSY,
	    "Every connection of the server is taken: try again, or look with "
	    "tb-monitor as a superuser." },
	{ "too many connections for", TB_EXIT_BUSY,
	    "The role or the database has its CONNECTION LIMIT: try again, or "
	    "let the owner raise it." },
	{ "the database system is starting up", TB_EXIT_BUSY,
	    "Try again in a moment; tb-connect --wait waits for it." },
	{ "the database system is in recovery mode", TB_EXIT_BUSY,
	    "The server crashed and repairs itself: try again in a moment; "
	    "tb-connect --wait waits for it." },
	{ "the database system is not yet accepting", TB_EXIT_BUSY,
	    "Try again in a moment; tb-connect --wait waits for it." },
	{ "the database system is shutting down", TB_EXIT_BUSY,
	    "Try again when it is up again; tb-connect --wait waits for it." },
	{ "the database system is not accepting", TB_EXIT_UNAVAILABLE,
	    "It is a standby that lets nobody in (hot_standby = off): connect "
	    "to the primary." },
	{ "is not currently accepting connections", TB_EXIT_UNAVAILABLE,
	    "The database is closed (ALLOW_CONNECTIONS false): its owner can "
	    "open it with ALTER DATABASE." },
	{ "does not exist", TB_EXIT_UNAVAILABLE,
	    "tb-setup-db makes roles and databases; tb-setup-db --check tells "
	    "what is missing." },
	{ "", TB_EXIT_UNAVAILABLE,
	    "Is the server running there?  tb-cluster start gives you a "
	    "private one; then: eval \"$(tb-cluster env)\"." },
};

static int
connect_error(const PGconn *db, const struct tb_dsn *dsn, struct tb_err *err)
{
	const struct connect_hint *h = connect_hints;
	struct tb_buf text = TB_BUF_INIT;
	char *where = tb_dsn_describe(dsn);

	tb_buf_add(&text, PQerrorMessage(db));
	tb_buf_rtrim(&text);
	while (strstr(text.s, h->text) == NULL)
		h++;
	(void)tb_err_set(err, h->code, "could not connect to %s", where);
	(void)tb_err_detail(err, "%s", text.s);
	(void)tb_err_hint(err, "%s", h->hint);
	tb_buf_release(&text);
	free(where);
	return -1;
}

struct params {
	const char *keys[64], *values[64];
	size_t n;
};

static void
add_param(struct params *p, const char *key, const char *value)
{
	if (p->n + 1 >= TB_LEN(p->keys))
		tb_bug("too many connection parameters");
	p->keys[p->n] = key;
	p->values[p->n++] = value;
	p->keys[p->n] = p->values[p->n] = NULL;
}

static void
set_params(struct params *p, const struct tb_dsn *dsn, const char *password)
{
	p->n = 0;
	/* What the caller gave comes later and wins over these. */
	if (getenv("PGCONNECT_TIMEOUT") == NULL)
		add_param(p, "connect_timeout", "10");
	for (size_t i = 0; i < dsn->keys.n; i++)
		add_param(p, dsn->keys.v[i], dsn->values.v[i]);
	if (password != NULL)
		add_param(p, "password", password);
	add_param(p, "application_name", program);
	add_param(p, "client_encoding", "UTF8");
}

static PGconn *
try_connect(const struct tb_dsn *dsn, const char *password)
{
	struct params p;

	set_params(&p, dsn, password);
	/* No expansion: a database's name must not smuggle in a host. */
	return PQconnectdbParams(p.keys, p.values, 0);
}

/* Up to where the server has to answer. */
PGconn *
tb_pg_connect_begin(const struct tb_dsn *dsn)
{
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;
	struct params p;
	PGconn *db;

	if (dsn->force_password)
		return NULL;
	set_params(&p, dsn, NULL);
	db = PQconnectStartParams(p.keys, p.values, 0);
	while (db != NULL && status == PGRES_POLLING_WRITING) {
		struct pollfd fd = { PQsocket(db), POLLOUT, 0 };

		if (PQstatus(db) == CONNECTION_BAD || poll(&fd, 1, 0) != 1)
			break;
		status = PQconnectPoll(db);
	}
	return db;
}

/*
 * The host may have several addresses, which libpq tries in turn; each gets
 * the time that a blocking connection gives it.
 */
static void
wait_for(PGconn *db)
{
	const char *text = getenv("PGCONNECT_TIMEOUT");
	int timeout = text != NULL ? (int)strtol(text, NULL, 10) : 10;
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;

	if (PQstatus(db) == CONNECTION_BAD)
		return;
	if (PQstatus(db) != CONNECTION_STARTED &&
	    PQstatus(db) != CONNECTION_MADE)
		status = PQconnectPoll(db);
	while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
		struct pollfd fd = { PQsocket(db), POLLIN, 0 };
		int n;

		if (status == PGRES_POLLING_WRITING)
			fd.events = POLLOUT;
		n = poll(&fd, 1, timeout > 0 ? timeout * 1000 : -1);
		if (n == 0 || (n == -1 && errno != EINTR))
			return;
		if (n > 0)
			status = PQconnectPoll(db);
	}
}

static char *
ask_for(const struct tb_dsn *dsn)
{
	char *where = tb_dsn_describe(dsn);
	char *prompt = tb_asprintf("Password for %s: ", where);
	char *password = tb_pg_ask_password(prompt);

	free(prompt);
	free(where);
	return password;
}

static void
wipe(char *password)
{
	if (password != NULL)
		explicit_bzero(password, strlen(password));
	free(password);
}

static PGconn *
connect_asking(PGconn *begun, const struct tb_dsn *dsn)
{
	char *password = dsn->force_password ? ask_for(dsn) : NULL;
	PGconn *db = begun;

	if (db != NULL)
		wait_for(db);
	/* What took too long or went wrong is tried again, and then told. */
	if (db == NULL ||
	    (PQstatus(db) != CONNECTION_OK && !PQconnectionNeedsPassword(db))) {
		PQfinish(db);
		db = try_connect(dsn, password);
	}
	if (PQstatus(db) != CONNECTION_OK && password == NULL &&
	    PQconnectionNeedsPassword(db) && !dsn->no_password &&
	    (password = ask_for(dsn)) != NULL) {
		PQfinish(db);
		db = try_connect(dsn, password);
	}
	wipe(password);
	return db;
}

PGconn *
tb_pg_connect_finish(PGconn *begun, const struct tb_dsn *dsn,
    enum tb_pg_mode mode, struct tb_err *err)
{
	PGconn *db = connect_asking(begun, dsn);

	if (db == NULL)
		tb_bug("out of memory");
	(void)PQsetNoticeReceiver(db, receive_notice, NULL);
	if (PQstatus(db) != CONNECTION_OK)
		(void)connect_error(db, dsn, err);
	else if (check_version(db, err) == 0 && set_up(db, mode, err) == 0)
		return db;
	PQfinish(db);
	return NULL;
}

PGconn *
tb_pg_connect(const struct tb_dsn *dsn, enum tb_pg_mode mode,
    struct tb_err *err)
{
	return tb_pg_connect_finish(NULL, dsn, mode, err);
}
