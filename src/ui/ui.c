/*
 * The console: holds what a person is doing (mode, focus, what is chosen and
 * typed) beside a session that it only reads. Keys become command lines; what
 * comes of them is seen at the next painting.
 */
#include "pane.h"

#include <stdlib.h>

static const struct pane_ops *const panes[PANE_COUNT] = {
	[PANE_AGENDA] = &pane_agenda, [PANE_POINT] = &pane_point, [PANE_FLOOR] = &pane_floor,
	[PANE_QUEUE] = &pane_queue, [PANE_NOTES] = &pane_notes, [PANE_REMOTE] = &pane_remote,
	[PANE_HEADER] = &pane_header,
	[PANE_STRIP] = &pane_strip, [PANE_TABS] = &pane_tabs, [PANE_NEXT] = &pane_next,
	[PANE_INPUT] = &pane_input, [PANE_HINTS] = &pane_hints, [PANE_TIMELINE] = &pane_timeline};

static const struct mode_ops *const modes[MODE_COUNT] = {
	[MODE_NORMAL] = &mode_normal, [MODE_NOTE] = &mode_note, [MODE_MESSAGE] = &mode_message,
	[MODE_LATE] = &mode_late, [MODE_COMMAND] = &mode_command, [MODE_PICK] = &mode_pick,
	[MODE_DIALOG] = &mode_dialog, [MODE_HELP] = &mode_help,
	[MODE_UNDO] = &mode_undo, [MODE_MESSAGES] = &mode_messages,
	[MODE_FIND] = &mode_find, [MODE_CARD] = &mode_card, [MODE_SUMMARY] = &mode_summary, [MODE_THEME] = &mode_theme,
	[MODE_STAGE] = &mode_stage, [MODE_TEXT] = &mode_text, [MODE_GO_TO] = &mode_goto,
	[MODE_HERE] = &mode_here};

const struct pane_ops *
pane_ops(enum pane_id id)
{
	return panes[id];
}

const struct mode_ops *
mode_ops(enum mode_id id)
{
	return modes[id];
}

void
mode_enter(struct ui *u, enum mode_id mode)
{
	if (mode != MODE_DIALOG) {
		edit_clear(&u->edit);
		if (u->said_bad)
			buf_reset(&u->said);
		u->note = EVENT_NO;
		u->edit.lines = mode == MODE_NOTE;
		u->edit.limit = mode == MODE_NOTE ? NOTE_TYPED_MAX : EVENT_NOTE_MAX;
		u->history.at = u->history.n;
	}
	list_close(u);
	u->wrong = SIZE_MAX;
	u->mode = mode;
	u->top = 0;
	u->chosen = 0;
}

void
mode_leave(struct ui *u)
{
	mode_enter(u, MODE_NORMAL);
}

struct ui *
ui_create(const struct session *s, const struct theme *t, const struct ui_calls *calls)
{
	struct ui *u = xcalloc(1, sizeof *u);
	u->s = s;
	u->theme = t;
	u->calls = *calls;
	u->status.saved = EVENT_NO;
	u->focus = u->tab = PANE_QUEUE;
	u->note = u->entry = u->line = u->finder.note = EVENT_NO;
	u->wrong = SIZE_MAX;
	u->segment = u->acting.recipient = u->acting.recipient_of = SIZE_MAX;
	u->basis = u->acting.read = session_next_seq(s, LANE_SESSION) - 1;
	u->seen = session_event_count(s);
	u->t = session_last_t(s);
	u->edit.limit = EVENT_NOTE_MAX;
	u->dirty = true;
	return u;
}

void
ui_destroy(struct ui *u)
{
	if (!u)
		return;
	grid_finish(&u->grid);
	input_finish(&u->input);
	edit_finish(&u->edit);
	note_finish(u);
	summary_finish(&u->summing);
	buf_finish(&u->finder.last);
	buf_finish(&u->finder.person);
	pick_finish(&u->picker);
	arena_finish(&u->scratch);
	buf_finish(&u->acting.me);
	buf_finish(&u->trouble);
	buf_finish(&u->said);
	history_finish(&u->history);
	keymap_finish(u);
	sentences_finish(&u->sentences);
	list_close(u);
	arena_finish(&u->others.arena);
	buf_finish(&u->cable);
	buf_finish(&u->remote.person);
	buf_finish(&u->shown_title);
	buf_finish(&u->shown);
	buf_finish(&u->dialog.title);
	buf_finish(&u->dialog.text);
	for (size_t i = 0; i < CHOICES_MAX; i++) {
		buf_finish(&u->dialog.choices[i].label);
		buf_finish(&u->dialog.choices[i].line);
	}
	replaying_finish(&u->replaying);
	free(u->lines.items);
	free(u);
}

