/*
 * New revision files: their names, their text.
 */
#include "revision.h"

#include <ctype.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "revision/create.h"

static char dir[] = "/tmp/tb-create-XXXXXX";
static struct tb_strs dirs = TB_STRS_INIT;

static void
slug_is(const char *message, int max, const char *want)
{
	char *got = tb_create_slug(message, max);

	TB_IS(got, want, message);
	free(got);
}

static void
test_slugs(void)
{
	slug_is("Add orders", 0, "add_orders");
	slug_is("  add: the 'orders'-table!  ", 0, "add_the_orders_table");
	slug_is("", 0, "");
	slug_is("...", 0, "");
	slug_is("snake_case stays", 0, "snake_case_stays");
	slug_is("../../etc/passwd", 0, "etc_passwd");
	slug_is("a message that is longer than forty characters", 0,
	    "a_message_that_is_longer_than_forty_");
	slug_is("exactly forty characters, neither more12", 0,
	    "exactly_forty_characters_neither_more12");
	slug_is("antidisestablishmentarianism", 10, "antidisest_");
	slug_is("one two three", 7, "one_");
	slug_is("Größe ändern", 0, "größe_ändern");
	slug_is("äöüäöü", 3, "äöü_");
}

/* 2026-02-03T04:05:06Z */
#define NOW 1770091506

static void
path_is(const char *file_template, const char *message, const char *zone,
    const char *want)
{
	struct tb_graph *g = good_graph("r1");
	struct tb_create c = { .id = "abc", .message = message };
	struct tb_new_revision new = TB_NEW_REVISION_INIT;
	struct tb_err err = TB_ERR_INIT;

	c.dirs = &dirs;
	c.file_template = file_template;
	c.time_zone = zone;
	c.now = NOW;
	if (tb_create_plan(g, &c, &new, &err) == 0)
		TB_IS(tb_path_base(new.path), want, want);
	else
		TB_IS(err.message, want, want);
	tb_new_revision_release(&new);
	tb_err_release(&err);
	tb_graph_free(g);
}

static void
test_paths(void)
{
	path_is(NULL, "add x", NULL, "abc_add_x.sql");
	path_is(NULL, NULL, NULL, "abc.sql");
	path_is("%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d"
		"%(second).2d_%(rev)s_%(slug)s",
	    "x", NULL, "20260203_040506_abc_x.sql");
	path_is("%(epoch)d%%%(month)02d", "x", NULL, "1770091506%02.sql");
	path_is("%(hour).2d", "x", "Asia/Tokyo", "13.sql");
	path_is("%(hour).2d", "x", "Mars/Olympus",
	    "there is no time zone \"Mars/Olympus\"");
	path_is("%(hour).2d", "x", "../../etc/passwd",
	    "there is no time zone \"../../etc/passwd\"");
	path_is("%(nope)s", "x", NULL,
	    "file name template \"%(nope)s\" cannot be understood");
	path_is("%(rev", "x", NULL,
	    "file name template \"%(rev\" cannot be understood");
	path_is("%(rev)", "x", NULL,
	    "file name template \"%(rev)\" cannot be understood");
	path_is("%", "x", NULL,
	    "file name template \"%\" cannot be understood");
	path_is("%(year)9999999999d", "x", NULL,
	    "file name template \"%(year)9999999999d\" cannot be understood");
	path_is("", "x", NULL, "file name template \"\" cannot be understood");
}

static void
test_text(void)
{
	struct tb_graph *g = good_graph("r1; r2 r1; x1 #lane");
	struct tb_create c = {
		.id = "abc",
		.message = "two\nlines \t",
		.dirs = &dirs,
		.now = NOW,
		.time_zone = "Asia/Tokyo",
		.upgrade = "SELECT 1;",
		.downgrade = "SELECT 2;\n",
	};
	struct tb_new_revision new = TB_NEW_REVISION_INIT;
	struct tb_err err = TB_ERR_INIT;

	tb_strs_add(&c.heads, "heads");
	tb_strs_add(&c.depends_on, "lane");
	tb_strs_add(&c.depends_on, "r1");
	tb_strs_add(&c.labels, "fast");
	tb_strs_add(&c.labels, "lane-2");
	TB_OK(tb_create_plan(g, &c, &new, &err) == 0, "a merge");
	TB_IS(new.text,
	    "--: revision abc\n"
	    "--: down-revision r2 x1\n"
	    "--: depends-on lane r1\n"
	    "--: labels fast lane-2\n"
	    "--: message two lines\n"
	    "--: date 2026-02-03T13:05:06+09:00\n"
	    "\n--: upgrade\nSELECT 1;\n"
	    "\n--: downgrade\nSELECT 2;\n",
	    "its text");
	revs_are(&new.parents, "r2 x1", "its parents");
	TB_OK(tb_create_write(&new, &err) == 0, "it is written");
	TB_OK(tb_create_write(&new, &err) == -1 &&
		err.code == TB_EXIT_CANTCREAT,
	    "but not again: %s", err.message);
	tb_new_revision_release(&new);
	tb_err_release(&err);
	tb_strs_release(&c.heads);
	tb_strs_release(&c.depends_on);
	tb_strs_release(&c.labels);
	tb_graph_free(g);
}

