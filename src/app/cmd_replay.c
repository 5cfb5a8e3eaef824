/* dais replay: a log, played back in the console's own panes. */
#include <unistd.h>

#include "hint.h"
#include "player.h"

int
cmd_replay(const struct arguments *args)
{
	const struct player_start start = {
		.log = args->rest[0], .at = args->values[0], .pace = args->values[1]};
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		APP_ERROR(_("a replay needs a terminal; dais report writes a log to a file"),
			STR_NONE);
		return DAIS_USAGE;
	}
	if (hint_no_log("replay", start.log))
		return DAIS_UNTRUSTED;
	return player_run(&start);
}
