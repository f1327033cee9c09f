/*
 * nagios.h: the manners of a monitoring plugin.
 *
 * With --format nagios every way out ends in 0 to 3 and leaves a line on
 * stdout, also those that never reach a report.
 */
#ifndef MON_NAGIOS_H
#define MON_NAGIOS_H

#include "core/tb.h"

struct tb_err;

/*
 * Call first in main(): looks for --format nagios among the arguments and, if
 * it is there, catches signals and early exits.
 */
void mon_nagios_begin(int argc, char *const argv[]);

/* Call last in main(), with what would be returned: what to return. */
int mon_nagios_end(int code);

/* Print a failure as the plugin's answer. */
void mon_nagios_failure(const struct tb_err *);

/* Put text on stdout that can neither end the line nor begin perfdata. */
void mon_nagios_put(const char *text);

#endif /* MON_NAGIOS_H */
