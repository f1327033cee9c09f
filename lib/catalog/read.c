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
 * with its schema.  The last three keep the catalogue queries from being
 * compiled or run in parallel, which costs more than they do, and their sorts
 * off the disk.
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
	{ "work_mem", "32MB" },
};

/* Whose ownership is not worth a fact; see sql/owner.sql. */
static const char owners_setting[] = "tb.owners";
static const char default_owner[] =
    "SELECT pg_catalog.pg_get_userbyid(d.datdba) AS owner"
    "  FROM pg_catalog.pg_database AS d"
    " WHERE d.datname = pg_catalog.current_database()";

static const char begin[] = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
static const char set_local[] = "SELECT pg_catalog.set_config($1, $2, true)";
static const char commit[] = "COMMIT";

/* The same inside a transaction, with the settings undone after. */
static const char save[] = "SAVEPOINT tb_facts";
static const char go_back[] = "ROLLBACK TO SAVEPOINT tb_facts";
static const char forget[] = "RELEASE SAVEPOINT tb_facts";

/* A round trip: begin, settings, owner, classes, the two kinds, commit. */
struct trip {
	struct tb_pipe *pipe;
	size_t n;
	size_t owner, classes, unmodelled, edges; /* where; 0: not asked */
	char *owners;
	const char *owners_params[2];
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
	bool inside = (want & TB_FACTS_INSIDE) != 0;

	*t = (struct trip){ 0 };
	t->pipe = tb_calloc(facts->classes.n + TB_LEN(settings) + 7,
	    sizeof(*t->pipe));
	t->owners = tb_strs_join(&facts->owners, "\n");
	t->owners_params[0] = owners_setting;
	t->owners_params[1] = t->owners;
	(void)add(t, inside ? save : begin, 0, NULL);
	for (size_t i = 0; i < TB_LEN(settings); i++)
		(void)add(t, set_local, 2, settings[i]);
	(void)add(t, set_local, 2, t->owners_params);
	t->owner = add(t, default_owner, 0, NULL);
	t->classes = t->n;
	for (size_t i = 0; i < facts->classes.n; i++)
		(void)add(t, facts->classes.v[i].sql, 0, NULL);
	if (unmodelled != NULL)
		t->unmodelled = add(t, unmodelled, 0, NULL);
	if (edges != NULL && (want & TB_FACTS_EDGES) != 0)
		t->edges = add(t, edges, 0, NULL);
	(void)add(t, inside ? go_back : commit, 0, NULL);
	if (inside)
		(void)add(t, forget, 0, NULL);
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

/* Both are borrowed. */
static void
add_unmodelled(struct tb_facts *facts, const char *class, long long count)
{
	if (count > 0)
		facts->unmodelled[facts->nunmodelled++] =
		    (struct tb_unmodelled){ class, count };
}

static void
add_counts(struct tb_facts *facts, PGresult *res)
{
	for (int row = 0; row < PQntuples(res); row++)
		add_unmodelled(facts, tb_pg_get(res, row, "class"),
		    tb_pg_get_int(res, row, "count"));
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

static void
collect_class(struct tb_facts *facts, const struct tb_class *class,
    struct trip *t, size_t i, unsigned int want)
{
	const struct tb_pipe *p = &t->pipe[i];

	tb_debug("%d of class %s in %.0f ms", PQntuples(p->res), class->name,
	    p->seconds * 1000);
	if (!class->of_database || (want & TB_FACTS_DATABASE) != 0)
		tb_facts_add(facts, class, take(t, i));
	else if (!class->uncounted)
		add_unmodelled(facts, class->title, PQntuples(p->res));
}

static int
collect(struct tb_facts *facts, struct trip *t, unsigned int want,
    struct tb_err *err)
{
	int counts =
	    t->unmodelled != 0 ? PQntuples(t->pipe[t->unmodelled].res) : 0;

	if (facts->owners.n == 0)
		tb_strs_add(&facts->owners,
		    tb_pg_get(t->pipe[t->owner].res, 0, "owner"));
	facts->unmodelled = tb_calloc(facts->classes.n + (size_t)counts,
	    sizeof(*facts->unmodelled));
	for (size_t i = 0; i < facts->classes.n; i++)
		collect_class(facts, &facts->classes.v[i], t, t->classes + i,
		    want);
	if (tb_facts_finish(facts, err) == -1)
		return -1;
	if (t->unmodelled != 0)
		add_counts(facts, take(t, t->unmodelled));
	if (t->edges != 0)
		add_edges(facts, take(t, t->edges));
	return 0;
}

/* All but what the caller filled in: it may be read once more. */
static void
start_over(struct tb_facts *facts)
{
	struct tb_strs owners = facts->owners;

	facts->owners = (struct tb_strs)TB_STRS_INIT;
	tb_facts_release(facts);
	facts->owners = owners;
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
		rc = collect(facts, &t, want, err);
	tb_pg_pipeline_clear(t.pipe, t.n);
	free(t.pipe);
	free(t.owners);
	if (rc == -1)
		start_over(facts);
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
	int rc = read_once(facts, db, want, err);

	if (rc == -1 && changed_under_us(err)) {
		tb_debug("%s: reading once more", err->message);
		rc = read_once(facts, db, want, err);
	}
	if (rc == -1)
		tb_facts_release(facts);
	return rc;
}
