/* What host and consoles share that is no event: what the stage shows, what seats are called. */
#pragma once

#include "dais/command.h"

enum { POST_STAGE }; /* the hub's slots */
enum stage_state { STAGE_OPEN, STAGE_BLANK, STAGE_FROZEN };

const char *stage_words(enum stage_state v);
enum stage_state stage_from(struct str s);
const char *seat_words(enum seat seat); /* translated */
/* The first word of what was typed, which is taken off. */
struct str line_word(struct str *rest);
