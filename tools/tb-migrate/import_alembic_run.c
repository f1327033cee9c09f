/*
 * Let alembic write the SQL, in its offline mode.
 *
 * One run for all revisions, one for the way back from each head; the text is
 * cut at the comments that alembic puts before each revision.  Where a run
 * fails, revisions that are still without a text are asked for one by one.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/proc.h"
#include "import_alembic.h"
#include "import_op.h"
#include "import_python.h"
#include "pg/split.h"

struct piece {
	const struct mig_imp *imp;
	struct mig_imp_rev *rev;
	struct tb_buf text;
	struct tb_stmts stmts;
	char *version_table;
	bool blocks; /* there is an autocommit block */
};

static bool
is_id(const struct mig_imp *imp, const char *s, size_t n)
{
	char *word = tb_strndup(s, n);
	bool is = mig_imp_find(imp, word) != NULL;

	free(word);
	return is;
}

/* A statement about the version table names known ids only. */
static bool
is_bookkeeping(struct piece *p, const char *sql)
{
	static const char *const words[] = { "INSERT INTO ", "UPDATE ",
		"DELETE FROM " };
	const char *table = NULL, *quote;

	for (size_t i = 0; i < TB_LEN(words) && table == NULL; i++)
		if (strncmp(sql, words[i], strlen(words[i])) == 0)
			table = sql + strlen(words[i]);
	if (table == NULL || strstr(sql, "version_num") == NULL ||
	    (quote = strchr(sql, '\'')) == NULL)
		return false;
	while (quote != NULL) {
		const char *end = strchr(quote + 1, '\'');

		if (end == NULL ||
		    !is_id(p->imp, quote + 1, (size_t)(end - quote) - 1))
			return false;
		quote = strchr(end + 1, '\'');
	}
	if (p->version_table == NULL)
		p->version_table = tb_strndup(table, strcspn(table, " "));
	return true;
}

static bool
drops_version_table(const struct piece *p, const char *sql)
{
	static const char word[] = "DROP TABLE ";

	return p->version_table != NULL &&
	    strncmp(sql, word, strlen(word)) == 0 &&
	    strcmp(sql + strlen(word), p->version_table) == 0;
}

#define GONE '\001' /* a line that begins so is to be dropped */

/* Take out the lines of a statement: alembic gives it lines of its own. */
static void
take_out(struct piece *p, const struct tb_stmt *stmt)
{
	struct tb_lines in = tb_lines(p->text.s);
	struct tb_slice line;
	int last = stmt->line;

	for (const char *s = stmt->text; *s != '\0'; s++)
		last += *s == '\n';
	while (tb_lines_next(&in, &line) && in.number <= last)
		if (in.number >= stmt->line)
			p->text.s[line.s - p->text.s] = GONE;
}

/*
 * COMMIT and BEGIN between the statements of a revision enclose what must not
 * be in a transaction; most of that is found without being told.
 */
static void
take_out_bookkeeping(struct piece *p)
{
	bool inside = false, seen = false;

	for (size_t i = 0; i < p->stmts.n; i++) {
		const char *sql = p->stmts.v[i].text;
		const char *command = tb_stmt_transaction_command(sql);

		if (command != NULL) {
			inside = strcmp(command, "COMMIT") == 0 && !seen;
			take_out(p, &p->stmts.v[i]);
		} else if (is_bookkeeping(p, sql) ||
		    drops_version_table(p, sql)) {
			seen = true;
			take_out(p, &p->stmts.v[i]);
		} else if (inside && tb_stmt_needs_autocommit(sql) == NULL) {
			p->blocks = true;
		}
	}
}

/* Drop lines, with the blank one behind them; "%%" is what it stood for. */
static void
tidy(struct piece *p)
{
	const char *source = p->rev->python->text;
	bool doubled =
	    strstr(p->text.s, "%%") != NULL && strstr(source, "%%") == NULL;
	struct tb_buf b = TB_BUF_INIT;
	struct tb_lines in = tb_lines(p->text.s);
	struct tb_slice line;
	bool gone = false;

	while (tb_lines_next(&in, &line)) {
		bool blank = gone && line.n == 0;

		gone = line.n > 0 && *line.s == GONE;
		if (gone || blank)
			continue;
		for (size_t i = 0; i < line.n; i++) {
			tb_buf_addc(&b, line.s[i]);
			if (doubled && line.s[i] == '%' && i + 1 < line.n &&
			    line.s[i + 1] == '%')
				i++;
		}
		tb_buf_addc(&b, '\n');
	}
	tb_buf_release(&p->text);
	p->text = b;
}

/* What alembic printed for one revision as a section. */
static void
set_section(const struct mig_imp *imp, struct mig_imp_rev *rev, bool up,
    const char *text, size_t len)
{
	struct piece p = { .imp = imp, .rev = rev, .text = TB_BUF_INIT };
	struct mig_imp_section *section = up ? &rev->upgrade : &rev->downgrade;
	struct mig_imp_sql sql = { .path = rev->source, .line = 1 };
	struct tb_err err = TB_ERR_INIT;

	tb_buf_addn(&p.text, text, len);
	if (tb_split(p.text.s, rev->source, 1, &p.stmts, &err) == 0) {
		take_out_bookkeeping(&p);
		tidy(&p);
	}
	if (p.blocks)
		rev->no_transaction = true;
	sql.text = p.text.s;
	mig_imp_section(imp, rev, section, &sql);
	tb_stmts_release(&p.stmts);
	tb_buf_release(&p.text);
	tb_err_release(&err);
	free(p.version_table);
}

