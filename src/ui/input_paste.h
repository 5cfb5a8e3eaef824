/* What is between the two fences of a bracketed paste. */
#pragma once

#include "internal.h"

void paste_begin(struct input *in);
/* True at the end of the closing fence. */
bool paste_feed(struct input *in, unsigned char c);
/* Appends what was pasted, as UTF-8 without controls, and forgets it. */
void paste_take(struct input *in, struct buf *clean);
/* True where all that came last was an Escape: a person who waits for the paste to end presses it. */
bool paste_escaped(const struct input *in);
