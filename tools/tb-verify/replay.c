/*
 * replay.c: sides that are SQL, run in a scratch database by the server that
 * they are compared with.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "cli/term.h"
#include "core/err.h"
#include "core/log.h"
#include "core/sql.h"
#include "pg/query.h"
#include "replay.h"

/* What a script says on the way is of interest to nobody here. */
static void
ignore_notice(void *arg TB_UNUSED, const PGresult *res)
{
	const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

	if (text != NULL)
		tb_debug("scratch: %s", text);
}

static bool
has_extension(const PGresult *res, const char *name)
{
	for (int i = 0; i < PQntuples(res); i++)
		if (strcmp(tb_pg_get(res, i, "extname"), name) == 0)
			return true;
	return false;
}

/*
 * Many a script relies on an extension that somebody else put into the real
 * database: then what it misses has no name that says so.
 */
static void
find_missing(struct ver_replay *r)
{
	const char *sql = tb_sql_text(tool_sql, "extensions");
	struct tb_err ignored = TB_ERR_INIT;
	PGresult *real = NULL, *here = NULL;

	/* The script may have failed in a transaction of its own. */
	if (tb_pg_exec(r->scratch.db, "ROLLBACK", &ignored) == 0)
		real = tb_pg_query(r->real, sql, 0, NULL, &ignored);
	if (real != NULL)
		here = tb_pg_query(r->scratch.db, sql, 0, NULL, &ignored);
	for (int i = 0; here != NULL && i < PQntuples(real); i++)
		if (!has_extension(here, tb_pg_get(real, i, "extname")))
			tb_strs_add(&r->missing, tb_pg_get(real, i, "extname"));
	PQclear(real);
	PQclear(here);
	tb_err_release(&ignored);
}

static void
hint_at_missing(const struct ver_replay *r, struct tb_err *err)
{
	char *names = tb_strs_join(&r->missing, ", ");

	if (r->missing.n > 0)
		(void)tb_err_hint(err,
		    "The scratch database lacks extensions that database "
		    "\"%s\" has: %s.  The SQL has to create what it needs.",
		    PQdb(r->real), names);
	free(names);
}

/* SQLSTATE class 42 and 3F000: something has no such name. */
static bool
is_missing_name(const struct tb_err *err)
{
	return strncmp(err->sqlstate, "42", 2) == 0 ||
	    strcmp(err->sqlstate, "3F000") == 0;
}

static int
make_extension(struct ver_replay *r, const PGresult *res, int row,
    struct tb_err *err)
{
	if (tb_pg_get_bool(res, row, "needs_schema")) {
		PGresult *made = tb_pg_query(r->scratch.db,
		    tb_pg_get(res, row, "make_schema"), 0, NULL, err);

		if (made == NULL)
			return -1;
		PQclear(made);
	}
	return tb_pg_exec(r->scratch.db, tb_pg_get(res, row, "make"), err);
}

/* One that this role may not make is passed over. */
static int
make_extensions(struct ver_replay *r, struct tb_err *err)
{
	PGresult *res;

	if (r->wanted.n == 0)
		return 0;
	res = tb_pg_query(r->real, tb_sql_text(tool_sql, "extensions"), 0, NULL,
	    err);
	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++) {
		struct tb_err failed = TB_ERR_INIT;

		if (!tb_strs_has(&r->wanted, tb_pg_get(res, i, "extname")))
			continue;
		if (make_extension(r, res, i, &failed) == -1)
			tb_debug("scratch: %s", failed.message);
		tb_err_release(&failed);
	}
	PQclear(res);
	return 0;
}

static bool
is_of(const struct tb_fact *f, const char *class, const struct tb_strs *names)
{
	return strcmp(f->class->name, class) == 0 &&
	    tb_strs_has(names, f->identity);
}

/* What we put there the SQL has not made: that shall be seen. */
static bool
is_of_the_sql(const struct tb_facts *facts, const struct tb_fact *f, void *arg)
{
	const struct ver_replay *r = arg;

	for (; f != NULL; f = tb_fact_up(facts, f))
		if (is_of(f, "extension", &r->wanted))
			return false;
	return true;
}

