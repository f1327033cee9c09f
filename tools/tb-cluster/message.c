#include "core/tb.h"

#include <bsd/stdlib.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cluster.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"

void
clu_send(int fd, const char *const words[])
{
	struct tb_buf b = TB_BUF_INIT;
	bool end = false;
	size_t sent = 0;
	ssize_t n;

	for (size_t i = 0; i < CLU_WORDS; i++) {
		end = end || words[i] == NULL;
		if (!end)
			tb_buf_add(&b, words[i]);
		tb_buf_addc(&b, '\0');
	}
	/* If nobody reads any more, nobody needs to know. */
	while (sent < b.len) {
		n = write(fd, b.s + sent, b.len - sent);
		if (n == -1 && errno != EINTR)
			break;
		if (n > 0)
			sent += (size_t)n;
	}
	tb_buf_release(&b);
}

void
clu_send_err(int fd, const struct tb_err *err)
{
	char *code = tb_asprintf("%d", err->code);
	const char *words[] = {
		"error",
		code,
		err->message,
		err->detail != NULL ? err->detail : "",
		err->hint != NULL ? err->hint : "",
	};

	clu_send(fd, words);
	free(code);
}

static char *
receive_word(int fd, const volatile int *stop)
{
	struct tb_buf b = TB_BUF_INIT;
	char c;

	for (;;) {
		ssize_t n = read(fd, &c, 1);

		if (n == 1 && c == '\0')
			return tb_buf_detach(&b);
		if (n == 1)
			tb_buf_addc(&b, c);
		else if (n == 0 || errno != EINTR || *stop != 0)
			break;
	}
	tb_buf_release(&b);
	return NULL;
}

bool
clu_receive(int fd, struct clu_message *m, const volatile int *stop)
{
	*m = (struct clu_message){ { NULL } };
	for (size_t i = 0; i < CLU_WORDS; i++)
		if ((m->word[i] = receive_word(fd, stop)) == NULL) {
			clu_message_release(m);
			return false;
		}
	return true;
}

int
clu_message_err(const struct clu_message *m, struct tb_err *err)
{
	(void)tb_err_set(err, (int)strtonum(m->word[1], 0, 255, NULL), "%s",
	    m->word[2]);
	if (m->word[3][0] != '\0')
		(void)tb_err_detail(err, "%s", m->word[3]);
	if (m->word[4][0] != '\0')
		(void)tb_err_hint(err, "%s", m->word[4]);
	return -1;
}

void
clu_message_release(struct clu_message *m)
{
	for (size_t i = 0; i < CLU_WORDS; i++)
		free(m->word[i]);
	*m = (struct clu_message){ { NULL } };
}
