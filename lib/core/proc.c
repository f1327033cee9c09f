#include "core/tb.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/err.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/proc.h"
#include "core/strs.h"

static const int passed_on[] = { SIGINT, SIGTERM, SIGHUP };
static volatile sig_atomic_t child_pid;

struct pipes {
	int in[2], out[2], err[2];
};

static void
pass_on(int sig)
{
	if (child_pid > 0)
		(void)kill((pid_t)child_pid, sig);
}

/* Put our handler in place, or the saved ones back. */
static void
handle_signals(struct sigaction saved[], bool ours)
{
	struct sigaction sa = { .sa_handler = pass_on };

	(void)sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < TB_LEN(passed_on); i++) {
		if (ours)
			(void)sigaction(passed_on[i], &sa, &saved[i]);
		else
			(void)sigaction(passed_on[i], &saved[i], NULL);
	}
}

int
tb_proc_become(const char *user, struct tb_err *err)
{
	const struct passwd *pw;

	errno = 0;
	if ((pw = getpwnam(user)) == NULL) {
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "there is no user \"%s\" on this machine", user);
		return tb_err_hint(err,
		    "Name another user, or install PostgreSQL's packages, "
		    "which make the user postgres.");
	}
	if (initgroups(pw->pw_name, pw->pw_gid) == -1 ||
	    setgid(pw->pw_gid) == -1 || setuid(pw->pw_uid) == -1)
		return tb_err_set(err, TB_EXIT_NOPERM,
		    "could not become user \"%s\": %s", user, strerror(errno));
	(void)setenv("HOME", pw->pw_dir, 1);
	(void)setenv("USER", pw->pw_name, 1);
	(void)setenv("LOGNAME", pw->pw_name, 1);
	return 0;
}

static int
open_pipes(struct pipes *p)
{
	*p = (struct pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 } };
	if (pipe2(p->in, O_CLOEXEC) == -1 || pipe2(p->out, O_CLOEXEC) == -1 ||
	    pipe2(p->err, O_CLOEXEC) == -1)
		return -1;
	return 0;
}

static void
close_fd(int *fd)
{
	if (*fd != -1)
		(void)close(*fd);
	*fd = -1;
}

static void
close_pipes(struct pipes *p)
{
	close_fd(&p->in[0]);
	close_fd(&p->in[1]);
	close_fd(&p->out[0]);
	close_fd(&p->out[1]);
	close_fd(&p->err[0]);
	close_fd(&p->err[1]);
}

static int
connect_streams(const struct tb_proc *proc, const struct pipes *p)
{
	int in = p->in[0], out = p->out[1], err = p->err[1];

	if (proc->inherit)
		return 0;
	if (proc->input == NULL)
		in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (proc->out_file != NULL)
		out = err = open(proc->out_file,
		    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (dup2(in, 0) == -1 || dup2(out, 1) == -1 || dup2(err, 2) == -1)
		return -1;
	return 0;
}

/* In the child: exec or tell the parent why not through the status pipe. */
TB_NORETURN static void
become_program(const char *path, char *const argv[], const struct tb_proc *proc,
    const struct pipes *p, int status_fd)
{
	struct tb_err err = TB_ERR_INIT;
	int problem;

	if (proc->as_user != NULL && tb_proc_become(proc->as_user, &err) == -1)
		errno = EPERM;
	else if (proc->dir == NULL || chdir(proc->dir) == 0)
		if (connect_streams(proc, p) == 0)
			(void)execv(path, argv);
	problem = errno;
	while (
	    write(status_fd, &problem, sizeof(problem)) == -1 && errno == EINTR)
		;
	_exit(127);
}

/* Take what has come; false at the end of the stream. */
static bool
drain(int fd, struct tb_buf *b)
{
	ssize_t n;

	tb_buf_reserve(b, 4096);
	n = read(fd, b->s + b->len, 4096);
	if (n > 0) {
		b->len += (size_t)n;
		b->s[b->len] = '\0';
	}
	return n > 0 || (n == -1 && (errno == EINTR || errno == EAGAIN));
}

/* Write a piece of the input; false when there is no more to write. */
static bool
feed(int fd, const char **input)
{
	ssize_t n = write(fd, *input, strlen(*input));

	if (n > 0)
		*input += n;
	return **input != '\0' && (n > 0 || errno == EINTR || errno == EAGAIN);
}

static void
talk(struct pipes *p, struct tb_proc *proc)
{
	const char *input = proc->input != NULL ? proc->input : "";

	if (*input == '\0')
		close_fd(&p->in[1]);
	else
		(void)fcntl(p->in[1], F_SETFL, O_NONBLOCK);
	while (p->out[0] != -1 || p->err[0] != -1) {
		struct pollfd fds[] = {
			{ p->out[0], POLLIN, 0 },
			{ p->err[0], POLLIN, 0 },
			{ p->in[1], POLLOUT, 0 },
		};

		if (poll(fds, TB_LEN(fds), -1) == -1)
			continue;
		if (fds[0].revents != 0 && !drain(p->out[0], &proc->out))
			close_fd(&p->out[0]);
		if (fds[1].revents != 0 && !drain(p->err[0], &proc->err))
			close_fd(&p->err[0]);
		if (fds[2].revents != 0 && !feed(p->in[1], &input))
			close_fd(&p->in[1]);
	}
}

static int
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			return TB_EXIT_BUG;
	if (WIFSIGNALED(status))
		return TB_EXIT_SIGNAL + WTERMSIG(status);
	return WEXITSTATUS(status);
}

