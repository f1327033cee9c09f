/*
 * Edited files that are taken for what was applied, and reading the log.
 */
#include "core/tb.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "revision/file.h"
#include "revision/history.h"
#include "revision/history_sql.h"

/* The hashes of before and of now, for the log. */
static char *
hashes_json(const PGresult *res, int row, const struct tb_history_hashes *now)
{
	json_t *list = json_pack("[{s:s, s:s, s:s}, {s:s, s:s, s:s}]", "hash",
	    "file", "old", tb_pg_get(res, row, "raw_hash"), "new", now->raw,
	    "hash", "tokens", "old", tb_pg_get(res, row, "token_hash"), "new",
	    now->tokens);
	char *text = json_dumps(list, JSON_COMPACT);

	json_decref(list);
	return text;
}

static int
replace(struct tb_history *h, const struct tb_revision_file *f,
    const struct tb_history_hashes *now, struct tb_err *err)
{
	char *parents = tb_strs_join(&f->header.down_revision, " ");
	char *depends = tb_strs_join(&f->header.depends_on, " ");
	char *labels = tb_strs_join(&f->header.labels, " ");
	char *keys = tb_history_keys(&f->header);
	char formula[16];
	const char *const params[] = { h->name, f->header.id, parents, depends,
		labels, f->header.message, f->upgrade.text, f->downgrade.text,
		now->raw, now->tokens, formula, keys };
	int rc;

	(void)snprintf(formula, sizeof(formula), "%d", TB_HISTORY_FORMULA);
	rc = tb_pg_execp(h->db, tb_sql_text(tb_revision_sql, "accept_revision"),
	    TB_LEN(params), params, err);
	free(parents);
	free(depends);
	free(labels);
	free(keys);
	return rc;
}

static int
accept_at(struct tb_history *h, const struct tb_revision_file *f,
    const char *reason, const PGresult *res, int row, struct tb_err *err)
{
	struct tb_history_hashes now;
	struct tb_history_event e = {
		.action = "accept",
		.revision = f->header.id,
		.outcome = "done",
		.seconds = 0,
		.tag = reason,
	};
	char *hashes;
	int rc;

	if (tb_history_hash(f, &now, err) == -1)
		return -1;
	hashes = hashes_json(res, row, &now);
	e.notices = hashes;
	rc = replace(h, f, &now, err);
	if (rc == 0)
		rc = tb_history_event(h, &e, err);
	free(hashes);
	return rc;
}

int
tb_history_accept(struct tb_history *h, const struct tb_revision_file *f,
    const char *reason, struct tb_err *err)
{
	PGresult *res = tb_history_recorded(h, err);
	int rc, row = 0;

	if (res == NULL)
		return -1;
	while (row < PQntuples(res) &&
	    strcmp(tb_pg_get(res, row, "revision"), f->header.id) != 0)
		row++;
	if (row < PQntuples(res))
		rc = accept_at(h, f, reason, res, row, err);
	else
		rc = tb_err_set(err, TB_EXIT_DATA,
		    "revision \"%s\" is not recorded as applied", f->header.id);
	PQclear(res);
	return rc;
}

PGresult *
tb_history_events(struct tb_history *h, const struct tb_history_events *which,
    struct tb_err *err)
{
	char limit[24];
	const char *params[] = { h->name, which->revision, which->since,
		which->limit > 0 ? limit : NULL };

	(void)snprintf(limit, sizeof(limit), "%lld", which->limit);
	if (!h->event_there)
		return NULL;
	return tb_pg_query(h->db, tb_sql_text(tb_revision_sql, "events"),
	    TB_LEN(params), params, err);
}
