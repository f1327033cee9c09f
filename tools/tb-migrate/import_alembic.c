/*
 * Alembic: revisions in Python, of which only the assignments at the top of a
 * file and the calls of known operations are read.  Nothing is executed.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/log.h"
#include "core/mem.h"
#include "import_alembic.h"
#include "import_op.h"
#include "import_python.h"

static const char *const keys[MIG_IMP_LINES] = {
	[MIG_IMP_LINE_ID] = "revision",
	[MIG_IMP_LINE_PARENTS] = "down_revision",
	[MIG_IMP_LINE_LABELS] = "branch_labels",
	[MIG_IMP_LINE_DEPENDS_ON] = "depends_on",
};

struct header {
	const struct mig_imp *imp;
	const char *path;
	const struct mig_py_module *m;
	struct tb_err *err;
};

static int
computed(const struct header *h, const char *key, int line, const char *what,
    bool is_name)
{
	(void)tb_err_set(h->err, TB_EXIT_DATA, "%s:%d: %s is computed: %s",
	    h->path, line, key, what);
	if (is_name)
		return tb_err_hint(h->err, "Say what it is: --define %s=VALUE.",
		    what);
	return tb_err_hint(h->err,
	    "Nothing is executed here: write it as a plain string.");
}

/* A constant of the module itself. */
static const struct mig_py *
constant(const struct header *h, const char *name)
{
	const struct mig_py *found = NULL;

	for (size_t i = 0; i < h->m->body.n; i++) {
		const struct mig_py_stmt *s = h->m->body.v[i];

		if (s->kind == MIG_PY_ASSIGN && strcmp(s->name, name) == 0)
			found = s->value;
	}
	return found != NULL && found->kind == MIG_PY_STRING ? found : NULL;
}

/* None, a string, or strings in a tuple or list. */
static int
add_value(const struct header *h, const char *key, const struct mig_py *e,
    struct tb_strs *list)
{
	const struct mig_py *value;
	const char *defined;

	switch (e->kind) {
	case MIG_PY_NONE:
		return 0;
	case MIG_PY_STRING:
		tb_strs_add(list, e->text);
		return 0;
	case MIG_PY_TUPLE:
	case MIG_PY_LIST:
		for (size_t i = 0; i < e->n; i++)
			if (add_value(h, key, e->v[i], list) == -1)
				return -1;
		return 0;
	case MIG_PY_NAME:
		if ((defined = mig_imp_define(h->imp, e->text)) != NULL)
			tb_strs_add(list, defined);
		else if ((value = constant(h, e->text)) != NULL)
			tb_strs_add(list, value->text);
		else
			return computed(h, key, e->line, e->text, true);
		return 0;
	default:
		return computed(h, key, e->line,
		    e->text != NULL ? e->text : "a call", false);
	}
}

/* Does an assignment that was not understood begin so? */
static bool
assigns(const char *text, const char *key)
{
	size_t n = strlen(key);

	if (text == NULL || strncmp(text, key, n) != 0)
		return false;
	text += n + strspn(text + n, " ");
	return (*text == '=' && text[1] != '=') || *text == ':';
}

static int
read_key(const struct header *h, const char *key, struct tb_strs *list,
    int *line)
{
	for (size_t i = 0; i < h->m->body.n; i++) {
		const struct mig_py_stmt *s = h->m->body.v[i];

		if (s->kind == MIG_PY_UNKNOWN && assigns(s->text, key))
			return computed(h, key, s->line, s->text, false);
		if (s->kind != MIG_PY_ASSIGN || strcmp(s->name, key) != 0)
			continue;
		/* The last one counts. */
		tb_strs_release(list);
		*line = s->line;
		if (add_value(h, key, s->value, list) == -1)
			return -1;
	}
	return 0;
}

static const char *
docstring(const struct mig_py_module *m)
{
	const struct mig_py_stmt *s = m->body.n > 0 ? m->body.v[0] : NULL;

	if (s != NULL && s->kind == MIG_PY_EXPR &&
	    s->value->kind == MIG_PY_STRING)
		return s->value->text;
	return "";
}

/* The docstring up to its first empty line, as one line. */
static char *
message(const char *doc)
{
	struct tb_buf b = TB_BUF_INIT;

	while (isspace((unsigned char)*doc))
		doc++;
	for (; *doc != '\0' && strncmp(doc, "\n\n", 2) != 0; doc++) {
		if (!isspace((unsigned char)*doc))
			tb_buf_addc(&b, *doc);
		else if (b.len > 0 && b.s[b.len - 1] != ' ')
			tb_buf_addc(&b, ' ');
	}
	tb_buf_rtrim(&b);
	return tb_buf_detach(&b);
}

