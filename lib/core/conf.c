#include "core/tb.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/strs.h"

/* libconfuse takes the default of a list as text that is not const. */
static char no_members[] = "{}";

/* clang-format off */
static cfg_opt_t database_options[] = {
	CFG_STR("url", "", CFGF_NONE),
	CFG_STR("service", "", CFGF_NONE),
	CFG_STR("host", "", CFGF_NONE),
	CFG_STR("port", "", CFGF_NONE),
	CFG_STR("name", "", CFGF_NONE),
	CFG_STR("user", "", CFGF_NONE),
	CFG_END(),
};

static cfg_opt_t migrate_options[] = {
	CFG_STR_LIST("revisions", no_members, CFGF_NONE),
	CFG_BOOL("recursive", cfg_false, CFGF_NONE),
	CFG_STR("version-table", "alembic_version", CFGF_NONE),
	CFG_STR("version-schema", "", CFGF_NONE),
	CFG_STR("file-template", "%(rev)s_%(slug)s", CFGF_NONE),
	CFG_INT("slug-length", 40, CFGF_NONE),
	CFG_STR("timezone", "UTC", CFGF_NONE),
	CFG_STR("transaction", "run", CFGF_NONE),
	CFG_STR("role", "", CFGF_NONE),
	CFG_STR("lock-timeout", "", CFGF_NONE),
	CFG_STR("statement-timeout", "", CFGF_NONE),
	CFG_END(),
};

static cfg_opt_t verify_options[] = {
	CFG_STR("model", "", CFGF_NONE),
	CFG_STR_LIST("ignore-schemas", no_members, CFGF_NONE),
	CFG_STR("ignore", "", CFGF_NONE),
	CFG_STR("snapshot", "", CFGF_NONE),
	CFG_END(),
};

static cfg_opt_t check_options[] = {
	CFG_STR("warning", "", CFGF_NONE),
	CFG_STR("critical", "", CFGF_NONE),
	CFG_BOOL("enabled", cfg_true, CFGF_NONE),
	CFG_STR_LIST("set", no_members, CFGF_NONE),
	CFG_END(),
};

static cfg_opt_t monitor_options[] = {
	CFG_STR_LIST("checks", no_members, CFGF_NONE),
	CFG_STR("timeout", "", CFGF_NONE),
	CFG_SEC("check", check_options, CFGF_MULTI | CFGF_TITLE),
	CFG_END(),
};

static cfg_opt_t setup_options[] = {
	CFG_STR("file", "", CFGF_NONE),
	CFG_END(),
};

static cfg_opt_t connect_options[] = {
	CFG_STR("container", "", CFGF_NONE),
	CFG_STR("service", "", CFGF_NONE),
	CFG_STR("environment", "", CFGF_NONE),
	CFG_END(),
};

static cfg_opt_t cluster_options[] = {
	CFG_STR("directory", "", CFGF_NONE),
	CFG_END(),
};

static cfg_opt_t tb_options[] = {
	CFG_SEC("database", database_options, CFGF_NONE),
	CFG_SEC("migrate", migrate_options, CFGF_NONE),
	CFG_SEC("verify", verify_options, CFGF_NONE),
	CFG_SEC("monitor", monitor_options, CFGF_NONE),
	CFG_SEC("setup", setup_options, CFGF_NONE),
	CFG_SEC("connect", connect_options, CFGF_NONE),
	CFG_SEC("cluster", cluster_options, CFGF_NONE),
	CFG_END(),
};
/* clang-format on */

/* Skip a string of either kind of quotes that starts at s. */
static char *
skip_string(char *s)
{
	char quote = *s++;

	while (*s != '\0' && *s != quote)
		s += *s == '\\' && s[1] != '\0' ? 2 : 1;
	return *s != '\0' ? s + 1 : s;
}

/* Blanks instead of the comment that starts at s, but for its line ends. */
static char *
blank_comment(char *s)
{
	bool block = s[0] == '/' && s[1] == '*';
	char *end = block ? strstr(s + 2, "*/") : strchr(s, '\n');

	if (end == NULL)
		end = s + strlen(s);
	else if (block)
		end += 2;
	for (; s < end; s++)
		if (*s != '\n')
			*s = ' ';
	return end;
}

/* Inside a word (a URL without quotes) these characters are its own. */
static bool
starts_comment(const char *text, const char *s)
{
	if (s > text && strchr(" \t\r\n{}()=+,", s[-1]) == NULL)
		return false;
	return *s == '#' || (*s == '/' && (s[1] == '/' || s[1] == '*'));
}

/*
 * libconfuse 3.3 counts the lines of comments twice and takes the end of the
 * file for the end of a section, so it gets the text without comments, and the
 * sections that are open in the end are counted here.
 */
static int
blank_comments(char *text)
{
	int depth = 0;

	for (char *s = text; *s != '\0';) {
		if (*s == '"' || *s == '\'') {
			s = skip_string(s);
		} else if (starts_comment(text, s)) {
			s = blank_comment(s);
		} else {
			depth += (*s == '{') - (*s == '}');
			s++;
		}
	}
	return depth;
}

/*
 * libconfuse reports through a function that is handed no pointer of ours, so
 * the first complaint of a file is kept here until cfg_parse() returns.
 */
static char *complaint;
static const char *parsed_file;

TB_PRINTF(2, 0)
static void
keep_complaint(cfg_t *cfg, const char *fmt, va_list ap)
{
	char *text;

	if (complaint != NULL)
		return;
	text = tb_vasprintf(fmt, ap);
	if (cfg != NULL && parsed_file != NULL)
		complaint =
		    tb_asprintf("%s:%d: %s", parsed_file, cfg->line, text);
	else
		complaint = tb_strdup(text);
	free(text);
}

