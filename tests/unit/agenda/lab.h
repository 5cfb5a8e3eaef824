/* An agenda read for a test, with its rosters from a folder or from memory. */
#pragma once

#include "dais/agenda.h"

/* Reads a whole file; 0 or a negative errno value. */
int lab_file(const char *folder, struct str name, struct buf *out);
/* Reads source with rosters from folder (NULL: there are none); the rendering of its problems goes to shown. */
bool lab_read(struct agenda *out, struct str source, const char *folder, const char *name, struct buf *shown);
