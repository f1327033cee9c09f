/*
 * filename.h: what a new revision file is called; private to this room.
 */
#ifndef TB_REVISION_FILENAME_H
#define TB_REVISION_FILENAME_H

#include <time.h>

#include "core/tb.h"

struct tb_err;

/*
 * Fill in a template in Alembic's notation: %(rev)s, %(slug)s, %(epoch)d,
 * %(year)d, %(month).2d, %(day).2d, %(hour).2d, %(minute).2d, %(second).2d,
 * and %% for %.  78 if it cannot be understood.  The caller frees the result,
 * which has no suffix yet.
 */
char *tb_filename(const char *file_template, const char *id, const char *slug,
    time_t, const struct tm *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_FILENAME_H */
