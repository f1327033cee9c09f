/*
 * tb-migrate graph: how the revisions hang together, as a picture.
 */
#include "core/tb.h"

#include <string.h>

#include "core/err.h"
#include "draw.h"
#include "migrate.h"

static const char *format;

static const struct {
	const char *word;
	void (*draw)(const struct tb_graph *, const struct tb_revs *,
	    const struct tb_revs *current);
} formats[] = {
	{ "text", mig_draw_text },
	{ "dot", mig_draw_dot },
	{ "mermaid", mig_draw_mermaid },
	{ "json", mig_draw_json },
};

static void
draw(const struct tb_ctx *ctx, const struct mig *m, const struct tb_revs *revs,
    const struct tb_revs *current)
{
	const char *word = format != NULL ? format : ctx->format;

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(word, formats[i].word) == 0)
			formats[i].draw(m->graph, revs, current);
}

static int
graph(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	return mig_history(ctx, draw, err);
}

static const char *const words[] = { "text", "dot", "mermaid", "json", NULL };

static const struct tb_opt opts[] = {
	TB_OPT_WORD(0, "format", "FORMAT",
	    "print as text, dot (Graphviz), mermaid, json", &format, words),
	MIG_OPT_RANGE,
	MIG_OPT_DETAILS,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_graph = {
	.name = "graph",
	.help = "draw how the revisions hang together",
	.opts = opts,
	.needs = TB_NEED_CONN,
	.run = graph,
};
