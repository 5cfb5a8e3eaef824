/*
 * Whether somebody has looked at all of it: every script of this folder is
 * played, and of each kept screen it is noted what it shows. Each mode, each
 * pane, each dialog and each state that is to be noticed must be there at each
 * of four sizes. A new mode or pane is missed here until a script shows it; so
 * is a dialog whose title is not in the table.
 *
 * Every script is played in every language, so one of them is looked at here.
 *
 *     covered CATALOGUES SCRIPT AGENDA SCRIPT AGENDA…
 */
#include <stdio.h>
#include <string.h>

#include "pane.h"
#include "quiet.h"

int screen_main(int argc, char **argv);
const struct grid *__real_ui_paint(struct ui *u, int64_t t);
const struct grid *__wrap_ui_paint(struct ui *u, int64_t t);
void __real_grid_dump(const struct grid *g, struct buf *out, bool styles);
void __wrap_grid_dump(const struct grid *g, struct buf *out, bool styles);

enum { SIZES = 4, ITEMS_MAX = 128, ALL = (1 << SIZES) - 1, LARGE = 1, MIDDLE = 2, NARROW = 4, SMALL = 8 };
static const struct {
	int columns, rows;
} sizes[SIZES] = {{120, 36}, {80, 24}, {60, 20}, {30, 8}};

/* What can be seen; at: the sizes at which there is such a thing. */
struct item {
	const char *what, *name;
	unsigned at;
};
static const struct item modes[] = {
	[MODE_NORMAL] = {"mode", "normal", ALL}, [MODE_NOTE] = {"mode", "note", ALL},
	[MODE_MESSAGE] = {"mode", "message", ALL}, [MODE_LATE] = {"mode", "late start", ALL},
	[MODE_COMMAND] = {"mode", "command", ALL}, [MODE_PICK] = {"mode", "picker", ALL},
	[MODE_DIALOG] = {"mode", "dialog", ALL}, [MODE_HELP] = {"mode", "help", ALL},
	[MODE_UNDO] = {"mode", "undo", ALL}, [MODE_MESSAGES] = {"mode", "messages", ALL},
	[MODE_FIND] = {"mode", "find", ALL}, [MODE_CARD] = {"mode", "card", ALL},
	[MODE_SUMMARY] = {"mode", "summary", ALL}, [MODE_THEME] = {"mode", "themes", ALL},
	[MODE_STAGE] = {"mode", "stage", ALL}, [MODE_GO_TO] = {"mode", "go to", ALL},
	[MODE_TEXT] = {"mode", "an answer's page", ALL}, [MODE_HERE] = {"mode", "who is here", ALL},
};
_Static_assert(sizeof modes / sizeof *modes == MODE_COUNT, "a mode without a name");
static const struct item panes[] = {
	[PANE_AGENDA] = {"pane", "agenda", ALL}, [PANE_POINT] = {"pane", "point", LARGE | MIDDLE | NARROW},
	[PANE_FLOOR] = {"pane", "floor", ALL}, [PANE_QUEUE] = {"pane", "queue", ALL},
	[PANE_NOTES] = {"pane", "notes", ALL}, [PANE_REMOTE] = {"pane", "people online", ALL},
	[PANE_HEADER] = {"pane", "header", LARGE | MIDDLE | NARROW}, [PANE_STRIP] = {"pane", "strip", MIDDLE},
	[PANE_TABS] = {"pane", "tabs", NARROW}, [PANE_NEXT] = {"pane", "next", SMALL},
	[PANE_INPUT] = {"pane", "input", ALL}, [PANE_HINTS] = {"pane", "hints", ALL},
	[PANE_TIMELINE] = {"pane", "timeline", ALL},
};
_Static_assert(sizeof panes / sizeof *panes == PANE_COUNT, "a pane without a name");

/* By their titles; a person's name may follow. */
static const char *const dialogs[] = {
	N_("Leave this console?"), N_("Leave although not everything is saved?"), N_("Close the session?"),
	N_("Leave this point?"), N_("The limit is reached"), N_("Give the floor to {0}?"),
	N_("Show this note to everybody?"), N_("Too long for one note"), N_("Note this?"),
	N_("The clock went on"),
};
enum { DIALOGS = sizeof dialogs / sizeof *dialogs };

/* ---- states ---- */

static enum turn_state
turn_is(const struct ui *u)
{
	const struct session_turn *turn = session_floor(u->s);
	return turn ? turn->state : TURN_ENDED;
}

static bool
is_running(const struct ui *u)
{
	return turn_is(u) == TURN_RUNNING;
}

static bool
is_paused(const struct ui *u)
{
	return turn_is(u) == TURN_PAUSED;
}

static bool
is_over_time(const struct ui *u)
{
	const struct session_turn *turn = session_floor(u->s);
	return turn && is_running(u) && turn->allotted >= 0 && session_turn_elapsed(turn, u->t) > turn->allotted;
}

static bool
is_interrupted(const struct ui *u)
{
	const struct session_turn *turn = session_floor(u->s);
	return turn && is_running(u) && turn->under;
}

static bool
is_last_time(const struct ui *u)
{
	return session_floor(u->s) && turn_is(u) == TURN_ENDED && !session_closed(u->s);
}

static bool
is_nobody(const struct ui *u)
{
	return !session_floor(u->s) && session_segment_now(u->s) != SIZE_MAX;
}

static bool
is_not_begun(const struct ui *u)
{
	return session_segment_now(u->s) == SIZE_MAX;
}

static bool
is_closed(const struct ui *u)
{
	return session_closed(u->s);
}

