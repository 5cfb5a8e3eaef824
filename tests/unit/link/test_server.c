/* A host among good clients and bad ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "rig.h"

static const struct server_limits usual;

static void
assert_end(struct rig *g, int fd)
{
	struct buf b = {0};
	assert_false(rig_hear(g, fd, &b));
	buf_finish(&b);
	close(fd);
}

static void
assert_hears(struct rig *g, int fd, const char *line)
{
	struct buf b = {0};
	assert_true(rig_hear(g, fd, &b));
	assert_string_equal(buf_view(&b).p, line);
	buf_finish(&b);
}

static void
assert_refused(struct rig *g, int fd, const char *code)
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

static void
asks_and_answers(void **state)
{
	(void)state;
	/* The first loop of a process opens what libuv keeps. */
	assert_int_equal(rig_finish(rig_make(usual)), 0);
	size_t fds = count_fds();
	struct rig *g = rig_make(usual);
	int fd = rig_dial(g);
	assert_true(rig_say(g, fd, STR("{\"do\":\"queue add 张虎\",\"id\":\"a\",\"by\":\"ctl\"}\n\n{\"get\":\"status\"}\n")));
	assert_hears(g, fd, "{\"id\":\"a\",\"ok\":true,\"seq\":1}");
	assert_hears(g, fd, "{\"ok\":true,\"seq\":2}");
	assert_string_equal(g->log.p, "ctl:queue add 张虎;");
	assert_int_equal(server_peers(g->server), 1);
	server_tag(g->last, g);
	assert_ptr_equal(server_tag_of(g->last), g);
	close(fd);
	rig_until(g, g->gone == 1);
	assert_int_equal(server_peers(g->server), 0);
	assert_int_equal(rig_finish(g), 0);
	assert_int_equal(count_fds(), fds);
}

static void
cut_anyhow(void **state)
{
	(void)state;
	uint64_t seed = seed_take();
	struct rig *g = rig_make((struct server_limits){.rate = 1000000, .burst = 100000});
	struct buf said = {0}, line = {0};
	int fd = rig_dial(g);
	for (int i = 0; i < 500; i++)
		buf_printf(&said, "{\"do\":\"note add %d 张\",\"id\":\"%d\"}\n", i, i);
	for (struct str left = buf_view(&said); left.n > 0;) {
		size_t n = 1 + seed_next(&seed) % 90;
		n = n < left.n ? n : left.n;
		assert_true(rig_say(g, fd, str_upto(left, n)));
		uv_run(&g->loop, UV_RUN_NOWAIT);
		left = str_from(left, n);
	}
	for (int i = 0; i < 500; i++) {
		buf_reset(&line);
		buf_printf(&line, "{\"id\":\"%d\",\"ok\":true,\"seq\":%d}", i, i + 1);
		assert_hears(g, fd, line.p);
	}
	close(fd);
	buf_finish(&said);
	buf_finish(&line);
	assert_int_equal(rig_finish(g), 0);
}

/* Frames that are no lines, and lines that are no requests: one answer, then the end. */
static void
nonsense(void **state)
{
	static const struct str rows[] = {
		{"\n\nhello\n", 8},
		{"GET / HTTP/1.1\r\n", 16},
		{"{\"do\":\"\xd5\xc5\xbb\xa2\"}\n", 13},
		{"{\"do\":\"a\0b\"}\n", 13},
		{"{\"do\":1}\n", 9},
		{"[[[[[[[[[[[[[[[[\n", 17},
		{"{\"do\":\"x\",\"do\":\"y\"}\n", 20},
	};
	(void)state;
	struct rig *g = rig_make(usual);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int fd = rig_dial(g);
		assert_true(rig_say(g, fd, rows[i]));
		/* What follows in the same read is not heard. */
		assert_true(rig_say(g, fd, STR("{\"do\":\"later\"}\nagain\n")));
		assert_refused(g, fd, "bad-argument");
		assert_end(g, fd);
	}
	struct buf in = {0};
	buf_fill(&in, '[', 100000);
	int fd = rig_dial(g);
	rig_say(g, fd, buf_view(&in)); /* the host may close before the end */
	assert_refused(g, fd, "bad-argument");
	assert_end(g, fd);
	rig_until(g, server_peers(g->server) == 0);
	assert_int_equal(g->heard, 0);
	buf_finish(&in);
	assert_int_equal(rig_finish(g), 0);
}

