/*
 * SQLAlchemy's types as PostgreSQL's.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "import_op.h"

struct row;
typedef bool write_type(struct mig_op *, struct mig_py *, const struct row *,
    struct mig_op_type *, struct tb_buf *);

static write_type fixed, sized, text, number, binary_float, moment, interval,
    bits, enumeration, array;

struct row {
	const char *name; /* behind "sa." */
	write_type *write;
	const char *sql;
	enum mig_op_affinity affinity;
};

/* clang-format off */
static const struct row rows[] = {
	{ "ARRAY", array, NULL, MIG_OP_OTHER },
	{ "BIGINT", fixed, "BIGINT", MIG_OP_BIGINT },
	{ "BIT", bits, "BIT", MIG_OP_OTHER },
	{ "BOOLEAN", fixed, "BOOLEAN", MIG_OP_OTHER },
	{ "BYTEA", fixed, "BYTEA", MIG_OP_OTHER },
	{ "BigInteger", fixed, "BIGINT", MIG_OP_BIGINT },
	{ "Boolean", fixed, "BOOLEAN", MIG_OP_OTHER },
	{ "CHAR", sized, "CHAR", MIG_OP_OTHER },
	{ "CIDR", fixed, "CIDR", MIG_OP_OTHER },
	{ "CITEXT", text, "CITEXT", MIG_OP_OTHER },
	{ "DATE", fixed, "DATE", MIG_OP_OTHER },
	{ "DATEMULTIRANGE", fixed, "DATEMULTIRANGE", MIG_OP_OTHER },
	{ "DATERANGE", fixed, "DATERANGE", MIG_OP_OTHER },
	{ "DECIMAL", number, "NUMERIC", MIG_OP_NUMERIC },
	{ "DOUBLE", binary_float, "DOUBLE PRECISION", MIG_OP_NUMERIC },
	{ "DOUBLE_PRECISION", binary_float, "DOUBLE PRECISION",
	    MIG_OP_NUMERIC },
	{ "Date", fixed, "DATE", MIG_OP_OTHER },
	{ "DateTime", moment, "TIMESTAMP", MIG_OP_OTHER },
	{ "Double", binary_float, "DOUBLE PRECISION", MIG_OP_NUMERIC },
	{ "ENUM", enumeration, NULL, MIG_OP_OTHER },
	{ "Enum", enumeration, NULL, MIG_OP_OTHER },
	{ "FLOAT", binary_float, "FLOAT", MIG_OP_NUMERIC },
	{ "Float", binary_float, "FLOAT", MIG_OP_NUMERIC },
	{ "HSTORE", fixed, "HSTORE", MIG_OP_OTHER },
	{ "INET", fixed, "INET", MIG_OP_OTHER },
	{ "INT", fixed, "INTEGER", MIG_OP_INTEGER },
	{ "INT4MULTIRANGE", fixed, "INT4MULTIRANGE", MIG_OP_OTHER },
	{ "INT4RANGE", fixed, "INT4RANGE", MIG_OP_OTHER },
	{ "INT8MULTIRANGE", fixed, "INT8MULTIRANGE", MIG_OP_OTHER },
	{ "INT8RANGE", fixed, "INT8RANGE", MIG_OP_OTHER },
	{ "INTEGER", fixed, "INTEGER", MIG_OP_INTEGER },
	{ "INTERVAL", interval, "INTERVAL", MIG_OP_OTHER },
	{ "Integer", fixed, "INTEGER", MIG_OP_INTEGER },
	{ "Interval", interval, "INTERVAL", MIG_OP_OTHER },
	{ "JSON", fixed, "JSON", MIG_OP_OTHER },
	{ "JSONB", fixed, "JSONB", MIG_OP_OTHER },
	{ "JSONPATH", fixed, "JSONPATH", MIG_OP_OTHER },
	{ "LargeBinary", fixed, "BYTEA", MIG_OP_OTHER },
	{ "MACADDR", fixed, "MACADDR", MIG_OP_OTHER },
	{ "MACADDR8", fixed, "MACADDR8", MIG_OP_OTHER },
	{ "MONEY", fixed, "MONEY", MIG_OP_OTHER },
	{ "NUMERIC", number, "NUMERIC", MIG_OP_NUMERIC },
	{ "NUMMULTIRANGE", fixed, "NUMMULTIRANGE", MIG_OP_OTHER },
	{ "NUMRANGE", fixed, "NUMRANGE", MIG_OP_OTHER },
	{ "Numeric", number, "NUMERIC", MIG_OP_NUMERIC },
	{ "OID", fixed, "OID", MIG_OP_OTHER },
	{ "PickleType", fixed, "BYTEA", MIG_OP_OTHER },
	{ "REAL", binary_float, "REAL", MIG_OP_NUMERIC },
	{ "REGCLASS", fixed, "REGCLASS", MIG_OP_OTHER },
	{ "SMALLINT", fixed, "SMALLINT", MIG_OP_SMALLINT },
	{ "SmallInteger", fixed, "SMALLINT", MIG_OP_SMALLINT },
	{ "String", sized, "VARCHAR", MIG_OP_OTHER },
	{ "TEXT", text, "TEXT", MIG_OP_OTHER },
	{ "TIME", moment, "TIME", MIG_OP_OTHER },
	{ "TIMESTAMP", moment, "TIMESTAMP", MIG_OP_OTHER },
	{ "TSMULTIRANGE", fixed, "TSMULTIRANGE", MIG_OP_OTHER },
	{ "TSQUERY", fixed, "TSQUERY", MIG_OP_OTHER },
	{ "TSRANGE", fixed, "TSRANGE", MIG_OP_OTHER },
	{ "TSTZMULTIRANGE", fixed, "TSTZMULTIRANGE", MIG_OP_OTHER },
	{ "TSTZRANGE", fixed, "TSTZRANGE", MIG_OP_OTHER },
	{ "TSVECTOR", fixed, "TSVECTOR", MIG_OP_OTHER },
	{ "Text", text, "TEXT", MIG_OP_OTHER },
	{ "Time", moment, "TIME", MIG_OP_OTHER },
	{ "UUID", fixed, "UUID", MIG_OP_OTHER },
	{ "Unicode", sized, "VARCHAR", MIG_OP_OTHER },
	{ "UnicodeText", text, "TEXT", MIG_OP_OTHER },
	{ "Uuid", fixed, "UUID", MIG_OP_OTHER },
	{ "VARCHAR", sized, "VARCHAR", MIG_OP_OTHER },
};
/* clang-format on */

