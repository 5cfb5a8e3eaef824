/*
 * Bytes from a terminal, made into keys, pastes and mouse events.
 *
 * One byte at a time through one state machine, so that it cannot matter how
 * reads cut them. What a terminal answers on its own, and every sequence that
 * is not known, is swallowed: nothing that a person did not press may act.
 */
#include "input_paste.h"

#include "dais/utf8.h"

enum state {
	GROUND,
	ESCAPED,     /* ESC */
	SEQUENCE,    /* ESC [ parameters */
	APPLICATION, /* ESC O parameters */
	CONSOLE_KEY, /* ESC [ [, of the Linux console */
	STRING,	     /* OSC, DCS, SOS, PM, APC, nothing in it yet */
	STRING_BODY,
	STRING_ESCAPED,
	OLD_MOUSE,   /* ESC [ M and three bytes */
	PASTE,
	PASTE_LEFT,   /* by Escape, since its end did not come */
};

enum { ESCAPE_MS = 30, SEQUENCE_MS = 1000 };
enum { ESC = 0x1b, DEL = 0x7f, BEL = 0x07, CAN = 0x18, SUB = 0x1a };

struct feed {
	struct input *in;
	input_fn *fn;
	void *ctx;
};

struct final_key {
	char final;
	uint32_t key;
};
static const struct final_key final_keys[] = {
	{'A', KEY_UP},	   {'B', KEY_DOWN}, {'C', KEY_RIGHT},	{'D', KEY_LEFT},   {'F', KEY_END},
	{'H', KEY_HOME},   {'P', KEY_F1},   {'Q', KEY_F1 + 1}, {'R', KEY_F1 + 2}, {'S', KEY_F1 + 3},
};
/* The numbers of ESC [ n ~ . */
static const uint32_t tilde_keys[] = {
	[1] = KEY_HOME,	     [2] = KEY_INSERT,	  [3] = KEY_DELETE,    [4] = KEY_END,
	[5] = KEY_PAGE_UP,   [6] = KEY_PAGE_DOWN, [7] = KEY_HOME,      [8] = KEY_END,
	[11] = KEY_F1,	     [12] = KEY_F1 + 1,	  [13] = KEY_F1 + 2,   [14] = KEY_F1 + 3,
	[15] = KEY_F1 + 4,   [17] = KEY_F1 + 5,	  [18] = KEY_F1 + 6,   [19] = KEY_F1 + 7,
	[20] = KEY_F1 + 8,   [21] = KEY_F1 + 9,	  [23] = KEY_F1 + 10,  [24] = KEY_F1 + 11,
};
enum { TILDE_KEYS = sizeof tilde_keys / sizeof *tilde_keys };

static void
send_key(const struct feed *f, uint32_t key, unsigned mods)
{
	f->fn(f->ctx, &(struct input_event){.kind = INPUT_KEY, .key = key, .mods = mods});
}

/* ---- controls and characters ---- */

static void
send_control(const struct feed *f, unsigned char c, unsigned mods)
{
	if (c == '\r')
		send_key(f, KEY_ENTER, mods);
	else if (c == '\n') /* ^J, which is what Ctrl-Enter gives in many terminals */
		send_key(f, KEY_ENTER, mods | MOD_CTRL);
	else if (c == '\t')
		send_key(f, KEY_TAB, mods);
	else if (c == DEL || c == '\b')
		send_key(f, KEY_BACKSPACE, mods);
	else if (c == 0)
		send_key(f, ' ', mods | MOD_CTRL);
	else if (c <= 26)
		send_key(f, 'a' + c - 1u, mods | MOD_CTRL);
	else
		send_key(f, c + 0x40u, mods | MOD_CTRL);
}

/* True if the bytes held so far and c are, or may become, a valid sequence. */
static bool
may_follow(const struct input *in, unsigned char c)
{
	unsigned char lead = in->partial[0];
	if (c < 0x80 || c > 0xbf)
		return false;
	if (in->partial_n > 1)
		return true;
	return !(lead == 0xe0 && c < 0xa0) && !(lead == 0xed && c > 0x9f) &&
		!(lead == 0xf0 && c < 0x90) && !(lead == 0xf4 && c > 0x8f);
}

