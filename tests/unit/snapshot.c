/*
 * Snapshots: a text becomes facts and the same text again, and what is wrong
 * with one is told with its line.
 */
#include "core/tb.h"

#include <stdlib.h>

#include "catalog/facts.h"
#include "catalog/snapshot.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "unit.h"

#define HEAD                                    \
	"tb-verify snapshot 1\n"                \
	"server 150018\n"                       \
	"class column type not_null position\n" \
	"class schema\n"                        \
	"class table kind options\n"

#define BODY                               \
	"\n"                               \
	"column public.t.id\n"             \
	"\tparent: table public.t\n"       \
	"\tdefinition: integer NOT NULL\n" \
	"\ttype: integer\n"                \
	"\tnot_null: true\n"               \
	"\tneeds: a table public.t\n"      \
	"\n"                               \
	"schema public\n"                  \
	"\n"                               \
	"table public.t\n"                 \
	"\tparent: schema public\n"        \
	"\tkind: ordinary\n"               \
	"\tneeds: n schema public\n"

#define END "\nend\n"

/* The text of what was read; the message, if it could not be. */
static char *
again(const char *text)
{
	struct tb_facts facts = TB_FACTS_INIT;
	struct tb_err err = TB_ERR_INIT;
	struct tb_buf b = TB_BUF_INIT;
	char *copy = tb_strdup(text);

	if (tb_snapshot_parse(&facts, "s", copy, &err) == 0)
		tb_snapshot_text(&facts, &b);
	else
		tb_buf_addf(&b, "%d %s", err.code, err.message);
	/* It may go: the facts have their own. */
	free(copy);
	tb_facts_release(&facts);
	tb_err_release(&err);
	return tb_buf_detach(&b);
}

static void
becomes(const char *text, const char *want, const char *what)
{
	char *got = again(text);

	TB_IS(got, want, what);
	free(got);
}

static void
stays(const char *text, const char *what)
{
	becomes(text, text, what);
}

static void
test_round_trip(void)
{
	stays(HEAD BODY END, "a plain one");
	stays(HEAD END, "one without facts");
	stays("tb-verify snapshot 1\nserver 130000\n" END,
	    "one without classes");
	stays("tb-verify snapshot 1\nserver 150018\nclass table kind\n"
	      "not-compared 3 large object\n" END,
	    "what was not compared");
	stays(HEAD "\nschema\\ \\\\x41\\x01\n\nschema two words\n"
		   "\nschema\\ with\\x0aline\\x20\n" END,
	    "names with whatever is in them");
	stays(HEAD "\ntable t\n"
		   "\tdefinition:\n"
		   "\t| one\n"
		   "\t|\n"
		   "\t|   two\n"
		   "\t\\ three\\x20\n"
		   "\t\\ \\x09\n"
		   "\t\\ a\\\\b\\x7f\n"
		   "\t|\n"
		   "\tkind:\n"
		   "\toptions:\n"
		   "\t|  blank first\n" END,
	    "values of several lines, empty ones, blanks at the end");
	stays(HEAD "\ntable t\n\tkind: a: b\n\toptions: | x \\ y\n" END,
	    "values that look like something else");
}

static void
test_forgiving(void)
{
	becomes("tb-verify snapshot 1\r\nserver 150018\r\nclass schema\r\n\r\n"
		"schema a\r\n\r\nend\r\n",
	    "tb-verify snapshot 1\nserver 150018\nclass schema\n\nschema a\n"
	    "\nend\n",
	    "line ends of another system");
	becomes("tb-verify snapshot 1\nserver 150018\nclass schema\n\n"
		"schema b\n\nschema a\n\n\n\nend\nwhat comes after\n",
	    "tb-verify snapshot 1\nserver 150018\nclass schema\n\nschema a\n\n"
	    "schema b\n\nend\n",
	    "facts in another order are sorted, the rest is not read");
	becomes("tb-verify snapshot 1\nserver 150018\nclass dragon fire\n"
		"class schema\n\ndragon x\n\tfire: yes\n"
		"\tneeds: n schema a\n\ndragon y\n\nschema a\n"
		"\tneeds: n dragon x\n\nend\n",
	    "tb-verify snapshot 1\nserver 150018\nclass schema\n"
	    "not-compared 2 dragon\n\nschema a\n\nend\n",
	    "a class of another program is counted");
	becomes(HEAD "\ncolumn a\n\tneeds: n table b\n\tneeds: n table b\n"
		     "\ntable b\n" END,
	    HEAD "\ncolumn a\n\tneeds: n table b\n\ntable b\n" END,
	    "an edge that stands there twice is one");
}

struct fault {
	const char *text, *message, *what;
};

