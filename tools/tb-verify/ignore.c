/*
 * ignore.c: rules about what does not count.
 *
 *	# a comment
 *	table public.tmp_*
 *	column public.users.note: statistics, storage
 *	partition-of public.trades
 *	preset migrations
 *	role prod_owner=tradebot_user
 *
 * A rule is a class (or *) and a pattern for the identity, as SQL writes it,
 * with the wildcards of the shell; what is a part of such an object goes with
 * it.  With attributes only those are left out, and nothing goes.
 */
#include "core/tb.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/log.h"
#include "core/mem.h"
#include "verify.h"

struct rule {
	char *class; /* "*": any; "partition-of" is none */
	char *pattern;
	struct tb_strs attributes; /* none: the whole */
	const char *file;          /* borrowed from rules->files */
	int line;
	size_t preset; /* number of the line that it came by; 0: its own */
	size_t hits;
};

struct ver_rules {
	struct rule *v;
	size_t n, cap;
	struct tb_strs files;
	struct rule *presets; /* the lines that named them, from 1 */
	size_t npresets, cap_presets;
	struct tb_classes classes;
};

static const char partition_of[] = "partition-of";

struct parser {
	struct ver_job *job;
	const char *file;
	int line;
	size_t preset;
	struct tb_err *err;
};

static int
fail(const struct parser *p, const char *what, const char *word)
{
	return tb_err_set(p->err, TB_EXIT_CONFIG, "%s:%d: %s \"%s\"", p->file,
	    p->line, what, word);
}

static bool
is_class(const struct ver_rules *rules, const char *name)
{
	if (strcmp(name, "*") == 0 || strcmp(name, partition_of) == 0)
		return true;
	for (size_t i = 0; i < rules->classes.n; i++)
		if (strcmp(rules->classes.v[i].name, name) == 0)
			return true;
	return false;
}

/*
 * Cut "PATTERN: word, word" in two; a colon that is followed by anything else
 * belongs to the pattern.
 */
static void
cut_attributes(char *pattern, struct tb_strs *attributes)
{
	char *colon = strrchr(pattern, ':');

	if (colon == NULL || colon == pattern ||
	    strspn(colon + 1, "abcdefghijklmnopqrstuvwxyz_0123456789, \t") !=
		strlen(colon + 1))
		return;
	tb_strs_split(attributes, colon + 1, ", \t");
	if (attributes->n > 0)
		*colon = '\0';
}

static int
add_rule(struct parser *p, struct tb_slice class, struct tb_slice rest)
{
	struct ver_rules *rules = p->job->rules;
	struct tb_buf pattern = TB_BUF_INIT;
	struct rule rule = {
		.class = tb_slice_dup(class),
		.file = p->file,
		.line = p->line,
		.preset = p->preset,
	};
	int rc = 0;

	tb_buf_addn(&pattern, rest.s, rest.n);
	tb_buf_rtrim(&pattern);
	rule.pattern = tb_strdup(pattern.s + strspn(pattern.s, " \t"));
	tb_buf_release(&pattern);
	cut_attributes(rule.pattern, &rule.attributes);
	if (!is_class(rules, rule.class)) {
		rc = fail(p, "there is no class", rule.class);
		(void)tb_err_hint(p->err,
		    "A line is CLASS PATTERN[: ATTRIBUTE, ...], preset NAME or "
		    "role LEFT=RIGHT; tb-verify --coverage lists the classes.");
	} else if (*rule.pattern == '\0') {
		rc = fail(p, "a pattern is missing behind", rule.class);
	} else if (strcmp(rule.class, partition_of) == 0 &&
	    rule.attributes.n > 0) {
		rc = fail(p, "attributes mean nothing behind", rule.class);
	}
	if (rc == -1) {
		free(rule.class);
		free(rule.pattern);
		tb_strs_release(&rule.attributes);
		return -1;
	}
	rules->v = tb_grow(rules->v, rules->n, &rules->cap, sizeof(*rules->v));
	rules->v[rules->n++] = rule;
	return 0;
}

static int read_text(struct parser *, const char *text);

