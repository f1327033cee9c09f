/*
 * The rules that are built in: each is of a class that there is, and speaks of
 * attributes that it has.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/class.h"
#include "catalog/rule.h"
#include "unit.h"

/* Is the word in the text, not as a part of another? */
static bool
has_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = strstr(text, word); s != NULL;
	     s = strstr(s + 1, word))
		if ((s == text ||
			(!isalnum((unsigned char)s[-1]) && s[-1] != '_')) &&
		    !isalnum((unsigned char)s[n]) && s[n] != '_')
			return true;
	return false;
}

/* In any of the files of the class: one for each range of versions. */
static bool
has_attribute(const struct tb_classes *classes, const char *class,
    const char *name)
{
	for (size_t i = 0; i < classes->n; i++)
		if (strcmp(classes->v[i].name, class) == 0 &&
		    has_word(classes->v[i].sql, name))
			return true;
	return false;
}

/* No attributes, but what the engine wants done (rule.h). */
static bool
is_wish(const char *name)
{
	static const char *const wishes[] = { "held", "released", "carried",
		"filled", "hollow", "made_with" };

	for (size_t i = 0; i < TB_LEN(wishes); i++)
		if (strcmp(name, wishes[i]) == 0)
			return true;
	return false;
}

static void
check_rule(const struct tb_classes *classes, const struct tb_rule_class *c,
    const struct tb_rule *rule)
{
	for (size_t i = 0; i < rule->attributes.n; i++) {
		const char *name = rule->attributes.v[i];

		if (strcmp(name, "*") == 0 || strcmp(name, "parent") == 0 ||
		    is_wish(name))
			continue;
		TB_OK(has_attribute(classes, c->name, name),
		    "%s.rules:%d: the class has \"%s\"", c->file, rule->line,
		    name);
	}
	if (rule->initial != NULL)
		TB_OK(rule->verb == TB_VERB_CHANGE && rule->attributes.n == 1,
		    "%s.rules:%d: \"initial\" is of one attribute", c->file,
		    rule->line);
	if (rule->impossible || rule->implied_by.n > 0)
		TB_OK(rule->nsteps == 0, "%s.rules:%d: no SQL", c->file,
		    rule->line);
}

static void
check_builtin(void)
{
	struct tb_rules rules = TB_RULES_INIT;
	struct tb_classes classes = TB_CLASSES_INIT;
	struct tb_strs hazards = TB_STRS_INIT;

	tb_rules_load(&rules, tb_catalog_rules);
	tb_classes_add(&classes, tb_catalog_sql, 0);
	for (size_t i = 0; i < rules.n; i++) {
		const struct tb_rule_class *c = &rules.v[i];

		TB_OK(has_attribute(&classes, c->name, "identity"),
		    "there is a class \"%s\"", c->name);
		TB_OK(tb_rules_find(&rules, c->name) == c, "it is found");
		for (size_t j = 0; j < c->n; j++)
			check_rule(&classes, c, &c->v[j]);
	}
	TB_OK(tb_rules_find(&rules, "nothing") == NULL, "nothing is not");
	tb_rules_hazards(&rules, &hazards);
	TB_OK(tb_strs_has(&hazards, "data-loss"), "data-loss is a hazard");
	tb_strs_release(&hazards);
	tb_classes_release(&classes);
	tb_rules_release(&rules);
}

static const char sample[] = "--: class sample\n"
			     "# a comment\n"
			     "--: keeps parts\n"
			     "--: goes after a b\n"
			     "\n"
			     "--: create\n"
			     "--: when not x = 1\n"
			     "--: lock SHARE on {parent}\n"
			     "CREATE\n"
			     "  -- as it is\n"
			     "SAMPLE;\n"
			     "--: then\n"
			     "--: later\n"
			     "--: commit before\n"
			     "--: hazard one, two\n"
			     "MORE\n"
			     "\n"
			     "--: change a b\n"
			     "--: implied by c\n"
			     "--: replace *\n";

static void
check_sample(void)
{
	const struct tb_sql table[] = { { "sample", sample }, { NULL, NULL } };
	struct tb_rules rules = TB_RULES_INIT;
	const struct tb_rule_class *c;
	const struct tb_rule *rule;

	tb_rules_load(&rules, table);
	c = tb_rules_find(&rules, "sample");
	TB_OK(c != NULL && c->n == 3, "three sections");
	if (c == NULL)
		return;
	TB_OK(c->keeps_parts && c->goes_after.n == 2, "keys of the class");
	rule = &c->v[0];
	TB_OK(tb_rule_is(rule, TB_VERB_CREATE, NULL), "create");
	TB_OK(rule->nsteps == 2, "two statements");
	TB_IS(rule->conditions.v[0], "not x = 1", "the condition");
	TB_IS(rule->steps[0].sql, "CREATE\n  -- as it is\nSAMPLE;", "the SQL");
	TB_IS(rule->steps[0].lock, "SHARE on {parent}", "the lock");
	TB_OK(!rule->steps[0].later && rule->steps[1].later &&
		rule->steps[1].commit_before,
	    "keys are of one statement");
	TB_OK(rule->steps[1].hazards.n == 2, "two hazards");
	rule = &c->v[1];
	TB_OK(tb_rule_is(rule, TB_VERB_CHANGE, "b") &&
		!tb_rule_is(rule, TB_VERB_CHANGE, "c"),
	    "attributes");
	TB_OK(rule->nsteps == 0 && rule->implied_by.n == 1, "no statement");
	TB_OK(tb_rule_is(&c->v[2], TB_VERB_REPLACE, "x"), "any attribute");
	tb_rules_release(&rules);
}

int
main(void)
{
	check_sample();
	check_builtin();
	return tb_unit_done();
}
