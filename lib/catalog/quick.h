/*
 * quick.h: has anything been changed since the last run of tb-migrate?
 *
 * A fingerprint is a hash of each catalogue of the database, made by the
 * server in one statement.  tb-migrate stores one (tb.fingerprint) in the last
 * transaction of each run; asking again tells whether any DDL came since,
 * whatever it was, in one round trip and without reading a definition.  It
 * cannot tell how the database should look: for that there is the comparison.
 *
 * Nothing is hidden by it that a comparison would find, but what was put back
 * exactly counts as untouched only if it is the same object.  A database that
 * was restored from a dump, or a server of another major version, has another
 * fingerprint.
 *
 * The sessions need an empty search_path.
 */
#ifndef TB_CATALOG_QUICK_H
#define TB_CATALOG_QUICK_H

#include <libpq-fe.h>

#include "core/strs.h"
#include "core/tb.h"

struct tb_err;

/*
 * The statement that stores the fingerprint of now in tb.fingerprint, which is
 * there: what tb-migrate does before its last COMMIT.  The caller frees it.
 */
char *tb_quick_store_sql(int version) TB_MUSTCHECK;

enum tb_quick_answer {
	TB_QUICK_SAME,
	TB_QUICK_DIFFERS,
	TB_QUICK_NONE,     /* nothing is stored */
	TB_QUICK_RESTORED, /* cannot tell: the database is a restored copy */
	TB_QUICK_OTHER,    /* cannot tell: stored by another version of us or of
	                      the server */
};

struct tb_quick {
	enum tb_quick_answer answer;
	PGresult *stored;       /* one row of quick_stored.sql; NULL: none */
	struct tb_strs changed; /* the catalogues that differ, sorted */
};

/* clang-format off */
#define TB_QUICK_INIT	{ TB_QUICK_NONE, NULL, TB_STRS_INIT }
/* clang-format on */

/* One round trip.  77 with a hint if what is stored may not be read. */
int tb_quick_check(PGconn *, struct tb_quick *, struct tb_err *) TB_MUSTCHECK;
void tb_quick_release(struct tb_quick *);

/* What tells how they came to differ; NULL: that the server cannot tell. */
struct tb_quick_why {
	/* Objects that were touched since: type, identity, at. */
	PGresult *touched;
	/* What event triggers noted: at, tag, identity, role, client,
	 * application. */
	PGresult *watched;
	/* DDL that pg_stat_statements has seen, and that no revision ran:
	 * statement, role, calls, since. */
	PGresult *seen;
};

/* clang-format off */
#define TB_QUICK_WHY_INIT	{ NULL, NULL, NULL }
/* clang-format on */

void tb_quick_explain(PGconn *, const struct tb_quick *, struct tb_quick_why *);
void tb_quick_why_release(struct tb_quick_why *);

#endif /* TB_CATALOG_QUICK_H */
