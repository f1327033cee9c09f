/*
 * rename.h: "--: renamed-from OLD" in SQL.
 *
 * The line stands above a statement, or above a column or constraint inside
 * one, that makes what OLD was the name of:
 *
 *	--: renamed-from users
 *	CREATE TABLE public.accounts (
 *	    id bigint PRIMARY KEY,
 *	    --: renamed-from mail
 *	    email text
 *	);
 *
 * rename_line.c finds the lines, rename_stmt.c what stands below each, and
 * rename_match.c what both names mean on two sides.  Nothing asks a server:
 * the texts are looked at with PostgreSQL's scanner, and names are looked up
 * among the facts.
 */
#ifndef TB_VERIFY_RENAME_H
#define TB_VERIFY_RENAME_H

#include "catalog/facts.h"
#include "core/strs.h"
#include "core/tb.h"
#include "pg/phrase.h"

struct tb_err;

/* Names are without quotes, folded as the server would. */
struct ver_rename_line {
	char *file;
	int line;
	const char *class;    /* static */
	size_t full;          /* how many names an identity of the class has */
	struct tb_strs names; /* of the new one; the schema may be missing */
	struct tb_strs old;   /* the old one's: one name, or with its schema */
	char
	    *old_rest; /* "(integer)", " USING btree"; NULL: as the new one's */
	struct tb_strs path; /* search_path, as far as the text has set it */
	bool done;
};

struct ver_rename_lines {
	struct ver_rename_line *v;
	size_t n, cap;
};

/* clang-format off */
#define VER_RENAME_LINES_INIT	{ NULL, 0, 0 }
/* clang-format on */

/*
 * Add the lines of a text.  65 with file and line for one that is malformed
 * or stands above nothing that can be renamed, or if the scanner stumbles.
 */
int ver_rename_lines_add(struct ver_rename_lines *, const char *text,
    const char *file, struct tb_err *) TB_MUSTCHECK;
void ver_rename_lines_release(struct ver_rename_lines *);

/*
 * Split "public.\"T\".a rest" into names; returns where the rest begins.
 */
const char *ver_rename_names(const char *text, struct tb_strs *);

/*
 * What stands at word "at" of the statement that begins at "first": fill
 * class, full and names.  False: nothing that has a name and can get another;
 * if there is a class all the same, and full is 0, PostgreSQL renames none.
 */
bool ver_rename_target(const struct tb_phrase *, size_t first, size_t at,
    struct ver_rename_line *) TB_MUSTCHECK;

enum ver_rename_state {
	VER_RENAME_READY, /* only the left has the old one, and not the new */
	VER_RENAME_DONE,  /* there is nothing to rename (any more) */
	VER_RENAME_TAKEN, /* the left has both: maybe the new one goes */
};

struct ver_rename_match {
	enum ver_rename_state state;
	const struct tb_fact *from, *to; /* left, right; NULL with DONE */
};

/* 65 if the names could mean several things. */
int ver_rename_match(const struct ver_rename_line *,
    const struct tb_facts *left, const struct tb_facts *right,
    struct ver_rename_match *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_VERIFY_RENAME_H */
