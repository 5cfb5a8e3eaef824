/*
 * What the console says: short words for what the session knows. Every one
 * that a person reads goes through gettext, and none is pasted together from
 * pieces that another language would order otherwise.
 */
#include "pane.h"

#include "complete.h"
#include "dais/text.h"

struct str
ui_fill(struct ui *u, const char *format, const struct str *args, size_t n)
{
	struct buf out = {0};
	i18n_fill(&out, format, args, n);
	struct str kept = arena_str(&u->scratch, buf_view(&out));
	buf_finish(&out);
	return kept;
}

struct str
ui_number(struct ui *u, int64_t v)
{
	struct buf out = {0};
	buf_int(&out, v);
	struct str kept = arena_str(&u->scratch, buf_view(&out));
	buf_finish(&out);
	return kept;
}

struct str
word_ordinal(struct ui *u, int n)
{
	struct buf out = {0};
	i18n_ordinal(&out, n, i18n_chinese());
	struct str kept = arena_str(&u->scratch, buf_view(&out));
	buf_finish(&out);
	return kept;
}

struct str
ui_time(struct ui *u, int64_t ms)
{
	struct buf out = {0};
	duration_put(&out, ms);
	struct str kept = arena_str(&u->scratch, buf_view(&out));
	buf_finish(&out);
	return kept;
}

struct str
ui_fit(struct ui *u, struct str text, int columns)
{
	struct buf out = {0};
	text_fit(&out, text, columns);
	struct str kept = arena_str(&u->scratch, buf_view(&out));
	buf_finish(&out);
	return kept;
}

struct str
ui_wall(struct ui *u, int64_t wall, bool seconds)
{
	enum { DAY_MS = 24 * 3600 * 1000, MINUTE_MS = 60000 };
	int64_t local = (wall + session_zone(u->s) * MINUTE_MS) % DAY_MS;
	int at = (int)((local < 0 ? local + DAY_MS : local) / 1000);
	const int parts[] = {at / 3600, at / 60 % 60, at % 60};
	char text[sizeof "00:00:00"];
	for (size_t i = 0; i < 3; i++) {
		text[i * 3] = (char)('0' + parts[i] / 10);
		text[i * 3 + 1] = (char)('0' + parts[i] % 10);
		text[i * 3 + 2] = ':';
	}
	return arena_str(&u->scratch, (struct str){text, seconds ? 8 : 5});
}

struct str
ui_join(struct ui *u, struct str a, struct str between, struct str b)
{
	if (!a.n || !b.n)
		return a.n ? a : b;
	struct buf out = {0};
	buf_str(&out, a);
	buf_str(&out, between);
	buf_str(&out, b);
	struct str kept = arena_str(&u->scratch, buf_view(&out));
	buf_finish(&out);
	return kept;
}

const struct session_segment *
now_segment(const struct ui *u)
{
	size_t n, now = session_segment_now(u->s);
	const struct session_segment *segments = session_segments(u->s, &n);
	return now < n ? &segments[now] : NULL;
}

const struct session_turn *
now_turn(const struct ui *u)
{
	const struct session_turn *turn = session_floor(u->s);
	return turn && turn->state != TURN_ENDED ? turn : NULL;
}

struct str
word_name(const struct ui *u, struct str person)
{
	const struct session_person *p = session_person(u->s, person);
	return p && p->name.n ? p->name : person;
}

struct str
word_people(struct ui *u, struct event_list ids)
{
	struct str all = STR_NONE;
	for (size_t i = 0; i < ids.n; i++)
		all = ui_join(u, all, str_of(_(", ")), word_name(u, ids.items[i]));
	return all;
}

struct str
word_as(enum event_as as)
{
	static const char *const words[AS_COUNT] = {
		[AS_UNSET] = N_("speech"), [AS_ORDER] = N_("point of order"),
		[AS_QUESTION] = N_("question"), [AS_REPLY] = N_("reply"),
		[AS_SPEECH] = N_("speech")};
	return str_of(_(words[as]));
}

const char *
sign_as(enum event_as as)
{
	static const char *const signs[AS_COUNT] = {
		[AS_UNSET] = "", [AS_ORDER] = "!", [AS_QUESTION] = "?", [AS_REPLY] = "↳",
		[AS_SPEECH] = ""};
	return signs[as];
}

