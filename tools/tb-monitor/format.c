#include "core/tb.h"

#include <string.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "format.h"
#include "range.h"
#include "report.h"

static const struct mon_format *const formats[] = {
	&mon_text,
	&mon_json,
	&mon_nagios,
};

/* In the same order: --help prints it. */
const char *const mon_format_names[] = { "text", "json", "nagios", NULL };

_Static_assert(TB_LEN(formats) + 1 == TB_LEN(mon_format_names),
    "a name for each format");

const struct mon_format *
mon_format_find(const char *name)
{
	for (size_t i = 0; i < TB_LEN(formats); i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	tb_bug("no format \"%s\"", name);
}

static double
absolute(double x)
{
	return x < 0 ? -x : x;
}

static void
print_bytes(double bytes, struct tb_buf *b)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB",
		"PB" };
	size_t u = 0;

	for (; absolute(bytes) >= 1024 && u + 1 < TB_LEN(units); u++)
		bytes /= 1024;
	tb_buf_addf(b, u > 0 && absolute(bytes) < 10 ? "%.1f %s" : "%.0f %s",
	    bytes, units[u]);
}

static void
print_seconds(double seconds, struct tb_buf *b)
{
	char span[TB_CLOCK_SPAN_LEN + 1];

	if (seconds == 0) {
		tb_buf_add(b, "0 s");
		return;
	}
	if (seconds < 0)
		tb_buf_addc(b, '-');
	tb_clock_span(absolute(seconds), span);
	tb_buf_add(b, span);
}

void
mon_value_print(const struct mon_row *row, const char *unit, struct tb_buf *b)
{
	if (row->value == NULL)
		return;
	if (unit == NULL)
		tb_buf_add(b, row->value);
	else if (strcmp(unit, "B") == 0)
		print_bytes(row->number, b);
	else if (strcmp(unit, "s") == 0)
		print_seconds(row->number, b);
	else if (strcmp(unit, "%") == 0)
		tb_buf_addf(b, "%.4g %%", row->number);
	else
		tb_buf_addf(b, "%s %s", row->value, unit);
}
