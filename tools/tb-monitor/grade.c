/*
 * From what the server sent to rows with a grade.
 */
#include "core/tb.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "report.h"

/* NULL for SQL's NULL and for a column that the check does not have. */
static const char *
get(const PGresult *res, int row, const char *column)
{
	int i = tb_pg_column(res, column);

	if (i == -1 || PQgetisnull(res, row, i))
		return NULL;
	return PQgetvalue(res, row, i);
}

/* The row's grade is worse than was thought when it was added. */
static void
regrade(struct mon_result *r, struct mon_row *row, enum mon_grade grade)
{
	row->grade = grade;
	r->grade = mon_worse(r->grade, grade);
}

/* From here on the row cannot be judged. */
static void
set_unknown(struct mon_result *r, struct mon_row *row, const char *why)
{
	free(row->message);
	row->message = tb_strdup(why);
	regrade(r, row, MON_UNKNOWN);
}

/* A row may bring a range of its own, unless the user has set one. */
static int
own_range(struct mon_range *range, bool fixed, const char *text,
    const char *unit)
{
	struct tb_err err = TB_ERR_INIT;
	int rc = 0;

	if (text != NULL && !fixed)
		rc = mon_range_parse(range, text, unit, &err);
	tb_err_release(&err);
	return rc;
}

static enum mon_grade
grade_number(const struct mon_row *row)
{
	if (mon_range_alerts(&row->critical, row->number))
		return MON_CRITICAL;
	if (mon_range_alerts(&row->warning, row->number))
		return MON_WARNING;
	return MON_OK;
}

static void
grade_row(struct mon_result *r, struct mon_row *row, const PGresult *res, int i)
{
	const struct mon_check *c = r->check;
	const char *unknown = get(res, i, "unknown");
	char *end = NULL;

	if (own_range(&row->warning, c->warning_fixed, get(res, i, "warning"),
		c->unit) == -1 ||
	    own_range(&row->critical, c->critical_fixed,
		get(res, i, "critical"), c->unit) == -1) {
		set_unknown(r, row, "the check returned a malformed range");
		return;
	}
	if (row->value != NULL) {
		row->number = strtod(row->value, &end);
		if (end == row->value || *end != '\0' ||
		    !isfinite(row->number)) {
			free(row->value);
			row->value = NULL;
			set_unknown(r, row,
			    "the check returned a value that is no number");
			return;
		}
	}
	if (unknown != NULL)
		set_unknown(r, row, unknown);
	else if (row->value != NULL)
		regrade(r, row, grade_number(row));
}

static void
read_row(struct mon_result *r, const PGresult *res, int i)
{
	struct mon_row *row = mon_add_row(r, MON_OK);
	const char *objects = get(res, i, "objects");

	row->label = tb_strdup_null(get(res, i, "label"));
	row->value = tb_strdup_null(get(res, i, "value"));
	row->message = tb_strdup_null(get(res, i, "message"));
	if (objects != NULL && mon_array_parse(objects, &row->objects) == -1)
		set_unknown(r, row,
		    "the check returned objects that are no array");
	else
		grade_row(r, row, res, i);
}

static void
read_error(struct mon_result *r, const PGresult *res)
{
	struct mon_row *row = mon_add_row(r, MON_UNKNOWN);
	struct tb_err err = TB_ERR_INIT;

	(void)tb_pg_error(NULL, res, &err);
	row->message = tb_strdup(err.message);
	row->hint = tb_strdup_null(err.hint);
	tb_err_release(&err);
}

void
mon_grade_result(struct mon_result *r, const PGresult *res, const char *why)
{
	if (res == NULL) {
		mon_add_row(r, MON_UNKNOWN)->message = tb_strdup(why);
	} else if (PQresultStatus(res) != PGRES_TUPLES_OK) {
		if (!tb_pg_ok(res)) {
			read_error(r, res);
			return;
		}
		mon_add_row(r, MON_UNKNOWN)->message =
		    tb_strdup("the check is a statement without a result");
	} else if (tb_pg_column(res, "value") == -1) {
		mon_add_row(r, MON_UNKNOWN)->message =
		    tb_strdup("the check returned no column \"value\"");
	} else {
		for (int i = 0; i < PQntuples(res); i++)
			read_row(r, res, i);
	}
}
