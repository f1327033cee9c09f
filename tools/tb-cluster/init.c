/*
 * init.c: making the data folder.
 *
 * initdb works in "data.new", which is renamed when all is done: an initdb
 * that was interrupted leaves no half of a cluster behind.
 *
 * Who gets in: the superuser's role belongs to the operating system's users
 * root, the one who started the cluster and the one who runs it, known by the
 * socket (peer).  Every other role needs its password (SCRAM), on the socket
 * as on TCP; "trust" is nowhere.
 */
#include "core/tb.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cluster.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/proc.h"

static const char hba[] =
    "# Written by tb-cluster: peer for the superuser, SCRAM for all others.\n"
    "# TYPE  DATABASE     USER      ADDRESS       METHOD\n"
    "local   all          postgres                peer map=tb\n"
    "local   replication  postgres                peer map=tb\n"
    "local   all          all                     scram-sha-256\n"
    "local   replication  all                     scram-sha-256\n"
    "host    all          all       127.0.0.1/32  scram-sha-256\n"
    "host    all          all       ::1/128       scram-sha-256\n"
    "host    replication  all       127.0.0.1/32  scram-sha-256\n"
    "host    replication  all       ::1/128       scram-sha-256\n";

static const char conf[] =
    "\n# Added by tb-cluster; its options are given on the command line.\n"
    "listen_addresses = ''\n"
    "password_encryption = 'scram-sha-256'\n";

int
clu_data_major(const struct clu *c, int *major, struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;
	char *path = tb_path_join(c->data, "PG_VERSION");
	long value;
	int rc = 0;

	*major = 0;
	if (tb_is_dir(c->data)) {
		if ((rc = tb_file_read(path, &text, err)) == 0) {
			value = strtol(text.s, NULL, 10);
			*major = (int)value;
		}
		if (rc == 0 && *major == 0)
			rc = tb_err_set(err, TB_EXIT_DATA,
			    "\"%s\" names no version of PostgreSQL", path);
		if (rc == -1)
			(void)tb_err_hint(err,
			    "The data folder is damaged; \"tb-cluster destroy\""
			    " removes it.");
	}
	tb_buf_release(&text);
	free(path);
	return rc;
}

static bool
has_locale(const char *name)
{
	locale_t l = newlocale(LC_ALL_MASK, name, (locale_t)0);

	if (l == (locale_t)0)
		return false;
	freelocale(l);
	return true;
}

/*
 * Code point order everywhere, whatever the machine: from 17 on PostgreSQL has
 * it built in, before it is the C library's, if need be plain C.
 */
static void
add_locale(struct tb_strs *argv, const struct clu_bin *bin)
{
	const char *name = has_locale("C.UTF-8") ? "C.UTF-8" : "C";

	if (bin->major >= 17) {
		tb_strs_add(argv, "--locale-provider=builtin");
		tb_strs_add(argv, "--builtin-locale=C.UTF-8");
	}
	tb_strs_addf(argv, "--locale=%s", name);
}

static void
initdb_args(struct tb_strs *argv, const struct clu_bin *bin, const char *data,
    bool sync)
{
	tb_strs_take(argv, tb_path_join(bin->dir, "initdb"));
	tb_strs_addf(argv, "--pgdata=%s", data);
	tb_strs_add(argv, "--username=" CLU_SUPERUSER);
	tb_strs_add(argv, "--encoding=UTF8");
	tb_strs_add(argv, "--data-checksums");
	tb_strs_add(argv, "--auth-local=peer");
	tb_strs_add(argv, "--auth-host=scram-sha-256");
	tb_strs_add(argv, "--lc-messages=C");
	add_locale(argv, bin);
	if (!sync)
		tb_strs_add(argv, "--no-sync");
}

