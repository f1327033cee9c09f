/*
 * --format json: everything, in base units, keys in fixed order.  What is not
 * known is null.  Within a major number of "schema" keys are only added.
 */
#include "core/tb.h"

#include <jansson.h>
#include <stdlib.h>

#include "cli/json.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "format.h"
#include "report.h"

static const char schema[] = "1.0.0";

static void
put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) == -1)
		tb_bug("could not build JSON");
}

static void
push(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) == -1)
		tb_bug("could not build JSON");
}

/* Whole numbers stay whole: a double loses digits of sizes and ids. */
static json_t *
number(const struct mon_row *row)
{
	char *end;
	long long whole;

	if (row == NULL || row->value == NULL)
		return json_null();
	whole = strtoll(row->value, &end, 10);
	if (*end == '\0' && row->number < 9.2e18 && row->number > -9.2e18)
		return json_integer(whole);
	return json_real(row->number);
}

/* To the microsecond: more is noise. */
static json_t *
milliseconds(double seconds)
{
	return json_real((double)(long long)(seconds * 1e6 + 0.5) / 1e3);
}

static json_t *
range(const struct mon_range *r)
{
	struct tb_buf b = TB_BUF_INIT;
	json_t *value;

	mon_range_print(r, &b);
	value = tb_json_text(r->set ? b.s : NULL);
	tb_buf_release(&b);
	return value;
}

static json_t *
strings(const struct tb_strs *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->n; i++)
		push(array, tb_json_text(list->v[i]));
	return array;
}

static json_t *
row_object(const struct mon_check *c, const struct mon_row *row)
{
	json_t *o = json_object();

	tb_json_set(o, "label", row->label);
	tb_json_set(o, "status", mon_grade_name(row->grade));
	put(o, "value", number(row));
	put(o, "warning", range(&row->warning));
	put(o, "critical", range(&row->critical));
	tb_json_set(o, "message", row->message);
	tb_json_set(o, "hint", mon_hint(c, row));
	put(o, "objects", strings(&row->objects));
	return o;
}

static void
put_rows(json_t *o, const struct mon_result *r, bool problems_only)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < r->n; i++)
		if (!problems_only || r->rows[i].grade != MON_OK)
			push(rows, row_object(r->check, &r->rows[i]));
	put(o, "rows", rows);
}

/* What stands beside "rows" is the worst of them, for the simple reader. */
static json_t *
check_object(const struct mon_result *r, bool problems_only)
{
	static const struct tb_strs none = TB_STRS_INIT;
	const struct mon_check *c = r->check;
	const struct mon_row *worst = mon_worst_row(r);
	json_t *o = json_object();

	tb_json_set(o, "id", c->id);
	tb_json_set(o, "title", c->title);
	put(o, "tier", json_integer(c->tier));
	tb_json_set(o, "scope", mon_scope_name(c->scope));
	tb_json_set(o, "status",
	    r->skipped != NULL ? NULL : mon_grade_name(r->grade));
	tb_json_set(o, "label", worst != NULL ? worst->label : NULL);
	put(o, "value", number(worst));
	tb_json_set(o, "unit", c->unit);
	put(o, "warning", range(worst != NULL ? &worst->warning : &c->warning));
	put(o, "critical",
	    range(worst != NULL ? &worst->critical : &c->critical));
	tb_json_set(o, "message", worst != NULL ? worst->message : NULL);
	tb_json_set(o, "hint", worst != NULL ? mon_hint(c, worst) : NULL);
	put(o, "objects", strings(worst != NULL ? &worst->objects : &none));
	put(o, "sql_ms",
	    r->skipped != NULL || r->seconds <= 0 ? json_null() :
						    milliseconds(r->seconds));
	tb_json_set(o, "skipped", r->skipped);
	put_rows(o, r, problems_only);
	return o;
}

static json_t *
summary(const struct mon_report *report)
{
	json_t *o = json_object();

	for (int g = 0; g < MON_GRADES; g++)
		put(o, mon_grade_name((enum mon_grade)g),
		    json_integer((json_int_t)report->counts[g]));
	put(o, "skipped", json_integer((json_int_t)report->skipped));
	return o;
}

static json_t *
checks(const struct mon_report *report, bool problems_only)
{
	json_t *array = json_array();

	for (size_t i = 0; i < report->n; i++) {
		const struct mon_result *r = &report->results[i];
		bool quiet = r->skipped != NULL || r->grade == MON_OK;

		if (!problems_only || !quiet)
			push(array, check_object(r, problems_only));
	}
	return array;
}

static void
print_json(const struct mon_report *report, bool problems_only)
{
	char started[TB_CLOCK_ISO_LEN + 1];
	bool connected = report->version > 0;
	json_t *o = json_object();

	tb_clock_iso(report->started, started);
	tb_json_set(o, "schema", schema);
	tb_json_set(o, "target", report->target);
	put(o, "server_version_num",
	    connected ? json_integer(report->version) : json_null());
	put(o, "in_recovery",
	    connected ? json_boolean(report->in_recovery) : json_null());
	tb_json_set(o, "started_at", started);
	put(o, "duration_ms", milliseconds(report->seconds));
	tb_json_set(o, "status", mon_grade_name(report->grade));
	put(o, "exit", json_integer(report->grade));
	put(o, "summary", summary(report));
	put(o, "checks", checks(report, problems_only));
	tb_json_print(o);
}

const struct mon_format mon_json = { "json", print_json };
