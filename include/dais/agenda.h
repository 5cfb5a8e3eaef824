/*
 * The agenda file (formats.md 1): read, checked, and turned into the forum of
 * the opening event, so that a replay needs no YAML.
 */
#pragma once

#include "dais/diag.h"

/* What an agenda says, in short. */
struct agenda {
	struct buf forum;   /* owned; canonical JSON for session_opening() */
	size_t segments, people, points;
	int64_t planned_ms; /* sum of the durations */
	int64_t start_min;  /* minutes after midnight, or EVENT_NO */
	bool chinese;	    /* forum.language */
};
void agenda_finish(struct agenda *a);

/*
 * Brings the bytes of a file that the agenda names (a roster), relative to it:
 * 0 or a negative errno value.
 */
typedef int (*agenda_load_cb)(void *ctx, struct str name, struct buf *out);

/*
 * Reads source; every problem is in l. True if it can be run (warnings only).
 * Problems of a roster are told in l at the place that names it, with the
 * roster's own line and column in the text.
 */
bool agenda_read(struct agenda *out, struct str source, agenda_load_cb load, void *ctx, struct diag_list *l);
/* A commented agenda to fill in, in Chinese or English; static. */
struct str agenda_template(bool chinese);
