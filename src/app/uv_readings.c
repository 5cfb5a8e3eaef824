/*
 * How names are read. ICU takes a tenth of a second to open and some time for
 * each name, so all of it happens in a thread of the pool, some names at a
 * time; what comes back are plain strings. Where nobody has a Chinese name
 * nothing of it happens.
 */
#include <stdatomic.h>
#include <stdlib.h>

#include "dais/pinyin.h"
#include "screen.h"

enum { BATCH = 128 };

struct reading {
	char *id, *name; /* owned */
	struct buf names, generic;
};

struct readings {
	uv_work_t work;
	struct screen *screen;
	bool busy;
	atomic_bool stop;
	/* The worker's, while it is busy. */
	struct pinyin *pinyin;
	bool failed; /* ICU has no such data */
	struct reading batch[BATCH];
	size_t n;
};

static void
work(uv_work_t *req)
{
	struct readings *r = req->data;
	if (!r->pinyin && !r->failed && !atomic_load(&r->stop)) {
		r->pinyin = pinyin_create();
		r->failed = !r->pinyin;
	}
	for (size_t i = 0; r->pinyin && i < r->n && !atomic_load(&r->stop); i++) {
		struct reading *one = &r->batch[i];
		pinyin_name(r->pinyin, &one->names, str_of(one->name));
		pinyin_generic(r->pinyin, &one->generic, str_of(one->name));
	}
}

static void
forget_batch(struct readings *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct reading *one = &r->batch[i];
		free(one->id);
		free(one->name);
		buf_finish(&one->names);
		buf_finish(&one->generic);
		*one = (struct reading){0};
	}
	r->n = 0;
}

static void
done(uv_work_t *req, int status)
{
	struct readings *r = req->data;
	struct ui *ui = r->screen->ui;
	r->busy = false;
	for (size_t i = 0; ui && !status && !atomic_load(&r->stop) && i < r->n; i++) {
		const struct reading *one = &r->batch[i];
		struct ui_name who = {str_of(one->id), str_of(one->name)};
		ui_readings(ui, &who, buf_view(&one->names), buf_view(&one->generic));
	}
	forget_batch(r);
}

void
readings_turn(struct screen *sc)
{
	struct ui_name names[BATCH];
	struct readings *r = sc->readings;
	if (r && (r->busy || r->failed))
		return;
	size_t n = ui_unread(sc->ui, names, BATCH);
	if (!n) {
		/* Everybody is known. To open it again for a newcomer is the worker's matter. */
		if (r && r->pinyin) {
			pinyin_destroy(r->pinyin);
			r->pinyin = NULL;
		}
		return;
	}
	if (!r) {
		r = sc->readings = xcalloc(1, sizeof *r);
		r->screen = sc;
		r->work.data = r;
	}
	for (r->n = 0; r->n < n; r->n++)
		r->batch[r->n] = (struct reading){
			.id = str_dup(names[r->n].id), .name = str_dup(names[r->n].name)};
	r->busy = true;
	if (uv_queue_work(sc->loop, &r->work, work, done) < 0) {
		/* Without threads people are found by characters and ids. */
		r->busy = false;
		r->failed = true;
		forget_batch(r);
	}
}

bool
readings_busy(const struct screen *sc)
{
	return sc->readings && sc->readings->busy;
}

void
readings_stop(struct screen *sc)
{
	if (!readings_busy(sc))
		return;
	atomic_store(&sc->readings->stop, true);
	uv_cancel((uv_req_t *)&sc->readings->work);
}

void
readings_finish(struct screen *sc)
{
	if (!sc->readings)
		return;
	pinyin_destroy(sc->readings->pinyin);
	free(sc->readings);
	sc->readings = NULL;
}
