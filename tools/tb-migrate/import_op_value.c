/*
 * Names, values and arguments of a revision's Python.
 */
#include "core/tb.h"

#include <md5.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "import_op.h"

#define MAX_NAME 63 /* of PostgreSQL */

bool
mig_op_fail(struct mig_op *x, const char *fmt, ...)
{
	va_list ap;

	if (x->why == NULL) {
		va_start(ap, fmt);
		x->why = tb_vasprintf(fmt, ap);
		va_end(ap);
	}
	return false;
}

const char *
mig_op_keep(struct mig_op *x, char *s)
{
	tb_strs_take(&x->made, s);
	return s;
}

void
mig_op_bind(struct mig_op *x, const char *name, const char *path,
    struct mig_py *value)
{
	x->names =
	    tb_grow(x->names, x->n_names, &x->cap_names, sizeof(*x->names));
	x->names[x->n_names++] = (struct mig_op_name){ name, path, value };
}

static const struct mig_op_name *
find_name(const struct mig_op *x, const char *name, size_t len)
{
	for (size_t i = x->n_names; i > 0; i--) {
		const struct mig_op_name *n = &x->names[i - 1];

		if (strlen(n->name) == len && memcmp(n->name, name, len) == 0)
			return n;
	}
	return NULL;
}

struct mig_py *
mig_op_value(struct mig_op *x, struct mig_py *e)
{
	const struct mig_op_name *n;

	for (int depth = 0; e != NULL && depth < 20; depth++) {
		if (e->kind == MIG_PY_NAME) {
			n = find_name(x, e->text, strlen(e->text));
			if (n == NULL || n->value == NULL)
				return e;
			e = n->value;
		} else if (e->kind == MIG_PY_CALL && e->n == 1 &&
		    (mig_op_is(x, e, "op.f") || mig_op_is(x, e, "batch.f"))) {
			e = e->v[0];
		} else {
			return e;
		}
	}
	return e;
}

/* SQLAlchemy has its names in many places. */
static char *
shorten(char *path)
{
	static const char *const places[] = { "sqlalchemy.sql.expression.",
		"sqlalchemy.sql.schema.", "sqlalchemy.sql.sqltypes.",
		"sqlalchemy.sql.elements.", "sqlalchemy.sql.",
		"sqlalchemy.types.", "sqlalchemy.schema.", "sqlalchemy." };
	static const char dialect[] = "sqlalchemy.dialects.postgresql.";
	static const char functions[] = "sqlalchemy.sql.functions.";
	char *shorter = NULL;

	if (strncmp(path, dialect, strlen(dialect)) == 0)
		shorter = tb_asprintf("sa.%s", strrchr(path, '.') + 1);
	else if (strncmp(path, functions, strlen(functions)) == 0)
		shorter = tb_asprintf("sa.func.%s", path + strlen(functions));
	else if (strncmp(path, "alembic.op.", 11) == 0)
		shorter = tb_strdup(path + 8);
	for (size_t i = 0; i < TB_LEN(places) && shorter == NULL; i++)
		if (strncmp(path, places[i], strlen(places[i])) == 0)
			shorter =
			    tb_asprintf("sa.%s", path + strlen(places[i]));
	if (shorter == NULL)
		return path;
	free(path);
	return shorter;
}

const char *
mig_op_path(struct mig_op *x, struct mig_py *e)
{
	const struct mig_op_name *n;
	size_t len;

	if (e->kind == MIG_PY_CALL)
		return e->of->kind == MIG_PY_NAME ? mig_op_path(x, e->of) :
						    NULL;
	if (e->kind != MIG_PY_NAME)
		return NULL;
	len = strcspn(e->text, ".");
	n = find_name(x, e->text, len);
	/* Another name for what is imported: values are never their own. */
	if (n != NULL && n->value != NULL && n->value->kind == MIG_PY_NAME &&
	    n->value != e && e->text[len] == '\0')
		return mig_op_path(x, n->value);
	if (n == NULL || n->path == NULL)
		return NULL;
	free(e->path);
	e->path = shorten(tb_asprintf("%s%s", n->path, e->text + len));
	return e->path;
}

bool
mig_op_is(struct mig_op *x, struct mig_py *e, const char *path)
{
	const char *is = e != NULL ? mig_op_path(x, e) : NULL;

	return is != NULL && strcmp(is, path) == 0;
}

bool
mig_op_method(struct mig_op *x, struct mig_py *call, struct mig_py **object,
    const char **method)
{
	const struct mig_op_name *n;
	const char *dot;

	if (call->kind != MIG_PY_CALL)
		return false;
	if (call->of->kind == MIG_PY_ATTR) {
		*object = call->of->of;
		*method = call->of->text;
		return true;
	}
	if (call->of->kind != MIG_PY_NAME ||
	    (dot = strchr(call->of->text, '.')) == NULL)
		return false;
	n = find_name(x, call->of->text, (size_t)(dot - call->of->text));
	if (n == NULL || n->value == NULL)
		return false;
	*object = n->value;
	*method = dot + 1;
	return true;
}

/* Arguments for other databases; PostgreSQL passes them over. */
static bool
is_foreign(const char *keyword)
{
	static const char *const dialects[] = { "mysql_", "mariadb_", "sqlite_",
		"oracle_", "mssql_", "firebird_", "sybase_" };

	for (size_t i = 0; i < TB_LEN(dialects); i++)
		if (strncmp(keyword, dialects[i], strlen(dialects[i])) == 0)
			return true;
	return false;
}

