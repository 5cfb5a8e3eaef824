/*
 * The folder of sockets. Everything rests on it: a directory that only we can
 * enter makes what lies in it ours, so it is opened once, checked on the open
 * descriptor and not by its name, and never repaired.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dais/i18n.h"
#include "internal.h"

static const char *const why_unsafe =
	N_("the folder for sockets is not safe: it has to be a directory of your own with mode "
	   "0700 (dais in XDG_RUNTIME_DIR, or dais-UID in /tmp)");
static const char *const why_no_folder = N_("the folder for sockets cannot be made");
static const char *const why_long = N_("the path of the folder for sockets is too long");

/* Fills in what identifies the directory; -EPERM where anybody else has a say in it. */
static int
folder_check(struct folder *f)
{
	struct stat is;
	if (fstat(f->fd, &is) < 0)
		return -errno;
	if (is.st_uid != geteuid() || (is.st_mode & 0777) != 0700)
		return -EPERM;
	f->dev = is.st_dev;
	f->ino = is.st_ino;
	return 0;
}

static bool
runtime_good(const char *runtime)
{
	struct folder f = {.fd = -1};
	if (!runtime || runtime[0] != '/')
		return false;
	f.fd = open(runtime, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = f.fd >= 0 && folder_check(&f) == 0;
	folder_close(&f);
	return good;
}

static int
folder_path(struct folder *f, const char *runtime, const char *temporary)
{
	int n = runtime_good(runtime)
		? snprintf(f->path, sizeof f->path, "%s/dais", runtime)
		: snprintf(f->path, sizeof f->path, "%s/dais-%u", temporary, (unsigned)geteuid());
	return n < 0 || (size_t)n >= sizeof f->path ? -ENAMETOOLONG : 0;
}

int
folder_open(struct folder *out, const char *runtime, const char *temporary, bool make,
	const char **why)
{
	*out = (struct folder){.fd = -1};
	*why = why_long;
	int rc = folder_path(out, runtime, temporary);
	if (rc < 0)
		return rc;
	*why = why_no_folder;
	if (make && mkdir(out->path, 0700) < 0 && errno != EEXIST)
		return -errno;
	out->fd = open(out->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (out->fd < 0) {
		rc = -errno;
		if (rc == -ELOOP || rc == -ENOTDIR)
			*why = why_unsafe;
		return rc;
	}
	rc = folder_check(out);
	if (rc < 0) {
		*why = why_unsafe;
		folder_close(out);
	}
	return rc;
}

int
folder_find(struct folder *out, bool make, const char **why)
{
	return folder_open(out, getenv("XDG_RUNTIME_DIR"), "/tmp", make, why);
}

void
folder_close(struct folder *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}

const char *
folder_file(struct buf *out, const char *name, const char *ending)
{
	buf_reset(out);
	buf_puts(out, name);
	buf_puts(out, ending);
	return out->p;
}
