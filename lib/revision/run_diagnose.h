/*
 * run_diagnose.h: finding out why a statement failed; for the files
 * run_diagnose*.c only.
 *
 * All of it happens after the rollback, in a session of ours, and none of it
 * may make things worse: what cannot be found out is left out.
 */
#ifndef TB_REVISION_RUN_DIAGNOSE_H
#define TB_REVISION_RUN_DIAGNOSE_H

#include <libpq-fe.h>

#include "core/strs.h"
#include "core/tb.h"
#include "pg/token.h"
#include "revision/run_state.h"

struct tb_err;

/* The tokens of a statement without its comments, read one by one. */
struct tb_cursor {
	const char *text;
	struct tb_tokens t;
	size_t i;
};

/* run_diagnose_words.c; false: the text cannot be scanned. */
bool tb_cursor_begin(struct tb_cursor *, const char *text) TB_MUSTCHECK;
void tb_cursor_release(struct tb_cursor *);
bool tb_cursor_end(const struct tb_cursor *);
bool tb_cursor_is(const struct tb_cursor *, const char *word);
bool tb_cursor_accept(struct tb_cursor *, const char *word);
void tb_cursor_next(struct tb_cursor *);

/* Up to a word outside parentheses; false: it does not come. */
bool tb_cursor_until(struct tb_cursor *, const char *word);

/* Where the current token begins in the text, and where the last one ended. */
size_t tb_cursor_at(const struct tb_cursor *);
size_t tb_cursor_behind(const struct tb_cursor *);

/* A name as the server folds it; NULL: the current token is none. */
char *tb_cursor_name(struct tb_cursor *) TB_MUSTCHECK;

/* [SCHEMA.]NAME; *schema is NULL without one.  The caller frees both. */
bool tb_cursor_qualified(struct tb_cursor *, char **schema,
    char **name) TB_MUSTCHECK;

/* "(...)": the text inside; NULL: there is none.  The caller frees it. */
char *tb_cursor_group(struct tb_cursor *) TB_MUSTCHECK;

/* All names in a statement, each once; and where a message has one. */
void tb_cursor_names(const char *text, struct tb_strs *);
const char *tb_message_at(const char *message, const char *name);
bool tb_message_names(const char *message, const char *name);
char *tb_json_of(const struct tb_strs *) TB_MUSTCHECK;

/* run_diagnose_makes.c: what a statement makes, or takes away (gone). */
enum tb_made_kind {
	TB_MADE_RELATION,
	TB_MADE_COLUMN,     /* member */
	TB_MADE_CONSTRAINT, /* member; also triggers and policies */
	TB_MADE_TYPE,
	TB_MADE_SCHEMA,
	TB_MADE_ROUTINE,
};

struct tb_made {
	enum tb_made_kind kind;
	bool gone;
	const char *schema; /* NULL: not said */
	const char *name;
	const char *member; /* NULL: the object itself */
};

typedef void tb_made_fn(void *, const struct tb_made *);

void tb_makes(const char *text, tb_made_fn *, void *arg);

/*
 * Add a line to the detail for each revision, but for one, whose upgrade makes
 * such a thing; schema and name NULL: any.  *applied, *pending: the last one
 * that is applied, that is not; or NULL.  They are borrowed from the graph.
 */
struct tb_makers {
	const struct tb_revision *applied, *pending;
};

void tb_tell_makers(const struct tb_run_state *, const struct tb_revision *but,
    const struct tb_made *, struct tb_makers *, struct tb_err *);

/* run_diagnose_there.c: it is there already. */
void tb_diagnose_there(struct tb_run_state *, const struct tb_run_step *,
    struct tb_err *);

/*
 * run_diagnose_same.c: is the table or column that is there what the statement
 * would make?  1: it is, 0: no, the detail says how they differ, -1: that
 * could not be found out.
 */
int tb_diagnose_same(struct tb_run_state *, const struct tb_stmt *,
    const struct tb_made *, struct tb_err *);

/* run_diagnose_missing.c: it is not there. */
void tb_diagnose_missing(struct tb_run_state *, const struct tb_run_step *,
    struct tb_err *);

/* run_diagnose_rights.c: permission denied. */
void tb_diagnose_rights(struct tb_run_state *, struct tb_err *);

/* run_diagnose_data.c: rows that a new constraint does not let pass. */
void tb_diagnose_data(struct tb_run_state *, const struct tb_run_step *,
    struct tb_err *);

/* run_diagnose_room.c: a full disk; something that is in use. */
void tb_diagnose_disk(struct tb_run_state *, struct tb_err *);
void tb_diagnose_use(struct tb_run_state *, struct tb_err *);

/* Ask, and pass over in silence what is not answered. */
PGresult *tb_diagnose_ask(struct tb_run_state *, const char *sql_file,
    int nparams, const char *const *params) TB_MUSTCHECK;

#endif /* TB_REVISION_RUN_DIAGNOSE_H */
