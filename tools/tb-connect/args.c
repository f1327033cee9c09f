#include "core/tb.h"

#include <string.h>

#include "connect.h"

/* psql's letters that take an argument. */
static const char with_argument[] = "cdfFhLopPRTUv";

static bool
is_batch_word(const char *word)
{
	static const char *const words[] = { "--command", "--file", "--list",
		"--help", "--version" };
	size_t n = strcspn(word, "=");

	/* psql takes unambiguous beginnings as well. */
	for (size_t i = 0; i < TB_LEN(words); i++)
		if (n > 2 && strncmp(words[i], word, n) == 0)
			return true;
	return false;
}

void
con_psql_args_read(char *const argv[], struct con_psql_args *a)
{
	*a = (struct con_psql_args){ .batch = false };
	for (size_t i = 0; argv[i] != NULL; i++) {
		const char *p = argv[i];

		if (strcmp(p, "--") == 0)
			return;
		if (strncmp(p, "--", 2) == 0) {
			a->batch = a->batch || is_batch_word(p);
			continue;
		}
		if (*p++ != '-')
			continue;
		for (; *p != '\0'; p++) {
			if (strchr("cfl?V", *p) != NULL)
				a->batch = true;
			if (strchr(with_argument, *p) == NULL)
				continue;
			/* The rest is its argument, or the next word is. */
			if (p[1] == '\0' && argv[i + 1] != NULL)
				i++;
			break;
		}
	}
}
