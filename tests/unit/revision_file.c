/*
 * The parser of revision files, with everything that should not be in one.
 */
#include "unit.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "revision/file.h"

#define TOP "--: revision a1\n"
#define UP  "--: upgrade\n"

/* What is wrong with a text; the file is called "f". */
static const struct {
	const char *what, *text, *message, *hint;
} faults[] = {
	{
	    "an empty file",
	    "",
	    "f: there is no upgrade section",
	    "Put a line \"--: upgrade\" before the SQL; the section may be "
	    "empty.",
	},
	{
	    "only comments",
	    "-- hello\n\n  -- there\n",
	    "f: there is no upgrade section",
	    NULL,
	},
	{
	    "no id",
	    "--: message x\n" UP,
	    "f: there is no revision id",
	    "A revision file has a line \"--: revision ID\" at its top.",
	},
	{
	    "an empty id",
	    "--: revision\n" UP,
	    "f:1: revision has no id",
	    NULL,
	},
	{
	    "an id of blanks",
	    "--: revision  \t \n" UP,
	    "f:1: revision has no id",
	    NULL,
	},
	{
	    "two ids in one",
	    "--: revision a b\n" UP,
	    "f:1: revision id \"a b\" contains a blank or control character",
	    NULL,
	},
	{
	    "at in an id",
	    "\n--: revision a@b\n" UP,
	    "f:2: revision id \"a@b\" contains \"@\"",
	    NULL,
	},
	{
	    "minus in an id",
	    "--: revision a-b\n" UP,
	    "f:1: revision id \"a-b\" contains \"-\"",
	    NULL,
	},
	{
	    "plus in an id",
	    "--: revision +1\n" UP,
	    "f:1: revision id \"+1\" contains \"+\"",
	    NULL,
	},
	{
	    "colon in an id",
	    "--: revision a:b\n" UP,
	    "f:1: revision id \"a:b\" contains \":\"",
	    NULL,
	},
	{
	    "escape in an id",
	    "--: revision a\033b\n" UP,
	    "f:1: revision id \"a\033b\" contains a blank or control character",
	    NULL,
	},
	{
	    "a reserved id",
	    "--: revision head\n" UP,
	    "f:1: \"head\" means something else, it cannot be a revision id",
	    NULL,
	},
	{
	    "a long id",
	    "--: revision 012345678901234567890123456789012345678901234567890"
	    "1234567890123\n" UP,
	    "f:1: revision id \"0123456789012345678901234567890123456789012345"
	    "678901234567890123\" is longer than 63 bytes",
	    NULL,
	},
	{
	    "commas",
	    TOP "--: down-revision a2, a3\n" UP,
	    "f:2: revision id \"a2,\" contains \",\"",
	    "Separate them by blanks.",
	},
	{
	    "a parent twice",
	    TOP "--: down-revision a2 a3 a2\n" UP,
	    "f:2: \"a2\" is named twice",
	    NULL,
	},
	{
	    "an unknown key",
	    TOP "--: mesage x\n" UP,
	    "f:2: unknown key \"mesage\"",
	    "Did you mean \"message\"?",
	},
	{
	    "a key far off",
	    TOP "--: xyzzy\n" UP,
	    "f:2: unknown key \"xyzzy\"",
	    NULL,
	},
	{
	    "no key",
	    TOP "--:\n" UP,
	    "f:2: \"--:\" without a key",
	    NULL,
	},
	{
	    "a key twice",
	    TOP "--: message x\n-- so\n--: message x\n" UP,
	    "f:4: key \"message\" is here again, first in line 2",
	    NULL,
	},
	{
	    "the id twice",
	    TOP TOP UP,
	    "f:2: key \"revision\" is here again, first in line 1",
	    NULL,
	},
	{
	    "SQL first",
	    TOP "SELECT 1;\n" UP,
	    "f:2: text before the first section",
	    "The SQL begins after a line \"--: upgrade\".",
	},
	{
	    "a block comment first",
	    TOP "/* x */\n" UP,
	    "f:2: text before the first section",
	    NULL,
	},
	{
	    "a mark that is none",
	    TOP "-- : upgrade\nSELECT 1;\n",
	    "f:3: text before the first section",
	    NULL,
	},
	{
	    "transaction maybe",
	    TOP "--: transaction maybe\n" UP,
	    "f:2: transaction must be \"yes\" or \"no\"",
	    NULL,
	},
	{
	    "transaction",
	    TOP "--: transaction\n" UP,
	    "f:2: transaction must be \"yes\" or \"no\"",
	    NULL,
	},
	{
	    "a wrong timeout",
	    TOP "--: lock-timeout 5 sec\n" UP,
	    "f:2: \"5 sec\" is not a timeout",
	    NULL,
	},
	{
	    "a negative timeout",
	    TOP "--: statement-timeout -1\n" UP,
	    "f:2: \"-1\" is not a timeout",
	    NULL,
	},
	{
	    "a huge timeout",
	    TOP "--: statement-timeout 99999999999s\n" UP,
	    "f:2: \"99999999999s\" is not a timeout",
	    NULL,
	},
	{
	    "no rule",
	    TOP "--: lint-ignore\n" UP,
	    "f:2: lint-ignore does not say which rule",
	    NULL,
	},
	{
	    "a label with at",
	    TOP "--: labels a@b\n" UP,
	    "f:2: label \"a@b\" contains \"@\"",
	    NULL,
	},
	{
	    "a reserved label",
	    TOP "--: labels base\n" UP,
	    "f:2: \"base\" means something else, it cannot be a label",
	    NULL,
	},
	{
	    "a section twice",
	    TOP UP "--: verify\n" UP,
	    "f:4: section \"upgrade\" is here again, first in line 2",
	    NULL,
	},
	{
	    "downgrade twice",
	    TOP UP "--: downgrade\n--: downgrade none\n",
	    "f:4: section \"downgrade\" is here again, first in line 3",
	    NULL,
	},
	{
	    "no way back twice",
	    TOP UP "--: downgrade none\n--: downgrade\n",
	    "f:4: section \"downgrade\" is here again, first in line 3",
	    NULL,
	},
	{
	    "SQL after no way back",
	    TOP UP "--: downgrade none\nDROP x;\n",
	    "f:4: SQL after \"downgrade none\"",
	    NULL,
	},
	{
	    "a word after a section",
	    TOP "--: upgrade now\n",
	    "f:2: \"now\" after section \"upgrade\"",
	    "The SQL begins in the next line.",
	},
	{
	    "none after upgrade",
	    TOP "--: upgrade none\n",
	    "f:2: \"none\" after section \"upgrade\"",
	    NULL,
	},
	{
	    "no upgrade",
	    TOP "--: downgrade\nSELECT 1;\n",
	    "f: there is no upgrade section",
	    NULL,
	},
	{
	    "a typing error in a section",
	    TOP UP "SELECT 1;\n--: downgarde\n",
	    "f:4: unknown key \"downgarde\"",
	    "Did you mean \"downgrade\"?",
	},
	{
	    "a key in a section",
	    TOP UP "--: message x\n",
	    "f:3: key \"message\" after the first section",
	    "Keys stand at the top of the file.",
	},
};