/* A good line before the bad one is still done and answered. */
static void
good_then_bad(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	int fd = rig_dial(g);
	assert_true(rig_say(g, fd, STR("{\"do\":\"x\"}\nbad\n{\"do\":\"y\"}\n")));
	assert_hears(g, fd, "{\"ok\":true,\"seq\":1}");
	assert_refused(g, fd, "bad-argument");
	assert_end(g, fd);
	rig_until(g, g->gone == 1);
	assert_string_equal(g->log.p, ":x;");
	assert_int_equal(rig_finish(g), 0);
}

static void
leaves_in_mid_line(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	for (size_t i = 1; i <= 20; i++) {
		int fd = rig_dial(g);
		assert_true(rig_say(g, fd, STR("{\"do\":\"floor next\"")));
		uv_run(&g->loop, UV_RUN_NOWAIT);
		close(fd);
		rig_until(g, g->gone == i);
	}
	assert_int_equal(g->heard, 0);
	assert_int_equal(rig_finish(g), 0);
}

/* What reads nothing is closed once 256 KiB wait; the kernel holds some more. */
static void
never_reads(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	char text[1000];
	memset(text, 'x', sizeof text);
	int fd = rig_dial(g);
	assert_true(rig_say(g, fd, STR("{\"follow\":\"status\"}\n")));
	rig_until(g, g->follower);
	size_t said = 0;
	while (g->follower && said < 10000) {
		/* Gone never comes inside server_say: saying on is safe. */
		for (int i = 0; i < 10; i++, said++)
			server_say(g->follower, (struct str){text, sizeof text});
		uv_run(&g->loop, UV_RUN_NOWAIT);
	}
	assert_null(g->follower);
	assert_true(said > 256);
	assert_true(said < 2000);
	close(fd);
	assert_int_equal(rig_finish(g), 0);
}

/* A slow one loses nothing, as long as it does not fall behind that far. */
static void
reads_slowly(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	struct buf line = {0};
	int fd = rig_dial(g);
	g->silent = true;
	assert_true(rig_say(g, fd, STR("{\"follow\":\"status\"}\n")));
	rig_until(g, g->follower);
	for (int i = 0; i < 250; i++) {
		buf_reset(&line);
		buf_printf(&line, "%d%01000d", i, 0);
		server_say(g->follower, buf_view(&line));
	}
	for (int i = 0; i < 250; i++) {
		buf_reset(&line);
		buf_printf(&line, "%d%01000d", i, 0);
		assert_hears(g, fd, line.p);
	}
	close(fd);
	buf_finish(&line);
	assert_int_equal(rig_finish(g), 0);
}

/* A flooding peer gets what the bucket gives, by the loop's own clock, and all of it in the end. */
static void
floods(void **state)
{
	(void)state;
	enum { RATE = 2000, BURST = 20, N = 3000, CHUNK_HOLDS = 4096 / 17 + 1 };
	struct rig *g = rig_make((struct server_limits){.rate = RATE, .burst = BURST});
	struct buf b = {0};
	int bad = rig_dial(g), good = rig_dial(g);
	for (int i = 0; i < N; i++)
		buf_puts(&b, "{\"get\":\"status\"}\n");
	uv_update_time(&g->loop);
	uint64_t start = uv_now(&g->loop);
	g->silent = true;
	struct str left = buf_view(&b);
	while (g->heard < N) {
		ssize_t n = left.n ? send(bad, left.p, left.n, MSG_NOSIGNAL) : 0;
		left = str_from(left, n > 0 ? (size_t)n : 0);
		uv_run(&g->loop, UV_RUN_NOWAIT);
		uint64_t most = BURST + CHUNK_HOLDS + (uv_now(&g->loop) - start) * RATE / 1000 + 2;
		assert_true(g->heard <= most);
	}
	assert_int_equal(left.n, 0);
	g->silent = false;
	assert_true(rig_say(g, good, STR("{\"get\":\"status\"}\n")));
	assert_hears(g, good, "{\"ok\":true,\"seq\":3001}");
	close(bad);
	close(good);
	buf_finish(&b);
	assert_int_equal(rig_finish(g), 0);
}

