/*
 * Up, down, up: what each statement does, and whether the way back leads back.
 */
#include "core/tb.h"

#include <string.h>

#include "cli/term.h"
#include "core/err.h"
#include "pg/conn.h"
#include "rehearse.h"

bool
mig_step_is_stuck(const struct tb_run_step *rs)
{
	return rs->step->kind == TB_STEP_UPGRADE &&
	    (rs->file.no_downgrade || rs->file.downgrade.text == NULL);
}

bool
mig_trip_differs(const struct mig_trip *t)
{
	return t->undone.n + t->redone.n > 0;
}

void
mig_trip_release(struct mig_trip *t)
{
	tb_diff_release(&t->undone);
	tb_diff_release(&t->redone);
	tb_facts_release(&t->before);
	tb_facts_release(&t->up);
	tb_facts_release(&t->down);
	tb_facts_release(&t->again);
	*t = (struct mig_trip)MIG_TRIP_INIT;
}

static int
read_facts(const struct mig_rehearsal *mr, struct tb_facts *facts,
    struct tb_err *err)
{
	return tb_facts_read(facts, mr->watched.db,
	    mr->scratch ? 0 : TB_FACTS_INSIDE, err);
}

/* How many of these steps the run down has. */
static size_t
count_back(const struct mig_rehearsal *mr, size_t first, size_t last)
{
	size_t n = 0;

	for (size_t i = first; i < last; i++)
		n += mr->up.v[i].step->kind == TB_STEP_UPGRADE &&
		    !mig_step_is_stuck(&mr->up.v[i]);
	return n;
}

static int
go_back(struct mig_rehearsal *mr, const struct mig_trip *t, struct tb_err *err)
{
	size_t first = count_back(mr, t->last, mr->up.n);
	size_t n = count_back(mr, t->first, t->last);

	if (tb_rehearsal_run(&mr->watched, &mr->down, first, first + n, false,
		err) == 0)
		return 0;
	return tb_err_detail(err, "This was on the way back.");
}

static int
go_up_again(struct mig_rehearsal *mr, const struct mig_trip *t,
    struct tb_err *err)
{
	if (tb_rehearsal_run(&mr->watched, &mr->up, t->first, t->last, false,
		err) == 0)
		return 0;
	return tb_err_detail(err,
	    "This was the second time up, after the way back.");
}

static int
there_and_back(struct mig_rehearsal *mr, struct mig_trip *t, struct tb_err *err)
{
	if (go_back(mr, t, err) == -1 || read_facts(mr, &t->down, err) == -1)
		return -1;
	tb_diff(&t->undone, &t->before, &t->down, false);
	/* What was not undone may be in the way. */
	if (t->undone.n > 0)
		return 0;
	if (go_up_again(mr, t, err) == -1 ||
	    read_facts(mr, &t->again, err) == -1)
		return -1;
	tb_diff(&t->redone, &t->up, &t->again, false);
	return 0;
}

/* What was said once is not said again. */
static void
ignore_notice(void *arg TB_UNUSED, const PGresult *res TB_UNUSED)
{
}

/* first_time: watch the way up, and pass on what the server says. */
static int
travel(struct mig_rehearsal *mr, struct mig_trip *t, bool first_time,
    struct tb_err *err)
{
	PGconn *db = mr->watched.db;
	PQnoticeReceiver theirs = PQsetNoticeReceiver(db, NULL, NULL);
	int rc;

	(void)PQsetNoticeReceiver(db, first_time ? theirs : ignore_notice,
	    NULL);
	rc = read_facts(mr, &t->before, err);
	if (rc == 0)
		rc = tb_rehearsal_run(&mr->watched, &mr->up, t->first, t->last,
		    first_time, err);
	(void)PQsetNoticeReceiver(db, ignore_notice, NULL);
	if (rc == 0 && count_back(mr, t->first, t->last) > 0) {
		rc = read_facts(mr, &t->up, err);
		if (rc == 0)
			rc = there_and_back(mr, t, err);
	}
	(void)PQsetNoticeReceiver(db, theirs, NULL);
	return rc;
}

/*
 * The whole did not lead back: which revision is it?  Each is tried alone; if
 * none is at fault the whole stays the answer.
 */
static int
locate(struct mig_rehearsal *mr, struct tb_err *err)
{
	size_t first = mr->trip.first, last = mr->trip.last;

	if (mr->scratch || last - first < 2)
		return 0;
	tb_progress("looking for the revision that differs");
	if (tb_rehearsal_return(&mr->watched, err) == -1)
		return -1;
	for (size_t i = first; i < last; i++) {
		struct mig_trip one = MIG_TRIP_INIT;

		one.first = i;
		one.last = i + 1;
		if (travel(mr, &one, false, err) == -1) {
			mig_trip_release(&one);
			return -1;
		}
		if (mig_trip_differs(&one)) {
			mig_trip_release(&mr->trip);
			mr->trip = one;
			return 0;
		}
		mig_trip_release(&one);
	}
	return 0;
}

/* Steps that are one transaction, or all of them. */
static int
rehearse_part(struct mig_rehearsal *mr, size_t first, size_t last,
    struct tb_err *err)
{
	size_t base = first;

	for (size_t i = first; i < last; i++)
		if (mig_step_is_stuck(&mr->up.v[i]))
			base = i + 1;
	if (tb_rehearsal_run(&mr->watched, &mr->up, first, base, true, err) ==
	    -1)
		return -1;
	if (!mr->scratch && tb_rehearsal_mark(&mr->watched, err) == -1)
		return -1;
	mig_trip_release(&mr->trip);
	mr->trip.first = base;
	mr->trip.last = last;
	if (travel(mr, &mr->trip, true, err) == -1)
		return -1;
	mr->back += count_back(mr, base, last);
	return mig_trip_differs(&mr->trip) ? locate(mr, err) : 0;
}

/* In a scratch database nothing can be taken back, so it goes by parts. */
static int
rehearse_parts(struct mig_rehearsal *mr, struct tb_err *err)
{
	const struct tb_run *up = &mr->up;

	for (size_t first = 0, last; first < up->n; first = last) {
		last = mr->scratch ? first + 1 : up->n;
		while (last < up->n &&
		    up->v[last].transaction == up->v[first].transaction)
			last++;
		if (rehearse_part(mr, first, last, err) == -1)
			return -1;
		/* The others would start from something else. */
		if (mig_trip_differs(&mr->trip))
			return 0;
	}
	return 0;
}

int
mig_rehearse(struct mig_rehearsal *mr, PGconn *db,
    const struct tb_rehearsal_opts *opts, struct tb_err *err)
{
	int rc = tb_rehearsal_begin(&mr->watched, db, opts, err);

	if (rc == 0)
		rc = rehearse_parts(mr, err);
	if (tb_rehearsal_end(&mr->watched, err) == -1)
		rc = -1;
	tb_progress_done();
	return rc;
}
