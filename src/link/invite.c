/*
 * An invite goes through a chat and a person's hands. What they add around it
 * is taken off; what they lose or change is told apart: a cut end and a wrong
 * character have different remedies.
 */
#include <string.h>

#include "dais/i18n.h"
#include "dais/utf8.h"
#include "key.h"
#include "message.h"

static bool
is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       c == '-' || c == '_' || c == '.' || c == '~';
}

/* A session's name may be Chinese; an address that is pasted is ASCII. */
static void
put_escaped(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_plain(s.p[i]))
			buf_char(out, s.p[i]);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)s.p[i]);
	}
}

/* What the check vouches for. Not the host and the port: people may have to change those. */
static void
put_check(struct buf *out, struct str session, struct str seat_and_key)
{
	struct buf text = {0};
	buf_puts(&text, "dais invite 1|");
	buf_str(&text, session);
	buf_char(&text, '|');
	buf_str(&text, seat_and_key);
	key_check(out, buf_view(&text));
	buf_finish(&text);
}

void
invite_write(struct buf *out, const struct invite *i)
{
	bool six = i->host.n && memchr(i->host.p, ':', i->host.n);
	buf_puts(out, "dais://");
	buf_puts(out, six ? "[" : "");
	buf_str(out, i->host);
	buf_puts(out, six ? "]:" : ":");
	buf_int(out, i->port);
	buf_char(out, '/');
	put_escaped(out, i->session);
	buf_char(out, '#');
	size_t start = out->n;
	buf_puts(out, seat_text(i->seat));
	buf_char(out, '.');
	key_text(out, i->key);
	struct buf check = {0};
	put_check(&check, i->session, str_from(buf_view(out), start));
	buf_char(out, '.');
	buf_str(out, buf_view(&check));
	buf_finish(&check);
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
unescape(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '%') {
			buf_char(out, s.p[i]);
			continue;
		}
		int high = i + 2 < s.n ? hex(s.p[i + 1]) : -1,
		    low = i + 2 < s.n ? hex(s.p[i + 2]) : -1;
		if (high < 0 || low < 0)
			return false;
		buf_char(out, (char)(high << 4 | low));
		i += 2;
	}
	return name_is_safe(buf_view(out));
}

/* Blanks and what cannot be seen go everywhere: chats break lines. */
static void
squeeze(struct buf *out, struct str text)
{
	uint32_t code;
	for (size_t at = 0, n; at < text.n; at += n ? n : 1) {
		n = utf8_read(str_from(text, at), &code);
		if (n == 0)
			buf_char(out, text.p[at]);
		else if (code != ' ' && code != 0xa0 && code != 0x3000 && !utf8_hidden(code))
			buf_put(out, text.p + at, n);
	}
}

static bool
is_wrapping(uint32_t code)
{
	static const uint32_t wraps[] = {'<', '>', '.', ',', ';', '"', '\'', '`', '(', ')', '!',
		0x3002, 0xff0c, 0x201c, 0x201d, 0x2018, 0x2019, 0x300a, 0x300b, 0xff08, 0xff09,
		0xff1b};
	for (size_t i = 0; i < sizeof wraps / sizeof *wraps; i++)
		if (code == wraps[i])
			return true;
	return false;
}

static struct str
unwrap(struct str s)
{
	uint32_t code;
	for (size_t n; (n = utf8_read(s, &code)) > 0 && is_wrapping(code);)
		s = str_from(s, n);
	for (size_t back; s.n;) {
		for (back = 1;
			back < s.n && back < 4 && ((unsigned char)s.p[s.n - back] & 0xc0) == 0x80;)
			back++;
		if (utf8_read(str_from(s, s.n - back), &code) != back || !is_wrapping(code))
			break;
		s = str_upto(s, s.n - back);
	}
	return s;
}

static bool
host_good(struct str host)
{
	if (host.n == 0 || host.n > 253 || host.p[0] == '-')
		return false;
	for (size_t i = 0; i < host.n; i++)
		if (!is_plain(host.p[i]) && host.p[i] != ':' && host.p[i] != '%')
			return false;
	return true;
}

