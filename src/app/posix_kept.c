/*
 * What a joined console keeps between two starts: its id, the key that it was
 * given, notes that wait for a line, and copies of the logs. Another name or
 * seat at the same session is another console; so is a second one that runs at
 * the same time.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "joined.h"

/* What is set aside waits for a person to look at it: a host which makes this happen again and again
 * does not fill the disk. */
enum { SET_ASIDE_MAX = 32, CONSOLES_MAX = 64 };

static char *
beside(const struct kept *k, const char *name)
{
	struct buf path = {0};
	buf_puts(&path, k->folder);
	buf_char(&path, '/');
	buf_puts(&path, name);
	return path.p;
}

/* Letters that a file's name may have; the sum behind them tells apart what they do not. */
static void
put_plain(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n && i < 40; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			     (c >= 'A' && c <= 'Z') || c >= 0x80 || c == '-';
		buf_char(out, plain ? (char)c : '_');
	}
}

static void
put_folder(struct buf *out, const struct address *to, enum seat seat, struct str name, int n)
{
	struct buf all = {0};
	struct str host = to->kind == ADDRESS_INVITE ? to->invite.host : to->host;
	struct str session = to->kind == ADDRESS_INVITE ? to->invite.session : to->session;
	buf_printf(&all, "%d|%d|%d|", (int)to->kind,
		to->kind == ADDRESS_INVITE ? to->invite.port : to->port, (int)seat);
	buf_str(&all, host);
	buf_char(&all, '|');
	buf_str(&all, to->user);
	buf_char(&all, '|');
	buf_str(&all, session);
	buf_char(&all, '|');
	buf_str(&all, name);
	if (to->kind == ADDRESS_INVITE) /* two invites are two consoles */
		buf_put(&all, to->invite.key, sizeof to->invite.key);
	if (n > 1)
		buf_printf(&all, "|%d", n);
	put_plain(out, session);
	buf_printf(out, "-%s-%08x", seat_text(seat), journal_crc32c(0, all.p, all.n));
	key_forget(all.p, all.n);
	buf_finish(&all);
}

/* Made once; 64 bits, so that no two consoles of a session share it. */
static bool
take_id(struct kept *k)
{
	struct buf text = {0};
	char *path = beside(k, "id");
	bool have = keep_read(path, &text) == 0 && text.n == sizeof k->id - 1;
	if (!have) {
		unsigned char random[8];
		buf_reset(&text);
		key_random(random, sizeof random);
		for (size_t i = 0; i < sizeof random; i++)
			buf_printf(&text, "%02x", random[i]);
		have = keep_write(path, buf_view(&text)) == 0;
	}
	if (have)
		memcpy(k->id, text.p, sizeof k->id - 1);
	buf_finish(&text);
	free(path);
	return have;
}

/* False where there can be no such folder; without its lock somebody else has it. */
static bool
take_folder(struct kept *k)
{
	if (mkdir(k->folder, 0700) < 0 && errno != EEXIST)
		return false;
	char *path = beside(k, "lock");
	k->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	free(path);
	if (k->lock < 0)
		return false;
	if (flock(k->lock, LOCK_EX | LOCK_NB) < 0) {
		close(k->lock);
		k->lock = -1;
	}
	return true;
}

static bool
find_folder(struct kept *k, struct str base, const struct address *to, enum seat seat, struct str name)
{
	for (int n = 1; n <= CONSOLES_MAX; n++) {
		struct buf path = {0};
		buf_str(&path, base);
		put_folder(&path, to, seat, name, n);
		free(k->folder);
		k->folder = path.p;
		if (!take_folder(k))
			return false;
		if (k->lock >= 0)
			return true;
	}
	return false;
}

