/*
 * Flyway: V1.2__words.sql, U1.2__words.sql for the way back, and R__words.sql,
 * which Flyway runs again whenever its text changes.  Here a revision runs
 * once, so the R files become the last revisions, with a word about it.
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
#include "import.h"
#include "pg/query.h"

struct name {
	char kind;     /* V, U or R */
	char *version; /* of V and U */
	char *message;
};

/* "1_02.0" is version 1.2: dots, no zeros that say nothing. */
static char *
normal_version(const char *s, size_t len)
{
	struct tb_buf b = TB_BUF_INIT;

	for (size_t i = 0; i < len;) {
		size_t zeros = i, end;

		while (zeros < len && s[zeros] == '0')
			zeros++;
		end = zeros;
		while (end < len && s[end] != '_' && s[end] != '.')
			end++;
		tb_buf_addf(&b, "%s%.*s", b.len > 0 ? "." : "",
		    end > zeros ? (int)(end - zeros) : 1,
		    end > zeros ? s + zeros : "0");
		i = end + 1;
	}
	while (b.len > 2 && strcmp(b.s + b.len - 2, ".0") == 0)
		tb_buf_truncate(&b, b.len - 2);
	return tb_buf_detach(&b);
}

static bool
parse_name(const char *base, struct name *name)
{
	const char *bars = strstr(base, "__");
	size_t n = strlen(base) - strlen(".sql"), version;

	if (strchr("VUR", base[0]) == NULL || bars == NULL ||
	    bars + 2 > base + n)
		return false;
	version = (size_t)(bars - base) - 1;
	if ((base[0] == 'R') != (version == 0) ||
	    strspn(base + 1, "0123456789._") < version)
		return false;
	name->kind = base[0];
	name->version = version > 0 ? normal_version(base + 1, version) : NULL;
	name->message = mig_imp_words(bars + 2, n - (size_t)(bars + 2 - base));
	return true;
}

/* The settings of a script, in the file x.sql.conf beside it. */
struct settings {
	bool no_transaction, no_placeholders;
};

static int
read_settings(const char *path, struct settings *set, struct tb_err *err)
{
	char *conf = tb_asprintf("%s.conf", path);
	struct tb_buf b = TB_BUF_INIT;
	struct tb_lines in;
	struct tb_slice line;
	int rc = 0;

	*set = (struct settings){ false, false };
	if (tb_file_exists(conf))
		rc = tb_file_read(conf, &b, err);
	in = tb_lines(b.s);
	while (rc == 0 && tb_lines_next(&in, &line)) {
		if (tb_slice_is(line, "executeInTransaction=false"))
			set->no_transaction = true;
		if (tb_slice_is(line, "placeholderReplacement=false"))
			set->no_placeholders = true;
	}
	tb_buf_release(&b);
	free(conf);
	return rc;
}

/* Put in what --define says for ${name}; what it does not say is marked. */
static void
fill_in(const struct mig_imp *imp, struct mig_imp_rev *rev, const char *path,
    const char *text, struct tb_buf *out, struct tb_buf *marks)
{
	int line = 1;

	for (const char *p = text; *p != '\0';) {
		size_t n = p[0] == '$' && p[1] == '{' ? strcspn(p, "}\n") : 0;
		char *name = NULL;
		const char *value = NULL;

		if (n > 0 && p[n] == '}') {
			name = tb_strndup(p + 2, n - 2);
			if ((value = mig_imp_define(imp, name)) == NULL)
				mig_imp_mark(imp, rev, marks, path, line,
				    "placeholder ${%s}: say --define %s=VALUE",
				    name, name);
		}
		if (value != NULL) {
			tb_buf_add(out, value);
			p += n + 1;
		} else {
			line += *p == '\n';
			tb_buf_addc(out, *p++);
		}
		free(name);
	}
}

static int
read_script(const struct mig_imp *imp, struct mig_imp_rev *rev,
    struct mig_imp_section *section, const char *path, struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT, text = TB_BUF_INIT, marks = TB_BUF_INIT;
	struct mig_imp_sql sql = { .path = path, .line = 1 };
	struct settings set;
	size_t before = rev->n_marks;
	int rc = read_settings(path, &set, err);

	if (rc == 0)
		rc = tb_file_read(path, &b, err);
	if (rc == 0) {
		if (set.no_placeholders)
			tb_buf_add(&text, b.s);
		else
			fill_in(imp, rev, path, b.s, &text, &marks);
		if (set.no_transaction)
			rev->no_transaction = true;
		section->text = tb_buf_detach(&marks);
		section->marks += rev->n_marks - before;
		sql.text = text.s;
		mig_imp_section(imp, rev, section, &sql);
	}
	tb_buf_release(&b);
	tb_buf_release(&text);
	return rc;
}

static struct mig_imp_rev *
find_version(const struct mig_imp *imp, const char *version)
{
	for (size_t i = 0; i < imp->n; i++)
		if (strcmp(imp->v[i]->version, version) == 0)
			return imp->v[i];
	return NULL;
}

static int
add_undo(struct mig_imp *imp, const struct name *name, const char *path,
    struct tb_err *err)
{
	struct mig_imp_rev *rev = find_version(imp, name->version);

	if (rev == NULL) {
		mig_imp_pass_over(path, "there is no V file of this version");
		return 0;
	}
	if (rev->downgrade.text != NULL)
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s: there are two U files for this version", path);
	return read_script(imp, rev, &rev->downgrade, path, err);
}

