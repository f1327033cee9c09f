/*
 * import_python_lex.h: Python text as tokens; for import_python.c only.
 */
#ifndef TB_MIGRATE_IMPORT_PYTHON_LEX_H
#define TB_MIGRATE_IMPORT_PYTHON_LEX_H

#include "core/tb.h"

struct tb_err;

enum mig_py_token_kind {
	MIG_PY_T_NAME,
	MIG_PY_T_NUMBER,
	MIG_PY_T_STRING,
	MIG_PY_T_STRANGE, /* a string of bytes, or one that is computed */
	MIG_PY_T_OP,
	MIG_PY_T_NEWLINE, /* the end of a logical line */
	MIG_PY_T_END,
};

struct mig_py_token {
	enum mig_py_token_kind kind;
	size_t start, len;
	int line, last_line;
	int indent; /* of the first token of a logical line; else -1 */
};

struct mig_py_tokens {
	struct mig_py_token *v; /* the last one is MIG_PY_T_END */
	size_t n, cap;
};

int mig_py_scan(const char *path, const char *text, struct mig_py_tokens *,
    struct tb_err *) TB_MUSTCHECK;
void mig_py_tokens_release(struct mig_py_tokens *);

/*
 * The value of a string token.  NULL: it has something that only Python knows,
 * such as \N{BULLET}.  The caller frees it.
 */
char *mig_py_unquote(const char *text,
    const struct mig_py_token *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_IMPORT_PYTHON_LEX_H */
