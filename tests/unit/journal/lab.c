/* Tests of the journal work on real files: in a folder that is made for each and removed with all
 * that is in it. */
#include "lab.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct lab
lab_begin(bool quick)
{
	struct lab lab = {0};
	const char *at = quick && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : getenv("TMPDIR");
	struct buf b = {0};
	buf_printf(&b, "%s/dais-journal-XXXXXX", at ? at : "/tmp");
	lab.folder = b.p;
	assert_non_null(mkdtemp(lab.folder));
	b = (struct buf){0};
	buf_printf(&b, "%s/太原.dais", lab.folder);
	lab.path = b.p;
	return lab;
}

void
lab_end(struct lab *lab)
{
	DIR *d = opendir(lab->folder);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
			unlinkat(dirfd(d), e->d_name, 0) != 0)
			assert_int_equal(unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR), 0);
	closedir(d);
	assert_int_equal(rmdir(lab->folder), 0);
	free(lab->folder);
	free(lab->path);
}

char *
lab_beside(const struct lab *lab, const char *ending)
{
	struct buf b = {0};
	buf_puts(&b, lab->path);
	buf_puts(&b, ending);
	return b.p;
}

void
lab_write(const char *path, struct str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
	close(fd);
}

struct buf
lab_read(const char *path)
{
	struct buf b = {0};
	int fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	for (ssize_t n = 1; n > 0;) {
		buf_reserve(&b, 65536);
		n = read(fd, b.p + b.n, 65536);
		b.n += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	return b;
}

int64_t
lab_size(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 ? st.st_size : -1;
}

int64_t
lab_inode(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 ? (int64_t)st.st_ino : -1;
}

void
lab_limit_size(int64_t size)
{
	struct rlimit limit;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size < 0 ? limit.rlim_max : (rlim_t)size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

int
lab_count(const struct lab *lab, const char *text)
{
	int n = 0;
	DIR *d = opendir(lab->folder);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		n += strstr(e->d_name, text) != NULL;
	closedir(d);
	return n;
}

struct buf
lab_body(int64_t number, bool more)
{
	struct buf b = {0};
	buf_printf(&b,
		"\"t\":%d,\"at\":\"2026-05-14T18:%02d:00+08:00\",\"by\":\"主席台\","
		"\"kind\":\"note.add\",\"data\":{\"note\":%d,\"text\":\"第%d条：发言 "
		"\\\"谢谢\\\"\"%s}",
		(int)number * 100, (int)(number % 60), (int)number, (int)number,
		more ? ",\"more\":1" : "");
	return b;
}

void
lab_append(struct journal *j, int n)
{
	struct buf *bodies = xcalloc((size_t)n, sizeof *bodies);
	struct str *views = xcalloc((size_t)n, sizeof *views);
	for (int i = 0; i < n; i++) {
		bodies[i] = lab_body(journal_next_seq(j) + i, i + 1 < n);
		views[i] = buf_view(&bodies[i]);
	}
	journal_append(j, views, (size_t)n);
	for (int i = 0; i < n; i++)
		buf_finish(&bodies[i]);
	free(bodies);
	free(views);
}

int
lab_commit(struct journal *j)
{
	struct journal_batch *b = journal_begin(j);
	assert_non_null(b);
	assert_null(journal_begin(j));
	return journal_settle(j, b, journal_commit(b));
}

struct lab_log
lab_make(const char *pattern)
{
	struct lab_log log = {0};
	size_t most = strlen(pattern) + 1;
	int64_t command = 0, batch = 0;
	unsigned char hash[HASH_SIZE] = {0};
	log.start = xcalloc(most, sizeof *log.start);
	log.command = xcalloc(most, sizeof *log.command);
	log.batch = xcalloc(most, sizeof *log.batch);
	for (const char *p = pattern; *p; p++) {
		if (*p == '|') {
			batch = log.n;
			continue;
		}
		struct buf body = lab_body(log.n, *p == 'm');
		log.command[log.n] = command;
		log.batch[log.n] = batch;
		journal_seal(&log.bytes, log.n, batch, buf_view(&body), hash);
		buf_finish(&body);
		if (log.n == 0)
			memcpy(log.mark.first, hash, HASH_SIZE);
		log.start[++log.n] = (int64_t)log.bytes.n;
		if (*p == 'o')
			command = log.n;
	}
	log.mark.seq = log.n - 1;
	log.mark.size = (int64_t)log.bytes.n;
	memcpy(log.mark.hash, hash, HASH_SIZE);
	return log;
}

void
lab_free(struct lab_log *log)
{
	buf_finish(&log->bytes);
	free(log->start);
	free(log->command);
	free(log->batch);
}

static int64_t
memory_read(void *ctx, void *p, size_t n, int64_t offset)
{
	struct str rest = str_from(*(struct str *)ctx, (size_t)offset);
	size_t have = rest.n < n ? rest.n : n;
	if (have)
		memcpy(p, rest.p, have);
	return (int64_t)have;
}

struct journal_check
lab_check(struct str bytes, const struct mark *mark)
{
	struct journal_check c;
	struct source src = {&bytes, memory_read, NULL, (int64_t)bytes.n};
	struct reading ask = {.mark = {.seq = -1}};
	if (mark)
		ask.mark = *mark;
	assert_int_equal(reader_run(&src, &ask, &c), 0);
	return c;
}

uint64_t
lab_seed(void)
{
	const char *given = getenv("DAIS_SEED");
	uint64_t seed =
		given ? strtoull(given, NULL, 0) : ((uint64_t)getpid() << 20) ^ 0x9e3779b97f4a7c15;
	printf("# DAIS_SEED=%llu\n", (unsigned long long)seed);
	return seed;
}

uint64_t
lab_next(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static int
fault_step(struct fault *f, const char *call)
{
	if (f->only && strcmp(f->only, call) != 0)
		return 0;
	int n = f->count++;
	if (n < f->at || (f->times && n >= f->at + f->times))
		return 0;
	if (f->error == 0)
		raise(SIGKILL);
	return f->error;
}

static int
fault_before(void *ctx, const char *call)
{
	return fault_step(ctx, call);
}

static int64_t
fault_write(void *ctx, int fd, const void *p, size_t n, int64_t offset)
{
	struct fault *f = ctx;
	(void)offset;
	int r = fault_step(f, "write");
	if (r < 0)
		return r;
	if (f->short_by && n > (size_t)f->short_by)
		n = (size_t)f->short_by;
	/* In two halves, so that the process can die or the disk fill up between them. */
	ssize_t half = write(fd, p, n / 2);
	assert_int_equal(half, n / 2);
	r = fault_step(f, "write half");
	if (r < 0)
		return half ? half : r;
	ssize_t rest = write(fd, (const char *)p + half, n - (size_t)half);
	assert_int_equal(rest, n - (size_t)half);
	r = f->error ? 0 : fault_step(f, "written");
	return r < 0 ? r : (int64_t)n;
}

static int
fault_sync(void *ctx, int fd)
{
	struct fault *f = ctx;
	int r = fault_step(f, "sync");
	if (r < 0)
		return r;
	r = fdatasync(fd) == 0 ? 0 : -errno;
	return r < 0 || f->error ? r : fault_step(f, "synced");
}

struct journal_calls
fault_calls(struct fault *f)
{
	return (struct journal_calls){f, fault_before, fault_write, fault_sync};
}

struct journal *
lab_born(const struct lab *lab)
{
	struct journal *j;
	struct buf body = lab_body(0, false);
	assert_int_equal(journal_create(&j, lab->path, buf_view(&body)), 0);
	buf_finish(&body);
	assert_int_equal(journal_synced(j), 0);
	assert_int_equal(journal_next_seq(j), 1);
	return j;
}

const char *
lab_see(void *ctx, const struct journal_record *r)
{
	struct lab_seen *s = ctx;
	struct buf plain = lab_body(r->seq, false), more = lab_body(r->seq, true);
	/* Each record says what it said when it was appended. */
	assert_true(str_eq(r->body, buf_view(&plain)) || str_eq(r->body, buf_view(&more)));
	buf_finish(&plain);
	buf_finish(&more);
	if (s->n < 64)
		s->safe[s->n] = r->safe;
	s->n++;
	return NULL;
}

struct lab_seen
lab_whole(const char *path, int64_t records)
{
	struct lab_seen s = {0};
	struct journal_check c;
	assert_int_equal(journal_read(path, lab_see, &s, &c), 0);
	if (c.state != JOURNAL_WHOLE)
		fail_msg("%s", c.why);
	assert_int_equal(c.records, records);
	assert_int_equal(s.n, records);
	journal_check_finish(&c);
	return s;
}

int
lab_create(const struct lab *lab, struct journal **j)
{
	struct buf body = lab_body(0, false);
	int r = journal_create(j, lab->path, buf_view(&body));
	buf_finish(&body);
	return r;
}

int
lab_open(const char *path, enum journal_state *state)
{
	struct journal *j;
	struct journal_check c;
	int r = journal_open(&j, path, NULL, NULL, &c);
	*state = c.state;
	assert_true(r == 0 || j == NULL);
	assert_true(r == 0 || r == -EAGAIN || c.why || c.state == JOURNAL_NOT_A_LOG);
	journal_check_finish(&c);
	journal_close(j);
	return r;
}

void
lab_put_line(struct buf *out, const struct lab_log *log, int64_t line)
{
	buf_put(out, log->bytes.p + log->start[line],
		(size_t)(log->start[line + 1] - log->start[line]));
}

void
lab_disturb(const struct lab *lab)
{
	int fd = open(lab->path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, "{}\n", 3), 3);
	close(fd);
}

void
lab_damage(struct buf *b, uint64_t *seed)
{
	size_t at = lab_next(seed) % b->n, n = 1 + lab_next(seed) % 40;
	n = n < b->n - at ? n : b->n - at;
	switch (lab_next(seed) % 7) {
	case 0: /* bytes at random */
		for (size_t i = 0; i < n; i++)
			b->p[at + i] = (char)lab_next(seed);
		break;
	case 1: /* digits only, which keep the form */
		for (size_t i = 0; i < n; i++)
			if (b->p[at + i] >= '0' && b->p[at + i] <= '9')
				b->p[at + i] = (char)('0' + lab_next(seed) % 10);
		break;
	case 2: /* a sector */
		at &= ~(size_t)(LAB_SECTOR - 1);
		memset(b->p + at, lab_next(seed) % 2 ? 0 : 0xff, b->n - at < LAB_SECTOR ? b->n - at : LAB_SECTOR);
		break;
	case 3: /* taken out */
		memmove(b->p + at, b->p + at + n, b->n - at - n);
		b->n -= n;
		break;
	case 4: /* put in */
		buf_fill(b, 0, n);
		memmove(b->p + at + n, b->p + at, b->n - at - n);
		for (size_t i = 0; i < n; i++)
			b->p[at + i] = lab_next(seed) % 4 ? (char)lab_next(seed) : '\n';
		break;
	case 5: /* a piece of it somewhere else */
		memmove(b->p + lab_next(seed) % (b->n - n + 1), b->p + at, n);
		break;
	default: /* the end goes, or is zeros */
		b->n = at;
		buf_fill(b, 0, lab_next(seed) % 2 ? lab_next(seed) % 5000 : 0);
	}
}

const char *
lab_find(void *ctx, const struct journal_record *r)
{
	struct lab_found *f = ctx;
	struct buf one = lab_body(r->seq, false), more = lab_body(r->seq, true);
	f->more = str_eq(r->body, buf_view(&more));
	if (r->seq != f->n++ || (!f->more && !str_eq(r->body, buf_view(&one))))
		f->wrong = "a record that was never written is believed";
	buf_finish(&one);
	buf_finish(&more);
	return NULL;
}
