/*
 * Which of terminfo's entries describes this terminal, and whether any does:
 * asked before the terminal is touched, so that a refusal is a plain sentence.
 */
#include "internal.h"

#include <assert.h>
#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "dais/i18n.h"

static bool
has_entry(const char *name)
{
	int error = 0;
	bool found = setupterm(name, STDOUT_FILENO, &error) == OK;
	if (found)
		del_curterm(cur_term);
	return found;
}

void
entry_choose(char name[ENTRY_BYTES])
{
	const char *own = getenv("TERM"), *depth = getenv("COLORTERM");
	assert(own); /* entry_objection had none */
	snprintf(name, ENTRY_BYTES, "%s", own);
	if (!depth || (strcmp(depth, "truecolor") != 0 && strcmp(depth, "24bit") != 0))
		return;
	char direct[ENTRY_BYTES];
	int n = snprintf(direct, ENTRY_BYTES, "%.*s-direct", (int)strcspn(own, "-"), own);
	if (n < ENTRY_BYTES && has_entry(direct))
		memcpy(name, direct, ENTRY_BYTES);
}

const char *
entry_objection(void)
{
	const char *name = getenv("TERM");
	int error = 0;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return N_("The console needs a terminal for its keys and its screen.");
	if (!name || !*name || strlen(name) >= ENTRY_BYTES)
		return N_("TERM does not say what terminal this is. Most of them understand "
			  "TERM=xterm-256color.");
	if (setupterm(name, STDOUT_FILENO, &error) != OK)
		return N_("The terminal that TERM names is not known on this machine. Most of them "
			  "understand TERM=xterm-256color.");
	const char *move = tigetstr("cup");
	bool can = move && move != (char *)-1;
	del_curterm(cur_term);
	return can ? NULL
		   : N_("The terminal that TERM names cannot move its cursor. dais ctl steers a session "
			"without a screen, and dais status --follow --plain tells it.");
}
