/*
 * parts.h: many things that have nothing to do with each other, done by as
 * many threads as there are processors.
 *
 *	static void
 *	work(void *arg, size_t part, size_t first, size_t end)
 *	{
 *		struct job *job = arg;
 *
 *		for (size_t i = first; i < end; i++)
 *			job->sum[part] += job->v[i];
 *	}
 *
 *	size_t parts = tb_parts_count(job.n, 500);
 *
 *	tb_parts_run(job.n, parts, work, &job);
 *
 * Parts are in the order of the things.  A part shares nothing with another
 * but what nobody changes: no messages, no errors, no list that grows.
 */
#ifndef TB_CORE_PARTS_H
#define TB_CORE_PARTS_H

#include "core/tb.h"

#define TB_PARTS_MAX 4 /* more do not pay */

/* How many parts, from 1 to TB_PARTS_MAX; one has at least so many things. */
size_t tb_parts_count(size_t n, size_t least);

/*
 * Do all parts and come back when they are done.  The last part, and what no
 * thread can be had for, is done by the caller's thread.
 */
void tb_parts_run(size_t n, size_t parts,
    void (*work)(void *arg, size_t part, size_t first, size_t end), void *arg);

#endif /* TB_CORE_PARTS_H */
