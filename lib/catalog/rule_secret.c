#include "core/tb.h"

#include <ctype.h>

#include "catalog/reconcile_state.h"
#include "catalog/rule_secret.h"
#include "core/buf.h"

/* A name of a variable has letters, digits and underscores. */
static void
add_word(const char *s, struct tb_buf *out)
{
	for (; *s != '\0'; s++)
		if (isalnum((unsigned char)*s))
			tb_buf_addc(out, *s);
		else if (*s != '"')
			tb_buf_addc(out, '_');
}

void
tb_rec_variable(const struct rec_ctx *c, const char *word, struct tb_buf *out)
{
	tb_buf_add(out, ":'");
	add_word(tb_rec_fact(c->r, c->pair)->identity, out);
	tb_buf_addc(out, '_');
	add_word(word, out);
	tb_buf_addc(out, '\'');
}