static void
send_code(const struct feed *f, uint32_t code)
{
	unsigned mods = f->in->alt ? MOD_ALT : 0;
	f->in->partial_n = 0;
	f->in->alt = false;
	if (code < 0x80 || code > 0x9f)
		send_key(f, code, mods);
}

static void
feed_high(const struct feed *f, unsigned char c)
{
	struct input *in = f->in;
	in->partial[in->partial_n++] = c;
	if (in->partial_n == 1) {
		if (c < 0xc2 || c > 0xf4)
			send_code(f, 0xfffd);
		return;
	}
	uint32_t code;
	struct str sequence = {(const char *)in->partial, in->partial_n};
	if (utf8_read(sequence, &code))
		send_code(f, code);
}

static void
feed_ground(const struct feed *f, unsigned char c)
{
	struct input *in = f->in;
	if (in->partial_n && !may_follow(in, c))
		send_code(f, 0xfffd);
	if (c == ESC)
		in->state = ESCAPED;
	else if (c < 0x20 || c == DEL)
		send_control(f, c, 0);
	else if (c < 0x80)
		send_code(f, c);
	else
		feed_high(f, c);
}

static void
feed_escaped(const struct feed *f, unsigned char c)
{
	static const struct {
		char sign;
		enum state state;
	} openers[] = {
		{'[', SEQUENCE}, {'O', APPLICATION}, {']', STRING}, {'P', STRING},
		{'X', STRING},	 {'^', STRING},	     {'_', STRING},
	};
	struct input *in = f->in;
	in->params_n = 0;
	if (c == ESC) {
		send_key(f, KEY_ESCAPE, 0);
		return;
	}
	for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
		if (c == (unsigned char)openers[i].sign) {
			in->params[INPUT_PARAMS_MAX - 1] = (char)c;
			in->state = openers[i].state;
			return;
		}
	in->state = GROUND;
	if (c < 0x20 || c == DEL) {
		send_control(f, c, MOD_ALT);
		return;
	}
	in->alt = true;
	feed_ground(f, c);
}

/* ---- sequences ---- */

/* Reads the next number of the parameters, or `absent`; false where it is no number. */
static bool
take_number(struct str *params, int absent, int *out)
{
	size_t n = 0;
	int64_t v = absent;
	while (n < params->n && params->p[n] != ';')
		n++;
	/* A colon opens details nobody here needs. */
	size_t digits = 0;
	while (digits < n && params->p[digits] != ':')
		digits++;
	if (digits && (digits > 6 || !str_int(str_upto(*params, digits), &v)))
		return false;
	*params = str_from(*params, n + 1);
	*out = (int)v;
	return true;
}

static unsigned
mods_of(int number)
{
	unsigned bits = number > 0 ? (unsigned)number - 1 : 0;
	return (bits & 1 ? MOD_SHIFT : 0) | (bits & 2 ? MOD_ALT : 0) | (bits & 4 ? MOD_CTRL : 0);
}

static void
send_mouse(const struct feed *f, int code, int x, int y, bool release)
{
	struct input_event e = {.kind = INPUT_MOUSE, .x = x - 1, .y = y - 1, .button = code & 3};
	e.mods = (code & 4 ? MOD_SHIFT : 0) | (code & 8 ? MOD_ALT : 0) | (code & 16 ? MOD_CTRL : 0);
	if (x < 1 || y < 1 || code < 0 || code >= 128 || (code & 64 && (code & 3) > 1))
		return;
	if (code & 64)
		e.mouse = code & 1 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
	else
		e.mouse = code & 32 ? MOUSE_MOVE : release ? MOUSE_RELEASE : MOUSE_PRESS;
	f->fn(f->ctx, &e);
}

static void
end_mouse(const struct feed *f, struct str params, char final)
{
	int code = 0, x = 0, y = 0;
	params = str_from(params, 1);
	if (take_number(&params, 0, &code) && take_number(&params, 0, &x) &&
		take_number(&params, 0, &y))
		send_mouse(f, code, x, y, final == 'm');
}

