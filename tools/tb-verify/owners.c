/*
 * owners.c: roles have other names in other places.
 *
 * What belongs to the owner of everything is no fact (lib/catalog,
 * sql/owner.sql), whoever that is: here it is found out.  Other roles keep
 * their names unless they are mapped.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/query.h"
#include "verify.h"

/*
 * In a database: the role that migrations run as; else the owner of the
 * version table, who made the rest too; else the owner of the database.
 */
int
ver_owners_find(struct ver_job *job, struct ver_side *side, PGconn *db,
    struct tb_err *err)
{
	const struct tb_conf *conf = &job->ctx->conf;
	const char *params[] = {
		tb_conf_str(conf, "migrate|role"),
		tb_conf_str(conf, "migrate|version-schema"),
		tb_conf_str(conf, "migrate|version-table"),
	};
	char *role;

	if (tb_pg_value(db, tb_sql_text(tool_sql, "owner_role"), TB_LEN(params),
		params, &role, err) == -1)
		return -1;
	if (role == NULL)
		return 0;
	tb_strs_add(&side->facts.owners, role);
	if (job->owner_role == NULL)
		job->owner_role = role;
	else
		free(role);
	return 0;
}

/*
 * In a scratch database: whoever runs the SQL.  Where it names the owner of
 * the real one, that is the same.
 */
int
ver_owners_scratch(struct ver_job *job, struct ver_side *side, PGconn *db,
    struct tb_err *err)
{
	const char *role = tb_conf_str(&job->ctx->conf, "migrate|role");
	struct tb_strs *owners = &side->facts.owners;
	char *me;

	if (tb_pg_value(db, "SELECT CURRENT_USER", 0, NULL, &me, err) == -1)
		return -1;
	tb_strs_take(owners, me);
	if (job->owner_role != NULL && !tb_strs_has(owners, job->owner_role))
		tb_strs_add(owners, job->owner_role);
	if (role != NULL && !tb_strs_has(owners, role))
		tb_strs_add(owners, role);
	return 0;
}

struct map {
	char *from, *to; /* as SQL writes them */
};

static char *
quoted(const char *name)
{
	struct tb_buf b = TB_BUF_INIT;

	if (name[0] == '"' ||
	    (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_$") ==
		    strlen(name) &&
		strchr("0123456789$", name[0]) == NULL))
		return tb_strdup(name);
	tb_buf_addc(&b, '"');
	for (; *name != '\0'; name++)
		tb_buf_addf(&b, *name == '"' ? "\"\"" : "%c", *name);
	tb_buf_addc(&b, '"');
	return tb_buf_detach(&b);
}

static bool
ends_with(const char *text, size_t n, const char *word)
{
	size_t len = strlen(word);

	return n >= len && strncmp(text + n - len, word, len) == 0;
}

/* May a role stand at this place? */
static bool
is_role_place(const char *text, size_t at, bool list)
{
	if (list && (at == 0 || ends_with(text, at, ", ")))
		return true;
	return ends_with(text, at, " TO ") || ends_with(text, at, "ROLE ") ||
	    ends_with(text, at, " FOR ");
}

/* The text with the role under its other name; NULL: it is not in there. */
static char *
replaced(const char *text, const struct map *m, bool list)
{
	struct tb_buf b = TB_BUF_INIT;
	const char *done = text, *s = text;
	size_t n;

	if (text == NULL)
		return NULL;
	n = strlen(m->from);
	while ((s = strstr(s, m->from)) != NULL) {
		bool whole = strchr(" ,", s[n]) != NULL;

		if (!whole || !is_role_place(text, (size_t)(s - text), list)) {
			s++;
			continue;
		}
		tb_buf_addn(&b, done, (size_t)(s - done));
		tb_buf_add(&b, m->to);
		done = s += n;
	}
	if (done == text) {
		tb_buf_release(&b);
		return NULL;
	}
	tb_buf_add(&b, done);
	return tb_buf_detach(&b);
}

static bool
holds_roles(const char *attribute)
{
	static const char *const names[] = { "owner", "grantee", "role",
		"roles", "user", "scope", "privileges" };

	for (size_t i = 0; i < TB_LEN(names); i++)
		if (strcmp(attribute, names[i]) == 0)
			return true;
	return false;
}

/* The list's own result, which we may write to. */
static PGresult *
result_of(const struct tb_facts *facts, const struct tb_fact *f)
{
	for (size_t i = 0; i < facts->nresults; i++)
		if (facts->results[i] == f->res)
			return facts->results[i];
	tb_bug("a fact without a result");
}

