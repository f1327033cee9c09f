/*
 * Schema tb: what is applied, and what was done.
 */
#include "core/tb.h"

#include <bsd/string.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/pipeline.h"
#include "pg/query.h"
#include "revision/file.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/history_sql.h"
#include "revision/plan.h"

#define PROGRAM "tb-migrate " TB_VERSION

static const char *
sql_of(const char *file)
{
	return tb_sql_text(tb_revision_sql, file);
}

static void
deny(struct tb_history *h, char *problem, char *remedy)
{
	h->log = TB_HISTORY_LOG_DENIED;
	h->log_problem = problem;
	h->log_remedy = remedy;
}

/* What the session may do with schema tb, from history_state.sql. */
static void
judge(struct tb_history *h, const PGresult *res)
{
	const char *role = tb_pg_get(res, 0, "role");
	const char *database = tb_pg_get(res, 0, "database");
	bool complete = h->revision_there && h->event_there &&
	    h->detail_there && h->fingerprint_there && !h->old_form;

	if (tb_pg_get_bool(res, 0, "foreign"))
		deny(h,
		    tb_strdup("schema \"tb\" holds a table \"revision\" or "
			      "\"event\" of another program"),
		    tb_strdup("Move it to another schema."));
	else if (!h->log_schema_there && !tb_pg_get_bool(res, 0, "may_create"))
		deny(h,
		    tb_asprintf("role %s may not create schema \"tb\" in "
				"database %s",
			role, database),
		    tb_asprintf("The owner can allow it: GRANT CREATE ON "
				"DATABASE %s TO %s;",
			database, role));
	else if (h->old_form && !tb_pg_get_bool(res, 0, "may_alter"))
		deny(h,
		    tb_strdup("schema \"tb\" was made by an earlier version of "
			      "tb-migrate"),
		    tb_strdup("Run once as the owner of its tables."));
	else if ((h->log_schema_there && !tb_pg_get_bool(res, 0, "may_use")) ||
	    (!complete && !tb_pg_get_bool(res, 0, "may_create")) ||
	    (h->revision_there &&
		!tb_pg_get_bool(res, 0, "may_write_revision")) ||
	    (h->event_there && !tb_pg_get_bool(res, 0, "may_write_event")))
		deny(h,
		    tb_asprintf("role %s may not write to schema \"tb\"", role),
		    tb_asprintf("Its owner can allow it: GRANT USAGE, CREATE "
				"ON SCHEMA tb TO %s; GRANT SELECT, INSERT, "
				"UPDATE, DELETE ON ALL TABLES IN SCHEMA tb "
				"TO %s;",
			role, role));
	else
		h->log =
		    complete ? TB_HISTORY_LOG_READY : TB_HISTORY_LOG_ABSENT;
}

void
tb_history_log_take(struct tb_history *h, const PGresult *res)
{
	free(h->log_problem);
	free(h->log_remedy);
	h->log_problem = h->log_remedy = NULL;
	if (!h->exists) {
		free(h->name);
		h->name = tb_strdup(tb_pg_get(res, 0, "name"));
	}
	h->schema_exists = h->exists || tb_pg_get_bool(res, 0, "schema_there");
	h->log_schema_there = tb_pg_get_bool(res, 0, "log_schema_there");
	h->revision_there = tb_pg_get_bool(res, 0, "revision_there");
	h->event_there = tb_pg_get_bool(res, 0, "event_there");
	h->detail_there = tb_pg_get_bool(res, 0, "detail_there");
	h->fingerprint_there = tb_pg_get_bool(res, 0, "fingerprint_there");
	h->old_form = tb_pg_get_bool(res, 0, "old_form");
	h->journal_there = tb_pg_get_bool(res, 0, "journal_there");
	h->looked = true;
	h->log_readable = tb_pg_get_bool(res, 0, "may_use") &&
	    tb_pg_get_bool(res, 0, "may_read") &&
	    !tb_pg_get_bool(res, 0, "foreign");
	judge(h, res);
}

static int
make(struct tb_history *h, const char *sql, struct tb_err *err)
{
	return tb_history_do(h, &(struct tb_history_do){ .sql = sql }, err);
}

