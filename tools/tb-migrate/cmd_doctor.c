/*
 * tb-migrate doctor: explain an impossible version table, and repair it.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/table.h"
#include "cli/term.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "doctor.h"

static bool fix, yes;

void
doctor_find(struct doctor *d, const char *kind, char *text, char *remedy,
    bool repairable)
{
	struct doctor_finding *f;

	d->v = tb_grow(d->v, d->n, &d->cap, sizeof(*d->v));
	f = &d->v[d->n++];
	f->kind = kind;
	f->text = text;
	f->remedy = remedy;
	f->repairable = repairable;
}

void
doctor_release(struct doctor *d)
{
	for (size_t i = 0; i < d->n; i++) {
		free(d->v[i].text);
		free(d->v[i].remedy);
	}
	free(d->v);
	d->v = NULL;
	d->n = d->cap = 0;
	d->doubled = false;
	tb_strs_release(&d->superfluous);
}

static void
print_text(const struct doctor *d)
{
	for (size_t i = 0; i < d->n; i++) {
		(void)printf("%s: ", d->v[i].kind);
		tb_text_put(d->v[i].text, stdout);
		(void)putchar('\n');
		if (d->v[i].remedy == NULL)
			continue;
		(void)fputs("    ", stdout);
		tb_text_put(d->v[i].remedy, stdout);
		(void)putchar('\n');
	}
	if (d->n == 0)
		tb_info("nothing is wrong");
}

static void
print_json(const struct doctor *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->n; i++) {
		json_t *o = json_object();

		tb_json_set(o, "kind", d->v[i].kind);
		tb_json_set(o, "text", d->v[i].text);
		tb_json_set(o, "remedy", d->v[i].remedy);
		(void)json_object_set_new(o, "repairable",
		    json_boolean(d->v[i].repairable));
		(void)json_array_append_new(list, o);
	}
	tb_json_print(list);
}

static int
examine(struct doctor *d, struct tb_err *err)
{
	if (d->m->history.exists && doctor_rows(d, err) == -1)
		return -1;
	return doctor_rest(d, err);
}

static size_t
repairable(const struct doctor *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		n += d->v[i].repairable;
	return n;
}

/* 1: yes. */
static int
may_repair(const struct doctor *d, struct tb_err *err)
{
	char *question, *answer;
	bool agreed;

	if (yes)
		return 1;
	if (!tb_term_can_ask())
		return tb_err_set(err, TB_EXIT_USAGE,
		    "--fix asks before it changes %s, and there is no "
		    "terminal: add --yes",
		    d->m->history.name);
	question = tb_asprintf("Take %zu rows out of %s? [y/N] ", repairable(d),
	    d->m->history.name);
	answer = tb_term_ask(question);
	agreed = answer != NULL &&
	    (strcmp(answer, "y") == 0 || strcmp(answer, "yes") == 0);
	free(question);
	free(answer);
	return agreed;
}

/* With the lock; what was found may have changed, so it is found again. */
static int
repair(struct doctor *d, struct tb_err *err)
{
	struct tb_history *h = &d->m->history;
	int rc;

	if ((rc = may_repair(d, err)) != 1)
		return rc;
	if (mig_lock(d->m, err) == -1)
		return -1;
	doctor_release(d);
	rc = doctor_rows(d, err);
	if (rc == 0 && repairable(d) > 0)
		rc = doctor_fix_rows(d, err);
	if (rc == 0)
		rc = tb_history_unlock(h, err);
	if (rc == 0)
		rc = tb_history_reread(h, err);
	if (rc == 0)
		tb_info("%s is repaired", h->name);
	doctor_release(d);
	return rc == 0 ? examine(d, err) : -1;
}

static int
treat(const struct tb_ctx *ctx, struct doctor *d, struct tb_err *err)
{
	if (examine(d, err) == -1)
		return -1;
	/* A person reads what will be done before the question. */
	if (fix && repairable(d) > 0) {
		if (!tb_cli_is_json(ctx))
			print_text(d);
		if (repair(d, err) == -1)
			return -1;
	}
	if (tb_cli_is_json(ctx))
		print_json(d);
	else
		print_text(d);
	return d->n > 0 ? TB_EXIT_FOUND : 0;
}

static int
doctor(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct mig m = MIG_INIT;
	struct doctor d = { .m = &m };
	int rc = mig_load(ctx, &m, err);

	if (rc == 0)
		rc = mig_open(ctx, &m, fix ? TB_PG_WRITE : TB_PG_READ, err);
	if (rc == 0)
		rc = mig_stored_use(ctx, &m, false, err);
	if (rc == 0)
		rc = treat(ctx, &d, err);
	doctor_release(&d);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG(0, "fix", "repair the version table; asks first", &fix),
	TB_OPT_FLAG(0, "yes", "do not ask", &yes),
	MIG_OPT_ROLE,
	MIG_OPT_WAIT_LOCK,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_doctor = {
	.name = "doctor",
	.help = "explain and repair an impossible version table",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.run = doctor,
};
