/*
 * The drawing with the texts of the revisions to the right of it.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/err.h"
#include "draw.h"
#include "migrate.h"

/* So much of a text is left beside a drawing as wide as the terminal. */
#define TEXT_MIN 24

struct drawing {
	struct mig_lanes lanes;
	bool coloured;
	size_t width;    /* of the terminal; 0: lines may be of any length */
	char *text;      /* lines of the revision that are not printed yet */
	const char *pos; /* NULL: it is all printed */
	struct tb_buf out;
};

/* 0 unless it is a terminal. */
static size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long n;

	if (isatty(STDOUT_FILENO) != 1)
		return 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	n = columns != NULL ? strtol(columns, NULL, 10) : 0;
	return n > 0 ? (size_t)n : 80;
}

/* Does a byte begin a character?  Escape sequences take no room. */
static bool
takes_room(const char **p)
{
	if (**p == '\033') {
		*p += strcspn(*p, "m");
		return false;
	}
	return ((unsigned char)**p & 0xc0) != 0x80;
}

/* Columns of a line, which ends at LF or NUL. */
static size_t
line_width(const char *line)
{
	size_t width = 0;

	for (const char *p = line; *p != '\0' && *p != '\n'; p++)
		width += takes_room(&p);
	return width;
}

/* The line as far as there is room, with "..." for what is left out. */
static void
add_cut(struct tb_buf *out, const char *line, size_t room)
{
	size_t width = 0;

	for (const char *p = line; *p != '\0' && *p != '\n'; p++) {
		const char *start = p;

		width += takes_room(&p);
		/* Escape sequences come through: colours must end. */
		if (width <= room - 3 || *start == '\033')
			tb_buf_addn(out, start, (size_t)(p - start) + 1);
	}
	tb_buf_add(out, "...");
}

static void
add_line(struct drawing *d)
{
	size_t used = 2 * d->lanes.width;
	const char *end = strchrnul(d->pos, '\n');
	size_t room = d->width > used + TEXT_MIN ? d->width - used : TEXT_MIN;

	if (d->width > 0 && !mig_verbose() && line_width(d->pos) > room)
		add_cut(&d->out, d->pos, room);
	else
		tb_buf_addn(&d->out, d->pos, (size_t)(end - d->pos));
	d->pos = *end == '\n' ? end + 1 : NULL;
}

static void
add_cells(struct drawing *d, const struct mig_row *row)
{
	enum tb_colour colour = TB_PLAIN;

	for (size_t i = 0; i < row->n; i++) {
		const struct mig_cell *cell = &row->v[i];

		if (d->coloured && cell->colour != colour && cell->c != ' ') {
			colour = cell->colour;
			tb_buf_add(&d->out, tb_sgr(stdout, colour));
		}
		tb_buf_addc(&d->out, cell->c);
	}
	if (colour != TB_PLAIN)
		tb_buf_add(&d->out, tb_sgr(stdout, TB_PLAIN));
}

/* The text begins beside the revision and goes on in the rows below it. */
static void
print_row(void *arg, const struct mig_row *row, bool is_revision)
{
	struct drawing *d = arg;

	tb_buf_reset(&d->out);
	add_cells(d, row);
	if (is_revision)
		d->pos = d->text;
	if (d->pos != NULL) {
		for (size_t at = row->n; at < 2 * d->lanes.width; at++)
			tb_buf_addc(&d->out, ' ');
		add_line(d);
		tb_buf_rtrim(&d->out);
	}
	(void)puts(d->out.s);
}

static char *
text_of(const struct tb_revision *r, bool is_current)
{
	unsigned marks = MIG_LABELS | MIG_POINTS | MIG_MESSAGE;
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	if (f == NULL)
		tb_bug("open_memstream failed");
	if (mig_verbose())
		mig_put_block(r, is_current, f);
	else
		mig_put_line(r, marks | (is_current ? MIG_IS_CURRENT : 0), f);
	if (fclose(f) != 0)
		tb_bug("fclose of memory failed");
	return text;
}

void
mig_draw_text(const struct tb_graph *g, const struct tb_revs *revs,
    const struct tb_revs *current)
{
	struct drawing d = { .coloured = tb_term_colour(stdout),
		.width = terminal_width(),
		.out = TB_BUF_INIT };

	mig_lanes_init(&d.lanes, g, revs);
	d.lanes.emit = print_row;
	d.lanes.arg = &d;
	for (size_t i = 0; i < revs->n; i++) {
		struct tb_revision *r = revs->v[i];

		d.text = text_of(r, current != NULL && tb_revs_has(current, r));
		mig_lanes_take(&d.lanes, r);
		/* Nothing stands below the last one. */
		while (d.pos != NULL && (i + 1 < revs->n || *d.pos != '\0'))
			mig_lanes_idle(&d.lanes);
		free(d.text);
	}
	mig_lanes_release(&d.lanes);
	tb_buf_release(&d.out);
}