/* While one is paused the others are served, and its paused loop sleeps: no turn finds anything to do. */
static void
flood_does_not_spin(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.rate = 1, .burst = 1});
	int bad = rig_dial(g), good = rig_dial(g);
	for (int i = 0; i < 300; i++)
		assert_true(rig_say(g, bad, STR("{\"get\":\"status\"}\n")));
	rig_until(g, g->heard > 1);
	size_t heard = g->heard;
	assert_true(uv_backend_timeout(&g->loop) > 500);
	assert_true(rig_say(g, good, STR("{\"get\":\"status\"}\n")));
	struct buf b = {0};
	assert_true(rig_hear(g, good, &b));
	assert_int_equal(g->heard, heard + 1);
	assert_true(uv_backend_timeout(&g->loop) > 500);
	buf_finish(&b);
	close(bad);
	close(good);
	assert_int_equal(rig_finish(g), 0);
}

/* A line that drips never ends: closed, and each drop does not renew the time. */
static void
drips(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.partial_ms = 20});
	int fd = rig_dial(g), idle = rig_dial(g);
	rig_until(g, server_peers(g->server) == 2);
	for (size_t sent = 0; g->gone == 0 && sent < EVENT_LINE_MAX; uv_run(&g->loop, UV_RUN_NOWAIT)) {
		/* The loop's clock moves on between two drops. */
		uint64_t now = uv_now(&g->loop);
		rig_until(g, uv_now(&g->loop) != now);
		sent += send(fd, " ", 1, MSG_NOSIGNAL) == 1;
	}
	assert_int_equal(g->gone, 1);
	assert_end(g, fd);
	/* Who has begun no line may be silent as long as it likes. */
	assert_true(rig_say(g, idle, STR("{\"get\":\"status\"}\n")));
	assert_hears(g, idle, "{\"ok\":true,\"seq\":1}");
	close(idle);
	assert_int_equal(rig_finish(g), 0);
}

/* The time of a partial line does not run while it is we who do not read. */
static void
paused_is_not_late(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.rate = 20, .burst = 1, .partial_ms = 40});
	int fd = rig_dial(g);
	assert_true(rig_say(g, fd, STR("{\"get\":\"status\"}\n{\"get\":\"status\"}\n{\"get\":\"status\"}\n{\"get\":")));
	rig_until(g, g->heard == 3);
	assert_true(rig_say(g, fd, STR("\"status\"}\n")));
	rig_until(g, g->heard == 4 || g->gone == 1);
	assert_int_equal(g->heard, 4);
	close(fd);
	assert_int_equal(rig_finish(g), 0);
}

/* printf | nc -N: closes its side at once, and still gets the answer that comes later. */
static void
half_closed(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	int fd = rig_dial(g), other = rig_dial(g);
	g->silent = true;
	assert_true(rig_say(g, fd, STR("{\"get\":\"status\"}\n{\"get\":\"status\"}\n")));
	shutdown(fd, SHUT_WR);
	rig_until(g, g->heard == 2);
	for (int i = 0; i < 20; i++)
		uv_run(&g->loop, UV_RUN_NOWAIT);
	assert_int_equal(g->gone, 0);
	server_say(g->last, STR("one"));
	server_say(g->last, STR("two"));
	server_say(g->last, STR("nothing after the last"));
	assert_hears(g, fd, "one");
	assert_hears(g, fd, "two");
	assert_end(g, fd);
	/* With nothing to wait for it is closed at once; without an answer, after a while. */
	shutdown(other, SHUT_WR);
	assert_end(g, other);
	rig_until(g, g->gone == 2);
	assert_int_equal(rig_finish(g), 0);
	g = rig_make((struct server_limits){.partial_ms = 10});
	g->silent = true;
	fd = rig_dial(g);
	assert_true(rig_say(g, fd, STR("{\"get\":\"status\"}\n")));
	shutdown(fd, SHUT_WR);
	assert_end(g, fd);
	assert_int_equal(rig_finish(g), 0);
}

