/*
 * Where an Alembic tree has its files: alembic.ini, or the section
 * tool.alembic of pyproject.toml, or the usual names.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/mem.h"
#include "import_alembic.h"

struct settings {
	char *script_location, *version_locations, *separator, *recursive;
};

static void
release_settings(struct settings *s)
{
	free(s->script_location);
	free(s->version_locations);
	free(s->separator);
	free(s->recursive);
}

void
mig_tree_release(struct mig_tree *t)
{
	free(t->ini);
	tb_strs_release(&t->versions);
	*t = (struct mig_tree){ .ini = NULL };
}

static struct tb_slice
trim(struct tb_slice s)
{
	while (s.n > 0 && isspace((unsigned char)*s.s)) {
		s.s++;
		s.n--;
	}
	while (s.n > 0 && isspace((unsigned char)s.s[s.n - 1]))
		s.n--;
	return s;
}

/* Where the setting is kept; NULL: it does not matter here. */
static char **
setting(struct settings *s, struct tb_slice key)
{
	const struct {
		const char *key;
		char **value;
	} known[] = {
		{ "script_location", &s->script_location },
		{ "version_locations", &s->version_locations },
		{ "version_path_separator", &s->separator },
		{ "path_separator", &s->separator },
		{ "recursive_version_locations", &s->recursive },
	};

	for (size_t i = 0; i < TB_LEN(known); i++)
		if (tb_slice_is(key, known[i].key))
			return known[i].value;
	return NULL;
}

/* Another line of the value that was begun last. */
static void
continue_value(char **value, struct tb_slice line)
{
	char *longer;

	if (value == NULL || *value == NULL)
		return;
	line = trim(line);
	longer = tb_asprintf("%s\n%.*s", *value, (int)line.n, line.s);
	free(*value);
	*value = longer;
}

/* "key = value", and lines that begin with a blank go on with it. */
static void
read_settings(const char *text, const char *section, struct settings *s)
{
	struct tb_lines in = tb_lines(text);
	struct tb_slice line;
	char **value = NULL;
	bool ours = false;

	while (tb_lines_next(&in, &line)) {
		struct tb_slice all = trim(line), key;
		size_t n = 0;

		if (all.n == 0 || *all.s == '#' || *all.s == ';')
			continue;
		if (*line.s == '[' && value == NULL) {
			ours = tb_slice_is(all, section);
			continue;
		}
		if (*line.s == '[') {
			ours = tb_slice_is(all, section);
			value = NULL;
			continue;
		}
		if (isspace((unsigned char)*line.s) || *line.s == ']') {
			continue_value(value, all);
			continue;
		}
		while (n < all.n && all.s[n] != '=' && all.s[n] != ':')
			n++;
		key = trim((struct tb_slice){ all.s, n });
		value = ours && n < all.n ? setting(s, key) : NULL;
		if (value == NULL)
			continue;
		free(*value);
		*value = tb_slice_dup(
		    trim((struct tb_slice){ all.s + n + 1, all.n - n - 1 }));
	}
}

/* %(here)s is the folder of the file, %% is %. */
static char *
interpolate(const char *value, const char *here)
{
	static const char name[] = "%(here)s";
	struct tb_buf b = TB_BUF_INIT;

	while (*value != '\0') {
		if (strncmp(value, name, strlen(name)) == 0) {
			tb_buf_add(&b, here);
			value += strlen(name);
		} else {
			if (value[0] == '%' && value[1] == '%')
				value++;
			tb_buf_addc(&b, *value++);
		}
	}
	return tb_buf_detach(&b);
}

/* "package.module:folder": the package is looked for here and above. */
static char *
package_path(const char *value, const char *here)
{
	const char *colon = strchr(value, ':');
	char *package = tb_strndup(value, (size_t)(colon - value));
	char *dir = tb_path_absolute(here), *found = NULL;

	for (char *p = package; *p != '\0'; p++)
		if (*p == '.')
			*p = '/';
	while (found == NULL) {
		char *path = tb_asprintf("%s/%s/%s", dir, package, colon + 1),
		     *up;

		if (tb_is_dir(path))
			found = path;
		else
			free(path);
		if (found != NULL || strcmp(dir, "/") == 0)
			break;
		up = tb_path_dir(dir);
		free(dir);
		dir = up;
	}
	free(dir);
	free(package);
	return found;
}

/* As a path that can be opened: relative ones count from the file. */
static char *
resolve(const char *value, const char *here)
{
	char *path, *found;

	if (strchr(value, ':') != NULL &&
	    (found = package_path(value, here)) != NULL)
		return found;
	path = tb_path_join(here, value);
	if (!tb_file_exists(path) && tb_file_exists(value)) {
		free(path);
		path = tb_strdup(value);
	}
	return path;
}

/* What stands between the locations. */
static const char *
separators(const struct settings *s)
{
	static const struct {
		const char *word, *characters;
	} known[] = {
		{ "os", ":" },
		{ "space", " " },
		{ "newline", "\n" },
		{ ":", ":" },
		{ ";", ";" },
	};

	for (size_t i = 0; s->separator != NULL && i < TB_LEN(known); i++)
		if (strcmp(known[i].word, s->separator) == 0)
			return known[i].characters;
	return ", \n";
}

