/*
 * The decoder of keys, first against tables, then with chance cutting the
 * bytes: whatever the reads are, the events must be the same.
 */
#include "rig.h"

static const char *const key_names[] = {"Enter", "Tab", "Escape", "Backspace", "Delete", "Insert", "Up",
	"Down", "Right", "Left", "Home", "End", "PageUp", "PageDown", "F1", "F2", "F3", "F4", "F5", "F6",
	"F7", "F8", "F9", "F10", "F11", "F12"};

static void
put_key(struct buf *out, const struct input_event *e)
{
	char bytes[4];
	buf_puts(out, e->mods & MOD_CTRL ? "C-" : "");
	buf_puts(out, e->mods & MOD_ALT ? "A-" : "");
	buf_puts(out, e->mods & MOD_SHIFT ? "S-" : "");
	if (e->kind != INPUT_KEY)
		return;
	if (e->key == ' ')
		buf_puts(out, "Space");
	else if (e->key >= KEY_ENTER)
		buf_puts(out, key_names[e->key - KEY_ENTER]);
	else
		buf_put(out, bytes, utf8_write(bytes, e->key));
}

/* Writes events as text: that is what the tables and the comparisons are made of. */
static void
note(void *ctx, const struct input_event *e)
{
	static const char *const mice[] = {"press", "release", "move", "up", "down"};
	struct buf *out = ctx;
	if (out->n)
		buf_char(out, ' ');
	switch (e->kind) {
	case INPUT_KEY:
		/* No event may hold what a screen or a log could not. */
		assert_true(e->key >= 0x20 && !(e->key >= 0x7f && e->key <= 0x9f));
		assert_true(e->key < KEY_F1 + 12 && !(e->key >= 0xd800 && e->key <= 0xdfff));
		put_key(out, e);
		break;
	case INPUT_PASTE:
		assert_true(utf8_valid(e->text, NULL));
		buf_puts(out, e->cut ? "cut<" : "paste<");
		buf_str(out, e->text);
		buf_puts(out, ">");
		break;
	case INPUT_MOUSE:
		put_key(out, e);
		buf_printf(out, "%s%d@%d,%d", mice[e->mouse], e->button, e->x, e->y);
		break;
	case INPUT_FOCUS:
		buf_puts(out, e->focused ? "focus" : "blur");
		break;
	}
}

