/*
 * What ssh runs on the host's machine: bytes from here to the session's socket
 * and back, a buffer each way, until one side ends. It understands nothing of
 * them; what the account may is said before the first of them.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "message.h"

enum { PIPE_SIZE = 64 << 10, ADDRESS_MAX = 64 };

struct flow {
	int from, to;
	bool ended;
	size_t at, n;
	char bytes[PIPE_SIZE];
};

static bool
flow_step(struct flow *f, short can_read, short can_write)
{
	if (!f->ended && f->n == 0 && can_read) {
		ssize_t n = read(f->from, f->bytes, sizeof f->bytes);
		if (n > 0)
			f->n = (size_t)n;
		else if (n == 0 || (errno != EINTR && errno != EAGAIN))
			f->ended = true;
		f->at = 0;
	}
	if (f->n > f->at && can_write) {
		ssize_t n = write(f->to, f->bytes + f->at, f->n - f->at);
		if (n > 0)
			f->at += (size_t)n;
		else if (n < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (f->at == f->n)
			f->at = f->n = 0;
	}
	return true;
}

/* Both ways until one has ended and what it said is through. */
static void
relay(struct flow *up, struct flow *down)
{
	while (!(up->ended && up->n == 0) && !(down->ended && down->n == 0)) {
		struct pollfd fds[4] = {
			{.fd = up->n || up->ended ? -1 : up->from, .events = POLLIN},
			{.fd = up->n ? up->to : -1, .events = POLLOUT},
			{.fd = down->n || down->ended ? -1 : down->from, .events = POLLIN},
			{.fd = down->n ? down->to : -1, .events = POLLOUT},
		};
		if (poll(fds, 4, -1) < 0 && errno != EINTR)
			return;
		if (!flow_step(up, fds[0].revents, fds[1].revents) ||
			!flow_step(down, fds[2].revents, fds[3].revents))
			return;
	}
}

static void
preface(struct flow *up, unsigned seat)
{
	struct message m = message_make(MESSAGE_RELAY);
	struct buf line = {0};
	/* ssh says who calls: "ADDRESS PORT PORT". */
	const char *client = getenv("SSH_CONNECTION");
	struct str from = str_of(client ? client : "");
	const char *blank = from.n ? memchr(from.p, ' ', from.n) : NULL;
	struct buf name = {0};
	buf_puts(&name, "ssh ");
	buf_str(&name, str_upto(str_upto(from, blank ? (size_t)(blank - from.p) : from.n), ADDRESS_MAX));
	m.n = 1;
	m.name = str_trim(buf_view(&name));
	if (seat)
		m.seat = str_of(seat_text((enum seat)seat));
	message_write(&line, &m);
	memcpy(up->bytes, line.p, line.n);
	up->n = line.n;
	buf_finish(&line);
	buf_finish(&name);
}

int
stdio_relay(struct str session, unsigned seat, int in, int out)
{
	struct folder folder;
	const char *why;
	int fd = folder_find(&folder, false, &why);
	if (fd < 0)
		return fd;
	fd = socket_connect(&folder, session);
	folder_close(&folder);
	if (fd < 0)
		return fd;
	if (!socket_ours(fd)) {
		close(fd);
		return -EPERM;
	}
	struct flow *up = xcalloc(1, sizeof *up), *down = xcalloc(1, sizeof *down);
	up->from = in;
	up->to = down->from = fd;
	down->to = out;
	preface(up, seat);
	relay(up, down);
	free(up);
	free(down);
	close(fd);
	return 0;
}
