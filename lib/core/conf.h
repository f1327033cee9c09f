/*
 * conf.h: tb.conf.
 *
 *	struct tb_conf conf = TB_CONF_INIT;
 *
 *	if (tb_conf_load(&conf, NULL, err) == -1)
 *		return -1;
 *	dir = tb_conf_path(&conf, "migrate|model");
 *	tb_conf_release(&conf);
 *
 * An option is named "section|option".  The one table of all options is in
 * conf.c; asking for a name that is not in it is a bug, and writing one that
 * is not in it into the file is an error with file and line.  No file at all
 * is an empty file.
 */
#ifndef TB_CORE_CONF_H
#define TB_CORE_CONF_H

#include <confuse.h>

#include "core/tb.h"

struct tb_err;
struct tb_strs;

struct tb_conf {
	cfg_t *cfg;
	char *file; /* NULL: none was found */
	char *dir;  /* where relative paths count from */
};

/* clang-format off */
#define TB_CONF_INIT	{ NULL, NULL, NULL }
/* clang-format on */

/*
 * The file is: the explicit path, else TB_CONFIG, else tb.conf or etc/tb.conf
 * in the working directory or the nearest parent that has one, else
 * /etc/tb/tb.conf, else none.  66 if a named file is not there, 78 if it
 * cannot be understood.
 */
int tb_conf_load(struct tb_conf *, const char *path,
    struct tb_err *) TB_MUSTCHECK;
void tb_conf_release(struct tb_conf *);

/* NULL when not set or empty.  Borrowed. */
const char *tb_conf_str(const struct tb_conf *, const char *option);
long tb_conf_int(const struct tb_conf *, const char *option);
bool tb_conf_bool(const struct tb_conf *, const char *option);

/* Add the members of a list. */
void tb_conf_list(const struct tb_conf *, const char *option, struct tb_strs *);

/* As paths: relative ones count from the file's folder.  Caller frees. */
char *tb_conf_path(const struct tb_conf *, const char *option) TB_MUSTCHECK;
void tb_conf_paths(const struct tb_conf *, const char *option,
    struct tb_strs *);

/*
 * A titled section such as monitor|check "conn.used" { ... }: NULL if it is
 * not there.  Read it with libconfuse's cfg_getstr and its like.  Borrowed.
 */
cfg_t *tb_conf_section(const struct tb_conf *, const char *section,
    const char *title);

/*
 * Read any file of this syntax with a table of the caller's.  The caller
 * frees the result with cfg_free().  NULL and 66 or 78 on failure.
 */
cfg_t *tb_conf_parse(const char *path, cfg_opt_t *options,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_CORE_CONF_H */