/* "-- Running upgrade a, b -> c": the revision that is run. */
static struct mig_imp_rev *
running(const struct mig_imp *imp, struct tb_slice line, bool up)
{
	const char *prefix =
	    up ? "-- Running upgrade " : "-- Running downgrade ";
	char *s = tb_slice_dup(line), *id = s + strlen(prefix), *arrow;
	struct mig_imp_rev *rev = NULL;

	if (strncmp(s, prefix, strlen(prefix)) == 0 &&
	    (arrow = strstr(s, " -> ")) != NULL) {
		if (up) {
			id = arrow + 4;
		} else {
			*arrow = '\0';
		}
		id[strcspn(id, " ,")] = '\0';
		rev = mig_imp_find(imp, id);
	}
	free(s);
	return rev;
}

/* Give each revision its text, unless it has one. */
static void
cut(const struct mig_imp *imp, const char *output, bool up)
{
	struct tb_lines in = tb_lines(output);
	struct tb_slice line;
	struct mig_imp_rev *rev = NULL;
	const char *start = NULL;

	for (;;) {
		bool more = tb_lines_next(&in, &line);
		struct mig_imp_rev *next = more ? running(imp, line, up) : NULL;

		if (more && next == NULL)
			continue;
		if (rev != NULL &&
		    (up ? rev->upgrade.text : rev->downgrade.text) == NULL)
			set_section(imp, rev, up, start,
			    more ? (size_t)(line.s - start) : strlen(start));
		if (!more)
			return;
		rev = next;
		start = in.next;
	}
}

static int
alembic(const struct mig_imp *imp, bool up, char *what, struct tb_proc *proc,
    struct tb_err *err)
{
	char command[] = "alembic", option[] = "-c", sql[] = "--sql";
	char upgrade[] = "upgrade", downgrade[] = "downgrade";
	char *dir = tb_path_dir(imp->ini);
	char *ini = tb_strdup(tb_path_base(imp->ini));
	char *argv[] = { command, option, ini, up ? upgrade : downgrade, what,
		sql, NULL };
	int rc;

	proc->dir = dir;
	rc = tb_proc_run(argv, proc, err);
	free(dir);
	free(ini);
	return rc;
}

/* The last line that says something. */
static char *
last_words(const struct tb_proc *proc)
{
	const struct tb_buf *b = proc->err.len > 0 ? &proc->err : &proc->out;
	struct tb_lines in = tb_lines(b->s);
	struct tb_slice line, rest, word, last = { "", 0 };

	while (tb_lines_next(&in, &line)) {
		rest = line;
		if (tb_slice_word(&rest, &word))
			last = line;
	}
	return tb_slice_dup(last);
}

/* The last try for a revision counts, others are only of interest. */
static void
tell_failure(bool up, const char *what, const struct tb_proc *proc, bool last)
{
	const char *command = up ? "upgrade" : "downgrade";
	char *words = last_words(proc);

	if (last)
		tb_warn("alembic %s %s --sql failed: %s", command, what, words);
	else
		tb_debug("alembic %s %s --sql failed: %s", command, what,
		    words);
	free(words);
}

/* 1: alembic did it; 0: it failed. */
static int
run(const struct mig_imp *imp, bool up, const char *from, const char *to,
    bool last, struct tb_err *err)
{
	struct tb_proc proc = TB_PROC_INIT;
	char *what =
	    from != NULL ? tb_asprintf("%s:%s", from, to) : tb_strdup(to);
	int rc = alembic(imp, up, what, &proc, err);

	if (rc == 0 && proc.status >= TB_EXIT_SIGNAL)
		rc = tb_err_set(err, proc.status, "alembic was interrupted");
	/* What was printed before a failure may lack its end. */
	if (rc == 0 && proc.status == 0) {
		cut(imp, proc.out.s, up);
		rc = 1;
	} else if (rc == 0) {
		tell_failure(up, what, &proc, last);
	}
	tb_proc_release(&proc);
	free(what);
	return rc;
}

static bool
is_head(const struct mig_imp *imp, const struct mig_imp_rev *r)
{
	for (size_t i = 0; i < imp->n; i++)
		if (tb_strs_has(&imp->v[i]->parents, r->id))
			return false;
	return true;
}

/* Those that are still without a text, one by one. */
static int
run_rest(const struct mig_imp *imp, bool up, struct tb_err *err)
{
	int rc = 0;

	for (size_t i = 0; rc != -1 && i < imp->n; i++) {
		const struct mig_imp_rev *r = imp->v[i];
		const char *parent = r->parents.n > 0 ? r->parents.v[0] : NULL;
		const char *text = up ? r->upgrade.text : r->downgrade.text;

		if (r->kept || text != NULL ||
		    !mig_op_has_way(r->python, up ? "upgrade" : "downgrade"))
			continue;
		if (up)
			rc = run(imp, up, parent, r->id, true, err);
		else
			rc = run(imp, up, r->id,
			    parent != NULL ? parent : "base", true, err);
	}
	return rc == -1 ? -1 : 0;
}

int
mig_alembic_run(struct mig_imp *imp, struct tb_err *err)
{
	int rc;

	if (imp->ini == NULL) {
		(void)tb_err_set(err, TB_EXIT_NOINPUT,
		    "there is no alembic.ini for --run-alembic");
		return tb_err_hint(err, "Name its folder.");
	}
	/* No traces in a tree that is only read. */
	(void)setenv("PYTHONDONTWRITEBYTECODE", "1", 0);
	if ((rc = run(imp, true, NULL, "heads", false, err)) == -1 ||
	    (rc == 0 && run_rest(imp, true, err) == -1))
		return -1;
	for (size_t i = 0; rc != -1 && i < imp->n; i++)
		if (is_head(imp, imp->v[i]))
			rc = run(imp, false, imp->v[i]->id, "base", false, err);
	return rc == -1 ? -1 : run_rest(imp, false, err);
}
