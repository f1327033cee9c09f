/*
 * preset.c: rules for what other programs keep in a database.
 */
#include "core/tb.h"

#include <string.h>

#include "core/strs.h"
#include "verify.h"

struct preset {
	const char *name, *rules;
};

/* clang-format off */
static const struct preset presets[] = {
	/* What is found below partitioned tables, whoever made it. */
	{ "partitions", "partition-of *\n" },

	/* By the names that pg_partman gives, and its templates. */
	{ "pg_partman",
	    "table *_p20[0-9][0-9]*\n"
	    "table *_p[0-9]*\n"
	    "table *_default\n"
	    "table *.template_*\n" },

	{ "timescaledb",
	    "schema _timescaledb_*\n"
	    "trigger *.ts_insert_blocker\n"
	    "* _timescaledb_*\n" },

	/* The tables in which other tools count their migrations. */
	{ "migrations",
	    "table *.alembic_version\n"
	    "table *.flyway_schema_history\n"
	    "table *.databasechangelog\n"
	    "table *.databasechangeloglock\n"
	    "table *.django_migrations\n"
	    "sequence *.django_migrations_id_seq\n"
	    "table *.schema_migrations\n"
	    "table *.ar_internal_metadata\n"
	    "table *._prisma_migrations\n"
	    "table *._sqlx_migrations\n"
	    "table *.__diesel_schema_migrations\n"
	    "table *.goose_db_version\n"
	    "sequence *.goose_db_version_id_seq\n"
	    "table *.knex_migrations\n"
	    "table *.knex_migrations_lock\n"
	    "sequence *.knex_migrations_*_seq\n"
	    "table *.atlas_schema_revisions\n"
	    "schema atlas_schema_revisions\n"
	    "table *.\"SequelizeMeta\"\n"
	    "table *.\"__EFMigrationsHistory\"\n"
	    "schema drizzle\n"
	    "schema sqitch\n"
	    "schema pgroll\n" },

	/* The schemas of job queues that come as a library. */
	{ "queues",
	    "schema graphile_worker\n"
	    "schema pgboss\n"
	    "schema pgq*\n"
	    "schema procrastinate\n"
	    "schema que\n" },

	/* What is set up beside the schema, by those who replicate it. */
	{ "replication",
	    "publication *\n"
	    "publication-table *\n"
	    "publication-schema *\n"
	    "subscription *\n"
	    "schema pglogical*\n"
	    "schema bucardo*\n" },

	/* Who may do what. */
	{ "roles",
	    "owner *\n"
	    "privilege *\n"
	    "column-privilege *\n"
	    "default-privilege *\n" },

	/* How the server shall plan and store, not what. */
	{ "tuning",
	    "column *: statistics, storage, compression, options\n"
	    "table *: options, tablespace\n"
	    "index *: tablespace\n"
	    "statistics *\n" },
};
/* clang-format on */

const char *
ver_preset(const char *name)
{
	for (size_t i = 0; i < TB_LEN(presets); i++)
		if (strcmp(presets[i].name, name) == 0)
			return presets[i].rules;
	return NULL;
}

char *
ver_preset_names(void)
{
	struct tb_strs names = TB_STRS_INIT;
	char *text;

	for (size_t i = 0; i < TB_LEN(presets); i++)
		tb_strs_add(&names, presets[i].name);
	text = tb_strs_join(&names, ", ");
	tb_strs_release(&names);
	return text;
}
