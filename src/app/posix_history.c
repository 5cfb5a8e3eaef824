/*
 * The command lines of earlier sessions: a file of its own in the state
 * folder, for nobody else's eyes. Nothing depends on it; what cannot be read
 * or written is left alone without a word.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dais/event.h"
#include "dais/utf8.h"
#include "internal.h"

enum { LINES_MAX = 500, FILE_MAX = 8 << 20 };

static char *
history_path(const char *end)
{
	char *state = state_folder();
	struct buf path = {0};
	if (!state)
		return NULL;
	buf_puts(&path, state);
	buf_puts(&path, "/history");
	buf_puts(&path, end);
	free(state);
	return path.p;
}

/* The file, for us alone until it is closed; what is no file of ours, or too large to be read again, is not
 * touched. */
static int
open_locked(const char *path)
{
	struct stat here, there;
	for (int tries = 0; tries < 3; tries++) {
		int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
		if (fd < 0)
			return -1;
		bool ours = fstat(fd, &here) == 0 && S_ISREG(here.st_mode) &&
			    here.st_size <= FILE_MAX && here.st_uid == geteuid() && flock(fd, LOCK_EX) == 0;
		/* While we waited another console may have put a shorter one in its place. */
		if (ours && stat(path, &there) == 0 && here.st_ino == there.st_ino &&
			here.st_dev == there.st_dev) {
			if (here.st_mode & 077)
				fchmod(fd, 0600);
			return fd;
		}
		close(fd);
		if (!ours)
			return -1;
	}
	return -1;
}

static bool
fits(struct str line)
{
	return line.n > 0 && line.n <= EVENT_NOTE_MAX && utf8_valid(line, NULL) &&
	       !memchr(line.p, 0, line.n);
}

/* The newest lines, each once, the newest first. Answers how many; `all` counts what is there. */
static size_t
newest(struct str text, struct str *lines, size_t *all)
{
	size_t n = 0;
	*all = 0;
	while (text.n) {
		const char *end = memrchr(text.p, '\n', text.n);
		size_t start = end ? (size_t)(end - text.p) + 1 : 0;
		struct str line = str_from(text, start);
		bool known = false;
		text.n = start ? start - 1 : 0;
		for (size_t i = 0; i < n && !known; i++)
			known = str_eq(lines[i], line);
		*all += line.n > 0;
		if (!known && fits(line) && n < LINES_MAX)
			lines[n++] = line;
	}
	return n;
}

/* Puts a file with these lines in the place of a longer one. */
static void
shorten(const char *path, const struct str *lines, size_t n)
{
	char *beside = history_path(".new");
	struct buf text = {0};
	for (size_t i = n; i-- > 0;) {
		buf_str(&text, lines[i]);
		buf_char(&text, '\n');
	}
	if (beside)
		unlink(beside);
	if (beside && !file_create(beside, buf_view(&text), 0600) && rename(beside, path) != 0)
		unlink(beside);
	buf_finish(&text);
	free(beside);
}

void
history_each(history_line_cb seen, void *ctx)
{
	struct buf text = {0};
	struct str *lines = xcalloc(LINES_MAX, sizeof *lines);
	char *path = history_path("");
	size_t all = 0;
	int fd = path ? open_locked(path) : -1;
	if (fd >= 0 && !file_read(path, FILE_MAX, &text)) {
		size_t n = newest(buf_view(&text), lines, &all);
		/* A last line without its end would run into the next. */
		if (all > n || (text.n && text.p[text.n - 1] != '\n'))
			shorten(path, lines, n);
		for (size_t i = n; i-- > 0;)
			seen(ctx, lines[i]);
	}
	if (fd >= 0)
		close(fd);
	buf_finish(&text);
	free(lines);
	free(path);
}

void
history_append(struct str line)
{
	char *path = fits(line) && !memchr(line.p, '\n', line.n) ? history_path("") : NULL;
	int fd = path ? open_locked(path) : -1;
	struct buf text = {0};
	buf_str(&text, line);
	buf_char(&text, '\n');
	/* In one piece, so that no half of a line is left behind. */
	while (fd >= 0 && write(fd, text.p, text.n) < 0 && errno == EINTR)
		continue;
	if (fd >= 0)
		close(fd);
	buf_finish(&text);
	free(path);
}
