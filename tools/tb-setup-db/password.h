/*
 * password.h: which passwords the plan is to set.
 *
 * One that is set already is left alone, so that a second run changes nothing.
 * Whoever reads pg_authid compares with the stored verifier; anybody else logs
 * in with it.  Where the server does not ask for a password (peer, trust) that
 * proves nothing, and the password of a role that exists stays as it is.
 */
#ifndef SET_PASSWORD_H
#define SET_PASSWORD_H

#include <libpq-fe.h>

#include "core/tb.h"
#include "session.h"
#include "want.h"

struct tb_err;
struct tb_strs;

/* Fill in set_secret and secret_why of every role that has a secret. */
int set_password_compare(struct set_want *, struct set_session *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Rows of the roles that exist: name, verifier (NULL: none, or not ours to
 * read).  The caller clears it.
 */
PGresult *set_password_stored(struct set_session *, const struct tb_strs *names,
    struct tb_err *) TB_MUSTCHECK;

#endif /* SET_PASSWORD_H */
