/*
 * What a rehearsal saw, for people and for programs.
 */
#include "core/tb.h"

#include <stdio.h>
#include <string.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "pg/split.h"
#include "rehearse.h"

/* SELECT takes it; it stops nobody but who wants to change the table. */
#define ACCESS_SHARE 1

static void
add_size(struct tb_buf *b, long long bytes)
{
	static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB" };
	size_t unit = 0;

	for (; bytes >= 10240 && unit + 1 < TB_LEN(units); unit++)
		bytes = (bytes + 512) / 1024;
	tb_buf_addf(b, "%lld %s", bytes, units[unit]);
}

/* What happened to the relation besides being locked; NULL: nothing. */
static const char *
note_of(const struct tb_rehearsal_stmt *s, const struct tb_rehearsal_lock *l)
{
	if (l->relation == NULL)
		return "as documented, not measured";
	if (l->advanced)
		return "advanced, which no rollback undoes";
	if (!l->rewritten)
		return NULL;
	if (s->truncates)
		return "emptied";
	return strcmp(l->kind, "index") == 0 ? "rebuilt" : "rewritten";
}

static void
add_relation(struct tb_buf *b, const struct tb_rehearsal_stmt *s,
    const struct tb_rehearsal_lock *l)
{
	const char *note = note_of(s, l);

	if (l->relation != NULL)
		tb_buf_add(b, l->relation);
	if (note == NULL)
		return;
	tb_buf_addf(b, "%s(%s", b->len > 0 ? " " : "", note);
	if (l->rewritten && !s->truncates && l->bytes >= 0) {
		tb_buf_add(b, ", ");
		add_size(b, l->bytes);
	}
	tb_buf_addc(b, ')');
}

/* A line for each lock; the first one has the statement, too. */
static void
add_stmt(struct tb_table *t, const struct tb_rehearsal_stmt *s)
{
	char span[TB_CLOCK_SPAN_LEN + 1];
	struct tb_buf place = TB_BUF_INIT, rows = TB_BUF_INIT;
	bool first = true;

	tb_clock_span(s->seconds, span);
	tb_buf_addf(&place, "%s:%d", s->rs->file.header.path, s->stmt->line);
	if (s->rows >= 0)
		tb_buf_addf(&rows, "%lld", s->rows);
	for (size_t i = 0; i < s->nlocks; i++) {
		const struct tb_rehearsal_lock *l = &s->locks[i];
		struct tb_buf relation = TB_BUF_INIT;

		if (l->strength == ACCESS_SHARE)
			continue;
		add_relation(&relation, s, l);
		tb_table_add(t, first ? place.s : "",
		    first ? (s->rows >= 0 ? rows.s : "?") : "",
		    first ? span : "", l->mode, relation.s);
		tb_buf_release(&relation);
		first = false;
	}
	if (first)
		tb_table_add(t, place.s, s->rows >= 0 ? rows.s : "?", span, "-",
		    s->alone != NULL ? "(outside a transaction)" : "-");
	tb_buf_release(&rows);
	tb_buf_release(&place);
}

static void
print_statements(const struct mig_rehearsal *mr)
{
	struct tb_table t;

	tb_table_init(&t, "STATEMENT", "ROWS", "TIME", "LOCK", "RELATION",
	    NULL);
	tb_table_right(&t, 1);
	tb_table_right(&t, 2);
	for (size_t i = 0; i < mr->watched.n; i++)
		add_stmt(&t, &mr->watched.v[i]);
	tb_table_print(&t, stdout);
	tb_table_release(&t);
}

static void
put(const char *text)
{
	tb_text_put(text, stdout);
}

static void
put_value(const char *value)
{
	if (value == NULL)
		(void)fputs("not set", stdout);
	else
		put(value);
}

static void
print_difference(const struct tb_difference *d)
{
	static const char *const words[] = {
		[TB_DIFF_REMOVED] = "missing",
		[TB_DIFF_ADDED] = "left over",
		[TB_DIFF_CHANGED] = "changed",
	};
	const struct tb_fact *f = tb_diff_fact(d);

	(void)printf("  %s: %s ", words[d->kind], f->class->title);
	put(f->identity);
	if (d->kind == TB_DIFF_CHANGED) {
		(void)printf(": %s was ", d->attribute);
		put_value(d->left_value);
		(void)fputs(", is ", stdout);
		put_value(d->right_value);
	}
	(void)putchar('\n');
}

static void
print_diff(const struct mig_rehearsal *mr, const char *what,
    const struct tb_diff *diff)
{
	const struct mig_trip *t = &mr->trip;

	if (diff->n == 0)
		return;
	if (t->last - t->first == 1) {
		(void)fputs("revision \"", stdout);
		put(mr->up.v[t->first].step->rev->h.id);
		(void)fputs("\": ", stdout);
	}
	(void)printf("%s:\n", what);
	for (size_t i = 0; i < diff->n; i++)
		print_difference(&diff->v[i]);
}

