/*
 * dbmate: VERSION_name.sql with "-- migrate:up" and "-- migrate:down".
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/mem.h"
#include "import.h"
#include "import_sections.h"

/* "migrate:up", "migrate:down", "transaction:false" behind it. */
static int
take_mark(struct mig_imp_reader *r, struct tb_slice rest, struct tb_err *err)
{
	struct tb_slice word;
	bool up;

	if (!tb_slice_word(&rest, &word))
		return 0;
	up = tb_slice_is(word, "migrate:up");
	if (!up && !tb_slice_is(word, "migrate:down"))
		return 0;
	while (tb_slice_word(&rest, &word))
		if (tb_slice_is(word, "transaction:false"))
			r->rev->no_transaction = true;
	return mig_imp_reader_begin(r, up, err) == 0 ? 1 : -1;
}

static int
add_file(struct mig_imp *imp, const char *path, struct tb_err *err)
{
	struct mig_imp_reader r = {
		.imp = imp,
		.text = TB_BUF_INIT,
		.marks = TB_BUF_INIT,
		.mark = take_mark,
	};
	const char *base = tb_path_base(path);
	size_t n = strspn(base, "0123456789");
	const char *name = base + n + strspn(base + n, "_-");
	char *version, *message;

	if (n == 0) {
		mig_imp_pass_over(path, "its name begins with no number");
		return 0;
	}
	version = tb_strndup(base, n);
	message = mig_imp_words(name, strlen(name) - strlen(".sql"));
	r.rev = mig_imp_add(imp, version, message, path);
	free(version);
	free(message);
	return mig_imp_reader_run(&r, err);
}

static int
read_dir(struct mig_imp *imp, struct tb_err *err)
{
	struct tb_strs files = TB_STRS_INIT;
	int rc = mig_imp_files(imp, ".sql", &files, err);

	for (size_t i = 0; rc == 0 && i < files.n; i++)
		rc = add_file(imp, files.v[i], err);
	tb_strs_release(&files);
	return rc == 0 ? mig_imp_chain(imp, err) : -1;
}

static int
applied(const struct mig_imp *imp TB_UNUSED, struct mig_imp_table *t,
    struct tb_err *err)
{
	PGresult *res =
	    mig_imp_ask(t, "SELECT version FROM %I.%I", 0, NULL, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++)
		tb_strs_add(&t->applied, PQgetvalue(res, i, 0));
	PQclear(res);
	return 0;
}

const struct mig_imp_format mig_imp_dbmate = {
	.name = "dbmate",
	.title = "dbmate",
	.help = "the folder of VERSION_name.sql files",
	.table = "schema_migrations",
	.read = read_dir,
	.applied = applied,
};
