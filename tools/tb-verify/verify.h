/*
 * verify.h: what the files of tb-verify share.
 *
 * cmd_verify.c reads the command line, side.c what the sides are, load.c makes
 * facts of them (replay.c, revisions.c and files.c in a scratch database),
 * filter.c drops what is not asked for, and the print_*.c say what came of it.
 */
#ifndef TB_VERIFY_H
#define TB_VERIFY_H

#include <libpq-fe.h>

#include "catalog/diff.h"
#include "catalog/facts.h"
#include "cli/cli.h"
#include "core/strs.h"
#include "core/tb.h"
#include "pg/dsn.h"
#include "pg/scratch.h"

struct tb_err;

enum ver_kind {
	VER_LIVE,      /* the database that the connection options name */
	VER_DATABASE,  /* another one, by URI or conninfo string */
	VER_REVISIONS, /* what the revision files make of an empty one */
	VER_MODEL,     /* what the desired SQL makes of an empty one */
	VER_FILES,     /* the same of any SQL file, folder or stdin */
};

struct ver_side {
	enum ver_kind kind;
	const char *word;   /* as it was typed */
	const char *target; /* of revisions@TARGET; NULL: not given */
	char *name;         /* exactly: "revisions@b7e3f2c1a9d8" */
	char *label;        /* in sentences: "revisions" */
	struct tb_facts facts;
};

struct ver_options {
	struct tb_strs revisions;        /* folders; none: tb.conf's */
	const char *model;               /* NULL: tb.conf's */
	struct tb_strs classes, schemas; /* compare only these; none: all */
	bool column_order, dependents, summary, fingerprint, coverage;
};

struct ver_job {
	struct tb_ctx *ctx;
	const struct ver_options *opt;
	struct ver_side side[2];
	size_t n;             /* sides */
	struct tb_dsn server; /* where scratch databases are made */
	/*
	 * The rows of the version table of the first side that is a database:
	 * the revision that "revisions" means.
	 */
	const struct ver_side *owner; /* of the rows; NULL: no such side */
	bool has_rows;                /* it has a version table */
	struct tb_strs rows;
};

extern const struct tb_cmd ver_cmd_verify;

/* side.c */

/* What does the word mean?  64 or 66 for one that means nothing. */
int ver_side_parse(struct ver_side *, const char *word,
    struct tb_err *) TB_MUSTCHECK;
bool ver_side_is_database(const struct ver_side *);

/* Names are known after loading; make the labels differ. */
void ver_side_label(struct ver_job *);
void ver_side_release(struct ver_side *);

/* load.c */

/* Fill job->server and the facts of all sides, filtered. */
int ver_load(struct ver_job *, struct tb_err *) TB_MUSTCHECK;

/* replay.c */

/* The making of a side in a scratch database. */
struct ver_replay {
	struct ver_job *job;
	struct ver_side *side;
	struct tb_scratch scratch;
};

/* Facts of what SQL makes of an empty database, which is dropped after. */
int ver_replay(struct ver_job *, struct ver_side *,
    struct tb_err *) TB_MUSTCHECK;

/* revisions.c, files.c: run the SQL; they may give the side a better name. */
int ver_fill_from_revisions(struct ver_replay *, struct tb_err *) TB_MUSTCHECK;
int ver_fill_from_files(struct ver_replay *, struct tb_err *) TB_MUSTCHECK;

/* filter.c */

/* 64 for a --class that there is not. */
int ver_filter_check(const struct ver_options *, struct tb_err *) TB_MUSTCHECK;
void ver_filter(const struct ver_job *, struct tb_facts *);

/* Warn of a --schema that no side has. */
void ver_filter_warn(const struct ver_job *);

/* signal.c: a signal cancels the query and lets us tidy up. */
void ver_signal_catch(void);
void ver_signal_target(PGconn *); /* NULL: none */
void ver_signal_release(void);
/* -1 with *err set if a signal arrived, whatever *err was before. */
int ver_signal_check(struct tb_err *) TB_MUSTCHECK;

/* print_text.c, print_json.c: they print nothing with -q. */
void ver_print_text(const struct ver_job *, const struct tb_diff *);
void ver_print_json(const struct ver_job *, const struct tb_diff *);
void ver_print_sides_json(const struct ver_job *);
void ver_print_coverage(const struct tb_ctx *);

/* report.c: what both formats say. */

struct ver_total {
	const char *class;
	size_t left, right, changed; /* facts; left: only there */
};

/* Facts by class, parts counted; sorted by class.  The caller frees it. */
struct ver_total *ver_totals(const struct tb_diff *, size_t *n) TB_MUSTCHECK;

struct ver_missing {
	const char *class;
	long long left, right;
};

/* Classes that are not modelled; sorted.  The caller frees it. */
struct ver_missing *ver_not_compared(const struct ver_job *,
    size_t *n) TB_MUSTCHECK;

/* "CLASS IDENTITY" of what depends on the left fact, sorted, once each. */
void ver_dependents(const struct ver_job *, const struct tb_difference *,
    struct tb_strs *);

/* lines.c: print where two texts differ, line by line. */
void ver_print_lines(const char *left, const char *right, const char *indent);

#endif /* TB_VERIFY_H */
