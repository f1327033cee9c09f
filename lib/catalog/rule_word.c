/*
 * rule_word.c: words in templates that have to be worked out.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/reconcile_state.h"
#include "catalog/rule_range.h"
#include "catalog/rule_secret.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/mem.h"

/* The next of "a='1', b='2'": where it ends, and its key. */
size_t
tb_rec_option_length(const char *s, size_t *key)
{
	size_t i = 0;
	bool quoted = false;

	*key = strcspn(s, "=");
	for (; s[i] != '\0' && (quoted || s[i] != ','); i++)
		if (s[i] == '\'')
			quoted = !quoted;
	return i;
}

const char *
tb_rec_next_option(const char *s, size_t n)
{
	return s[n] == ',' ? s + n + 2 : s + n;
}

/* The option with this key in a list; NULL: not there. */
const char *
tb_rec_find_option(const char *list, const char *key, size_t nkey, size_t *n)
{
	for (const char *s = list; *s != '\0'; s = tb_rec_next_option(s, *n)) {
		size_t k;

		*n = tb_rec_option_length(s, &k);
		if (k == nkey && strncmp(s, key, k) == 0)
			return s;
	}
	return NULL;
}

static void
comma(struct tb_buf *out)
{
	if (out->len > 0)
		tb_buf_add(out, ", ");
}

const char *
tb_rec_old_of(const struct rec_ctx *c)
{
	return c->change != NULL && c->change->old != NULL ? c->change->old :
							     "";
}

const char *
tb_rec_new_of(const struct rec_ctx *c)
{
	return c->change != NULL && c->change->new != NULL ? c->change->new :
							     "";
}

/* What SET has to name: all that is new or has another value. */
static bool
set_options(const struct rec_ctx *c, struct tb_buf *all)
{
	struct tb_buf out = TB_BUF_INIT;
	size_t n, k, m;

	for (const char *s = tb_rec_new_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		const char *old;

		n = tb_rec_option_length(s, &k);
		old = tb_rec_find_option(tb_rec_old_of(c), s, k, &m);
		if (old != NULL && m == n && strncmp(old, s, n) == 0)
			continue;
		comma(&out);
		tb_buf_addn(&out, s, n);
	}
	tb_buf_add(all, out.s);
	k = out.len;
	tb_buf_release(&out);
	return k > 0;
}

static bool
reset_options(const struct rec_ctx *c, struct tb_buf *all)
{
	struct tb_buf out = TB_BUF_INIT;
	size_t n, k, m;

	for (const char *s = tb_rec_old_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		n = tb_rec_option_length(s, &k);
		if (tb_rec_find_option(tb_rec_new_of(c), s, k, &m) != NULL)
			continue;
		comma(&out);
		tb_buf_addn(&out, s, k);
	}
	tb_buf_add(all, out.s);
	k = out.len;
	tb_buf_release(&out);
	return k > 0;
}

/* "key='value'" as ADD key 'value'. */
static void
add_foreign(struct tb_buf *out, const char *verb, const char *s, size_t n,
    size_t k)
{
	comma(out);
	tb_buf_addf(out, "%s %.*s", verb, (int)k, s);
	if (n > k)
		tb_buf_addf(out, " %.*s", (int)(n - k - 1), s + k + 1);
}

/* ADD, SET and DROP, as foreign options want it. */
static bool
foreign_options(const struct rec_ctx *c, struct tb_buf *all)
{
	struct tb_buf out = TB_BUF_INIT;
	size_t n, k, m;

	for (const char *s = tb_rec_new_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		const char *old;

		n = tb_rec_option_length(s, &k);
		old = tb_rec_find_option(tb_rec_old_of(c), s, k, &m);
		if (old == NULL)
			add_foreign(&out, "ADD", s, n, k);
		else if (m != n || strncmp(old, s, n) != 0)
			add_foreign(&out, "SET", s, n, k);
	}
	for (const char *s = tb_rec_old_of(c); *s != '\0';
	     s = tb_rec_next_option(s, n)) {
		n = tb_rec_option_length(s, &k);
		if (tb_rec_find_option(tb_rec_new_of(c), s, k, &m) == NULL)
			add_foreign(&out, "DROP", s, k, k);
	}
	tb_buf_add(all, out.s);
	k = out.len;
	tb_buf_release(&out);
	return k > 0;
}

