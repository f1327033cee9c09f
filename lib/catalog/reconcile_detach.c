/*
 * reconcile_detach.c: indexes and keys of a partition that comes or goes.
 *
 * What a partition has because its parents have it is no fact: the server made
 * it and named it.  Detached the partition keeps it, as its own; what the right
 * side has of that, by definition, need not be made, and the rest goes.  The
 * names are known to the server only, so the statement looks for them.
 *
 * The other way about: an index that a table has already is taken over by the
 * index of the table that it becomes a partition of, unless its name tells.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/order.h"
#include "catalog/reconcile_state.h"
#include "core/buf.h"
#include "core/mem.h"

/* One side: a table and what it has. */
struct side {
	const struct rec *r;
	const struct tb_facts *facts;
	const struct tb_tree *tree;
	const size_t *pair_of;
};

static struct side
side(const struct rec *r, bool on_left)
{
	return (struct side){
		.r = r,
		.facts = on_left ? r->left : r->right,
		.tree = on_left ? &r->left_tree : &r->right_tree,
		.pair_of = on_left ? r->left_pair : r->right_pair,
	};
}

static bool
is_key(const struct tb_fact *f)
{
	const char *kind = tb_rec_attribute(f, "kind");

	return strcmp(f->class->name, "constraint") == 0 && kind != NULL &&
	    strcmp(kind, "check") != 0;
}

static bool
is_index(const struct tb_fact *f)
{
	return strcmp(f->class->name, "index") == 0;
}

/* "UNIQUE USING btree (a)" of an index, all of a key: no names in it. */
static void
definition(const struct tb_fact *f, struct tb_buf *b)
{
	const char *using = strstr(f->definition, " USING ");
	const char *is_unique = tb_rec_attribute(f, "unique");

	if (!is_index(f) || using == NULL) {
		tb_buf_add(b, f->definition);
		return;
	}
	if (is_unique != NULL && strcmp(is_unique, "true") == 0)
		tb_buf_add(b, "UNIQUE");
	tb_buf_add(b, using);
}

static bool
is_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool
is_alike(const struct tb_fact *a, const struct tb_fact *b)
{
	struct tb_buf x = TB_BUF_INIT, y = TB_BUF_INIT;
	bool same;

	definition(a, &x);
	definition(b, &y);
	same = a->class->order == b->class->order && strcmp(x.s, y.s) == 0 &&
	    is_same(tb_rec_attribute(a, "options"),
		tb_rec_attribute(b, "options")) &&
	    is_same(tb_rec_attribute(a, "tablespace"),
		tb_rec_attribute(b, "tablespace"));
	tb_buf_release(&x);
	tb_buf_release(&y);
	return same;
}

/* Indexes and keys of a table; the caller releases the list. */
struct list {
	size_t *v, n, cap;
};

static void
add_own(const struct side *s, size_t table, struct list *list)
{
	for (size_t i = s->tree->first[table]; i != TB_FACT_NONE;
	     i = s->tree->next[i]) {
		if (!is_index(&s->facts->v[i]) && !is_key(&s->facts->v[i]))
			continue;
		list->v =
		    tb_grow(list->v, list->n, &list->cap, sizeof(*list->v));
		list->v[list->n++] = i;
	}
}

/* The table that this one is a partition of; TB_FACT_NONE: of none. */
static size_t
parent_of(const struct side *s, size_t table)
{
	size_t i =
	    tb_facts_find(s->facts, "partition", s->facts->v[table].identity);

	if (i == TB_FACT_NONE)
		return TB_FACT_NONE;
	return tb_facts_find(s->facts, "table",
	    tb_rec_attribute(&s->facts->v[i], "of"));
}

static void
add_of_parents(const struct side *s, size_t table, struct list *list)
{
	while ((table = parent_of(s, table)) != TB_FACT_NONE)
		add_own(s, table, list);
}

