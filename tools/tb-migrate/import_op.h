/*
 * import_op.h: Alembic's operations as SQL, without Python; for the files
 * import_op*.c and import_alembic.c.
 *
 * The SQL is what SQLAlchemy and Alembic would send to PostgreSQL.  Functions
 * that return bool say false for what is not understood; why is then in the
 * struct, and the caller takes back what it wrote.
 */
#ifndef TB_MIGRATE_IMPORT_OP_H
#define TB_MIGRATE_IMPORT_OP_H

#include "core/buf.h"
#include "core/strs.h"
#include "core/tb.h"
#include "import.h"
#include "import_python.h"

struct mig_op_name {
	const char *name;     /* borrowed from the module */
	const char *path;     /* it is imported, such as "alembic.op" */
	struct mig_py *value; /* or bound to this; both NULL: not known */
};

struct mig_op {
	const struct mig_imp *imp;
	struct mig_imp_rev *rev;
	struct mig_py_module *module;
	const char *source;        /* the file, for marks */
	struct mig_op_name *names; /* the last one of a name counts */
	size_t n_names, cap_names;
	struct tb_strs *types; /* enum types that were made */
	struct tb_buf *out;
	size_t marks;                           /* that were put into out */
	const char *batch_table, *batch_schema; /* inside batch_alter_table */
	const char *schema;  /* of the table whose columns are read */
	struct tb_strs made; /* strings that nodes do not own */
	char *why;           /* the first thing that was not understood */
};

/*
 * The body of upgrade() or downgrade() as a section.  types: the enum types
 * that are there by then; new ones are added.
 */
void mig_op_function(const struct mig_imp *, struct mig_imp_rev *,
    struct mig_py_module *, const char *function, struct tb_strs *types,
    struct mig_imp_section *);

/* Is there such a function that does not just raise an exception? */
bool mig_op_has_way(const struct mig_py_module *, const char *function);

/* import_op_call.c: op.add_column(...) and its like. */
bool mig_op_call(struct mig_op *, struct mig_py *call);

/* import_op_value.c: names, values, arguments. */

/* A string that lives as long as the struct. */
const char *mig_op_keep(struct mig_op *, char *);

/* Sets why, unless it is set; returns false. */
bool mig_op_fail(struct mig_op *, const char *, ...) TB_PRINTF(2, 3);

/* Bind a name: to an imported path or to a value; both NULL: to nothing. */
void mig_op_bind(struct mig_op *, const char *name, const char *path,
    struct mig_py *value);

/* What a name stands for, as long as it does; op.f(x) is x. */
struct mig_py *mig_op_value(struct mig_op *, struct mig_py *);

/*
 * The whole name of a name or of what a call calls: "op.add_column",
 * "batch.add_column", "sa.Column" for all of SQLAlchemy with its PostgreSQL
 * types, "bind" for a connection.  NULL: unknown.  Borrowed.
 */
const char *mig_op_path(struct mig_op *, struct mig_py *);

/* Is this a call of that, or the bare name of it? */
bool mig_op_is(struct mig_op *, struct mig_py *, const char *path);

/* The object and the method of x.method(): false if this is no such call. */
bool mig_op_method(struct mig_op *, struct mig_py *call, struct mig_py **object,
    const char **method);

#define MIG_OP_ARGS 24

/* The arguments of a call by the names of its parameters. */
struct mig_op_args {
	const char *const *names; /* ended by NULL */
	struct mig_py *v[MIG_OP_ARGS];
	struct mig_py **rest; /* more than there are places for */
	size_t n_rest;
};

/*
 * The first of the names may be given by place.  Arguments of other databases
 * (mysql_engine) are passed over; any other unknown one is refused, and so is
 * one place too many unless rest is set.
 */
bool mig_op_bind_args(struct mig_op *, struct mig_py *call,
    const char *const names[], size_t places, bool rest, struct mig_op_args *);

/* NULL: not given.  A name that is not among the names is a bug. */
struct mig_py *mig_op_arg(const struct mig_op_args *, const char *name);

/*
 * Values.  No node (NULL) and None are NULL, the fallback, no members.
 */
bool mig_op_string(struct mig_op *, struct mig_py *, const char **);
bool mig_op_bool(struct mig_op *, struct mig_py *, bool fallback, bool *);
bool mig_op_strings(struct mig_op *, struct mig_py *, struct tb_strs *);
bool mig_op_is_none(struct mig_op *, struct mig_py *);

/* As above, by the name of an argument. */
bool mig_op_string_arg(struct mig_op *, const struct mig_op_args *,
    const char *name, const char **);
bool mig_op_bool_arg(struct mig_op *, const struct mig_op_args *,
    const char *name, bool fallback, bool *);

/*
 * The name of a constraint or index.  One from op.f() that is too long is cut
 * as SQLAlchemy does it.
 */
bool mig_op_object_name(struct mig_op *, struct mig_py *, const char **);
const char *mig_op_cut_name(struct mig_op *, char *name);

/* import_op_sql.c: pieces of SQL. */
void mig_op_ident(struct tb_buf *, const char *name);
void mig_op_idents(struct tb_buf *, const struct tb_strs *);
void mig_op_table(struct tb_buf *, const char *schema, const char *table);
void mig_op_literal(struct tb_buf *, const char *text);

/* Begin a statement of the section; mig_op_end() ends it. */
struct tb_buf *mig_op_begin(struct mig_op *, const char *words);
void mig_op_end(struct mig_op *);

/* text("...") with its escapes; bind parameters are refused. */
bool mig_op_text(struct mig_op *, struct tb_buf *, const char *text);

/*
 * An expression: text(), literal_column(), column(), func.x(), true(), and
 * plain strings, which are SQL (or, as arguments of a function, values).
 */
