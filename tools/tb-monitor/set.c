#include "core/tb.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "core/strs.h"
#include "set.h"

/* Drop the namesakes of a check that come from earlier places. */
static void
make_way(struct mon_set *set, const struct mon_check *check)
{
	size_t kept = 0;

	for (size_t i = 0; i < set->n; i++) {
		struct mon_check *old = set->v[i];

		if (strcmp(old->id, check->id) == 0 &&
		    old->source < check->source)
			mon_check_free(old);
		else
			set->v[kept++] = old;
	}
	set->n = kept;
}

/*
 * Variants of a check stand together, that for the newest servers first:
 * it is the one to show where no server is asked.
 */
static size_t
place_of(const struct mon_set *set, const struct mon_check *check)
{
	size_t i = 0;

	while (i < set->n && strcmp(set->v[i]->id, check->id) != 0)
		i++;
	while (i < set->n && strcmp(set->v[i]->id, check->id) == 0 &&
	    set->v[i]->until > check->until)
		i++;
	return i;
}

/* Takes the check over, also on failure. */
static int
add(struct mon_set *set, struct mon_check *check, struct tb_err *err)
{
	size_t at;

	make_way(set, check);
	for (size_t i = 0; i < set->n; i++) {
		struct mon_check *old = set->v[i];

		if (strcmp(old->id, check->id) != 0 ||
		    !mon_check_overlaps(old, check))
			continue;
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "%s: check \"%s\" is in %s already", check->file, check->id,
		    old->file);
		mon_check_free(check);
		return tb_err_hint(err,
		    "Variants of a check differ in since and until, or in "
		    "role.");
	}
	set->v = tb_grow(set->v, set->n, &set->cap, sizeof(struct mon_check *));
	at = place_of(set, check);
	memmove(&set->v[at + 1], &set->v[at],
	    (set->n - at) * sizeof(set->v[0]));
	set->v[at] = check;
	set->n++;
	return 0;
}

static int
add_text(struct mon_set *set, const char *id, const char *file,
    const char *text, int source, struct tb_err *err)
{
	struct mon_check *check = mon_check_parse(id, file, text, err);

	if (check == NULL)
		return -1;
	check->source = source;
	return add(set, check, err);
}

static int
add_built_in(struct mon_set *set, struct tb_err *err)
{
	for (const struct tb_sql *s = tool_sql; s->file != NULL; s++) {
		char *file = tb_asprintf("%s.sql (built in)", s->file);
		int rc = add_text(set, s->file, file, s->text, 0, err);

		free(file);
		if (rc == -1)
			return -1;
	}
	return 0;
}

static int
add_file(struct mon_set *set, const char *path, int source, struct tb_err *err)
{
	static const char suffix[] = ".sql";
	const char *base = tb_path_base(path);
	char *id = tb_strndup(base, strlen(base) - (sizeof(suffix) - 1));
	struct tb_buf text = TB_BUF_INIT;
	int rc = tb_file_read(path, &text, err);

	if (rc == 0 && strlen(text.s) != text.len)
		rc = tb_err_set(err, TB_EXIT_CONFIG,
		    "%s: there is a zero byte in it", path);
	if (rc == 0)
		rc = add_text(set, id, path, text.s, source, err);
	tb_buf_release(&text);
	free(id);
	return rc;
}

static int
add_folder(struct mon_set *set, const char *dir, int source, struct tb_err *err)
{
	struct tb_strs paths = TB_STRS_INIT;
	int rc = tb_dir_list(dir, ".sql", false, &paths, err);

	for (size_t i = 0; i < paths.n && rc == 0; i++)
		rc = add_file(set, paths.v[i], source, err);
	tb_strs_release(&paths);
	return rc;
}

int
mon_set_load(struct mon_set *set, const struct tb_strs *dirs,
    struct tb_err *err)
{
	if (add_built_in(set, err) == -1)
		return -1;
	for (size_t i = 0; i < dirs->n; i++)
		if (add_folder(set, dirs->v[i], (int)i + 1, err) == -1)
			return -1;
	return 0;
}

