/*
 * connect.h: what the files of tb-connect share.
 */
#ifndef TB_CONNECT_H
#define TB_CONNECT_H

#include <libpq-fe.h>

#include "cli/cli.h"
#include "core/proc.h"
#include "core/strs.h"
#include "core/tb.h"
#include "pg/dsn.h"

struct tb_err;

/* --- options.c --- */

struct con_opts {
	const char *container, *service, *runtime, *via, *print;
	double timeout;
	bool wait, status, list, read_only, with_password, no_stdin;
};

extern struct con_opts con_opts;

/* --- engine.c: docker or podman, by its command --- */

struct con_engine {
	char *program;    /* its path */
	const char *name; /* for messages; borrowed from program */
};

/* --runtime, else docker, else podman; 69 if there is none. */
int con_engine_find(struct con_engine *, struct tb_err *) TB_MUSTCHECK;
void con_engine_release(struct con_engine *);

/*
 * Run it with the words (ended by NULL) and keep what it says.  -1 if that
 * fails: the engine is down (69), closed to us (77), or what it says (69).
 */
int con_engine_run(const struct con_engine *, const char *const words[],
    struct tb_proc *, struct tb_err *) TB_MUSTCHECK;

/*
 * The host that published ports are on: NULL for this machine.  The caller
 * frees it.
 */
char *con_engine_host(const struct con_engine *) TB_MUSTCHECK;

/* --- container.c --- */

struct con_container {
	char *id, *name, *image;
	char *service, *project; /* of compose; NULL: none */
	char *state;             /* "running", "exited", ... */
	char *health; /* "healthy", "starting", "unhealthy"; NULL: unknown */
	char *health_said; /* the last words of its check; NULL: none */
	long long exit_code;
	bool out_of_memory;
	bool has_postgres;
	/* What its environment says; NULL: nothing. */
	char *user, *dbname, *password;
	/* Where its port is published; NULL: nowhere. */
	char *host, *port;
};

struct con_containers {
	struct con_container *v;
	size_t n;
};

/* All there are, running or not, that have a PostgreSQL in them. */
int con_containers_all(const struct con_engine *, struct con_containers *,
    struct tb_err *) TB_MUSTCHECK;
void con_containers_release(struct con_containers *);

/*
 * The one of this name, or of this service of compose: 66 if there is none,
 * 64 if the service has several.
 */
int con_container_named(const struct con_engine *, const char *name,
    struct con_container *, struct tb_err *) TB_MUSTCHECK;
int con_container_of_service(const struct con_engine *, const char *service,
    struct con_container *, struct tb_err *) TB_MUSTCHECK;
void con_container_release(struct con_container *);

/*
 * 69 with the command that mends it if the container is not running.  Not
 * healthy is not an error yet.
 */
int con_container_check(const struct con_engine *, const struct con_container *,
    struct tb_err *) TB_MUSTCHECK;

/* 69, 75 for one that is not healthy; to be called when nothing answers. */
int con_container_check_health(const struct con_engine *,
    const struct con_container *, struct tb_err *) TB_MUSTCHECK;

/* --- way.c: how to get there --- */

struct con_way {
	struct tb_dsn dsn; /* for libpq; in a container only user and dbname */
	bool in_container; /* psql has to run inside */
	bool has_container;
	struct con_engine engine;
	struct con_container container;
	char *cluster; /* folder of the private cluster; NULL: not that way */
};

/* clang-format off */
#define CON_WAY_INIT	{ .dsn = TB_DSN_INIT }
/* clang-format on */

/*
 * Where the options, the environment and tb.conf lead.  Looks at containers,
 * logs in nowhere.
 */
int con_way_find(const struct tb_ctx *, struct con_way *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * For a container: by its published port if a login works there, otherwise
 * inside.  Nothing to do for the other ways.
 */
int con_way_choose(struct con_way *, struct tb_err *) TB_MUSTCHECK;
void con_way_release(struct con_way *);

/* "database "x" as y, container "z"": no secrets.  The caller frees it. */
char *con_way_describe(const struct con_way *) TB_MUSTCHECK;

/*
 * The password that the container was made with, if it is this role's.
 * Borrowed.
 */
const char *con_container_password(const struct con_way *);

PGPing con_ping(const struct tb_dsn *);

/* A login without a question.  *version: the caller frees it. */
int con_login(struct con_way *, char **version, struct tb_err *) TB_MUSTCHECK;

/* --- print.c --- */

int con_print(const struct con_way *, const char *format,
    struct tb_err *) TB_MUSTCHECK;

/* key='value' ... without secrets; "" if nothing is set. */
char *con_conninfo(const struct tb_dsn *, bool secrets) TB_MUSTCHECK;

/* --- psql.c --- */

/*
 * psql with these arguments.  Returns psql's code, 128 + signal, or -1.  Does
 * not return if psql takes our place.
 */
int con_psql(struct con_way *, const struct tb_ctx *, char *argv[],
    struct tb_err *) TB_MUSTCHECK;

/* argv for a psql in the container; the environment tells it the rest. */
void con_exec_args(const struct con_way *, struct tb_strs *argv,
    const char *how);

/* Put user, database and password where the psql of this way looks. */
void con_set_env(const struct con_way *);

/* --- args.c: psql's arguments, as far as we have to know them --- */

struct con_psql_args {
	bool batch; /* -c, -f, -l, --help, --version */
};

void con_psql_args_read(char *const argv[], struct con_psql_args *);

/* --- child.c: a psql that is not on a terminal --- */

/*
 * Run it and wait.  When we are told to stop, interrupt() is called (at once,
 * to end the query in the server), then the child is ended.
 */
struct con_child {
	char **argv;
	const char *path;
	void (*interrupted)(const struct con_way *); /* NULL: nothing more */
	const struct con_way *way;
};

int con_child_run(const struct con_child *, struct tb_err *) TB_MUSTCHECK;

extern const struct tb_cmd con_cmd;

#endif /* TB_CONNECT_H */
