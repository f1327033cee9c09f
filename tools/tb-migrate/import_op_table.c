/*
 * Tables and their columns.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "import_op.h"

bool
mig_op_place(struct mig_op *x, const struct mig_op_args *args,
    const char **schema, const char **table)
{
	if (x->batch_table != NULL) {
		*schema = x->batch_schema;
		*table = x->batch_table;
		return true;
	}
	if (!mig_op_string_arg(x, args, "schema", schema) ||
	    !mig_op_string_arg(x, args, "table_name", table))
		return false;
	return *table != NULL || mig_op_fail(x, "no table is named");
}

struct table {
	const char *schema, *name;
	struct mig_op_column *columns;
	size_t n;
	struct mig_py *primary_key; /* PrimaryKeyConstraint(); NULL */
	struct tb_strs key;         /* the columns of the primary key */
	bool implicit;              /* they say it themselves */
	struct tb_strs keyed;       /* columns with a foreign key */
};

static void
release_table(struct table *t)
{
	free(t->columns);
	tb_strs_release(&t->key);
	tb_strs_release(&t->keyed);
}

/* The columns of ForeignKeyConstraint(): they are no serials. */
static bool
note_keyed(struct mig_op *x, struct table *t, struct mig_py *e)
{
	if (!mig_op_is(x, e, "sa.ForeignKeyConstraint") || e->n == 0)
		return true;
	for (size_t i = 0; i < e->n; i++)
		if (e->v[i]->keyword == NULL ||
		    strcmp(e->v[i]->keyword, "columns") == 0)
			return mig_op_strings(x, e->v[i], &t->keyed);
	return true;
}

static bool
read_element(struct mig_op *x, struct table *t, struct mig_py *e)
{
	struct mig_py *value = mig_op_value(x, e);

	if (mig_op_is(x, value, "sa.Column") && value->kind == MIG_PY_CALL) {
		struct mig_op_column *c = &t->columns[t->n++];

		if (!mig_op_column(x, value, c))
			return false;
		if (c->n_keys > 0)
			tb_strs_add(&t->keyed, c->name);
		return true;
	}
	if (mig_op_is(x, value, "sa.PrimaryKeyConstraint"))
		t->primary_key = value;
	if (mig_op_is_constraint(x, value))
		return note_keyed(x, t, value);
	/* Alembic passes over a MetaData. */
	if (mig_op_is(x, value, "sa.Index") ||
	    mig_op_is(x, value, "sa.MetaData"))
		return true;
	return mig_op_fail(x, "%s in create_table",
	    mig_op_path(x, value) != NULL ? mig_op_path(x, value) :
		value->text != NULL       ? value->text :
					    "something");
}

/* One that says so itself and counts comes first in the key. */
static void
implicit_key(struct table *t)
{
	t->implicit = true;
	for (int first = 1; first >= 0; first--)
		for (size_t i = 0; i < t->n; i++) {
			const struct mig_op_column *c = &t->columns[i];
			bool counts = c->autoincrement == MIG_OP_AUTO_YES;

			if (c->primary_key && counts == (first == 1))
				tb_strs_add(&t->key, c->name);
		}
}

static bool
read_key(struct mig_op *x, struct table *t)
{
	if (t->primary_key != NULL)
		for (size_t i = 0; i < t->primary_key->n; i++) {
			struct mig_py *e = t->primary_key->v[i];
			const char *name;

			if (e->keyword != NULL)
				continue;
			if (!mig_op_string(x, e, &name) || name == NULL)
				return mig_op_fail(x, "a primary key");
			tb_strs_add(&t->key, name);
		}
	if (t->key.n == 0)
		implicit_key(t);
	return true;
}

/* Of several columns only one that says so is a serial. */
static bool
is_serial(const struct table *t, const struct mig_op_column *c)
{
	if (!tb_strs_has(&t->key, c->name))
		return false;
	if (t->key.n > 1 && c->autoincrement != MIG_OP_AUTO_YES)
		return false;
	return mig_op_can_be_serial(c, tb_strs_has(&t->keyed, c->name));
}

/* A table's element, on a line of its own. */
static void
next_element(struct tb_buf *b, bool *first)
{
	tb_buf_add(b, *first ? "\n\t" : ",\n\t");
	*first = false;
}

