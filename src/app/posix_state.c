/* Which sessions were begun on this machine: a small file for each in the state folder, so that
 * `dais list` finds what was left unfinished. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

static bool
make_folder(const char *path)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

char *
state_folder(void)
{
	const char *base = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	struct buf path = {0};
	if (base && *base == '/') {
		buf_puts(&path, base);
		make_folder(path.p);
	} else if (home && *home == '/') {
		static const char *const steps[] = {"/.local", "/state"};
		buf_puts(&path, home);
		for (size_t i = 0; i < 2; i++) {
			buf_puts(&path, steps[i]);
			make_folder(path.p);
		}
	} else {
		return NULL;
	}
	buf_puts(&path, "/" APP_NAME);
	if (!make_folder(path.p)) {
		buf_finish(&path);
		return NULL;
	}
	return path.p;
}

static bool
sessions_folder(struct buf *path)
{
	char *state = state_folder();
	if (!state)
		return false;
	buf_puts(path, state);
	free(state);
	buf_puts(path, "/sessions");
	return make_folder(path->p);
}

/* One name a log: its path, hashed. */
static bool
entry_path(struct buf *path, const char *log)
{
	uint64_t h = 14695981039346656037u;
	for (const char *p = log; *p; p++)
		h = (h ^ (unsigned char)*p) * 1099511628211u;
	if (!sessions_folder(path))
		return false;
	buf_printf(path, "/%016llx", (unsigned long long)h);
	return true;
}

bool
state_first(void)
{
	char *state = state_folder();
	struct buf path = {0};
	if (!state)
		return false;
	buf_puts(&path, state);
	buf_puts(&path, "/welcomed");
	/* Not worth waiting for the disk: who is greeted twice has lost nothing. */
	int fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool first = fd >= 0;
	if (first)
		close(fd);
	buf_finish(&path);
	free(state);
	return first;
}

void
state_remember(const char *log)
{
	struct buf path = {0};
	if (entry_path(&path, log)) {
		unlink(path.p);
		file_create(path.p, str_of(log), 0600);
	}
	buf_finish(&path);
}

void
state_forget(const char *log)
{
	struct buf path = {0};
	if (entry_path(&path, log))
		unlink(path.p);
	buf_finish(&path);
}

void
state_each(state_seen_cb seen, void *ctx)
{
	struct buf path = {0};
	DIR *folder = sessions_folder(&path) ? opendir(path.p) : NULL;
	size_t base = path.n;
	for (struct dirent *d; folder && (d = readdir(folder));) {
		struct buf log = {0};
		if (d->d_name[0] == '.')
			continue;
		path.n = base;
		buf_puts(&path, "/");
		buf_puts(&path, d->d_name);
		if (!file_read(path.p, 8192, &log) && log.n && log.p[0] == '/')
			seen(ctx, log.p);
		buf_finish(&log);
	}
	if (folder)
		closedir(folder);
	buf_finish(&path);
}