/* Take one that is alike out of the list. */
static bool
take(struct list *list, const struct tb_facts *facts, const struct tb_fact *f)
{
	for (size_t i = 0; i < list->n; i++)
		if (is_alike(&facts->v[list->v[i]], f)) {
			list->v[i] = list->v[--list->n];
			return true;
		}
	return false;
}

static void
add_literal(struct tb_buf *b, const char *text)
{
	tb_buf_add(b, strchr(text, '\\') != NULL ? " E'" : "'");
	for (; *text != '\0'; text++) {
		if (*text == '\'' || *text == '\\')
			tb_buf_addc(b, *text);
		tb_buf_addc(b, *text);
	}
	tb_buf_addc(b, '\'');
}

/* The last name, without quotes. */
static void
add_name(struct tb_buf *b, const struct tb_fact *f)
{
	struct tb_buf quoted = TB_BUF_INIT, name = TB_BUF_INIT;
	const char *s;

	tb_rec_name(f->identity, -1, &quoted);
	for (s = quoted.s + (*quoted.s == '"'); *s != '\0'; s++) {
		if (*s == '"' && *++s == '\0')
			break;
		tb_buf_addc(&name, *s);
	}
	add_literal(b, name.s);
	tb_buf_release(&quoted);
	tb_buf_release(&name);
}

/* A row of what shall be there; without a name it may have any. */
static void
add_wanted(struct tb_buf *b, const struct tb_fact *f, bool named)
{
	struct tb_buf text = TB_BUF_INIT;

	definition(f, &text);
	tb_buf_addf(b, "%s\n            (%s, ", b->len > 0 ? "," : "",
	    is_index(f) ? "'index'" : "'constraint'");
	add_literal(b, text.s);
	tb_buf_add(b, ", ");
	if (named)
		add_name(b, f);
	else
		tb_buf_add(b, "NULL");
	tb_buf_addc(b, ')');
	tb_buf_release(&text);
}

static void
add_own_names(const struct side *s, size_t table, struct tb_buf *b)
{
	struct list own = { NULL, 0, 0 };

	add_own(s, table, &own);
	for (size_t i = 0; i < own.n; i++) {
		tb_buf_add(b, i > 0 ? ", " : "");
		add_name(b, &s->facts->v[own.v[i]]);
	}
	free(own.v);
}

/* What the right side has of what is left behind. */
static void
find_wanted(struct rec *r, struct rec_pair *p, size_t table,
    struct list *behind, struct tb_buf *wanted)
{
	const struct side right = side(r, false);
	struct list own = { NULL, 0, 0 }, given = { NULL, 0, 0 };

	if (table == TB_FACT_NONE)
		return;
	add_own(&right, table, &own);
	add_of_parents(&right, table, &given);
	for (size_t i = 0; i < own.n; i++) {
		struct rec_pair *q = &r->pairs[r->right_pair[own.v[i]]];

		if (q->state != REC_CREATE ||
		    !take(behind, r->left, &r->right->v[own.v[i]]))
			continue;
		q->made_by = (size_t)(p - r->pairs);
		add_wanted(wanted, &r->right->v[own.v[i]], true);
	}
	for (size_t i = 0; i < given.n; i++)
		if (take(behind, r->left, &r->right->v[given.v[i]]))
			add_wanted(wanted, &r->right->v[given.v[i]], false);
	free(own.v);
	free(given.v);
}

static void
detach(struct rec *r, struct rec_pair *p, const struct rec_pair *table)
{
	const struct side left = side(r, true);
	struct list behind = { NULL, 0, 0 };
	struct tb_buf wanted = TB_BUF_INIT, own = TB_BUF_INIT;

	add_of_parents(&left, table->left, &behind);
	if (behind.n > 0) {
		find_wanted(r, p, table->right, &behind, &wanted);
		add_own_names(&left, table->left, &own);
		tb_rec_give(p, "behind", tb_strdup("true"));
		tb_rec_give(p, "wanted",
		    wanted.len > 0 ? tb_strdup(wanted.s) : NULL);
		tb_rec_give(p, "own_names", tb_strdup(own.s));
	}
	free(behind.v);
	tb_buf_release(&wanted);
	tb_buf_release(&own);
}

