/*
 * The body of upgrade() or downgrade(), statement by statement.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/keys.h"
#include "core/mem.h"
#include "import_op.h"
#include "pg/split.h"

/* Is it made of literals and of what SQLAlchemy only writes down? */
static bool
is_pure(struct mig_op *x, struct mig_py *e)
{
	const char *path;

	switch (e->kind) {
	case MIG_PY_OTHER:
	case MIG_PY_ATTR:
		return false;
	case MIG_PY_NAME:
		return mig_op_value(x, e) != e ||
		    ((path = mig_op_path(x, e)) != NULL &&
			strncmp(path, "sa.", 3) == 0);
	case MIG_PY_CALL:
		path = mig_op_path(x, e);
		if (path == NULL ||
		    (strncmp(path, "sa.", 3) != 0 &&
			strcmp(path, "op.f") != 0) ||
		    strcmp(path, "sa.inspect") == 0)
			return false;
		break;
	default:
		break;
	}
	for (size_t i = 0; i < e->n; i++)
		if (!is_pure(x, e->v[i]))
			return false;
	return true;
}

/* A constant is remembered; anything else is run, and its name forgotten. */
static bool
run_assignment(struct mig_op *x, const struct mig_py_stmt *s)
{
	if (is_pure(x, s->value)) {
		mig_op_bind(x, s->name, NULL, mig_op_value(x, s->value));
		return true;
	}
	mig_op_bind(x, s->name, NULL, NULL);
	if (mig_op_is(x, s->value, "op.get_bind")) {
		mig_op_bind(x, s->name, "bind", NULL);
		return true;
	}
	if (s->value->kind == MIG_PY_CALL &&
	    mig_op_is(x, s->value, "op.create_table") &&
	    mig_op_call(x, s->value)) {
		mig_op_bind(x, s->name, NULL, s->value);
		return true;
	}
	return mig_op_fail(x, "variable %s", s->name);
}

static void run_block(struct mig_op *, const struct mig_py_block *);

/* with op.batch_alter_table("t", schema=...) as batch_op: */
static bool
run_batch(struct mig_op *x, const struct mig_py_stmt *s)
{
	static const char *const names[] = { "table_name", "schema", "recreate",
		"partial_reordering", "copy_from", "table_args", "table_kwargs",
		"reflect_args", "reflect_kwargs", "naming_convention", NULL };
	struct mig_op_args args;
	const char *schema, *table, *recreate;

	if (x->batch_table != NULL || s->name == NULL ||
	    !mig_op_bind_args(x, s->value, names, 3, false, &args) ||
	    !mig_op_place(x, &args, &schema, &table) ||
	    !mig_op_string_arg(x, &args, "recreate", &recreate))
		return mig_op_fail(x, "op.batch_alter_table()");
	if (recreate != NULL && strcmp(recreate, "always") == 0)
		return mig_op_fail(x, "a table made anew");
	x->batch_schema = schema;
	x->batch_table = table;
	mig_op_bind(x, s->name, "batch", NULL);
	run_block(x, &s->body);
	mig_op_bind(x, s->name, NULL, NULL);
	x->batch_schema = x->batch_table = NULL;
	return true;
}

/* with op.get_context().autocommit_block(): */
static bool
run_autocommit(struct mig_op *x, const struct mig_py_stmt *s)
{
	size_t start = x->out->len;
	struct tb_stmts stmts = TB_STMTS_INIT;
	struct tb_err err = TB_ERR_INIT;

	run_block(x, &s->body);
	/* Most need no word: what cannot be in a transaction is found. */
	if (tb_split(x->out->s + start, x->source, 1, &stmts, &err) == 0)
		for (size_t i = 0; i < stmts.n; i++)
			if (tb_stmt_needs_autocommit(stmts.v[i].text) == NULL)
				x->rev->no_transaction = true;
	tb_stmts_release(&stmts);
	tb_err_release(&err);
	return true;
}

static bool
run_with(struct mig_op *x, const struct mig_py_stmt *s)
{
	struct mig_py *object;
	const char *method;

	if (mig_op_is(x, s->value, "op.batch_alter_table") &&
	    s->value->kind == MIG_PY_CALL)
		return run_batch(x, s);
	if (mig_op_method(x, s->value, &object, &method) &&
	    strcmp(method, "autocommit_block") == 0 &&
	    (mig_op_is(x, object, "op.get_context") ||
		mig_op_is(x, object, "context")))
		return run_autocommit(x, s);
	return mig_op_fail(x, "with");
}

