#include "core/tb.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "core/err.h"
#include "core/keys.h"
#include "core/mem.h"
#include "core/sql.h"

static const char *const scope_words[] = { "cluster", "database", NULL };
static const char *const role_words[] = { "any", "primary", "standby", NULL };

enum kind {
	TEXT,  /* char *: once */
	LINES, /* char *: each adds a line */
	WORD,  /* int: the index of the word */
	NUMBER,
	PARAM,
};

struct key {
	const char *name;
	enum kind kind;
	size_t offset; /* in struct mon_check */
	const char *const *words;
	int min, max;
};

#define AT(field) offsetof(struct mon_check, field)

static const struct key keys[] = {
	{ "critical", TEXT, AT(critical_key), NULL, 0, 0 },
	{ "explain", LINES, AT(explain), NULL, 0, 0 },
	{ "hint", TEXT, AT(hint), NULL, 0, 0 },
	{ "name", TEXT, AT(name_key), NULL, 0, 0 },
	{ "param", PARAM, 0, NULL, 0, 0 },
	{ "role", WORD, AT(role), role_words, 0, 0 },
	{ "scope", WORD, AT(scope), scope_words, 0, 0 },
	{ "since", NUMBER, AT(since), NULL, 0, INT_MAX },
	{ "tier", NUMBER, AT(tier), NULL, 0, 3 },
	{ "title", TEXT, AT(title), NULL, 0, 0 },
	{ "unit", TEXT, AT(unit), NULL, 0, 0 },
	{ "until", NUMBER, AT(until), NULL, 0, INT_MAX },
	{ "warning", TEXT, AT(warning_key), NULL, 0, 0 },
};

const char *
mon_role_name(int role)
{
	return role_words[role];
}

const char *
mon_scope_name(int scope)
{
	return scope_words[scope];
}

static const struct key *
find_key(struct tb_slice name)
{
	for (size_t i = 0; i < TB_LEN(keys); i++)
		if (tb_slice_is(name, keys[i].name))
			return &keys[i];
	return NULL;
}

static int
set_text(char **to, const struct key *key, struct tb_slice value,
    struct tb_err *err)
{
	if (*to != NULL)
		return tb_err_set(err, TB_EXIT_CONFIG,
		    "key \"%s\" is given twice", key->name);
	if (value.n == 0)
		return tb_err_set(err, TB_EXIT_CONFIG,
		    "key \"%s\" has no value", key->name);
	*to = tb_slice_dup(value);
	return 0;
}

static void
add_line(char **to, struct tb_slice value)
{
	char *old = *to;
	char *line = tb_slice_dup(value);

	*to = old != NULL ? tb_asprintf("%s\n%s", old, line) : tb_strdup(line);
	free(line);
	free(old);
}

static int
set_word(int *to, const struct key *key, struct tb_slice value,
    struct tb_err *err)
{
	for (int i = 0; key->words[i] != NULL; i++) {
		if (tb_slice_is(value, key->words[i])) {
			*to = i;
			return 0;
		}
	}
	return tb_err_set(err, TB_EXIT_CONFIG, "there is no %s \"%.*s\"",
	    key->name, (int)value.n, value.s);
}

static int
set_number(int *to, const struct key *key, struct tb_slice value,
    struct tb_err *err)
{
	char *text = tb_slice_dup(value);
	char *end;
	long number;

	errno = 0;
	number = strtol(text, &end, 10);
	if (errno == 0 && end != text && *end == '\0' && number >= key->min &&
	    number <= key->max) {
		*to = (int)number;
		free(text);
		return 0;
	}
	(void)tb_err_set(err, TB_EXIT_CONFIG,
	    "key \"%s\" takes a whole number from %d to %d, not \"%s\"",
	    key->name, key->min, key->max, text);
	free(text);
	return -1;
}

/* "param NAME DEFAULT": the default goes to the end of the line. */
static int
add_param(struct mon_check *check, struct tb_slice value, struct tb_err *err)
{
	struct tb_slice name, rest;
	struct mon_param p;

	if (!tb_slice_word(&value, &name))
		return tb_err_set(err, TB_EXIT_CONFIG,
		    "key \"param\" has no value");
	p.name = tb_slice_dup(name);
	if (mon_check_param(check, p.name) != NULL || strchr(p.name, '=')) {
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "parameter \"%s\" is given twice, or its name has a =",
		    p.name);
		free(p.name);
		return -1;
	}
	/* Taking a word trims what is left of the line. */
	rest = value;
	if (tb_slice_word(&rest, &name))
		p.value =
		    tb_strndup(name.s, (size_t)(value.s + value.n - name.s));
	else
		p.value = NULL;
	check->params = tb_grow(check->params, check->nparams,
	    &check->params_cap, sizeof(*check->params));
	check->params[check->nparams++] = p;
	return 0;
}

