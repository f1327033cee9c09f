/*
 * Lists of facts and where they disagree.  The results that facts come from
 * are made by hand; no server is asked.
 */
#include "core/tb.h"

#include <stdlib.h>

#include "catalog/diff.h"
#include "catalog/facts.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "unit.h"

#define COLUMNS 9

static char schema_name[] = "schema", table_name[] = "table",
	    column_name[] = "column", view_name[] = "view", title[] = "title";

static const struct tb_class schema = {
	.name = schema_name,
	.title = title,
	.order = 1,
	.sql = "",
};
static const struct tb_class table = {
	.name = table_name,
	.title = title,
	.order = 2,
	.sql = "",
};
static const struct tb_class column = {
	.name = column_name,
	.title = title,
	.order = 3,
	.by_attributes = true,
	.sql = "",
};
static const struct tb_class view = {
	.name = view_name,
	.title = title,
	.order = 4,
	.sql = "",
};

/* identity, parent, definition, then the attributes type and position */
struct row {
	const char *cells[5];
};

static void
set_cell(PGresult *res, int row, int col, const char *text)
{
	char *copy = tb_strdup_null(text);

	(void)PQsetvalue(res, row, col, copy,
	    copy != NULL ? (int)strlen(copy) : -1);
	free(copy);
}

/* A result as a class's statement gives it; oids count up from first. */
static PGresult *
result(const char *const names[COLUMNS], const struct row *rows, int n,
    int first)
{
	PGresult *res = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	PGresAttDesc attrs[COLUMNS] = { 0 };
	char oid[16];
	int used = 0;

	for (; used < COLUMNS && names[used] != NULL; used++)
		attrs[used].name = tb_strdup(names[used]);
	(void)PQsetResultAttrs(res, used, attrs);
	for (int i = 0; i < used; i++)
		free(attrs[i].name);
	for (int i = 0; i < n; i++) {
		(void)snprintf(oid, sizeof(oid), "%d", first + i);
		set_cell(res, i, 0, "1259");
		set_cell(res, i, 1, oid);
		set_cell(res, i, 2, "0");
		for (int c = 3; c < used; c++)
			set_cell(res, i, c, rows[i].cells[c - 3]);
	}
	return res;
}

static const char *const plain[COLUMNS] = { "classid", "objid", "objsubid",
	"identity", "parent", "definition", NULL };
static const char *const typed[COLUMNS] = { "classid", "objid", "objsubid",
	"identity", "parent", "definition", "type", "position", NULL };
/* As an older server's file might have it. */
static const char *const swapped[COLUMNS] = { "classid", "objid", "objsubid",
	"identity", "parent", "definition", "position", NULL };

static void
finish(struct tb_facts *facts)
{
	struct tb_err err = TB_ERR_INIT;

	TB_OK(tb_facts_finish(facts, &err) == 0, "the list is sorted");
	tb_err_release(&err);
}

/* Every difference on a line of its own. */
static char *
described(const struct tb_facts *left, const struct tb_facts *right,
    bool position)
{
	static const char marks[] = { '-', '+', '~' };
	struct tb_diff diff = TB_DIFF_INIT;
	struct tb_buf b = TB_BUF_INIT;

	tb_diff(&diff, left, right, position);
	for (size_t i = 0; i < diff.n; i++) {
		const struct tb_difference *d = &diff.v[i];
		const struct tb_fact *f = tb_diff_fact(d);

		tb_buf_addf(&b, "%c%s %s", marks[d->kind], f->class->name,
		    f->identity);
		if (d->attribute != NULL)
			tb_buf_addf(&b, " %s %s %s", d->attribute,
			    d->left_value != NULL ? d->left_value : "NULL",
			    d->right_value != NULL ? d->right_value : "NULL");
		for (size_t p = 0; p < d->nparts; p++)
			tb_buf_addf(&b, " %zu*%s", d->parts[p].n,
			    d->parts[p].class);
		tb_buf_addc(&b, '\n');
	}
	tb_diff_release(&diff);
	return tb_buf_detach(&b);
}

static void
differs(const struct tb_facts *left, const struct tb_facts *right,
    const char *want, const char *what)
{
	char *got = described(left, right, false);

	TB_IS(got, want, what);
	free(got);
}

static const struct row schemas[] = {
	{ { "public", NULL, "CREATE SCHEMA public" } },
	{ { "\"Odd one\"", NULL, "CREATE SCHEMA \"Odd one\"" } },
};
static const struct row tables[] = {
	{ { "public.b", "schema public", NULL } },
	{ { "public.a", "schema public", NULL } },
	{ { "public.ab", "schema public", "USING heap" } },
};
static const struct row columns[] = {
	{ { "public.b.x", "table public.b", "int", "int", "1" } },
	{ { "public.b.y", "table public.b", "int", "int", "2" } },
	{ { "public.a.x", "table public.a", "int", "int", "1" } },
};

