/*
 * Constraints, as they stand in CREATE TABLE and behind ALTER TABLE ... ADD.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "import_op.h"

bool
mig_op_add_name(struct mig_op *x, struct mig_py *e, struct tb_buf *b)
{
	const char *name;

	if (!mig_op_object_name(x, e, &name))
		return false;
	if (name != NULL) {
		tb_buf_add(b, "CONSTRAINT ");
		mig_op_ident(b, name);
		tb_buf_addc(b, ' ');
	}
	return true;
}

/* " WORDS value", the value being words of SQL. */
static bool
add_phrase(struct mig_op *x, const struct mig_op_args *args, const char *name,
    const char *words, struct tb_buf *b)
{
	const char *s;

	if (!mig_op_string_arg(x, args, name, &s))
		return false;
	if (s == NULL)
		return true;
	for (const char *p = s; *p != '\0'; p++)
		if (!isalpha((unsigned char)*p) && strchr(" ()_,", *p) == NULL)
			return mig_op_fail(x, "%s=\"%s\"", name, s);
	tb_buf_addf(b, " %s %s", words, s);
	return true;
}

bool
mig_op_add_deferrable(struct mig_op *x, const struct mig_op_args *args,
    struct tb_buf *b)
{
	bool deferrable;

	if (!mig_op_is_none(x, mig_op_arg(args, "deferrable"))) {
		if (!mig_op_bool_arg(x, args, "deferrable", false, &deferrable))
			return false;
		tb_buf_add(b, deferrable ? " DEFERRABLE" : " NOT DEFERRABLE");
	}
	return add_phrase(x, args, "initially", "INITIALLY", b);
}

/* MATCH, ON DELETE, ON UPDATE, DEFERRABLE, NOT VALID. */
bool
mig_op_add_key_options(struct mig_op *x, const struct mig_op_args *args,
    struct tb_buf *b)
{
	bool not_valid;

	if (!add_phrase(x, args, "match", "MATCH", b) ||
	    !add_phrase(x, args, "ondelete", "ON DELETE", b) ||
	    !add_phrase(x, args, "onupdate", "ON UPDATE", b) ||
	    !mig_op_add_deferrable(x, args, b) ||
	    !mig_op_bool_arg(x, args, "postgresql_not_valid", false,
		&not_valid))
		return false;
	if (not_valid)
		tb_buf_add(b, " NOT VALID");
	return true;
}

bool
mig_op_names(struct mig_op *x, struct mig_py *const *v, size_t n,
    struct tb_strs *names)
{
	for (size_t i = 0; i < n; i++) {
		const char *name;

		if (!mig_op_string(x, v[i], &name))
			return false;
		if (name == NULL)
			return mig_op_fail(x, "a column without a name");
		tb_strs_add(names, name);
	}
	return true;
}

/* "SCHEMA.TABLE.COLUMN": all columns must be of one table. */
static bool
add_references(struct mig_op *x, const struct tb_strs *targets,
    struct tb_buf *b)
{
	struct tb_strs columns = TB_STRS_INIT;
	char *table = NULL, *dot;
	bool ok = targets->n > 0;

	for (size_t i = 0; ok && i < targets->n; i++) {
		const char *column = strrchr(targets->v[i], '.');
		char *of = column == NULL ?
		    NULL :
		    tb_strndup(targets->v[i], (size_t)(column - targets->v[i]));

		ok = of != NULL && (table == NULL || strcmp(table, of) == 0);
		if (ok)
			tb_strs_add(&columns, column + 1);
		free(table);
		table = of;
	}
	if (ok) {
		dot = strrchr(table, '.');
		if (dot != NULL)
			*dot = '\0';
		tb_buf_add(b, " REFERENCES ");
		mig_op_table(b, dot != NULL ? table : NULL,
		    dot != NULL ? dot + 1 : table);
		tb_buf_add(b, " (");
		mig_op_idents(b, &columns);
		tb_buf_addc(b, ')');
	}
	free(table);
	tb_strs_release(&columns);
	return ok || mig_op_fail(x, "what a foreign key refers to");
}

static bool
refuse_use_alter(struct mig_op *x, const struct mig_op_args *args)
{
	bool set;

	return mig_op_bool_arg(x, args, "use_alter", false, &set) &&
	    (!set || mig_op_fail(x, "a foreign key with use_alter"));
}