static void
too_many(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.peers = 2});
	int one = rig_dial(g), two = rig_dial(g), three = rig_dial(g);
	assert_refused(g, three, "limit");
	assert_end(g, three);
	close(one);
	rig_until(g, server_peers(g->server) == 1);
	int four = rig_dial(g);
	assert_true(rig_say(g, four, STR("{\"get\":\"status\"}\n")));
	assert_hears(g, four, "{\"ok\":true,\"seq\":1}");
	close(two);
	close(four);
	assert_int_equal(rig_finish(g), 0);
}

static void
answer_too_long(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	struct buf b = {0};
	int fd = rig_dial(g);
	g->silent = true;
	assert_true(rig_say(g, fd, STR("{\"get\":\"status\"}\n{\"get\":\"status\"}\n")));
	rig_until(g, g->heard == 2);
	buf_fill(&b, 'x', EVENT_LINE_MAX + 1);
	server_say(g->last, buf_view(&b));
	server_say(g->last, str_upto(buf_view(&b), EVENT_LINE_MAX));
	assert_refused(g, fd, "limit");
	struct buf heard = {0};
	assert_true(rig_hear(g, fd, &heard));
	assert_int_equal(heard.n, EVENT_LINE_MAX);
	buf_finish(&heard);
	buf_finish(&b);
	close(fd);
	assert_int_equal(rig_finish(g), 0);
}