/* What does nothing to the database. */
static bool
is_harmless(const struct mig_py *e)
{
	return e->kind == MIG_PY_STRING || e->kind == MIG_PY_NONE ||
	    (e->kind == MIG_PY_CALL && e->of->kind == MIG_PY_NAME &&
		strcmp(e->of->text, "print") == 0);
}

static bool
run_stmt(struct mig_op *x, const struct mig_py_stmt *s)
{
	switch (s->kind) {
	case MIG_PY_PASS:
	case MIG_PY_RETURN:
		return true;
	case MIG_PY_IMPORT:
		mig_op_bind(x, s->name, s->text, NULL);
		return true;
	case MIG_PY_ASSIGN:
		return run_assignment(x, s);
	case MIG_PY_WITH:
		return run_with(x, s);
	case MIG_PY_EXPR:
		if (is_harmless(s->value))
			return true;
		if (s->value->kind == MIG_PY_CALL)
			return mig_op_call(x, s->value);
		return mig_op_fail(x, "%s",
		    s->value->text != NULL ? s->value->text : "a value");
	case MIG_PY_RAISE:
		return mig_op_fail(x, "raise");
	case MIG_PY_DEF:
		/* Only a call of it would do something. */
		mig_op_bind(x, s->name, NULL, NULL);
		return true;
	case MIG_PY_UNKNOWN:
		break;
	}
	return mig_op_fail(x, "%s", s->text);
}

/* May a statement that is not understood change what a name stands for? */
static bool
may_change(const struct mig_py_stmt *s, const struct mig_py *value)
{
	bool is_call = s->kind == MIG_PY_EXPR && s->value->kind == MIG_PY_CALL;

	return !is_call || value->kind == MIG_PY_LIST ||
	    value->kind == MIG_PY_DICT || value->kind == MIG_PY_CALL;
}

/* What it may have changed is not known any more, under none of its names. */
static void
forget_names(struct mig_op *x, const struct mig_py_stmt *s)
{
	for (size_t i = 0, n = x->n_names; i < n; i++) {
		const struct mig_py *value = x->names[i].value;

		if (value == NULL || !may_change(s, value) ||
		    !mig_py_mentions(x->module, s->line, s->last_line,
			x->names[i].name))
			continue;
		for (size_t j = 0; j < n; j++)
			if (x->names[j].value == value)
				mig_op_bind(x, x->names[j].name, NULL, NULL);
	}
}

/* The mark, and the source as a comment for whoever writes the SQL. */
static void
mark(struct mig_op *x, const struct mig_py_stmt *s)
{
	struct tb_slice all = mig_py_lines(x->module, s->line, s->last_line);
	char *text = tb_slice_dup(all);
	struct tb_lines in = tb_lines(text);
	struct tb_slice line;

	mig_imp_mark(x->imp, x->rev, x->out, x->source, s->line, "%s",
	    x->why != NULL ? x->why : "");
	x->marks++;
	while (tb_lines_next(&in, &line)) {
		tb_buf_add(x->out, "-- ");
		tb_buf_addn(x->out, line.s, line.n);
		tb_buf_rtrim(x->out);
		tb_buf_addc(x->out, '\n');
	}
	free(text);
}

static void
forget_types(struct mig_op *x, size_t n)
{
	while (x->types->n > n) {
		free(x->types->v[--x->types->n]);
		x->types->v[x->types->n] = NULL;
	}
}

/* A blank line behind what a statement of Python became. */
static void
add_blank(struct tb_buf *b)
{
	if (b->len >= 2 && strcmp(b->s + b->len - 2, "\n\n") != 0)
		tb_buf_addc(b, '\n');
}

static void
run_block(struct mig_op *x, const struct mig_py_block *block)
{
	for (size_t i = 0; i < block->n; i++) {
		const struct mig_py_stmt *s = block->v[i];
		size_t start = x->out->len, types = x->types->n;

		if (s->kind == MIG_PY_RETURN)
			break;
		if (!run_stmt(x, s)) {
			tb_buf_truncate(x->out, start);
			forget_types(x, types);
			mark(x, s);
			forget_names(x, s);
		}
		free(x->why);
		x->why = NULL;
		if (x->out->len > start)
			add_blank(x->out);
	}
}

