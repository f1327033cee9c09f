/*
 * drop.h: taking it all away again.
 */
#ifndef SET_DROP_H
#define SET_DROP_H

#include "core/tb.h"
#include "plan.h"
#include "session.h"
#include "want.h"

struct tb_err;

/*
 * DROP DATABASE for those declared that are there, DROP ROLE for those that
 * neither own nor hold anything elsewhere.  Never of superusers, of the role
 * that is connected, or of the server's own.
 */
int set_drop_plan(struct set_plan *, const struct set_want *,
    struct set_session *, struct tb_err *) TB_MUSTCHECK;

/* Show what will be lost and have it confirmed on the terminal. */
int set_drop_confirm(const struct set_plan *, struct set_session *,
    struct tb_err *) TB_MUSTCHECK;

/* Statement by statement; *done gets what was done. */
int set_drop_apply(struct set_plan *, struct set_session *,
    struct set_plan *done, struct tb_err *) TB_MUSTCHECK;

#endif /* SET_DROP_H */
