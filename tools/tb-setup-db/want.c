#include "core/tb.h"

#include <bsd/string.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "want.h"

#define NAME_MAX_LEN 63 /* the server cuts longer ones */

const struct set_role_flag set_role_flags[SET_ROLE_FLAGS] = {
	[SET_LOGIN] = { "login", "rolcanlogin", "LOGIN", "NOLOGIN" },
	{ "inherit", "rolinherit", "INHERIT", "NOINHERIT" },
	{ "createdb", "rolcreatedb", "CREATEDB", "NOCREATEDB" },
	{ "createrole", "rolcreaterole", "CREATEROLE", "NOCREATEROLE" },
	{ "superuser", "rolsuper", "SUPERUSER", "NOSUPERUSER" },
	{ "replication", "rolreplication", "REPLICATION", "NOREPLICATION" },
	{ "bypassrls", "rolbypassrls", "BYPASSRLS", "NOBYPASSRLS" },
};

const struct set_member_opt set_member_opts[SET_MEMBER_OPTS] = {
	{ "admin", "ADMIN", 0 },
	{ "inherit", "INHERIT", 160000 },
	{ "set", "SET", 160000 },
};

const struct set_create_opt set_create_opts[SET_CREATE_OPTS] = {
	{ "template", "TEMPLATE", 0, NULL },
	{ "encoding", "ENCODING", 0, "encoding" },
	{ "locale", "LOCALE", 0, "lc_collate" },
	{ "lc-collate", "LC_COLLATE", 0, "lc_collate" },
	{ "lc-ctype", "LC_CTYPE", 0, "lc_ctype" },
	{ "locale-provider", "LOCALE_PROVIDER", 150000, "locale_provider" },
	{ "icu-locale", "ICU_LOCALE", 150000, "icu_locale" },
	{ "tablespace", "TABLESPACE", 0, "tablespace" },
};

const char *const set_level_names[SET_LEVELS] = {
	[SET_OWNER] = "owner",
	[SET_WRITE] = "write",
	[SET_READ] = "read",
};

struct set_role *
set_want_add_role(struct set_want *want, const char *name)
{
	struct set_role *role;

	want->roles = tb_grow(want->roles, want->nroles, &want->caproles,
	    sizeof(*want->roles));
	role = &want->roles[want->nroles++];
	*role = (struct set_role){
		.name = tb_strdup(name),
		.settings = TB_STRS_INIT,
		.source = { .fd = -1 },
	};
	return role;
}

struct set_db *
set_want_add_db(struct set_want *want, const char *name)
{
	struct set_db *db;

	want->dbs =
	    tb_grow(want->dbs, want->ndbs, &want->capdbs, sizeof(*want->dbs));
	db = &want->dbs[want->ndbs++];
	*db = (struct set_db){
		.name = tb_strdup(name),
		.extensions = TB_STRS_INIT,
		.schemas = TB_STRS_INIT,
		.settings = TB_STRS_INIT,
	};
	return db;
}

struct set_grant *
set_want_add_grant(struct set_want *want, const char *role,
    enum set_level level)
{
	struct set_grant *grant;

	want->grants = tb_grow(want->grants, want->ngrants, &want->capgrants,
	    sizeof(*want->grants));
	grant = &want->grants[want->ngrants++];
	*grant = (struct set_grant){
		.role = tb_strdup(role),
		.level = level,
		.schemas = TB_STRS_INIT,
		.creators = TB_STRS_INIT,
	};
	return grant;
}

struct set_role *
set_want_role(const struct set_want *want, const char *name)
{
	for (size_t i = 0; i < want->nroles; i++)
		if (strcmp(want->roles[i].name, name) == 0)
			return &want->roles[i];
	return NULL;
}

struct set_db *
set_want_db(const struct set_want *want, const char *name)
{
	for (size_t i = 0; i < want->ndbs; i++)
		if (strcmp(want->dbs[i].name, name) == 0)
			return &want->dbs[i];
	return NULL;
}

/* An error of the whole file, or of the command line. */
static int
refuse(const struct set_want *want, struct tb_err *err)
{
	if (want->file != NULL)
		return tb_err_prefix(err, "%s", want->file);
	err->code = TB_EXIT_USAGE;
	return -1;
}

static int
check_name(const struct set_want *want, const char *kind, const char *name,
    struct tb_err *err)
{
	if (name[0] == '\0')
		(void)tb_err_set(err, TB_EXIT_CONFIG, "a %s without a name",
		    kind);
	else if (strlen(name) > NAME_MAX_LEN)
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "the name of %s \"%s\" is longer than %d bytes", kind, name,
		    NAME_MAX_LEN);
	else if (strpbrk(name, "\r\n") != NULL)
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "the name of %s \"%s\" has a line end in it", kind, name);
	else
		return 0;
	return refuse(want, err);
}

static int
check_names(const struct set_want *want, const char *kind,
    const struct tb_strs *names, struct tb_err *err)
{
	for (size_t i = 0; i < names->n; i++)
		if (check_name(want, kind, names->v[i], err) == -1)
			return -1;
	return 0;
}

