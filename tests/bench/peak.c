/*
 * peak.c: run a command and print the most memory that it had, in KiB.
 *
 *	peak COMMAND [ARG...]
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int argc, char *argv[])
{
	struct rusage used;
	int status;
	pid_t pid;

	if (argc < 2 || (pid = fork()) == -1)
		return 64;
	if (pid == 0) {
		(void)execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
	    getrusage(RUSAGE_CHILDREN, &used) == -1)
		return 70;
	(void)fprintf(stderr, "%ld\n", used.ru_maxrss);
	return WEXITSTATUS(status);
}
