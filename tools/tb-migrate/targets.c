/*
 * --targets: a file of databases.
 */
#include "core/tb.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/log.h"
#include "core/mem.h"
#include "many.h"
#include "pg/dsn.h"

/* The file while it is read. */
struct reading {
	struct mig_targets *targets;
	const char *path; /* for messages */
	int line;
	PQconninfoOption *keywords;
	struct tb_strs longer; /* for names that turn out to be ambiguous */
};

void
mig_targets_add(struct mig_targets *ts, const char *name, const char *conninfo,
    const char *schema)
{
	ts->v = tb_grow(ts->v, ts->n, &ts->cap, sizeof(*ts->v));
	ts->v[ts->n++] = (struct mig_target){
		.name = tb_strdup(name),
		.conninfo = tb_strdup(conninfo),
		.schema = tb_strdup_null(schema),
		.out = -1,
		.log = -1,
		.out_text = TB_BUF_INIT,
		.log_text = TB_BUF_INIT,
	};
}

void
mig_targets_release(struct mig_targets *ts)
{
	for (size_t i = 0; i < ts->n; i++) {
		struct mig_target *t = &ts->v[i];

		free(t->name);
		free(t->conninfo);
		free(t->schema);
		tb_buf_release(&t->out_text);
		tb_buf_release(&t->log_text);
		json_decref(t->result);
		json_decref(t->record);
	}
	free(ts->v);
	*ts = (struct mig_targets)MIG_TARGETS_INIT;
}

static struct tb_slice
trim(struct tb_slice s)
{
	while (s.n > 0 && strchr(" \t", s.s[0]) != NULL) {
		s.s++;
		s.n--;
	}
	while (s.n > 0 && strchr(" \t\r", s.s[s.n - 1]) != NULL)
		s.n--;
	return s;
}

static bool
is_keyword(const struct reading *r, struct tb_slice word)
{
	const PQconninfoOption *o = r->keywords;

	for (; o != NULL && o->keyword != NULL; o++)
		if (tb_slice_is(word, o->keyword))
			return true;
	return false;
}

/*
 * Is there a "NAME =" before what -d takes?  That may have an equals sign of
 * its own, behind a keyword of libpq or in a URI.
 */
static bool
split_name(const struct reading *r, struct tb_slice line, struct tb_slice *name,
    struct tb_slice *rest)
{
	const char *sign = memchr(line.s, '=', line.n);
	struct tb_slice left;

	if (sign == NULL)
		return false;
	left.s = line.s;
	left.n = (size_t)(sign - line.s);
	left = trim(left);
	if (left.n == 0 || is_keyword(r, left) ||
	    memmem(left.s, left.n, "://", 3) != NULL)
		return false;
	*name = left;
	rest->s = sign + 1;
	rest->n = line.n - (size_t)(rest->s - line.s);
	*rest = trim(*rest);
	return true;
}

static int
faulty(const struct reading *r, struct tb_err *err)
{
	err->code = TB_EXIT_DATA;
	return tb_err_prefix(err, "%s:%d", r->path, r->line);
}

/* What a program of another ecosystem put there is told when it is used. */
static int
parse_quietly(const char *conninfo, struct tb_dsn *dsn, struct tb_err *err)
{
	enum tb_log_level level = tb_log_level();
	int rc;

	tb_log_set_level(TB_LOG_QUIET);
	rc = tb_dsn_parse(dsn, conninfo, err);
	tb_log_set_level(level);
	return rc;
}

static const char *
or_else(const struct tb_dsn *dsn, const char *key, const char *key2,
    const char *fallback)
{
	const char *value = tb_dsn_get(dsn, key);

	if (value == NULL)
		value = tb_dsn_get(dsn, key2);
	return value != NULL ? value : fallback;
}

/* Named after its database, or, where another one is called so, in full. */
static void
add(struct reading *r, const char *name, const char *conninfo,
    const struct tb_dsn *dsn)
{
	const char *port = tb_dsn_get(dsn, "port");
	const char *base = or_else(dsn, "dbname", "service", "default");

	mig_targets_add(r->targets, name != NULL ? name : base, conninfo, NULL);
	if (name != NULL)
		tb_strs_add(&r->longer, name);
	else
		tb_strs_addf(&r->longer, "%s%s%s/%s",
		    or_else(dsn, "host", "hostaddr", ""),
		    port != NULL ? ":" : "", port != NULL ? port : "", base);
}

static int
read_line(struct reading *r, struct tb_slice line, struct tb_err *err)
{
	struct tb_slice name = { NULL, 0 }, text = line;
	struct tb_dsn dsn = TB_DSN_INIT;
	char *copy, *label;
	int rc = 0;

	(void)split_name(r, line, &name, &text);
	if (text.n == 0) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "there is no database behind the name");
		return faulty(r, err);
	}
	copy = tb_slice_dup(text);
	label = name.n > 0 ? tb_slice_dup(name) : NULL;
	if (parse_quietly(copy, &dsn, err) == 0)
		add(r, label, copy, &dsn);
	else
		rc = faulty(r, err);
	tb_dsn_release(&dsn);
	free(label);
	free(copy);
	return rc;
}

static bool
is_taken(const struct mig_targets *ts, size_t i)
{
	for (size_t k = 0; k < ts->n; k++)
		if (k != i && strcmp(ts->v[k].name, ts->v[i].name) == 0)
			return true;
	return false;
}

/* Whoever reads the summary must know which is which. */
static int
tell_apart(struct reading *r, struct tb_err *err)
{
	struct mig_targets *ts = r->targets;
	bool *ambiguous = tb_calloc(ts->n, sizeof(*ambiguous));
	int rc = 0;

	for (size_t i = 0; i < ts->n; i++)
		ambiguous[i] = is_taken(ts, i);
	for (size_t i = 0; i < ts->n; i++) {
		if (!ambiguous[i] || i >= r->longer.n)
			continue;
		free(ts->v[i].name);
		ts->v[i].name = tb_strdup(r->longer.v[i]);
	}
	free(ambiguous);
	for (size_t i = 0; rc == 0 && i < ts->n; i++) {
		if (!is_taken(ts, i))
			continue;
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "%s: two targets are \"%s\"", r->path, ts->v[i].name);
		rc = tb_err_hint(err,
		    "Take one out, or give them names: NAME = DATABASE.");
	}
	return rc;
}

static int
read_lines(struct reading *r, const char *text, struct tb_err *err)
{
	struct tb_lines lines = tb_lines(text);
	struct tb_slice line;

	while (tb_lines_next(&lines, &line)) {
		line = trim(line);
		r->line = lines.number;
		if (line.n > 0 && line.s[0] != '#' &&
		    read_line(r, line, err) == -1)
			return -1;
	}
	if (r->targets->n > 0)
		return tell_apart(r, err);
	(void)tb_err_set(err, TB_EXIT_DATA, "%s: there is no target in it",
	    r->path);
	return tb_err_hint(err,
	    "A target is a line with a database name, a URI or a connection "
	    "string.");
}

int
mig_targets_read(struct mig_targets *ts, const char *path, struct tb_err *err)
{
	struct reading r = {
		.targets = ts,
		.path = strcmp(path, "-") == 0 ? "standard input" : path,
		.keywords = PQconndefaults(),
		.longer = TB_STRS_INIT,
	};
	struct tb_buf text = TB_BUF_INIT;
	int rc = tb_file_read(path, &text, err);

	if (rc == 0)
		rc = read_lines(&r, text.s, err);
	PQconninfoFree(r.keywords);
	tb_strs_release(&r.longer);
	tb_buf_release(&text);
	return rc;
}
