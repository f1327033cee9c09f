/*
 * snapshot.h: facts as a text that people, diff(1) and git read.
 *
 *	tb-verify snapshot 1
 *	server 150018
 *	class column type not_null
 *	class table kind
 *
 *	column public.t.id
 *		parent: table public.t
 *		definition: integer NOT NULL
 *		type: integer
 *		not_null: true
 *		needs: a table public.t
 *
 *	end
 *
 * First the classes with the names of their attributes, then what is there and
 * not compared ("not-compared COUNT NAME"), then a paragraph for each fact,
 * sorted, so that equal databases have equal texts and a change is a change of
 * a few lines.  An attribute that is NULL is left out.  "needs" are the edges,
 * each with pg_depend's letter.
 *
 * A value that does not fit behind its name stands below it, line by line
 * behind "|"; a line that an editor or a mail program could spoil (control
 * characters, blanks at the end) stands behind "\" instead, with \xHH for what
 * is not plain.  The line "end" shows that nothing is missing.
 *
 * What is read has no addresses in pg_depend (classid and its like are 0), and
 * its list of classes holds only those that the text has.
 */
#ifndef TB_CATALOG_SNAPSHOT_H
#define TB_CATALOG_SNAPSHOT_H

#include <stdio.h>

#include "core/hash.h"
#include "core/tb.h"

struct tb_buf;
struct tb_err;
struct tb_facts;

/* Append the text. */
void tb_snapshot_text(const struct tb_facts *, struct tb_buf *);

/* The same to a stream; -1 with errno set if it could not be written. */
int tb_snapshot_write(const struct tb_facts *, FILE *) TB_MUSTCHECK;

/* Replace a file, whole or not at all.  73 on failure. */
int tb_snapshot_save(const struct tb_facts *, const char *path,
    struct tb_err *) TB_MUSTCHECK;

/* Does a text, a file begin as a snapshot does? */
bool tb_snapshot_is(const char *text);
bool tb_snapshot_is_file(const char *path);

/*
 * Make facts of a text; name is for messages.  65 with file and line if it is
 * damaged or of a later format.  Facts of a class that this program does not
 * know are counted as not modelled.  The text may be freed.
 */
int tb_snapshot_parse(struct tb_facts *, const char *name, char *text,
    struct tb_err *) TB_MUSTCHECK;
int tb_snapshot_read(struct tb_facts *, const char *path,
    struct tb_err *) TB_MUSTCHECK;

/*
 * The hash of all that decides how facts are read from a server of this
 * version: kept facts are good only for a program with the same one.
 */
void tb_snapshot_formula(int version, char out[TB_HASH_LEN + 1]);

#endif /* TB_CATALOG_SNAPSHOT_H */
