#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "catalog/snapshot.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "verify.h"

static const char revisions_at[] = "revisions@";

static void
set(struct ver_side *side, enum ver_kind kind, const char *name)
{
	side->kind = kind;
	side->name = tb_strdup(name);
	side->label = tb_strdup(name);
}

static bool
is_path(const char *word)
{
	size_t len = strlen(word);

	return strchr(word, '/') != NULL ||
	    (len > 4 && strcmp(word + len - 4, ".sql") == 0);
}

static int
unknown(const char *word, struct tb_err *err)
{
	if (is_path(word))
		return tb_err_set(err, TB_EXIT_NOINPUT,
		    "could not open file \"%s\": No such file or directory",
		    word);
	(void)tb_err_set(err, TB_EXIT_USAGE, "there is no side \"%s\"", word);
	return tb_err_hint(err,
	    "A side is live, revisions[@REV], model, a connection string "
	    "(\"dbname=%s\"), a snapshot, an SQL file or folder, or -.",
	    word);
}

/*
 * What can be read only once, "-" or a pipe.  Which of the two it is only the
 * text tells.
 */
static int
set_text(struct ver_side *side, const char *path, const char *name,
    struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;

	if (tb_file_read(path, &text, err) == -1) {
		tb_buf_release(&text);
		return -1;
	}
	set(side, tb_snapshot_is(text.s) ? VER_SNAPSHOT : VER_FILES, name);
	side->text = tb_buf_detach(&text);
	return 0;
}

static bool
is_pipe(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) &&
	    !S_ISDIR(st.st_mode);
}

int
ver_side_parse(struct ver_side *side, const char *word, struct tb_err *err)
{
	const size_t n = sizeof(revisions_at) - 1;

	side->word = word;
	if (strcmp(word, "live") == 0) {
		set(side, VER_LIVE, "live");
	} else if (strcmp(word, "model") == 0) {
		set(side, VER_MODEL, "model");
	} else if (strcmp(word, "revisions") == 0) {
		set(side, VER_REVISIONS, "revisions");
	} else if (strncmp(word, revisions_at, n) == 0 && word[n] != '\0') {
		set(side, VER_REVISIONS, "revisions");
		side->target = word + n;
	} else if (strcmp(word, "-") == 0) {
		return set_text(side, word, "stdin", err);
	} else if (tb_dsn_is_address(word)) {
		/* The database's name is told by the connection. */
		side->kind = VER_DATABASE;
	} else if (is_pipe(word)) {
		return set_text(side, word, word, err);
	} else if (tb_snapshot_is_file(word)) {
		set(side, VER_SNAPSHOT, word);
	} else if (tb_file_exists(word)) {
		set(side, VER_FILES, word);
	} else {
		return unknown(word, err);
	}
	return 0;
}

bool
ver_side_is_database(const struct ver_side *side)
{
	return side->kind == VER_LIVE || side->kind == VER_DATABASE;
}

void
ver_side_label(struct ver_job *job)
{
	if (job->n < 2 || strcmp(job->side[0].label, job->side[1].label) != 0)
		return;
	for (size_t i = 0; i < job->n; i++) {
		free(job->side[i].label);
		job->side[i].label = tb_strdup(job->side[i].name);
	}
}

void
ver_side_release(struct ver_side *side)
{
	free(side->name);
	free(side->label);
	free(side->text);
	free(side->objects);
	tb_facts_release(&side->facts);
}
