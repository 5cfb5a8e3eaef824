/*
 * Libraries that few sessions need: they are opened when one does, so that all
 * the others start without them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct library_call {
	const char *name;
	size_t at; /* of the pointer to it in the table: offsetof() */
};

/*
 * Opens a shared library by the name that linking with it would note, and fills
 * a table with pointers to its functions. It stays open until the program ends.
 * False where it or one of them is not to be had; the table is not to be used then.
 */
bool library_open(const char *soname, const struct library_call *calls, size_t n, void *table);
