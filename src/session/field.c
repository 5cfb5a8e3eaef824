/*
 * The fields of every kind of event as one table: a new field is one row here,
 * and nobody can forget to copy, write or read it.
 */
#include "field.h"

enum { TEXT_MAX = 1024 };

#define AT(path) offsetof(struct event, path)
#define NEED true
#define MAY false
#define KEY(name)                                                                                  \
	{                                                                                          \
		"\"" name "\":", sizeof("\"" name "\":") - 1                                       \
	}
#define INT(need, name, path)                                                                      \
	{                                                                                          \
		KEY(name), FIELD_INT, need, AT(path), 0, 0                                              \
	}
#define SIGNED(need, name, path)                                                                   \
	{                                                                                          \
		KEY(name), FIELD_SIGNED, need, AT(path), 0, 0                                           \
	}
#define ID(name, path)                                                                             \
	{                                                                                          \
		KEY(name), FIELD_ID, MAY, AT(path), 0, 0                                                \
	}
#define BOOL(name, path)                                                                           \
	{                                                                                          \
		KEY(name), FIELD_BOOL, NEED, AT(path), 0, 0                                             \
	}
#define TEXT(need, name, path, max)                                                                \
	{                                                                                          \
		KEY(name), FIELD_STR, need, AT(path), max, 0                                            \
	}
#define CHANGE(name, path, max)                                                                    \
	{                                                                                          \
		KEY(name), FIELD_CHANGE, MAY, AT(path), max, 0                                          \
	}
#define WORD(need, name, path, set)                                                                \
	{                                                                                          \
		KEY(name), FIELD_WORD, need, AT(path), 0, set                                           \
	}
#define LIST(name, path)                                                                           \
	{                                                                                          \
		KEY(name), FIELD_LIST, MAY, AT(path), EVENT_NAME_MAX, 0                                 \
	}
#define RAW(name, path)                                                                            \
	{                                                                                          \
		KEY(name), FIELD_RAW, NEED, AT(path), 0, 0                                              \
	}

static const struct field session_open[] = {
	INT(NEED, "format", open.format),
	TEXT(MAY, "app", open.app, EVENT_NAME_MAX),
	RAW("forum", open.forum),
	BOOL("rehearsal", open.rehearsal),
};
static const struct field session_host[] = {
	INT(NEED, "epoch", host.epoch),
	TEXT(NEED, "host", host.host, EVENT_NAME_MAX),
	TEXT(MAY, "boot", host.boot, EVENT_NAME_MAX),
	INT(NEED, "wall", host.wall),
	INT(NEED, "mono", host.mono),
	TEXT(NEED, "why", host.why, EVENT_NAME_MAX),
	INT(MAY, "gap", host.gap),
	TEXT(MAY, "torn", host.torn, TEXT_MAX),
	SIGNED(MAY, "zone", host.zone),
};
static const struct field session_close[] = {
	TEXT(MAY, "why", close.why, TEXT_MAX),
};
static const struct field chair_pass[] = {
	TEXT(NEED, "to", pass.to, EVENT_NAME_MAX),
};
static const struct field segment_enter[] = {
	TEXT(NEED, "segment", segment.segment, EVENT_NAME_MAX),
	INT(MAY, "carry", segment.carry),
};
static const struct field segment_extend[] = {
	TEXT(NEED, "segment", segment.segment, EVENT_NAME_MAX),
	SIGNED(NEED, "by", segment.by),
};
static const struct field segment_skip[] = {
	TEXT(NEED, "segment", segment.segment, EVENT_NAME_MAX),
};
static const struct field agenda_fit[] = {
	RAW("plan", fit.plan),
};
static const struct field person_add[] = {
	TEXT(NEED, "person", person.person, EVENT_NAME_MAX),
	TEXT(NEED, "name", person.name, EVENT_NAME_MAX),
	TEXT(MAY, "title", person.title, TEXT_MAX),
	TEXT(MAY, "affiliation", person.affiliation, TEXT_MAX),
	WORD(MAY, "role", person.role, WORDS_ROLE),
	WORD(MAY, "attending", person.attending, WORDS_ATTENDING),
	TEXT(MAY, "pinyin", person.pinyin, TEXT_MAX),
	TEXT(MAY, "note", person.note, EVENT_NOTE_MAX),
};
static const struct field person_set[] = {
	TEXT(NEED, "person", person.person, EVENT_NAME_MAX),
	TEXT(MAY, "name", person.name, EVENT_NAME_MAX),
	CHANGE("title", person.title, TEXT_MAX),
	CHANGE("affiliation", person.affiliation, TEXT_MAX),
	WORD(MAY, "role", person.role, WORDS_ROLE),
	WORD(MAY, "attending", person.attending, WORDS_ATTENDING),
	WORD(MAY, "link", person.link, WORDS_LINK),
};
static const struct field queue_add[] = {
	INT(NEED, "entry", queue.entry),
	TEXT(NEED, "person", queue.person, EVENT_NAME_MAX),
	WORD(NEED, "as", queue.as, WORDS_AS),
	WORD(MAY, "attending", queue.attending, WORDS_ATTENDING),
	TEXT(MAY, "about", queue.about, TEXT_MAX),
	INT(MAY, "place", queue.place),
};
static const struct field queue_move[] = {
	INT(NEED, "entry", queue.entry),
	INT(MAY, "place", queue.place),
	WORD(MAY, "as", queue.as, WORDS_AS),
};
static const struct field queue_remove[] = {
	INT(NEED, "entry", queue.entry),
	TEXT(MAY, "why", queue.why, TEXT_MAX),
};
static const struct field queue_rule[] = {
	WORD(MAY, "order", rule.order, WORDS_ORDER),
	INT(MAY, "limit", rule.limit),
	WORD(MAY, "interrupt", rule.interrupt, WORDS_INTERRUPT),
};
static const struct field turn_start[] = {
	INT(NEED, "turn", turn.turn),
	TEXT(NEED, "person", turn.person, EVENT_NAME_MAX),
	ID("entry", turn.entry),
	WORD(NEED, "as", turn.as, WORDS_AS),
	INT(MAY, "allotted", turn.allotted),
};
static const struct field turn_by[] = {
	SIGNED(NEED, "by", turn.by),
};
static const struct field turn_end[] = {
	TEXT(MAY, "why", turn.why, TEXT_MAX),
};
static const struct field note_add[] = {
	INT(NEED, "note", note.note),
	ID("turn", note.turn),
	TEXT(MAY, "person", note.person, EVENT_NAME_MAX),
	WORD(MAY, "mark", note.mark, WORDS_MARK),
	TEXT(NEED, "text", note.text, EVENT_NOTE_MAX),
};
static const struct field note_edit[] = {
	INT(NEED, "note", note.note),
	CHANGE("text", note.text, EVENT_NOTE_MAX),
	WORD(MAY, "mark", note.mark, WORDS_MARK),
};
static const struct field note_remove[] = {
	INT(NEED, "note", note.note),
};
static const struct field award_give[] = {
	TEXT(NEED, "segment", award.segment, EVENT_NAME_MAX),
	TEXT(NEED, "recipient", award.recipient, EVENT_NAME_MAX),
	LIST("presenters", award.presenters),
};
static const struct field mark_add[] = {
	INT(NEED, "mark", mark.mark),
	WORD(NEED, "what", mark.what, WORDS_WHAT),
	TEXT(MAY, "text", mark.text, TEXT_MAX),
};
static const struct field message_send[] = {
	TEXT(MAY, "to", message.to, EVENT_NAME_MAX),
	TEXT(NEED, "text", message.text, EVENT_NOTE_MAX),
};
static const struct field amend_open[] = {
	TEXT(NEED, "of", amend.of, EVENT_NAME_MAX),
	INT(NEED, "records", amend.records),
	TEXT(NEED, "head", amend.head, EVENT_NAME_MAX),
};
static const struct field report_names[] = {
	LIST("names", report.names),
};
static const struct field undo_fields[] = {
	INT(NEED, "seq", undo.seq),
};

