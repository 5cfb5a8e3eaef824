/* The title of the window that a console runs in: how it is set, and given back. */
#pragma once

#include "dais/str.h"

enum title_form {
	TITLE_NONE,
	TITLE_KEPT,   /* by the terminal itself, with the alternate screen */
	TITLE_PUSHED, /* by us, on the terminal's stack */
	TITLE_NAMED,  /* the name of a window of screen's, that is given back by having none */
};

/*
 * Which one a terminal has. term: TERM. inside_tmux: whatever TERM says. marked: its description
 * says that it has a title; keeps: that the alternate screen saves it.
 */
enum title_form title_form(const char *term, bool inside_tmux, bool marked, bool keeps);
/* What is sent before the first title, and after the last one. */
const char *title_begin(enum title_form form);
const char *title_end(enum title_form form);
/* Appends the title, cleaned, if it is another one than last, which becomes it. */
void title_put(enum title_form form, struct str title, struct buf *last, struct buf *out);
