/*
 * rule.c: rules/CLASS.rules as structs.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/rule.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/keys.h"
#include "core/mem.h"

static const struct {
	const char *word;
	enum tb_verb verb;
} verbs[] = {
	{ "create", TB_VERB_CREATE },
	{ "drop", TB_VERB_DROP },
	{ "change", TB_VERB_CHANGE },
	{ "replace", TB_VERB_REPLACE },
	{ "part", TB_VERB_PART },
	{ "rename", TB_VERB_RENAME },
};

static const char *const locks[] = { "ACCESS SHARE", "ROW SHARE",
	"ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE",
	"SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE" };

struct reader {
	const struct tb_sql *file;
	int line;
	struct tb_rule_class *class;
	struct tb_rule *rule;      /* NULL: before the first section */
	struct tb_rule_step *step; /* NULL: none begun */
	struct tb_buf sql;
};

static TB_NORETURN TB_PRINTF(2, 3) void fail(const struct reader *r,
    const char *fmt, ...)
{
	va_list ap;
	char *why;

	va_start(ap, fmt);
	why = tb_vasprintf(fmt, ap);
	va_end(ap);
	tb_bug("catalog/rules/%s.rules:%d: %s", r->file->file, r->line, why);
}

static void
add_words(struct tb_strs *list, struct tb_slice value)
{
	char *text = tb_slice_dup(value);

	tb_strs_split(list, text, " ,\t");
	free(text);
}

/* "by a b": the words after the first, which is as expected. */
static void
add_words_after(const struct reader *r, const char *first,
    struct tb_slice value, struct tb_strs *list)
{
	struct tb_slice word;

	if (!tb_slice_word(&value, &word) || !tb_slice_is(word, first))
		fail(r, "\"%s\" is missing", first);
	add_words(list, value);
}

static void
add_value(struct tb_strs *list, struct tb_slice value)
{
	tb_strs_take(list, tb_slice_dup(value));
}

static void
end_step(struct reader *r)
{
	tb_buf_rtrim(&r->sql);
	if (r->step != NULL && r->sql.len == 0)
		fail(r, "a statement is missing before this line");
	if (r->step != NULL)
		r->step->sql = tb_buf_detach(&r->sql);
	r->step = NULL;
}

static struct tb_rule_step *
need_step(struct reader *r)
{
	struct tb_rule *rule = r->rule;

	if (rule == NULL)
		fail(r, "SQL before the first section");
	if (r->step != NULL)
		return r->step;
	rule->steps = tb_grow(rule->steps, rule->nsteps, &rule->cap,
	    sizeof(*rule->steps));
	r->step = &rule->steps[rule->nsteps++];
	*r->step = (struct tb_rule_step){ .sql = NULL };
	return r->step;
}

static bool
begin_section(struct reader *r, const struct tb_key *key)
{
	struct tb_rule_class *c = r->class;

	for (size_t i = 0; i < TB_LEN(verbs); i++) {
		if (!tb_slice_is(key->name, verbs[i].word))
			continue;
		end_step(r);
		c->v = tb_grow(c->v, c->n, &c->cap, sizeof(*c->v));
		r->rule = &c->v[c->n++];
		*r->rule = (struct tb_rule){
			.verb = verbs[i].verb,
			.file = r->file->file,
			.line = r->line,
		};
		add_words(&r->rule->attributes, key->value);
		return true;
	}
	return false;
}

static bool
class_key(struct reader *r, const struct tb_key *key)
{
	struct tb_rule_class *c = r->class;

	if (r->rule != NULL)
		return false;
	if (tb_slice_is(key->name, "class")) {
		free(c->name);
		c->name = tb_slice_dup(key->value);
	} else if (tb_slice_is(key->name, "occupies")) {
		add_value(&c->occupies, key->value);
	} else if (tb_slice_is(key->name, "after")) {
		add_words(&c->after, key->value);
	} else if (tb_slice_is(key->name, "goes") &&
	    tb_slice_is(key->value, "along")) {
		c->goes_along = true;
	} else if (tb_slice_is(key->name, "goes")) {
		add_words_after(r, "after", key->value, &c->goes_after);
	} else if (tb_slice_is(key->name, "outside")) {
		c->is_outside = true;
	} else if (tb_slice_is(key->name, "keeps")) {
		c->keeps_parts = true;
	} else if (tb_slice_is(key->name, "shell")) {
		c->is_shell = true;
	} else if (tb_slice_is(key->name, "explicit")) {
		c->is_explicit = true;
	} else {
		return false;
	}
	return true;
}