static size_t
resident_kb(void)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (f && fscanf(f, "%*s %lu", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	return pages * (size_t)sysconf(_SC_PAGESIZE) / 1024;
}

static bool
counts_memory(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	return false;
#endif
#endif
	return true;
}

/* All of them at once, and one good client that notices nothing. */
static void
bad_company(void **state)
{
	(void)state;
	enum { STUCK = 10, ROUNDS = 2000 };
	struct rig *g = rig_make((struct server_limits){.rate = 100000, .burst = 1000});
	int stuck[STUCK], good = rig_dial(g), flood = rig_dial(g);
	struct buf many = {0}, long_line = {0}, heard = {0};
	for (int i = 0; i < STUCK; i++)
		stuck[i] = rig_dial(g);
	for (int i = 0; i < 200; i++)
		buf_puts(&many, "{\"get\":\"status\"}\n");
	buf_fill(&long_line, 'x', 100000);
	rig_until(g, server_peers(g->server) == STUCK + 2);
	size_t before = resident_kb(), answered = 0;
	for (int i = 0; i < ROUNDS; i++) {
		(void)!send(stuck[i % STUCK], many.p, many.n, MSG_NOSIGNAL);
		(void)!send(flood, many.p, many.n, MSG_NOSIGNAL);
		char sink[8192];
		while (recv(flood, sink, sizeof sink, MSG_DONTWAIT) > 0)
			;
		int brief = rig_dial(g);
		if (i % 3 == 0)
			rig_say(g, brief, buf_view(&long_line));
		else
			rig_say(g, brief, i % 3 == 1 ? STR("\xd5\xc5\n") : STR("{\"do\":"));
		close(brief);
		assert_true(rig_say(g, good, STR("{\"do\":\"x\",\"by\":\"good\"}\n")));
		answered += rig_hear(g, good, &heard);
	}
	assert_int_equal(answered, ROUNDS);
	if (counts_memory())
		assert_true(resident_kb() < before + 16 * 1024);
	for (int i = 0; i < STUCK; i++)
		close(stuck[i]);
	close(flood);
	close(good);
	rig_until(g, server_peers(g->server) == 0);
	buf_finish(&many);
	buf_finish(&long_line);
	buf_finish(&heard);
	assert_int_equal(rig_finish(g), 0);
}

static void
narrow_socket(void **state)
{
	(void)state;
	mode_t old = umask(0);
	struct rig *g = rig_make(usual);
	umask(old);
	struct stat is;
	char path[100];
	snprintf(path, sizeof path, "%s/dais/forum.sock", g->dir);
	assert_int_equal(stat(path, &is), 0);
	assert_int_equal(is.st_mode & 07777, 0600);
	snprintf(path, sizeof path, "%s/dais", g->dir);
	assert_int_equal(stat(path, &is), 0);
	assert_int_equal(is.st_mode & 07777, 0700);
	assert_int_equal(rig_finish(g), 0);
}

/* Another user gets nothing, even where somebody opened the modes. */
static void
other_user(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	struct rig *g = rig_make(usual);
	char path[100];
	chmod(g->dir, 0755);
	snprintf(path, sizeof path, "%s/dais", g->dir);
	chmod(path, 0755);
	snprintf(path, sizeof path, "%s/dais/forum.sock", g->dir);
	chmod(path, 0666);
	int done[2];
	assert_int_equal(pipe(done), 0);
	pid_t child = fork();
	if (child == 0) {
		char byte = 0;
		alarm(GUARD_S);
		if (setgid(65534) < 0 || setuid(65534) < 0)
			_exit(2);
		int fd = rig_dial(g);
		(void)!send(fd, "{\"get\":\"status\"}\n", 17, MSG_NOSIGNAL);
		/* Blocks until the host has turned us away. */
		ssize_t n;
		while ((n = recv(fd, &byte, 1, 0)) < 0 && errno == EAGAIN)
			;
		_exit(fd < 0 ? 3 : n > 0 ? 1 : 0);
	}
	int status = -1;
	while (waitpid(child, &status, WNOHANG) == 0)
		uv_run(&g->loop, UV_RUN_NOWAIT);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(g->heard, 0);
	close(done[0]);
	close(done[1]);
	chmod(g->dir, 0700);
	assert_int_equal(rig_finish(g), 0);
}

static void
binds_again(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.check_ms = 1});
	char sock[100], folder[100];
	snprintf(sock, sizeof sock, "%s/dais/forum.sock", g->dir);
	snprintf(folder, sizeof folder, "%s/dais", g->dir);
	int old = rig_dial(g);
	rig_until(g, server_peers(g->server) == 1);
	for (int i = 0; i < 3; i++) {
		scratch_remove(i == 1 ? folder : sock);
		if (i == 2) /* a squatter's file in its place */
			close(creat(sock, 0600));
		int fd;
		rig_until(g, (fd = rig_dial(g)) >= 0);
		assert_true(rig_say(g, fd, STR("{\"get\":\"status\"}\n")));
		struct buf b = {0};
		assert_true(rig_hear(g, fd, &b));
		buf_finish(&b);
		close(fd);
	}
	/* Who was connected stayed so. */
	assert_true(rig_say(g, old, STR("{\"get\":\"status\"}\n")));
	assert_hears(g, old, "{\"ok\":true,\"seq\":4}");
	close(old);
	assert_int_equal(rig_finish(g), 0);
}

/* A folder that cannot be made again for a while is no reason to give up. */
static void
binds_again_later(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.check_ms = 1});
	char folder[100];
	snprintf(folder, sizeof folder, "%s/dais", g->dir);
	scratch_remove(folder);
	close(creat(folder, 0600));
	uint64_t from = uv_now(&g->loop);
	rig_until(g, uv_now(&g->loop) > from + 20);
	remove(folder);
	int fd;
	rig_until(g, (fd = rig_dial(g)) >= 0);
	close(fd);
	assert_int_equal(rig_finish(g), 0);
}

