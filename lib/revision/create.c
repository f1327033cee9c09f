#include "core/tb.h"

#include <bsd/stdlib.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "revision/create.h"
#include "revision/filename.h"
#include "revision/names.h"
#include "revision/target.h"

void
tb_create_id(char out[TB_CREATE_ID_LEN + 1])
{
	unsigned char bytes[TB_CREATE_ID_LEN / 2];

	arc4random_buf(bytes, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++)
		(void)snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

/* What a user typed is no fault of a file. */
static int
as_usage(struct tb_err *err, int rc)
{
	if (rc == -1)
		err->code = TB_EXIT_USAGE;
	return rc;
}

static int
choose_id(const struct tb_graph *g, const struct tb_create *c,
    struct tb_new_revision *new, struct tb_err *err)
{
	char id[TB_CREATE_ID_LEN + 1];
	const struct tb_name *old;

	if (c->id == NULL) {
		do
			tb_create_id(id);
		while (tb_names_find(g->names, id) != NULL);
		new->id = tb_strdup(id);
		return 0;
	}
	if (as_usage(err, tb_revision_check_id(c->id, err)) == -1)
		return -1;
	if ((old = tb_names_find(g->names, c->id)) != NULL)
		return tb_err_set(err, TB_EXIT_DATA,
		    "the id \"%s\" is taken by %s", c->id, old->rev->h.path);
	new->id = tb_strdup(c->id);
	return 0;
}

static int
check_parent(const struct tb_create *c, const struct tb_new_revision *new,
    const struct tb_revision *r, struct tb_err *err)
{
	if (tb_revs_has(&new->parents, r))
		return tb_err_set(err, TB_EXIT_USAGE,
		    "parent \"%s\" is named twice", r->h.id);
	if (c->splice || tb_revision_is_head(r))
		return 0;
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "revision \"%s\" is no head: \"%s\" already follows it", r->h.id,
	    r->children.v[0]->h.id);
	return tb_err_hint(err,
	    "Say --splice to begin a branch there on purpose.");
}

static int
choose_parents(const struct tb_graph *g, const struct tb_create *c,
    struct tb_new_revision *new, struct tb_err *err)
{
	struct tb_revs found = TB_REVS_INIT;
	int rc = 0;

	if (c->heads.n == 0)
		rc = tb_target_show(g, NULL, "head", &found, err);
	for (size_t i = 0; rc == 0 && i < c->heads.n; i++)
		rc = tb_target_show(g, NULL, c->heads.v[i], &found, err);
	for (size_t i = 0; rc == 0 && i < found.n; i++)
		if ((rc = check_parent(c, new, found.v[i], err)) == 0)
			tb_revs_add(&new->parents, found.v[i]);
	tb_revs_release(&found);
	return rc;
}

static int
check_labels(const struct tb_graph *g, const struct tb_create *c,
    struct tb_err *err)
{
	for (size_t i = 0; i < c->labels.n; i++) {
		const char *label = c->labels.v[i];
		const struct tb_name *old = tb_names_find(g->names, label);

		if (as_usage(err, tb_revision_check_label(label, err)) == -1)
			return -1;
		if (old != NULL)
			return tb_err_set(err, TB_EXIT_DATA,
			    "the label \"%s\" is taken by %s", label,
			    old->rev->h.path);
	}
	return 0;
}

/* A label stays a label, all else becomes a full id. */
static int
find_dependencies(const struct tb_graph *g, const struct tb_create *c,
    struct tb_strs *out, struct tb_err *err)
{
	struct tb_revs found = TB_REVS_INIT;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < c->depends_on.n; i++) {
		const char *what = c->depends_on.v[i];

		found.n = 0;
		rc = tb_target_show(g, NULL, what, &found, err);
		if (rc == 0 && found.n != 1)
			rc = tb_err_set(err, TB_EXIT_USAGE,
			    "\"%s\" is not one revision to depend on", what);
		if (rc == 0)
			tb_strs_add(out,
			    tb_graph_find_label(g, what) != NULL ?
				what :
				found.v[0]->h.id);
	}
	tb_revs_release(&found);
	return rc;
}

