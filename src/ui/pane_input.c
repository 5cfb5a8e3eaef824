/*
 * The line where text is typed, and the line of hints below it. It is never
 * the last row: the window of an input method opens below the caret. While
 * nothing is typed it tells what happened.
 */
#include "pane.h"

#include "dais/text.h"

/* "note 张虎 ›" */
static struct str
prompt_of(struct ui *u)
{
	static const char *const adding[AS_COUNT] = {[AS_UNSET] = "", [AS_SPEECH] = N_("add"),
		[AS_REPLY] = N_("add reply"), [AS_ORDER] = N_("add point of order"),
		[AS_QUESTION] = N_("add question")};
	const struct session_turn *turn = session_floor(u->s);
	if (u->mode == MODE_COMMAND)
		return STR(":");
	if (u->mode == MODE_PICK)
		return ui_join(u, str_of(_(adding[u->picker.as])), STR(" "), STR("› "));
	struct str word = str_of(_(mode_ops(u->mode)->prompt));
	if (u->mode == MODE_NOTE && u->note != EVENT_NO)
		word = str_of(_("edit note"));
	else if (u->mode == MODE_NOTE && turn)
		word = ui_join(u, word, STR(" "), word_name(u, turn->person));
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
}

static void
paint_said(struct ui *u, struct grid *g, struct rect r, int y)
{
	draw_fit(g, r, 0, y, r.w, said(u), u->said_bad ? STYLE_ALERT : STYLE_TEXT);
}

static void
input_paint(struct ui *u, struct grid *g, struct rect r)
{
	bool typing = mode_ops(u->mode)->prompt != NULL, rule = r.h > 1;
	struct rect inner = rect_cut(r, u->layout.bare ? 0 : 1, 0, u->layout.bare ? 0 : 1, 0);
	if (rule)
		draw_rule(g, r, 0, STR_NONE, STR_NONE);
	if (rule && typing && said(u).n) {
		grid_blank(g, (struct rect){r.x, r.y, r.w, 1}, STYLE_TEXT);
		paint_said(u, g, inner, 0);
	}
	inner = rect_cut(inner, 0, rule, 0, 0);
	if (typing)
		paint_typing(u, g, inner);
	else
		paint_said(u, g, inner, 0);
}

const struct pane_ops pane_input = {NULL, input_paint, NULL, NULL, NULL};

/* ---- hints ---- */

struct hint {
	const char *key, *does;
};

static const struct hint note_hints[] = {{N_("Enter"), N_("note it")}, {N_("Esc"), N_("done")},
	{"?", N_("open question")}, {"!", N_("action")}, {"=", N_("decision")}, {"\"", N_("quotation")},
	{"~", N_("chairs only")}, {N_("name:"), N_("somebody else")}};
static const struct hint message_hints[] = {{N_("Enter"), N_("send")}, {N_("Esc"), N_("cancel")}};
static const struct hint late_hints[] = {{N_("Enter"), N_("set the clock")}, {N_("Esc"), N_("cancel")},
	{"40s, 1:30", N_("ago")}};
static const struct hint command_hints[] = {{N_("Enter"), N_("do it")}, {N_("Esc"), N_("cancel")},
	{"↑ ↓", N_("earlier commands")}};
static const struct hint pick_hints[] = {{N_("Enter"), N_("add")}, {"↑ ↓", N_("choose")},
	{N_("Esc"), N_("cancel")}};
static const struct hint dialog_hints[] = {{N_("Enter"), N_("do it")}, {"← →", N_("choose")},
	{N_("Esc"), N_("cancel")}};
static const struct hint help_hints[] = {{"↓ ↑", N_("scroll")}, {N_("Esc"), N_("back")}};

#define COUNTED(a) {a, sizeof(a) / sizeof *(a)}
static const struct {
	const struct hint *hints;
	size_t n;
} by_mode[MODE_COUNT] = {
	[MODE_NOTE] = COUNTED(note_hints), [MODE_MESSAGE] = COUNTED(message_hints),
	[MODE_LATE] = COUNTED(late_hints), [MODE_COMMAND] = COUNTED(command_hints),
	[MODE_PICK] = COUNTED(pick_hints), [MODE_DIALOG] = COUNTED(dialog_hints),
	[MODE_HELP] = COUNTED(help_hints)};

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

/* What can be done now, in the order of the table; from the first ranks as many as fit in w. */
static size_t
choose_keys(const struct ui *u, int w, const struct binding **out)
{
	size_t n, found = 0;
	const struct binding *keys = key_table(&n);
	unsigned now = now_flags(u);
	int last = 0, taken = 0;
	for (int rank = 1; rank < RANKS; rank++, last = rank) {
		int more = 0;
		for (size_t i = 0; i < n; i++)
			if (keys[i].rank == rank && keys[i].hint && (now & keys[i].when) == keys[i].when)
				more += hint_width(keys[i].shown, keys[i].hint) + 2;
		if (taken + more > w)
			break;
		taken += more;
	}
	for (size_t i = 0; i < n && found < HINTS_MAX; i++)
		if (keys[i].hint && keys[i].rank > 0 && keys[i].rank < last &&
			(now & keys[i].when) == keys[i].when)
			out[found++] = &keys[i];
	return found;
}

/* Help keeps its place at the end. */
static void
paint_keys(struct ui *u, struct grid *g, struct rect r)
{
	size_t all;
	const struct binding *help = key_table(&all), *chosen[HINTS_MAX];
	help += all - 1;
	int x = 0, end = r.w - hint_width(help->shown, help->hint);
	size_t n = choose_keys(u, end, chosen);
	for (size_t i = 0; i < n; i++)
		x = put_hint(g, r, x, chosen[i]->shown, chosen[i]->hint);
	if (end >= 0)
		put_hint(g, r, x, help->shown, help->hint);
}

static void
hints_paint(struct ui *u, struct grid *g, struct rect r)
{
	r = rect_cut(r, u->layout.bare ? 0 : 1, 0, u->layout.bare ? 0 : 1, 0);
	/* Where the input line has no row above it, this is where a refusal can be read. */
	if (u->layout.at[PANE_INPUT].h < 2 && mode_ops(u->mode)->prompt && said(u).n) {
		paint_said(u, g, r, 0);
		return;
	}
	if (u->mode == MODE_NORMAL) {
		paint_keys(u, g, r);
		return;
	}
	int x = 0;
	for (size_t i = 0; i < by_mode[u->mode].n; i++) {
		const struct hint *h = &by_mode[u->mode].hints[i];
		if (x + hint_width(h->key, h->does) > r.w)
			break;
		x = put_hint(g, r, x, h->key, h->does);
	}
}

const struct pane_ops pane_hints = {NULL, hints_paint, NULL, NULL, NULL};