static bool
take_keyword(struct mig_op *x, struct mig_op_args *args, struct mig_py *value)
{
	for (size_t i = 0; args->names[i] != NULL; i++) {
		if (strcmp(args->names[i], value->keyword) != 0)
			continue;
		if (args->v[i] != NULL)
			return mig_op_fail(x, "argument \"%s\" is given twice",
			    value->keyword);
		args->v[i] = value;
		return true;
	}
	return is_foreign(value->keyword) ||
	    mig_op_fail(x, "argument \"%s\" is not known", value->keyword);
}

bool
mig_op_bind_args(struct mig_op *x, struct mig_py *call,
    const char *const names[], size_t places, bool rest,
    struct mig_op_args *args)
{
	*args = (struct mig_op_args){ .names = names };
	if (call->kind != MIG_PY_CALL)
		return true;
	for (size_t i = 0; i < call->n; i++) {
		struct mig_py *value = call->v[i];

		if (value->kind == MIG_PY_OTHER && value->text[0] == '*')
			return mig_op_fail(x, "arguments %s", value->text);
		if (value->keyword != NULL) {
			if (!take_keyword(x, args, value))
				return false;
		} else if (i < places) {
			args->v[i] = value;
		} else if (!rest) {
			return mig_op_fail(x, "too many arguments");
		} else {
			if (args->n_rest++ == 0)
				args->rest = &call->v[i];
		}
	}
	return true;
}

struct mig_py *
mig_op_arg(const struct mig_op_args *args, const char *name)
{
	for (size_t i = 0; args->names[i] != NULL; i++)
		if (strcmp(args->names[i], name) == 0)
			return args->v[i];
	tb_bug("no argument is called %s", name);
}

bool
mig_op_is_none(struct mig_op *x, struct mig_py *e)
{
	e = mig_op_value(x, e);
	return e == NULL || e->kind == MIG_PY_NONE;
}

/* quoted_name("x", True) and conv("x") are "x". */
static struct mig_py *
unwrap(struct mig_op *x, struct mig_py *e)
{
	e = mig_op_value(x, e);
	if (e != NULL && e->kind == MIG_PY_CALL && e->n >= 1 &&
	    (mig_op_is(x, e, "sa.quoted_name") ||
		mig_op_is(x, e, "sa.naming.conv") ||
		mig_op_is(x, e, "sa.conv")))
		e = mig_op_value(x, e->v[0]);
	return e;
}

bool
mig_op_string(struct mig_op *x, struct mig_py *e, const char **s)
{
	e = unwrap(x, e);
	*s = NULL;
	if (e == NULL || e->kind == MIG_PY_NONE)
		return true;
	if (e->kind != MIG_PY_STRING)
		return mig_op_fail(x, "%s is no plain string",
		    e->text != NULL ? e->text : "a value");
	*s = e->text;
	return true;
}

bool
mig_op_bool(struct mig_op *x, struct mig_py *e, bool fallback, bool *b)
{
	e = mig_op_value(x, e);
	*b = fallback;
	if (e == NULL || e->kind == MIG_PY_NONE)
		return true;
	if (e->kind != MIG_PY_TRUE && e->kind != MIG_PY_FALSE)
		return mig_op_fail(x, "%s is neither True nor False",
		    e->text != NULL ? e->text : "a value");
	*b = e->kind == MIG_PY_TRUE;
	return true;
}

bool
mig_op_strings(struct mig_op *x, struct mig_py *e, struct tb_strs *list)
{
	const char *s;

	e = mig_op_value(x, e);
	if (e == NULL || e->kind == MIG_PY_NONE)
		return true;
	if (e->kind != MIG_PY_LIST && e->kind != MIG_PY_TUPLE)
		return mig_op_fail(x, "%s is no list of strings",
		    e->text != NULL ? e->text : "a value");
	for (size_t i = 0; i < e->n; i++) {
		if (!mig_op_string(x, e->v[i], &s))
			return false;
		if (s == NULL)
			return mig_op_fail(x, "None in a list of names");
		tb_strs_add(list, s);
	}
	return true;
}

bool
mig_op_string_arg(struct mig_op *x, const struct mig_op_args *args,
    const char *name, const char **s)
{
	return mig_op_string(x, mig_op_arg(args, name), s);
}

bool
mig_op_bool_arg(struct mig_op *x, const struct mig_op_args *args,
    const char *name, bool fallback, bool *b)
{
	return mig_op_bool(x, mig_op_arg(args, name), fallback, b);
}

const char *
mig_op_cut_name(struct mig_op *x, char *name)
{
	char digest[MD5_DIGEST_STRING_LENGTH];
	char *cut = name;

	if (strlen(name) > MAX_NAME) {
		(void)MD5Data((const uint8_t *)name, strlen(name), digest);
		cut = tb_asprintf("%.*s_%s", MAX_NAME - 8, name,
		    digest + strlen(digest) - 4);
		free(name);
	}
	return mig_op_keep(x, cut);
}

bool
mig_op_object_name(struct mig_op *x, struct mig_py *e, const char **name)
{
	struct mig_py *value = e;

	/* The name itself may be bound to op.f("x"). */
	while (value != NULL && value->kind == MIG_PY_NAME &&
	    mig_op_path(x, value) == NULL) {
		const struct mig_op_name *n =
		    find_name(x, value->text, strlen(value->text));

		if (n == NULL || n->value == NULL || n->value == value)
			break;
		value = n->value;
	}
	if (!mig_op_string(x, e, name))
		return false;
	if (*name == NULL || strlen(*name) <= MAX_NAME)
		return true;
	if (value->kind != MIG_PY_CALL)
		return mig_op_fail(x, "the name \"%s\" is too long", *name);
	*name = mig_op_cut_name(x, tb_strdup(*name));
	return true;
}