/* Does a foreign key refer to a key of the table? */
static bool
is_referenced(const struct rec *r, size_t table)
{
	const struct side left = side(r, true);
	struct list own = { NULL, 0, 0 };
	bool found = false;

	add_own(&left, table, &own);
	for (size_t i = 0; i < own.n && !found; i++) {
		size_t of = own.v[i];
		size_t j = r->needed_by.first[of];

		for (; j < r->needed_by.first[of + 1] && !found; j++) {
			const struct tb_edge *e =
			    &r->left->edges[r->needed_by.v[j]];

			found = is_key(&r->left->v[e->from]);
		}
	}
	free(own.v);
	return found;
}

/* DROP TABLE of a partition does not free it from keys that refer to it. */
static void
detach_first(const struct rec *r, struct rec_pair *p, size_t table)
{
	const struct side left = side(r, true);

	while ((table = parent_of(&left, table)) != TB_FACT_NONE)
		if (is_referenced(r, table))
			p->undropped = true;
}

/* Is it called as the server would call it (sql/partition_index.sql)? */
static bool
is_usual_name(const struct tb_fact *f, const struct tb_fact *table)
{
	static const char *const ends[] = { "_idx", "_key", "_pkey", "_excl" };
	struct tb_buf name = TB_BUF_INIT, start = TB_BUF_INIT;
	bool usual = false;
	size_t n;

	tb_rec_name(f->identity, -1, &name);
	tb_rec_name(table->identity, -1, &start);
	for (n = name.len; n > 0 && isdigit((unsigned char)name.s[n - 1]); n--)
		;
	for (size_t i = 0; i < TB_LEN(ends); i++) {
		size_t len = strlen(ends[i]);

		if (n > len && strncmp(name.s + n - len, ends[i], len) == 0)
			usual = true;
	}
	n = start.len < 26 ? start.len : 26;
	usual = usual && strncmp(name.s, start.s, n) == 0;
	tb_buf_release(&name);
	tb_buf_release(&start);
	return usual;
}

/*
 * May the index of a parent take it over?  Keys by reference have no index;
 * of others the name has to be that which the right side has.
 */
static bool
may_stay(const struct rec *r, const struct tb_fact *f,
    const struct tb_fact *table, const struct tb_fact *of)
{
	const char *kind = tb_rec_attribute(f, "kind"), *name = NULL;
	struct tb_buf identity = TB_BUF_INIT, own = TB_BUF_INIT;
	size_t i;
	bool may;

	if (kind != NULL && strcmp(kind, "foreign key") == 0)
		return true;
	tb_buf_addf(&identity, "%s OF ", table->identity);
	if (is_index(of)) {
		tb_buf_add(&identity, of->identity);
	} else {
		tb_rec_name(of->identity, 0, &identity);
		tb_buf_addc(&identity, '.');
		tb_rec_name(of->identity, -1, &identity);
	}
	i = tb_facts_find(r->right, "partition-index", identity.s);
	if (i != TB_FACT_NONE)
		name = tb_rec_attribute(&r->right->v[i], "name");
	tb_rec_name(f->identity, -1, &own);
	may = name != NULL ? strcmp(name, own.s) == 0 : is_usual_name(f, table);
	tb_buf_release(&identity);
	tb_buf_release(&own);
	return may;
}

/* Does the plan make the index, or valid? */
static bool
is_coming(const struct rec_pair *p)
{
	for (size_t i = 0; p->state == REC_CHANGE && i < p->n; i++)
		if (strcmp(p->changes[i].attribute, "valid") == 0)
			return true;
	return tb_rec_is_made(p);
}

/*
 * What the table has of its own and the parents' indexes take over: when it
 * is attached, or when those come.
 */
