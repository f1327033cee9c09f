/*
 * --format nagios: what a monitoring plugin prints.  One line of text and
 * perfdata, then lines for the one who opens the alert.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "core/strs.h"
#include "format.h"
#include "nagios.h"
#include "range.h"
#include "report.h"

static const char *const states[] = {
	[MON_OK] = "OK",
	[MON_WARNING] = "WARNING",
	[MON_CRITICAL] = "CRITICAL",
	[MON_UNKNOWN] = "UNKNOWN",
};

static const struct mon_result *
worst_result(const struct mon_report *report)
{
	for (size_t i = 0; i < report->n; i++)
		if (report->results[i].skipped == NULL &&
		    report->results[i].grade == report->grade)
			return &report->results[i];
	return NULL;
}

static void
print_finding(const struct mon_check *c, const struct mon_row *row)
{
	mon_nagios_put(c->id);
	(void)fputs(": ", stdout);
	if (row != NULL && row->label != NULL) {
		mon_nagios_put(row->label);
		(void)fputs(": ", stdout);
	}
	mon_nagios_put(
	    row != NULL && row->message != NULL ? row->message : c->title);
}

/* "lock.wait: ... (1 critical, 2 warning)" */
static void
print_headline(const struct mon_report *report)
{
	const struct mon_result *worst = worst_result(report);
	size_t asked = report->n - report->skipped;

	(void)printf("TB-MONITOR %s: ", states[report->grade]);
	if (worst == NULL || (report->grade == MON_OK && asked > 1)) {
		(void)printf("%zu checks", asked);
		return;
	}
	print_finding(worst->check, mon_worst_row(worst));
	if (asked == 1)
		return;
	(void)printf(" (%zu critical, %zu warning, %zu unknown, %zu ok)",
	    report->counts[MON_CRITICAL], report->counts[MON_WARNING],
	    report->counts[MON_UNKNOWN], report->counts[MON_OK]);
}

/*
 * Letters that every reader of perfdata takes without quotes; a label that is
 * used already gets a number.
 */
static char *
make_label(const struct mon_check *c, const struct mon_row *row,
    const struct tb_strs *used)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_./:-";
	char *label = row->label != NULL ?
	    tb_asprintf("%s:%s", c->id, row->label) :
	    tb_strdup(c->id);
	char *base;

	for (char *p = label; *p != '\0'; p++)
		if (strchr(letters, *p) == NULL)
			*p = '_';
	base = tb_strdup(label);
	for (int n = 2; tb_strs_has(used, label); n++) {
		free(label);
		label = tb_asprintf("%s_%d", base, n);
	}
	free(base);
	return label;
}

/* Units that the interface knows; any other is left out. */
static const char *
unit_of(const struct mon_check *c)
{
	static const char *const known[] = { "B", "s", "%" };

	for (size_t i = 0; i < TB_LEN(known); i++)
		if (c->unit != NULL && strcmp(c->unit, known[i]) == 0)
			return known[i];
	return "";
}

static void
print_value(const struct mon_check *c, const struct mon_row *row)
{
	struct tb_buf b = TB_BUF_INIT;

	if (row->value == NULL) {
		(void)putchar('U');
		return;
	}
	mon_number_print(row->number, &b);
	tb_buf_add(&b, unit_of(c));
	if (row->warning.set || row->critical.set)
		tb_buf_addc(&b, ';');
	mon_range_print(&row->warning, &b);
	if (row->critical.set)
		tb_buf_addc(&b, ';');
	mon_range_print(&row->critical, &b);
	(void)fputs(b.s, stdout);
	tb_buf_release(&b);
}

/* A row with nothing to measure and nothing amiss has no data. */
static bool
has_data(const struct mon_row *row)
{
	return row->value != NULL || row->grade == MON_UNKNOWN;
}

static void
print_perfdata(const struct mon_report *report)
{
	struct tb_strs used = TB_STRS_INIT;

	for (size_t i = 0; i < report->n; i++) {
		const struct mon_result *r = &report->results[i];

		for (size_t k = 0; k < r->n; k++) {
			if (!has_data(&r->rows[k]))
				continue;
			(void)fputs(used.n == 0 ? " | " : " ", stdout);
			tb_strs_take(&used,
			    make_label(r->check, &r->rows[k], &used));
			(void)printf("%s=", used.v[used.n - 1]);
			print_value(r->check, &r->rows[k]);
		}
	}
	(void)putchar('\n');
	tb_strs_release(&used);
}

static void
print_row(const struct mon_check *c, const struct mon_row *row)
{
	const char *hint = mon_hint(c, row);

	(void)printf("[%s] ", states[row->grade]);
	print_finding(c, row);
	(void)putchar('\n');
	for (size_t i = 0; i < row->objects.n; i++) {
		if (i == MON_OBJECTS_SHOWN) {
			(void)printf("  and %zu more\n", row->objects.n - i);
			break;
		}
		(void)fputs("  ", stdout);
		mon_nagios_put(row->objects.v[i]);
		(void)putchar('\n');
	}
	if (hint == NULL)
		return;
	(void)fputs("  hint: ", stdout);
	mon_nagios_put(hint);
	(void)putchar('\n');
}

static void
print_rows_of(const struct mon_report *report, enum mon_grade grade)
{
	for (size_t i = 0; i < report->n; i++) {
		const struct mon_result *r = &report->results[i];

		for (size_t k = 0; k < r->n; k++)
			if (r->rows[k].grade == grade)
				print_row(r->check, &r->rows[k]);
	}
}

static void
print_nagios(const struct mon_report *report, bool problems_only TB_UNUSED)
{
	print_headline(report);
	print_perfdata(report);
	print_rows_of(report, MON_CRITICAL);
	print_rows_of(report, MON_WARNING);
	print_rows_of(report, MON_UNKNOWN);
}

const struct mon_format mon_nagios = { "nagios", print_nagios };
