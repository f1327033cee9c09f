/*
 * file.c: from a file to its header or its sections.
 */
#include "core/tb.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "revision/file.h"
#include "revision/header.h"

/* Nearly every header fits; it is also what a file system reads at least. */
#define FIRST_CHUNK 4096

static const char bom[] = "\xef\xbb\xbf";

static const char *
skip_bom(const char *text)
{
	return strncmp(text, bom, 3) == 0 ? text + 3 : text;
}

static int
check_word(const char *kind, const char *s, const char *banned,
    struct tb_err *err)
{
	size_t n = strcspn(s, banned);

	if (s[0] == '\0')
		return tb_err_set(err, TB_EXIT_DATA, "the %s is empty", kind);
	if (s[n] != '\0') {
		(void)tb_err_set(err, TB_EXIT_DATA, "%s \"%s\" contains \"%c\"",
		    kind, s, s[n]);
		return s[n] == ',' ?
		    tb_err_hint(err, "Separate them by blanks.") :
		    tb_err_hint(err,
			"The characters %s have a meaning of their own where "
			"revisions are named.",
			banned);
	}
	for (const char *p = s; *p != '\0'; p++)
		if (iscntrl((unsigned char)*p) || *p == ' ')
			return tb_err_set(err, TB_EXIT_DATA,
			    "%s \"%s\" contains a blank or control character",
			    kind, s);
	if (strlen(s) > TB_REVISION_ID_MAX)
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s \"%s\" is longer than %d bytes", kind, s,
		    TB_REVISION_ID_MAX);
	return 0;
}

static int
check_reserved(const char *kind, const char *s, struct tb_err *err)
{
	static const char *const words[] = { "base", "head", "heads", "current",
		"none" };

	for (size_t i = 0; i < TB_LEN(words); i++)
		if (strcmp(s, words[i]) == 0)
			return tb_err_set(err, TB_EXIT_DATA,
			    "\"%s\" means something else, it cannot be a %s", s,
			    kind);
	return 0;
}

int
tb_revision_check_id(const char *id, struct tb_err *err)
{
	if (check_word("revision id", id, "@-+:,", err) == -1)
		return -1;
	return check_reserved("revision id", id, err);
}

int
tb_revision_check_label(const char *label, struct tb_err *err)
{
	if (check_word("label", label, "@+:,", err) == -1)
		return -1;
	return check_reserved("label", label, err);
}

/* A byte that ends a C string would hide the rest of the file. */
static int
check_bytes(const char *path, const char *text, size_t len, struct tb_err *err)
{
	const char *nul = memchr(text, '\0', len);
	int line = 1;

	if (nul == NULL)
		return 0;
	for (const char *p = text; p < nul; p++)
		line += *p == '\n';
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: there is a NUL byte, this is not plain text", path, line);
	return tb_err_hint(err, "Save the file as UTF-8.");
}

static void
begin(struct tb_reader *r, struct tb_header *h, const char *path,
    const char *text, struct tb_err *err)
{
	*h = (struct tb_header)TB_HEADER_INIT;
	h->path = tb_strdup(path);
	*r = (struct tb_reader){
		.h = h,
		.in = tb_lines(skip_bom(text)),
		.err = err,
		.section = TB_SECTIONS,
	};
}

static int
no_section(const struct tb_header *h, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA, "%s: there is no upgrade section",
	    h->path);
	return tb_err_hint(err,
	    "Put a line \"--: upgrade\" before the SQL; the section may be "
	    "empty.");
}

/* What one read gives; -1 on failure, 0 at the end. */
static ssize_t
read_some(int fd, char *to, size_t n)
{
	ssize_t got;

	do
		got = read(fd, to, n);
	while (got == -1 && errno == EINTR);
	return got;
}

/* 1: the header is complete; 0: the text ends before it does. */
static int
parse_header(const char *path, char *text, size_t len, bool eof,
    struct tb_header *h, struct tb_err *err)
{
	struct tb_reader r;
	char *end = NULL, saved = '\0';
	int rc;

	if (check_bytes(path, text, len, err) == -1)
		return -1;
	/* The last line may be torn. */
	if (!eof) {
		end = strrchr(text, '\n');
		end = end == NULL ? text : end + 1;
		saved = *end;
		*end = '\0';
	}
	begin(&r, h, path, text, err);
	rc = tb_reader_header(&r);
	if (end != NULL)
		*end = saved;
	if (rc == 0 && eof)
		rc = no_section(h, err);
	if (rc != 1)
		tb_header_release(h);
	return rc;
}

/* A header that the first chunk does not hold. */
static int
long_header(int fd, const char *path, struct tb_buf *b, struct tb_header *h,
    struct tb_err *err)
{
	size_t chunk = FIRST_CHUNK;
	ssize_t got;
	int rc;

	do {
		tb_buf_reserve(b, chunk *= 2);
		if ((got = read_some(fd, b->s + b->len, chunk)) == -1)
			return tb_err_set(err, TB_EXIT_NOINPUT,
			    "could not read file \"%s\": %m", path);
		b->len += (size_t)got;
		b->s[b->len] = '\0';
		rc = parse_header(path, b->s, b->len, got == 0, h, err);
	} while (rc == 0);
	return rc;
}

