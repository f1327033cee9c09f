/*
 * dsn.h: where a connection goes, before it is made.
 *
 * Built from, first wins: the options -h -p -U -d; DATABASE_URL; libpq's
 * environment; the section "database" of tb.conf; libpq's defaults.  An
 * address that is given whole (-d with a URI or conninfo string, or
 * DATABASE_URL) leaves tb.conf out of it.
 *
 * URLs of other ecosystems are understood: postgresql+asyncpg://,
 * postgresql+psycopg2://, jdbc:postgresql://, and parameters that only their
 * drivers know are dropped with a note.  A URL of another scheme is refused,
 * never taken for a database name.
 */
#ifndef TB_PG_DSN_H
#define TB_PG_DSN_H

#include "core/strs.h"
#include "core/tb.h"

struct tb_conf;
struct tb_err;

/* What stood on the command line; NULL: not given.  Borrowed. */
struct tb_conn_opts {
	const char *host, *port, *user, *dbname;
	bool no_password;    /* -w: never ask */
	bool force_password; /* -W: always ask */
};

/* libpq's keywords with their values, each at most once. */
struct tb_dsn {
	struct tb_strs keys, values;
	bool no_password, force_password;
};

/* clang-format off */
#define TB_DSN_INIT	{ TB_STRS_INIT, TB_STRS_INIT, false, false }
/* clang-format on */

/* 64 or 78 on failure, with no part of a password in the message. */
int tb_dsn_resolve(struct tb_dsn *, const struct tb_conn_opts *,
    const struct tb_conf *, struct tb_err *) TB_MUSTCHECK;

/*
 * Take over what a URI, a conninfo string or a plain database name says.
 */
int tb_dsn_parse(struct tb_dsn *, const char *, struct tb_err *) TB_MUSTCHECK;

/* Is this a URI or a conninfo string, not a bare name? */
bool tb_dsn_is_address(const char *);

/* NULL: not set here; libpq's environment may still say.  Borrowed. */
const char *tb_dsn_get(const struct tb_dsn *, const char *key);

/* NULL takes the keyword out. */
void tb_dsn_set(struct tb_dsn *, const char *key, const char *value);

/* Where it will go, for messages: "database "x" on host:port". No secrets. */
char *tb_dsn_describe(const struct tb_dsn *) TB_MUSTCHECK;

void tb_dsn_copy(struct tb_dsn *to, const struct tb_dsn *from);
void tb_dsn_release(struct tb_dsn *);

#endif /* TB_PG_DSN_H */
