/*
 * The rules of tb-verify about what does not count.  The file under test is a
 * program's, so it is a part of this one.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <unistd.h>

/* NOLINTBEGIN(bugprone-suspicious-include) */
#include "../../tools/tb-verify/ignore.c"
#include "../../tools/tb-verify/preset.c"
/* NOLINTEND(bugprone-suspicious-include) */
#include "catalog/snapshot.h"
#include "unit.h"

static const char facts_text[] =
    "tb-verify snapshot 1\n"
    "server 150018\n"
    "class column type statistics\n"
    "class partition of\n"
    "class schema\n"
    "class table kind\n"
    "class view\n"
    "\ncolumn public.t.a\n\tparent: table public.t\n\ttype: integer\n"
    "\ncolumn public.t.b\n\tparent: table public.t\n\ttype: text\n"
    "\ncolumn public.tmp_1.a\n\tparent: table public.tmp_1\n"
    "\npartition public.p1\n\tparent: table public.p1\n\tof: public.p\n"
    "\npartition public.p11\n\tparent: table public.p11\n\tof: public.p1\n"
    "\nschema public\n"
    "\ntable public.\"a: b\"\n\tparent: schema public\n"
    "\ntable public.p\n\tparent: schema public\n"
    "\ntable public.p1\n\tparent: schema public\n"
    "\ntable public.p11\n\tparent: schema public\n"
    "\ntable public.t\n\tparent: schema public\n"
    "\ntable public.tmp_1\n\tparent: schema public\n"
    "\nview public.v\n\tparent: schema public\n"
    "\nend\n";

static struct ver_options options;

/* A file with the rules; the caller frees its name. */
static char *
write_rules(const char *rules)
{
	char *path = tb_strdup("/tmp/verify_ignore.XXXXXX");
	int fd = mkstemp(path);

	if (fd == -1 ||
	    write(fd, rules, strlen(rules)) != (ssize_t)strlen(rules))
		tb_bug("could not write %s", path);
	(void)close(fd);
	return path;
}

/*
 * NULL, or the code of the error and its message without the file, which the
 * caller frees.
 */
static char *
read_rules(struct ver_job *job, const char *rules)
{
	struct tb_err err = TB_ERR_INIT;
	char *path = write_rules(rules), *message = NULL;

	*job = (struct ver_job){ .opt = &options };
	tb_strs_release(&options.ignore);
	tb_strs_add(&options.ignore, path);
	if (ver_ignore_read(job, &err) == -1)
		message =
		    tb_asprintf("%d %s", err.code, err.message + strlen(path));
	tb_err_release(&err);
	(void)unlink(path);
	free(path);
	return message;
}

static void
release(struct ver_job *job)
{
	ver_ignore_release(job);
	tb_strs_release(&job->map_roles);
}

/* The identities that are left, and the rules that had nothing to do. */
static char *
left(const char *rules)
{
	struct ver_side side = { .facts = TB_FACTS_INIT };
	struct tb_err err = TB_ERR_INIT;
	struct tb_buf b = TB_BUF_INIT;
	char *text = tb_strdup(facts_text), *message;
	struct ver_job job;

	if (tb_snapshot_parse(&side.facts, "s", text, &err) == -1)
		tb_bug("%s", err.message);
	if ((message = read_rules(&job, rules)) == NULL)
		ver_ignore_facts(&job, &side);
	else
		tb_buf_addf(&b, "%s ", message);
	for (size_t i = 0; i < side.facts.n; i++)
		tb_buf_addf(&b, "%s ", side.facts.v[i].identity);
	for (size_t i = 0; job.rules != NULL && i < job.rules->n; i++)
		if (job.rules->v[i].hits == 0 && job.rules->v[i].preset == 0)
			tb_buf_addf(&b, "idle:%d ", job.rules->v[i].line);
	tb_facts_release(&side.facts);
	release(&job);
	free(message);
	free(text);
	return tb_buf_detach(&b);
}

static void
leaves(const char *rules, const char *want, const char *what)
{
	char *got = left(rules);

	TB_IS(got, want, what);
	free(got);
}

#define PARTS "public.p1 public.p11 "
#define ALL                                                       \
	"public.t.a public.t.b public.tmp_1.a " PARTS "public "   \
	"public.\"a: b\" public.p public.p1 public.p11 public.t " \
	"public.tmp_1 public.v "

