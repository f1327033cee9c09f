/*
 * secret.h: where passwords come from, and how they go to the server.
 *
 * A password is never an argument, is in no message and not in the server's
 * log: what is sent is a SCRAM verifier.
 */
#ifndef SET_SECRET_H
#define SET_SECRET_H

#include <libpq-fe.h>

#include "core/tb.h"
#include "want.h"

struct tb_err;

/*
 * Fill role->secret and role->secret_state from role->source.  With generate
 * and no file named, the file is $XDG_STATE_HOME/tb/ROLE.password.  A file must
 * be ours (or root's) and nobody else's to read, unless it is a secret that the
 * container engine mounted.  65, 66 or 77 on failure.
 */
int set_secret_load(struct set_role *, struct tb_err *) TB_MUSTCHECK;

/* Ask twice on the terminal.  64 without one, 65 if it is too short. */
int set_secret_ask(struct set_role *, struct tb_err *) TB_MUSTCHECK;

/* Make a password; set_secret_save() keeps it. */
void set_secret_make(struct set_role *);

/* Write it to a file of mode 0600, and its folder of mode 0700 with it. */
int set_secret_save(const struct set_role *, const char *file,
    struct tb_err *) TB_MUSTCHECK;

/*
 * The file that holds the declared password, by name or by default; NULL: none
 * is declared.  The caller frees it.
 */
char *set_secret_file(const struct set_role *) TB_MUSTCHECK;

/* What is sent to the server.  The caller frees it. */
char *set_secret_verifier(PGconn *, const struct set_role *,
    struct tb_err *) TB_MUSTCHECK;

/* "in file "x"", "in variable X"; NULL: nothing to tell.  Caller frees. */
char *set_secret_place(const struct set_role *) TB_MUSTCHECK;

/* No core dump may hold one. */
void set_secret_no_core(void);

#endif /* SET_SECRET_H */