static int
initdb_failed(const struct tb_proc *proc, const char *data, struct tb_err *err)
{
	struct tb_buf said = TB_BUF_INIT;
	int code = TB_EXIT_CANTCREAT;

	tb_buf_add(&said, proc->err.s);
	tb_buf_rtrim(&said);
	if (proc->status > TB_EXIT_SIGNAL)
		code = proc->status;
	else if (strstr(said.s, "Permission denied") != NULL)
		code = TB_EXIT_NOPERM;
	(void)tb_err_set(err, code, "initdb could not make \"%s\"", data);
	if (said.len > 0)
		(void)tb_err_detail(err, "%s", said.s);
	if (strstr(said.s, "No space left on device") != NULL)
		(void)tb_err_hint(err,
		    "A new cluster needs 50 MB: make room, or name a folder on "
		    "another disk with -D.");
	tb_buf_release(&said);
	return -1;
}

static int
run_initdb(const struct clu_bin *bin, const char *data, bool sync,
    struct tb_err *err)
{
	struct tb_strs argv = TB_STRS_INIT;
	struct tb_proc proc = TB_PROC_INIT;
	int rc;

	initdb_args(&argv, bin, data, sync);
	rc = tb_proc_run(argv.v, &proc, err);
	if (rc == 0 && proc.status != 0)
		rc = initdb_failed(&proc, data, err);
	tb_proc_release(&proc);
	tb_strs_release(&argv);
	return rc;
}

static int
write_in(const char *dir, const char *name, const struct tb_buf *text,
    struct tb_err *err)
{
	char *path = tb_path_join(dir, name);
	int rc = tb_file_write(path, text->s, text->len, 0600, err);

	free(path);
	return rc;
}

static void
add_ident(struct tb_buf *text, const struct clu *c)
{
	const char *users[] = { "root", c->starter, c->user };

	tb_buf_add(text,
	    "# Written by tb-cluster: who may be the superuser.\n"
	    "# MAP  SYSTEM-USER  ROLE\n");
	for (size_t i = 0; i < TB_LEN(users); i++) {
		bool again = false;

		for (size_t j = 0; j < i; j++)
			again = again || strcmp(users[i], users[j]) == 0;
		if (!again)
			tb_buf_addf(text, "tb     \"%s\"  " CLU_SUPERUSER "\n",
			    users[i]);
	}
}

static int
append_conf(const char *dir, struct tb_err *err)
{
	char *path = tb_path_join(dir, "postgresql.conf");
	struct tb_buf text = TB_BUF_INIT;
	int rc = tb_file_read(path, &text, err);

	tb_buf_add(&text, conf);
	if (rc == 0)
		rc = tb_file_write(path, text.s, text.len, 0600, err);
	tb_buf_release(&text);
	free(path);
	return rc;
}

static int
configure(const struct clu *c, const char *dir, struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;
	int rc;

	tb_buf_add(&text, hba);
	rc = write_in(dir, "pg_hba.conf", &text, err);
	tb_buf_reset(&text);
	add_ident(&text, c);
	if (rc == 0)
		rc = write_in(dir, "pg_ident.conf", &text, err);
	if (rc == 0)
		rc = append_conf(dir, err);
	tb_buf_release(&text);
	return rc;
}

int
clu_init_data(const struct clu *c, const struct clu_bin *bin, bool sync,
    struct tb_err *err)
{
	char *temp = clu_path(c, "data.new");
	struct tb_err ignored = TB_ERR_INIT;
	int rc = tb_remove_tree(temp, err);

	if (rc == 0 &&
	    (run_initdb(bin, temp, sync, err) == -1 ||
		configure(c, temp, err) == -1)) {
		rc = -1;
		if (tb_remove_tree(temp, &ignored) == -1)
			tb_err_release(&ignored);
	}
	if (rc == 0 && rename(temp, c->data) == -1)
		rc = tb_err_set(err, TB_EXIT_CANTCREAT,
		    "could not rename \"%s\" to \"%s\": %m", temp, c->data);
	free(temp);
	return rc;
}