struct row {
	const struct field *fields;
	size_t n;
};

#define ROW(fields)                                                                                \
	{                                                                                          \
		fields, sizeof fields / sizeof fields[0]                                           \
	}

static const struct row rows[EVENT_KIND_COUNT] = {
	[EVENT_SESSION_OPEN] = ROW(session_open),
	[EVENT_SESSION_HOST] = ROW(session_host),
	[EVENT_SESSION_CLOSE] = ROW(session_close),
	[EVENT_CHAIR_PASS] = ROW(chair_pass),
	[EVENT_SEGMENT_ENTER] = ROW(segment_enter),
	[EVENT_SEGMENT_EXTEND] = ROW(segment_extend),
	[EVENT_SEGMENT_SKIP] = ROW(segment_skip),
	[EVENT_AGENDA_FIT] = ROW(agenda_fit),
	[EVENT_PERSON_ADD] = ROW(person_add),
	[EVENT_PERSON_SET] = ROW(person_set),
	[EVENT_QUEUE_ADD] = ROW(queue_add),
	[EVENT_QUEUE_MOVE] = ROW(queue_move),
	[EVENT_QUEUE_REMOVE] = ROW(queue_remove),
	[EVENT_QUEUE_RULE] = ROW(queue_rule),
	[EVENT_TURN_START] = ROW(turn_start),
	[EVENT_TURN_EXTEND] = ROW(turn_by),
	[EVENT_TURN_CORRECT] = ROW(turn_by),
	[EVENT_TURN_END] = ROW(turn_end),
	[EVENT_NOTE_ADD] = ROW(note_add),
	[EVENT_NOTE_EDIT] = ROW(note_edit),
	[EVENT_NOTE_REMOVE] = ROW(note_remove),
	[EVENT_AWARD_GIVE] = ROW(award_give),
	[EVENT_MARK_ADD] = ROW(mark_add),
	[EVENT_MESSAGE_SEND] = ROW(message_send),
	[EVENT_AMEND_OPEN] = ROW(amend_open),
	[EVENT_REPORT_REVIEW] = ROW(report_names),
	[EVENT_REPORT_APPROVE] = ROW(report_names),
	[EVENT_UNDO] = ROW(undo_fields),
};

const struct field *
field_rows(enum event_kind kind, size_t *n)
{
	*n = rows[kind].n;
	return rows[kind].fields;
}

bool
field_said(const struct field *f, const struct event *e)
{
	const void *p = field_of(f, e);
	switch (f->type) {
	case FIELD_INT:
	case FIELD_SIGNED:
		return *(const int64_t *)p != EVENT_NO;
	case FIELD_ID:
		return *(const int64_t *)p > 0;
	case FIELD_BOOL:
		return true;
	case FIELD_CHANGE:
		return ((const struct str *)p)->p != NULL;
	case FIELD_WORD:
		return *(const unsigned *)p != 0;
	case FIELD_LIST:
		return ((const struct event_list *)p)->n > 0;
	case FIELD_STR:
	case FIELD_RAW:
		break;
	}
	return ((const struct str *)p)->n > 0;
}
