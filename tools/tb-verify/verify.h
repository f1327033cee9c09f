/*
 * verify.h: what the files of tb-verify share.
 *
 * cmd_verify.c reads the command line, side.c what the sides are, load.c makes
 * facts of them (replay.c, revisions.c and files.c in a scratch database,
 * unless cache.c has kept them), owners.c says who is the owner of everything,
 * filter.c and ignore.c drop what is not asked for, findings.c holds revision
 * files against what the database remembers, and the print_*.c say what came
 * of it.  cmd_quick.c and watch.c are the short way.
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

struct tb_buf;
struct tb_err;
struct ver_private;
struct ver_rules;

enum ver_kind {
	VER_LIVE,      /* the database that the connection options name */
	VER_DATABASE,  /* another one, by URI or conninfo string */
	VER_REVISIONS, /* what the revision files make of an empty one */
	VER_MODEL,     /* what the desired SQL makes of an empty one */
	VER_FILES,     /* the same of any SQL file, folder or stdin */
	VER_SNAPSHOT,  /* facts that were written down */
};

struct ver_side {
	enum ver_kind kind;
	const char *word;   /* as it was typed */
	const char *target; /* of revisions@TARGET; NULL: not given */
	char *name;         /* exactly: "revisions@b7e3f2c1a9d8" */
	char *label;        /* in sentences: "revisions" */
	char *text;         /* what was on standard input; NULL */
	struct tb_facts facts;
	/*
	 * With --class: the object of each fact, since it may be of a class
	 * that is left out; else NULL.
	 */
	struct tb_fact *objects;
	size_t ignored; /* facts that rules left out */
};

struct ver_options {
	struct tb_strs revisions;        /* folders; none: tb.conf's */
	const char *model;               /* NULL: tb.conf's */
	struct tb_strs classes, schemas; /* compare only these; none: all */
	bool column_order, dependents, summary, fingerprint, coverage;
	struct tb_strs ignore;    /* files with rules; none: tb.conf's */
	struct tb_strs map_roles; /* "LEFT=RIGHT" */
	const char *scratch;      /* where: auto, server or private */
	bool snapshot, quick, watch, no_cache;
	bool sql, prove, bare, plain;
	struct tb_strs allow, renames; /* of --sql */
};

/* A revision that the file, the graph or the database contradicts. */
struct ver_finding {
	char *revision;
	const char *problem; /* "edited", "no file", "not applied" */
	char *text;          /* for people, without the revision */
	bool counts;         /* as a difference */
};