static bool
rule_key(struct reader *r, const struct tb_key *key)
{
	struct tb_rule *rule = r->rule;

	if (rule == NULL)
		return false;
	if (tb_slice_is(key->name, "when")) {
		add_value(&rule->conditions, key->value);
	} else if (tb_slice_is(key->name, "initial")) {
		rule->initial = tb_slice_dup(key->value);
	} else if (tb_slice_is(key->name, "disturbs")) {
		add_words(&rule->disturbs, key->value);
	} else if (tb_slice_is(key->name, "implied")) {
		add_words_after(r, "by", key->value, &rule->implied_by);
	} else if (tb_slice_is(key->name, "remakes")) {
		rule->remakes = true;
	} else if (tb_slice_is(key->name, "apart")) {
		rule->apart = true;
	} else if (tb_slice_is(key->name, "impossible")) {
		rule->impossible = true;
	} else {
		return false;
	}
	return true;
}

static char *
lock_text(const struct reader *r, struct tb_slice value)
{
	if (value.n > 0 && value.s[0] == '{')
		return tb_slice_dup(value);
	for (size_t i = 0; i < TB_LEN(locks); i++) {
		size_t n = strlen(locks[i]);

		if (value.n >= n && memcmp(value.s, locks[i], n) == 0 &&
		    (value.n == n || strncmp(value.s + n, " on ", 4) == 0))
			return tb_slice_dup(value);
	}
	fail(r, "PostgreSQL has no such lock level");
}

static bool
flag_key(struct tb_rule_step *s, const struct tb_key *key)
{
	if (tb_slice_is(key->name, "transaction"))
		s->no_transaction = true;
	else if (tb_slice_is(key->name, "commit") &&
	    tb_slice_is(key->value, "before"))
		s->commit_before = true;
	else if (tb_slice_is(key->name, "commit"))
		s->commit_after = true;
	else if (tb_slice_is(key->name, "early"))
		s->early = true;
	else if (tb_slice_is(key->name, "later"))
		s->later = true;
	else
		return false;
	return true;
}

static void
step_key(struct reader *r, const struct tb_key *key)
{
	static const char *const words[] = { "if", "each", "lock", "hazard",
		"transaction", "commit", "early", "later", "setting" };
	struct tb_rule_step *s;
	bool known = false;

	for (size_t i = 0; i < TB_LEN(words); i++)
		known |= tb_slice_is(key->name, words[i]);
	if (!known)
		fail(r, "unknown key");
	s = need_step(r);
	if (r->sql.len > 0)
		fail(r, "a key after the SQL: \"--: then\" is missing");
	if (flag_key(s, key))
		return;
	if (tb_slice_is(key->name, "if"))
		add_value(&s->conditions, key->value);
	else if (tb_slice_is(key->name, "each"))
		s->each = tb_slice_dup(key->value);
	else if (tb_slice_is(key->name, "lock"))
		s->lock = lock_text(r, key->value);
	else if (tb_slice_is(key->name, "hazard"))
		add_words(&s->hazards, key->value);
	else
		add_value(&s->settings, key->value);
}

static void
read_key(struct reader *r, const struct tb_key *key)
{
	if (tb_slice_is(key->name, "then")) {
		end_step(r);
		(void)need_step(r);
	} else if (!begin_section(r, key) && !class_key(r, key) &&
	    !rule_key(r, key)) {
		step_key(r, key);
	}
}

