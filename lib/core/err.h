/*
 * err.h: failures as values.
 *
 *	int
 *	read_it(const char *path, struct tb_err *err)
 *	{
 *		if (open(path, O_RDONLY) == -1)
 *			return tb_err_set(err, TB_EXIT_NOINPUT,
 *			    "could not open \"%s\": %s", path,
 *			    strerror(errno));
 *
 * A function of the library that can fail takes a struct tb_err * last and
 * returns -1 or NULL; *err is written only then.  Setting an error replaces
 * an earlier one.  The command line prints the record once and exits with its
 * code: nothing else in the toolkit prints an error or ends the program.
 */
#ifndef TB_CORE_ERR_H
#define TB_CORE_ERR_H

#include "core/tb.h"

/* 0 is yes, 1 to 3 are answers, 64 and up: could not do the job. */
enum tb_exit {
	TB_EXIT_OK = 0,
	TB_EXIT_FOUND = 1, /* differs, pending, warning */
	TB_EXIT_CRITICAL = 2,
	TB_EXIT_UNKNOWN = 3,
	TB_EXIT_USAGE = 64,
	TB_EXIT_DATA = 65,    /* bad input: a revision, SQL that was refused */
	TB_EXIT_NOINPUT = 66, /* a file that is not there */
	TB_EXIT_UNAVAILABLE = 69, /* server or container out of reach */
	TB_EXIT_BUG = 70,
	TB_EXIT_CANTCREAT = 73,
	TB_EXIT_BUSY = 75, /* locked, timed out: try again */
	TB_EXIT_NOPERM = 77,
	TB_EXIT_CONFIG = 78,
	TB_EXIT_SIGNAL = 128, /* plus the signal's number */
};

struct tb_err {
	int code; /* an enum tb_exit, or 128 + signal */
	char sqlstate[6];
	char *message; /* owned, as are detail and hint; NULL: none */
	char *detail;
	char *hint;
};

/* clang-format off */
#define TB_ERR_INIT	{ 0, "", NULL, NULL, NULL }
/* clang-format on */

/* All return -1, so that a caller can fail in one line. */
int tb_err_set(struct tb_err *, int code, const char *, ...) TB_PRINTF(3, 4);

/* Add to an error that is set; a second detail is put on a line of its own. */
int tb_err_detail(struct tb_err *, const char *, ...) TB_PRINTF(2, 3);
int tb_err_hint(struct tb_err *, const char *, ...) TB_PRINTF(2, 3);

/* Put words before the message: "could not read X: <message>". */
int tb_err_prefix(struct tb_err *, const char *, ...) TB_PRINTF(2, 3);

bool tb_err_is_set(const struct tb_err *);
void tb_err_release(struct tb_err *);

/* Hand the record over: *to becomes what *from was, *from is empty after. */
void tb_err_move(struct tb_err *to, struct tb_err *from);

/* For what cannot happen: say so, exit with TB_EXIT_BUG. */
TB_NORETURN void tb_bug(const char *, ...) TB_PRINTF(1, 2);

/*
 * Flush stdout and return the code; 73 instead if stdout could not be written,
 * so that a full disk does not look like success.
 */
int tb_finish(int code);

#endif /* TB_CORE_ERR_H */
