/*
 * print_text.c: differences for people, grouped by the object that they are
 * part of.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"
#include "cli/term.h"
#include "core/mem.h"
#include "verify.h"

static const char indent[] = "  ";
static const char indent_lines[] = "    ";

/* A difference and the object under which it is shown. */
struct entry {
	const struct tb_difference *d;
	const struct tb_fact *fact, *object;
};

static int
by_fact(const struct tb_fact *a, const struct tb_fact *b)
{
	int cmp;

	if (a->class->order != b->class->order)
		return a->class->order < b->class->order ? -1 : 1;
	cmp = strcmp(a->class->name, b->class->name);
	return cmp != 0 ? cmp : strcmp(a->identity, b->identity);
}

static bool
is_whole(const struct entry *e)
{
	return by_fact(e->fact, e->object) == 0;
}

static int
by_object(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int cmp = by_fact(x->object, y->object);

	/* Classes of parts may come before that of the whole. */
	if (cmp == 0)
		cmp = is_whole(y) - is_whole(x);
	if (cmp == 0)
		cmp = by_fact(x->fact, y->fact);
	/* Attributes of one fact stay as they were found. */
	return cmp != 0 ? cmp : (x->d > y->d) - (x->d < y->d);
}

static struct entry *
sorted(const struct ver_job *job, const struct tb_diff *diff)
{
	struct entry *v = tb_calloc(diff->n, sizeof(*v));

	for (size_t i = 0; i < diff->n; i++) {
		const struct tb_difference *d = &diff->v[i];
		const struct tb_fact *f = tb_diff_fact(d);

		v[i] = (struct entry){
			d,
			f,
			ver_object(&job->side[d->left == NULL], f),
		};
	}
	if (diff->n > 0)
		qsort(v, diff->n, sizeof(*v), by_object);
	return v;
}

static void
put(const char *text)
{
	tb_text_put(text, stdout);
}

static enum tb_colour
colour_of(const struct tb_difference *d)
{
	static const enum tb_colour colours[] = {
		[TB_DIFF_REMOVED] = TB_RED,
		[TB_DIFF_ADDED] = TB_GREEN,
		[TB_DIFF_CHANGED] = TB_YELLOW,
	};

	return colours[d->kind];
}

/* The end of a fact's name, where its beginning is that of the object. */
static const char *
short_name(const struct entry *e)
{
	size_t n = strlen(e->object->identity);

	if (strncmp(e->fact->identity, e->object->identity, n) != 0)
		return e->fact->identity;
	switch (e->fact->identity[n]) {
	case '\0':
		return "";
	case '.':
	case ' ':
		return e->fact->identity + n + 1;
	default:
		return e->fact->identity;
	}
}

/* "columns", "indexes", "policies" */
static const char *
plural_end(const char *class)
{
	size_t n = strlen(class);

	switch (n > 0 ? class[n - 1] : '\0') {
	case 's':
		return "";
	case 'x':
		return "es";
	default:
		return "s";
	}
}

/* " (with 8 columns, 1 index)" */
static void
put_parts(const struct tb_difference *d)
{
	if (d->nparts == 0)
		return;
	(void)printf(" (with ");
	for (size_t i = 0; i < d->nparts; i++) {
		const struct tb_parts *p = &d->parts[i];
		size_t n = strlen(p->class);
		bool ies = p->n > 1 && n > 0 && p->class[n - 1] == 'y';

		(void)printf("%s%zu %.*s%s", i > 0 ? ", " : "", p->n,
		    (int)(ies ? n - 1 : n), p->class,
		    ies          ? "ies" :
			p->n > 1 ? plural_end(p->class) :
				   "");
	}
	(void)printf(")");
}

static void
put_value(const struct ver_side *side, const char *value)
{
	put(side->label);
	(void)printf(side->kind == VER_REVISIONS ? " have " : " has ");
	if (value == NULL)
		(void)printf("none");
	else if (*value == '\0')
		(void)printf("\"\"");
	else
		put(value);
}

static bool
has_lines(const char *text)
{
	return text != NULL && strchr(text, '\n') != NULL;
}

