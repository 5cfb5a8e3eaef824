/*
 * What the kernel may answer where no call of the journal's table is asked: the
 * C library's own functions are replaced here, and fail when they are told to.
 * Nobody is told that something was saved which was not, and what cannot be
 * read is not made up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lab.h"

/* The call that fails: the next `times` of that name, behind `skip` that do not. */
static struct {
	const char *call;
	int error, times, skip;
} world;

static void
world_fails(const char *call, int error, int times)
{
	world.call = call;
	world.error = error;
	world.times = times;
	world.skip = 0;
}

static bool
fails(const char *call)
{
	if (!world.times || strcmp(world.call, call) != 0 || world.skip-- > 0)
		return false;
	world.times--;
	errno = world.error;
	return true;
}

ssize_t
pread(int fd, void *p, size_t n, off_t at)
{
	return fails("pread") ? -1 : syscall(SYS_pread64, fd, p, n, at);
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	return fails("pwrite") ? -1 : syscall(SYS_pwrite64, fd, p, n, at);
}

int
ftruncate(int fd, off_t n)
{
	return fails("ftruncate") ? -1 : (int)syscall(SYS_ftruncate, fd, n);
}

int
fallocate(int fd, int mode, off_t from, off_t n)
{
	return fails("fallocate") ? -1 : (int)syscall(SYS_fallocate, fd, mode, from, n);
}

int
fdatasync(int fd)
{
	return fails("fdatasync") ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int
fcntl(int fd, int what, ...)
{
	va_list more;
	va_start(more, what);
	void *arg = va_arg(more, void *);
	va_end(more);
	if (fails(what == F_SETFL ? "setfl" : what == F_GETFL ? "getfl" : "lock"))
		return -1;
	return (int)syscall(SYS_fcntl, fd, what, arg);
}

int
fstat(int fd, struct stat *out)
{
	return fails("fstat") ? -1 : (int)syscall(SYS_fstat, fd, out);
}

/* "moved": answers as if another disk's file stood there. */
int
fstatat(int folder, const char *restrict name, struct stat *restrict out, int flags)
{
	if (fails("fstatat"))
		return -1;
	int r = (int)syscall(SYS_newfstatat, folder, name, out, flags);
	if (r == 0 && fails("moved"))
		out->st_dev ^= 1;
	return r;
}

off_t
lseek(int fd, off_t at, int from)
{
	return fails("lseek") ? -1 : syscall(SYS_lseek, fd, at, from);
}

int
renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
	return fails("renameat2")
		? -1
		: (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

/* A log of n records, closed. */
static struct lab
closed(int n)
{
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	lab_append(j, n - 1);
	assert_int_equal(lab_commit(j), 0);
	journal_close(j);
	return lab;
}

static void
reading(void **state)
{
	(void)state;
	struct lab lab = closed(3);
	struct journal_check c;
	world_fails("pread", EINTR, 3);
	assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
	assert_int_equal(world.times, 0);
	assert_int_equal(c.records, 3);
	journal_check_finish(&c);
	for (int skip = 0; skip < 2; skip++) {
		world_fails("pread", EIO, 9);
		world.skip = skip; /* the mark may be read, the log not */
		assert_int_equal(journal_read(lab.path, NULL, NULL, &c), -EIO);
		journal_check_finish(&c);
	}
	world_fails("fstat", EIO, 1);
	assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
	assert_int_equal(c.records, 3);
	assert_int_equal(c.mark_seq, -1); /* what is not known to be a mark vouches for nothing */
	journal_check_finish(&c);
	world_fails("fstat", EIO, 1);
	world.skip = 1;
	assert_int_equal(journal_read(lab.path, NULL, NULL, &c), -EIO);
	journal_check_finish(&c);
	world.times = 0;
	lab_end(&lab);
}

/* A hole is read through where the kernel does not say that it is one. */
static void
holes(void **state)
{
	(void)state;
	struct lab lab = closed(3);
	for (int told = 0; told < 2; told++) {
		struct journal_check c;
		int64_t good = lab_size(lab.path), size = good + (3 << 20);
		assert_int_equal(truncate(lab.path, size), 0);
		world_fails("lseek", EINVAL, told ? 0 : 99);
		assert_int_equal(journal_read(lab.path, NULL, NULL, &c), 0);
		assert_int_equal(c.state, JOURNAL_DAMAGED);
		assert_int_equal(c.records, 3);
		assert_int_equal(c.bad_bytes, size - good);
		assert_true(told || world.times < 99);
		journal_check_finish(&c);
		world.times = 0;
		assert_int_equal(truncate(lab.path, good), 0);
	}
	lab_end(&lab);
}

/* A file of the same number on another disk is another file. */
static void
other_disk(void **state)
{
	(void)state;
	struct lab lab = closed(2);
	struct journal *j;
	struct journal_check c;
	world_fails("moved", 0, 5);
	assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), -EAGAIN);
	assert_int_equal(world.times, 0);
	journal_check_finish(&c);
	world_fails("moved", 0, 1); /* exchanged between opening and locking it */
	assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
	assert_int_equal(world.times, 0);
	journal_check_finish(&c);
	lab_append(j, 1);
	world_fails("moved", 0, 1);
	assert_int_equal(lab_commit(j), -ENOENT);
	assert_int_equal(journal_synced(j), 1);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(journal_failovers(j, NULL), 1);
	journal_close(j);
	lab_whole(lab.path, 3);
	lab_end(&lab);
}