static bool
exists(const struct mon_set *set, const char *id)
{
	for (size_t i = 0; i < set->n; i++)
		if (strcmp(set->v[i]->id, id) == 0)
			return true;
	return false;
}

static int
no_check(const char *word, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_USAGE, "there is no check \"%s\"", word);
	return tb_err_hint(err, "Try \"tb-monitor --list\".");
}

/* For all variants of a check. */
static int
apply_range(struct mon_set *set, const char *id, const char *text,
    bool critical, struct tb_err *err)
{
	if (!exists(set, id))
		return no_check(id, err);
	for (size_t i = 0; i < set->n; i++) {
		struct mon_check *c = set->v[i];
		struct mon_range *range = critical ? &c->critical : &c->warning;

		if (strcmp(c->id, id) != 0)
			continue;
		if (mon_range_parse(range, text, c->unit, err) == -1)
			return -1;
		if (critical)
			c->critical_fixed = true;
		else
			c->warning_fixed = true;
	}
	return 0;
}

static int
apply_param(struct mon_set *set, const char *id, const char *name,
    const char *value, struct tb_err *err)
{
	bool found = false;

	if (!exists(set, id))
		return no_check(id, err);
	if (strcmp(name, MON_PARAM_CONNECT) == 0 ||
	    strcmp(name, MON_PARAM_EPOCH) == 0)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "parameter \"%s\" cannot be set: the program measures it",
		    name);
	for (size_t i = 0; i < set->n; i++) {
		struct mon_param *p = NULL;

		if (strcmp(set->v[i]->id, id) == 0)
			p = mon_check_param(set->v[i], name);
		if (p == NULL)
			continue;
		free(p->value);
		p->value = tb_strdup(value);
		found = true;
	}
	if (found)
		return 0;
	(void)tb_err_set(err, TB_EXIT_USAGE,
	    "check \"%s\" has no parameter \"%s\"", id, name);
	return tb_err_hint(err, "Try \"tb-monitor --explain %s\".", id);
}

static int
bad_setting(const char *text, struct tb_err *err)
{
	return tb_err_set(err, TB_EXIT_USAGE,
	    "\"%s\" does not read CHECK.NAME=VALUE", text);
}

int
mon_set_param(struct mon_set *set, const char *text, struct tb_err *err)
{
	const char *equals = strchr(text, '=');
	char *id, *dot;
	int rc;

	if (equals == NULL)
		return bad_setting(text, err);
	id = tb_strndup(text, (size_t)(equals - text));
	if ((dot = strrchr(id, '.')) == NULL) {
		rc = bad_setting(text, err);
	} else {
		*dot = '\0';
		rc = apply_param(set, id, dot + 1, equals + 1, err);
	}
	free(id);
	return rc;
}

/* The only check that is selected; NULL: there are none, or several. */
static const char *
only_id(const struct mon_set *set)
{
	const char *id = NULL;

	for (size_t i = 0; i < set->n; i++) {
		if (!set->v[i]->selected)
			continue;
		if (id != NULL && strcmp(id, set->v[i]->id) != 0)
			return NULL;
		id = set->v[i]->id;
	}
	return id;
}

int
mon_set_range(struct mon_set *set, const char *text, bool critical,
    struct tb_err *err)
{
	const char *equals = strchr(text, '=');
	const char *only = only_id(set);
	char *id;
	int rc;

	if (equals == NULL && only == NULL)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "\"%s\" does not read CHECK=RANGE, and several checks are "
		    "selected",
		    text);
	id = equals != NULL ? tb_strndup(text, (size_t)(equals - text)) :
			      tb_strdup(only);
	rc = apply_range(set, id, equals != NULL ? equals + 1 : text, critical,
	    err);
	free(id);
	if (rc == -1)
		(void)tb_err_prefix(err, critical ? "--critical" : "--warning");
	return rc;
}

