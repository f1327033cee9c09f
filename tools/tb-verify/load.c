#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/snapshot.h"
#include "cli/term.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "revision/history.h"
#include "verify.h"

#define ATTEMPTS 7 /* to read a database that is being migrated */

/* What is applied is compared with the files, and may be what they are for. */
static bool
rows_are_needed(const struct ver_job *job)
{
	for (size_t i = 0; i < job->n; i++)
		if (job->side[i].kind == VER_REVISIONS)
			return true;
	return false;
}

/*
 * Which transactions have written the version rows: others after a migration,
 * even one that went there and back.  The caller frees it.
 */
static int
read_marks(const struct tb_history *h, char **marks, struct tb_err *err)
{
	static const char format[] =
	    "SELECT pg_catalog.string_agg(v.version_num || ' ' || v.xmin, ','"
	    " ORDER BY v.version_num COLLATE \"C\") FROM %I.%I AS v";
	struct tb_buf sql = TB_BUF_INIT;
	int rc = 0;

	*marks = NULL;
	if (h->exists)
		rc =
		    tb_pg_format(h->db, &sql, err, format, h->schema, h->table);
	if (rc == 0 && h->exists)
		rc = tb_pg_value(h->db, sql.s, 0, NULL, marks, err);
	if (rc == 0 && *marks == NULL)
		*marks = tb_strdup(h->exists ? "base" : "no table");
	tb_buf_release(&sql);
	return rc;
}

static int
read_rows(struct ver_job *job, const struct ver_side *side, PGconn *db,
    char **marks, struct tb_err *err)
{
	const struct tb_conf *conf = &job->ctx->conf;
	struct tb_history h = TB_HISTORY_INIT;
	int rc = 0;

	if (tb_history_open(&h, db, tb_conf_str(conf, "migrate|version-schema"),
		tb_conf_str(conf, "migrate|version-table"), err) == -1)
		return -1;
	job->owner = side;
	job->has_rows = h.exists;
	tb_strs_release(&job->rows);
	for (size_t i = 0; i < h.rows.n; i++)
		tb_strs_add(&job->rows, h.rows.v[i]);
	PQclear(job->recorded);
	job->recorded = NULL;
	if (h.exists && h.log_readable)
		job->recorded = tb_history_recorded(&h, err);
	if (!tb_err_is_set(err))
		rc = read_marks(&h, marks, err);
	tb_history_release(&h);
	return tb_err_is_set(err) ? -1 : rc;
}

/* The marks as they are by now. */
static int
reread_marks(const struct ver_job *job, PGconn *db, char **marks,
    struct tb_err *err)
{
	const struct tb_conf *conf = &job->ctx->conf;
	struct tb_history h = TB_HISTORY_INIT;
	int rc = tb_history_open_rows(&h, db,
	    tb_conf_str(conf, "migrate|version-schema"),
	    tb_conf_str(conf, "migrate|version-table"), err);

	if (rc == 0)
		rc = read_marks(&h, marks, err);
	tb_history_release(&h);
	return rc;
}

/* Edges are what the order of changes hangs on. */
unsigned int
ver_want(const struct ver_job *job, const struct ver_side *side)
{
	unsigned int want =
	    job->opt->dependents || job->opt->snapshot ? TB_FACTS_EDGES : 0;
	bool databases = job->n > 1 || job->opt->snapshot;

	for (size_t i = 0; i < job->n; i++)
		if (!ver_side_is_database(&job->side[i]) &&
		    job->side[i].kind != VER_SNAPSHOT)
			databases = false;
	if (databases && ver_side_is_database(side))
		want |= TB_FACTS_DATABASE;
	return want;
}

/* All that is known of a database, as it is at one moment. */
static int
read_moment(struct ver_job *job, struct ver_side *side, PGconn *db,
    char **marks, struct tb_err *err)
{
	struct tb_err ignored = TB_ERR_INIT;
	int rc = tb_pg_exec(db,
	    "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", err);

	if (rc == 0)
		rc = ver_owners_find(job, side, db, err);
	if (rc == 0)
		rc = read_rows(job, side, db, marks, err);
	if (rc == 0)
		rc = tb_facts_read(&side->facts, db,
		    ver_want(job, side) | TB_FACTS_INSIDE, err);
	if (rc == 0)
		return tb_pg_exec(db, "COMMIT", err);
	if (PQtransactionStatus(db) != PQTRANS_IDLE &&
	    tb_pg_exec(db, "ROLLBACK", &ignored) == -1)
		tb_err_release(&ignored);
	return -1;
}

/*
 * One snapshot is not enough: the functions that print definitions look at the
 * catalogue as it is now, so that what a migration alters meanwhile is seen too
 * early.  Where one came by, nothing of what was read counts.
 */
static int
was_migrated(const struct ver_job *job, PGconn *db, const char *before,
    struct tb_err *err)
{
	char *after = NULL;
	int rc = reread_marks(job, db, &after, err);

	if (rc == 0)
		rc = strcmp(before, after) != 0;
	free(after);
	return rc;
}

