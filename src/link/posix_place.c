/*
 * Who lives. The lock says it and nothing else does: it falls with its
 * process, however that ends, so what a dead host left behind is known to be
 * dead. The lock file stays for ever, since unlinking it would let two hosts
 * hold a lock of one name.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dais/i18n.h"
#include "internal.h"

/* Somebody who lists sessions holds a lock for a moment; that is no host. */
enum { LOCK_TRIES = 20, LOCK_PAUSE_MS = 2, LOG_PATH_MAX = 8192 };

static const char lock_ending[] = ".lock";
static const char *const why_lock =
	N_("the lock file of the session is not a plain file of yours");
static const char *const why_taken = N_("too many sessions of this name are running");
static const char *const why_long =
	N_("the path of the session's socket is too long (XDG_RUNTIME_DIR should be a short one)");
static const char *const why_disk = N_("the lock file of the session cannot be written");

static int
lock_hold(int fd)
{
	for (int tries = 0;;) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno == EWOULDBLOCK && ++tries < LOCK_TRIES)
			poll(NULL, 0, LOCK_PAUSE_MS);
		else if (errno != EINTR)
			return -errno;
	}
}

/* True if the folder's file of that name is the one that was opened. */
static bool
same_file(const struct folder *in, const char *file, dev_t dev, ino_t ino)
{
	struct stat there;
	return fstatat(in->fd, file, &there, AT_SYMLINK_NOFOLLOW) == 0 && there.st_dev == dev &&
		there.st_ino == ino;
}