static const struct {
	struct str bytes;
	const char *events;
} table[] = {
#define ROW(bytes, events) {{"" bytes, sizeof(bytes) - 1}, events}
	ROW("a你é👍", "a 你 é 👍"),
	ROW("e\xcc\x81", "e \xcc\x81"),
	ROW("\r\n\t\x7f\b", "Enter C-Enter Tab Backspace Backspace"),
	ROW("\1\3\23\32", "C-a C-c C-s C-z"),
	ROW("\0\34\35\36\37", "C-Space C-\\ C-] C-^ C-_"),
	ROW("\033[A\033[B\033[C\033[D", "Up Down Right Left"),
	ROW("\033OA\033OB\033OC\033OD\033OH\033OF", "Up Down Right Left Home End"),
	ROW("\033[H\033[F\033[1~\033[4~\033[7~\033[8~", "Home End Home End Home End"),
	ROW("\033[2~\033[3~\033[5~\033[6~", "Insert Delete PageUp PageDown"),
	ROW("\033[1;2A\033[1;3B\033[1;5C\033[1;8D", "S-Up A-Down C-Right C-A-S-Left"),
	ROW("\033[3;5~\033[5;2~\033[1;5H", "C-Delete S-PageUp C-Home"),
	ROW("\033O5C", "C-Right"),
	ROW("\033OP\033OQ\033OR\033OS", "F1 F2 F3 F4"),
	ROW("\033[11~\033[15~\033[17~\033[21~\033[23~\033[24~", "F1 F5 F6 F10 F11 F12"),
	ROW("\033[1;2P\033[15;5~", "S-F1 C-F5"),
	ROW("\033[[A\033[[E", "F1 F5"),
	ROW("\033OM\033Oj\033Oy", "Enter * 9"),
	ROW("\033[Z", "S-Tab"),
	ROW("\033x\033你\033 \033\r\033\x7f", "A-x A-你 A-Space A-Enter A-Backspace"),
	ROW("\033\001", "C-A-a"),
	ROW("\033\033[A", "Escape Up"),
	ROW("\033[<0;5;3M\033[<0;5;3m", "press0@4,2 release0@4,2"),
	ROW("\033[<64;1;1M\033[<65;200;100M", "up0@0,0 down1@199,99"),
	ROW("\033[<2;1;1M\033[<20;7;8M\033[<35;2;2M", "press2@0,0 C-S-press0@6,7 move3@1,1"),
	ROW("\033[<66;1;1M\033[<0;0;1M\033[<0;1M\033[<0;=;1M\033[<0;9999999;1M", ""),
	ROW("\033[M !!\033[M#!!\033[M`!!", "press0@0,0 release3@0,0 up0@0,0"),
	ROW("\033[I\033[O", "focus blur"),
	ROW("\033[200~好\033[201~x", "paste<好> x"),
	ROW("\033[200~a\r\nb\rc\nd\te\033[201~", "paste<a\nb\nc\nd\te>"),
	ROW("\033[200~\033[2J\001q\033[20x\033\033[201~", "paste<[2Jq[20x>"),
	ROW("\033[200~\xff\xe4\xbd\xc2\x9b.\033[201~", "paste<\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd.>"),
	ROW("\033[200~\033[201~", "paste<>"),
	/* What terminals answer, and what nobody knows. */
	ROW("\033[?62;22c\033[>41;379;0c\033[24;80R\033[1;1R\033[0n", ""),
	ROW("\033]52;c;cXVpdA==\007\033]11;rgb:1010/1212/1616\033\\", ""),
	ROW("\033P>|XTerm(379)\033\\\033P1+r524742=38\033\\q", "q"),
	ROW("\033[?2026;2$y\033[?1u\033[97;5u\033[27;5;106~\033[99~\033[0~", ""),
	ROW("\033_Gi=1;OK\033\\\033^x\033\\\033Xx\033\\\033]x\030y", "y"),
	ROW("\033]0;quit\nq\033[A", "Up"),
	ROW("\033]x\033zq", "q"),
	ROW("\033[1;2;3A\033[2A\033[12345678901234567890123456789012345678901234A", ""),
	ROW("\033[1:2A", "Up"),
	ROW("\033[5\030x\033[5\032x\033[5\033[B", "x x Down"),
	ROW("\033[5\rx", "Enter x"),
	ROW("\033[5你", "你"),
	/* Bytes that are no UTF-8; C1 controls spelt in UTF-8 are no keys. */
	ROW("\xff\x80\xc0\xaf", "\xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd"),
	ROW("\xe4\xbdx", "\xef\xbf\xbd x"),
	ROW("\xe4\xbd\033[A", "\xef\xbf\xbd Up"),
	ROW("\xed\xa0\x80", "\xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd"),
	ROW("\xc2\x9b" "A", "A"),
#undef ROW
};

static void
known(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct input in = {0};
		struct buf out = {0};
		buf_reserve(&out, 1);
		input_feed(&in, table[i].bytes, note, &out);
		assert_string_equal(out.p, table[i].events);
		assert_int_equal(input_timeout_ms(&in), -1);
		input_finish(&in);
		buf_finish(&out);
	}
}

static void
assert_idle(const char *bytes, int ms, const char *events)
{
	struct input in = {0};
	struct buf out = {0};
	buf_reserve(&out, 1);
	input_feed(&in, str_of(bytes), note, &out);
	assert_int_equal(input_timeout_ms(&in), ms);
	input_idle(&in, note, &out);
	input_feed(&in, STR("q"), note, &out);
	assert_string_equal(out.p, events);
	input_finish(&in);
	buf_finish(&out);
}

static void
waiting(void **state)
{
	(void)state;
	assert_idle("\033", 30, "Escape q");
	assert_idle("\033\033", 30, "Escape Escape q");
	assert_idle("\033[", 30, "A-[ q");
	assert_idle("\033O", 30, "A-O q");
	assert_idle("\033]", 30, "A-] q");
	assert_idle("\033P", 30, "A-P q");
	assert_idle("\033[1;", 1000, "q");
	assert_idle("\033]52;", 1000, "q");
	assert_idle("\033]52;\033", 1000, "q");
	assert_idle("\033[[", 1000, "q");
	/* Half a character waits as long as it takes, and so does a paste. */
	assert_idle("\xe4\xbd", -1, "\xef\xbf\xbd q");
	assert_idle("\033\xe4", -1, "A-\xef\xbf\xbd q");
	assert_idle("\033[200~abc", -1, "");
	/* Whose end was lost is ended by Escape, pressed by itself. */
	assert_idle("\033[200~abc\033", 1000, "paste<abc> q");
}

