/* A host's socket: whose it is, that it comes back, and that nothing of it stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "rig.h"

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
	rig_assert_hears(g, old, "{\"ok\":true,\"seq\":4}");
	close(old);
	assert_int_equal(rig_finish(g), 0);
}

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
	/* A second server at the same place finds the first one's socket and replaces it, as after
	 * kill -9. */
	struct server *first = g->server;
	assert_int_equal(rig_serve(g, usual), 0);
	int fd = rig_dial(g);
	assert_true(rig_say(g, fd, STR("{\"get\":\"status\"}\n")));
	rig_assert_hears(g, fd, "{\"ok\":true,\"seq\":1}");
	assert_int_equal(server_peers(first), 0);
	assert_int_equal(server_peers(g->server), 1);
	close(fd);
	server_stop(first, NULL, NULL);
	assert_int_equal(rig_finish(g), 0);
}

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
	rig_assert_hears(g, served, "{\"ok\":true,\"seq\":1}");
	struct buf b = {0};
	assert_false(rig_hear(g, late, &b));
	setrlimit(RLIMIT_NOFILE, &old);
	close(late);
	late = rig_dial(g);
	assert_true(rig_say(g, late, STR("{\"get\":\"status\"}\n")));
	rig_assert_hears(g, late, "{\"ok\":true,\"seq\":2}");
	close(late);
	close(served);
	buf_finish(&b);
	assert_int_equal(rig_finish(g), 0);
}

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
	rig_assert_hears(g, reader, "goodbye");
	rig_assert_end(g, reader);
	rig_assert_end(g, idle);
	close(stuck);
	snprintf(path, sizeof path, "%s/dais/forum.lock", g->dir);
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(rig_finish(g), 0);
	assert_int_equal(count_fds(), fds);
}

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
		rig_assert_hears(g, fd, line.p);
	}
	rig_assert_end(g, fd);
	rig_until(g, g->closed == 1);
	buf_finish(&line);
	assert_int_equal(rig_finish(g), 0);
}

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(narrow_socket),
		cmocka_unit_test(other_user),
		cmocka_unit_test(binds_again),
		cmocka_unit_test(binds_again_later),
		cmocka_unit_test(stale_socket),
		cmocka_unit_test(no_descriptors),
		cmocka_unit_test(stops),
		cmocka_unit_test(stops_after_the_last_word),
		cmocka_unit_test(stops_any_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
