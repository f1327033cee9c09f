#include "core/tb.h"

#include <string.h>

#include "array.h"
#include "core/buf.h"
#include "core/strs.h"

/* Read a quoted member from behind its first quote; NULL: it has no end. */
static const char *
read_quoted(const char *s, struct tb_buf *b)
{
	for (; *s != '\0' && *s != '"'; s++) {
		if (*s == '\\' && s[1] != '\0')
			s++;
		tb_buf_addc(b, *s);
	}
	return *s == '"' ? s + 1 : NULL;
}

static const char *
read_bare(const char *s, struct tb_buf *b)
{
	size_t n = strcspn(s, ",{}\"");

	tb_buf_addn(b, s, n);
	return s + n;
}

int
mon_array_parse(const char *s, struct tb_strs *out)
{
	struct tb_buf b = TB_BUF_INIT;
	int depth = 0;

	/* "[2:3]={a,b}" where it does not begin at 1 */
	if (*s == '[')
		s += strcspn(s, "{");
	do {
		if (*s == '{') {
			depth++;
			s++;
		} else if (*s == '}') {
			depth--;
			s++;
		} else if (*s == ',') {
			s++;
		} else if (*s == '"') {
			tb_buf_reset(&b);
			if ((s = read_quoted(s + 1, &b)) == NULL)
				break;
			tb_strs_add(out, b.s);
		} else {
			tb_buf_reset(&b);
			s = read_bare(s, &b);
			if (depth > 0 && strcmp(b.s, "NULL") != 0)
				tb_strs_add(out, b.s);
		}
	} while (depth > 0 && *s != '\0');
	tb_buf_release(&b);
	return s != NULL && depth == 0 && *s == '\0' ? 0 : -1;
}
