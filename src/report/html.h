/* What the parts of the page share. */
#pragma once

#include "internal.h"

struct html_page {
	struct buf *out;
	const struct session *s;
	const struct report_options *o;
	struct report_notes notes;
	struct report_visit *visits; /* owned */
	size_t visits_n;
	const struct session_segment *segments;
	size_t people_n, segments_n, turns_n;
	int64_t end; /* up to when it tells */
	/* Talk of each person in each segment, in ms: people_n rows of segments_n; owned. */
	int64_t *talk;
};

/* Markup of our own, never text of theirs. */
void html_put(struct html_page *p, const char *markup);
/* <tag class="class">text</tag>, where there is any text; class may be NULL. */
void html_element(struct html_page *p, const char *tag, const char *class, struct str text);
/* The same with words of ours, translated already. */
void html_words(struct html_page *p, const char *tag, const char *class, const char *words);
/* "Debate point 2" or "Keynote": for places where a title is too long. */
void html_short_name(struct buf *out, const struct html_page *p, size_t segment);
/* The class of a segment's colour, "c0" to "c7"; "cx" where nobody debates. */
void html_colour(struct buf *out, const struct html_page *p, size_t segment);
/* Markup: "14:05–14:46" for each stay; nothing where it was never entered. */
void html_stays(struct html_page *p, size_t segment);

void html_style(struct buf *out);
void html_people(struct html_page *p);
/* Notes from before the first segment. */
void html_before(struct html_page *p);
void html_segment(struct html_page *p, size_t segment);
void html_pictures(struct html_page *p);
void html_lanes(struct html_page *p);
