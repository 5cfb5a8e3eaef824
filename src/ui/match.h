/*
 * Finding people by what a hand types in a hurry. A name is taken apart once,
 * into characters and the letters that they are read with; a key then costs a
 * few operations on bits for each person and no memory.
 */
#pragma once

#include "internal.h"

enum { QUERY_MAX = 60 };

/* Where in a person's parts another way to call them begins. */
enum part_start { PART_GOES_ON, PART_NAME, PART_ID, PART_UNIT };

struct part { /* a syllable, a character, a word */
	uint32_t code; /* the character, as it can be typed itself; 0 for none */
	uint16_t at;   /* its letters */
	uint8_t n;
	uint8_t start; /* enum part_start */
};
struct spelling {
	struct part *parts; /* owned */
	size_t n, cap;
	struct buf letters; /* numbers of letters, see letter_at() */
};

/* ---- taking text apart: match_spell.c ---- */

enum { LETTERS = 36 };
enum spell { SPELL_END, SPELL_LETTER, SPELL_CHARACTER, SPELL_NOTHING, SPELL_GAP };
struct speller { /* zeroed but for the text, to begin with */
	struct str rest;
	int letter, before; /* 0 to 25 for a to z, then the digits; before: the letter before it, or -1 */
	uint32_t code;
};
/* The next sign of a text, with case, width and accents taken off. */
enum spell spell_next(struct speller *s);
/* Appends the parts of text. False where there was nothing to take. */
bool spell_text(struct spelling *s, struct str text, enum part_start start);
/*
 * Appends a reading of the name whose parts are first to end, if it is another
 * one than those behind them. Where the syllables are as many as the parts,
 * characters and letters can be mixed.
 */
void spell_reading(struct spelling *s, size_t first, size_t end, struct str syllables);
bool spell_is_han(uint32_t code);
void spell_finish(struct spelling *s);

/* ---- fitting: match_fit.c ---- */

/* What is typed, as sets of places: bit i stands for the i-th sign. */
struct query {
	uint64_t letters[LETTERS];
	uint32_t codes[QUERY_MAX];
	uint64_t code_places[QUERY_MAX];
	size_t codes_n, n;
	bool too_long; /* nobody is called that */
	uint64_t work; /* letters and characters that were compared so far */
};
void query_read(struct query *q, struct str text);

/* Better ones first. */
enum fit {
	FIT_EXACT,  /* the whole name */
	FIT_ID,	    /* the whole id */
	FIT_WHOLE,  /* from the surname on, whole syllables */
	FIT_ALL,    /* some letters of every syllable */
	FIT_START,  /* from the surname, or the start of the id */
	FIT_LATER,  /* whole syllables, not from the surname */
	FIT_INSIDE,
	FIT_UNIT,
	FIT_NONE,
	FIT_COUNT
};
enum fit match_fit(struct query *q, const struct part *parts, size_t n, const char *letters);
/* The same of the unit alone. */
bool match_unit(struct query *q, const struct part *parts, size_t n, const char *letters);

/* ---- everybody, taken apart: match_roster.c ---- */

enum { GROUP_INVITED, GROUP_UNHEARD, GROUP_HEARD, GROUP_COUNT };

struct known {
	uint64_t stamp;	    /* of what is known; another one: take apart again */
	struct part *parts; /* owned; the letters stand behind them in the same piece of memory */
	uint32_t parts_n;
	uint8_t group;
	bool present; /* waits as this kind, or speaks */
	bool unread;  /* has characters whose readings were not asked for */
};
struct roster {
	struct known *known; /* owned, in the order of the session's people */
	size_t n, cap;
	size_t unread;
	size_t events; /* of the session that were looked at */
	struct spelling spelling;
};

const char *known_letters(const struct known *k);
/* Takes apart whoever came or changed since. */
void roster_sync(struct roster *r, const struct session *s);
/* Who is invited, heard, and present. */
void roster_group(struct roster *r, const struct session *s, enum event_as as);
/* Adds readings of a person's name. False if that is not their name any more. */
bool roster_read(struct roster *r, const struct session *s, struct str id, struct str name,
	struct str names, struct str generic);
void roster_finish(struct roster *r);
/*
 * One person by themselves, where a search has no roster: by the characters,
 * the id, the unit and the roster's pinyin. Better ones are lower; -1 if not
 * at all.
 */
int match_person(const struct session_person *p, struct str query);