static const struct fault faults[] = {
	{ "", "65 s:1: this is no snapshot of tb-verify", "nothing" },
	{ "CREATE TABLE t ();\n", "65 s:1: this is no snapshot of tb-verify",
	    "something else" },
	{ "tb-verify snapshot 2\n",
	    "65 s:1: snapshot of format \"2\", this program reads 1",
	    "a later format" },
	{ "tb-verify snapshot 1\n" END,
	    "65 s:2: the line with the server's version is missing",
	    "no version" },
	{ "tb-verify snapshot 1\nserver 15.2\n" END,
	    "65 s:2: \"15.2\" is no version of a server", "a bad version" },
	{ "tb-verify snapshot 1\nserver 99999999999999999999\n" END,
	    "65 s:2: \"99999999999999999999\" is no version of a server",
	    "a version that is too large" },
	{ "tb-verify snapshot 1\nserver 150018\nhello\n" END,
	    "65 s:3: cannot understand \"hello\"", "a strange line on top" },
	{ HEAD "class table kind\n" END,
	    "65 s:6: a class stands here without a name or twice",
	    "a class twice" },
	{ HEAD "class \n" END,
	    "65 s:6: a class stands here without a name or twice",
	    "a class without a name" },
	{ HEAD "not-compared x\n" END, "65 s:6: \"x\" is no number with a name",
	    "a bad count" },
	{ HEAD "not-compared -1 x\n" END,
	    "65 s:6: \"-1 x\" is no number with a name", "a negative count" },
	{ HEAD BODY, "65 s:19: the snapshot breaks off here", "no end" },
	{ HEAD "\n\ttype: x\n" END, "65 s:7: this belongs to no object",
	    "a value of nothing" },
	{ HEAD "\nview v\n" END, "65 s:7: there is no class \"view\" above",
	    "an unknown class" },
	{ HEAD "\n<<<<<<< HEAD\n" END,
	    "65 s:7: there is no class \"<<<<<<<\" above", "a conflict" },
	{ HEAD "\ntable\n" END, "65 s:7: cannot understand \"table\"",
	    "a fact without a name" },
	{ HEAD "\ntable t\n\tkind\n" END, "65 s:8: cannot understand \"kind\"",
	    "a value without a colon" },
	{ HEAD "\ntable t\n\tkind:x\n" END,
	    "65 s:8: cannot understand \"kind:x\"", "one without a blank" },
	{ HEAD "\ntable t\n\tcolour: red\n" END,
	    "65 s:8: class \"table\" has no attribute \"colour\"",
	    "an unknown attribute" },
	{ HEAD "\ntable t\n\tkind: a\n\tkind: b\n" END,
	    "65 s:9: \"kind\" stands here twice or too late", "one twice" },
	{ HEAD "\ntable t\n\toptions: a\n\tkind: b\n" END,
	    "65 s:9: \"kind\" stands here twice or too late", "one too late" },
	{ HEAD "\ntable\\ a\\qb\n" END, "65 s:7: there is no escape \"\\q\"",
	    "a bad escape in a name" },
	{ HEAD "\ntable t\n\tkind:\n\t\\ \\x4\n" END,
	    "65 s:9: there is no escape \"\\x\"", "half an escape" },
	{ HEAD "\ntable t\n\nschema s\n\ntable t\n" END,
	    "65 s:11: table t stands in line 7 already", "a fact twice" },
	{ HEAD "\ntable t\n\tneeds: table u\n" END,
	    "65 s:8: cannot understand \"table u\"", "an edge without a type" },
	{ HEAD "\ntable t\n\tneeds: n table u\n" END,
	    "65 s:8: there is no table u in the snapshot",
	    "an edge to nothing" },
	{ HEAD "\ntable t\n\tneeds: n view v\n" END,
	    "65 s:8: there is no class \"view\" above",
	    "an edge to an unknown class" },
};

static void
test_faults(void)
{
	for (size_t i = 0; i < TB_LEN(faults); i++)
		becomes(faults[i].text, faults[i].message, faults[i].what);
}

/* Wherever it is cut off, it is told; never is half of it believed. */
static void
test_cut(void)
{
	static const char text[] = HEAD BODY END;
	size_t bad = 0;

	for (size_t n = 0; n + 1 < sizeof(text) - 1; n++) {
		char *part = tb_strndup(text, n), *got = again(part);

		if (strncmp(got, "65 s:", 5) != 0)
			bad++;
		free(got);
		free(part);
	}
	TB_OK(bad == 0, "a text that was cut off is refused, wherever that is");
}

static void
test_facts(void)
{
	struct tb_facts facts = TB_FACTS_INIT;
	struct tb_err err = TB_ERR_INIT;
	char *text = tb_strdup(HEAD BODY END);
	const struct tb_fact *column, *up;

	TB_OK(tb_snapshot_parse(&facts, "s", text, &err) == 0, "it is read");
	free(text);
	TB_OK(facts.n == 3 && facts.version == 150018 && facts.nedges == 2,
	    "with all facts, edges and the version");
	column = &facts.v[tb_facts_find(&facts, "column", "public.t.id")];
	up = tb_fact_schema(&facts, column);
	TB_IS(up != NULL ? up->identity : NULL, "public", "parents are found");
	TB_IS(column->definition, "integer NOT NULL", "the definition");
	TB_IS(tb_fact_attribute(column, 1), "not_null", "an attribute");
	TB_IS(tb_fact_value(column, 1), "true", "its value");
	TB_OK(tb_fact_value(column, 2) == NULL, "one that is not there");
	TB_OK(facts.v[facts.edges[0].from].class == column->class &&
		facts.edges[0].type == 'a',
	    "an edge");
	tb_facts_release(&facts);
	tb_err_release(&err);
}

int
main(void)
{
	test_round_trip();
	test_forgiving();
	test_faults();
	test_cut();
	test_facts();
	TB_OK(tb_snapshot_is("tb-verify snapshot 7\n") &&
		!tb_snapshot_is("tb-verify"),
	    "a snapshot is known by its first line");
	return tb_unit_done();
}
