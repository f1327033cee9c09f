#include "core/tb.h"

#include <string.h>

#include "catalog/reconcile_state.h"
#include "catalog/rule_range.h"
#include "core/buf.h"

/* "s.r_multirange" of a range type's definition; NULL: it tells none. */
static const char *
multirange(const struct tb_fact *f)
{
	static const char key[] = "MULTIRANGE_TYPE_NAME = ";
	const char *s = f != NULL && f->definition != NULL ?
	    strstr(f->definition, key) :
	    NULL;

	return s != NULL ? s + sizeof(key) - 1 : NULL;
}

/* The i-th name of both; is it another one on the right? */
static bool
multirange_names(const struct rec_ctx *c, int i, struct tb_buf *old,
    struct tb_buf *new)
{
	const char *left = multirange(tb_rec_left(c->r, c->pair));
	const char *right = multirange(tb_rec_right(c->r, c->pair));

	if (left == NULL || right == NULL)
		return false;
	tb_rec_name(left, i, old);
	tb_rec_name(right, i, new);
	/* The last one is followed by the bracket that closes the list. */
	if (i == -1 && old->len > 0 && old->s[old->len - 1] == ')')
		tb_buf_truncate(old, old->len - 1);
	if (i == -1 && new->len > 0 && new->s[new->len - 1] == ')')
		tb_buf_truncate(new, new->len - 1);
	return strcmp(old->s, new->s) != 0;
}

bool
tb_rec_old_multirange(const struct rec_ctx *c, struct tb_buf *out)
{
	struct tb_buf name = TB_BUF_INIT, ignored = TB_BUF_INIT;

	(void)multirange_names(c, 0, out, &ignored);
	tb_buf_reset(&ignored);
	(void)multirange_names(c, -1, &name, &ignored);
	tb_buf_addf(out, ".%s", name.s);
	tb_buf_release(&name);
	tb_buf_release(&ignored);
	return true;
}

bool
tb_rec_multirange_name(const struct rec_ctx *c, struct tb_buf *out)
{
	struct tb_buf old = TB_BUF_INIT;
	bool differs = multirange_names(c, -1, &old, out);

	tb_buf_release(&old);
	return differs;
}

bool
tb_rec_multirange_schema(const struct rec_ctx *c, struct tb_buf *out)
{
	struct tb_buf old = TB_BUF_INIT;
	bool differs = multirange_names(c, 0, &old, out);

	tb_buf_release(&old);
	return differs;
}

/* Renamed, but not yet in the new schema. */
bool
tb_rec_renamed_multirange(const struct rec_ctx *c, struct tb_buf *out)
{
	struct tb_buf ignored = TB_BUF_INIT, name = TB_BUF_INIT;

	(void)multirange_names(c, 0, out, &ignored);
	tb_buf_reset(&ignored);
	(void)multirange_names(c, -1, &ignored, &name);
	tb_buf_addf(out, ".%s", name.s);
	tb_buf_release(&ignored);
	tb_buf_release(&name);
	return true;
}
