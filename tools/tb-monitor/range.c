#include "core/tb.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "range.h"

struct suffix {
	const char *unit, *text;
	double factor;
};

static const struct suffix suffixes[] = {
	{ "B", "B", 1 },
	{ "B", "kB", 1024.0 },
	{ "B", "MB", 1048576.0 },
	{ "B", "GB", 1073741824.0 },
	{ "B", "TB", 1099511627776.0 },
	{ "B", "PB", 1125899906842624.0 },
	{ "s", "ms", 0.001 },
	{ "s", "s", 1 },
	{ "s", "min", 60 },
	{ "s", "h", 3600 },
	{ "s", "d", 86400 },
	{ "%", "%", 1 },
};

/* Length of what strtod(3) shall see: digits, no exponent, no words. */
static size_t
digits_length(const char *s)
{
	size_t sign = s[0] == '-' || s[0] == '+' ? 1 : 0;
	size_t whole = strspn(s + sign, "0123456789");
	size_t n = sign + whole;
	size_t part = 0;

	if (s[n] == '.') {
		part = strspn(s + n + 1, "0123456789");
		n += 1 + part;
	}
	return whole + part > 0 ? n : 0;
}

static const struct suffix *
find_suffix(const char *unit, const char *text, size_t len)
{
	for (size_t i = 0; i < TB_LEN(suffixes); i++) {
		const struct suffix *s = &suffixes[i];

		if (unit != NULL && strcmp(s->unit, unit) == 0 &&
		    strlen(s->text) == len && strncmp(s->text, text, len) == 0)
			return s;
	}
	return NULL;
}

/* Read a number with its suffix from *at on, and move *at behind it. */
static bool
read_number(const char **at, const char *unit, double *value)
{
	char digits[64];
	size_t n = digits_length(*at);
	const struct suffix *suffix;

	if (n == 0 || n >= sizeof(digits))
		return false;
	memcpy(digits, *at, n);
	digits[n] = '\0';
	*value = strtod(digits, NULL);
	*at += n;
	n = strspn(*at, " ");
	if ((*at)[n] == '\0' || (*at)[n] == ':')
		return n == 0;
	*at += n;
	for (n = 0; isalpha((unsigned char)(*at)[n]) || (*at)[n] == '%';)
		n++;
	if ((suffix = find_suffix(unit, *at, n)) == NULL)
		return false;
	*value *= suffix->factor;
	*at += n;
	return true;
}

int
mon_number_parse(double *value, const char *text, const char *unit,
    struct tb_err *err)
{
	const char *at = text;

	if (read_number(&at, unit, value) && *at == '\0')
		return 0;
	return tb_err_set(err, TB_EXIT_USAGE, "\"%s\" is not a number%s%s",
	    text, unit != NULL ? " of unit " : "", unit != NULL ? unit : "");
}

static bool
read_start(const char **at, const char *unit, struct mon_range *range)
{
	if (**at == '~') {
		range->start = -INFINITY;
		(*at)++;
		return **at == ':';
	}
	if (**at == ':')
		return true;
	return read_number(at, unit, &range->start);
}

/* "10" is short for "0:10". */
static bool
read_range(const char *at, const char *unit, struct mon_range *range)
{
	const char *first = at;

	if (*at == '@') {
		range->inside = true;
		first = ++at;
	}
	if (!read_start(&at, unit, range))
		return false;
	if (*at == '\0') {
		range->end = range->start;
		range->start = 0;
		return range->start <= range->end;
	}
	if (*at++ != ':')
		return false;
	if (*at == '\0')
		return *first != ':' && *first != '~';
	return read_number(&at, unit, &range->end) && *at == '\0' &&
	    range->start <= range->end;
}

int
mon_range_parse(struct mon_range *range, const char *text, const char *unit,
    struct tb_err *err)
{
	struct mon_range r = { .set = true, .end = INFINITY };

	if (text[0] == '\0') {
		*range = (struct mon_range){ .set = false };
		return 0;
	}
	if (read_range(text, unit, &r)) {
		*range = r;
		return 0;
	}
	(void)tb_err_set(err, TB_EXIT_USAGE, "\"%s\" is not a range%s%s", text,
	    unit != NULL ? " of unit " : "", unit != NULL ? unit : "");
	return tb_err_hint(err,
	    "A range is [@]START:END, START: or END; an alert is raised "
	    "outside of it, with @ inside.");
}

bool
mon_range_alerts(const struct mon_range *range, double value)
{
	bool within = value >= range->start && value <= range->end;

	return range->set && within == range->inside;
}

void
mon_number_print(double value, struct tb_buf *b)
{
	char text[400];
	size_t n;

	(void)snprintf(text, sizeof(text), "%.6f", value);
	for (n = strlen(text); text[n - 1] == '0'; n--)
		;
	text[text[n - 1] == '.' ? n - 1 : n] = '\0';
	tb_buf_add(b, strcmp(text, "-0") == 0 ? "0" : text);
}

void
mon_range_print(const struct mon_range *range, struct tb_buf *b)
{
	if (!range->set)
		return;
	if (range->inside)
		tb_buf_addc(b, '@');
	if (isinf(range->start))
		tb_buf_add(b, "~:");
	else if (range->start != 0 || isinf(range->end)) {
		mon_number_print(range->start, b);
		tb_buf_addc(b, ':');
	}
	if (!isinf(range->end))
		mon_number_print(range->end, b);
}