static void
room(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	world_fails("fallocate", EOPNOTSUPP, 99);
	struct journal *j = lab_born(&lab);
	assert_true(world.times < 99);
	lab_append(j, 5);
	assert_int_equal(lab_commit(j), 0);
	world.times = 0;
	journal_close(j);
	lab_whole(lab.path, 6);
	lab_end(&lab);
}

static void
locks(void **state)
{
	(void)state;
	struct lab lab = closed(2);
	struct journal *j;
	struct journal_check c;
	char *other = lab_beside(&lab, ".none");
	world_fails("lock", EACCES, 1); /* POSIX lets a lock be refused so */
	assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), -EAGAIN);
	journal_check_finish(&c);
	assert_false(journal_locked(other));
	assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
	journal_check_finish(&c);
	assert_true(journal_locked(lab.path));
	world_fails("lock", EINVAL, 1);
	assert_false(journal_locked(lab.path));
	journal_close(j);
	assert_false(journal_locked(lab.path));
	free(other);
	lab_end(&lab);
}

/* The end that no mark vouches for is written again; where that fails, the log is not opened. */
static void
unvouched(void **state)
{
	(void)state;
	static const char *const calls[] = {"getfl", "setfl", "pwrite"};
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		for (int skip = 0; skip < (i == 1 ? 2 : 1); skip++) {
			struct lab lab = closed(3);
			char *mark = lab_beside(&lab, ".mark");
			struct journal *j;
			struct journal_check c;
			assert_int_equal(unlink(mark), 0);
			world_fails(calls[i], EIO, 1);
			world.skip = skip;
			assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), -EIO);
			assert_int_equal(world.times, 0);
			journal_check_finish(&c);
			world_fails("pwrite", EINTR, 2);
			assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
			assert_int_equal(world.times, 0);
			assert_int_equal(c.records, 3);
			journal_check_finish(&c);
			journal_close(j);
			lab_whole(lab.path, 3);
			free(mark);
			lab_end(&lab);
		}
	}
}

/* A mark is the log's own small file, and no longer than it is. */
static void
marks(void **state)
{
	(void)state;
	struct lab lab = closed(2);
	char *mark = lab_beside(&lab, ".mark"), *twin = lab_beside(&lab, ".twin");
	struct buf was = lab_read(mark), more = {0};
	struct journal *j;
	struct journal_check c;
	buf_str(&more, buf_view(&was));
	buf_puts(&more, "what somebody put behind it");
	lab_write(mark, buf_view(&more));
	assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
	journal_check_finish(&c);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	journal_close(j);
	assert_int_equal(lab_size(mark), (int64_t)was.n);
	/* That it cannot be written, or shortened, is no reason not to save. */
	lab_write(mark, buf_view(&more));
	assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
	journal_check_finish(&c);
	lab_write(mark, buf_view(&more));
	lab_append(j, 1);
	world_fails("pwrite", ENOSPC, 1);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(world.times, 0);
	assert_int_equal(lab_size(mark), (int64_t)more.n);
	lab_append(j, 1);
	world_fails("fstat", EIO, 1);
	world.skip = 2; /* those of the log, before and behind the write */
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(world.times, 0);
	assert_int_equal(lab_size(mark), (int64_t)more.n);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	assert_int_equal(lab_size(mark), (int64_t)was.n);
	journal_close(j);
	/* One with another name is another file's: it is neither believed nor written. */
	assert_int_equal(link(mark, twin), 0);
	struct buf before = lab_read(twin);
	assert_int_equal(journal_open(&j, lab.path, NULL, NULL, &c), 0);
	assert_int_equal(c.mark_seq, -1);
	journal_check_finish(&c);
	lab_append(j, 1);
	assert_int_equal(lab_commit(j), 0);
	journal_close(j);
	struct buf after = lab_read(twin);
	assert_int_equal(after.n, before.n);
	assert_memory_equal(after.p, before.p, before.n);
	buf_finish(&was);
	buf_finish(&more);
	buf_finish(&before);
	buf_finish(&after);
	free(mark);
	free(twin);
	lab_end(&lab);
}

