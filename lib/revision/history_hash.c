/*
 * The hashes that tell an edited file from one that was only laid out anew.
 */
#include "core/tb.h"

#include <bsd/string.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "pg/split.h"
#include "revision/file.h"
#include "revision/history.h"

/*
 * A line for each statement: the name of its section, the hash of its tokens
 * (where the formulas differ), and the hash of the data that follow it, if any.
 */
static int
add_section(struct tb_buf *b, const char *name, const struct tb_section *s,
    const char *path, int formula, struct tb_err *err)
{
	struct tb_stmts stmts = TB_STMTS_INIT;
	char hex[TB_HASH_LEN + 1];
	int rc;

	if (s->text == NULL)
		return 0;
	rc = tb_split(s->text, path, s->line, &stmts, err);
	for (size_t i = 0; i < stmts.n && rc == 0; i++) {
		const char *data = stmts.v[i].data;

		rc = tb_token_hash_by(stmts.v[i].text, formula, hex, err);
		if (rc == -1)
			break;
		tb_buf_addf(b, "%s %s", name, hex);
		if (data != NULL) {
			tb_hash(data, strlen(data), hex);
			tb_buf_addf(b, " %s", hex);
		}
		tb_buf_addc(b, '\n');
	}
	tb_stmts_release(&stmts);
	return rc;
}

int
tb_history_hash_by(const struct tb_revision_file *f, int formula,
    struct tb_history_hashes *out, struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	const char *path = f->header.path;
	int rc = 0;

	(void)strlcpy(out->raw, f->hash, sizeof(out->raw));
	if (add_section(&b, "upgrade", &f->upgrade, path, formula, err) == -1 ||
	    add_section(&b, "downgrade", &f->downgrade, path, formula, err) ==
		-1)
		rc = -1;
	else
		tb_hash(b.s, b.len, out->tokens);
	tb_buf_release(&b);
	return rc;
}

int
tb_history_hash(const struct tb_revision_file *f, struct tb_history_hashes *out,
    struct tb_err *err)
{
	return tb_history_hash_by(f, TB_HISTORY_FORMULA, out, err);
}
