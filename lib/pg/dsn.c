#include "core/tb.h"

#include <ctype.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/dsn.h"
#include "pg/url.h"

static size_t
find(const struct tb_dsn *dsn, const char *key)
{
	size_t i = 0;

	while (i < dsn->keys.n && strcmp(dsn->keys.v[i], key) != 0)
		i++;
	return i;
}

const char *
tb_dsn_get(const struct tb_dsn *dsn, const char *key)
{
	size_t i = find(dsn, key);

	return i < dsn->keys.n ? dsn->values.v[i] : NULL;
}

static void
take_out(struct tb_dsn *dsn, size_t i)
{
	size_t last = dsn->keys.n - 1;

	free(dsn->keys.v[i]);
	free(dsn->values.v[i]);
	dsn->keys.v[i] = dsn->keys.v[last];
	dsn->values.v[i] = dsn->values.v[last];
	dsn->keys.v[last] = dsn->values.v[last] = NULL;
	dsn->keys.n = dsn->values.n = last;
}

void
tb_dsn_set(struct tb_dsn *dsn, const char *key, const char *value)
{
	size_t i = find(dsn, key);

	if (i < dsn->keys.n)
		take_out(dsn, i);
	if (value == NULL)
		return;
	tb_strs_add(&dsn->keys, key);
	tb_strs_add(&dsn->values, value);
}

void
tb_dsn_copy(struct tb_dsn *to, const struct tb_dsn *from)
{
	for (size_t i = 0; i < from->keys.n; i++)
		tb_dsn_set(to, from->keys.v[i], from->values.v[i]);
	to->no_password = from->no_password;
	to->force_password = from->force_password;
}

void
tb_dsn_release(struct tb_dsn *dsn)
{
	tb_strs_release(&dsn->keys);
	tb_strs_release(&dsn->values);
}

bool
tb_dsn_is_address(const char *s)
{
	return strchr(s, '=') != NULL || strstr(s, "://") != NULL;
}

/* libpq's words may hold a part of the password: only its kind is told. */
static int
parse_error(bool uri, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_USAGE,
	    uri ? "could not understand the connection URI" :
		  "could not understand the connection string");
	if (uri)
		return tb_err_hint(err,
		    "Write %%40 for @, %%2F for /, %%25 for %% and %%3A for : "
		    "inside user name and password.");
	return tb_err_hint(err,
	    "Write key=value pairs, values with blanks in single quotes.");
}

/* A password with an unescaped @ reaches into the host and the port. */
static bool
has_stray_at(const PQconninfoOption *o)
{
	for (; o->keyword != NULL; o++)
		if (o->val != NULL && strchr(o->val, '@') != NULL &&
		    (strcmp(o->keyword, "host") == 0 ||
			strcmp(o->keyword, "port") == 0))
			return true;
	return false;
}

static int
parse_address(struct tb_dsn *dsn, const char *text, bool uri,
    struct tb_err *err)
{
	char *problem = NULL;
	PQconninfoOption *options = PQconninfoParse(text, &problem);

	if (options == NULL) {
		PQfreemem(problem);
		return parse_error(uri, err);
	}
	if (has_stray_at(options)) {
		PQconninfoFree(options);
		return parse_error(uri, err);
	}
	for (PQconninfoOption *o = options; o->keyword != NULL; o++)
		if (o->val != NULL && o->val[0] != '\0')
			tb_dsn_set(dsn, o->keyword, o->val);
	PQconninfoFree(options);
	return 0;
}

int
tb_dsn_parse(struct tb_dsn *dsn, const char *text, struct tb_err *err)
{
	char *url;
	int rc;

	if (strstr(text, "://") == NULL) {
		if (strchr(text, '=') != NULL)
			return parse_address(dsn, text, false, err);
		tb_dsn_set(dsn, "dbname", text);
		return 0;
	}
	if ((url = tb_url_translate(text, err)) == NULL)
		return -1;
	rc = parse_address(dsn, url, true, err);
	free(url);
	return rc;
}

