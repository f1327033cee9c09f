/*
 * clock.h: time as people and files write it.
 */
#ifndef TB_CORE_CLOCK_H
#define TB_CORE_CLOCK_H

#include <time.h>

#include "core/tb.h"

/* Seconds since an arbitrary moment; never goes back. */
double tb_clock_now(void);

/* Seconds since 1970, with fraction: the machine's idea of the date. */
double tb_clock_epoch(void);

/* Sleep; returns early when a signal arrives. */
void tb_clock_sleep(double seconds);

#define TB_CLOCK_ISO_LEN 20
/* "2026-11-22T15:43:07Z" */
void tb_clock_iso(time_t, char out[TB_CLOCK_ISO_LEN + 1]);

#define TB_CLOCK_SPAN_LEN 31
/* "340 ms", "4.2 s", "3 min 20 s", "2 h 5 min", "4 d 3 h" */
void tb_clock_span(double seconds, char out[TB_CLOCK_SPAN_LEN + 1]);

#endif /* TB_CORE_CLOCK_H */
