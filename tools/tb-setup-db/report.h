/*
 * report.h: a plan or its result, for people, programs and psql.
 */
#ifndef SET_REPORT_H
#define SET_REPORT_H

#include "core/tb.h"
#include "plan.h"
#include "prove.h"
#include "session.h"
#include "want.h"

struct set_report {
	const struct set_want *want;
	struct set_session *session;
	const struct set_plan *plan; /* what is to be done, or was done */
	const struct set_proofs *proofs;
	bool applied;
	bool failed; /* in the middle: what is listed stays */
	bool drop;   /* nothing is left to connect to */
};

/* All print to stdout. */
void set_print_text(const struct set_report *);
void set_print_json(const struct set_report *);

/* For psql; passwords are left out, with a comment in their place. */
void set_print_sql(const struct set_report *);

/* The host by which this role comes to the database.  Borrowed. */
const char *set_report_host(const struct set_report *, const struct set_db *,
    const char *role);

/*
 * How to go on: tb-connect with what it needs to reach the database as this
 * role.  The caller frees it.
 */
char *set_report_command(const struct set_report *, const struct set_db *,
    const char *role) TB_MUSTCHECK;

#endif /* SET_REPORT_H */
