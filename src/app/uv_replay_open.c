/*
 * A log is opened: a million records take some seconds, so a thread of the pool
 * reads and folds them. Until it is done the loop shows how far it is, and
 * whoever does not want to wait is let go at once: the thread changes nothing, so
 * it may end with the process.
 */
#include "player.h"

enum { PATIENCE_MS = 500, LOOK_MS = 100 };

static void
done(void *ctx, int thousandths)
{
	struct player *p = ctx;
	atomic_store_explicit(&p->done, thousandths, memory_order_relaxed);
}

static void
work(uv_work_t *req)
{
	struct player *p = req->data;
	const struct recall_watch watch = {p, done};
	p->error = recall_watched(&p->recall, p->start->log, true, &watch);
}

static void
worked(uv_work_t *req, int status)
{
	struct player *p = req->data;
	p->opening = false;
	uv_timer_stop(&p->patience);
	if (status)
		p->error = status;
	if (!p->leaving)
		player_opened(p);
}

/* It takes longer than one likes to look at nothing. */
static void
look(uv_timer_t *timer)
{
	struct player *p = timer->data;
	if (p->leaving)
		return;
	if (!p->screen.ui && screen_start(&p->screen, &p->uv, p->nothing, &p->screen.calls) != 0) {
		player_leave(p, DAIS_FAILED);
		return;
	}
	ui_progress(p->screen.ui, _("the log is read"),
		atomic_load_explicit(&p->done, memory_order_relaxed));
}

void
opening_start(struct player *p)
{
	p->opening = true;
	p->work.data = p->patience.data = p;
	uv_timer_init(&p->uv, &p->patience);
	uv_timer_start(&p->patience, look, PATIENCE_MS, LOOK_MS);
	int error = uv_queue_work(&p->uv, &p->work, work, worked);
	if (error)
		worked(&p->work, error);
}
