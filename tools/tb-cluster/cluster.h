/*
 * cluster.h: what the commands of tb-cluster share.
 *
 * A cluster is a folder:
 *
 *	tb-cluster	the marker: only a folder that has it is ours
 *	data/		what initdb made
 *	server.log	what the server said
 *	settings	what the server was started with, one name=value a line
 *	lock		held by a tb-cluster that changes something
 *	server.lock	held by the server's processes as long as they live
 *	.s.PGSQL.5432	the socket, unless the path is too long for one
 *
 * Nobody's pid is trusted by itself.  The kernel lets go of server.lock when
 * the last process of the server is gone, however it went.
 */
#ifndef TB_CLUSTER_H
#define TB_CLUSTER_H

#include <sys/types.h>
#include <time.h>

#include "cli/cli.h"
#include "core/strs.h"
#include "core/tb.h"

struct tb_err;

/* The superuser of every cluster, and the database that it starts with. */
#define CLU_SUPERUSER "postgres"

/* Where a cluster is and who runs it. */
struct clu {
	char *dir; /* absolute */
	char *data, *log;
	char *user;    /* of the operating system */
	char *starter; /* the same, or root */
	bool root;     /* we are root and have to become the user */
	int lock;      /* -1: not held */
};

/* How a server is started. */
struct clu_server {
	bool tcp, share;
	int port;
	struct tb_strs set; /* name=value */
};

enum clu_life {
	CLU_DOWN,
	CLU_UP,
	CLU_STALE,     /* a postmaster.pid that nobody stands behind */
	CLU_UNSETTLED, /* on its way up or down */
};

/* What postmaster.pid says, and whether it is true. */
struct clu_state {
	enum clu_life life;
	bool ready; /* takes connections */
	pid_t pid;
	time_t started;
	int port;
	char *socket_dir; /* NULL: none */
	char *listen;     /* addresses; NULL: no TCP */
	/* "ready", "starting", "stopping", "standby", "recovering" */
	char *word;
};

/* clang-format off */
#define CLU_INIT	{ .lock = -1 }
#define CLU_SERVER_INIT	{ .port = 5432, .set = TB_STRS_INIT }
#define CLU_STATE_INIT	{ .life = CLU_DOWN }
/* clang-format on */

/* --- options.c: rows that several commands share, and their values --- */

struct clu_opts {
	const char *dir, *user;
	struct tb_strs set;
	long long port; /* -1: not given */
	double timeout;
	bool tcp, share;
};

extern struct clu_opts clu_opts;

#define CLU_OPTS_PLACE                                              \
	TB_OPT_STR('D', "directory", "DIR", "the cluster's folder", \
	    &clu_opts.dir),                                         \
	    TB_OPT_STR(0, "user", "NAME",                           \
		"as root: who the server runs as (postgres)", &clu_opts.user)

#define CLU_OPT_TIMEOUT                                                   \
	TB_OPT_NUM(0, "timeout", "SECONDS",                               \
	    "how long to wait for the server (60)", &clu_opts.timeout, 0, \
	    86400)

#define CLU_OPTS_SERVER                                                     \
	TB_OPT_LIST('c', "set", "NAME=VALUE",                               \
	    "a setting for the server; may be given again", &clu_opts.set), \
	    TB_OPT_FLAG(0, "tcp", "listen on localhost too, with SCRAM",    \
		&clu_opts.tcp),                                             \
	    TB_OPT_INT(0, "port", "PORT",                                   \
		"listen on localhost on this port; 0: a free one",          \
		&clu_opts.port, 0, 65535),                                  \
	    TB_OPT_FLAG(0, "share",                                         \
		"let others reach the socket, with a password",             \
		&clu_opts.share)

/* What the options ask for, on top of what *server says.  64 on nonsense. */
int clu_server_from_options(struct clu_server *, struct tb_err *) TB_MUSTCHECK;

/* What the last start was given; nothing if there was none. */
int clu_server_load(const struct clu *, struct clu_server *,
    struct tb_err *) TB_MUSTCHECK;
int clu_server_save(const struct clu *, const struct clu_server *,
    const char *socket_dir, struct tb_err *) TB_MUSTCHECK;

/* The socket folder that the last start chose; NULL: unknown.  Caller frees. */
char *clu_saved_socket_dir(const struct clu *) TB_MUSTCHECK;
void clu_server_release(struct clu_server *);

/* --- place.c: the folder and the user --- */

enum clu_dir {
	CLU_DIR_ABSENT, /* not there, or empty */
	CLU_DIR_OURS,
	CLU_DIR_FOREIGN,
};

/*
 * The folder: -D, TB_CLUSTER, tb.conf, else the user's state directory.  The
 * user: ourselves; as root --user, the owner of an existing folder, postgres.
 */
int clu_locate(struct clu *, const struct tb_conf *,
    struct tb_err *) TB_MUSTCHECK;

/* Only the user, for a cluster that has no folder yet. */
int clu_choose_user(struct clu *, struct tb_err *) TB_MUSTCHECK;
void clu_set_dir(struct clu *, char *dir);
void clu_release(struct clu *);

/* Make the folder if need be, so that the user owns it.  As root or not. */
int clu_make_dir(const struct clu *, struct tb_err *) TB_MUSTCHECK;

/*
 * Become the user for good, leave the working directory, and check that the
 * way to the folder is open.
 */
int clu_enter(const struct clu *, struct tb_err *) TB_MUSTCHECK;

