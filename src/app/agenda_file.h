/* An agenda file read and checked, for whoever runs or checks one. */
#pragma once

#include "dais/agenda.h"
#include "internal.h"

/* Reads and checks a file; its problems go to standard error unless quiet. DAIS_OK, or the exit
 * code. out is to be finished either way. */
int agenda_file_read(struct agenda *out, const char *path, bool quiet);