static int
set_key(struct mon_check *check, struct tb_key key, struct tb_err *err)
{
	const struct key *k = find_key(key.name);
	void *to = k != NULL ? (char *)check + k->offset : NULL;

	if (k == NULL) {
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "there is no key \"%.*s\"", (int)key.name.n, key.name.s);
		return tb_err_hint(err,
		    "tb-monitor(1) lists the keys of a check.");
	}
	switch (k->kind) {
	case TEXT:
		return set_text(to, k, key.value, err);
	case LINES:
		add_line(to, key.value);
		return 0;
	case WORD:
		return set_word(to, k, key.value, err);
	case NUMBER:
		return set_number(to, k, key.value, err);
	case PARAM:
		return add_param(check, key.value, err);
	}
	tb_bug("key \"%s\" has no kind", k->name);
}

static bool
is_id(const char *id)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_.-";

	return id[0] != '\0' && id[strspn(id, letters)] == '\0';
}

static bool
is_blank(const char *sql)
{
	return sql[strspn(sql, " \t\r\n")] == '\0';
}

/* The unit may stand below the range, so ranges are read at the end. */
static int
set_range(struct mon_range *range, const struct mon_check *c, const char *text,
    const char *key_name, struct tb_err *err)
{
	struct tb_lines in = tb_lines(c->text);
	struct tb_slice line;
	struct tb_key key;

	if (text == NULL || mon_range_parse(range, text, c->unit, err) == 0)
		return 0;
	while (tb_lines_next(&in, &line) && tb_key_parse(line, &key))
		if (tb_slice_is(key.name, key_name))
			break;
	(void)tb_err_prefix(err, "key \"%s\"", key_name);
	return tb_err_prefix(err, "%s:%d", c->file, in.number);
}

/* What can be judged only when all keys are read. */
static int
finish(struct mon_check *c, struct tb_err *err)
{
	if (c->name_key != NULL) {
		free(c->id);
		c->id = tb_strdup(c->name_key);
	}
	if (!is_id(c->id))
		return tb_err_set(err, TB_EXIT_CONFIG,
		    "%s: \"%s\" is no name for a check, which is made of "
		    "letters, digits, \"_\", \".\" and \"-\"",
		    c->file, c->id);
	if (c->title == NULL)
		return tb_err_set(err, TB_EXIT_CONFIG, "%s: there is no title",
		    c->file);
	if (is_blank(c->sql))
		return tb_err_set(err, TB_EXIT_CONFIG,
		    "%s: there is no statement", c->file);
	if (c->since > c->until)
		return tb_err_set(err, TB_EXIT_CONFIG,
		    "%s: no server is from %d until %d", c->file, c->since,
		    c->until);
	if (set_range(&c->warning, c, c->warning_key, "warning", err) == -1)
		return -1;
	return set_range(&c->critical, c, c->critical_key, "critical", err);
}

/* The keys are at the top: one further down would be taken for a comment. */
static int
read_keys(struct mon_check *check, int *line_number, struct tb_err *err)
{
	struct tb_lines in = tb_lines(check->text);
	struct tb_slice line;
	struct tb_key key;
	bool at_top = true;

	while (tb_lines_next(&in, &line)) {
		*line_number = in.number;
		if (!tb_key_parse(line, &key))
			at_top = false;
		else if (!at_top)
			return tb_err_set(err, TB_EXIT_CONFIG,
			    "key \"%.*s\" stands below the first line that is "
			    "not a key",
			    (int)key.name.n, key.name.s);
		else if (set_key(check, key, err) == -1)
			return -1;
	}
	return 0;
}

struct mon_check *
mon_check_parse(const char *id, const char *file, const char *text,
    struct tb_err *err)
{
	struct mon_check *check = tb_calloc(1, sizeof(*check));
	int line = 1;

	check->id = tb_strdup(id);
	check->file = tb_strdup(file);
	check->text = tb_strdup(text);
	check->sql = tb_sql_body(check->text);
	check->until = INT_MAX;
	check->tier = 1;
	if (read_keys(check, &line, err) == -1) {
		(void)tb_err_prefix(err, "%s:%d", file, line);
	} else if (finish(check, err) == 0) {
		return check;
	}
	err->code = TB_EXIT_CONFIG;
	mon_check_free(check);
	return NULL;
}

void
mon_check_free(struct mon_check *c)
{
	for (size_t i = 0; i < c->nparams; i++) {
		free(c->params[i].name);
		free(c->params[i].value);
	}
	free(c->params);
	free(c->id);
	free(c->file);
	free(c->title);
	free(c->unit);
	free(c->hint);
	free(c->explain);
	free(c->text);
	free(c->name_key);
	free(c->warning_key);
	free(c->critical_key);
	free(c);
}

struct mon_param *
mon_check_param(const struct mon_check *c, const char *name)
{
	for (size_t i = 0; i < c->nparams; i++)
		if (strcmp(c->params[i].name, name) == 0)
			return &c->params[i];
	return NULL;
}

bool
mon_check_overlaps(const struct mon_check *a, const struct mon_check *b)
{
	return a->since <= b->until && b->since <= a->until &&
	    (a->role == b->role || a->role == MON_ANY || b->role == MON_ANY);
}
