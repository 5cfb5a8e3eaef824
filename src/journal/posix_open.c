/*
 * Opening a log for more: lock, sync, read, and only then, where its end is
 * torn, a cut. The order makes a crash at any point harmless: the torn bytes
 * are safe elsewhere before they go, and a second opening finds the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dais/i18n.h"
#include "internal.h"

enum { OPEN_TRIES = 5 };

/* The file under our name, locked; it may be exchanged while we wait for nothing. */
static int
open_locked(struct file *f, struct journal_check *check)
{
	struct stat st;
	for (int i = 0; i < OPEN_TRIES; i++) {
		f->fd = call_open(&f->calls, f->folder, f->name, O_RDWR | O_APPEND);
		if (f->fd == -ELOOP)
			check->why = N_("this is a symbolic link");
		else if (f->fd == -EISDIR || f->fd == -ENXIO)
			check->why = N_("this is not an ordinary file");
		if (f->fd < 0)
			return check->why && f->fd != -ELOOP ? -EBADMSG : f->fd;
		int r = call_stat(&f->calls, f->fd, &st);
		if (r == 0 && !S_ISREG(st.st_mode)) {
			check->why = N_("this is not an ordinary file");
			r = -EBADMSG;
		}
		if (r == 0)
			r = call_lock(&f->calls, f->fd);
		if (r < 0 || file_is_at(&f->calls, f->folder, f->name, f->fd))
			return r;
		close(f->fd);
		f->fd = -1;
	}
	return -EAGAIN;
}

static int
take_torn(struct file *f, const char *name)
{
	return call_open(&f->calls, f->folder, name, O_RDWR | O_CREAT | O_EXCL | O_APPEND);
}

static int
torn_copy(struct file *f, int fd, int64_t from, int64_t n)
{
	char *p = xmalloc((size_t)n);
	size_t done;
	int64_t got = call_read(&f->calls, f->fd, p, (size_t)n, from);
	int r = got < 0 ? (int)got : got < n ? -EIO : 0;
	if (r == 0)
		r = call_write(&f->calls, fd, (struct str){p, (size_t)n}, 0, &done);
	if (r == 0)
		r = call_sync(&f->calls, fd);
	if (r == 0)
		r = call_sync_folder(&f->calls, f->folder);
	free(p);
	return r;
}

/* Saves the torn bytes beside the log, then cuts them off. */
static int
torn_cut(struct file *f, const char *path, struct journal_check *check)
{
	char *name;
	int fd = file_number(f, "torn", take_torn, &name), r = fd;
	if (fd >= 0) {
		r = torn_copy(f, fd, check->good_bytes, check->bad_bytes);
		if (r < 0)
			call_unlink(&f->calls, f->folder, name);
		close(fd);
	}
	if (r == 0) {
		struct buf whole = {0};
		buf_puts(&whole, path);
		buf_puts(&whole, name + strlen(f->name));
		check->torn = whole.p;
		r = call_truncate(&f->calls, f->fd, check->good_bytes);
	}
	free(name);
	return r == 0 ? call_sync(&f->calls, f->fd) : r;
}

/*
 * After a failed sync the kernel may hold bytes that it believes to be on the
 * disk and that are not; reading gives them back, and another sync succeeds.
 * So what no mark vouches for is written once more, as it is, and that is synced.
 */
static int
rewrite_end(struct file *f, int64_t from)
{
	int64_t n = f->size - from, done = 0;
	if (f->calls.before) {
		int r = f->calls.before(f->calls.ctx, "rewrite");
		if (r < 0)
			return r;
	}
	char *p = xmalloc((size_t)n);
	int64_t got = call_read(&f->calls, f->fd, p, (size_t)n, from);
	int r = got < 0 ? (int)got : got < n ? -EIO : 0;
	int flags = fcntl(f->fd, F_GETFL);
	if (r == 0 && (flags < 0 || fcntl(f->fd, F_SETFL, flags & ~O_APPEND) < 0))
		r = -errno;
	while (r == 0 && done < n) {
		ssize_t w = pwrite(f->fd, p + done, (size_t)(n - done), from + done);
		if (w < 0 && errno != EINTR)
			r = -errno;
		done += w > 0 ? w : 0;
	}
	free(p);
	if (r == 0 && fcntl(f->fd, F_SETFL, flags) < 0)
		r = -errno;
	return r == 0 ? call_sync(&f->calls, f->fd) : r;
}

