/*
 * files.c: the side that SQL files make of an empty database.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "cli/term.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/query.h"
#include "pg/script.h"
#include "pg/split.h"
#include "verify.h"

/* Each file starts as psql would: nothing of the file before it is left. */
static int
fresh_session(struct ver_replay *r, struct tb_err *err)
{
	if (tb_pg_exec(r->scratch.db, "DISCARD ALL", err) == -1)
		return -1;
	return tb_pg_exec(r->scratch.db, tb_sql_text(tool_sql, "fresh_session"),
	    err);
}

static int
run_stmts(struct ver_replay *r, const struct tb_stmts *stmts, const char *name,
    struct tb_err *err)
{
	for (size_t i = 0; i < stmts->n; i++)
		if (ver_signal_check(err) == -1 ||
		    tb_script_stmt(r->scratch.db, &stmts->v[i], name, err) ==
			-1)
			return -1;
	if (PQtransactionStatus(r->scratch.db) != PQTRANS_IDLE)
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s: the transaction that it begins has no end", name);
	return 0;
}

static int
run_file(struct ver_replay *r, const char *path, struct tb_err *err)
{
	const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
	struct tb_buf text = TB_BUF_INIT;
	struct tb_stmts stmts = TB_STMTS_INIT;
	int rc;

	tb_progress("running %s", name);
	rc = tb_file_read(path, &text, err);
	if (rc == 0)
		rc = tb_split(text.s, name, 1, &stmts, err);
	if (rc == 0)
		rc = fresh_session(r, err);
	if (rc == 0)
		rc = run_stmts(r, &stmts, name, err);
	tb_stmts_release(&stmts);
	tb_buf_release(&text);
	return rc;
}

static int
run_folder(struct ver_replay *r, const char *path, struct tb_err *err)
{
	struct tb_strs files = TB_STRS_INIT;
	int rc = tb_dir_list(path, ".sql", true, &files, err);

	if (rc == 0 && files.n == 0)
		rc = tb_err_set(err, TB_EXIT_NOINPUT,
		    "folder \"%s\" has no .sql files", path);
	for (size_t i = 0; i < files.n && rc == 0; i++)
		rc = run_file(r, files.v[i], err);
	tb_strs_release(&files);
	return rc;
}

/* The caller frees it; NULL: none is configured. */
static char *
model_path(const struct ver_job *job)
{
	if (job->opt->model != NULL)
		return tb_strdup(job->opt->model);
	return tb_conf_path(&job->ctx->conf, "verify|model");
}

int
ver_fill_from_files(struct ver_replay *r, struct tb_err *err)
{
	char *path = r->side->kind == VER_MODEL ? model_path(r->job) :
						  tb_strdup(r->side->word);
	int rc;

	if (path == NULL) {
		(void)tb_err_set(err, TB_EXIT_CONFIG, "no model is named");
		return tb_err_hint(err,
		    "Give --model PATH, or set \"model\" in section "
		    "\"verify\" of tb.conf.");
	}
	rc =
	    tb_is_dir(path) ? run_folder(r, path, err) : run_file(r, path, err);
	free(path);
	return rc;
}
