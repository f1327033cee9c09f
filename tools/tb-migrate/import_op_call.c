/*
 * The operations that are known, and a call of one.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "import_op.h"

/* What an operation takes, as "op." and as a batch, which names the table. */
struct operation {
	const char *name;
	mig_op_run *run;
	size_t places;       /* how many may be given by place */
	size_t batch_places; /* 0: there is none in a batch */
	bool rest;
	const char *const *args; /* the place of the table comes first ... */
	size_t batch_skip; /* ... or second: how many a batch leaves out ... */
	size_t batch_at;   /* ... and from where on */
};

static const char *const add_column_args[] = { "table_name", "column", "schema",
	"if_not_exists", "insert_before", "insert_after", NULL };
static const char *const alter_column_args[] = { "table_name", "column_name",
	"nullable", "comment", "server_default", "new_column_name", "type_",
	"existing_type", "existing_server_default", "existing_nullable",
	"existing_comment", "schema", "autoincrement", "existing_autoincrement",
	"postgresql_using", "insert_before", "insert_after", NULL };
static const char *const bulk_insert_args[] = { "table", "rows", "multiinsert",
	NULL };
static const char *const create_table_args[] = { "table_name", "schema",
	"comment", "info", "prefixes", "if_not_exists", "postgresql_inherits",
	"postgresql_partition_by", "postgresql_tablespace", NULL };
static const char *const drop_table_args[] = { "table_name", "schema",
	"if_exists", NULL };
static const char *const drop_column_args[] = { "table_name", "column_name",
	"schema", "if_exists", NULL };
static const char *const rename_table_args[] = { "table_name", "new_table_name",
	"schema", NULL };
static const char *const comment_args[] = { "table_name", "comment",
	"existing_comment", "schema", NULL };
static const char *const drop_comment_args[] = { "table_name",
	"existing_comment", "schema", NULL };
static const char *const drop_index_args[] = { "index_name", "table_name",
	"schema", "if_exists", "postgresql_concurrently", "postgresql_using",
	"postgresql_where", "postgresql_ops", "postgresql_with",
	"postgresql_include", "postgresql_nulls_not_distinct", NULL };
static const char *const create_key_args[] = { "constraint_name",
	"source_table", "referent_table", "local_cols", "remote_cols",
	"onupdate", "ondelete", "deferrable", "initially", "match",
	"source_schema", "referent_schema", "postgresql_not_valid", NULL };
static const char *const batch_key_args[] = { "constraint_name",
	"referent_table", "local_cols", "remote_cols", "referent_schema",
	"onupdate", "ondelete", "deferrable", "initially", "match",
	"postgresql_not_valid", NULL };
static const char *const create_columns_args[] = { "constraint_name",
	"table_name", "columns", "schema", "deferrable", "initially",
	"postgresql_include", "postgresql_nulls_not_distinct", NULL };
static const char *const create_check_args[] = { "constraint_name",
	"table_name", "condition", "schema", "deferrable", "initially",
	"postgresql_not_valid", NULL };
static const char *const create_exclude_args[] = { "constraint_name",
	"table_name", "schema", "deferrable", "initially", "using", "where",
	NULL };
static const char *const drop_constraint_args[] = { "constraint_name",
	"table_name", "type_", "schema", "if_exists", NULL };
static const char *const execute_args[] = { "sqltext", "execution_options",
	NULL };