/* Types of other packages that are one of ours. */
static const struct {
	const char *path, *name;
} aliases[] = {
	{ "fastapi_users_db_sqlalchemy.generics.GUID", "UUID" },
	{ "sqlmodel.AutoString", "String" },
	{ "sqlmodel.sql.sqltypes.AutoString", "String" },
	{ "sqlmodel.sql.sqltypes.GUID", "UUID" },
};

/* What does not change the type in the database. */
static bool
fixed(struct mig_op *x, struct mig_py *call, const struct row *row,
    struct mig_op_type *type TB_UNUSED, struct tb_buf *b)
{
	static const char *const names[] = { "length", "as_uuid", "native_uuid",
		"none_as_null", "astext_type", "text_type", "create_constraint",
		"name", "protocol", "pickler", "comparator", NULL };
	struct mig_op_args args;
	bool native;

	if (!mig_op_bind_args(x, call, names, 1, false, &args) ||
	    !mig_op_bool_arg(x, &args, "native_uuid", true, &native))
		return false;
	tb_buf_add(b, native ? row->sql : "CHAR(32)");
	return true;
}

bool
mig_op_size(struct mig_op *x, struct mig_py *e, struct tb_buf *b, bool *given)
{
	e = mig_op_value(x, e);
	*given = e != NULL && e->kind != MIG_PY_NONE;
	if (!*given)
		return true;
	if (e->kind != MIG_PY_NUMBER ||
	    e->text[strspn(e->text, "0123456789")] != '\0')
		return mig_op_fail(x, "the size of a type is no plain number");
	tb_buf_addf(b, "(%s)", e->text);
	return true;
}

static bool
add_collation(struct mig_op *x, const struct mig_op_args *args,
    struct tb_buf *b)
{
	const char *collation;

	if (!mig_op_string_arg(x, args, "collation", &collation))
		return false;
	if (collation != NULL) {
		tb_buf_add(b, " COLLATE \"");
		tb_buf_addf(b, "%s\"", collation);
	}
	return true;
}

static const char *const text_args[] = { "length", "collation",
	"convert_unicode", "unicode_error", "_warn_on_bytestring", NULL };

static bool
sized(struct mig_op *x, struct mig_py *call, const struct row *row,
    struct mig_op_type *type TB_UNUSED, struct tb_buf *b)
{
	struct mig_op_args args;
	bool given;