static bool
add_key(struct mig_op *x, const struct table *t, struct tb_buf *b, bool *first)
{
	if (t->key.n == 0)
		return true;
	next_element(b, first);
	if (t->primary_key != NULL && !t->implicit)
		return mig_op_constraint(x, t->primary_key, b);
	if (t->primary_key != NULL)
		for (size_t i = 0; i < t->primary_key->n; i++)
			if (strcmp(t->primary_key->v[i]->keyword, "name") ==
				0 &&
			    !mig_op_add_name(x, t->primary_key->v[i], b))
				return false;
	tb_buf_add(b, "PRIMARY KEY (");
	mig_op_idents(b, &t->key);
	tb_buf_addc(b, ')');
	return true;
}

/* Constraints in the order in which SQLAlchemy makes them. */
static bool
add_constraints(struct mig_op *x, const struct table *t,
    const struct mig_op_args *args, struct tb_buf *b, bool *first)
{
	for (size_t i = 0; i < args->n_rest; i++) {
		struct mig_py *e = mig_op_value(x, args->rest[i]);

		if (!mig_op_is_constraint(x, e) || e == t->primary_key)
			continue;
		next_element(b, first);
		if (!mig_op_constraint(x, e, b))
			return false;
	}
	for (size_t i = 0; i < t->n; i++) {
		const struct mig_op_column *c = &t->columns[i];

		if (c->unique && !c->index) {
			next_element(b, first);
			tb_buf_add(b, "UNIQUE (");
			mig_op_ident(b, c->name);
			tb_buf_addc(b, ')');
		}
		for (size_t k = 0; k < c->n_keys; k++) {
			next_element(b, first);
			if (!mig_op_column_key(x, c->keys[k], c->name, b))
				return false;
		}
	}
	return true;
}

/* INHERITS, PARTITION BY, ON COMMIT, TABLESPACE. */
static bool
add_options(struct mig_op *x, const struct mig_op_args *args, struct tb_buf *b)
{
	struct tb_strs parents = TB_STRS_INIT;
	struct mig_py *inherits =
	    mig_op_value(x, mig_op_arg(args, "postgresql_inherits"));
	const char *partition, *tablespace, *one;
	bool ok;

	if (inherits != NULL && inherits->kind == MIG_PY_STRING) {
		ok = mig_op_string(x, inherits, &one);
		tb_strs_add(&parents, inherits->text);
	} else {
		ok = mig_op_strings(x, inherits, &parents);
	}
	if (ok && parents.n > 0) {
		tb_buf_add(b, " INHERITS (");
		mig_op_idents(b, &parents);
		tb_buf_addc(b, ')');
	}
	tb_strs_release(&parents);
	if (!ok ||
	    !mig_op_string_arg(x, args, "postgresql_partition_by",
		&partition) ||
	    !mig_op_string_arg(x, args, "postgresql_tablespace", &tablespace))
		return false;
	if (partition != NULL)
		tb_buf_addf(b, " PARTITION BY %s", partition);
	if (tablespace != NULL) {
		tb_buf_add(b, " TABLESPACE ");
		mig_op_ident(b, tablespace);
	}
	return true;
}

static bool
add_prefixes(struct mig_op *x, const struct mig_op_args *args, struct tb_buf *b)
{
	struct tb_strs words = TB_STRS_INIT;
	bool if_not_exists, ok;

	ok = mig_op_strings(x, mig_op_arg(args, "prefixes"), &words) &&
	    mig_op_bool_arg(x, args, "if_not_exists", false, &if_not_exists);
	for (size_t i = 0; i < words.n; i++)
		tb_buf_addf(b, "%s ", words.v[i]);
	if (ok)
		tb_buf_addf(b, "TABLE %s",
		    if_not_exists ? "IF NOT EXISTS " : "");
	tb_strs_release(&words);
	return ok;
}

static void
comment_on(struct mig_op *x, const char *schema, const char *table,
    const char *column, const char *comment)
{
	struct tb_buf *b = mig_op_begin(x,
	    column != NULL ? "COMMENT ON COLUMN " : "COMMENT ON TABLE ");

	mig_op_table(b, schema, table);
	if (column != NULL) {
		tb_buf_addc(b, '.');
		mig_op_ident(b, column);
	}
	tb_buf_add(b, " IS ");
	if (comment != NULL)
		mig_op_literal(b, comment);
	else
		tb_buf_add(b, "NULL");
	mig_op_end(x);
}

/* sa.Index() among the columns. */
static bool
add_index(struct mig_op *x, const struct table *t, struct mig_py *call)
{
	struct mig_op_args args;
	struct mig_op_index index = { .schema = t->schema, .table = t->name };

	if (!mig_op_bind_args(x, call, mig_op_index_args, 1, true, &args) ||
	    !mig_op_object_name(x, mig_op_arg(&args, "index_name"),
		&index.name))
		return false;
	index.columns = args.rest;
	index.n = args.n_rest;
	return mig_op_write_index(x, &args, &index);
}

