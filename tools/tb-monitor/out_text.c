/*
 * --format text: a table, then what to do about each line that is not ok.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/table.h"
#include "cli/term.h"
#include "core/buf.h"
#include "core/mem.h"
#include "format.h"
#include "report.h"

static const enum tb_colour colours[] = {
	[MON_OK] = TB_GREEN,
	[MON_WARNING] = TB_YELLOW,
	[MON_CRITICAL] = TB_RED,
	[MON_UNKNOWN] = TB_MAGENTA,
};

static void
add_line(struct tb_table *t, const struct mon_check *c,
    const struct mon_row *row)
{
	const char *text = row->message;
	struct tb_buf value = TB_BUF_INIT;
	char *labelled = NULL;

	mon_value_print(row, c->unit, &value);
	if (row->label != NULL)
		text = labelled = text != NULL ?
		    tb_asprintf("%s: %s", row->label, text) :
		    tb_strdup(row->label);
	tb_table_add(t, mon_grade_name(row->grade), c->id, value.s,
	    text != NULL ? text : c->title);
	tb_table_colour(t, colours[row->grade]);
	free(labelled);
	tb_buf_release(&value);
}

/* The order in which a person wants to hear of them. */
static const enum mon_grade order[] = { MON_CRITICAL, MON_WARNING, MON_UNKNOWN,
	MON_OK };

static void
print_table(const struct mon_report *report, bool problems_only)
{
	static const struct mon_row nothing = { .grade = MON_OK };
	struct tb_table t;

	tb_table_init(&t, "STATUS", "CHECK", "VALUE", "WHAT", (char *)NULL);
	tb_table_right(&t, 2);
	for (size_t i = 0; i < report->n; i++) {
		const struct mon_result *r = &report->results[i];

		if (r->skipped != NULL)
			continue;
		for (size_t k = 0; k < r->n; k++)
			if (!problems_only || r->rows[k].grade != MON_OK)
				add_line(&t, r->check, &r->rows[k]);
		if (r->n == 0 && !problems_only)
			add_line(&t, r->check, &nothing);
	}
	tb_table_print(&t, stdout);
	tb_table_release(&t);
}

static void
print_indented(const char *label, const char *text)
{
	(void)printf("    %s", label);
	tb_text_put(text, stdout);
	(void)putchar('\n');
}

static void
print_advice(const struct mon_check *c, const struct mon_row *row)
{
	const char *hint = mon_hint(c, row);

	if (row->objects.n == 0 && hint == NULL)
		return;
	(void)printf("\n%s%s%s: %s%s", tb_sgr(stdout, colours[row->grade]),
	    mon_grade_name(row->grade), tb_sgr(stdout, TB_PLAIN), c->id,
	    row->label != NULL ? ", " : "");
	if (row->label != NULL)
		tb_text_put(row->label, stdout);
	(void)putchar('\n');
	for (size_t i = 0; i < row->objects.n; i++) {
		if (i == MON_OBJECTS_SHOWN) {
			(void)printf("    and %zu more\n", row->objects.n - i);
			break;
		}
		print_indented("", row->objects.v[i]);
	}
	if (hint != NULL)
		print_indented("hint: ", hint);
}

static void
print_skipped(const struct mon_report *report)
{
	if (report->skipped == 0)
		return;
	/* Without a server all of them are, for one and the same reason. */
	if (report->version == 0) {
		(void)printf("\n%zu more not asked: there is no connection\n",
		    report->skipped);
		return;
	}
	(void)putchar('\n');
	for (size_t i = 0; i < report->n; i++)
		if (report->results[i].skipped != NULL)
			(void)printf("not asked: %s, which is %s\n",
			    report->results[i].check->id,
			    report->results[i].skipped);
}

static void
print_summary(const struct mon_report *report)
{
	const char *comma = "";

	(void)putchar('\n');
	for (size_t i = 0; i < TB_LEN(order); i++) {
		if (report->counts[order[i]] == 0)
			continue;
		(void)printf("%s%zu %s", comma, report->counts[order[i]],
		    mon_grade_name(order[i]));
		comma = ", ";
	}
	if (report->skipped > 0)
		(void)printf("%s%zu not asked", comma, report->skipped);
	(void)putchar('\n');
}

static void
print_advice_of(const struct mon_report *report, enum mon_grade grade)
{
	for (size_t i = 0; i < report->n; i++) {
		const struct mon_result *r = &report->results[i];

		for (size_t k = 0; k < r->n; k++)
			if (r->rows[k].grade == grade)
				print_advice(r->check, &r->rows[k]);
	}
}

static void
print_text(const struct mon_report *report, bool problems_only)
{
	print_table(report, problems_only);
	for (size_t i = 0; i < TB_LEN(order); i++)
		if (order[i] != MON_OK)
			print_advice_of(report, order[i]);
	if (problems_only)
		return;
	print_skipped(report);
	print_summary(report);
}

const struct mon_format mon_text = { "text", print_text };
