#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "verify.h"

/* What every fact of a side is held against. */
struct filter {
	const struct ver_options *opt;
	struct tb_strs ignored; /* schemas */
	const char *version_schema, *version_table;
};

/*
 * Take the next name out of "public.\"Odd name\".column", without its quotes;
 * false at the end.
 */
static bool
next_name(const char **rest, struct tb_buf *name)
{
	const char *p = *rest;
	bool quoted = *p == '"';

	tb_buf_reset(name);
	if (*p == '\0')
		return false;
	if (quoted)
		p++;
	while (*p != '\0' && (quoted || *p != '.')) {
		if (quoted && *p == '"' && *++p != '"')
			break;
		tb_buf_addc(name, *p++);
	}
	*rest = *p == '.' ? p + 1 : p;
	return true;
}

static bool
is_named(const char *identity, const char *schema, const char *table)
{
	struct tb_buf name = TB_BUF_INIT;
	bool same = next_name(&identity, &name) &&
	    (schema == NULL || strcmp(name.s, schema) == 0) &&
	    next_name(&identity, &name) && strcmp(name.s, table) == 0;

	tb_buf_release(&name);
	return same;
}

/* The version table is how revisions are counted, not what they make. */
static bool
is_bookkeeping(const struct tb_facts *facts, const struct tb_fact *f,
    const struct filter *filter)
{
	const struct tb_fact *object = tb_fact_object(facts, f);

	if (strcmp(object->class->name, "event-trigger") == 0)
		return strcmp(object->identity, "tb_watch") == 0 ||
		    strcmp(object->identity, "tb_watch_drop") == 0;
	return strcmp(object->class->name, "table") == 0 &&
	    is_named(object->identity, filter->version_schema,
		filter->version_table);
}

static bool
schema_is_wanted(const struct tb_facts *facts, const struct tb_fact *f,
    const struct filter *filter)
{
	const struct tb_fact *schema = tb_fact_schema(facts, f);
	const struct tb_strs *only = &filter->opt->schemas;
	struct tb_buf name = TB_BUF_INIT;
	const char *rest;
	bool wanted;

	if (schema == NULL)
		return only->n == 0;
	rest = schema->identity;
	(void)next_name(&rest, &name);
	wanted = (only->n == 0 || tb_strs_has(only, name.s)) &&
	    !tb_strs_has(&filter->ignored, name.s);
	tb_buf_release(&name);
	return wanted;
}

static bool
is_wanted(const struct tb_facts *facts, const struct tb_fact *f, void *arg)
{
	const struct filter *filter = arg;

	return schema_is_wanted(facts, f, filter) &&
	    !is_bookkeeping(facts, f, filter);
}

static bool
is_of_class(const struct tb_facts *facts TB_UNUSED, const struct tb_fact *f,
    void *arg)
{
	return tb_strs_has(arg, f->class->name);
}

/* Remember first what they are part of. */
void
ver_filter_classes(const struct ver_job *job, struct ver_side *side)
{
	struct tb_strs classes = job->opt->classes;
	struct tb_facts *facts = &side->facts;
	size_t n = 0;

	if (classes.n == 0)
		return;
	side->objects = tb_calloc(facts->n, sizeof(*side->objects));
	for (size_t i = 0; i < facts->n; i++)
		if (is_of_class(facts, &facts->v[i], &classes))
			side->objects[n++] =
			    *tb_fact_object(facts, &facts->v[i]);
	tb_facts_keep(facts, is_of_class, &classes);
}

const struct tb_fact *
ver_object(const struct ver_side *side, const struct tb_fact *f)
{
	if (side->objects != NULL)
		return &side->objects[f - side->facts.v];
	return tb_fact_object(&side->facts, f);
}

/* Has the side been asked for this class? */
static bool
knows(const struct tb_facts *facts, const struct tb_class *class)
{
	for (size_t i = 0; i < facts->classes.n; i++)
		if (strcmp(facts->classes.v[i].name, class->name) == 0)
			return !class->of_database ||
			    facts->nresults == facts->classes.n;
	return false;
}

