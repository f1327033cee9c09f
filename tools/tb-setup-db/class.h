/*
 * class.h: the classes of objects that are granted on.
 *
 * A class is one file sql/class_*.sql: a query for the objects, and keys that
 * say how GRANT calls them and what each level word stands for.
 *
 *	--: words table tables		for messages: one, many
 *	--: order 30			where it stands in a plan
 *	--: scope object		database, schema, or object (in one)
 *	--: grant TABLE			GRANT ... ON TABLE
 *	--: acl r			the letter that acldefault() takes
 *	--: default TABLES r		ALTER DEFAULT PRIVILEGES ... ON TABLES,
 *					and the letter in pg_default_acl
 *	--: owner ALL			privileges of each level
 *	--: read SELECT
 *	--: closed CREATE		what PUBLIC must not hold
 *
 * The columns of the query: classid, objid, object (quoted, as GRANT takes
 * it), schema (NULL for the database), owner (oid), acl.
 */
#ifndef SET_CLASS_H
#define SET_CLASS_H

#include <libpq-fe.h>

#include "core/strs.h"
#include "core/tb.h"
#include "want.h"

struct tb_buf;
struct tb_err;

enum set_scope { SET_SCOPE_DATABASE, SET_SCOPE_SCHEMA, SET_SCOPE_OBJECT };

struct set_class {
	const char *query; /* borrowed from tool_sql[] */
	char *one, *many, *grant, *acl;
	char *on_default, *default_kind; /* NULL: it has none */
	enum set_scope scope;
	long order;
	/* Every privilege that the server knows; sets are bits over these. */
	struct tb_strs privileges;
	unsigned levels[SET_LEVELS];
	unsigned closed;
};

struct set_classes {
	struct set_class *v;
	size_t n, cap;
};

/* clang-format off */
#define SET_CLASSES_INIT { NULL, 0, 0 }
/* clang-format on */

/* All of them, in order. */
int set_classes_load(struct set_classes *, PGconn *,
    struct tb_err *) TB_MUSTCHECK;
void set_classes_release(struct set_classes *);

/* "SELECT INSERT" or NULL; words the server does not know are left out. */
unsigned set_class_bits(const struct set_class *, const char *words);

/* "SELECT, INSERT" */
void set_class_words(const struct set_class *, unsigned, struct tb_buf *);

#endif /* SET_CLASS_H */
