/*
 * url.h: database URLs of other ecosystems, in libpq's spelling.
 */
#ifndef TB_PG_URL_H
#define TB_PG_URL_H

#include "core/tb.h"

struct tb_err;

/*
 * postgresql+asyncpg://, postgresql+psycopg2://, jdbc:postgresql:// and the
 * like become postgresql://; parameters that libpq does not know are dropped
 * (with a note where they mattered), ssl=require becomes sslmode=require.
 * The caller frees the result.  NULL and 64 for a URL of another scheme.
 */
char *tb_url_translate(const char *url, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_PG_URL_H */
