/* What may stand at a place of a command line: from the command table and the session alone. */
#pragma once

#include "dais/ui.h"

struct candidate {
	struct str text;  /* what stands in the line then, quoted where it must be */
	struct str shown; /* what a list shows for it */
	struct str help;  /* what it is, translated; or nothing */
	int rank;
};

struct completion { /* its strings live in the arena that was passed */
	size_t start, end; /* the bytes of the line that a candidate stands for */
	struct str common; /* what all of them begin with, where that is more than what is typed */
	struct str usage;  /* of the command that is being typed, translated; or nothing */
	struct candidate *items;
	size_t n;
};

/* Best first. The line may stand behind the caret too; what is there is not looked at. */
void complete(const struct session *s, struct str line, size_t caret, struct arena *a,
	struct completion *out);
/* The same for a console: what its seats (bits) may ask for, its own commands, and who is here. */
struct complete_for {
	unsigned seats;
	const struct ui_command *more;
	size_t more_n;
	const struct ui_who *who;
	size_t who_n;
	struct str me;
};
void complete_for(const struct session *s, const struct complete_for *with, struct str line,
	size_t caret, struct arena *a, struct completion *out);

/* ---- what its files share ---- */

struct typed_part { /* a word of a line, as far as the caret */
	struct str text; /* without quotes, full-width ASCII as ASCII */
	size_t start;
	bool quoted;
};

struct completing {
	const struct session *s;
	struct arena *a;
	struct completion *out;
	size_t cap;
	struct typed_part *words; /* ended words; owned */
	size_t words_n, words_cap;
	struct typed_part now; /* the one at the caret, perhaps empty */
	struct str line;       /* up to the caret */
	const struct command_row *row;
	const struct complete_for *with; /* or NULL: everything */
};

/* Sorts what was found, and gives it to the arena. */
void complete_end(struct completing *c);

/* complete_read.c: parts the line into words. */
void complete_read(struct completing *c);

/* complete_replay.c: commands that are one word. */
void complete_own(struct completing *c, const struct ui_command *rows, size_t n);

/* complete_from.c: candidates of a session that begin with, or sound like, `typed`. */
void complete_add(struct completing *c, struct str text, struct str shown, struct str help, int rank);
void complete_person(struct completing *c, struct str before, struct str typed);
void complete_segment(struct completing *c, struct str typed);
void complete_entry(struct completing *c, struct str typed);
void complete_note(struct completing *c, struct str typed);
void complete_event(struct completing *c, struct str typed);
void complete_console(struct completing *c, struct str typed);

/* ---- event_words.c: words without a screen; they live in a or in the session ---- */

/* Short: "Point 2". */
struct str segment_words(
	const struct session *s, struct arena *a, const struct session_segment *g);
/* What an event did, as a noun. */
struct str event_words(const struct session *s, struct arena *a, const struct event *e);
