/*
 * json.h: results for programs.  Values are built with jansson.
 */
#ifndef TB_CLI_JSON_H
#define TB_CLI_JSON_H

#include <jansson.h>

#include "core/tb.h"

/* Print to stdout, indented, keys in the order they were set; drops it. */
void tb_json_print(json_t *);

/* A string, or null for NULL.  Bytes that are not UTF-8 become '?'. */
json_t *tb_json_text(const char *) TB_MUSTCHECK;

/* object[key] = text, number or null. */
void tb_json_set(json_t *object, const char *key, const char *text);

#endif /* TB_CLI_JSON_H */