/* The strings of a TOML value, or the value itself. */
static void
toml_strings(const char *value, struct tb_strs *out)
{
	for (const char *p = value; *p != '\0';) {
		char quote = *p++;
		size_t n;

		if (quote != '"' && quote != '\'')
			continue;
		n = strcspn(p, quote == '"' ? "\"" : "'");
		tb_strs_take(out, tb_strndup(p, n));
		p += n + (p[n] != '\0');
	}
}

static void
add_locations(struct mig_tree *t, const struct settings *s, const char *here,
    const struct tb_strs *values)
{
	for (size_t i = 0; i < values->n; i++) {
		char *path = resolve(values->v[i], here);

		/* Alembic passes over a folder that is not there. */
		if (tb_is_dir(path))
			tb_strs_add(&t->versions, path);
		free(path);
	}
	t->recursive = t->recursive ||
	    (s->recursive != NULL && strcmp(s->recursive, "true") == 0);
}

/* What the settings say, in the notation of the file. */
static int
use_settings(struct mig_tree *t, struct settings *s, bool toml,
    struct tb_err *err)
{
	char *here = tb_path_dir(t->ini), *script;
	struct tb_strs words = TB_STRS_INIT, values = TB_STRS_INIT;

	if (s->script_location == NULL && s->version_locations == NULL) {
		free(here);
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s: there is no script_location", t->ini);
	}
	if (s->version_locations == NULL) {
		if (toml)
			toml_strings(s->script_location, &words);
		script =
		    interpolate(words.n > 0 ? words.v[0] : s->script_location,
			here);
		tb_strs_addf(&values, "%s/versions", script);
		free(script);
	} else {
		if (toml)
			toml_strings(s->version_locations, &words);
		else
			tb_strs_split(&words, s->version_locations,
			    separators(s));
		for (size_t i = 0; i < words.n; i++)
			tb_strs_take(&values, interpolate(words.v[i], here));
	}
	add_locations(t, s, here, &values);
	tb_strs_release(&words);
	tb_strs_release(&values);
	free(here);
	return 0;
}

/* 1: it is Alembic's; 0: it says nothing of Alembic. */
static int
use_file(struct mig_tree *t, const char *path, struct tb_err *err)
{
	size_t n = strlen(path);
	bool toml = n > 5 && strcmp(path + n - 5, ".toml") == 0;
	struct settings s = { NULL, NULL, NULL, NULL };
	struct tb_buf b = TB_BUF_INIT;
	int rc = tb_file_read(path, &b, err);

	if (rc == 0) {
		read_settings(b.s, toml ? "[tool.alembic]" : "[alembic]", &s);
		if (!toml || s.script_location != NULL) {
			t->ini = tb_strdup(path);
			rc = use_settings(t, &s, toml, err) == 0 ? 1 : -1;
		}
	}
	release_settings(&s);
	tb_buf_release(&b);
	return rc;
}

static int
use_named(struct mig_tree *t, const char *dir, const char *name,
    struct tb_err *err)
{
	char *path = tb_path_join(dir, name);
	int rc = tb_file_exists(path) ? use_file(t, path, err) : 0;

	free(path);
	return rc;
}

static bool
has_python(const char *dir)
{
	struct tb_strs files = TB_STRS_INIT;
	struct tb_err err = TB_ERR_INIT;
	bool has =
	    tb_dir_list(dir, ".py", true, &files, &err) == 0 && files.n > 0;

	tb_strs_release(&files);
	tb_err_release(&err);
	return has;
}

/* The script location, or the folder of revisions; its ini may be above. */
static void
use_folder(struct mig_tree *t, const char *dir)
{
	char *versions = tb_path_join(dir, "versions");
	bool script = tb_is_dir(versions);
	char *above =
	    tb_asprintf("%s%s/alembic.ini", dir, script ? "/.." : "/../..");

	tb_strs_add(&t->versions, script ? versions : dir);
	if (tb_file_exists(above))
		t->ini = tb_strdup(above);
	free(above);
	free(versions);
}

int
mig_tree_find(struct mig_tree *t, const char *dir, struct tb_err *err)
{
	int rc;

	*t = (struct mig_tree){ .ini = NULL };
	if (!tb_is_dir(dir))
		rc = use_file(t, dir, err);
	else if ((rc = use_named(t, dir, "alembic.ini", err)) == 0)
		rc = use_named(t, dir, "pyproject.toml", err);
	if (rc == 0 && has_python(dir)) {
		use_folder(t, dir);
		rc = 1;
	}
	if (rc == 1 && t->versions.n > 0)
		return 0;
	mig_tree_release(t);
	if (rc == -1)
		return -1;
	(void)tb_err_set(err, TB_EXIT_NOINPUT,
	    "there are no Alembic revisions in \"%s\"", dir);
	return tb_err_hint(err,
	    "Name the folder of alembic.ini, the script location, or the "
	    "folder of revisions.");
}
