/*
 * read.c: the facts of a live database, in one round trip.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/facts.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/pipeline.h"
#include "pg/query.h"

/*
 * What decides how the server prints things; both sides are read under the
 * same.  With an empty search_path every name outside pg_catalog is printed
 * with its schema.  The last two keep the catalogue queries from being
 * compiled or run in parallel, which costs more than they do.
 */
static const char *const settings[][2] = {
	{ "search_path", "" },
	{ "DateStyle", "ISO, YMD" },
	{ "IntervalStyle", "postgres" },
	{ "TimeZone", "UTC" },
	{ "extra_float_digits", "3" },
	{ "bytea_output", "hex" },
	{ "lc_monetary", "C" },
	{ "quote_all_identifiers", "off" },
	{ "standard_conforming_strings", "on" },
	{ "jit", "off" },
	{ "max_parallel_workers_per_gather", "0" },
};

static const char begin[] = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
static const char set_local[] = "SELECT pg_catalog.set_config($1, $2, true)";
static const char commit[] = "COMMIT";

/* A round trip: begin, settings, classes, the two kinds, commit. */
struct trip {
	struct tb_pipe *pipe;
	size_t n;
	size_t classes, unmodelled, edges; /* where; 0: not asked */
};

static size_t
add(struct trip *t, const char *sql, int nparams, const char *const *params)
{
	t->pipe[t->n] = (struct tb_pipe){
		.sql = sql,
		.nparams = nparams,
		.params = params,
	};
	return t->n++;
}

static void
plan(struct trip *t, const struct tb_facts *facts, unsigned int want)
{
	const char *unmodelled =
	    tb_class_kind(tb_catalog_sql, "unmodelled", facts->version);
	const char *edges =
	    tb_class_kind(tb_catalog_sql, "edges", facts->version);

	*t = (struct trip){ 0 };
	t->pipe = tb_calloc(facts->classes.n + TB_LEN(settings) + 4,
	    sizeof(*t->pipe));
	(void)add(t, begin, 0, NULL);
	for (size_t i = 0; i < TB_LEN(settings); i++)
		(void)add(t, set_local, 2, settings[i]);
	t->classes = t->n;
	for (size_t i = 0; i < facts->classes.n; i++)
		(void)add(t, facts->classes.v[i].sql, 0, NULL);
	if (unmodelled != NULL)
		t->unmodelled = add(t, unmodelled, 0, NULL);
	if (edges != NULL && (want & TB_FACTS_EDGES) != 0)
		t->edges = add(t, edges, 0, NULL);
	(void)add(t, commit, 0, NULL);
}

static int
explain(const struct tb_facts *facts, const struct trip *t, size_t failed,
    struct tb_err *err)
{
	if (strcmp(err->sqlstate, "55P03") == 0) /* lock_not_available */
		(void)tb_err_hint(err,
		    "Somebody is altering a table: try again when that is "
		    "done.");
	if (failed >= t->classes && failed - t->classes < facts->classes.n)
		return tb_err_prefix(err, "could not read class \"%s\"",
		    facts->classes.v[failed - t->classes].name);
	return tb_err_prefix(err, "could not read the catalogue");
}

/* The first failure is the cause; what follows it was only refused. */
static int
check(PGconn *db, const struct tb_facts *facts, const struct trip *t,
    struct tb_err *err)
{
	for (size_t i = 0; i < t->n; i++) {
		if (tb_pg_ok(t->pipe[i].res))
			continue;
		(void)tb_pg_error(db, t->pipe[i].res, err);
		return explain(facts, t, i, err);
	}
	return 0;
}

/* The list takes the result over. */
static PGresult *
take(struct trip *t, size_t i)
{
	PGresult *res = t->pipe[i].res;

	t->pipe[i].res = NULL;
	return res;
}

static void
add_unmodelled(struct tb_facts *facts, PGresult *res)
{
	int rows = PQntuples(res);

	facts->unmodelled = tb_calloc((size_t)rows, sizeof(*facts->unmodelled));
	for (int row = 0; row < rows; row++) {
		long long count = tb_pg_get_int(res, row, "count");

		if (count > 0)
			facts->unmodelled[facts->nunmodelled++] =
			    (struct tb_unmodelled){
				    tb_pg_get(res, row, "class"),
				    count,
			    };
	}
	facts->counts = res;
}

struct address {
	unsigned int classid, objid;
	int objsubid;
	size_t fact;
};

static int
by_address(const void *a, const void *b)
{
	const struct address *x = a, *y = b;

	if (x->classid != y->classid)
		return x->classid < y->classid ? -1 : 1;
	if (x->objid != y->objid)
		return x->objid < y->objid ? -1 : 1;
	return (x->objsubid > y->objsubid) - (x->objsubid < y->objsubid);
}

