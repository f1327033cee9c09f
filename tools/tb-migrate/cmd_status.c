/*
 * tb-migrate status: where the database is, in one line; and what is half done.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/buf.h"
#include "core/err.h"
#include "half.h"
#include "look.h"

static void
add_names(struct tb_buf *b, const char *word, const struct tb_strs *names)
{
	char *list;

	if (names->n == 0)
		return;
	list = tb_strs_join(names, ", ");
	tb_buf_addf(b, "; %zu %s: %s", names->n, word, list);
	free(list);
}

static void
add_place(struct tb_buf *b, const struct tb_revs *tips)
{
	for (size_t i = 0; i < tips->n; i++)
		tb_buf_addf(b, "%s%s%s", i > 0 ? ", " : "", tips->v[i]->h.id,
		    tb_revision_is_real_head(tips->v[i]) ? " (head)" : "");
	if (tips->n == 0)
		tb_buf_add(b, "base");
}

static void
print_half(const struct mig_half *half)
{
	char *text;

	if (half->state == MIG_HALF_NOTHING)
		return;
	text = mig_half_text(half);
	tb_text_put(text, stdout);
	(void)printf("\n    %s\n", mig_half_remedy(half));
	free(text);
}

static void
print_text(const struct mig *m, const struct mig_facts *f,
    const struct mig_half *half)
{
	struct tb_buf b = TB_BUF_INIT;

	add_place(&b, &f->tips);
	tb_buf_addf(&b, ": %zu applied, ", f->applied.n);
	if (f->unknown.n > 0)
		tb_buf_add(&b, "pending cannot be told");
	else if (f->pending.n == 0)
		tb_buf_add(&b, "none pending");
	else
		tb_buf_addf(&b, "%zu pending", f->pending.n);
	if (m->graph->real_heads.n > 1)
		tb_buf_addf(&b, "; %zu heads", m->graph->real_heads.n);
	add_names(&b, "unknown", &f->unknown);
	add_names(&b, "edited since", &f->edited);
	if (half->state != MIG_HALF_NOTHING)
		tb_buf_addf(&b, "; half %s: %s",
		    half->journal.down ? "undone" : "done",
		    half->journal.revision);
	tb_text_put(b.s, stdout);
	(void)putchar('\n');
	tb_buf_release(&b);
	print_half(half);
}

static void
print_json(const struct mig *m, const struct mig_facts *f,
    const struct mig_half *half)
{
	json_t *o = json_object();

	tb_json_set(o, "version_table", m->history.name);
	(void)json_object_set_new(o, "rows", mig_json_strs(&m->history.rows));
	(void)json_object_set_new(o, "current", mig_json_ids(&f->tips));
	(void)json_object_set_new(o, "heads",
	    mig_json_ids(&m->graph->real_heads));
	(void)json_object_set_new(o, "applied", mig_json_ids(&f->applied));
	(void)json_object_set_new(o, "pending",
	    f->unknown.n > 0 ? json_null() : mig_json_ids(&f->pending));
	(void)json_object_set_new(o, "unknown", mig_json_strs(&f->unknown));
	(void)json_object_set_new(o, "edited", mig_json_strs(&f->edited));
	(void)json_object_set_new(o, "cosmetic", mig_json_strs(&f->cosmetic));
	(void)json_object_set_new(o, "half_done", mig_half_json(half));
	tb_json_print(o);
}

static int
report(const struct tb_ctx *ctx, struct mig *m, const void *arg TB_UNUSED,
    struct tb_err *err)
{
	struct mig_facts f = MIG_FACTS_INIT;
	struct mig_half half = MIG_HALF_INIT;
	int rc = mig_facts_read(m, &f, err);

	if (rc == 0)
		rc = mig_half_read(m, &half, err);
	if (rc == 0) {
		if (tb_cli_is_json(ctx))
			print_json(m, &f, &half);
		else
			print_text(m, &f, &half);
		if (f.pending.n + f.unknown.n + f.edited.n > 0 ||
		    half.state != MIG_HALF_NOTHING)
			rc = TB_EXIT_FOUND;
	}
	mig_half_release(&half);
	mig_facts_release(&f);
	return rc;
}

static int
status_one(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	return mig_look(ctx, true, report, NULL, err);
}

static int
status(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	static const struct mig_many many = { status_one, MIG_STATUS };

	return mig_many_run(ctx, &many, argc, argv, err);
}

static const struct tb_opt opts[] = {
	MIG_OPT_MANY,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_status = {
	.name = "status",
	.help = "say what is applied, pending, unknown, edited, half done",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.run = status,
};
