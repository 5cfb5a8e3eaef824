/*
 * The line where text is typed, and the line of hints below it. It is never
 * the last row: the window of an input method opens below the caret. While
 * nothing is typed it tells what happened.
 */
#include "pane.h"

#include <string.h>

#include "dais/text.h"

/* "command ›" */
static struct str
prompt_of(struct ui *u)
{
	static const char *const adding[AS_COUNT] = {[AS_UNSET] = "", [AS_SPEECH] = N_("add"),
		[AS_REPLY] = N_("add reply"), [AS_ORDER] = N_("add point of order"),
		[AS_QUESTION] = N_("add question")};
	if (u->mode == MODE_COMMAND)
		return STR(":");
	if (u->mode == MODE_PICK)
		return ui_join(u, str_of(_(adding[u->picker.as])), STR(" "), STR("› "));
	struct str word = str_of(_(mode_ops(u->mode)->prompt));
	return ui_join(u, word, STR(" "), STR("› "));
}

static void
paint_typing(struct ui *u, struct grid *g, struct rect r)
{
	struct str prompt = prompt_of(u);
	int x = text_width(prompt), caret = 0;
	/* What is typed needs room more than its name does. */
	if (x > r.w / 2 && x > 2) {
		prompt = u->mode == MODE_COMMAND ? STR(":") : STR("› ");
		x = text_width(prompt);
	}
	if (x >= r.w)
		x = 0;
	else
		draw_put(g, r, 0, 0, prompt, STYLE_ACCENT);
	if (r.w <= x)
		return;
	struct str shown = edit_window(&u->edit, r.w - x, &caret);
	draw_put(g, r, x, 0, shown, STYLE_INPUT);
	draw_cursor(g, r, x + caret, 0);
	/* The sign for what was refused stands below it. */
	if (u->wrong != SIZE_MAX && u->wrong >= u->edit.from && u->wrong <= u->edit.text.n) {
		struct str before = str_upto(buf_view(&u->edit.text), u->wrong);
		u->wrong_x = r.x + x + text_width(str_from(before, u->edit.from));
	}
}

static void
paint_said(struct ui *u, struct grid *g, struct rect r, int y)
{
	draw_fit(g, r, 0, y, r.w, said(u), u->said_bad ? STYLE_ALERT : STYLE_TEXT);
}

int
told_rows(struct ui *u, int columns, bool ruled)
{
	enum { MOST = 3 };
	struct wrap w = {0};
	if (!mode_ops(u->mode)->prompt || !said(u).n || u->replaying.is)
		return 0;
	wrap_make(&w, said(u), columns > 1 ? columns : 1);
	int rows = w.n < MOST ? (int)w.n : MOST;
	wrap_finish(&w);
	return rows > 1 || ruled ? rows : 0;
}

/* While nothing is typed a sentence too long for its row goes on where the hints are. */
static bool
goes_on(const struct ui *u, struct rect r)
{
	bool above = u->layout.at[PANE_INPUT].h && !u->replaying.is;
	return above && u->mode == MODE_NORMAL && text_width(said(u)) > r.w;
}

static void
paint_said_whole(struct ui *u, struct grid *g, struct rect r)
{
	bool more = goes_on(u, r);
	struct rect both = {r.x, r.y, r.w, 1 + more};
	draw_wrapped(g, both, 0, 0, r.w, both.h, said(u), u->said_bad ? STYLE_ALERT : STYLE_TEXT);
}

/* ---- for the first time ---- */

enum { WELCOME_MS = 90000, FADING_MS = 30000 };

void
ui_welcome(struct ui *u)
{
	u->welcomes = true;
	u->welcome_t = u->t;
	u->dirty = true;
}

