#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/keys.h"
#include "core/mem.h"
#include "revision/create.h"
#include "revision/filename.h"

#define SLUG_MAX 40

/* Any byte above ASCII belongs to a letter of some language. */
static bool
is_word(char c)
{
	return c == '_' || isalnum((unsigned char)c) || (c & 0x80) != 0;
}

/* How many bytes the first max characters of a UTF-8 text take. */
static size_t
characters(const char *s, int max)
{
	size_t n = 0;

	while (s[n] != '\0' && max-- > 0)
		do
			n++;
		while ((s[n] & 0xc0) == 0x80);
	return n;
}

static void
cut(struct tb_buf *b, size_t len)
{
	char *last;

	tb_buf_truncate(b, len);
	if ((last = strrchr(b->s, '_')) != NULL)
		tb_buf_truncate(b, (size_t)(last - b->s));
	tb_buf_addc(b, '_');
}

char *
tb_create_slug(const char *message, int max)
{
	struct tb_buf b = TB_BUF_INIT;
	bool between = false;
	size_t len;

	for (const char *p = message; *p != '\0'; p++) {
		if (!is_word(*p)) {
			between = b.len > 0;
			continue;
		}
		if (between)
			tb_buf_addc(&b, '_');
		between = false;
		tb_buf_addc(&b,
		    (char)((*p & 0x80) != 0 ? *p : tolower((unsigned char)*p)));
	}
	len = characters(b.s, max > 0 ? max : SLUG_MAX);
	if (len < b.len)
		cut(&b, len);
	return tb_buf_detach(&b);
}

struct token {
	struct tb_slice name;
	bool zero;
	int width, precision;
	char type;
};

/* *p stands after the per cent sign. */
static bool
parse_token(const char **p, struct token *t)
{
	char *end;
	size_t n;

	*t = (struct token){ .zero = false };
	if (**p != '(' || (*p)[n = strcspn(*p, ")")] == '\0')
		return false;
	t->name = (struct tb_slice){ *p + 1, n - 1 };
	*p += n + 1;
	t->zero = **p == '0';
	t->width = (int)strtol(*p, &end, 10);
	if (*end == '.')
		t->precision = (int)strtol(end + 1, &end, 10);
	t->type = *end;
	*p = end;
	if (t->type != '\0')
		(*p)++;
	return (t->type == 's' || t->type == 'd') && t->width >= 0 &&
	    t->width < 100 && t->precision >= 0 && t->precision < 100;
}

static bool
find_number(struct tb_slice name, time_t now, const struct tm *tm, long *value)
{
	const struct {
		const char *name;
		long value;
	} numbers[] = {
		{ "epoch", (long)now },
		{ "year", tm->tm_year + 1900L },
		{ "month", tm->tm_mon + 1L },
		{ "day", tm->tm_mday },
		{ "hour", tm->tm_hour },
		{ "minute", tm->tm_min },
		{ "second", tm->tm_sec },
	};

	for (size_t i = 0; i < TB_LEN(numbers); i++)
		if (tb_slice_is(name, numbers[i].name)) {
			*value = numbers[i].value;
			return true;
		}
	return false;
}

static void
add_number(struct tb_buf *b, const struct token *t, long value)
{
	char *digits = tb_asprintf("%.*ld",
	    t->zero && t->width > t->precision ? t->width : t->precision,
	    value);

	tb_buf_addf(b, "%*s", t->width, digits);
	free(digits);
}

/* A slash in an id or a message must not lead into another folder. */
static void
add_text(struct tb_buf *b, const char *text)
{
	for (; *text != '\0'; text++)
		tb_buf_addc(b, (char)(*text == '/' ? '_' : *text));
}

static int
bad_template(const char *file_template, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_CONFIG,
	    "file name template \"%s\" cannot be understood", file_template);
	return tb_err_hint(err,
	    "It is made of %%(rev)s, %%(slug)s, %%(epoch)d, %%(year)d, "
	    "%%(month).2d, %%(day).2d, %%(hour).2d, %%(minute).2d and "
	    "%%(second).2d.");
}

char *
tb_filename(const char *file_template, const char *id, const char *slug,
    time_t now, const struct tm *tm, struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	struct token t;
	long value;

	for (const char *p = file_template; *p != '\0';) {
		if (*p != '%' || *++p == '%') {
			tb_buf_addc(&b, *p++);
		} else if (!parse_token(&p, &t)) {
			break;
		} else if (t.type == 's' && tb_slice_is(t.name, "rev")) {
			add_text(&b, id);
		} else if (t.type == 's' && tb_slice_is(t.name, "slug")) {
			add_text(&b, slug);
		} else if (find_number(t.name, now, tm, &value)) {
			add_number(&b, &t, value);
		} else {
			t.type = '?';
			break;
		}
		if (*p == '\0')
			return tb_buf_detach(&b);
	}
	(void)bad_template(file_template, err);
	tb_buf_release(&b);
	return NULL;
}