/* A name that nothing else has and that needs no quotes. */
static bool
temporary_name(const struct rec_ctx *c, struct tb_buf *out)
{
	const char *identity = tb_rec_fact(c->r, c->pair)->identity;
	char hash[TB_HASH_LEN + 1];

	tb_hash(identity, strlen(identity), hash);
	tb_buf_addf(out, "tb_%.12s", hash);
	return true;
}

/* CREATE [UNIQUE] INDEX name ON ..., with words in between. */
static bool
index_definition(const struct rec_ctx *c, bool temporary, struct tb_buf *out)
{
	const char *text = tb_rec_right(c->r, c->pair)->definition;
	const char *index = strstr(text, "INDEX ");
	struct tb_buf name = TB_BUF_INIT;

	tb_rec_name(tb_rec_right(c->r, c->pair)->identity, -1, &name);
	tb_buf_addn(out, text, (size_t)(index + 6 - text));
	tb_buf_add(out, "CONCURRENTLY ");
	if (temporary)
		(void)temporary_name(c, out);
	else
		tb_buf_add(out, name.s);
	tb_buf_add(out, index + 6 + name.len);
	tb_buf_release(&name);
	return true;
}

static bool
concurrently(const struct rec_ctx *c, struct tb_buf *out)
{
	return index_definition(c, false, out);
}

static bool
concurrently_temporary(const struct rec_ctx *c, struct tb_buf *out)
{
	return index_definition(c, true, out);
}

/* Where the columns of "UNIQUE (a, b) INCLUDE (c) DEFERRABLE" stand. */
static const char *
key_columns(const char *definition, size_t *n)
{
	const char *s = strchr(definition, '(');
	const char *include;
	size_t end = 0;

	if (s == NULL || strstr(definition, "WITHOUT OVERLAPS") != NULL)
		return NULL;
	for (int pass = 0; pass < 2; pass++) {
		bool quoted = false;

		for (; s[end] != '\0' && (quoted || s[end] != ')'); end++)
			if (s[end] == '"')
				quoted = !quoted;
		end += s[end] == ')';
		include = s + end;
		if (strncmp(include, " INCLUDE (", 10) != 0)
			break;
		end += 10;
	}
	*n = end;
	return s;
}

/* "(a, b) INCLUDE (c) NULLS NOT DISTINCT"; NULL: no index can stand for it. */
static bool
index_key(const struct rec_ctx *c, struct tb_buf *out)
{
	const char *definition = tb_rec_right(c->r, c->pair)->definition;
	size_t n = 0;
	const char *s = key_columns(definition, &n);

	if (s == NULL)
		return false;
	tb_buf_addn(out, s, n);
	if (strstr(definition, "UNIQUE NULLS NOT DISTINCT ") == definition)
		tb_buf_add(out, " NULLS NOT DISTINCT");
	return true;
}

/* What comes after the columns: DEFERRABLE. */
static bool
after_key(const struct rec_ctx *c, struct tb_buf *out)
{
	const char *definition = tb_rec_right(c->r, c->pair)->definition;
	size_t n = 0;
	const char *s = key_columns(definition, &n);

	if (s == NULL || s[n] == '\0')
		return false;
	tb_buf_add(out, s + n);
	return true;
}

