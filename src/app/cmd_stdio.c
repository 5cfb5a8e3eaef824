/* dais stdio: what ssh runs on the host's machine. Standard output is the other console's: nothing
 * else may be printed on it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "joined.h"

int
cmd_stdio(const struct arguments *args)
{
	enum seat seat = 0;
	int code = 0;
	if (args->values[0] && !seat_named(args->values[0], &seat))
		return seat_unknown(args->values[0]);
	char *name = args->rest_n ? xstrdup(args->rest[0]) : session_named(NULL, &code);
	if (!name)
		return code;
	int error = stdio_relay(str_of(name), seat, STDIN_FILENO, STDOUT_FILENO);
	if (error)
		APP_ERROR(_("{0}: this session cannot be reached: {1}"), str_of(name),
			str_of(strerror(-error)));
	free(name);
	return error ? DAIS_FAILED : DAIS_OK;
}
