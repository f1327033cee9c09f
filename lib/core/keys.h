/*
 * keys.h: "--: key value" lines in SQL files.
 *
 * Checks, object classes and revisions are SQL files that say what they are
 * in comment lines of this form.  One reader for all of them:
 *
 *	struct tb_lines in = tb_lines(text);
 *	struct tb_slice line;
 *	struct tb_key key;
 *
 *	while (tb_lines_next(&in, &line))
 *		if (tb_key_parse(line, &key) && tb_slice_is(key.name, "title"))
 *			title = tb_slice_dup(key.value);
 *
 * Nothing is allocated but by tb_slice_dup: slices point into the text.
 */
#ifndef TB_CORE_KEYS_H
#define TB_CORE_KEYS_H

#include "core/tb.h"

struct tb_slice {
	const char *s;
	size_t n;
};

bool tb_slice_is(struct tb_slice, const char *);
char *tb_slice_dup(struct tb_slice) TB_MUSTCHECK;

/* Take the next word of the slice; false when only blanks are left. */
bool tb_slice_word(struct tb_slice *rest, struct tb_slice *word);

/* Lines without their end (LF or CRLF). */
struct tb_lines {
	const char *next;
	int number; /* of the line that was returned last, from 1 */
};

struct tb_lines tb_lines(const char *text);
bool tb_lines_next(struct tb_lines *, struct tb_slice *line);

/* The value has no blanks at its ends; it may be empty. */
struct tb_key {
	struct tb_slice name;
	struct tb_slice value;
};

bool tb_key_parse(struct tb_slice line, struct tb_key *);

#endif /* TB_CORE_KEYS_H */
