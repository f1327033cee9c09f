/*
 * The graph: what is derived from it, and what must not be in it.
 */
#include "revision.h"

#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/log.h"
#include "revision/names.h"

static const struct {
	const char *graph, *message, *detail, *hint;
} faults[] = {
	{
	    "a a",
	    "a.sql:2: revision \"a\" is its own parent",
	    NULL,
	    NULL,
	},
	{
	    "a +a",
	    "a.sql:3: revision \"a\" depends on itself",
	    NULL,
	    NULL,
	},
	{
	    "a #x; b a +x; c x b",
	    "c.sql:2: parent \"x\" of revision \"c\" is missing",
	    NULL,
	    NULL,
	},
	{
	    "abcdef; b abcdfe",
	    "b.sql:2: parent \"abcdfe\" of revision \"b\" is missing",
	    NULL,
	    "Did you mean \"abcdef\"?",
	},
	{
	    "a; b a +zzzzz",
	    "b.sql:3: dependency \"zzzzz\" of revision \"b\" is missing",
	    NULL,
	    "No revision file has this id: was a file forgotten, or another "
	    "folder?",
	},
	{
	    "x; a c; b a; c b",
	    "revisions follow each other in a circle: \"a\" -> \"c\" -> "
	    "\"b\" -> \"a\"",
	    "a.sql:2\nc.sql:2\nb.sql:2",
	    NULL,
	},
	{
	    "a +d; b a; c; d c +b",
	    "revisions depend on each other in a circle: \"a\" -> \"d\" -> "
	    "\"b\" -> \"a\"",
	    "a.sql:3\nd.sql:3\nb.sql:2",
	    NULL,
	},
	{
	    "a; b a #x; c a #x",
	    "c.sql:4: label \"x\" is used twice",
	    "The other one is in b.sql:4.",
	    NULL,
	},
	{
	    "a; b a #a",
	    "b.sql:4: label \"a\" is the id of a revision",
	    "The other one is in a.sql:1.",
	    NULL,
	},
	{
	    "a; s =a",
	    "s.sql:5: revision \"a\" is replaced, but its file is "
	    "still there",
	    "The other one is in a.sql:1.",
	    NULL,
	},
	{
	    "s =a =b; t =b",
	    "t.sql:5: revision \"b\" is replaced twice",
	    "The other one is in s.sql:5.",
	    NULL,
	},
	{
	    "s =a =b; c a",
	    "c.sql:2: revision \"a\" went into \"s\", which is more than "
	    "\"a\" was",
	    NULL,
	    "Name \"s\" here.",
	},
};

static void
test_faults(void)
{
	for (size_t i = 0; i < TB_LEN(faults); i++) {
		struct tb_err err = TB_ERR_INIT;
		struct tb_graph *g = short_graph(faults[i].graph, &err);

		TB_OK(g == NULL && err.code == TB_EXIT_DATA, "%s: refused",
		    faults[i].graph);
		TB_IS(err.message, faults[i].message, faults[i].graph);
		if (faults[i].detail != NULL)
			TB_IS(err.detail, faults[i].detail, faults[i].graph);
		if (faults[i].hint != NULL)
			TB_IS(err.hint, faults[i].hint, faults[i].graph);
		tb_graph_free(g);
		tb_err_release(&err);
	}
}

static struct tb_revision *
rev(const struct tb_graph *g, const char *id)
{
	struct tb_revision *r = tb_graph_find(g, id);

	if (r == NULL)
		tb_bug("no revision \"%s\"", id);
	return r;
}

static void
labels_are(const struct tb_graph *g, const char *id, const char *want)
{
	char *got = tb_strs_join(&rev(g, id)->labels, " ");

	TB_IS(got, want, id);
	free(got);
}

static void
marks_are(const struct tb_graph *g, const char *id, const char *want)
{
	char *got = tb_revision_marks(rev(g, id));

	TB_IS(got, want, id);
	free(got);
}

