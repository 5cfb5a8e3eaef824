/* A host among good clients and bad ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "rig.h"

static void
asks_and_answers(void **state)
{
	(void)state;
	/* The first loop of a process opens what libuv keeps. */
	assert_int_equal(rig_finish(rig_make(usual)), 0);
	size_t fds = count_fds();
	struct rig *g = rig_make(usual);
	int fd = rig_dial(g);
	assert_true(rig_say(g, fd,
		STR("{\"do\":\"queue add "
		    "张虎\",\"id\":\"a\",\"by\":\"ctl\"}\n\n{\"get\":\"status\"}\n")));
	rig_assert_hears(g, fd, "{\"id\":\"a\",\"ok\":true,\"seq\":1}");
	rig_assert_hears(g, fd, "{\"ok\":true,\"seq\":2}");
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
		rig_assert_hears(g, fd, line.p);
	}
	close(fd);
	buf_finish(&said);
	buf_finish(&line);
	assert_int_equal(rig_finish(g), 0);
}

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
		rig_assert_refused(g, fd, "bad-argument");
		rig_assert_end(g, fd);
	}
	struct buf in = {0};
	buf_fill(&in, '[', 100000);
	int fd = rig_dial(g);
	rig_say(g, fd, buf_view(&in)); /* the host may close before the end */
	rig_assert_refused(g, fd, "bad-argument");
	rig_assert_end(g, fd);
	rig_until(g, server_peers(g->server) == 0);
	assert_int_equal(g->heard, 0);
	buf_finish(&in);
	assert_int_equal(rig_finish(g), 0);
}

static void
good_then_bad(void **state)
{
	(void)state;
	struct rig *g = rig_make(usual);
	int fd = rig_dial(g);
	assert_true(rig_say(g, fd, STR("{\"do\":\"x\"}\nbad\n{\"do\":\"y\"}\n")));
	rig_assert_hears(g, fd, "{\"ok\":true,\"seq\":1}");
	rig_assert_refused(g, fd, "bad-argument");
	rig_assert_end(g, fd);
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
		rig_assert_hears(g, fd, line.p);
	}
	close(fd);
	buf_finish(&line);
	assert_int_equal(rig_finish(g), 0);
}

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
	rig_assert_hears(g, good, "{\"ok\":true,\"seq\":3001}");
	close(bad);
	close(good);
	buf_finish(&b);
	assert_int_equal(rig_finish(g), 0);
}

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

static void
drips(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.partial_ms = 20});
	int fd = rig_dial(g), idle = rig_dial(g);
	rig_until(g, server_peers(g->server) == 2);
	for (size_t sent = 0; g->gone == 0 && sent < EVENT_LINE_MAX;
		uv_run(&g->loop, UV_RUN_NOWAIT)) {
		/* The loop's clock moves on between two drops. */
		uint64_t now = uv_now(&g->loop);
		rig_until(g, uv_now(&g->loop) != now);
		sent += send(fd, " ", 1, MSG_NOSIGNAL) == 1;
	}
	assert_int_equal(g->gone, 1);
	rig_assert_end(g, fd);
	/* Who has begun no line may be silent as long as it likes. */
	assert_true(rig_say(g, idle, STR("{\"get\":\"status\"}\n")));
	rig_assert_hears(g, idle, "{\"ok\":true,\"seq\":1}");
	close(idle);
	assert_int_equal(rig_finish(g), 0);
}

static void
paused_is_not_late(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.rate = 20, .burst = 1, .partial_ms = 40});
	int fd = rig_dial(g);
	assert_true(rig_say(g, fd,
		STR("{\"get\":\"status\"}\n{\"get\":\"status\"}\n{\"get\":\"status\"}\n{"
		    "\"get\":")));
	rig_until(g, g->heard == 3);
	assert_true(rig_say(g, fd, STR("\"status\"}\n")));
	rig_until(g, g->heard == 4 || g->gone == 1);
	assert_int_equal(g->heard, 4);
	close(fd);
	assert_int_equal(rig_finish(g), 0);
}

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
	rig_assert_hears(g, fd, "one");
	rig_assert_hears(g, fd, "two");
	rig_assert_end(g, fd);
	/* With nothing to wait for it is closed at once; without an answer, after a while. */
	shutdown(other, SHUT_WR);
	rig_assert_end(g, other);
	rig_until(g, g->gone == 2);
	assert_int_equal(rig_finish(g), 0);
	g = rig_make((struct server_limits){.partial_ms = 10});
	g->silent = true;
	fd = rig_dial(g);
	assert_true(rig_say(g, fd, STR("{\"get\":\"status\"}\n")));
	shutdown(fd, SHUT_WR);
	rig_assert_end(g, fd);
	assert_int_equal(rig_finish(g), 0);
}

static void
too_many(void **state)
{
	(void)state;
	struct rig *g = rig_make((struct server_limits){.peers = 2});
	int one = rig_dial(g), two = rig_dial(g), three = rig_dial(g);
	rig_assert_refused(g, three, "limit");
	rig_assert_end(g, three);
	close(one);
	rig_until(g, server_peers(g->server) == 1);
	int four = rig_dial(g);
	assert_true(rig_say(g, four, STR("{\"get\":\"status\"}\n")));
	rig_assert_hears(g, four, "{\"ok\":true,\"seq\":1}");
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
	buf_fill(&b, 'x', LINK_ANSWER_MAX + 1);
	server_say(g->last, buf_view(&b));
	server_say(g->last, str_upto(buf_view(&b), LINK_ANSWER_MAX));
	rig_assert_refused(g, fd, "limit");
	struct buf heard = {0};
	assert_true(rig_hear(g, fd, &heard));
	assert_int_equal(heard.n, LINK_ANSWER_MAX);
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
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
