/*
 * prove.h: does it work for those it was made for?
 *
 * Each role that may log in and has to do with a database logs in to it, with
 * its password where that is known here, and tries what its level promises.
 */
#ifndef SET_PROVE_H
#define SET_PROVE_H

#include "core/tb.h"
#include "session.h"
#include "want.h"

struct tb_err;

enum set_outcome {
	SET_PROVED,
	SET_NOT_TESTED, /* it could not be tried from here */
	SET_FAILED,
};

struct set_proof {
	const struct set_role *role; /* borrowed, as is db */
	const struct set_db *db;
	enum set_outcome outcome;
	bool password;    /* the server asked for it and took it */
	const char *host; /* NULL: that of the session; static text */
	char *words;
};

struct set_proofs {
	struct set_proof *v;
	size_t n, cap;
};

/* clang-format off */
#define SET_PROOFS_INIT { NULL, 0, 0 }
/* clang-format on */

/*
 * changed: try creating a table too, in a transaction that is rolled back;
 * without, nothing is written, not even that.  -1 only if our own session
 * fails; a proof that fails is in the list.
 */
int set_prove(struct set_proofs *, const struct set_want *,
    struct set_session *, bool changed, struct tb_err *) TB_MUSTCHECK;

/* Of one role alone: does its password open the door? */
int set_prove_login(struct set_proofs *, const struct set_role *,
    struct set_session *, struct tb_err *) TB_MUSTCHECK;

/* An error with the first proof that failed; 0 if none did. */
int set_proofs_check(const struct set_proofs *, struct tb_err *) TB_MUSTCHECK;

void set_proofs_release(struct set_proofs *);

#endif /* SET_PROVE_H */