/* What a migration has dropped meanwhile fails as an internal error. */
static bool
is_internal(const struct tb_err *err)
{
	return strcmp(err->sqlstate, "XX000") == 0;
}

/* 1: what was read is worth nothing. */
static int
read_once(struct ver_job *job, struct ver_side *side, PGconn *db,
    struct tb_err *err)
{
	struct tb_err why = TB_ERR_INIT;
	char *marks = NULL;
	int rc = read_moment(job, side, db, &marks, err), moved = 0;

	if (rc == 0 || (marks != NULL && is_internal(err)))
		moved = was_migrated(job, db, marks, &why);
	free(marks);
	if (moved != 0)
		tb_err_move(err, &why);
	return moved != 0 ? moved : rc;
}

/* Longer and longer pauses, so that a migration comes to its end. */
static int
read_both(struct ver_job *job, struct ver_side *side, PGconn *db,
    struct tb_err *err)
{
	double pause = 0.05;

	for (int i = 0; i < ATTEMPTS; i++) {
		int rc = read_once(job, side, db, err);

		if (rc != 1)
			return rc;
		tb_facts_release(&side->facts);
		tb_clock_sleep(pause);
		pause *= 2;
	}
	(void)tb_err_set(err, TB_EXIT_BUSY, "%s is being migrated", side->name);
	return tb_err_hint(err, "Try again when that is done.");
}

static int
read_facts(struct ver_job *job, struct ver_side *side, PGconn *db,
    struct tb_err *err)
{
	tb_progress("reading %s", side->name);
	if (rows_are_needed(job) && job->owner == NULL)
		return read_both(job, side, db, err);
	if (ver_owners_find(job, side, db, err) == -1)
		return -1;
	return tb_facts_read(&side->facts, db, ver_want(job, side), err);
}

static int
read_snapshot(struct ver_side *side, struct tb_err *err)
{
	if (side->text != NULL)
		return tb_snapshot_parse(&side->facts, "<stdin>", side->text,
		    err);
	return tb_snapshot_read(&side->facts, side->word, err);
}

static int
read_other(struct ver_job *job, struct ver_side *side, struct tb_err *err)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	PGconn *db = NULL;
	int rc = -1;

	if (tb_dsn_parse(&dsn, side->word, err) == 0) {
		dsn.no_password = job->ctx->conn.no_password;
		db = tb_pg_connect(&dsn, TB_PG_READ, err);
	}
	if (db != NULL) {
		side->label = tb_strdup(PQdb(db));
		side->name = tb_dsn_describe(&dsn);
		rc = read_facts(job, side, db, err);
	}
	PQfinish(db);
	tb_dsn_release(&dsn);
	return rc;
}

static int
read_side(struct ver_job *job, struct ver_side *side, struct tb_err *err)
{
	switch (side->kind) {
	case VER_LIVE:
		if (tb_cli_connect(job->ctx, TB_PG_READ, err) == -1)
			return -1;
		return read_facts(job, side, job->ctx->db, err);
	case VER_DATABASE:
		return read_other(job, side, err);
	case VER_REVISIONS:
	case VER_MODEL:
	case VER_FILES:
		return ver_replay(job, side, err);
	case VER_SNAPSHOT:
		return read_snapshot(side, err);
	}
	tb_bug("side of kind %d", (int)side->kind);
}

/*
 * Scratch databases belong on the server that they are compared with: the
 * live one unless the only database is another.
 */
static int
choose_server(struct ver_job *job, struct tb_err *err)
{
	const struct ver_side *other = NULL;

	for (size_t i = 0; i < job->n; i++) {
		if (job->side[i].kind == VER_LIVE)
			return tb_cli_dsn(job->ctx, &job->server, err);
		if (job->side[i].kind == VER_DATABASE && other == NULL)
			other = &job->side[i];
	}
	if (other == NULL)
		return tb_cli_dsn(job->ctx, &job->server, err);
	job->server.no_password = job->ctx->conn.no_password;
	return tb_dsn_parse(&job->server, other->word, err);
}

/* What needs both sides. */
static int
finish(struct ver_job *job, struct tb_err *err)
{
	if (job->n > 1) {
		ver_filter_common(job);
		if (ver_map_roles(job, err) == -1)
			return -1;
	}
	for (size_t i = 0; i < job->n; i++) {
		if (!job->opt->snapshot)
			ver_ignore_facts(job, &job->side[i]);
		ver_filter_classes(job, &job->side[i]);
	}
	return 0;
}

/* Databases first: they say which revisions are meant. */
int
ver_load(struct ver_job *job, struct tb_err *err)
{
	if (choose_server(job, err) == -1)
		return -1;
	for (int databases = 1; databases >= 0; databases--) {
		for (size_t i = 0; i < job->n; i++) {
			struct ver_side *side = &job->side[i];

			if (ver_side_is_database(side) != (databases == 1))
				continue;
			if (read_side(job, side, err) == -1)
				return -1;
			ver_filter(job, side);
		}
	}
	tb_progress_done();
	ver_side_label(job);
	return finish(job, err);
}
