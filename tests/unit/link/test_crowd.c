/*
 * A hall of observers on the session's socket: each has every line, in order
 * and with the host's own bytes, and all of them together cost the host a
 * bounded amount of memory. DAIS_OBSERVERS makes it more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#include "rig.h"
#include "hall.h"

enum { OBSERVERS = 300, EVENTS = 200, STUCK = 20, MORE_RSS_KB = 24 << 10 };

struct looker {
	int fd;
	bool live, stuck, ended;
	struct frame in;
	size_t lines, pings;
	struct crowd *crowd;
};

struct crowd {
	struct ether ether;
	struct hall hall;
	uv_loop_t loop;
	struct place *place;
	struct server *server;
	char dir[32];
	struct looker *lookers;
	size_t n, live, executed, stopped;
	int poll;
};

static void
executed(void *ctx, const struct hub_ask *ask)
{
	(void)ask;
	((struct crowd *)ctx)->executed++;
}

static void
request(void *ctx, struct peer *from, const struct request *r)
{
	(void)ctx;
	(void)from;
	(void)r;
}

static void
stopped(void *ctx)
{
	((struct crowd *)ctx)->stopped++;
}

static size_t
observers(void)
{
	const char *said = getenv("DAIS_OBSERVERS");
	return said ? strtoul(said, NULL, 10) : OBSERVERS;
}

static long
rss_kb(void)
{
	long pages = 0, all;
	FILE *f = fopen("/proc/self/statm", "r");
	if (f && fscanf(f, "%ld %ld", &all, &pages) != 2)
		pages = 0;
	if (f)
		fclose(f);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void
open_crowd(struct crowd *c, unsigned peers)
{
	const char *why;
	struct rlimit files;
	*c = (struct crowd){.poll = epoll_create1(EPOLL_CLOEXEC)};
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	signal(SIGPIPE, SIG_IGN);
	scratch_make(c->dir);
	uv_loop_init(&c->loop);
	c->ether.now = (int64_t)uv_now(&c->loop);
	c->hall.executed = executed;
	c->hall.ctx = c;
	hall_open(&c->hall, &c->ether);
	assert_int_equal(place_take(&c->place, STR("forum"), "/log", &why), 0);
	assert_int_equal(server_start(&c->server, &c->loop, c->place,
				 &(struct server_calls){.ctx = c,
					 .request = request,
					 .hub = c->hall.hub,
					 .limits = {.peers = peers}}),
		0);
}

static void
say(struct looker *k, struct str bytes)
{
	assert_int_equal(send(k->fd, bytes.p, bytes.n, MSG_NOSIGNAL), bytes.n);
}

static void
on_line(void *ctx, struct str line)
{
	struct looker *k = ctx;
	struct hall *h = &k->crowd->hall;
	if (str_starts(line, STR("{\"seq\":"))) {
		assert_true(k->lines < h->lanes[0].n);
		assert_true(str_eq(line, h->lanes[0].lines[k->lines]));
		k->lines++;
	} else if (str_starts(line, STR("{\"ping\":"))) {
		struct buf pong = {0};
		const char *end = memchr(line.p, ',', line.n);
		buf_puts(&pong, "{\"pong\":");
		buf_put(&pong, line.p + 8, (size_t)(end - line.p) - 8);
		buf_puts(&pong, "}\n");
		say(k, buf_view(&pong));
		buf_finish(&pong);
		k->pings++;
	} else if (str_starts(line, STR("{\"live\":"))) {
		k->live = true;
		k->crowd->live++;
	}
}

static void
step(struct crowd *c)
{
	struct epoll_event ready[64];
	char bytes[16384];
	uv_run(&c->loop, UV_RUN_NOWAIT);
	c->ether.now = (int64_t)uv_now(&c->loop);
	hall_step(&c->hall);
	int n = epoll_wait(c->poll, ready, 64, 0);
	for (int i = 0; i < n; i++) {
		struct looker *k = ready[i].data.ptr;
		ssize_t got = recv(k->fd, bytes, sizeof bytes, MSG_DONTWAIT);
		if (got > 0)
			frame_feed(&k->in, (struct str){bytes, (size_t)got}, on_line, k);
		if (got == 0) {
			k->ended = true;
			epoll_ctl(c->poll, EPOLL_CTL_DEL, k->fd, NULL);
		}
	}
}

/* All of one name, as their people never chose one. */
static void
come(struct crowd *c, size_t n, size_t stuck)
{
	c->n = n;
	c->lookers = xcalloc(n, sizeof *c->lookers);
	for (size_t i = 0; i < n; i++) {
		struct looker *k = &c->lookers[i];
		k->crowd = c;
		k->stuck = i < stuck;
		while ((k->fd = socket_connect(&c->place->folder, STR("forum"))) == -EAGAIN)
			step(c);
		assert_true(k->fd >= 0);
		say(k, STR("{\"hello\":1,\"seat\":\"observer\",\"name\":\"observer\"}\n"));
		struct epoll_event e = {.events = EPOLLIN, .data.ptr = k};
		if (!k->stuck)
			epoll_ctl(c->poll, EPOLL_CTL_ADD, k->fd, &e);
	}
}

