/*
 * import_alembic.h: where an Alembic tree has its files; for the files
 * import_alembic*.c.
 */
#ifndef TB_MIGRATE_IMPORT_ALEMBIC_H
#define TB_MIGRATE_IMPORT_ALEMBIC_H

#include "core/strs.h"
#include "core/tb.h"
#include "import.h"

struct tb_err;

struct mig_tree {
	char *ini;               /* alembic.ini or pyproject.toml; NULL */
	struct tb_strs versions; /* folders */
	bool recursive;
};

/*
 * dir is the folder of alembic.ini, or the script location, or the folder of
 * revisions; or alembic.ini itself.  66 if it is none of these.
 */
int mig_tree_find(struct mig_tree *, const char *dir,
    struct tb_err *) TB_MUSTCHECK;
void mig_tree_release(struct mig_tree *);

/*
 * Let alembic write the SQL (offline mode).  This runs env.py and with it
 * whatever the project does there.  What alembic could not write is left
 * without a text.
 */
int mig_alembic_run(struct mig_imp *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_IMPORT_ALEMBIC_H */
