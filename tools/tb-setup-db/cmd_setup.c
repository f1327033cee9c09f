/*
 * tb-setup-db: the one command there is.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "core/strs.h"
#include "drop.h"
#include "have.h"
#include "password.h"
#include "plan.h"
#include "prove.h"
#include "report.h"
#include "secret.h"
#include "session.h"
#include "setup.h"
#include "want.h"

static bool dry_run, check, drop, yes, no_test;
static const char *file, *database, *owner, *set_password;
static const char *password_file, *password_env, *generate;
static long long password_fd = -1;
static double wait_seconds;
static struct tb_strs readers, writers;

static const struct tb_opt opts[] = {
	TB_OPT_STR(0, "file", "FILE", "what is wanted (tb.conf: setup, file)",
	    &file),
	TB_OPT_STR(0, "database", "NAME", "instead of a file: the database,",
	    &database),
	TB_OPT_STR(0, "owner", "ROLE", "its owner,", &owner),
	TB_OPT_LIST(0, "write", "ROLE", "a role that reads and writes,",
	    &writers),
	TB_OPT_LIST(0, "read", "ROLE", "a role that reads only", &readers),
	TB_OPT_FLAG('n', "dry-run", "print the SQL for psql, change nothing",
	    &dry_run),
	TB_OPT_FLAG(0, "check", "tell what would change; exit 1 if anything",
	    &check),
	TB_OPT_STR(0, "set-password", "ROLE",
	    "set the password of this role, nothing else", &set_password),
	TB_OPT_STR(0, "password-file", "FILE",
	    "password of --owner or --set-password,", &password_file),
	TB_OPT_INT(0, "password-fd", "N", "from an open file descriptor,",
	    &password_fd, 0, 1023),
	TB_OPT_STR(0, "password-env", "NAME", "from an environment variable,",
	    &password_env),
	TB_OPT_STR(0, "generate-password", "FILE",
	    "or made and written to this file (0600)", &generate),
	TB_OPT_FLAG(0, "drop", "drop database, and roles that own nothing else",
	    &drop),
	TB_OPT_FLAG(0, "yes", "do not ask before --drop", &yes),
	TB_OPT_FLAG(0, "no-test", "do not log in as the roles in the end",
	    &no_test),
	TB_OPT_NUM(0, "wait", "SECONDS",
	    "wait for the server to accept connections (0)", &wait_seconds, 0,
	    86400),
	TB_OPT_END,
};

static int
usage(struct tb_err *err, const char *text)
{
	return tb_err_set(err, TB_EXIT_USAGE, "%s", text);
}

static int
count_sources(void)
{
	return (password_file != NULL) + (password_env != NULL) +
	    (generate != NULL) + (password_fd != -1);
}

static int
check_options(struct tb_err *err)
{
	if (dry_run + check > 1)
		return usage(err, "--dry-run and --check exclude each other");
	if (drop && (check || set_password != NULL))
		return usage(err,
		    "--drop goes with neither --check nor --set-password");
	if (yes && !drop)
		return usage(err, "--yes goes with --drop");
	if (file != NULL && database != NULL)
		return usage(err, "--file and --database exclude each other");
	if (database == NULL &&
	    (owner != NULL || readers.n > 0 || writers.n > 0))
		return usage(err,
		    "--owner, --write and --read go with --database");
	if (database != NULL && owner == NULL)
		return usage(err, "--database needs --owner");
	if (count_sources() > 1)
		return usage(err, "the password comes from one place only");
	if (count_sources() > 0 && database == NULL && set_password == NULL) {
		(void)usage(err,
		    "options for a password go with --database or "
		    "--set-password");
		return tb_err_hint(err,
		    "In a file, each role says where its own comes from: "
		    "password-env, password-file, generate.");
	}
	return 0;
}

static void
take_source(struct set_source *source)
{
	source->fd = (int)password_fd;
	source->env = tb_strdup_null(password_env);
	source->file =
	    tb_strdup_null(generate != NULL ? generate : password_file);
	source->generate = generate != NULL;
}

static void
want_role(struct set_want *want, const char *name, enum set_level level)
{
	if (set_want_role(want, name) == NULL)
		set_want_add_role(want, name)->flags[SET_LOGIN] = SET_YES;
	(void)set_want_add_grant(want, name, level);
}

static int
want_from_options(struct set_want *want, struct tb_err *err)
{
	struct set_db *db = set_want_add_db(want, database);

	db->owner = tb_strdup(owner);
	want_role(want, owner, SET_OWNER);
	for (size_t i = 0; i < writers.n; i++)
		want_role(want, writers.v[i], SET_WRITE);
	for (size_t i = 0; i < readers.n; i++)
		want_role(want, readers.v[i], SET_READ);
	if (set_password == NULL)
		take_source(&set_want_role(want, owner)->source);
	return set_want_finish(want, err);
}

static int
read_want(const struct tb_ctx *ctx, struct set_want *want, struct tb_err *err)
{
	char *path;
	int rc;

	if (database != NULL)
		return want_from_options(want, err);
	path = file != NULL ? tb_strdup(file) :
			      tb_conf_path(&ctx->conf, "setup|file");
	if (path != NULL) {
		rc = set_want_read(want, path, err);
		free(path);
		return rc;
	}
	if (set_password != NULL)
		return 0;
	(void)usage(err, "nothing says what is wanted");
	return tb_err_hint(err,
	    "Name a file with --file or in tb.conf (setup, file), or give "
	    "--database NAME --owner ROLE.");
}

/* The words of --check and of a result; -n has the SQL, quiet or not. */
static void
print(const struct tb_ctx *ctx, const struct set_report *r)
{
	if (tb_cli_is_json(ctx))
		set_print_json(r);
	else if (dry_run)
		set_print_sql(r);
	else if (!ctx->quiet)
		set_print_text(r);
}