static void
happen(struct crowd *c, const char *text, size_t n)
{
	struct buf line = {0};
	buf_puts(&line, "note add --plain ");
	buf_puts(&line, text);
	for (size_t i = 0; i < n; i++)
		buf_char(&line, 'x');
	struct str said = buf_view(&line);
	hall_do(&c->hall, said);
	buf_finish(&line);
}

static bool
all_have(const struct crowd *c, size_t lines)
{
	for (size_t i = 0; i < c->n; i++)
		if (!c->lookers[i].stuck && c->lookers[i].lines < lines)
			return false;
	return true;
}

static void
close_crowd(struct crowd *c)
{
	hub_stop(c->hall.hub, STR("the end"));
	server_stop(c->server, stopped, c);
	for (size_t i = 0; i < c->n; i++) {
		close(c->lookers[i].fd);
		frame_finish(&c->lookers[i].in);
	}
	while (!c->stopped)
		uv_run(&c->loop, UV_RUN_ONCE);
	uv_run(&c->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&c->loop), 0);
	place_give_up(c->place);
	hall_finish(&c->hall);
	free(c->lookers);
	close(c->poll);
	scratch_remove(c->dir);
}

/* They come at once to a log that has begun, and hear what happens then; some never read. */
static void
all_hear_all(void **state)
{
	struct crowd c;
	size_t n = observers();
	(void)state;
	open_crowd(&c, 0);
	for (int i = 0; i < 40; i++)
		happen(&c, "before", 6000);
	while (!hall_synced(&c.hall))
		step(&c);
	long before = rss_kb();
	come(&c, n, STUCK);
	while (c.live < n - STUCK)
		step(&c);
	assert_int_equal(hub_guests(c.hall.hub), n);
	for (int i = 0; i < EVENTS; i++) {
		happen(&c, "now", 100);
		step(&c);
	}
	while (!hall_synced(&c.hall) || !all_have(&c, c.hall.lanes[0].n))
		step(&c);
	long more = rss_kb() - before;
	printf("# %zu observers, %zu records: %ld KiB more\n", n, c.hall.lanes[0].n, more);
	for (size_t i = STUCK; i < n; i++) {
		assert_int_equal(c.lookers[i].lines, c.hall.lanes[0].n);
		assert_false(c.lookers[i].ended);
	}
#if !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
	assert_true(more < MORE_RSS_KB);
#endif
	close_crowd(&c);
}

/* One too many is told so, in words that a console and a script understand. */
static void
full_house(void **state)
{
	struct crowd c;
	struct buf heard = {0};
	struct arena a = {0};
	struct answer no;
	char byte;
	(void)state;
	open_crowd(&c, 30);
	come(&c, 30, 0);
	while (c.live < 30)
		step(&c);
	int fd = socket_connect(&c.place->folder, STR("forum"));
	for (;;) {
		ssize_t got = recv(fd, &byte, 1, MSG_DONTWAIT);
		if (got == 1 && byte == '\n')
			break;
		assert_true(got != 0);
		if (got == 1)
			buf_char(&heard, byte);
		step(&c);
	}
	assert_true(str_starts(buf_view(&heard), STR("{\"refused\":\"limit\",\"why\":\"")));
	assert_true(answer_read(&no, buf_view(&heard), &a));
	assert_true(!no.ok && str_is(no.refused, "limit") && no.why.n > 0);
	while (recv(fd, &byte, 1, MSG_DONTWAIT) != 0)
		step(&c);
	close(fd);
	buf_finish(&heard);
	arena_finish(&a);
	close_crowd(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_hear_all),
		cmocka_unit_test(full_house),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
