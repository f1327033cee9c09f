/*
 * What a statement locked: the difference that it made to pg_locks.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "pg/query.h"
#include "revision/history_sql.h"
#include "revision/rehearse_state.h"

#define ROW_EXCLUSIVE          3
#define SHARE_UPDATE_EXCLUSIVE 4
#define ACCESS_EXCLUSIVE       8

/* By strength, from 1. */
static const char *const modes[] = {
	NULL,
	"ACCESS SHARE",
	"ROW SHARE",
	"ROW EXCLUSIVE",
	"SHARE UPDATE EXCLUSIVE",
	"SHARE",
	"SHARE ROW EXCLUSIVE",
	"EXCLUSIVE",
	"ACCESS EXCLUSIVE",
};

static unsigned int
get_oid(const PGresult *res, int row, const char *column)
{
	return (unsigned int)tb_pg_get_int(res, row, column);
}

/* Where the relation is, or would be. */
static size_t
place_of(const struct tb_rehearsal *r, unsigned int oid)
{
	size_t low = 0, high = r->nknown;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (r->known[middle].oid < oid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct tb_rehearsal_relation *
find(const struct tb_rehearsal *r, unsigned int oid)
{
	size_t i = place_of(r, oid);

	return i < r->nknown && r->known[i].oid == oid ? &r->known[i] : NULL;
}

static struct tb_rehearsal_relation *
add(struct tb_rehearsal *r, unsigned int oid)
{
	size_t i = place_of(r, oid);

	r->known =
	    tb_grow(r->known, r->nknown, &r->cap_known, sizeof(*r->known));
	memmove(&r->known[i + 1], &r->known[i],
	    (r->nknown - i) * sizeof(*r->known));
	r->nknown++;
	r->known[i] = (struct tb_rehearsal_relation){ .oid = oid };
	return &r->known[i];
}

static void
look_at(struct tb_rehearsal *r, const PGresult *res, int row)
{
	unsigned int oid = get_oid(res, row, "oid");
	struct tb_rehearsal_relation *rel = find(r, oid);

	if (rel == NULL) {
		rel = add(r, oid);
		rel->made = r->looked;
		rel->name = tb_strdup(tb_pg_get(res, row, "name"));
		rel->kind = tb_strdup(tb_pg_get(res, row, "kind"));
		rel->owner = get_oid(res, row, "owner");
	}
	rel->filenode = get_oid(res, row, "relfilenode");
	rel->tuples = tb_pg_get_int(res, row, "tuples");
}

int
tb_rehearsal_look(struct tb_rehearsal *r, struct tb_err *err)
{
	PGresult *res = tb_pg_query(r->db,
	    tb_sql_text(tb_revision_sql, "rehearse_relations"), 0, NULL, err);

	if (res == NULL)
		return -1;
	for (size_t i = 0; i < r->nknown; i++)
		r->known[i].strength = 0;
	for (int row = 0; row < PQntuples(res); row++)
		look_at(r, res, row);
	PQclear(res);
	r->looked = true;
	return 0;
}

/*
 * An index is locked with its table, and has a new file when the table has: of
 * that nobody needs to hear.
 */
static bool
goes_with_its_table(const struct tb_rehearsal *r,
    const struct tb_rehearsal_relation *rel)
{
	const struct tb_rehearsal_relation *owner =
	    rel->owner != 0 ? find(r, rel->owner) : NULL;

	return owner != NULL && owner->strength >= rel->strength;
}

static void
add_lock(const struct tb_rehearsal *r, struct tb_rehearsal_stmt *s,
    const struct tb_rehearsal_relation *rel, bool rewritten, long long bytes)
{
	struct tb_rehearsal_lock *l;

	if (rel->made || goes_with_its_table(r, rel))
		return;
	s->locks =
	    tb_grow(s->locks, s->nlocks, &s->cap_locks, sizeof(*s->locks));
	l = &s->locks[s->nlocks++];
	*l = (struct tb_rehearsal_lock){
		.relation = tb_strdup(rel->name),
		.kind = tb_strdup(rel->kind),
		.mode = modes[rel->strength],
		.strength = rel->strength,
		.rewritten = rewritten,
		.advanced = strcmp(rel->kind, "sequence") == 0 &&
		    rel->strength == ROW_EXCLUSIVE,
		.bytes = bytes,
	};
}

/* Returns whether there is something to say of it. */
static bool
update(struct tb_rehearsal *r, struct tb_rehearsal_stmt *s, const PGresult *res,
    int row, bool *rewritten)
{
	unsigned int oid = get_oid(res, row, "oid");
	int strength = (int)tb_pg_get_int(res, row, "strength");
	long long tuples = tb_pg_get_int(res, row, "tuples");
	unsigned int filenode = get_oid(res, row, "relfilenode");
	struct tb_rehearsal_relation *rel = find(r, oid);
	bool stronger;

	if (rel == NULL) {
		rel = add(r, oid);
		rel->made = true;
		rel->filenode = filenode;
	}
	/* TRUNCATE and some rewrites begin to count anew. */
	if (tuples > rel->tuples)
		s->rows += tuples - rel->tuples;
	stronger = strength > rel->strength;
	/* A relation that was dropped has none: that is no rewrite. */
	*rewritten = filenode != 0 && filenode != rel->filenode;
	rel->tuples = tuples;
	if (stronger)
		rel->strength = strength;
	if (filenode != 0)
		rel->filenode = filenode;
	return stronger || *rewritten;
}

static int
by_relation(const void *a, const void *b)
{
	const struct tb_rehearsal_lock *x = a, *y = b;

	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	return strcmp(x->relation, y->relation);
}

static void
collect(struct tb_rehearsal *r, struct tb_rehearsal_stmt *s,
    const PGresult *res)
{
	int n = PQntuples(res);
	bool *news = tb_calloc((size_t)n + 1, sizeof(*news));
	bool *rewritten = tb_calloc((size_t)n + 1, sizeof(*rewritten));

	/* Tables before their indexes are judged by them. */
	for (int row = 0; row < n; row++)
		news[row] = update(r, s, res, row, &rewritten[row]);
	for (int row = 0; row < n; row++)
		if (news[row])
			add_lock(r, s, find(r, get_oid(res, row, "oid")),
			    rewritten[row],
			    tb_pg_get(res, row, "bytes") != NULL ?
				tb_pg_get_int(res, row, "bytes") :
				-1);
	if (s->nlocks > 0)
		qsort(s->locks, s->nlocks, sizeof(*s->locks), by_relation);
	free(news);
	free(rewritten);
}

int
tb_rehearsal_watch(struct tb_rehearsal *r, struct tb_rehearsal_stmt *s,
    struct tb_err *err)
{
	PGresult *res = tb_pg_query(r->db,
	    tb_sql_text(tb_revision_sql, "rehearse_locks"), 0, NULL, err);

	if (res == NULL)
		return -1;
	collect(r, s, res);
	PQclear(res);
	return 0;
}

/* What the manual says of statements that cannot be in a transaction. */
static int
documented(const char *alone, const char *text)
{
	static const char *const gentle[] = {
		"CREATE INDEX CONCURRENTLY",
		"CREATE UNIQUE INDEX CONCURRENTLY",
		"DROP INDEX CONCURRENTLY",
		"REINDEX CONCURRENTLY",
		"ALTER TABLE DETACH CONCURRENTLY",
	};

	for (size_t i = 0; i < TB_LEN(gentle); i++)
		if (strcmp(alone, gentle[i]) == 0)
			return SHARE_UPDATE_EXCLUSIVE;
	if (strcmp(alone, "VACUUM") == 0)
		return strcasestr(text, "full") != NULL ?
		    ACCESS_EXCLUSIVE :
		    SHARE_UPDATE_EXCLUSIVE;
	return 0;
}

void
tb_rehearsal_assume(struct tb_rehearsal_stmt *s)
{
	int strength = documented(s->alone, s->stmt->text);

	s->rows = -1;
	if (strength == 0)
		return;
	s->locks = tb_calloc(1, sizeof(*s->locks));
	s->nlocks = s->cap_locks = 1;
	s->locks[0] = (struct tb_rehearsal_lock){
		.mode = modes[strength],
		.strength = strength,
		.bytes = -1,
	};
}