	tb_buf_add(b, row->sql);
	return mig_op_bind_args(x, call, text_args, 2, false, &args) &&
	    mig_op_size(x, mig_op_arg(&args, "length"), b, &given) &&
	    add_collation(x, &args, b);
}

static bool
text(struct mig_op *x, struct mig_py *call, const struct row *row,
    struct mig_op_type *type TB_UNUSED, struct tb_buf *b)
{
	struct mig_op_args args;

	if (!mig_op_bind_args(x, call, text_args, 2, false, &args))
		return false;
	if (!mig_op_is_none(x, mig_op_arg(&args, "length")))
		return mig_op_fail(x, "%s with a length", row->sql);
	tb_buf_add(b, row->sql);
	return add_collation(x, &args, b);
}

static bool
number(struct mig_op *x, struct mig_py *call, const struct row *row,
    struct mig_op_type *type TB_UNUSED, struct tb_buf *b)
{
	static const char *const names[] = { "precision", "scale",
		"decimal_return_scale", "asdecimal", NULL };
	struct mig_op_args args;
	struct mig_py *scale;
	bool given;

	tb_buf_add(b, row->sql);
	if (!mig_op_bind_args(x, call, names, 4, false, &args) ||
	    !mig_op_size(x, mig_op_arg(&args, "precision"), b, &given))
		return false;
	scale = mig_op_value(x, mig_op_arg(&args, "scale"));
	if (!given || scale == NULL || scale->kind == MIG_PY_NONE)
		return true;
	if (scale->kind != MIG_PY_NUMBER)
		return mig_op_fail(x, "the scale of a type is no plain number");
	tb_buf_truncate(b, b->len - 1);
	tb_buf_addf(b, ", %s)", scale->text);
	return true;
}

static bool
binary_float(struct mig_op *x, struct mig_py *call, const struct row *row,
    struct mig_op_type *type TB_UNUSED, struct tb_buf *b)
{
	static const char *const names[] = { "precision", "asdecimal",
		"decimal_return_scale", NULL };
	struct mig_op_args args;
	bool given;
	size_t before;

	tb_buf_add(b, row->sql);
	before = b->len;
	if (!mig_op_bind_args(x, call, names, 3, false, &args) ||
	    !mig_op_size(x, mig_op_arg(&args, "precision"), b, &given))
		return false;
	/* Only FLOAT takes one. */
	if (strcmp(row->sql, "FLOAT") != 0)
		tb_buf_truncate(b, before);
	return true;
}

static bool
moment(struct mig_op *x, struct mig_py *call, const struct row *row,
    struct mig_op_type *type TB_UNUSED, struct tb_buf *b)
{
	static const char *const names[] = { "timezone", "precision", NULL };
	struct mig_op_args args;
	bool zone, given;

	tb_buf_add(b, row->sql);
	if (!mig_op_bind_args(x, call, names, 2, false, &args) ||
	    !mig_op_bool_arg(x, &args, "timezone", false, &zone) ||
	    !mig_op_size(x, mig_op_arg(&args, "precision"), b, &given))
		return false;
	tb_buf_addf(b, " WITH%s TIME ZONE", zone ? "" : "OUT");
	return true;
}

/* sa.Interval(native, second_precision, ...), postgresql.INTERVAL(...). */
static bool
interval(struct mig_op *x, struct mig_py *call, const struct row *row,
    struct mig_op_type *type TB_UNUSED, struct tb_buf *b)
{
	static const char *const generic[] = { "native", "second_precision",
		"day_precision", NULL };
	static const char *const own[] = { "precision", "fields", NULL };
	bool is_own = strcmp(row->name, "INTERVAL") == 0, given;
	struct mig_op_args args;
	const char *fields = NULL;

	if (!mig_op_bind_args(x, call, is_own ? own : generic, is_own ? 2 : 3,
		false, &args) ||
	    (is_own && !mig_op_string_arg(x, &args, "fields", &fields)))
		return false;
	tb_buf_add(b, row->sql);
	if (fields != NULL)
		tb_buf_addf(b, " %s", fields);
	return mig_op_size(x,
	    mig_op_arg(&args, is_own ? "precision" : "second_precision"), b,
	    &given);
}

static bool
bits(struct mig_op *x, struct mig_py *call, const struct row *row,
    struct mig_op_type *type TB_UNUSED, struct tb_buf *b)
{
	static const char *const names[] = { "length", "varying", NULL };
	struct mig_op_args args;
	bool varying, given;

