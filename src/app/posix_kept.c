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

enum { SET_ASIDE_MAX = 1000, CONSOLES_MAX = 64 };

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

void
kept_set_aside(const struct kept *k, struct buf *out)
{
	char *logs[] = {xstrdup(k->log), chairs_path(k->log)};
	struct buf path = {0};
	int n = 1;
	do {
		buf_reset(&path);
		buf_printf(&path, "%s.aside-%d", k->log, n++);
	} while (access(path.p, F_OK) == 0 && n < SET_ASIDE_MAX);
	buf_str(out, buf_view(&path));
	for (size_t i = 0; i < 2; i++) {
		buf_reset(&path);
		buf_printf(&path, "%s.aside-%d", logs[i], n - 1);
		rename(logs[i], path.p);
		free(logs[i]);
	}
	buf_finish(&path);
}
