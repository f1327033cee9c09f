/*
 * What the checks say of themselves.  No server is asked.
 */
#include "core/tb.h"

#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "cli/table.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "monitor.h"
#include "range.h"
#include "set.h"

static char *
range_text(const struct mon_range *range)
{
	struct tb_buf b = TB_BUF_INIT;

	mon_range_print(range, &b);
	return tb_buf_detach(&b);
}

static void
put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) == -1)
		tb_bug("could not build JSON");
}

static json_t *
params_object(const struct mon_check *c)
{
	json_t *o = json_object();

	for (size_t i = 0; i < c->nparams; i++)
		tb_json_set(o, c->params[i].name, c->params[i].value);
	return o;
}

static json_t *
check_object(const struct mon_check *c)
{
	json_t *o = json_object();
	char *warning = range_text(&c->warning);
	char *critical = range_text(&c->critical);

	tb_json_set(o, "id", c->id);
	tb_json_set(o, "title", c->title);
	put(o, "tier", json_integer(c->tier));
	tb_json_set(o, "scope", mon_scope_name(c->scope));
	tb_json_set(o, "role", mon_role_name(c->role));
	put(o, "since", c->since > 0 ? json_integer(c->since) : json_null());
	put(o, "until",
	    c->until < INT_MAX ? json_integer(c->until) : json_null());
	tb_json_set(o, "unit", c->unit);
	tb_json_set(o, "warning", c->warning.set ? warning : NULL);
	tb_json_set(o, "critical", c->critical.set ? critical : NULL);
	put(o, "params", params_object(c));
	tb_json_set(o, "hint", c->hint);
	tb_json_set(o, "explain", c->explain);
	tb_json_set(o, "file", c->file);
	free(warning);
	free(critical);
	return o;
}

static void
list_json(const struct mon_set *set)
{
	json_t *array = json_array();

	for (size_t i = 0; i < set->n; i++)
		if (set->v[i]->selected && mon_set_is_first(set, i) &&
		    json_array_append_new(array, check_object(set->v[i])) == -1)
			tb_bug("could not build JSON");
	tb_json_print(array);
}

static void
add_line(struct tb_table *t, const struct mon_check *c)
{
	char tier[] = { (char)('0' + c->tier), '\0' };
	char *warning = range_text(&c->warning);
	char *critical = range_text(&c->critical);

	tb_table_add(t, c->id, tier, c->unit, warning, critical, c->title);
	free(warning);
	free(critical);
}

void
mon_list(const struct tb_ctx *ctx, const struct mon_set *set)
{
	struct tb_table t;

	if (tb_cli_is_json(ctx)) {
		list_json(set);
		return;
	}
	tb_table_init(&t, "CHECK", "TIER", "UNIT", "WARNING", "CRITICAL",
	    "TITLE", (char *)NULL);
	for (size_t i = 0; i < set->n; i++)
		if (set->v[i]->selected && mon_set_is_first(set, i))
			add_line(&t, set->v[i]);
	tb_table_print(&t, stdout);
	tb_table_release(&t);
}

static void
explain_line(const char *label, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	(void)printf("%-10s", label);
	tb_text_put(text, stdout);
	(void)putchar('\n');
}

static void
explain_params(const struct mon_check *c)
{
	for (size_t i = 0; i < c->nparams; i++) {
		const struct mon_param *p = &c->params[i];
		char *text = p->value != NULL ?
		    tb_asprintf("%s=%s", p->name, p->value) :
		    tb_strdup(p->name);

		explain_line("param", text);
		free(text);
	}
}

static void
explain_versions(const struct mon_check *c)
{
	char number[32];

	if (c->since > 0) {
		(void)snprintf(number, sizeof(number), "%d", c->since);
		explain_line("since", number);
	}
	if (c->until < INT_MAX) {
		(void)snprintf(number, sizeof(number), "%d", c->until);
		explain_line("until", number);
	}
}

void
mon_explain(const struct tb_ctx *ctx, const struct mon_check *c)
{
	char tier[] = { (char)('0' + c->tier), '\0' };
	char *warning = range_text(&c->warning);
	char *critical = range_text(&c->critical);

	if (tb_cli_is_json(ctx)) {
		tb_json_print(check_object(c));
	} else {
		(void)printf("%s: %s\n\n", c->id, c->title);
		if (c->explain != NULL)
			(void)printf("%s\n\n", c->explain);
		explain_line("unit", c->unit);
		explain_line("warning", warning);
		explain_line("critical", critical);
		explain_params(c);
		explain_line("tier", tier);
		explain_line("scope", mon_scope_name(c->scope));
		explain_line("role", mon_role_name(c->role));
		explain_versions(c);
		explain_line("hint", c->hint);
		explain_line("file", c->file);
	}
	free(warning);
	free(critical);
}
