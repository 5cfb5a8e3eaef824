/* What the files of the agenda room share. */
#pragma once

#include "dais/agenda.h"
#include "dais/i18n.h"
#include "dais/pinyin.h"
#include "dais/session.h"
#include "dais/yaml.h"

enum {
	ID_MAX = 32,
	LINE_MAX_BYTES = 1024, /* titles, affiliations, places */
	NAMES_MAX = 200,       /* in one list */
	PEOPLE_MAX = 20000,
	SEGMENTS_MAX = 500
};

/* Where something stands: in the agenda, and, if file is not empty, in a roster that is named
 * there. */
struct spot {
	struct diag_place at;
	int length;
	struct str file;
	struct diag_place in;
};

/* A text as it was written; n is 0 where nothing was said. */
struct value {
	struct str text;
	struct spot spot;
};

struct names {
	struct str *items;
	size_t n;
};

/* The timing and queue of a forum or a segment; EVENT_NO or 0 where nothing was said. */
struct rules {
	int64_t allotted[AS_COUNT];
	int64_t warn[SESSION_WARN_MAX];
	size_t warns;
	int64_t overtime_bell, limit;
	enum event_interrupt interrupt;
	enum session_overtime overtime;
	enum event_order order;
};

struct person {
	struct str id, name, title, affiliation, pinyin, note;
	enum event_role role;
	enum event_attending attending;
	struct spot spot;
	struct person *namesake; /* the next of the same name */
	struct str sound;        /* the name's pinyin, once somebody asked */
};

enum list { LIST_SPEAKERS, LIST_RECIPIENTS, LIST_PRESENTERS, LIST_INVITED, LIST_COUNT };

struct segment {
	enum segment_kind kind;
	struct str id, title, brief;
	int64_t duration; /* 0: not said */
	struct names lists[LIST_COUNT];
	struct rules rules;
	struct spot spot;
};

/* Texts to things; keys are borrowed. Zeroed memory is an empty one. */
struct map_slot {
	struct str key;
	void *value;
};
struct map {
	struct map_slot *slots; /* owned */
	size_t n, cap;
};
void *map_get(const struct map *m, struct str key);
void map_put(struct map *m, struct str key, void *value); /* replaces */
void map_finish(struct map *m);

/* An agenda while it is read. Everything that is kept lives in the arena. */
struct reading {
	struct arena arena;
	struct diag_list *l;
	agenda_load_cb load;
	void *ctx;
	struct pinyin *pinyin; /* opened where a name needs it; owned */
	bool no_pinyin;

	struct str title, series, date, start, venue, language, about;
	int64_t start_min;
	struct names organizers, sponsors, media;
	struct rules rules;
	struct person **people; /* owned array */
	size_t n_people, cap_people;
	bool people_broken; /* some could not be read: nobody is called unknown */
	struct map ids, names;
	struct segment **segments; /* owned array */
	size_t n_segments, cap_segments;
	struct map segment_ids, stems;
	struct names written_by, reviewed_by, approved_by;
};

/* problem.c: what a person is told. text is translated already; the hint is taken over. */
#define ARGS(...)                                                                                  \
	(const struct str[]){__VA_ARGS__},                                                         \
		sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str)
#define NO_ARGS NULL, 0
void tell(struct reading *r, struct spot spot, char *hint, const char *text, const struct str *args,
	size_t n);
void tell_warning(struct reading *r, struct spot spot, char *hint, const char *text,
	const struct str *args, size_t n);
char *hint_of(const char *text); /* NULL for NULL */
/* "did you mean" one of words, or NULL. */
char *hint_meant(struct reading *r, struct str word, const char *const *words, size_t n);
/* The same, or else all of them. */
char *hint_words(struct reading *r, struct str word, const char *const *words, size_t n);
struct str number_of(struct reading *r, int64_t v); /* lives in the arena */
struct spot spot_of(const struct yaml_node *node);
/* The key of a node, or the node itself in a list. */
struct spot spot_key(const struct yaml_node *node);

/* value.c: texts checked and converted. Every one answers "not said" after a problem that it told.
 */
struct str value_line(struct reading *r, const struct value *v, size_t max);
struct str value_prose(struct reading *r, const struct value *v);
struct str value_id(struct reading *r, const struct value *v);
int64_t value_duration(struct reading *r, const struct value *v, bool zero); /* EVENT_NO */
int64_t value_count(struct reading *r, const struct value *v);               /* EVENT_NO */
enum event_role value_role(struct reading *r, const struct value *v);
enum event_attending value_attending(struct reading *r, const struct value *v);
enum event_interrupt value_interrupt(struct reading *r, const struct value *v);
enum session_overtime value_overtime(struct reading *r, const struct value *v);
enum event_order value_order(struct reading *r, const struct value *v);
bool value_kind(struct reading *r, const struct value *v, enum segment_kind *out);

/* calendar.c */
struct str value_date(struct reading *r, const struct value *v);
struct str value_clock(struct reading *r, const struct value *v, int64_t *minutes);

/* field.c: keys of a map. A missing key is an empty value; a wrong kind of one is told. */
struct value field_text(struct reading *r, const struct yaml_node *map, const char *key);
const struct yaml_node *field_map(struct reading *r, const struct yaml_node *map, const char *key);
const struct yaml_node *field_list(struct reading *r, const struct yaml_node *map, const char *key);
/* A text of a list; false where it is something else. */
bool item_text(struct reading *r, const struct yaml_node *item, struct value *out);
struct names field_names(struct reading *r, const struct yaml_node *map, const char *key);
void missing(struct reading *r, const struct yaml_node *map, const char *key, char *hint);

/* The parts of the file, one file each. */
void forum_read(struct reading *r, const struct yaml_node *root);
struct rules rules_none(void);
void rules_read(struct reading *r, const struct yaml_node *map,
	struct rules *out); /* its keys timing and queue */
void people_read(struct reading *r, const struct yaml_node *root);
void segments_read(struct reading *r, const struct yaml_node *root);

/* people.c: the row of one person, from either file. */
struct person_row {
	struct value id, name, title, affiliation, role, attending, pinyin, note;
	struct spot spot;
};
void people_add(struct reading *r, const struct person_row *row);
/* roster.c: false where not all rows could be had. */
bool roster_take(struct reading *r, const struct value *file);

/* ids.c: ids for people who have none, and the way back from what people wrote. */
void ids_make(struct reading *r);
/* sound.c: pinyin without blanks; empty where it cannot be had. */
bool has_han(struct str s);
struct str sound_of(struct reading *r, struct str name);
/* who.c */
struct person *who(struct reading *r, const struct value *v);

/* forum_out.c */
void forum_write(const struct reading *r, struct buf *out);
