#include "core/tb.h"

#include <stdarg.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "pg/quote.h"

/* What libpq made of it, or the error that it had (invalid encoding). */
static int
add_quoted(PGconn *db, struct tb_buf *b, char *quoted, const char *kind,
    struct tb_err *err)
{
	if (quoted == NULL) {
		(void)tb_err_set(err, TB_EXIT_DATA, "could not quote a %s: %s",
		    kind, PQerrorMessage(db));
		return -1;
	}
	tb_buf_add(b, quoted);
	PQfreemem(quoted);
	return 0;
}

int
tb_pg_ident(PGconn *db, struct tb_buf *b, const char *name, struct tb_err *err)
{
	return add_quoted(db, b, PQescapeIdentifier(db, name, strlen(name)),
	    "name", err);
}

int
tb_pg_literal(PGconn *db, struct tb_buf *b, const char *text,
    struct tb_err *err)
{
	if (text == NULL) {
		tb_buf_add(b, "NULL");
		return 0;
	}
	return add_quoted(db, b, PQescapeLiteral(db, text, strlen(text)),
	    "value", err);
}

static int
add_one(PGconn *db, struct tb_buf *b, char what, const char *arg,
    struct tb_err *err)
{
	switch (what) {
	case 'I':
		return tb_pg_ident(db, b, arg, err);
	case 'L':
		return tb_pg_literal(db, b, arg, err);
	case 's':
		tb_buf_add(b, arg);
		return 0;
	default:
		tb_bug("tb_pg_format: unknown %%%c", what);
	}
}

int
tb_pg_format(PGconn *db, struct tb_buf *b, struct tb_err *err, const char *fmt,
    ...)
{
	va_list ap;
	int rc = 0;

	va_start(ap, fmt);
	for (const char *p = fmt; *p != '\0' && rc == 0; p++) {
		if (*p != '%') {
			tb_buf_addc(b, *p);
			continue;
		}
		p++;
		if (*p == '%')
			tb_buf_addc(b, '%');
		else
			rc = add_one(db, b, *p, va_arg(ap, const char *), err);
	}
	va_end(ap);
	return rc;
}
