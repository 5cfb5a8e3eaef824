/*
 * The copies that a joined console keeps of the host's logs. The loop never
 * waits for the disk: what came is handed to a thread, and what comes meanwhile
 * goes in the next turn. A disk that fails stops nothing; it is tried again.
 */
#include <stdlib.h>

#include "joined.h"

enum { AGAIN_MS = 2000 };

static void
work(uv_work_t *req)
{
	struct copies *c = req->data;
	c->failed = 0;
	for (int lane = 0; lane < 2; lane++) {
		int error = c->going[lane].n ? mirror_write(c->mirror[lane], buf_view(&c->going[lane])) : 0;
		if (error)
			c->failed = error;
		else
			buf_finish(&c->going[lane]);
	}
}

static void
settle(struct copies *c)
{
	c->error = c->failed;
	for (int lane = 0; lane < 2; lane++)
		if (!c->going[lane].n)
			c->synced[lane] = c->handed[lane];
	if (c->error)
		c->again = uv_now(c->loop) + AGAIN_MS;
}

static void
done(uv_work_t *req, int status)
{
	struct copies *c = req->data;
	(void)status;
	c->busy = false;
	settle(c);
}

int
copies_open(struct copies *c, uv_loop_t *loop, const char *log, bool chairs)
{
	struct journal_check check;
	char *path = chairs_path(log);
	c->loop = loop;
	c->work.data = c;
	int error = mirror_open(&c->mirror[LANE_SESSION], log, NULL, NULL, &check);
	if (!error)
		c->came[LANE_SESSION] = c->handed[LANE_SESSION] = c->synced[LANE_SESSION] = check.records - 1;
	journal_check_finish(&check);
	c->came[LANE_CHAIRS] = c->handed[LANE_CHAIRS] = c->synced[LANE_CHAIRS] = -1;
	if (!error && chairs) {
		error = mirror_open(&c->mirror[LANE_CHAIRS], path, NULL, NULL, &check);
		if (!error)
			c->came[LANE_CHAIRS] = c->handed[LANE_CHAIRS] = c->synced[LANE_CHAIRS] =
				check.records - 1;
		journal_check_finish(&check);
	}
	free(path);
	return error;
}

void
copies_take(struct copies *c, enum event_lane lane, int64_t seq, struct str line)
{
	c->came[lane] = seq;
	if (!c->mirror[lane])
		return;
	buf_str(&c->coming[lane], line);
	buf_char(&c->coming[lane], '\n');
}

/* What could not be written stays in front of what came since. */
static bool
hand_over(struct copies *c)
{
	bool any = false;
	for (int lane = 0; lane < 2; lane++) {
		buf_str(&c->going[lane], buf_view(&c->coming[lane]));
		buf_reset(&c->coming[lane]);
		c->handed[lane] = c->came[lane];
		any = any || c->going[lane].n;
	}
	return any;
}

void
copies_turn(struct copies *c)
{
	if (c->busy || !c->loop || uv_now(c->loop) < c->again || !hand_over(c))
		return;
	c->busy = true;
	if (uv_queue_work(c->loop, &c->work, work, done) < 0) {
		work(&c->work);
		done(&c->work, 0);
	}
}

bool
copies_busy(const struct copies *c)
{
	return c->busy;
}

int
copies_finish(struct copies *c)
{
	if (hand_over(c)) {
		work(&c->work);
		c->error = c->failed;
	}
	for (int lane = 0; lane < 2; lane++) {
		mirror_close(c->mirror[lane]);
		buf_finish(&c->coming[lane]);
		buf_finish(&c->going[lane]);
	}
	int error = c->error;
	*c = (struct copies){0};
	return error;
}