static const char shape[] = "r1; r2 r1; r3 r1 #lane";

/* want: the parents, or the message. */
static void
parents_are(const char *heads, bool splice, const char *want)
{
	struct tb_graph *g = good_graph(shape);
	struct tb_create c = { .dirs = &dirs, .splice = splice };
	struct tb_new_revision new = TB_NEW_REVISION_INIT;
	struct tb_err err = TB_ERR_INIT;

	tb_strs_split(&c.heads, heads, " ");
	if (tb_create_plan(g, &c, &new, &err) == 0)
		revs_are(&new.parents, want, heads);
	else
		TB_IS(err.message, want, heads);
	tb_new_revision_release(&new);
	tb_err_release(&err);
	tb_strs_release(&c.heads);
	tb_graph_free(g);
}

static void
test_parents(void)
{
	parents_are("", false, "there are 2 heads");
	parents_are("head", false, "there are 2 heads");
	parents_are("heads", false, "r2 r3");
	parents_are("lane@head", false, "r3");
	parents_are("base", false, "");
	parents_are("r1", false,
	    "revision \"r1\" is no head: \"r2\" already follows it");
	parents_are("r1", true, "r1");
	parents_are("r2 r2", false, "parent \"r2\" is named twice");
	parents_are("r9", false, "there is no revision or label \"r9\"");
}

static void
fails(struct tb_create c, int code, const char *want)
{
	struct tb_graph *g = good_graph(shape);
	struct tb_new_revision new = TB_NEW_REVISION_INIT;
	struct tb_err err = TB_ERR_INIT;

	tb_strs_add(&c.heads, "r2");
	TB_OK(tb_create_plan(g, &c, &new, &err) == -1 && err.code == code,
	    "%s: %d", want, err.code);
	TB_IS(err.message, want, want);
	tb_new_revision_release(&new);
	tb_err_release(&err);
	tb_strs_release(&c.heads);
	tb_strs_release(&c.labels);
	tb_strs_release(&c.depends_on);
	tb_graph_free(g);
}

static void
test_faults(void)
{
	struct tb_create c = { .dirs = &dirs };
	struct tb_strs two = TB_STRS_INIT;

	c.id = "r1";
	fails(c, TB_EXIT_DATA, "the id \"r1\" is taken by r1.sql");
	c.id = "lane";
	fails(c, TB_EXIT_DATA, "the id \"lane\" is taken by r3.sql");
	c.id = "a-b";
	fails(c, TB_EXIT_USAGE, "revision id \"a-b\" contains \"-\"");
	c.id = NULL;
	tb_strs_add(&c.labels, "lane");
	fails(c, TB_EXIT_DATA, "the label \"lane\" is taken by r3.sql");
	c.labels = (struct tb_strs)TB_STRS_INIT;
	tb_strs_add(&c.labels, "a@b");
	fails(c, TB_EXIT_USAGE, "label \"a@b\" contains \"@\"");
	c.labels = (struct tb_strs)TB_STRS_INIT;
	tb_strs_add(&c.depends_on, "heads");
	fails(c, TB_EXIT_USAGE, "\"heads\" is not one revision to depend on");
	c.depends_on = (struct tb_strs)TB_STRS_INIT;
	c.dir = "/elsewhere";
	fails(c, TB_EXIT_USAGE,
	    "\"/elsewhere\" is not one of the revision folders");
	c.dir = NULL;
	c.id = "abc";
	c.upgrade = "--: downgarde\n";
	tb_strs_add(&two, "/x");
	c.dirs = &two;
	fails(c, TB_EXIT_DATA, "/x/abc.sql:6: unknown key \"downgarde\"");
	tb_strs_release(&two);
}

static void
test_ids(void)
{
	char a[TB_CREATE_ID_LEN + 1], b[TB_CREATE_ID_LEN + 1];

	tb_create_id(a);
	tb_create_id(b);
	TB_OK(strlen(a) == TB_CREATE_ID_LEN &&
		strspn(a, "0123456789abcdef") == TB_CREATE_ID_LEN,
	    "twelve hexadecimal digits");
	TB_OK(strcmp(a, b) != 0, "others each time");
}

int
main(void)
{
	struct tb_err err = TB_ERR_INIT;

	if (mkdtemp(dir) == NULL)
		tb_bug("no temporary folder");
	tb_strs_add(&dirs, dir);
	test_slugs();
	test_paths();
	test_text();
	test_parents();
	test_faults();
	test_ids();
	if (tb_remove_tree(dir, &err) == -1)
		tb_bug("%s", err.message);
	tb_strs_release(&dirs);
	return tb_unit_done();
}