/* How to begin; of less use by and by, and of none once somebody had the floor. */
static void
paint_welcome(struct ui *u, struct grid *g, struct rect r)
{
	int64_t shown = u->t - u->welcome_t, whole = ui_span(u, WELCOME_MS);
	if (session_floor(u->s) || shown >= whole) {
		u->welcomes = false;
		return;
	}
	struct str keys[] = {key_word(u, "segment next"), key_word(u, "floor toggle"), key_word(u, "help")};
	const char *text = _("New here? {0} begins, {1} gives the floor, {2} shows every key.");
	if (now_segment(u))
		text = _("New here? {1} gives the floor, {2} shows every key.");
	enum style style = shown < whole - ui_span(u, FADING_MS) ? STYLE_TEXT : STYLE_FAINT;
	if (text_width(ui_fill(u, text, keys, 3)) <= r.w)
		keyed_put(u, g, r, 0, &(struct keyed){style, text, 3, keys, 3});
}

static void
input_paint(struct ui *u, struct grid *g, struct rect r)
{
	bool typing = mode_ops(u->mode)->prompt != NULL, rule = u->layout.ruled;
	struct rect inner = rect_cut(r, u->layout.bare ? 0 : 1, 0, u->layout.bare ? 0 : 1, 0);
	u->wrong_x = -1;
	int told = told_rows(u, inner.w, rule);
	told = told < r.h ? told : r.h - 1;
	if (rule && !told)
		draw_rule(g, r, 0, STR_NONE, STR_NONE);
	if (told > 0)
		draw_wrapped(g, inner, 0, 0, inner.w, told, said(u), u->said_bad ? STYLE_ALERT : STYLE_TEXT);
	int above = rule ? 1 : 0;
	inner = rect_cut(inner, 0, told > above ? told : above, 0, 0);
	if (u->mode == MODE_NOTE)
		note_paint(u, g, inner);
	else if (typing)
		paint_typing(u, g, inner);
	else if (u->welcomes && !said(u).n)
		paint_welcome(u, g, inner);
	else if (said(u).n || !u->replaying.is)
		paint_said_whole(u, g, inner);
	else if (u->replay.damage.n)
		draw_fit(g, inner, 0, 0, inner.w, FILL(u, _("NOT TO BE TRUSTED: {0}"), u->replay.damage),
			STYLE_ALERT);
	else
		timeline_rule(u, g, r);
}

const struct pane_ops pane_input = {NULL, input_paint, NULL, NULL, NULL, NULL};

/* ---- hints ---- */

struct hint {
	const char *key, *does;
};

static const struct hint note_hints[] = {{N_("Enter"), N_("note it")}, {N_("Esc"), N_("done")},
	{N_("Alt-Enter"), N_("new line")},
	{"?", N_("open question")}, {"!", N_("action")}, {"=", N_("decision")}, {"\"", N_("quotation")},
	{"~", N_("chairs only")}, {N_("name:"), N_("somebody else")}};
static const struct hint message_hints[] = {{N_("Enter"), N_("send")}, {N_("Esc"), N_("cancel")}};
static const struct hint late_hints[] = {{N_("Enter"), N_("set the clock")}, {N_("Esc"), N_("cancel")},
	{"40s, 1:30", N_("ago")}};
static const struct hint command_hints[] = {{N_("Enter"), N_("do it")}, {N_("Esc"), N_("cancel")},
	{N_("Tab"), N_("complete")}, {"↑ ↓", N_("earlier commands")}, {"^R", N_("find one")}};
static const struct hint pick_hints[] = {{N_("Enter"), N_("add")}, {"↑ ↓", N_("choose")},
	{N_("Tab"), N_("online or on site")}, {N_("Esc"), N_("cancel")}};
static const struct hint dialog_hints[] = {{N_("Enter"), N_("do it")}, {"← →", N_("choose")},
	{N_("Esc"), N_("cancel")}};
static const struct hint help_hints[] = {{"↓ ↑", N_("choose")},
	{N_("Enter"), N_("type the command")}, {N_("Esc"), N_("back")}};
static const struct hint list_hints[] = {{"↓ ↑", N_("choose")}, {N_("Enter"), N_("take it")},
	{N_("Esc"), N_("close the list")}};
