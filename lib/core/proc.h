/*
 * proc.h: running other programs.
 */
#ifndef TB_CORE_PROC_H
#define TB_CORE_PROC_H

#include <sys/types.h>

#include "core/buf.h"
#include "core/tb.h"

struct tb_err;

struct tb_proc {
	/* What to do; zero fields mean: nothing special. */
	const char *input;    /* text for its standard input; NULL: /dev/null */
	const char *as_user;  /* become this user first (we must be root) */
	const char *dir;      /* working directory */
	const char *out_file; /* append both streams to this file instead */
	bool inherit;         /* leave its three streams alone */

	/* What came of it. */
	int status; /* exit code, or 128 + signal */
	struct tb_buf out, err;
};

/* clang-format off */
#define TB_PROC_INIT	{ .out = TB_BUF_INIT, .err = TB_BUF_INIT }
/* clang-format on */

/*
 * Run argv[0] (a path, or a name that is looked up in PATH) and wait for it.
 * -1 if it could not be started (66: no such program); whatever status it ended
 * with is 0 here.  Signals INT, TERM and HUP that reach us meanwhile are passed
 * on to the child.  No shell is involved.
 */
int tb_proc_run(char *const argv[], struct tb_proc *,
    struct tb_err *) TB_MUSTCHECK;

void tb_proc_release(struct tb_proc *);

/* Full path of a program in PATH; NULL: not there.  The caller frees it. */
char *tb_proc_find(const char *name) TB_MUSTCHECK;

/* Give up root for this user in this process: uid, gid, groups, HOME. */
int tb_proc_become(const char *user, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_CORE_PROC_H */
