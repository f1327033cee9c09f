/*
 * read_all DIR: open and read every file of a folder once, and do nothing
 * with it.  What a program that looks at all revisions cannot go below.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int
main(int argc, char *argv[])
{
	static char buffer[1 << 16];
	struct dirent *d;
	DIR *dir;
	long total = 0;

	if (argc != 2 || chdir(argv[1]) == -1 || (dir = opendir(".")) == NULL)
		return 66;
	while ((d = readdir(dir)) != NULL) {
		int fd = d->d_name[0] == '.' ? -1 : open(d->d_name, O_RDONLY);
		ssize_t n;

		if (fd == -1)
			continue;
		while ((n = read(fd, buffer, sizeof(buffer))) > 0)
			total += n;
		(void)close(fd);
	}
	(void)closedir(dir);
	(void)printf("%ld bytes\n", total);
	return 0;
}
