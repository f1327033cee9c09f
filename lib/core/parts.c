#include "core/tb.h"

#include <pthread.h>
#include <unistd.h>

#include "core/parts.h"

struct part {
	void (*work)(void *, size_t, size_t, size_t);
	void *arg;
	size_t number, first, end;
	pthread_t thread;
	bool threaded;
};

size_t
tb_parts_count(size_t n, size_t least)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t parts = n / least;

	if (parts > TB_PARTS_MAX)
		parts = TB_PARTS_MAX;
	if (processors >= 1 && parts > (size_t)processors)
		parts = (size_t)processors;
	return parts > 0 ? parts : 1;
}

static void *
run(void *arg)
{
	struct part *p = arg;

	p->work(p->arg, p->number, p->first, p->end);
	return NULL;
}

void
tb_parts_run(size_t n, size_t parts,
    void (*work)(void *arg, size_t part, size_t first, size_t end), void *arg)
{
	struct part v[TB_PARTS_MAX];

	for (size_t i = 0; i < parts; i++) {
		v[i] = (struct part){ .work = work,
			.arg = arg,
			.number = i,
			.first = n * i / parts,
			.end = n * (i + 1) / parts };
		v[i].threaded = i + 1 < parts &&
		    pthread_create(&v[i].thread, NULL, run, &v[i]) == 0;
	}
	for (size_t i = 0; i < parts; i++)
		if (!v[i].threaded)
			(void)run(&v[i]);
	for (size_t i = 0; i < parts; i++)
		if (v[i].threaded)
			(void)pthread_join(v[i].thread, NULL);
}