static const struct hint undo_hints[] = {{N_("Enter"), N_("undo it")}, {"↓ ↑", N_("choose")},
	{N_("Esc"), N_("back")}};
static const struct hint find_hints[] = {{N_("Enter"), N_("go there")}, {"↓ ↑", N_("choose")},
	{N_("Esc"), N_("cancel")}};
static const struct hint card_hints[] = {{"a", N_("add")}, {N_("Enter"), N_("give the floor")},
	{"r", N_("reply")}, {"o", N_("order")}, {N_("Esc"), N_("back")}};
static const struct hint card_replay_hints[] = {{N_("Enter"), N_("next turn")},
	{"p", N_("turn before")}, {N_("Esc"), N_("back")}};
static const struct hint go_to_hints[] = {{N_("Enter"), N_("go there")}, {N_("Esc"), N_("cancel")},
	{"14:52", N_("time of day")}, {"+3m -30s", N_("on, back")}, {"start end", N_("the ends")}};
static const struct hint summary_hints[] = {{N_("Esc"), N_("back")}, {"← →", N_("choose")},
	{N_("Space"), N_("tick")}, {N_("Enter"), N_("write")}, {"↓ ↑", N_("scroll")}, {"q", N_("leave")}};
static const struct hint theme_hints[] = {{"↓ ↑", N_("look")}, {N_("Enter"), N_("keep")},
	{N_("Esc"), N_("as before")}};
static const struct hint messages_hints[] = {{"↓ ↑", N_("scroll")}, {N_("Esc"), N_("back")}};

#define COUNTED(a) {a, sizeof(a) / sizeof *(a)}
static const struct {
	const struct hint *hints;
	size_t n;
} by_mode[MODE_COUNT] = {
	[MODE_NOTE] = COUNTED(note_hints), [MODE_MESSAGE] = COUNTED(message_hints),
	[MODE_LATE] = COUNTED(late_hints), [MODE_COMMAND] = COUNTED(command_hints),
	[MODE_PICK] = COUNTED(pick_hints), [MODE_DIALOG] = COUNTED(dialog_hints),
	[MODE_HELP] = COUNTED(help_hints), [MODE_UNDO] = COUNTED(undo_hints),
	[MODE_MESSAGES] = COUNTED(messages_hints), [MODE_THEME] = COUNTED(theme_hints),
	[MODE_SUMMARY] = COUNTED(summary_hints), [MODE_GO_TO] = COUNTED(go_to_hints),
	[MODE_FIND] = COUNTED(find_hints), [MODE_CARD] = COUNTED(card_hints)};

static int
hint_width(const char *key, const char *does)
{
	return text_width(str_of(_(key))) + 1 + text_width(str_of(_(does)));
}

static int
put_hint(struct grid *g, struct rect r, int x, const char *key, const char *does)
{
	x = draw_put(g, r, x, 0, str_of(_(key)), STYLE_KEY) + 1;
	return draw_put(g, r, x, 0, str_of(_(does)), STYLE_DIM) + 2;
}

enum { RANKS = 16, HINTS_MAX = 24 };

static bool
hinted(const struct ui *u, const struct binding *b, unsigned now)
{
	return b->hint && (now & b->when) == b->when && seat_offers(u, b);
}

/* What can be done now, in the order of the table; from the first ranks as many as fit in w. */
static size_t
choose_keys(struct ui *u, int w, const struct binding **out)
{
	size_t n, found = 0;
	const struct binding *keys = key_table(u, &n);
	unsigned now = now_flags(u);
	int last = 0, taken = 0;
	for (int rank = 1; rank < RANKS; rank++, last = rank) {
		int more = 0;
		for (size_t i = 0; i < n; i++)
			if (keys[i].rank == rank && hinted(u, &keys[i], now))
				more += hint_width(keys[i].shown, keys[i].hint) + 2;
		if (taken + more > w)
			break;
		taken += more;
	}
	for (size_t i = 0; i < n && found < HINTS_MAX; i++)
		if (keys[i].rank > 0 && keys[i].rank < last && hinted(u, &keys[i], now))
			out[found++] = &keys[i];
	return found;
}

