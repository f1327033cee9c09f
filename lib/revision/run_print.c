/*
 * The run as a script, for those who may not let a program at the database.
 */
#include "core/tb.h"

#include <string.h>
#include <strings.h>

#include "revision/graph.h"
#include "revision/run.h"

#define NARROW 32 /* as Alembic makes the column */

/* In quotes, with those inside doubled; more comes before the last one. */
static void
put_quoted_more(const char *text, const char *more, char quote, FILE *out)
{
	(void)fputc(quote, out);
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == quote)
			(void)fputc(quote, out);
		(void)fputc(*p, out);
	}
	(void)fprintf(out, "%s%c", more, quote);
}

static void
put_quoted(const char *text, char quote, FILE *out)
{
	put_quoted_more(text, "", quote, out);
}

static void
put_table(const struct tb_run_script *s)
{
	put_quoted(s->schema, '"', s->out);
	(void)fputc('.', s->out);
	put_quoted(s->table, '"', s->out);
}

/* Alembic's column is too short for some of what will stand in it. */
static bool
needs_wide_column(const struct tb_run *run)
{
	for (size_t i = 0; i < run->n; i++)
		for (size_t k = 0; k < run->v[i].step->n_rows; k++) {
			const char *to = run->v[i].step->rows[k].to;

			if (to != NULL && strlen(to) > NARROW)
				return true;
		}
	return false;
}

/*
 * To make a schema that is there takes the right to make one all the same, so
 * nothing is said of the one that every database has.
 */
static void
put_create(const struct tb_run_script *s, bool wide)
{
	if (strcmp(s->schema, "public") != 0) {
		(void)fputs("CREATE SCHEMA IF NOT EXISTS ", s->out);
		put_quoted(s->schema, '"', s->out);
		(void)fputs(";\n\n", s->out);
	}
	(void)fputs("CREATE TABLE ", s->out);
	put_table(s);
	(void)fprintf(s->out,
	    " (\n    version_num character varying(%d) NOT NULL,\n"
	    "    CONSTRAINT ",
	    wide ? TB_REVISION_ID_MAX : NARROW);
	put_quoted_more(s->table, "_pkc", '"', s->out);
	(void)fputs(" PRIMARY KEY (version_num)\n);\n\n", s->out);
}

static void
put_widen(const struct tb_run_script *s)
{
	(void)fputs("ALTER TABLE ", s->out);
	put_table(s);
	(void)fprintf(s->out,
	    " ALTER COLUMN version_num TYPE character varying(%d);\n\n",
	    TB_REVISION_ID_MAX);
}

static void
put_row_change(const struct tb_row_change *c, const struct tb_run_script *s)
{
	static const char *const verbs[] = { [TB_ROW_INSERT] = "INSERT INTO ",
		[TB_ROW_DELETE] = "DELETE FROM ",
		[TB_ROW_UPDATE] = "UPDATE " };

	(void)fputs(verbs[c->op], s->out);
	put_table(s);
	if (c->op == TB_ROW_INSERT) {
		(void)fputs(" (version_num) VALUES (", s->out);
		put_quoted(c->to, '\'', s->out);
		(void)fputs(");\n", s->out);
		return;
	}
	if (c->op == TB_ROW_UPDATE) {
		(void)fputs(" SET version_num = ", s->out);
		put_quoted(c->to, '\'', s->out);
	}
	(void)fputs(" WHERE version_num = ", s->out);
	put_quoted(c->from, '\'', s->out);
	(void)fputs(";\n", s->out);
}

static void
put_statements(const struct tb_stmts *stmts, FILE *out)
{
	for (size_t i = 0; i < stmts->n; i++) {
		const struct tb_stmt *stmt = &stmts->v[i];

		(void)fprintf(out, "%s;\n", stmt->text);
		if (stmt->data != NULL)
			(void)fprintf(out, "%s\\.\n", stmt->data);
	}
	if (stmts->n > 0)
		(void)fputc('\n', out);
}

