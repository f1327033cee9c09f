/*
 * ALTER TABLE.
 */
#include "core/tb.h"

#include <string.h>

#include "import_op.h"

/* "ALTER TABLE t " */
static struct tb_buf *
begin(struct mig_op *x, const char *schema, const char *table)
{
	struct tb_buf *b = mig_op_begin(x, "ALTER TABLE ");

	mig_op_table(b, schema, table);
	tb_buf_addc(b, ' ');
	return b;
}

/* What a column brings along is added after it. */
static bool
add_column_constraints(struct mig_op *x, const char *schema, const char *table,
    const struct mig_op_column *c)
{
	if (c->unique && !c->index) {
		struct tb_buf *b = begin(x, schema, table);

		tb_buf_add(b, "ADD UNIQUE (");
		mig_op_ident(b, c->name);
		tb_buf_addc(b, ')');
		mig_op_end(x);
	}
	for (size_t i = 0; i < c->n_keys; i++) {
		struct tb_buf *b = begin(x, schema, table);

		tb_buf_add(b, "ADD ");
		if (!mig_op_column_key(x, c->keys[i], c->name, b))
			return false;
		mig_op_end(x);
	}
	if (c->index && !mig_op_column_index(x, schema, table, c))
		return false;
	if (c->comment != NULL && c->comment[0] != '\0')
		mig_op_comment_column(x, schema, table, c->name, c->comment);
	return true;
}

bool
mig_op_add_column(struct mig_op *x, const struct mig_op_args *args)
{
	const char *schema, *table;
	struct mig_op_column c;
	struct mig_py *column = mig_op_value(x, mig_op_arg(args, "column"));
	struct tb_buf *b;
	bool if_not_exists, ok;

	if (!mig_op_place(x, args, &schema, &table) ||
	    !mig_op_bool_arg(x, args, "if_not_exists", false, &if_not_exists))
		return false;
	if (column == NULL || column->kind != MIG_PY_CALL ||
	    !mig_op_is(x, column, "sa.Column"))
		return mig_op_fail(x, "what is added is no sa.Column()");
	x->schema = schema;
	ok = mig_op_column(x, column, &c);
	x->schema = NULL;
	if (!ok)
		return false;
	b = begin(x, schema, table);
	tb_buf_addf(b, "ADD COLUMN %s", if_not_exists ? "IF NOT EXISTS " : "");
	mig_op_column_spec(b, &c, !c.nullable,
	    c.primary_key && mig_op_can_be_serial(&c, c.n_keys > 0));
	mig_op_end(x);
	return add_column_constraints(x, schema, table, &c);
}

bool
mig_op_drop_column(struct mig_op *x, const struct mig_op_args *args)
{
	const char *schema, *table, *column;
	struct tb_buf *b;
	bool if_exists;

	if (!mig_op_place(x, args, &schema, &table) ||
	    !mig_op_string_arg(x, args, "column_name", &column) ||
	    !mig_op_bool_arg(x, args, "if_exists", false, &if_exists))
		return false;
	if (column == NULL)
		return mig_op_fail(x, "no column is named");
	b = begin(x, schema, table);
	tb_buf_addf(b, "DROP COLUMN %s", if_exists ? "IF EXISTS " : "");
	mig_op_ident(b, column);
	mig_op_end(x);
	return true;
}

struct change {
	const char *schema, *table, *column;
	const struct mig_op_args *args;
};

/* "ALTER TABLE t ALTER COLUMN c " */
static struct tb_buf *
begin_column(struct mig_op *x, const struct change *c)
{
	struct tb_buf *b = begin(x, c->schema, c->table);

	tb_buf_add(b, "ALTER COLUMN ");
	mig_op_ident(b, c->column);
	tb_buf_addc(b, ' ');
	return b;
}

static bool
change_type(struct mig_op *x, const struct change *c)
{
	struct mig_op_type type;
	struct tb_buf *b;
	const char *using;

	if (!mig_op_string_arg(x, c->args, "postgresql_using", &using))
		return false;
	if (mig_op_is_none(x, mig_op_arg(c->args, "type_")))
		return using == NULL ||
		    mig_op_fail(x, "postgresql_using without type_");
	if (!mig_op_type(x, mig_op_arg(c->args, "type_"), &type))
		return false;
	b = begin_column(x, c);
	tb_buf_addf(b, "TYPE %s", type.sql);
	if (using != NULL)
		tb_buf_addf(b, " USING %s", using);
	mig_op_end(x);
	return true;
}