/* Help keeps its place at the end. */
static void
paint_keys(struct ui *u, struct grid *g, struct rect r)
{
	size_t all;
	const struct binding *help = key_table(u, &all), *chosen[HINTS_MAX];
	help += all - 1;
	int x = 0, end = r.w - hint_width(help->shown, help->hint);
	size_t n = choose_keys(u, end, chosen);
	for (size_t i = 0; i < n; i++) {
		hint_span(u, r.x + x, hint_width(chosen[i]->shown, chosen[i]->hint), chosen[i]->key,
			chosen[i]->mods);
		x = put_hint(g, r, x, chosen[i]->shown, chosen[i]->hint);
	}
	if (end >= 0) {
		hint_span(u, r.x + x, hint_width(help->shown, help->hint), help->key, help->mods);
		put_hint(g, r, x, help->shown, help->hint);
	}
}

/* A sign below the place that was refused; the sentence beside it where it has no row of its own. */
static void
paint_wrong(struct ui *u, struct grid *g, struct rect r, bool sentence)
{
	int x = u->wrong_x - r.x, w = text_width(said(u));
	bool right = r.w - x - 2 >= w, left = x - 1 >= w;
	if (!sentence || right || left)
		draw_put(g, r, x, 0, STR("^"), STYLE_ALERT);
	if (sentence && (right || left))
		draw_put(g, r, right ? x + 2 : x - 1 - w, 0, said(u), STYLE_ALERT);
	else if (sentence)
		paint_said(u, g, r, 0);
}

static void
hints_paint(struct ui *u, struct grid *g, struct rect r)
{
	r = rect_cut(r, u->layout.bare ? 0 : 1, 0, u->layout.bare ? 0 : 1, 0);
	bool alone = !u->layout.ruled && !told_rows(u, r.w, false);
	if (said(u).n && goes_on(u, r))
		return;
	if (u->wrong_x >= 0 && said(u).n) {
		paint_wrong(u, g, r, alone);
		return;
	}
	/* Where the input line has no row above it, this is where a refusal can be read. */
	if (alone && mode_ops(u->mode)->prompt && said(u).n) {
		paint_said(u, g, r, 0);
		return;
	}
	if (u->mode == MODE_NORMAL) {
		paint_keys(u, g, r);
		return;
	}
	int x = 0;
	bool list = u->mode == MODE_COMMAND && u->completer.shown;
	const struct hint *hints = list ? list_hints : by_mode[u->mode].hints;
	size_t n = list ? sizeof list_hints / sizeof *list_hints : by_mode[u->mode].n;
	if (u->mode == MODE_CARD && u->replaying.is) {
		hints = card_replay_hints;
		n = sizeof card_replay_hints / sizeof *card_replay_hints;
	}
	bool card = u->mode == MODE_CARD && !u->replaying.is && !seat_may(u, CMD_QUEUE_ADD);
	if (card || (u->mode == MODE_SUMMARY && !summary_exports(u)) || u->mode == MODE_TEXT || u->mode == MODE_HERE) {
		hints = messages_hints;
		n = sizeof messages_hints / sizeof *messages_hints;
	}
	for (size_t i = 0; i < n; i++) {
		const struct hint *h = &hints[i];
		if (x + hint_width(h->key, h->does) > r.w)
			break;
		if (strcmp(h->key, "Enter") == 0 || strcmp(h->key, "Esc") == 0)
			hint_span(u, r.x + x, hint_width(h->key, h->does),
				h->key[1] == 'n' ? (uint32_t)KEY_ENTER : (uint32_t)KEY_ESCAPE, 0);
		x = put_hint(g, r, x, h->key, h->does);
	}
}

const struct pane_ops pane_hints = {NULL, hints_paint, NULL, NULL, NULL, NULL};
