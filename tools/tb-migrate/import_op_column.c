/*
 * sa.Column() as a column definition.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "import_op.h"

static const char *const column_args[] = { "name", "type_", "autoincrement",
	"default", "insert_default", "doc", "index", "info", "nullable",
	"onupdate", "primary_key", "server_default", "server_onupdate", "quote",
	"unique", "comment", NULL };

bool
mig_op_default(struct mig_op *x, struct mig_py *e, const char **sql)
{
	struct tb_buf b = TB_BUF_INIT;
	struct mig_py *value = mig_op_value(x, e);
	bool ok;

	*sql = NULL;
	if (value == NULL || value->kind == MIG_PY_NONE)
		return true;
	if (value->kind == MIG_PY_CALL && value->n == 1 &&
	    mig_op_is(x, value, "sa.DefaultClause"))
		value = mig_op_value(x, value->v[0]);
	if (value->kind == MIG_PY_STRING) {
		mig_op_literal(&b, value->text);
		ok = true;
	} else if (value->kind == MIG_PY_CALL) {
		ok = mig_op_expr(x, value, &b);
	} else {
		ok = mig_op_fail(x, "server_default is no string");
	}
	*sql = mig_op_keep(x, tb_buf_detach(&b));
	return ok;
}

/* "WORDS n" of a number that is given. */
static bool
add_number(struct mig_op *x, const struct mig_op_args *args, const char *name,
    const char *words, struct tb_buf *b)
{
	struct mig_py *e = mig_op_value(x, mig_op_arg(args, name));

	if (e == NULL || e->kind == MIG_PY_NONE)
		return true;
	if (e->kind != MIG_PY_NUMBER)
		return mig_op_fail(x, "Identity with %s", name);
	tb_buf_addf(b, "%s%s %s", b->len > 0 ? " " : "", words, e->text);
	return true;
}

static bool
add_flag(struct mig_op *x, const struct mig_op_args *args, const char *name,
    const char *yes, const char *no, struct tb_buf *b)
{
	bool set;

	if (mig_op_is_none(x, mig_op_arg(args, name)))
		return true;
	if (!mig_op_bool_arg(x, args, name, false, &set))
		return false;
	tb_buf_addf(b, "%s%s", b->len > 0 ? " " : "", set ? yes : no);
	return true;
}

static bool
take_identity(struct mig_op *x, struct mig_py *call, struct mig_op_column *c)
{
	static const char *const names[] = { "always", "on_null", "start",
		"increment", "minvalue", "maxvalue", "nominvalue", "nomaxvalue",
		"cycle", "cache", "order", NULL };
	struct mig_op_args args;
	struct tb_buf b = TB_BUF_INIT;
	bool always, ok;

	ok = mig_op_bind_args(x, call, names, 11, false, &args) &&
	    mig_op_bool_arg(x, &args, "always", false, &always) &&
	    add_number(x, &args, "increment", "INCREMENT BY", &b) &&
	    add_number(x, &args, "start", "START WITH", &b) &&
	    add_number(x, &args, "minvalue", "MINVALUE", &b) &&
	    add_number(x, &args, "maxvalue", "MAXVALUE", &b) &&
	    add_flag(x, &args, "nominvalue", "NO MINVALUE", "NO MINVALUE",
		&b) &&
	    add_flag(x, &args, "nomaxvalue", "NO MAXVALUE", "NO MAXVALUE",
		&b) &&
	    add_number(x, &args, "cache", "CACHE", &b) &&
	    add_flag(x, &args, "cycle", "CYCLE", "NO CYCLE", &b);
	if (ok) {
		c->identity = c->server_default = true;
		c->generated = mig_op_keep(x,
		    tb_asprintf("GENERATED %s AS IDENTITY%s%s%s",
			always ? "ALWAYS" : "BY DEFAULT", b.len > 0 ? " (" : "",
			b.s, b.len > 0 ? ")" : ""));
	}
	tb_buf_release(&b);
	return ok;
}

