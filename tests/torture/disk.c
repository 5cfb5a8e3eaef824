/*
 * The model is harsher than most disks: of what was not synced, any 512 bytes
 * may be there or not, in any order; a file may have its new size and zeros in
 * it; names change in any order until the folder is synced, and syncing a file
 * does not sync its name. After a sync that failed, what it should have written
 * is there or not, and no later sync writes it.
 *
 * The calls come here by the linker's --wrap, so nothing the journal does
 * passes unseen.
 */
#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

enum { PIECE = 512, NAMES = 64, BYTES = 64 << 10 };

enum op_kind { OP_NAME, OP_RENAME, OP_UNLINK, OP_FOLDER, OP_WRITE, OP_CUT, OP_SYNC, OP_FAIL, OP_ACK };

static const char *const op_words[] = {"create or link", "rename", "unlink", "folder sync", "write", "truncate",
	"sync", "failed sync", "acknowledge"};

struct op {
	enum op_kind kind;
	ino_t inode;
	int64_t at; /* offset, size or seq */
	struct buf bytes;
	char *from, *to; /* names */
};

struct disk_rig disk_rig = {.off = true};
static struct {
	ino_t folder;
	struct op *ops;
	size_t n, cap, first;
} tape;

/* --- what was noted --- */

static struct op *
note(enum op_kind kind, ino_t inode, int64_t at)
{
	struct op op = {.kind = kind, .inode = inode, .at = at};
	VEC_PUSH(tape.ops, tape.n, tape.cap, op);
	return &tape.ops[tape.n - 1];
}

static ino_t
inode_of(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 ? st.st_ino : 0;
}

static ino_t
inode_at(int folder, const char *name)
{
	struct stat st;
	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_ino : 0;
}

static void
note_names(enum op_kind kind, int folder, const char *from, const char *to)
{
	struct op *op = note(kind, inode_at(folder, to ? to : from), 0);
	op->from = from ? xstrdup(from) : NULL;
	op->to = to ? xstrdup(to) : NULL;
}

void
disk_start(const char *folder)
{
	tape.folder = inode_at(AT_FDCWD, folder);
	disk_rig = (struct disk_rig){0};
}

void
disk_stop(void)
{
	for (size_t i = 0; i < tape.n; i++) {
		buf_finish(&tape.ops[i].bytes);
		free(tape.ops[i].from);
		free(tape.ops[i].to);
	}
	free(tape.ops);
	tape.ops = NULL;
	tape.n = tape.cap = tape.first = 0;
	disk_rig = (struct disk_rig){.off = true};
}

void
disk_ack(int64_t seq)
{
	if (!disk_rig.dead)
		note(OP_ACK, 0, seq);
}

void
disk_old(void)
{
	tape.first = tape.n;
}

int
disk_first(void)
{
	return (int)tape.first;
}

int
disk_moments(void)
{
	return (int)tape.n;
}

const char *
disk_what(int moment)
{
	return moment ? op_words[tape.ops[moment - 1].kind] : "start";
}

/* --- the calls --- */

int __real_openat64(int folder, const char *name, int flags, ...);
int __real_fdatasync(int fd);
int __real_fsync(int fd);
int __real_renameat(int a, const char *from, int b, const char *to);
int __real_renameat2(int a, const char *from, int b, const char *to, unsigned int flags);
int __real_linkat(int a, const char *from, int b, const char *to, int flags);
int __real_unlinkat(int folder, const char *name, int flags);
int __real_ftruncate64(int fd, int64_t size);
ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __real_pwrite64(int fd, const void *p, size_t n, int64_t at);

