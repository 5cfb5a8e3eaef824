/*
 * What the seat at this console may do. The command table alone says it: a key,
 * a hint, a word of help or a candidate stands for a row of that table, and
 * what its seat may not do is neither offered nor asked for.
 */
#include "pane.h"

enum { ALL_SEATS = SEAT_CHAIR | SEAT_ONLINE_CHAIR | SEAT_SCRIBE | SEAT_STAGE | SEAT_OBSERVER };

unsigned
seat_bits(const struct ui *u)
{
	if (u->replaying.is)
		return ALL_SEATS;
	if (!u->is_joined)
		return SEAT_CHAIR;
	/* Whoever the chair was passed to has it beside the chair. */
	bool passed = u->joined.seat == SEAT_ONLINE_CHAIR && session_chair(u->s).n;
	return (unsigned)u->joined.seat | (passed ? SEAT_CHAIR : 0u);
}

bool
seat_may(const struct ui *u, enum command_verb verb)
{
	return (command_rows()[verb].seats & seat_bits(u)) != 0;
}

bool
seat_asks(const struct ui *u)
{
	return seat_may(u, CMD_NOTE_ADD);
}

struct str
word_seat(enum seat seat)
{
	switch (seat) {
	case SEAT_CHAIR:
		return str_of(_("chair"));
	case SEAT_ONLINE_CHAIR:
		return str_of(_("online chair"));
	case SEAT_SCRIBE:
		return str_of(_("scribe"));
	case SEAT_STAGE:
		return str_of(_("stage"));
	case SEAT_OBSERVER:
		return str_of(_("observer"));
	}
	return STR_NONE;
}

/* The row that a command line is one of: its words stand at the start. */
static const struct command_row *
row_of_line(struct str line)
{
	const struct command_row *rows = command_rows();
	for (int i = 0; i < CMD_COUNT; i++) {
		struct str noun = str_of(rows[i].noun), word = str_of(rows[i].word), rest = line;
		if (!str_starts(rest, noun))
			continue;
		rest = str_from(rest, noun.n);
		if (word.n && rest.n)
			rest = str_starts(str_from(rest, 1), word) ? str_from(rest, 1 + word.n) : line;
		if (!rest.n || rest.p[0] == ' ')
			return &rows[i];
	}
	return NULL;
}

/* What Enter does on the row that is chosen. */
static const struct command_row *
row_of_enter(const struct ui *u)
{
	const struct command_row *rows = command_rows();
	switch ((int)u->focus) {
	case PANE_AGENDA:
		return &rows[CMD_SEGMENT_GO];
	case PANE_QUEUE:
		return &rows[CMD_FLOOR_GIVE];
	case PANE_NOTES:
		return &rows[CMD_NOTE_EDIT];
	case PANE_REMOTE:
		return &rows[CMD_QUEUE_ADD];
	case PANE_FLOOR:
		return award_shown(u) ? &rows[CMD_AWARD_GIVE] : NULL;
	default:
		return NULL;
	}
}

const struct command_row *
seat_row(const struct ui *u, const struct binding *b)
{
	const struct command_row *rows = command_rows();
	if (u->focus == PANE_NOTES && b->key == 'x' && !b->own)
		return &rows[CMD_NOTE_REMOVE];
	if (b->line)
		return row_of_line(str_of(b->line));
	switch ((int)b->act) {
	case ACT_ACT:
		return session_closed(u->s) ? NULL : row_of_enter(u);
	case ACT_ADD:
		return &rows[CMD_QUEUE_ADD];
	case ACT_NOTE:
	case ACT_COMMAND: /* who may not even write has nothing to ask for … */
	case ACT_HERE:	  /* … and is not told who else is here */
		return &rows[CMD_NOTE_ADD];
	case ACT_MESSAGE:
		return &rows[CMD_MESSAGE_SEND];
	case ACT_LATE:
		return &rows[CMD_FLOOR_CORRECT];
	case ACT_AWARD:
		return &rows[CMD_AWARD_GIVE];
	case ACT_UNDO_LIST:
		return &rows[CMD_UNDO];
	case ACT_LINK:
		return &rows[CMD_PEOPLE_SET];
	case ACT_FOCUS:
		return b->arg == PANE_REMOTE ? &rows[CMD_PEOPLE_SET] : NULL;
	default:
		return NULL;
	}
}

bool
seat_offers(const struct ui *u, const struct binding *b)
{
	const struct command_row *row = u->replaying.is ? NULL : seat_row(u, b);
	return !row || row->seats & seat_bits(u);
}

bool
seat_refuses(struct ui *u, const struct command_row *row)
{
	static const struct {
		unsigned seats;
		const char *why;
	} words[] = {
		{SEAT_CHAIR, N_("only the chair may do this; you are here as {0}")},
		{SEAT_CHAIR | SEAT_ONLINE_CHAIR,
			N_("only the chairs may do this; you are here as {0}")},
		{SEAT_CHAIR | SEAT_ONLINE_CHAIR | SEAT_SCRIBE,
			N_("only chairs and scribes may do this; you are here as {0}")},
	};
	if (!row || row->seats & seat_bits(u))
		return false;
	size_t i = 0;
	while (i + 1 < sizeof words / sizeof *words && words[i].seats != row->seats)
		i++;
	say(u, FILL(u, _(words[i].why), word_seat(u->joined.seat)), true);
	return true;
}