static void
fill(struct tb_facts *facts, int with_schemas, int with_tables,
    int with_columns)
{
	tb_facts_add(facts, &column, result(typed, columns, with_columns, 300));
	tb_facts_add(facts, &table, result(plain, tables, with_tables, 200));
	tb_facts_add(facts, &schema, result(plain, schemas, with_schemas, 100));
	finish(facts);
}

static void
test_list(void)
{
	struct tb_facts facts = TB_FACTS_INIT;
	const struct tb_fact *f;

	fill(&facts, 2, 3, 3);
	TB_OK(facts.n == 8, "all facts are in the list");
	TB_IS(facts.v[0].identity, "public.a.x", "it is sorted by identity");
	f = &facts.v[tb_facts_find(&facts, "column", "public.b.y")];
	TB_IS(f->identity, "public.b.y", "a fact is found");
	TB_OK(tb_facts_find(&facts, "col", "public.b.y") == TB_FACT_NONE,
	    "not by half of its class");
	TB_OK(tb_facts_find(&facts, "columns", "public.b.y") == TB_FACT_NONE,
	    "nor by more than its class");
	TB_IS(tb_fact_up(&facts, f)->identity, "public.b", "its parent");
	TB_IS(tb_fact_schema(&facts, f)->identity, "public", "its schema");
	TB_IS(tb_fact_object(&facts, f)->identity, "public.b", "its object");
	TB_IS(tb_fact_object(&facts, &facts.v[3])->identity, "\"Odd one\"",
	    "a schema is an object itself");
	TB_OK(tb_fact_attributes(f) == 2, "it has two attributes");
	TB_IS(tb_fact_attribute(f, 0), "type", "the name of one");
	TB_IS(tb_fact_value(f, 1), "2", "the value of the other");
	tb_facts_release(&facts);
}

static void
test_twice(void)
{
	struct tb_facts facts = TB_FACTS_INIT;
	struct tb_err err = TB_ERR_INIT;

	tb_facts_add(&facts, &table, result(plain, tables, 2, 1));
	tb_facts_add(&facts, &table, result(plain, tables, 1, 9));
	TB_OK(tb_facts_finish(&facts, &err) == -1, "two facts, one identity");
	TB_IS(err.message, "class \"table\" has two facts \"public.b\"",
	    "is said by name");
	tb_err_release(&err);
	tb_facts_release(&facts);
}

static bool
not_b(const struct tb_facts *facts, const struct tb_fact *f, void *arg)
{
	return strcmp(tb_fact_object(facts, f)->identity, arg) != 0;
}

static void
test_keep(void)
{
	struct tb_facts facts = TB_FACTS_INIT;
	char b[] = "public.b";
	size_t a_x, a, b_y;

	fill(&facts, 1, 3, 3);
	a_x = tb_facts_find(&facts, "column", "public.a.x");
	b_y = tb_facts_find(&facts, "column", "public.b.y");
	a = tb_facts_find(&facts, "table", "public.a");
	facts.edges = tb_calloc(2, sizeof(*facts.edges));
	facts.edges[facts.nedges++] = (struct tb_edge){ a_x, a, 'a' };
	facts.edges[facts.nedges++] = (struct tb_edge){ a_x, b_y, 'n' };

	tb_facts_keep(&facts, not_b, b);
	TB_OK(facts.n == 4, "a table went with its columns");
	TB_OK(tb_facts_find(&facts, "table", b) == TB_FACT_NONE,
	    "it is not found");
	TB_OK(facts.nedges == 1, "an edge to it went too");
	TB_IS(facts.v[facts.edges[0].from].identity, "public.a.x",
	    "the other edge still comes from the column");
	TB_IS(facts.v[facts.edges[0].to].identity, "public.a",
	    "and goes to the table");
	TB_IS(tb_fact_up(&facts, &facts.v[facts.edges[0].from])->identity,
	    "public.a", "whose parent it still is");
	tb_facts_release(&facts);
}

static void
test_missing(void)
{
	struct tb_facts full = TB_FACTS_INIT, less = TB_FACTS_INIT,
			none = TB_FACTS_INIT;

	fill(&full, 2, 3, 3);
	fill(&less, 1, 2, 1);
	finish(&none);
	differs(&full, &full, "", "a list is equal to itself");
	differs(&full, &less,
	    "-column public.a.x\n-column public.b.y\n"
	    "-schema \"Odd one\"\n-table public.ab\n",
	    "what is only on the left");
	differs(&less, &full,
	    "+column public.a.x\n+column public.b.y\n"
	    "+schema \"Odd one\"\n+table public.ab\n",
	    "what is only on the right");
	differs(&full, &none,
	    "-schema \"Odd one\"\n"
	    "-schema public 3*column 3*table\n",
	    "parts are counted with the whole");
	differs(&none, &full,
	    "+schema \"Odd one\"\n"
	    "+schema public 3*column 3*table\n",
	    "on either side");
	tb_facts_release(&full);
	tb_facts_release(&less);
	tb_facts_release(&none);
}

