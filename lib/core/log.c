#include "core/tb.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"

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

void
tb_log_line(const char *label, const char *text)
{
	char *trimmed = tb_strdup(text);

	for (size_t n = strlen(trimmed); n > 0 && trimmed[n - 1] == '\n'; n--)
		trimmed[n - 1] = '\0';
	if (before_line != NULL)
		before_line();
	put_label(label);
	put_text(trimmed);
	(void)fputc('\n', stderr);
	free(trimmed);
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

void
tb_log_err(const struct tb_err *err)
{
	tb_log_line("error", err->message);
	if (err->detail != NULL)
		tb_log_line("detail", err->detail);
	if (err->hint != NULL)
		tb_log_line("hint", err->hint);
}
