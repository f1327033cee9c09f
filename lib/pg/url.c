#include "core/tb.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/keys.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/strs.h"
#include "pg/url.h"

/* Where the part after "://" begins; NULL: not a URL of PostgreSQL. */
static const char *
after_scheme(const char *url)
{
	static const char *const schemes[] = { "postgresql", "postgres" };
	const char *rest;

	if (strncasecmp(url, "jdbc:", 5) == 0)
		url += 5;
	if ((rest = strstr(url, "://")) == NULL)
		return NULL;
	for (size_t i = 0; i < TB_LEN(schemes); i++) {
		size_t n = strlen(schemes[i]);

		/* "postgresql+driver" is SQLAlchemy's spelling. */
		if (strncasecmp(url, schemes[i], n) == 0 &&
		    (url[n] == ':' || url[n] == '+'))
			return rest + 3;
	}
	return NULL;
}

static bool
libpq_knows(const char *keyword)
{
	PQconninfoOption *options = PQconndefaults();
	bool known = false;

	if (options == NULL)
		return false;
	for (PQconninfoOption *o = options; o->keyword != NULL; o++)
		if (strcmp(o->keyword, keyword) == 0)
			known = true;
	PQconninfoFree(options);
	return known;
}

/* Drivers that pool or set the path: dropping it changes what is seen. */
static bool
is_a_schema(const char *keyword)
{
	return strcasecmp(keyword, "schema") == 0 ||
	    strcasecmp(keyword, "currentSchema") == 0;
}

/* asyncpg says ssl=require, JDBC ssl=true: libpq takes the second itself. */
static bool
is_ssl_word(const char *keyword, const char *value)
{
	return strcmp(keyword, "ssl") == 0 && strcmp(value, "true") != 0;
}

static void
add_parameter(struct tb_buf *out, char separator, const char *parameter)
{
	const char *equals = strchr(parameter, '=');
	char *keyword;

	if (equals == NULL)
		return;
	keyword = tb_strndup(parameter, (size_t)(equals - parameter));
	if (is_ssl_word(keyword, equals + 1))
		tb_buf_addf(out, "%csslmode=%s", separator, equals + 1);
	else if (libpq_knows(keyword) || strcmp(keyword, "ssl") == 0)
		tb_buf_addf(out, "%c%s", separator, parameter);
	else if (is_a_schema(keyword))
		tb_warn("the parameter \"%s\" of the connection URL is not "
			"followed: the toolkit names every schema",
		    keyword);
	else
		tb_debug("dropped the parameter \"%s\" of the connection URL",
		    keyword);
	free(keyword);
}

static void
add_parameters(struct tb_buf *out, const char *query)
{
	struct tb_strs parameters = TB_STRS_INIT;
	size_t before = out->len;

	tb_strs_split(&parameters, query, "&");
	for (size_t i = 0; i < parameters.n; i++)
		add_parameter(out, out->len == before ? '?' : '&',
		    parameters.v[i]);
	tb_strs_release(&parameters);
}

char *
tb_url_translate(const char *url, struct tb_err *err)
{
	struct tb_buf out = TB_BUF_INIT;
	const char *rest = after_scheme(url);
	size_t n;

	if (rest == NULL) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "this URL is not one of PostgreSQL: \"%.*s://...\"",
		    (int)strcspn(url, ":"), url);
		(void)tb_err_hint(err,
		    "It begins with postgresql:// or postgres://.");
		return NULL;
	}
	n = strcspn(rest, "?");
	tb_buf_addf(&out, "postgresql://%.*s", (int)n, rest);
	if (rest[n] == '?')
		add_parameters(&out, rest + n + 1);
	return tb_buf_detach(&out);
}
