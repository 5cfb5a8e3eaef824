/*
 * The command language as a table, from which parsing, help, completion and
 * permissions follow: there is no second place to forget.
 *
 * What a command takes stands in `args`: first its arguments in order, a letter
 * each, with ? where it may be left out; then the options that it knows.
 *     p  a person           b  a person, or back      m  the name of somebody new
 *     s  a segment          e  a number: of an entry or note, a seq, a limit
 *     d  a duration         D  a duration, signed     w  up, down, top or a place
 *     o  a rule of order    i  a rule of interrupting
 *     n  names, parted by commas
 *     t  text up to the end of the line (see parse.c)
 * --basis SEQ is known to all.
 */
#include "dais/command.h"

#include "dais/i18n.h"
#include "dais/utf8.h"
#include "typed.h"

#define CHAIR SEAT_CHAIR
#define CHAIRS (SEAT_CHAIR | SEAT_ONLINE_CHAIR)
#define WRITERS (SEAT_CHAIR | SEAT_ONLINE_CHAIR | SEAT_SCRIBE)

/* clang-format off */
static const struct command_row rows[CMD_COUNT] = {
	{CMD_SEGMENT_NEXT, "segment", "next", N_("[--carry|--leave]"),
		N_("go to the next segment; --carry takes those who wait along, --leave does not"),
		"--carry --leave", CHAIR, NOUN_SEGMENT, true},
	{CMD_SEGMENT_PREV, "segment", "prev", N_("[--carry|--leave]"),
		N_("go back to the segment before"),
		"--carry --leave", CHAIR, NOUN_SEGMENT, true},
	{CMD_SEGMENT_GO, "segment", "go", N_("SEGMENT [--carry|--leave]"),
		N_("go to a segment, by its id or its number in the agenda"),
		"s --carry --leave", CHAIR, NOUN_SEGMENT, true},
	{CMD_SEGMENT_EXTEND, "segment", "extend", N_("DURATION"),
		N_("give this segment more time, or with - less"),
		"D", CHAIR, NOUN_SEGMENT, true},
	{CMD_SEGMENT_SKIP, "segment", "skip", N_("SEGMENT"),
		N_("leave a coming segment out"),
		"s", CHAIR, NOUN_SEGMENT, true},
	{CMD_AGENDA_FIT, "agenda", "fit", "",
		N_("share the time that is left among the remaining segments"),
		"", CHAIR, NOUN_SEGMENT, true},
	{CMD_FLOOR_NEXT, "floor", "next", "",
		N_("end this turn and give the floor to whoever is next"),
		"", CHAIR, NOUN_FLOOR, true},
	{CMD_FLOOR_GIVE, "floor", "give", N_("PERSON [--for DURATION]"),
		N_("give the floor to somebody, queued or not"),
		"p --for", CHAIR, NOUN_FLOOR, true},
	{CMD_FLOOR_TOGGLE, "floor", "toggle", "",
		N_("start, pause or resume the speaker's clock"),
		"", CHAIR, NOUN_FLOOR, true},
	{CMD_FLOOR_PAUSE, "floor", "pause", "",
		N_("stop the speaker's clock for a while"),
		"", CHAIR, NOUN_FLOOR, true},
	{CMD_FLOOR_RESUME, "floor", "resume", "",
		N_("let the speaker's clock go on"),
		"", CHAIR, NOUN_FLOOR, true},
	{CMD_FLOOR_EXTEND, "floor", "extend", N_("DURATION"),
		N_("give the speaker more time, or with - less"),
		"D", CHAIR, NOUN_FLOOR, true},
	{CMD_FLOOR_CORRECT, "floor", "correct", N_("DURATION"),
		N_("the turn began that long ago: make up for a late start"),
		"d", CHAIR, NOUN_FLOOR, true},
	{CMD_FLOOR_END, "floor", "end", "",
		N_("end this turn; nobody has the floor then"),
		"", CHAIR, NOUN_FLOOR, true},
	{CMD_QUEUE_ADD, "queue", "add",
		N_("PERSON [--as order|question|reply|speech] [--online|--site] [--about TEXT] [--top] "
		   "[--override]"),
		N_("put somebody into the queue; --override although the limit is reached"),
		"p --as --online --site --about --top --override", CHAIRS, NOUN_QUEUE, true},
	{CMD_QUEUE_MOVE, "queue", "move", N_("ENTRY up|down|top|PLACE"),
		N_("move an entry; over the border of a kind it changes its kind"),
		"e w", CHAIRS, NOUN_QUEUE, true},
	{CMD_QUEUE_REMOVE, "queue", "remove", N_("ENTRY"),
		N_("take an entry out of the queue"),
		"e", CHAIRS, NOUN_QUEUE, true},
	{CMD_QUEUE_CLOSE, "queue", "close", "",
		N_("take no more speeches; points of order are still heard"),
		"", CHAIRS, NOUN_QUEUE, true},
	{CMD_QUEUE_OPEN, "queue", "open", "",
		N_("take speeches again"),
		"", CHAIRS, NOUN_QUEUE, true},
	{CMD_QUEUE_ORDER, "queue", "order", "fifo|unheard-first|alternate",
		N_("who comes first: as they asked, the unheard, or site and online in turn"),
		"o", CHAIRS, NOUN_QUEUE, true},
	{CMD_QUEUE_LIMIT, "queue", "limit", N_("NUMBER"),
		N_("so many speeches for each person on each point; 0 is no limit"),
		"e", CHAIRS, NOUN_QUEUE, true},
	{CMD_QUEUE_INTERRUPT, "queue", "interrupt", "pause|charge|end",
		N_("what an interruption does to the speaker's clock: pause it, run on, or end the turn"),
		"i", CHAIRS, NOUN_QUEUE, true},
	{CMD_PEOPLE_ADD, "people", "add",
		N_("NAME [--title TEXT] [--affiliation TEXT] [--role ROLE] [--online|--site]"),
		N_("put somebody new on the roster"),
		"m --title --affiliation --role --online --site", CHAIRS, NOUN_OTHER, true},
	{CMD_PEOPLE_SET, "people", "set",
		N_("PERSON [--name NAME] [--title TEXT] [--affiliation TEXT] [--role ROLE] "
		   "[--online|--site] [--link ready|muted|away|connecting]"),
		N_("correct what is known of somebody"),
		"p --name --title --affiliation --role --online --site --link", CHAIRS, NOUN_OTHER,
		true},
	{CMD_NOTE_ADD, "note", "add",
		N_("TEXT [--person PERSON] [--mark claim|question|action|decision|quote|private] "
		   "[--turn TURN] [--plain]"),
		N_("note something on the current turn; ? ! = \" ~ at its start mark it, NAME: is who "
		   "said it, --plain takes it as it is"),
		"t --person --mark --turn --plain", WRITERS, NOUN_OTHER, false},
	{CMD_NOTE_EDIT, "note", "edit",
		N_("NOTE TEXT [--mark claim|question|action|decision|quote|private] [--plain]"),
		N_("put another text in a note's place"),
		"e t --mark --plain", WRITERS, NOUN_OTHER, false},
	{CMD_NOTE_REMOVE, "note", "remove", N_("NOTE"),
		N_("take a note back"),
		"e", WRITERS, NOUN_OTHER, false},
	{CMD_AWARD_GIVE, "award", "give", N_("PERSON [--by NAME,NAME…]"),
		N_("a certificate was handed over, and by whom"),
		"p --by", CHAIR, NOUN_OTHER, true},
	{CMD_MARK_PHOTO, "mark", "photo", N_("[TEXT]"),
		N_("a photo was taken now"),
		"t?", WRITERS, NOUN_OTHER, true},
	{CMD_MARK_MOMENT, "mark", "moment", N_("[TEXT]"),
		N_("mark this moment for the recording"),
		"t?", WRITERS, NOUN_OTHER, true},
	{CMD_MESSAGE_SEND, "message", "send", N_("[--to CONSOLE] TEXT"),
		N_("tell the other chairs something, or only one of them"),
		"t --to", WRITERS, NOUN_OTHER, true},
	{CMD_CHAIR_PASS, "chair", "pass", N_("PERSON|back"),
		N_("pass the chair to somebody for this segment, or take it back"),
		"b", CHAIR, NOUN_OTHER, true},
	{CMD_UNDO, "undo", "", N_("[SEQ]"),
		N_("take back what was done last, or the event with this number"),
		"e?", CHAIR, NOUN_OTHER, true},
	{CMD_SESSION_CLOSE, "session", "close", N_("[--why TEXT]"),
		N_("end the session for good"),
		"--why", CHAIR, NOUN_OTHER, true},
	{CMD_REPORT_REVIEW, "report", "review", N_("NAME[,NAME…]"),
		N_("after the close: these have read the report through"),
		"n", CHAIR, NOUN_OTHER, true},
	{CMD_REPORT_APPROVE, "report", "approve", N_("NAME[,NAME…]"),
		N_("after the close: these approve the report; it is no draft any more"),
		"n", CHAIR, NOUN_OTHER, true},
};
/* clang-format on */

