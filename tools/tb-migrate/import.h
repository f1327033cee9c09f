/*
 * import.h: revisions of other tools become ours.
 *
 * A format is one file, import_FORMAT.c, with one const struct and a row in
 * import.c.  It reads a folder into a list of struct mig_imp_rev; checking
 * the graph, writing, reporting and stamping know no format.
 *
 * What cannot be turned into SQL is marked where it would stand:
 *
 *	--: untranslated versions/1975ea83b712_accounts.py:31 op.bulk_insert
 *
 * A section with such a line is not run.
 */
#ifndef TB_MIGRATE_IMPORT_H
#define TB_MIGRATE_IMPORT_H

#include <libpq-fe.h>

#include "core/buf.h"
#include "core/strs.h"
#include "core/tb.h"

struct tb_ctx;
struct tb_err;

struct mig_imp_mark {
	char *file; /* as seen from the imported folder */
	int line;
	char *what;
};

struct mig_imp_section {
	char *text; /* NULL: there is none */
	size_t statements;
	size_t marks;
};

/* Where an id or a list stands in the source, from 1; 0: nowhere. */
enum mig_imp_line {
	MIG_IMP_LINE_ID,
	MIG_IMP_LINE_PARENTS,
	MIG_IMP_LINE_LABELS,
	MIG_IMP_LINE_DEPENDS_ON,
	MIG_IMP_LINES,
};

struct mig_imp_rev {
	char *id;
	char *version; /* as the other tool's table names it */
	char *message;
	char *date; /* NULL: not known */
	struct tb_strs parents, depends_on, labels;
	char *source; /* the file, as it was opened */
	int line[MIG_IMP_LINES];
	struct mig_imp_section upgrade, downgrade, verify;
	bool no_transaction;
	struct mig_imp_mark *marks;
	size_t n_marks, cap_marks;
	bool kept;  /* the revision folders have it already */
	char *path; /* of the revision file, here */
	struct mig_py_module *python;
};

struct mig_imp_format;

struct mig_imp {
	const struct mig_imp_format *format;
	const char *dir;
	const struct tb_strs *defines; /* NAME=VALUE */
	bool recursive, run_alembic;
	struct mig_imp_rev **v; /* in the order of the other tool */
	size_t n, cap;
	char *ini;     /* alembic.ini; NULL: there is none */
	char *project; /* of a sqitch plan */
};

/*
 * Where the other tool keeps what is applied.
 */
struct mig_imp_table {
	PGconn *db;
	const char *schema, *table;
	struct tb_strs applied; /* versions; out */
};

struct mig_imp_format {
	const char *name;
	const char *title; /* as its people write it */
	const char *help;  /* what DIR is */
	const char *table; /* "table" or "schema.table"; NULL: none */

	/* Fill in v; the SQL may be left to translate(). */
	int (*read)(struct mig_imp *, struct tb_err *);

	/* The SQL, once v is in the order of an upgrade; NULL: it was read. */
	int (*translate)(struct mig_imp *, struct tb_err *);

	/* Add what is applied; NULL: the table is the same as ours. */
	int (*applied)(const struct mig_imp *, struct mig_imp_table *,
	    struct tb_err *);
};

/* The formats, ended by NULL. */
extern const struct mig_imp_format *const mig_imp_formats[];

extern const struct mig_imp_format mig_imp_alembic, mig_imp_dbmate,
    mig_imp_flyway, mig_imp_golang_migrate, mig_imp_goose, mig_imp_sql,
    mig_imp_sqitch;

void mig_imp_release(struct mig_imp *);

/*
 * Add a revision; its id is made of the version: what an id must not hold
 * becomes "_", and a second one of the same name gets a number.
 */
struct mig_imp_rev *mig_imp_add(struct mig_imp *, const char *version,
    const char *message, const char *source);

/* NULL: there is none. */
struct mig_imp_rev *mig_imp_find(const struct mig_imp *, const char *id);

