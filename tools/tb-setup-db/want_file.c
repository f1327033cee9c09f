/*
 * The file: sections "role", "database" and "grant" in libconfuse's syntax.
 */
#include "core/tb.h"

#include <confuse.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "want.h"

/* libconfuse takes the default of a list as text that is not const. */
static char no_members[] = "{}";

/* clang-format off */
#define OPT_STR(name)	CFG_STR(name, NULL, CFGF_NODEFAULT)
#define OPT_INT(name)	CFG_INT(name, 0, CFGF_NODEFAULT)
#define OPT_BOOL(name)	CFG_BOOL(name, cfg_false, CFGF_NODEFAULT)
#define OPT_LIST(name)	CFG_STR_LIST(name, no_members, CFGF_NONE)

/* The keys of set_member_opts[]. */
static cfg_opt_t membership_options[] = {
	OPT_BOOL("admin"),
	OPT_BOOL("inherit"),
	OPT_BOOL("set"),
	CFG_END(),
};

/* With those of set_role_flags[]. */
static cfg_opt_t role_options[] = {
	OPT_BOOL("login"),
	OPT_BOOL("inherit"),
	OPT_BOOL("createdb"),
	OPT_BOOL("createrole"),
	OPT_BOOL("superuser"),
	OPT_BOOL("replication"),
	OPT_BOOL("bypassrls"),
	OPT_INT("connection-limit"),
	OPT_STR("valid-until"),
	OPT_STR("comment"),
	OPT_LIST("member-of"),
	CFG_SEC("membership", membership_options,
	    CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
	OPT_LIST("settings"),
	OPT_STR("password-env"),
	OPT_STR("password-file"),
	OPT_BOOL("generate"),
	CFG_END(),
};

/* With those of set_create_opts[]. */
static cfg_opt_t database_options[] = {
	OPT_STR("owner"),
	OPT_STR("comment"),
	OPT_STR("template"),
	OPT_STR("encoding"),
	OPT_STR("locale"),
	OPT_STR("lc-collate"),
	OPT_STR("lc-ctype"),
	OPT_STR("locale-provider"),
	OPT_STR("icu-locale"),
	OPT_STR("tablespace"),
	OPT_INT("connection-limit"),
	OPT_LIST("extensions"),
	OPT_LIST("schemas"),
	OPT_LIST("settings"),
	OPT_BOOL("public-create"),
	CFG_END(),
};

static cfg_opt_t grant_options[] = {
	OPT_STR("role"),
	OPT_STR("level"),
	OPT_STR("database"),
	OPT_LIST("schemas"),
	OPT_LIST("creators"),
	CFG_END(),
};

static cfg_opt_t file_options[] = {
	CFG_SEC("role", role_options,
	    CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
	CFG_SEC("database", database_options,
	    CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
	CFG_SEC("grant", grant_options, CFGF_MULTI),
	CFG_END(),
};
/* clang-format on */

/* A new string; NULL when it is not there or empty. */
static char *
get_str(cfg_t *section, const char *key)
{
	const char *value;

	if (cfg_size(section, key) == 0)
		return NULL;
	value = cfg_getstr(section, key);
	return value != NULL && value[0] != '\0' ? tb_strdup(value) : NULL;
}

/* The same, but empty is a value: no comment is one. */
static char *
get_text(cfg_t *section, const char *key)
{
	return cfg_size(section, key) > 0 ?
	    tb_strdup_null(cfg_getstr(section, key)) :
	    NULL;
}

static enum set_tri
get_tri(cfg_t *section, const char *key)
{
	if (cfg_size(section, key) == 0)
		return SET_UNSET;
	return cfg_getbool(section, key) == cfg_true ? SET_YES : SET_NO;
}

static void
get_limit(cfg_t *section, bool *limited, long *limit)
{
	*limited = cfg_size(section, "connection-limit") > 0;
	if (*limited)
		*limit = cfg_getint(section, "connection-limit");
}

static void
get_list(cfg_t *section, const char *key, struct tb_strs *out)
{
	for (unsigned int i = 0; i < cfg_size(section, key); i++)
		tb_strs_add(out, cfg_getnstr(section, key, i));
}

static struct set_member *
add_member(struct set_role *role, const char *name)
{
	struct set_member *m;

	role->members = tb_grow(role->members, role->nmembers,
	    &role->capmembers, sizeof(*role->members));
	m = &role->members[role->nmembers++];
	*m = (struct set_member){ .role = tb_strdup(name) };
	return m;
}

static void
read_members(cfg_t *section, struct set_role *role)
{
	for (unsigned int i = 0; i < cfg_size(section, "member-of"); i++)
		(void)add_member(role, cfg_getnstr(section, "member-of", i));
	for (unsigned int i = 0; i < cfg_size(section, "membership"); i++) {
		cfg_t *sub = cfg_getnsec(section, "membership", i);
		struct set_member *m = add_member(role, cfg_title(sub));

		for (size_t o = 0; o < SET_MEMBER_OPTS; o++)
			m->opts[o] = get_tri(sub, set_member_opts[o].key);
	}
}

static void
read_source(cfg_t *section, const char *dir, struct set_source *source)
{
	char *file = get_str(section, "password-file");

	source->env = get_str(section, "password-env");
	source->generate = get_tri(section, "generate") == SET_YES;
	if (file != NULL)
		source->file = tb_path_join(dir, file);
	free(file);
}

static void
read_role(struct set_want *want, cfg_t *section, const char *dir)
{
	struct set_role *role = set_want_add_role(want, cfg_title(section));

	for (size_t i = 0; i < SET_ROLE_FLAGS; i++)
		role->flags[i] = get_tri(section, set_role_flags[i].key);
	get_limit(section, &role->limited, &role->limit);
	role->valid_until = get_str(section, "valid-until");
	role->comment = get_text(section, "comment");
	get_list(section, "settings", &role->settings);
	read_members(section, role);
	read_source(section, dir, &role->source);
}

static void
read_db(struct set_want *want, cfg_t *section)
{
	struct set_db *db = set_want_add_db(want, cfg_title(section));

	db->owner = get_str(section, "owner");
	db->comment = get_text(section, "comment");
	for (size_t i = 0; i < SET_CREATE_OPTS; i++)
		db->create[i] = get_str(section, set_create_opts[i].key);
	get_limit(section, &db->limited, &db->limit);
	get_list(section, "extensions", &db->extensions);
	get_list(section, "schemas", &db->schemas);
	get_list(section, "settings", &db->settings);
	db->public_create = get_tri(section, "public-create") == SET_YES;
}

static int
find_level(const char *word, enum set_level *level)
{
	for (int i = 0; word != NULL && i < SET_LEVELS; i++)
		if (strcmp(word, set_level_names[i]) == 0) {
			*level = (enum set_level)i;
			return 0;
		}
	return -1;
}

static int
bad_level(const struct set_want *want, const char *role, const char *word,
    struct tb_err *err)
{
	struct tb_buf words = TB_BUF_INIT;

	for (size_t i = 0; i < SET_LEVELS; i++)
		tb_buf_addf(&words, "%s%s", i > 0 ? ", " : "",
		    set_level_names[i]);
	(void)tb_err_set(err, TB_EXIT_CONFIG,
	    "%s: grant to role \"%s\": level \"%s\" is not one of %s",
	    want->file, role, word != NULL ? word : "", words.s);
	tb_buf_release(&words);
	return -1;
}

static int
read_grant(struct set_want *want, cfg_t *section, struct tb_err *err)
{
	char *role = get_str(section, "role");
	char *word = get_str(section, "level");
	enum set_level level;
	struct set_grant *grant;
	int rc = 0;

	if (role == NULL) {
		rc = tb_err_set(err, TB_EXIT_CONFIG, "%s: a grant to no role",
		    want->file);
	} else if (find_level(word, &level) == -1) {
		rc = bad_level(want, role, word, err);
	} else {
		grant = set_want_add_grant(want, role, level);
		grant->db = get_str(section, "database");
		get_list(section, "schemas", &grant->schemas);
		get_list(section, "creators", &grant->creators);
	}
	free(role);
	free(word);
	return rc;
}

static int
read_sections(struct set_want *want, cfg_t *cfg, const char *dir,
    struct tb_err *err)
{
	for (unsigned int i = 0; i < cfg_size(cfg, "role"); i++)
		read_role(want, cfg_getnsec(cfg, "role", i), dir);
	for (unsigned int i = 0; i < cfg_size(cfg, "database"); i++)
		read_db(want, cfg_getnsec(cfg, "database", i));
	for (unsigned int i = 0; i < cfg_size(cfg, "grant"); i++)
		if (read_grant(want, cfg_getnsec(cfg, "grant", i), err) == -1)
			return -1;
	return set_want_finish(want, err);
}

int
set_want_read(struct set_want *want, const char *file, struct tb_err *err)
{
	cfg_t *cfg = tb_conf_parse(file, file_options, err);
	char *dir;
	int rc;

	if (cfg == NULL)
		return -1;
	dir = tb_path_dir(file);
	want->file = tb_strdup(file);
	rc = read_sections(want, cfg, dir, err);
	free(dir);
	(void)cfg_free(cfg);
	return rc;
}
