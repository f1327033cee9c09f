#include "core/tb.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "revision/run_signal.h"

static const int caught[] = { SIGINT, SIGTERM, SIGHUP, SIGALRM };

static struct sigaction before[TB_LEN(caught)];
static volatile sig_atomic_t pending, sparing;
static PGcancel *cancel;

/* PQcancel() is made for signal handlers. */
static void
handle(int number)
{
	int saved = errno;
	char problem[256];

	if (number != SIGALRM)
		pending = number;
	if (pending != 0 && !sparing) {
		(void)PQcancel(cancel, problem, sizeof(problem));
		(void)alarm(1);
	}
	errno = saved;
}

void
tb_run_signal_catch(PGconn *db)
{
	struct sigaction action = { .sa_handler = handle,
		.sa_flags = SA_RESTART };

	pending = sparing = 0;
	cancel = PQgetCancel(db);
	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < TB_LEN(caught); i++)
		(void)sigaddset(&action.sa_mask, caught[i]);
	for (size_t i = 0; i < TB_LEN(caught); i++) {
		(void)sigaction(caught[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			(void)sigaction(caught[i], &action, NULL);
	}
}

int
tb_run_signal_pending(void)
{
	return pending;
}

void
tb_run_signal_spare(void)
{
	sparing = 1;
	(void)alarm(0);
}

void
tb_run_signal_release(void)
{
	tb_run_signal_spare();
	for (size_t i = 0; i < TB_LEN(caught); i++)
		(void)sigaction(caught[i], &before[i], NULL);
	PQfreeCancel(cancel);
	cancel = NULL;
}

const char *
tb_run_signal_name(int number)
{
	switch (number) {
	case SIGINT:
		return "SIGINT";
	case SIGTERM:
		return "SIGTERM";
	case SIGHUP:
		return "SIGHUP";
	default:
		return "a signal";
	}
}