/* errno of the exec that failed; 0: the program runs. */
static int
exec_problem(int fd)
{
	int problem = 0;
	ssize_t n;

	while (
	    (n = read(fd, &problem, sizeof(problem))) == -1 && errno == EINTR)
		;
	return n == (ssize_t)sizeof(problem) ? problem : 0;
}

static int
run_path(const char *path, char *const argv[], struct tb_proc *proc,
    struct tb_err *err)
{
	struct sigaction saved[TB_LEN(passed_on)];
	struct pipes p;
	int status[2] = { -1, -1 }, problem;
	pid_t pid;

	if (open_pipes(&p) == -1 || pipe2(status, O_CLOEXEC) == -1 ||
	    (pid = fork()) == -1) {
		close_pipes(&p);
		return tb_err_set(err, TB_EXIT_BUG,
		    "could not start \"%s\": %s", path, strerror(errno));
	}
	if (pid == 0)
		become_program(path, argv, proc, &p, status[1]);
	child_pid = pid;
	handle_signals(saved, true);
	(void)close(status[1]);
	close_fd(&p.in[0]);
	close_fd(&p.out[1]);
	close_fd(&p.err[1]);
	problem = exec_problem(status[0]);
	(void)close(status[0]);
	if (problem == 0 && !proc->inherit && proc->out_file == NULL)
		talk(&p, proc);
	close_pipes(&p);
	proc->status = wait_for(pid);
	child_pid = 0;
	handle_signals(saved, false);
	if (problem == 0)
		return 0;
	errno = problem;
	return tb_err_set(err,
	    problem == EPERM || problem == EACCES ? TB_EXIT_NOPERM :
						    TB_EXIT_NOINPUT,
	    "could not run \"%s\": %s", path, strerror(errno));
}

int
tb_proc_run(char *const argv[], struct tb_proc *proc, struct tb_err *err)
{
	char *path = tb_proc_find(argv[0]);
	int rc;

	if (path == NULL)
		return tb_err_set(err, TB_EXIT_NOINPUT,
		    "could not find program \"%s\"", argv[0]);
	rc = run_path(path, argv, proc, err);
	free(path);
	return rc;
}

void
tb_proc_release(struct tb_proc *proc)
{
	tb_buf_release(&proc->out);
	tb_buf_release(&proc->err);
}

static bool
is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    access(path, X_OK) == 0;
}

char *
tb_proc_find(const char *name)
{
	const char *env = getenv("PATH");
	struct tb_strs dirs = TB_STRS_INIT;
	char *found = NULL;

	if (strchr(name, '/') != NULL)
		return is_program(name) ? tb_strdup(name) : NULL;
	tb_strs_split(&dirs, env != NULL ? env : "/usr/bin:/bin", ":");
	for (size_t i = 0; i < dirs.n && found == NULL; i++) {
		char *path = tb_path_join(dirs.v[i], name);

		if (is_program(path))
			found = path;
		else
			free(path);
	}
	tb_strs_release(&dirs);
	return found;
}