static void
test_faults(void)
{
	for (size_t i = 0; i < TB_LEN(faults); i++) {
		struct tb_revision_file f;
		struct tb_err err = TB_ERR_INIT;
		const char *text = faults[i].text;
		int rc =
		    tb_revision_file_parse("f", text, strlen(text), &f, &err);

		TB_OK(rc == -1 && err.code == TB_EXIT_DATA, "%s: refused",
		    faults[i].what);
		TB_IS(err.message, faults[i].message, faults[i].what);
		if (faults[i].hint != NULL)
			TB_IS(err.hint, faults[i].hint, faults[i].what);
		tb_err_release(&err);
	}
}

static void
parse(const char *text, struct tb_revision_file *f)
{
	struct tb_err err = TB_ERR_INIT;
	int rc = tb_revision_file_parse("f", text, strlen(text), f, &err);

	TB_OK(rc == 0, "it parses: %s", rc == 0 ? "yes" : err.message);
	tb_err_release(&err);
}

static void
test_all_keys(void)
{
	static const char text[] = "-- A comment.\n"
				   "--: revision a1\n"
				   "--: down-revision  p1\tp2 \n"
				   "\n"
				   "--: depends-on d1 some-label\n"
				   "--: labels l1 l-2\n"
				   "--: replaces r1 r2\n"
				   "--: message  it's  a \"test\"  \n"
				   "--: date 2025-06-29T18:04:11Z\n"
				   "--: transaction no\n"
				   "--: lock-timeout 500ms\n"
				   "--: statement-timeout 2 min\n"
				   "--: lint-ignore ban-drop-column too old\n"
				   "--: lint-ignore other\n"
				   "  \t\n"
				   "--: verify\n"
				   "SELECT 1;\n"
				   "--: upgrade\n"
				   "--: lint-ignore here\n"
				   "SELECT 2;\n"
				   "\n"
				   "--: downgrade\n"
				   "SELECT 3";
	char hash[TB_HASH_LEN + 1];
	struct tb_revision_file f;
	struct tb_header *h = &f.header;

	parse(text, &f);
	TB_IS(h->id, "a1", "the id");
	TB_OK(h->down_revision.n == 2, "two parents");
	TB_IS(h->down_revision.v[1], "p2", "the second parent");
	TB_IS(h->depends_on.v[1], "some-label", "a label may have a minus");
	TB_IS(h->labels.v[1], "l-2", "also its own");
	TB_IS(h->replaces.v[0], "r1", "what it replaces");
	TB_IS(h->message, "it's  a \"test\"", "the message is trimmed only");
	TB_IS(h->date, "2025-06-29T18:04:11Z", "the date");
	TB_OK(!h->transaction, "no transaction");
	TB_IS(h->lock_timeout, "500ms", "lock timeout");
	TB_IS(h->statement_timeout, "2 min", "statement timeout");
	TB_OK(h->lint_ignore.n == 2, "two rules to ignore in all");
	TB_IS(h->lint_ignore.v[0], "ban-drop-column too old", "with reason");
	TB_OK(h->line[TB_KEY_DOWN_REVISION] == 3, "the line of a key");
	TB_IS(f.verify.text, "SELECT 1;\n", "verify");
	TB_OK(f.verify.line == 17, "verify begins in line 17");
	TB_IS(f.upgrade.text, "--: lint-ignore here\nSELECT 2;\n\n",
	    "a rule above a statement stays in the SQL");
	TB_OK(f.upgrade.line == 19, "upgrade begins in line 19");
	TB_IS(f.downgrade.text, "SELECT 3\n", "the last line gets its end");
	tb_hash(text, sizeof(text) - 1, hash);
	TB_IS(f.hash, hash, "the hash is of the text byte for byte");
	tb_revision_file_release(&f);
}

