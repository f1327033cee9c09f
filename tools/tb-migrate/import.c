/*
 * The list of imported revisions, and what the formats share.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "import.h"
#include "import_python.h"
#include "revision/file.h"

const struct mig_imp_format *const mig_imp_formats[] = {
	&mig_imp_alembic,
	&mig_imp_dbmate,
	&mig_imp_flyway,
	&mig_imp_golang_migrate,
	&mig_imp_goose,
	&mig_imp_sql,
	&mig_imp_sqitch,
	NULL,
};

static void
release_rev(struct mig_imp_rev *r)
{
	for (size_t i = 0; i < r->n_marks; i++) {
		free(r->marks[i].file);
		free(r->marks[i].what);
	}
	free(r->marks);
	free(r->id);
	free(r->version);
	free(r->message);
	free(r->date);
	free(r->source);
	free(r->path);
	free(r->upgrade.text);
	free(r->downgrade.text);
	free(r->verify.text);
	tb_strs_release(&r->parents);
	tb_strs_release(&r->depends_on);
	tb_strs_release(&r->labels);
	mig_py_free(r->python);
	free(r);
}

void
mig_imp_release(struct mig_imp *imp)
{
	for (size_t i = 0; i < imp->n; i++)
		release_rev(imp->v[i]);
	free(imp->v);
	free(imp->ini);
	free(imp->project);
	imp->v = NULL;
	imp->ini = imp->project = NULL;
	imp->n = imp->cap = 0;
}

struct mig_imp_rev *
mig_imp_find(const struct mig_imp *imp, const char *id)
{
	for (size_t i = 0; i < imp->n; i++)
		if (strcmp(imp->v[i]->id, id) == 0)
			return imp->v[i];
	return NULL;
}

/* A number behind it, within the length that an id may have. */
static char *
numbered(const char *id, int number)
{
	char suffix[16];
	int n = snprintf(suffix, sizeof(suffix), "_%d", number);

	return tb_asprintf("%.*s%s", TB_REVISION_ID_MAX - n, id, suffix);
}

static char *
make_id(const struct mig_imp *imp, const char *version)
{
	struct tb_err err = TB_ERR_INIT;
	char *base = tb_strndup(version, TB_REVISION_ID_MAX), *id;

	for (char *p = base; *p != '\0'; p++)
		if (strchr("@-+:, /", *p) != NULL || iscntrl((unsigned char)*p))
			*p = '_';
	id = tb_strdup(base);
	for (int i = 2; mig_imp_find(imp, id) != NULL ||
	     tb_revision_check_id(id, &err) == -1;
	     i++) {
		free(id);
		id = numbered(base, i);
		tb_err_release(&err);
	}
	free(base);
	return id;
}

struct mig_imp_rev *
mig_imp_add(struct mig_imp *imp, const char *version, const char *message,
    const char *source)
{
	struct mig_imp_rev *r = tb_calloc(1, sizeof(*r));

	r->id = make_id(imp, version);
	r->version = tb_strdup(version);
	r->message = tb_strdup(message);
	r->source = tb_strdup(source);
	imp->v = tb_grow(imp->v, imp->n, &imp->cap, sizeof(*imp->v));
	imp->v[imp->n++] = r;
	return r;
}

int
mig_imp_chain(struct mig_imp *imp, struct tb_err *err)
{
	for (size_t i = 1; i < imp->n; i++) {
		const struct mig_imp_rev *before = imp->v[i - 1];

		if (strcmp(before->version, imp->v[i]->version) == 0) {
			(void)tb_err_set(err, TB_EXIT_DATA,
			    "%s: version \"%s\" is there twice",
			    imp->v[i]->source, before->version);
			return tb_err_detail(err, "The other one is %s.",
			    before->source);
		}
		tb_strs_add(&imp->v[i]->parents, before->id);
	}
	return 0;
}

static int
by_base(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	int order = strcmp(tb_path_base(*x), tb_path_base(*y));

	return order != 0 ? order : strcmp(*x, *y);
}

int
mig_imp_files(const struct mig_imp *imp, const char *suffix,
    struct tb_strs *files, struct tb_err *err)
{
	if (tb_dir_list(imp->dir, suffix, imp->recursive, files, err) == -1)
		return -1;
	if (files->n > 0)
		qsort(files->v, files->n, sizeof(*files->v), by_base);
	return 0;
}

