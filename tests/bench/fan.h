/* Servers that tell many what one says; each runs in a process of its own. */
#pragma once

#include "dais/str.h"

enum { FAN_LINES = 4096, FAN_FIRST = 2 };

/* The records that are told, and where. */
struct fan {
	struct str lines[FAN_LINES]; /* sealed, with their newlines */
	const char *folder;	     /* of sockets */
	int orders;		     /* one byte for each record that is to be told */
};

/* dais: a hub and its guests behind the session's own socket, FOLDER/dais/fan.sock. Never returns. */
_Noreturn void fan_dais(const struct fan *f);
/* Nothing but libuv, a uv_try_write() for each; FOLDER/bare.sock. */
_Noreturn void fan_bare(const struct fan *f);
