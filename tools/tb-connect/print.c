/*
 * print.c: the way, for other programs.
 */
#include "core/tb.h"

#include <ctype.h>
#include <jansson.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/json.h"
#include "connect.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"

static bool
is_secret(const PQconninfoOption *o)
{
	return strchr(o->dispchar, '*') != NULL;
}

static const char *
env(const char *name)
{
	const char *value = name != NULL ? getenv(name) : NULL;

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* What libpq would take where nothing is said: host and the like. */
static bool
is_basic(const char *key)
{
	return strcmp(key, "host") == 0 || strcmp(key, "port") == 0 ||
	    strcmp(key, "user") == 0 || strcmp(key, "dbname") == 0;
}

/*
 * All that leads there: what was said, the environment, and libpq's defaults,
 * but for a service file, whose entry stands for itself.
 */
static int
resolve(const struct con_way *w, struct tb_dsn *all, struct tb_err *err)
{
	PQconninfoOption *options = PQconndefaults();
	bool service =
	    tb_dsn_get(&w->dsn, "service") != NULL || env("PGSERVICE") != NULL;

	if (options == NULL)
		return tb_err_set(err, TB_EXIT_CONFIG,
		    "could not read the service file that PGSERVICE needs");
	for (PQconninfoOption *o = options; o->keyword != NULL; o++) {
		const char *value = tb_dsn_get(&w->dsn, o->keyword);

		/* Where passwords are kept is no part of the way. */
		if (value == NULL && strcmp(o->keyword, "passfile") != 0)
			value = env(o->envvar);
		if (value == NULL && is_basic(o->keyword) && !service)
			value = o->val;
		if (value == NULL || value[0] == '\0' ||
		    (is_secret(o) && !con_opts.with_password))
			continue;
		tb_dsn_set(all, o->keyword, value);
	}
	PQconninfoFree(options);
	/* libpq: a database has its user's name. */
	if (!service && tb_dsn_get(all, "dbname") == NULL &&
	    tb_dsn_get(all, "user") != NULL)
		tb_dsn_set(all, "dbname", tb_dsn_get(all, "user"));
	return 0;
}

static void
add_quoted(struct tb_buf *b, const char *value)
{
	tb_buf_addc(b, '\'');
	for (const char *p = value; *p != '\0'; p++) {
		if (*p == '\'' || *p == '\\')
			tb_buf_addc(b, '\\');
		tb_buf_addc(b, *p);
	}
	tb_buf_addc(b, '\'');
}

char *
con_conninfo(const struct tb_dsn *dsn, bool secrets)
{
	PQconninfoOption *options = PQconndefaults();
	struct tb_buf b = TB_BUF_INIT;

	for (PQconninfoOption *o = options; o != NULL && o->keyword != NULL;
	     o++) {
		const char *value = tb_dsn_get(dsn, o->keyword);

		if (value == NULL || (is_secret(o) && !secrets))
			continue;
		tb_buf_addf(&b, "%s%s=", b.len > 0 ? " " : "", o->keyword);
		add_quoted(&b, value);
	}
	PQconninfoFree(options);
	return tb_buf_detach(&b);
}

static void
add_encoded(struct tb_buf *b, const char *value)
{
	for (const char *p = value; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (isalnum(c) || strchr("-._~", c) != NULL)
			tb_buf_addc(b, *p);
		else
			tb_buf_addf(b, "%%%02X", c);
	}
}

/* A socket's folder and lists of hosts stand behind the question mark. */
static bool
host_is_plain(const char *host)
{
	return host != NULL && host[0] != '/' && host[0] != '@' &&
	    strchr(host, ',') == NULL;
}

static void
add_authority(struct tb_buf *b, const struct tb_dsn *dsn)
{
	const char *user = tb_dsn_get(dsn, "user");
	const char *password = tb_dsn_get(dsn, "password");
	const char *host = tb_dsn_get(dsn, "host");
	const char *port = tb_dsn_get(dsn, "port");

	if (user != NULL)
		add_encoded(b, user);
	if (password != NULL) {
		tb_buf_addc(b, ':');
		add_encoded(b, password);
	}
	if (user != NULL || password != NULL)
		tb_buf_addc(b, '@');
	if (!host_is_plain(host))
		return;
	if (strchr(host, ':') != NULL) {
		tb_buf_addf(b, "[%s]", host);
	} else {
		add_encoded(b, host);
	}
	if (port != NULL)
		tb_buf_addf(b, ":%s", port);
}

static char *
make_uri(const struct tb_dsn *dsn)
{
	static const char *const done[] = { "user", "password", "dbname" };
	bool plain = host_is_plain(tb_dsn_get(dsn, "host"));
	const char *dbname = tb_dsn_get(dsn, "dbname");
	struct tb_buf b = TB_BUF_INIT;
	char sep = '?';

	tb_buf_add(&b, "postgresql://");
	add_authority(&b, dsn);
	tb_buf_addc(&b, '/');
	if (dbname != NULL)
		add_encoded(&b, dbname);
	for (size_t i = 0; i < dsn->keys.n; i++) {
		const char *key = dsn->keys.v[i];
		bool skip = plain &&
		    (strcmp(key, "host") == 0 || strcmp(key, "port") == 0);

		for (size_t j = 0; j < TB_LEN(done); j++)
			skip = skip || strcmp(key, done[j]) == 0;
		if (skip)
			continue;
		tb_buf_addf(&b, "%c%s=", sep, key);
		add_encoded(&b, dsn->values.v[i]);
		sep = '&';
	}
	return tb_buf_detach(&b);
}

static void
print_export(const char *name, const char *value)
{
	(void)printf("export %s='", name);
	for (const char *p = value; *p != '\0'; p++) {
		if (*p == '\'')
			(void)fputs("'\\''", stdout);
		else
			(void)putchar(*p);
	}
	(void)puts("'");
}

/* First forget what would win over the lines that follow. */
static void
print_env(const struct tb_dsn *dsn)
{
	PQconninfoOption *options = PQconndefaults();

	(void)puts("unset DATABASE_URL PGCLUSTER PGHOSTADDR PGSERVICE");
	for (PQconninfoOption *o = options; o != NULL && o->keyword != NULL;
	     o++) {
		const char *value = tb_dsn_get(dsn, o->keyword);

		if (value == NULL)
			continue;
		if (o->envvar == NULL)
			tb_warn("no variable of the environment says \"%s\"",
			    o->keyword);
		else
			print_export(o->envvar, value);
	}
	PQconninfoFree(options);
}

static void
print_json(const struct con_way *w, const struct tb_dsn *dsn)
{
	json_t *j = json_object();
	char *uri = make_uri(dsn);

	for (size_t i = 0; i < dsn->keys.n; i++)
		tb_json_set(j, dsn->keys.v[i], dsn->values.v[i]);
	tb_json_set(j, "uri", uri);
	tb_json_set(j, "container", w->container.name);
	tb_json_set(j, "cluster", w->cluster);
	tb_json_print(j);
	free(uri);
}

static void
print_text(char *text)
{
	(void)puts(text);
	free(text);
}

int
con_print(const struct con_way *w, const char *format, struct tb_err *err)
{
	struct tb_dsn dsn = TB_DSN_INIT;

	if (con_opts.with_password && isatty(STDOUT_FILENO))
		return tb_err_set(err, TB_EXIT_USAGE,
		    "a password is not shown on a terminal");
	if (w->in_container) {
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "container \"%s\" publishes no port that can be reached "
		    "from here",
		    w->container.name);
		return tb_err_hint(err,
		    "There is nothing to print; tb-connect itself can go "
		    "inside.");
	}
	if (resolve(w, &dsn, err) == -1)
		return -1;
	if (con_opts.with_password && tb_dsn_get(&dsn, "password") == NULL)
		tb_dsn_set(&dsn, "password", con_container_password(w));
	if (strcmp(format, "uri") == 0)
		print_text(make_uri(&dsn));
	else if (strcmp(format, "conninfo") == 0)
		print_text(con_conninfo(&dsn, con_opts.with_password));
	else if (strcmp(format, "env") == 0)
		print_env(&dsn);
	else
		print_json(w, &dsn);
	tb_dsn_release(&dsn);
	return 0;
}