/* What a revision set must not reach the next one. */
static bool
changes_settings(const struct tb_stmts *stmts)
{
	for (size_t i = 0; i < stmts->n; i++)
		if (strncasecmp(stmts->v[i].text, "set", 3) == 0 ||
		    strcasestr(stmts->v[i].text, "set_config") != NULL)
			return true;
	return false;
}

static void
put_timeout(const char *name, const char *own, const char *general,
    const struct tb_run_step *rs, FILE *out)
{
	const char *value = own != NULL ? own : general;

	if (value == NULL)
		return;
	(void)fprintf(out, "SET %s%s = ", rs->alone == NULL ? "LOCAL " : "",
	    name);
	put_quoted(value, '\'', out);
	(void)fputs(";\n", out);
}

static void
put_heading(const struct tb_run_step *rs, FILE *out)
{
	static const char *const words[] = { [TB_STEP_UPGRADE] = "upgrade",
		[TB_STEP_DOWNGRADE] = "downgrade",
		[TB_STEP_STAMP] = "stamp",
		[TB_STEP_ADOPT] = "stamp" };

	(void)fprintf(out, "-- Running %s %s -> %s\n\n", words[rs->step->kind],
	    rs->step->from, rs->step->to);
}

static void
put_step_sql(const struct tb_run *run, const struct tb_run_step *rs, FILE *out)
{
	const struct tb_header *h = &rs->file.header;

	if (rs->stmts.n > 0) {
		put_timeout("lock_timeout", h->lock_timeout,
		    run->opts.lock_timeout, rs, out);
		put_timeout("statement_timeout", h->statement_timeout,
		    run->opts.statement_timeout, rs, out);
	}
	put_statements(&rs->stmts, out);
	if (rs->verify.n > 0)
		(void)fputs("-- verify\n", out);
	put_statements(&rs->verify, out);
	if (changes_settings(&rs->stmts) || rs->alone != NULL)
		(void)fputs("RESET ALL;\n\n", out);
}

/* A comment: what would end it must not come through. */
static void
put_tag(const char *tag, FILE *out)
{
	(void)fputs("-- ", out);
	for (; *tag != '\0'; tag++)
		(void)fputc(*tag == '\n' || *tag == '\r' ? ' ' : *tag, out);
	(void)fputs("\n\n", out);
}

static void
put_begin(const struct tb_run *run, const struct tb_run_script *s, bool first)
{
	bool wide = first && needs_wide_column(run);

	(void)fputs("BEGIN;\n\n", s->out);
	if (first && s->create)
		put_create(s, wide);
	else if (wide)
		put_widen(s);
}

void
tb_run_print(const struct tb_run *run, const struct tb_run_script *s)
{
	bool made = false;

	if (run->opts.tag != NULL)
		put_tag(run->opts.tag, s->out);
	if (run->opts.role != NULL && run->n > 0) {
		(void)fputs("SET ROLE ", s->out);
		put_quoted(run->opts.role, '"', s->out);
		(void)fputs(";\n\n", s->out);
	}
	for (size_t i = 0; i < run->n; i++) {
		const struct tb_run_step *rs = &run->v[i];
		bool first = i == 0 || rs[-1].transaction != rs->transaction;
		bool last =
		    i + 1 == run->n || rs[1].transaction != rs->transaction;

		if (first && rs->alone == NULL)
			put_begin(run, s, !made);
		put_heading(rs, s->out);
		put_step_sql(run, rs, s->out);
		if (first && rs->alone != NULL)
			put_begin(run, s, !made);
		made = true;
		for (size_t k = 0; k < rs->step->n_rows; k++)
			put_row_change(&rs->step->rows[k], s);
		(void)fputc('\n', s->out);
		if (last)
			(void)fputs("COMMIT;\n\n", s->out);
	}
}
