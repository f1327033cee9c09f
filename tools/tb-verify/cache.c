/*
 * cache.c: what SQL made of an empty database is kept, so that the same SQL is
 * not run again.
 *
 * A kept side is a snapshot behind a line with its hash, in a file named by the
 * hash of all that it depends on.  Whatever is wrong with the folder or with a
 * file: it is as if nothing were kept.
 */
#include "core/tb.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "catalog/snapshot.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/query.h"
#include "replay.h"

#define FORMAT "tb-verify cache 1 "
#define OLD    ((time_t)30 * 24 * 3600) /* seconds without use: then it goes */

/* ${XDG_CACHE_HOME:-~/.cache}/tb/verify; NULL: there is no such place. */
static char *
folder(void)
{
	const char *cache = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (cache != NULL && cache[0] == '/')
		return tb_asprintf("%s/tb/verify", cache);
	if (home != NULL && home[0] == '/')
		return tb_asprintf("%s/.cache/tb/verify", home);
	return NULL;
}

/* Another build may read the catalogue in another way. */
static void
add_program(struct tb_buf *key, int version)
{
	char formula[TB_HASH_LEN + 1];
	struct stat st;

	tb_snapshot_formula(version, formula);
	tb_buf_addf(key, "%s%s %s\n", FORMAT, TB_VERSION, formula);
	if (stat("/proc/self/exe", &st) == 0)
		tb_buf_addf(key, "%lld %lld.%09ld\n", (long long)st.st_size,
		    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

static void
add_owners(struct tb_buf *key, const struct ver_job *job)
{
	const char *role = tb_conf_str(&job->ctx->conf, "migrate|role");

	tb_buf_addf(key, "owner %s\nrole %s\n",
	    job->owner_role != NULL ? job->owner_role : "",
	    role != NULL ? role : "");
}

/* What the server says beside its part of the key. */
struct answer {
	bool may_create; /* databases */
	bool keeps;      /* may one stay there? */
	int version;
};

static int
add_server(struct tb_buf *key, PGconn *db, const char *owner, struct answer *a,
    struct tb_err *err)
{
	PGresult *res =
	    tb_pg_query(db, tb_sql_text(tool_sql, "cache_key"), 0, NULL, err);

	if (res == NULL)
		return -1;
	tb_buf_addf(key, "%s\n", tb_pg_get(res, 0, "key"));
	a->may_create = tb_pg_get_bool(res, 0, "may_create");
	a->keeps = a->may_create && tb_pg_get_bool(res, 0, "keeps");
	PQclear(res);
	res = tb_pg_query(db, tb_sql_text(tool_sql, "grants"), 1, &owner, err);
	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++)
		tb_buf_addf(key, "%s\n", tb_pg_get(res, i, "statement"));
	PQclear(res);
	return 0;
}

/* The live session is on the server where the scratch database would be. */
static int
ask_server(struct ver_job *job, struct tb_buf *key, struct answer *a,
    struct tb_err *err)
{
	PGconn *db = job->ctx->db, *own = NULL;
	int rc;

	if (db == NULL) {
		own = db = tb_pg_connect(&job->server, TB_PG_READ, err);
		if (db == NULL)
			return -1;
	}
	a->version = PQserverVersion(db);
	add_program(key, a->version);
	rc = add_server(key, db, job->owner_role, a, err);
	PQfinish(own);
	return rc;
}

/* Is what comes out known, wherever the scratch database will be? */
static bool
add_place(struct tb_buf *key, struct ver_making *m, const struct answer *a)
{
	const char *where = m->r.job->opt->scratch;

	m->on_private = strcmp(where, "private") == 0 ||
	    (!a->may_create && strcmp(where, "server") != 0);
	if (m->on_private)
		return ver_private_key(a->version / 10000, key);
	return a->may_create;
}

int
ver_cache_open(struct ver_cache *cache, struct ver_replay *r,
    const struct tb_buf *sql, struct tb_err *err)
{
	struct ver_making *m = ver_making(r);
	char name[TB_HASH_LEN + 1];
	struct tb_buf key = TB_BUF_INIT;
	struct answer a = { .may_create = false };
	char *dir;
	int rc;

	*cache = (struct ver_cache){ NULL };
	if (r->job->opt->no_cache || (dir = folder()) == NULL)
		return 0;
	rc = ask_server(r->job, &key, &a, err);
	if (rc == 0 && add_place(&key, m, &a)) {
		add_owners(&key, r->job);
		tb_hash(key.s, key.len, m->keep.start);
		m->keep.allowed = a.keeps && !m->on_private;
		tb_buf_addn(&key, sql->s, sql->len);
		tb_hash(key.s, key.len, name);
		cache->path = tb_path_join(dir, name);
	}
	tb_buf_release(&key);
	free(dir);
	return rc;
}

/* Nobody else's file is believed. */
static bool
is_ours(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == geteuid() && (st.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* The snapshot in a kept file; NULL: it is not as it was written. */
static char *
checked(struct tb_buf *text)
{
	const size_t head = sizeof(FORMAT) - 1 + TB_HASH_LEN + 1;
	char hash[TB_HASH_LEN + 1];

	if (text->len < head || text->s[head - 1] != '\n' ||
	    strncmp(text->s, FORMAT, sizeof(FORMAT) - 1) != 0)
		return NULL;
	tb_hash(text->s + head, text->len - head, hash);
	if (strncmp(text->s + sizeof(FORMAT) - 1, hash, TB_HASH_LEN) != 0)
		return NULL;
	return text->s + head;
}

bool
ver_cache_load(const struct ver_cache *cache, struct ver_side *side)
{
	struct tb_buf text = TB_BUF_INIT;
	struct tb_err err = TB_ERR_INIT;
	struct tb_facts facts = TB_FACTS_INIT;
	char *snapshot = NULL;
	bool found = false;

	if (cache->path == NULL || !tb_file_exists(cache->path))
		return false;
	if (is_ours(cache->path) && tb_file_read(cache->path, &text, &err) == 0)
		snapshot = checked(&text);
	if (snapshot != NULL &&
	    tb_snapshot_parse(&facts, cache->path, snapshot, &err) == 0) {
		side->facts = facts;
		found = true;
		/* It counts as used today. */
		(void)utimensat(AT_FDCWD, cache->path, NULL, 0);
	}
	tb_debug("cache: %s %s%s%s", cache->path,
	    found ? "is used" : "is of no use", err.message != NULL ? ": " : "",
	    err.message != NULL ? err.message : "");
	tb_err_release(&err);
	tb_buf_release(&text);
	return found;
}

/* What nobody has used for long. */
static void
tidy(const char *dir)
{
	struct tb_strs files = TB_STRS_INIT;
	struct tb_err err = TB_ERR_INIT;
	time_t now = time(NULL);
	struct stat st;

	if (tb_dir_list(dir, "", false, &files, &err) == 0)
		for (size_t i = 0; i < files.n; i++)
			if (lstat(files.v[i], &st) == 0 &&
			    S_ISREG(st.st_mode) && now - st.st_mtime > OLD)
				(void)unlink(files.v[i]);
	tb_strs_release(&files);
	tb_err_release(&err);
}

void
ver_cache_save(const struct ver_cache *cache, const struct ver_side *side)
{
	struct tb_buf snapshot = TB_BUF_INIT, text = TB_BUF_INIT;
	struct tb_err err = TB_ERR_INIT;
	char hash[TB_HASH_LEN + 1];
	char *dir;

	if (cache->path == NULL)
		return;
	dir = tb_path_dir(cache->path);
	tb_snapshot_text(&side->facts, &snapshot);
	tb_hash(snapshot.s, snapshot.len, hash);
	tb_buf_addf(&text, "%s%s\n", FORMAT, hash);
	tb_buf_addn(&text, snapshot.s, snapshot.len);
	if (tb_mkdirs(dir, 0700, &err) == -1 ||
	    tb_file_write(cache->path, text.s, text.len, 0600, &err) == -1)
		tb_debug("cache: %s", err.message);
	else
		tidy(dir);
	tb_buf_release(&snapshot);
	tb_buf_release(&text);
	tb_err_release(&err);
	free(dir);
}

void
ver_cache_release(struct ver_cache *cache)
{
	free(cache->path);
	cache->path = NULL;
}
