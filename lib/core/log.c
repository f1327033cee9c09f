#include "core/tb.h"

#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"

const char *tb_log_format = "text";
const char *const tb_log_formats[] = { "text", "json", NULL };

static const char *program_name = "tb";
static enum tb_log_level level = TB_LOG_INFO;
static void (*before_line)(void);
static bool colour;

void
tb_log_init(const char *program)
{
	program_name = program;
}

void
tb_log_set_level(enum tb_log_level to)
{
	level = to;
}

enum tb_log_level
tb_log_level(void)
{
	return level;
}

void
tb_log_set_hook(void (*hook)(void))
{
	before_line = hook;
}

void
tb_log_set_colour(bool on)
{
	colour = on;
}

static const char *
label_colour(const char *label)
{
	static const struct {
		const char *label, *sgr;
	} colours[] = {
		{ "error", "\033[1;31m" },
		{ "bug", "\033[1;31m" },
		{ "warning", "\033[1;33m" },
		{ "hint", "\033[1;36m" },
	};

	for (size_t i = 0; i < TB_LEN(colours); i++)
		if (colour && strcmp(label, colours[i].label) == 0)
			return colours[i].sgr;
	return NULL;
}

static void
put_label(const char *label)
{
	const char *sgr;

	(void)fprintf(stderr, "%s: ", program_name);
	if (label == NULL)
		return;
	if ((sgr = label_colour(label)) != NULL)
		(void)fprintf(stderr, "%s%s:\033[0m ", sgr, label);
	else
		(void)fprintf(stderr, "%s: ", label);
}

static void
put_text(const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '\n')
			(void)fputs("\n  ", stderr);
		else if (c == '\t')
			(void)fputc('\t', stderr);
		else if (c < 0x20 || c == 0x7f)
			(void)fprintf(stderr, "\\x%02x", c);
		else
			(void)fputc(c, stderr);
	}
}

bool
tb_log_is_json(void)
{
	return strcmp(tb_log_format, "json") == 0;
}

static char *
without_line_end(const char *text)
{
	char *copy = tb_strdup(text);

	for (size_t n = strlen(copy); n > 0 && copy[n - 1] == '\n'; n--)
		copy[n - 1] = '\0';
	return copy;
}

/* Bytes that are not UTF-8 become '?': the names of files may be anything. */
static json_t *
json_text(const char *text)
{
	char *copy = without_line_end(text);
	json_t *value = json_string(copy);

	for (char *p = copy; value == NULL && *p != '\0'; p++)
		if ((unsigned char)*p >= 0x80)
			*p = '?';
	if (value == NULL)
		value = json_string(copy);
	free(copy);
	return value;
}

static json_t *
json_now(void)
{
	char iso[TB_CLOCK_ISO_LEN + 1], text[TB_CLOCK_ISO_LEN + 16];
	double now = tb_clock_epoch(), whole = floor(now);

	tb_clock_iso((time_t)whole, iso);
	iso[TB_CLOCK_ISO_LEN - 1] = '\0'; /* the Z goes behind the fraction */
	(void)snprintf(text, sizeof(text), "%s.%03dZ", iso,
	    (int)((now - whole) * 1000));
	return json_string(text);
}

static json_t *
json_line(const char *label, const char *text)
{
	json_t *line = json_object();

	(void)json_object_set_new(line, "time", json_now());
	(void)json_object_set_new(line, "program", json_text(program_name));
	(void)json_object_set_new(line, "level",
	    json_text(label != NULL ? label : "info"));
	(void)json_object_set_new(line, "message", json_text(text));
	return line;
}

/* One write, so that lines of several programs do not mix. */
static void
put_json(json_t *line)
{
	char *text = json_dumps(line, JSON_COMPACT | JSON_REAL_PRECISION(6));

	if (before_line != NULL)
		before_line();
	(void)fprintf(stderr, "%s\n", text != NULL ? text : "{}");
	free(text);
	json_decref(line);
}

void
tb_log_line(const char *label, const char *text)
{
	char *trimmed;

	if (tb_log_is_json()) {
		put_json(json_line(label, text));
		return;
	}
	trimmed = without_line_end(text);
	if (before_line != NULL)
		before_line();
	put_label(label);
	put_text(trimmed);
	(void)fputc('\n', stderr);
	free(trimmed);
}

/* Bare, so that it can be pasted. */
void
tb_log_sql(const char *sql)
{
	if (tb_log_is_json())
		put_json(json_line("sql", sql));
	else
		(void)fprintf(stderr, "%s\n", sql);
}

TB_PRINTF(3, 0)
static void
vlog(enum tb_log_level needed, const char *label, const char *fmt, va_list ap)
{
	char *text;

	if (level < needed)
		return;
	text = tb_vasprintf(fmt, ap);
	tb_log_line(label, text);
	free(text);
}

static const char *
label_of(enum tb_log_level of)
{
	switch (of) {
	case TB_LOG_QUIET:
		return "error";
	case TB_LOG_WARN:
		return "warning";
	case TB_LOG_INFO:
		break;
	case TB_LOG_DEBUG:
		return "debug";
	}
	return NULL;
}

void
tb_log_event(enum tb_log_level needed, const char *event, json_t *fields,
    const char *fmt, ...)
{
	json_t *line;
	char *text;
	va_list ap;

	if (level < needed) {
		json_decref(fields);
		return;
	}
	va_start(ap, fmt);
	text = tb_vasprintf(fmt, ap);
	va_end(ap);
	if (tb_log_is_json()) {
		line = json_line(label_of(needed), text);
		(void)json_object_set_new(line, "event", json_text(event));
		if (fields != NULL)
			(void)json_object_update_missing(line, fields);
		put_json(line);
	} else {
		tb_log_line(label_of(needed), text);
	}
	json_decref(fields);
	free(text);
}

void
tb_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vlog(TB_LOG_WARN, "warning", fmt, ap);
	va_end(ap);
}

void
tb_info(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vlog(TB_LOG_INFO, NULL, fmt, ap);
	va_end(ap);
}

void
tb_debug(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vlog(TB_LOG_DEBUG, "debug", fmt, ap);
	va_end(ap);
}

void
tb_hint(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vlog(TB_LOG_WARN, "hint", fmt, ap);
	va_end(ap);
}

static void
json_err(const struct tb_err *err)
{
	json_t *line = json_line("error", err->message);

	(void)json_object_set_new(line, "event", json_string("failure"));
	if (err->detail != NULL)
		(void)json_object_set_new(line, "detail",
		    json_text(err->detail));
	if (err->hint != NULL)
		(void)json_object_set_new(line, "hint", json_text(err->hint));
	if (err->sqlstate[0] != '\0')
		(void)json_object_set_new(line, "sqlstate",
		    json_text(err->sqlstate));
	(void)json_object_set_new(line, "code", json_integer(err->code));
	put_json(line);
}

void
tb_log_err(const struct tb_err *err)
{
	if (tb_log_is_json()) {
		json_err(err);
		return;
	}
	tb_log_line("error", err->message);
	if (err->detail != NULL)
		tb_log_line("detail", err->detail);
	if (err->hint != NULL)
		tb_log_line("hint", err->hint);
}
