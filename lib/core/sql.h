/*
 * sql.h: SQL files that the build embeds.
 *
 * lib/build/sql2c.awk makes a table of each sql/ folder, sorted by name and
 * ended by a row of NULLs: tool_sql[] for a program, tb_<room>_sql[] for a
 * room of the library.  A text begins with its "--:" keys.
 */
#ifndef TB_CORE_SQL_H
#define TB_CORE_SQL_H

#include "core/tb.h"

struct tb_sql {
	const char *file; /* without ".sql" */
	const char *text;
};

/* Of the program that is being linked. */
extern const struct tb_sql tool_sql[];

/* A file of our own by its name: a missing one is a bug. */
const char *tb_sql_text(const struct tb_sql *, const char *file);

/* The text after the keys at its top: borrowed. */
const char *tb_sql_body(const char *text);

/* The first value of a key; NULL: not there.  The caller frees it. */
char *tb_sql_key(const char *text, const char *key) TB_MUSTCHECK;

/*
 * Do the keys "since" and "until" (both inclusive, as PQserverVersion tells
 * versions) admit this server?
 */
bool tb_sql_applies(const char *text, int version);

#endif /* TB_CORE_SQL_H */
