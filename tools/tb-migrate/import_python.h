/*
 * import_python.h: the part of Python that revision files are written in.
 *
 *	struct mig_py_module *m;
 *
 *	if ((m = mig_py_parse("x.py", text, err)) == NULL)
 *		return -1;
 *	for (size_t i = 0; i < m->body.n; i++)
 *		look_at(m->body.v[i]);
 *	mig_py_free(m);
 *
 * Nothing is executed.  What is understood: literals, names, calls, tuples,
 * lists and dictionaries; assignments, imports, functions and "with".  All
 * else becomes MIG_PY_OTHER with its text, for the caller to refuse.
 */
#ifndef TB_MIGRATE_IMPORT_PYTHON_H
#define TB_MIGRATE_IMPORT_PYTHON_H

#include "core/keys.h"
#include "core/tb.h"

struct tb_err;

enum mig_py_kind {
	MIG_PY_NONE,
	MIG_PY_TRUE,
	MIG_PY_FALSE,
	MIG_PY_STRING, /* text: its value */
	MIG_PY_NUMBER, /* text: as written, with its sign */
	MIG_PY_NAME,   /* text: with its attributes, "sa.text" */
	MIG_PY_ATTR,   /* text: an attribute of something that is no name */
	MIG_PY_CALL,   /* of is called, v are the arguments */
	MIG_PY_LIST,
	MIG_PY_TUPLE,
	MIG_PY_DICT, /* v: keys and values in turn */
	MIG_PY_OTHER,
};

struct mig_py {
	enum mig_py_kind kind;
	int line;
	char *text;
	char *path;          /* for the user: what a name stands for */
	const char *keyword; /* an argument given by name; NULL: by place */
	struct mig_py *of;   /* what is called, or has the attribute */
	struct mig_py **v;
	size_t n, cap;
};

enum mig_py_stmt_kind {
	MIG_PY_PASS,
	MIG_PY_EXPR,   /* value */
	MIG_PY_ASSIGN, /* name = value */
	MIG_PY_IMPORT, /* name stands for text, such as "sqlalchemy.func" */
	MIG_PY_DEF,    /* name, body */
	MIG_PY_WITH,   /* value, name (NULL: no "as"), body */
	MIG_PY_RAISE,
	MIG_PY_RETURN,
	MIG_PY_UNKNOWN,
};

struct mig_py_block {
	struct mig_py_stmt **v;
	size_t n, cap;
};

struct mig_py_stmt {
	enum mig_py_stmt_kind kind;
	int line, last_line;
	char *name;
	char *text; /* of UNKNOWN: its first line */
	struct mig_py *value;
	struct mig_py_block body;
};

struct mig_py_module {
	struct mig_py_block body;
	char *text; /* the source */
	/* Everything that was made, for the release. */
	struct mig_py **exprs;
	size_t n_exprs, cap_exprs;
	struct mig_py_stmt **stmts;
	size_t n_stmts, cap_stmts;
};

/*
 * 65 with "path:line: " for what is not even Python: an open string or
 * bracket, an indentation that fits nothing.
 */
struct mig_py_module *mig_py_parse(const char *path, const char *text,
    struct tb_err *) TB_MUSTCHECK;
void mig_py_free(struct mig_py_module *);

/* The source from one line to another, both included; borrowed. */
struct tb_slice mig_py_lines(const struct mig_py_module *, int first, int last);

/* Does this word stand there? */
bool mig_py_mentions(const struct mig_py_module *, int first, int last,
    const char *name);

#endif /* TB_MIGRATE_IMPORT_PYTHON_H */