bool
kept_open(struct kept *k, const struct address *to, enum seat seat, struct str name)
{
	char *state = state_folder();
	struct buf base = {0}, log = {0};
	*k = (struct kept){.lock = -1};
	if (!state)
		return false;
	buf_puts(&base, state);
	buf_puts(&base, "/joined");
	free(state);
	bool made = mkdir(base.p, 0700) == 0 || errno == EEXIST;
	buf_char(&base, '/');
	made = made && find_folder(k, buf_view(&base), to, seat, name) && take_id(k);
	buf_finish(&base);
	if (!made) {
		kept_finish(k);
		return false;
	}
	buf_puts(&log, k->folder);
	buf_puts(&log, "/copy.dais");
	k->log = log.p;
	char *outbox = beside(k, "outbox");
	keep_read(outbox, &k->outbox);
	free(outbox);
	return true;
}

void
kept_finish(struct kept *k)
{
	if (k->folder && k->lock >= 0)
		close(k->lock);
	free(k->folder);
	free(k->log);
	buf_finish(&k->outbox);
	*k = (struct kept){.lock = -1};
}

bool
kept_key(const struct kept *k, unsigned char key[LINK_KEY_SIZE])
{
	struct buf text = {0};
	if (!k->folder)
		return false;
	char *path = beside(k, "key");
	bool have = keep_read(path, &text) == 0 && key_read(str_trim(buf_view(&text)), key);
	key_forget(text.p, text.n);
	buf_finish(&text);
	free(path);
	return have;
}

bool
kept_put_key(const struct kept *k, struct str key)
{
	if (!k->folder)
		return false;
	char *path = beside(k, "key");
	bool done = keep_write(path, key) == 0;
	free(path);
	return done;
}

bool
kept_put_outbox(struct kept *k, struct str text)
{
	buf_reset(&k->outbox);
	buf_str(&k->outbox, text);
	if (!k->folder)
		return false;
	char *path = beside(k, "outbox");
	bool done = keep_write(path, text) == 0;
	free(path);
	return done;
}

bool
kept_log(const struct kept *k, unsigned char hash[32])
{
	char *line = xcalloc(EVENT_LINE_MAX + 1, 1);
	int fd = k->log ? open(k->log, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
	ssize_t n = fd >= 0 ? pread(fd, line, EVENT_LINE_MAX + 1, 0) : 0;
	const char *end = n > 0 ? memchr(line, '\n', (size_t)n) : NULL;
	bool found = end && record_hash((struct str){line, (size_t)(end - line)}, hash);
	if (fd >= 0)
		close(fd);
	free(line);
	return found;
}

/* The first number under which nothing was set aside before; 0: there are too many. */
static int
aside_number(const struct kept *k)
{
	struct buf path = {0};
	int n = 1;
	for (; n <= SET_ASIDE_MAX; n++) {
		struct stat st;
		buf_reset(&path);
		buf_printf(&path, "%s.aside-%d", k->log, n);
		bool log = lstat(path.p, &st) == 0;
		buf_reset(&path);
		buf_printf(&path, "%s/outbox.aside-%d", k->folder, n);
		if (!log && lstat(path.p, &st) < 0)
			break;
	}
	buf_finish(&path);
	return n <= SET_ASIDE_MAX ? n : 0;
}

/* True where nothing is left under the old name. */
static bool
move_aside(char *from, int n, struct buf *to)
{
	buf_printf(to, "%s.aside-%d", from, n);
	bool moved = rename(from, to->p) == 0;
	bool gone = moved || errno == ENOENT;
	if (!moved)
		buf_reset(to);
	free(from);
	return gone;
}

bool
kept_set_aside(struct kept *k, struct buf *log, struct buf *outbox)
{
	struct buf chairs = {0};
	int n = aside_number(k);
	/* The chairs' first: a copy of it that is left alone would be no log's. */
	bool done = n > 0 && move_aside(chairs_path(k->log), n, &chairs) &&
		    move_aside(xstrdup(k->log), n, log);
	if (done && outbox && k->outbox.n) {
		done = move_aside(beside(k, "outbox"), n, outbox);
		if (done)
			buf_reset(&k->outbox);
	}
	buf_finish(&chairs);
	return done;
}