	if (!mig_op_bind_args(x, call, names, 2, false, &args) ||
	    !mig_op_bool_arg(x, &args, "varying", false, &varying))
		return false;
	tb_buf_add(b, row->sql);
	if (varying)
		tb_buf_add(b, " VARYING");
	return mig_op_size(x, mig_op_arg(&args, "length"), b, &given);
}

static bool
enumeration(struct mig_op *x, struct mig_py *call,
    const struct row *row TB_UNUSED, struct mig_op_type *type, struct tb_buf *b)
{
	return mig_op_enum(x, call, type, b);
}

/* An array's brackets stand before a collation. */
static bool
array(struct mig_op *x, struct mig_py *call, const struct row *row TB_UNUSED,
    struct mig_op_type *type, struct tb_buf *b)
{
	static const char *const names[] = { "item_type", "as_tuple",
		"dimensions", "zero_indexes", NULL };
	struct mig_op_args args;
	struct mig_op_type item;
	struct mig_py *dimensions;
	const char *collation;
	int n = 1;

	if (!mig_op_bind_args(x, call, names, 4, false, &args))
		return false;
	if (mig_op_arg(&args, "item_type") == NULL)
		return mig_op_fail(x, "ARRAY of nothing");
	if (!mig_op_type(x, mig_op_arg(&args, "item_type"), &item) ||
	    item.sql == NULL)
		return false;
	dimensions = mig_op_value(x, mig_op_arg(&args, "dimensions"));
	if (dimensions != NULL && dimensions->kind != MIG_PY_NONE) {
		if (dimensions->kind != MIG_PY_NUMBER ||
		    strlen(dimensions->text) != 1)
			return mig_op_fail(x, "the dimensions of an ARRAY");
		n = dimensions->text[0] - '0';
	}
	type->enumeration = item.enumeration;
	if ((collation = strstr(item.sql, " COLLATE")) == NULL)
		collation = item.sql + strlen(item.sql);
	tb_buf_addn(b, item.sql, (size_t)(collation - item.sql));
	while (n-- > 0)
		tb_buf_add(b, "[]");
	tb_buf_add(b, collation);
	return true;
}

static const struct row *
find_row(const char *path)
{
	for (size_t i = 0; i < TB_LEN(aliases); i++)
		if (strcmp(aliases[i].path, path) == 0)
			for (size_t j = 0; j < TB_LEN(rows); j++)
				if (strcmp(rows[j].name, aliases[i].name) == 0)
					return &rows[j];
	if (strncmp(path, "sa.", 3) == 0)
		for (size_t j = 0; j < TB_LEN(rows); j++)
			if (strcmp(rows[j].name, path + 3) == 0)
				return &rows[j];
	return NULL;
}

/* x.with_variant(type, "mysql"): x, unless it is about PostgreSQL. */
static struct mig_py *
choose_variant(struct mig_op *x, struct mig_py *e)
{
	struct mig_py *object;
	const char *method;

	while (mig_op_method(x, e, &object, &method) &&
	    strcmp(method, "with_variant") == 0 && e->n >= 2) {
		struct mig_py *choice = object;

		for (size_t i = 1; i < e->n; i++) {
			struct mig_py *dialect = mig_op_value(x, e->v[i]);

			if (dialect->kind == MIG_PY_STRING &&
			    strcmp(dialect->text, "postgresql") == 0)
				choice = e->v[0];
		}
		e = mig_op_value(x, choice);
	}
	return e;
}

bool
mig_op_type(struct mig_op *x, struct mig_py *e, struct mig_op_type *type)
{
	struct tb_buf b = TB_BUF_INIT;
	const struct row *row;
	const char *path, *defined;
	bool ok;

	*type = (struct mig_op_type){ .sql = NULL };
	e = choose_variant(x, mig_op_value(x, e));
	path = mig_op_path(x, e);
	if (path == NULL && e->kind == MIG_PY_CALL &&
	    e->of->kind == MIG_PY_NAME)
		path = e->of->text;
	if (path != NULL && (defined = mig_imp_define(x->imp, path)) != NULL) {
		type->sql = defined;
		return true;
	}
	if (path == NULL || (row = find_row(path)) == NULL)
		return mig_op_fail(x, "type %s",
		    path != NULL        ? path :
			e->text != NULL ? e->text :
					  "of a kind of its own");
	ok = row->write(x, e, row, type, &b);
	type->affinity = row->affinity;
	type->sql = mig_op_keep(x, tb_buf_detach(&b));
	return ok;
}
