/*
 * tb-migrate show: all that is known of a revision.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/keys.h"
#include "look.h"

static bool with_sql;

static void
print_section(const char *name, const struct tb_section *s)
{
	struct tb_buf b = TB_BUF_INIT;
	struct tb_lines in;
	struct tb_slice line;

	if (s->text == NULL)
		return;
	(void)printf("\n    --: %s\n", name);
	tb_buf_add(&b, s->text);
	tb_buf_rtrim(&b);
	in = tb_lines(b.s);
	while (tb_lines_next(&in, &line)) {
		char *text = tb_slice_dup(line);

		(void)fputs(line.n > 0 ? "    " : "", stdout);
		tb_text_put(text, stdout);
		(void)putchar('\n');
		free(text);
	}
	tb_buf_release(&b);
}

static void
add_sql(json_t *o, const struct tb_revision_file *f)
{
	tb_json_set(o, "upgrade", f->upgrade.text);
	tb_json_set(o, "downgrade", f->downgrade.text);
	tb_json_set(o, "verify", f->verify.text);
}

static int
show_one(const struct mig *m, const struct tb_revision *rev, json_t *list,
    struct tb_err *err)
{
	struct tb_revision_file f = TB_REVISION_FILE_INIT;
	json_t *o = NULL;

	if (with_sql && mig_read_revision(m, rev, &f, err) == -1)
		return -1;
	if (list != NULL) {
		o = mig_json_revision(rev);
		if (with_sql)
			add_sql(o, &f);
		(void)json_array_append_new(list, o);
	} else {
		mig_print_block(rev, false);
		print_section("upgrade", &f.upgrade);
		print_section("downgrade", &f.downgrade);
		print_section("verify", &f.verify);
	}
	tb_revision_file_release(&f);
	return 0;
}

static int
show_all(const struct tb_ctx *ctx, const struct mig *m,
    const struct tb_revs *revs, const char *name TB_UNUSED, struct tb_err *err)
{
	json_t *list = tb_cli_is_json(ctx) ? json_array() : NULL;

	for (size_t i = 0; i < revs->n; i++) {
		if (i > 0 && list == NULL)
			(void)putchar('\n');
		if (show_one(m, revs->v[i], list, err) == -1) {
			json_decref(list);
			return -1;
		}
	}
	if (list != NULL)
		tb_json_print(list);
	return 0;
}

static int
show(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[], struct tb_err *err)
{
	return mig_look_named(ctx, argv[0], show_all, err);
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG(0, "sql", "show its sections, too", &with_sql),
	MIG_OPT_STORED,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_show = {
	.name = "show",
	.args = "REVISION",
	.help = "show all that is known of a revision",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.min_args = 1,
	.max_args = 1,
	.run = show,
};
