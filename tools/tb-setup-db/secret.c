#include "core/tb.h"

#include <bsd/stdlib.h>
#include <bsd/string.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/conn.h"
#include "scram.h"
#include "secret.h"

#define SHORTEST 8  /* that a person may choose */
#define MADE_LEN 32 /* of 62 letters and digits: 190 bits */
#define MAX_LEN  1024

void
set_secret_no_core(void)
{
	const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
}

static void
wipe(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

/* Takes the buffer's text; from says in messages where it was. */
static int
take(struct set_role *role, const struct tb_buf *b, const char *from,
    struct tb_err *err)
{
	size_t n = b->len;

	if (n > 0 && b->s[n - 1] == '\n')
		n--;
	if (n > 0 && b->s[n - 1] == '\r')
		n--;
	if (n == 0)
		return tb_err_set(err, TB_EXIT_DATA, "%s is empty", from);
	if (n > MAX_LEN)
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s is too long for a password", from);
	if (memchr(b->s, '\n', n) != NULL || memchr(b->s, '\0', n) != NULL)
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s is not one line of text", from);
	wipe(role->secret);
	role->secret = tb_strndup(b->s, n);
	role->secret_state = SET_SECRET_KNOWN;
	return 0;
}

static int
read_fd(struct set_role *role, int fd, const char *from, struct tb_err *err)
{
	/* One byte too many tells that it is too long. */
	char text[MAX_LEN + 3];
	struct tb_buf b = { text, 0, 0 };
	ssize_t n = 0;
	int rc;

	while (b.len < sizeof(text) &&
	    ((n = read(fd, text + b.len, sizeof(text) - b.len)) > 0 ||
		(n == -1 && errno == EINTR)))
		if (n > 0)
			b.len += (size_t)n;
	if (n == -1)
		rc = tb_err_set(err, TB_EXIT_NOINPUT, "could not read %s: %s",
		    from, strerror(errno));
	else
		rc = take(role, &b, from, err);
	explicit_bzero(text, sizeof(text));
	return rc;
}

/* Docker, podman and systemd mount secrets that everybody inside may read. */
static bool
is_mounted(const char *file)
{
	const char *systemd = getenv("CREDENTIALS_DIRECTORY");

	return strncmp(file, "/run/secrets/", 13) == 0 ||
	    (systemd != NULL && strncmp(file, systemd, strlen(systemd)) == 0);
}

static int
check_file(int fd, const char *file, struct tb_err *err)
{
	struct stat st;

	if (fstat(fd, &st) == -1 || S_ISDIR(st.st_mode))
		return tb_err_set(err, TB_EXIT_NOINPUT,
		    "could not read password file \"%s\"", file);
	if (!S_ISREG(st.st_mode) || is_mounted(file))
		return 0;
	if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		(void)tb_err_set(err, TB_EXIT_NOPERM,
		    "password file \"%s\" is open to others", file);
		return tb_err_hint(err, "Close it: chmod 600 '%s'.", file);
	}
	if (geteuid() != 0 && st.st_uid != geteuid() && st.st_uid != 0)
		return tb_err_set(err, TB_EXIT_NOPERM,
		    "password file \"%s\" belongs to somebody else", file);
	return 0;
}

/* *missing: the file is not there, which is no error here. */
static int
read_file(struct set_role *role, const char *file, bool *missing,
    struct tb_err *err)
{
	char *from = tb_asprintf("password file \"%s\"", file);
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	int rc = -1;

	*missing = fd == -1 && (errno == ENOENT || errno == ENOTDIR);
	if (fd == -1) {
		rc = *missing ?
		    0 :
		    tb_err_set(err, TB_EXIT_NOPERM, "could not open %s: %s",
			from, strerror(errno));
	} else {
		if (check_file(fd, file, err) == 0)
			rc = read_fd(role, fd, from, err);
		(void)close(fd);
	}
	free(from);
	return rc;
}

/* Role names may hold anything, file names should not. */
static char *
default_file(const char *role)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	const struct passwd *pw = getpwuid(geteuid());
	struct tb_buf b = TB_BUF_INIT;

	if (state != NULL && state[0] == '/')
		tb_buf_add(&b, state);
	else if (home != NULL && home[0] == '/')
		tb_buf_addf(&b, "%s/.local/state", home);
	else
		tb_buf_addf(&b, "%s/.local/state",
		    pw != NULL ? pw->pw_dir : "");
	tb_buf_add(&b, "/tb/");
	for (; *role != '\0'; role++) {
		unsigned char c = (unsigned char)*role;

		if (c < 0x80 && (isalnum(c) || strchr("_-", c) != NULL))
			tb_buf_addc(&b, *role);
		else
			tb_buf_addf(&b, "%%%02X", c);
	}
	tb_buf_add(&b, ".password");
	return tb_buf_detach(&b);
}

