/*
 * golang-migrate: VERSION_name.up.sql and VERSION_name.down.sql.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "import.h"
#include "pg/query.h"

struct name {
	char *version, *message;
	bool up;
};

/* VERSION_words.up.sql or .down.sql; false if it is not. */
static bool
parse_name(const char *base, struct name *name)
{
	static const char up[] = ".up.sql", down[] = ".down.sql";
	size_t n = strspn(base, "0123456789"), len = strlen(base), tail;

	if (n == 0 || base[n] != '_')
		return false;
	name->up = len > strlen(up) && strcmp(base + len - strlen(up), up) == 0;
	tail = name->up ? strlen(up) : strlen(down);
	if (!name->up && (len <= tail || strcmp(base + len - tail, down) != 0))
		return false;
	name->version = tb_strndup(base, n);
	name->message = mig_imp_words(base + n + 1, len - tail - n - 1);
	return true;
}

/* The one with the same number, or a new one. */
static struct mig_imp_rev *
revision_for(struct mig_imp *imp, const struct name *name, const char *path)
{
	const char *number = mig_imp_number(name->version);

	for (size_t i = imp->n; i > 0; i--)
		if (strcmp(mig_imp_number(imp->v[i - 1]->version), number) == 0)
			return imp->v[i - 1];
	return mig_imp_add(imp, name->version, name->message, path);
}

static int
add_file(struct mig_imp *imp, const char *path, struct tb_err *err)
{
	struct mig_imp_section *section;
	struct mig_imp_rev *rev;
	struct name name;

	if (!parse_name(tb_path_base(path), &name)) {
		mig_imp_pass_over(path,
		    "its name is not VERSION_name.up.sql or .down.sql");
		return 0;
	}
	rev = revision_for(imp, &name, path);
	free(name.version);
	free(name.message);
	section = name.up ? &rev->upgrade : &rev->downgrade;
	if (section->text != NULL)
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s: there are two files for this version and way", path);
	if (name.up) {
		free(rev->source);
		rev->source = tb_strdup(path);
	}
	return mig_imp_section_file(imp, rev, section, path, err);
}

static int
read_dir(struct mig_imp *imp, struct tb_err *err)
{
	struct tb_strs files = TB_STRS_INIT;
	int rc = mig_imp_files(imp, ".sql", &files, err);

	for (size_t i = 0; rc == 0 && i < files.n; i++)
		rc = add_file(imp, files.v[i], err);
	tb_strs_release(&files);
	if (rc == -1)
		return -1;
	for (size_t i = 0; i < imp->n; i++)
		mig_imp_settle(imp->v[i]);
	mig_imp_sort(imp);
	return mig_imp_chain(imp, err);
}

static int
dirty(const struct mig_imp_table *t, const char *version, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "version %s is dirty in \"%s.%s\": it failed halfway", version,
	    t->schema, t->table);
	return tb_err_hint(err,
	    "Mend the database by hand, then say where it is: migrate force "
	    "VERSION.");
}

/* The table has one row: everything up to it is applied. */
static int
take_version(const struct mig_imp *imp, struct mig_imp_table *t,
    const char *version)
{
	size_t at = 0;

	while (at < imp->n &&
	    strcmp(mig_imp_number(imp->v[at]->version), version) != 0)
		at++;
	if (at == imp->n)
		tb_strs_add(&t->applied, version);
	for (size_t i = 0; at < imp->n && i <= at; i++)
		tb_strs_add(&t->applied, imp->v[i]->version);
	return 0;
}

static int
applied(const struct mig_imp *imp, struct mig_imp_table *t, struct tb_err *err)
{
	PGresult *res =
	    mig_imp_ask(t, "SELECT version, dirty FROM %I.%I", 0, NULL, err);
	int rc = 0;

	if (res == NULL)
		return -1;
	for (int i = 0; rc == 0 && i < PQntuples(res); i++) {
		const char *version = tb_pg_get(res, i, "version");

		/* -1 is what is left when all was undone. */
		if (tb_pg_get_bool(res, i, "dirty"))
			rc = dirty(t, version, err);
		else if (version[0] != '-')
			rc = take_version(imp, t, version);
	}
	PQclear(res);
	return rc;
}

const struct mig_imp_format mig_imp_golang_migrate = {
	.name = "golang-migrate",
	.title = "golang-migrate",
	.help = "the folder of VERSION_name.up.sql files",
	.table = "schema_migrations",
	.read = read_dir,
	.applied = applied,
};