static bool
change_null(struct mig_op *x, const struct change *c)
{
	bool nullable;

	if (mig_op_is_none(x, mig_op_arg(c->args, "nullable")))
		return true;
	if (!mig_op_bool_arg(x, c->args, "nullable", true, &nullable))
		return false;
	tb_buf_add(begin_column(x, c),
	    nullable ? "DROP NOT NULL" : "SET NOT NULL");
	mig_op_end(x);
	return true;
}

static bool
is_generated(struct mig_op *x, struct mig_py *e)
{
	e = mig_op_value(x, e);
	return e != NULL &&
	    (mig_op_is(x, e, "sa.Identity") || mig_op_is(x, e, "sa.Computed"));
}

/* False means "leave it", None "there is none". */
static bool
change_default(struct mig_op *x, const struct change *c)
{
	struct mig_py *e =
	    mig_op_value(x, mig_op_arg(c->args, "server_default"));
	const char *sql;
	struct tb_buf *b;

	if (e == NULL || e->kind == MIG_PY_FALSE)
		return true;
	if (is_generated(x, e) ||
	    is_generated(x, mig_op_arg(c->args, "existing_server_default")))
		return mig_op_fail(x, "a change of Identity or Computed");
	if (!mig_op_default(x, e, &sql))
		return false;
	b = begin_column(x, c);
	if (sql != NULL)
		tb_buf_addf(b, "SET DEFAULT %s", sql);
	else
		tb_buf_add(b, "DROP DEFAULT");
	mig_op_end(x);
	return true;
}

static bool
change_comment(struct mig_op *x, const struct change *c)
{
	struct mig_py *e = mig_op_value(x, mig_op_arg(c->args, "comment"));
	const char *comment;

	if (e == NULL || e->kind == MIG_PY_FALSE)
		return true;
	if (!mig_op_string(x, e, &comment))
		return false;
	mig_op_comment_column(x, c->schema, c->table, c->column, comment);
	return true;
}

static bool
change_name(struct mig_op *x, const struct change *c)
{
	const char *name;
	struct tb_buf *b;

	if (!mig_op_string_arg(x, c->args, "new_column_name", &name))
		return false;
	if (name == NULL)
		return true;
	b = begin(x, c->schema, c->table);
	tb_buf_add(b, "RENAME COLUMN ");
	mig_op_ident(b, c->column);
	tb_buf_add(b, " TO ");
	mig_op_ident(b, name);
	mig_op_end(x);
	return true;
}

bool
mig_op_alter_column(struct mig_op *x, const struct mig_op_args *args)
{
	struct change c = { .args = args };

	if (!mig_op_place(x, args, &c.schema, &c.table) ||
	    !mig_op_string_arg(x, args, "column_name", &c.column))
		return false;
	if (c.column == NULL)
		return mig_op_fail(x, "no column is named");
	/* The order is Alembic's; the new name counts last. */
	return change_type(x, &c) && change_null(x, &c) &&
	    change_default(x, &c) && change_comment(x, &c) &&
	    change_name(x, &c);
}

/* "ALTER TABLE t ADD CONSTRAINT n " */
static struct tb_buf *
begin_constraint(struct mig_op *x, const struct mig_op_args *args)
{
	const char *schema, *table;
	struct tb_buf *b;

	if (!mig_op_place(x, args, &schema, &table))
		return NULL;
	b = begin(x, schema, table);
	tb_buf_add(b, "ADD ");
	return mig_op_add_name(x, mig_op_arg(args, "constraint_name"), b) ?
	    b :
	    NULL;
}

static bool
end_constraint(struct mig_op *x, bool ok)
{
	if (ok)
		mig_op_end(x);
	return ok;
}

bool
mig_op_create_check(struct mig_op *x, const struct mig_op_args *args)
{
	struct tb_buf *b = begin_constraint(x, args);

	return b != NULL &&
	    end_constraint(x,
		mig_op_add_check(x, args, mig_op_arg(args, "condition"), b));
}

bool
mig_op_create_exclude(struct mig_op *x, const struct mig_op_args *args)
{
	struct tb_buf *b = begin_constraint(x, args);

	return b != NULL && end_constraint(x, mig_op_add_exclude(x, args, b));
}

