/*
 * tb-migrate import: take over another tool's revisions, and what a database
 * knows of them.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "import.h"
#include "migrate.h"

static struct {
	const char *output, *table;
	struct tb_strs defines;
	bool recursive, run_alembic, stamp;
} options;

static const struct mig_imp_format *
find_format(const char *name, struct tb_err *err)
{
	struct tb_strs names = TB_STRS_INIT;
	char *list;

	for (size_t i = 0; mig_imp_formats[i] != NULL; i++) {
		if (strcmp(mig_imp_formats[i]->name, name) == 0) {
			tb_strs_release(&names);
			return mig_imp_formats[i];
		}
		tb_strs_add(&names, mig_imp_formats[i]->name);
	}
	list = tb_strs_join(&names, ", ");
	(void)tb_err_set(err, TB_EXIT_USAGE, "there is no format \"%s\"", name);
	(void)tb_err_hint(err, "The formats are: %s.", list);
	free(list);
	tb_strs_release(&names);
	return NULL;
}

static int
check_options(const struct mig_imp_format *format, struct tb_err *err)
{
	for (size_t i = 0; i < options.defines.n; i++)
		if (strchr(options.defines.v[i], '=') == NULL)
			return tb_err_set(err, TB_EXIT_USAGE,
			    "--define takes NAME=VALUE, not \"%s\"",
			    options.defines.v[i]);
	if (options.run_alembic && format != &mig_imp_alembic)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "--run-alembic is for the format alembic");
	if (options.stamp && format->applied == NULL &&
	    format != &mig_imp_alembic) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "no table says which of these files are applied");
		return tb_err_hint(err,
		    "Import them, then say it: tb-migrate stamp REVISION.");
	}
	return 0;
}

static int
check_source(const char *dir, struct tb_err *err)
{
	if (tb_file_exists(dir))
		return 0;
	return tb_err_set(err, TB_EXIT_NOINPUT,
	    "could not open \"%s\": there is no such folder", dir);
}

static int
nothing_found(const struct mig_imp *imp, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_NOINPUT,
	    "there are no revisions of %s in \"%s\"", imp->format->title,
	    imp->dir);
	return tb_err_hint(err, "DIR is %s.", imp->format->help);
}

/* Read, check, translate: nothing is written yet. */
static int
load(struct mig_imp *imp, struct tb_ctx *ctx, const struct mig *m,
    const char *dir, struct tb_err *err)
{
	bool recursive = tb_conf_bool(&ctx->conf, "migrate|recursive");

	if (imp->format->read(imp, err) == -1)
		return -1;
	if (imp->n == 0)
		return nothing_found(imp, err);
	if (mig_imp_order(imp, &m->dirs, recursive, err) == -1)
		return -1;
	if (imp->format->translate != NULL &&
	    imp->format->translate(imp, err) == -1)
		return -1;
	return mig_imp_name(imp, ctx, dir, err);
}

/* A database that is already beyond stays where it is. */
static int
plan_stamp(const struct mig_move *move, const struct mig *m,
    const struct tb_strs *rows, struct tb_plan *plan, struct tb_err *err)
{
	const struct tb_revision *r = tb_graph_find(m->graph, move->what->v[0]);
	struct tb_revs applied = TB_REVS_INIT;
	bool there;

	tb_plan_applied(m->graph, rows, &applied, NULL);
	there = r != NULL && tb_revs_has(&applied, r);
	tb_revs_release(&applied);
	if (there)
		return 0;
	return tb_plan_stamp(m->graph, rows, move->what, false, plan, err);
}

static int
stamp(struct tb_ctx *ctx, struct mig *m, const char *id, struct tb_err *err)
{
	struct tb_strs what = TB_STRS_INIT;
	struct mig_move move = { .plan = plan_stamp, .what = &what };
	const char *format = ctx->format;
	int rc = -1;

	tb_strs_add(&what, id);
	/* What was done is in our own report. */
	ctx->format = "text";
	m->graph = tb_graph_load(&m->dirs,
	    tb_conf_bool(&ctx->conf, "migrate|recursive"), err);
	if (m->graph != NULL)
		rc = mig_move_online(ctx, m, &move, err);
	ctx->format = format;
	tb_strs_release(&what);
	return rc;
}