int
tb_history_log_prepare(struct tb_history *h, struct tb_err *err)
{
	if (h->log != TB_HISTORY_LOG_ABSENT)
		return 0;
	if ((!h->log_schema_there && make(h, "CREATE SCHEMA tb", err) == -1) ||
	    (!h->revision_there &&
		make(h, sql_of("history_revision"), err) == -1) ||
	    (!h->event_there &&
		(make(h, sql_of("history_event"), err) == -1 ||
		    make(h, sql_of("history_guard"), err) == -1 ||
		    make(h, sql_of("history_trigger"), err) == -1)) ||
	    (!h->detail_there &&
		make(h, sql_of("history_detail"), err) == -1) ||
	    (!h->fingerprint_there &&
		make(h, sql_of("history_fingerprint"), err) == -1) ||
	    (h->old_form &&
		(make(h, sql_of("history_widen_revision"), err) == -1 ||
		    make(h, sql_of("history_widen_event"), err) == -1)))
		return tb_err_prefix(err, "could not make schema \"tb\"");
	h->log_schema_there = h->revision_there = h->event_there =
	    h->detail_there = h->fingerprint_there = true;
	h->old_form = false;
	h->log = TB_HISTORY_LOG_READY;
	h->log_readable = true;
	return 0;
}

static const char *
origin_word(enum tb_history_origin origin)
{
	static const char *const words[] = { "run", "stamp", "found" };

	return words[origin];
}

/* NULL in *text when the time is not known. */
static const char *
milliseconds(double seconds, char *out, size_t size)
{
	if (seconds < 0)
		return NULL;
	(void)snprintf(out, size, "%.3f", seconds * 1000);
	return out;
}

int
tb_history_applied(struct tb_history *h, const struct tb_revision_file *f,
    enum tb_history_origin origin, double seconds, struct tb_err *err)
{
	struct tb_history_hashes hashes;
	char ms[32], formula[16];
	char *parents, *depends, *labels, *keys;
	int rc;

	if (h->log != TB_HISTORY_LOG_READY)
		return 0;
	if (tb_history_hash(f, &hashes, err) == -1)
		return -1;
	parents = tb_strs_join(&f->header.down_revision, " ");
	depends = tb_strs_join(&f->header.depends_on, " ");
	labels = tb_strs_join(&f->header.labels, " ");
	keys = tb_history_keys(&f->header);
	(void)snprintf(formula, sizeof(formula), "%d", TB_HISTORY_FORMULA);
	const char *const params[] = { h->name, f->header.id, parents, depends,
		labels, f->header.message, f->upgrade.text, f->downgrade.text,
		hashes.raw, hashes.tokens, formula, origin_word(origin),
		PROGRAM, milliseconds(seconds, ms, sizeof(ms)), keys };
	rc = tb_history_do(h,
	    &(struct tb_history_do){
		.plan = TB_HISTORY_PLAN_REVISION,
		.sql = sql_of("record_revision"),
		.nparams = TB_LEN(params),
		.params = params,
	    },
	    err);
	free(parents);
	free(depends);
	free(labels);
	free(keys);
	return rc;
}

int
tb_history_undone(struct tb_history *h, const char *revision,
    struct tb_err *err)
{
	const char *params[] = { h->name, revision };

	if (h->log != TB_HISTORY_LOG_READY)
		return 0;
	return tb_history_do(h,
	    &(struct tb_history_do){
		.plan = TB_HISTORY_PLAN_FORGET,
		.sql = sql_of("forget_revision"),
		.nparams = 2,
		.params = params,
	    },
	    err);
}

/* Who sits at the other end, asked once: it means reading /etc/passwd. */
struct client {
	char host[256];
	char user[256];
};

static const struct client *
this_client(void)
{
	static struct client client;
	const struct passwd *user;

	if (client.host[0] != '\0')
		return &client;
	if (gethostname(client.host, sizeof(client.host) - 1) == -1)
		(void)strlcpy(client.host, "unknown", sizeof(client.host));
	if ((user = getpwuid(getuid())) != NULL)
		(void)strlcpy(client.user, user->pw_name, sizeof(client.user));
	return &client;
}

int
tb_history_event(struct tb_history *h, const struct tb_history_event *e,
    struct tb_err *err)
{
	const struct client *client = this_client();
	char ms[32];
	char *rows;
	int rc;