static int
add_repeatable(struct mig_imp *imp, const struct name *name, const char *path,
    struct tb_err *err)
{
	char *version = tb_asprintf("R %s", name->message);
	struct mig_imp_rev *rev =
	    mig_imp_add(imp, version, name->message, path);

	free(version);
	tb_warn("%s runs again in Flyway whenever its text changes; as a "
		"revision it runs once",
	    path);
	return read_script(imp, rev, &rev->upgrade, path, err);
}

/* Only files of one kind. */
static int
add_files(struct mig_imp *imp, const struct tb_strs *files, char kind,
    struct tb_err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < files->n; i++) {
		struct name name = { '\0', NULL, NULL };
		const char *path = files->v[i];
		struct mig_imp_rev *rev;

		if (!parse_name(tb_path_base(path), &name)) {
			if (kind == 'V')
				mig_imp_pass_over(path,
				    "its name is not V1__words.sql, "
				    "U1__words.sql or R__words.sql");
		} else if (name.kind != kind) {
			;
		} else if (kind == 'U') {
			rc = add_undo(imp, &name, path, err);
		} else if (kind == 'R') {
			rc = add_repeatable(imp, &name, path, err);
		} else {
			rev =
			    mig_imp_add(imp, name.version, name.message, path);
			rc = read_script(imp, rev, &rev->upgrade, path, err);
		}
		free(name.version);
		free(name.message);
	}
	return rc;
}

static int
read_dir(struct mig_imp *imp, struct tb_err *err)
{
	struct tb_strs files = TB_STRS_INIT;
	int rc;

	imp->recursive = true;
	rc = mig_imp_files(imp, ".sql", &files, err);
	if (rc == 0)
		rc = add_files(imp, &files, 'V', err);
	if (rc == 0)
		rc = add_files(imp, &files, 'U', err);
	mig_imp_sort(imp);
	if (rc == 0)
		rc = add_files(imp, &files, 'R', err);
	tb_strs_release(&files);
	for (size_t i = 0; i < imp->n; i++)
		mig_imp_settle(imp->v[i]);
	return rc == 0 ? mig_imp_chain(imp, err) : -1;
}

static void
take_out(struct tb_strs *list, const char *word)
{
	struct tb_strs rest = TB_STRS_INIT;

	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->v[i], word) != 0)
			tb_strs_add(&rest, list->v[i]);
	tb_strs_release(list);
	*list = rest;
}

/* Up to a baseline everything counts as applied. */
static void
take_baseline(const struct mig_imp *imp, struct tb_strs *applied,
    const char *version)
{
	for (size_t i = 0; i < imp->n; i++)
		if (imp->v[i]->version[0] != 'R' &&
		    mig_imp_compare(imp->v[i]->version, version) <= 0)
			tb_strs_add(applied, imp->v[i]->version);
}

static int
take_row(const struct mig_imp *imp, struct mig_imp_table *t,
    const PGresult *res, int row, struct tb_err *err)
{
	const char *version = tb_pg_get(res, row, "version");
	const char *type = tb_pg_get(res, row, "type");
	char *key;

	if (!tb_pg_get_bool(res, row, "success")) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "\"%s\" failed in \"%s.%s\"", tb_pg_get(res, row, "script"),
		    t->schema, t->table);
		return tb_err_hint(err,
		    "Mend the database by hand, then: flyway repair.");
	}
	if (strcmp(type, "SCHEMA") == 0)
		return 0;
	key = version != NULL ?
	    normal_version(version, strlen(version)) :
	    tb_asprintf("R %s", tb_pg_get(res, row, "description"));
	take_out(&t->applied, key);
	if (strcmp(type, "BASELINE") == 0)
		take_baseline(imp, &t->applied, key);
	else if (strncmp(type, "UNDO", 4) != 0 && strcmp(type, "DELETE") != 0)
		tb_strs_add(&t->applied, key);
	free(key);
	return 0;
}

/*
 * The R files stand behind all others here.  Where one before them is not
 * applied yet they are left to be run again, as they are made for.
 */
static void
leave_repeatables(const struct mig_imp *imp, struct tb_strs *applied)
{
	bool all = true;

	for (size_t i = 0; i < imp->n; i++) {
		const char *version = imp->v[i]->version;

		if (!all && version[0] == 'R')
			take_out(applied, version);
		all = all && tb_strs_has(applied, version);
	}
}

static int
applied(const struct mig_imp *imp, struct mig_imp_table *t, struct tb_err *err)
{
	PGresult *res = mig_imp_ask(t,
	    "SELECT version, description, type, script, success FROM %I.%I "
	    "ORDER BY installed_rank",
	    0, NULL, err);
	int rc = 0;

	if (res == NULL)
		return -1;
	for (int i = 0; rc == 0 && i < PQntuples(res); i++)
		rc = take_row(imp, t, res, i, err);
	if (rc == 0)
		leave_repeatables(imp, &t->applied);
	PQclear(res);
	return rc;
}

const struct mig_imp_format mig_imp_flyway = {
	.name = "flyway",
	.title = "Flyway",
	.help = "a folder of V1__words.sql files",
	.table = "flyway_schema_history",
	.read = read_dir,
	.applied = applied,
};
