/* Who talked how much: questions about turns, answered by counting them. */
#include <stdlib.h>

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

/* Marks who had a turn in a segment, by their place in the list of people; owned by the caller. */
static bool *
heard(const struct state *st, size_t segment)
{
	bool *marks = xcalloc(st->people_n, sizeof *marks);
	for (size_t i = 0; i < st->turns_n; i++)
		if (st->turns[i].segment == segment)
			marks[people_get(st, st->turns[i].person) - st->people] = true;
	return marks;
}

size_t
session_spoke(const struct session *s, size_t segment)
{
	bool *marks = heard(&s->st, segment);
	size_t n = 0;
	for (size_t i = 0; i < s->st.people_n; i++)
		n += marks[i];
	free(marks);
	return n;
}

size_t
session_unheard(const struct session *s, size_t segment)
{
	struct event_list invited = s->st.segments[segment].invited;
	bool *marks = heard(&s->st, segment);
	size_t n = 0;
	for (size_t i = 0; i < invited.n; i++)
		n += !marks[people_get(&s->st, invited.items[i]) - s->st.people];
	free(marks);
	return n;
}
