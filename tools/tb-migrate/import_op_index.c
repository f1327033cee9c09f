/*
 * Indexes.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "import_op.h"

const char *const mig_op_index_args[] = { "index_name", "table_name", "columns",
	"schema", "unique", "quote", "info", "if_not_exists",
	"postgresql_using", "postgresql_where", "postgresql_ops",
	"postgresql_with", "postgresql_include", "postgresql_concurrently",
	"postgresql_tablespace", "postgresql_nulls_not_distinct", NULL };

/* The operator class that postgresql_ops has for a column. */
static bool
add_class(struct mig_op *x, struct mig_py *classes, const char *column,
    struct tb_buf *b)
{
	classes = mig_op_value(x, classes);
	if (classes == NULL || classes->kind == MIG_PY_NONE)
		return true;
	if (classes->kind != MIG_PY_DICT)
		return mig_op_fail(x, "postgresql_ops is no dictionary");
	for (size_t i = 0; i + 1 < classes->n; i += 2) {
		const char *key, *class;

		if (!mig_op_string(x, classes->v[i], &key) ||
		    !mig_op_string(x, classes->v[i + 1], &class))
			return false;
		if (key != NULL && class != NULL && strcmp(key, column) == 0)
			tb_buf_addf(b, " %s", class);
	}
	return true;
}

static bool
add_columns(struct mig_op *x, const struct mig_op_args *args,
    struct mig_py *const *columns, size_t n, struct tb_buf *b)
{
	struct mig_py *classes = mig_op_arg(args, "postgresql_ops");

	if (n == 0)
		return mig_op_fail(x, "an index without columns");
	tb_buf_add(b, " (");
	for (size_t i = 0; i < n; i++) {
		struct mig_py *e = mig_op_value(x, columns[i]);

		if (i > 0)
			tb_buf_add(b, ", ");
		if (e->kind == MIG_PY_STRING) {
			mig_op_ident(b, e->text);
			if (!add_class(x, classes, e->text, b))
				return false;
		} else if (!mig_op_expr(x, e, b)) {
			return false;
		}
	}
	tb_buf_addc(b, ')');
	return true;
}

/* WITH (fillfactor = 50) */
static bool
add_with(struct mig_op *x, struct mig_py *with, struct tb_buf *b)
{
	with = mig_op_value(x, with);
	if (with == NULL || with->kind == MIG_PY_NONE)
		return true;
	if (with->kind != MIG_PY_DICT || with->n == 0)
		return mig_op_fail(x, "postgresql_with is no dictionary");
	tb_buf_add(b, " WITH (");
	for (size_t i = 0; i + 1 < with->n; i += 2) {
		struct mig_py *value = mig_op_value(x, with->v[i + 1]);
		const char *key;

		if (!mig_op_string(x, with->v[i], &key))
			return false;
		if (key == NULL ||
		    (value->kind != MIG_PY_STRING &&
			value->kind != MIG_PY_NUMBER))
			return mig_op_fail(x, "a value in postgresql_with");
		tb_buf_addf(b, "%s%s = %s", i > 0 ? ", " : "", key,
		    value->text);
	}
	tb_buf_addc(b, ')');
	return true;
}

static bool
add_include(struct mig_op *x, struct mig_py *columns, struct tb_buf *b)
{
	struct tb_strs include = TB_STRS_INIT;
	bool ok = mig_op_strings(x, columns, &include);

	if (ok && include.n > 0) {
		tb_buf_add(b, " INCLUDE (");
		mig_op_idents(b, &include);
		tb_buf_addc(b, ')');
	}
	tb_strs_release(&include);
	return ok;
}

/* What stands behind the columns. */
static bool
add_tail(struct mig_op *x, const struct mig_op_args *args, struct tb_buf *b)
{
	const char *tablespace;
	bool not_distinct;

	if (!add_include(x, mig_op_arg(args, "postgresql_include"), b) ||
	    !mig_op_bool_arg(x, args, "postgresql_nulls_not_distinct", false,
		&not_distinct))
		return false;
	if (not_distinct)
		tb_buf_add(b, " NULLS NOT DISTINCT");
	if (!add_with(x, mig_op_arg(args, "postgresql_with"), b) ||
	    !mig_op_string_arg(x, args, "postgresql_tablespace", &tablespace))
		return false;
	if (tablespace != NULL) {
		tb_buf_add(b, " TABLESPACE ");
		mig_op_ident(b, tablespace);
	}
	if (mig_op_is_none(x, mig_op_arg(args, "postgresql_where")))
		return true;
	tb_buf_add(b, " WHERE ");
	return mig_op_expr(x, mig_op_arg(args, "postgresql_where"), b);
}

