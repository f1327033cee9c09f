/*
 * rename_match.c: what the names of "--: renamed-from" mean on two sides.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "rename.h"

static const char *
add_name(const char *s, struct tb_strs *names)
{
	bool quoted = *s == '"';
	struct tb_buf b = TB_BUF_INIT;

	for (s += quoted; *s != '\0'; s++) {
		if (quoted && *s == '"' && *++s != '"')
			break;
		if (!quoted && strchr(".( ", *s) != NULL)
			break;
		tb_buf_addc(&b, quoted ? *s : (char)tolower((unsigned char)*s));
	}
	tb_strs_take(names, tb_buf_detach(&b));
	return s;
}

const char *
ver_rename_names(const char *text, struct tb_strs *names)
{
	text = add_name(text, names);
	while (*text == '.')
		text = add_name(text + 1, names);
	return text;
}

/* An identity, cut into names and what follows them. */
struct name {
	struct tb_strs names;
	const char *rest;
};

static struct name
name_of(const struct tb_fact *f)
{
	struct name n = { .names = TB_STRS_INIT };

	n.rest = ver_rename_names(f->identity, &n.names);
	return n;
}

/* The last names are these, and at most the schema is missing. */
static bool
ends_in(const struct tb_strs *names, const struct tb_strs *last)
{
	size_t skip = names->n - last->n;

	if (last->n > names->n || skip > 1)
		return false;
	for (size_t i = 0; i < last->n; i++)
		if (strcmp(names->v[skip + i], last->v[i]) != 0)
			return false;
	return true;
}

struct found {
	const struct tb_fact **v;
	size_t n, cap;
};

/*
 * What is called so on the right.  Where several schemas have one it is that
 * of the search path, if the text has set it.
 */
static void
find_new(const struct ver_rename_line *line, const struct tb_facts *right,
    struct found *found)
{
	size_t best = line->path.n;

	for (size_t i = 0; i < right->n; i++) {
		const struct tb_fact *f = &right->v[i];
		struct name n;
		size_t rank;

		if (strcmp(f->class->name, line->class) != 0)
			continue;
		n = name_of(f);
		if (n.names.n == line->full &&
		    ends_in(&n.names, &line->names)) {
			for (rank = 0; rank < line->path.n; rank++)
				if (strcmp(line->path.v[rank], n.names.v[0]) ==
				    0)
					break;
			if (line->names.n == line->full)
				rank = best;
			if (rank < best)
				found->n = 0;
			if (rank <= best) {
				found->v = tb_grow(found->v, found->n,
				    &found->cap, sizeof(*found->v));
				found->v[found->n++] = f;
				best = rank;
			}
		}
		tb_strs_release(&n.names);
	}
}

/* The old name of what is called that on the right. */
static bool
is_old(const struct ver_rename_line *line, const struct name *new,
    const struct name *n)
{
	size_t own = line->full - 1;
	const char *rest = line->old_rest != NULL ? line->old_rest : new->rest;

	if (n->names.n != line->full || strcmp(n->rest, rest) != 0 ||
	    strcmp(n->names.v[own], line->old.v[line->old.n - 1]) != 0)
		return false;
	for (size_t i = 0; i < own; i++)
		if (strcmp(n->names.v[i],
			line->old.n > 1 ? line->old.v[i] : new->names.v[i]) !=
		    0)
			return false;
	return true;
}

static const struct tb_fact *
find_old(const struct ver_rename_line *line, const struct tb_facts *left,
    const struct tb_fact *new)
{
	struct name name = name_of(new);
	const struct tb_fact *found = NULL;

	for (size_t i = 0; i < left->n && found == NULL; i++) {
		struct name n;

		if (strcmp(left->v[i].class->name, line->class) != 0)
			continue;
		n = name_of(&left->v[i]);
		if (is_old(line, &name, &n))
			found = &left->v[i];
		tb_strs_release(&n.names);
	}
	tb_strs_release(&name.names);
	return found;
}

/* Of routines of one name: those with the arguments that are given. */
static void
keep_rest(const struct ver_rename_line *line, struct found *found)
{
	size_t kept = 0;

	for (size_t i = 0; line->old_rest != NULL && i < found->n; i++) {
		struct name n = name_of(found->v[i]);

		if (strcmp(n.rest, line->old_rest) == 0)
			found->v[kept++] = found->v[i];
		tb_strs_release(&n.names);
	}
	if (line->old_rest != NULL)
		found->n = kept;
}

static int
ambiguous(const struct ver_rename_line *line, const struct found *found,
    struct tb_err *err)
{
	bool routine = strchr(found->v[0]->identity, '(') != NULL;

	(void)tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: what stands below renamed-from may be %s %s or %s",
	    line->file, line->line, line->class, found->v[0]->identity,
	    found->v[1]->identity);
	return tb_err_hint(err,
	    routine ? "Write its arguments behind the old name, as in these." :
		      "Write the new name with its schema.");
}

static int
choose(const struct ver_rename_line *line, const struct tb_facts *left,
    const struct found *found, struct ver_rename_match *match,
    struct tb_err *err)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct tb_fact *old = find_old(line, left, found->v[i]);

		if (old == NULL)
			continue;
		if (found->n > 1)
			return ambiguous(line, found, err);
		match->from = old;
		match->to = found->v[i];
		match->state = tb_facts_find(left, line->class,
				   match->to->identity) == TB_FACT_NONE ?
		    VER_RENAME_READY :
		    VER_RENAME_TAKEN;
	}
	return 0;
}

int
ver_rename_match(const struct ver_rename_line *line,
    const struct tb_facts *left, const struct tb_facts *right,
    struct ver_rename_match *match, struct tb_err *err)
{
	struct found found = { NULL, 0, 0 };
	bool some;
	int rc;

	*match = (struct ver_rename_match){ .state = VER_RENAME_DONE };
	find_new(line, right, &found);
	some = found.n > 0;
	keep_rest(line, &found);
	if (some && found.n == 0)
		rc = tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: no %s of that name has \"%s\" behind it",
		    line->file, line->line, line->class, line->old_rest);
	else
		rc = choose(line, left, &found, match, err);
	free(found.v);
	return rc;
}