	if (h->log != TB_HISTORY_LOG_READY)
		return 0;
	rows = tb_strs_join(&h->rows, " ");
	const char *const params[] = { h->name, e->action, e->revision,
		e->outcome, rows, milliseconds(e->seconds, ms, sizeof(ms)),
		e->sqlstate, e->error, e->statements, e->notices, client->host,
		client->user[0] != '\0' ? client->user : NULL, PROGRAM,
		e->tag };
	rc = tb_history_do(h,
	    &(struct tb_history_do){
		.plan = TB_HISTORY_PLAN_EVENT,
		.kind = TB_HISTORY_EVENT,
		.sql = sql_of("record_event"),
		.nparams = TB_LEN(params),
		.params = params,
	    },
	    err);
	free(rows);
	return rc;
}

void
tb_history_details_ask(const struct tb_history *h, struct tb_pipe *p)
{
	*p = (struct tb_pipe){
		.sql = sql_of("record_details"),
		.nparams = 1,
		.params = (const char *const *)&h->details,
	};
}

int
tb_history_details(struct tb_history *h, const char *json, struct tb_err *err)
{
	if (h->log != TB_HISTORY_LOG_READY)
		return 0;
	return tb_pg_execp(h->db, sql_of("record_details"), 1, &json, err);
}

PGresult *
tb_history_recorded(struct tb_history *h, struct tb_err *err)
{
	const char *params[] = { h->name };

	return tb_pg_query(h->db, sql_of("recorded"), 1, params, err);
}

/*
 * A file that cannot be read any more must not keep later revisions from being
 * applied: it is left out, with a word.
 */
static int
record_file(struct tb_history *h, const struct tb_revision *rev,
    enum tb_history_origin origin, struct tb_err *err)
{
	struct tb_revision_file f = TB_REVISION_FILE_INIT;
	struct tb_history_hashes hashes;
	struct tb_err why = TB_ERR_INIT;
	int rc = 0;

	if (tb_revision_file_read(rev->h.path, &f, &why) == -1 ||
	    tb_history_hash(&f, &hashes, &why) == -1)
		tb_warn("revision \"%s\" is not recorded in schema tb: %s",
		    rev->h.id, why.message);
	else
		rc = tb_history_applied(h, &f, origin, -1, err);
	tb_err_release(&why);
	tb_revision_file_release(&f);
	return rc;
}

/* The recorded ids in the order of COLLATE "C", which is strcmp's. */
static bool
is_recorded(const PGresult *res, const char *id)
{
	int low = 0, high = PQntuples(res) - 1;

	while (low <= high) {
		int mid = (low + high) / 2;
		int cmp = strcmp(id, PQgetvalue(res, mid, 0));

		if (cmp == 0)
			return true;
		if (cmp < 0)
			high = mid - 1;
		else
			low = mid + 1;
	}
	return false;
}

/*
 * What is recorded and known to the graph but not applied is forgotten.  What
 * the graph does not know stays: its text here is the only copy there is.
 */
static int
forget_others(struct tb_history *h, const struct tb_graph *g,
    const PGresult *res, const struct tb_revs *applied, struct tb_err *err)
{
	bool *is_applied = tb_calloc(g->revs.n + 1, sizeof(*is_applied));
	int rc = 0;

	for (size_t i = 0; i < applied->n; i++)
		is_applied[applied->v[i]->index] = true;
	for (int i = 0; i < PQntuples(res) && rc == 0; i++) {
		const char *id = PQgetvalue(res, i, 0);
		const struct tb_revision *rev = tb_graph_find(g, id);

		if (rev != NULL && !is_applied[rev->index])
			rc = tb_history_undone(h, id, err);
	}
	free(is_applied);
	return rc;
}

int
tb_history_reconcile(struct tb_history *h, const struct tb_graph *g,
    const PGresult *res, enum tb_history_origin origin, struct tb_err *err)
{
	struct tb_revs applied = TB_REVS_INIT;
	int rc = 0;

	if (h->log != TB_HISTORY_LOG_READY)
		return 0;
	tb_plan_applied(g, &h->rows, &applied, NULL);
	for (size_t i = 0; i < applied.n && rc == 0; i++)
		if (!is_recorded(res, applied.v[i]->h.id))
			rc = record_file(h, applied.v[i], origin, err);
	if (rc == 0)
		rc = forget_others(h, g, res, &applied, err);
	tb_revs_release(&applied);
	return rc;
}