static void
test_changed(void)
{
	static const struct row old[] = {
		{ { "public.b.x", "table public.b", "int", "int", "1" } },
		{ { "public.b.y", "table public.b", "int", "int", "2" } },
		{ { "public.b.z", "table public.b", "int", "int", "3" } },
	};
	static const struct row new[] = {
		{ { "public.b.x", "table public.b", "text", "text", "1" } },
		{ { "public.b.y", "table public.b", "int", NULL, "3" } },
		{ { "public.b.z", "table public.b", "int4", "int", "2" } },
	};
	struct tb_facts left = TB_FACTS_INIT, right = TB_FACTS_INIT;
	char *got;

	tb_facts_add(&left, &column, result(typed, old, 3, 1));
	tb_facts_add(&right, &column, result(typed, new, 3, 7));
	finish(&left);
	finish(&right);
	differs(&left, &right,
	    "~column public.b.x type int text\n"
	    "~column public.b.y type int NULL\n"
	    "~column public.b.z definition int int4\n",
	    "attributes, and the definition only where they agree");
	got = described(&left, &right, true);
	TB_IS(got,
	    "~column public.b.x type int text\n"
	    "~column public.b.y type int NULL\n"
	    "~column public.b.y position 2 3\n"
	    "~column public.b.z position 3 2\n",
	    "the position when it is asked for");
	free(got);
	tb_facts_release(&left);
	tb_facts_release(&right);
}

static void
test_whole_definition(void)
{
	static const struct row old[] = {
		{ { "public.v", "schema public", "SELECT 1", "a" } },
		{ { "public.w", "schema public", "SELECT 1", "a" } },
	};
	static const struct row new[] = {
		{ { "public.v", "schema public", "SELECT 2", "b" } },
		{ { "public.w", "table public.t", "SELECT 1", "a" } },
	};
	struct tb_facts left = TB_FACTS_INIT, right = TB_FACTS_INIT,
			older = TB_FACTS_INIT;

	tb_facts_add(&left, &view, result(typed, old, 2, 1));
	tb_facts_add(&right, &view, result(typed, new, 2, 1));
	tb_facts_add(&older, &view, result(swapped, old, 2, 1));
	finish(&left);
	finish(&right);
	finish(&older);
	differs(&left, &right,
	    "~view public.v type a b\n"
	    "~view public.v definition SELECT 1 SELECT 2\n"
	    "~view public.w parent schema public table public.t\n",
	    "the definition counts beside the attributes");
	differs(&left, &older, "", "what a version does not have is no loss");
	tb_facts_release(&left);
	tb_facts_release(&right);
	tb_facts_release(&older);
}

static void
test_fingerprint(void)
{
	static const struct row moved[] = {
		{ { "public.b.x", "table public.b", "int", "int", "2" } },
		{ { "public.b.y", "table public.b", "int", "int", "1" } },
		{ { "public.a.x", "table public.a", "int", "int", "1" } },
	};
	static const struct row empty[] = {
		{ { "public.b.x", "table public.b", "int", "int", "2" } },
		{ { "public.b.y", "table public.b", "int", "", "1" } },
		{ { "public.a.x", "table public.a", "int", "int", "1" } },
	};
	struct tb_facts a = TB_FACTS_INIT, b = TB_FACTS_INIT, c = TB_FACTS_INIT;
	char one[TB_HASH_LEN + 1], two[TB_HASH_LEN + 1];

	tb_facts_add(&a, &column, result(typed, columns, 3, 1));
	tb_facts_add(&b, &column, result(typed, moved, 3, 5));
	tb_facts_add(&c, &column, result(typed, empty, 3, 5));
	finish(&a);
	finish(&b);
	finish(&c);
	tb_facts_fingerprint(&a, one);
	tb_facts_fingerprint(&b, two);
	TB_IS(one, two, "oids and positions do not count");
	tb_facts_fingerprint(&c, two);
	TB_OK(strcmp(one, two) != 0, "an attribute does");
	tb_facts_release(&a);
	tb_facts_release(&b);
	tb_facts_release(&c);
}

int
main(void)
{
	test_list();
	test_twice();
	test_keep();
	test_missing();
	test_changed();
	test_whole_definition();
	test_fingerprint();
	return tb_unit_done();
}
