/* An invite comes back as it was made, whatever a chat puts around it, and says what is wrong with
 * it where something is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "key.h"
#include "scratch.h"

static struct invite
sample(void)
{
	struct invite i = {.host = STR("192.168.178.123"),
		.session = STR("autumn-final"),
		.port = 7420,
		.seat = SEAT_ONLINE_CHAIR};
	for (size_t k = 0; k < sizeof i.key; k++)
		i.key[k] = (unsigned char)(k * 37 + 1);
	return i;
}

static enum invite_wrong
read_it(const char *text, struct invite *out)
{
	struct arena a = {0};
	struct invite i;
	enum invite_wrong w = invite_read(&i, str_of(text), &a);
	struct invite s = sample();
	if (w == INVITE_GOOD && str_eq(i.session, s.session)) {
		assert_true(str_eq(i.host, s.host));
		assert_int_equal(i.port, s.port);
		assert_int_equal(i.seat, s.seat);
		assert_memory_equal(i.key, s.key, sizeof s.key);
	}
	if (out) {
		*out = i;
		out->host = out->session = STR_NONE;
	}
	assert_true(w == INVITE_GOOD || invite_why(w)[0]);
	arena_finish(&a);
	return w;
}

static void
wrapped(void **state)
{
	static const char *const around[][2] = {{"", ""}, {"<", ">"}, {" ", "\r\n"},
		{"\xe3\x80\x8a", "\xe3\x80\x8b\xe3\x80\x82"}, {"\"", "\"."},
		{"\xe2\x80\x8b", "\xe2\x80\x8b"}, {"(", "),"}, {"\xe3\x80\x80", "\xef\xbc\x8c"}};
	struct buf text = {0}, all = {0};
	struct invite i = sample();
	(void)state;
	invite_write(&text, &i);
	assert_int_equal(text.n, 102);
	assert_true(str_starts(
		buf_view(&text), STR("dais://192.168.178.123:7420/autumn-final#online-chair.")));
	for (size_t k = 0; k < sizeof around / sizeof *around; k++) {
		buf_reset(&all);
		buf_printf(&all, "%s%s%s", around[k][0], text.p, around[k][1]);
		assert_int_equal(read_it(all.p, NULL), INVITE_GOOD);
	}
	/* A chat that breaks lines. */
	buf_reset(&all);
	buf_put(&all, text.p, 60);
	buf_puts(&all, "\n  ");
	buf_puts(&all, text.p + 60);
	assert_int_equal(read_it(all.p, NULL), INVITE_GOOD);
	buf_finish(&text);
	buf_finish(&all);
}

static void
damaged(void **state)
{
	struct buf text = {0};
	struct invite i = sample();
	(void)state;
	invite_write(&text, &i);
	size_t mark = (size_t)(strchr(text.p, '#') - text.p);
	/* Cut anywhere: the end is missing, never something else and never good. */
	for (size_t n = 7; n < text.n; n++) {
		char *cut = str_dup((struct str){text.p, n});
		enum invite_wrong w = read_it(cut, NULL);
		if (n > mark)
			assert_int_equal(w, INVITE_SHORT);
		else
			assert_true(w == INVITE_SHORT || w == INVITE_ADDRESS);
		free(cut);
	}
	/* Every other character in every place behind the mark. */
	for (size_t at = mark + 1; at < text.n; at++) {
		char was = text.p[at];
		for (const char *c = "AaZz09-_.x"; *c; c++) {
			if (*c == was)
				continue;
			text.p[at] = *c;
			enum invite_wrong w = read_it(text.p, NULL);
			assert_true(w == INVITE_MISTYPED || w == INVITE_SEAT || w == INVITE_SHORT);
		}
		text.p[at] = was;
	}
	assert_int_equal(read_it(text.p, NULL), INVITE_GOOD);
	buf_puts(&text, "A");
	assert_int_equal(read_it(text.p, NULL), INVITE_MISTYPED);
	assert_int_equal(read_it("", NULL), INVITE_NONE);
	assert_int_equal(read_it("http://x/y#z", NULL), INVITE_NONE);
	assert_int_equal(read_it("dais://h:0/s#observer.x", NULL), INVITE_ADDRESS);
	assert_int_equal(read_it("dais://h:65536/s#observer.x", NULL), INVITE_ADDRESS);
	assert_int_equal(read_it("dais://-h:1/s#observer.x", NULL), INVITE_ADDRESS);
	assert_int_equal(read_it("dais://[h]:1/s#observer.x", NULL), INVITE_ADDRESS);
	assert_int_equal(read_it("dais://[]:1/s#observer.x", NULL), INVITE_ADDRESS);
	assert_int_equal(read_it("dais://h:1/..%2Fs#observer.x", NULL), INVITE_ADDRESS);
	assert_int_equal(read_it("dais://h:1/s#king.x", NULL), INVITE_SEAT);
	buf_finish(&text);
}