static void
print_way_back(const struct mig_rehearsal *mr)
{
	const struct mig_trip *t = &mr->trip;

	for (size_t i = mr->stuck.n; i-- > 0;) {
		(void)fputs("no way back from revision \"", stdout);
		put(mr->stuck.v[i]);
		(void)fputs("\"\n", stdout);
	}
	if (!mig_trip_differs(t) && mr->back > 0)
		(void)printf("up, down and up again, %zu revision%s: the way "
			     "back leads back\n",
		    mr->back, mr->back == 1 ? "" : "s");
	print_diff(mr, "the way back does not lead back", &t->undone);
	print_diff(mr, "the second time up is not like the first", &t->redone);
}

void
mig_rehearsal_print(const struct mig_rehearsal *mr)
{
	if (mr->ctx->quiet && !mig_trip_differs(&mr->trip))
		return;
	print_statements(mr);
	print_way_back(mr);
}

static void
set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) == -1)
		tb_bug("could not build JSON");
}

static void
append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) == -1)
		tb_bug("could not build JSON");
}

static json_t *
number_or_null(long long n)
{
	return n < 0 ? json_null() : json_integer((json_int_t)n);
}

static json_t *
lock_json(const struct tb_rehearsal_stmt *s, const struct tb_rehearsal_lock *l)
{
	json_t *o = json_object();

	tb_json_set(o, "relation", l->relation);
	tb_json_set(o, "kind", l->kind);
	tb_json_set(o, "mode", l->mode);
	set(o, "measured", json_boolean(s->alone == NULL));
	set(o, "rewritten", json_boolean(l->rewritten && !s->truncates));
	set(o, "emptied", json_boolean(l->rewritten && s->truncates));
	set(o, "advanced", json_boolean(l->advanced));
	set(o, "bytes", number_or_null(l->bytes));
	return o;
}

static json_t *
stmt_json(const struct tb_rehearsal_stmt *s)
{
	json_t *o = json_object(), *locks = json_array();

	tb_json_set(o, "revision", s->rs->step->rev->h.id);
	tb_json_set(o, "file", s->rs->file.header.path);
	set(o, "line", json_integer(s->stmt->line));
	tb_json_set(o, "statement", s->stmt->text);
	tb_json_set(o, "outside_transaction", s->alone);
	set(o, "seconds", json_real(s->seconds));
	set(o, "rows", number_or_null(s->rows));
	for (size_t i = 0; i < s->nlocks; i++)
		append(locks, lock_json(s, &s->locks[i]));
	set(o, "locks", locks);
	return o;
}

static json_t *
difference_json(const struct tb_difference *d)
{
	static const char *const kinds[] = {
		[TB_DIFF_REMOVED] = "missing",
		[TB_DIFF_ADDED] = "left over",
		[TB_DIFF_CHANGED] = "changed",
	};
	const struct tb_fact *f = tb_diff_fact(d);
	json_t *o = json_object();

	tb_json_set(o, "kind", kinds[d->kind]);
	tb_json_set(o, "class", f->class->name);
	tb_json_set(o, "identity", f->identity);
	tb_json_set(o, "attribute", d->attribute);
	tb_json_set(o, "was",
	    d->kind == TB_DIFF_CHANGED   ? d->left_value :
		d->kind == TB_DIFF_ADDED ? NULL :
					   d->left->definition);
	tb_json_set(o, "is",
	    d->kind == TB_DIFF_CHANGED     ? d->right_value :
		d->kind == TB_DIFF_REMOVED ? NULL :
					     d->right->definition);
	return o;
}

static json_t *
diff_json(const struct tb_diff *diff)
{
	json_t *a = json_array();

	for (size_t i = 0; i < diff->n; i++)
		append(a, difference_json(&diff->v[i]));
	return a;
}

static json_t *
way_back_json(const struct mig_rehearsal *mr)
{
	const struct mig_trip *t = &mr->trip;
	bool differs = mig_trip_differs(t);
	json_t *o = json_object();

	set(o, "revisions", json_integer((json_int_t)mr->back));
	set(o, "none", mig_json_strs(&mr->stuck));
	set(o, "leads_back", json_boolean(!differs && mr->back > 0));
	tb_json_set(o, "revision",
	    differs && t->last - t->first == 1 ?
		mr->up.v[t->first].step->rev->h.id :
		NULL);
	set(o, "after_down", diff_json(&t->undone));
	set(o, "after_second_up", diff_json(&t->redone));
	return o;
}

void
mig_rehearsal_print_json(const struct mig_rehearsal *mr)
{
	json_t *o = json_object(), *statements = json_array();

	tb_json_set(o, "place", mr->scratch ? "scratch" : "transaction");
	for (size_t i = 0; i < mr->watched.n; i++)
		append(statements, stmt_json(&mr->watched.v[i]));
	set(o, "statements", statements);
	set(o, "way_back", way_back_json(mr));
	tb_json_print(o);
}