static void
test_shape(void)
{
	struct tb_graph *g =
	    good_graph("a; b a; c a; m b c; x; y x +b; z y +b +m");

	revs_are(&g->revs, "a b c m x y z", "load order");
	revs_are(&g->heads, "m z", "heads");
	revs_are(&g->real_heads, "z", "real heads");
	revs_are(&g->bases, "a x", "bases");
	revs_are(&rev(g, "a")->children, "b c", "children");
	revs_are(&rev(g, "b")->dependents, "y z", "dependents");
	revs_are(&rev(g, "z")->depends_on, "b m", "dependencies");
	revs_are(&rev(g, "z")->needs, "y m",
	    "a dependency of an ancestor is not needed again");
	revs_are(&rev(g, "b")->needed_by, "m y", "the way back of it");
	marks_are(g, "a", "a (branchpoint)");
	marks_are(g, "m", "m (effective head) (mergepoint)");
	marks_are(g, "z", "z (head)");
	TB_OK(tb_revision_is_base(rev(g, "x")), "x is a base");
	TB_OK(!tb_revision_is_head(rev(g, "y")), "y is no head");
	tb_graph_free(g);
}

/* More dependencies that two declare than fit into one pass. */
static void
test_many_needs(void)
{
	struct tb_buf b = TB_BUF_INIT;
	struct tb_graph *g;
	struct tb_revision *r;

	tb_buf_add(&b, "root");
	for (int i = 0; i < 150; i++)
		tb_buf_addf(&b, "; d%d", i);
	tb_buf_add(&b, "; low root");
	for (int i = 0; i < 150; i += 2)
		tb_buf_addf(&b, " +d%d", i);
	tb_buf_add(&b, "; high low");
	for (int i = 0; i < 150; i++)
		tb_buf_addf(&b, " +d%d", i);
	tb_buf_add(&b, "; side root");
	for (int i = 0; i < 150; i++)
		tb_buf_addf(&b, " +d%d", i);
	g = good_graph(b.s);
	r = rev(g, "high");
	TB_OK(r->needs.n == 76, "a parent and 75 of 150 are needed: %zu",
	    r->needs.n);
	TB_OK(tb_revs_has(&r->needs, rev(g, "d149")), "d149 is");
	TB_OK(!tb_revs_has(&r->needs, rev(g, "d148")), "d148 is not");
	TB_OK(rev(g, "side")->needs.n == 151, "elsewhere all are");
	tb_graph_free(g);
	tb_buf_release(&b);
}

static void
test_labels(void)
{
	struct tb_graph *g;

	g = good_graph("a; b a #x; c b; d c #y");
	labels_are(g, "a", "x y");
	labels_are(g, "d", "x y");
	tb_graph_free(g);
	/* A fork above: ancestors do not get it. */
	g = good_graph("a; b a #x; c b; d b #y");
	labels_are(g, "a", "");
	labels_are(g, "c", "x");
	labels_are(g, "d", "x y");
	tb_graph_free(g);
	/* A merge below stops it; so does a dependent. */
	g = good_graph("a; b a; c a; m b c; n m #x");
	labels_are(g, "m", "");
	labels_are(g, "n", "x");
	tb_graph_free(g);
	g = good_graph("a; b a; c b #x; o +b");
	labels_are(g, "b", "");
	labels_are(g, "c", "x");
	labels_are(g, "o", "");
	tb_graph_free(g);
	/* One that is child and dependent at once is one line. */
	g = good_graph("a; b a +a #x");
	labels_are(g, "a", "x");
	tb_graph_free(g);
}