static int
parse_text(cfg_t *cfg, const char *path, char *text, struct tb_err *err)
{
	int depth = blank_comments(text), rc;

	parsed_file = path;
	if ((rc = cfg_parse_buf(cfg, text)) != CFG_SUCCESS)
		(void)tb_err_set(err, TB_EXIT_CONFIG, "%s",
		    complaint != NULL ? complaint : path);
	else if (depth > 0)
		rc = tb_err_set(err, TB_EXIT_CONFIG,
		    "%s:%d: a section is not closed", path, cfg->line);
	parsed_file = NULL;
	free(complaint);
	complaint = NULL;
	if (rc == CFG_SUCCESS)
		return 0;
	return tb_err_hint(err,
	    "Mend that line; the manual page lists what may stand there.");
}

cfg_t *
tb_conf_parse(const char *path, cfg_opt_t *options, struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;
	cfg_t *cfg = NULL;

	if (tb_file_read(path, &text, err) == -1) {
		tb_buf_release(&text);
		return NULL;
	}
	if ((cfg = cfg_init(options, CFGF_NONE)) == NULL)
		tb_bug("could not set up the reader of configuration files");
	(void)cfg_set_error_function(cfg, keep_complaint);
	if (parse_text(cfg, path, text.s, err) == -1) {
		(void)cfg_free(cfg);
		cfg = NULL;
	}
	tb_buf_release(&text);
	return cfg;
}

/* "tb.conf" or "etc/tb.conf" here or in the nearest parent; NULL: none. */
static char *
search_upwards(void)
{
	static const char *const names[] = { "tb.conf", "etc/tb.conf" };
	char *dir = tb_path_absolute(".");
	char *found = NULL;

	while (found == NULL) {
		char *parent = tb_path_dir(dir);
		bool top = strcmp(dir, "/") == 0;

		for (size_t i = 0; i < TB_LEN(names) && found == NULL; i++) {
			char *path = tb_path_join(dir, names[i]);

			if (tb_file_exists(path))
				found = path;
			else
				free(path);
		}
		free(dir);
		dir = parent;
		if (top)
			break;
	}
	free(dir);
	return found;
}

static char *
find_file(const char *path)
{
	static const char system_file[] = "/etc/tb/tb.conf";
	const char *env = getenv("TB_CONFIG");
	char *found;

	if (path != NULL)
		return tb_strdup(path);
	if (env != NULL && env[0] != '\0')
		return tb_strdup(env);
	if ((found = search_upwards()) != NULL)
		return found;
	return tb_file_exists(system_file) ? tb_strdup(system_file) : NULL;
}

static char *
folder_of(const char *file)
{
	char *absolute = tb_path_absolute(file);
	char *dir = tb_path_dir(absolute);

	free(absolute);
	return dir;
}

int
tb_conf_load(struct tb_conf *conf, const char *path, struct tb_err *err)
{
	char *file = find_file(path);
	cfg_t *cfg;

	if (file != NULL)
		cfg = tb_conf_parse(file, tb_options, err);
	else if ((cfg = cfg_init(tb_options, CFGF_NONE)) != NULL)
		(void)cfg_parse_buf(cfg, "");
	if (cfg == NULL) {
		free(file);
		return -1;
	}
	conf->cfg = cfg;
	conf->dir = file != NULL ? folder_of(file) : tb_path_absolute(".");
	conf->file = file;
	return 0;
}

void
tb_conf_release(struct tb_conf *conf)
{
	if (conf->cfg != NULL)
		(void)cfg_free(conf->cfg);
	free(conf->file);
	free(conf->dir);
	*conf = (struct tb_conf)TB_CONF_INIT;
}

static cfg_opt_t *
option(const struct tb_conf *conf, const char *name)
{
	cfg_opt_t *opt = cfg_getopt(conf->cfg, name);

	if (opt == NULL)
		tb_bug("no option \"%s\" in the table of tb.conf", name);
	return opt;
}

const char *
tb_conf_str(const struct tb_conf *conf, const char *name)
{
	const char *value = cfg_opt_getnstr(option(conf, name), 0);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

long
tb_conf_int(const struct tb_conf *conf, const char *name)
{
	return cfg_opt_getnint(option(conf, name), 0);
}

bool
tb_conf_bool(const struct tb_conf *conf, const char *name)
{
	return cfg_opt_getnbool(option(conf, name), 0) == cfg_true;
}

void
tb_conf_list(const struct tb_conf *conf, const char *name, struct tb_strs *out)
{
	cfg_opt_t *opt = option(conf, name);

	for (unsigned int i = 0; i < cfg_opt_size(opt); i++)
		tb_strs_add(out, cfg_opt_getnstr(opt, i));
}

char *
tb_conf_path(const struct tb_conf *conf, const char *name)
{
	const char *value = tb_conf_str(conf, name);

	return value != NULL ? tb_path_join(conf->dir, value) : NULL;
}

void
tb_conf_paths(const struct tb_conf *conf, const char *name, struct tb_strs *out)
{
	cfg_opt_t *opt = option(conf, name);

	for (unsigned int i = 0; i < cfg_opt_size(opt); i++)
		tb_strs_take(out,
		    tb_path_join(conf->dir, cfg_opt_getnstr(opt, i)));
}

cfg_t *
tb_conf_section(const struct tb_conf *conf, const char *name, const char *title)
{
	cfg_opt_t *opt = option(conf, name);

	for (unsigned int i = 0; i < cfg_opt_size(opt); i++) {
		cfg_t *section = cfg_opt_getnsec(opt, i);

		if (strcmp(cfg_title(section), title) == 0)
			return section;
	}
	return NULL;
}
