/*
 * Bytes of a keyboard. However they are cut, the keys are the same; no key and
 * no paste holds what a screen or a log could not; and once nothing more comes,
 * nothing is left over.
 */
#include "dais/utf8.h"
#include "fuzz.h"
#include "internal.h"

static void
note(void *ctx, const struct input_event *e)
{
	struct buf *out = ctx;
	buf_printf(out, "%d:%u+%u ", (int)e->kind, e->kind == INPUT_KEY ? e->key : 0, e->mods);
	if (e->kind == INPUT_KEY) {
		MUST(e->key >= 0x20 && !(e->key >= 0x7f && e->key <= 0x9f));
		MUST(e->key < KEY_F1 + 12 && !(e->key >= 0xd800 && e->key <= 0xdfff));
	}
	if (e->kind == INPUT_PASTE) {
		MUST_OF(utf8_valid(e->text, NULL) && e->text.n <= INPUT_PASTE_MAX, e->text);
		for (size_t i = 0; i < e->text.n; i++) {
			unsigned char c = (unsigned char)e->text.p[i];
			MUST_OF(c == '\n' || c == '\t' || (c >= 32 && c != 127), e->text);
		}
		buf_printf(out, "%d<", e->cut);
		buf_str(out, e->text);
		buf_puts(out, "> ");
	}
	if (e->kind == INPUT_MOUSE) {
		MUST(e->x >= 0 && e->y >= 0 && e->button >= 0 && e->mouse <= MOUSE_WHEEL_DOWN);
		buf_printf(out, "%d%d@%d,%d ", (int)e->mouse, e->button, e->x, e->y);
	}
	if (e->kind == INPUT_FOCUS)
		buf_printf(out, "%d ", e->focused);
}

static void
feed(struct str in, size_t piece, struct buf *out)
{
	struct input i = {0};
	struct buf after = {0};
	for (; in.n; in = str_from(in, piece))
		input_feed(&i, str_upto(in, piece), note, out);
	/* What never ends is forgotten, and a key is a key again. */
	for (int n = 0; n < 4 && input_timeout_ms(&i) >= 0; n++)
		input_idle(&i, note, out);
	MUST(input_timeout_ms(&i) < 0);
	input_feed(&i, STR("\x1b[201~"), note, out);
	input_feed(&i, STR("q"), note, &after);
	MUST_OF(i.skip || str_eq(buf_view(&after), STR("0:113+0 ")), buf_view(&after));
	input_finish(&i);
	buf_finish(&after);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};
	struct buf whole = {0}, other = {0};
	feed(in, size ? size : 1, &whole);
	for (size_t piece = 1; piece < 8; piece += 1 + piece) {
		buf_reset(&other);
		feed(in, piece, &other);
		MUST_OF(str_eq(buf_view(&whole), buf_view(&other)), in);
	}
	buf_finish(&whole);
	buf_finish(&other);
	return 0;
}
