/*
 * What the journal's own files share. From pure to worldly: a record as text,
 * the reader over any source of bytes, the file with its system calls.
 */
#pragma once

#include "dais/journal.h"

struct stat; /* its header is for the posix_ files */

enum { HASH_SIZE = 32 };

/*
 * The system calls of a commit, so that a test can make each of them fail. A
 * NULL member: the real one. Answers are as of the real one, with negative
 * errno. `before` hears the name of every call that has no member of its own;
 * a negative answer is taken for the call's. The struct is copied.
 */
struct journal_calls {
	void *ctx;
	int (*before)(void *ctx, const char *call);
	int64_t (*write)(void *ctx, int fd, const void *p, size_t n, int64_t offset);
	int (*sync)(void *ctx, int fd);
};
void journal_use_calls(struct journal *j, const struct journal_calls *calls);

/* --- crc32c.c, record.c, sha256.c, sodium_chain.c: pure --- */

/* What journal_crc32c() does where the processor has no instruction for it. */
uint32_t crc32c_by_table(uint32_t crc, const void *p, size_t n);

struct record {
	int64_t seq, safe;
	struct str line, body, chained; /* chained: what the hash covers of the line */
	unsigned char hash[HASH_SIZE];  /* as written in it */
	bool more;                      /* the next one belongs to the same command */
};
/* Reads a line (without newline) by itself: its form and its checksum. NULL, or what is wrong. */
const char *record_parse(struct str line, struct record *out);
bool record_body_more(struct str body);
/* The hash of a record over the one before; replaces it. */
void chain_hash(unsigned char hash[HASH_SIZE], struct str chained);
/* True if that is `hash`, found out in another and faster way. False says nothing. */
bool chain_confirms(const unsigned char before[HASH_SIZE], struct str chained,
	const unsigned char hash[HASH_SIZE]);

void hex_put(char *out, const unsigned char *p, size_t n);
bool hex_take(struct str hex, unsigned char *out); /* lower case only; hex.n / 2 bytes */

/* --- mark.c: pure; the text of X.mark --- */

enum { MARK_SIZE = 16 + 1 + 16 + 1 + 64 + 1 + 64 + 1 + 8 + 1 };

struct mark {
	int64_t seq; /* -1: there is none */
	int64_t size;
	unsigned char hash[HASH_SIZE], first[HASH_SIZE]; /* of record seq and of record 0 */
};
void mark_write(char out[MARK_SIZE], const struct mark *m);
struct mark mark_read(struct str text); /* none unless it is a whole one */

/* --- reader.c: pure --- */

/* Where a reader's bytes come from. */
struct source {
	void *ctx;
	/* As many bytes as there are, up to n; 0 at the end; negative errno. */
	int64_t (*read)(void *ctx, void *p, size_t n, int64_t offset);
	/* The next offset from here on that is not in a hole; may be NULL. */
	int64_t (*data)(void *ctx, int64_t offset);
	int64_t size;
};
struct reading {
	journal_visit_cb visit;
	void *ctx;
	bool all;                       /* visits the lines beyond too */
	unsigned char before[HASH_SIZE]; /* what the chain begins with */
	const struct journal_check *on; /* reads on behind what it found; NULL: from the start */
	struct mark mark;               /* vouches for a record if its first hash is the log's */
	unsigned char first[HASH_SIZE]; /* out: hash of record 0 */
};
/* Reads a whole log. 0, or the error of the source; *out is filled. */
int reader_run(const struct source *src, struct reading *r, struct journal_check *out);

/* --- posix_calls.c: every system call that a test may fail --- */

int call_open(const struct journal_calls *c, int folder, const char *name, int flags);
int call_lock(const struct journal_calls *c, int fd); /* -EAGAIN where another has it */
int call_stat(const struct journal_calls *c, int fd, struct stat *out);
int call_stat_name(const struct journal_calls *c, int folder, const char *name, struct stat *out);
int64_t call_read(const struct journal_calls *c, int fd, void *p, size_t n, int64_t offset);
/* All of it; *done says how much went out. */
int call_write(
	const struct journal_calls *c, int fd, struct str bytes, int64_t offset, size_t *done);
int call_sync(const struct journal_calls *c, int fd);
int call_sync_folder(const struct journal_calls *c, int folder);
int call_truncate(const struct journal_calls *c, int fd, int64_t size);
int call_link(const struct journal_calls *c, int folder, const char *from, const char *to);
int call_rename(
	const struct journal_calls *c, int folder, const char *from, const char *to); /* replaces */
