/*
 * What a heartbeat costs: it is no news, so nothing is painted for it alone; the
 * next second shows how many records are saved. Whatever else happens with it
 * is painted at once.
 */
#include "dais/ui.h"
#include "sitting.h"

struct rig {
	struct sitting x;
	struct ui *ui;
	struct ui_status status;
	int64_t t;
};

static enum refusal
on_command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	(void)ctx;
	(void)line;
	(void)a;
	(void)no;
	return REFUSAL_NONE;
}

/* The disk has all that was appended. */
static void
saved(struct rig *r)
{
	r->status.saved = session_next_seq(r->x.s, LANE_SESSION) - 1;
	r->status.unsaved = 0;
	ui_status(r->ui, &r->status);
}

static void
rig_open(struct rig *r)
{
	*r = (struct rig){.x = sitting_plain(), .t = 1000};
	r->status.held = EVENT_NO;
	assert_int_equal(sitting_do(&r->x, 0, "segment go p1"), 0);
	assert_int_equal(sitting_do(&r->x, 0, "floor give a"), 0);
	struct ui_calls calls = {.ctx = r, .command = on_command};
	r->ui = ui_create(r->x.s, NULL, &calls);
	ui_resize(r->ui, 120, 36);
	ui_changed(r->ui);
	saved(r);
	ui_paint(r->ui, r->t);
	assert_false(ui_dirty(r->ui));
}

static void
rig_close(struct rig *r)
{
	ui_destroy(r->ui);
	sitting_close(&r->x);
}

static void
beat(struct rig *r)
{
	struct event e = event_make(EVENT_SESSION_TICK);
	e.t = r->t += SESSION_TICK_MS;
	assert_int_equal(sitting_apply(&r->x, e), 0);
	r->status.unsaved = 1;
	ui_status(r->ui, &r->status);
	ui_changed(r->ui);
}

static bool
shows(struct rig *r, const char *text)
{
	struct buf picture = {0};
	grid_dump(ui_paint(r->ui, r->t), &picture, false);
	bool is = strstr(picture.p, text) != NULL;
	buf_finish(&picture);
	return is;
}

static void
test_no_news(void **state)
{
	struct rig r;
	(void)state;
	rig_open(&r);
	assert_true(shows(&r, "saved 3"));
	for (int i = 0; i < 3; i++) {
		beat(&r);
		assert_false(ui_dirty(r.ui));
		saved(&r);
		assert_false(ui_dirty(r.ui));
	}
	assert_true(shows(&r, "saved 6"));
	rig_close(&r);
}

static void
test_with_others(void **state)
{
	struct rig r;
	(void)state;
	rig_open(&r);
	beat(&r);
	assert_int_equal(sitting_do(&r.x, r.t, "queue add b"), 0);
	ui_changed(r.ui);
	assert_true(ui_dirty(r.ui));
	ui_paint(r.ui, r.t);
	/* Who acted waits to see that it is saved. */
	saved(&r);
	assert_true(ui_dirty(r.ui));
	ui_paint(r.ui, r.t);
	beat(&r);
	r.status.consoles = 1;
	saved(&r);
	assert_true(ui_dirty(r.ui));
	rig_close(&r);
}

static void
test_not_saved(void **state)
{
	struct rig r;
	(void)state;
	rig_open(&r);
	beat(&r);
	r.status.not_saved = true;
	r.status.trouble = STR("the disk is full");
	ui_status(r.ui, &r.status);
	assert_true(ui_dirty(r.ui));
	assert_true(shows(&r, "NOT SAVED"));
	/* And how many wait, heartbeats too, is shown as it grows. */
	r.status.unsaved = 2;
	ui_status(r.ui, &r.status);
	assert_true(ui_dirty(r.ui));
	rig_close(&r);
}

/* The copy of a second machine lags behind: it is told by what it lacks. */
static void
test_copied(void **state)
{
	struct rig r;
	(void)state;
	rig_open(&r);
	r.status.consoles = r.status.copies = 1;
	r.status.held = 0;
	saved(&r);
	ui_paint(r.ui, r.t);
	r.status.held = r.status.saved;
	ui_status(r.ui, &r.status);
	assert_true(ui_dirty(r.ui));
	ui_paint(r.ui, r.t);
	beat(&r);
	saved(&r);
	r.status.held = r.status.saved;
	ui_status(r.ui, &r.status);
	assert_false(ui_dirty(r.ui));
	rig_close(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_news), cmocka_unit_test(test_with_others),
		cmocka_unit_test(test_not_saved), cmocka_unit_test(test_copied)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