static int
ask_applied(struct tb_ctx *ctx, const struct mig_imp *imp, const char **id,
    struct tb_err *err)
{
	*id = NULL;
	if (!options.stamp)
		return 0;
	if (imp->format->applied == NULL) {
		tb_info("nothing to stamp: the version table is that of %s",
		    imp->format->title);
		return 0;
	}
	if (tb_cli_connect(ctx, mig_opts.dry_run ? TB_PG_READ : TB_PG_WRITE,
		err) == -1)
		return -1;
	if (mig_imp_applied(imp, ctx->db, options.table, id, err) == -1)
		return -1;
	if (*id == NULL)
		tb_info("nothing to stamp: %s has applied nothing here",
		    imp->format->title);
	else if (mig_opts.dry_run)
		tb_hint("This fits the database: tb-migrate stamp %s", *id);
	return 0;
}

static void
hint_at_stamp(const struct mig_imp *imp, const char *dir)
{
	if (imp->format->applied != NULL && !options.stamp)
		tb_hint("For a database that %s has migrated so far: "
			"tb-migrate import %s %s --output %s --stamp -d NAME",
		    imp->format->title, imp->format->name, imp->dir, dir);
}

static int
import(struct tb_ctx *ctx, struct mig_imp *imp, struct mig *m, const char *dir,
    struct tb_err *err)
{
	const char *id;
	bool all = true;

	if (load(imp, ctx, m, dir, err) == -1 ||
	    ask_applied(ctx, imp, &id, err) == -1)
		return -1;
	if (!mig_opts.dry_run && mig_imp_write(imp, err) == -1)
		return -1;
	mig_imp_print(ctx, imp, dir, !mig_opts.dry_run, id);
	if (id != NULL && !mig_opts.dry_run && stamp(ctx, m, id, err) == -1)
		return -1;
	hint_at_stamp(imp, dir);
	for (size_t i = 0; i < imp->n; i++)
		all = all && (imp->v[i]->kept || imp->v[i]->n_marks == 0);
	return all ? TB_EXIT_OK : TB_EXIT_FOUND;
}

/* The folders that count, and the one that is written to. */
static const char *
choose_folder(const struct tb_ctx *ctx, struct mig *m)
{
	if (options.output != NULL && mig_opts.revisions.n == 0)
		tb_strs_add(&m->dirs, options.output);
	else
		mig_dirs(ctx, &m->dirs);
	if (options.output == NULL)
		return m->dirs.v[0];
	if (!tb_strs_has(&m->dirs, options.output))
		tb_strs_add(&m->dirs, options.output);
	return options.output;
}

static int
run(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[], struct tb_err *err)
{
	struct mig m = MIG_INIT;
	struct mig_imp imp = {
		.dir = argv[1],
		.defines = &options.defines,
		.recursive = options.recursive,
		.run_alembic = options.run_alembic,
	};
	const char *dir;
	int rc;

	if ((imp.format = find_format(argv[0], err)) == NULL ||
	    check_options(imp.format, err) == -1 ||
	    check_source(imp.dir, err) == -1)
		return -1;
	dir = choose_folder(ctx, &m);
	rc = import(ctx, &imp, &m, dir, err);
	mig_imp_release(&imp);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_STR(0, "output", "DIR",
	    "write here (the first folder of revisions)", &options.output),
	TB_OPT_FLAG('n', "dry-run", "show what would be written",
	    &mig_opts.dry_run),
	TB_OPT_FLAG(0, "recursive", "look into folders below DIR, too",
	    &options.recursive),
	TB_OPT_LIST(0, "define", "NAME=VALUE",
	    "what a name or placeholder stands for; may be given again",
	    &options.defines),
	TB_OPT_FLAG(0, "run-alembic",
	    "let alembic --sql write the SQL: executes the project's code",
	    &options.run_alembic),
	TB_OPT_FLAG(0, "stamp",
	    "then stamp the database with what the other tool applied",
	    &options.stamp),
	TB_OPT_STR(0, "table", "NAME",
	    "the other tool's table, also SCHEMA.NAME", &options.table),
	MIG_OPT_ROLE,
	MIG_OPT_WAIT_LOCK,
	MIG_OPT_TAG,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_import = {
	.name = "import",
	.args = "FORMAT DIR",
	.help = "take over the revisions of Alembic, dbmate, Flyway, "
		"golang-migrate, goose, sqitch, or plain SQL files",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.min_args = 2,
	.max_args = 2,
	.run = run,
};