/* clang-format off */
static const struct operation operations[] = {
	{ "add_column", mig_op_add_column, 3, 1, false,
	    add_column_args, 1, 0 },
	{ "alter_column", mig_op_alter_column, 2, 1, false,
	    alter_column_args, 1, 0 },
	{ "bulk_insert", mig_op_bulk_insert, 3, 0, false,
	    bulk_insert_args, 0, 0 },
	{ "create_check_constraint", mig_op_create_check, 3, 2, false,
	    create_check_args, 1, 1 },
	{ "create_exclude_constraint", mig_op_create_exclude, 2, 1, true,
	    create_exclude_args, 1, 1 },
	{ "create_foreign_key", mig_op_create_foreign_key, 5, 0, false,
	    create_key_args, 0, 0 },
	{ "create_index", mig_op_create_index, 5, 2, false,
	    mig_op_index_args, 1, 1 },
	{ "create_primary_key", mig_op_create_primary_key, 4, 2, false,
	    create_columns_args, 1, 1 },
	{ "create_table", mig_op_create_table, 1, 0, true,
	    create_table_args, 0, 0 },
	{ "create_table_comment", mig_op_table_comment, 4, 2, false,
	    comment_args, 1, 0 },
	{ "create_unique_constraint", mig_op_create_unique, 4, 2, false,
	    create_columns_args, 1, 1 },
	{ "drop_column", mig_op_drop_column, 3, 1, false,
	    drop_column_args, 1, 0 },
	{ "drop_constraint", mig_op_drop_constraint, 4, 2, false,
	    drop_constraint_args, 1, 1 },
	{ "drop_index", mig_op_drop_index, 3, 1, false,
	    drop_index_args, 1, 1 },
	{ "drop_table", mig_op_drop_table, 2, 0, false,
	    drop_table_args, 0, 0 },
	{ "drop_table_comment", mig_op_drop_table_comment, 3, 1, false,
	    drop_comment_args, 1, 0 },
	/* In a batch it would be run before what stands above it. */
	{ "execute", mig_op_execute, 2, 0, false,
	    execute_args, 0, 0 },
	{ "rename_table", mig_op_rename_table, 3, 0, false,
	    rename_table_args, 0, 0 },
};

/* In a batch this one has its arguments in another order. */
static const struct operation batch_key = { "create_foreign_key",
	mig_op_create_foreign_key, 4, 4, false, batch_key_args, 0, 0 };
/* clang-format on */

static const struct operation *
find_operation(const char *name, bool batch)
{
	if (batch && strcmp(name, batch_key.name) == 0)
		return &batch_key;
	for (size_t i = 0; i < TB_LEN(operations); i++)
		if (strcmp(operations[i].name, name) == 0 &&
		    (!batch || operations[i].batch_places > 0))
			return &operations[i];
	return NULL;
}

static bool
run_operation(struct mig_op *x, const struct operation *o, bool batch,
    struct mig_py *call)
{
	const char *names[MIG_OP_ARGS + 1];
	struct mig_op_args args;
	size_t n = 0;

	for (size_t i = 0; o->args[i] != NULL; i++)
		if (!batch || i < o->batch_at ||
		    i >= o->batch_at + o->batch_skip)
			names[n++] = o->args[i];
	names[n] = NULL;
	return mig_op_bind_args(x, call, names,
		   batch ? o->batch_places : o->places, o->rest, &args) &&
	    o->run(x, &args);
}

/* conn.execute(sa.text("...")), where the result is not looked at. */
static bool
run_on_connection(struct mig_op *x, struct mig_py *call, const char *method)
{
	static const char *const names[] = { "sqltext", NULL };
	struct mig_op_args args;

	if (strcmp(method, "execute") != 0)
		return mig_op_fail(x, "connection.%s()", method);
	return mig_op_bind_args(x, call, names, 1, false, &args) &&
	    mig_op_execute(x, &args);
}

/* Put the operation's name before what was not understood. */
static bool
fail_in(struct mig_op *x, const char *path)
{
	char *why = tb_asprintf("%s(): %s", path,
	    x->why != NULL ? x->why : "not understood");

	free(x->why);
	x->why = why;
	return false;
}

bool
mig_op_call(struct mig_op *x, struct mig_py *call)
{
	const char *path = mig_op_path(x, call), *method, *name;
	struct mig_py *object;
	const struct operation *o;
	bool batch;

	if (path == NULL && mig_op_method(x, call, &object, &method)) {
		object = mig_op_value(x, object);
		if (mig_op_is(x, object, "op.get_bind"))
			return run_on_connection(x, call, method);
		return mig_op_enum_method(x, object, method, call);
	}
	if (path == NULL)
		return mig_op_fail(x, "%s()",
		    call->of->text != NULL ? call->of->text : "a call");
	if (strncmp(path, "bind.", 5) == 0)
		return run_on_connection(x, call, path + 5);
	batch = strncmp(path, "batch.", 6) == 0;
	if (!batch && strncmp(path, "op.", 3) != 0)
		return mig_op_fail(x, "%s()", path);
	name = strchr(path, '.') + 1;
	if ((o = find_operation(name, batch)) == NULL)
		return mig_op_fail(x, "%s()", path);
	return run_operation(x, o, batch, call) || fail_in(x, path);
}
