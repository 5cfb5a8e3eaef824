/* The blocking client, in threads beside the loop of a host. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "rig.h"

/* Frames that are no lines, and lines that are no requests: one answer, then the end. */

/* A good line before the bad one is still done and answered. */

/* What reads nothing is closed once 256 KiB wait; the kernel holds some more. */

/* A slow one loses nothing, as long as it does not fall behind that far. */

/* A flooding peer gets what the bucket gives, by the loop's own clock, and all of it in the end. */

/* While one is paused the others are served, and its paused loop sleeps: no turn finds anything to
 * do. */

/* A line that drips never ends: closed, and each drop does not renew the time. */

/* The time of a partial line does not run while it is we who do not read. */

/* printf | nc -N: closes its side at once, and still gets the answer that comes later. */

/* All of them at once, and one good client that notices nothing. */

/* Another user gets nothing, even where somebody opened the modes. */

/* A folder that cannot be made again for a while is no reason to give up. */

/* Out of descriptors: who comes then is turned away, the others are served, and it passes. */

/* What was said is read to the end; who does not read cannot hold the end up; nothing stays. */

/* All that waits is written before the goodbye, also what waits behind the first write. */

/* Stopped and restarted at every step of a peer's life: the sanitizers watch. */

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
		request_write(
			&line, &(struct request){.line = STR("note add 张"), .id = str_of(id)});
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

/* A joined console reads its first key, whoever asks and waits its last. */
static void
assert_refused(struct str line)
{
	struct str end = STR(",\"ok\":false}");
	assert_true(str_starts(line, STR("{\"refused\":\"bad-argument\"")));
	assert_true(str_is((struct str){line.p + line.n - end.n, end.n}, ",\"ok\":false}"));
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
	assert_refused(line);
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
	assert_refused(line);
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
		cmocka_unit_test(clients),
		cmocka_unit_test(client_edges),
		cmocka_unit_test(client_hears_nonsense),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