/* "Create Date: 2025-06-29 18:04:11.000000+00:00" as a date of ours. */
static char *
create_date(const char *doc)
{
	static const char word[] = "Create Date:";
	const char *s = strstr(doc, word), *zone;
	char *date;

	if (s == NULL)
		return NULL;
	s += strlen(word);
	s += strspn(s, " \t");
	if (strspn(s, "0123456789-: T") < strlen("2025-06-29 18:04:11"))
		return NULL;
	zone = s + strspn(s, "0123456789-: T.");
	zone = strncmp(zone, "+00:00", 6) == 0 || *zone == 'Z' ? "Z" : "";
	date = tb_asprintf("%.19s%s", s, zone);
	date[10] = 'T';
	return date;
}

static int
no_revision(const struct header *h)
{
	(void)tb_err_set(h->err, TB_EXIT_DATA,
	    "%s: there is no assignment to \"revision\"", h->path);
	return tb_err_hint(h->err,
	    "Every .py file in a folder of revisions must be one.");
}

static int
add_module(struct mig_imp *imp, const char *path, struct mig_py_module *m,
    struct tb_err *err)
{
	struct header h = { imp, path, m, err };
	struct tb_strs id = TB_STRS_INIT;
	struct mig_imp_rev *rev = tb_calloc(1, sizeof(*rev));
	int rc;

	imp->v = tb_grow(imp->v, imp->n, &imp->cap, sizeof(*imp->v));
	imp->v[imp->n++] = rev;
	rev->python = m;
	rev->source = tb_strdup(path);
	rev->message = message(docstring(m));
	rev->date = create_date(docstring(m));
	rc = read_key(&h, keys[MIG_IMP_LINE_ID], &id,
	    &rev->line[MIG_IMP_LINE_ID]);
	if (rc == 0 && id.n != 1)
		rc = no_revision(&h);
	rev->id = tb_strdup(rc == 0 && id.v != NULL ? id.v[0] : "");
	rev->version = tb_strdup(rev->id);
	tb_strs_release(&id);
	if (rc == 0)
		rc = read_key(&h, keys[MIG_IMP_LINE_PARENTS], &rev->parents,
		    &rev->line[MIG_IMP_LINE_PARENTS]);
	if (rc == 0)
		rc = read_key(&h, keys[MIG_IMP_LINE_LABELS], &rev->labels,
		    &rev->line[MIG_IMP_LINE_LABELS]);
	if (rc == 0)
		rc = read_key(&h, keys[MIG_IMP_LINE_DEPENDS_ON],
		    &rev->depends_on, &rev->line[MIG_IMP_LINE_DEPENDS_ON]);
	return rc;
}

static int
add_file(struct mig_imp *imp, const char *path, struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	struct mig_py_module *m = NULL;
	int rc = tb_file_read(path, &b, err);

	/* Alembic passes over these, too. */
	if (strncmp(tb_path_base(path), "__init__", 8) == 0) {
		tb_buf_release(&b);
		return rc;
	}
	if (rc == 0 && (m = mig_py_parse(path, b.s, err)) == NULL)
		rc = -1;
	tb_buf_release(&b);
	return rc == 0 ? add_module(imp, path, m, err) : -1;
}

static int
read_tree(struct mig_imp *imp, struct tb_err *err)
{
	struct mig_tree t;
	struct tb_strs files = TB_STRS_INIT;
	int rc = mig_tree_find(&t, imp->dir, err);

	if (rc == -1)
		return -1;
	imp->ini = tb_strdup_null(t.ini);
	for (size_t i = 0; rc == 0 && i < t.versions.n; i++)
		rc = tb_dir_list(t.versions.v[i], ".py",
		    t.recursive || imp->recursive, &files, err);
	for (size_t i = 0; rc == 0 && i < files.n; i++)
		rc = add_file(imp, files.v[i], err);
	tb_strs_release(&files);
	mig_tree_release(&t);
	return rc;
}

/* Enum types that a revision makes are there for those that follow. */
static void
translate_revision(const struct mig_imp *imp, struct mig_imp_rev *r,
    struct tb_strs *types)
{
	struct tb_strs none = TB_STRS_INIT;

	if (r->upgrade.text == NULL)
		mig_op_function(imp, r, r->python, "upgrade", types,
		    &r->upgrade);
	if (r->downgrade.text == NULL)
		mig_op_function(imp, r, r->python, "downgrade", &none,
		    &r->downgrade);
	tb_strs_release(&none);
}

static int
translate(struct mig_imp *imp, struct tb_err *err)
{
	struct tb_strs types = TB_STRS_INIT;

	if (imp->run_alembic && mig_alembic_run(imp, err) == -1)
		return -1;
	for (size_t i = 0; i < imp->n; i++)
		translate_revision(imp, imp->v[i], &types);
	tb_strs_release(&types);
	return 0;
}

const struct mig_imp_format mig_imp_alembic = {
	.name = "alembic",
	.title = "Alembic",
	.help = "the folder of alembic.ini, the script location, or the folder "
		"of revisions",
	.read = read_tree,
	.translate = translate,
};
