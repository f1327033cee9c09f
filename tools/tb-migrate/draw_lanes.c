/*
 * The columns of a drawing.
 *
 * Each way from a revision down to one that it needs has a column until that
 * one is drawn.  Column i is at character 2 * i; in between is where ways
 * change columns.  After a revision its ways take its place, those to the
 * right make room, and then each way that leads where another one leads
 * already goes to the left and ends there: one row each, however far it is.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "draw.h"

bool *
mig_listed(const struct tb_graph *g, const struct tb_revs *revs)
{
	bool *listed = tb_calloc(g->revs.n + 1, sizeof(*listed));

	for (size_t i = 0; i < revs->n; i++)
		listed[revs->v[i]->index] = true;
	return listed;
}

void
mig_edges(const struct tb_revision *r, const bool listed[], struct mig_edges *e)
{
	e->to.n = 0;
	for (size_t i = 0; i < r->parents.n; i++)
		if (listed[r->parents.v[i]->index])
			tb_revs_add(&e->to, r->parents.v[i]);
	e->n_parents = e->to.n;
	for (size_t i = 0; i < r->depends_on.n; i++)
		if (listed[r->depends_on.v[i]->index] &&
		    !tb_revs_has(&e->to, r->depends_on.v[i]))
			tb_revs_add(&e->to, r->depends_on.v[i]);
}

void
mig_lanes_init(struct mig_lanes *l, const struct tb_graph *g,
    const struct tb_revs *revs)
{
	*l = (struct mig_lanes){ .waiting = mig_listed(g, revs) };
}

void
mig_lanes_release(struct mig_lanes *l)
{
	free(l->v);
	free(l->waiting);
	free(l->row.v);
	tb_revs_release(&l->edges.to);
}

/* --- Rows ----------------------------------------------------------------- */

static void
put(struct mig_lanes *l, size_t at, char c, enum tb_colour colour)
{
	struct mig_row *row = &l->row;

	while (row->n <= at) {
		row->v = tb_grow(row->v, row->n, &row->cap, sizeof(*row->v));
		row->v[row->n++] = (struct mig_cell){ ' ', TB_PLAIN };
	}
	row->v[at] = (struct mig_cell){ c, colour };
}

/* The ways first to end - 1 go on, so many columns to the right of their own.
 */
static void
put_straight(struct mig_lanes *l, size_t first, size_t end, size_t shift)
{
	for (size_t i = first; i < end; i++)
		put(l, 2 * (i + shift), l->v[i].is_dependency ? ':' : '|',
		    l->v[i].colour);
}

static void
emit(struct mig_lanes *l, bool is_revision)
{
	l->emit(l->arg, &l->row, is_revision);
}

void
mig_lanes_idle(struct mig_lanes *l)
{
	l->row.n = 0;
	put_straight(l, 0, l->n, 0);
	emit(l, false);
}

/* --- Lists of ways -------------------------------------------------------- */

static enum tb_colour
next_colour(struct mig_lanes *l)
{
	static const enum tb_colour colours[] = { TB_RED, TB_GREEN, TB_YELLOW,
		TB_BLUE, TB_MAGENTA, TB_CYAN };

	return colours[l->n_colours++ % (sizeof(colours) / sizeof(*colours))];
}

/* The first way from here on that leads to a revision; n: there is none. */
static size_t
find(const struct mig_lanes *l, const struct tb_revision *to, size_t from)
{
	while (from < l->n && l->v[from].to != to)
		from++;
	return from;
}

static void
insert(struct mig_lanes *l, size_t at, struct mig_lane lane)
{
	l->v = tb_grow(l->v, l->n, &l->cap, sizeof(*l->v));
	memmove(&l->v[at + 1], &l->v[at], (l->n - at) * sizeof(*l->v));
	l->v[at] = lane;
	l->n++;
}

static void delete (struct mig_lanes *l, size_t at)
{
	l->n--;
	memmove(&l->v[at], &l->v[at + 1], (l->n - at) * sizeof(*l->v));
}

/* --- A revision ----------------------------------------------------------- */

/* A revision as it is drawn. */
struct place {
	size_t column;
	size_t n;    /* of its ways down */
	bool joined; /* the last one ends in the column to the right */
};

/*
 * The column of a revision.  That no way leads to it must be seen: nothing may
 * stand above.
 */
static size_t
find_column(struct mig_lanes *l, const struct tb_revision *r)
{
	size_t at = find(l, r, 0);

	if (at < l->n)
		return at;
	if (l->row.n > 2 * at && l->row.v[2 * at].c != ' ')
		mig_lanes_idle(l);
	insert(l, at, (struct mig_lane){ r, false, next_colour(l) });
	return at;
}

/* How far the ways on the right are moved before the revision is drawn. */
static size_t
early_shift(const struct place *p)
{
	return p->n > 2 ? p->n - 2 : 0;
}

static void
make_room(struct mig_lanes *l, const struct place *p)
{
	if (p->column + 1 == l->n)
		return;
	for (size_t shift = 0; shift < early_shift(p); shift++) {
		l->row.n = 0;
		put_straight(l, 0, p->column + 1, 0);
		for (size_t i = p->column + 1; i < l->n; i++)
			put(l, 2 * (i + shift) + 1, '\\', l->v[i].colour);
		emit(l, false);
	}
}