static void
map_cell(PGresult *res, int row, int column, const struct map *m, bool list)
{
	char *text;

	if (PQgetisnull(res, row, column))
		return;
	text = replaced(PQgetvalue(res, row, column), m, list);
	if (text != NULL &&
	    !PQsetvalue(res, row, column, text, (int)strlen(text)))
		tb_bug("out of memory");
	free(text);
}

/* Only what has an attribute for roles has roles in its name. */
static void
map_fact(const struct tb_facts *facts, struct tb_fact *f, const struct map *m)
{
	PGresult *res = result_of(facts, f);
	int identity = tb_pg_column(res, "identity");
	bool any = false;

	for (int c = f->first; c < PQnfields(res); c++) {
		if (!holds_roles(PQfname(res, c)))
			continue;
		map_cell(res, f->row, c, m, true);
		any = true;
	}
	if (!any)
		return;
	map_cell(res, f->row, identity, m, false);
	map_cell(res, f->row, f->first - 1, m, false);
	f->identity = PQgetvalue(res, f->row, identity);
	if (f->definition != NULL)
		f->definition = PQgetvalue(res, f->row, f->first - 1);
}

/* Where a fact is, whatever its number. */
struct place {
	const PGresult *res;
	int row;
	size_t index;
};

static int
by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->res != y->res)
		return x->res < y->res ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static struct place *
places(const struct tb_facts *facts)
{
	struct place *v = tb_calloc(facts->n, sizeof(*v));

	for (size_t i = 0; i < facts->n; i++)
		v[i] = (struct place){ facts->v[i].res, facts->v[i].row, i };
	return v;
}

/* Names have changed, and so the order, by which edges speak of facts. */
static int
sort_again(struct tb_facts *facts, struct tb_err *err)
{
	struct place *before = places(facts), *after;
	size_t n = facts->n;

	if (tb_facts_finish(facts, err) == -1) {
		free(before);
		err->code = TB_EXIT_USAGE;
		return tb_err_hint(err,
		    "Two roles of the left side are one on the right, and both "
		    "have privileges there: map only one of them.");
	}
	after = places(facts);
	if (n > 0)
		qsort(after, n, sizeof(*after), by_place);
	for (size_t i = 0; i < facts->nedges; i++) {
		struct tb_edge *e = &facts->edges[i];
		const struct place *from = bsearch(&before[e->from], after, n,
		    sizeof(*after), by_place);
		const struct place *to =
		    bsearch(&before[e->to], after, n, sizeof(*after), by_place);

		if (from == NULL || to == NULL)
			tb_bug("an edge of no fact");
		e->from = from->index;
		e->to = to->index;
	}
	free(before);
	free(after);
	return 0;
}

static int
parse_map(const char *text, struct map *m, struct tb_err *err)
{
	const char *equals = strchr(text, '=');
	char *from;

	if (equals == NULL || equals == text || equals[1] == '\0') {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "\"%s\" does not map a role", text);
		(void)tb_err_hint(err,
		    "Write --map-role LEFT=RIGHT, the role's names on the "
		    "first side and on the second.");
		return -1;
	}
	from = tb_strndup(text, (size_t)(equals - text));
	m->from = quoted(from);
	m->to = quoted(equals + 1);
	free(from);
	return 0;
}

/* The owner of everything on the right goes by no name. */
static void
resolve_owner(const struct ver_job *job, struct map *m)
{
	const struct tb_strs *owners = &job->side[1].facts.owners;

	for (size_t i = 0; i < owners->n; i++) {
		char *name = quoted(owners->v[i]);

		if (strcmp(name, m->to) == 0) {
			free(m->to);
			m->to = tb_strdup("CURRENT_USER");
		}
		free(name);
	}
}

/* What belongs to the owner of everything has no owner as a fact. */
static bool
is_owned_by_another(const struct tb_facts *facts TB_UNUSED,
    const struct tb_fact *f, void *arg TB_UNUSED)
{
	return strcmp(f->class->name, "owner") != 0 || f->definition == NULL ||
	    strcmp(f->definition, "OWNER TO CURRENT_USER") != 0;
}

int
ver_map_roles(struct ver_job *job, struct tb_err *err)
{
	struct tb_facts *facts = &job->side[0].facts;

	for (size_t i = 0; i < job->map_roles.n; i++) {
		struct map m;

		if (parse_map(job->map_roles.v[i], &m, err) == -1)
			return -1;
		resolve_owner(job, &m);
		for (size_t f = 0; f < facts->n; f++)
			map_fact(facts, &facts->v[f], &m);
		free(m.from);
		free(m.to);
	}
	if (job->map_roles.n == 0)
		return 0;
	tb_facts_keep(facts, is_owned_by_another, NULL);
	return sort_again(facts, err);
}
