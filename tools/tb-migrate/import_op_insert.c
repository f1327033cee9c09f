/*
 * op.bulk_insert() of rows that are written out.
 */
#include "core/tb.h"

#include <string.h>
#include <strings.h>

#include "import_op.h"

struct target {
	const char *schema, *table;
	struct mig_py **columns; /* sa.column() or sa.Column() calls */
	size_t n;
};

static const char *const table_args[] = { "table_name", "schema", "comment",
	"info", "prefixes", "if_not_exists", "postgresql_inherits",
	"postgresql_partition_by", "postgresql_tablespace", NULL };
static const char *const column_args[] = { "name", "type_", NULL };

/* sa.table("t", ...), or what op.create_table("t", ...) returned. */
static bool
find_target(struct mig_op *x, struct mig_py *e, struct target *t)
{
	struct mig_op_args args;

	e = mig_op_value(x, e);
	if (e == NULL || e->kind != MIG_PY_CALL ||
	    (!mig_op_is(x, e, "sa.table") &&
		!mig_op_is(x, e, "op.create_table")))
		return mig_op_fail(x, "what table it is");
	if (!mig_op_bind_args(x, e, table_args, 1, true, &args) ||
	    !mig_op_string_arg(x, &args, "table_name", &t->table) ||
	    !mig_op_string_arg(x, &args, "schema", &t->schema))
		return false;
	t->columns = args.rest;
	t->n = args.n_rest;
	return t->table != NULL || mig_op_fail(x, "what table it is");
}

/* The type of a column: NULL where it has none.  False: it must not be used. */
static bool
column_type(struct mig_op *x, const struct target *t, const char *name,
    const char **type)
{
	struct mig_op_args args;
	struct mig_op_column full;
	struct mig_op_type found;
	const char *is;

	*type = NULL;
	for (size_t i = 0; i < t->n; i++) {
		struct mig_py *e = mig_op_value(x, t->columns[i]);

		if (mig_op_is(x, e, "sa.Column")) {
			if (!mig_op_column(x, e, &full))
				return false;
			if (full.name != NULL && strcmp(full.name, name) == 0)
				*type = full.type.sql;
			/* Python would fill it in where a row has it not. */
			if (full.client_default)
				return mig_op_fail(x, "a default of Python");
		} else if (mig_op_is(x, e, "sa.column")) {
			if (!mig_op_bind_args(x, e, column_args, 2, false,
				&args) ||
			    !mig_op_string_arg(x, &args, "name", &is))
				return false;
			if (is == NULL || strcmp(is, name) != 0 ||
			    mig_op_is_none(x, mig_op_arg(&args, "type_")))
				continue;
			if (!mig_op_type(x, mig_op_arg(&args, "type_"), &found))
				return false;
			*type = found.sql;
		}
	}
	return true;
}

static bool
is_one_of(const char *type, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strncasecmp(type, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/*
 * A value as SQL.  Some types change it on the way to the server: those are
 * not written here.
 */
static bool
add_value(struct mig_op *x, struct mig_py *e, const char *type,
    struct tb_buf *b)
{
	static const char *const changing[] = { "JSON", "BYTEA", "HSTORE" };

	e = mig_op_value(x, e);
	if (type != NULL &&
	    (is_one_of(type, changing, TB_LEN(changing)) ||
		strchr(type, '[') != NULL))
		return mig_op_fail(x, "a value of type %s", type);
	switch (e->kind) {
	case MIG_PY_NONE:
		tb_buf_add(b, "NULL");
		return true;
	case MIG_PY_TRUE:
	case MIG_PY_FALSE:
		if (type != NULL && strcmp(type, "BOOLEAN") != 0)
			return mig_op_fail(x, "a truth value of type %s", type);
		tb_buf_add(b, e->kind == MIG_PY_TRUE ? "true" : "false");
		return true;
	case MIG_PY_NUMBER:
		if (e->text[strspn(e->text, "-.0123456789")] != '\0')
			return mig_op_fail(x, "the number %s", e->text);
		tb_buf_add(b, e->text);
		return true;
	case MIG_PY_STRING:
		mig_op_literal(b, e->text);
		return true;
	default:
		return mig_op_fail(x, "a value that is computed");
	}
}

static bool
add_row(struct mig_op *x, const struct target *t, struct mig_py *row)
{
	struct tb_buf values = TB_BUF_INIT, *b;
	const char *name, *type;
	bool ok = true;

	row = mig_op_value(x, row);
	if (row->kind != MIG_PY_DICT || row->n == 0)
		return mig_op_fail(x, "a row that is no dictionary");
	b = mig_op_begin(x, "INSERT INTO ");
	mig_op_table(b, t->schema, t->table);
	tb_buf_add(b, " (");
	for (size_t i = 0; ok && i + 1 < row->n; i += 2) {
		ok = mig_op_string(x, row->v[i], &name);
		if (ok && name == NULL)
			ok = mig_op_fail(x, "a key of None");
		if (!ok || name == NULL)
			break;
		tb_buf_add(b, i > 0 ? ", " : "");
		tb_buf_add(&values, i > 0 ? ", " : "");
		mig_op_ident(b, name);
		ok = column_type(x, t, name, &type) &&
		    add_value(x, row->v[i + 1], type, &values);
	}
	tb_buf_addf(b, ") VALUES (%s)", values.s);
	tb_buf_release(&values);
	mig_op_end(x);
	return ok;
}

bool
mig_op_bulk_insert(struct mig_op *x, const struct mig_op_args *args)
{
	struct mig_py *rows = mig_op_value(x, mig_op_arg(args, "rows"));
	struct target t = { .table = NULL };

	if (!find_target(x, mig_op_arg(args, "table"), &t))
		return false;
	if (rows == NULL || rows->kind != MIG_PY_LIST)
		return mig_op_fail(x, "rows that are no list");
	for (size_t i = 0; i < rows->n; i++)
		if (!add_row(x, &t, rows->v[i]))
			return false;
	return true;
}