static void
stale_socket(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	/* A second server at the same place finds the first one's socket and replaces it, as after kill -9. */
	struct server *first = g->server;
	assert_int_equal(rig_serve(g, usual), 0);
	int fd = rig_dial(g);
	assert_true(rig_say(g, fd, STR("{\"get\":\"status\"}\n")));
	assert_hears(g, fd, "{\"ok\":true,\"seq\":1}");
	assert_int_equal(server_peers(first), 0);
	assert_int_equal(server_peers(g->server), 1);
	close(fd);
	server_stop(first, NULL, NULL);
	assert_int_equal(rig_finish(g), 0);
}

/* Out of descriptors: who comes then is turned away, the others are served, and it passes. */
static void
no_descriptors(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	struct rlimit old, few;
	int served = rig_dial(g);
	rig_until(g, server_peers(g->server) == 1);
	int late = rig_dial(g), next = dup(0);
	close(next);
	getrlimit(RLIMIT_NOFILE, &old);
	few = old;
	few.rlim_cur = (rlim_t)next;
	setrlimit(RLIMIT_NOFILE, &few);
	assert_true(rig_say(g, served, STR("{\"get\":\"status\"}\n")));
	assert_hears(g, served, "{\"ok\":true,\"seq\":1}");
	struct buf b = {0};
	assert_false(rig_hear(g, late, &b));
	setrlimit(RLIMIT_NOFILE, &old);
	close(late);
	late = rig_dial(g);
	assert_true(rig_say(g, late, STR("{\"get\":\"status\"}\n")));
	assert_hears(g, late, "{\"ok\":true,\"seq\":2}");
	close(late);
	close(served);
	buf_finish(&b);
	assert_int_equal(rig_finish(g), 0);
}

/* What was said is read to the end; who does not read cannot hold the end up; nothing stays. */
static void
stops(void **state)
{
	(void)state;
	size_t fds = count_fds();
	struct rig *g = rig_make((struct server_limits){.leave_ms = 20});
	char text[20000];
	memset(text, 'x', sizeof text);
	int stuck = rig_dial(g), reader = rig_dial(g), idle = rig_dial(g);
	g->silent = true;
	assert_true(rig_say(g, stuck, STR("{\"follow\":\"status\"}\n{\"do\":")));
	rig_until(g, g->follower);
	for (int i = 0; i < 20; i++)
		server_say(g->follower, (struct str){text, sizeof text});
	assert_true(rig_say(g, reader, STR("{\"get\":\"status\"}\n")));
	rig_until(g, g->heard == 2);
	server_say(g->last, STR("goodbye"));
	rig_until(g, server_peers(g->server) == 3);
	server_stop(g->server, rig_closed, g);
	g->server = NULL;
	char path[100];
	snprintf(path, sizeof path, "%s/dais/forum.sock", g->dir);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_true(rig_dial(g) < 0);
	assert_int_equal(g->closed, 0); /* never from inside */
	while (uv_run(&g->loop, UV_RUN_ONCE))
		;
	assert_int_equal(g->closed, 1);
	assert_int_equal(g->gone, 3);
	assert_hears(g, reader, "goodbye");
	assert_end(g, reader);
	assert_end(g, idle);
	close(stuck);
	snprintf(path, sizeof path, "%s/dais/forum.lock", g->dir);
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(rig_finish(g), 0);
	assert_int_equal(count_fds(), fds);
}