static void
test_facts(void)
{
	leaves("", ALL, "no rule, nothing is left out");
	leaves("# a comment\n\n \t\n", ALL, "comments and empty lines");
	leaves("table public.tmp_*\n",
	    "public.t.a public.t.b " PARTS
	    "public public.\"a: b\" public.p public.p1 public.p11 public.t "
	    "public.v ",
	    "an object goes with its parts");
	leaves("view *\n* *.a\n",
	    "public.t.b " PARTS "public public.\"a: b\" public.p public.p1 "
	    "public.p11 public.t public.tmp_1 ",
	    "a whole class, and any class");
	leaves("partition-of public.p\n",
	    "public.t.a public.t.b public.tmp_1.a public public.\"a: b\" "
	    "public.p public.t public.tmp_1 public.v ",
	    "partitions, and theirs");
	leaves("table public.gone\nview *\ncolumn *.a: statistics\n"
	       "column *.a: nothing\n",
	    "public.t.a public.t.b public.tmp_1.a " PARTS
	    "public public.\"a: b\" public.p public.p1 public.p11 public.t "
	    "public.tmp_1 idle:1 idle:4 ",
	    "rules that fit nothing are known");
	leaves("table public.\"a: b\"\n",
	    "public.t.a public.t.b public.tmp_1.a " PARTS
	    "public public.p public.p1 public.p11 public.t public.tmp_1 "
	    "public.v ",
	    "a colon within a name");
	leaves("table [[]x\r\n", ALL "idle:1 ",
	    "wildcards of the shell, line ends of another system");
}

static void
refuses(const char *rules, const char *want, const char *what)
{
	struct ver_job job;
	char *message = read_rules(&job, rules);

	TB_IS(message, want, what);
	free(message);
	release(&job);
}

static void
test_faults(void)
{
	refuses("\n\nnonsense *\n", "78 :3: there is no class \"nonsense\"",
	    "an unknown class");
	refuses("table\n", "78 :1: a pattern is missing behind \"table\"",
	    "no pattern");
	refuses("partition-of p: type\n",
	    "78 :1: attributes mean nothing behind \"partition-of\"",
	    "attributes of partitions");
	refuses("preset\n", "78 :1: one name is wanted behind \"preset\"",
	    "a preset without a name");
	refuses("preset a b\n", "78 :1: one name is wanted behind \"preset\"",
	    "two presets on a line");
	refuses("table *\npreset none\n", "78 :2: there is no preset \"none\"",
	    "an unknown preset");
	refuses("role a\n", "78 :1: LEFT=RIGHT is wanted behind \"role\"",
	    "half a role");
	refuses("role =b\n", "78 :1: LEFT=RIGHT is wanted behind \"role\"",
	    "the other half");
}

/* A changed attribute of the column. */
static bool
is_kept(const char *rules, const char *attribute)
{
	struct ver_side side = { .facts = TB_FACTS_INIT };
	struct tb_err err = TB_ERR_INIT;
	struct tb_difference d = {
		.kind = TB_DIFF_CHANGED,
		.attribute = attribute,
	};
	struct tb_diff diff = { .v = &d, .n = 1 };
	char *text = tb_strdup(facts_text), *message;
	struct ver_job job;

	if (tb_snapshot_parse(&side.facts, "s", text, &err) == -1)
		tb_bug("%s", err.message);
	d.left = d.right =
	    &side.facts.v[tb_facts_find(&side.facts, "column", "public.t.a")];
	if ((message = read_rules(&job, rules)) != NULL)
		tb_bug("%s", message);
	ver_ignore_diff(&job, &diff);
	tb_facts_release(&side.facts);
	release(&job);
	free(message);
	free(text);
	return diff.n == 1;
}

static void
test_attributes(void)
{
	TB_OK(!is_kept("column public.t.a: type\n", "type"), "an attribute");
	TB_OK(!is_kept("column *: statistics, type\n", "type"), "of several");
	TB_OK(!is_kept("* *:type\n", "type"), "of any class");
	TB_OK(is_kept("column *: statistics\n", "type"), "another attribute");
	TB_OK(is_kept("table *: type\n", "type"), "another class");
	TB_OK(is_kept("column public.t.b: type\n", "type"), "another column");
	TB_OK(is_kept("column public.t.*\n", "type"),
	    "a rule without attributes is about whole facts");
}

static void
test_presets(void)
{
	char *names = ver_preset_names();
	struct tb_strs list = TB_STRS_INIT;

	tb_strs_split(&list, names, ", ");
	TB_OK(list.n > 0, "there are presets");
	for (size_t i = 0; i < list.n; i++) {
		char *rules = tb_asprintf("preset %s\nrole a = b\n", list.v[i]);
		struct ver_job job;
		char *message;

		message = read_rules(&job, rules);
		TB_IS(message, NULL, list.v[i]);
		TB_OK(job.rules->npresets == 1 && job.rules->n > 0,
		    "and has rules");
		TB_IS(job.map_roles.n > 0 ? job.map_roles.v[0] : NULL, "a=b",
		    "a role behind it");
		release(&job);
		free(message);
		free(rules);
	}
	tb_strs_release(&list);
	free(names);
}

int
main(void)
{
	test_facts();
	test_faults();
	test_attributes();
	test_presets();
	tb_strs_release(&options.ignore);
	return tb_unit_done();
}
