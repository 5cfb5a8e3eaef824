/*
 * Where on this machine other logs of a session may lie: what was hosted here,
 * and what consoles that joined from here kept. Looked at, never changed.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "joined.h"

struct seeking {
	const struct kept *own;
	orphan_log_cb seen;
	void *ctx;
};

static char *
beside(const char *folder, const char *name)
{
	struct buf path = {0};
	buf_puts(&path, folder);
	buf_char(&path, '/');
	buf_puts(&path, name);
	return path.p;
}

/* A console that runs there tells of what it holds itself. */
static bool
runs(const char *folder)
{
	char *path = beside(folder, "lock");
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	bool is = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0;
	if (fd >= 0)
		close(fd);
	free(path);
	return is;
}

static void
seek_in(const struct seeking *s, const char *folder, bool own)
{
	DIR *d = opendir(folder);
	char *outbox = own ? NULL : beside(folder, "outbox");
	for (struct dirent *e; d && (e = readdir(d));) {
		struct str name = str_of(e->d_name);
		char *path = beside(folder, e->d_name);
		if (!own && str_is(name, "copy.dais"))
			s->seen(s->ctx, path, outbox, false);
		else if (str_starts(name, STR("copy.dais.aside-")))
			s->seen(s->ctx, path, NULL, false);
		free(path);
	}
	if (d)
		closedir(d);
	free(outbox);
}

static void
on_hosted(void *ctx, const char *log)
{
	const struct seeking *s = ctx;
	s->seen(s->ctx, log, NULL, true);
}

void
orphan_logs(const struct kept *own, orphan_log_cb seen, void *ctx)
{
	struct seeking s = {own, seen, ctx};
	char *state = state_folder(), *joined = state ? beside(state, "joined") : NULL;
	DIR *d = joined ? opendir(joined) : NULL;
	state_each(on_hosted, &s);
	for (struct dirent *e; d && (e = readdir(d));) {
		char *folder = beside(joined, e->d_name);
		bool mine = own->folder && !strcmp(folder, own->folder);
		if (e->d_name[0] != '.' && (mine || !runs(folder)))
			seek_in(&s, folder, mine);
		free(folder);
	}
	if (d)
		closedir(d);
	free(joined);
	free(state);
}

static char *
moved_path(const char *log)
{
	struct buf path = {0};
	buf_puts(&path, log);
	buf_puts(&path, ".moved");
	return path.p;
}

void
log_moved(const char *log, struct str host)
{
	char *path = moved_path(log);
	keep_write(path, host.n ? host : STR("?"));
	free(path);
}

char *
log_moved_to(const char *log)
{
	struct buf host = {0};
	char *path = moved_path(log);
	/* Whoever may have written it: that it lies there is what counts. */
	bool is = access(path, F_OK) == 0;
	if (is && keep_read(path, &host) < 0)
		buf_puts(&host, "?");
	free(path);
	if (!is) {
		buf_finish(&host);
		return NULL;
	}
	return host.p ? host.p : xstrdup("?");
}

bool
orphan_begins(const char *log, struct str first)
{
	char *bytes = xmalloc(first.n);
	int fd = open(log, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd >= 0 ? pread(fd, bytes, first.n, 0) : -1;
	bool same = n >= 0 && str_eq((struct str){bytes, (size_t)n}, first);
	if (fd >= 0)
		close(fd);
	free(bytes);
	return same;
}
