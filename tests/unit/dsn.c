/*
 * Where a connection goes: precedence, and URLs of other ecosystems.
 */
#include "core/tb.h"

#include <stdlib.h>

#include "core/conf.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/dsn.h"
#include "pg/url.h"
#include "unit.h"

static void
url_is(const char *url, const char *want)
{
	struct tb_err err = TB_ERR_INIT;
	char *got = tb_url_translate(url, &err);

	TB_IS(got, want, url);
	free(got);
	tb_err_release(&err);
}

static void
test_urls(void)
{
	url_is("postgresql+asyncpg://u:p@h:5/d", "postgresql://u:p@h:5/d");
	url_is("postgresql+psycopg2://h/d?sslmode=require",
	    "postgresql://h/d?sslmode=require");
	url_is("postgres://h/d?schema=public&application_name=x",
	    "postgresql://h/d?application_name=x");
	url_is("jdbc:postgresql://h:1/d?currentSchema=s&ssl=true",
	    "postgresql://h:1/d?ssl=true");
	url_is("postgresql://h/d?ssl=require",
	    "postgresql://h/d?sslmode=require");
	url_is("mysql://h/d", NULL);
	url_is("jdbc:mysql://h/d", NULL);
}

static void
dsn_is(const struct tb_conn_opts *opts, const char *key, const char *want,
    const char *what)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	struct tb_err err = TB_ERR_INIT;
	int rc = tb_dsn_resolve(&dsn, opts, NULL, &err);

	TB_OK(rc == 0, "%s resolves", what);
	TB_IS(tb_dsn_get(&dsn, key), want, what);
	tb_dsn_release(&dsn);
	tb_err_release(&err);
}

static void
test_precedence(void)
{
	struct tb_conn_opts none = { .dbname = NULL };
	struct tb_conn_opts name = { .dbname = "other", .host = "opt" };
	struct tb_conn_opts uri = { .dbname = "postgresql://uri/x?port=7" };
	struct tb_conn_opts pairs = { .dbname = "host=pairs dbname='a b'" };

	(void)setenv("DATABASE_URL", "postgresql+asyncpg://env:1/d", 1);
	dsn_is(&none, "host", "env", "DATABASE_URL");
	dsn_is(&name, "host", "opt", "an option wins over DATABASE_URL");
	dsn_is(&name, "dbname", "other", "a plain name");
	dsn_is(&uri, "host", "uri", "-d with a URI replaces it");
	dsn_is(&uri, "port", "7", "a parameter of the URI");
	dsn_is(&pairs, "dbname", "a b", "-d with a conninfo string");
	(void)unsetenv("DATABASE_URL");
	dsn_is(&none, "host", NULL, "nothing given, nothing set");
}

static void
test_secrets(void)
{
	struct tb_conn_opts bad = { .dbname = "postgresql://u:se%zcret@h/d" };
	struct tb_dsn dsn = TB_DSN_INIT;
	struct tb_err err = TB_ERR_INIT;

	TB_OK(tb_dsn_resolve(&dsn, &bad, NULL, &err) == -1 &&
		err.code == TB_EXIT_USAGE,
	    "a broken URI is refused");
	TB_OK(strstr(err.message, "cret") == NULL,
	    "and no part of the password is shown");
	bad.dbname = "postgresql://a:b@cret:d@/x";
	TB_OK(tb_dsn_resolve(&dsn, &bad, NULL, &err) == -1 &&
		strstr(err.message, "cret") == NULL,
	    "nor of one with an @ in it");
	tb_err_release(&err);
	tb_dsn_release(&dsn);
}

int
main(void)
{
	test_urls();
	test_precedence();
	test_secrets();
	return tb_unit_done();
}
