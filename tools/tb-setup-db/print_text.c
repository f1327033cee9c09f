#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"
#include "core/buf.h"
#include "core/mem.h"
#include "report.h"
#include "secret.h"

/* One word for a shell. */
static void
add_word(struct tb_buf *b, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789@%+=:,./_-";

	if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
		tb_buf_add(b, word);
		return;
	}
	tb_buf_addc(b, '\'');
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			tb_buf_add(b, "'\\'");
		tb_buf_addc(b, *word);
	}
	tb_buf_addc(b, '\'');
}

const char *
set_report_host(const struct set_report *r, const struct set_db *db,
    const char *role)
{
	for (size_t i = 0; r->proofs != NULL && i < r->proofs->n; i++) {
		const struct set_proof *p = &r->proofs->v[i];

		if (p->db == db && p->host != NULL &&
		    strcmp(p->role->name, role) == 0)
			return p->host;
	}
	return PQhost(r->session->admin);
}

char *
set_report_command(const struct set_report *r, const struct set_db *db,
    const char *role)
{
	const char *host = set_report_host(r, db, role);
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_add(&b, "tb-connect");
	if (host != NULL && host[0] != '\0') {
		tb_buf_add(&b, " -h ");
		add_word(&b, host);
	}
	tb_buf_add(&b, " -p ");
	add_word(&b, PQport(r->session->admin));
	tb_buf_add(&b, " -U ");
	add_word(&b, role);
	tb_buf_add(&b, " -d ");
	/* A bare name with = or :// in it would be read as an address. */
	if (tb_dsn_is_address(db->name)) {
		struct tb_buf info = TB_BUF_INIT;

		tb_buf_add(&info, "dbname='");
		for (const char *p = db->name; *p != '\0'; p++) {
			if (*p == '\'' || *p == '\\')
				tb_buf_addc(&info, '\\');
			tb_buf_addc(&info, *p);
		}
		tb_buf_addc(&info, '\'');
		add_word(&b, info.s);
		tb_buf_release(&info);
	} else {
		add_word(&b, db->name);
	}
	return tb_buf_detach(&b);
}

static void
put_line(const char *text)
{
	tb_text_put(text, stdout);
	(void)putchar('\n');
}

static void
put_plan(const struct set_report *r)
{
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct set_stmt *stmt = &r->plan->v[i];
		char *line = tb_asprintf("%s (%s)", stmt->what, stmt->why);

		put_line(line);
		free(line);
	}
	if (r->plan->n == 0 && !r->failed)
		(void)puts("nothing to change");
}

static void
put_proofs(const struct set_proofs *proofs)
{
	static const char *const outcomes[] = {
		[SET_PROVED] = "proved",
		[SET_NOT_TESTED] = "note",
		[SET_FAILED] = "failed",
	};

	for (size_t i = 0; i < proofs->n; i++) {
		const struct set_proof *p = &proofs->v[i];
		char *line = tb_asprintf("%s: \"%s\" %s", outcomes[p->outcome],
		    p->role->name, p->words);

		put_line(line);
		free(line);
	}
}

static void
put_secrets(const struct set_want *want)
{
	for (size_t i = 0; i < want->nroles; i++) {
		const struct set_role *role = &want->roles[i];
		char *place = set_secret_place(role), *line;

		if (place != NULL && role->secret != NULL) {
			line = tb_asprintf("  password of %s: in %s",
			    role->name, place);
			put_line(line);
			free(line);
		}
		free(place);
	}
}

static void
put_connection(const struct set_report *r)
{
	for (size_t i = 0; i < r->want->ndbs; i++) {
		const struct set_db *db = &r->want->dbs[i];
		char *command = set_report_command(r, db, db->owner);

		(void)putchar('\n');
		(void)fputs("database ", stdout);
		tb_text_put(db->name, stdout);
		(void)fputs(", owner ", stdout);
		put_line(db->owner);
		(void)fputs("  connect: ", stdout);
		put_line(command);
		free(command);
	}
	put_secrets(r->want);
}

void
set_print_text(const struct set_report *r)
{
	put_plan(r);
	if (!r->applied)
		return;
	put_proofs(r->proofs);
	if (!r->drop && !r->failed)
		put_connection(r);
}
