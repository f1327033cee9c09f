#include "core/tb.h"

#include "core/err.h"
#include "look.h"
#include "revision/target.h"

int
mig_look(struct tb_ctx *ctx, bool with_rows, mig_look_fn *look, const void *arg,
    struct tb_err *err)
{
	struct mig m = MIG_INIT;
	int rc = mig_load(ctx, &m, err);

	if (rc == 0 && with_rows)
		rc = mig_open(ctx, &m, TB_PG_READ, err);
	if (rc == 0 && mig_opts.stored)
		rc = mig_stored_use(ctx, &m, false, err);
	if (rc == 0)
		rc = look(ctx, &m, arg, err);
	mig_close(&m);
	return rc;
}

struct named {
	const char *name;
	bool with_rows;
	mig_named_fn *look;
};

static int
look_named(const struct tb_ctx *ctx, struct mig *m, const void *arg,
    struct tb_err *err)
{
	const struct named *n = arg;
	struct tb_revs revs = TB_REVS_INIT;
	int rc = tb_target_show(m->graph,
	    n->with_rows ? &m->history.rows : NULL, n->name, &revs, err);

	if (rc == 0)
		rc = n->look(ctx, m, &revs, n->name, err);
	tb_revs_release(&revs);
	return rc;
}

int
mig_look_named(struct tb_ctx *ctx, const char *name, mig_named_fn *look,
    struct tb_err *err)
{
	struct named n = { name, mig_opts.stored || tb_target_needs_rows(name),
		look };

	return mig_look(ctx, n.with_rows, look_named, &n, err);
}
