/*
 * A console that joined. What its seat may is what the session allows it, for
 * every command and seat; no key of another seat's asks for anything; the
 * people online stand in the order of their need; who types is told once, and
 * a message is new until it was on the screen.
 */
#include "rig.h"

#include "dais/text.h"
#include "pane.h"
#include "sitting.h"

struct rig {
	struct sitting x;
	struct ui *ui;
	struct ui_joined is;
	struct buf asked, told; /* told: of typing, "+" and "-" */
};

static enum refusal
on_command(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	struct rig *r = ctx;
	(void)a;
	(void)no;
	buf_puts(&r->asked, r->asked.n ? "; " : "");
	buf_str(&r->asked, line);
	return REFUSAL_NONE;
}

static void
on_typing(void *ctx, bool typing)
{
	buf_puts(&((struct rig *)ctx)->told, typing ? "+" : "-");
}

static const struct ui_who here[] = {{.name = {"chair", 5}, .seat = SEAT_CHAIR},
	{.name = {"wang mei", 8}, .seat = SEAT_SCRIBE}, {.name = {"me", 2}, .seat = SEAT_ONLINE_CHAIR},
	{.name = {"hall", 4}, .seat = SEAT_STAGE}};

static void
rig_tell(struct rig *r)
{
	ui_joined(r->ui, &r->is, here, sizeof here / sizeof *here);
}

static void
rig_open(struct rig *r, enum seat seat)
{
	*r = (struct rig){.x = sitting_plain(), .is = {.seat = seat, .name = STR("me"), .rtt_ms = 5}};
	assert_int_equal(sitting_do(&r->x, 0, "segment go p1"), 0);
	struct ui_calls calls = {.ctx = r, .command = on_command, .typing = on_typing};
	r->ui = ui_create(r->x.s, NULL, &calls);
	ui_resize(r->ui, 120, 36);
	rig_tell(r);
	ui_paint(r->ui, 1000);
}

static void
rig_close(struct rig *r)
{
	ui_destroy(r->ui);
	sitting_close(&r->x);
	buf_finish(&r->asked);
	buf_finish(&r->told);
}

static void
feed(struct rig *r, const char *bytes)
{
	ui_clock(r->ui, r->ui->acting.clock_ms + 2000);
	ui_feed(r->ui, str_of(bytes));
	if (ui_timeout_ms(r->ui) >= 0)
		ui_idle(r->ui);
	ui_paint(r->ui, 1000);
}

static const enum seat seats[] = {SEAT_CHAIR, SEAT_ONLINE_CHAIR, SEAT_SCRIBE, SEAT_STAGE, SEAT_OBSERVER};
enum { SEATS = sizeof seats / sizeof *seats };

/* ---- what a seat may ---- */

static void
assert_rights(struct rig *r, enum seat seat)
{
	for (int verb = 0; verb < CMD_COUNT; verb++) {
		struct command c = {.verb = (enum command_verb)verb, .seat = seat, .by = STR("me"), .t = 2000,
			.basis = EVENT_NO, .number = EVENT_NO};
		struct events list = {0};
		struct refused no = {0};
		/* Other refusals of that code are of the moment. */
		bool may = session_decide(r->x.s, &c, &list, &no) != REFUSAL_NOT_ALLOWED ||
			   strcmp(no.why, "the seat {0} may not do this") != 0;
		/* Corrections after the close are refused while it is open, whoever asks. */
		bool later = verb == CMD_REPORT_REVIEW || verb == CMD_REPORT_APPROVE;
		if (!later && may != seat_may(r->ui, (enum command_verb)verb))
			fail_msg("%s: %s %s", seat_text(seat), command_rows()[verb].noun, command_rows()[verb].word);
		events_finish(&list);
	}
}

static void
test_rights(void **state)
{
	(void)state;
	for (size_t i = 0; i < SEATS; i++) {
		struct rig r;
		rig_open(&r, seats[i]);
		assert_rights(&r, seats[i]);
		assert_int_equal(sitting_do(&r.x, 1000, "chair pass a"), 0);
		assert_rights(&r, seats[i]);
		rig_close(&r);
	}
}