/* "live has X, model has none", without a line end */
static void
put_short_values(const struct ver_job *job, const char *left, const char *right)
{
	put_value(&job->side[0], left);
	(void)printf(", ");
	put_value(&job->side[1], right);
}

static void
put_values(const struct ver_job *job, const char *left, const char *right)
{
	if (!has_lines(left) && !has_lines(right)) {
		put_short_values(job, left, right);
		(void)printf("\n");
		return;
	}
	(void)printf("(- ");
	put(job->side[0].label);
	(void)printf(", + ");
	put(job->side[1].label);
	(void)printf(")\n");
	ver_print_lines(left != NULL ? left : "", right != NULL ? right : "",
	    indent_lines);
}

static void
put_only(const struct ver_job *job, const struct tb_difference *d)
{
	(void)printf("only in ");
	put(job->side[d->kind == TB_DIFF_ADDED].label);
	put_parts(d);
	(void)printf("\n");
}

/* A part that is missing: a short one is told, of a long one that it is. */
static void
put_missing_part(const struct ver_job *job, const struct tb_difference *d)
{
	const char *definition = tb_diff_fact(d)->definition;
	bool on_left = d->kind == TB_DIFF_REMOVED;

	if (definition == NULL || has_lines(definition)) {
		put_only(job, d);
		return;
	}
	put_short_values(job, on_left ? definition : NULL,
	    on_left ? NULL : definition);
	put_parts(d);
	(void)printf("\n");
}

static void
put_dependents(const struct ver_job *job, const struct tb_difference *d)
{
	struct tb_strs names = TB_STRS_INIT;

	if (!job->opt->dependents)
		return;
	ver_dependents(job, d, &names);
	for (size_t i = 0; i < names.n; i++) {
		(void)printf("%sneeded by ", indent_lines);
		put(names.v[i]);
		(void)printf("\n");
	}
	tb_strs_release(&names);
}

/* "table public.t": alone, or the line about the whole object. */
static void
put_heading(const struct ver_job *job, const struct entry *e)
{
	bool whole = is_whole(e) && e->d->kind != TB_DIFF_CHANGED;

	(void)printf("%s%s ", tb_sgr(stdout, TB_BOLD), e->object->class->name);
	put(e->object->identity);
	(void)printf("%s", tb_sgr(stdout, TB_PLAIN));
	if (!whole) {
		(void)printf("\n");
		return;
	}
	(void)printf(": ");
	put_only(job, e->d);
	put_dependents(job, e->d);
}

/* "column name: type: ", in colour up to the first colon */
static void
put_line_label(const struct entry *e)
{
	const char *attribute = e->d->attribute;
	const char *name = short_name(e);
	const char *plain = tb_sgr(stdout, TB_PLAIN);

	(void)printf("%s%s", indent, tb_sgr(stdout, colour_of(e->d)));
	if (is_whole(e)) {
		(void)printf("%s%s: ", attribute, plain);
		return;
	}
	(void)printf("%s%s", e->fact->class->name, *name != '\0' ? " " : "");
	put(name);
	(void)printf("%s: ", plain);
	/* A part's definition is what one thinks of without being told. */
	if (attribute != NULL && strcmp(attribute, "definition") != 0)
		(void)printf("%s: ", attribute);
}

static void
put_line(const struct ver_job *job, const struct entry *e, bool last_of_fact)
{
	const struct tb_difference *d = e->d;

	put_line_label(e);
	if (d->kind == TB_DIFF_CHANGED)
		put_values(job, d->left_value, d->right_value);
	else
		put_missing_part(job, d);
	if (last_of_fact)
		put_dependents(job, d);
}

static void
print_differences(const struct ver_job *job, const struct tb_diff *diff)
{
	struct entry *v = sorted(job, diff);

	for (size_t i = 0; i < diff->n; i++) {
		bool new_object =
		    i == 0 || by_fact(v[i - 1].object, v[i].object) != 0;

		if (new_object)
			put_heading(job, &v[i]);
		if (!is_whole(&v[i]) || v[i].d->kind == TB_DIFF_CHANGED)
			put_line(job, &v[i],
			    i + 1 == diff->n || v[i + 1].fact != v[i].fact);
	}
	free(v);
}

