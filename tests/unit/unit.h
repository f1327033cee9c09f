/*
 * unit.h: a test program of the pure modules, in TAP.
 *
 *	int
 *	main(void)
 *	{
 *		TB_OK(1 + 1 == 2, "%s adds up", "it");
 *		TB_IS(name(), "users", "the name");
 *		return tb_unit_done();
 *	}
 */
#ifndef TB_UNIT_H
#define TB_UNIT_H

#include "core/tb.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int tb_unit_count, tb_unit_failed;

static TB_UNUSED TB_PRINTF(4, 5) void tb_unit_ok(bool good, const char *file,
    int line, const char *fmt, ...)
{
	va_list ap;

	(void)printf("%s %d - ", good ? "ok" : "not ok", ++tb_unit_count);
	va_start(ap, fmt);
	(void)vprintf(fmt, ap);
	va_end(ap);
	(void)putchar('\n');
	if (good)
		return;
	tb_unit_failed++;
	(void)printf("# at %s:%d\n", file, line);
}

static TB_UNUSED void
tb_unit_is(const char *got, const char *want, const char *file, int line,
    const char *what)
{
	bool same =
	    got != NULL && want != NULL ? strcmp(got, want) == 0 : got == want;

	tb_unit_ok(same, file, line, "%s", what);
	if (!same)
		(void)printf("#  got: %s\n# want: %s\n",
		    got != NULL ? got : "NULL", want != NULL ? want : "NULL");
}

#define TB_OK(cond, ...) tb_unit_ok((cond), __FILE__, __LINE__, __VA_ARGS__)
#define TB_IS(got, want, what) \
	tb_unit_is((got), (want), __FILE__, __LINE__, (what))

static TB_UNUSED int
tb_unit_done(void)
{
	(void)printf("1..%d\n", tb_unit_count);
	return tb_unit_failed > 0;
}

#endif /* TB_UNIT_H */
