/*
 * flush.c: a disk on which a flush takes FLUSH_US microseconds longer.
 *
 *	LD_PRELOAD=flush.so FLUSH_US=2000 postgres ...
 *
 * Of the server's calls only fdatasync is slow: it flushes the log with it,
 * and checkpoints, which flush the tables with fsync, are not the matter here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int
fdatasync(int fd)
{
	static int (*real)(int);
	const char *us = getenv("FLUSH_US");
	long n = us != NULL ? atol(us) * 1000 : 0;

	(void)nanosleep(&(struct timespec){ n / 1000000000, n % 1000000000 },
	    NULL);
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "fdatasync");
	return real(fd);
}