static void
read_line(struct reader *r, struct tb_slice line)
{
	struct tb_key key;

	if (tb_key_parse(line, &key)) {
		read_key(r, &key);
		return;
	}
	if (line.n > 0 && line.s[0] == '#')
		return;
	if (line.n == 0 && r->sql.len == 0)
		return;
	(void)need_step(r);
	tb_buf_addn(&r->sql, line.s, line.n);
	tb_buf_addc(&r->sql, '\n');
}

static void
read_file(struct tb_rules *rules, const struct tb_sql *file)
{
	struct tb_lines in = tb_lines(file->text);
	struct tb_slice line;
	struct reader r = { .file = file, .sql = TB_BUF_INIT };

	rules->v = tb_grow(rules->v, rules->n, &rules->cap, sizeof(*rules->v));
	r.class = &rules->v[rules->n++];
	*r.class = (struct tb_rule_class){ .file = file->file };
	while (tb_lines_next(&in, &line)) {
		r.line = in.number;
		read_line(&r, line);
	}
	end_step(&r);
	tb_buf_release(&r.sql);
	if (r.class->name == NULL)
		fail(&r, "no \"--: class\"");
}

static int
by_name(const void *a, const void *b)
{
	const struct tb_rule_class *x = a, *y = b;

	return strcmp(x->name, y->name);
}

void
tb_rules_load(struct tb_rules *rules, const struct tb_sql *table)
{
	for (const struct tb_sql *s = table; s->file != NULL; s++)
		read_file(rules, s);
	if (rules->n > 0)
		qsort(rules->v, rules->n, sizeof(*rules->v), by_name);
}

const struct tb_rule_class *
tb_rules_find(const struct tb_rules *rules, const char *class)
{
	size_t low = 0, high = rules->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int cmp = strcmp(rules->v[middle].name, class);

		if (cmp == 0)
			return &rules->v[middle];
		if (cmp < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool
tb_rule_is(const struct tb_rule *rule, enum tb_verb verb, const char *attribute)
{
	return rule->verb == verb &&
	    (attribute == NULL || tb_strs_has(&rule->attributes, attribute) ||
		tb_strs_has(&rule->attributes, "*"));
}

static void
add_hazards(const struct tb_rule *rule, struct tb_strs *words)
{
	for (size_t i = 0; i < rule->nsteps; i++)
		for (size_t j = 0; j < rule->steps[i].hazards.n; j++)
			if (!tb_strs_has(words, rule->steps[i].hazards.v[j]))
				tb_strs_add(words, rule->steps[i].hazards.v[j]);
}

void
tb_rules_hazards(const struct tb_rules *rules, struct tb_strs *words)
{
	for (size_t i = 0; i < rules->n; i++)
		for (size_t j = 0; j < rules->v[i].n; j++)
			add_hazards(&rules->v[i].v[j], words);
	tb_strs_sort(words);
}

static void
release_step(struct tb_rule_step *s)
{
	tb_strs_release(&s->conditions);
	tb_strs_release(&s->hazards);
	tb_strs_release(&s->settings);
	free(s->each);
	free(s->lock);
	free(s->sql);
}

static void
release_rule(struct tb_rule *rule)
{
	for (size_t i = 0; i < rule->nsteps; i++)
		release_step(&rule->steps[i]);
	tb_strs_release(&rule->attributes);
	tb_strs_release(&rule->conditions);
	tb_strs_release(&rule->disturbs);
	tb_strs_release(&rule->implied_by);
	free(rule->initial);
	free(rule->steps);
}

void
tb_rules_release(struct tb_rules *rules)
{
	for (size_t i = 0; i < rules->n; i++) {
		struct tb_rule_class *c = &rules->v[i];

		for (size_t j = 0; j < c->n; j++)
			release_rule(&c->v[j]);
		tb_strs_release(&c->occupies);
		tb_strs_release(&c->after);
		tb_strs_release(&c->goes_after);
		free(c->name);
		free(c->v);
	}
	free(rules->v);
	*rules = (struct tb_rules)TB_RULES_INIT;
}
