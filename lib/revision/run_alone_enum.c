#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/mem.h"
#include "pg/phrase.h"
#include "pg/split.h"
#include "revision/run_alone.h"

/*
 * ALTER TYPE name ADD VALUE [IF NOT EXISTS] 'value': the value as it is
 * written; the caller frees it.
 */
static bool
adds_value(const char *text, char **value)
{
	struct tb_phrase w;
	size_t i = 2;
	bool found;
	char *type;

	if (strncasecmp(text, "alter", 5) != 0 ||
	    strcasestr(text, "value") == NULL || !tb_phrase_scan(&w, text))
		return false;
	type = tb_phrase_name(&w, i, &i);
	found = tb_phrase_are(&w, 0, "alter type") && type != NULL &&
	    tb_phrase_are(&w, i, "add value");
	free(type);
	i += 2;
	if (tb_phrase_are(&w, i, "if not exists"))
		i += 3;
	found = found && tb_phrase_is_string(&w, i);
	if (found)
		*value = tb_strndup(text + tb_phrase_start(&w, i),
		    tb_phrase_end(&w, i) - tb_phrase_start(&w, i));
	tb_phrase_release(&w);
	return found;
}

/* In a function's body or a DO block it counts, too. */
static size_t
first_use(const struct tb_stmts *stmts, size_t from, const char *value)
{
	for (size_t i = from; i < stmts->n; i++)
		if (strstr(stmts->v[i].text, value) != NULL)
			return i;
	return stmts->n;
}

size_t
tb_run_enum_used(const struct tb_stmts *stmts)
{
	char *value;
	size_t used = stmts->n;

	for (size_t i = 0; i < stmts->n && used == stmts->n; i++) {
		if (!adds_value(stmts->v[i].text, &value))
			continue;
		used = first_use(stmts, i + 1, value);
		free(value);
	}
	return used;
}

bool
tb_run_enum_added(const struct tb_stmts *stmts)
{
	char *value;

	for (size_t i = 0; i < stmts->n; i++) {
		if (!adds_value(stmts->v[i].text, &value))
			continue;
		free(value);
		return true;
	}
	return false;
}
