/*
 * tb-migrate ensure_version: make the version table if there is none.
 */
#include "core/tb.h"

#include <stdio.h>

#include "core/err.h"
#include "core/log.h"
#include "migrate.h"
#include "pg/query.h"

/* Whatever the role has as default for its transactions. */
static const char begin_sql[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

static int
create(struct tb_history *h, struct tb_err *err)
{
	if (tb_pg_exec(h->db, begin_sql, err) == -1 ||
	    tb_history_prepare(h, err) == -1 ||
	    tb_pg_exec(h->db, "COMMIT", err) == -1)
		return -1;
	tb_info("made the version table %s", h->name);
	return 0;
}

static int
online(struct tb_ctx *ctx, struct mig *m, struct tb_err *err)
{
	struct tb_history *h = &m->history;

	if (mig_open(ctx, m, TB_PG_WRITE, err) == -1)
		return -1;
	/* Another run may be about to make it. */
	if (!h->exists && mig_lock(m, err) == -1)
		return -1;
	if (!h->exists)
		return create(h, err);
	tb_info("nothing to do: %s is there", h->name);
	return 0;
}

static void
put_name(const char *name, const char *end)
{
	(void)putchar('"');
	for (; *name != '\0'; name++) {
		if (*name == '"')
			(void)putchar('"');
		(void)putchar(*name);
	}
	(void)printf("%s\"", end);
}

static void
offline(const struct tb_ctx *ctx)
{
	const char *schema = mig_schema(ctx), *table = mig_table(ctx);

	if (schema == NULL)
		schema = "public";
	if (table == NULL)
		table = TB_HISTORY_TABLE;
	(void)fputs("BEGIN;\n\nCREATE SCHEMA IF NOT EXISTS ", stdout);
	put_name(schema, "");
	(void)fputs(";\n\nCREATE TABLE IF NOT EXISTS ", stdout);
	put_name(schema, "");
	(void)putchar('.');
	put_name(table, "");
	(void)fputs(" (\n    version_num character varying(32) NOT NULL,\n"
		    "    CONSTRAINT ",
	    stdout);
	put_name(table, "_pkc");
	(void)fputs(" PRIMARY KEY (version_num)\n);\n\nCOMMIT;\n", stdout);
}

static int
ensure_version(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct mig m = MIG_INIT;
	int rc = 0;

	if (mig_opts.sql)
		offline(ctx);
	else
		rc = online(ctx, &m, err);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG(0, "sql", "print a script for psql instead", &mig_opts.sql),
	MIG_OPT_ROLE,
	MIG_OPT_WAIT_LOCK,
	MIG_OPT_TABLE,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_ensure_version = {
	.name = "ensure_version",
	.help = "make the version table if there is none",
	.opts = opts,
	.needs = TB_NEED_CONN,
	.run = ensure_version,
};
