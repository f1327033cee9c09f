/*
 * tb-migrate init: a folder for revisions, and a tb.conf that names it.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "migrate.h"

#define CONF_FILE "tb.conf"

static int
refuse_used_folder(const char *dir, struct tb_err *err)
{
	struct tb_strs files = TB_STRS_INIT;
	size_t n;

	if (!tb_file_exists(dir))
		return 0;
	if (!tb_is_dir(dir))
		return tb_err_set(err, TB_EXIT_CANTCREAT,
		    "\"%s\" is there and is no folder", dir);
	if (tb_dir_list(dir, "", false, &files, err) == -1)
		return -1;
	n = files.n;
	tb_strs_release(&files);
	if (n == 0)
		return 0;
	(void)tb_err_set(err, TB_EXIT_CANTCREAT, "folder \"%s\" is not empty",
	    dir);
	return tb_err_hint(err,
	    "If these are revisions, nothing needs to be set up: use "
	    "--revisions %s, or name it in tb.conf.",
	    dir);
}

/* A libconfuse string: what is special in it gets a backslash. */
static char *
conf_text(const char *dir)
{
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_add(&b,
	    "# tb.conf: see tb-migrate(1).  Paths count from this folder.\n"
	    "migrate {\n"
	    "\trevisions = {\"");
	for (const char *p = dir; *p != '\0'; p++) {
		if (strchr("\\\"$", *p) != NULL)
			tb_buf_addc(&b, '\\');
		tb_buf_addc(&b, *p);
	}
	tb_buf_add(&b, "\"}\n}\n");
	return tb_buf_detach(&b);
}

static int
write_conf(const char *dir, struct tb_err *err)
{
	char *text;
	int rc;

	if (tb_file_exists(CONF_FILE)) {
		tb_info("%s is there already and was left as it is", CONF_FILE);
		return 0;
	}
	text = conf_text(dir);
	rc = tb_file_write(CONF_FILE, text, strlen(text), 0644, err);
	free(text);
	if (rc == 0)
		(void)puts(CONF_FILE);
	return rc;
}

static int
init(struct tb_ctx *ctx TB_UNUSED, int argc, char *argv[], struct tb_err *err)
{
	const char *dir = argc > 0 ? argv[0] : "revisions";

	if (refuse_used_folder(dir, err) == -1 ||
	    tb_mkdirs(dir, 0755, err) == -1)
		return -1;
	(void)puts(dir);
	return write_conf(dir, err);
}

const struct tb_cmd mig_cmd_init = {
	.name = "init",
	.args = "[DIR]",
	.help = "make a folder for revisions and a tb.conf",
	.needs = TB_NEED_NO_CONF,
	.max_args = 1,
	.run = init,
};