static void
test_windows(void)
{
	static const char text[] = "\xef\xbb\xbf--: revision a1\r\n"
				   "--: message x \r\n"
				   "\r\n"
				   "--: upgrade\r\n"
				   "SELECT\r\n1;\r\n"
				   "--: downgrade none\r\n"
				   "\r\n"
				   "-- never\r\n";
	char hash[TB_HASH_LEN + 1];
	struct tb_revision_file f;

	parse(text, &f);
	TB_IS(f.header.id, "a1", "an id after a byte order mark");
	TB_IS(f.header.message, "x", "no carriage return in the message");
	TB_IS(f.upgrade.text, "SELECT\n1;\n", "nor in the SQL");
	TB_OK(f.no_downgrade && f.downgrade.text == NULL, "no way back");
	TB_OK(f.no_downgrade_line == 7, "which line 7 says");
	tb_hash(text, sizeof(text) - 1, hash);
	TB_IS(f.hash, hash, "the hash is of the text with them");
	tb_revision_file_release(&f);
}

static void
test_least(void)
{
	struct tb_revision_file f;

	parse(TOP "--: upgrade", &f);
	TB_IS(f.upgrade.text, "", "an empty section is there");
	TB_OK(f.downgrade.text == NULL && !f.no_downgrade,
	    "of downgrade there is no word");
	TB_OK(f.verify.text == NULL, "nor of verify");
	TB_IS(f.header.message, "", "no message is an empty one");
	TB_OK(f.header.transaction, "in a transaction");
	tb_revision_file_release(&f);
	parse(TOP "--: down-revision none\n" UP, &f);
	TB_OK(f.header.down_revision.n == 0, "\"none\" is no parent");
	tb_revision_file_release(&f);
	parse(TOP "--: down-revision\n--:upgrade\n", &f);
	TB_OK(f.header.down_revision.n == 0, "nor is nothing");
	tb_revision_file_release(&f);
}

