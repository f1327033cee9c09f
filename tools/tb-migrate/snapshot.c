/*
 * What a run leaves for tb-verify: a fingerprint in the database, and a
 * snapshot in a file where tb.conf names one.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/facts.h"
#include "catalog/quick.h"
#include "catalog/snapshot.h"
#include "cli/term.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/log.h"
#include "migrate.h"

char *
mig_closing(void *arg TB_UNUSED, int server_version)
{
	return tb_quick_store_sql(server_version);
}

/* As tb-verify sees it: without the bookkeeping. */
static bool
is_wanted(const struct tb_facts *facts, const struct tb_fact *f, void *arg)
{
	const struct tb_history *h = arg;
	const struct tb_fact *schema = tb_fact_schema(facts, f);
	const struct tb_fact *object = tb_fact_object(facts, f);

	if (schema != NULL && strcmp(schema->identity, "tb") == 0)
		return false;
	return strcmp(object->class->name, "table") != 0 ||
	    strcmp(object->identity, h->name) != 0;
}

void
mig_snapshot(const struct tb_ctx *ctx, struct mig *m)
{
	char *path = tb_conf_path(&ctx->conf, "verify|snapshot");
	struct tb_facts facts = TB_FACTS_INIT;
	struct tb_err err = TB_ERR_INIT;

	if (path == NULL)
		return;
	tb_progress("writing the snapshot");
	if (tb_facts_read(&facts, ctx->db, TB_FACTS_EDGES | TB_FACTS_DATABASE,
		&err) == 0) {
		tb_facts_keep(&facts, is_wanted, &m->history);
		if (tb_snapshot_save(&facts, path, &err) == 0)
			tb_debug("wrote %s", path);
	}
	tb_progress_done();
	/* The revisions are applied, whatever became of the file. */
	if (tb_err_is_set(&err))
		tb_warn("%s is not up to date: %s", path, err.message);
	tb_facts_release(&facts);
	tb_err_release(&err);
	free(path);
}