/* Of another version of the server it is a difference, in a snapshot not. */
static bool
is_common(const struct tb_facts *facts TB_UNUSED, const struct tb_fact *f,
    void *arg)
{
	const struct ver_side *other = arg;

	return knows(&other->facts, f->class) ||
	    (other->kind != VER_SNAPSHOT && !f->class->of_database);
}

static void
count_uncommon(struct ver_side *side, struct ver_side *other)
{
	struct tb_facts *facts = &side->facts;

	for (size_t i = 0; i < facts->n; i++) {
		const struct tb_class *class = facts->v[i].class;
		struct tb_unmodelled *u = facts->unmodelled;
		size_t n = facts->nunmodelled;

		if (class->uncounted || is_common(facts, &facts->v[i], other))
			continue;
		while (n > 0 && strcmp(u[n - 1].class, class->title) != 0)
			n--;
		if (n > 0) {
			u[n - 1].count++;
			continue;
		}
		u = tb_reallocarray(u, facts->nunmodelled + 1, sizeof(*u));
		u[facts->nunmodelled++] =
		    (struct tb_unmodelled){ class->title, 1 };
		facts->unmodelled = u;
	}
}

void
ver_filter_common(struct ver_job *job)
{
	for (size_t i = 0; i < 2; i++)
		count_uncommon(&job->side[i], &job->side[1 - i]);
	for (size_t i = 0; i < 2; i++)
		tb_facts_keep(&job->side[i].facts, is_common,
		    &job->side[1 - i]);
}

void
ver_filter(const struct ver_job *job, struct ver_side *side)
{
	const struct tb_conf *conf = &job->ctx->conf;
	struct filter filter = {
		.opt = job->opt,
		.ignored = TB_STRS_INIT,
		.version_schema = tb_conf_str(conf, "migrate|version-schema"),
		.version_table = tb_conf_str(conf, "migrate|version-table"),
	};

	/* Schema tb is tb-migrate's own. */
	tb_strs_add(&filter.ignored, "tb");
	tb_conf_list(conf, "verify|ignore-schemas", &filter.ignored);
	tb_facts_keep(&side->facts, is_wanted, &filter);
	tb_strs_release(&filter.ignored);
}

int
ver_filter_check(const struct ver_options *opt, struct tb_err *err)
{
	struct tb_classes all = TB_CLASSES_INIT;
	const char *unknown = NULL;

	tb_classes_add(&all, tb_catalog_sql, 0);
	for (size_t i = 0; i < opt->classes.n; i++) {
		bool known = false;

		for (size_t j = 0; j < all.n && !known; j++)
			known = strcmp(opt->classes.v[i], all.v[j].name) == 0;
		if (!known)
			unknown = opt->classes.v[i];
	}
	tb_classes_release(&all);
	if (unknown == NULL)
		return 0;
	(void)tb_err_set(err, TB_EXIT_USAGE, "there is no class \"%s\"",
	    unknown);
	return tb_err_hint(err, "tb-verify --coverage lists the classes.");
}

static bool
has_schema(const struct tb_facts *facts, const char *schema)
{
	for (size_t i = 0; i < facts->n; i++) {
		const char *rest = facts->v[i].identity;
		struct tb_buf name = TB_BUF_INIT;
		bool same =
		    next_name(&rest, &name) && strcmp(name.s, schema) == 0;

		tb_buf_release(&name);
		if (same)
			return true;
	}
	return false;
}

void
ver_filter_warn(const struct ver_job *job)
{
	const struct tb_strs *schemas = &job->opt->schemas;

	for (size_t i = 0; i < schemas->n; i++)
		if (!has_schema(&job->side[0].facts, schemas->v[i]) &&
		    !has_schema(&job->side[1].facts, schemas->v[i]))
			tb_warn("neither side has anything in schema \"%s\"",
			    schemas->v[i]);
}
