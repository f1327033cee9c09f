/*
 * create.h: new revision files.
 *
 *	struct tb_create c = { .message = "add orders", .dirs = &dirs };
 *
 *	tb_strs_add(&c.heads, "head");
 *	if (tb_create_plan(g, &c, &new, err) == -1 ||
 *	    tb_create_write(&new, err) == -1)
 *		return -1;
 */
#ifndef TB_REVISION_CREATE_H
#define TB_REVISION_CREATE_H

#include <time.h>

#include "core/strs.h"
#include "core/tb.h"
#include "revision/graph.h"

struct tb_err;

/* What is wished for; zero fields are defaults. */
struct tb_create {
	const char *id;            /* NULL: 12 random hexadecimal digits */
	const char *message;       /* NULL: none */
	struct tb_strs heads;      /* parents, as target.h; none: "head" */
	bool splice;               /* a parent need not be a head */
	struct tb_strs depends_on; /* ids, prefixes, labels */
	struct tb_strs labels;
	const struct tb_strs *dirs; /* the revision folders: at least one */
	const char *dir;            /* NULL: beside its parent */
	const char *file_template;  /* NULL: "%(rev)s_%(slug)s" */
	int slug_max;               /* 0: 40 */
	const char *time_zone;      /* NULL: UTC; "local"; "Europe/Berlin" */
	time_t now;                 /* 0: the clock's */
	const char *upgrade;        /* SQL for the sections; NULL: empty */
	const char *downgrade;
};

struct tb_new_revision {
	char *id;
	char *path;
	char *text;
	struct tb_revs parents;
};

/* clang-format off */
#define TB_NEW_REVISION_INIT	{ NULL, NULL, NULL, TB_REVS_INIT }
/* clang-format on */

/*
 * Decide on id, place and text; nothing is written.  65 if a parent is
 * unknown or no head (without splice), several heads are there and none is
 * named, the id or a label is taken; 64 for a dir that is not among dirs.
 */
int tb_create_plan(const struct tb_graph *, const struct tb_create *,
    struct tb_new_revision *, struct tb_err *) TB_MUSTCHECK;

/* Write it; 73 if the file is already there: nothing is ever overwritten. */
int tb_create_write(const struct tb_new_revision *,
    struct tb_err *) TB_MUSTCHECK;
void tb_new_revision_release(struct tb_new_revision *);

#define TB_CREATE_ID_LEN 12
void tb_create_id(char out[TB_CREATE_ID_LEN + 1]);

/*
 * The words of a message, lower case, joined by "_", cut at a word where it
 * would be longer than max (then it ends in "_", as Alembic's).  The caller
 * frees it.
 */
char *tb_create_slug(const char *message, int max) TB_MUSTCHECK;

#endif /* TB_REVISION_CREATE_H */
