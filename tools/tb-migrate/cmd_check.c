/*
 * tb-migrate check: for a pipeline, is anything wrong with files or database?
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/err.h"
#include "core/mem.h"
#include "half.h"
#include "migrate.h"

static bool offline;

/* What was found: kind, text and remedy in turn; "": there is none. */
#define COLUMNS 3

static void
found(struct tb_strs *findings, const char *kind, char *text,
    const char *remedy)
{
	tb_strs_add(findings, kind);
	tb_strs_take(findings, text);
	tb_strs_add(findings, remedy);
}

static void
check_files(const struct mig *m, struct tb_strs *findings)
{
	const struct tb_revs *heads = &m->graph->real_heads;

	for (size_t i = 0; i < m->graph->revs.n; i++) {
		struct tb_err why = TB_ERR_INIT;

		if (tb_run_check_file(m->graph->revs.v[i]->h.path, &why) == -1)
			found(findings, "file", tb_strdup(why.message), "");
		tb_err_release(&why);
	}
	if (heads->n > 1) {
		char *list = tb_revs_join(heads, ", ");

		found(findings, "heads",
		    tb_asprintf("there are %zu heads: %s", heads->n, list), "");
		free(list);
	}
}

static void
name_each(struct tb_strs *findings, const char *kind, const struct tb_strs *ids,
    const char *what)
{
	for (size_t i = 0; i < ids->n; i++)
		found(findings, kind,
		    tb_asprintf("revision \"%s\" %s", ids->v[i], what), "");
}

static int
check_half(struct mig *m, struct tb_strs *findings, struct tb_err *err)
{
	struct mig_half half = MIG_HALF_INIT;
	int rc = mig_half_read(m, &half, err);

	if (rc == 0 && half.state != MIG_HALF_NOTHING)
		found(findings, "half", mig_half_text(&half),
		    mig_half_remedy(&half));
	mig_half_release(&half);
	return rc;
}

static int
check_database(struct mig *m, struct tb_strs *findings, struct tb_err *err)
{
	struct mig_facts f = MIG_FACTS_INIT;
	int rc = mig_facts_read(m, &f, err);

	name_each(findings, "unknown", &f.unknown,
	    "is applied, but no file has it");
	name_each(findings, "edited", &f.edited,
	    "was edited after it was applied");
	for (size_t i = 0; i < f.pending.n; i++)
		found(findings, "pending",
		    tb_asprintf("revision \"%s\" is not applied",
			f.pending.v[i]->h.id),
		    "");
	mig_facts_release(&f);
	return rc == 0 ? check_half(m, findings, err) : -1;
}

static void
print_findings(const struct tb_ctx *ctx, const struct tb_strs *findings)
{
	json_t *list = json_array();

	for (size_t i = 0; i + COLUMNS <= findings->n; i += COLUMNS) {
		const char *kind = findings->v[i], *text = findings->v[i + 1];
		const char *remedy = findings->v[i + 2];

		if (tb_cli_is_json(ctx)) {
			json_t *o = json_object();

			tb_json_set(o, "kind", kind);
			tb_json_set(o, "text", text);
			tb_json_set(o, "remedy",
			    *remedy != '\0' ? remedy : NULL);
			(void)json_array_append_new(list, o);
		} else {
			(void)printf("%s: ", kind);
			tb_text_put(text, stdout);
			(void)putchar('\n');
			if (*remedy != '\0')
				(void)printf("    %s\n", remedy);
		}
	}
	if (tb_cli_is_json(ctx))
		tb_json_print(list);
	else
		json_decref(list);
}

static int
check(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct mig m = MIG_INIT;
	struct tb_strs findings = TB_STRS_INIT;
	int rc = -1;

	if (mig_load(ctx, &m, err) == 0) {
		check_files(&m, &findings);
		rc = offline ? 0 : mig_open(ctx, &m, TB_PG_READ, err);
		if (rc == 0 && !offline)
			rc = check_database(&m, &findings, err);
		/* Also if no server answers: this much is known. */
		print_findings(ctx, &findings);
	}
	if (rc == 0 && findings.n > 0)
		rc = TB_EXIT_FOUND;
	tb_strs_release(&findings);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG(0, "offline", "look at the files only, at no database",
	    &offline),
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_check = {
	.name = "check",
	.help =
	    "find faulty files, several heads, what is pending or half done",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.run = check,
};