static int
keep_end(struct file *f)
{
	int64_t n = f->size < FILE_KEPT ? f->size : FILE_KEPT;
	buf_reserve(&f->kept, (size_t)n);
	int64_t got = call_read(&f->calls, f->fd, f->kept.p, (size_t)n, f->size - n);
	if (got < n)
		return got < 0 ? (int)got : -EIO;
	f->kept.n = (size_t)n;
	f->kept_from = f->size - n;
	return 0;
}

/* The reading is done and the end is whole. */
static int
ready(struct file *f, const struct reading *ask, const struct journal_check *check)
{
	int64_t from =
		ask->mark.seq >= 0 && ask->mark.size < check->good_bytes ? ask->mark.size : 0;
	f->size = check->good_bytes;
	f->seq = check->records - 1;
	memcpy(f->head, check->head, HASH_SIZE);
	memcpy(f->first, ask->first, HASH_SIZE);
	if (f->size - from > JOURNAL_BATCH_MAX)
		from = f->size - JOURNAL_BATCH_MAX;
	int r = ask->mark.seq == f->seq ? 0 : rewrite_end(f, from);
	if (r == 0)
		r = keep_end(f);
	if (r == 0)
		r = file_unchanged(f, f->size);
	if (r < 0)
		return r;
	f->reserved = f->size + FILE_AHEAD;
	call_reserve(&f->calls, f->fd, f->size, FILE_AHEAD);
	f->trusted = true;
	file_mark(f);
	return 0;
}

static int
open_file(struct file *f, const char *path, struct reading *ask, struct journal_check *check)
{
	struct stat st = {0};
	int r = open_locked(f, check);
	/* A killed writer may have left its last bytes, and even the log's name, in memory only. */
	if (r == 0)
		r = call_sync(&f->calls, f->fd);
	if (r == 0)
		r = call_sync_folder(&f->calls, f->folder);
	if (r == 0)
		r = call_stat(&f->calls, f->fd, &st);
	if (r < 0)
		return r;
	ask->mark = file_mark_load(f);
	struct source src = file_source(f, st.st_size);
	r = reader_run(&src, ask, check);
	if (r < 0)
		return r;
	if (check->state != JOURNAL_WHOLE && check->state != JOURNAL_TORN)
		return -EBADMSG;
	if (check->state == JOURNAL_TORN && (r = torn_cut(f, path, check)) < 0)
		return r;
	return ready(f, ask, check);
}

int
journal_open_all(struct journal **out, const char *path, const unsigned char *before,
	journal_visit_cb visit, void *ctx, struct journal_check *check,
	const struct journal_calls *c)
{
	struct reading ask = {.visit = visit, .ctx = ctx};
	struct file *f;
	*out = NULL;
	*check = (struct journal_check){.state = JOURNAL_NOT_A_LOG, .mark_seq = -1};
	int r = file_make(&f, path, O_RDONLY, c);
	if (r == 0 && before) {
		memcpy(f->before, before, HASH_SIZE);
		memcpy(ask.before, before, HASH_SIZE);
	}
	if (r == 0)
		r = open_file(f, path, &ask, check);
	if (r < 0) {
		file_free(f);
		return r;
	}
	*out = journal_make(path, f);
	return 0;
}

int
journal_open(struct journal **out, const char *path, journal_visit_cb visit, void *ctx,
	struct journal_check *check)
{
	return journal_open_all(out, path, NULL, visit, ctx, check, NULL);
}

int
journal_open_after(struct journal **out, const char *path, const unsigned char before[32],
	journal_visit_cb visit, void *ctx, struct journal_check *check)
{
	return journal_open_all(out, path, before, visit, ctx, check, NULL);
}

int
journal_open_with(struct journal **out, const char *path, journal_visit_cb visit, void *ctx,
	struct journal_check *check, const struct journal_calls *c)
{
	return journal_open_all(out, path, NULL, visit, ctx, check, c);
}
