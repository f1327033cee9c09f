/*
 * header.c: the keys of a revision file.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "revision/header.h"
#include "revision/near.h"

/* Nearly every comparison ends at the first letter. */
static bool
is_named(struct tb_slice name, const char *word)
{
	return name.n > 0 && name.s[0] == word[0] && tb_slice_is(name, word);
}

/*
 * Most ids are digits and letters, in which nothing can be wrong: words that
 * mean something else have no digit.
 */
static bool
is_plain(struct tb_slice id)
{
	bool digit = false;

	for (size_t i = 0; i < id.n; i++) {
		char c = id.s[i];

		if (c >= '0' && c <= '9')
			digit = true;
		else if ((c < 'a' || c > 'z') && c != '_')
			return false;
	}
	return digit && id.n <= TB_REVISION_ID_MAX;
}

static int
set_id(struct tb_reader *r, struct tb_slice value)
{
	char *id = tb_slice_dup(value);

	if (value.n == 0) {
		free(id);
		return tb_reader_fail(r, "revision has no id");
	}
	r->h->id = id;
	if (is_plain(value))
		return 0;
	return tb_reader_at(r, tb_revision_check_id(id, r->err));
}

static int
check_twice(struct tb_reader *r, const struct tb_strs *list)
{
	struct tb_strs sorted = TB_STRS_INIT;
	int rc = 0;

	if (list->n < 2)
		return 0;
	for (size_t i = 0; i < list->n; i++)
		tb_strs_add(&sorted, list->v[i]);
	tb_strs_sort(&sorted);
	for (size_t i = 1; rc == 0 && i < sorted.n; i++)
		if (strcmp(sorted.v[i - 1], sorted.v[i]) == 0)
			rc = tb_reader_fail(r, "\"%s\" is named twice",
			    sorted.v[i]);
	tb_strs_release(&sorted);
	return rc;
}

/* Room for as many words as there are: thousands of headers are kept. */
static void
reserve(struct tb_strs *list, struct tb_slice value)
{
	list->cap = 2; /* a word, and the NULL at the end */
	for (size_t i = 0; i < value.n; i++)
		list->cap += value.s[i] == ' ' || value.s[i] == '\t';
	list->v = tb_calloc(list->cap, sizeof(*list->v));
}

/* The words of a list, each checked; "none" alone is the empty list. */
static int
add_words(struct tb_reader *r, struct tb_slice value, struct tb_strs *list,
    int (*check)(const char *, struct tb_err *))
{
	struct tb_slice word;

	if (is_named(value, "none"))
		return 0;
	reserve(list, value);
	while (tb_slice_word(&value, &word)) {
		char *s = tb_slice_dup(word);

		tb_strs_take(list, s);
		if (!is_plain(word) && check(s, r->err) == -1)
			return tb_reader_at(r, -1);
	}
	return check_twice(r, list);
}

static int
set_down_revision(struct tb_reader *r, struct tb_slice value)
{
	return add_words(r, value, &r->h->down_revision, tb_revision_check_id);
}

static int
set_depends_on(struct tb_reader *r, struct tb_slice value)
{
	return add_words(r, value, &r->h->depends_on, tb_revision_check_label);
}

static int
set_labels(struct tb_reader *r, struct tb_slice value)
{
	return add_words(r, value, &r->h->labels, tb_revision_check_label);
}

static int
set_replaces(struct tb_reader *r, struct tb_slice value)
{
	return add_words(r, value, &r->h->replaces, tb_revision_check_id);
}

static int
set_message(struct tb_reader *r, struct tb_slice value)
{
	r->h->message = tb_slice_dup(value);
	return 0;
}

static int
set_date(struct tb_reader *r, struct tb_slice value)
{
	r->h->date = tb_slice_dup(value);
	return 0;
}

static int
set_transaction(struct tb_reader *r, struct tb_slice value)
{
	if (!tb_slice_is(value, "no") && !tb_slice_is(value, "yes"))
		return tb_reader_fail(r,
		    "transaction must be \"yes\" or \"no\"");
	r->h->transaction = tb_slice_is(value, "yes");
	return 0;
}