int __wrap_openat64(int folder, const char *name, int flags, ...);
int __wrap_fdatasync(int fd);
int __wrap_fsync(int fd);
int __wrap_renameat(int a, const char *from, int b, const char *to);
int __wrap_renameat2(int a, const char *from, int b, const char *to, unsigned int flags);
int __wrap_linkat(int a, const char *from, int b, const char *to, int flags);
int __wrap_unlinkat(int folder, const char *name, int flags);
int __wrap_ftruncate64(int fd, int64_t size);
ssize_t __wrap_write(int fd, const void *p, size_t n);
ssize_t __wrap_pwrite64(int fd, const void *p, size_t n, int64_t at);

static int
died(void)
{
	errno = EIO;
	return -1;
}

int
__wrap_openat64(int folder, const char *name, int flags, ...)
{
	mode_t mode = 0;
	if (flags & O_CREAT) {
		va_list args;
		va_start(args, flags);
		mode = va_arg(args, mode_t);
		va_end(args);
	}
	if (disk_rig.dead)
		return died();
	bool fresh = !disk_rig.off && (flags & O_CREAT) && !inode_at(folder, name);
	int fd = __real_openat64(folder, name, flags, mode);
	if (fd >= 0 && fresh)
		note_names(OP_NAME, folder, NULL, name);
	return fd;
}

static ssize_t
written(int fd, const void *p, ssize_t n, int64_t at)
{
	if (n > 0 && !disk_rig.off) {
		struct op *op = note(OP_WRITE, inode_of(fd), at);
		buf_put(&op->bytes, p, (size_t)n);
	}
	return n;
}

ssize_t
__wrap_write(int fd, const void *p, size_t n)
{
	if (disk_rig.off)
		return __real_write(fd, p, n);
	if (disk_rig.dead)
		return died();
	if (disk_rig.write_fails_in && --disk_rig.write_fails_in == 0) {
		if (n < 2) {
			errno = ENOSPC;
			return -1;
		}
		disk_rig.write_fails_in = 1;
		n = n / 2 < PIECE ? 1 : n / 2;
	}
	int64_t at = lseek(fd, 0, SEEK_END); /* all of ours append */
	return written(fd, p, __real_write(fd, p, n), at);
}

ssize_t
__wrap_pwrite64(int fd, const void *p, size_t n, int64_t at)
{
	if (disk_rig.dead)
		return died();
	/* The journal writes the mark in one piece; everything else is an end that is written once more. */
	if (disk_rig.no_rewrite && n != MARK_SIZE)
		return (ssize_t)n;
	return written(fd, p, __real_pwrite64(fd, p, n, at), at);
}

int
__wrap_fdatasync(int fd)
{
	if (disk_rig.off)
		return __real_fdatasync(fd);
	if (disk_rig.dead)
		return died();
	if (disk_rig.no_sync)
		return 0;
	if (disk_rig.sync_fails_in && --disk_rig.sync_fails_in == 0) {
		note(OP_FAIL, inode_of(fd), 0);
		if (!disk_rig.sync_again)
			return died();
	}
	note(OP_SYNC, inode_of(fd), 0);
	return 0;
}

int
__wrap_fsync(int fd)
{
	if (disk_rig.off)
		return __real_fsync(fd);
	if (disk_rig.dead)
		return died();
	bool folder = inode_of(fd) == tape.folder;
	if (!(folder ? disk_rig.no_folder_sync : disk_rig.no_sync))
		note(folder ? OP_FOLDER : OP_SYNC, inode_of(fd), 0);
	return 0;
}

int
__wrap_renameat(int a, const char *from, int b, const char *to)
{
	int r = disk_rig.dead ? died() : __real_renameat(a, from, b, to);
	if (r == 0 && !disk_rig.off)
		note_names(OP_RENAME, a, from, to);
	return r;
}

int
__wrap_renameat2(int a, const char *from, int b, const char *to, unsigned int flags)
{
	int r = disk_rig.dead ? died() : __real_renameat2(a, from, b, to, flags);
	if (r == 0 && !disk_rig.off)
		note_names(OP_RENAME, a, from, to);
	return r;
}

