#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "core/err.h"
#include "core/mem.h"

void
tb_json_print(json_t *value)
{
	char *text = json_dumps(value,
	    JSON_INDENT(2) | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

	if (text == NULL)
		tb_bug("could not write JSON");
	(void)puts(text);
	free(text);
	json_decref(value);
}

/* jansson takes valid UTF-8 only; a server in SQL_ASCII may send anything. */
static json_t *
repaired(const char *text)
{
	char *copy = tb_strdup(text);
	json_t *value;

	for (char *p = copy; *p != '\0'; p++)
		if ((unsigned char)*p >= 0x80)
			*p = '?';
	value = json_string(copy);
	free(copy);
	return value;
}

json_t *
tb_json_text(const char *text)
{
	json_t *value;

	if (text == NULL)
		return json_null();
	value = json_string(text);
	return value != NULL ? value : repaired(text);
}

void
tb_json_set(json_t *object, const char *key, const char *text)
{
	if (json_object_set_new(object, key, tb_json_text(text)) == -1)
		tb_bug("could not build JSON");
}