static bool
env_is_set(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0';
}

/* A word of tb.conf counts where libpq's environment does not say. */
static void
from_conf(struct tb_dsn *dsn, const struct tb_conf *conf)
{
	static const struct {
		const char *option, *key, *env;
	} words[] = {
		{ "database|service", "service", "PGSERVICE" },
		{ "database|host", "host", "PGHOST" },
		{ "database|port", "port", "PGPORT" },
		{ "database|name", "dbname", "PGDATABASE" },
		{ "database|user", "user", "PGUSER" },
	};

	for (size_t i = 0; i < TB_LEN(words); i++) {
		const char *value = tb_conf_str(conf, words[i].option);

		if (value != NULL && !env_is_set(words[i].env))
			tb_dsn_set(dsn, words[i].key, value);
	}
}

static int
from_files(struct tb_dsn *dsn, const struct tb_conf *conf, struct tb_err *err)
{
	const char *url = tb_conf_str(conf, "database|url");

	if (url != NULL && !env_is_set("PGHOST") && !env_is_set("PGDATABASE") &&
	    !env_is_set("PGSERVICE")) {
		if (tb_dsn_parse(dsn, url, err) == 0)
			return 0;
		err->code = TB_EXIT_CONFIG;
		return tb_err_prefix(err, "%s: database: url", conf->file);
	}
	from_conf(dsn, conf);
	return 0;
}

static void
from_options(struct tb_dsn *dsn, const struct tb_conn_opts *opts)
{
	if (opts->host != NULL) {
		tb_dsn_set(dsn, "host", opts->host);
		tb_dsn_set(dsn, "hostaddr", NULL);
	}
	if (opts->port != NULL)
		tb_dsn_set(dsn, "port", opts->port);
	if (opts->user != NULL)
		tb_dsn_set(dsn, "user", opts->user);
	dsn->no_password = opts->no_password;
	dsn->force_password = opts->force_password;
}

int
tb_dsn_resolve(struct tb_dsn *dsn, const struct tb_conn_opts *opts,
    const struct tb_conf *conf, struct tb_err *err)
{
	const char *url = getenv("DATABASE_URL");
	bool whole = opts->dbname != NULL && tb_dsn_is_address(opts->dbname);

	if (!whole && url != NULL && url[0] != '\0') {
		if (tb_dsn_parse(dsn, url, err) == -1)
			return tb_err_prefix(err, "DATABASE_URL");
	} else if (!whole && conf != NULL && conf->cfg != NULL) {
		if (from_files(dsn, conf, err) == -1)
			return -1;
	}
	if (opts->dbname != NULL && tb_dsn_parse(dsn, opts->dbname, err) == -1)
		return -1;
	from_options(dsn, opts);
	return 0;
}

static const char *
or_env(const struct tb_dsn *dsn, const char *key, const char *env)
{
	const char *value = tb_dsn_get(dsn, key);

	return value != NULL ? value : getenv(env);
}

char *
tb_dsn_describe(const struct tb_dsn *dsn)
{
	struct tb_buf b = TB_BUF_INIT;
	const char *name = or_env(dsn, "dbname", "PGDATABASE");
	const char *host = or_env(dsn, "host", "PGHOST");
	const char *port = or_env(dsn, "port", "PGPORT");
	const char *service = or_env(dsn, "service", "PGSERVICE");

	if (name != NULL)
		tb_buf_addf(&b, "database \"%s\"", name);
	else
		tb_buf_add(&b, "the default database");
	if (host != NULL)
		tb_buf_addf(&b, " on %s", host);
	if (port != NULL)
		tb_buf_addf(&b, "%s%s", host != NULL ? ":" : " on port ", port);
	if (host == NULL && service != NULL)
		tb_buf_addf(&b, " of service \"%s\"", service);
	return tb_buf_detach(&b);
}
