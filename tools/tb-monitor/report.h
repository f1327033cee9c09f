/*
 * report.h: what the checks answered, before anybody prints it.
 */
#ifndef MON_REPORT_H
#define MON_REPORT_H

#include <libpq-fe.h>
#include <time.h>

#include "check.h"
#include "core/strs.h"
#include "core/tb.h"
#include "range.h"

struct mon_set;
struct tb_ctx;
struct tb_err;

/* The numbers are exit codes of monitoring plugins, not an order. */
enum mon_grade {
	MON_OK,
	MON_WARNING,
	MON_CRITICAL,
	MON_UNKNOWN,
};

#define MON_GRADES 4

/* One row that a check returned, or the reason why it returned none. */
struct mon_row {
	enum mon_grade grade;
	char *label;   /* NULL: the row speaks for the whole check */
	char *value;   /* as the server wrote it; NULL: nothing to grade */
	double number; /* the same */
	char *message; /* NULL: the title says it */
	char *hint;    /* instead of the check's; NULL: none of its own */
	struct tb_strs objects;
	struct mon_range warning, critical; /* what it was graded by */
};

struct mon_result {
	const struct mon_check *check;
	enum mon_grade grade; /* of the worst row; ok without rows */
	char *skipped;        /* why it was not asked; NULL: it was */
	struct mon_row *rows;
	size_t n, cap;
	double seconds; /* until the server had answered */
};

struct mon_report {
	char *target;
	int version; /* as PQserverVersion(); 0: never connected */
	bool in_recovery;
	time_t started;
	double seconds;
	enum mon_grade grade; /* of the worst check */
	size_t counts[MON_GRADES], skipped;
	struct mon_result *results;
	size_t n, cap;
};

/* clang-format off */
#define MON_REPORT_INIT	{ .target = NULL }
/* clang-format on */

/* Lower case. */
const char *mon_grade_name(enum mon_grade);

/* Critical before warning before unknown before ok. */
enum mon_grade mon_worse(enum mon_grade, enum mon_grade);

/* The row to show where there is place for one: NULL without rows. */
const struct mon_row *mon_worst_row(const struct mon_result *);

/*
 * What to do about a row: NULL if there is nothing to say.  The check's hint is
 * about what it finds, not about why it could not look.
 */
const char *mon_hint(const struct mon_check *, const struct mon_row *);

/*
 * Add a row.  What the caller puts into it belongs to the result from then on;
 * it is valid until the next one is added.
 */
struct mon_row *mon_add_row(struct mon_result *, enum mon_grade);

/* Make rows of what the server sent; why: it sent nothing (NULL). */
void mon_grade_result(struct mon_result *, const PGresult *, const char *why);

/*
 * Ask the selected checks.  A server that does not answer is a finding, not an
 * error: -1 is for what was asked wrongly.
 */
int mon_run(struct tb_ctx *, const struct mon_set *, double timeout,
    struct mon_report *, struct tb_err *) TB_MUSTCHECK;

void mon_report_release(struct mon_report *);

#endif /* MON_REPORT_H */