static int
header_from(int fd, const char *path, struct tb_header *h, struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	char first[FIRST_CHUNK + 1];
	ssize_t got = read_some(fd, first, FIRST_CHUNK);
	int rc;

	if (got == -1)
		return tb_err_set(err, TB_EXIT_NOINPUT,
		    "could not read file \"%s\": %m", path);
	first[got] = '\0';
	rc = parse_header(path, first, (size_t)got, got == 0, h, err);
	if (rc == 0) {
		tb_buf_addn(&b, first, (size_t)got);
		rc = long_header(fd, path, &b, h, err);
		tb_buf_release(&b);
	}
	return rc == 1 ? 0 : -1;
}

int
tb_header_read_at(int dir, const char *name, const char *path,
    struct tb_header *h, struct tb_err *err)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	int rc;

	if (fd == -1)
		return tb_err_set(err,
		    errno == EACCES ? TB_EXIT_NOPERM : TB_EXIT_NOINPUT,
		    "could not open file \"%s\": %m", path);
	rc = header_from(fd, path, h, err);
	(void)close(fd);
	return rc;
}

int
tb_header_read(const char *path, struct tb_header *h, struct tb_err *err)
{
	return tb_header_read_at(AT_FDCWD, path, path, h, err);
}

static struct tb_section *
section_of(struct tb_revision_file *f, enum tb_section_kind kind)
{
	if (kind == TB_SECTION_UPGRADE)
		return &f->upgrade;
	return kind == TB_SECTION_DOWNGRADE ? &f->downgrade : &f->verify;
}

/* The reader stands on a mark.  *none: the section must stay empty. */
static int
open_section(struct tb_reader *r, struct tb_revision_file *f, bool *none)
{
	const char *name = tb_section_name(r->section);
	struct tb_section *s = section_of(f, r->section);

	*none =
	    r->section == TB_SECTION_DOWNGRADE && tb_slice_is(r->value, "none");
	if (r->value.n > 0 && !*none) {
		char *value = tb_slice_dup(r->value);

		(void)tb_reader_fail(r, "\"%s\" after section \"%s\"", value,
		    name);
		free(value);
		return tb_err_hint(r->err, "The SQL begins in the next line.");
	}
	if (s->line != 0 ||
	    (r->section == TB_SECTION_DOWNGRADE && f->no_downgrade))
		return tb_reader_fail(r,
		    "section \"%s\" is here again, first in line %d", name,
		    (s->line != 0 ? s->line - 1 : f->no_downgrade_line));
	if (*none) {
		f->no_downgrade = true;
		f->no_downgrade_line = r->in.number;
	} else {
		s->line = r->in.number + 1;
	}
	return 0;
}

static bool
is_sql(struct tb_slice line)
{
	struct tb_slice word;

	return tb_slice_word(&line, &word) &&
	    (word.n < 2 || memcmp(word.s, "--", 2) != 0);
}

/* One section: from its mark to the next one, or to the end. */
static int
read_section(struct tb_reader *r, struct tb_revision_file *f)
{
	struct tb_buf b = TB_BUF_INIT;
	enum tb_section_kind kind = r->section;
	struct tb_slice line;
	bool none;
	int rc;

	if (open_section(r, f, &none) == -1)
		return -1;
	while ((rc = tb_reader_body(r, &line)) == 1) {
		if (none && is_sql(line)) {
			rc = tb_reader_fail(r, "SQL after \"downgrade none\"");
			break;
		}
		tb_buf_addn(&b, line.s, line.n);
		tb_buf_addc(&b, '\n');
	}
	if (none || rc == -1)
		tb_buf_release(&b);
	else
		section_of(f, kind)->text = tb_strndup(b.s, b.len);
	tb_buf_release(&b);
	return rc;
}

static int
read_sections(struct tb_reader *r, struct tb_revision_file *f)
{
	int rc = tb_reader_header(r);

	while (rc > 0)
		rc = read_section(r, f);
	if (rc == 0 && f->upgrade.text == NULL)
		return no_section(&f->header, r->err);
	return rc;
}

int
tb_revision_file_parse(const char *path, const char *text, size_t len,
    struct tb_revision_file *f, struct tb_err *err)
{
	struct tb_reader r;
	char *copy;
	int rc;

	*f = (struct tb_revision_file)TB_REVISION_FILE_INIT;
	if (check_bytes(path, text, len, err) == -1)
		return -1;
	copy = tb_strndup(text, len);
	tb_hash(text, len, f->hash);
	begin(&r, &f->header, path, copy, err);
	if ((rc = read_sections(&r, f)) == -1)
		tb_revision_file_release(f);
	free(copy);
	return rc;
}

int
tb_revision_file_read(const char *path, struct tb_revision_file *f,
    struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	int rc = tb_file_read(path, &b, err);

	if (rc == 0)
		rc = tb_revision_file_parse(path, b.s, b.len, f, err);
	tb_buf_release(&b);
	return rc;
}

void
tb_revision_file_release(struct tb_revision_file *f)
{
	tb_header_release(&f->header);
	free(f->upgrade.text);
	free(f->downgrade.text);
	free(f->verify.text);
	*f = (struct tb_revision_file)TB_REVISION_FILE_INIT;
}
