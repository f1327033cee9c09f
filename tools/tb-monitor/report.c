#include "core/tb.h"

#include <stdlib.h>

#include "core/mem.h"
#include "report.h"

const char *
mon_grade_name(enum mon_grade grade)
{
	static const char *const names[] = {
		[MON_OK] = "ok",
		[MON_WARNING] = "warning",
		[MON_CRITICAL] = "critical",
		[MON_UNKNOWN] = "unknown",
	};

	return names[grade];
}

enum mon_grade
mon_worse(enum mon_grade a, enum mon_grade b)
{
	static const int weight[] = {
		[MON_OK] = 0,
		[MON_UNKNOWN] = 1,
		[MON_WARNING] = 2,
		[MON_CRITICAL] = 3,
	};

	return weight[a] >= weight[b] ? a : b;
}

const struct mon_row *
mon_worst_row(const struct mon_result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].grade == r->grade)
			return &r->rows[i];
	return NULL;
}

const char *
mon_hint(const struct mon_check *c, const struct mon_row *row)
{
	if (row->grade == MON_OK)
		return NULL;
	if (row->hint != NULL)
		return row->hint;
	return row->grade == MON_UNKNOWN ? NULL : c->hint;
}

struct mon_row *
mon_add_row(struct mon_result *r, enum mon_grade grade)
{
	r->rows = tb_grow(r->rows, r->n, &r->cap, sizeof(*r->rows));
	r->rows[r->n] = (struct mon_row){
		.grade = grade,
		.objects = TB_STRS_INIT,
		.warning = r->check->warning,
		.critical = r->check->critical,
	};
	r->grade = mon_worse(r->grade, grade);
	return &r->rows[r->n++];
}

static void
release_row(struct mon_row *row)
{
	free(row->label);
	free(row->value);
	free(row->message);
	free(row->hint);
	tb_strs_release(&row->objects);
}

void
mon_report_release(struct mon_report *report)
{
	for (size_t i = 0; i < report->n; i++) {
		struct mon_result *r = &report->results[i];

		for (size_t k = 0; k < r->n; k++)
			release_row(&r->rows[k]);
		free(r->rows);
		free(r->skipped);
	}
	free(report->results);
	free(report->target);
	*report = (struct mon_report)MON_REPORT_INIT;
}