/* Opens and takes one lock. -EWOULDBLOCK if a host has it. */
static int
lock_take(const struct folder *in, const char *file, struct stat *is)
{
	for (int tries = 0; tries < LOCK_TRIES; tries++) {
		int fd = openat(in->fd, file,
			O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
		if (fd < 0)
			return -errno;
		int rc = fstat(fd, is) < 0 ? -errno : 0;
		if (rc == 0 &&
			(!S_ISREG(is->st_mode) || is->st_uid != geteuid() || is->st_nlink > 1))
			rc = -EPERM;
		if (rc == 0)
			rc = lock_hold(fd);
		if (rc == 0 && same_file(in, file, is->st_dev, is->st_ino))
			return fd;
		close(fd);
		if (rc < 0)
			return rc;
	}
	return -EAGAIN;
}

static int
lock_write(int fd, const char *log)
{
	struct buf text = {0};
	buf_puts(&text, log);
	buf_char(&text, '\n');
	int rc = ftruncate(fd, 0) < 0 ? -errno : 0;
	for (size_t at = 0; rc == 0 && at < text.n;) {
		ssize_t n = pwrite(fd, text.p + at, text.n - at, (off_t)at);
		if (n > 0)
			at += (size_t)n;
		else if (n == 0 || errno != EINTR)
			rc = n == 0 ? -ENOSPC : -errno;
	}
	buf_finish(&text);
	return rc;
}

static const char *
lock_why(int rc)
{
	switch (rc) {
	case -EPERM:
	case -ELOOP:
	case -EISDIR:
	case -EACCES:
		return why_lock;
	case -EWOULDBLOCK:
		return why_taken;
	case -ENAMETOOLONG:
		return why_long;
	default:
		return why_disk;
	}
}

/* NAME, NAME-2, … until one is free. Only then is the old lock, if there was one, let go. */
static int
place_lock(struct place *p, const struct folder *in, const char **why)
{
	struct buf name = {0}, file = {0};
	struct stat is = {0};
	int fd = -EWOULDBLOCK;
	for (int i = 1; i <= LINK_TAKEN_MAX && fd == -EWOULDBLOCK; i++) {
		buf_reset(&name);
		buf_puts(&name, p->wish);
		if (i > 1)
			buf_printf(&name, "-%d", i);
		fd = socket_fits(in, buf_view(&name))
			? lock_take(in, folder_file(&file, name.p, lock_ending), &is)
			: -ENAMETOOLONG;
	}
	int rc = fd < 0 ? fd : lock_write(fd, p->log);
	if (rc == 0) {
		if (p->lock >= 0)
			close(p->lock);
		p->lock = fd;
		p->dev = is.st_dev;
		p->ino = is.st_ino;
		free(p->name);
		p->name = str_dup(buf_view(&name));
	} else {
		*why = lock_why(rc);
		if (fd >= 0)
			close(fd);
	}
	buf_finish(&name);
	buf_finish(&file);
	return rc == -EWOULDBLOCK ? -EEXIST : rc;
}

static bool
place_holds(const struct place *p, const struct folder *now)
{
	struct buf file = {0};
	bool holds = p->lock >= 0 && now->dev == p->folder.dev && now->ino == p->folder.ino &&
		same_file(now, folder_file(&file, p->name, lock_ending), p->dev, p->ino);
	buf_finish(&file);
	return holds;
}

int
place_stand(struct place *p, const char **why)
{
	struct folder now;
	int rc = folder_find(&now, true, why);
	if (rc < 0)
		return rc;
	if (!place_holds(p, &now))
		rc = place_lock(p, &now, why);
	if (rc < 0) {
		folder_close(&now);
		return rc;
	}
	folder_close(&p->folder);
	p->folder = now;
	return 0;
}

int
place_take(struct place **out, struct str name, const char *log, const char **why)
{
	struct buf wish = {0};
	struct place *p = xcalloc(1, sizeof *p);
	p->folder.fd = -1;
	p->lock = -1;
	name_safe(&wish, name);
	p->wish = str_dup(buf_view(&wish));
	p->log = xstrdup(log);
	buf_finish(&wish);
	int rc = place_stand(p, why);
	if (rc < 0) {
		place_give_up(p);
		return rc;
	}
	*out = p;
	return 0;
}

const char *
place_name(const struct place *p)
{
	return p->name;
}

void
place_give_up(struct place *p)
{
	if (!p)
		return;
	place_unbind(p);
	if (p->lock >= 0)
		close(p->lock);
	folder_close(&p->folder);
	free(p->wish);
	free(p->name);
	free(p->log);
	free(p);
}

/* Answers true if a host holds the lock; log is then what it wrote there. */
static bool
lock_seen(const struct folder *in, const char *file, struct buf *log)
{
	struct stat is;
	int fd = openat(in->fd, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return false;
	bool held = fstat(fd, &is) == 0 && S_ISREG(is.st_mode) && is.st_uid == geteuid() &&
		flock(fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
	buf_reset(log);
	buf_reserve(log, LOG_PATH_MAX);
	ssize_t n = held ? pread(fd, log->p, LOG_PATH_MAX, 0) : 0;
	log->n = n > 0 ? (size_t)n : 0;
	if (log->n > 0 && log->p[log->n - 1] == '\n')
		log->n--;
	log->p[log->n] = 0;
	close(fd);
	return held;
}

/* What stands before ".lock", or nothing where that is no name of a session. */
static struct str
name_of(const struct dirent *file)
{
	struct str all = str_of(file->d_name);
	size_t ending = sizeof lock_ending - 1;
	struct str name = str_upto(all, all.n > ending ? all.n - ending : 0);
	return str_is(str_from(all, name.n), lock_ending) && name_is_safe(name) ? name : STR_NONE;
}

static int
has_name(const struct dirent *file)
{
	return name_of(file).n > 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return str_cmp(name_of(*a), name_of(*b));
}

int
place_list(place_seen_cb seen, void *ctx)
{
	struct folder in;
	struct dirent **files;
	struct buf log = {0};
	const char *why;
	int rc = folder_find(&in, false, &why);
	if (rc < 0)
		return rc == -ENOENT ? 0 : rc;
	int n = scandirat(in.fd, ".", &files, has_name, by_name);
	rc = n < 0 ? -errno : 0;
	for (int i = 0; i < n; i++) {
		if (lock_seen(&in, files[i]->d_name, &log))
			seen(ctx, name_of(files[i]), buf_view(&log));
		free(files[i]);
	}
	if (n >= 0)
		free(files);
	buf_finish(&log);
	folder_close(&in);
	return rc;
}
