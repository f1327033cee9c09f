#include "core/tb.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/table.h"
#include "cli/term.h"
#include "core/log.h"
#include "core/mem.h"

static const char *when = "auto";
static bool progress_shown;

void
tb_term_set_colour(const char *to)
{
	when = to;
}

bool
tb_term_colour(FILE *f)
{
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	if (no != NULL && no[0] != '\0')
		return false;
	if (term != NULL && strcmp(term, "dumb") == 0)
		return false;
	return isatty(fileno(f)) == 1;
}

const char *
tb_sgr(FILE *f, enum tb_colour colour)
{
	static const char *const sequences[] = {
		[TB_PLAIN] = "\033[0m",
		[TB_BOLD] = "\033[1m",
		[TB_DIM] = "\033[2m",
		[TB_RED] = "\033[31m",
		[TB_GREEN] = "\033[32m",
		[TB_YELLOW] = "\033[33m",
		[TB_BLUE] = "\033[34m",
		[TB_MAGENTA] = "\033[35m",
		[TB_CYAN] = "\033[36m",
	};

	return tb_term_colour(f) ? sequences[colour] : "";
}

static size_t
terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

void
tb_progress(const char *fmt, ...)
{
	size_t room = terminal_width() - 1;
	va_list ap;
	char *text;

	if (isatty(STDERR_FILENO) != 1 || tb_log_level() == TB_LOG_QUIET)
		return;
	va_start(ap, fmt);
	text = tb_vasprintf(fmt, ap);
	va_end(ap);
	/* A line that wraps could not be wiped. */
	if (strlen(text) > room)
		text[room] = '\0';
	(void)fputs("\r\033[K", stderr);
	tb_text_put(text, stderr);
	(void)fflush(stderr);
	free(text);
	progress_shown = true;
	tb_log_set_hook(tb_progress_done);
}

void
tb_progress_done(void)
{
	if (progress_shown)
		(void)fputs("\r\033[K", stderr);
	progress_shown = false;
}

bool
tb_term_can_ask(void)
{
	return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

char *
tb_term_ask(const char *question)
{
	char *line = NULL;
	size_t cap = 0;

	if (!tb_term_can_ask())
		return NULL;
	tb_progress_done();
	(void)fputs(question, stderr);
	(void)fflush(stderr);
	if (getline(&line, &cap, stdin) == -1) {
		free(line);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}