void
mig_imp_pass_over(const char *path, const char *why)
{
	tb_warn("%s is passed over: %s", path, why);
}

const char *
mig_imp_number(const char *digits)
{
	digits += strspn(digits, "0");
	return isdigit((unsigned char)*digits) ? digits : digits - 1;
}

/* One number of a version; *p goes behind it.  0 at the end. */
static int
compare_part(const char **a, const char **b)
{
	size_t n, m;
	int order;

	*a += strspn(*a, "0");
	*b += strspn(*b, "0");
	n = strspn(*a, "0123456789");
	m = strspn(*b, "0123456789");
	order = n != m ? (n > m) - (n < m) : strncmp(*a, *b, n);
	*a += n;
	*b += m;
	return order;
}

int
mig_imp_compare(const char *a, const char *b)
{
	int order = compare_part(&a, &b);

	while (order == 0 && (*a == '.' || *b == '.')) {
		a += *a == '.';
		b += *b == '.';
		order = compare_part(&a, &b);
	}
	return order;
}

static int
by_number(const void *a, const void *b)
{
	const struct mig_imp_rev *const *x = a, *const *y = b;
	int order = mig_imp_compare((*x)->version, (*y)->version);

	return order != 0 ? order : strcmp((*x)->source, (*y)->source);
}

void
mig_imp_sort(struct mig_imp *imp)
{
	if (imp->n > 0)
		qsort(imp->v, imp->n, sizeof(*imp->v), by_number);
}

const char *
mig_imp_define(const struct mig_imp *imp, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = imp->defines->n; i > 0; i--) {
		const char *s = imp->defines->v[i - 1];

		if (strncmp(s, name, n) == 0 && s[n] == '=')
			return s + n + 1;
	}
	return NULL;
}

char *
mig_imp_words(const char *name, size_t len)
{
	char *words = tb_strndup(name, len);

	for (char *p = words; *p != '\0'; p++)
		if (*p == '_' || *p == '-')
			*p = ' ';
	return words;
}

const char *
mig_imp_relative(const struct mig_imp *imp, const char *path)
{
	size_t n = strlen(imp->dir);

	while (n > 0 && imp->dir[n - 1] == '/')
		n--;
	if (strncmp(path, imp->dir, n) != 0 || path[n] != '/')
		return path;
	path += n;
	return path + strspn(path, "/");
}

/* One line, and not a long one. */
static char *
tidy(char *what)
{
	struct tb_buf b = TB_BUF_INIT;

	/* Not cut within a character of several bytes. */
	for (const char *p = what;
	     *p != '\0' && (b.len < 100 || (*p & 0xc0) == 0x80); p++) {
		if (!iscntrl((unsigned char)*p) && *p != ' ')
			tb_buf_addc(&b, *p);
		else if (b.len > 0 && b.s[b.len - 1] != ' ')
			tb_buf_addc(&b, ' ');
	}
	tb_buf_rtrim(&b);
	free(what);
	return tb_buf_detach(&b);
}

void
mig_imp_mark(const struct mig_imp *imp, struct mig_imp_rev *r,
    struct tb_buf *section, const char *path, int line, const char *fmt, ...)
{
	struct mig_imp_mark *mark;
	va_list ap;

	r->marks =
	    tb_grow(r->marks, r->n_marks, &r->cap_marks, sizeof(*r->marks));
	mark = &r->marks[r->n_marks++];
	mark->file = tb_strdup(mig_imp_relative(imp, path));
	mark->line = line;
	va_start(ap, fmt);
	mark->what = tidy(tb_vasprintf(fmt, ap));
	va_end(ap);
	tb_buf_addf(section, "--: untranslated %s", mark->file);
	if (line > 0)
		tb_buf_addf(section, ":%d", line);
	tb_buf_addf(section, " %s\n", mark->what);
}

void
mig_imp_settle(struct mig_imp_rev *r)
{
	struct mig_imp_section *up = &r->upgrade, *down = &r->downgrade;

	if (down->statements > 0 || down->marks > 0 ||
	    up->statements + up->marks == 0)
		return;
	free(down->text);
	down->text = NULL;
}
