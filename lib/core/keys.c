#include "core/tb.h"

#include <string.h>

#include "core/keys.h"
#include "core/mem.h"

static const char mark[] = "--:";

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct tb_slice
trim(struct tb_slice s)
{
	while (s.n > 0 && is_blank(s.s[0])) {
		s.s++;
		s.n--;
	}
	while (s.n > 0 && is_blank(s.s[s.n - 1]))
		s.n--;
	return s;
}

bool
tb_slice_is(struct tb_slice s, const char *word)
{
	return strlen(word) == s.n && memcmp(s.s, word, s.n) == 0;
}

char *
tb_slice_dup(struct tb_slice s)
{
	return tb_strndup(s.s, s.n);
}

bool
tb_slice_word(struct tb_slice *rest, struct tb_slice *word)
{
	*rest = trim(*rest);
	*word = *rest;
	word->n = 0;
	while (word->n < rest->n && !is_blank(rest->s[word->n]))
		word->n++;
	rest->s += word->n;
	rest->n -= word->n;
	return word->n > 0;
}

struct tb_lines
tb_lines(const char *text)
{
	return (struct tb_lines){ text, 0 };
}

bool
tb_lines_next(struct tb_lines *in, struct tb_slice *line)
{
	if (*in->next == '\0')
		return false;
	line->s = in->next;
	line->n = strcspn(in->next, "\n");
	in->next = line->s + line->n;
	if (*in->next == '\n')
		in->next++;
	if (line->n > 0 && line->s[line->n - 1] == '\r')
		line->n--;
	in->number++;
	return true;
}

bool
tb_key_parse(struct tb_slice line, struct tb_key *key)
{
	const size_t n = sizeof(mark) - 1;

	if (line.n < n || memcmp(line.s, mark, n) != 0)
		return false;
	key->value = (struct tb_slice){ line.s + n, line.n - n };
	(void)tb_slice_word(&key->value, &key->name);
	key->value = trim(key->value);
	return true;
}
