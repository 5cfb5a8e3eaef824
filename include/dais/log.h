/*
 * What a program says on standard error, and how it ends when it must.
 *
 * The only door whose room keeps a variable of its own: the hook that
 * restores the terminal before the program dies.
 */
#pragma once

#include "dais/str.h"

/* Exit codes (formats.md 5). */
enum dais_exit {
	DAIS_OK = 0,
	DAIS_FAILED = 1,   /* refused or failed */
	DAIS_USAGE = 2,    /* wrong usage */
	DAIS_UNTRUSTED = 3 /* a log or agenda that cannot be trusted or read */
};

/* Prints "dais: TEXT" and a newline to standard error in one write, TEXT cleaned of anything that a terminal would act on. */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2), nonnull(1)));

/* The function that log_die calls first; NULL for none. It may only do what a signal handler may. */
void log_on_death(void (*restore)(void));

/* Ends the program after the hook, with a sentence and DAIS_FAILED. */
_Noreturn void log_die(const char *sentence);