static bool
take_computed(struct mig_op *x, struct mig_py *call, struct mig_op_column *c)
{
	static const char *const names[] = { "sqltext", "persisted", NULL };
	struct mig_op_args args;
	struct tb_buf b = TB_BUF_INIT;
	bool persisted, ok;

	if (!mig_op_bind_args(x, call, names, 2, false, &args) ||
	    !mig_op_bool_arg(x, &args, "persisted", true, &persisted))
		return false;
	if (!persisted || mig_op_arg(&args, "sqltext") == NULL)
		return mig_op_fail(x, "Computed that is not persisted");
	tb_buf_add(&b, "GENERATED ALWAYS AS (");
	ok = mig_op_expr(x, mig_op_arg(&args, "sqltext"), &b);
	tb_buf_add(&b, ") STORED");
	c->server_default = true;
	c->generated = mig_op_keep(x, tb_buf_detach(&b));
	return ok;
}

static bool
take_check(struct mig_op *x, struct mig_py *call, struct mig_op_column *c)
{
	struct tb_buf b = TB_BUF_INIT;
	bool ok;

	if (c->checks != NULL)
		tb_buf_add(&b, c->checks);
	tb_buf_addc(&b, ' ');
	ok = mig_op_constraint(x, call, &b);
	c->checks = mig_op_keep(x, tb_buf_detach(&b));
	return ok;
}

/* What stands behind name and type, or as server_default. */
static bool
take_item(struct mig_op *x, struct mig_py *e, struct mig_op_column *c)
{
	struct mig_py *item = mig_op_value(x, e);
	const char *path = mig_op_path(x, item);

	if (path == NULL)
		return mig_op_fail(x, "%s in a column",
		    item->text != NULL ? item->text : "something");
	if (strcmp(path, "sa.ForeignKey") == 0) {
		if (c->n_keys == TB_LEN(c->keys))
			return mig_op_fail(x, "too many foreign keys");
		c->keys[c->n_keys++] = item;
		return true;
	}
	if (strcmp(path, "sa.CheckConstraint") == 0)
		return take_check(x, item, c);
	if (strcmp(path, "sa.Identity") == 0)
		return take_identity(x, item, c);
	if (strcmp(path, "sa.Computed") == 0)
		return take_computed(x, item, c);
	if (strcmp(path, "sa.FetchedValue") == 0) {
		c->server_default = true;
		return true;
	}
	if (strcmp(path, "sa.DefaultClause") == 0) {
		c->server_default = true;
		return mig_op_default(x, item, &c->default_sql);
	}
	return mig_op_fail(x, "%s in a column", path);
}

static bool
take_server_default(struct mig_op *x, struct mig_py *e, struct mig_op_column *c)
{
	static const char *const items[] = { "sa.Identity", "sa.Computed",
		"sa.FetchedValue" };
	struct mig_py *value = mig_op_value(x, e);

	if (value == NULL || value->kind == MIG_PY_NONE)
		return true;
	for (size_t i = 0; i < TB_LEN(items); i++)
		if (mig_op_is(x, value, items[i]))
			return take_item(x, value, c);
	c->server_default = true;
	return mig_op_default(x, value, &c->default_sql);
}

static bool
take_autoincrement(struct mig_op *x, struct mig_py *e, struct mig_op_column *c)
{
	struct mig_py *value = mig_op_value(x, e);
	const char *word;

	if (value == NULL)
		return true;
	word = value->kind == MIG_PY_STRING ? value->text : "";
	if (value->kind == MIG_PY_TRUE)
		c->autoincrement = MIG_OP_AUTO_YES;
	else if (value->kind == MIG_PY_FALSE)
		c->autoincrement = MIG_OP_AUTO_NO;
	else if (strcmp(word, "ignore_fk") == 0)
		c->autoincrement = MIG_OP_AUTO_IGNORE_KEY;
	else if (strcmp(word, "auto") != 0)
		return mig_op_fail(x, "a strange autoincrement");
	return true;
}

static bool
take_keywords(struct mig_op *x, const struct mig_op_args *args,
    struct mig_op_column *c)
{
	struct mig_py *nullable = mig_op_arg(args, "nullable");

