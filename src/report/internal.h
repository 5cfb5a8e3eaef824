/* What the formats share: the fold of a session as a report tells it. */
#pragma once

#include "dais/i18n.h"
#include "dais/report.h"

/* ---- words ---- */

/*
 * Appends text as every format may carry it: what is no UTF-8 becomes U+FFFD,
 * what a terminal or a reader's eye would trip over is left out, runs of blanks
 * are one. Line ends are blanks too, or stay (one at a time) where lines is true.
 */
void plain_text(struct buf *out, struct str text, bool lines);
/* "李毅 (线上)"-like parts: affiliation, title and name as the language orders them. id may name
 * nobody: then it stands itself. */
void report_person(struct buf *out, const struct session *s, struct str id, bool chinese);
/* The name alone. */
struct str report_name(const struct session *s, struct str id);
/* What a segment is called: its title, or its kind. */
void report_segment(struct buf *out, const struct session_segment *g, bool chinese);
/* Words for kinds; translated. */
const char *report_as(enum event_as as);
const char *report_kind(enum segment_kind kind);
/* "Question:" and the like, translated; NULL for what needs no word. */
const char *report_mark(enum event_mark mark);

/* ---- what was said after the close ---- */

/* "With 3 corrections made after the close."; nothing where there are none. */
void report_amended(struct buf *out, const struct session *s);
/* The place in the past of the first correction that stands, from here on; SIZE_MAX behind the last. */
size_t report_correction(const struct session *s, size_t from);
/* "2026-05-20 董云云: a note of 张虎 was changed" */
void report_correction_line(struct buf *out, const struct session *s, size_t place, bool chinese);
/* "冯洋 (2026-05-20)": who did, or without a day who was to. */
void report_reviewed_by(struct buf *out, const struct session *s, bool chinese);
void report_approved_by(struct buf *out, const struct session *s, bool chinese);

/* ---- times ---- */

/* Up to when the report tells: the close, or now. */
int64_t report_end(const struct session *s, const struct report_options *o);
/* The end of a turn, or now where it lasts. */
int64_t report_turn_end(const struct session_turn *turn, int64_t now_t);
int64_t report_turn_paused(const struct session_turn *turn, int64_t now_t);
/* Local time where the session was held: "2023-07-15", "14:05" and "14:05:09". */
void report_date(struct buf *out, const struct session *s, int64_t t);
void report_clock(struct buf *out, const struct session *s, int64_t t);
void report_seconds(struct buf *out, const struct session *s, int64_t t);

/* A stay in a segment; one that is left and entered again has several. */
struct report_visit {
	size_t segment;
	int64_t start, end;
};
/* Owned by the caller, in order of time. */
struct report_visit *report_visits(
	const struct session *s, const struct report_options *o, size_t *n);

/* ---- notes ---- */

/* True for what everybody may read: not removed, not for chairs only. */
bool report_note_public(const struct session_note *note);

/* The public notes by turn, and in order within one. */
struct report_notes {
	const struct session_note **sorted;
	size_t n;
};
struct report_notes report_notes_sort(const struct session *s);
void report_notes_finish(struct report_notes *notes);
/* Those of a turn (0: of none): the first of *n. */
const struct session_note *const *report_notes_of(
	const struct report_notes *notes, int64_t turn, size_t *n);

/* ---- certificates ---- */

bool report_same_list(struct event_list a, struct event_list b);
/* Names of a list, with the language's comma. */
void report_names(struct buf *out, const struct session *s, struct event_list list, bool chinese);

/* ---- formats ---- */

void markdown_write(struct buf *out, const struct session *s, const struct report_options *o);
void html_write(struct buf *out, const struct session *s, const struct report_options *o);
void csv_write(struct buf *out, const struct session *s, const struct report_options *o);
void vtt_write(struct buf *out, const struct session *s, const struct report_options *o);
void chapters_write(struct buf *out, const struct session *s, const struct report_options *o);
void json_write(struct buf *out, const struct session *s, const struct report_options *o);
size_t vtt_left_out(const struct session *s, const struct report_options *o);
size_t chapters_left_out(const struct session *s, const struct report_options *o);
/* Appends text so that Markdown shows it as it is, in one paragraph. */
void markdown_text(struct buf *out, struct str text);
/* Appends a cell as a spreadsheet shows it and does not calculate it. */
void csv_cell(struct buf *out, struct str text);
/* Appends text for a cue: one line, nothing in it that WebVTT would obey. */
void vtt_text(struct buf *out, struct str text);
/* Appends text for an element or an attribute in double quotes; line ends stay. */
void html_text(struct buf *out, struct str text);
