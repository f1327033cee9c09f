/*
 * The process of one target: the ordinary command, and a record of how it
 * ended.
 */
#include "core/tb.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/json.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "many.h"

/* The rows when the database was first looked at; NULL: it was not yet. */
static json_t *rows_before;

void
mig_many_note(const struct tb_history *h)
{
	if (mig_opts.target != NULL && rows_before == NULL)
		rows_before = mig_json_strs(&h->rows);
}

/* What a target is called must not steer a terminal. */
static char *
printable(const char *name)
{
	char *copy = tb_strdup(name);

	for (char *p = copy; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	return copy;
}

/* FILE of --backup: %t is the target, %% a percent sign. */
static char *
fill_in(const char *file, const char *name)
{
	struct tb_buf b = TB_BUF_INIT;

	for (const char *p = file; *p != '\0'; p++) {
		if (p[0] == '%' && p[1] == 't') {
			for (const char *n = name; *n != '\0'; n++)
				tb_buf_addc(&b, *n != '/' ? *n : '_');
			p++;
		} else {
			tb_buf_addc(&b, *p);
			p += p[0] == '%' && p[1] == '%';
		}
	}
	return tb_buf_detach(&b);
}

static void
become(struct tb_ctx *ctx, const struct mig_target *t)
{
	char *name = printable(t->name);

	/* One write a line, so that lines arrive whole. */
	(void)setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
	if (!tb_log_is_json())
		tb_log_init(tb_asprintf("%s: %s", ctx->tool->name, name));
	free(name);
	ctx->format = "json";
	/* Nobody knows whose password a question would be about. */
	ctx->conn = (struct tb_conn_opts){
		.host = t->schema == NULL ? ctx->conn.host : NULL,
		.port = t->schema == NULL ? ctx->conn.port : NULL,
		.user = t->schema == NULL ? ctx->conn.user : NULL,
		.dbname = t->conninfo,
		.no_password = true,
	};
	mig_opts.target = t->name;
	mig_opts.tenant = t->schema;
	if (t->schema != NULL)
		mig_opts.schema = t->schema;
	if (mig_opts.backup != NULL)
		mig_opts.backup = fill_in(mig_opts.backup, t->name);
}

/* After a failure: where is the database now? */
static json_t *
rows_after(const struct tb_ctx *ctx)
{
	struct tb_history h = TB_HISTORY_INIT;
	struct tb_err err = TB_ERR_INIT;
	json_t *rows = NULL;

	if (rows_before != NULL && ctx->db != NULL &&
	    PQtransactionStatus(ctx->db) == PQTRANS_IDLE &&
	    tb_history_open_rows(&h, ctx->db, mig_schema(ctx), mig_table(ctx),
		&err) == 0)
		rows = mig_json_strs(&h.rows);
	tb_history_release(&h);
	tb_err_release(&err);
	return rows != NULL ? rows : json_null();
}

static json_t *
make_record(const struct tb_ctx *ctx, int code, const struct tb_err *err)
{
	json_t *o = json_object();

	(void)json_object_set_new(o, "exit", json_integer(code));
	(void)json_object_set_new(o, "from",
	    rows_before != NULL ? rows_before : json_null());
	if (code >= TB_EXIT_USAGE)
		(void)json_object_set_new(o, "to", rows_after(ctx));
	if (!tb_err_is_set(err))
		return o;
	tb_json_set(o, "message", err->message);
	tb_json_set(o, "detail", err->detail);
	tb_json_set(o, "hint", err->hint);
	tb_json_set(o, "sqlstate",
	    err->sqlstate[0] != '\0' ? err->sqlstate : NULL);
	return o;
}

/* What is done is done: it must be told whatever signal comes now. */
static void
spare(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = SIG_IGN };

	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < TB_LEN(numbers); i++)
		(void)sigaction(numbers[i], &action, NULL);
}

void
mig_child(struct tb_ctx *ctx, const struct mig_target *t, mig_run_fn *run,
    int argc, char *argv[])
{
	struct tb_err err = TB_ERR_INIT;
	int code;

	become(ctx, t);
	code = run(ctx, argc, argv, &err);
	spare();
	if (code == -1) {
		tb_log_err(&err);
		code = err.code;
	}
	tb_json_print(make_record(ctx, code, &err));
	tb_err_release(&err);
	PQfinish(ctx->db);
	PQfinish(ctx->begun);
	code = tb_finish(code);
	(void)fflush(stderr);
	_exit(code);
}

/* The record comes last; what was cut off is none. */
void
mig_child_read(struct mig_target *t)
{
	const char *text = t->out_text.s;
	size_t left = t->out_text.len;
	json_error_t end;
	json_t *value;

	while (left > 0 &&
	    (value = json_loadb(text, left, JSON_DISABLE_EOF_CHECK, &end)) !=
		NULL) {
		text += end.position;
		left -= (size_t)end.position;
		if (json_object_get(value, "exit") != NULL) {
			t->record = value;
			return;
		}
		json_decref(t->result);
		t->result = value;
	}
}
