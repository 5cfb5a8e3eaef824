/*
 * The header: what must never be missed. What matters least goes first where
 * there is no room; the clock and NOT SAVED never go.
 */
#include "pane.h"

#include "dais/text.h"

enum { TITLE_MIN = 16, NARROW = 50, NARROW_TITLE_MIN = 8, TITLE_LEAST = 10 };

/* Puts an item at the left of what stands there already, if what stands at the left keeps its columns. */
static int
put_item(struct grid *g, struct rect r, int keep, int end, struct str text, enum style style)
{
	int start = end - text_width(text);
	if (!text.n || start < keep)
		return end;
	draw_put(g, r, start, 0, text, style);
	return start - 2;
}

/* What nobody may overlook is a block of its own colour; without colours it is reversed. */
static int
put_alarm(struct grid *g, struct rect r, int x, int columns, struct str text)
{
	/* A column of the air on both sides is its own. */
	struct rect wide = {r.x - 1, r.y, r.w + 2, r.h};
	int end = draw_fit(g, r, x, 0, columns, text, STYLE_ALARM);
	draw_put(g, wide, x, 0, STR(" "), STYLE_ALARM);
	draw_put(g, wide, end + 1, 0, STR(" "), STYLE_ALARM);
	return end;
}

static int
alarm_right(struct grid *g, struct rect r, struct str text)
{
	enum { PADDED = 20 };
	int x = r.w - text_width(text) - (r.w >= PADDED);
	x = x > 0 ? x : 0;
	put_alarm(g, r, x, r.w - x, text);
	return x - (r.w >= PADDED);
}

/*
 * On how many machines' disks the log is. Where nobody else is connected that
 * goes without saying; where a second machine was, that it is gone does not.
 */
static int
put_copies(struct ui *u, struct grid *g, struct rect r, int keep, int end)
{
	enum { WORDY = 100, WARNED = 60, FAR_BEHIND = 10 };
	const struct ui_status *st = &u->status;
	bool alone = !st->copies, lost = alone && u->acting.had_copies;
	if (r.w < (lost ? WARNED : WORDY) || (alone && !lost && !st->consoles))
		return end;
	if (alone)
		return put_item(g, r, keep, end, str_of(_("ONE COPY")), lost ? STYLE_WARNING : STYLE_HEADER_DIM);
	if (st->saved - st->held >= FAR_BEHIND)
		return put_item(g, r, keep, end, FILL(u, _("copied to {0}"), ui_number(u, st->held)),
			STYLE_WARNING);
	return put_item(g, r, keep, end, FILL(u, _("{0} copies"), ui_number(u, (int64_t)st->copies + 1)),
		STYLE_HEADER_DIM);
}

/* The columns that are wanted for what may not be overlooked; 0: all is well. */
static int
alarm_columns(struct ui *u)
{
	struct str since = ui_wall(u, session_wall(u->s, u->acting.unsaved_t), false);
	if (u->status.not_saved)
		return 2 + text_width(ui_join(u, FILL(u, _("NOT SAVED since {0}"), since), STR(" · "),
			u->status.trouble));
	return u->joined.line.n ? text_width(joined_line(u, 1000)) : 0;
}

