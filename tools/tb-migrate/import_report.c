/*
 * What was imported, for people and for programs.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/table.h"
#include "core/log.h"
#include "core/mem.h"
#include "import.h"

struct counts {
	size_t added, kept, marks;
};

static struct counts
count(const struct mig_imp *imp)
{
	struct counts c = { 0, 0, 0 };

	for (size_t i = 0; i < imp->n; i++) {
		if (imp->v[i]->kept) {
			c.kept++;
		} else {
			c.added++;
			c.marks += imp->v[i]->n_marks;
		}
	}
	return c;
}

static void
add_row(struct tb_table *t, const struct mig_imp_rev *r)
{
	char *up = tb_asprintf("%zu", r->upgrade.statements);
	char *down = r->downgrade.text != NULL ?
	    tb_asprintf("%zu", r->downgrade.statements) :
	    tb_strdup("none");
	char *marks = tb_asprintf("%zu", r->n_marks);

	tb_table_add(t, r->id, r->kept ? "" : up, r->kept ? "" : down,
	    r->kept ? "kept" : marks, r->message);
	if (!r->kept && r->n_marks > 0)
		tb_table_colour(t, TB_YELLOW);
	free(up);
	free(down);
	free(marks);
}

static void
print_revisions(const struct mig_imp *imp)
{
	struct tb_table t;

	tb_table_init(&t, "REVISION", "UP", "DOWN", "UNTRANSLATED", "MESSAGE",
	    NULL);
	tb_table_right(&t, 1);
	tb_table_right(&t, 2);
	tb_table_right(&t, 3);
	for (size_t i = 0; i < imp->n; i++)
		add_row(&t, imp->v[i]);
	tb_table_print(&t, stdout);
	tb_table_release(&t);
}

static void
print_marks(const struct mig_imp *imp)
{
	struct tb_table t;

	tb_table_init(&t, "WHERE", "UNTRANSLATED", NULL);
	for (size_t i = 0; i < imp->n; i++)
		for (size_t j = 0; !imp->v[i]->kept && j < imp->v[i]->n_marks;
		     j++) {
			const struct mig_imp_mark *m = &imp->v[i]->marks[j];
			char *where = m->line > 0 ?
			    tb_asprintf("%s:%d", m->file, m->line) :
			    tb_strdup(m->file);

			tb_table_add(&t, where, m->what);
			free(where);
		}
	if (t.rows > 0)
		(void)putchar('\n');
	tb_table_print(&t, stdout);
	tb_table_release(&t);
}

static json_t *
json_list(const struct tb_strs *list)
{
	json_t *a = json_array();

	for (size_t i = 0; i < list->n; i++)
		(void)json_array_append_new(a, tb_json_text(list->v[i]));
	return a;
}

static json_t *
json_marks(const struct mig_imp_rev *r)
{
	json_t *a = json_array();

	for (size_t i = 0; i < r->n_marks; i++) {
		json_t *o = json_object();

		tb_json_set(o, "file", r->marks[i].file);
		(void)json_object_set_new(o, "line",
		    r->marks[i].line > 0 ? json_integer(r->marks[i].line) :
					   json_null());
		tb_json_set(o, "what", r->marks[i].what);
		(void)json_array_append_new(a, o);
	}
	return a;
}

static json_t *
json_revision(const struct mig_imp_rev *r)
{
	json_t *o = json_object();
	bool back = r->downgrade.text != NULL;

	tb_json_set(o, "revision", r->id);
	(void)json_object_set_new(o, "parents", json_list(&r->parents));
	(void)json_object_set_new(o, "depends_on", json_list(&r->depends_on));
	(void)json_object_set_new(o, "labels", json_list(&r->labels));
	tb_json_set(o, "message", r->message);
	tb_json_set(o, "source", r->source);
	tb_json_set(o, "path", r->path);
	(void)json_object_set_new(o, "kept", json_boolean(r->kept));
	if (r->kept)
		return o;
	(void)json_object_set_new(o, "upgrade",
	    json_integer((json_int_t)r->upgrade.statements));
	(void)json_object_set_new(o, "downgrade",
	    back ? json_integer((json_int_t)r->downgrade.statements) :
		   json_null());
	(void)json_object_set_new(o, "untranslated", json_marks(r));
	return o;
}

static void
print_json(const struct mig_imp *imp, const char *dir, bool written,
    const char *stamp)
{
	struct counts c = count(imp);
	json_t *o = json_object(), *revisions = json_array();

	tb_json_set(o, "format", imp->format->name);
	tb_json_set(o, "from", imp->dir);
	tb_json_set(o, "to", dir);
	(void)json_object_set_new(o, "written", json_boolean(written));
	(void)json_object_set_new(o, "added",
	    json_integer((json_int_t)c.added));
	(void)json_object_set_new(o, "kept", json_integer((json_int_t)c.kept));
	(void)json_object_set_new(o, "untranslated",
	    json_integer((json_int_t)c.marks));
	tb_json_set(o, "stamp", stamp);
	for (size_t i = 0; i < imp->n; i++)
		(void)json_array_append_new(revisions,
		    json_revision(imp->v[i]));
	(void)json_object_set_new(o, "revisions", revisions);
	tb_json_print(o);
}

void
mig_imp_print(const struct tb_ctx *ctx, const struct mig_imp *imp,
    const char *dir, bool written, const char *stamp)
{
	struct counts c = count(imp);

	if (tb_cli_is_json(ctx)) {
		print_json(imp, dir, written, stamp);
		return;
	}
	if (!ctx->quiet) {
		print_revisions(imp);
		print_marks(imp);
		(void)fflush(stdout);
	}
	tb_info("%zu %s %s \"%s\", %zu %s there already", c.added,
	    c.added == 1 ? "revision" : "revisions",
	    written ? "written to" : "would be written to", dir, c.kept,
	    c.kept == 1 ? "was" : "were");
	if (c.marks == 0)
		return;
	tb_warn("%zu %s not be translated", c.marks,
	    c.marks == 1 ? "place could" : "places could");
	tb_hint("Write the SQL by hand where a line begins with \"--: "
		"untranslated\", and take that line out: until then the "
		"revision is refused.");
}
