/* X.mark on the disk. Every failure here is borne in silence: the mark is only ever a lower bound.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

static int
mark_open(const struct file *f, int flags)
{
	struct buf name = {0};
	struct stat st;
	buf_puts(&name, f->name);
	buf_puts(&name, ".mark");
	int fd = call_open(&f->calls, f->folder, name.p, flags);
	buf_finish(&name);
	if (fd < 0)
		return -1;
	/* Another name's file is not ours to write into. */
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1)
		return fd;
	close(fd);
	return -1;
}

struct mark
file_mark_load(const struct file *f)
{
	char text[MARK_SIZE + 1];
	struct mark none = {.seq = -1};
	int fd = mark_open(f, O_RDONLY);
	if (fd < 0)
		return none;
	int64_t n = call_read(&f->calls, fd, text, sizeof text, 0);
	close(fd);
	return n < 0 ? none : mark_read((struct str){text, (size_t)n});
}

void
file_mark(struct file *f)
{
	struct mark m = {.seq = f->seq, .size = f->size};
	char text[MARK_SIZE];
	struct stat st;
	if (f->mark < 0)
		f->mark = mark_open(f, O_RDWR | O_CREAT);
	if (f->mark < 0)
		return;
	memcpy(m.hash, f->head, HASH_SIZE);
	memcpy(m.first, f->first, HASH_SIZE);
	mark_write(text, &m);
	if (f->calls.before && f->calls.before(f->calls.ctx, "mark") < 0)
		return;
	ssize_t n = pwrite(f->mark, text, sizeof text, 0);
	if (n == MARK_SIZE && fstat(f->mark, &st) == 0 && st.st_size > MARK_SIZE)
		n = ftruncate(f->mark, MARK_SIZE);
	(void)n;
}