static int
check_settings(const struct set_want *want, const char *kind, const char *name,
    const struct tb_strs *settings, struct tb_err *err)
{
	for (size_t i = 0; i < settings->n; i++) {
		const char *equals = strchr(settings->v[i], '=');

		if (equals != NULL && equals != settings->v[i])
			continue;
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "%s \"%s\": setting \"%s\" is not name=value", kind, name,
		    settings->v[i]);
		return refuse(want, err);
	}
	return 0;
}

static int
check_role(const struct set_want *want, const struct set_role *role,
    struct tb_err *err)
{
	if (check_name(want, "role", role->name, err) == -1)
		return -1;
	for (size_t i = 0; i < role->nmembers; i++)
		if (check_name(want, "role", role->members[i].role, err) == -1)
			return -1;
	return check_settings(want, "role", role->name, &role->settings, err);
}

static int
check_db(const struct set_want *want, const struct set_db *db,
    struct tb_err *err)
{
	if (check_name(want, "database", db->name, err) == -1 ||
	    check_names(want, "schema", &db->schemas, err) == -1 ||
	    check_names(want, "extension", &db->extensions, err) == -1 ||
	    check_settings(want, "database", db->name, &db->settings, err) ==
		-1)
		return -1;
	if (db->owner != NULL)
		return check_name(want, "role", db->owner, err);
	(void)tb_err_set(err, TB_EXIT_CONFIG, "database \"%s\" has no owner",
	    db->name);
	return refuse(want, err);
}

static int
find_grant_db(const struct set_want *want, struct set_grant *grant,
    struct tb_err *err)
{
	if (grant->db == NULL && want->ndbs == 1)
		grant->db = tb_strdup(want->dbs[0].name);
	if (grant->db == NULL)
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "grant to role \"%s\": which database? (%zu are declared)",
		    grant->role, want->ndbs);
	else if (set_want_db(want, grant->db) == NULL)
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "grant to role \"%s\": database \"%s\" is not declared",
		    grant->role, grant->db);
	else
		return 0;
	return refuse(want, err);
}

static void
add_once(struct tb_strs *list, const char *name)
{
	if (!tb_strs_has(list, name))
		tb_strs_add(list, name);
}

/*
 * Those who create objects: the database's owner, and who has level owner.
 */
static void
add_creators(const struct set_want *want, struct set_grant *grant)
{
	add_once(&grant->creators, set_want_db(want, grant->db)->owner);
	for (size_t i = 0; i < want->ngrants; i++) {
		const struct set_grant *g = &want->grants[i];

		if (g->level == SET_OWNER && g->db != NULL &&
		    strcmp(g->db, grant->db) == 0)
			add_once(&grant->creators, g->role);
	}
}

int
set_want_finish(struct set_want *want, struct tb_err *err)
{
	for (size_t i = 0; i < want->nroles; i++)
		if (check_role(want, &want->roles[i], err) == -1)
			return -1;
	for (size_t i = 0; i < want->ndbs; i++)
		if (check_db(want, &want->dbs[i], err) == -1)
			return -1;
	for (size_t i = 0; i < want->ngrants; i++) {
		struct set_grant *grant = &want->grants[i];

		if (check_name(want, "role", grant->role, err) == -1 ||
		    check_names(want, "schema", &grant->schemas, err) == -1 ||
		    check_names(want, "role", &grant->creators, err) == -1 ||
		    find_grant_db(want, grant, err) == -1)
			return -1;
	}
	for (size_t i = 0; i < want->ngrants; i++) {
		if (want->grants[i].creators.n == 0)
			add_creators(want, &want->grants[i]);
		if (want->grants[i].schemas.n == 0)
			tb_strs_add(&want->grants[i].schemas, "public");
	}
	return 0;
}

static void
wipe(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

static void
release_role(struct set_role *role)
{
	for (size_t i = 0; i < role->nmembers; i++)
		free(role->members[i].role);
	free(role->members);
	free(role->name);
	free(role->valid_until);
	free(role->comment);
	free(role->source.env);
	free(role->source.file);
	free(role->save_secret);
	wipe(role->secret);
	tb_strs_release(&role->settings);
}

static void
release_db(struct set_db *db)
{
	for (size_t i = 0; i < SET_CREATE_OPTS; i++)
		free(db->create[i]);
	free(db->name);
	free(db->owner);
	free(db->comment);
	tb_strs_release(&db->extensions);
	tb_strs_release(&db->schemas);
	tb_strs_release(&db->settings);
}

void
set_want_release(struct set_want *want)
{
	for (size_t i = 0; i < want->nroles; i++)
		release_role(&want->roles[i]);
	for (size_t i = 0; i < want->ndbs; i++)
		release_db(&want->dbs[i]);
	for (size_t i = 0; i < want->ngrants; i++) {
		free(want->grants[i].role);
		free(want->grants[i].db);
		tb_strs_release(&want->grants[i].schemas);
		tb_strs_release(&want->grants[i].creators);
	}
	free(want->roles);
	free(want->dbs);
	free(want->grants);
	free(want->file);
	*want = (struct set_want)SET_WANT_INIT;
}
