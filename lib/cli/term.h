/*
 * term.h: what only a terminal gets: colour, progress, questions.
 */
#ifndef TB_CLI_TERM_H
#define TB_CLI_TERM_H

#include <stdio.h>

#include "core/tb.h"

struct tb_err;

enum tb_colour {
	TB_PLAIN,
	TB_BOLD,
	TB_DIM,
	TB_RED,
	TB_GREEN,
	TB_YELLOW,
	TB_BLUE,
	TB_MAGENTA,
	TB_CYAN,
};

/* "auto" (a terminal, and NO_COLOR not set), "always" or "never". */
void tb_term_set_colour(const char *when);
bool tb_term_colour(FILE *);

/* The escape sequence, or "" where the stream gets no colour.  Static. */
const char *tb_sgr(FILE *, enum tb_colour);

/*
 * A line on stderr that is replaced by the next one; nothing without a
 * terminal or with -q.  Any message wipes it.  tb_progress_done() ends it.
 */
void tb_progress(const char *, ...) TB_PRINTF(1, 2);
void tb_progress_done(void);

/* Are stdin and stderr a terminal, so that a question can be asked? */
bool tb_term_can_ask(void);

/* Print the question, read a line without its end.  The caller frees it.
 * NULL at the end of input or without a terminal. */
char *tb_term_ask(const char *question) TB_MUSTCHECK;

#endif /* TB_CLI_TERM_H */
