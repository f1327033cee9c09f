/*
 * Revisions as Alembic prints them, and as JSON.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/table.h"
#include "cli/term.h"
#include "core/mem.h"
#include "migrate.h"

/* Text that mostly has nothing to escape, in one piece. */
static void
put_text(const char *text, FILE *f)
{
	for (const unsigned char *p = (const unsigned char *)text; *p != '\0';
	     p++)
		if (*p < 0x20 || *p == 0x7f) {
			tb_text_put(text, f);
			return;
		}
	(void)fputs(text, f);
}

static void
put_ids(const struct tb_revs *revs, FILE *f)
{
	for (size_t i = 0; i < revs->n; i++) {
		(void)fputs(i > 0 ? ", " : "", f);
		put_text(revs->v[i]->h.id, f);
	}
}

static void
put_strs(const struct tb_strs *strs, FILE *f)
{
	for (size_t i = 0; i < strs->n; i++) {
		(void)fputs(i > 0 ? ", " : "", f);
		put_text(strs->v[i], f);
	}
}

/* As written in the file: a dependency may be a label. */
static void
put_parents(const struct tb_revision *rev, FILE *f)
{
	if (rev->parents.n == 0)
		(void)fputs("<base>", f);
	else
		put_ids(&rev->parents, f);
	if (rev->h.depends_on.n > 0) {
		(void)fputs(" (", f);
		put_strs(&rev->h.depends_on, f);
		(void)fputs(")", f);
	}
	(void)fputs(" -> ", f);
}

/*
 * What is put together in memory is for standard output, too, which is asked
 * once what it is.
 */
static const char *
sgr(enum tb_colour colour)
{
	static int coloured = -1;

	if (coloured == -1)
		coloured = tb_term_colour(stdout);
	return coloured ? tb_sgr(stdout, colour) : "";
}

static void
put_id(const struct tb_revision *rev, FILE *f)
{
	(void)fputs(sgr(TB_YELLOW), f);
	put_text(rev->h.id, f);
	(void)fputs(sgr(TB_PLAIN), f);
}

static void
put_mark(bool on, const char *mark, enum tb_colour colour, FILE *f)
{
	if (!on)
		return;
	(void)fprintf(f, " %s(%s)", sgr(colour), mark);
	(void)fputs(sgr(TB_PLAIN), f);
}

void
mig_put_line(const struct tb_revision *rev, unsigned marks, FILE *f)
{
	bool points = (marks & MIG_POINTS) != 0;

	if ((marks & MIG_PARENTS) != 0)
		put_parents(rev, f);
	put_id(rev, f);
	if ((marks & MIG_LABELS) != 0 && rev->labels.n > 0) {
		(void)fputs(" (", f);
		put_strs(&rev->labels, f);
		(void)fputs(")", f);
	}
	put_mark(tb_revision_is_real_head(rev), "head", TB_GREEN, f);
	put_mark(tb_revision_is_effective_head(rev), "effective head", TB_GREEN,
	    f);
	put_mark((marks & MIG_IS_CURRENT) != 0, "current", TB_CYAN, f);
	put_mark(points && tb_revision_is_branchpoint(rev), "branchpoint",
	    TB_MAGENTA, f);
	put_mark(points && tb_revision_is_mergepoint(rev), "mergepoint",
	    TB_MAGENTA, f);
	if ((marks & MIG_MESSAGE) != 0) {
		(void)fputs(", ", f);
		put_text(rev->h.message, f);
	}
}

void
mig_print_line(const struct tb_revision *rev, unsigned marks)
{
	mig_put_line(rev, marks, stdout);
}

static void
put_field(const char *name, char *value, FILE *f)
{
	if (*value != '\0') {
		(void)fprintf(f, "%s: ", name);
		tb_text_put(value, f);
		(void)fputc('\n', f);
	}
	free(value);
}