/* How triggers and rules are switched. */
static bool
firing(const struct rec_ctx *c, struct tb_buf *out)
{
	static const char *const states[][2] = {
		{ "origin", "ENABLE" },
		{ "disabled", "DISABLE" },
		{ "replica", "ENABLE REPLICA" },
		{ "always", "ENABLE ALWAYS" },
	};

	for (size_t i = 0; i < TB_LEN(states); i++)
		if (strcmp(states[i][0], tb_rec_new_of(c)) == 0)
			tb_buf_add(out, states[i][1]);
	return true;
}

/* "START WITH 1 INCREMENT BY 1 ... NO CYCLE", each with SET before it. */
static bool
identity_settings(const struct rec_ctx *c, struct tb_buf *out)
{
	static const char *const parts[] = { "START WITH ", "INCREMENT BY ",
		"MINVALUE ", "MAXVALUE ", "CACHE ", "NO CYCLE", "CYCLE" };
	const char *s = tb_rec_new_of(c);

	while (*s != '\0') {
		for (size_t i = 0; i < TB_LEN(parts); i++) {
			size_t n = strlen(parts[i]);

			if (strncmp(s, parts[i], n) != 0)
				continue;
			tb_buf_addf(out, "SET %s", parts[i]);
			s += n;
			break;
		}
		while (*s != '\0' && *s != ' ')
			tb_buf_addc(out, *s++);
		if (*s == ' ')
			tb_buf_addc(out, *s++);
	}
	return true;
}

static const char *
type_of(const struct tb_fact *f)
{
	for (size_t i = 0; f != NULL && i < tb_fact_attributes(f); i++)
		if (strcmp(tb_fact_attribute(f, i), "type") == 0)
			return tb_fact_value(f, i);
	return "";
}

static bool
is_enum(const struct tb_facts *facts, const char *type)
{
	return tb_facts_find(facts, "enum", type) != TB_FACT_NONE;
}

/* How the values are converted; NULL: the server knows. */
static bool
conversion(const struct rec_ctx *c, struct tb_buf *out)
{
	const char *old = type_of(tb_rec_left(c->r, c->pair));
	const char *new = type_of(tb_rec_right(c->r, c->pair));

	if (tb_rec_type_is_assignable(old, new))
		return false;
	tb_rec_name(tb_rec_fact(c->r, c->pair)->identity, -1, out);
	if (is_enum(c->r->left, old) || is_enum(c->r->right, new))
		tb_buf_add(out, "::text");
	tb_buf_addf(out, "::%s", new);
	return true;
}

/* The last name of the new value. */
static bool
new_name(const struct rec_ctx *c, struct tb_buf *out)
{
	tb_rec_name(tb_rec_new_of(c), -1, out);
	return true;
}

/* What follows the names of an identity: "(integer, text)", " USING gist". */
static bool
arguments(const struct rec_ctx *c, struct tb_buf *out)
{
	struct tb_buf identity = TB_BUF_INIT;
	bool quoted = false;
	const char *s;

	(void)tb_rec_value(c, "identity", &identity);
	for (s = identity.s; *s != '\0' && (quoted || strchr("( ", *s) == NULL);
	     s++)
		if (*s == '"')
			quoted = !quoted;
	tb_buf_add(out, s);
	tb_buf_release(&identity);
	return true;
}

/* Before 16 there is no word for the storage that the type has. */
static bool
storage(const struct rec_ctx *c, struct tb_buf *out)
{
	static const char *const main_types[] = { "numeric", "inet", "cidr" };
	const char *type = type_of(tb_rec_right(c->r, c->pair));
	const char *word = "EXTENDED";

	if (*tb_rec_new_of(c) != '\0') {
		tb_buf_add(out, tb_rec_new_of(c));
		return true;
	}
	for (size_t i = 0; i < TB_LEN(main_types); i++)
		if (strncmp(type, main_types[i], strlen(main_types[i])) == 0 &&
		    strchr(type, '[') == NULL)
			word = "MAIN";
	tb_buf_add(out, c->r->left->version >= 160000 ? "DEFAULT" : word);
	return true;
}

