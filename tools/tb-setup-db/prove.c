#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/sql.h"
#include "core/strs.h"
#include "have.h"
#include "password.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "prove.h"
#include "scram.h"

static const char localhost[] = "localhost";

/* One role on one database. */
struct prover {
	const struct set_want *want; /* NULL: log in and no more */
	struct set_session *s;
	const struct set_role *role;
	const struct set_db *db; /* NULL: the maintenance database */
	bool changed;
	bool has_none; /* no password at all, as far as we may know */
};

static struct set_proof *
add(struct set_proofs *proofs, const struct prover *p, enum set_outcome outcome,
    char *words)
{
	struct set_proof *proof;

	proofs->v =
	    tb_grow(proofs->v, proofs->n, &proofs->cap, sizeof(*proofs->v));
	proof = &proofs->v[proofs->n++];
	*proof = (struct set_proof){
		.role = p->role,
		.db = p->db,
		.outcome = outcome,
	};
	proof->words = words;
	return proof;
}

/* libpq may speak of several addresses; the first line tells enough. */
static char *
first_line(const PGconn *conn)
{
	const char *text = PQerrorMessage(conn);

	return tb_strndup(text, strcspn(text, "\n"));
}

static const char *
database(const struct prover *p)
{
	return p->db != NULL ? p->db->name : PQdb(p->s->admin);
}

/* NULL: not known, or only its verifier is. */
static const char *
password(const struct prover *p)
{
	const char *secret = p->role->secret;

	if (secret != NULL && set_scram_is_verifier(secret))
		return NULL;
	return secret;
}

static PGconn *
log_in(const struct prover *p, const char *host)
{
	return set_session_login(p->s, p->role->name, password(p), database(p),
	    host);
}

static char *
server_id(PGconn *conn)
{
	struct tb_err ignored = TB_ERR_INIT;
	char *id = NULL;

	if (tb_pg_value(conn, tb_sql_text(tool_sql, "same_server"), 0, NULL,
		&id, &ignored) == -1)
		tb_err_release(&ignored);
	return id;
}

static bool
is_same_server(PGconn *a, PGconn *b)
{
	char *x = server_id(a), *y = server_id(b);
	bool same = x != NULL && y != NULL && strcmp(x, y) == 0;

	free(x);
	free(y);
	return same;
}

static bool
is_socket(PGconn *conn)
{
	const char *host = PQhost(conn);

	return host == NULL || host[0] == '/' || host[0] == '\0' ||
	    host[0] == '@';
}

/*
 * The socket may want the system's user and no password (peer); then the same
 * server on TCP is the way that the role will come.
 */
static PGconn *
log_in_somehow(const struct prover *p, char **words, const char **host)
{
	PGconn *conn = log_in(p, NULL), *tcp;

	*words = NULL;
	*host = NULL;
	if (PQstatus(conn) == CONNECTION_OK)
		return conn;
	*words = first_line(conn);
	if (PQconnectionUsedPassword(conn) || PQconnectionNeedsPassword(conn) ||
	    !is_socket(p->s->admin))
		return conn;
	tcp = log_in(p, localhost);
	if (PQstatus(tcp) == CONNECTION_OK &&
	    is_same_server(tcp, p->s->admin)) {
		*host = localhost;
		PQfinish(conn);
		return tcp;
	}
	PQfinish(tcp);
	return conn;
}

static bool
is_owner(const struct prover *p, const char *schema)
{
	for (size_t i = 0; i < p->want->ngrants; i++) {
		const struct set_grant *grant = &p->want->grants[i];

		if (grant->level == SET_OWNER &&
		    strcmp(grant->db, p->db->name) == 0 &&
		    strcmp(grant->role, p->role->name) == 0 &&
		    tb_strs_has(&grant->schemas, schema))
			return true;
	}
	return false;
}

static int
create_table(PGconn *conn, const char *schema, struct tb_err *err)
{
	char *name = tb_asprintf("tb_setup_db_proof_%ld", (long)getpid());
	struct tb_buf sql = TB_BUF_INIT;
	struct tb_err ignored = TB_ERR_INIT;
	int rc = -1;

	if (tb_pg_format(conn, &sql, err, "CREATE TABLE %I.%I ()", schema,
		name) == 0 &&
	    tb_pg_exec(conn, "BEGIN", err) == 0) {
		rc = tb_pg_exec(conn, sql.s, err);
		if (tb_pg_exec(conn, "ROLLBACK", &ignored) == -1)
			tb_err_release(&ignored);
	}
	tb_buf_release(&sql);
	free(name);
	return rc;
}