static bool
is_timeout(const char *s)
{
	static const char *const units[] = { "", "us", "ms", "s", "min", "h",
		"d" };
	size_t n = strspn(s, "0123456789");

	if (n == 0 || n > 9)
		return false;
	s += n;
	s += strspn(s, " ");
	for (size_t i = 0; i < TB_LEN(units); i++)
		if (strcmp(s, units[i]) == 0)
			return true;
	return false;
}

static int
set_timeout(struct tb_reader *r, struct tb_slice value, char **timeout)
{
	*timeout = tb_slice_dup(value);
	if (is_timeout(*timeout))
		return 0;
	(void)tb_reader_fail(r, "\"%s\" is not a timeout", *timeout);
	return tb_err_hint(r->err,
	    "Write a whole number and us, ms, s, min, h or d, such as 5s; a "
	    "bare number is milliseconds, 0 is no limit.");
}

static int
set_lock_timeout(struct tb_reader *r, struct tb_slice value)
{
	return set_timeout(r, value, &r->h->lock_timeout);
}

static int
set_statement_timeout(struct tb_reader *r, struct tb_slice value)
{
	return set_timeout(r, value, &r->h->statement_timeout);
}

static int
set_lint_ignore(struct tb_reader *r, struct tb_slice value)
{
	if (value.n == 0)
		return tb_reader_fail(r, "lint-ignore does not say which rule");
	tb_strs_take(&r->h->lint_ignore, tb_slice_dup(value));
	return 0;
}

static const struct {
	const char *name;
	int (*set)(struct tb_reader *, struct tb_slice);
	bool repeats;
} keys[TB_KEYS] = {
	[TB_KEY_REVISION] = { "revision", set_id, false, },
	[TB_KEY_DOWN_REVISION] = { "down-revision", set_down_revision, false, },
	[TB_KEY_DEPENDS_ON] = { "depends-on", set_depends_on, false, },
	[TB_KEY_LABELS] = { "labels", set_labels, false, },
	[TB_KEY_REPLACES] = { "replaces", set_replaces, false, },
	[TB_KEY_MESSAGE] = { "message", set_message, false, },
	[TB_KEY_DATE] = { "date", set_date, false, },
	[TB_KEY_TRANSACTION] = { "transaction", set_transaction, false, },
	[TB_KEY_LOCK_TIMEOUT] = { "lock-timeout", set_lock_timeout, false, },
	[TB_KEY_STATEMENT_TIMEOUT] =
	    { "statement-timeout", set_statement_timeout, false, },
	[TB_KEY_LINT_IGNORE] = { "lint-ignore", set_lint_ignore, true, },
};

static const char *const sections[TB_SECTIONS] = {
	[TB_SECTION_UPGRADE] = "upgrade",
	[TB_SECTION_DOWNGRADE] = "downgrade",
	[TB_SECTION_VERIFY] = "verify",
};

const char *
tb_header_key_name(enum tb_header_key k)
{
	return keys[k].name;
}

int
tb_reader_fail(struct tb_reader *r, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = tb_vasprintf(fmt, ap);
	va_end(ap);
	(void)tb_err_set(r->err, TB_EXIT_DATA, "%s:%d: %s", r->h->path,
	    r->in.number, text);
	free(text);
	return -1;
}

int
tb_reader_at(struct tb_reader *r, int rc)
{
	if (rc == -1)
		(void)tb_err_prefix(r->err, "%s:%d", r->h->path, r->in.number);
	return rc;
}

/* TB_SECTIONS if it is none. */
static enum tb_section_kind
find_section(struct tb_slice name)
{
	int s = 0;

	while (s < TB_SECTIONS && !is_named(name, sections[s]))
		s++;
	return (enum tb_section_kind)s;
}

/* TB_KEYS if it is none. */
static enum tb_header_key
find_key(struct tb_slice name)
{
	int k = 0;

	while (k < TB_KEYS && !is_named(name, keys[k].name))
		k++;
	return (enum tb_header_key)k;
}