static void
end_tilde(const struct feed *f, struct str params)
{
	int number = 0, mods = 0;
	if (!take_number(&params, 0, &number) || !take_number(&params, 1, &mods) || params.n)
		return;
	if (number == 200) {
		f->in->state = PASTE;
		paste_begin(f->in);
	} else if (number > 0 && number < TILDE_KEYS && tilde_keys[number]) {
		send_key(f, tilde_keys[number], mods_of(mods));
	}
}

static void
end_letter(const struct feed *f, struct str params, char final)
{
	int number = 0, mods = 0;
	/* With parameters this is where the cursor is, as a terminal answers it. */
	if (final == 'R' && params.n)
		return;
	if (!take_number(&params, 1, &number) || !take_number(&params, 1, &mods) || params.n)
		return;
	for (size_t i = 0; number == 1 && i < sizeof final_keys / sizeof *final_keys; i++)
		if (final_keys[i].final == final)
			send_key(f, final_keys[i].key, mods_of(mods));
}

static void
end_sequence(const struct feed *f, char final)
{
	struct input *in = f->in;
	struct str params = {in->params, in->params_n};
	in->state = GROUND;
	if (in->params_n >= INPUT_PARAMS_MAX)
		return;
	if (params.n && params.p[0] == '<') {
		if (final == 'M' || final == 'm')
			end_mouse(f, params, final);
		return;
	}
	if (final == '~') {
		end_tilde(f, params);
	} else if (final == 'M' && !params.n) {
		in->state = OLD_MOUSE;
		in->skip = 3;
	} else if (final == '[' && !params.n) {
		in->state = CONSOLE_KEY;
	} else if (final == 'Z' && !params.n) {
		send_key(f, KEY_TAB, MOD_SHIFT);
	} else if ((final == 'I' || final == 'O') && !params.n) {
		f->fn(f->ctx, &(struct input_event){.kind = INPUT_FOCUS, .focused = final == 'I'});
	} else {
		end_letter(f, params, final);
	}
}

/* ESC O: the keypad, in the mode in which it sends letters for its own keys. */
static void
end_application(const struct feed *f, char final)
{
	static const char keypad[] = "*+,-./0123456789";
	f->in->state = GROUND;
	if (f->in->params_n >= INPUT_PARAMS_MAX)
		return;
	if (final == 'M' && !f->in->params_n)
		send_key(f, KEY_ENTER, 0);
	else if (final >= 'j' && final <= 'y' && !f->in->params_n)
		send_key(f, (unsigned char)keypad[final - 'j'], 0);
	else if (f->in->params_n == 1 && final >= 'A' && final <= 'S') {
		struct str mods = {f->in->params, 1};
		int number = 1;
		for (size_t i = 0; i < sizeof final_keys / sizeof *final_keys; i++)
			if (final_keys[i].final == final && take_number(&mods, 1, &number))
				send_key(f, final_keys[i].key, mods_of(number));
	} else {
		end_letter(f, STR_NONE, final);
	}
}

static void
feed_sequence(const struct feed *f, unsigned char c)
{
	struct input *in = f->in;
	if (c == ESC) {
		in->state = ESCAPED;
	} else if (c == CAN || c == SUB) {
		in->state = GROUND;
	} else if (c < 0x20 || c > 0x7e) {
		in->state = GROUND;
		feed_ground(f, c);
	} else if (c < 0x40) {
		if (in->params_n < INPUT_PARAMS_MAX)
			in->params[in->params_n++] = (char)c;
	} else if (in->state == SEQUENCE) {
		end_sequence(f, (char)c);
	} else {
		end_application(f, (char)c);
	}
}

/* ESC [ [ A to E are the first function keys of the Linux console. */
static void
feed_console_key(const struct feed *f, unsigned char c)
{
	f->in->state = GROUND;
	if (c >= 'A' && c <= 'E')
		send_key(f, KEY_F1 + c - 'A', 0);
}