/* clu_locate, clu_enter, and 66 if there is no cluster. */
int clu_open(struct clu *, const struct tb_conf *,
    struct tb_err *) TB_MUSTCHECK;

/* 77 if the folder or one above it is closed to the effective user. */
int clu_check_way(const struct clu *, const char *dir,
    struct tb_err *) TB_MUSTCHECK;

int clu_dir_look(const struct clu *, enum clu_dir *,
    struct tb_err *) TB_MUSTCHECK;
int clu_no_cluster(const struct clu *, struct tb_err *);
char *clu_path(const struct clu *, const char *name) TB_MUSTCHECK;

/*
 * One tb-cluster at a time: 75 if the lock does not become free in time.
 * The descriptor stays in the clu until clu_release().
 */
int clu_lock(struct clu *, struct tb_err *) TB_MUSTCHECK;

/* Lock an empty folder or one of ours and mark it; 73 for another's. */
int clu_claim(struct clu *, struct tb_err *) TB_MUSTCHECK;
int clu_set_mode(const struct clu *, bool share, struct tb_err *) TB_MUSTCHECK;
bool clu_is_shared(const struct clu *);

/* Delete the sockets in a folder where no other server has any. */
int clu_remove_sockets(const char *dir, struct tb_err *) TB_MUSTCHECK;

/* Delete what we made, then the folder if nothing else is in it. */
int clu_remove(const struct clu *, struct tb_err *) TB_MUSTCHECK;

/* --- find.c: PostgreSQL's programs --- */

struct clu_bin {
	char *dir;
	char *version; /* "15.20" */
	int major;
};

/* major 0: any.  69 with a hint if nothing fits. */
int clu_find(int major, struct clu_bin *, struct tb_err *) TB_MUSTCHECK;
void clu_bin_release(struct clu_bin *);

/* --- init.c: making the data folder --- */

/* 0: there is none yet. */
int clu_data_major(const struct clu *, int *major,
    struct tb_err *) TB_MUSTCHECK;

/* sync: for keeps, not for a test. */
int clu_init_data(const struct clu *, const struct clu_bin *, bool sync,
    struct tb_err *) TB_MUSTCHECK;

/* --- socket.c --- */

/* Where the socket goes: the cluster's folder, or a shorter path. */
int clu_socket_dir(const struct clu *, const struct clu_server *, char **dir,
    struct tb_err *) TB_MUSTCHECK;

/* Is this one of the shorter paths that clu_socket_dir() makes? */
bool clu_is_runtime_dir(const struct clu *, const char *dir);

/* 75 if another program has the port; a free one for 0. */
int clu_check_port(int *port, struct tb_err *) TB_MUSTCHECK;

/* --- state.c: is it running? --- */

int clu_look(const struct clu *, struct clu_state *,
    struct tb_err *) TB_MUSTCHECK;

/* The same, waiting up to the timeout for a server on its way up or down. */
int clu_look_settled(const struct clu *, struct clu_state *,
    struct tb_err *) TB_MUSTCHECK;
void clu_state_release(struct clu_state *);

/* An open descriptor of server.lock, locked; -1: the server has it. */
int clu_take_server_lock(const struct clu *);

/* --- server.c: processes --- */

/*
 * initdb if need be, start, wait until it takes connections.  *state is what
 * it was and becomes what it is.
 */
int clu_start(const struct clu *, struct clu_server *, bool sync,
    struct clu_state *, struct tb_err *) TB_MUSTCHECK;

/* Wait until a server that runs already takes connections again. */
int clu_wait(const struct clu *, struct clu_state *,
    struct tb_err *) TB_MUSTCHECK;

/* Send the signal, wait until every process is gone.  75 if it takes longer. */
int clu_stop(const struct clu *, const struct clu_state *, int sig,
    struct tb_err *) TB_MUSTCHECK;

/* The last lines of the log from the offset on.  The caller frees them. */
char *clu_log_tail(const char *path, off_t from, int lines) TB_MUSTCHECK;

/* --- env.c: what points libpq at a cluster --- */

/* Forget everything in our own environment that points elsewhere. */
void clu_env_clean(void);
void clu_env_set(const char *host, int port, const char *log);
void clu_env_print(const char *host, int port, const char *log);

/* --- message.c: five strings through a pipe --- */

#define CLU_WORDS 5

struct clu_message {
	char *word[CLU_WORDS];
};

/* words: ended by NULL if there are fewer than five. */
void clu_send(int fd, const char *const words[]);
void clu_send_err(int fd, const struct tb_err *);

/*
 * False at the end of the stream, or when a signal came and *stop is not 0.
 */
bool clu_receive(int fd, struct clu_message *, const volatile int *stop);
int clu_message_err(const struct clu_message *, struct tb_err *);
void clu_message_release(struct clu_message *);

/* --- guard.c: the life of a throw-away cluster --- */

struct clu_guard {
	pid_t pid;
	int control, report;
};

/*
 * Fork a process that makes a cluster, says where it is, and removes it when
 * the control pipe is closed, even if we are killed.
 */
int clu_guard_start(struct clu_guard *, struct clu *, struct clu_server *,
    struct tb_err *) TB_MUSTCHECK;

/* Let it clean up (or keep the folder) and wait for it. */
int clu_guard_end(struct clu_guard *, bool keep, struct tb_err *) TB_MUSTCHECK;

extern const struct tb_cmd clu_cmd_start, clu_cmd_stop, clu_cmd_restart,
    clu_cmd_status, clu_cmd_destroy, clu_cmd_env, clu_cmd_run;

#endif /* TB_CLUSTER_H */