static int
unknown_key(struct tb_reader *r, struct tb_slice name)
{
	char *word = tb_slice_dup(name);
	struct tb_near near = tb_near(word);

	if (name.n == 0) {
		(void)tb_reader_fail(r, "\"--:\" without a key");
		free(word);
		return -1;
	}
	for (int k = 0; k < TB_KEYS; k++)
		tb_near_try(&near, keys[k].name);
	for (int s = 0; s < TB_SECTIONS; s++)
		tb_near_try(&near, sections[s]);
	(void)tb_reader_fail(r, "unknown key \"%s\"", word);
	if (near.best != NULL)
		(void)tb_err_hint(r->err, "Did you mean \"%s\"?", near.best);
	free(word);
	return -1;
}

static int
read_key(struct tb_reader *r, struct tb_key *key)
{
	enum tb_header_key k = find_key(key->name);

	if (k == TB_KEYS)
		return unknown_key(r, key->name);
	if (r->h->line[k] != 0 && !keys[k].repeats)
		return tb_reader_fail(r,
		    "key \"%s\" is here again, first in line %d", keys[k].name,
		    r->h->line[k]);
	if (r->h->line[k] == 0)
		r->h->line[k] = r->in.number;
	return keys[k].set(r, key->value);
}

static bool
is_comment(struct tb_slice line)
{
	struct tb_slice word;

	return !tb_slice_word(&line, &word) ||
	    (word.n >= 2 && memcmp(word.s, "--", 2) == 0);
}

static int
text_too_early(struct tb_reader *r)
{
	(void)tb_reader_fail(r, "text before the first section");
	return tb_err_hint(r->err,
	    "The SQL begins after a line \"--: upgrade\".");
}

/* What must be there once the keys are all read. */
static int
check_header(struct tb_reader *r)
{
	if (r->h->message == NULL)
		r->h->message = tb_strdup("");
	if (r->h->id != NULL)
		return 0;
	(void)tb_err_set(r->err, TB_EXIT_DATA, "%s: there is no revision id",
	    r->h->path);
	return tb_err_hint(r->err,
	    "A revision file has a line \"--: revision ID\" at its top.");
}

int
tb_reader_header(struct tb_reader *r)
{
	struct tb_slice line;
	struct tb_key key;

	while (tb_lines_next(&r->in, &line)) {
		if (tb_key_parse(line, &key)) {
			r->section = find_section(key.name);
			r->value = key.value;
			if (r->section != TB_SECTIONS)
				return check_header(r) == 0 ? 1 : -1;
			if (read_key(r, &key) == -1)
				return -1;
		} else if (!is_comment(line)) {
			return text_too_early(r);
		}
	}
	return 0;
}

int
tb_reader_body(struct tb_reader *r, struct tb_slice *line)
{
	struct tb_key key;
	enum tb_header_key k;

	if (!tb_lines_next(&r->in, line))
		return 0;
	if (!tb_key_parse(*line, &key))
		return 1;
	r->section = find_section(key.name);
	r->value = key.value;
	if (r->section != TB_SECTIONS)
		return 2;
	/* What an import could not translate: the run refuses it. */
	if (tb_slice_is(key.name, "untranslated"))
		return 1;
	if ((k = find_key(key.name)) == TB_KEYS)
		return unknown_key(r, key.name);
	/* Above a statement it is for that statement: it stays in the SQL. */
	if (k == TB_KEY_LINT_IGNORE)
		return 1;
	(void)tb_reader_fail(r, "key \"%s\" after the first section",
	    keys[k].name);
	return tb_err_hint(r->err, "Keys stand at the top of the file.");
}

const char *
tb_section_name(enum tb_section_kind s)
{
	return sections[s];
}

/* Most lists of most headers are empty. */
static void
release(struct tb_strs *list)
{
	if (list->v != NULL)
		tb_strs_release(list);
}

void
tb_header_release(struct tb_header *h)
{
	free(h->path);
	free(h->id);
	free(h->message);
	free(h->date);
	release(&h->down_revision);
	release(&h->depends_on);
	release(&h->labels);
	release(&h->replaces);
	release(&h->lint_ignore);
	free(h->lock_timeout);
	free(h->statement_timeout);
	*h = (struct tb_header)TB_HEADER_INIT;
}