static int
check_right(PGconn *conn, const char *schema, const char *right,
    struct tb_err *err)
{
	const char *sql = tb_sql_text(tool_sql, "rights");
	PGresult *res = tb_pg_query(conn, sql, 1, &schema, err);
	bool has;

	if (res == NULL)
		return -1;
	has = PQntuples(res) == 1 && tb_pg_get_bool(res, 0, right);
	PQclear(res);
	return has ? 0 :
		     tb_err_set(err, TB_EXIT_NOPERM,
			 "permission denied for schema %s", schema);
}

/* Schema by schema what the level says; in words what was found good. */
static int
check_schemas(const struct prover *p, PGconn *conn,
    const struct tb_strs *schemas, struct tb_buf *words, struct tb_err *err)
{
	for (size_t i = 0; i < schemas->n; i++) {
		const char *schema = schemas->v[i];
		bool owner = is_owner(p, schema);
		int rc;

		if (owner && p->changed)
			rc = create_table(conn, schema, err);
		else
			rc = check_right(conn, schema,
			    owner ? "create" : "usage", err);
		if (rc == -1)
			return -1;
		tb_buf_addf(words, ", %s schema \"%s\"",
		    owner ? "can create in" : "can use", schema);
	}
	return 0;
}

static void
collect_schemas(const struct prover *p, struct tb_strs *schemas)
{
	for (size_t i = 0; i < p->want->ngrants; i++) {
		const struct set_grant *grant = &p->want->grants[i];

		if (strcmp(grant->db, p->db->name) != 0 ||
		    strcmp(grant->role, p->role->name) != 0)
			continue;
		for (size_t s = 0; s < grant->schemas.n; s++)
			if (!tb_strs_has(schemas, grant->schemas.v[s]))
				tb_strs_add(schemas, grant->schemas.v[s]);
	}
}

static int
check_rights(const struct prover *p, PGconn *conn, struct tb_buf *words,
    struct tb_err *err)
{
	struct tb_strs schemas = TB_STRS_INIT;
	int rc;

	if (p->want == NULL)
		return 0;
	collect_schemas(p, &schemas);
	rc = check_schemas(p, conn, &schemas, words, err);
	tb_strs_release(&schemas);
	return rc;
}

/* The role is in: what can it do? */
static void
prove_inside(struct set_proofs *proofs, const struct prover *p, PGconn *conn,
    const char *host)
{
	bool used = PQconnectionUsedPassword(conn) == 1;
	struct tb_buf words = TB_BUF_INIT;
	struct tb_err err = TB_ERR_INIT;

	tb_buf_add(&words,
	    used ? "logs in with its password" :
		   "logs in (the server asks for no password)");
	if (check_rights(p, conn, &words, &err) == 0) {
		struct set_proof *proof =
		    add(proofs, p, SET_PROVED, tb_buf_detach(&words));

		proof->password = used;
		proof->host = host;
	} else {
		add(proofs, p, SET_FAILED, tb_strdup(err.message));
		tb_err_release(&err);
	}
	tb_buf_release(&words);
}

/*
 * The role could not be tried at the door, but a superuser can become it and
 * try the rights; the words say both.
 */
static int
prove_as(struct set_proofs *proofs, const struct prover *p, const char *why,
    struct tb_err *err)
{
	struct tb_buf words = TB_BUF_INIT, sql = TB_BUF_INIT;
	struct tb_err problem = TB_ERR_INIT;
	PGconn *conn;

	tb_buf_addf(&words, "login not tested (%s)", why);
	if (p->want == NULL || !p->s->me.superuser) {
		add(proofs, p, SET_NOT_TESTED, tb_buf_detach(&words));
		return 0;
	}
	if ((conn = set_session_db(p->s, p->db->name, err)) == NULL ||
	    tb_pg_format(conn, &sql, err, "SET ROLE %I", p->role->name) == -1 ||
	    tb_pg_exec(conn, sql.s, err) == -1)
		return -1;
	if (check_rights(p, conn, &words, &problem) == 0) {
		add(proofs, p, SET_NOT_TESTED, tb_buf_detach(&words));
	} else {
		add(proofs, p, SET_FAILED, tb_strdup(problem.message));
		tb_err_release(&problem);
	}
	tb_buf_release(&words);
	tb_buf_release(&sql);
	return tb_pg_exec(conn, "RESET ROLE", err);
}

