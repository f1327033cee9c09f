/*
 * tenants.h: a tenant is a schema with a version table of its own.
 *
 * Its revisions are written without schema names: in its session search_path
 * is that schema by default, so that it is again whenever a revision begins.
 */
#ifndef TB_MIGRATE_TENANTS_H
#define TB_MIGRATE_TENANTS_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;
struct tb_history;
struct tb_run;

/*
 * Is the session that of the tenant?  66 if there is no such schema, 78 if a
 * pooler kept search_path from us.
 */
int mig_tenant_check(PGconn *, const char *schema,
    struct tb_err *) TB_MUSTCHECK;

/* The same for a pooler that refused the connection.  Returns -1. */
int mig_tenant_explain(struct tb_err *);

/*
 * Tenants share schema tb: make it, and tb.journal if the run needs it, in a
 * transaction of its own under a lock, so that two of them do not both try.
 */
int mig_tenant_prepare(struct tb_history *, const struct tb_run *, double wait,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_TENANTS_H */
