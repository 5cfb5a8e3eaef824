/*
 * Addresses and the two ends of a socket. Whoever calls place_bind holds the
 * lock, and only that makes it right to unlink what lies there.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "internal.h"

static const char socket_ending[] = ".sock";

/* An address that does not fit would be cut in silence, and would be another's. */
static int
socket_address(struct sockaddr_un *out, const struct folder *in, struct str name)
{
	struct str parts[] = {str_of(in->path), STR("/"), name, str_of(socket_ending)};
	size_t n = 0;
	*out = (struct sockaddr_un){.sun_family = AF_UNIX};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].n >= sizeof out->sun_path - n)
			return -ENAMETOOLONG;
		memcpy(out->sun_path + n, parts[i].p, parts[i].n);
		n += parts[i].n;
	}
	return 0;
}

bool
socket_fits(const struct folder *f, struct str name)
{
	struct sockaddr_un to;
	return socket_address(&to, f, name) == 0;
}

static int
socket_make(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	return fd < 0 ? -errno : fd;
}

/*
 * The mode of the path comes from the socket's own, less the umask; so it is
 * narrow from the first moment, and the umask of other threads stays theirs.
 */
static int
bind_narrow(struct place *p, int fd, const char *file, const struct sockaddr_un *to)
{
	struct stat is;
	if (fchmod(fd, 0600) < 0)
		return -errno;
	if (unlinkat(p->folder.fd, file, 0) < 0 && errno != ENOENT)
		return -errno;
	if (bind(fd, (const struct sockaddr *)to, sizeof *to) < 0)
		return -errno;
	if (fstatat(p->folder.fd, file, &is, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;
	p->bound = true;
	p->bound_dev = is.st_dev;
	p->bound_ino = is.st_ino;
	return S_ISSOCK(is.st_mode) && (is.st_mode & 0177) == 0 ? 0 : -EPERM;
}

int
place_bind(struct place *p)
{
	struct sockaddr_un to;
	struct buf file = {0};
	const char *why;
	place_unbind(p);
	int rc = place_stand(p, &why);
	if (rc == 0)
		rc = socket_address(&to, &p->folder, str_of(p->name));
	int fd = rc < 0 ? rc : socket_make();
	if (fd < 0)
		return fd;
	rc = bind_narrow(p, fd, folder_file(&file, p->name, socket_ending), &to);
	buf_finish(&file);
	if (rc < 0) {
		place_unbind(p);
		close(fd);
		return rc;
	}
	return fd;
}

static bool
ours_in(const struct place *p, const struct folder *in)
{
	struct buf file = {0};
	struct stat is;
	bool ours = p->bound &&
		fstatat(in->fd, folder_file(&file, p->name, socket_ending), &is,
			AT_SYMLINK_NOFOLLOW) == 0 &&
		is.st_dev == p->bound_dev && is.st_ino == p->bound_ino;
	buf_finish(&file);
	return ours;
}

bool
place_bound(const struct place *p)
{
	struct folder now;
	const char *why;
	if (folder_find(&now, false, &why) < 0)
		return false;
	bool bound = now.dev == p->folder.dev && now.ino == p->folder.ino && ours_in(p, &now);
	folder_close(&now);
	return bound;
}

void
place_unbind(struct place *p)
{
	struct buf file = {0};
	if (ours_in(p, &p->folder))
		unlinkat(p->folder.fd, folder_file(&file, p->name, socket_ending), 0);
	p->bound = false;
	buf_finish(&file);
}

int
socket_connect(const struct folder *f, struct str name)
{
	struct sockaddr_un to;
	int rc = socket_address(&to, f, name);
	int fd = rc < 0 ? rc : socket_make();
	if (fd < 0)
		return fd;
	while (connect(fd, (struct sockaddr *)&to, sizeof to) < 0) {
		if (errno == EINTR)
			continue;
		rc = -errno;
		close(fd);
		return rc;
	}
	return fd;
}

bool
socket_ours(int fd)
{
	struct ucred who;
	socklen_t n = sizeof who;
	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0 && who.uid == geteuid();
}

bool
socket_dead(int fd)
{
	struct pollfd of = {.fd = fd};
	return poll(&of, 1, 0) > 0 && (of.revents & (POLLHUP | POLLERR | POLLNVAL));
}
