/*
 * format.h: a report for its readers.  A format is one file, out_NAME.c, and
 * a row of the table in format.c.
 */
#ifndef MON_FORMAT_H
#define MON_FORMAT_H

#include "core/tb.h"

struct mon_report;
struct mon_row;
struct tb_buf;

struct mon_format {
	const char *name; /* of --format */
	/* To stdout; of what is ok nothing if problems_only. */
	void (*print)(const struct mon_report *, bool problems_only);
};

extern const struct mon_format mon_json, mon_nagios, mon_text;

/* The names of all formats, ended by NULL. */
extern const char *const mon_format_names[];

/* By a name of that list. */
const struct mon_format *mon_format_find(const char *name);

/* Append the value as people read it: "1.5 GB", "3 min 20 s", "12 keys". */
void mon_value_print(const struct mon_row *, const char *unit, struct tb_buf *);

/* How many of a row's objects a person gets to see. */
#define MON_OBJECTS_SHOWN 5

#endif /* MON_FORMAT_H */