/* The Escape was the fence's, and the rest of that came late: it is not keys either. */
static void
late_end(void **state)
{
	static const char *const rests[] = {"[201~q", "q", "\r", "\033[Aq", "好"};
	static const char *const events[] = {"paste<a> q", "paste<a> q", "paste<a> Enter", "paste<a> Up q", "paste<a> 好"};
	(void)state;
	for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
		struct input in = {0};
		struct buf out = {0};
		input_feed(&in, STR("\033[200~a\033"), note, &out);
		input_idle(&in, note, &out);
		assert_int_equal(input_timeout_ms(&in), -1);
		input_feed(&in, str_of(rests[i]), note, &out);
		assert_string_equal(out.p, events[i]);
		input_finish(&in);
		buf_finish(&out);
	}
}

static void
long_paste(void **state)
{
	(void)state;
	static const size_t lengths[] = {INPUT_PASTE_MAX - 1, INPUT_PASTE_MAX, INPUT_PASTE_MAX + 1,
		INPUT_PASTE_MAX + 2, 4 * INPUT_PASTE_MAX};
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct input in = {0};
		struct buf bytes = {0}, out = {0};
		buf_puts(&bytes, "\033[200~");
		while (bytes.n < lengths[i] + 6)
			buf_puts(&bytes, lengths[i] + 6 - bytes.n >= 3 ? "你" : "x");
		buf_puts(&bytes, "\033[201~q");
		input_feed(&in, buf_view(&bytes), note, &out);
		bool cut = lengths[i] > INPUT_PASTE_MAX;
		assert_true(str_starts(buf_view(&out), cut ? STR("cut<") : STR("paste<")));
		assert_in_range(out.n, 0, INPUT_PASTE_MAX + 16);
		assert_string_equal(out.p + out.n - 3, "> q");
		assert_in_range(in.paste.cap, 0, 2 * INPUT_PASTE_MAX + 64);
		input_finish(&in);
		buf_finish(&bytes);
		buf_finish(&out);
	}
}

/* Bytes as a terminal, a person or an enemy may send them. */
static void
put_chunk(struct buf *b, uint64_t *dice)
{
	static const char *const parts[] = {"\033", "[", "O", "]", "P", "\033[200~", "\033[201~", "\033\\",
		";", "1", "5", "<", "M", "m", "A", "~", "\007", "\030", "\r\n", "你", "👨‍👩‍👧", "\xe4", "\xbd"};
	if (draw_random(dice, 6) == 0) {
		buf_char(b, (char)draw_random(dice, 256));
	} else if (draw_random(dice, 4) == 0) {
		struct str row = table[draw_random(dice, sizeof table / sizeof *table)].bytes;
		buf_str(b, row);
	} else {
		buf_puts(b, parts[draw_random(dice, sizeof parts / sizeof *parts)]);
	}
}

static void
cuts_change_nothing(void **state)
{
	(void)state;
	uint64_t dice = seed_random();
	for (int round = 0; round < 5000; round++) {
		struct buf bytes = {0}, whole = {0}, cut = {0};
		for (uint32_t n = draw_random(&dice, 20); n > 0; n--)
			put_chunk(&bytes, &dice);
		struct input a = {0}, b = {0};
		struct str s = buf_view(&bytes);
		input_feed(&a, s, note, &whole);
		for (size_t at = 0; at < s.n;) {
			size_t n = 1 + draw_random(&dice, 7);
			input_feed(&b, str_upto(str_from(s, at), n), note, &cut);
			at += n;
		}
		input_idle(&a, note, &whole);
		input_idle(&b, note, &cut);
		assert_true(str_eq(buf_view(&whole), buf_view(&cut)));
		input_finish(&a);
		input_finish(&b);
		buf_finish(&bytes);
		buf_finish(&whole);
		buf_finish(&cut);
	}
}

/* After any two bytes and a pause the next key is itself again, unless the two began a character. */
static void
any_two_bytes(void **state)
{
	(void)state;
	for (int v = -256; v < 65536; v++) {
		char bytes[2] = {(char)(v < 0 ? v + 256 : v >> 8), (char)v};
		struct input in = {0};
		struct buf out = {0};
		input_feed(&in, (struct str){bytes, v < 0 ? 1 : 2}, note, &out);
		input_idle(&in, note, &out);
		assert_int_equal(input_timeout_ms(&in), -1);
		input_feed(&in, STR("q"), note, &out);
		assert_true(out.n >= 1 && out.p[out.n - 1] == 'q');
		input_finish(&in);
		buf_finish(&out);
	}
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known),
		cmocka_unit_test(waiting),
		cmocka_unit_test(late_end),
		cmocka_unit_test(long_paste),
		cmocka_unit_test(cuts_change_nothing),
		cmocka_unit_test(any_two_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