static void
paint_right(struct ui *u, struct grid *g, struct rect r, int word, int *end)
{
	int keep = r.w < NARROW ? NARROW_TITLE_MIN : TITLE_MIN, alarm = alarm_columns(u);
	if (keep < word || alarm)
		keep = r.w < NARROW ? word + NARROW_TITLE_MIN : word + TITLE_MIN * 2;
	struct str offset = word_offset(u);
	bool late = session_offset_ms(u->s, u->t) >= 60000;
	*end = r.w;
	bool seconds = r.w >= 44;
	*end = put_item(g, r, keep, *end, ui_wall(u, session_wall(u->s, u->t), seconds), STYLE_HEADER);
	/* Nothing else is worth its end. */
	if (alarm && word + alarm <= *end && word + alarm > keep)
		keep = word + alarm;
	*end = put_item(g, r, keep, *end, offset, late ? STYLE_WARNING : STYLE_HEADER_DIM);
	size_t unread = messages_unread(u);
	if (unread) {
		struct str n = ui_number(u, (int64_t)unread);
		*end = put_item(g, r, 0, *end,
			r.w >= 60 ? ui_fill(u, i18n_plural("› {0} message", "› {0} messages", unread), &n, 1)
				  : ui_join(u, STR("›"), STR(" "), n),
			STYLE_WARNING);
	}
	bool cut = u->is_joined && u->joined.cut;
	if (!u->status.not_saved && !cut)
		*end = put_copies(u, g, r, keep, *end);
	/* What counts now is that the line is cut, not that there is a copy of what came before. */
	if (!u->status.not_saved && u->status.saved >= 0 && !cut) {
		struct str saved = FILL(u, _("● saved {0}"), ui_number(u, u->status.saved));
		bool room = r.w >= 60 && *end - text_width(saved) >= keep;
		*end = put_item(g, r, keep, *end, room ? saved : STR("●"), STYLE_GOOD);
	}
	if (u->status.consoles && r.w >= 70 && !cut) {
		struct str n = ui_number(u, (int64_t)u->status.consoles);
		const char *text = i18n_plural("⇄ {0} console", "⇄ {0} consoles", u->status.consoles);
		*end = put_item(g, r, keep, *end, ui_fill(u, text, &n, 1), STYLE_HEADER_DIM);
	}
	if (u->is_joined && r.w >= 90)
		*end = put_item(g, r, keep, *end, word_seat(u->joined.seat), STYLE_HEADER_DIM);
	bool live = u->is_joined && !cut && u->joined.rtt_ms != EVENT_NO;
	if (live && r.w >= 90)
		*end = put_item(g, r, keep, *end, FILL(u, _("⇄ {0} ms"), ui_number(u, u->joined.rtt_ms)),
			STYLE_HEADER_DIM);
}

/*
 * "✗ NOT SAVED since 16:02 · 3 records · the disk is full": as much of it as there
 * is room for. Why is worth more than how many.
 */
static int
paint_unsaved(struct ui *u, struct grid *g, struct rect r, int end)
{
	size_t n = u->status.unsaved;
	struct str number = ui_number(u, (int64_t)n), dot = STR(" · ");
	struct str since = ui_wall(u, session_wall(u->s, u->acting.unsaved_t), false);
	struct str records = ui_fill(u, i18n_plural("{0} record", "{0} records", n), &number, 1);
	struct str first = FILL(u, _("NOT SAVED since {0}"), since);
	if (r.w >= NARROW)
		first = ui_join(u, STR("✗"), STR(" "), first);
	struct str counted = ui_join(u, first, dot, n ? records : STR_NONE);
	const struct str tries[] = {ui_join(u, counted, dot, u->status.trouble),
		ui_join(u, first, dot, u->status.trouble), counted, first, str_of(_("NOT SAVED"))};
	size_t i = 0, last = sizeof tries / sizeof *tries - 1;
	while (i < last && text_width(tries[i]) > end)
		i++;
	/* A reason that is longer than the screen is still worth its beginning. */
	if (i > 1 && text_width(first) + TITLE_MIN <= end)
		i = 1;
	return put_alarm(g, r, 0, end, tries[i]) + 2;
}

/* ---- of a replay ---- */

/* "▶ playing 4×", or "▶ 4×" where there is no room for a word. */
static struct str
pace_of(struct ui *u, bool words)
{
	bool plays = u->replay.playing;
	struct str pace = ui_join(u, ui_number(u, u->replay.pace), STR(""), STR("×"));
	struct str state = !words ? (plays ? STR("▶") : STR("‖"))
			   : plays ? str_of(_("▶ playing")) : str_of(_("‖ paused"));
	return ui_join(u, state, STR(" "), pace);
}

/* From the right: the clock and whether it moves, then where it stands, then the rest. */
static int
paint_played(struct ui *u, struct grid *g, struct rect r, int keep)
{
	const struct ui_replay *is = &u->replay;
	int64_t from = u->replaying.line.from, last = session_last_t(is->whole);
	int64_t to = last > u->t ? last : u->t;
	int end = put_item(g, r, 0, r.w, ui_wall(u, session_wall(u->s, u->t), r.w >= 44), STYLE_HEADER);
	end = put_item(g, r, 0, end, pace_of(u, r.w >= NARROW), is->playing ? STYLE_ACCENT : STYLE_HEADER);
	if (is->follows || is->runs)
		end = put_item(g, r, keep, end,
			is->follows ? str_of(_("● follows the end")) : str_of(_("○ still runs")),
			is->follows ? STYLE_GOOD : STYLE_HEADER_DIM);
	keep += TITLE_MIN;
	end = put_item(g, r, keep, end,
		FILL(u, _("{0} of {1}"), ui_time(u, u->t - from), ui_time(u, to - from)), STYLE_HEADER_DIM);
	if (is->skips)
		end = put_item(g, r, keep, end, str_of(_("skips silences")), STYLE_HEADER_DIM);
	return put_item(g, r, keep, end, word_offset(u), STYLE_HEADER_DIM);
}

