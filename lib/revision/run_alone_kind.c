#include "core/tb.h"

#include <string.h>

#include "pg/phrase.h"
#include "pg/split.h"
#include "revision/run_alone_kind.h"

struct rule {
	const char *words;
	enum tb_run_kind kind;
};

static const struct rule outside[] = {
	{ "create index", TB_RUN_CREATE_INDEX },
	{ "create unique index", TB_RUN_CREATE_INDEX },
	{ "create", TB_RUN_CREATE },
	{ "drop index", TB_RUN_DROP_INDEX },
	{ "drop", TB_RUN_DROP },
	{ "alter table", TB_RUN_DETACH },
	{ "alter system", TB_RUN_REPEAT },
	{ "alter database", TB_RUN_REPEAT },
	{ "vacuum", TB_RUN_REPEAT },
	{ "cluster", TB_RUN_REPEAT },
	{ "reindex", TB_RUN_REPEAT },
};

static const struct rule inside[] = {
	{ "set", TB_RUN_SETTING },
	{ "reset", TB_RUN_SETTING },
	{ "select set_config (", TB_RUN_SETTING },
	{ "select pg_catalog . set_config (", TB_RUN_SETTING },
	{ "listen", TB_RUN_SETTING },
	{ "unlisten", TB_RUN_SETTING },
	{ "load", TB_RUN_SETTING },
	{ "prepare", TB_RUN_SETTING },
	{ "deallocate", TB_RUN_SETTING },
	{ "discard", TB_RUN_SETTING },
	/* By itself the server says what is wrong with it. */
	{ "lock", TB_RUN_SETTING },
	{ "declare", TB_RUN_SETTING },
	{ "create temp", TB_RUN_TEMPORARY },
	{ "create temporary", TB_RUN_TEMPORARY },
	{ "create local temp", TB_RUN_TEMPORARY },
	{ "create local temporary", TB_RUN_TEMPORARY },
	{ "create global temp", TB_RUN_TEMPORARY },
	{ "create global temporary", TB_RUN_TEMPORARY },
	{ "create or replace temp", TB_RUN_TEMPORARY },
	{ "create or replace temporary", TB_RUN_TEMPORARY },
	{ "call", TB_RUN_OPAQUE },
};

static bool
is_concurrent_reindex(const struct tb_phrase *w)
{
	return tb_phrase_are(w, 0, "reindex") &&
	    tb_phrase_find(w, 1, "concurrently") < w->n;
}

/* Adding one again is an error, setting them again is not. */
static enum tb_run_kind
alter_subscription(const struct tb_phrase *w)
{
	return tb_phrase_are(w, 3, "add") || tb_phrase_are(w, 3, "drop") ?
	    TB_RUN_OPAQUE :
	    TB_RUN_REPEAT;
}

static enum tb_run_kind
kind_outside(const struct tb_phrase *w)
{
	if (is_concurrent_reindex(w))
		return TB_RUN_REINDEX;
	if (tb_phrase_are(w, 0, "alter subscription"))
		return alter_subscription(w);
	for (size_t i = 0; i < TB_LEN(outside); i++)
		if (tb_phrase_are(w, 0, outside[i].words))
			return outside[i].kind;
	return TB_RUN_OPAQUE;
}

enum tb_run_kind
tb_run_kind_outside(const char *text)
{
	enum tb_run_kind kind;
	struct tb_phrase w;

	if (!tb_phrase_scan(&w, text))
		return TB_RUN_OPAQUE;
	kind = kind_outside(&w);
	tb_phrase_release(&w);
	/* Named so, and yet in a form that the server takes inside. */
	if (kind != TB_RUN_REPEAT && tb_stmt_needs_autocommit(text) == NULL)
		kind = TB_RUN_OPAQUE;
	return kind;
}

static bool
may_commit(const char *text)
{
	return strcasestr(text, "commit") != NULL ||
	    strcasestr(text, "rollback") != NULL ||
	    strcasestr(text, "call") != NULL;
}

static enum tb_run_kind
kind_inside(const struct tb_phrase *w, const char *text)
{
	size_t into = tb_phrase_find(w, 1, "into");

	for (size_t i = 0; i < TB_LEN(inside); i++)
		if (tb_phrase_are(w, 0, inside[i].words))
			return inside[i].kind;
	if (tb_phrase_are(w, 0, "do") && may_commit(text))
		return TB_RUN_OPAQUE;
	if (!tb_phrase_are(w, 0, "insert") &&
	    (tb_phrase_are(w, into + 1, "temp") ||
		tb_phrase_are(w, into + 1, "temporary")))
		return TB_RUN_TEMPORARY;
	return TB_RUN_ORDINARY;
}

enum tb_run_kind
tb_run_kind(const char *text)
{
	enum tb_run_kind kind;
	struct tb_phrase w;

	if (tb_stmt_needs_autocommit(text) != NULL)
		return tb_run_kind_outside(text);
	if (!tb_phrase_scan(&w, text))
		return TB_RUN_ORDINARY;
	kind = kind_inside(&w, text);
	tb_phrase_release(&w);
	return kind;
}
