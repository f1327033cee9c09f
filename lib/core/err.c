#include "core/tb.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"

int
tb_err_set(struct tb_err *err, int code, const char *fmt, ...)
{
	struct tb_err old = *err;
	va_list ap;

	/* The arguments may point into the record that is replaced. */
	*err = (struct tb_err){ .code = code };
	va_start(ap, fmt);
	err->message = tb_vasprintf(fmt, ap);
	va_end(ap);
	tb_err_release(&old);
	return -1;
}

TB_PRINTF(2, 0) static void append(char **field, const char *fmt, va_list ap)
{
	char *text = tb_vasprintf(fmt, ap);
	char *old = *field;

	if (old == NULL) {
		*field = text;
		return;
	}
	*field = tb_asprintf("%s\n%s", old, text);
	free(old);
	free(text);
}

int
tb_err_detail(struct tb_err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	append(&err->detail, fmt, ap);
	va_end(ap);
	return -1;
}

int
tb_err_hint(struct tb_err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	append(&err->hint, fmt, ap);
	va_end(ap);
	return -1;
}

int
tb_err_prefix(struct tb_err *err, const char *fmt, ...)
{
	char *old = err->message;
	char *words;
	va_list ap;

	va_start(ap, fmt);
	words = tb_vasprintf(fmt, ap);
	va_end(ap);
	err->message = tb_asprintf("%s: %s", words, old != NULL ? old : "");
	free(words);
	free(old);
	return -1;
}

bool
tb_err_is_set(const struct tb_err *err)
{
	return err->message != NULL;
}

void
tb_err_release(struct tb_err *err)
{
	free(err->message);
	free(err->detail);
	free(err->hint);
	*err = (struct tb_err)TB_ERR_INIT;
}

void
tb_err_move(struct tb_err *to, struct tb_err *from)
{
	tb_err_release(to);
	*to = *from;
	*from = (struct tb_err)TB_ERR_INIT;
}

void
tb_bug(const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	tb_log_line("bug", text);
	exit(TB_EXIT_BUG);
}

int
tb_finish(int code)
{
	if (fflush(stdout) != EOF && !ferror(stdout))
		return code;
	/* Whoever closed the pipe has seen enough. */
	if (errno != EPIPE)
		tb_log_line("error", "could not write to standard output");
	return code < TB_EXIT_USAGE ? TB_EXIT_CANTCREAT : code;
}
