/*
 * The graph in the languages of other programs.  An edge points the way up:
 * from what must be applied first to what comes after it.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/err.h"
#include "core/mem.h"
#include "draw.h"
#include "migrate.h"

struct language {
	void (*node)(const struct tb_revision *, bool is_current, void *arg);
	void (*edge)(const struct tb_revision *from,
	    const struct tb_revision *to, bool is_dependency, void *arg);
	void *arg;
};

static void
write_graph(const struct language *to, const struct tb_graph *g,
    const struct tb_revs *revs, const struct tb_revs *current)
{
	struct mig_edges e = MIG_EDGES_INIT;
	bool *listed = mig_listed(g, revs);

	for (size_t i = 0; i < revs->n; i++)
		to->node(revs->v[i],
		    current != NULL && tb_revs_has(current, revs->v[i]),
		    to->arg);
	for (size_t i = 0; i < revs->n; i++) {
		mig_edges(revs->v[i], listed, &e);
		for (size_t k = 0; k < e.to.n; k++)
			to->edge(e.to.v[k], revs->v[i], k >= e.n_parents,
			    to->arg);
	}
	tb_revs_release(&e.to);
	free(listed);
}

/* Control characters as \xHH; the caller frees it. */
static char *
printable(const char *text)
{
	char *out = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&out, &len);

	if (f == NULL)
		tb_bug("open_memstream failed");
	tb_text_put(text, f);
	if (fclose(f) != 0)
		tb_bug("fclose of memory failed");
	return out;
}

/* The second line of a box; the caller frees it. */
static char *
labels_of(const struct tb_revision *r)
{
	char *list = tb_strs_join(&r->labels, ", "), *text;

	text = r->labels.n > 0 ? tb_asprintf("(%s)", list) : tb_strdup("");
	free(list);
	return text;
}

/* --- Graphviz ------------------------------------------------------------- */

static void
put_dot(const char *before, const char *text)
{
	char *clean = printable(text);

	if (*clean != '\0')
		(void)fputs(before, stdout);
	for (const char *p = clean; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			(void)putchar('\\');
		(void)putchar(*p);
	}
	free(clean);
}

static void
dot_node(const struct tb_revision *r, bool is_current, void *arg TB_UNUSED)
{
	char *labels = labels_of(r);

	put_dot("\t\"", r->h.id);
	put_dot("\" [label=\"", r->h.id);
	put_dot("\\n", labels);
	put_dot("\\n", r->h.message);
	(void)putchar('"');
	if (tb_revision_is_real_head(r))
		(void)fputs(", penwidth=2", stdout);
	if (is_current)
		(void)fputs(", style=\"rounded,filled\"", stdout);
	(void)puts("];");
	free(labels);
}

static void
dot_edge(const struct tb_revision *from, const struct tb_revision *to,
    bool is_dependency, void *arg TB_UNUSED)
{
	put_dot("\t\"", from->h.id);
	put_dot("\" -> \"", to->h.id);
	(void)puts(is_dependency ? "\" [style=dotted];" : "\";");
}

void
mig_draw_dot(const struct tb_graph *g, const struct tb_revs *revs,
    const struct tb_revs *current)
{
	static const struct language dot = { dot_node, dot_edge, NULL };

	(void)puts("digraph revisions {\n\tcharset=\"UTF-8\";\n\trankdir=BT;\n"
		   "\tnode [shape=box, style=rounded];");
	write_graph(&dot, g, revs, current);
	(void)puts("}");
}

/* --- Mermaid -------------------------------------------------------------- */

/* Its escape is the number of the character between # and a semicolon. */
static void
put_mermaid(const char *before, const char *text)
{
	char *clean = printable(text);

	if (*clean != '\0')
		(void)fputs(before, stdout);
	for (const char *p = clean; *p != '\0'; p++) {
		if (strchr("\"#;&<>`\\*_~", *p) != NULL)
			(void)printf("#%d;", *p);
		else
			(void)putchar(*p);
	}
	free(clean);
}

/* An id may be a word of the language, so boxes are numbered. */
static void
mermaid_node(const struct tb_revision *r, bool is_current, void *arg TB_UNUSED)
{
	char *labels = labels_of(r);

	(void)printf("    r%zu", r->index);
	put_mermaid("[\"", r->h.id);
	put_mermaid("<br/>", labels);
	put_mermaid("<br/>", r->h.message);
	(void)printf("\"]%s\n",
	    is_current                      ? ":::current" :
		tb_revision_is_real_head(r) ? ":::head" :
					      "");
	free(labels);
}

static void
mermaid_edge(const struct tb_revision *from, const struct tb_revision *to,
    bool is_dependency, void *arg TB_UNUSED)
{
	(void)printf("    r%zu %s r%zu\n", from->index,
	    is_dependency ? "-.->" : "-->", to->index);
}

void
mig_draw_mermaid(const struct tb_graph *g, const struct tb_revs *revs,
    const struct tb_revs *current)
{
	static const struct language mermaid = { mermaid_node, mermaid_edge,
		NULL };

	(void)puts("flowchart BT\n"
		   "    classDef head stroke-width:3px\n"
		   "    classDef current fill:#cfc,stroke:#060");
	write_graph(&mermaid, g, revs, current);
}

/* --- JSON ----------------------------------------------------------------- */

struct json_graph {
	json_t *nodes, *edges;
	bool with_current;
};

static void
json_node(const struct tb_revision *r, bool is_current, void *arg)
{
	struct json_graph *to = arg;
	json_t *o = mig_json_revision(r);

	if (to->with_current)
		(void)json_object_set_new(o, "current",
		    json_boolean(is_current));
	(void)json_array_append_new(to->nodes, o);
}

static void
json_edge(const struct tb_revision *from, const struct tb_revision *to,
    bool is_dependency, void *arg)
{
	struct json_graph *graph = arg;
	json_t *o = json_object();

	tb_json_set(o, "from", from->h.id);
	tb_json_set(o, "to", to->h.id);
	tb_json_set(o, "kind", is_dependency ? "dependency" : "parent");
	(void)json_array_append_new(graph->edges, o);
}

void
mig_draw_json(const struct tb_graph *g, const struct tb_revs *revs,
    const struct tb_revs *current)
{
	struct json_graph graph = { json_array(), json_array(),
		current != NULL };
	const struct language json = { json_node, json_edge, &graph };
	json_t *o = json_object();

	write_graph(&json, g, revs, current);
	(void)json_object_set_new(o, "nodes", graph.nodes);
	(void)json_object_set_new(o, "edges", graph.edges);
	tb_json_print(o);
}
