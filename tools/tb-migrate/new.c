/*
 * Writing a revision file: revision and merge.
 */
#include "core/tb.h"

#include <stdio.h>

#include "cli/json.h"
#include "core/conf.h"
#include "core/err.h"
#include "migrate.h"
#include "revision/create.h"

static void
print_result(const struct tb_ctx *ctx, const struct tb_new_revision *new)
{
	json_t *o;

	if (!tb_cli_is_json(ctx)) {
		(void)puts(new->path);
		return;
	}
	o = json_object();
	tb_json_set(o, "revision", new->id);
	(void)json_object_set_new(o, "parents", mig_json_ids(&new->parents));
	tb_json_set(o, "path", new->path);
	tb_json_print(o);
}

int
mig_create(const struct tb_ctx *ctx, const struct mig *m, struct tb_create *c,
    struct tb_err *err)
{
	struct tb_new_revision new = TB_NEW_REVISION_INIT;
	int rc = -1;

	c->dirs = &m->dirs;
	c->file_template = tb_conf_str(&ctx->conf, "migrate|file-template");
	c->slug_max = (int)tb_conf_int(&ctx->conf, "migrate|slug-length");
	c->time_zone = tb_conf_str(&ctx->conf, "migrate|timezone");
	if (tb_create_plan(m->graph, c, &new, err) == 0 &&
	    tb_create_write(&new, err) == 0) {
		print_result(ctx, &new);
		rc = 0;
	}
	tb_new_revision_release(&new);
	return rc;
}
