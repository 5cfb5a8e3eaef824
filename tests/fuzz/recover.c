/*
 * A file that somebody left behind is opened for more. Either it is not
 * touched, or every trusted record is still there and whatever was cut off
 * stands beside it; a second time finds nothing to do, and a record fits on.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dais/journal.h"
#include "seal.h"

static char folder[64];
static char path[96];

static void
empty_folder(void)
{
	DIR *d = opendir(folder);
	for (struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] != '.')
			unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
}

static void
remove_folder(void)
{
	empty_folder();
	rmdir(folder);
}

static void
write_file(const char *name, struct str bytes)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	MUST(fd >= 0 && write(fd, bytes.n ? bytes.p : "", bytes.n) == (ssize_t)bytes.n);
	close(fd);
}

static struct buf
read_file(const char *name)
{
	struct buf b = {0};
	int fd = open(name, O_RDONLY);
	MUST(fd >= 0);
	for (ssize_t n = 1; n > 0; b.n += (size_t)n) {
		buf_reserve(&b, 65536);
		n = read(fd, b.p + b.n, 65536);
		MUST(n >= 0);
	}
	close(fd);
	return b;
}

static void
append_one(struct journal *j)
{
	struct str body = STR("\"t\":9,\"at\":\"\",\"by\":\"\",\"kind\":\"session.tick\",\"data\":{}");
	int64_t next = journal_next_seq(j);
	journal_append(j, &body, 1);
	struct journal_batch *b = journal_begin(j);
	MUST(b);
	MUST(journal_settle(j, b, journal_commit(b)) == 0);
	MUST(journal_synced(j) == next && journal_next_seq(j) == next + 1);
}

static void
opened(struct str log, struct journal *j, struct journal_check *was)
{
	struct journal_check c;
	struct buf now = read_file(path);
	MUST(was->records > 0 && journal_next_seq(j) == was->records);
	MUST(str_eq(buf_view(&now), str_upto(log, (size_t)was->good_bytes)));
	if (now.n < log.n) {
		MUST(was->torn);
		struct buf torn = read_file(was->torn);
		MUST(str_eq(buf_view(&torn), str_from(log, now.n)));
		buf_finish(&torn);
	} else {
		MUST(!was->torn);
	}
	journal_close(j);
	MUST(journal_open(&j, path, NULL, NULL, &c) == 0);
	MUST(c.state == JOURNAL_WHOLE && c.records == was->records && !c.torn);
	journal_check_finish(&c);
	append_one(j);
	journal_close(j);
	MUST(journal_read(path, NULL, NULL, &c) == 0);
	MUST(c.state == JOURNAL_WHOLE && c.records == was->records + 1 && c.mark_seq == was->records);
	journal_check_finish(&c);
	buf_finish(&now);
}

static void
judge(struct str log)
{
	struct journal_check before, c;
	struct journal *j = NULL;
	empty_folder();
	write_file(path, log);
	MUST(journal_read(path, NULL, NULL, &before) == 0);
	int error = journal_open(&j, path, NULL, NULL, &c);
	MUST(before.records == c.records && before.good_bytes == c.good_bytes);
	if (error == 0) {
		MUST(before.state == JOURNAL_WHOLE || before.state == JOURNAL_TORN);
		opened(log, j, &c);
	} else {
		struct buf now = read_file(path);
		MUST(error == -EBADMSG && before.state != JOURNAL_WHOLE && before.state != JOURNAL_TORN);
		MUST(str_eq(buf_view(&now), log) && !c.torn);
		buf_finish(&now);
	}
	journal_check_finish(&before);
	journal_check_finish(&c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char alone[32];
	struct str in = {(const char *)data, size};
	if (!folder[0]) {
		const char *at = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
		snprintf(folder, sizeof folder, "%s/dais-fuzz-XXXXXX", at);
		MUST(mkdtemp(folder));
		snprintf(path, sizeof path, "%s/x.dais", folder);
		atexit(remove_folder);
	}
	for (int how = SEAL_AS_IT_IS; how <= SEAL_NUMBERED; how++) {
		struct buf log = {0};
		seal_log(&log, in, (enum seal)how, alone);
		judge(buf_view(&log));
		buf_finish(&log);
	}
	return 0;
}