static int
look(struct tb_ctx *ctx, struct set_want *want, struct set_session *s,
    struct tb_err *err)
{
	struct set_plan plan = SET_PLAN_INIT;
	struct set_report r = { .want = want, .session = s, .plan = &plan };
	int rc = -1;

	if (set_apply_secrets(want, s, err) == 0 &&
	    set_plan_all(&plan, want, s, err) == 0) {
		print(ctx, &r);
		rc = check && plan.n > 0 ? TB_EXIT_FOUND : TB_EXIT_OK;
	}
	set_plan_release(&plan);
	return rc;
}

static int
prove(const struct set_report *r, struct set_proofs *proofs, struct tb_err *err)
{
	if (no_test)
		return 0;
	if (set_password != NULL)
		return set_prove_login(proofs, &r->want->roles[0], r->session,
		    err);
	return set_prove(proofs, r->want, r->session, r->plan->n > 0, err);
}

/* What is done is told before what went wrong. */
static int
tell(struct tb_ctx *ctx, struct set_report *r, int rc, struct tb_err *err)
{
	r->failed = rc == -1;
	if (rc == 0 || r->plan->n > 0)
		print(ctx, r);
	if (rc == 0)
		return set_proofs_check(r->proofs, err);
	return tb_err_detail(err,
	    r->plan->n > 0 ? "What is listed above is done and stays; "
			     "nothing else was changed." :
			     "Nothing was changed.");
}

static int
change(struct tb_ctx *ctx, struct set_want *want, struct set_session *s,
    struct tb_err *err)
{
	struct set_plan done = SET_PLAN_INIT;
	struct set_proofs proofs = SET_PROOFS_INIT;
	struct set_report r = { want, s, &done, &proofs, true, false, false };
	int rc = set_apply(want, s, &done, err);

	if (rc == 0)
		rc = prove(&r, &proofs, err);
	rc = tell(ctx, &r, rc, err);
	set_plan_release(&done);
	set_proofs_release(&proofs);
	return rc;
}

static int
drop_all(struct tb_ctx *ctx, struct set_want *want, struct set_session *s,
    struct tb_err *err)
{
	struct set_plan plan = SET_PLAN_INIT, done = SET_PLAN_INIT;
	struct set_proofs none = SET_PROOFS_INIT;
	struct set_report r = { want, s, &done, &none, true, false, true };
	int rc = -1;

	if (!dry_run && set_apply_lock(s, err) == -1)
		return -1;
	if (set_drop_plan(&plan, want, s, err) == 0) {
		if (dry_run) {
			r.plan = &plan;
			r.applied = false;
			print(ctx, &r);
			rc = 0;
		} else if (plan.n == 0 || yes ||
		    set_drop_confirm(&plan, s, err) == 0) {
			rc = tell(ctx, &r, set_drop_apply(&plan, s, &done, err),
			    err);
		}
	}
	set_plan_release(&plan);
	set_plan_release(&done);
	return rc;
}

/* --set-password makes no roles, and asks for nothing in vain. */
static int
prepare_password(struct set_want *want, struct set_session *s,
    struct tb_err *err)
{
	struct tb_strs names = TB_STRS_INIT;
	PGresult *res;
	bool exists;

	tb_strs_add(&names, set_password);
	res = set_password_stored(s, &names, err);
	tb_strs_release(&names);
	if (res == NULL)
		return -1;
	exists = PQntuples(res) == 1;
	PQclear(res);
	if (!exists) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "role \"%s\" does not exist", set_password);
		return tb_err_hint(err,
		    "Without --set-password the roles that are declared are "
		    "made.");
	}
	return count_sources() == 0 ? set_secret_ask(&want->roles[0], err) : 0;
}

static int
run_with(struct tb_ctx *ctx, struct set_want *want, struct tb_err *err)
{
	struct set_session s = SET_SESSION_INIT;
	enum tb_pg_mode mode = dry_run || check ? TB_PG_READ : TB_PG_WRITE;
	int rc = set_session_open(&s, ctx, mode, wait_seconds, err);

	if (rc == 0 && set_password != NULL)
		rc = prepare_password(want, &s, err);
	if (rc == 0) {
		if (drop)
			rc = drop_all(ctx, want, &s, err);
		else if (dry_run || check)
			rc = look(ctx, want, &s, err);
		else
			rc = change(ctx, want, &s, err);
	}
	set_session_close(&s);
	return rc;
}

/*
 * A declaration that holds of one role its password alone.  What the file
 * keeps of the password is kept up to date.
 */
static void
narrow(const struct set_want *all, struct set_want *one)
{
	const struct set_role *declared = set_want_role(all, set_password);
	struct set_role *role = set_want_add_role(one, set_password);

	role->force_secret = true;
	take_source(&role->source);
	if (generate != NULL)
		role->secret_state = SET_SECRET_MAKE;
	if (declared == NULL)
		return;
	role->save_secret = set_secret_file(declared);
	if (declared->source.env != NULL)
		tb_info("change variable %s too, where it is set",
		    declared->source.env);
}

static int
setup(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct set_want want = SET_WANT_INIT, one = SET_WANT_INIT;
	int rc = -1;

	set_secret_no_core();
	if (check_options(err) == 0 && read_want(ctx, &want, err) == 0) {
		if (set_password != NULL)
			narrow(&want, &one);
		rc = run_with(ctx, set_password != NULL ? &one : &want, err);
	}
	set_want_release(&want);
	set_want_release(&one);
	return rc;
}

const struct tb_cmd set_cmd_setup = {
	.help = "are the roles, the database and the grants as declared?",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.run = setup,
};
