/*
 * What another log of this session holds and this one lacks: an old host's tail,
 * a console's copy that nobody else had, notes that still waited for a line. Each
 * such record is an orphan; it is carried over by being asked for again, under an
 * id that makes it done once, or set aside with a word to the chairs. What became
 * of each can be read from the session alone. Pure.
 */
#pragma once

#include "dais/command.h"

enum orphan_state {
	ORPHAN_WAITS,   /* it can be carried over */
	ORPHAN_CLASHES, /* it can, over what was done here to the same thing */
	ORPHAN_PAST,    /* bound to its moment: it can only be set aside */
	ORPHAN_THERE,   /* carried over, or asked for again by whoever asked for it then */
	ORPHAN_ASIDE    /* set aside, and the chairs were told */
};

enum orphan_what {
	ORPHAN_NOTE,
	ORPHAN_AWARD,
	ORPHAN_MARK,
	ORPHAN_PERSON,
	ORPHAN_MESSAGE,
	ORPHAN_OTHER
};

struct orphan {
	struct str id, aside_id; /* by which it is carried over, by which it is set aside */
	struct str line;	 /* what carries it over, in the command language; of none: STR_NONE */
	struct str words, time;	 /* what it is, cleaned by nobody yet; HH:MM:SS there and then */
	int64_t wall;		 /* when, ms since 1970 */
	enum orphan_what what;
	enum orphan_state state;
	size_t source;
	bool chairs; /* only chairs may see it */
	struct str refused; /* why the host, or this seat, will not have it, translated; or nothing */
};

struct orphan_source {
	struct str log; /* its path */
	struct str host; /* the machine that hosted it last */
	struct str damage; /* what of it cannot be read, translated; or nothing */
	struct str rest_id, found_id; /* by which all that is left is set aside, by which it was told */
	bool told;
};

struct orphans { /* zeroed memory is an empty one */
	struct orphan *items; /* owned, as the rest; strings live in the arena */
	size_t n, cap;
	struct orphan_source *sources;
	size_t sources_n, sources_cap;
	struct arena arena;
	size_t looked; /* events of the session that were looked at */
};

void orphans_finish(struct orphans *o);
/*
 * Adds what `old` holds beyond what it has in common with `here`. False where
 * they are two sessions. What both logs of `old` hold counts, where `here` sees
 * the chairs' at all.
 */
bool orphans_add(struct orphans *o, const struct session *here, const struct session *old,
	struct str log);
/* Adds an ask that waits in the outbox of a console whose copy of the log is `log`. */
void orphans_add_ask(struct orphans *o, const struct session *here, struct str log, struct str id,
	struct str line, int64_t typed);
/* What became of them, in what happened since the last look. */
void orphans_look(struct orphans *o, const struct session *here);
/* How many nobody has decided about; of one source, or with SIZE_MAX of all. */
size_t orphans_open(const struct orphans *o, size_t source);

/* orphan_line.c */
struct orphan_past { /* what both sessions have in common ends here */
	const struct session *here, *old;
	int64_t fork[2];
	size_t old_from, here_from; /* events of each before which all is common */
};
/* The command that carries an event of old over, in a; nothing where it is bound to its moment. */
struct str orphan_line(const struct orphan_past *p, const struct event *e, struct arena *a);
/* What it is, for a person; in a. */
struct str orphan_words(const struct orphan_past *p, const struct event *e, struct arena *a);
/* True if something was done here, since, to what the event is about. */
bool orphan_clashes(const struct orphan_past *p, const struct event *e);
/* True if it is so here already. */
bool orphan_is_so(const struct orphan_past *p, const struct event *e);
/* The note that an event of old is about, as it stood there last. */
const struct session_note *orphan_note(const struct session *old, const struct event *e);
