/*
 * One person, found by name: who they are, how long they spoke, where they
 * wait. From here they come into the queue, or get the floor after a question.
 */
#include "pane.h"

#include "dais/text.h"

static const struct session_person *
person_of(const struct ui *u)
{
	return session_person(u->s, buf_view(&u->finder.person));
}

void
card_open(struct ui *u, struct str person)
{
	buf_reset(&u->finder.person);
	buf_str(&u->finder.person, person);
	mode_enter(u, MODE_CARD);
}

static void
add(struct ui *u, const struct session_person *p, enum event_as as)
{
	struct buf line = {0};
	buf_puts(&line, "queue add ");
	command_quote(&line, p->id);
	buf_puts(&line, " --as ");
	buf_puts(&line, event_as_text(as));
	if (!ask(u, buf_view(&line)) && u->mode == MODE_CARD)
		mode_leave(u);
	buf_finish(&line);
}

static void
ask_to_give(struct ui *u, const struct session_person *p)
{
	const struct session_turn *turn = now_turn(u);
	struct buf line = {0};
	buf_puts(&line, "floor give ");
	command_quote(&line, p->id);
	dialog_start(u, FILL(u, _("Give the floor to {0}?"), p->name),
		turn ? FILL(u, _("{0} has the floor now."), word_name(u, turn->person))
		     : str_of(_("Nobody has the floor now.")));
	dialog_add(u, _("Not now"), STR_NONE, false);
	dialog_add(u, _("Give the floor"), buf_view(&line), false);
	dialog_show(u);
	buf_finish(&line);
}

/* In a replay a card leads to when its person speaks. */
static void
card_replay_key(struct ui *u, uint32_t key, const struct session_person *p)
{
	if (key == KEY_ENTER || key == 'n')
		ask_replay_id(u, "person ", p->id, "");
	else if (key == 'p')
		ask_replay_id(u, "person ", p->id, " back");
	else if (key == KEY_ESCAPE)
		mode_leave(u);
	else if (key == '/')
		find_start(u);
	else
		say_fixed(u);
}

static void
card_key(struct ui *u, uint32_t key, unsigned mods)
{
	static const struct {
		uint32_t key;
		enum event_as as;
	} adding[] = {{'a', AS_SPEECH}, {'r', AS_REPLY}, {'o', AS_ORDER}, {'c', AS_QUESTION}};
	const struct session_person *p = person_of(u);
	(void)mods;
	if (key >= 0xff01 && key <= 0xff5e)
		key = key - 0xff01 + '!';
	if (u->replaying.is && p) {
		card_replay_key(u, key, p);
		return;
	}
	if (key == KEY_ESCAPE || !p)
		mode_leave(u);
	else if (key == KEY_ENTER)
		ask_to_give(u, p);
	else if (key == '/')
		find_start(u);
	for (size_t i = 0; p && i < sizeof adding / sizeof *adding; i++)
		if (adding[i].key == key)
			add(u, p, adding[i].as);
}

/* ---- painting ---- */

static struct str
talk_of(struct ui *u, struct session_talk talk, const char *some, const char *none)
{
	if (!talk.turns)
		return str_of(none);
	return FILL(u, some, ui_time(u, talk.ms), ui_number(u, talk.turns));
}

static struct str
queue_of(struct ui *u, const struct session_person *p)
{
	size_t n;
	const struct session_turn *turn = now_turn(u);
	const struct session_entry *queue = session_queue(u->s, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(queue[i].person, p->id))
			return FILL(u, _("number {0} in the queue: {1}"), ui_number(u, (int64_t)i + 1),
				word_as(queue[i].as));
	return turn && str_eq(turn->person, p->id) ? str_of(_("has the floor"))
						   : str_of(_("is not in the queue"));
}

static void
paint_rows(struct ui *u, struct grid *g, struct rect r, const struct session_person *p)
{
	struct session_talk all = session_talk(u->s, p->id, SIZE_MAX, u->t);
	size_t now = session_segment_now(u->s);
	struct session_talk here =
		now == SIZE_MAX ? (struct session_talk){0} : session_talk(u->s, p->id, now, u->t);
	struct str unit = ui_join(u, p->title, STR(" "), p->affiliation);
	int y = 0, x = draw_fit(g, r, 0, y, r.w, p->name, STYLE_STRONG) + 2;
	if (p->attending == ATTENDING_ONLINE && x < r.w)
		draw_fit(g, r, x, y, r.w - x, str_of(_("online")), STYLE_REMOTE);
	y++;
	if (unit.n)
		y += draw_wrapped(g, r, 0, y, r.w, 2, unit, STYLE_TEXT);
	draw_fit(g, r, 0, y++, r.w, queue_of(u, p), STYLE_TEXT);
	draw_fit(g, r, 0, y++, r.w,
		talk_of(u, all, _("spoke {0} in all, in {1} turns"), _("has not spoken yet")), STYLE_DIM);
	if (all.turns)
		draw_fit(g, r, 0, y++, r.w,
			talk_of(u, here, _("of it {0} here, in {1} turns"), _("not here yet")), STYLE_DIM);
	if (p->note.n && y < r.h)
		draw_wrapped(g, r, 0, y, r.w, r.h - y, p->note, STYLE_DIM);
}

static void
card_paint(struct ui *u, struct grid *g)
{
	enum { CARD_ROWS = 9 };
	const struct session_person *p = person_of(u);
	struct rect r = u->layout.body;
	int h = r.h < CARD_ROWS ? r.h : CARD_ROWS;
	r.y += r.h - h;
	r.h = h;
	if (u->layout.rail)
		r = rect_cut(r, u->layout.at[PANE_AGENDA].w, 0, 0, 0);
	grid_blank(g, r, STYLE_DIALOG);
	r = rect_cut(r, u->layout.rail ? 3 : !u->layout.bare, 0, 1, 0);
	if (r.h >= 6) {
		draw_rule(g, r, 0, str_of(_("Person")), STR_NONE);
		r = rect_cut(r, 0, 1, 0, 0);
	}
	if (p)
		paint_rows(u, g, r, p);
	g->cursor_x = g->cursor_y = -1;
}

const struct mode_ops mode_card = {card_key, NULL, card_paint, NULL};