int
__wrap_linkat(int a, const char *from, int b, const char *to, int flags)
{
	int r = disk_rig.dead ? died() : __real_linkat(a, from, b, to, flags);
	if (r == 0 && !disk_rig.off)
		note_names(OP_NAME, a, NULL, to);
	return r;
}

int
__wrap_unlinkat(int folder, const char *name, int flags)
{
	int r = disk_rig.dead ? died() : __real_unlinkat(folder, name, flags);
	if (r == 0 && !disk_rig.off)
		note_names(OP_UNLINK, folder, name, NULL);
	return r;
}

int
__wrap_ftruncate64(int fd, int64_t size)
{
	if (disk_rig.dead)
		return died();
	struct stat st;
	/* One that cuts nothing gives back room and changes no byte. */
	bool cuts = fstat(fd, &st) == 0 && st.st_size != size;
	if (disk_rig.no_truncate && cuts)
		return 0;
	int r = __real_ftruncate64(fd, size);
	if (r == 0 && cuts && !disk_rig.off)
		note(OP_CUT, inode_of(fd), size);
	return r;
}

/* --- what a cut leaves --- */

struct left {
	ino_t inode;
	char *p;
	int64_t size;
};
struct name {
	ino_t inode;
	const char *text; /* NULL: free */
};
struct state {
	struct left files[NAMES];
	struct name names[NAMES];
	const bool *choice; /* NULL: only counts them */
	int choices;
};

static bool
choose(struct state *s)
{
	bool taken = s->choice && s->choice[s->choices];
	s->choices++;
	return taken;
}

/* What is sure of an operation at a moment. */
struct sure {
	bool data, size;
};

static struct sure
is_sure(size_t i, int moment)
{
	const struct op *op = &tape.ops[i];
	bool failed = false, names = op->kind <= OP_UNLINK;
	for (size_t k = i + 1; k < (size_t)moment; k++) {
		const struct op *later = &tape.ops[k];
		if (names && later->kind == OP_FOLDER)
			return (struct sure){true, true};
		if (names || later->inode != op->inode)
			continue;
		if (later->kind == OP_SYNC)
			return (struct sure){!failed || op->kind == OP_CUT, true};
		failed |= later->kind == OP_FAIL;
	}
	return (struct sure){false, false};
}

static struct left *
file_of(struct state *s, ino_t inode)
{
	for (size_t i = 0; i < NAMES; i++) {
		struct left *f = &s->files[i];
		if (f->inode == 0) {
			f->inode = inode;
			f->p = xcalloc(1, BYTES);
		}
		if (f->inode == inode)
			return f;
	}
	abort();
}

static void
name_set(struct state *s, const char *text, ino_t inode)
{
	struct name *room = NULL;
	for (size_t i = 0; i < NAMES; i++) {
		struct name *n = &s->names[i];
		if (n->text && strcmp(n->text, text) == 0)
			n->text = NULL;
		if (!n->text && !room)
			room = n;
	}
	if (inode && room)
		*room = (struct name){inode, text};
}

static void
apply_write(struct state *s, const struct op *op, struct sure sure)
{
	struct left *f = file_of(s, op->inode);
	int64_t end = op->at + (int64_t)op->bytes.n;
	if (end > BYTES)
		abort();
	for (int64_t at = op->at; at < end;) {
		int64_t next = (at / PIECE + 1) * PIECE;
		if (next > end)
			next = end;
		if (sure.data || choose(s)) {
			memcpy(f->p + at, op->bytes.p + (at - op->at), (size_t)(next - at));
			f->size = f->size < next ? next : f->size;
		}
		at = next;
	}
	if ((sure.size || choose(s)) && f->size < end)
		f->size = end;
}

