/* What is published of a session: folds of it, written into a buffer. Pure. */
#pragma once

#include "dais/session.h"

enum report_format { REPORT_MD, REPORT_HTML, REPORT_CSV, REPORT_VTT, REPORT_CHAPTERS, REPORT_JSON, REPORT_FORMAT_COUNT };
const char *report_format_text(enum report_format f);
bool report_format_from(struct str s, enum report_format *out);
/* True for the formats whose times are the recording's, so that an offset says something. */
bool report_format_recorded(enum report_format f);

struct report_options {
	int64_t now_t;	/* session time up to which a running turn counts */
	bool chinese;	/* the caller has set i18n_language() to match */
	struct str damage; /* a sentence on what of the log could not be trusted, or "" */
	int64_t offset_ms; /* the recording's time when session time is 0; below 0 where it began later */
};
/*
 * A report is a draft until it was approved after the close, and again once
 * something was corrected since. csv and chapters have no place to say so.
 */
bool report_is_draft(const struct session *s, const struct report_options *o);
/* Why it is one, in whole sentences. */
void report_state(struct buf *out, const struct session *s, const struct report_options *o);
/* What an event after the close did, as a part of a sentence: "a note of 张虎 was changed"; false where there is nothing to tell. */
bool report_amendment(struct buf *out, const struct session *s, const struct event *e);
/* Marked as a draft where it is one. Notes that only chairs may see are never in it. */
void report_write(struct buf *out, const struct session *s, enum report_format f, const struct report_options *o);
/* How many turns or segments a recorded format leaves out, since they were over when the recording began. */
size_t report_left_out(const struct session *s, enum report_format f, const struct report_options *o);