static void
feed_string(const struct feed *f, unsigned char c)
{
	struct input *in = f->in;
	bool escaped = in->state == STRING_ESCAPED;
	if (c == ESC)
		in->state = STRING_ESCAPED;
	else if (escaped && (c == '[' || c == 'O' || c == ']' || c == 'P'))
		feed_escaped(f, c); /* A sequence of its own broke the string off. */
	else if (escaped || c == BEL || c == CAN || c == SUB)
		in->state = GROUND;
	else
		in->state = STRING_BODY;
}

static void
feed_old_mouse(const struct feed *f, unsigned char c)
{
	struct input *in = f->in;
	in->params[3 - in->skip] = (char)c;
	if (--in->skip)
		return;
	const unsigned char *p = (const unsigned char *)in->params;
	in->state = GROUND;
	if (p[0] >= 32 && p[1] > 32 && p[2] > 32)
		send_mouse(f, p[0] - 32, p[1] - 32, p[2] - 32, ((p[0] - 32) & 67) == 3);
}

/* ---- pastes ---- */

static void
end_paste(const struct feed *f, enum state then)
{
	struct input *in = f->in;
	struct buf clean = {0};
	paste_take(in, &clean);
	in->state = then;
	struct input_event e = {
		.kind = INPUT_PASTE, .text = buf_view(&clean), .cut = in->paste_cut};
	f->fn(f->ctx, &e);
	buf_finish(&clean);
}

/* The Escape that ended a paste was its fence's after all: the rest of that is no keys. */
static void
feed_paste_left(const struct feed *f, unsigned char c)
{
	f->in->state = GROUND;
	if (c == '[')
		feed_escaped(f, c);
	else
		feed_ground(f, c);
}

/* ---- the machine ---- */

static void
feed_byte(const struct feed *f, unsigned char c)
{
	switch ((enum state)f->in->state) {
	case GROUND:
		feed_ground(f, c);
		break;
	case ESCAPED:
		feed_escaped(f, c);
		break;
	case SEQUENCE:
	case APPLICATION:
		feed_sequence(f, c);
		break;
	case CONSOLE_KEY:
		feed_console_key(f, c);
		break;
	case STRING:
	case STRING_BODY:
	case STRING_ESCAPED:
		feed_string(f, c);
		break;
	case OLD_MOUSE:
		feed_old_mouse(f, c);
		break;
	case PASTE:
		if (paste_feed(f->in, c))
			end_paste(f, GROUND);
		break;
	case PASTE_LEFT:
		feed_paste_left(f, c);
		break;
	}
}

void
input_feed(struct input *in, struct str bytes, input_fn *fn, void *ctx)
{
	struct feed f = {in, fn, ctx};
	for (size_t i = 0; i < bytes.n; i++)
		feed_byte(&f, (unsigned char)bytes.p[i]);
}

/* True where a person may have pressed Escape, or Alt and a letter that opens a sequence. */
static bool
may_be_a_key(const struct input *in)
{
	bool opened = in->state == SEQUENCE || in->state == APPLICATION || in->state == STRING;
	return in->state == ESCAPED || (opened && in->params_n == 0);
}

int
input_timeout_ms(const struct input *in)
{
	if (may_be_a_key(in))
		return ESCAPE_MS;
	bool waits = in->state == GROUND || in->state == PASTE_LEFT ||
		(in->state == PASTE && !paste_escaped(in));
	return waits ? -1 : SEQUENCE_MS;
}

void
input_idle(struct input *in, input_fn *fn, void *ctx)
{
	struct feed f = {in, fn, ctx};
	if (input_timeout_ms(in) < 0)
		return;
	/* A fence that was lost on its way would leave the keyboard dead. */
	if (in->state == PASTE) {
		end_paste(&f, PASTE_LEFT);
		return;
	}
	bool key = may_be_a_key(in), lone = in->state == ESCAPED;
	in->state = GROUND;
	if (key && lone)
		send_key(&f, KEY_ESCAPE, 0);
	else if (key)
		send_key(&f, (unsigned char)in->params[INPUT_PARAMS_MAX - 1], MOD_ALT);
}

void
input_finish(struct input *in)
{
	buf_finish(&in->paste);
	*in = (struct input){0};
}
