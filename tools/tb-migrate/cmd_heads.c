/*
 * tb-migrate heads: the newest revisions.  No database is needed.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/proc.h"
#include "look.h"

static bool resolve;
static long long expected = -1;

/* Who added the file, if it is in a work tree of git; else NULL. */
static char *
author_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash != NULL ? tb_strndup(path, (size_t)(slash - path)) :
				    tb_strdup(".");
	char *name = tb_strdup(slash != NULL ? slash + 1 : path);
	char *argv[] = { (char[]){ "git" }, (char[]){ "-C" }, dir,
		(char[]){ "log" }, (char[]){ "-1" },
		(char[]){ "--diff-filter=A" }, (char[]){ "--format=%an" },
		(char[]){ "--" }, name, NULL };
	struct tb_proc proc = TB_PROC_INIT;
	struct tb_err why = TB_ERR_INIT;
	char *author = NULL;

	if (tb_proc_run(argv, &proc, &why) == 0 && proc.status == 0) {
		tb_buf_rtrim(&proc.out);
		if (proc.out.len > 0)
			author = tb_buf_detach(&proc.out);
	}
	tb_err_release(&why);
	tb_proc_release(&proc);
	free(name);
	free(dir);
	return author;
}

static void
tell_origin(const struct tb_revision *r)
{
	char *author = author_of(r->h.path);
	char *text = tb_asprintf("%s: \"%s\"%s%s%s%s, %s", r->h.id,
	    r->h.message, r->h.date != NULL ? ", " : "",
	    r->h.date != NULL ? r->h.date : "",
	    author != NULL ? ", added by " : "", author != NULL ? author : "",
	    r->h.path);

	tb_log_line("detail", text);
	free(text);
	free(author);
}

/* By date, as it is written in the file; what has none comes first. */
static int
by_date(const void *a, const void *b)
{
	const struct tb_revision *const *x = a, *const *y = b;
	int c = strcmp((*x)->h.date != NULL ? (*x)->h.date : "",
	    (*y)->h.date != NULL ? (*y)->h.date : "");

	if (c != 0)
		return c;
	return ((*x)->index > (*y)->index) - ((*x)->index < (*y)->index);
}

/* The newest last: it is the one that made another head. */
static void
tell_origins(const struct tb_revs *heads)
{
	struct tb_revs list = TB_REVS_INIT;

	for (size_t i = 0; i < heads->n; i++)
		tb_revs_add(&list, heads->v[i]);
	qsort(list.v, list.n, sizeof(struct tb_revision *), by_date);
	for (size_t i = 0; i < list.n; i++)
		tell_origin(list.v[i]);
	tb_revs_release(&list);
}

static int
compare(const struct tb_revs *heads)
{
	char *list;

	if (expected < 0 || (size_t)expected == heads->n)
		return TB_EXIT_OK;
	if (tb_log_level() == TB_LOG_QUIET)
		return TB_EXIT_FOUND;
	list = tb_revs_join(heads, ", ");
	tb_warn("%lld %s expected, there %s %zu%s%s", expected,
	    expected == 1 ? "head was" : "heads were",
	    heads->n == 1 ? "is" : "are", heads->n, heads->n > 0 ? ": " : "",
	    list);
	if ((size_t)expected < heads->n) {
		tell_origins(heads);
		tb_hint("Join them with \"tb-migrate merge heads -m "
			"MESSAGE\".");
	}
	free(list);
	return TB_EXIT_FOUND;
}

static int
print_heads(const struct tb_ctx *ctx, struct mig *m, const void *arg TB_UNUSED,
    struct tb_err *err TB_UNUSED)
{
	const struct tb_revs *list =
	    resolve ? &m->graph->real_heads : &m->graph->heads;

	mig_print_list(ctx, list, MIG_LABELS, NULL);
	return compare(list);
}

static int
heads(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	return mig_look(ctx, false, print_heads, NULL, err);
}

static const struct tb_opt opts[] = {
	MIG_OPT_DETAILS,
	TB_OPT_FLAG(0, "resolve-dependencies",
	    "leave out what other revisions depend on", &resolve),
	TB_OPT_INT(0, "expect", "N", "exit 1 unless there are N", &expected, 0,
	    1000000),
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_heads = {
	.name = "heads",
	.help = "show the newest revisions",
	.opts = opts,
	.needs = TB_NEED_FORMAT,
	.run = heads,
};
