/*
 * print_json.c: the same for programs, and the list of classes.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/err.h"
#include "verify.h"

static void
set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) == -1)
		tb_bug("could not build JSON");
}

static void
append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) == -1)
		tb_bug("could not build JSON");
}

static json_t *
side_json(const struct ver_side *side)
{
	json_t *o = json_object();
	char hash[TB_HASH_LEN + 1];

	tb_facts_fingerprint(&side->facts, hash);
	tb_json_set(o, "side", side->word);
	tb_json_set(o, "name", side->name);
	set(o, "facts", json_integer((json_int_t)side->facts.n));
	tb_json_set(o, "fingerprint", hash);
	set(o, "server_version", json_integer(side->facts.version));
	set(o, "ignored", json_integer((json_int_t)side->ignored));
	return o;
}

void
ver_print_sides_json(const struct ver_job *job)
{
	json_t *a;

	if (job->ctx->quiet)
		return;
	a = json_array();
	for (size_t i = 0; i < job->n; i++)
		append(a, side_json(&job->side[i]));
	tb_json_print(a);
}

static json_t *
parts_json(const struct tb_difference *d)
{
	json_t *o = json_object();

	for (size_t i = 0; i < d->nparts; i++)
		set(o, d->parts[i].class,
		    json_integer((json_int_t)d->parts[i].n));
	return o;
}

static json_t *
dependents_json(const struct ver_job *job, const struct tb_difference *d)
{
	struct tb_strs names = TB_STRS_INIT;
	json_t *a = json_array();

	ver_dependents(job, d, &names);
	for (size_t i = 0; i < names.n; i++)
		append(a, tb_json_text(names.v[i]));
	tb_strs_release(&names);
	return a;
}

static json_t *
difference_json(const struct ver_job *job, const struct tb_difference *d)
{
	static const char *const kinds[] = {
		[TB_DIFF_REMOVED] = "removed",
		[TB_DIFF_ADDED] = "added",
		[TB_DIFF_CHANGED] = "changed",
	};
	const struct tb_fact *f = tb_diff_fact(d);
	json_t *o = json_object();

	tb_json_set(o, "kind", kinds[d->kind]);
	tb_json_set(o, "class", f->class->name);
	tb_json_set(o, "identity", f->identity);
	tb_json_set(o, "parent", f->parent);
	tb_json_set(o, "attribute", d->attribute);
	if (d->kind == TB_DIFF_CHANGED) {
		tb_json_set(o, "left", d->left_value);
		tb_json_set(o, "right", d->right_value);
	} else {
		tb_json_set(o, "left",
		    d->left != NULL ? d->left->definition : NULL);
		tb_json_set(o, "right",
		    d->right != NULL ? d->right->definition : NULL);
		set(o, "parts", parts_json(d));
	}
	if (job->opt->dependents)
		set(o, "dependents", dependents_json(job, d));
	return o;
}

static json_t *
differences_json(const struct ver_job *job, const struct tb_diff *diff)
{
	json_t *a = json_array();

	for (size_t i = 0; i < diff->n; i++)
		append(a, difference_json(job, &diff->v[i]));
	return a;
}

static json_t *
summary_json(const struct tb_diff *diff)
{
	size_t n;
	struct ver_total *totals = ver_totals(diff, &n);
	json_t *a = json_array();

	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		tb_json_set(o, "class", totals[i].class);
		set(o, "removed", json_integer((json_int_t)totals[i].left));
		set(o, "added", json_integer((json_int_t)totals[i].right));
		set(o, "changed", json_integer((json_int_t)totals[i].changed));
		append(a, o);
	}
	free(totals);
	return a;
}

static json_t *
not_compared_json(const struct ver_job *job)
{
	size_t n;
	struct ver_missing *v = ver_not_compared(job, &n);
	json_t *a = json_array();

	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		tb_json_set(o, "class", v[i].class);
		set(o, "left", json_integer(v[i].left));
		set(o, "right", json_integer(v[i].right));
		append(a, o);
	}
	free(v);
	return a;
}

static json_t *
findings_json(const struct ver_job *job)
{
	json_t *a = json_array();

	for (size_t i = 0; i < job->findings.n; i++) {
		const struct ver_finding *f = &job->findings.v[i];
		json_t *o = json_object();

		tb_json_set(o, "revision", f->revision);
		tb_json_set(o, "problem", f->problem);
		tb_json_set(o, "text", f->text);
		set(o, "differs", json_boolean(f->counts));
		append(a, o);
	}
	return a;
}

static json_t *
fact_json(const struct tb_fact *f)
{
	json_t *o = json_object(), *attributes = json_object();

	tb_json_set(o, "class", f->class->name);
	tb_json_set(o, "identity", f->identity);
	tb_json_set(o, "parent", f->parent);
	tb_json_set(o, "definition", f->definition);
	for (size_t i = 0; i < tb_fact_attributes(f); i++)
		tb_json_set(attributes, tb_fact_attribute(f, i),
		    tb_fact_value(f, i));
	set(o, "attributes", attributes);
	return o;
}

void
ver_print_snapshot_json(const struct ver_side *side)
{
	const struct tb_facts *facts = &side->facts;
	json_t *o = side_json(side), *a = json_array(), *missing = json_array();

	for (size_t i = 0; i < facts->n; i++)
		append(a, fact_json(&facts->v[i]));
	for (size_t i = 0; i < facts->nunmodelled; i++) {
		json_t *m = json_object();

		tb_json_set(m, "class", facts->unmodelled[i].class);
		set(m, "count", json_integer(facts->unmodelled[i].count));
		append(missing, m);
	}
	set(o, "objects", a);
	set(o, "not_compared", missing);
	tb_json_print(o);
}

void
ver_print_json(const struct ver_job *job, const struct tb_diff *diff)
{
	json_t *o;

	if (job->ctx->quiet)
		return;
	o = json_object();
	set(o, "equal", json_boolean(diff->n + ver_findings_count(job) == 0));
	set(o, "left", side_json(&job->side[0]));
	set(o, "right", side_json(&job->side[1]));
	if (!job->opt->summary)
		set(o, "differences", differences_json(job, diff));
	set(o, "summary", summary_json(diff));
	set(o, "revisions", findings_json(job));
	set(o, "not_compared", not_compared_json(job));
	tb_json_print(o);
}

/* A class may have a file for each range of versions. */
static bool
is_first(const struct tb_classes *classes, size_t i)
{
	return i == 0 ||
	    strcmp(classes->v[i].name, classes->v[i - 1].name) != 0;
}

static void
print_coverage_json(const struct tb_classes *classes)
{
	json_t *a = json_array();

	for (size_t i = 0; i < classes->n; i++) {
		json_t *o;

		if (!is_first(classes, i))
			continue;
		o = json_object();
		tb_json_set(o, "class", classes->v[i].name);
		tb_json_set(o, "title", classes->v[i].title);
		append(a, o);
	}
	tb_json_print(a);
}

static void
print_coverage_text(const struct tb_classes *classes)
{
	struct tb_table table;

	tb_table_init(&table, "CLASS", "WHAT IT IS", NULL);
	for (size_t i = 0; i < classes->n; i++)
		if (is_first(classes, i))
			tb_table_add(&table, classes->v[i].name,
			    classes->v[i].title);
	tb_table_print(&table, stdout);
	tb_table_release(&table);
}

void
ver_print_coverage(const struct tb_ctx *ctx)
{
	struct tb_classes classes = TB_CLASSES_INIT;

	if (ctx->quiet)
		return;
	tb_classes_add(&classes, tb_catalog_sql, 0);
	if (tb_cli_is_json(ctx))
		print_coverage_json(&classes);
	else
		print_coverage_text(&classes);
	tb_classes_release(&classes);
}