	c->client_default = !mig_op_is_none(x, mig_op_arg(args, "default"));
	c->nullable_given = !mig_op_is_none(x, nullable);
	return mig_op_bool_arg(x, args, "primary_key", false,
		   &c->primary_key) &&
	    mig_op_bool(x, nullable, !c->primary_key, &c->nullable) &&
	    mig_op_bool_arg(x, args, "unique", false, &c->unique) &&
	    mig_op_bool_arg(x, args, "index", false, &c->index) &&
	    mig_op_string_arg(x, args, "comment", &c->comment) &&
	    take_autoincrement(x, mig_op_arg(args, "autoincrement"), c) &&
	    take_server_default(x, mig_op_arg(args, "server_default"), c);
}

static bool
is_type(struct mig_op *x, struct mig_py *e)
{
	static const char *const items[] = { "sa.ForeignKey",
		"sa.CheckConstraint", "sa.Identity", "sa.Computed",
		"sa.FetchedValue", "sa.DefaultClause", "sa.Sequence" };

	for (size_t i = 0; i < TB_LEN(items); i++)
		if (mig_op_is(x, mig_op_value(x, e), items[i]))
			return false;
	return true;
}

bool
mig_op_column(struct mig_op *x, struct mig_py *call, struct mig_op_column *c)
{
	struct mig_op_args args;
	struct mig_py *name, *type, *first;
	size_t i = 0;

	*c = (struct mig_op_column){ .name = NULL };
	if (!mig_op_bind_args(x, call, column_args, 0, true, &args))
		return false;
	name = mig_op_arg(&args, "name");
	type = mig_op_arg(&args, "type_");
	if (i < args.n_rest && name == NULL) {
		first = mig_op_value(x, args.rest[i]);
		if (first->kind == MIG_PY_STRING ||
		    mig_op_is(x, first, "sa.quoted_name"))
			name = args.rest[i++];
	}
	if (i < args.n_rest && type == NULL && is_type(x, args.rest[i]))
		type = args.rest[i++];
	if (!mig_op_string(x, name, &c->name))
		return false;
	if (c->name == NULL)
		return mig_op_fail(x, "a column without a name");
	if (type == NULL)
		return mig_op_fail(x, "column \"%s\" without a type", c->name);
	if (!mig_op_type(x, type, &c->type) || !take_keywords(x, &args, c))
		return false;
	for (; i < args.n_rest; i++)
		if (!take_item(x, args.rest[i], c))
			return false;
	/* The server would refuse it. */
	if (c->identity && c->nullable_given && c->nullable)
		return mig_op_fail(x, "Identity that may be null");
	return true;
}

bool
mig_op_can_be_serial(const struct mig_op_column *c, bool has_key)
{
	if (c->type.affinity == MIG_OP_OTHER || c->identity)
		return false;
	if (c->client_default)
		return false;
	if (c->autoincrement == MIG_OP_AUTO_YES)
		return true;
	return c->autoincrement != MIG_OP_AUTO_NO && !c->server_default &&
	    (!has_key || c->autoincrement == MIG_OP_AUTO_IGNORE_KEY);
}

void
mig_op_column_spec(struct tb_buf *b, const struct mig_op_column *c,
    bool not_null, bool serial)
{
	mig_op_ident(b, c->name);
	if (serial) {
		tb_buf_add(b,
		    c->type.affinity == MIG_OP_BIGINT       ? " BIGSERIAL" :
			c->type.affinity == MIG_OP_SMALLINT ? " SMALLSERIAL" :
							      " SERIAL");
	} else {
		tb_buf_addf(b, " %s", c->type.sql);
		if (c->default_sql != NULL)
			tb_buf_addf(b, " DEFAULT %s", c->default_sql);
	}
	if (c->generated != NULL)
		tb_buf_addf(b, " %s", c->generated);
	if (not_null && !c->identity)
		tb_buf_add(b, " NOT NULL");
	if (c->checks != NULL)
		tb_buf_add(b, c->checks);
}