static void
test_nul(void)
{
	static const char text[] = TOP UP "SELECT 1;\n\0SELECT 2;\n";
	struct tb_revision_file f;
	struct tb_err err = TB_ERR_INIT;
	int rc = tb_revision_file_parse("f", text, sizeof(text) - 1, &f, &err);

	TB_OK(rc == -1, "a NUL byte hides nothing");
	TB_IS(err.message, "f:4: there is a NUL byte, this is not plain text",
	    "its line");
	tb_err_release(&err);
}

static char *
temporary(const char *text, size_t len)
{
	char *path = tb_strdup("/tmp/tb-revision-XXXXXX");
	struct tb_err err = TB_ERR_INIT;
	int fd = mkstemp(path);

	if (fd == -1 || close(fd) == -1 ||
	    tb_file_write(path, text, len, 0600, &err) == -1)
		tb_bug("no temporary file");
	return path;
}

/* Mark of the section at this place in the file. */
static void
read_long(size_t at)
{
	struct tb_buf b = TB_BUF_INIT;
	struct tb_header h = TB_HEADER_INIT;
	struct tb_err err = TB_ERR_INIT;
	char *path;
	int rc;

	tb_buf_add(&b, TOP);
	while (b.len + 64 < at)
		tb_buf_add(&b, "-- a long licence, line by line\n");
	while (b.len + 1 < at)
		tb_buf_addc(&b, '-');
	tb_buf_add(&b, "\n" UP "this is never read as a header\n");
	path = temporary(b.s, b.len);
	rc = tb_header_read(path, &h, &err);
	TB_OK(rc == 0 && strcmp(h.id, "a1") == 0, "a header of %zu bytes: %s",
	    at, rc == 0 ? "read" : err.message);
	tb_header_release(&h);
	tb_err_release(&err);
	(void)unlink(path);
	free(path);
	tb_buf_release(&b);
}

static void
read_fault(const char *text, size_t len, const char *want, const char *what)
{
	struct tb_header h = TB_HEADER_INIT;
	struct tb_err err = TB_ERR_INIT;
	char *path = temporary(text, len);
	int rc = tb_header_read(path, &h, &err);

	TB_OK(rc == -1 && strstr(err.message, want) != NULL, "%s: %s", what,
	    rc == -1 ? err.message : "read");
	tb_err_release(&err);
	(void)unlink(path);
	free(path);
}

static void
test_headers(void)
{
	struct tb_header h = TB_HEADER_INIT;
	struct tb_err err = TB_ERR_INIT;

	/* Around the size of the first chunk, and well beyond the next. */
	for (size_t at = 4080; at < 4112; at++)
		read_long(at);
	read_long(70000);
	read_fault("", 0, "there is no upgrade section", "an empty file");
	read_fault(TOP, sizeof(TOP) - 1, "there is no upgrade section",
	    "a file that ends too early");
	read_fault("\xff\xfe-\0-\0", 6, ":1: there is a NUL byte", "UTF-16");
	TB_OK(tb_header_read("/nonexistent/a.sql", &h, &err) == -1 &&
		err.code == TB_EXIT_NOINPUT,
	    "no such file");
	tb_err_release(&err);
}

int
main(void)
{
	test_faults();
	test_all_keys();
	test_windows();
	test_least();
	test_nul();
	test_headers();
	return tb_unit_done();
}
