/*
 * Saving off the loop: what was queued goes to the disk in a thread of the
 * pool, all of it in one sync, while the next batch gathers.
 */
#include "live.h"

static void
work(uv_work_t *req)
{
	struct saver *s = req->data;
	s->commit.result = journal_commit(s->commit.batch);
}

static void
retry(uv_timer_t *timer)
{
	struct saver *s = timer->data;
	s->held = false;
	s->loop->news = true;
}

static void
done(uv_work_t *req, int status)
{
	struct saver *s = req->data;
	struct loop *l = s->loop;
	if (status < 0)
		s->commit.result = status;
	s->busy = false;
	host_settle(l->host, &s->commit);
	l->news = true;
	if (s->commit.result && !l->leaving) {
		enum event_lane lane = s == &l->savers[LANE_SESSION] ? LANE_SESSION : LANE_CHAIRS;
		s->held = true;
		uv_timer_start(&s->retry, retry, (uint64_t)host_retry_ms(l->host, lane), 0);
	}
}

void
save_start(struct loop *l)
{
	for (size_t i = 0; i < 2; i++) {
		l->savers[i].loop = l;
		l->savers[i].work.data = &l->savers[i];
		uv_timer_init(&l->uv, &l->savers[i].retry);
		l->savers[i].retry.data = &l->savers[i];
	}
}

void
save_turn(struct loop *l)
{
	for (size_t lane = 0; lane < 2; lane++) {
		struct saver *s = &l->savers[lane];
		if (s->busy || s->held || !host_begin(l->host, (enum event_lane)lane, &s->commit))
			continue;
		s->busy = true;
		if (uv_queue_work(&l->uv, &s->work, work, done) < 0) {
			/* Without threads the loop waits for the disk rather than lose a word. */
			work(&s->work);
			done(&s->work, 0);
		}
	}
}

bool
save_busy(const struct loop *l)
{
	return l->savers[0].busy || l->savers[1].busy;
}