struct str
word_place(const struct ui *u, const struct session_entry *e, bool brief)
{
	static const char *const links[LINK_COUNT] = {
		[LINK_UNSET] = N_("online"), [LINK_CONNECTING] = N_("online, connecting"),
		[LINK_READY] = N_("online, ready"), [LINK_MUTED] = N_("online, muted"),
		[LINK_AWAY] = N_("online, no answer")};
	static const char *const short_links[LINK_COUNT] = {
		[LINK_UNSET] = N_("online"), [LINK_CONNECTING] = N_("connecting"),
		[LINK_READY] = N_("ready"), [LINK_MUTED] = N_("muted"),
		[LINK_AWAY] = N_("no answer")};
	const struct session_person *p = session_person(u->s, e->person);
	if (e->attending != ATTENDING_ONLINE)
		return brief ? str_of(_("site")) : str_of(_("on site"));
	return str_of(_((brief ? short_links : links)[p ? p->link : LINK_UNSET]));
}

struct str
word_why(enum session_next_why why)
{
	switch (why) {
	case NEXT_NOBODY:
		return STR("");
	case NEXT_RESUMES:
		return str_of(_("was interrupted"));
	case NEXT_ORDER:
		return str_of(_("points of order first"));
	case NEXT_QUESTION:
		return str_of(_("questions first"));
	case NEXT_REPLY:
		return str_of(_("replies first"));
	case NEXT_FIRST:
		return str_of(_("first in line"));
	case NEXT_UNHEARD:
		return str_of(_("the unheard first"));
	case NEXT_ALTERNATE:
		return str_of(_("site and online in turn"));
	case NEXT_SPEAKER:
		return str_of(_("on the agenda"));
	}
	return STR("");
}

struct str
word_order(enum event_order order)
{
	static const char *const words[ORDER_COUNT] = {
		[ORDER_UNSET] = "", [ORDER_FIFO] = "", [ORDER_UNHEARD_FIRST] = N_("unheard first"),
		[ORDER_ALTERNATE] = N_("site and online in turn")};
	return words[order][0] ? str_of(_(words[order])) : STR("");
}

const char *
word_kind(enum segment_kind kind)
{
	static const char *const words[SEGMENT_KIND_COUNT] = {
		[SEGMENT_OPENING] = N_("Opening"), [SEGMENT_KEYNOTE] = N_("Keynote"),
		[SEGMENT_AWARD] = N_("Certificates"), [SEGMENT_POINT] = N_("Point"),
		[SEGMENT_BREAK] = N_("Break"), [SEGMENT_CLOSING] = N_("Closing"),
		[SEGMENT_PHOTO] = N_("Photo"), [SEGMENT_OTHER] = N_("Other")};
	return _(words[kind]);
}

struct str
word_segment(struct ui *u, const struct session_segment *g)
{
	return segment_words(u->s, &u->scratch, g);
}

struct str
word_offset(struct ui *u)
{
	enum { CLOSE_MS = 60000 };
	int64_t off = session_offset_ms(u->s, u->t);
	/* When it was over, the agenda and the summary say. */
	if (session_closed(u->s))
		return STR_NONE;
	if (off >= CLOSE_MS)
		return FILL(u, _("{0} late"), ui_time(u, off));
	if (session_segment_now(u->s) == SIZE_MAX)
		return STR("");
	if (off <= -CLOSE_MS)
		return FILL(u, _("{0} ahead"), ui_time(u, -off));
	return str_of(_("on time"));
}

struct str
word_begins(struct ui *u, bool dated)
{
	enum { HOUR = 60 };
	const struct session_forum *f = session_forum(u->s);
	struct str at = STR_NONE;
	if (f->start_min != EVENT_NO) {
		struct str minutes = ui_number(u, f->start_min % HOUR);
		at = ui_join(u, ui_number(u, f->start_min / HOUR),
			minutes.n < 2 ? STR(":0") : STR(":"), minutes);
	}
	/* The hall is there on the day; a console may be tried long before or after it. */
	if (dated && f->date.n)
		at = ui_join(u, f->date, STR(" "), at);
	else if (at.n)
		at = FILL(u, _("begins at {0}"), at);
	return ui_join(u, at, STR(" · "), f->venue);
}

bool
sign_shown(const struct ui *u, bool turn)
{
	bool of_turn = u->sign.kind != ALARM_SEGMENT_WARN && u->sign.kind != ALARM_SEGMENT_UP;
	return u->has_sign && u->sign.kind != ALARM_IDLE && of_turn == turn && u->t - u->sign_t < ui_span(u, SIGN_MS);
}

struct str
word_event(struct ui *u, const struct event *e)
{
	return event_words(u->s, &u->scratch, e);
}