static bool
create_columns_key(struct mig_op *x, const struct mig_op_args *args,
    const char *words)
{
	struct tb_buf *b = begin_constraint(x, args);
	struct tb_strs columns = TB_STRS_INIT;
	bool ok;

	ok = b != NULL &&
	    mig_op_strings(x, mig_op_arg(args, "columns"), &columns) &&
	    mig_op_add_columns_key(x, args, words, &columns, b);
	tb_strs_release(&columns);
	return end_constraint(x, ok);
}

bool
mig_op_create_unique(struct mig_op *x, const struct mig_op_args *args)
{
	return create_columns_key(x, args, "UNIQUE");
}

bool
mig_op_create_primary_key(struct mig_op *x, const struct mig_op_args *args)
{
	return create_columns_key(x, args, "PRIMARY KEY");
}

bool
mig_op_drop_constraint(struct mig_op *x, const struct mig_op_args *args)
{
	const char *schema, *table, *name;
	struct tb_buf *b;
	bool if_exists;

	if (!mig_op_place(x, args, &schema, &table) ||
	    !mig_op_object_name(x, mig_op_arg(args, "constraint_name"),
		&name) ||
	    !mig_op_bool_arg(x, args, "if_exists", false, &if_exists))
		return false;
	if (name == NULL)
		return mig_op_fail(x, "a constraint without a name is dropped");
	b = begin(x, schema, table);
	tb_buf_addf(b, "DROP CONSTRAINT %s", if_exists ? "IF EXISTS " : "");
	mig_op_ident(b, name);
	mig_op_end(x);
	return true;
}

/* Where a foreign key stands: its arguments have names of their own. */
static bool
key_place(struct mig_op *x, const struct mig_op_args *args, const char **schema,
    const char **table)
{
	if (x->batch_table != NULL) {
		*schema = x->batch_schema;
		*table = x->batch_table;
		return true;
	}
	if (!mig_op_string_arg(x, args, "source_schema", schema) ||
	    !mig_op_string_arg(x, args, "source_table", table))
		return false;
	return *table != NULL || mig_op_fail(x, "no table is named");
}

static bool
write_key(struct mig_op *x, const struct mig_op_args *args,
    const struct tb_strs *local, const struct tb_strs *remote, struct tb_buf *b)
{
	const char *schema, *table;

	if (!mig_op_string_arg(x, args, "referent_schema", &schema) ||
	    !mig_op_string_arg(x, args, "referent_table", &table))
		return false;
	if (table == NULL || local->n == 0 || local->n != remote->n)
		return mig_op_fail(x, "what a foreign key refers to");
	tb_buf_add(b, "FOREIGN KEY (");
	mig_op_idents(b, local);
	tb_buf_add(b, ") REFERENCES ");
	mig_op_table(b, schema, table);
	tb_buf_add(b, " (");
	mig_op_idents(b, remote);
	tb_buf_addc(b, ')');
	return mig_op_add_key_options(x, args, b);
}

bool
mig_op_create_foreign_key(struct mig_op *x, const struct mig_op_args *args)
{
	struct tb_strs local = TB_STRS_INIT, remote = TB_STRS_INIT;
	const char *schema, *table;
	struct tb_buf *b;
	bool ok;

	if (!key_place(x, args, &schema, &table))
		return false;
	b = begin(x, schema, table);
	tb_buf_add(b, "ADD ");
	ok = mig_op_add_name(x, mig_op_arg(args, "constraint_name"), b) &&
	    mig_op_strings(x, mig_op_arg(args, "local_cols"), &local) &&
	    mig_op_strings(x, mig_op_arg(args, "remote_cols"), &remote) &&
	    write_key(x, args, &local, &remote, b);
	tb_strs_release(&local);
	tb_strs_release(&remote);
	return end_constraint(x, ok);
}

/* op.execute("..."), op.execute(sa.text("...")) */
bool
mig_op_execute(struct mig_op *x, const struct mig_op_args *args)
{
	struct mig_py *e = mig_op_value(x, mig_op_arg(args, "sqltext"));
	const char *sql;

	if (e == NULL)
		return mig_op_fail(x, "execute() of nothing");
	if (e->kind == MIG_PY_CALL && e->n == 1 && mig_op_is(x, e, "sa.text"))
		e = mig_op_value(x, e->v[0]);
	if (e->kind != MIG_PY_STRING)
		return mig_op_fail(x, "execute() of what is no plain string");
	return mig_op_string(x, e, &sql) && mig_op_statements(x, sql);
}