static int
read_scratch(struct ver_replay *r, struct tb_err *err)
{
	struct tb_facts *facts = &r->side->facts;

	if (ver_owners_scratch(r->job, r->side, r->scratch.db, err) == -1 ||
	    tb_facts_read(facts, r->scratch.db,
		TB_FACTS_EDGES | ver_want(r->job, r->side), err) == -1)
		return -1;
	ver_subscription_enable(facts, &r->enabled);
	if (r->wanted.n > 0)
		tb_facts_keep(facts, is_of_the_sql, r);
	return 0;
}

/*
 * Scripts shall find what they would find in the real database, and what they
 * make shall have the privileges that it has there.
 */
static int
prepare_scratch(struct ver_making *m, struct tb_err *err)
{
	struct ver_replay *r = &m->r;

	/* What they say is of interest to nobody. */
	(void)PQsetNoticeReceiver(r->scratch.db, ignore_notice, NULL);
	if (tb_scratch_alter(&r->scratch, "SET client_min_messages = error",
		err) == -1 ||
	    tb_scratch_copy_settings(&r->scratch, r->real, err) == -1 ||
	    ver_grants_read(m, err) == -1)
		return -1;
	ver_signal_target(r->scratch.db);
	/* All that follows is in what is started from. */
	if (m->keep.base != NULL)
		return 0;
	ver_grants_first(m);
	return make_extensions(r, err);
}

static int
fill_and_read(struct ver_making *m, struct tb_err *err)
{
	struct ver_replay *r = &m->r;
	int rc;

	rc = prepare_scratch(m, err);
	if (rc == 0)
		rc = ver_keep_before(m, err);
	if (rc == 0)
		rc = r->from->run(r, err);
	if (rc == -1 && is_missing_name(err))
		find_missing(r);
	if (rc == 0)
		rc = ver_keep_after(m, err);
	/* What we set here is no difference. */
	if (rc == 0)
		rc = tb_scratch_alter(&r->scratch, "RESET ALL", err);
	if (rc == 0)
		rc = read_scratch(r, err);
	ver_signal_target(NULL);
	return rc;
}

/* A session in the database that the scratch database is to be like. */
static int
open_real(struct ver_replay *r, struct tb_err *err)
{
	if (r->own_real == NULL)
		r->own_real = tb_pg_connect(&r->job->server, TB_PG_READ, err);
	r->real = r->own_real;
	return r->real != NULL ? 0 : -1;
}

static int
open_private(struct ver_replay *r, struct tb_err *err)
{
	if (open_real(r, err) == -1 ||
	    ver_private_start(r->job, r->real, err) == -1)
		return -1;
	return tb_scratch_open_like(&r->scratch, ver_private_dsn(r->job),
	    r->real, err);
}

/*
 * On the server itself, where everything is as in the real database; else,
 * unless that is forbidden, on one of our own.
 */
static int
open_scratch(struct ver_replay *r, struct tb_err *err)
{
	const char *where = r->job->opt->scratch;

	if (strcmp(where, "private") == 0 || r->job->private != NULL)
		return open_private(r, err);
	if (tb_scratch_open(&r->scratch, &r->job->server, err) == 0) {
		r->real = r->scratch.admin;
		return 0;
	}
	if (strcmp(where, "server") == 0 || strcmp(err->sqlstate, "42501") != 0)
		return -1;
	tb_info("%s: making scratch databases on a private server",
	    err->message);
	tb_err_release(err);
	*err = (struct tb_err)TB_ERR_INIT;
	return open_private(r, err);
}

static int
open_copy(struct ver_making *m, struct tb_err *err)
{
	struct ver_replay *r = &m->r;

	if (tb_scratch_open_from(&r->scratch, &r->job->server, m->keep.base,
		err) == -1)
		return -1;
	r->real = r->scratch.admin;
	return 0;
}