static void
test_names(void)
{
	struct tb_graph *g =
	    good_graph("s =o1 =o2; abc s #lane; abd abc; x o2");

	TB_OK(tb_graph_find(g, "abc") == g->revs.v[1], "by id");
	TB_OK(tb_graph_find(g, "ab") == NULL, "not by a prefix");
	TB_OK(tb_graph_find(g, "o2") == rev(g, "s"), "by the last it replaces");
	TB_OK(tb_graph_find(g, "o1") == NULL, "not by another of them");
	TB_OK(tb_graph_find(g, "lane") == NULL, "a label is no id");
	TB_OK(tb_graph_find_label(g, "lane") == rev(g, "abc"), "by label");
	TB_OK(tb_graph_find_label(g, "abc") == NULL, "an id is no label");
	revs_are(&rev(g, "x")->parents, "s", "a parent that was replaced");
	tb_graph_free(g);
	g = tb_graph_new();
	TB_OK(tb_names_find(g->names, "x") == NULL, "no names at all");
	tb_graph_free(g);
}

static void
write_revision(const char *dir, const char *name, const char *id,
    const char *down)
{
	char *path = tb_path_join(dir, name);
	char *text = tb_asprintf("--: revision %s\n--: down-revision %s\n"
				 "--: upgrade\n",
	    id, down);
	struct tb_err err = TB_ERR_INIT;

	if (tb_file_write(path, text, strlen(text), 0600, &err) == -1)
		tb_bug("%s", err.message);
	free(text);
	free(path);
}

static void
load(const char *const *dirs, bool recursive, const char *want,
    const char *what)
{
	struct tb_strs list = TB_STRS_INIT;
	struct tb_err err = TB_ERR_INIT;
	struct tb_graph *g;

	for (; *dirs != NULL; dirs++)
		tb_strs_add(&list, *dirs);
	g = tb_graph_load(&list, recursive, &err);
	if (g != NULL)
		revs_are(&g->revs, want, what);
	else
		TB_IS(err.message, want, what);
	tb_graph_free(g);
	tb_err_release(&err);
	tb_strs_release(&list);
}

/* One, two and two/sub: names of files, not ids, make the order. */
static void
test_folders(void)
{
	char root[] = "/tmp/tb-graph-XXXXXX";
	char *one, *two, *sub, *dup, *want;
	struct tb_err err = TB_ERR_INIT;

	if (mkdtemp(root) == NULL)
		tb_bug("no temporary folder");
	one = tb_path_join(root, "one");
	two = tb_path_join(root, "two");
	sub = tb_path_join(two, "sub");
	if (mkdir(one, 0700) == -1 || mkdir(two, 0700) == -1 ||
	    mkdir(sub, 0700) == -1)
		tb_bug("no folder");
	load((const char *[]){ one, NULL }, false, "", "an empty folder");
	write_revision(one, "b.sql", "r1", "none");
	write_revision(one, "a.sql", "r2", "r1");
	write_revision(one, ".c.sql", "r3", "r1");
	write_revision(one, "c.sql~", "r3", "r1");
	write_revision(two, "z.sql", "r4", "r2");
	write_revision(sub, "a.sql", "r5", "r4");
	load((const char *[]){ one, NULL }, false, "r2 r1", "one folder");
	load((const char *[]){ two, one, NULL }, false, "r4 r2 r1",
	    "folders as they are given");
	load((const char *[]){ one, two, NULL }, true, "r2 r1 r5 r4",
	    "folders in folders");
	tb_log_set_level(TB_LOG_QUIET);
	load((const char *[]){ one, one, NULL }, false, "r2 r1",
	    "what is reached twice is there once");
	tb_log_set_level(TB_LOG_INFO);
	dup = tb_path_join(two, "y.sql");
	want = tb_asprintf("%s/z.sql:1: revision \"r4\" is there twice", two);
	write_revision(two, "y.sql", "r4", "r2");
	load((const char *[]){ one, two, NULL }, false, want,
	    "two files of one id");
	load((const char *[]){ "/nonexistent", NULL }, false,
	    "could not open directory \"/nonexistent\": No such file or "
	    "directory",
	    "no such folder");
	if (tb_remove_tree(root, &err) == -1)
		tb_bug("%s", err.message);
	free(want);
	free(dup);
	free(sub);
	free(two);
	free(one);
}

int
main(void)
{
	test_faults();
	test_shape();
	test_many_needs();
	test_labels();
	test_names();
	test_folders();
	return tb_unit_done();
}
