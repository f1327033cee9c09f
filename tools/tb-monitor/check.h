/*
 * check.h: a check is an SQL file that says what it asks.
 *
 * It begins with "--: key value" lines (tb-monitor(1) lists them), then comes
 * one statement.  The program knows no check by its name.
 */
#ifndef MON_CHECK_H
#define MON_CHECK_H

#include "core/tb.h"
#include "range.h"

struct tb_err;

enum mon_scope {
	MON_CLUSTER,  /* the answer is the same in every database */
	MON_DATABASE, /* it is about the one that we are connected to */
};

enum mon_role {
	MON_ANY,
	MON_PRIMARY,
	MON_STANDBY,
};

/* $1, $2, ... of the statement, in this order. */
struct mon_param {
	char *name;
	char *value; /* NULL: SQL's NULL */
};

struct mon_check {
	char *id;
	char *file;                          /* as messages name it */
	char *title, *unit, *hint, *explain; /* NULL: none, but for title */
	char *text;                          /* the whole file */
	const char *sql; /* the statement: borrowed from text */
	struct mon_range warning, critical;
	/* Given by the user: then rows cannot bring ranges of their own. */
	bool warning_fixed, critical_fixed;
	int scope, role;  /* enum mon_scope, enum mon_role */
	int tier;         /* 0: is it there, ... 3: once a day is enough */
	int since, until; /* versions of the server, both inclusive */
	struct mon_param *params;
	size_t nparams, params_cap;

	int source;    /* 0: built in, 1: the first folder, ... */
	bool disabled; /* runs only when it is named */
	bool selected;

	/* Texts of the keys, until the unit is known. */
	char *name_key, *warning_key, *critical_key;
};

/*
 * Values of parameters of these names are the program's own: how long it took
 * to connect, and this machine's clock at the moment when the server will
 * presumably see it, in seconds since 1970.
 */
#define MON_PARAM_CONNECT "connect_seconds"
#define MON_PARAM_EPOCH   "client_epoch"

/*
 * Read a check.  id: what its file is called, without ".sql"; file: for
 * messages.  NULL and 78 with file and line on failure.
 */
struct mon_check *mon_check_parse(const char *id, const char *file,
    const char *text, struct tb_err *) TB_MUSTCHECK;

void mon_check_free(struct mon_check *);

/* NULL: there is no parameter of this name. */
struct mon_param *mon_check_param(const struct mon_check *, const char *name);

/* May both run on one and the same server? */
bool mon_check_overlaps(const struct mon_check *, const struct mon_check *);

const char *mon_role_name(int role);
const char *mon_scope_name(int scope);

#endif /* MON_CHECK_H */