static int
add_preset(struct parser *p, struct tb_slice rest)
{
	struct ver_rules *rules = p->job->rules;
	struct tb_slice word, more;
	const char *text;
	char *name, *names;
	int line = p->line, rc;

	if (!tb_slice_word(&rest, &word) || tb_slice_word(&rest, &more))
		return fail(p, "one name is wanted behind", "preset");
	name = tb_slice_dup(word);
	if ((text = ver_preset(name)) == NULL) {
		names = ver_preset_names();
		rc = fail(p, "there is no preset", name);
		(void)tb_err_hint(p->err, "There are: %s.", names);
		free(names);
		free(name);
		return rc;
	}
	rules->presets = tb_grow(rules->presets, rules->npresets,
	    &rules->cap_presets, sizeof(*rules->presets));
	rules->presets[rules->npresets++] = (struct rule){
		.pattern = name,
		.file = p->file,
		.line = p->line,
	};
	p->preset = rules->npresets;
	rc = read_text(p, text);
	p->preset = 0;
	p->line = line;
	return rc;
}

static int
add_role(struct parser *p, struct tb_slice rest)
{
	struct tb_buf map = TB_BUF_INIT;
	const char *equals;
	int rc = 0;

	for (size_t i = 0; i < rest.n; i++)
		if (rest.s[i] != ' ' && rest.s[i] != '\t')
			tb_buf_addc(&map, rest.s[i]);
	equals = strchr(map.s, '=');
	if (equals == NULL || equals == map.s || equals[1] == '\0')
		rc = fail(p, "LEFT=RIGHT is wanted behind", "role");
	else
		tb_strs_add(&p->job->map_roles, map.s);
	tb_buf_release(&map);
	return rc;
}

static int
read_line(struct parser *p, struct tb_slice line)
{
	struct tb_slice word;

	if (!tb_slice_word(&line, &word) || word.s[0] == '#')
		return 0;
	if (tb_slice_is(word, "preset"))
		return add_preset(p, line);
	if (tb_slice_is(word, "role"))
		return add_role(p, line);
	return add_rule(p, word, line);
}

static int
read_text(struct parser *p, const char *text)
{
	struct tb_lines in = tb_lines(text);
	struct tb_slice line;

	while (tb_lines_next(&in, &line)) {
		if (p->preset == 0)
			p->line = in.number;
		if (read_line(p, line) == -1)
			return -1;
	}
	return 0;
}

static int
read_file(struct ver_job *job, const char *path, struct tb_err *err)
{
	struct parser p = { .job = job, .file = path, .err = err };
	struct tb_buf text = TB_BUF_INIT;
	int rc = tb_file_read(path, &text, err);

	if (rc == 0)
		rc = read_text(&p, text.s);
	tb_buf_release(&text);
	return rc;
}

int
ver_ignore_read(struct ver_job *job, struct tb_err *err)
{
	struct ver_rules *rules = tb_calloc(1, sizeof(*rules));
	const struct tb_strs *given = &job->opt->ignore;

	job->rules = rules;
	rules->classes = (struct tb_classes)TB_CLASSES_INIT;
	tb_classes_add(&rules->classes, tb_catalog_sql, 0);
	for (size_t i = 0; i < given->n; i++)
		tb_strs_add(&rules->files, given->v[i]);
	if (given->n == 0) {
		char *path = tb_conf_path(&job->ctx->conf, "verify|ignore");

		if (path != NULL)
			tb_strs_take(&rules->files, path);
	}
	for (size_t i = 0; i < rules->files.n; i++)
		if (read_file(job, rules->files.v[i], err) == -1)
			return -1;
	return 0;
}

static void
hit(struct ver_rules *rules, struct rule *rule)
{
	rule->hits++;
	if (rule->preset > 0)
		rules->presets[rule->preset - 1].hits++;
}

static bool
fits(const struct rule *rule, const struct tb_fact *f)
{
	return (strcmp(rule->class, "*") == 0 ||
		   strcmp(rule->class, f->class->name) == 0) &&
	    fnmatch(rule->pattern, f->identity, 0) == 0;
}

static bool
has_attribute(const struct tb_fact *f, const struct tb_strs *names)
{
	for (size_t i = 0; i < tb_fact_attributes(f); i++)
		if (tb_strs_has(names, tb_fact_attribute(f, i)))
			return true;
	return tb_strs_has(names, "definition") || tb_strs_has(names, "parent");
}

static const char *
value_of(const struct tb_fact *f, const char *attribute)
{
	for (size_t i = 0; i < tb_fact_attributes(f); i++)
		if (strcmp(tb_fact_attribute(f, i), attribute) == 0)
			return tb_fact_value(f, i);
	return NULL;
}

/* One side's facts and which of them are to go. */
struct marks {
	struct ver_rules *rules;
	const struct tb_facts *facts;
	bool *v;
};

