/* What was meant, where a file that was named is not what a command takes. */
#pragma once

#include <stdbool.h>

/* True where the file is no agenda, and it was told what it is or what was meant. */
bool hint_no_agenda(const char *file);
/* The same for a log. sub: the command, as it would be typed again. */
bool hint_no_log(const char *sub, const char *file);
/* The command that takes such a file; NULL where it is neither, or not there. */
const char *hint_command(const char *file);