static bool
is_list_closed(const struct ui *u)
{
	return session_queue_closed(u->s);
}

static bool
is_not_saved(const struct ui *u)
{
	return u->status.not_saved;
}

static bool
is_cut(const struct ui *u)
{
	return u->is_joined && u->joined.cut;
}

static bool
is_refused(const struct ui *u)
{
	return u->said_bad && said(u).n;
}

static bool
is_unread(const struct ui *u)
{
	return messages_unread(u) > 0;
}

static bool
is_replay(const struct ui *u)
{
	return u->replaying.is;
}

static bool
is_rehearsal(const struct ui *u)
{
	return session_rehearsal(u->s);
}

static bool
is_award(const struct ui *u)
{
	return award_next(u) != NULL;
}

static bool
is_alone(const struct ui *u)
{
	return u->zoom;
}

static bool
is_welcome(const struct ui *u)
{
	return u->welcomes;
}

static bool
is_waited_for(const struct ui *u)
{
	return u->mode == MODE_NOTE && u->noting.wrap.n > 1;
}

static const struct {
	const char *name;
	bool (*is)(const struct ui *u);
} states[] = {
	{"nothing has begun", is_not_begun}, {"nobody has the floor", is_nobody}, {"a turn runs", is_running},
	{"a pause", is_paused}, {"over time", is_over_time}, {"an interruption", is_interrupted},
	{"the last time stays", is_last_time}, {"the list is closed", is_list_closed}, {"closed", is_closed},
	{"NOT SAVED", is_not_saved}, {"cut off", is_cut}, {"a refusal", is_refused},
	{"a message not read", is_unread}, {"a replay", is_replay}, {"a rehearsal", is_rehearsal},
	{"a certificate", is_award}, {"a pane alone", is_alone}, {"the first minute", is_welcome},
	{"a note of several rows", is_waited_for},
};
enum { STATES = sizeof states / sizeof *states };

/* ---- what was seen ---- */

static struct ui *painted;
static unsigned seen_mode[MODE_COUNT], seen_pane[PANE_COUNT], seen_dialog[DIALOGS], seen_state[STATES];
static long shots, unknown;

const struct grid *
__wrap_ui_paint(struct ui *u, int64_t t)
{
	painted = u;
	return __real_ui_paint(u, t);
}

static bool
is_titled(struct str title, const char *text)
{
	const char *place = strstr(text, "{0}");
	size_t n = place ? (size_t)(place - text) : strlen(text);
	return place ? str_starts(title, (struct str){text, n}) : str_is(title, text);
}

static void
see_dialog(const struct ui *u, unsigned size)
{
	for (size_t i = 0; i < DIALOGS; i++)
		if (is_titled(buf_view(&u->dialog.title), _(dialogs[i]))) {
			seen_dialog[i] |= size;
			return;
		}
	printf("# a dialog that is not in the table: %s\n", u->dialog.title.p);
	unknown++;
}

void
__wrap_grid_dump(const struct grid *g, struct buf *out, bool styles)
{
	struct ui *u = painted;
	unsigned size = 0;
	for (unsigned i = 0; i < SIZES; i++)
		if (g->columns == sizes[i].columns && g->rows == sizes[i].rows)
			size = 1u << i;
	__real_grid_dump(g, out, styles);
	shots++;
	if (!size || !u)
		return;
	enum mode_id mode = u->on_stage ? MODE_STAGE : u->mode;
	seen_mode[mode] |= size;
	if (mode == MODE_DIALOG)
		see_dialog(u, size);
	for (int i = 0; i < PANE_COUNT && !u->on_stage; i++)
		seen_pane[i] |= u->layout.at[i].w > 0 && u->layout.at[i].h > 0 ? size : 0;
	for (size_t i = 0; i < STATES && !u->on_stage; i++)
		seen_state[i] |= states[i].is(u) ? size : 0;
}

/* ---- all scripts ---- */

static int
play_all(int argc, char **argv)
{
	static char none[] = "/dev/null", name[] = "screen", english[] = "en";
	for (int i = 2; i + 1 < argc; i += 2) {
		char *call[] = {name, argv[i], none, argv[i + 1], english, argv[1], NULL};
		painted = NULL;
		screen_main(6, call);
	}
	return 0;
}

static int
miss(const struct item *item, unsigned seen)
{
	int missing = 0;
	for (unsigned i = 0; i < SIZES; i++)
		if (item->at & ~seen & 1u << i) {
			printf("# not seen at %dx%d: %s %s\n", sizes[i].columns, sizes[i].rows, item->what,
				item->name);
			missing++;
		}
	return missing;
}

static int
judge(void)
{
	int missing = 0;
	for (int i = 0; i < MODE_COUNT; i++)
		missing += miss(&modes[i], seen_mode[i]);
	for (int i = 0; i < PANE_COUNT; i++)
		missing += miss(&panes[i], seen_pane[i]);
	for (int i = 0; i < DIALOGS; i++)
		missing += miss(&(struct item){"dialog", dialogs[i], ALL}, seen_dialog[i]);
	for (int i = 0; i < STATES; i++)
		missing += miss(&(struct item){"state", states[i].name, ALL}, seen_state[i]);
	return missing;
}

int
main(int argc, char **argv)
{
	if (argc < 4)
		return 1;
	quietly(play_all, argc, argv);
	printf("1..1\n# %ld screens\n", shots);
	bool good = judge() == 0 && !unknown && shots > 500;
	printf("%sok 1 - everything was looked at, at four sizes\n", good ? "" : "not ");
	return good ? 0 : 1;
}
