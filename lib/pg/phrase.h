/*
 * phrase.h: the words of one statement, to be looked at one after the other.
 *
 *	struct tb_phrase w;
 *
 *	if (!tb_phrase_scan(&w, "DROP INDEX CONCURRENTLY public.\"I\""))
 *		return;
 *	if (tb_phrase_are(&w, 0, "drop index concurrently"))
 *		name = tb_phrase_name(&w, 3, &next);
 *	tb_phrase_release(&w);
 *
 * Words are PostgreSQL's tokens without the comments.  They are compared as
 * they are written, in any case: a quoted name is no key word.
 */
#ifndef TB_PG_PHRASE_H
#define TB_PG_PHRASE_H

#include "core/tb.h"
#include "pg/token.h"

struct tb_phrase {
	const char *text; /* borrowed */
	struct tb_tokens tokens;
	size_t *at; /* which token each word is */
	size_t n;
};

/* False if the scanner stumbles: then nothing needs to be released. */
bool tb_phrase_scan(struct tb_phrase *, const char *text) TB_MUSTCHECK;
void tb_phrase_release(struct tb_phrase *);

/* Do these words, with a blank between, stand from the i-th on? */
bool tb_phrase_are(const struct tb_phrase *, size_t i, const char *words);

/* The position of the first such word from the i-th on; n: there is none. */
size_t tb_phrase_find(const struct tb_phrase *, size_t i, const char *word);

/* The i-th word is a string literal. */
bool tb_phrase_is_string(const struct tb_phrase *, size_t i);

/* Where the i-th word begins and ends in the text, in bytes. */
size_t tb_phrase_start(const struct tb_phrase *, size_t i);
size_t tb_phrase_end(const struct tb_phrase *, size_t i);

/*
 * The name that stands at i, qualified or not, as it is written but without
 * blanks; *next is the word after it.  NULL: no name stands there.  The caller
 * frees it.
 */
char *tb_phrase_name(const struct tb_phrase *, size_t i,
    size_t *next) TB_MUSTCHECK;

/*
 * Behind i, as in "(concurrently off)" or "(create_slot = false)": is the
 * option there, and what does it say?  1 yes, 0 no, -1 it is not there.
 */
int tb_phrase_option(const struct tb_phrase *, size_t i, const char *name);

#endif /* TB_PG_PHRASE_H */
