#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
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
	const struct tb_strs *only = &filter->opt->classes;

	return (only->n == 0 || tb_strs_has(only, f->class->name)) &&
	    schema_is_wanted(facts, f, filter) &&
	    !is_bookkeeping(facts, f, filter);
}

void
ver_filter(const struct ver_job *job, struct tb_facts *facts)
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
	tb_facts_keep(facts, is_wanted, &filter);
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
