/*
 * rule_type.c: what becomes of the values when a column gets another type.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"

/* "numeric(20,8)": name, modifiers (-1: none), dimensions. */
struct type {
	char name[80];
	long mod[2];
	bool array;
};

static void
parse(struct type *t, const char *text)
{
	size_t n = 0;
	const char *open = strchr(text, '(');

	*t = (struct type){ .mod = { -1, -1 } };
	for (const char *s = text; *s != '\0' && n < sizeof(t->name) - 1; s++) {
		if (*s == '(' && text[0] != '"') {
			s += strcspn(s, ")");
			if (*s == '\0')
				break;
			continue;
		}
		if (*s == '[')
			break;
		t->name[n++] = *s;
	}
	t->array = strstr(text, "[]") != NULL;
	if (open != NULL && text[0] != '"') {
		char *end;

		t->mod[0] = strtol(open + 1, &end, 10);
		if (*end == ',')
			t->mod[1] = strtol(end + 1, NULL, 10);
	}
}

static bool
is(const struct type *t, const char *name)
{
	return strcmp(t->name, name) == 0;
}

static bool
is_unlimited_text(const struct type *t)
{
	return is(t, "text") || (is(t, "character varying") && t->mod[0] == -1);
}

/* Each can hold what the one before it holds. */
static const char *const numbers[] = { "smallint", "integer", "bigint",
	"numeric" };
static const char *const floats[] = { "real", "double precision" };
static const char *const texts[] = { "character", "character varying", "text" };
static const char *const times[] = { "date", "timestamp without time zone",
	"timestamp with time zone" };
static const char *const clocks[] = { "time without time zone",
	"time with time zone" };
static const char *const bits[] = { "bit", "bit varying" };
static const char *const addresses[] = { "cidr", "inet" };

#define FAMILY(f)            \
	{                    \
		f, TB_LEN(f) \
	}
static const struct {
	const char *const *v;
	size_t n;
} families[] = { FAMILY(numbers), FAMILY(floats), FAMILY(texts), FAMILY(times),
	FAMILY(clocks), FAMILY(bits), FAMILY(addresses) };

static int
rank(const struct type *t, size_t family)
{
	for (size_t i = 0; i < families[family].n; i++)
		if (is(t, families[family].v[i]))
			return (int)i;
	return -1;
}

bool
tb_rec_type_is_same_or_wider(const char *old, const char *new)
{
	struct type a, b;

	if (strcmp(old, new) == 0)
		return true;
	parse(&a, old);
	parse(&b, new);
	if (a.array != b.array)
		return false;
	if ((is(&a, "character varying") || is(&a, "text")) &&
	    is_unlimited_text(&b))
		return true;
	if (is(&a, "cidr") && is(&b, "inet") && !a.array)
		return true;
	if (strcmp(a.name, b.name) != 0 || is(&a, "character") || is(&a, "bit"))
		return false;
	if (b.mod[0] == -1)
		return true;
	return a.mod[0] != -1 && b.mod[0] >= a.mod[0] && a.mod[1] == b.mod[1];
}

static bool
fits(const struct type *a, const struct type *b)
{
	if (b->mod[0] == -1)
		return true;
	/* numeric(p, s): neither side of the point gets shorter. */
	return strcmp(a->name, b->name) == 0 && a->mod[0] != -1 &&
	    b->mod[1] >= a->mod[1] &&
	    b->mod[0] - (b->mod[1] > 0 ? b->mod[1] : 0) >=
	    a->mod[0] - (a->mod[1] > 0 ? a->mod[1] : 0);
}

bool
tb_rec_type_is_lossless(const char *old, const char *new)
{
	struct type a, b;

	parse(&a, old);
	parse(&b, new);
	if (is_unlimited_text(&b) && !b.array)
		return true;
	if (a.array != b.array)
		return false;
	for (size_t i = 0; i < TB_LEN(families); i++)
		if (rank(&a, i) != -1 && rank(&b, i) >= rank(&a, i))
			return fits(&a, &b);
	return false;
}

bool
tb_rec_type_is_kindred(const char *old, const char *new)
{
	struct type a, b;

	parse(&a, old);
	parse(&b, new);
	for (size_t i = 0; i < TB_LEN(families) && !a.array && !b.array; i++)
		if (rank(&a, i) != -1 && rank(&b, i) != -1)
			return true;
	return strcmp(a.name, b.name) == 0;
}

/* Does the server convert without being told how? */
bool
tb_rec_type_is_assignable(const char *old, const char *new)
{
	struct type a, b;

	parse(&a, old);
	parse(&b, new);
	if (a.array || b.array)
		return strcmp(a.name, b.name) == 0 && a.array == b.array;
	if (rank(&b, 2) != -1 || strcmp(a.name, b.name) == 0)
		return true;
	for (size_t i = 0; i < TB_LEN(families); i++)
		if (rank(&a, i) != -1 && rank(&b, i) != -1)
			return true;
	return (rank(&a, 0) != -1 && rank(&b, 1) != -1) ||
	    (rank(&a, 1) != -1 && rank(&b, 0) != -1);
}