char *
set_secret_file(const struct set_role *role)
{
	if (role->source.file == NULL && role->source.generate)
		return default_file(role->name);
	return tb_strdup_null(role->source.file);
}

static int
load_env(struct set_role *role, struct tb_err *err)
{
	const char *name = role->source.env;
	const char *value = name != NULL ? getenv(name) : NULL;
	struct tb_buf b = TB_BUF_INIT;
	char *from;
	int rc;

	if (value == NULL || value[0] == '\0')
		return 0;
	from = tb_asprintf("variable \"%s\"", name);
	tb_buf_add(&b, value);
	rc = take(role, &b, from, err);
	explicit_bzero(b.s, b.len);
	tb_buf_release(&b);
	free(from);
	return rc;
}

static int
load_file(struct set_role *role, struct tb_err *err)
{
	struct set_source *source = &role->source;
	bool missing;

	if (source->file == NULL)
		source->file = set_secret_file(role);
	if (source->file == NULL)
		return 0;
	if (read_file(role, source->file, &missing, err) == -1)
		return -1;
	if (!missing)
		return 0;
	if (source->generate)
		role->secret_state = SET_SECRET_MAKE;
	else
		tb_warn("there is no password file \"%s\" for role \"%s\"",
		    source->file, role->name);
	return 0;
}

int
set_secret_load(struct set_role *role, struct tb_err *err)
{
	if (role->secret_state != SET_SECRET_NONE)
		return 0;
	if (role->source.fd != -1) {
		char *from = tb_asprintf("file descriptor %d", role->source.fd);
		int rc = read_fd(role, role->source.fd, from, err);

		free(from);
		return rc;
	}
	if (load_env(role, err) == -1)
		return -1;
	if (role->secret_state == SET_SECRET_KNOWN)
		return 0;
	return load_file(role, err);
}

int
set_secret_ask(struct set_role *role, struct tb_err *err)
{
	char *prompt =
	    tb_asprintf("New password for role \"%s\": ", role->name);
	char *first = tb_pg_ask_password(prompt);
	char *second = NULL;
	int rc = 0;

	free(prompt);
	if (first == NULL) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "there is no terminal to ask for the password on");
		return tb_err_hint(err,
		    "Give it with --password-file, --password-fd, "
		    "--password-env or --generate-password.");
	}
	if (strlen(first) < SHORTEST)
		rc = tb_err_set(err, TB_EXIT_DATA,
		    "a password has %d characters at least", SHORTEST);
	else if ((second = tb_pg_ask_password("Again: ")) == NULL ||
	    strcmp(first, second) != 0)
		rc = tb_err_set(err, TB_EXIT_DATA, "the two differ");
	wipe(second);
	if (rc == -1) {
		wipe(first);
		return -1;
	}
	wipe(role->secret);
	role->secret = first;
	role->secret_state = SET_SECRET_KNOWN;
	return 0;
}

void
set_secret_make(struct set_role *role)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789";

	wipe(role->secret);
	role->secret = tb_calloc(1, MADE_LEN + 1);
	for (size_t i = 0; i < MADE_LEN; i++)
		role->secret[i] =
		    letters[arc4random_uniform(sizeof(letters) - 1)];
	role->secret_state = SET_SECRET_KNOWN;
}

int
set_secret_save(const struct set_role *role, const char *file,
    struct tb_err *err)
{
	char *dir = tb_path_dir(file);
	char *text = tb_asprintf("%s\n", role->secret);
	int rc = -1;

	if (tb_mkdirs(dir, 0700, err) == 0)
		rc = tb_file_write(file, text, strlen(text), 0600, err);
	wipe(text);
	free(dir);
	return rc;
}

char *
set_secret_verifier(PGconn *conn, const struct set_role *role,
    struct tb_err *err)
{
	char *made, *verifier;

	if (set_scram_is_verifier(role->secret))
		return tb_strdup(role->secret);
	/* NULL for the algorithm would mean md5 on old servers. */
	made = PQencryptPasswordConn(conn, role->secret, role->name,
	    "scram-sha-256");
	if (made == NULL) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "could not make a verifier of the password of role \"%s\"",
		    role->name);
		return NULL;
	}
	verifier = tb_strdup(made);
	PQfreemem(made);
	return verifier;
}

char *
set_secret_place(const struct set_role *role)
{
	const struct set_source *source = &role->source;
	const char *value = source->env != NULL ? getenv(source->env) : NULL;

	if (source->fd != -1)
		return NULL;
	if (value != NULL && value[0] != '\0')
		return tb_asprintf("variable %s", source->env);
	if (source->file != NULL && tb_file_exists(source->file))
		return tb_asprintf("file %s", source->file);
	return NULL;
}