void
ui_resize(struct ui *u, int columns, int rows)
{
	grid_resize(&u->grid, columns, rows);
	u->dirty = true;
}

/* ---- what comes from the terminal ---- */

static void
on_input(void *ctx, const struct input_event *e)
{
	struct ui *u = ctx;
	u->dirty = true;
	if (u->replaying.waiting.n) {
		if (e->kind == INPUT_KEY)
			progress_key(u, e->key, e->mods);
		return;
	}
	switch (e->kind) {
	case INPUT_KEY:
		u->acting.click.is = false;
		if (u->mode != MODE_NORMAL)
			u->acting.pressed = 0;
		u->redraw = u->redraw || (e->key == 'l' && e->mods == MOD_CTRL);
		mode_ops(u->mode)->key(u, e->key, e->mods);
		if (u->summing.due)
			summary_due(u);
		break;
	case INPUT_PASTE:
		if (mode_ops(u->mode)->paste)
			mode_ops(u->mode)->paste(u, e->text);
		if (e->cut)
			say(u, str_of(_("what was pasted was too long; the rest was left out")), true);
		break;
	case INPUT_MOUSE:
		if (!u->on_stage)
			mouse_event(u, e);
		break;
	case INPUT_FOCUS:
		break;
	}
	typing_turn(u, true);
}

void
ui_feed(struct ui *u, struct str bytes)
{
	input_feed(&u->input, bytes, on_input, u);
}

int
ui_timeout_ms(const struct ui *u)
{
	return input_timeout_ms(&u->input);
}

void
ui_idle(struct ui *u)
{
	input_idle(&u->input, on_input, u);
}

/* ---- what comes from the program ---- */

/* Whether nothing came but heartbeats, after the events that are seen and, of the session, after seq. */
static bool
only_beats(const struct ui *u, size_t seen, int64_t seq)
{
	for (size_t i = session_event_count(u->s); i-- > seen;) {
		const struct event *e = session_event_at(u->s, i);
		if (e->lane == LANE_SESSION && e->seq <= seq)
			return true;
		if (e->kind != EVENT_SESSION_TICK)
			return false;
	}
	return true;
}

void
ui_changed(struct ui *u)
{
	size_t n = session_event_count(u->s);
	/* A heartbeat changes nothing that is shown, but how many records are saved. */
	if (!u->replaying.is && n >= u->seen && only_beats(u, u->seen, EVENT_NO)) {
		if (u->painted.events == u->seen)
			u->painted.events = n;
		u->seen = n;
		return;
	}
	u->dirty = true;
	notice(u);
	if (u->mode == MODE_PICK)
		pick_match(u);
	if (u->mode == MODE_FIND)
		find_match(u);
}

void
ui_status(struct ui *u, const struct ui_status *st)
{
	const struct ui_status *was = &u->status;
	bool counts = was->saved == st->saved && was->held == st->held && was->unsaved == st->unsaved;
	bool calm = was->not_saved == st->not_saved && was->consoles == st->consoles &&
		    was->copies == st->copies && was->speed == st->speed && str_eq(was->trouble, st->trouble);
	if (calm && counts)
		return;
	/* How many records heartbeats make is shown with the next second. */
	int64_t from = st->held == was->held || was->held > was->saved ? was->saved : was->held;
	if (calm && !st->not_saved && from != EVENT_NO && only_beats(u, 0, from)) {
		u->status.saved = st->saved;
		u->status.held = st->held;
		u->status.unsaved = st->unsaved;
		return;
	}
	u->acting.had_copies = u->acting.had_copies || st->copies;
	if (st->not_saved && !was->not_saved)
		u->acting.unsaved_t = u->t;
	u->status = *st;
	buf_reset(&u->trouble);
	buf_str(&u->trouble, st->trouble);
	u->status.trouble = buf_view(&u->trouble);
	u->dirty = true;
}

