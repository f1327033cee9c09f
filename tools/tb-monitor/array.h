/*
 * array.h: PostgreSQL's text form of an array.
 */
#ifndef MON_ARRAY_H
#define MON_ARRAY_H

#include "core/tb.h"

struct tb_strs;

/*
 * Add the members of an array such as {a,"b, c",NULL}; NULL members are left
 * out, those of inner arrays are taken as one row.  -1 if it is no array.
 */
int mon_array_parse(const char *text, struct tb_strs *) TB_MUSTCHECK;

#endif /* MON_ARRAY_H */
