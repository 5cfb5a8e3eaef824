/*
 * A file that is something else than a command takes: a log where an agenda
 * belongs, an agenda where a log does, a name without its ending. What was meant
 * is told at once, instead of what is wrong with the one taken for the other.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dais/link.h"
#include "hint.h"
#include "internal.h"

enum { PEEK = 4096 };

static bool
is_there(const char *path)
{
	return path && access(path, F_OK) == 0;
}

/* NAME.ENDING with another ending, or the name with it; owned. NULL where it does not have the first one. */
static char *
ended(const char *file, const char *was, const char *is)
{
	struct str s = str_of(file), end = str_of(was);
	struct buf out = {0};
	if (s.n <= end.n || !str_eq(str_from(s, s.n - end.n), end))
		return NULL;
	buf_str(&out, str_upto(s, s.n - end.n));
	buf_puts(&out, is);
	return out.p;
}

/* The first bytes of an ordinary file; a fifo or a device is not touched. */
static size_t
peek(const char *file, char *out)
{
	struct stat st;
	int fd = stat(file, &st) == 0 && S_ISREG(st.st_mode)
			 ? open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
			 : -1;
	ssize_t n = fd < 0 ? -1 : read(fd, out, PEEK);
	if (fd >= 0)
		close(fd);
	return n < 0 ? 0 : (size_t)n;
}

static bool
has_line(struct str text, struct str start)
{
	while (text.n) {
		if (str_starts(text, start))
			return true;
		const char *end = memchr(text.p, '\n', text.n);
		text = str_from(text, end ? (size_t)(end - text.p) + 1 : text.n);
	}
	return false;
}

enum content { CONTENT_OTHER, CONTENT_LOG, CONTENT_AGENDA };

static enum content
content_of(const char *file)
{
	char bytes[PEEK];
	struct str text = {bytes, peek(file, bytes)};
	if (str_starts(text, STR("{\"seq\":")))
		return CONTENT_LOG;
	return has_line(text, STR("dais:")) && has_line(text, STR("forum:")) ? CONTENT_AGENDA : CONTENT_OTHER;
}

/* ---- an agenda is wanted ---- */

static bool
log_for_agenda(const char *file)
{
	char *agenda = ended(file, ".dais", ".yaml");
	bool resumed = agenda && is_there(agenda);
	struct str args[] = {str_of(file), str_of(resumed ? agenda : "")};
	app_error(resumed ? _("{0}: this is the log of a session, not its agenda. dais run {1} goes on with "
			      "it, dais replay {0} plays it back, dais verify {0} checks it")
			  : _("{0}: this is the log of a session, not its agenda. dais replay {0} plays it "
			      "back, dais verify {0} checks it"),
		args, 2);
	free(agenda);
	return true;
}

static bool
no_agenda(const char *file)
{
	static const char *const endings[] = {".yaml", ".yml"};
	for (size_t i = 0; i < 2; i++) {
		char *meant = ended(file, "", endings[i]), *named = ended(file, endings[i], "");
		bool there = is_there(meant);
		if (there)
			APP_ERROR(_("{0}: there is no such file. Did you mean {1}?"), str_of(file),
				str_of(meant));
		else if (named)
			APP_ERROR(_("{0}: there is no such file. dais new {0} writes one to fill in"),
				str_of(file));
		bool told = there || named;
		free(meant);
		free(named);
		if (told)
			return true;
	}
	return false;
}

/* ---- a log is wanted ---- */

static bool
agenda_for_log(const char *sub, const char *file)
{
	char *log = ended(file, ".yaml", ".dais");
	if (!log)
		log = ended(file, ".yml", ".dais");
	bool there = log && is_there(log);
	struct str args[] = {str_of(file), str_of(there ? log : ""), str_of(sub)};
	app_error(there ? _("{0}: this is an agenda. The log of its session lies beside it: dais {2} {1}")
			: _("{0}: this is an agenda, and it has no log yet. dais run {0} begins one"),
		args, 3);
	free(log);
	return true;
}

struct sought {
	const char *name;
	char *log; /* owned */
};

static void
is_that(void *ctx, struct str name, struct str log)
{
	struct sought *x = ctx;
	if (!x->log && str_is(name, x->name))
		x->log = str_dup(log);
}

/* The ending was left off, or it is the name of a session that runs. */
static bool
no_log(const char *file)
{
	struct sought x = {.name = file};
	x.log = ended(file, "", ".dais");
	if (!is_there(x.log)) {
		free(x.log);
		x.log = NULL;
		place_list(is_that, &x);
	}
	bool found = x.log != NULL;
	if (found)
		APP_ERROR(_("{0}: there is no such file. Did you mean {1}?"), str_of(file), str_of(x.log));
	free(x.log);
	return found;
}

static bool
beside_log(const char *sub, const char *file)
{
	char *log = ended(file, ".dais.mark", ".dais");
	bool there = log && is_there(log);
	if (there)
		APP_ERROR(_("{0}: this only lies beside a log. The log is meant: dais {2} {1}"), str_of(file),
			str_of(log), str_of(sub));
	free(log);
	return there;
}

static bool
no_file(const char *file)
{
	struct stat st;
	if (stat(file, &st) < 0 || S_ISREG(st.st_mode))
		return false;
	APP_ERROR("{0}: {1}", str_of(file), str_of(file_why(S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL)));
	return true;
}

bool
hint_no_agenda(const char *file)
{
	if (!is_there(file))
		return *file && no_agenda(file);
	return content_of(file) == CONTENT_LOG && log_for_agenda(file);
}

bool
hint_no_log(const char *sub, const char *file)
{
	if (!is_there(file))
		return *file && no_log(file);
	if (content_of(file) == CONTENT_AGENDA)
		return agenda_for_log(sub, file);
	return no_file(file) || beside_log(sub, file);
}

const char *
hint_command(const char *file)
{
	static const char *const takes[] = {
		[CONTENT_OTHER] = NULL, [CONTENT_LOG] = "replay", [CONTENT_AGENDA] = "run"};
	return takes[content_of(file)];
}
