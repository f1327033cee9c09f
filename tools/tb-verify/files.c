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
#include "rename.h"
#include "replay.h"
#include "sql_plan.h"

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
	for (size_t i = 0; i < stmts->n; i++) {
		if (ver_signal_check(err) == -1)
			return -1;
		ver_subscription_tame(&stmts->v[i], &r->enabled);
		if (*stmts->v[i].text != '\0' &&
		    (tb_script_stmt(r->scratch.db, &stmts->v[i], name, err) ==
			    -1 ||
			ver_grants_after(r, &stmts->v[i], err) == -1))
			return -1;
	}
	if (PQtransactionStatus(r->scratch.db) != PQTRANS_IDLE)
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s: the transaction that it begins has no end", name);
	return 0;
}

/* Files with their texts, in the order in which they are run. */
struct script {
	char *name;
	char *text;
};

struct scripts {
	struct script *v;
	size_t n, cap;
};

static int
read_script(struct scripts *s, const struct ver_side *side, const char *path,
    struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;

	/* What can be read only once was read before; NULL: it is no side. */
	if (side != NULL && side->text != NULL) {
		tb_buf_add(&text, side->text);
	} else if (tb_file_read(path, &text, err) == -1) {
		tb_buf_release(&text);
		return -1;
	}
	s->v = tb_grow(s->v, s->n, &s->cap, sizeof(*s->v));
	s->v[s->n++] = (struct script){
		tb_strdup(strcmp(path, "-") == 0 ? "<stdin>" : path),
		tb_buf_detach(&text),
	};
	return 0;
}

static int
read_folder(struct scripts *s, const char *path, struct tb_err *err)
{
	struct tb_strs files = TB_STRS_INIT;
	int rc = tb_dir_list(path, ".sql", true, &files, err);

	if (rc == 0 && files.n == 0)
		rc = tb_err_set(err, TB_EXIT_NOINPUT,
		    "folder \"%s\" has no .sql files", path);
	for (size_t i = 0; i < files.n && rc == 0; i++)
		rc = read_script(s, NULL, files.v[i], err);
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

/* Whatever is read, the caller frees it. */
static int
read_side(const struct ver_job *job, struct ver_side *side, struct scripts *s,
    struct tb_err *err)
{
	char *path =
	    side->kind == VER_MODEL ? model_path(job) : tb_strdup(side->word);
	int rc;

	if (path == NULL) {
		(void)tb_err_set(err, TB_EXIT_CONFIG, "no model is named");
		return tb_err_hint(err,
		    "Give --model PATH, or set \"model\" in section "
		    "\"verify\" of tb.conf.");
	}
	rc = tb_is_dir(path) ? read_folder(s, path, err) :
			       read_script(s, side, path, err);
	free(path);
	return rc;
}

static void
release_scripts(struct scripts *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->v[i].name);
		free(s->v[i].text);
	}
	free(s->v);
}

static int
find_renames(const struct scripts *s, struct ver_rename_lines *lines,
    struct tb_err *err)
{
	for (size_t i = 0; i < s->n; i++)
		if (ver_rename_lines_add(lines, s->v[i].text, s->v[i].name,
			err) == -1)
			return -1;
	return 0;
}

int
ver_files_renames(const struct ver_job *job, struct ver_side *side,
    struct ver_rename_lines *lines, struct tb_err *err)
{
	struct scripts s = { NULL, 0, 0 };
	int rc;

	if (side->kind != VER_MODEL && side->kind != VER_FILES)
		return 0;
	rc = read_side(job, side, &s, err);
	if (rc == 0)
		rc = find_renames(&s, lines, err);
	release_scripts(&s);
	return rc;
}

static int
prepare(struct ver_replay *r, struct tb_buf *sql, struct tb_err *err)
{
	struct ver_rename_lines lines = VER_RENAME_LINES_INIT;
	struct scripts *s = tb_calloc(1, sizeof(*s));
	int rc;

	r->source = s;
	rc = read_side(r->job, r->side, s, err);
	/* A faulty line is told even where nothing is to be renamed. */
	if (rc == 0)
		rc = find_renames(s, &lines, err);
	ver_rename_lines_release(&lines);
	for (size_t i = 0; rc == 0 && i < s->n; i++)
		tb_buf_addf(sql, "file %zu\n%s\n", strlen(s->v[i].text),
		    s->v[i].text);
	return rc;
}

static int
run_script(struct ver_replay *r, const struct script *s, struct tb_err *err)
{
	struct tb_stmts stmts = TB_STMTS_INIT;
	int rc = tb_split(s->text, s->name, 1, &stmts, err);

	tb_progress("running %s", s->name);
	if (rc == 0)
		rc = fresh_session(r, err);
	if (rc == 0)
		rc = run_stmts(r, &stmts, s->name, err);
	tb_stmts_release(&stmts);
	return rc;
}

static int
run(struct ver_replay *r, struct tb_err *err)
{
	const struct scripts *s = r->source;

	for (size_t i = 0; i < s->n; i++)
		if (run_script(r, &s->v[i], err) == -1)
			return -1;
	return 0;
}

static void
release(struct ver_replay *r)
{
	if (r->source != NULL)
		release_scripts(r->source);
	free(r->source);
}

const struct ver_source ver_source_files = { prepare, run, release };
