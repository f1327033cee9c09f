/*
 * Imported revisions as files.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "import.h"
#include "revision/create.h"
#include "revision/file.h"
#include "revision/filename.h"

/* Digits at *p, and the character behind them; false if they are not there. */
static bool
take_number(const char **p, int digits, const char *behind, int *value)
{
	*value = 0;
	for (; digits > 0; digits--, ++*p) {
		if (!isdigit((unsigned char)**p))
			return false;
		*value = *value * 10 + (**p - '0');
	}
	if (*behind == '\0')
		return true;
	if (**p == '\0' || strchr(behind, **p) == NULL)
		return false;
	++*p;
	return true;
}

/* "2025-06-29T18:04:11..." as written, whatever its zone. */
static bool
parse_date(const char *s, struct tm *tm)
{
	int year, month;

	memset(tm, 0, sizeof(*tm));
	if (!take_number(&s, 4, "-", &year) ||
	    !take_number(&s, 2, "-", &month) ||
	    !take_number(&s, 2, "T ", &tm->tm_mday) ||
	    !take_number(&s, 2, ":", &tm->tm_hour) ||
	    !take_number(&s, 2, ":", &tm->tm_min) ||
	    !take_number(&s, 2, "", &tm->tm_sec))
		return false;
	tm->tm_year = year - 1900;
	tm->tm_mon = month - 1;
	return month >= 1 && month <= 12;
}

/* The folder's own way of naming files, with the date of the revision. */
static char *
file_name(const struct mig_imp_rev *r, const struct tb_ctx *ctx,
    struct tb_err *err)
{
	const char *template = tb_conf_str(&ctx->conf, "migrate|file-template");
	char *slug = tb_create_slug(r->message,
	    (int)tb_conf_int(&ctx->conf, "migrate|slug-length"));
	time_t when = (time_t)tb_clock_epoch();
	struct tm tm, copy;
	char *name;

	if (r->date != NULL && parse_date(r->date, &tm)) {
		copy = tm;
		when = timegm(&copy);
	} else {
		(void)gmtime_r(&when, &tm);
	}
	name = tb_filename(template != NULL ? template : "%(rev)s_%(slug)s",
	    r->id, slug, when, &tm, err);
	/* Nothing follows the id where there is no message. */
	for (size_t n = name != NULL ? strlen(name) : 0;
	     slug[0] == '\0' && n > 1 && name[n - 1] == '_'; n--)
		name[n - 1] = '\0';
	free(slug);
	return name;
}

static int
by_path(const void *a, const void *b)
{
	const struct mig_imp_rev *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

static int
refuse_same_names(const struct mig_imp *imp, struct tb_err *err)
{
	struct mig_imp_rev **v = tb_calloc(imp->n + 1, sizeof(*v));
	int rc = 0;

	for (size_t i = 0; i < imp->n; i++)
		v[i] = imp->v[i];
	qsort(v, imp->n, sizeof(struct mig_imp_rev *), by_path);
	for (size_t i = 1; rc == 0 && i < imp->n; i++)
		if (strcmp(v[i - 1]->path, v[i]->path) == 0 &&
		    !(v[i - 1]->kept && v[i]->kept)) {
			rc = tb_err_set(err, TB_EXIT_CANTCREAT,
			    "revisions \"%s\" and \"%s\" would both be \"%s\"",
			    v[i - 1]->id, v[i]->id, v[i]->path);
			(void)tb_err_hint(err,
			    "Put %%(rev)s into file-template of tb.conf.");
		}
	free(v);
	return rc;
}

int
mig_imp_name(struct mig_imp *imp, const struct tb_ctx *ctx, const char *dir,
    struct tb_err *err)
{
	for (size_t i = 0; i < imp->n; i++) {
		struct mig_imp_rev *r = imp->v[i];
		char *name;

		if (r->kept)
			continue;
		if ((name = file_name(r, ctx, err)) == NULL)
			return -1;
		r->path = tb_asprintf("%s%s%s.sql", dir,
		    dir[strlen(dir) - 1] == '/' ? "" : "/", name);
		free(name);
		if (tb_file_exists(r->path))
			return tb_err_set(err, TB_EXIT_CANTCREAT,
			    "file \"%s\" is already there", r->path);
	}
	return refuse_same_names(imp, err);
}

static void
add_list(struct tb_buf *b, const char *key, const struct tb_strs *list)
{
	char *words = tb_strs_join(list, " ");

	if (list->n > 0)
		tb_buf_addf(b, "--: %s %s\n", key, words);
	free(words);
}

/* A message is one line. */
static void
add_message(struct tb_buf *b, const char *message)
{
	bool blank = false;

	if (*message == '\0')
		return;
	tb_buf_add(b, "--: message ");
	for (; *message != '\0'; message++) {
		bool is_blank =
		    iscntrl((unsigned char)*message) != 0 || *message == ' ';

		if (!is_blank || !blank)
			tb_buf_addc(b, (char)(is_blank ? ' ' : *message));
		blank = is_blank;
	}
	tb_buf_rtrim(b);
	tb_buf_addc(b, '\n');
}

static void
add_section(struct tb_buf *b, const char *name,
    const struct mig_imp_section *section)
{
	tb_buf_addf(b, "\n--: %s\n", name);
	tb_buf_add(b, section->text != NULL ? section->text : "");
	tb_buf_rtrim(b);
	tb_buf_addc(b, '\n');
}

static char *
revision_text(const struct mig_imp_rev *r)
{
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_addf(&b, "--: revision %s\n", r->id);
	add_list(&b, "down-revision", &r->parents);
	add_list(&b, "depends-on", &r->depends_on);
	add_list(&b, "labels", &r->labels);
	add_message(&b, r->message);
	if (r->date != NULL)
		tb_buf_addf(&b, "--: date %s\n", r->date);
	if (r->no_transaction)
		tb_buf_add(&b, "--: transaction no\n");
	add_section(&b, "upgrade", &r->upgrade);
	if (r->downgrade.text != NULL)
		add_section(&b, "downgrade", &r->downgrade);
	else
		tb_buf_add(&b, "\n--: downgrade none\n");
	if (r->verify.text != NULL)
		add_section(&b, "verify", &r->verify);
	return tb_buf_detach(&b);
}

int
mig_imp_write(const struct mig_imp *imp, struct tb_err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < imp->n; i++) {
		const struct mig_imp_rev *r = imp->v[i];
		struct tb_new_revision new = TB_NEW_REVISION_INIT;

		if (r->kept)
			continue;
		new.path = r->path;
		new.text = revision_text(r);
		rc = tb_create_write(&new, err);
		free(new.text);
	}
	return rc;
}