bool
mig_op_column_key(struct mig_op *x, struct mig_py *call, const char *column,
    struct tb_buf *b)
{
	static const char *const names[] = { "column", "_constraint",
		"use_alter", "name", "onupdate", "ondelete", "deferrable",
		"initially", "link_to_name", "match", "info", "comment",
		"postgresql_not_valid", NULL };
	struct mig_op_args args;
	struct tb_strs target = TB_STRS_INIT;
	const char *s;
	bool ok;

	if (!mig_op_bind_args(x, call, names, 1, false, &args) ||
	    !refuse_use_alter(x, &args) ||
	    !mig_op_string_arg(x, &args, "column", &s) ||
	    !mig_op_add_name(x, mig_op_arg(&args, "name"), b))
		return false;
	tb_buf_add(b, "FOREIGN KEY (");
	mig_op_ident(b, column);
	tb_buf_addc(b, ')');
	if (s != NULL)
		tb_strs_add(&target, s);
	ok = add_references(x, &target, b) &&
	    mig_op_add_key_options(x, &args, b);
	tb_strs_release(&target);
	return ok;
}

static bool
foreign_key(struct mig_op *x, struct mig_py *call, struct tb_buf *b)
{
	static const char *const names[] = { "columns", "refcolumns", "name",
		"onupdate", "ondelete", "deferrable", "initially", "use_alter",
		"link_to_name", "match", "info", "comment",
		"postgresql_not_valid", NULL };
	struct mig_op_args args;
	struct tb_strs columns = TB_STRS_INIT, targets = TB_STRS_INIT;
	bool ok;

	if (!mig_op_bind_args(x, call, names, 10, false, &args) ||
	    !refuse_use_alter(x, &args) ||
	    !mig_op_add_name(x, mig_op_arg(&args, "name"), b))
		return false;
	ok = mig_op_strings(x, mig_op_arg(&args, "columns"), &columns) &&
	    mig_op_strings(x, mig_op_arg(&args, "refcolumns"), &targets);
	tb_buf_add(b, "FOREIGN KEY (");
	mig_op_idents(b, &columns);
	tb_buf_addc(b, ')');
	ok = ok && add_references(x, &targets, b) &&
	    mig_op_add_key_options(x, &args, b);
	tb_strs_release(&columns);
	tb_strs_release(&targets);
	return ok;
}

static const char *const columns_args[] = { "name", "deferrable", "initially",
	"info", "comment", "postgresql_include",
	"postgresql_nulls_not_distinct", "_column_flag", NULL };

/* UNIQUE or PRIMARY KEY over columns. */
static bool
columns_key(struct mig_op *x, struct mig_py *call, const char *words,
    struct tb_buf *b)
{
	struct mig_op_args args;
	struct tb_strs columns = TB_STRS_INIT;
	bool ok;

	ok = mig_op_bind_args(x, call, columns_args, 0, true, &args) &&
	    mig_op_names(x, args.rest, args.n_rest, &columns) &&
	    mig_op_add_name(x, mig_op_arg(&args, "name"), b) &&
	    mig_op_add_columns_key(x, &args, words, &columns, b);
	tb_strs_release(&columns);
	return ok;
}

bool
mig_op_add_columns_key(struct mig_op *x, const struct mig_op_args *args,
    const char *words, const struct tb_strs *columns, struct tb_buf *b)
{
	struct tb_strs include = TB_STRS_INIT;
	bool not_distinct, ok;

	if (columns->n == 0)
		return mig_op_fail(x, "a constraint without columns");
	ok = mig_op_strings(x, mig_op_arg(args, "postgresql_include"),
		 &include) &&
	    mig_op_bool_arg(x, args, "postgresql_nulls_not_distinct", false,
		&not_distinct);
	if (ok) {
		tb_buf_addf(b, "%s%s (", words,
		    not_distinct ? " NULLS NOT DISTINCT" : "");
		mig_op_idents(b, columns);
		tb_buf_addc(b, ')');
	}
	if (ok && include.n > 0) {
		tb_buf_add(b, " INCLUDE (");
		mig_op_idents(b, &include);
		tb_buf_addc(b, ')');
	}
	tb_strs_release(&include);
	return ok && mig_op_add_deferrable(x, args, b);
}

bool
mig_op_add_check(struct mig_op *x, const struct mig_op_args *args,
    struct mig_py *condition, struct tb_buf *b)
{
	bool not_valid;