/* Whatever happens, the scratch database goes; or it is kept for good. */
static int
attempt(struct ver_making *m, struct tb_err *err)
{
	int rc;

	tb_progress("making a scratch database");
	rc =
	    m->keep.base != NULL ? open_copy(m, err) : open_scratch(&m->r, err);
	if (rc == 0) {
		ver_keep_tidy(m);
		rc = fill_and_read(m, err);
		if (rc == 0)
			ver_keep_it(m);
		tb_progress("dropping the scratch database");
		tb_scratch_close(&m->r.scratch);
	}
	return rc;
}

/* As if nothing had been tried. */
static void
start_over(struct ver_making *m, struct tb_err *err)
{
	tb_strs_release(&m->r.enabled);
	tb_strs_release(&m->r.missing);
	tb_strs_release(&m->r.wanted);
	tb_facts_release(&m->r.side->facts);
	tb_err_release(err);
}

/*
 * Only what is new.  Whatever goes wrong, be it the fault of the new revision:
 * the whole replay has the last word.
 */
static bool
go_on(struct ver_making *m)
{
	struct tb_err why = TB_ERR_INIT;

	if (!ver_keep_find(m))
		return false;
	if (attempt(m, &why) == 0)
		return true;
	tb_debug("%s: replaying all revisions", why.message);
	start_over(m, &why);
	free(m->keep.base);
	m->keep.base = NULL;
	m->keep.done = 0;
	return false;
}

/* Once more, with the extensions that the real database has. */
static int
attempt_with_extensions(struct ver_making *m, struct tb_err *err)
{
	struct ver_replay *r = &m->r;
	struct tb_strs wanted = r->missing;
	char *names;
	int rc;

	r->missing = (struct tb_strs)TB_STRS_INIT;
	start_over(m, err);
	r->wanted = wanted;
	if ((rc = attempt(m, err)) == -1) {
		hint_at_missing(r, err);
		return -1;
	}
	names = tb_strs_join(&r->wanted, ", ");
	tb_info("%s needs what it does not create: made beforehand: extension "
		"%s",
	    r->side->name, names);
	free(names);
	return rc;
}

static int
in_scratch(struct ver_making *m, struct tb_err *err)
{
	int rc = 0;

	ver_signal_catch();
	if (!go_on(m) && ver_signal_check(err) == 0)
		rc = attempt(m, err);
	if (rc == -1 && m->r.missing.n > 0 && ver_signal_check(err) == 0)
		rc = attempt_with_extensions(m, err);
	ver_signal_release();
	if (ver_signal_check(err) == -1)
		rc = -1;
	return rc;
}

static void
release(struct ver_making *m)
{
	m->r.from->release(&m->r);
	PQfinish(m->r.own_real);
	tb_strs_release(&m->r.enabled);
	tb_strs_release(&m->r.missing);
	tb_strs_release(&m->r.wanted);
	tb_buf_release(&m->sql);
	ver_grants_release(&m->grants);
	ver_keep_release(&m->keep);
}

struct ver_making *
ver_making(struct ver_replay *r)
{
	return (struct ver_making *)r;
}

int
ver_replay(struct ver_job *job, struct ver_side *side, struct tb_err *err)
{
	struct ver_making m = {
		.r = {
			.job = job,
			.side = side,
			.from = side->kind == VER_REVISIONS ?
			    &ver_source_revisions :
			    &ver_source_files,
			.scratch = TB_SCRATCH_INIT,
		},
		.sql = TB_BUF_INIT,
	};
	struct ver_cache cache = { NULL };
	int rc = m.r.from->prepare(&m.r, &m.sql, err);

	if (rc == 0)
		rc = ver_cache_open(&cache, &m.r, &m.sql, err);
	if (rc == 0 && !ver_cache_load(&cache, side)) {
		rc = in_scratch(&m, err);
		/* Unless it was made elsewhere than the key says. */
		if (rc == 0 && m.on_private == (job->private != NULL))
			ver_cache_save(&cache, side);
	}
	ver_cache_release(&cache);
	release(&m);
	return rc;
}
