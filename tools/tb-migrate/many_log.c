/*
 * The logs of all targets, on one standard error.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/term.h"
#include "core/log.h"
#include "core/mem.h"
#include "many.h"

/* An object of --log json gets a member "target". */
static bool
put_json(const char *line, size_t n, const char *target)
{
	json_t *o = json_loadb(line, n, 0, NULL);
	char *text = NULL;

	if (json_is_object(o)) {
		tb_json_set(o, "target", target);
		text = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(6));
	}
	if (text != NULL)
		(void)fprintf(stderr, "%s\n", text);
	free(text);
	json_decref(o);
	return text != NULL;
}

static void
put_line(const struct mig_target *t, const char *line, size_t n)
{
	if (!tb_log_is_json() || !put_json(line, n, t->name))
		(void)fwrite(line, 1, n, stderr);
}

void
mig_pass_log(struct mig_target *t)
{
	const char *line = t->log_text.s;
	const char *end = line + t->log_text.len;
	char *rest;

	if (t->log == -1 && t->log_text.len > 0 && end[-1] != '\n') {
		tb_buf_addc(&t->log_text, '\n');
		line = t->log_text.s;
		end = line + t->log_text.len;
	}
	if (memchr(line, '\n', t->log_text.len) == NULL)
		return;
	tb_progress_done();
	for (const char *p;
	     (p = memchr(line, '\n', (size_t)(end - line))) != NULL;
	     line = p + 1)
		put_line(t, line, (size_t)(p + 1 - line));
	rest = tb_strndup(line, (size_t)(end - line));
	tb_buf_reset(&t->log_text);
	tb_buf_add(&t->log_text, rest);
	free(rest);
}