static void
hosts(void **state)
{
	static const char *const names[] = {
		"::1", "fe80::1%eth0", "2001:db8::7", "example.org", "localhost"};
	(void)state;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		struct arena a = {0};
		struct buf text = {0};
		struct invite i = sample(), back;
		i.host = str_of(names[k]);
		i.session = STR("思辨点-2");
		invite_write(&text, &i);
		for (size_t c = 0; c < text.n; c++)
			assert_true(text.p[c] > 0x20 && text.p[c] < 0x7f);
		assert_int_equal(invite_read(&back, buf_view(&text), &a), INVITE_GOOD);
		assert_true(str_is(back.host, names[k]));
		assert_true(str_is(back.session, "思辨点-2"));
		buf_finish(&text);
		arena_finish(&a);
	}
	/* The host may be changed by hand, and a port left out: both are no secret. */
	struct arena a = {0};
	struct buf text = {0};
	struct invite i = sample(), back;
	i.host = STR("h");
	invite_write(&text, &i);
	struct buf other = {0};
	buf_puts(&other, "dais://office.example");
	buf_puts(&other, text.p + strlen("dais://h:7420"));
	assert_int_equal(invite_read(&back, buf_view(&other), &a), INVITE_GOOD);
	assert_int_equal(back.port, LINK_PORT);
	assert_true(str_is(back.host, "office.example"));
	buf_finish(&text);
	buf_finish(&other);
	arena_finish(&a);
}

static void
keys(void **state)
{
	unsigned char key[32], back[32], okm[32];
	struct buf text = {0};
	uint64_t seed = seed_take();
	(void)state;
	for (int i = 0; i < 200; i++) {
		for (size_t k = 0; k < 32; k++)
			key[k] = (unsigned char)seed_next(&seed);
		buf_reset(&text);
		key_text(&text, key);
		assert_int_equal(text.n, 43);
		assert_true(key_read(buf_view(&text), back));
		assert_memory_equal(key, back, 32);
		/* Four letters end the same 256 bits; one of them is the key's. */
		size_t good = 0;
		for (const char *c =
				"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
			*c; c++) {
			text.p[42] = *c;
			good += key_read(buf_view(&text), back);
		}
		assert_int_equal(good, 16);
	}
	assert_false(key_read(STR("="), back));
	buf_finish(&text);
	/* RFC 5869, test case 3: no salt, no info. */
	static const unsigned char expected[32] = {0x8d, 0xa4, 0xe7, 0x75, 0xa5, 0x63, 0xc1, 0x8f,
		0x71, 0x5f, 0x80, 0x2a, 0x06, 0x3c, 0x5a, 0x31, 0xb8, 0xa1, 0x1f, 0x5c, 0x5e, 0xe1,
		0x87, 0x9e, 0xc3, 0x45, 0x4e, 0x5f, 0x3c, 0x73, 0x8d, 0x2d};
	char ikm[22];
	memset(ikm, 0x0b, sizeof ikm);
	key_derive(okm, (struct str){ikm, sizeof ikm}, STR(""));
	assert_memory_equal(okm, expected, 32);
}

