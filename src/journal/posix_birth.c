/*
 * The birth of a log: under another name until it holds a whole first record
 * that is on the disk. So a file of the log's name without one was never ours.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

/* Record 0 into X.new, and X.new's name to X. *named: the last step was done. */
static int
bear(struct file *f, const char *fresh, struct str line, bool *named)
{
	size_t done;
	int r = call_write(&f->calls, f->fd, line, 0, &done);
	if (r == 0)
		r = call_sync(&f->calls, f->fd);
	if (r == 0)
		r = call_rename_new(&f->calls, f->folder, fresh, f->name);
	if (r < 0)
		return r;
	*named = true;
	r = call_sync_folder(&f->calls, f->folder);
	return r == 0 ? file_unchanged(f, (int64_t)line.n) : r;
}

static int
birth(struct file *f, struct str body)
{
	struct buf fresh = {0}, line = {0};
	struct stat st;
	bool named = false;
	int r = call_stat_name(&f->calls, f->folder, f->name, &st);
	if (r != -ENOENT)
		return r == 0 ? -EEXIST : r;
	buf_puts(&fresh, f->name);
	buf_puts(&fresh, ".new");
	f->fd = r = file_claim(&f->calls, f->folder, fresh.p, 0);
	if (r >= 0) {
		memcpy(f->head, f->before, HASH_SIZE);
		journal_seal(&line, 0, 0, body, f->head);
		r = bear(f, fresh.p, buf_view(&line), &named);
		if (r < 0)
			call_unlink(&f->calls, f->folder, named ? f->name : fresh.p);
	}
	if (r == 0) {
		f->size = (int64_t)line.n;
		f->reserved = FILE_AHEAD;
		f->trusted = true;
		memcpy(f->first, f->head, HASH_SIZE);
		file_keep(f, buf_view(&line));
		file_mark(f);
	}
	buf_finish(&line);
	buf_finish(&fresh);
	return r;
}

int
journal_birth(struct journal **out, const char *path, const unsigned char *before, struct str body,
	const struct journal_calls *c)
{
	struct file *f;
	*out = NULL;
	if (body.n > JOURNAL_BODY_MAX)
		return -EMSGSIZE;
	int r = file_make(&f, path, O_RDONLY, c);
	if (r == 0 && before)
		memcpy(f->before, before, HASH_SIZE);
	if (r == 0)
		r = birth(f, body);
	if (r < 0) {
		file_free(f);
		return r;
	}
	*out = journal_make(path, f);
	return 0;
}

int
journal_create_with(
	struct journal **out, const char *path, struct str body, const struct journal_calls *c)
{
	return journal_birth(out, path, NULL, body, c);
}

int
journal_create(struct journal **out, const char *path, struct str body)
{
	return journal_birth(out, path, NULL, body, NULL);
}

int
journal_create_after(struct journal **out, const char *path, const unsigned char before[32],
	struct str body)
{
	return journal_birth(out, path, before, body, NULL);
}
