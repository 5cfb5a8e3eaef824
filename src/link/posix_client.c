/*
 * A process that asks and waits. It waits with poll and a deadline, never in
 * a read or a write, so a host that hangs cannot hold it longer than it wants.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

enum { OPEN_MS = 2000, OPEN_PAUSE_MS = 10, SAY_MS = 10000 };

struct client {
	int fd;
	struct frame in;
	struct buf lines; /* heard and not yet asked for, a newline behind each */
	size_t at;
	bool broken;
};

static int64_t
now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* 0 if something can be done; end < 0 waits for ever. */
static int
wait_for(int fd, short events, int64_t end)
{
	for (;;) {
		struct pollfd of = {.fd = fd, .events = events};
		int64_t left = end < 0 ? -1 : end - now_ms();
		if (end >= 0 && left < 0)
			left = 0;
		int n = poll(&of, 1, (int)left);
		if (n > 0)
			return 0;
		if (n == 0)
			return -ETIMEDOUT;
		if (errno != EINTR && errno != EAGAIN)
			return -errno;
	}
}

/* EAGAIN: others wait before us, and we do not wait in connect. */
static int
connect_soon(const struct folder *in, struct str name)
{
	int64_t end = now_ms() + OPEN_MS;
	for (;;) {
		int fd = socket_connect(in, name);
		if (fd != -EAGAIN)
			return fd;
		if (now_ms() >= end)
			return -ETIMEDOUT;
		poll(NULL, 0, OPEN_PAUSE_MS);
	}
}

int
client_open(struct client **out, struct str session)
{
	struct folder in;
	struct buf name = {0};
	const char *why;
	int rc = folder_find(&in, false, &why);
	if (rc < 0)
		return rc;
	if (name_is_safe(session))
		buf_str(&name, session);
	else
		name_safe(&name, session);
	int fd = connect_soon(&in, buf_view(&name));
	buf_finish(&name);
	folder_close(&in);
	if (fd < 0)
		return fd;
	if (!socket_ours(fd)) {
		close(fd);
		return -EPERM;
	}
	*out = xcalloc(1, sizeof **out);
	(*out)->fd = fd;
	(*out)->in.most = LINK_ANSWER_MAX;
	return 0;
}

int
client_say(struct client *c, struct str line)
{
	int64_t end = now_ms() + SAY_MS;
	while (line.n > 0) {
		ssize_t n = send(c->fd, line.p, line.n, MSG_NOSIGNAL);
		int rc = n < 0 ? -errno : 0;
		if (n >= 0)
			line = str_from(line, (size_t)n);
		else if (rc == -EAGAIN)
			rc = wait_for(c->fd, POLLOUT, end);
		if (rc == -ECONNRESET)
			rc = -EPIPE;
		if (rc < 0 && rc != -EINTR)
			return rc;
	}
	return 0;
}

static void
client_line(void *ctx, struct str line)
{
	struct client *c = ctx;
	buf_str(&c->lines, line);
	buf_char(&c->lines, '\n');
}

/* One read's worth into lines. */
static int
client_read(struct client *c, int64_t end)
{
	char bytes[8192];
	if (c->broken)
		return -EBADMSG;
	ssize_t n = recv(c->fd, bytes, sizeof bytes, MSG_DONTWAIT);
	if (n > 0) {
		c->broken = !frame_feed(&c->in, (struct str){bytes, (size_t)n}, client_line, c);
		return 0;
	}
	if (n == 0 || errno == ECONNRESET)
		return -EPIPE;
	if (errno == EINTR)
		return 0;
	return errno == EAGAIN ? wait_for(c->fd, POLLIN, end) : -errno;
}

int
client_hear(struct client *c, int timeout_ms, struct str *line)
{
	int64_t end = timeout_ms < 0 ? -1 : now_ms() + timeout_ms;
	while (c->at == c->lines.n) {
		buf_reset(&c->lines);
		c->at = 0;
		int rc = client_read(c, end);
		if (rc < 0)
			return rc;
	}
	char *from = c->lines.p + c->at;
	char *newline = memchr(from, '\n', c->lines.n - c->at);
	*line = (struct str){from, (size_t)(newline - from)};
	c->at += line->n + 1;
	return 0;
}

void
client_close(struct client *c)
{
	if (!c)
		return;
	close(c->fd);
	frame_finish(&c->in);
	buf_finish(&c->lines);
	free(c);
}