/* Every key in every pane, with somebody in the queue and on the floor. */
static void
test_keys(void **state)
{
	static const char keys[] = " n][warociexJKuUmlp+-><=s\r6";
	(void)state;
	for (size_t i = 0; i < SEATS; i++) {
		struct rig r;
		rig_open(&r, seats[i]);
		assert_int_equal(sitting_do(&r.x, 1000, "queue add a"), 0);
		assert_int_equal(sitting_do(&r.x, 1000, "queue add c"), 0);
		assert_int_equal(sitting_do(&r.x, 1000, "floor give b"), 0);
		for (int pane = 0; pane < PANE_FOCUSABLE; pane++)
			for (const char *key = keys; *key; key++) {
				char one[2] = {*key, 0};
				r.ui->focus = (enum pane_id)pane;
				r.ui->mode = MODE_NORMAL;
				feed(&r, one);
				struct arena a = {0};
				struct command c;
				struct refused no;
				if (r.asked.n && (command_parse(buf_view(&r.asked), &a, &c, &no) ||
							 !seat_may(r.ui, c.verb)))
					fail_msg("%s, pane %d, %s: asked %s", seat_text(seats[i]), pane, one, r.asked.p);
				bool types = mode_ops(r.ui->mode)->prompt != NULL;
				if (types && !seat_may(r.ui, CMD_NOTE_ADD))
					fail_msg("%s types", seat_text(seats[i]));
				arena_finish(&a);
				buf_reset(&r.asked);
			}
		rig_close(&r);
	}
}

static struct str
offered(struct rig *r, const char *line, struct arena *a)
{
	struct completion found;
	struct buf all = {0};
	struct complete_for with = {seat_bits(r->ui), NULL, 0, here, sizeof here / sizeof *here, STR("me")};
	complete_for(r->x.s, &with, str_of(line), strlen(line), a, &found);
	for (size_t i = 0; i < found.n; i++) {
		buf_puts(&all, i ? " " : "");
		buf_str(&all, found.items[i].text);
	}
	struct str kept = arena_str(a, buf_view(&all));
	buf_finish(&all);
	return kept;
}

static void
test_completion(void **state)
{
	struct arena a = {0};
	struct rig r;
	(void)state;
	rig_open(&r, SEAT_SCRIBE);
	assert_str(offered(&r, "", &a), "note mark message");
	assert_str(offered(&r, "floor ", &a), "");
	assert_str(offered(&r, "give", &a), "");
	rig_close(&r);
	rig_open(&r, SEAT_ONLINE_CHAIR);
	assert_str(offered(&r, "", &a), "queue people note mark message");
	/* Oneself and the hall's screens are nobody to write to. */
	assert_str(offered(&r, "message send --to ", &a), "chair \"wang mei\"");
	assert_str(offered(&r, "message send --to wa", &a), "\"wang mei\"");
	assert_int_equal(sitting_do(&r.x, 1000, "chair pass a"), 0);
	assert_str(offered(&r, "floor to", &a), "toggle");
	rig_close(&r);
	arena_finish(&a);
}

/* ---- the people online ---- */

/* Their names from the top, as the pane walks them. */
static void
assert_order(struct rig *r, const char *want)
{
	struct buf got = {0};
	r->ui->focus = PANE_REMOTE;
	for (int i = 0; i < 10; i++)
		pane_remote.step(r->ui, -1);
	struct str last = STR_NONE;
	for (int i = 0; i < 10; i++, pane_remote.step(r->ui, 1)) {
		struct str id = remote_chosen(r->ui)->id;
		if (str_eq(id, last))
			break;
		buf_puts(&got, i ? " " : "");
		buf_str(&got, id);
		last = id;
	}
	assert_str(buf_view(&got), want);
	buf_finish(&got);
	ui_paint(r->ui, 1000);
}

static void
test_order(void **state)
{
	struct rig r;
	(void)state;
	rig_open(&r, SEAT_ONLINE_CHAIR);
	assert_int_equal(sitting_do(&r.x, 1000, "people set a --online"), 0);
	assert_int_equal(sitting_do(&r.x, 1000, "people set b --online"), 0);
	assert_order(&r, "a b c");
	assert_int_equal(sitting_do(&r.x, 1000, "people set a --link away"), 0);
	assert_int_equal(sitting_do(&r.x, 1000, "people set c --link ready"), 0);
	assert_order(&r, "c b a");
	assert_int_equal(sitting_do(&r.x, 1000, "people set b --link connecting"), 0);
	assert_order(&r, "b c a");
	/* Who waits comes before who does not; who is next and cannot be heard before everybody. */
	assert_int_equal(sitting_do(&r.x, 1000, "queue add c"), 0);
	assert_order(&r, "c b a");
	assert_int_equal(sitting_do(&r.x, 1000, "queue add a"), 0);
	assert_order(&r, "a c b");
	assert_int_equal(sitting_do(&r.x, 1000, "floor give b"), 0);
	assert_order(&r, "b a c");
	assert_int_equal(sitting_do(&r.x, 1000, "people set b --link ready"), 0);
	assert_order(&r, "a b c");
	rig_close(&r);
}

static void
test_link(void **state)
{
	struct rig r;
	(void)state;
	rig_open(&r, SEAT_ONLINE_CHAIR);
	feed(&r, "\r");
	assert_str(buf_view(&r.asked), "queue add c --online");
	buf_reset(&r.asked);
	/* The host has answered nothing yet: the next press goes on from the last. */
	for (int i = 0; i < 4; i++) {
		ui_clock(r.ui, 100000 + 100 * i);
		ui_feed(r.ui, STR("s"));
	}
	assert_str(buf_view(&r.asked), "people set c --link ready; people set c --link muted; "
		"people set c --link away; people set c --link connecting");
	buf_reset(&r.asked);
	feed(&r, "s");
	assert_str(buf_view(&r.asked), "people set c --link ready");
	rig_close(&r);
}

