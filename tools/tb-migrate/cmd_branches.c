/*
 * tb-migrate branches: where the history forks, and into what.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "core/err.h"
#include "look.h"

static void
print_text(const struct tb_revision *rev)
{
	unsigned marks = MIG_LABELS | MIG_POINTS;

	if (mig_verbose()) {
		mig_print_block(rev, false);
		marks |= MIG_MESSAGE;
	} else {
		mig_print_line(rev, marks);
		(void)putchar('\n');
	}
	for (size_t i = 0; i < rev->children.n; i++) {
		(void)printf("%*s -> ", (int)strlen(rev->h.id), "");
		mig_print_line(rev->children.v[i], marks);
		(void)putchar('\n');
	}
}

static int
print_all(const struct tb_ctx *ctx, struct mig *m, const void *arg TB_UNUSED,
    struct tb_err *err TB_UNUSED)
{
	const struct tb_graph *g = m->graph;
	json_t *list = json_array();

	for (size_t i = 0; i < g->revs.n; i++) {
		const struct tb_revision *rev = g->revs.v[i];

		if (!tb_revision_is_branchpoint(rev))
			continue;
		if (tb_cli_is_json(ctx))
			(void)json_array_append_new(list,
			    mig_json_revision(rev));
		else
			print_text(rev);
	}
	if (tb_cli_is_json(ctx))
		tb_json_print(list);
	else
		json_decref(list);
	return 0;
}

static int
branches(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	return mig_look(ctx, false, print_all, NULL, err);
}

static const struct tb_opt opts[] = {
	MIG_OPT_DETAILS,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_branches = {
	.name = "branches",
	.help = "show where the history forks",
	.opts = opts,
	.needs = TB_NEED_FORMAT,
	.run = branches,
};