/*
 * Each one follows the one before it.  65 if two neighbours have the same
 * version.
 */
int mig_imp_chain(struct mig_imp *, struct tb_err *) TB_MUSTCHECK;

/* What --define says of a name; NULL: nothing. */
const char *mig_imp_define(const struct mig_imp *, const char *name);

/* The words of a file name, "_" and "-" made blanks.  The caller frees it. */
char *mig_imp_words(const char *name, size_t len) TB_MUSTCHECK;

/*
 * The files below DIR whose names end so, in byte order of their names; into
 * sub-folders too with --recursive.
 */
int mig_imp_files(const struct mig_imp *, const char *suffix, struct tb_strs *,
    struct tb_err *) TB_MUSTCHECK;

/* Say that a file is no revision. */
void mig_imp_pass_over(const char *path, const char *why);

/* A number without leading zeros: borrowed from it. */
const char *mig_imp_number(const char *digits);

/* Which of two versions comes first: numbers with dots between, as strcmp. */
int mig_imp_compare(const char *, const char *);

/* Sort v by version, then by file name. */
void mig_imp_sort(struct mig_imp *);

/* The path without the imported folder; borrowed. */
const char *mig_imp_relative(const struct mig_imp *, const char *path);

/*
 * Put a mark into a section that is being made: line 0 is the whole file.
 */
void mig_imp_mark(const struct mig_imp *, struct mig_imp_rev *,
    struct tb_buf *section, const char *path, int line, const char *, ...)
    TB_PRINTF(6, 7);

/* A piece of a file that is SQL. */
struct mig_imp_sql {
	const char *path;
	int line; /* of its first line, from 1 */
	const char *text;
	bool rollback; /* it may end in ROLLBACK, as a check does */
};

/*
 * Make a section of it: BEGIN and COMMIT around it are taken off, the
 * statements counted; what cannot be run here is marked.
 */
void mig_imp_section(const struct mig_imp *, struct mig_imp_rev *,
    struct mig_imp_section *, const struct mig_imp_sql *);

/* The same of a whole file. */
int mig_imp_section_file(const struct mig_imp *, struct mig_imp_rev *,
    struct mig_imp_section *, const char *path, struct tb_err *) TB_MUSTCHECK;

/*
 * A way back without any statement is none, unless there is nothing to undo.
 */
void mig_imp_settle(struct mig_imp_rev *);

/* import_graph.c: all that is known of them as one graph. */

/*
 * Put the new ones beside those that the folders have, see whether that is a
 * graph (65 if not), and bring v into the order of an upgrade.  A folder that
 * is not there is an empty one.  Those that are there already are marked as
 * kept.
 */
int mig_imp_order(struct mig_imp *, const struct tb_strs *dirs, bool recursive,
    struct tb_err *) TB_MUSTCHECK;

/* import_write.c */

/* Give each new one its file name in this folder; 73 if one is taken. */
int mig_imp_name(struct mig_imp *, const struct tb_ctx *, const char *dir,
    struct tb_err *) TB_MUSTCHECK;
int mig_imp_write(const struct mig_imp *, struct tb_err *) TB_MUSTCHECK;

/* import_report.c */
void mig_imp_print(const struct tb_ctx *, const struct mig_imp *,
    const char *dir, bool written, const char *stamp);

/* import_applied.c */

/*
 * Ask the other tool's table (NULL: where it is by default) how far this
 * database is.  *id: the last one that is applied, NULL: none; borrowed.  65
 * if those that are applied are not the first ones.
 */
int mig_imp_applied(const struct mig_imp *, PGconn *, const char *table,
    const char **id, struct tb_err *) TB_MUSTCHECK;

/* For the formats: a query whose %I.%I is the table.  NULL on failure. */
PGresult *mig_imp_ask(const struct mig_imp_table *, const char *format,
    int nparams, const char *const *params, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_IMPORT_H */
