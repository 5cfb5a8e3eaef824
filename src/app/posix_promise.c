/*
 * Whoever has followed a later host follows the earlier one no more, though it
 * comes back and is found at another address, by another of one's consoles, or
 * with a copy that is gone. So this is kept beside the consoles' folders and
 * not in them: one small file for each log.
 */
#include <stdlib.h>
#include <sys/stat.h>

#include "dais/link.h"
#include "promise.h"

enum { LOG_TEXT = 64, NAME_TEXT = 32 };

static char *
path_of(struct str log)
{
	unsigned char hash[32];
	char *state = state_folder();
	struct buf path = {0};
	if (!state || !hash_read(log, hash)) {
		free(state);
		return NULL;
	}
	buf_puts(&path, state);
	buf_puts(&path, "/epochs");
	mkdir(path.p, 0700);
	buf_char(&path, '/');
	buf_str(&path, str_upto(log, NAME_TEXT));
	free(state);
	return path.p;
}

int64_t
promise_of(struct str log)
{
	struct buf text = {0};
	int64_t epoch = 0;
	char *path = path_of(log);
	if (!path || keep_read(path, &text) < 0 || !str_starts(buf_view(&text), log) ||
		!str_int(str_trim(str_from(buf_view(&text), LOG_TEXT)), &epoch))
		epoch = 0;
	buf_finish(&text);
	free(path);
	return epoch;
}

bool
promise_keep(struct str log, int64_t epoch)
{
	int64_t kept = promise_of(log);
	struct buf text = {0};
	char *path = epoch > kept ? path_of(log) : NULL;
	if (path) {
		buf_str(&text, log);
		buf_printf(&text, " %lld\n", (long long)epoch);
		/* Where the disk does not take it the copy does not come there either, which is told. */
		keep_write(path, buf_view(&text));
	}
	buf_finish(&text);
	free(path);
	return epoch >= kept;
}
