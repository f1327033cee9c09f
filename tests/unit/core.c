/*
 * The small modules of lib/core: buffers, lists, keys, paths, time.
 */
#include "core/tb.h"

#include <stdlib.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/keys.h"
#include "core/mem.h"
#include "core/sql.h"
#include "core/strs.h"
#include "unit.h"

static void
test_buf(void)
{
	struct tb_buf b = TB_BUF_INIT;
	char *s;

	TB_IS(b.s, "", "a new buffer is an empty string");
	for (int i = 0; i < 1000; i++)
		tb_buf_addf(&b, "%d,", i % 10);
	TB_OK(b.len == 2000, "it grows: %zu", b.len);
	tb_buf_truncate(&b, 3);
	tb_buf_add(&b, " \n\t ");
	tb_buf_rtrim(&b);
	TB_IS(b.s, "0,1", "white space at the end goes");
	s = tb_buf_detach(&b);
	TB_IS(s, "0,1", "detached");
	TB_IS(b.s, "", "and empty after");
	free(s);
	s = tb_buf_detach(&b);
	TB_IS(s, "", "an empty buffer detaches as an empty string");
	free(s);
}

static void
test_strs(void)
{
	struct tb_strs l = TB_STRS_INIT;
	char *joined;

	tb_strs_split(&l, ",,b,a,,c,", ",");
	TB_OK(l.n == 3, "empty pieces are left out");
	tb_strs_sort(&l);
	joined = tb_strs_join(&l, " ");
	TB_IS(joined, "a b c", "sorted and joined");
	free(joined);
	TB_OK(l.v[l.n] == NULL, "ended by NULL");
	TB_OK(tb_strs_has(&l, "c") && !tb_strs_has(&l, "d"), "membership");
	for (int i = 0; i < 100; i++)
		tb_strs_addf(&l, "%d", i);
	TB_OK(l.v[l.n] == NULL, "ended by NULL after it grew");
	tb_strs_release(&l);
}

static void
test_keys(void)
{
	static const char text[] = "--: title  Two words \r\n--:empty\n"
				   "--: since 150000\nSELECT 1\n--: late x";
	struct tb_slice rest = { "  one\ttwo  ", 11 }, word;
	char *title = tb_sql_key(text, "title");
	char *late = tb_sql_key(text, "late");
	char *empty = tb_sql_key(text, "empty");

	TB_IS(title, "Two words", "a value has no blanks at its ends");
	TB_IS(late, NULL, "keys end where the statement begins");
	TB_IS(empty, "", "a key without a value is there");
	TB_OK(strncmp(tb_sql_body(text), "SELECT 1", 8) == 0,
	    "the body comes after the keys");
	TB_OK(!tb_sql_applies(text, 140000) && tb_sql_applies(text, 150000),
	    "since is inclusive");
	TB_OK(tb_slice_word(&rest, &word) && tb_slice_is(word, "one"),
	    "first word");
	TB_OK(tb_slice_word(&rest, &word) && tb_slice_is(word, "two"),
	    "second word");
	TB_OK(!tb_slice_word(&rest, &word), "no third word");
	free(title);
	free(late);
	free(empty);
}

static void
is_path(char *got, const char *want, const char *what)
{
	TB_IS(got, want, what);
	free(got);
}

static void
test_paths(void)
{
	is_path(tb_path_join("a", "b"), "a/b", "join");
	is_path(tb_path_join("a/", "b"), "a/b", "join after a slash");
	is_path(tb_path_join("a", "/b"), "/b", "an absolute name stays");
	is_path(tb_path_dir("a/b"), "a", "folder");
	is_path(tb_path_dir("/a"), "/", "folder of the root");
	is_path(tb_path_dir("a"), ".", "folder of a bare name");
	TB_IS(tb_path_base("a/b.sql"), "b.sql", "base name");
}

static void
test_clock(void)
{
	char text[TB_CLOCK_SPAN_LEN + 1], iso[TB_CLOCK_ISO_LEN + 1];

	tb_clock_span(0.0123, text);
	TB_IS(text, "12 ms", "milliseconds");
	tb_clock_span(61, text);
	TB_IS(text, "1 min 1 s", "minutes");
	tb_clock_span(90000, text);
	TB_IS(text, "1 d 1 h", "days");
	tb_clock_iso(0, iso);
	TB_IS(iso, "1970-01-01T00:00:00Z", "the beginning");
}

static void
test_err(void)
{
	struct tb_err err = TB_ERR_INIT;

	TB_OK(tb_err_set(&err, TB_EXIT_DATA, "first %d", 1) == -1,
	    "setting an error fails in one line");
	(void)tb_err_detail(&err, "one");
	(void)tb_err_detail(&err, "two");
	(void)tb_err_prefix(&err, "file:%d", 7);
	TB_IS(err.message, "file:7: first 1", "prefix");
	TB_IS(err.detail, "one\ntwo", "details add up");
	(void)tb_err_set(&err, TB_EXIT_BUSY, "again: %s", err.message);
	TB_IS(err.message, "again: file:7: first 1",
	    "an error may be made of the one before");
	TB_OK(err.detail == NULL && err.code == TB_EXIT_BUSY,
	    "the earlier one is gone");
	tb_err_release(&err);
}

static void
test_files(void)
{
	char dir[] = "/tmp/tb-unit-XXXXXX";
	struct tb_buf b = TB_BUF_INIT;
	struct tb_err err = TB_ERR_INIT;
	struct tb_strs files = TB_STRS_INIT;
	char *sub, *path;

	if (mkdtemp(dir) == NULL)
		return;
	sub = tb_path_join(dir, "a/b");
	path = tb_path_join(sub, "x.sql");
	TB_OK(tb_mkdirs(sub, 0700, &err) == 0, "folders are made");
	TB_OK(tb_mkdirs(sub, 0700, &err) == 0, "and may be there");
	TB_OK(tb_file_write(path, "one\n", 4, 0600, &err) == 0, "write");
	TB_OK(tb_file_write(path, "two\n", 4, 0600, &err) == 0, "replace");
	TB_OK(tb_file_read(path, &b, &err) == 0, "read");
	TB_IS(b.s, "two\n", "what was written last");
	TB_OK(tb_dir_list(dir, ".sql", true, &files, &err) == 0 && files.n == 1,
	    "found below the folder");
	TB_OK(tb_remove_tree(dir, &err) == 0 && !tb_file_exists(dir),
	    "the tree is gone");
	TB_OK(tb_remove_tree(dir, &err) == 0, "gone is fine");
	TB_OK(tb_file_read(path, &b, &err) == -1 && err.code == TB_EXIT_NOINPUT,
	    "a file that is not there");
	tb_err_release(&err);
	tb_strs_release(&files);
	tb_buf_release(&b);
	free(sub);
	free(path);
}

int
main(void)
{
	char hash[TB_HASH_LEN + 1];

	test_buf();
	test_strs();
	test_keys();
	test_paths();
	test_clock();
	test_err();
	test_files();
	tb_hash("abc", 3, hash);
	TB_IS(hash,
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	    "SHA-256 of abc");
	return tb_unit_done();
}
