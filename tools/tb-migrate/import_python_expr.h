/*
 * import_python_expr.h: reading Python expressions; for import_python*.c only.
 */
#ifndef TB_MIGRATE_IMPORT_PYTHON_EXPR_H
#define TB_MIGRATE_IMPORT_PYTHON_EXPR_H

#include "core/tb.h"
#include "import_python.h"
#include "import_python_lex.h"

struct mig_py_parser {
	const char *text; /* of the module */
	struct mig_py_module *m;
	struct mig_py_tokens tokens;
	size_t pos;
	int depth;
};

/* Statements and expressions inside each other, at most. */
#define MIG_PY_DEPTH 100

const struct mig_py_token *mig_py_peek(const struct mig_py_parser *);

/* Is the token this word or operator?  "take" passes over it then. */
bool mig_py_is(const struct mig_py_parser *, const char *);
bool mig_py_take(struct mig_py_parser *, const char *);

/* NULL: this is nothing that we know; the position is then anywhere. */
struct mig_py *mig_py_expr(struct mig_py_parser *);
struct mig_py *mig_py_new(struct mig_py_parser *, enum mig_py_kind, char *text);
void mig_py_add(struct mig_py *, struct mig_py *member);

/* May an expression end here?  Go on to where it may. */
bool mig_py_ends(const struct mig_py_parser *);
void mig_py_skip(struct mig_py_parser *);

/* The token's text; the source from a token to before the current one, on one
 * line.  The caller frees them. */
char *mig_py_word(const struct mig_py_parser *,
    const struct mig_py_token *) TB_MUSTCHECK;
char *mig_py_since(const struct mig_py_parser *, size_t first) TB_MUSTCHECK;

#endif /* TB_MIGRATE_IMPORT_PYTHON_EXPR_H */