static void
draw_revision(struct mig_lanes *l, const struct place *p,
    const enum tb_colour colours[])
{
	size_t at = 2 * p->column;

	l->row.n = 0;
	put_straight(l, 0, p->column, 0);
	put(l, at, '*', l->v[p->column].colour);
	for (size_t i = 2; i < p->n; i++) {
		put(l, at + 2 * i - 3, '-', colours[i]);
		put(l, at + 2 * i - 2, i + 1 < p->n ? '-' : '.', colours[i]);
	}
	put_straight(l, p->column + 1, l->n, early_shift(p));
	emit(l, true);
}

/* The ways down leave the revision, and those on the right make room. */
static void
draw_fork(struct mig_lanes *l, const struct place *p,
    const enum tb_colour colours[])
{
	size_t shift = early_shift(p);

	l->row.n = 0;
	put_straight(l, 0, p->column, 0);
	put(l, 2 * p->column, l->edges.n_parents > 0 ? '|' : ':', colours[0]);
	for (size_t i = 1; i < p->n; i++)
		put(l, 2 * (p->column + i) - 1, '\\', colours[i]);
	if (p->joined)
		put_straight(l, p->column + 1, l->n, shift);
	else
		for (size_t i = p->column + 1; i < l->n; i++)
			put(l, 2 * (i + shift) + 1, '\\', l->v[i].colour);
	emit(l, false);
}

/* Its ways down take the place of the revision. */
static void
open_ways(struct mig_lanes *l, const struct place *p,
    const enum tb_colour colours[])
{
	delete (l, p->column);
	for (size_t i = 0; i < p->n - (p->joined ? 1 : 0); i++)
		insert(l, p->column + i,
		    (struct mig_lane){ l->edges.to.v[i],
			i >= l->edges.n_parents, colours[i] });
}

/* --- Ways that end -------------------------------------------------------- */

/* After a base: what is to the right of it comes nearer. */
static void
close_column(struct mig_lanes *l, size_t column)
{
	delete (l, column);
	if (column == l->n)
		return;
	l->row.n = 0;
	put_straight(l, 0, column, 0);
	for (size_t i = column; i < l->n; i++)
		put(l, 2 * i + 1, '/', l->v[i].colour);
	emit(l, false);
}

/* The way from ends in the way to, which is further left. */
static void
join(struct mig_lanes *l, size_t to, size_t from)
{
	const struct mig_lane gone = l->v[from];

	l->row.n = 0;
	put_straight(l, 0, from, 0);
	for (size_t i = to; i + 1 < from; i++)
		put(l, 2 * i + 1, gone.is_dependency ? '.' : '_', gone.colour);
	for (size_t i = from; i < l->n; i++)
		put(l, 2 * i - 1, '/', l->v[i].colour);
	l->v[to].is_dependency = l->v[to].is_dependency && gone.is_dependency;
	delete (l, from);
	emit(l, false);
}

static void
join_ways(struct mig_lanes *l)
{
	const struct mig_edges *e = &l->edges;

	/* That it is a dependency must be seen before its way ends. */
	if (e->n_parents < e->to.n)
		mig_lanes_idle(l);
	for (size_t i = e->to.n; i-- > 0;) {
		size_t first = find(l, e->to.v[i], 0);
		size_t second = find(l, e->to.v[i], first + 1);

		if (second < l->n)
			join(l, first, second);
	}
}

static bool
ends_beside(const struct mig_lanes *l, size_t column)
{
	const struct mig_edges *e = &l->edges;

	return e->to.n > 1 && e->n_parents == e->to.n && column + 1 < l->n &&
	    l->v[column + 1].to == e->to.v[e->to.n - 1] &&
	    !l->v[column + 1].is_dependency;
}

/* The first way keeps the colour of the column. */
static enum tb_colour *
choose_colours(struct mig_lanes *l, size_t column)
{
	enum tb_colour *colours =
	    tb_calloc(l->edges.to.n + 1, sizeof(*colours));

	colours[0] = l->v[column].colour;
	for (size_t i = 1; i < l->edges.to.n; i++)
		colours[i] = next_colour(l);
	return colours;
}

void
mig_lanes_take(struct mig_lanes *l, const struct tb_revision *r)
{
	struct place p = { .column = find_column(l, r) };
	enum tb_colour *colours;
	size_t after;

	l->waiting[r->index] = false;
	mig_edges(r, l->waiting, &l->edges);
	p.n = l->edges.to.n;
	p.joined = ends_beside(l, p.column);
	after = l->n - 1 + p.n - (p.joined ? 1 : 0);
	l->width = l->n > after ? l->n : after;
	colours = choose_colours(l, p.column);
	make_room(l, &p);
	draw_revision(l, &p, colours);
	if (p.n > 1)
		draw_fork(l, &p, colours);
	if (p.n > 0) {
		open_ways(l, &p, colours);
		join_ways(l);
	} else {
		close_column(l, p.column);
	}
	free(colours);
}