bool mig_op_expr(struct mig_op *, struct mig_py *, struct tb_buf *);

/* The whole argument of op.execute() as statements. */
bool mig_op_statements(struct mig_op *, const char *text);

/* import_op_type.c */
enum mig_op_affinity {
	MIG_OP_OTHER,
	MIG_OP_SMALLINT,
	MIG_OP_INTEGER,
	MIG_OP_BIGINT,
	MIG_OP_NUMERIC, /* counts as a number that can be a serial */
};

struct mig_op_type {
	const char *sql;
	enum mig_op_affinity affinity;
	struct mig_py *enumeration; /* the call that declares an enum type */
};

bool mig_op_type(struct mig_op *, struct mig_py *, struct mig_op_type *);

/* "(n)" of an argument; nothing if it is not given. */
bool mig_op_size(struct mig_op *, struct mig_py *, struct tb_buf *,
    bool *given);

/* import_op_enum.c */
bool mig_op_enum(struct mig_op *, struct mig_py *call, struct mig_op_type *,
    struct tb_buf *);

/* CREATE TYPE for a table's column, unless it was made already. */
bool mig_op_make_enum(struct mig_op *, struct mig_py *call);

/* It was dropped: who uses it next makes it again. */
void mig_op_forget_type(struct mig_op *, const char *name);

/* x.create(bind), x.drop(bind) of an enum type. */
bool mig_op_enum_method(struct mig_op *, struct mig_py *object,
    const char *method, struct mig_py *call);

/* import_op_column.c */
struct mig_op_column {
	const char *name;
	struct mig_op_type type;
	bool primary_key, unique, index;
	bool nullable, nullable_given;
	enum {
		MIG_OP_AUTO,
		MIG_OP_AUTO_YES,
		MIG_OP_AUTO_NO,
		MIG_OP_AUTO_IGNORE_KEY,
	} autoincrement;
	bool client_default; /* default=...: Python's, not the server's */
	bool server_default; /* there is one, even if it is not told */
	const char *default_sql;
	const char *generated; /* GENERATED ... */
	bool identity;
	const char *comment;
	const char *checks;     /* constraints inside the definition */
	struct mig_py *keys[4]; /* ForeignKey calls */
	size_t n_keys;
};

bool mig_op_column(struct mig_op *, struct mig_py *call,
    struct mig_op_column *);

/* name type default; serial: it is the table's own counter. */
void mig_op_column_spec(struct tb_buf *, const struct mig_op_column *,
    bool not_null, bool serial);

/* May a primary key of this column alone be a serial? */
bool mig_op_can_be_serial(const struct mig_op_column *, bool has_key);

/* DEFAULT's expression; none: NULL is its value. */
bool mig_op_default(struct mig_op *, struct mig_py *, const char **sql);

/* import_op_constraint.c */

/* sa.PrimaryKeyConstraint() and its like, as in CREATE TABLE. */
bool mig_op_is_constraint(struct mig_op *, struct mig_py *);
bool mig_op_constraint(struct mig_op *, struct mig_py *call, struct tb_buf *);

/* ForeignKey() of a column. */
bool mig_op_column_key(struct mig_op *, struct mig_py *call, const char *column,
    struct tb_buf *);

/* Their parts.  "CONSTRAINT name ", or nothing without a name: */
bool mig_op_add_name(struct mig_op *, struct mig_py *, struct tb_buf *);
bool mig_op_names(struct mig_op *, struct mig_py *const *, size_t,
    struct tb_strs *);
bool mig_op_add_deferrable(struct mig_op *, const struct mig_op_args *,
    struct tb_buf *);
bool mig_op_add_key_options(struct mig_op *, const struct mig_op_args *,
    struct tb_buf *);
bool mig_op_add_columns_key(struct mig_op *, const struct mig_op_args *,
    const char *words, const struct tb_strs *columns, struct tb_buf *);
bool mig_op_add_check(struct mig_op *, const struct mig_op_args *,
    struct mig_py *condition, struct tb_buf *);
bool mig_op_add_exclude(struct mig_op *, const struct mig_op_args *,
    struct tb_buf *);

/* import_op_index.c */

struct mig_op_index {
	const char *schema, *table, *name;
	struct mig_py *const *columns;
	size_t n;
};

/* CREATE INDEX with the arguments of op.create_index() or of sa.Index(). */
extern const char *const mig_op_index_args[];
bool mig_op_write_index(struct mig_op *, const struct mig_op_args *,
    const struct mig_op_index *);

/* ix_TABLE_COLUMN, of a column that says index=True. */
bool mig_op_column_index(struct mig_op *, const char *schema, const char *table,
    const struct mig_op_column *);

/* import_op_table.c */
void mig_op_comment_column(struct mig_op *, const char *schema,
    const char *table, const char *column, const char *comment);

/* The operations; each one has the arguments bound. */
typedef bool mig_op_run(struct mig_op *, const struct mig_op_args *);

mig_op_run mig_op_create_table, mig_op_drop_table, mig_op_rename_table,
    mig_op_table_comment, mig_op_drop_table_comment, mig_op_add_column,
    mig_op_drop_column, mig_op_alter_column, mig_op_create_index,
    mig_op_drop_index, mig_op_create_foreign_key, mig_op_create_unique,
    mig_op_create_check, mig_op_create_primary_key, mig_op_create_exclude,
    mig_op_drop_constraint, mig_op_execute, mig_op_bulk_insert;

/* Where an operation works: its arguments, or those of the batch. */
bool mig_op_place(struct mig_op *, const struct mig_op_args *,
    const char **schema, const char **table);

#endif /* TB_MIGRATE_IMPORT_OP_H */