static void
mark_direct(struct marks *m, struct rule *rule)
{
	for (size_t i = 0; i < m->facts->n; i++) {
		const struct tb_fact *f = &m->facts->v[i];

		if (!fits(rule, f))
			continue;
		if (rule->attributes.n == 0) {
			m->v[i] = true;
			hit(m->rules, rule);
		} else if (has_attribute(f, &rule->attributes)) {
			hit(m->rules, rule);
		}
	}
}

static bool
is_marked_table(const struct marks *m, const char *identity)
{
	size_t i = tb_facts_find(m->facts, "table", identity);

	return i != TB_FACT_NONE && m->v[i];
}

/* The partitions of such tables, and theirs.  Says if there were any. */
static bool
mark_partitions(struct marks *m, struct rule *rule)
{
	bool any = false;

	for (size_t i = 0; i < m->facts->n; i++) {
		const struct tb_fact *f = &m->facts->v[i];
		const char *of;

		if (strcmp(f->class->name, "partition") != 0 ||
		    f->up == TB_FACT_NONE || m->v[f->up] ||
		    (of = value_of(f, "of")) == NULL ||
		    (fnmatch(rule->pattern, of, 0) != 0 &&
			!is_marked_table(m, of)))
			continue;
		m->v[f->up] = any = true;
		hit(m->rules, rule);
	}
	return any;
}

static bool
is_left(const struct tb_facts *facts, const struct tb_fact *f, void *arg)
{
	const struct marks *m = arg;

	for (; f != NULL; f = tb_fact_up(facts, f))
		if (m->v[f - facts->v])
			return false;
	return true;
}

void
ver_ignore_facts(const struct ver_job *job, struct ver_side *side)
{
	struct marks m = { .rules = job->rules, .facts = &side->facts };
	size_t before = side->facts.n;

	if (m.rules == NULL || m.rules->n == 0)
		return;
	m.v = tb_calloc(before, sizeof(*m.v));
	for (size_t i = 0; i < m.rules->n; i++) {
		struct rule *rule = &m.rules->v[i];

		if (strcmp(rule->class, partition_of) != 0)
			mark_direct(&m, rule);
		else
			while (mark_partitions(&m, rule))
				continue;
	}
	tb_facts_keep(&side->facts, is_left, &m);
	side->ignored = before - side->facts.n;
	free(m.v);
}

static bool
is_ignored(const struct ver_rules *rules, const struct tb_difference *d)
{
	if (d->kind != TB_DIFF_CHANGED)
		return false;
	for (size_t i = 0; i < rules->n; i++)
		if (rules->v[i].attributes.n > 0 &&
		    tb_strs_has(&rules->v[i].attributes, d->attribute) &&
		    fits(&rules->v[i], tb_diff_fact(d)))
			return true;
	return false;
}

void
ver_ignore_diff(const struct ver_job *job, struct tb_diff *diff)
{
	size_t kept = 0;

	if (job->rules == NULL)
		return;
	for (size_t i = 0; i < diff->n; i++)
		if (!is_ignored(job->rules, &diff->v[i]))
			diff->v[kept++] = diff->v[i];
	diff->n = kept;
}

static void
warn_of(const struct rule *rule)
{
	if (rule->class == NULL)
		tb_warn("%s:%d: nothing fits preset \"%s\"", rule->file,
		    rule->line, rule->pattern);
	else
		tb_warn("%s:%d: nothing fits \"%s %s\"", rule->file, rule->line,
		    rule->class, rule->pattern);
}

/* Where only a part is compared, that it has nothing says little. */
void
ver_ignore_warn(const struct ver_job *job)
{
	const struct ver_rules *rules = job->rules;

	if (rules == NULL || job->opt->schemas.n > 0 || job->opt->classes.n > 0)
		return;
	for (size_t i = 0; i < rules->n; i++)
		if (rules->v[i].hits == 0 && rules->v[i].preset == 0)
			warn_of(&rules->v[i]);
	for (size_t i = 0; i < rules->npresets; i++)
		if (rules->presets[i].hits == 0)
			warn_of(&rules->presets[i]);
}

void
ver_ignore_release(struct ver_job *job)
{
	struct ver_rules *rules = job->rules;

	if (rules == NULL)
		return;
	for (size_t i = 0; i < rules->n; i++) {
		free(rules->v[i].class);
		free(rules->v[i].pattern);
		tb_strs_release(&rules->v[i].attributes);
	}
	for (size_t i = 0; i < rules->npresets; i++)
		free(rules->presets[i].pattern);
	free(rules->v);
	free(rules->presets);
	tb_strs_release(&rules->files);
	tb_classes_release(&rules->classes);
	free(rules);
	job->rules = NULL;
}