static bool
same_dir(const char *a, const char *b)
{
	struct stat x, y;

	return strcmp(a, b) == 0 ||
	    (stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
		x.st_ino == y.st_ino);
}

static int
not_a_folder(const struct tb_create *c, const char *dir, struct tb_err *err)
{
	char *dirs = tb_strs_join(c->dirs, ", ");

	(void)tb_err_set(err, TB_EXIT_USAGE,
	    "\"%s\" is not one of the revision folders", dir);
	(void)tb_err_detail(err, "The folders are: %s.", dirs);
	free(dirs);
	return -1;
}

/* Beside the first parent, where there are several folders.  NULL: error. */
static char *
choose_dir(const struct tb_create *c, const struct tb_new_revision *new,
    struct tb_err *err)
{
	if (c->dir == NULL && c->dirs->n == 1)
		return tb_strdup(c->dirs->v[0]);
	if (c->dir == NULL && new->parents.n > 0)
		return tb_path_dir(new->parents.v[0]->h.path);
	if (c->dir == NULL) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "there are several revision folders and no parent to tell "
		    "which");
		(void)tb_err_hint(err, "Name the folder: --version-path DIR.");
		return NULL;
	}
	for (size_t i = 0; i < c->dirs->n; i++)
		if (same_dir(c->dir, c->dirs->v[i]))
			return tb_strdup(c->dir);
	(void)not_a_folder(c, c->dir, err);
	return NULL;
}

/* The library knows time zones only by way of the environment. */
static void
set_zone(const char *zone)
{
	if (zone != NULL)
		(void)setenv("TZ", zone, 1);
	else
		(void)unsetenv("TZ");
	tzset();
}

static bool
is_zone(const char *zone)
{
	char *path = tb_path_join("/usr/share/zoneinfo", zone);
	bool known = zone[0] != '/' && strstr(zone, "..") == NULL &&
	    tb_file_exists(path);

	free(path);
	return known;
}

static int
local_time(const char *zone, time_t now, struct tm *tm, struct tb_err *err)
{
	char *old;

	if (zone == NULL || strcmp(zone, "UTC") == 0) {
		(void)gmtime_r(&now, tm);
		return 0;
	}
	if (strcmp(zone, "local") == 0) {
		(void)localtime_r(&now, tm);
		return 0;
	}
	if (!is_zone(zone))
		return tb_err_set(err, TB_EXIT_CONFIG,
		    "there is no time zone \"%s\"", zone);
	old = tb_strdup_null(getenv("TZ"));
	set_zone(zone);
	(void)localtime_r(&now, tm);
	set_zone(old);
	free(old);
	return 0;
}

/* "2026-11-22T15:43:07Z", "2026-11-22T16:43:07+01:00" */
static void
add_date(struct tb_buf *b, const struct tm *tm, bool utc)
{
	char date[64], zone[16];

	(void)strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", tm);
	(void)strftime(zone, sizeof(zone), "%z", tm);
	if (utc)
		tb_buf_addf(b, "--: date %sZ\n", date);
	else
		tb_buf_addf(b, "--: date %s%.3s:%s\n", date, zone, zone + 3);
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
	if (message == NULL || message[0] == '\0')
		return;
	tb_buf_add(b, "--: message ");
	for (const char *p = message; *p != '\0'; p++)
		tb_buf_addc(b, (char)(iscntrl((unsigned char)*p) ? ' ' : *p));
	tb_buf_rtrim(b);
	tb_buf_addc(b, '\n');
}

static void
add_section(struct tb_buf *b, const char *name, const char *sql)
{
	tb_buf_addf(b, "\n--: %s\n", name);
	if (sql == NULL || sql[0] == '\0')
		return;
	tb_buf_add(b, sql);
	if (b->s[b->len - 1] != '\n')
		tb_buf_addc(b, '\n');
}

