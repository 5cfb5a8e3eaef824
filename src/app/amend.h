/* What correcting a log and listing what can be corrected share. */
#pragma once

#include "dais/text.h"
#include "internal.h"

/* To standard output: notes and people with their numbers and ids, who reviewed and approved the
 * report, and what was corrected so far. */
void amend_list(const struct session *s, const char *log);
