/*
 * link.c: a long line to a server.
 *
 *	link PORT SOCKET MILLISECONDS
 *
 * Listens on localhost and passes everything on to a Unix socket and back,
 * half of the time late in each direction.  A line, not a counter: whatever is
 * sent arrives so much later, however much is under way.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define CALLS 64
#define PIECE 32768

/* What was read at some time, to be written so much later. */
struct piece {
	struct piece *next;
	long long due;  /* nanoseconds */
	size_t n, sent; /* n 0: the end */
	char bytes[PIECE];
};

/* One direction; the other one is its neighbour. */
struct way {
	int from, to; /* -1: unused */
	int ended;    /* nothing more comes */
	int full;     /* whoever is to read it does not */
	struct piece *first, *last;
};

static struct way ways[2 * CALLS];
static long long delay;

static void
die(const char *what)
{
	perror(what);
	exit(70);
}

static long long
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int
listen_on(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	int s = socket(AF_INET, SOCK_STREAM, 0), yes = 1;

	a.sin_port = htons((unsigned short)port);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	(void)setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(s, (struct sockaddr *)&a, sizeof(a)) == -1 ||
	    listen(s, CALLS) == -1)
		die("link: listen");
	return s;
}

static int
dial(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int s = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)snprintf(a.sun_path, sizeof(a.sun_path), "%s", path);
	if (connect(s, (struct sockaddr *)&a, sizeof(a)) == -1)
		die("link: connect");
	return s;
}

static void
answer(int listener, const char *path)
{
	int client = accept(listener, NULL, NULL), server, yes = 1;

	if (client == -1)
		die("link: accept");
	(void)setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	server = dial(path);
	for (int i = 0; i < 2 * CALLS; i += 2) {
		if (ways[i].from != -1)
			continue;
		ways[i] = (struct way){ client, server, 0, 0, NULL, NULL };
		ways[i + 1] = (struct way){ server, client, 0, 0, NULL, NULL };
		return;
	}
	(void)close(client);
	(void)close(server);
}

static void
take(struct way *w)
{
	struct piece *p = malloc(sizeof(*p));
	ssize_t n;

	if (p == NULL)
		die("link: malloc");
	n = read(w->from, p->bytes, PIECE);
	p->n = n > 0 ? (size_t)n : 0;
	p->sent = 0;
	p->due = now() + delay;
	p->next = NULL;
	w->ended = n <= 0;
	if (w->first == NULL)
		w->first = p;
	else
		w->last->next = p;
	w->last = p;
}

/* Both directions end with the first that does. */
static void
hang_up(size_t i)
{
	struct way *pair = &ways[i - i % 2];

	(void)close(pair->from);
	(void)close(pair->to);
	for (int k = 0; k < 2; k++) {
		for (struct piece *p = pair[k].first, *next; p; p = next) {
			next = p->next;
			free(p);
		}
		pair[k] = (struct way){ -1, -1, 0, 0, NULL, NULL };
	}
}

/* Never wait for one side, the other one may be the reason. */
static void
give(size_t i)
{
	struct way *w = &ways[i];
	struct piece *p;

	w->full = 0;
	while ((p = w->first) != NULL && p->due <= now()) {
		ssize_t n = send(w->to, p->bytes + p->sent, p->n - p->sent,
		    MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n == -1 && errno == EAGAIN) {
			w->full = 1;
			return;
		}
		if (n == -1 || p->n == 0) {
			hang_up(i);
			return;
		}
		p->sent += (size_t)n;
		if (p->sent < p->n)
			continue;
		w->first = p->next;
		free(p);
	}
}

/* How long until something is due: -1, nothing is. */
static struct timespec *
pause_length(struct timespec *t)
{
	long long first = -1, left;

	for (size_t i = 0; i < 2 * CALLS; i++) {
		const struct piece *p = ways[i].first;
		/* Try a full one again in a while. */
		long long due = p == NULL ? -1 :
		    ways[i].full          ? now() + 1000000 :
					    p->due;

		if (due != -1 && (first == -1 || due < first))
			first = due;
	}
	if (first == -1)
		return NULL;
	left = first - now();
	if (left < 0)
		left = 0;
	t->tv_sec = left / 1000000000;
	t->tv_nsec = left % 1000000000;
	return t;
}

static void
pass_on(int listener, const char *path)
{
	struct pollfd fds[2 * CALLS + 1];
	struct timespec t;

	for (size_t i = 0; i < 2 * CALLS; i++)
		fds[i] = (struct pollfd){
			.fd = ways[i].ended ? -1 : ways[i].from,
			.events = POLLIN,
		};
	fds[2 * CALLS] = (struct pollfd){ listener, POLLIN, 0 };
	(void)ppoll(fds, 2 * CALLS + 1, pause_length(&t), NULL);
	for (size_t i = 0; i < 2 * CALLS; i++)
		if (fds[i].revents != 0)
			take(&ways[i]);
	for (size_t i = 0; i < 2 * CALLS; i++)
		give(i);
	if (fds[2 * CALLS].revents != 0)
		answer(listener, path);
}

int
main(int argc, char *argv[])
{
	int listener;

	if (argc != 4) {
		(void)fprintf(stderr, "usage: link PORT SOCKET MILLISECONDS\n");
		return 64;
	}
	delay = atoll(argv[3]) * 1000000 / 2;
	for (size_t i = 0; i < 2 * CALLS; i++)
		ways[i].from = ways[i].to = -1;
	listener = listen_on(atoi(argv[1]));
	for (;;)
		pass_on(listener, argv[2]);
}
