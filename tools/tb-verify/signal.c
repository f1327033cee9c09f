#include "core/tb.h"

#include <signal.h>
#include <stdlib.h>

#include "core/err.h"
#include "verify.h"

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

static struct sigaction before[TB_LEN(signals)];
static volatile sig_atomic_t caught;
static PGcancel *volatile target;

/* PQcancel() is made for signal handlers. */
static void
handle(int number)
{
	PGcancel *c = target;
	char why[256];

	caught = number;
	if (c != NULL)
		(void)PQcancel(c, why, sizeof(why));
}

void
ver_signal_catch(void)
{
	struct sigaction action = { .sa_handler = handle };

	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < TB_LEN(signals); i++) {
		(void)sigaction(signals[i], NULL, &before[i]);
		/* What nohup(1) made deaf stays so. */
		if (before[i].sa_handler != SIG_IGN)
			(void)sigaction(signals[i], &action, NULL);
	}
}

void
ver_signal_target(PGconn *db)
{
	PGcancel *old = target;

	target = db != NULL ? PQgetCancel(db) : NULL;
	PQfreeCancel(old);
}

void
ver_signal_release(void)
{
	ver_signal_target(NULL);
	for (size_t i = 0; i < TB_LEN(signals); i++)
		(void)sigaction(signals[i], &before[i], NULL);
}

int
ver_signal_check(struct tb_err *err)
{
	if (caught == 0)
		return 0;
	return tb_err_set(err, TB_EXIT_SIGNAL + caught, "interrupted");
}