static int
configure_ranges(struct mon_set *set, const char *id, cfg_t *section,
    struct tb_err *err)
{
	const char *warning = cfg_getstr(section, "warning");
	const char *critical = cfg_getstr(section, "critical");

	if (warning != NULL && warning[0] != '\0' &&
	    apply_range(set, id, warning, false, err) == -1)
		return -1;
	if (critical != NULL && critical[0] != '\0' &&
	    apply_range(set, id, critical, true, err) == -1)
		return -1;
	return 0;
}

static int
configure_params(struct mon_set *set, const char *id, cfg_t *section,
    struct tb_err *err)
{
	for (unsigned i = 0; i < cfg_size(section, "set"); i++) {
		const char *text = cfg_getnstr(section, "set", i);
		const char *equals = strchr(text, '=');
		char *name;
		int rc;

		if (equals == NULL)
			return tb_err_set(err, TB_EXIT_CONFIG,
			    "\"%s\" does not read NAME=VALUE", text);
		name = tb_strndup(text, (size_t)(equals - text));
		rc = apply_param(set, id, name, equals + 1, err);
		free(name);
		if (rc == -1)
			return -1;
	}
	return 0;
}

static int
configure_check(struct mon_set *set, cfg_t *section, struct tb_err *err)
{
	const char *id = cfg_title(section);

	/* It may be one of a folder that is not looked at this time. */
	if (!exists(set, id)) {
		tb_warn("tb.conf: there is no check \"%s\"", id);
		return 0;
	}
	for (size_t i = 0; i < set->n; i++)
		if (strcmp(set->v[i]->id, id) == 0)
			set->v[i]->disabled =
			    cfg_getbool(section, "enabled") == cfg_false;
	if (configure_ranges(set, id, section, err) == -1)
		return -1;
	return configure_params(set, id, section, err);
}

int
mon_set_configure(struct mon_set *set, const struct tb_conf *conf,
    struct tb_err *err)
{
	for (unsigned i = 0; i < cfg_size(conf->cfg, "monitor|check"); i++) {
		cfg_t *section = cfg_getnsec(conf->cfg, "monitor|check", i);

		if (configure_check(set, section, err) == 0)
			continue;
		err->code = TB_EXIT_CONFIG;
		return tb_err_prefix(err, "%s: check \"%s\"", conf->file,
		    cfg_title(section));
	}
	return 0;
}

/* A check that is switched off can still be had by its full name. */
static bool
fits(const struct mon_check *c, const char *word, int tier)
{
	if (strcmp(c->id, word) == 0)
		return true;
	return !c->disabled && c->tier <= tier && fnmatch(word, c->id, 0) == 0;
}

int
mon_set_select(struct mon_set *set, int nwords, char *const words[], int tier,
    struct tb_err *err)
{
	for (size_t i = 0; i < set->n && nwords == 0; i++)
		set->v[i]->selected =
		    !set->v[i]->disabled && set->v[i]->tier <= tier;
	for (int w = 0; w < nwords; w++) {
		bool found = false;

		for (size_t i = 0; i < set->n; i++) {
			if (!fits(set->v[i], words[w], tier))
				continue;
			set->v[i]->selected = true;
			found = true;
		}
		if (!found)
			return no_check(words[w], err);
	}
	return 0;
}

struct mon_check *
mon_set_find(const struct mon_set *set, const char *id, struct tb_err *err)
{
	for (size_t i = 0; i < set->n; i++)
		if (strcmp(set->v[i]->id, id) == 0)
			return set->v[i];
	(void)no_check(id, err);
	return NULL;
}

bool
mon_set_is_first(const struct mon_set *set, size_t i)
{
	return i == 0 || strcmp(set->v[i - 1]->id, set->v[i]->id) != 0;
}

void
mon_set_release(struct mon_set *set)
{
	for (size_t i = 0; i < set->n; i++)
		mon_check_free(set->v[i]);
	free(set->v);
	*set = (struct mon_set)MON_SET_INIT;
}
