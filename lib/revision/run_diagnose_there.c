/*
 * What a revision makes is there already.
 */
#include "core/tb.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "revision/graph.h"
#include "revision/run_diagnose.h"

/* What the failed statement makes, as far as the message is about it. */
struct culprit {
	const char *sqlstate, *message;
	bool found;
	enum tb_made_kind kind;
	char *schema, *name, *member;
};

static bool
is_reason(const char *sqlstate, enum tb_made_kind kind)
{
	static const struct {
		const char *sqlstate;
		enum tb_made_kind kind;
	} reasons[] = {
		{ "42701", TB_MADE_COLUMN },
		{ "42P07", TB_MADE_RELATION },
		{ "42710", TB_MADE_CONSTRAINT },
		{ "42710", TB_MADE_TYPE },
		{ "42P06", TB_MADE_SCHEMA },
		{ "42723", TB_MADE_ROUTINE },
	};

	for (size_t i = 0; i < TB_LEN(reasons); i++)
		if (reasons[i].kind == kind &&
		    strcmp(reasons[i].sqlstate, sqlstate) == 0)
			return true;
	return false;
}

static void
find_culprit(void *arg, const struct tb_made *made)
{
	struct culprit *c = arg;
	const char *word = made->member != NULL ? made->member : made->name;

	if (c->found || made->gone || !is_reason(c->sqlstate, made->kind) ||
	    !tb_message_names(c->message, word))
		return;
	c->found = true;
	c->kind = made->kind;
	c->schema = tb_strdup_null(made->schema);
	c->name = tb_strdup(made->name);
	c->member = tb_strdup_null(made->member);
}

static void
add_made(void *arg, const struct tb_made *made)
{
	static const char *const kinds[] = { "relation", "column", "constraint",
		"type", "schema", "routine" };

	if (!made->gone)
		(void)json_array_append_new(arg,
		    json_pack("{s:s, s:s?, s:s, s:s?}", "kind",
			kinds[made->kind], "schema", made->schema, "name",
			made->name, "member", made->member));
}

/* What else the revision makes and is not there; NULL: that is not known. */
static char *
find_absent(struct tb_run_state *st, const struct tb_run_step *rs)
{
	json_t *list = json_array();
	struct tb_strs words = TB_STRS_INIT;
	const char *param;
	char *text, *absent = NULL;
	PGresult *res;

	for (size_t i = 0; i < rs->stmts.n; i++)
		tb_makes(rs->stmts.v[i].text, add_made, list);
	param = text = json_dumps(list, JSON_COMPACT);
	res = tb_diagnose_ask(st, "diagnose_absent", 1, &param);
	for (int i = 0; res != NULL && i < PQntuples(res); i++)
		tb_strs_add(&words, tb_pg_get(res, i, "word"));
	if (res != NULL)
		absent = tb_strs_join(&words, ", ");
	PQclear(res);
	tb_strs_release(&words);
	json_decref(list);
	free(text);
	return absent;
}

/*
 * A stamp of this revision says that those before it are applied, too: what
 * was rolled back with it must be done first.
 */
static void
advise_stamp(const struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	const struct tb_run_step *before = rs > st->run->v ? rs - 1 : NULL;
	const char *id = rs->step->rev->h.id;

	if (before != NULL && !before->committed && before->step->rev != NULL)
		(void)tb_err_hint(err,
		    "\"tb-migrate upgrade %s\", then \"tb-migrate stamp %s\" "
		    "records that it is there, then run again.",
		    before->step->rev->h.id, id);
	else
		(void)tb_err_hint(err,
		    "\"tb-migrate stamp %s\" records that it is there; then "
		    "run again.",
		    id);
}

static void
advise(struct tb_run_state *st, const struct tb_run_step *rs, int same,
    struct tb_err *err)
{
	const char *id = rs->step->rev->h.id;
	char *absent = same == 1 ? find_absent(st, rs) : NULL;

	if (same == 0) {
		(void)tb_err_hint(err,
		    "Change or drop what is there, then run again.");
	} else if (absent != NULL && *absent == '\0') {
		(void)tb_err_detail(err,
		    "It is the same as the revision makes, and so far as can "
		    "be told all of the revision is there.");
		advise_stamp(st, rs, err);
	} else if (absent != NULL) {
		(void)tb_err_detail(err,
		    "It is the same as the revision makes, but of the "
		    "revision this is missing: %s.",
		    absent);
		(void)tb_err_hint(err,
		    "Drop what is there and run again, or make the rest by "
		    "hand and run \"tb-migrate stamp %s\".",
		    id);
	}
	free(absent);
}

void
tb_diagnose_there(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	struct culprit c = { .sqlstate = err->sqlstate };
	struct tb_makers makers;
	struct tb_made made;
	char *message;

	if (st->failed == NULL || rs->step->kind != TB_STEP_UPGRADE)
		return;
	c.message = message = tb_strdup(err->message);
	tb_makes(st->failed->text, find_culprit, &c);
	made = (struct tb_made){ c.kind, false, c.schema, c.name, c.member };
	if (c.found) {
		tb_tell_makers(st, rs->step->rev, &made, &makers, err);
		if (makers.applied != NULL || makers.pending != NULL)
			(void)tb_err_hint(err,
			    "Two revisions make the same: take it out of one "
			    "of them, the one that is not applied.");
		else
			advise(st, rs,
			    tb_diagnose_same(st, st->failed, &made, err), err);
	}
	free(message);
	free(c.schema);
	free(c.name);
	free(c.member);
}