static void
paint_replay(struct ui *u, struct grid *g, struct rect r)
{
	struct str name = str_of(_("REPLAY"));
	struct str damage = u->replay.damage.n ? str_of(_("✗ NOT TRUSTED")) : STR_NONE;
	struct str rehearsal = session_rehearsal(u->s) ? str_of(_("REHEARSAL")) : STR_NONE;
	int keep = text_width(name) + 2 + (damage.n ? text_width(damage) + 2 : 0);
	int end = paint_played(u, g, r, keep);
	int x = draw_fit(g, r, 0, 0, end, name, STYLE_ACCENT) + 2;
	if (damage.n && x < end)
		x = draw_fit(g, r, x, 0, end - x, damage, STYLE_ALERT) + 2;
	if (rehearsal.n && x + text_width(rehearsal) <= end)
		x = draw_fit(g, r, x, 0, end - x, rehearsal, STYLE_WARNING) + 2;
	if (end - x > 4)
		draw_fit(g, r, x, 0, end - x, session_forum(u->s)->title, STYLE_HEADER);
}

static void
header_paint(struct ui *u, struct grid *g, struct rect r)
{
	int end, x = 0;
	struct str rehearsal = session_rehearsal(u->s) ? str_of(_("REHEARSAL")) : STR_NONE;
	grid_ground(g, r, STYLE_HEADER);
	r = rect_cut(r, u->layout.bare ? 0 : 1, 0, u->layout.bare ? 0 : 1, 0);
	if (u->replaying.is) {
		paint_replay(u, g, r);
		return;
	}
	paint_right(u, g, r, rehearsal.n ? text_width(rehearsal) + 2 : 0, &end);
	if (rehearsal.n && (!u->status.not_saved || end > 2 * text_width(rehearsal) + 4))
		x = draw_fit(g, r, 0, 0, end, rehearsal, STYLE_WARNING) + 2;
	struct str line = joined_line(u, end - x);
	if (line.n && u->joined.line.n && u->joined.lost)
		x = put_alarm(g, r, x, end - x, line) + 2;
	else if (line.n)
		x = draw_fit(g, r, x, 0, end - x, line, STYLE_WARNING) + 2;
	struct rect rest = rect_cut(r, x, 0, 0, 0);
	if (u->status.not_saved && end - x >= text_width(str_of(_("NOT SAVED"))))
		paint_unsaved(u, g, rest, end - x);
	else if (end - x > (x ? TITLE_LEAST : 4))
		draw_fit(g, rest, 0, 0, end - x, session_forum(u->s)->title, STYLE_HEADER);
}

int
header_small(struct ui *u, struct grid *g, struct rect r)
{
	struct str wall = ui_wall(u, session_wall(u->s, u->t), false);
	if (joined_old(u) && u->joined.lost)
		return alarm_right(g, r, ui_join(u, STR("✗"), STR(" "), str_of(_("CUT OFF"))));
	if (u->status.not_saved)
		return alarm_right(g, r, str_of(_("NOT SAVED")));
	if (r.w < 16)
		return r.w;
	if (u->replaying.is) {
		struct str state = u->replay.damage.n ? STR("✗") : STR_NONE;
		state = ui_join(u, state, STR(" "), u->replay.playing ? STR("▶") : STR("‖"));
		return draw_right(g, r, r.w, 0, ui_join(u, state, STR(" "), wall),
			u->replay.damage.n ? STYLE_ALERT : STYLE_DIM);
	}
	struct str sign = session_rehearsal(u->s) ? str_of(_("REHEARSAL")) : STR("●");
	if (!session_rehearsal(u->s) && u->status.saved < 0)
		return draw_right(g, r, r.w, 0, wall, STYLE_DIM);
	return draw_right(g, r, r.w, 0, ui_join(u, sign, STR(" "), wall), STYLE_DIM);
}

const struct pane_ops pane_header = {NULL, header_paint, NULL, NULL, NULL, NULL, tick_anew};