void
mig_put_block(const struct tb_revision *rev, bool is_current, FILE *f)
{
	(void)fputs("Rev: ", f);
	put_id(rev, f);
	put_mark(tb_revision_is_head(rev), "head", TB_GREEN, f);
	put_mark(tb_revision_is_branchpoint(rev), "branchpoint", TB_MAGENTA, f);
	put_mark(tb_revision_is_mergepoint(rev), "mergepoint", TB_MAGENTA, f);
	put_mark(is_current, "current", TB_CYAN, f);
	(void)fputc('\n', f);
	if (tb_revision_is_mergepoint(rev))
		put_field("Merges", tb_revs_join(&rev->parents, ", "), f);
	else if (rev->parents.n > 0)
		put_field("Parent", tb_revs_join(&rev->parents, ", "), f);
	else
		put_field("Parent", tb_strdup("<base>"), f);
	put_field("Also depends on", tb_strs_join(&rev->h.depends_on, ", "), f);
	if (tb_revision_is_branchpoint(rev))
		put_field("Branches into", tb_revs_join(&rev->children, ", "),
		    f);
	put_field("Branch names", tb_strs_join(&rev->labels, ", "), f);
	put_field("Date", tb_strdup(rev->h.date != NULL ? rev->h.date : ""), f);
	put_field("Path", tb_strdup(rev->h.path), f);
	if (rev->h.message[0] != '\0') {
		(void)fputs("\n    ", f);
		tb_text_put(rev->h.message, f);
		(void)fputc('\n', f);
	}
}

void
mig_print_block(const struct tb_revision *rev, bool is_current)
{
	mig_put_block(rev, is_current, stdout);
}

json_t *
mig_json_ids(const struct tb_revs *revs)
{
	json_t *list = json_array();

	for (size_t i = 0; i < revs->n; i++)
		(void)json_array_append_new(list,
		    tb_json_text(revs->v[i]->h.id));
	return list;
}

json_t *
mig_json_strs(const struct tb_strs *strs)
{
	json_t *list = json_array();

	for (size_t i = 0; i < strs->n; i++)
		(void)json_array_append_new(list, tb_json_text(strs->v[i]));
	return list;
}

json_t *
mig_json_revision(const struct tb_revision *rev)
{
	json_t *o = json_object();

	tb_json_set(o, "revision", rev->h.id);
	tb_json_set(o, "message", rev->h.message);
	(void)json_object_set_new(o, "parents", mig_json_ids(&rev->parents));
	(void)json_object_set_new(o, "depends_on",
	    mig_json_ids(&rev->depends_on));
	(void)json_object_set_new(o, "children", mig_json_ids(&rev->children));
	(void)json_object_set_new(o, "labels", mig_json_strs(&rev->labels));
	(void)json_object_set_new(o, "head",
	    json_boolean(tb_revision_is_real_head(rev)));
	(void)json_object_set_new(o, "effective_head",
	    json_boolean(tb_revision_is_effective_head(rev)));
	(void)json_object_set_new(o, "branchpoint",
	    json_boolean(tb_revision_is_branchpoint(rev)));
	(void)json_object_set_new(o, "mergepoint",
	    json_boolean(tb_revision_is_mergepoint(rev)));
	tb_json_set(o, "date", rev->h.date);
	tb_json_set(o, "path", rev->h.path);
	return o;
}

static void
print_json_list(const struct tb_revs *revs, const struct tb_revs *current)
{
	json_t *list = json_array();

	for (size_t i = 0; i < revs->n; i++) {
		json_t *o = mig_json_revision(revs->v[i]);

		if (current != NULL)
			(void)json_object_set_new(o, "current",
			    json_boolean(tb_revs_has(current, revs->v[i])));
		(void)json_array_append_new(list, o);
	}
	tb_json_print(list);
}

void
mig_print_list(const struct tb_ctx *ctx, const struct tb_revs *revs,
    unsigned marks, const struct tb_revs *current)
{
	if (tb_cli_is_json(ctx)) {
		print_json_list(revs, current);
		return;
	}
	for (size_t i = 0; i < revs->n; i++) {
		bool is_current =
		    current != NULL && tb_revs_has(current, revs->v[i]);

		if (mig_verbose()) {
			if (i > 0)
				(void)putchar('\n');
			mig_print_block(revs->v[i], is_current);
		} else {
			mig_print_line(revs->v[i],
			    marks | (is_current ? MIG_IS_CURRENT : 0));
			(void)putchar('\n');
		}
	}
}