/* The index behind a key; NULL: there is none. */
static bool
index_name(const struct rec_ctx *c, struct tb_buf *out)
{
	const struct tb_fact *f = c->on_left ? tb_rec_left(c->r, c->pair) :
					       tb_rec_fact(c->r, c->pair);
	struct tb_buf valid = TB_BUF_INIT;
	bool there = tb_rec_field(c, c->r->left, f, "valid", &valid);

	tb_buf_release(&valid);
	if (!there)
		return false;
	tb_rec_name(f->identity, 0, out);
	tb_buf_addc(out, '.');
	tb_rec_name(f->identity, -1, out);
	return true;
}

/* "role" of the user mapping "server role". */
static bool
behind_parent(const struct rec_ctx *c, struct tb_buf *out)
{
	struct tb_buf identity = TB_BUF_INIT, parent = TB_BUF_INIT;
	bool there = tb_rec_value(c, "identity", &identity) &&
	    tb_rec_value(c, "parent", &parent) && identity.len > parent.len;

	if (there)
		tb_buf_add(out, identity.s + parent.len + 1);
	tb_buf_release(&identity);
	tb_buf_release(&parent);
	return there;
}

/* What the identity says behind that of what the fact is part of. */
static bool
own_name(const struct rec_ctx *c, struct tb_buf *out)
{
	struct tb_buf identity = TB_BUF_INIT, parent = TB_BUF_INIT;

	(void)tb_rec_value(c, "identity", &identity);
	if (tb_rec_value(c, "parent", &parent))
		tb_buf_add(out, identity.s + parent.len + 1);
	tb_buf_release(&identity);
	tb_buf_release(&parent);
	return true;
}

/* CREATE ..., as CREATE OR REPLACE. */
static bool
or_replace(const struct rec_ctx *c, struct tb_buf *out)
{
	const char *definition = tb_rec_right(c->r, c->pair)->definition;

	tb_buf_addf(out, "CREATE OR REPLACE%s", strchr(definition, ' '));
	return true;
}

/* Of a subscription whose connection has a password: all of it. */
static bool
secret_connection(const struct rec_ctx *c, struct tb_buf *out)
{
	tb_rec_variable(c, "connection", out);
	return true;
}

/* The grantee of a privilege may have granted it on. */
static bool
granted_on(const struct rec_ctx *c, struct tb_buf *out)
{
	(void)out;
	return tb_rec_may_have_granted(c);
}

static const struct {
	const char *word;
	bool (*make)(const struct rec_ctx *, struct tb_buf *);
} words[] = {
	{ "set-options", set_options },
	{ "reset-options", reset_options },
	{ "foreign-options", foreign_options },
	{ "temporary-name", temporary_name },
	{ "concurrently", concurrently },
	{ "concurrently-temporary", concurrently_temporary },
	{ "index-key", index_key },
	{ "after-key", after_key },
	{ "firing", firing },
	{ "identity-settings", identity_settings },
	{ "conversion", conversion },
	{ "new-name-only", new_name },
	{ "set-storage", storage },
	{ "index-name", index_name },
	{ "arguments-only", arguments },
	{ "own-name", own_name },
	{ "or-replace", or_replace },
	{ "behind-parent", behind_parent },
	{ "secret-connection", secret_connection },
	{ "granted-on", granted_on },
	{ "others-table", tb_rec_others_table },
	{ "stays-others", tb_rec_stays_others },
	{ "old-multirange", tb_rec_old_multirange },
	{ "multirange-name", tb_rec_multirange_name },
	{ "multirange-schema", tb_rec_multirange_schema },
	{ "renamed-multirange", tb_rec_renamed_multirange },
};

bool
tb_rec_word(const struct rec_ctx *c, const char *word, struct tb_buf *out,
    bool *null)
{
	for (size_t i = 0; i < TB_LEN(words); i++)
		if (strcmp(words[i].word, word) == 0) {
			*null = !words[i].make(c, out);
			return true;
		}
	return false;
}