/* All that waits is written before the goodbye, also what waits behind the first write. */
static void
stops_after_the_last_word(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.leave_ms = 1000 * GUARD_S});
	struct buf line = {0};
	int fd = rig_dial(g);
	g->silent = true;
	assert_true(rig_say(g, fd, STR("{\"follow\":\"status\"}\n")));
	rig_until(g, g->follower);
	for (int i = 0; i < 250; i++) {
		buf_reset(&line);
		buf_printf(&line, "%d%01000d", i, 0);
		server_say(g->follower, buf_view(&line));
	}
	server_stop(g->server, rig_closed, g);
	g->server = NULL;
	for (int i = 0; i < 250; i++) {
		buf_reset(&line);
		buf_printf(&line, "%d%01000d", i, 0);
		assert_hears(g, fd, line.p);
	}
	assert_end(g, fd);
	rig_until(g, g->closed == 1);
	buf_finish(&line);
	assert_int_equal(rig_finish(g), 0);
}

/* Stopped and restarted at every step of a peer's life: the sanitizers watch. */
static void
stops_any_time(void **state)
{
	(void)state;
	for (int turns = 0; turns < 12; turns++) {
		struct rig *g = rig_make((struct server_limits){.leave_ms = 1});
		int good = rig_dial(g), bad = rig_dial(g), half = rig_dial(g), dead = rig_dial(g);
		g->silent = turns % 2;
		rig_say(g, good, STR("{\"follow\":\"status\"}\n"));
		rig_say(g, bad, STR("nonsense\n"));
		rig_say(g, half, STR("{\"get\":\"status\"}\n"));
		shutdown(half, SHUT_WR);
		close(dead);
		for (int i = 0; i < turns / 2; i++)
			uv_run(&g->loop, UV_RUN_NOWAIT);
		assert_int_equal(rig_finish(g), 0);
		close(good);
		close(bad);
		close(half);
	}
}

enum { ASKED = 400 };

struct asker {
	char session[64];
	int rc;
	size_t good;
	bool done;
};

static void
asker_run(void *ctx)
{
	struct asker *k = ctx;
	struct client *c = NULL;
	struct buf line = {0};
	struct arena a = {0};
	k->rc = client_open(&c, str_of(k->session));
	for (int i = 0; i < ASKED && k->rc == 0; i++) {
		char id[16];
		struct str heard;
		struct answer r;
		snprintf(id, sizeof id, "%d", i);
		buf_reset(&line);
		request_write(&line, &(struct request){.line = STR("note add 张"), .id = str_of(id)});
		k->rc = client_say(c, buf_view(&line));
		if (k->rc == 0)
			k->rc = client_hear(c, 60000, &heard);
		if (k->rc == 0 && answer_read(&r, heard, &a) && r.ok && str_is(r.id, id))
			k->good++;
	}
	client_close(c);
	buf_finish(&line);
	arena_finish(&a);
	__atomic_store_n(&k->done, true, __ATOMIC_RELEASE);
}

static void
clients(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.rate = 100000, .burst = 1000});
	struct asker askers[4] = {{"forum"}, {"/forum"}, {"forum"}, {"forum"}};
	uv_thread_t threads[4];
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(uv_thread_create(&threads[i], asker_run, &askers[i]), 0);
	for (size_t i = 0; i < 4; i++) {
		rig_until(g, __atomic_load_n(&askers[i].done, __ATOMIC_ACQUIRE));
		uv_thread_join(&threads[i]);
		assert_int_equal(askers[i].rc, 0);
		assert_int_equal(askers[i].good, ASKED);
	}
	assert_int_equal(g->heard, 4 * ASKED);
	rig_until(g, g->gone == 4);
	assert_int_equal(rig_finish(g), 0);
}