/* Indexes and comments, which are statements of their own. */
static bool
add_attachments(struct mig_op *x, const struct table *t,
    const struct mig_op_args *args)
{
	const char *comment;

	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].index &&
		    !mig_op_column_index(x, t->schema, t->name, &t->columns[i]))
			return false;
	for (size_t i = 0; i < args->n_rest; i++) {
		struct mig_py *e = mig_op_value(x, args->rest[i]);

		if (mig_op_is(x, e, "sa.Index") && !add_index(x, t, e))
			return false;
	}
	if (!mig_op_string_arg(x, args, "comment", &comment))
		return false;
	if (comment != NULL && *comment != '\0')
		comment_on(x, t->schema, t->name, NULL, comment);
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].comment != NULL &&
		    t->columns[i].comment[0] != '\0')
			comment_on(x, t->schema, t->name, t->columns[i].name,
			    t->columns[i].comment);
	return true;
}

static bool
write_table(struct mig_op *x, const struct table *t,
    const struct mig_op_args *args)
{
	struct tb_buf *b;
	bool first = true;

	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].type.enumeration != NULL &&
		    !mig_op_make_enum(x, t->columns[i].type.enumeration))
			return false;
	b = mig_op_begin(x, "CREATE ");
	if (!add_prefixes(x, args, b))
		return false;
	mig_op_table(b, t->schema, t->name);
	tb_buf_add(b, " (");
	for (size_t i = 0; i < t->n; i++) {
		const struct mig_op_column *c = &t->columns[i];

		next_element(b, &first);
		mig_op_column_spec(b, c,
		    !c->nullable || tb_strs_has(&t->key, c->name),
		    is_serial(t, c));
	}
	if (!add_key(x, t, b, &first) ||
	    !add_constraints(x, t, args, b, &first))
		return false;
	tb_buf_add(b, "\n)");
	if (!add_options(x, args, b))
		return false;
	mig_op_end(x);
	return add_attachments(x, t, args);
}

bool
mig_op_create_table(struct mig_op *x, const struct mig_op_args *args)
{
	struct table t = { .name = NULL };
	bool ok;

	if (!mig_op_place(x, args, &t.schema, &t.name))
		return false;
	x->schema = t.schema;
	t.columns = tb_calloc(args->n_rest + 1, sizeof(*t.columns));
	ok = true;
	for (size_t i = 0; ok && i < args->n_rest; i++)
		ok = read_element(x, &t, args->rest[i]);
	ok = ok && read_key(x, &t) && write_table(x, &t, args);
	x->schema = NULL;
	release_table(&t);
	return ok;
}

bool
mig_op_drop_table(struct mig_op *x, const struct mig_op_args *args)
{
	const char *schema, *table;
	bool if_exists;

	if (!mig_op_place(x, args, &schema, &table) ||
	    !mig_op_bool_arg(x, args, "if_exists", false, &if_exists))
		return false;
	mig_op_table(mig_op_begin(x,
			 if_exists ? "DROP TABLE IF EXISTS " : "DROP TABLE "),
	    schema, table);
	mig_op_end(x);
	return true;
}

bool
mig_op_rename_table(struct mig_op *x, const struct mig_op_args *args)
{
	const char *schema, *table, *name;
	struct tb_buf *b;

	if (!mig_op_place(x, args, &schema, &table) ||
	    !mig_op_string_arg(x, args, "new_table_name", &name))
		return false;
	if (name == NULL)
		return mig_op_fail(x, "no new name");
	b = mig_op_begin(x, "ALTER TABLE ");
	mig_op_table(b, schema, table);
	tb_buf_add(b, " RENAME TO ");
	mig_op_ident(b, name);
	mig_op_end(x);
	return true;
}

bool
mig_op_table_comment(struct mig_op *x, const struct mig_op_args *args)
{
	const char *schema, *table, *comment;

	if (!mig_op_place(x, args, &schema, &table) ||
	    !mig_op_string_arg(x, args, "comment", &comment))
		return false;
	comment_on(x, schema, table, NULL, comment);
	return true;
}

bool
mig_op_drop_table_comment(struct mig_op *x, const struct mig_op_args *args)
{
	const char *schema, *table;

	if (!mig_op_place(x, args, &schema, &table))
		return false;
	comment_on(x, schema, table, NULL, NULL);
	return true;
}

void
mig_op_comment_column(struct mig_op *x, const char *schema, const char *table,
    const char *column, const char *comment)
{
	comment_on(x, schema, table, column, comment);
}
