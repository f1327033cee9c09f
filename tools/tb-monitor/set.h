/*
 * set.h: all checks there are, and which of them are wanted.
 */
#ifndef MON_SET_H
#define MON_SET_H

#include "check.h"
#include "core/tb.h"

struct tb_conf;
struct tb_err;
struct tb_strs;

struct mon_set {
	/* Those built in by name, then the folders' in the order given. */
	struct mon_check **v;
	size_t n, cap;
};

/* clang-format off */
#define MON_SET_INIT	{ NULL, 0, 0 }
/* clang-format on */

/*
 * The checks that are built in, then those of the folders.  One of a later
 * place takes the place of its namesakes from earlier ones.  66 for a folder
 * that is not there, 78 for a file that is no check.
 */
int mon_set_load(struct mon_set *, const struct tb_strs *dirs,
    struct tb_err *) TB_MUSTCHECK;

/* Ranges, parameters and "enabled" of tb.conf.  78 on failure. */
int mon_set_configure(struct mon_set *, const struct tb_conf *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Select by names or shell patterns; without any, all that are enabled and
 * whose tier is no higher.  64 for a word that fits no check.
 */
int mon_set_select(struct mon_set *, int nwords, char *const words[], int tier,
    struct tb_err *) TB_MUSTCHECK;

/*
 * What the command line says: "CHECK=RANGE", or RANGE alone where one check is
 * selected; "CHECK.NAME=VALUE".  64 on failure.
 */
int mon_set_range(struct mon_set *, const char *text, bool critical,
    struct tb_err *) TB_MUSTCHECK;
int mon_set_param(struct mon_set *, const char *text,
    struct tb_err *) TB_MUSTCHECK;

/* The first of that name: the newest servers' variant.  64 if none. */
struct mon_check *mon_set_find(const struct mon_set *, const char *id,
    struct tb_err *) TB_MUSTCHECK;

/* Is v[i] the one that mon_set_find() finds by its name? */
bool mon_set_is_first(const struct mon_set *, size_t i);

void mon_set_release(struct mon_set *);

#endif /* MON_SET_H */
