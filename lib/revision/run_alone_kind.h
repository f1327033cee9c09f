/*
 * run_alone_kind.h: what becomes of a statement outside a transaction when it
 * is interrupted; for the files run_alone*.c only.
 */
#ifndef TB_REVISION_RUN_ALONE_KIND_H
#define TB_REVISION_RUN_ALONE_KIND_H

#include "core/tb.h"

enum tb_run_kind {
	/* Runs in a transaction, together with the note that it is done. */
	TB_RUN_ORDINARY,
	/* The same; what it makes ends with the session. */
	TB_RUN_TEMPORARY,
	/* Acts on the session: done again in a new one. */
	TB_RUN_SETTING,
	/* The rest runs by itself; the catalogue tells what it did. */
	TB_RUN_CREATE_INDEX, /* CONCURRENTLY, as the next three */
	TB_RUN_DROP_INDEX,
	TB_RUN_REINDEX,
	TB_RUN_DETACH,
	TB_RUN_CREATE, /* a database, tablespace, subscription */
	TB_RUN_DROP,
	/* Or it may be run again. */
	TB_RUN_REPEAT,
	/* Or nobody knows: it may commit in the middle. */
	TB_RUN_OPAQUE,
};

enum tb_run_kind tb_run_kind(const char *text);

/* The same for one that turned out not to be ORDINARY. */
enum tb_run_kind tb_run_kind_outside(const char *text);

#endif /* TB_REVISION_RUN_ALONE_KIND_H */