static void
attach(struct rec *r, const struct rec_pair *p, const struct rec_pair *table)
{
	const struct side left = side(r, true), right = side(r, false);
	struct list own = { NULL, 0, 0 }, given = { NULL, 0, 0 };
	bool is_new = tb_rec_is_made(p);

	add_own(&left, table->left, &own);
	if (own.n > 0)
		add_of_parents(&right, table->right, &given);
	for (size_t i = 0; i < own.n; i++) {
		const struct tb_fact *f = &r->left->v[own.v[i]];
		struct rec_pair *q = &r->pairs[r->left_pair[own.v[i]]];

		for (size_t j = 0; q->state == REC_DROP && j < given.n; j++) {
			const struct tb_fact *of = &r->right->v[given.v[j]];
			size_t by = r->right_pair[given.v[j]];

			if ((!is_new && !is_coming(&r->pairs[by])) ||
			    !is_alike(f, of))
				continue;
			if (is_new)
				by = (size_t)(p - r->pairs);
			if (may_stay(r, f, &r->left->v[table->left], of))
				q->taken_by = by;
			else
				q->gone_before = by;
			given.v[j] = given.v[--given.n];
			break;
		}
	}
	free(own.v);
	free(given.v);
}

/* Is its table a partition of the table of what takes it over? */
bool
tb_rec_is_taken_directly(const struct rec *r, const struct rec_pair *p)
{
	const struct side left = side(r, true);
	const struct rec_pair *table = tb_rec_up(r, p, true);
	const struct rec_pair *of = tb_rec_up(r, &r->pairs[p->taken_by], true);
	size_t parent =
	    table != NULL ? parent_of(&left, table->left) : TB_FACT_NONE;

	return of != NULL && parent != TB_FACT_NONE && parent == of->left;
}

void
tb_rec_partitions(struct rec *r)
{
	for (size_t i = 0; i < r->npairs; i++) {
		struct rec_pair *p = &r->pairs[i];
		const struct rec_pair *table;

		tb_rec_partition_index(r, p);
		if (strcmp(tb_rec_fact(r, p)->class->name, "partition") != 0)
			continue;
		table = tb_rec_up(r, p, p->left != TB_FACT_NONE);
		if (table == NULL || table->left == TB_FACT_NONE)
			continue;
		if (tb_rec_is_destroyed(table) && tb_rec_is_destroyed(p))
			detach_first(r, p, table->left);
		if (table->right == TB_FACT_NONE || tb_rec_is_made(table))
			continue;
		if (tb_rec_is_destroyed(p))
			detach(r, p, table);
		if (p->right != TB_FACT_NONE)
			attach(r, p, table);
	}
}

/* What would be taken over and shall not be. */
static void
order_gone(const struct rec *r, struct tb_order *o)
{
	for (size_t i = 0; i < r->npairs; i++) {
		const struct rec_pair *p = &r->pairs[i];
		size_t by = p->gone_before;

		if (by != TB_FACT_NONE && p->drop != TB_FACT_NONE &&
		    r->pairs[by].make != TB_FACT_NONE)
			tb_order_add(o, p->drop, r->pairs[by].make, false);
	}
}

/* After DETACH the table may have what it shall have, or something else. */
void
tb_rec_order_detached(const struct rec *r, struct tb_order *o)
{
	tb_rec_order_tops(r, o);
	order_gone(r, o);
	for (size_t i = 0; i < r->npairs; i++) {
		const struct rec_pair *p = &r->pairs[i];
		const struct rec_pair *up = tb_rec_up(r, p, false);
		const struct tb_fact *f = tb_rec_right(r, p);
		size_t partition;

		if (up == NULL || up->left == TB_FACT_NONE ||
		    p->make == TB_FACT_NONE || (!is_index(f) && !is_key(f)))
			continue;
		partition = tb_facts_find(r->left, "partition",
		    r->left->v[up->left].identity);
		if (partition == TB_FACT_NONE)
			continue;
		partition = r->pairs[r->left_pair[partition]].drop;
		if (partition != TB_FACT_NONE)
			tb_order_add(o, partition, p->make, false);
	}
}
