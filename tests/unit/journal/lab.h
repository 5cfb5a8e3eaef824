/* What the journal's tests share: a folder of their own, logs made to a pattern, and system calls
 * that fail or kill on demand. */
#pragma once

#include "internal.h"

struct lab {
	char *folder, *path; /* path: a log's name in it */
};
/* quick: in memory, where thousands of syncs cost nothing. */
struct lab lab_begin(bool quick);
void lab_end(struct lab *lab);
/* The path with something appended, owned. */
char *lab_beside(const struct lab *lab, const char *ending);
void lab_write(const char *path, struct str bytes);
struct buf lab_read(const char *path);
int64_t lab_size(const char *path); /* -1: it is not there */
int64_t lab_inode(const char *path);
/* Limits the size of this process's files, so that a write fails; -1 for no limit. */
void lab_limit_size(int64_t size);
/* How many names in the folder hold this text. */
int lab_count(const struct lab *lab, const char *text);

/* The body of a record; different for every number. */
struct buf lab_body(int64_t number, bool more);
/* Appends one command of n records, numbered on from journal_next_seq. */
void lab_append(struct journal *j, int n);
/* One commit of what waits: settle's answer. */
int lab_commit(struct journal *j);

/* A log that was just born, with record 0 in it; or journal_create's answer. */
struct journal *lab_born(const struct lab *lab);
int lab_create(const struct lab *lab, struct journal **j);
/* Appends to the file as another program might. */
void lab_disturb(const struct lab *lab);
/* Opens and closes it again: journal_open's answer. */
int lab_open(const char *path, enum journal_state *state);

/* Records that say what they said when they were appended. */
struct lab_seen {
	int64_t n, safe[64];
};
const char *lab_see(void *ctx, const struct journal_record *r);
/* What a later start finds; it ends no test, for what is found may belong to another process. */
struct lab_found {
	int64_t n;
	bool more; /* of the last one */
	const char *wrong;
};
const char *lab_find(void *ctx, const struct journal_record *r);
/* Reads a log that must be whole and have so many records. */
struct lab_seen lab_whole(const char *path, int64_t records);

/* A log: one letter a record, m (more follows) or o (its command ends), | behind each batch. */
struct lab_log {
	struct buf bytes;
	int64_t n;
	int64_t *start;   /* of each line, and the end */
	int64_t *command; /* for each record, the first of its command */
	int64_t *batch;   /* for each record, the first of its batch */
	struct mark mark; /* of the last record */
};
/* Commands and batches of every size. */
#define LAB_PATTERN "o|o|o|mo|oo|mmo|o|oomoo|"
struct lab_log lab_make(const char *pattern);
void lab_free(struct lab_log *log);
void lab_put_line(struct buf *out, const struct lab_log *log, int64_t line);
/* Reads bytes as a log; mark may be NULL. */
struct journal_check lab_check(struct str bytes, const struct mark *mark);

/* Seeded, printed. */
uint64_t lab_seed(void);
uint64_t lab_next(uint64_t *seed);

enum { LAB_SECTOR = 512 };
/* One damage to the bytes of a log, of the kinds that disks and people do. */
void lab_damage(struct buf *b, uint64_t *seed);

/* The `at`-th call, counted from 0, fails or kills; `only` counts calls of that name alone. */
struct fault {
	int at, times; /* times: how many from then on; 0 all */
	const char *only;
	int error; /* negative errno; 0 kills the process */
	int count;
	int short_by; /* writes give at most this many bytes at a time; 0 all */
};
struct journal_calls fault_calls(struct fault *f);