const struct command_row *
command_rows(void)
{
	return rows;
}

static const struct seat_word {
	enum seat seat;
	const char *text;
} seats[] = {
	{SEAT_CHAIR, "chair"},
	{SEAT_ONLINE_CHAIR, "online-chair"},
	{SEAT_SCRIBE, "scribe"},
	{SEAT_STAGE, "stage"},
	{SEAT_OBSERVER, "observer"},
};

const char *
seat_text(enum seat seat)
{
	for (size_t i = 0; i < sizeof seats / sizeof seats[0]; i++)
		if (seats[i].seat == seat)
			return seats[i].text;
	return NULL;
}

static const char *const refusals[REFUSAL_COUNT] = {
	[REFUSAL_NONE] = "",
	[REFUSAL_STALE] = "stale",
	[REFUSAL_EMPTY_QUEUE] = "empty-queue",
	[REFUSAL_UNKNOWN_PERSON] = "unknown-person",
	[REFUSAL_AMBIGUOUS_PERSON] = "ambiguous-person",
	[REFUSAL_UNKNOWN_ID] = "unknown-id",
	[REFUSAL_NOT_ALLOWED] = "not-allowed",
	[REFUSAL_CLOSED] = "closed",
	[REFUSAL_LIMIT] = "limit",
	[REFUSAL_BAD_ARGUMENT] = "bad-argument",
	[REFUSAL_NOTHING_TO_UNDO] = "nothing-to-undo",
	[REFUSAL_CANNOT_UNDO] = "cannot-undo",
};

const char *
refusal_text(enum refusal code)
{
	return refusals[code];
}

/* True if a word reads back as it is: nothing in it parts, quotes or begins an option. */
static bool
stands_alone(struct str word)
{
	uint32_t code;
	if (word.n == 0 || (typed_read(word, &code) && (code == '-' || typed_quote(word))))
		return false;
	for (size_t n; word.n && (n = utf8_read(word, &code)) > 0; word = str_from(word, n))
		if (typed_blank(word) || code == '"' || code == '\'' || code == '\\')
			return false;
	return true;
}

void
command_quote(struct buf *out, struct str word)
{
	if (stands_alone(word)) {
		buf_str(out, word);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '"' || word.p[i] == '\\')
			buf_char(out, '\\');
		buf_char(out, word.p[i]);
	}
	buf_char(out, '"');
}
