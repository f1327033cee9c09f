/*
 * Plain SQL files in the order of their numbers: 001_words.sql, and for the
 * way back 001_words.down.sql, .undo.sql, .rollback.sql or .revert.sql.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "import.h"

struct name {
	char *version, *message;
	bool down;
};

/* The length without this ending; 0 if it has another one. */
static size_t
without(const char *base, const char *ending)
{
	size_t n = strlen(base), e = strlen(ending);

	return n > e && strcmp(base + n - e, ending) == 0 ? n - e : 0;
}

static size_t
without_down(const char *base)
{
	static const char *const words[] = { "down", "undo", "rollback",
		"revert" };
	size_t n = 0;

	for (size_t i = 0; i < TB_LEN(words) && n == 0; i++) {
		char *dot = tb_asprintf(".%s.sql", words[i]);
		char *bar = tb_asprintf("_%s.sql", words[i]);

		n = without(base, dot);
		if (n == 0)
			n = without(base, bar);
		free(dot);
		free(bar);
	}
	return n;
}

static bool
parse_name(const char *base, struct name *name)
{
	size_t n = strspn(base, "0123456789"), end = without_down(base), skip;

	if (n == 0)
		return false;
	/* 1.2_words is a version of two numbers. */
	while (base[n] == '.' && isdigit((unsigned char)base[n + 1]))
		n += 1 + strspn(base + n + 1, "0123456789");
	name->down = end >= n && end > 0;
	if (!name->down) {
		end = without(base, ".up.sql");
		if (end == 0)
			end = without(base, ".sql");
	}
	if (end < n)
		end = n;
	skip = strspn(base + n, "_-. ");
	name->version = tb_strndup(base, n);
	name->message = n + skip < end ?
	    mig_imp_words(base + n + skip, end - n - skip) :
	    tb_strdup("");
	return true;
}

static struct mig_imp_rev *
find_version(const struct mig_imp *imp, const char *version)
{
	for (size_t i = imp->n; i > 0; i--)
		if (strcmp(imp->v[i - 1]->version, version) == 0)
			return imp->v[i - 1];
	return NULL;
}

/* Ways up first, so that a way back finds its revision. */
static int
add_file(struct mig_imp *imp, const char *path, bool downs, struct tb_err *err)
{
	struct mig_imp_section *section;
	struct mig_imp_rev *rev;
	struct name name = { NULL, NULL, false };
	int rc = 0;

	if (!parse_name(tb_path_base(path), &name)) {
		if (!downs)
			mig_imp_pass_over(path,
			    "its name begins with no number");
		return 0;
	}
	if (name.down == downs) {
		rev = downs ?
		    find_version(imp, name.version) :
		    mig_imp_add(imp, name.version, name.message, path);
		section = rev == NULL ? NULL :
		    downs             ? &rev->downgrade :
					&rev->upgrade;
		if (section == NULL || section->text != NULL)
			rc = tb_err_set(err, TB_EXIT_DATA,
			    section == NULL ?
				"%s: there is no way up for this version" :
				"%s: a way back for this version is there "
				"already",
			    path);
		else
			rc = mig_imp_section_file(imp, rev, section, path, err);
	}
	free(name.version);
	free(name.message);
	return rc;
}

static int
read_dir(struct mig_imp *imp, struct tb_err *err)
{
	struct tb_strs files = TB_STRS_INIT;
	int rc = mig_imp_files(imp, ".sql", &files, err);

	for (size_t i = 0; rc == 0 && i < files.n; i++)
		rc = add_file(imp, files.v[i], false, err);
	for (size_t i = 0; rc == 0 && i < files.n; i++)
		rc = add_file(imp, files.v[i], true, err);
	tb_strs_release(&files);
	if (rc == -1)
		return -1;
	for (size_t i = 0; i < imp->n; i++)
		mig_imp_settle(imp->v[i]);
	mig_imp_sort(imp);
	return mig_imp_chain(imp, err);
}

const struct mig_imp_format mig_imp_sql = {
	.name = "sql",
	.title = "plain SQL",
	.help = "the folder of NUMBER_name.sql files",
	.read = read_dir,
};