int call_rename_new(
	const struct journal_calls *c, int folder, const char *from, const char *to); /* -EEXIST */
int call_unlink(const struct journal_calls *c, int folder, const char *name);
void call_reserve(const struct journal_calls *c, int fd, int64_t from, int64_t n);

/* --- posix_file.c: the file as one commit hands it to the next --- */

/*
 * Room that the file has ahead of what is written, never less: where others fill the disk, another
 * 4,000 records are saved all the same.
 */
enum { FILE_AHEAD = 5 << 18 };
/* What is kept of the log's end in memory; and to what it grows before its front goes. */
enum { FILE_KEPT = 2 << 20, FILE_KEPT_MAX = FILE_KEPT + (1 << 18) };

struct file {
	struct journal_calls calls;
	char *name; /* in its folder */
	int folder, fd, mark;
	int64_t size, seq; /* of what is durable */
	unsigned char head[HASH_SIZE], first[HASH_SIZE];
	unsigned char before[HASH_SIZE]; /* what the chain begins with */
	int64_t reserved; /* blocks are there up to here */
	bool trusted;     /* false: never again a commit on this descriptor */
	bool scratch; /* what stands at the name is ours, and nothing in it was ever acknowledged */
	int failovers;
	char *old;       /* the name of the last old file, or NULL */
	struct buf kept; /* the log's last bytes, from kept_from on */
	int64_t kept_from;
};
/* With the folder open (O_RDONLY, or O_PATH for looking only) and nothing else. */
int file_make(struct file **out, const char *path, int flags, const struct journal_calls *c);
void file_free(struct file *f);
/* Appends to what is kept in memory of the log. */
void file_keep(struct file *f, struct str lines);
/* Writes to X.mark what is durable. Failing is no harm. */
void file_mark(struct file *f);
struct mark file_mark_load(const struct file *f);
/* 0 if the log's name still stands for fd and fd has this size. */
int file_unchanged(const struct file *f, int64_t size);
/* True if fd is what stands at name. */
bool file_is_at(const struct journal_calls *c, int folder, const char *name, int fd);
/* A new file of that name for one writer: locked, preallocated for `size` bytes and more. Removes a
 * dead writer's. */
int file_claim(const struct journal_calls *c, int folder, const char *name, int64_t size);
/* "NAME.WORD-N" for the first N from 1 on for which `take` does not answer -EEXIST: its answer.
 * *out is owned, also on failure. */
int file_number(struct file *f, const char *word, int (*take)(struct file *f, const char *name),
	char **out);
/* The log's bytes up to `size`: from memory where it is kept there, from the file otherwise. */
struct source file_source(struct file *f, int64_t size);
/* Builds the log anew from what is durable and `more`, in a file that then takes the name. */
int file_renew(struct file *f, struct str more);

/* --- posix_lines.c --- */

struct lines { /* zeroed memory is an empty one */
	bool opened;
	int fd;
	int64_t *starts; /* offsets of the records, and of what follows the last known one; owned */
	size_t n, cap;
	struct buf window; /* of the file, */
	int64_t from;	   /* from here on */
};
/* The record without its newline, borrowed until the next call; it has to be in the file. STR_NONE
 * where it cannot be read. */
struct str lines_get(struct lines *l, const char *path, int64_t seq);
void lines_finish(struct lines *l);

/* --- posix_read.c, posix_mirror.c: what only tests ask --- */

/* journal_read, and visit also sees the readable lines behind the trusted ones, their number
 * negated; what it answers to those is ignored. */
int journal_read_all(
	const char *path, journal_visit_cb visit, void *ctx, struct journal_check *out);
int mirror_empty(struct mirror *m); /* to begin again with another log */

/* --- journal.c --- */

const char *journal_path(const struct journal *j);

struct journal_batch {
	struct file *file;
	struct buf lines;
	int64_t last; /* seq */
	unsigned char head[HASH_SIZE];
	size_t bodies; /* how many of the queue */
};
struct journal *journal_make(const char *path, struct file *f);
/* Birth and opening with system calls that a test may fail; before: NULL for a log by itself. */
int journal_birth(struct journal **out, const char *path, const unsigned char *before,
	struct str body, const struct journal_calls *c);
int journal_create_with(
	struct journal **out, const char *path, struct str body, const struct journal_calls *c);
int journal_open_all(struct journal **out, const char *path, const unsigned char *before,
	journal_visit_cb visit, void *ctx, struct journal_check *check,
	const struct journal_calls *c);
int journal_open_with(struct journal **out, const char *path, journal_visit_cb visit, void *ctx,
	struct journal_check *check, const struct journal_calls *c);
