/*
 * When a file can no longer be trusted, the log goes on in a fresh one: what
 * was durable, checked record by record against the head that was acknowledged,
 * and behind it what was not saved yet. The fresh file takes the name only when
 * all of it is synced; the old one is kept under another.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dais/i18n.h"
#include "internal.h"

enum { COPY_STEP = 64 << 10 };

struct copy {
	struct file *f;
	int fd, error;
	int64_t offset;
	struct buf lines;
};

static int
copy_flush(struct copy *c)
{
	size_t done;
	int r = call_write(&c->f->calls, c->fd, buf_view(&c->lines), c->offset, &done);
	c->offset += (int64_t)done;
	buf_reset(&c->lines);
	return r;
}

static const char *
copy_record(void *ctx, const struct journal_record *r)
{
	struct copy *c = ctx;
	buf_str(&c->lines, r->line);
	buf_char(&c->lines, '\n');
	if (c->lines.n >= COPY_STEP)
		c->error = copy_flush(c);
	return c->error ? N_("the copy could not be written") : NULL;
}

/* Everything into the fresh file, synced. */
static int
copy_all(struct file *f, int fd, struct str more)
{
	struct copy c = {.f = f, .fd = fd};
	struct source src = file_source(f, f->size);
	struct reading ask = {.visit = copy_record, .ctx = &c, .mark = {.seq = -1}};
	struct journal_check found;
	struct stat st;
	memcpy(ask.before, f->before, HASH_SIZE);
	int r = reader_run(&src, &ask, &found);
	if (r == 0)
		r = c.error;
	/* The head is the hash over all that was acknowledged: it is that, or it is not. */
	if (r == 0 && (found.state != JOURNAL_WHOLE || memcmp(found.head, f->head, HASH_SIZE) != 0))
		r = -EBADMSG;
	journal_check_finish(&found);
	if (r == 0) {
		buf_str(&c.lines, more);
		r = copy_flush(&c);
	}
	buf_finish(&c.lines);
	if (r == 0)
		r = call_sync(&f->calls, fd);
	if (r == 0)
		r = call_stat(&f->calls, fd, &st);
	if (r == 0 && st.st_size != f->size + (int64_t)more.n)
		r = -ESTALE;
	return r;
}

static int
take_fresh(struct file *f, const char *name)
{
	int fd = file_claim(&f->calls, f->folder, name, f->size);
	return fd == -EAGAIN ? -EEXIST : fd;
}

static int
take_link(struct file *f, const char *name)
{
	return call_link(&f->calls, f->folder, f->name, name);
}

static int
take_rename(struct file *f, const char *name)
{
	return call_rename_new(&f->calls, f->folder, f->name, name);
}

/* How the old file was kept, so that it can be undone. */
struct old {
	char *name;
	bool moved;
	int rival; /* a descriptor with the lock of what stands at our name and is not ours, or -1
		    */
};

/* What stands at the name gets another one. Refuses where that is a living writer's log. */
static int
old_keep(struct file *f, struct old *old)
{
	bool ours = file_is_at(&f->calls, f->folder, f->name, f->fd);
	if (ours && f->scratch)
		return 0;
	if (!ours) {
		int fd = call_open(&f->calls, f->folder, f->name, O_RDWR);
		old->rival = fd < 0 ? -1 : fd;
		if (fd >= 0 && call_lock(&f->calls, fd) == -EAGAIN)
			return -EAGAIN;
	}
	int r = file_number(f, "failed", take_link, &old->name);
	if (r == 0 || r == -ENOENT) {
		if (r == -ENOENT) {
			free(old->name);
			old->name = NULL;
		}
		return 0;
	}
	free(old->name);
	old->name = NULL;
	/* Only a file system without hard links, or a folder in the file's place, is moved instead.
	 */
	if (r != -EPERM && r != -EOPNOTSUPP && r != -EMLINK && r != -ENOSYS)
		return r;
	old->moved = true;
	r = file_number(f, "failed", take_rename, &old->name);
	if (r < 0) {
		free(old->name);
		old->name = NULL;
	}
	return r;
}

static void
old_undo(struct file *f, struct old *old)
{
	if (old->name && old->moved)
		call_rename(&f->calls, f->folder, old->name, f->name);
	else if (old->name)
		call_unlink(&f->calls, f->folder, old->name);
	free(old->name);
	old->name = NULL;
}

/* From here on the fresh file is the log's, whether its name is durable or not. */
static void
adopt(struct file *f, int fd, char *old)
{
	close(f->fd);
	f->fd = fd;
	f->reserved = f->size + FILE_AHEAD;
	if (old || !f->scratch) {
		free(f->old);
		f->old = old;
	}
	f->scratch = true;
}

int
file_renew(struct file *f, struct str more)
{
	struct old old = {.rival = -1};
	char *name = NULL;
	int fd = file_number(f, "new", take_fresh, &name), r = fd;
	if (fd >= 0) {
		r = copy_all(f, fd, more);
		if (r == 0)
			r = old_keep(f, &old);
		if (r == 0) {
			r = call_rename(&f->calls, f->folder, name, f->name);
			if (r < 0)
				old_undo(f, &old);
		}
		if (r < 0) {
			call_unlink(&f->calls, f->folder, name);
			close(fd);
		} else {
			adopt(f, fd, old.name);
			r = call_sync_folder(&f->calls, f->folder);
		}
	}
	if (r == 0) {
		f->trusted = true;
		f->scratch = false;
		f->failovers++;
	}
	if (old.rival >= 0)
		close(old.rival);
	free(name);
	return r;
}