struct ver_findings {
	struct ver_finding *v;
	size_t n, cap;
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
	PGresult *recorded; /* its tb.revision; NULL: it has none */
	char *owner_role;   /* the owner of everything there; NULL: not known */
	struct ver_rules *rules;
	struct tb_strs map_roles; /* "LEFT=RIGHT", given and of rules */
	struct ver_findings findings;
	struct ver_private *private; /* a cluster of our own; NULL: none */
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

struct ver_replay;

/* Where the SQL of a side comes from: revisions.c, files.c. */
struct ver_source {
	/*
	 * Read it, give the side its name, and append all of it to *sql,
	 * which tells it from any other.
	 */
	int (
	    *prepare)(struct ver_replay *, struct tb_buf *sql, struct tb_err *);
	int (*run)(struct ver_replay *, struct tb_err *);
	void (*release)(struct ver_replay *);
};

extern const struct ver_source ver_source_revisions, ver_source_files;

/* The making of a side in a scratch database. */
struct ver_replay {
	struct ver_job *job;
	struct ver_side *side;
	const struct ver_source *from;
	void *source; /* what prepare() has found */
	struct tb_scratch scratch;
	PGconn *real;           /* in the database that it is to be like */
	PGconn *own_real;       /* that, if it is not scratch.admin */
	struct tb_strs enabled; /* subscriptions that should be */
	struct tb_strs missing; /* extensions that only the real one has */
	struct tb_strs wanted;  /* those that are made beforehand */
};

/*
 * Facts of what SQL makes of an empty database, which is dropped after; or
 * those that were kept from the last time.
 */
int ver_replay(struct ver_job *, struct ver_side *,
    struct tb_err *) TB_MUSTCHECK;

/* The facts of a side that is compared are read with these. */
unsigned int ver_want(const struct ver_job *, const struct ver_side *);

/* cache.c: facts of what was replayed before. */

struct ver_cache {
	char *path; /* NULL: nothing is kept */
};

/*
 * What SQL is to be run, in order: names and texts.  Everything that they
 * could come out differently for is put into the key here.
 */
int ver_cache_open(struct ver_cache *, struct ver_replay *,
    const struct tb_buf *sql, struct tb_err *) TB_MUSTCHECK;
/* Has it been kept?  Then the side has its facts. */
bool ver_cache_load(const struct ver_cache *, struct ver_side *);
void ver_cache_save(const struct ver_cache *, const struct ver_side *);
void ver_cache_release(struct ver_cache *);

/* owners.c */

/* Who is the owner of everything in a database, for --class owner. */
int ver_owners_find(struct ver_job *, struct ver_side *, PGconn *,
    struct tb_err *) TB_MUSTCHECK;
/* The same for a scratch database. */
int ver_owners_scratch(struct ver_job *, struct ver_side *, PGconn *,
    struct tb_err *) TB_MUSTCHECK;
/* Give the roles of the left side the names that they have on the right. */
int ver_map_roles(struct ver_job *, struct tb_err *) TB_MUSTCHECK;

/* filter.c */

/* 64 for a --class that there is not. */
int ver_filter_check(const struct ver_options *, struct tb_err *) TB_MUSTCHECK;
/* Bookkeeping, and schemas that are not asked for. */
void ver_filter(const struct ver_job *, struct ver_side *);
void ver_filter_classes(const struct ver_job *, struct ver_side *);

/*
 * Facts of classes that only one side was asked for (a snapshot of another
 * version, of no database) are no differences: they go, and are counted among
 * what is not compared.
 */
void ver_filter_common(struct ver_job *);

/* The object that a fact is shown under, whatever was filtered out. */
const struct tb_fact *ver_object(const struct ver_side *,
    const struct tb_fact *);

/* Warn of a --schema that no side has. */
void ver_filter_warn(const struct ver_job *);

/* ignore.c, preset.c */

/* Read the files.  66 or 78 with file and line. */
int ver_ignore_read(struct ver_job *, struct tb_err *) TB_MUSTCHECK;
void ver_ignore_facts(const struct ver_job *, struct ver_side *);
/* Take the attributes out that rules name. */
void ver_ignore_diff(const struct ver_job *, struct tb_diff *);
/* Warn of rules that had nothing to do. */
void ver_ignore_warn(const struct ver_job *);
void ver_ignore_release(struct ver_job *);

/* The rules of a preset, NULL: there is none.  Static text. */
const char *ver_preset(const char *name);
char *ver_preset_names(void) TB_MUSTCHECK;

/* findings.c */

/* Hold the revision files against what the database remembers of them. */
struct tb_graph;
int ver_findings(struct ver_job *, const struct tb_graph *,
    struct tb_err *) TB_MUSTCHECK;
size_t ver_findings_count(const struct ver_job *);
void ver_findings_release(struct ver_job *);

/* cmd_quick.c, watch.c */
int ver_quick(struct tb_ctx *, struct tb_err *) TB_MUSTCHECK;
void ver_print_watch(void);

/* private.c: a server of our own for scratch databases. */

/* The caller of the first needs one: start it; later ones get the same. */
int ver_private_start(struct ver_job *, PGconn *like,
    struct tb_err *) TB_MUSTCHECK;
const struct tb_dsn *ver_private_dsn(const struct ver_job *);
void ver_private_stop(struct ver_job *);

/* subscription.c */

/*
 * A statement that would make the server connect to another one is made into
 * one that does not; *enabled gets the subscriptions that it would enable.
 */
struct tb_stmt;
void ver_subscription_tame(struct tb_stmt *, struct tb_strs *enabled);
/* Say of these that they are. */
void ver_subscription_enable(struct tb_facts *, const struct tb_strs *enabled);

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
void ver_print_snapshot_json(const struct ver_side *);
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