static int
prove(struct set_proofs *proofs, const struct prover *p, struct tb_err *err)
{
	const char *host;
	char *words;
	PGconn *conn = log_in_somehow(p, &words, &host);
	int rc = 0;

	if (PQstatus(conn) == CONNECTION_OK)
		prove_inside(proofs, p, conn, host);
	else if (password(p) == NULL)
		rc = prove_as(proofs, p,
		    p->has_none ? "it has no password, see --set-password" :
				  "its password is not known here",
		    err);
	else if (PQconnectionUsedPassword(conn))
		add(proofs, p, SET_FAILED, tb_strdup(words));
	else
		rc = prove_as(proofs, p, words, err);
	free(words);
	PQfinish(conn);
	return rc;
}

static bool
has_part(const struct set_want *want, const struct set_role *role,
    const struct set_db *db)
{
	if (strcmp(db->owner, role->name) == 0)
		return true;
	for (size_t i = 0; i < want->ngrants; i++)
		if (strcmp(want->grants[i].db, db->name) == 0 &&
		    strcmp(want->grants[i].role, role->name) == 0)
			return true;
	return false;
}

static int
prove_role(struct set_proofs *proofs, struct prover *p, const PGresult *logins,
    const PGresult *stored, struct tb_err *err)
{
	int row = set_have_row(stored, "name", p->role->name);

	if (!has_part(p->want, p->role, p->db) ||
	    set_have_row(logins, "name", p->role->name) == -1)
		return 0;
	p->has_none = p->s->me.reads_passwords && row != -1 &&
	    tb_pg_get(stored, row, "verifier") == NULL;
	return prove(proofs, p, err);
}

static int
prove_all(struct set_proofs *proofs, struct prover *p, const PGresult *logins,
    const PGresult *stored, struct tb_err *err)
{
	for (size_t d = 0; d < p->want->ndbs; d++)
		for (size_t r = 0; r < p->want->nroles; r++) {
			p->db = &p->want->dbs[d];
			p->role = &p->want->roles[r];
			if (prove_role(proofs, p, logins, stored, err) == -1)
				return -1;
		}
	return 0;
}

int
set_prove(struct set_proofs *proofs, const struct set_want *want,
    struct set_session *s, bool changed, struct tb_err *err)
{
	struct prover p = { .want = want, .s = s, .changed = changed };
	struct tb_strs names = TB_STRS_INIT;
	const struct tb_strs *const lists[] = { &names };
	PGresult *logins = NULL, *stored;
	int rc = -1;

	for (size_t i = 0; i < want->nroles; i++)
		tb_strs_add(&names, want->roles[i].name);
	stored = set_password_stored(s, &names, err);
	if (stored != NULL &&
	    (logins = set_have_query(s->admin,
		 tb_sql_text(tool_sql, "who_logs_in"), lists, 1, err)) != NULL)
		rc = prove_all(proofs, &p, logins, stored, err);
	tb_strs_release(&names);
	PQclear(stored);
	PQclear(logins);
	return rc;
}

int
set_prove_login(struct set_proofs *proofs, const struct set_role *role,
    struct set_session *s, struct tb_err *err)
{
	struct prover p = { .s = s, .role = role };

	return prove(proofs, &p, err);
}

int
set_proofs_check(const struct set_proofs *proofs, struct tb_err *err)
{
	for (size_t i = 0; i < proofs->n; i++) {
		const struct set_proof *proof = &proofs->v[i];

		if (proof->outcome != SET_FAILED)
			continue;
		(void)tb_err_set(err, TB_EXIT_NOPERM,
		    "role \"%s\" cannot use database \"%s\"", proof->role->name,
		    proof->db != NULL ? proof->db->name : "");
		(void)tb_err_detail(err, "%s", proof->words);
		return tb_err_hint(err,
		    "Everything is set up as declared, so look at pg_hba.conf "
		    "and at privileges that were revoked from PUBLIC.");
	}
	return 0;
}

void
set_proofs_release(struct set_proofs *proofs)
{
	for (size_t i = 0; i < proofs->n; i++)
		free(proofs->v[i].words);
	free(proofs->v);
	*proofs = (struct set_proofs)SET_PROOFS_INIT;
}