/* ---- typing, messages, an old picture ---- */

static void
test_typing(void **state)
{
	struct rig r;
	(void)state;
	rig_open(&r, SEAT_SCRIBE);
	feed(&r, "i");
	assert_str(buf_view(&r.told), "");
	feed(&r, "a");
	feed(&r, "b");
	assert_str(buf_view(&r.told), "+");
	/* A text that is left standing is not being typed. */
	ui_clock(r.ui, r.ui->acting.clock_ms + 10000);
	ui_paint(r.ui, 2000);
	ui_paint(r.ui, 3000);
	assert_str(buf_view(&r.told), "+-");
	feed(&r, "c");
	feed(&r, "\r");
	assert_str(buf_view(&r.told), "+-+-");
	feed(&r, "d");
	feed(&r, "\x1b");
	assert_str(buf_view(&r.told), "+-+-+-");
	/* A command is nobody's business. */
	feed(&r, ":");
	feed(&r, "x");
	assert_str(buf_view(&r.told), "+-+-+-");
	rig_close(&r);
}

static void
test_unread(void **state)
{
	struct rig r;
	(void)state;
	rig_open(&r, SEAT_ONLINE_CHAIR);
	feed(&r, "?");
	assert_int_equal(sitting_do(&r.x, 1000, "message send one"), 0);
	assert_int_equal(sitting_do(&r.x, 1000, "message send two"), 0);
	ui_changed(r.ui);
	ui_paint(r.ui, 1000);
	assert_int_equal(messages_unread(r.ui), 2);
	feed(&r, "\x1b");
	assert_int_equal(messages_unread(r.ui), 0);
	/* My own are known to me. */
	feed(&r, "?");
	struct events mine = {0};
	struct refused no;
	struct command c = {.verb = CMD_MESSAGE_SEND, .seat = SEAT_ONLINE_CHAIR, .by = STR("me"), .t = 2000,
		.text = STR("x"), .basis = EVENT_NO, .number = EVENT_NO};
	const char *why;
	assert_int_equal(session_decide(r.x.s, &c, &mine, &no), 0);
	assert_int_equal(session_apply(r.x.s, &mine.items[0], &why), 0);
	events_finish(&mine);
	assert_int_equal(messages_unread(r.ui), 0);
	rig_close(&r);
}

static bool
shows(struct rig *r, int64_t t, const char *text)
{
	struct buf all = {0};
	grid_dump(ui_paint(r->ui, t), &all, false);
	bool found = strstr(all.p, text) != NULL;
	buf_finish(&all);
	return found;
}

static void
test_cut(void **state)
{
	struct rig r;
	(void)state;
	rig_open(&r, SEAT_SCRIBE);
	assert_int_equal(sitting_do(&r.x, 1000, "floor give a"), 0);
	assert_true(shows(&r, 11000, "2:50 left"));
	r.is = (struct ui_joined){.seat = SEAT_SCRIBE, .name = STR("me"), .line = STR("CUT OFF since 14:00:11"),
		.cut = true, .lost = true, .as_of = 11000, .unsent = 2, .rtt_ms = EVENT_NO};
	rig_tell(&r);
	/* Nothing goes on, and nothing looks as if it did. */
	assert_true(shows(&r, 41000, "2:50 left"));
	assert_true(shows(&r, 41000, "✗ CUT OFF since 14:00:11 · 2 notes wait"));
	for (int i = 0; i < r.ui->grid.columns * r.ui->grid.rows; i++)
		assert_true(r.ui->grid.cells[i].style != STYLE_CLOCK && r.ui->grid.cells[i].style != STYLE_BAR);
	for (int w = 1; w < 140; w++)
		for (int h = 1; h < 40; h += 3) {
			ui_resize(r.ui, w, h);
			if (w >= 12 && h > 1 && !shows(&r, 41000, "CUT OFF"))
				fail_msg("not said at %dx%d", w, h);
		}
	r.is.cut = r.is.lost = false;
	r.is.line = STR_NONE;
	ui_resize(r.ui, 120, 36);
	rig_tell(&r);
	assert_true(shows(&r, 41000, "2:20 left"));
	rig_close(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rights), cmocka_unit_test(test_keys),
		cmocka_unit_test(test_completion), cmocka_unit_test(test_order), cmocka_unit_test(test_link),
		cmocka_unit_test(test_typing), cmocka_unit_test(test_unread), cmocka_unit_test(test_cut)};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("joined", tests, NULL, NULL);
}
