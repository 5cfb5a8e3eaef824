/* A session to measure on: from a log or from nothing, and acts in it by the command language. */
#pragma once

#include "dais/command.h"

struct acting {
	struct session *s;
	struct arena arena; /* of one act */
	struct events events;
	struct buf body, line;
	unsigned char hash[32];
	int64_t t;
	double longest; /* s of processor time that the longest event took to fold */
};

/* The session of a log, without its close, so that more can be done. Ends the program where there
 * is none. */
void acting_read(struct acting *a, const char *path);
/* The forum of chair.h. */
void acting_open(struct acting *a);
/* Decides, seals and folds, a second later than the last time; false where it is refused. */
bool acting_do(struct acting *a, const char *line);
void acting_finish(struct acting *a);
