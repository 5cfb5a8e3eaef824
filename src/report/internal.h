/* What the formats share: the fold of a session as a report tells it. */
#pragma once

#include "dais/i18n.h"
#include "dais/report.h"

/* True for what everybody may read: not removed, not for chairs only. */
bool report_note_public(const struct session_note *note);
/* The end of a turn, or now where it lasts. */
int64_t report_turn_end(const struct session_turn *turn, int64_t now_t);
/* "一", "二" … in Chinese, digits otherwise. */
void report_ordinal(struct buf *out, int n, bool chinese);
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

void markdown_write(struct buf *out, const struct session *s, const struct report_options *o);
void json_write(struct buf *out, const struct session *s, const struct report_options *o);
/* Appends text so that Markdown shows it as it is, in one paragraph. */
void markdown_text(struct buf *out, struct str text);