/* What the module binds outside of its functions. */
static void
bind_module(struct mig_op *x)
{
	const struct mig_py_block *body = &x->module->body;

	for (size_t i = 0; i < body->n; i++) {
		const struct mig_py_stmt *s = body->v[i];

		switch (s->kind) {
		case MIG_PY_IMPORT:
			mig_op_bind(x, s->name, s->text, NULL);
			break;
		case MIG_PY_ASSIGN:
			mig_op_bind(x, s->name, NULL,
			    is_pure(x, s->value) ? mig_op_value(x, s->value) :
						   NULL);
			break;
		case MIG_PY_DEF:
			mig_op_bind(x, s->name, NULL, NULL);
			break;
		case MIG_PY_PASS:
			break;
		default:
			forget_names(x, s);
		}
	}
}

/* The last definition counts; NULL: there is none. */
static const struct mig_py_stmt *
find_function(const struct mig_py_module *m, const char *name)
{
	const struct mig_py_stmt *found = NULL;

	for (size_t i = 0; i < m->body.n; i++) {
		const struct mig_py_stmt *s = m->body.v[i];

		if (s->kind == MIG_PY_DEF && strcmp(s->name, name) == 0)
			found = s;
	}
	return found;
}

/*
 * Something else makes the function what it is: an import, an assignment, a
 * decorator, a condition around it.
 */
static const struct mig_py_stmt *
find_disguise(const struct mig_py_module *m, const char *name)
{
	for (size_t i = 0; i < m->body.n; i++) {
		const struct mig_py_stmt *s = m->body.v[i];
		const struct mig_py_stmt *next =
		    i + 1 < m->body.n ? m->body.v[i + 1] : NULL;

		if ((s->kind == MIG_PY_IMPORT || s->kind == MIG_PY_ASSIGN) &&
		    strcmp(s->name, name) == 0)
			return s;
		if (s->kind != MIG_PY_UNKNOWN)
			continue;
		if (mig_py_mentions(m, s->line, s->last_line, name) ||
		    (s->text[0] == '@' && next != NULL &&
			next->kind == MIG_PY_DEF &&
			strcmp(next->name, name) == 0))
			return s;
	}
	return NULL;
}

/* It only says that there is no way. */
static bool
only_raises(const struct mig_py_stmt *def)
{
	for (size_t i = 0; i < def->body.n; i++) {
		const struct mig_py_stmt *s = def->body.v[i];

		if (s->kind == MIG_PY_RAISE)
			return true;
		if (s->kind != MIG_PY_EXPR || s->value->kind != MIG_PY_STRING)
			return false;
	}
	return false;
}

static size_t
count_statements(const char *sql)
{
	struct tb_stmts stmts = TB_STMTS_INIT;
	struct tb_err err = TB_ERR_INIT;
	size_t n = 0;

	if (tb_split(sql, "", 1, &stmts, &err) == 0)
		n = stmts.n;
	tb_stmts_release(&stmts);
	tb_err_release(&err);
	return n;
}

bool
mig_op_has_way(const struct mig_py_module *m, const char *function)
{
	const struct mig_py_stmt *def = find_function(m, function);

	return find_disguise(m, function) != NULL ||
	    (def != NULL && !only_raises(def));
}

/* The function is not simply there. */
static void
mark_function(struct mig_op *x, const char *function)
{
	const struct mig_py_stmt *s = find_disguise(x->module, function);

	if (s != NULL) {
		(void)mig_op_fail(x, "how %s() is made", function);
		mark(x, s);
	} else {
		mig_imp_mark(x->imp, x->rev, x->out, x->source, 0,
		    "there is no %s()", function);
		x->marks++;
	}
}

void
mig_op_function(const struct mig_imp *imp, struct mig_imp_rev *rev,
    struct mig_py_module *m, const char *function, struct tb_strs *types,
    struct mig_imp_section *section)
{
	const struct mig_py_stmt *def = find_function(m, function);
	struct tb_buf out = TB_BUF_INIT;
	struct mig_op x = {
		.imp = imp,
		.rev = rev,
		.module = m,
		.source = rev->source,
		.types = types,
		.out = &out,
		.made = TB_STRS_INIT,
	};

	/* There need not be a way back. */
	if (section != &rev->upgrade && !mig_op_has_way(m, function))
		return;
	if (def == NULL || find_disguise(m, function) != NULL)
		mark_function(&x, function);
	if (def != NULL) {
		bind_module(&x);
		run_block(&x, &def->body);
	}
	section->text = tb_buf_detach(&out);
	section->marks = x.marks;
	section->statements = count_statements(section->text);
	free(x.names);
	free(x.why);
	tb_strs_release(&x.made);
}
