/* Who talked how much: questions about turns, answered by counting them. */
#include "internal.h"

struct session_talk
session_talk(const struct session *s, struct str person, size_t segment, int64_t t)
{
	struct session_talk talk = {0};
	for (size_t i = 0; i < s->st.turns_n; i++) {
		const struct session_turn *turn = &s->st.turns[i];
		if ((segment != NOWHERE && turn->segment != segment) ||
			!str_eq(turn->person, person))
			continue;
		talk.turns++;
		talk.speeches += turn->as == AS_SPEECH;
		talk.ms += session_turn_elapsed(turn, t);
	}
	return talk;
}

static bool
spoke_in(const struct state *st, struct str person, size_t segment, size_t before)
{
	for (size_t i = 0; i < before; i++)
		if (st->turns[i].segment == segment && str_eq(st->turns[i].person, person))
			return true;
	return false;
}

size_t
session_spoke(const struct session *s, size_t segment)
{
	const struct state *st = &s->st;
	size_t n = 0;
	for (size_t i = 0; i < st->turns_n; i++)
		n += st->turns[i].segment == segment &&
		     !spoke_in(st, st->turns[i].person, segment, i);
	return n;
}

size_t
session_unheard(const struct session *s, size_t segment)
{
	struct event_list invited = s->st.segments[segment].invited;
	size_t n = 0;
	for (size_t i = 0; i < invited.n; i++)
		n += !spoke_in(&s->st, invited.items[i], segment, s->st.turns_n);
	return n;
}
