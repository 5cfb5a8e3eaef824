/*
 * A server on a loop and clients beside it in one process. Nothing waits: the
 * loop is turned until what should come has come, and an alarm ends a test
 * that would turn for ever.
 */
#pragma once

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "internal.h"
#include "scratch.h"

enum { GUARD_S = 120 };

static const struct server_limits usual;

struct rig {
	char dir[32];
	uv_loop_t loop;
	struct place *place;
	struct server *server;
	size_t heard, gone, closed;
	struct buf log;    /* the commands that came, "by:line;" */
	struct peer *last; /* who asked last */
	bool silent;       /* takes requests and answers none */
	struct peer *follower;
};

static inline void
rig_request(void *ctx, struct peer *from, const struct request *r)
{
	struct rig *g = ctx;
	struct buf line = {0};
	g->last = from;
	g->heard++;
	if (r->kind == REQUEST_FOLLOW)
		g->follower = from;
	if (r->kind == REQUEST_COMMAND && g->log.n < 100000) {
		buf_str(&g->log, r->by);
		buf_char(&g->log, ':');
		buf_str(&g->log, r->line);
		buf_char(&g->log, ';');
	}
	if (!g->silent) {
		answer_write(
			&line, &(struct answer){.id = r->id, .ok = true, .seq = (int64_t)g->heard});
		server_say(from, buf_view(&line));
	}
	buf_finish(&line);
}

static inline void
rig_gone(void *ctx, struct peer *from)
{
	struct rig *g = ctx;
	g->gone++;
	if (g->follower == from)
		g->follower = NULL;
	if (g->last == from)
		g->last = NULL;
}

static inline void
rig_closed(void *ctx)
{
	((struct rig *)ctx)->closed++;
}

static inline int
rig_serve(struct rig *g, struct server_limits limits)
{
	const struct server_calls calls = {
		.ctx = g, .request = rig_request, .gone = rig_gone, .limits = limits};
	return server_start(&g->server, &g->loop, g->place, &calls);
}

static inline struct rig *
rig_make(struct server_limits limits)
{
	struct rig *g = xcalloc(1, sizeof *g);
	const char *why;
	signal(SIGPIPE, SIG_IGN);
	alarm(GUARD_S);
	scratch_make(g->dir);
	if (uv_loop_init(&g->loop) < 0 || place_take(&g->place, STR("forum"), "/log", &why) < 0 ||
		rig_serve(g, limits) < 0)
		abort();
	return g;
}

#define rig_until(g, condition)                                                                    \
	while (!(condition))                                                                       \
	uv_run(&(g)->loop, UV_RUN_NOWAIT)

/* Ends it all; answers what uv_loop_close says. */
static inline int
rig_finish(struct rig *g)
{
	if (g->server) {
		server_stop(g->server, rig_closed, g);
		while (uv_run(&g->loop, UV_RUN_ONCE))
			;
	}
	int rc = uv_loop_close(&g->loop);
	place_give_up(g->place);
	scratch_remove(g->dir);
	buf_finish(&g->log);
	free(g);
	alarm(0);
	return rc;
}

static inline int
rig_dial(struct rig *g)
{
	return socket_connect(&g->place->folder, str_of(place_name(g->place)));
}

/* Says all of it, turning the loop where the host does not read. False if the host has closed. */
static inline bool
rig_say(struct rig *g, int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n > 0)
			bytes = str_from(bytes, (size_t)n);
		else if (errno == EAGAIN)
			uv_run(&g->loop, UV_RUN_NOWAIT);
		else
			return false;
	}
	return true;
}

/* What came, up to the end of a line or of everything. False at the end. */
static inline bool
rig_hear(struct rig *g, int fd, struct buf *out)
{
	buf_reset(out);
	for (;;) {
		char bytes[8192];
		ssize_t n = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT | MSG_PEEK);
		if (n < 0 && errno == EAGAIN) {
			uv_run(&g->loop, UV_RUN_NOWAIT);
			continue;
		}
		if (n <= 0)
			return false;
		/* What is behind the line stays where it is. */
		const char *end = memchr(bytes, '\n', (size_t)n);
		size_t line = end ? (size_t)(end - bytes) : (size_t)n;
		if (recv(fd, bytes, line + (end != NULL), MSG_DONTWAIT) < 0)
			return false;
		buf_put(out, bytes, line);
		if (end)
			return true;
	}
}

static inline size_t
count_fds(void)
{
	size_t n = 0;
	DIR *d = opendir("/proc/self/fd");
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

static inline void
rig_assert_end(struct rig *g, int fd)
{
	struct buf b = {0};
	assert_false(rig_hear(g, fd, &b));
	buf_finish(&b);
	close(fd);
}

static inline void
rig_assert_hears(struct rig *g, int fd, const char *line)
{
	struct buf b = {0};
	assert_true(rig_hear(g, fd, &b));
	assert_string_equal(buf_view(&b).p, line);
	buf_finish(&b);
}

static inline void
rig_assert_refused(struct rig *g, int fd, const char *code)
{
	struct buf b = {0};
	struct arena a = {0};
	struct answer r;
	assert_true(rig_hear(g, fd, &b));
	assert_true(answer_read(&r, buf_view(&b), &a));
	assert_true(str_is(r.refused, code));
	assert_true(r.why.n > 0);
	buf_finish(&b);
	arena_finish(&a);
}