static void
apply(struct state *s, size_t i, int moment)
{
	const struct op *op = &tape.ops[i];
	if (op->kind >= OP_SYNC || op->kind == OP_FOLDER)
		return;
	struct sure sure = is_sure(i, moment);
	if (op->kind == OP_WRITE) {
		apply_write(s, op, sure);
		return;
	}
	if (!sure.data && !choose(s))
		return;
	if (op->kind == OP_CUT) {
		struct left *f = file_of(s, op->inode);
		if (f->size > op->at)
			memset(f->p + op->at, 0, (size_t)(f->size - op->at));
		f->size = op->at;
		return;
	}
	if (op->from)
		name_set(s, op->from, 0);
	if (op->to)
		name_set(s, op->to, op->inode);
}

static void
play(struct state *s, int moment)
{
	for (size_t i = 0; i < (size_t)moment; i++)
		apply(s, i, moment);
}

static void
forget(struct state *s)
{
	for (size_t i = 0; i < NAMES; i++)
		free(s->files[i].p);
	free(s);
}

int
disk_choices(int moment)
{
	struct state *s = xcalloc(1, sizeof *s);
	play(s, moment);
	int n = s->choices;
	forget(s);
	return n;
}

static uint64_t
mix(uint64_t h, const void *p, size_t n)
{
	const unsigned char *b = p;
	for (size_t i = 0; i < n; i++)
		h = (h ^ b[i]) * 0x100000001b3;
	return h;
}

/* Which name stands first is no part of a state. */
static uint64_t
print_of(const char *name, const void *p, size_t n)
{
	uint64_t h = mix(mix(0xcbf29ce484222325, name, strlen(name) + 1), p, n);
	return h ^ h >> 29;
}

static void
put_file(const char *folder, const char *name, const struct left *f)
{
	struct buf path = {0};
	buf_printf(&path, "%s/%s", folder, name);
	int fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd < 0 || __real_write(fd, f->p, (size_t)f->size) != f->size)
		abort();
	close(fd);
	buf_finish(&path);
}

int64_t
disk_make(int moment, const bool *choice, const char *folder, uint64_t *print)
{
	struct state *s = xcalloc(1, sizeof *s);
	int64_t acked = -1;
	s->choice = choice;
	play(s, moment);
	for (size_t i = 0; i < (size_t)moment; i++)
		if (tape.ops[i].kind == OP_ACK)
			acked = tape.ops[i].at;
	disk_empty(folder);
	*print = 0;
	for (size_t i = 0; i < NAMES; i++) {
		const struct name *n = &s->names[i];
		if (!n->text)
			continue;
		const struct left *f = file_of(s, n->inode);
		*print += print_of(n->text, f->p, (size_t)f->size);
		put_file(folder, n->text, f);
	}
	*print = mix(*print, &acked, sizeof acked);
	forget(s);
	return acked;
}

/* Calls `each` for every file of a folder. */
static void
walk(const char *folder, void (*each)(int fd, const char *name, void *ctx), void *ctx)
{
	DIR *d = opendir(folder);
	if (!d)
		abort();
	for (struct dirent *e; (e = readdir(d));)
		if (e->d_name[0] != '.')
			each(dirfd(d), e->d_name, ctx);
	closedir(d);
}

static void
remove_one(int fd, const char *name, void *ctx)
{
	(void)ctx;
	if (__real_unlinkat(fd, name, 0) != 0)
		abort();
}

void
disk_empty(const char *folder)
{
	walk(folder, remove_one, NULL);
}

static void
print_one(int folder, const char *name, void *ctx)
{
	struct buf b = {0};
	int fd = __real_openat64(folder, name, O_RDONLY | O_CLOEXEC);
	int64_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	if (size < 0)
		abort();
	buf_reserve(&b, (size_t)size);
	if (pread(fd, b.p, (size_t)size, 0) != size)
		abort();
	close(fd);
	*(uint64_t *)ctx += print_of(name, b.p, (size_t)size);
	buf_finish(&b);
}

uint64_t
disk_print(const char *folder)
{
	uint64_t h = 0;
	walk(folder, print_one, &h);
	return h;
}