static char *
only_in(const struct ver_side *side)
{
	return tb_asprintf("ONLY IN %s", side->label);
}

static void
add_total(struct tb_table *table, const struct ver_total *total)
{
	char *left = tb_asprintf("%zu", total->left);
	char *right = tb_asprintf("%zu", total->right);
	char *changed = tb_asprintf("%zu", total->changed);

	tb_table_add(table, total->class, left, right, changed);
	free(left);
	free(right);
	free(changed);
}

static void
print_summary(const struct ver_job *job, const struct tb_diff *diff)
{
	char *left = only_in(&job->side[0]), *right = only_in(&job->side[1]);
	struct tb_table table;
	size_t n;
	struct ver_total *totals = ver_totals(diff, &n);

	tb_table_init(&table, "CLASS", left, right, "CHANGED", NULL);
	for (size_t column = 1; column <= 3; column++)
		tb_table_right(&table, column);
	for (size_t i = 0; i < n; i++)
		add_total(&table, &totals[i]);
	tb_table_print(&table, stdout);
	tb_table_release(&table);
	free(totals);
	free(left);
	free(right);
}

static void
put_facts(const struct ver_side *side)
{
	(void)printf(" (%zu fact%s)", side->facts.n,
	    side->facts.n == 1 ? "" : "s");
}

/* What differs is listed; what is pending was said before. */
static void
print_findings(const struct ver_job *job)
{
	for (size_t i = 0; i < job->findings.n; i++) {
		const struct ver_finding *f = &job->findings.v[i];

		if (!f->counts)
			continue;
		(void)printf("%srevision ", tb_sgr(stdout, TB_BOLD));
		put(f->revision);
		(void)printf("%s: ", tb_sgr(stdout, TB_PLAIN));
		put(f->text);
		(void)printf("\n");
	}
}

static void
print_ignored(const struct ver_job *job)
{
	size_t left = job->side[0].ignored, right = job->side[1].ignored;

	if (left + right == 0)
		return;
	(void)printf("ignored by rules: %zu in ", left);
	put(job->side[0].label);
	(void)printf(", %zu in ", right);
	put(job->side[1].label);
	(void)printf("\n");
}

static void
print_result(const struct ver_job *job, const struct tb_diff *diff)
{
	const struct ver_side *left = &job->side[0], *right = &job->side[1];
	size_t n = diff->n + ver_findings_count(job);

	if (n == 0) {
		(void)printf("%sno differences%s: ", tb_sgr(stdout, TB_GREEN),
		    tb_sgr(stdout, TB_PLAIN));
		put(left->name);
		(void)printf(" and ");
		put(right->name);
		put_facts(left);
		(void)printf("\n");
		return;
	}
	(void)printf("%zu difference%s: ", n, n == 1 ? "" : "s");
	put(left->name);
	put_facts(left);
	(void)printf(" and ");
	put(right->name);
	put_facts(right);
	(void)printf("\n");
}

static void
put_missing(const struct ver_job *job, const struct ver_missing *m)
{
	put(m->class);
	if (m->left == m->right) {
		(void)printf(" (%lld)", m->left);
		return;
	}
	(void)printf(" (%lld in ", m->left);
	put(job->side[0].label);
	(void)printf(", %lld in ", m->right);
	put(job->side[1].label);
	(void)printf(")");
}

/* Never "no differences" out of ignorance. */
static void
print_not_compared(const struct ver_job *job)
{
	size_t n;
	struct ver_missing *v = ver_not_compared(job, &n);

	for (size_t i = 0; i < n; i++) {
		(void)printf("%s", i == 0 ? "not compared: " : ", ");
		put_missing(job, &v[i]);
	}
	if (n > 0)
		(void)printf("\n");
	free(v);
}

void
ver_print_text(const struct ver_job *job, const struct tb_diff *diff)
{
	if (job->ctx->quiet)
		return;
	if (job->opt->summary)
		print_summary(job, diff);
	else
		print_differences(job, diff);
	print_findings(job);
	print_result(job, diff);
	print_ignored(job);
	print_not_compared(job);
}
