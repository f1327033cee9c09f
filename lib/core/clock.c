#include "core/tb.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#include "core/clock.h"

static double
read_clock(clockid_t which)
{
	struct timespec t;

	(void)clock_gettime(which, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double
tb_clock_now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

double
tb_clock_epoch(void)
{
	return read_clock(CLOCK_REALTIME);
}

void
tb_clock_sleep(double seconds)
{
	double whole = floor(seconds);
	struct timespec t = {
		.tv_sec = (time_t)whole,
		.tv_nsec = (long)((seconds - whole) * 1e9),
	};

	(void)nanosleep(&t, NULL);
}

void
tb_clock_iso(time_t when, char out[TB_CLOCK_ISO_LEN + 1])
{
	struct tm tm;

	(void)gmtime_r(&when, &tm);
	(void)strftime(out, TB_CLOCK_ISO_LEN + 1, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

void
tb_clock_span(double s, char out[TB_CLOCK_SPAN_LEN + 1])
{
	const size_t len = TB_CLOCK_SPAN_LEN + 1;
	long whole = (long)s;

	if (s < 1)
		(void)snprintf(out, len, "%.0f ms", s * 1000);
	else if (s < 60)
		(void)snprintf(out, len, "%.1f s", s);
	else if (s < 3600)
		(void)snprintf(out, len, "%ld min %ld s", whole / 60,
		    whole % 60);
	else if (s < 86400)
		(void)snprintf(out, len, "%ld h %ld min", whole / 3600,
		    whole % 3600 / 60);
	else
		(void)snprintf(out, len, "%ld d %ld h", whole / 86400,
		    whole % 86400 / 3600);
}
