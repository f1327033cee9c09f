/*
 * revision.h: graphs in short, for the tests of lib/revision.
 *
 *	"a; b a; c a +b #label =old"
 *
 * is revision a, then b and c above it; c depends on b, has a label and
 * replaces old.  What is not an id says so by its first letter.  Each
 * revision stands for a file <id>.sql whose keys are in the lines 2 to 5.
 */
#ifndef TB_UNIT_REVISION_H
#define TB_UNIT_REVISION_H

#include "unit.h"

#include <stdlib.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/strs.h"
#include "revision/graph.h"

static int
add_short(struct tb_graph *g, const char *text, struct tb_err *err)
{
	static const struct {
		const char *key, *sign;
	} lists[] = {
		{
		    "down-revision",
		    "",
		},
		{
		    "depends-on",
		    "+",
		},
		{
		    "labels",
		    "#",
		},
		{
		    "replaces",
		    "=",
		},
	};
	struct tb_strs words = TB_STRS_INIT;
	struct tb_buf b = TB_BUF_INIT;
	char *path;
	int rc;

	tb_strs_split(&words, text, " ");
	path = tb_asprintf("%s.sql", words.v[0]);
	tb_buf_addf(&b, "--: revision %s\n", words.v[0]);
	for (size_t k = 0; k < TB_LEN(lists); k++) {
		tb_buf_addf(&b, "--: %s", lists[k].key);
		for (size_t i = 1; i < words.n; i++) {
			const char *w = words.v[i];
			size_t sign = strspn(w, "+#=");

			if (strlen(lists[k].sign) == sign &&
			    strncmp(w, lists[k].sign, sign) == 0)
				tb_buf_addf(&b, " %s", w + sign);
		}
		tb_buf_addc(&b, '\n');
	}
	tb_buf_add(&b, "--: upgrade\n");
	rc = tb_graph_add_text(g, path, b.s, err);
	tb_buf_release(&b);
	tb_strs_release(&words);
	free(path);
	return rc;
}

/* NULL on failure. */
static struct tb_graph *
short_graph(const char *text, struct tb_err *err)
{
	struct tb_graph *g = tb_graph_new();
	struct tb_strs revs = TB_STRS_INIT;
	int rc = 0;

	tb_strs_split(&revs, text, ";");
	for (size_t i = 0; rc == 0 && i < revs.n; i++)
		rc = add_short(g, revs.v[i], err);
	tb_strs_release(&revs);
	if (rc == -1 || tb_graph_link(g, err) == -1) {
		tb_graph_free(g);
		return NULL;
	}
	return g;
}

/* One that is without fault. */
static TB_UNUSED struct tb_graph *
good_graph(const char *text)
{
	struct tb_err err = TB_ERR_INIT;
	struct tb_graph *g = short_graph(text, &err);

	if (g == NULL)
		tb_bug("%s: %s", text, err.message);
	return g;
}

/* Compare the ids of a list, joined by blanks. */
static TB_UNUSED void
revs_are(const struct tb_revs *revs, const char *want, const char *what)
{
	char *got = tb_revs_join(revs, " ");

	TB_IS(got, want, what);
	free(got);
}

#endif /* TB_UNIT_REVISION_H */
