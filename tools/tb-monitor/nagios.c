#include "core/tb.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/err.h"
#include "nagios.h"

enum { UNKNOWN = 3 };

static bool wanted;
static bool ended;
static bool answered;

/* As getopt_long(3) reads it: two words or one, shortened or not. */
static bool
asks_for_nagios(int argc, char *const argv[])
{
	bool nagios = false;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		size_t n = strcspn(argv[i], "=");
		const char *value = NULL;

		if (n < strlen("--fo") || n > strlen("--format") ||
		    strncmp(argv[i], "--format", n) != 0)
			continue;
		if (argv[i][n] == '=')
			value = argv[i] + n + 1;
		else if (i + 1 < argc)
			value = argv[++i];
		nagios = value != NULL && strcmp(value, "nagios") == 0;
	}
	return nagios;
}

static void
on_signal(int number)
{
	static const char text[] = "TB-MONITOR UNKNOWN: ended by a signal\n";

	(void)number;
	if (!answered)
		(void)!write(STDOUT_FILENO, text, sizeof(text) - 1);
	_exit(UNKNOWN);
}

static void
say_unknown(const char *text)
{
	if (!answered)
		(void)printf("TB-MONITOR UNKNOWN: %s\n", text);
	answered = true;
	(void)fflush(stdout);
}

/* No memory, or a bug: the library has ended the program. */
static void
on_exit_code(void)
{
	if (ended)
		return;
	say_unknown("the program broke off; see its standard error");
	_exit(UNKNOWN);
}

void
mon_nagios_begin(int argc, char *const argv[])
{
	static const int numbers[] = { SIGHUP, SIGINT, SIGPIPE, SIGTERM };
	struct sigaction act = { .sa_handler = on_signal };

	wanted = asks_for_nagios(argc, argv);
	if (!wanted)
		return;
	for (size_t i = 0; i < TB_LEN(numbers); i++)
		(void)sigaction(numbers[i], &act, NULL);
	(void)atexit(on_exit_code);
}

int
mon_nagios_end(int code)
{
	ended = true;
	if (!wanted || code <= UNKNOWN)
		return code;
	say_unknown(code == TB_EXIT_USAGE ?
		"wrong usage; see standard error" :
		"could not run; see standard error");
	return UNKNOWN;
}

void
mon_nagios_put(const char *text)
{
	answered = true;
	for (const char *p = text; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '|')
			(void)putchar('/');
		else
			(void)putchar(c < 0x20 || c == 0x7f ? ' ' : c);
	}
}

void
mon_nagios_failure(const struct tb_err *err)
{
	(void)fputs("TB-MONITOR UNKNOWN: ", stdout);
	mon_nagios_put(err->message);
	(void)putchar('\n');
	if (err->hint == NULL)
		return;
	(void)fputs("hint: ", stdout);
	mon_nagios_put(err->hint);
	(void)putchar('\n');
}