/* Without renaming that never replaces, a name is given and the other one taken. */
static void
renaming(void **state)
{
	(void)state;
	static const int errors[] = {EINVAL, ENOSYS};
	for (size_t i = 0; i < 2; i++) {
		struct lab lab = lab_begin(true);
		struct journal *j;
		world_fails("renameat2", errors[i], 1);
		assert_int_equal(lab_create(&lab, &j), 0);
		assert_int_equal(world.times, 0);
		journal_close(j);
		lab_whole(lab.path, 1);
		/* And even so nothing is replaced. */
		world_fails("renameat2", errors[i], 1);
		assert_int_equal(lab_create(&lab, &j), -EEXIST);
		world.times = 0;
		lab_whole(lab.path, 1);
		lab_end(&lab);
	}
}

/* What a failed write of a copy left behind is gone before anything else is written. */
static void
copy(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct lab_log log = lab_make(LAB_PATTERN);
	struct str bytes = buf_view(&log.bytes), first = {bytes.p, (size_t)log.start[2]};
	struct mirror *m;
	struct journal_check c;
	assert_int_equal(mirror_open(&m, lab.path, NULL, NULL, &c), 0);
	journal_check_finish(&c);
	assert_int_equal(mirror_write(m, first), 0);
	struct str rest = str_from(bytes, first.n);
	lab_limit_size((int64_t)first.n + 10);
	world_fails("ftruncate", EIO, 2);
	assert_int_equal(mirror_write(m, rest), -EFBIG);
	lab_limit_size(-1);
	assert_int_equal(mirror_write(m, rest), -EIO);
	assert_int_equal(mirror_write(m, rest), 0);
	mirror_close(m);
	struct buf is = lab_read(lab.path);
	assert_int_equal(is.n, bytes.n);
	assert_memory_equal(is.p, bytes.p, bytes.n);
	buf_finish(&is);
	static const char *const calls[] = {"pread", "fstat"};
	for (size_t i = 0; i < 2; i++) {
		world_fails(calls[i], EIO, 1);
		assert_int_equal(mirror_open(&m, lab.path, NULL, NULL, &c), -EIO);
		assert_null(m);
		assert_int_equal(world.times, 0);
		journal_check_finish(&c);
	}
	/* What was not synced is not kept, and comes again. */
	assert_int_equal(mirror_open(&m, lab.path, NULL, NULL, &c), 0);
	journal_check_finish(&c);
	assert_int_equal(mirror_empty(m), 0);
	world_fails("fdatasync", EIO, 1);
	assert_int_equal(mirror_write(m, bytes), -EIO);
	assert_int_equal(lab_size(lab.path), 0);
	assert_int_equal(mirror_write(m, bytes), 0);
	mirror_close(m);
	lab_whole(lab.path, log.n);
	lab_free(&log);
	lab_end(&lab);
}

static void
no_copy(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct mirror *m;
	struct journal_check c;
	assert_int_equal(symlink("elsewhere", lab.path), 0);
	assert_int_equal(mirror_open(&m, lab.path, NULL, NULL, &c), -ELOOP);
	journal_check_finish(&c);
	lab_end(&lab);
}

/* A line that cannot be read is none; it is read again when it is asked for again. */
static void
numbers(void **state)
{
	(void)state;
	struct lab lab = lab_begin(true);
	struct journal *j = lab_born(&lab);
	lab_append(j, 2);
	assert_int_equal(lab_commit(j), 0);
	char *aside = lab_beside(&lab, ".aside");
	assert_int_equal(rename(lab.path, aside), 0);
	assert_int_equal(journal_line(j, 1).n, 0);
	assert_int_equal(rename(aside, lab.path), 0);
	world_fails("pread", EIO, 1);
	assert_int_equal(journal_line(j, 1).n, 0);
	assert_true(journal_line(j, 1).n > 0);
	journal_close(j);
	free(aside);
	lab_end(&lab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading),
		cmocka_unit_test(holes),
		cmocka_unit_test(other_disk),
		cmocka_unit_test(room),
		cmocka_unit_test(locks),
		cmocka_unit_test(unvouched),
		cmocka_unit_test(marks),
		cmocka_unit_test(renaming),
		cmocka_unit_test(copy),
		cmocka_unit_test(no_copy),
		cmocka_unit_test(numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
