/*
 * class.h: the classes of objects that a database is made of.
 *
 * A class is one file in sql/ with the keys "class", "title" and "order": a
 * SELECT with the columns classid, objid, objsubid (the object's address in
 * pg_depend), identity, parent ("CLASS IDENTITY" of the fact that it is a part
 * of, or NULL), definition, and then one column for each attribute.  Nothing
 * in C knows a class by name but for "schema" (facts.h).
 *
 * Files with "--: kind" are no classes: "edges" is what depends on what,
 * "unmodelled" counts what no class shows.
 */
#ifndef TB_CATALOG_CLASS_H
#define TB_CATALOG_CLASS_H

#include "core/tb.h"

#include "core/sql.h"

struct tb_class {
	char *name;
	char *title; /* in words */
	int order;   /* what is shown, and later made, first */
	/*
	 * "--: compare attributes": the definition says nothing that the
	 * attributes do not say too, so only they are compared.
	 */
	bool by_attributes;
	/*
	 * "--: of database": about the database itself and not about what is
	 * in it, so no SQL run in another one can make it (TB_FACTS_DATABASE).
	 */
	bool of_database;
	/* "--: count no": when that is left out there is nothing to say. */
	bool uncounted;
	const char *sql; /* borrowed from the table */
};

struct tb_classes {
	struct tb_class *v;
	size_t n, cap;
};

/* clang-format off */
#define TB_CLASSES_INIT	{ NULL, 0, 0 }
/* clang-format on */

extern const struct tb_sql tb_catalog_sql[];

/*
 * Add the classes that exist on a server of this version (0: on any), sorted
 * by order and name.
 */
void tb_classes_add(struct tb_classes *, const struct tb_sql *, int version);
void tb_classes_release(struct tb_classes *);

/*
 * The statement of the file of this kind; NULL: there is none for this
 * version.  Borrowed.
 */
const char *tb_class_kind(const struct tb_sql *, const char *kind, int version);

#endif /* TB_CATALOG_CLASS_H */
