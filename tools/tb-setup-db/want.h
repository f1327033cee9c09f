/*
 * want.h: what is declared: roles, databases and grants.
 *
 *	struct set_want want = SET_WANT_INIT;
 *
 *	if (set_want_read(&want, "database.conf", err) == -1)
 *		return -1;
 *	set_want_release(&want);
 *
 * What is not declared of a role or a database is not looked at and not
 * changed.  Everything here is owned by the struct set_want.
 */
#ifndef SET_WANT_H
#define SET_WANT_H

#include "core/strs.h"
#include "core/tb.h"

struct tb_err;

enum set_tri {
	SET_UNSET, /* not declared */
	SET_NO,
	SET_YES,
};

/* Attributes of a role that are on or off: one row each. */
struct set_role_flag {
	const char *key;    /* in the file */
	const char *column; /* of pg_roles */
	const char *yes, *no;
};

#define SET_ROLE_FLAGS 7
extern const struct set_role_flag set_role_flags[SET_ROLE_FLAGS];
#define SET_LOGIN 0 /* its row */

/* Options of a membership: one row each. */
struct set_member_opt {
	const char *key; /* in the file, and a column of have_members.sql */
	const char *word;
	int since; /* version of the server */
};

#define SET_MEMBER_OPTS 3
extern const struct set_member_opt set_member_opts[SET_MEMBER_OPTS];

/* What CREATE DATABASE takes: one row each. */
struct set_create_opt {
	const char *key; /* in the file */
	const char *word;
	int since;
	const char *column; /* of have_databases.sql; NULL: not compared */
};

#define SET_CREATE_OPTS 8
extern const struct set_create_opt set_create_opts[SET_CREATE_OPTS];

enum set_level { SET_OWNER, SET_WRITE, SET_READ, SET_LEVELS };

extern const char *const set_level_names[SET_LEVELS];

/* Where a password comes from: the first of them that has one. */
struct set_source {
	int fd;        /* -1: none */
	char *env;     /* the name of an environment variable */
	char *file;    /* NULL with generate: see secret.h */
	bool generate; /* make the file when it is missing */
};

enum set_secret_state {
	SET_SECRET_NONE, /* no source, or none that has one */
	SET_SECRET_MAKE, /* to be generated when the plan is applied */
	SET_SECRET_KNOWN,
};

struct set_member {
	char *role; /* the role that is joined */
	enum set_tri opts[SET_MEMBER_OPTS];
};

struct set_role {
	char *name;
	enum set_tri flags[SET_ROLE_FLAGS];
	bool limited;
	long limit;        /* of connections; -1: none */
	char *valid_until; /* NULL: not declared, as are those below */
	char *comment;
	struct set_member *members;
	size_t nmembers, capmembers;
	struct tb_strs settings; /* "name=value" */

	struct set_source source;
	enum set_secret_state secret_state;
	char *secret;           /* clear text, or a SCRAM verifier */
	bool force_secret;      /* set it unless it is known to be the same */
	char *save_secret;      /* write it to this file too; NULL: no */
	bool set_secret;        /* the plan is to set it; see password.h */
	const char *secret_why; /* static text */
};

struct set_db {
	char *name, *owner, *comment;
	char *create[SET_CREATE_OPTS]; /* NULL: not declared */
	bool limited;
	long limit;
	struct tb_strs extensions, schemas, settings;
	bool public_create; /* PUBLIC may keep CREATE on the schemas */
};

struct set_grant {
	char *role;
	enum set_level level;
	char *db;
	struct tb_strs schemas;
	struct tb_strs creators; /* whose later objects are covered too */
};

struct set_want {
	struct set_role *roles;
	size_t nroles, caproles;
	struct set_db *dbs;
	size_t ndbs, capdbs;
	struct set_grant *grants;
	size_t ngrants, capgrants;
	char *file; /* NULL: from the command line */
};

/* clang-format off */
#define SET_WANT_INIT { NULL, 0, 0, NULL, 0, 0, NULL, 0, 0, NULL }
/* clang-format on */

/* Add an empty one with this name; the pointer is good until the next. */
struct set_role *set_want_add_role(struct set_want *, const char *name);
struct set_db *set_want_add_db(struct set_want *, const char *name);
struct set_grant *set_want_add_grant(struct set_want *, const char *role,
    enum set_level);

/* NULL: not declared.  Borrowed. */
struct set_role *set_want_role(const struct set_want *, const char *name);
struct set_db *set_want_db(const struct set_want *, const char *name);

/*
 * Fill in what follows from the rest (a grant's database and creators) and
 * refuse what makes no sense.  78 on failure.
 */
int set_want_finish(struct set_want *, struct tb_err *) TB_MUSTCHECK;

/* Read a file; 66 or 78 on failure. */
int set_want_read(struct set_want *, const char *file,
    struct tb_err *) TB_MUSTCHECK;

/* Wipes the passwords. */
void set_want_release(struct set_want *);

#endif /* SET_WANT_H */
