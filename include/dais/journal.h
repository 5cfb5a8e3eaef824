/*
 * The session's log on disk (formats.md 2): born whole, locked by one writer,
 * sealed line by line, synced before anybody is told.
 *
 * The room knows records, not what they mean: a record's body is what
 * event_encode() writes. Nothing here waits except journal_commit(), which may
 * run in another thread, and what opens a log.
 *
 * Errors of the world are negative errno values. The program must ignore
 * SIGXFSZ, so that a limit on the file's size arrives as one of them.
 */
#pragma once

#include "dais/str.h"

enum {
	JOURNAL_LINE_MAX = 65536,	/* a line without its newline */
	JOURNAL_BODY_MAX = 65536 - 160, /* a body: the envelope and the seal always fit around it */
	JOURNAL_BATCH_MAX = 256 << 10,	/* one sync's lines; only a longer command goes beyond it, alone */
	JOURNAL_COMMAND_MAX = 4 << 20	/* the lines of one command */
};

/* A record as it was read; borrowed, valid during the visit. */
struct journal_record {
	int64_t seq, safe;
	struct str body;  /* "t":… up to and with the closing brace of data */
	struct str line;  /* all of it, without the newline */
	int64_t number;	  /* its line, from 1 */
	int64_t offset;	  /* of its first byte */
};
/* NULL if the record may stand; otherwise what is wrong with it, a sentence for N_(). */
typedef const char *(*journal_visit_cb)(void *ctx, const struct journal_record *r);

enum journal_state {
	JOURNAL_WHOLE,	 /* every record checks, nothing acknowledged is missing as far as one can tell */
	JOURNAL_TORN,	 /* bad bytes at the end, nothing durable behind them */
	JOURNAL_SHORT,	 /* every record checks, but the mark says that acknowledged ones are gone */
	JOURNAL_DAMAGED, /* something is wrong before the end */
	JOURNAL_NOT_A_LOG
};

/* What reading a log found. Owned: journal_check_finish(). */
struct journal_check {
	enum journal_state state;
	int64_t records;     /* that can be trusted, from the first on */
	int64_t good_bytes;  /* their size */
	int64_t bad_line;    /* first line that cannot be trusted, or 0 */
	int64_t bad_offset;
	int64_t bad_bytes;   /* behind good_bytes */
	int64_t beyond;	     /* lines among them whose own checksum is right: readable, but nothing vouches for their order */
	int64_t mark_seq;    /* what the mark vouches for, or -1 */
	bool elsewhere;	     /* its first record is whole, but continues another log than was said */
	unsigned char head[32]; /* hash of the last trusted record */
	int64_t safe;	     /* of that record */
	const char *why;     /* N_() */
	char *torn;	     /* journal_open(): the file that the torn tail was saved in, or NULL */
};
void journal_check_finish(struct journal_check *c);

/*
 * Reads a log without a lock and changes nothing. visit may be NULL; it sees
 * every trusted record in order, those of one command only once its last one
 * was read. Answers 0 whatever the log's state; negative where it could not be
 * read. *out is filled in every case.
 */
int journal_read(const char *path, journal_visit_cb visit, void *ctx, struct journal_check *out);

/*
 * A log that continues another one, such as the corrections of a sealed log:
 * its chain begins with that one's last hash instead of 32 zero bytes. So it
 * fits no other log, nor that one once a byte of it was changed.
 */
int journal_read_after(const char *path, const unsigned char before[32], journal_visit_cb visit, void *ctx, struct journal_check *out);

/*
 * Reads on where a check ended, in a log that may have grown since: visit sees
 * what is new, and *io is brought up to date. What is not whole yet may be the
 * next time. A log that somebody put in its place does not follow from the old
 * one, unless it is the same one renewed.
 */
int journal_read_on(const char *path, journal_visit_cb visit, void *ctx, struct journal_check *io);

/* True if a process has this log open for writing now. */
bool journal_locked(const char *path);

/* A log open for writing, by this process alone. */
struct journal;

/*
 * Birth: X.new, locked, preallocated, record 0, synced, renamed without
 * replacing, folder synced. -EEXIST where path is taken, -EMSGSIZE where body
 * is longer than JOURNAL_BODY_MAX.
 */
