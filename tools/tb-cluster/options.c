/*
 * options.c: what the server is to be started with.
 *
 * The folder's file "settings" keeps what the last start was given, as the -c
 * arguments that it became, so that restart can do the same again.
 */
#include "core/tb.h"

#include <bsd/stdlib.h>
#include <stdlib.h>
#include <string.h>

#include "cluster.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/mem.h"

struct clu_opts clu_opts = { .set = TB_STRS_INIT, .port = -1, .timeout = 60 };

/* "name=value" begins with this name; PostgreSQL takes "-" for "_". */
static bool
sets(const char *setting, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++)
		if (setting[i] != name[i] &&
		    !(setting[i] == '-' && name[i] == '_'))
			return false;
	return setting[n] == '=';
}

/*
 * What makes a cluster private is not to be undone by a setting.
 */
static int
check_setting(const char *setting, struct tb_err *err)
{
	static const struct {
		const char *name, *hint;
	} ours[] = {
		{ "port", "Give --port." },
		{ "data_directory", "Give -D." },
		{ "config_file", "Give the settings themselves with -c." },
		{ "hba_file", "Edit pg_hba.conf in the data folder." },
		{ "ident_file", "Edit pg_ident.conf in the data folder." },
		{ "unix_socket_directories",
		    "The socket is in the cluster's folder." },
	};
	const char *equals = strchr(setting, '=');

	if (equals == NULL || equals == setting || setting[0] == '-') {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "setting \"%s\" is not of the form NAME=VALUE", setting);
		return tb_err_hint(err,
		    "Options of a command that is run stand after \"--\" and "
		    "its name.");
	}
	if (strchr(setting, '\n') != NULL)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "a setting cannot hold a line end");
	for (size_t i = 0; i < TB_LEN(ours); i++)
		if (sets(setting, ours[i].name)) {
			(void)tb_err_set(err, TB_EXIT_USAGE,
			    "\"%s\" cannot be set with -c", ours[i].name);
			return tb_err_hint(err, "%s", ours[i].hint);
		}
	return 0;
}

/* A later setting of the same name takes the earlier one's place. */
static void
add_setting(struct tb_strs *set, const char *setting)
{
	size_t n = strcspn(setting, "=") + 1;

	for (size_t i = 0; i < set->n; i++)
		if (strncmp(set->v[i], setting, n) == 0) {
			free(set->v[i]);
			set->v[i] = tb_strdup(setting);
			return;
		}
	tb_strs_add(set, setting);
}

int
clu_server_from_options(struct clu_server *s, struct tb_err *err)
{
	for (size_t i = 0; i < clu_opts.set.n; i++) {
		if (check_setting(clu_opts.set.v[i], err) == -1)
			return -1;
		add_setting(&s->set, clu_opts.set.v[i]);
	}
	if (clu_opts.port >= 0)
		s->port = (int)clu_opts.port;
	if (clu_opts.tcp || clu_opts.port >= 0)
		s->tcp = true;
	if (clu_opts.share)
		s->share = true;
	return 0;
}

void
clu_server_release(struct clu_server *s)
{
	tb_strs_release(&s->set);
}

/* The file's text; "" if there is none. */
static int
read_settings(const struct clu *c, struct tb_buf *text, struct tb_err *err)
{
	char *path = clu_path(c, "settings");
	int rc = 0;

	if (tb_file_exists(path))
		rc = tb_file_read(path, text, err);
	free(path);
	return rc;
}

/* The first three lines are ours, the others came with -c. */
static void
take_line(struct clu_server *s, int number, char *line)
{
	if (number == 2)
		s->port = (int)strtonum(line + strlen("port="), 0, 65535, NULL);
	else if (number == 3)
		s->tcp = line[strlen("listen_addresses=")] != '\0';
	else if (number > 3)
		tb_strs_add(&s->set, line);
	free(line);
}

int
clu_server_load(const struct clu *c, struct clu_server *s, struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;
	struct tb_lines in;
	struct tb_slice line;
	int rc = read_settings(c, &text, err);

	in = tb_lines(text.s);
	while (rc == 0 && tb_lines_next(&in, &line))
		take_line(s, in.number, tb_slice_dup(line));
	tb_buf_release(&text);
	s->share = clu_is_shared(c);
	return rc;
}

int
clu_server_save(const struct clu *c, const struct clu_server *s,
    const char *socket_dir, struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;
	char *path = clu_path(c, "settings");
	int rc;

	tb_buf_addf(&text, "unix_socket_directories=%s\n", socket_dir);
	tb_buf_addf(&text, "port=%d\n", s->port);
	tb_buf_addf(&text, "listen_addresses=%s\n", s->tcp ? "localhost" : "");
	for (size_t i = 0; i < s->set.n; i++)
		tb_buf_addf(&text, "%s\n", s->set.v[i]);
	rc = tb_file_write(path, text.s, text.len, 0600, err);
	tb_buf_release(&text);
	free(path);
	return rc;
}

char *
clu_saved_socket_dir(const struct clu *c)
{
	static const char name[] = "unix_socket_directories=";
	struct tb_buf text = TB_BUF_INIT;
	struct tb_err err = TB_ERR_INIT;
	char *dir = NULL;

	if (read_settings(c, &text, &err) == 0 &&
	    strncmp(text.s, name, strlen(name)) == 0)
		dir = tb_strndup(text.s + strlen(name),
		    strcspn(text.s + strlen(name), "\n"));
	tb_err_release(&err);
	tb_buf_release(&text);
	return dir;
}