/* Keys differ by session, by client and by server; an identity says nothing of its key. */
static void
derived(void **state)
{
	unsigned char key[32] = "one", other[32] = "two", a[32], b[32];
	struct buf x = {0}, y = {0};
	(void)state;
	key_identity(&x, STR("s1"), SEAT_SCRIBE, key);
	key_identity(&y, STR("s1"), SEAT_SCRIBE, other);
	assert_true(x.n <= IDENTITY_MAX && str_starts(buf_view(&x), STR("scribe-")));
	assert_string_equal(x.p + x.n - 5, "@exec");
	assert_string_not_equal(x.p, y.p);
	key_psk(a, STR("s1"), buf_view(&x), key);
	key_psk(b, STR("s2"), buf_view(&x), key);
	assert_memory_not_equal(a, b, 32);
	key_psk(b, STR("s1"), buf_view(&y), key);
	assert_memory_not_equal(a, b, 32);
	key_psk(b, STR("s1"), STR("scribe-x@online-chair"), key);
	assert_memory_not_equal(a, b, 32);
	assert_memory_not_equal(a, key, 32);
	key_psk(b, STR("s1"), buf_view(&x), key);
	assert_memory_equal(a, b, 32);
	buf_finish(&x);
	buf_finish(&y);
}

static void
addresses(void **state)
{
	static const struct {
		const char *text;
		bool good;
		enum address_kind kind;
	} rows[] = {
		{"forum", true, ADDRESS_HERE},
		{" 思辨点 ", true, ADDRESS_HERE},
		{"", false, ADDRESS_HERE},
		{"../x", false, ADDRESS_HERE},
		{"-x", false, ADDRESS_HERE},
		{"ssh://u@h/s", true, ADDRESS_SSH},
		{"ssh://h:2222/s", true, ADDRESS_SSH},
		{"ssh://h", false, ADDRESS_SSH},
		{"ssh://-oProxyCommand=x/s", false, ADDRESS_SSH},
		{"ssh://u@-h/s", false, ADDRESS_SSH},
		{"ssh://-l@h/s", false, ADDRESS_SSH},
		{"ssh://h/s;reboot", false, ADDRESS_SSH},
		{"ssh://h/$(x)", false, ADDRESS_SSH},
		{"ssh://h/-x", false, ADDRESS_SSH},
		{"ssh://h:x/s", false, ADDRESS_SSH},
		{"ssh://h/", false, ADDRESS_SSH},
		{"dais://h/s#scribe.x", false, ADDRESS_INVITE},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a = {0};
		struct address to;
		const char *why = "";
		assert_int_equal(address_read(&to, str_of(rows[i].text), &a, &why), rows[i].good);
		assert_int_equal(to.kind, rows[i].kind);
		assert_true(rows[i].good || why[0]);
		arena_finish(&a);
	}
}

static void
kept(void **state)
{
	char dir[32], path[64], beside[64];
	struct buf text = {0};
	struct stat is;
	(void)state;
	scratch_make(dir);
	snprintf(path, sizeof path, "%s/key", dir);
	snprintf(beside, sizeof beside, "%s/link", dir);
	mode_t mask = umask(0);
	assert_int_equal(keep_write(path, STR("secret")), 0);
	assert_int_equal(keep_write(path, STR("another")), 0);
	umask(mask);
	assert_int_equal(stat(path, &is), 0);
	assert_int_equal(is.st_mode & 07777, 0600);
	assert_int_equal(keep_read(path, &text), 0);
	assert_true(str_is(buf_view(&text), "another"));
	assert_int_equal(symlink(path, beside), 0);
	assert_int_equal(keep_read(beside, &text), -ELOOP);
	/* What others can read is no secret any more. */
	chmod(path, 0644);
	assert_int_equal(keep_read(path, &text), -EPERM);
	assert_int_equal(keep_read("/nowhere/key", &text), -ENOENT);
	assert_int_equal(keep_write("/nowhere/key", STR("x")), -ENOENT);
	buf_finish(&text);
	scratch_remove(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrapped),
		cmocka_unit_test(damaged),
		cmocka_unit_test(hosts),
		cmocka_unit_test(keys),
		cmocka_unit_test(derived),
		cmocka_unit_test(addresses),
		cmocka_unit_test(kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