int journal_create(struct journal **out, const char *path, struct str body);
int journal_create_after(struct journal **out, const char *path, const unsigned char before[32], struct str body);
/*
 * Opens a log for more. Reads it like journal_read; a torn tail is saved
 * beside it and cut off; -EBADMSG for every other damage and for what is not a
 * log (see *check), with the file untouched. -EAGAIN: another process writes
 * it. -ELOOP: a symbolic link. The last records of a command whose last one is
 * missing ("more":1 at the end) count as torn.
 *
 * Torn is what a write that was cut short can leave and nothing else: at most
 * JOURNAL_BATCH_MAX bytes up to the end, the mark not ahead, and among them no
 * whole line which says that something missing was durable, or which stands
 * where no batch would have put it.
 */
int journal_open(struct journal **out, const char *path, journal_visit_cb visit, void *ctx, struct journal_check *check);
int journal_open_after(struct journal **out, const char *path, const unsigned char before[32], journal_visit_cb visit, void *ctx, struct journal_check *check);
/* Waits for nothing: what is pending and not committed is lost. Settle first. NULL does nothing. */
void journal_close(struct journal *j);

/* Queues the bodies of one command's events: they are committed together. All but the last have "more":1 at the end of their data. */
void journal_append(struct journal *j, const struct str *bodies, size_t n);
int64_t journal_next_seq(const struct journal *j); /* with everything queued */
/* The last seq that is known to be on the disk; -1 for none. */
int64_t journal_synced(const struct journal *j);
/* A synced record as it stands in the file, without newline; borrowed until the next call. STR_NONE where it cannot be read. */
struct str journal_line(struct journal *j, int64_t seq);
/* True if something is queued that no commit in flight carries. */
bool journal_waiting(const struct journal *j);

/*
 * One commit. journal_begin seals everything queued into one batch, and marks
 * it as in flight: NULL if nothing is queued or one is in flight already.
 * journal_commit writes and syncs it: it blocks, touches nothing but the batch
 * and the file, and may run in another thread. journal_settle takes the result
 * in: after 0 the batch is synced; after an error it stays queued for the next
 * begin, which goes to a fresh file where the old one can no longer be trusted:
 * its sync failed, somebody else changed or removed it. The fresh file is
 * complete: what was durable (the last 2 MiB of it are kept in memory, the rest
 * is read back) checked record by record, and what was not yet. It then takes
 * the log's name, and the old file is kept as X.failed-N.
 */
struct journal_batch;
struct journal_batch *journal_begin(struct journal *j);
int journal_commit(struct journal_batch *b);
int journal_settle(struct journal *j, struct journal_batch *b, int result);

/* What keeps the log from being saved: 0, or the error of the last commit; and how long to wait before the next try, in ms. */
int journal_trouble(const struct journal *j);
int64_t journal_retry_ms(const struct journal *j);
/* How often a fresh file had to be begun, and the last old file's new path (borrowed until the next settle; NULL if there was none left). */
int journal_failovers(const struct journal *j, const char **old);

/*
 * A copy of a log that another machine writes: its own bytes, that came
 * verified. Opening begins it or reads what is there; an end that is torn or
 * damaged is cut off, for the host still has it. -EAGAIN: another process
 * keeps this copy. *check is filled as by journal_read.
 */
struct mirror;
int mirror_open(struct mirror **out, const char *path, journal_visit_cb visit, void *ctx, struct journal_check *check);
/* Whole lines, written and synced, or a negative errno and nothing changed. Blocks; may run in another thread. */
int mirror_write(struct mirror *m, struct str lines);
void mirror_close(struct mirror *m); /* NULL does nothing */

/* CRC-32C (Castagnoli; RFC 3720 appendix B.4): check value of "123456789" is e3069283. */
uint32_t journal_crc32c(uint32_t crc, const void *p, size_t n);
/* The line of a record, with its newline; hash is the previous record's (32 zero bytes before the first, or the last one of the log that this one continues) and becomes this one's. Pure. */
void journal_seal(struct buf *out, int64_t seq, int64_t safe, struct str body, unsigned char hash[32]);