static void
client_edges(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	struct client *c, *none = NULL;
	struct str line;
	assert_int_equal(client_open(&none, STR("nobody")), -ENOENT);
	assert_int_equal(client_open(&none, STR("")), -ENOENT);
	assert_null(none);
	client_close(none);
	assert_int_equal(client_open(&c, STR("forum")), 0);
	assert_int_equal(client_hear(c, 0, &line), -ETIMEDOUT);
	assert_int_equal(client_say(c, STR("{\"follow\":\"status\"}\n")), 0);
	rig_until(g, g->follower);
	server_say(g->follower, STR("two"));
	server_say(g->follower, STR("three"));
	assert_int_equal(client_hear(c, -1, &line), 0);
	assert_true(str_is(line, "{\"ok\":true,\"seq\":1}"));
	assert_int_equal(client_hear(c, -1, &line), 0);
	assert_true(str_is(line, "two"));
	assert_int_equal(client_hear(c, 0, &line), 0);
	assert_true(str_is(line, "three"));
	assert_int_equal(client_hear(c, 1, &line), -ETIMEDOUT);
	/* The last word can be heard although the host has closed. */
	assert_int_equal(client_say(c, STR("nonsense\n")), 0);
	rig_until(g, g->gone == 1);
	assert_int_equal(client_say(c, STR("more\n")), -EPIPE);
	assert_int_equal(client_hear(c, -1, &line), 0);
	assert_true(str_starts(line, STR("{\"ok\":false,\"refused\":\"bad-argument\"")));
	assert_int_equal(client_hear(c, -1, &line), -EPIPE);
	assert_int_equal(client_hear(c, -1, &line), -EPIPE);
	client_close(c);
	/* The same where the host did not even read all that we said. */
	struct buf endless = {0};
	buf_fill(&endless, 'x', 100000);
	assert_int_equal(client_open(&c, STR("forum")), 0);
	assert_int_equal(client_say(c, buf_view(&endless)), 0);
	rig_until(g, g->gone == 2);
	assert_int_equal(client_hear(c, -1, &line), 0);
	assert_true(str_starts(line, STR("{\"ok\":false,\"refused\":\"bad-argument\"")));
	assert_int_equal(client_hear(c, -1, &line), -EPIPE);
	client_close(c);
	buf_finish(&endless);
	/* Nobody listens behind a dead host's socket. */
	struct place *p;
	const char *why;
	assert_int_equal(place_take(&p, STR("dead"), "/log", &why), 0);
	close(place_bind(p));
	assert_int_equal(client_open(&c, STR("dead")), -ECONNREFUSED);
	place_give_up(p);
	assert_int_equal(rig_finish(g), 0);
}

/* A host that says what is no line of ours. */
static void
client_hears_nonsense(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	struct client *c;
	struct str line;
	assert_int_equal(client_open(&c, STR("forum")), 0);
	assert_int_equal(client_say(c, STR("{\"follow\":\"status\"}\n")), 0);
	rig_until(g, g->follower);
	server_say(g->follower, STR("\xff\xfe"));
	assert_int_equal(client_hear(c, -1, &line), 0);
	assert_int_equal(client_hear(c, -1, &line), -EBADMSG);
	assert_int_equal(client_hear(c, -1, &line), -EBADMSG);
	client_close(c);
	assert_int_equal(rig_finish(g), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asks_and_answers),
		cmocka_unit_test(cut_anyhow),
		cmocka_unit_test(nonsense),
		cmocka_unit_test(good_then_bad),
		cmocka_unit_test(leaves_in_mid_line),
		cmocka_unit_test(never_reads),
		cmocka_unit_test(reads_slowly),
		cmocka_unit_test(floods),
		cmocka_unit_test(flood_does_not_spin),
		cmocka_unit_test(drips),
		cmocka_unit_test(paused_is_not_late),
		cmocka_unit_test(half_closed),
		cmocka_unit_test(too_many),
		cmocka_unit_test(answer_too_long),
		cmocka_unit_test(bad_company),
		cmocka_unit_test(narrow_socket),
		cmocka_unit_test(other_user),
		cmocka_unit_test(binds_again),
		cmocka_unit_test(binds_again_later),
		cmocka_unit_test(stale_socket),
		cmocka_unit_test(no_descriptors),
		cmocka_unit_test(stops),
		cmocka_unit_test(stops_after_the_last_word),
		cmocka_unit_test(stops_any_time),
		cmocka_unit_test(clients),
		cmocka_unit_test(client_edges),
		cmocka_unit_test(client_hears_nonsense),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