void
ui_ring(struct ui *u, struct ui_bells bells)
{
	u->mute = (struct ui_bells){!bells.warn, !bells.up, !bells.overtime};
}

/* What is up rings twice. That nobody's clock runs is a warning. */
static int
bells_of(const struct ui *u, enum session_alarm_kind kind)
{
	bool up = kind == ALARM_TURN_UP || kind == ALARM_SEGMENT_UP;
	if (up)
		return u->mute.up ? 0 : 2;
	return (kind == ALARM_TURN_OVER ? u->mute.overtime : u->mute.warn) ? 0 : 1;
}

void
ui_alarm(struct ui *u, const struct session_alarm *a)
{
	/* What is played back was sounded then. */
	if (u->replaying.is)
		return;
	/* What is said now is said at this moment, not at the last painting. */
	u->t = a->t > u->t ? a->t : u->t;
	u->sign = *a;
	u->sign_t = a->t;
	u->has_sign = true;
	u->bells += bells_of(u, a->kind);
	if (a->kind == ALARM_SEGMENT_WARN)
		say(u, FILL(u, _("⚑ {0} left for this segment"), ui_time(u, a->left_ms)), false);
	else if (a->kind == ALARM_SEGMENT_UP)
		say(u, str_of(_("⚑ the time of this segment is up")), false);
	else if (a->kind == ALARM_IDLE)
		say(u, word_idle(u), true);
	u->dirty = true;
}

void
ui_say(struct ui *u, struct str sentence, bool bad)
{
	say(u, sentence, bad);
}

int
ui_take_bells(struct ui *u)
{
	int bells = u->bells;
	u->bells = 0;
	return bells;
}

bool
ui_take_redraw(struct ui *u)
{
	bool redraw = u->redraw;
	u->redraw = false;
	return redraw;
}

void
ui_history(struct ui *u, struct str line)
{
	history_add(&u->history, line);
}

bool
ui_dirty(const struct ui *u)
{
	return u->dirty;
}

int64_t
ui_wake(const struct ui *u, int64_t t)
{
	enum { SECOND = 1000 };
	const struct session_turn *turn = now_turn(u);
	int64_t ms = turn && turn->state == TURN_RUNNING ? session_turn_elapsed(turn, t)
							 : session_wall(u->s, t);
	int64_t part = ms % SECOND;
	return t + SECOND - (part < 0 ? part + SECOND : part);
}

/* ---- painting ---- */

const struct grid *
ui_paint(struct ui *u, int64_t t)
{
	if (u->on_stage && u->stage.frozen && u->grid.columns == u->frozen_columns && u->grid.rows == u->frozen_rows) {
		u->dirty = false;
		return &u->grid;
	}
	struct grid *g = &u->grid;
	bool news = u->dirty;
	arena_finish(&u->scratch);
	u->t = t;
	u->dirty = false;
	basis_painted(u);
	if (!news && tick_paint(u, g)) {
		typing_turn(u, false);
		return g;
	}
	u->painted.panes = false;
	u->acting.spans_n = 0;
	grid_clear(g);
	if (u->replaying.waiting.n) {
		progress_paint(u, g);
		return g;
	}
	if (!session_opened(u->s))
		return g;
	if (u->on_stage) {
		stage_paint(u, g);
		u->frozen_columns = g->columns;
		u->frozen_rows = g->rows;
		return g;
	}
	typing_turn(u, false);
	layout_make(&u->layout, u, g->columns, g->rows);
	for (int id = 0; id < PANE_COUNT; id++) {
		struct rect r = u->layout.at[id];
		/* What is known is known as of then: no clock goes on from it. */
		u->t = joined_old(u) && id < PANE_HEADER ? u->joined.as_of : t;
		if (r.w > 0 && r.h > 0)
			panes[id]->paint(u, g, r);
	}
	u->t = t;
	joined_fade(u, g);
	if (modes[u->mode]->paint)
		modes[u->mode]->paint(u, g);
	tick_painted(u);
	return g;
}
