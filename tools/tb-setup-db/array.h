/*
 * array.h: lists of strings as one parameter of a query.
 */
#ifndef SET_ARRAY_H
#define SET_ARRAY_H

#include "core/tb.h"

struct tb_strs;

/* The text form of a text[].  The caller frees it. */
char *set_array(const struct tb_strs *) TB_MUSTCHECK;

#endif /* SET_ARRAY_H */