	if (condition == NULL)
		return mig_op_fail(x, "a check without a condition");
	tb_buf_add(b, "CHECK (");
	if (!mig_op_expr(x, condition, b))
		return false;
	tb_buf_addc(b, ')');
	if (!mig_op_add_deferrable(x, args, b) ||
	    !mig_op_bool_arg(x, args, "postgresql_not_valid", false,
		&not_valid))
		return false;
	if (not_valid)
		tb_buf_add(b, " NOT VALID");
	return true;
}

static bool
check(struct mig_op *x, struct mig_py *call, struct tb_buf *b)
{
	static const char *const names[] = { "sqltext", "name", "deferrable",
		"initially", "table", "info", "comment", "postgresql_not_valid",
		NULL };
	struct mig_op_args args;

	return mig_op_bind_args(x, call, names, 4, false, &args) &&
	    mig_op_add_name(x, mig_op_arg(&args, "name"), b) &&
	    mig_op_add_check(x, &args, mig_op_arg(&args, "sqltext"), b);
}

/* ("period", "&&"): the column is SQL as it stands. */
static bool
add_exclude_element(struct mig_op *x, struct mig_py *e, struct tb_buf *b)
{
	struct mig_py *pair = mig_op_value(x, e);
	const char *operator;

	if ((pair->kind != MIG_PY_TUPLE && pair->kind != MIG_PY_LIST) ||
	    pair->n != 2)
		return mig_op_fail(x, "an element of an EXCLUDE constraint");
	if (!mig_op_expr(x, pair->v[0], b) ||
	    !mig_op_string(x, pair->v[1], &operator))
		return false;
	if (operator== NULL)
		return mig_op_fail(x, "an EXCLUDE element without operator");
	tb_buf_addf(b, " WITH %s", operator);
	return true;
}

bool
mig_op_add_exclude(struct mig_op *x, const struct mig_op_args *args,
    struct tb_buf *b)
{
	const char *using;

	if (!mig_op_string_arg(x, args, "using", &using))
		return false;
	if (args->n_rest == 0)
		return mig_op_fail(x, "an EXCLUDE constraint of nothing");
	tb_buf_addf(b, "EXCLUDE USING %s (", using != NULL ? using : "gist");
	for (size_t i = 0; i < args->n_rest; i++) {
		if (i > 0)
			tb_buf_add(b, ", ");
		if (!add_exclude_element(x, args->rest[i], b))
			return false;
	}
	tb_buf_addc(b, ')');
	if (!mig_op_is_none(x, mig_op_arg(args, "where"))) {
		tb_buf_add(b, " WHERE (");
		if (!mig_op_expr(x, mig_op_arg(args, "where"), b))
			return false;
		tb_buf_addc(b, ')');
	}
	return mig_op_add_deferrable(x, args, b);
}

static bool
exclude(struct mig_op *x, struct mig_py *call, struct tb_buf *b)
{
	static const char *const names[] = { "name", "deferrable", "initially",
		"using", "where", NULL };
	struct mig_op_args args;

	return mig_op_bind_args(x, call, names, 0, true, &args) &&
	    mig_op_add_name(x, mig_op_arg(&args, "name"), b) &&
	    mig_op_add_exclude(x, &args, b);
}

static bool
unique(struct mig_op *x, struct mig_py *call, struct tb_buf *b)
{
	return columns_key(x, call, "UNIQUE", b);
}

static bool
primary_key(struct mig_op *x, struct mig_py *call, struct tb_buf *b)
{
	return columns_key(x, call, "PRIMARY KEY", b);
}

static const struct {
	const char *path;
	bool (*write)(struct mig_op *, struct mig_py *, struct tb_buf *);
} constraints[] = {
	{ "sa.CheckConstraint", check },
	{ "sa.ExcludeConstraint", exclude },
	{ "sa.ForeignKeyConstraint", foreign_key },
	{ "sa.PrimaryKeyConstraint", primary_key },
	{ "sa.UniqueConstraint", unique },
};

bool
mig_op_is_constraint(struct mig_op *x, struct mig_py *e)
{
	for (size_t i = 0; i < TB_LEN(constraints); i++)
		if (mig_op_is(x, e, constraints[i].path))
			return true;
	return false;
}

bool
mig_op_constraint(struct mig_op *x, struct mig_py *call, struct tb_buf *b)
{
	for (size_t i = 0; i < TB_LEN(constraints); i++)
		if (mig_op_is(x, call, constraints[i].path))
			return constraints[i].write(x, call, b);
	return mig_op_fail(x, "no constraint");
}
