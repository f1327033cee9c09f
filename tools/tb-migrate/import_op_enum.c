/*
 * Enum types, which come with a type of their own in the database.
 */
#include "core/tb.h"

#include <string.h>

#include "import_op.h"

static const char *const enum_args[] = { "name", "schema", "metadata",
	"inherit_schema", "native_enum", "create_type", "create_constraint",
	"length", "quote", "validate_strings", "values_callable", "sort_key",
	"checkfirst", "omit_aliases", "convert_unicode", "_create_events",
	NULL };

/* The labels are plain strings; a Python class is not looked into. */
static bool
enum_labels(struct mig_op *x, const struct mig_op_args *args,
    struct tb_strs *labels)
{
	for (size_t i = 0; i < args->n_rest; i++) {
		const char *label;

		if (!mig_op_string(x, args->rest[i], &label))
			return false;
		if (label == NULL)
			return mig_op_fail(x, "None among the labels");
		tb_strs_add(labels, label);
	}
	return true;
}

/* native_enum=False: VARCHAR, as long as the longest label. */
static bool
enum_as_text(struct mig_op *x, const struct mig_op_args *args, struct tb_buf *b)
{
	struct tb_strs labels = TB_STRS_INIT;
	size_t longest = 0;
	bool check, given, ok;

	if (!mig_op_bool_arg(x, args, "create_constraint", false, &check))
		return false;
	if (check)
		return mig_op_fail(x, "Enum with create_constraint");
	tb_buf_add(b, "VARCHAR");
	ok = enum_labels(x, args, &labels) &&
	    mig_op_size(x, mig_op_arg(args, "length"), b, &given);
	for (size_t i = 0; i < labels.n; i++)
		if (strlen(labels.v[i]) > longest)
			longest = strlen(labels.v[i]);
	if (ok && !given)
		tb_buf_addf(b, "(%zu)", longest);
	tb_strs_release(&labels);
	return ok;
}

/* The name with its schema, as a key and as SQL. */
static bool
enum_name(struct mig_op *x, const struct mig_op_args *args,
    const char *table_schema, struct tb_buf *b)
{
	const char *name, *schema;
	bool inherit;

	if (!mig_op_string_arg(x, args, "name", &name) ||
	    !mig_op_string_arg(x, args, "schema", &schema) ||
	    !mig_op_bool_arg(x, args, "inherit_schema", false, &inherit))
		return false;
	if (!mig_op_is_none(x, mig_op_arg(args, "metadata")))
		return mig_op_fail(x, "Enum with metadata");
	if (name == NULL)
		return mig_op_fail(x, "Enum without a name");
	if (inherit && schema == NULL)
		schema = table_schema;
	mig_op_table(b, schema, name);
	return true;
}

bool
mig_op_enum(struct mig_op *x, struct mig_py *call, struct mig_op_type *type,
    struct tb_buf *b)
{
	struct mig_op_args args;
	bool native;

	if (!mig_op_bind_args(x, call, enum_args, 0, true, &args) ||
	    !mig_op_bool_arg(x, &args, "native_enum", true, &native))
		return false;
	if (!native && mig_op_is(x, call, "sa.Enum"))
		return enum_as_text(x, &args, b);
	type->enumeration = call;
	return enum_name(x, &args, x->schema, b);
}

static bool
create_type(struct mig_op *x, const struct mig_op_args *args, const char *name,
    bool check)
{
	struct tb_strs labels = TB_STRS_INIT;
	struct tb_buf *b;

	if (!enum_labels(x, args, &labels)) {
		tb_strs_release(&labels);
		return false;
	}
	/* There is no CREATE TYPE IF NOT EXISTS. */
	b = mig_op_begin(x, "");
	if (check) {
		tb_buf_add(b, "DO $do$\nBEGIN\n\tIF pg_catalog.to_regtype(");
		mig_op_literal(b, name);
		tb_buf_add(b, ") IS NULL THEN\n\t\t");
	}
	tb_buf_addf(b, "CREATE TYPE %s AS ENUM (", name);
	for (size_t i = 0; i < labels.n; i++) {
		if (i > 0)
			tb_buf_add(b, ", ");
		mig_op_literal(b, labels.v[i]);
	}
	tb_buf_addc(b, ')');
	if (check)
		tb_buf_add(b, ";\n\tEND IF;\nEND\n$do$");
	mig_op_end(x);
	tb_strs_release(&labels);
	return true;
}

/* Alembic makes a type once in a run, whoever uses it. */
bool
mig_op_make_enum(struct mig_op *x, struct mig_py *call)
{
	struct mig_op_args args;
	struct tb_buf name = TB_BUF_INIT;
	bool create, ok;

	ok = mig_op_bind_args(x, call, enum_args, 0, true, &args) &&
	    mig_op_bool_arg(x, &args, "create_type", true, &create) &&
	    enum_name(x, &args, x->schema, &name);
	if (ok && create && !tb_strs_has(x->types, name.s)) {
		tb_strs_add(x->types, name.s);
		ok = create_type(x, &args, name.s, false);
	}
	tb_buf_release(&name);
	return ok;
}

void
mig_op_forget_type(struct mig_op *x, const char *name)
{
	struct tb_strs rest = TB_STRS_INIT;

	for (size_t i = 0; i < x->types->n; i++)
		if (strcmp(x->types->v[i], name) != 0)
			tb_strs_add(&rest, x->types->v[i]);
	tb_strs_release(x->types);
	*x->types = rest;
}

bool
mig_op_enum_method(struct mig_op *x, struct mig_py *object, const char *method,
    struct mig_py *call)
{
	static const char *const names[] = { "bind", "checkfirst", NULL };
	struct mig_op_args type, args;
	struct tb_buf name = TB_BUF_INIT;
	bool own = mig_op_is(x, object, "sa.ENUM"), check, ok;

	if ((!own && !mig_op_is(x, object, "sa.Enum")) ||
	    (strcmp(method, "create") != 0 && strcmp(method, "drop") != 0))
		return mig_op_fail(x, "method %s()", method);
	ok = mig_op_bind_args(x, object, enum_args, 0, true, &type) &&
	    mig_op_bind_args(x, call, names, 2, false, &args) &&
	    mig_op_bool_arg(x, &args, "checkfirst", own, &check) &&
	    enum_name(x, &type, NULL, &name);
	if (ok && strcmp(method, "create") == 0) {
		ok = create_type(x, &type, name.s, check);
	} else if (ok) {
		tb_buf_addf(mig_op_begin(x, "DROP TYPE "), "%s%s",
		    check ? "IF EXISTS " : "", name.s);
		mig_op_end(x);
		mig_op_forget_type(x, name.s);
	}
	tb_buf_release(&name);
	return ok;
}
