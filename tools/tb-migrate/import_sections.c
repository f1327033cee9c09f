/*
 * Files that comments divide into sections.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/file.h"
#include "import_sections.h"

static void
end_section(struct mig_imp_reader *r)
{
	struct mig_imp_sql sql = {
		.path = r->rev->source,
		.line = r->line,
		.text = r->text.s,
	};

	if (r->section != NULL) {
		/* Ours go above those that the text itself calls for. */
		if (r->marks.len > 0) {
			r->section->text = tb_buf_detach(&r->marks);
			r->section->marks++;
		}
		mig_imp_section(r->imp, r->rev, r->section, &sql);
	}
	tb_buf_reset(&r->text);
	tb_buf_reset(&r->marks);
}

int
mig_imp_reader_begin(struct mig_imp_reader *r, bool up, struct tb_err *err)
{
	bool *there = up ? &r->up : &r->down;

	end_section(r);
	if (*there)
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: the way %s is here again", r->rev->source,
		    r->number, up ? "up" : "down");
	*there = true;
	r->section = up ? &r->rev->upgrade : &r->rev->downgrade;
	r->line = r->number + 1;
	return 0;
}

static int
take_line(struct mig_imp_reader *r, struct tb_slice line, struct tb_err *err)
{
	bool comment = line.n >= 2 && memcmp(line.s, "--", 2) == 0;
	struct tb_slice rest = line, word;
	int rc = 0;

	if (comment) {
		rest.s += 2;
		rest.n -= 2;
		rc = r->mark(r, rest, err);
	}
	if (rc != 0)
		return rc == 1 ? 0 : -1;
	if (r->section != NULL) {
		tb_buf_addn(&r->text, line.s, line.n);
		tb_buf_addc(&r->text, '\n');
	} else if (!comment && tb_slice_word(&rest, &word)) {
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: SQL before the first section", r->rev->source,
		    r->number);
	}
	return 0;
}

static int
take_lines(struct mig_imp_reader *r, const char *text, struct tb_err *err)
{
	struct tb_lines in = tb_lines(text);
	struct tb_slice line;

	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		in.next += 3;
	while (tb_lines_next(&in, &line)) {
		r->number = in.number;
		if (take_line(r, line, err) == -1)
			return -1;
	}
	end_section(r);
	if (r->up)
		return 0;
	(void)tb_err_set(err, TB_EXIT_DATA, "%s: there is no way up",
	    r->rev->source);
	return tb_err_hint(err, "Is this a file of %s?", r->imp->format->title);
}

int
mig_imp_reader_run(struct mig_imp_reader *r, struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	int rc = tb_file_read(r->rev->source, &b, err);

	if (rc == 0)
		rc = take_lines(r, b.s, err);
	mig_imp_settle(r->rev);
	tb_buf_release(&b);
	tb_buf_release(&r->text);
	tb_buf_release(&r->marks);
	return rc;
}