/* HOST:PORT, [IPV6]:PORT; the port may be left out. */
static bool
take_host(struct str s, struct invite *out)
{
	const char *end = s.n && s.p[0] == '[' ? memchr(s.p, ']', s.n) : NULL;
	struct str port;
	int64_t number = LINK_PORT;
	if (end) {
		out->host = (struct str){s.p + 1, (size_t)(end - s.p) - 1};
		port = str_from(s, out->host.n + 2);
		if (!out->host.n || !memchr(out->host.p, ':', out->host.n))
			return false;
	} else {
		const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
		out->host = str_upto(s, colon ? (size_t)(colon - s.p) : s.n);
		port = str_from(s, out->host.n);
	}
	if (port.n && (port.p[0] != ':' || !str_int(str_from(port, 1), &number)))
		return false;
	out->port = (int)number;
	return host_good(out->host) && number > 0 && number < 65536;
}

static enum invite_wrong
take_key(struct str s, struct invite *out)
{
	const char *dot = memchr(s.p, '.', s.n);
	out->seat = seat_from(str_upto(s, dot ? (size_t)(dot - s.p) : s.n));
	if (!out->seat)
		return dot ? INVITE_SEAT : INVITE_SHORT;
	struct str rest = str_from(s, (size_t)(dot ? dot + 1 - s.p : (ptrdiff_t)s.n));
	if (rest.n < KEY_TEXT + 1 + CHECK_TEXT)
		return INVITE_SHORT;
	struct buf check = {0};
	put_check(&check, out->session, str_upto(s, s.n - 1 - CHECK_TEXT));
	bool good = rest.n == KEY_TEXT + 1 + CHECK_TEXT && rest.p[KEY_TEXT] == '.' &&
		    str_eq(buf_view(&check), str_from(rest, KEY_TEXT + 1)) &&
		    key_read(str_upto(rest, KEY_TEXT), out->key);
	buf_finish(&check);
	return good ? INVITE_GOOD : INVITE_MISTYPED;
}

static enum invite_wrong
take_all(struct invite *out, struct str s, struct arena *a)
{
	struct str scheme = STR("dais://");
	if (!str_starts(s, scheme))
		return INVITE_NONE;
	s = str_from(s, scheme.n);
	const char *slash = memchr(s.p, '/', s.n);
	if (!slash)
		return INVITE_SHORT;
	if (!take_host(str_upto(s, (size_t)(slash - s.p)), out))
		return INVITE_ADDRESS;
	out->host = arena_str(a, out->host);
	s = str_from(s, (size_t)(slash + 1 - s.p));
	const char *mark = s.n ? memchr(s.p, '#', s.n) : NULL;
	if (!mark)
		return INVITE_SHORT;
	struct buf session = {0};
	bool good = unescape(&session, str_upto(s, (size_t)(mark - s.p)));
	out->session = arena_str(a, buf_view(&session));
	buf_finish(&session);
	return good ? take_key(str_from(s, (size_t)(mark + 1 - s.p)), out) : INVITE_ADDRESS;
}

enum invite_wrong
invite_read(struct invite *out, struct str text, struct arena *a)
{
	struct buf squeezed = {0};
	*out = (struct invite){0};
	squeeze(&squeezed, text);
	enum invite_wrong wrong = take_all(out, unwrap(buf_view(&squeezed)), a);
	key_forget(squeezed.p, squeezed.n);
	buf_finish(&squeezed);
	return wrong;
}

const char *
invite_why(enum invite_wrong w)
{
	static const char *const whys[] = {
		[INVITE_GOOD] = "",
		[INVITE_NONE] = N_("this is not an invite; one begins with dais://"),
		[INVITE_ADDRESS] = N_("the invite's host, port or session cannot be read"),
		[INVITE_SEAT] = N_("the invite names a seat that there is none of"),
		[INVITE_SHORT] = N_("the end of the invite is cut off; copy all of it"),
		[INVITE_MISTYPED] = N_("a character of the invite is wrong; copy it again"),
	};
	return whys[w];
}
