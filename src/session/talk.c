/*
 * Who talked how much. Counted as the turns come and go: each person has a row
 * with one place for each segment and one behind them for all, so that no
 * question needs to go through the turns again.
 */
#include "internal.h"

static size_t
row_of(const struct state *st, size_t person)
{
	return person * (st->segments_n + 1);
}

/* What a person's turns that are over come to, and how many began. */
static struct session_talk
talk_of(const struct state *st, size_t person, size_t column)
{
	const struct session_talk *talk =
		pile_at(&st->lists[LIST_TALKS], row_of(st, person) + column);
	return talk ? *talk : (struct session_talk){0};
}

static struct session_talk *
talk_mine(struct state *st, size_t person, size_t column)
{
	return pile_mine(&st->lists[LIST_TALKS], row_of(st, person) + column);
}

static struct heard
heard_in(const struct state *st, size_t segment)
{
	const struct heard *heard = pile_at(&st->lists[LIST_HEARD], segment);
	return heard ? *heard : (struct heard){0};
}

static void
first_turn(struct state *st, size_t person, size_t segment)
{
	struct heard *heard = pile_mine(&st->lists[LIST_HEARD], segment);
	struct speaker *speaker = pile_push(&st->lists[LIST_SPEAKERS]);
	*speaker = (struct speaker){person, heard->last};
	heard->last = list_n(st, LIST_SPEAKERS);
	heard->n++;
}

void
talk_started(struct state *st, const struct session_turn *turn)
{
	size_t person = people_place(st, turn->person);
	size_t columns[] = {turn->segment, st->segments_n};
	for (size_t i = 0; i < 2; i++) {
		struct session_talk *talk = talk_mine(st, person, columns[i]);
		if (i == 0 && !talk->turns)
			first_turn(st, person, turn->segment);
		talk->turns++;
		talk->speeches += turn->as == AS_SPEECH;
	}
}

void
talk_ended(struct state *st, const struct session_turn *turn)
{
	size_t person = people_place(st, turn->person);
	struct session_person *p = people_mine(st, person);
	talk_mine(st, person, turn->segment)->ms += turn->spoken_ms;
	talk_mine(st, person, st->segments_n)->ms += turn->spoken_ms;
	p->spoken++;
	p->spoken_ms += turn->spoken_ms;
	p->point_spoken++;
	p->point_speeches += turn->as == AS_SPEECH;
	p->point_ms += turn->spoken_ms;
}

/* Says to whoever spoke in a segment what they spoke there. Nobody has the floor meanwhile, so all
 * turns are over. */
static void
recall(struct state *st, size_t segment, bool running)
{
	const struct speaker *speaker;
	st->work += heard_in(st, segment).n;
	for (size_t at = heard_in(st, segment).last; at; at = speaker->before) {
		speaker = pile_at(&st->lists[LIST_SPEAKERS], at - 1);
		struct session_talk talk = {0};
		if (running)
			talk = talk_of(st, speaker->person, segment);
		struct session_person *p = people_mine(st, speaker->person);
		p->point_spoken = talk.turns;
		p->point_speeches = talk.speeches;
		p->point_ms = talk.ms;
	}
}

void
talk_enter(struct state *st, size_t left, size_t entered)
{
	if (left != NOWHERE)
		recall(st, left, false);
	recall(st, entered, true);
}

/* ---- questions ---- */

struct session_talk
session_talk(const struct session *s, struct str person, size_t segment, int64_t t)
{
	const struct state *st = &s->st;
	size_t place = people_place(st, person);
	size_t column = segment == NOWHERE ? st->segments_n : segment;
	if (place == NOWHERE || column > st->segments_n)
		return (struct session_talk){0};
	struct session_talk talk = talk_of(st, place, column);
	const struct session_turn *turn = floor_active(st);
	for (; turn; turn = turn->under ? floor_turn(st, turn->under) : NULL)
		if (str_eq(turn->person, person) &&
			(segment == NOWHERE || turn->segment == segment))
			talk.ms += session_turn_elapsed(turn, t);
	return talk;
}

size_t
session_spoke(const struct session *s, size_t segment)
{
	return heard_in(&s->st, segment).n;
}

size_t
session_unheard(const struct session *s, size_t segment)
{
	struct event_list invited = s->st.segments[segment].invited;
	size_t n = 0;
	for (size_t i = 0; i < invited.n; i++)
		n += !talk_of(&s->st, people_place(&s->st, invited.items[i]), segment).turns;
	return n;
}
