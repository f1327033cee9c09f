/*
 * goose: VERSION_name.sql with "-- +goose Up" and "-- +goose Down".
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/mem.h"
#include "import.h"
#include "import_sections.h"
#include "pg/query.h"

/* The rest of a line, whatever its case. */
static bool
words_are(struct tb_slice rest, const char *words)
{
	while (rest.n > 0 && isspace((unsigned char)*rest.s)) {
		rest.s++;
		rest.n--;
	}
	while (rest.n > 0 && isspace((unsigned char)rest.s[rest.n - 1]))
		rest.n--;
	return rest.n == strlen(words) &&
	    strncasecmp(rest.s, words, rest.n) == 0;
}

/* What stands between StatementBegin and StatementEnd needs no semicolon. */
static void
end_statement(struct mig_imp_reader *r)
{
	size_t n = r->text.len;
	char *blanks;

	while (n > 0 && isspace((unsigned char)r->text.s[n - 1]))
		n--;
	if (n == 0 || r->text.s[n - 1] == ';')
		return;
	blanks = tb_strdup(r->text.s + n);
	tb_buf_truncate(&r->text, n);
	tb_buf_addc(&r->text, ';');
	tb_buf_add(&r->text, blanks);
	free(blanks);
}

static int
take_mark(struct mig_imp_reader *r, struct tb_slice rest, struct tb_err *err)
{
	struct tb_slice word;
	bool up = false;

	if (!tb_slice_word(&rest, &word) || !tb_slice_is(word, "+goose"))
		return 0;
	if ((up = words_are(rest, "Up")) || words_are(rest, "Down"))
		return mig_imp_reader_begin(r, up, err) == 0 ? 1 : -1;
	if (words_are(rest, "StatementEnd"))
		end_statement(r);
	else if (words_are(rest, "NO TRANSACTION"))
		r->rev->no_transaction = true;
	else if (words_are(rest, "ENVSUB ON") && r->section != NULL)
		mig_imp_mark(r->imp, r->rev, &r->marks, r->rev->source,
		    r->number, "+goose ENVSUB: the environment's variables");
	/* The line stays, blank, so that lines are counted right. */
	if (r->section != NULL)
		tb_buf_addc(&r->text, '\n');
	return 1;
}

/* A migration in Go: its place in the history, but no SQL. */
static void
add_go(const struct mig_imp *imp, struct mig_imp_rev *rev)
{
	struct tb_buf b = TB_BUF_INIT;

	mig_imp_mark(imp, rev, &b, rev->source, 0, "a migration in Go");
	rev->upgrade.text = tb_strdup(b.s);
	rev->upgrade.marks++;
	tb_buf_reset(&b);
	mig_imp_mark(imp, rev, &b, rev->source, 0, "a migration in Go");
	rev->downgrade.text = tb_buf_detach(&b);
	rev->downgrade.marks++;
}

static int
add_file(struct mig_imp *imp, const char *path, bool is_go, struct tb_err *err)
{
	struct mig_imp_reader r = {
		.imp = imp,
		.text = TB_BUF_INIT,
		.marks = TB_BUF_INIT,
		.mark = take_mark,
	};
	const char *base = tb_path_base(path);
	size_t n = strspn(base, "0123456789"), len = strlen(base);
	char *version, *message;

	if (n == 0 || base[n] != '_') {
		/* Programs live beside their migrations. */
		if (!is_go)
			mig_imp_pass_over(path,
			    "its name is not VERSION_name.sql");
		return 0;
	}
	version = tb_strndup(base, n);
	message = mig_imp_words(base + n + 1,
	    len - n - 1 - strlen(is_go ? ".go" : ".sql"));
	r.rev = mig_imp_add(imp, version, message, path);
	free(version);
	free(message);
	if (!is_go)
		return mig_imp_reader_run(&r, err);
	add_go(imp, r.rev);
	return 0;
}

static bool
is_go_test(const char *path)
{
	size_t n = strlen(path), t = strlen("_test.go");

	return n > t && strcmp(path + n - t, "_test.go") == 0;
}

/* The table has numbers. */
static void
set_versions(struct mig_imp *imp)
{
	for (size_t i = 0; i < imp->n; i++) {
		char *number = tb_strdup(mig_imp_number(imp->v[i]->version));

		free(imp->v[i]->version);
		imp->v[i]->version = number;
	}
}

static int
read_dir(struct mig_imp *imp, struct tb_err *err)
{
	struct tb_strs sql = TB_STRS_INIT, go = TB_STRS_INIT;
	int rc = mig_imp_files(imp, ".sql", &sql, err);

	if (rc == 0)
		rc = mig_imp_files(imp, ".go", &go, err);
	for (size_t i = 0; rc == 0 && i < sql.n; i++)
		rc = add_file(imp, sql.v[i], false, err);
	for (size_t i = 0; rc == 0 && i < go.n; i++)
		if (!is_go_test(go.v[i]))
			rc = add_file(imp, go.v[i], true, err);
	tb_strs_release(&sql);
	tb_strs_release(&go);
	if (rc == -1)
		return -1;
	mig_imp_sort(imp);
	set_versions(imp);
	return mig_imp_chain(imp, err);
}

/* Old releases add a row for each way; the last one counts.  0 is the start. */
static int
applied(const struct mig_imp *imp TB_UNUSED, struct mig_imp_table *t,
    struct tb_err *err)
{
	PGresult *res = mig_imp_ask(t,
	    "SELECT DISTINCT ON (version_id) version_id, is_applied "
	    "FROM %I.%I WHERE version_id <> 0 ORDER BY version_id, id DESC",
	    0, NULL, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++)
		if (tb_pg_get_bool(res, i, "is_applied"))
			tb_strs_add(&t->applied,
			    tb_pg_get(res, i, "version_id"));
	PQclear(res);
	return 0;
}

const struct mig_imp_format mig_imp_goose = {
	.name = "goose",
	.title = "goose",
	.help = "the folder of VERSION_name.sql files",
	.table = "goose_db_version",
	.read = read_dir,
	.applied = applied,
};
