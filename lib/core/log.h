/*
 * log.h: what is said on the way, on standard error.
 *
 * Errors travel up as values (err.h); here is only what a person may want to
 * know while the program goes on.  Lines read "program: warning: text"; in the
 * format "json" each is an object with time, program, level and message, an
 * error one with detail, hint, sqlstate and code.
 */
#ifndef TB_CORE_LOG_H
#define TB_CORE_LOG_H

#include <jansson.h>

#include "core/tb.h"

struct tb_err;

enum tb_log_level {
	TB_LOG_QUIET, /* errors only */
	TB_LOG_WARN,
	TB_LOG_INFO, /* the default: what was done */
	TB_LOG_DEBUG,
};

/* The name is borrowed and must live as long as the program. */
void tb_log_init(const char *program);
void tb_log_set_level(enum tb_log_level);
enum tb_log_level tb_log_level(void);

void tb_warn(const char *, ...) TB_PRINTF(1, 2);
void tb_info(const char *, ...) TB_PRINTF(1, 2);
void tb_debug(const char *, ...) TB_PRINTF(1, 2);

/*
 * What happened, for people and for programs: the text as tb_warn(), tb_info()
 * or tb_debug() would say it, and as JSON the name of the event and the
 * members of fields, too.  Drops fields; NULL: none.
 */
void tb_log_event(enum tb_log_level, const char *event, json_t *fields,
    const char *, ...) TB_PRINTF(4, 5);

/* A statement that is sent, for those who asked to see it. */
void tb_log_sql(const char *);

/* A further line below a message: "program: hint: text". */
void tb_hint(const char *, ...) TB_PRINTF(1, 2);

/* Print an error record: message, detail, hint. */
void tb_log_err(const struct tb_err *);

/*
 * One line under a label ("error", "detail", "hint", ...), whatever the level.
 * Control characters are shown as \xHH, so that text of a server cannot steer
 * a terminal; a new line begins a line of its own.  NULL label: bare text.
 */
void tb_log_line(const char *label, const char *text);

/*
 * Called before each line, so that a progress line can be wiped; NULL: none.
 */
void tb_log_set_hook(void (*)(void));

/*
 * "text" or "json": the row of an option writes here, so that also what is
 * wrong with a later option is said that way.
 */
extern const char *tb_log_format;
extern const char *const tb_log_formats[];
bool tb_log_is_json(void);

/* Colour the labels; the default is no. */
void tb_log_set_colour(bool);

#endif /* TB_CORE_LOG_H */
