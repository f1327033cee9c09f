/*
 * facts.h: what is in a database, as one sorted list.
 *
 *	struct tb_facts facts = TB_FACTS_INIT;
 *
 *	if (tb_facts_read(&facts, db, 0, err) == -1)
 *		return -1;
 *	for (size_t i = 0; i < facts.n; i++)
 *		puts(facts.v[i].identity);
 *	tb_facts_release(&facts);
 *
 * A fact is whatever a statement can change or pg_depend can point at: a
 * table, a column, a default, a constraint.  Texts are as the server prints
 * them under fixed settings, so that equal things have equal texts.  They are
 * borrowed from the results that the list keeps; the connection may be closed.
 */
#ifndef TB_CATALOG_FACTS_H
#define TB_CATALOG_FACTS_H

#include <libpq-fe.h>

#include "catalog/class.h"
#include "core/hash.h"
#include "core/strs.h"
#include "core/tb.h"

struct tb_err;

#define TB_FACT_NONE ((size_t)-1)

struct tb_fact {
	const struct tb_class *class;
	const char *identity;   /* unique in its class, quoted as SQL wants */
	const char *parent;     /* "CLASS IDENTITY"; NULL: of nothing */
	const char *definition; /* SQL, which part of it the class says */
	unsigned int classid, objid;
	int objsubid;
	size_t up; /* index of the parent, TB_FACT_NONE if it is no fact */
	/* Where the attributes are; use the functions below. */
	const PGresult *res;
	int row, first;
};

/* "from" depends on "to": indexes of facts. */
struct tb_edge {
	size_t from, to;
	char type; /* pg_depend.deptype */
};

/* How many objects there are of a class that is not modelled. */
struct tb_unmodelled {
	const char *class; /* borrowed */
	long long count;
};

struct tb_facts {
	struct tb_fact *v; /* sorted by class name and identity */
	size_t n, cap;
	struct tb_edge *edges;
	size_t nedges;
	struct tb_unmodelled *unmodelled; /* none with a count of 0 */
	size_t nunmodelled;
	PGresult *counts; /* where those are */
	/*
	 * The roles that count as the owner of everything: what belongs to
	 * them has no owner as a fact, and privileges call them CURRENT_USER
	 * (sql/owner.sql).  Filled in before reading, or empty: the owner of
	 * the database; afterwards the first is whom SQL for this database
	 * should run as.  Names without quotes.
	 */
	struct tb_strs owners;
	int version; /* of the server, as PQserverVersion() */
	struct tb_classes classes;
	PGresult **results;
	size_t nresults, cap_results;
};

/* clang-format off */
#define TB_FACTS_INIT	{ .classes = TB_CLASSES_INIT, .owners = TB_STRS_INIT }
/* clang-format on */

enum tb_facts_want {
	TB_FACTS_EDGES = 1, /* read pg_depend too */
	/*
	 * Of the database itself too: wanted when both sides are databases, or
	 * snapshots of such.  Without it those are counted as not modelled.
	 */
	TB_FACTS_DATABASE = 2,
	/*
	 * In the transaction that is open, as it sees things.  It has no
	 * snapshot of its own then, and can be used after a failure.
	 */
	TB_FACTS_INSIDE = 4,
};

/*
 * Read all classes in one round trip, in one read-only transaction of its own.
 * No table is looked into, but to print views and expressions the server locks
 * what they are of as SELECT does: 75 if the session's lock_timeout is over.
 * A class that cannot be read fails the whole, by name; what changed while it
 * was read is read once more.
 */
int tb_facts_read(struct tb_facts *, PGconn *, unsigned int want,
    struct tb_err *) TB_MUSTCHECK;

/*
 * For lists that do not come from a server: add the rows of a result, which
 * the list clears from then on, as facts of a class; after the last one sort
 * them and find the parents.  70 if two facts have one identity.
 */
void tb_facts_add(struct tb_facts *, const struct tb_class *, PGresult *);
int tb_facts_finish(struct tb_facts *, struct tb_err *) TB_MUSTCHECK;

/* Drop the facts that the function says no to, and edges that lose an end. */
void tb_facts_keep(struct tb_facts *,
    bool (*)(const struct tb_facts *, const struct tb_fact *, void *),
    void *arg);

/* The index of a fact, or TB_FACT_NONE. */
size_t tb_facts_find(const struct tb_facts *, const char *class,
    const char *identity);

/* The fact that this one is a part of; NULL: of none. */
const struct tb_fact *tb_fact_up(const struct tb_facts *,
    const struct tb_fact *);

/* The schema that it is in, or itself if it is one; NULL: in none. */
const struct tb_fact *tb_fact_schema(const struct tb_facts *,
    const struct tb_fact *);

/* The object that it is a part of, short of the schema; maybe itself. */
const struct tb_fact *tb_fact_object(const struct tb_facts *,
    const struct tb_fact *);

/* Attributes by number; the value is NULL for SQL's NULL.  Borrowed. */
size_t tb_fact_attributes(const struct tb_fact *);
const char *tb_fact_attribute(const struct tb_fact *, size_t);
const char *tb_fact_value(const struct tb_fact *, size_t);

/* The value of an attribute that the session may not read. */
#define TB_FACT_HIDDEN "(not readable)"

/*
 * "position" is the one attribute that no statement can change: it is left
 * out of comparisons and fingerprints unless it is asked for.
 */
bool tb_fact_is_position(const char *attribute);

/* The hash of all facts: equal lists have equal ones. */
void tb_facts_fingerprint(const struct tb_facts *, char out[TB_HASH_LEN + 1]);

void tb_facts_release(struct tb_facts *);

#endif /* TB_CATALOG_FACTS_H */
