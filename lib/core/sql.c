#include "core/tb.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/keys.h"
#include "core/sql.h"

const char *
tb_sql_text(const struct tb_sql *table, const char *file)
{
	for (const struct tb_sql *s = table; s->file != NULL; s++)
		if (strcmp(s->file, file) == 0)
			return tb_sql_body(s->text);
	tb_bug("no embedded file \"%s.sql\"", file);
}

const char *
tb_sql_body(const char *text)
{
	struct tb_lines in = tb_lines(text);
	struct tb_slice line;
	struct tb_key key;
	const char *body = text;

	while (tb_lines_next(&in, &line) && tb_key_parse(line, &key))
		body = in.next;
	return body;
}

char *
tb_sql_key(const char *text, const char *name)
{
	struct tb_lines in = tb_lines(text);
	struct tb_slice line;
	struct tb_key key;

	while (tb_lines_next(&in, &line) && tb_key_parse(line, &key))
		if (tb_slice_is(key.name, name))
			return tb_slice_dup(key.value);
	return NULL;
}

static int
version_key(const char *text, const char *name, int otherwise)
{
	char *value = tb_sql_key(text, name);
	int version = value != NULL ? (int)strtol(value, NULL, 10) : otherwise;

	free(value);
	return version;
}

bool
tb_sql_applies(const char *text, int version)
{
	return version >= version_key(text, "since", 0) &&
	    version <= version_key(text, "until", INT_MAX);
}