static struct address *
addresses(const struct tb_facts *facts)
{
	struct address *v = tb_calloc(facts->n, sizeof(*v));

	for (size_t i = 0; i < facts->n; i++) {
		const struct tb_fact *f = &facts->v[i];

		v[i] = (struct address){ f->classid, f->objid, f->objsubid, i };
	}
	qsort(v, facts->n, sizeof(*v), by_address);
	return v;
}

/* What is no fact itself (a view's column) stands for the whole. */
static size_t
resolve(const struct tb_facts *facts, const struct address *v,
    struct address key)
{
	const struct address *found =
	    bsearch(&key, v, facts->n, sizeof(*v), by_address);

	if (found == NULL && key.objsubid != 0) {
		key.objsubid = 0;
		found = bsearch(&key, v, facts->n, sizeof(*v), by_address);
	}
	return found != NULL ? found->fact : TB_FACT_NONE;
}

static struct address
address(const PGresult *res, int row, const int columns[3])
{
	return (struct address){
		(unsigned int)strtoul(PQgetvalue(res, row, columns[0]), NULL,
		    10),
		(unsigned int)strtoul(PQgetvalue(res, row, columns[1]), NULL,
		    10),
		(int)strtol(PQgetvalue(res, row, columns[2]), NULL, 10),
		TB_FACT_NONE,
	};
}

static void
add_edges(struct tb_facts *facts, PGresult *res)
{
	const int from[] = {
		tb_pg_column(res, "classid"),
		tb_pg_column(res, "objid"),
		tb_pg_column(res, "objsubid"),
	};
	const int to[] = {
		tb_pg_column(res, "refclassid"),
		tb_pg_column(res, "refobjid"),
		tb_pg_column(res, "refobjsubid"),
	};
	int type = tb_pg_column(res, "deptype");
	struct address *v = addresses(facts);

	facts->edges = tb_calloc((size_t)PQntuples(res), sizeof(*facts->edges));
	for (int row = 0; row < PQntuples(res); row++) {
		struct tb_edge e = {
			resolve(facts, v, address(res, row, from)),
			resolve(facts, v, address(res, row, to)),
			PQgetvalue(res, row, type)[0],
		};

		if (e.from != TB_FACT_NONE && e.to != TB_FACT_NONE &&
		    e.from != e.to)
			facts->edges[facts->nedges++] = e;
	}
	free(v);
	PQclear(res);
}

static int
collect(struct tb_facts *facts, struct trip *t, struct tb_err *err)
{
	for (size_t i = 0; i < facts->classes.n; i++) {
		const struct tb_class *class = &facts->classes.v[i];
		const struct tb_pipe *p = &t->pipe[t->classes + i];

		tb_debug("%d of class %s in %.0f ms", PQntuples(p->res),
		    class->name, p->seconds * 1000);
		tb_facts_add(facts, class, take(t, t->classes + i));
	}
	if (tb_facts_finish(facts, err) == -1)
		return -1;
	if (t->unmodelled != 0)
		add_unmodelled(facts, take(t, t->unmodelled));
	if (t->edges != 0)
		add_edges(facts, take(t, t->edges));
	return 0;
}

static int
read_once(struct tb_facts *facts, PGconn *db, unsigned int want,
    struct tb_err *err)
{
	struct trip t;
	int rc;

	facts->version = PQserverVersion(db);
	tb_classes_add(&facts->classes, tb_catalog_sql, facts->version);
	plan(&t, facts, want);
	rc = tb_pg_pipeline(db, t.pipe, t.n, 0, err);
	if (rc == 0)
		rc = check(db, facts, &t, err);
	if (rc == 0)
		rc = collect(facts, &t, err);
	tb_pg_pipeline_clear(t.pipe, t.n);
	free(t.pipe);
	if (rc == -1)
		tb_facts_release(facts);
	return rc;
}

/*
 * The functions that print definitions look at the catalogue as it is now, not
 * as our snapshot has it: what was dropped meanwhile is "cache lookup failed",
 * an internal error.
 */
static bool
changed_under_us(const struct tb_err *err)
{
	return strcmp(err->sqlstate, "XX000") == 0;
}

int
tb_facts_read(struct tb_facts *facts, PGconn *db, unsigned int want,
    struct tb_err *err)
{
	if (read_once(facts, db, want, err) == 0)
		return 0;
	if (!changed_under_us(err))
		return -1;
	tb_debug("%s: reading once more", err->message);
	return read_once(facts, db, want, err);
}