static char *
write_text(const struct tb_create *c, const struct tb_new_revision *new,
    const struct tb_strs *depends_on, const struct tm *tm)
{
	struct tb_buf b = TB_BUF_INIT;
	struct tb_strs parents = TB_STRS_INIT;
	bool utc = c->time_zone == NULL || strcmp(c->time_zone, "UTC") == 0;

	for (size_t i = 0; i < new->parents.n; i++)
		tb_strs_add(&parents, new->parents.v[i]->h.id);
	tb_buf_addf(&b, "--: revision %s\n", new->id);
	add_list(&b, "down-revision", &parents);
	add_list(&b, "depends-on", depends_on);
	add_list(&b, "labels", &c->labels);
	add_message(&b, c->message);
	add_date(&b, tm, utc);
	add_section(&b, "upgrade", c->upgrade);
	add_section(&b, "downgrade", c->downgrade);
	tb_strs_release(&parents);
	return tb_buf_detach(&b);
}

static int
choose_path(const struct tb_create *c, struct tb_new_revision *new, time_t now,
    const struct tm *tm, struct tb_err *err)
{
	char *slug =
	    tb_create_slug(c->message != NULL ? c->message : "", c->slug_max);
	char *dir = choose_dir(c, new, err), *name = NULL;

	if (dir != NULL)
		name =
		    tb_filename(c->file_template != NULL ? c->file_template :
							   "%(rev)s_%(slug)s",
			new->id, slug, now, tm, err);
	if (name != NULL) {
		size_t n = strlen(name);

		/* Nothing follows the id where there is no message. */
		while (slug[0] == '\0' && n > 1 && name[n - 1] == '_')
			name[--n] = '\0';
		new->path = tb_asprintf("%s%s%s.sql", dir,
		    dir[strlen(dir) - 1] == '/' ? "" : "/", name);
	}
	free(slug);
	free(dir);
	free(name);
	return new->path != NULL ? 0 : -1;
}

/* What is written must be read again: SQL may hold a line with a key. */
static int
check_text(const struct tb_new_revision *new, struct tb_err *err)
{
	struct tb_revision_file f = TB_REVISION_FILE_INIT;
	int rc = tb_revision_file_parse(new->path, new->text, strlen(new->text),
	    &f, err);

	tb_revision_file_release(&f);
	return rc;
}

int
tb_create_plan(const struct tb_graph *g, const struct tb_create *c,
    struct tb_new_revision *new, struct tb_err *err)
{
	struct tb_strs depends_on = TB_STRS_INIT;
	time_t now = c->now != 0 ? c->now : (time_t)tb_clock_epoch();
	struct tm tm;
	int rc = -1;

	if (choose_id(g, c, new, err) == 0 &&
	    choose_parents(g, c, new, err) == 0 &&
	    find_dependencies(g, c, &depends_on, err) == 0 &&
	    check_labels(g, c, err) == 0 &&
	    local_time(c->time_zone, now, &tm, err) == 0 &&
	    choose_path(c, new, now, &tm, err) == 0) {
		new->text = write_text(c, new, &depends_on, &tm);
		rc = check_text(new, err);
	}
	tb_strs_release(&depends_on);
	return rc;
}

int
tb_create_write(const struct tb_new_revision *new, struct tb_err *err)
{
	char *dir = tb_path_dir(new->path);
	mode_t mask = umask(0);
	int rc;

	(void)umask(mask);
	if (tb_file_exists(new->path))
		rc = tb_err_set(err, TB_EXIT_CANTCREAT,
		    "file \"%s\" is already there", new->path);
	else if ((rc = tb_mkdirs(dir, 0777, err)) == 0)
		rc = tb_file_write(new->path, new->text, strlen(new->text),
		    0666 & ~mask, err);
	free(dir);
	return rc;
}

void
tb_new_revision_release(struct tb_new_revision *new)
{
	free(new->id);
	free(new->path);
	free(new->text);
	tb_revs_release(&new->parents);
	*new = (struct tb_new_revision)TB_NEW_REVISION_INIT;
}
