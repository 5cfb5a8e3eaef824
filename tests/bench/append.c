/*
 * What it costs to have a record on the disk. Each commit is made as the
 * program makes it, in a thread of libuv's pool while its loop goes on, and in
 * turn with a plain write and fdatasync of the same bytes to a file beside it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <uv.h>

#include "dais/journal.h"

#include "machine.h"

enum { COMMITS = 600, BURST = 60000, BURST_ROUNDS = 5, TEXT = 60, PATH_BYTES = 64 };

struct saving {
	uv_loop_t loop;
	uv_work_t work;
	struct journal *log;
	struct journal_batch *batch;
	int result, turns;
	struct buf body;
};

static void
need(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "append: %s\n", what);
	exit(1);
}

static double
now_s(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* A note of the usual length: with its seal some 300 bytes. */
static struct str
body(struct saving *s, int i)
{
	buf_reset(&s->body);
	buf_printf(&s->body,
		"\"t\":%d,\"at\":\"2023-07-15T14:00:00+08:00\",\"by\":\"scribe\",\"kind\":\"note.add\","
		"\"data\":{\"note\":%d,\"text\":\"",
		i, i + 1);
	buf_fill(&s->body, 'a', TEXT);
	buf_puts(&s->body, "\"}");
	return buf_view(&s->body);
}

static void begin(struct saving *s);

static void
commit(uv_work_t *work)
{
	struct saving *s = work->data;
	s->result = journal_commit(s->batch);
}

static void
settle(uv_work_t *work, int status)
{
	struct saving *s = work->data;
	need(status == 0 && journal_settle(s->log, s->batch, s->result) == 0, "a commit failed");
	s->turns++;
	begin(s);
}

/* Whatever came while the last one was written goes with the next one. */
static void
begin(struct saving *s)
{
	s->batch = journal_begin(s->log);
	if (s->batch)
		need(uv_queue_work(&s->loop, &s->work, commit, settle) == 0, "no thread");
}

static void
create(struct saving *s, const char *path)
{
	need(journal_create(&s->log, path, body(s, 0)) == 0, "no log could be made here");
	/* The first work starts the threads. */
	struct str one = body(s, 1);
	journal_append(s->log, &one, 1);
	begin(s);
	uv_run(&s->loop, UV_RUN_DEFAULT);
}

static void
discard(struct saving *s, const char *path)
{
	char mark[PATH_BYTES + 8];
	journal_close(s->log);
	snprintf(mark, sizeof mark, "%s.mark", path);
	unlink(mark);
	unlink(path);
}

static double
plain_commit(int fd, struct str line)
{
	double began = now_s();
	need(write(fd, line.p, line.n) == (ssize_t)line.n && fdatasync(fd) == 0, strerror(errno));
	return now_s() - began;
}

static double
our_commit(struct saving *s, int i)
{
	struct str one = body(s, i + 2);
	double began = now_s();
	journal_append(s->log, &one, 1);
	begin(s);
	uv_run(&s->loop, UV_RUN_DEFAULT);
	return now_s() - began;
}

static void
singles(struct saving *s, const char *path, int plain)
{
	static double ours[COMMITS], theirs[COMMITS], ratios[COMMITS];
	struct str line = STR_NONE;
	create(s, path);
	for (int i = 0; i < COMMITS; i++) {
		ours[i] = our_commit(s, i);
		line = journal_line(s->log, i + 2);
		need(line.n > 0, "a record cannot be read back");
		char bytes[JOURNAL_LINE_MAX];
		memcpy(bytes, line.p, line.n);
		bytes[line.n] = '\n';
		theirs[i] = plain_commit(plain, (struct str){bytes, line.n + 1});
		ratios[i] = ours[i] / theirs[i];
	}
	discard(s, path);
	machine_figure("append, one record a sync: p50", "dais", "us",
		machine_median(ours, COMMITS) * 1e6);
	machine_figure("append, one record a sync: p50", "plain write+fdatasync", "us",
		machine_median(theirs, COMMITS) * 1e6);
	machine_figure("append, one record a sync: pair by pair", "dais", "x plain",
		machine_median(ratios, COMMITS));
}

/* Records come faster than the disk takes them. */
static void
burst(struct saving *s, const char *path)
{
	double wall[BURST_ROUNDS], cpu[BURST_ROUNDS], syncs[BURST_ROUNDS];
	for (int round = 0; round < BURST_ROUNDS; round++) {
		create(s, path);
		s->turns = 0;
		double began = now_s(), used = machine_cpu_s();
		for (int i = 0; i < BURST; i++) {
			struct str one = body(s, i + 2);
			journal_append(s->log, &one, 1);
			if (!s->batch)
				begin(s);
			if (i % 100 == 0)
				uv_run(&s->loop, UV_RUN_NOWAIT);
		}
		uv_run(&s->loop, UV_RUN_DEFAULT);
		need(journal_synced(s->log) == BURST + 1, "records are missing");
		wall[round] = BURST / (now_s() - began);
		cpu[round] = (machine_cpu_s() - used) / BURST * 1e6;
		syncs[round] = BURST / (double)s->turns;
		discard(s, path);
	}
	machine_figure("append, burst", "dais", "records/s", machine_median(wall, BURST_ROUNDS));
	machine_figure("append, burst: CPU", "dais", "us/record", machine_median(cpu, BURST_ROUNDS));
	machine_figure("append, burst: records a sync", "dais", "", machine_median(syncs, BURST_ROUNDS));
}

int
main(void)
{
	struct saving s = {0};
	char path[PATH_BYTES], plain[] = "plain-XXXXXX";
	int fd = mkstemp(plain);
	need(fd >= 0, strerror(errno));
	snprintf(path, sizeof path, "append-%ld.dais", (long)getpid());
	uv_loop_init(&s.loop);
	s.work.data = &s;
	singles(&s, path, fd);
	burst(&s, path);
	uv_loop_close(&s.loop);
	buf_finish(&s.body);
	close(fd);
	unlink(plain);
	return 0;
}