static bool
add_using(struct mig_op *x, const struct mig_op_args *args, struct tb_buf *b)
{
	const char *using;

	if (!mig_op_string_arg(x, args, "postgresql_using", &using))
		return false;
	if (using == NULL)
		return true;
	tb_buf_add(b, " USING ");
	for (; *using != '\0'; using ++) {
		if (!isalnum((unsigned char)*using) && *using != '_')
			return mig_op_fail(x, "a strange postgresql_using");
		tb_buf_addc(b, (char)tolower((unsigned char)*using));
	}
	return true;
}

bool
mig_op_write_index(struct mig_op *x, const struct mig_op_args *args,
    const struct mig_op_index *index)
{
	struct tb_buf *b;
	bool unique, concurrently, if_not_exists;

	if (!mig_op_bool_arg(x, args, "unique", false, &unique) ||
	    !mig_op_bool_arg(x, args, "postgresql_concurrently", false,
		&concurrently) ||
	    !mig_op_bool_arg(x, args, "if_not_exists", false, &if_not_exists))
		return false;
	if (index->name == NULL)
		return mig_op_fail(x, "an index without a name");
	b = mig_op_begin(x, "CREATE ");
	tb_buf_addf(b, "%sINDEX %s%s", unique ? "UNIQUE " : "",
	    concurrently ? "CONCURRENTLY " : "",
	    if_not_exists ? "IF NOT EXISTS " : "");
	mig_op_ident(b, index->name);
	tb_buf_add(b, " ON ");
	mig_op_table(b, index->schema, index->table);
	if (!add_using(x, args, b) ||
	    !add_columns(x, args, index->columns, index->n, b) ||
	    !add_tail(x, args, b))
		return false;
	mig_op_end(x);
	return true;
}

bool
mig_op_column_index(struct mig_op *x, const char *schema, const char *table,
    const struct mig_op_column *c)
{
	struct tb_buf *b = mig_op_begin(x, "CREATE ");
	const char *name = mig_op_cut_name(x,
	    tb_asprintf("ix_%s%s%s_%s", schema != NULL ? schema : "",
		schema != NULL ? "_" : "", table, c->name));

	tb_buf_addf(b, "%sINDEX ", c->unique ? "UNIQUE " : "");
	mig_op_ident(b, name);
	tb_buf_add(b, " ON ");
	mig_op_table(b, schema, table);
	tb_buf_add(b, " (");
	mig_op_ident(b, c->name);
	tb_buf_addc(b, ')');
	mig_op_end(x);
	return true;
}

bool
mig_op_create_index(struct mig_op *x, const struct mig_op_args *args)
{
	struct mig_py *columns = mig_op_value(x, mig_op_arg(args, "columns"));
	struct mig_op_index index = { .n = 0 };

	if (!mig_op_place(x, args, &index.schema, &index.table) ||
	    !mig_op_object_name(x, mig_op_arg(args, "index_name"), &index.name))
		return false;
	if (columns == NULL ||
	    (columns->kind != MIG_PY_LIST && columns->kind != MIG_PY_TUPLE))
		return mig_op_fail(x, "the columns are no list");
	index.columns = columns->v;
	index.n = columns->n;
	return mig_op_write_index(x, args, &index);
}

bool
mig_op_drop_index(struct mig_op *x, const struct mig_op_args *args)
{
	const char *schema, *name;
	struct tb_buf *b;
	bool concurrently, if_exists;

	if (x->batch_table != NULL)
		schema = x->batch_schema;
	else if (!mig_op_string_arg(x, args, "schema", &schema))
		return false;
	if (!mig_op_object_name(x, mig_op_arg(args, "index_name"), &name) ||
	    !mig_op_bool_arg(x, args, "postgresql_concurrently", false,
		&concurrently) ||
	    !mig_op_bool_arg(x, args, "if_exists", false, &if_exists))
		return false;
	if (name == NULL)
		return mig_op_fail(x, "an index without a name");
	b = mig_op_begin(x, "DROP INDEX ");
	tb_buf_addf(b, "%s%s", concurrently ? "CONCURRENTLY " : "",
	    if_exists ? "IF EXISTS " : "");
	mig_op_table(b, schema, name);
	mig_op_end(x);
	return true;
}
