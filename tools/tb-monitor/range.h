/*
 * range.h: the ranges of monitoring plugins, and numbers with units.
 *
 * A range says where the alert begins:
 *
 *	10	below 0 or above 10
 *	10:	below 10
 *	~:10	above 10
 *	10:20	below 10 or above 20
 *	@10:20	from 10 to 20, both ends included
 *
 * Our own addition: a bound of a check in B may end in kB, MB, GB, TB or PB
 * (of 1024), one in s in ms, s, min, h or d, one in % in %.
 */
#ifndef MON_RANGE_H
#define MON_RANGE_H

#include "core/tb.h"

struct tb_buf;
struct tb_err;

struct mon_range {
	bool set;          /* false: there is none, it never alerts */
	bool inside;       /* "@" */
	double start, end; /* -INFINITY and INFINITY where open */
};

/* unit: the check's, NULL for none.  No text: no range.  64 on failure. */
int mon_range_parse(struct mon_range *, const char *text, const char *unit,
    struct tb_err *) TB_MUSTCHECK;

bool mon_range_alerts(const struct mon_range *, double);

/* Append it in plain numbers, as any monitoring system reads it. */
void mon_range_print(const struct mon_range *, struct tb_buf *);

/* A number of the unit's, as in a range.  64 on failure. */
int mon_number_parse(double *, const char *text, const char *unit,
    struct tb_err *) TB_MUSTCHECK;

/* Append a number: never an exponent, no more digits than it takes. */
void mon_number_print(double, struct tb_buf *);

#endif /* MON_RANGE_H */
