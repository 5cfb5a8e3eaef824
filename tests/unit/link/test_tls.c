/* Two ends without a socket, and every wrong kind of caller that link.md 2 names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include <openssl/ssl.h>

#include "scratch.h"
#include "tls.h"

static const unsigned char right[32] = "0123456789abcdef0123456789abcde", wrong[32] = "another";
#define WHO STR("scribe-AAAAAAAA@exec")

static bool
find(void *ctx, struct str identity, unsigned char key[32])
{
	(void)ctx;
	memcpy(key, right, 32);
	return str_eq(identity, WHO);
}

struct pair {
	struct tls_context *sc, *cc;
	struct tls *s, *c;
	struct buf to_s, to_c, heard_s, heard_c;
	size_t wire; /* bytes in all */
};

static struct pair
pair_make(struct str identity, const unsigned char key[32])
{
	struct pair p = {.sc = tls_context_make(true), .cc = tls_context_make(false)};
	p.s = tls_accept(p.sc, find, NULL);
	p.c = tls_connect(p.cc, identity, key);
	return p;
}

/* Until nothing moves; in pieces of at most `most`. */
static void
pair_run(struct pair *p, size_t most)
{
	for (bool moved = true; moved;) {
		struct buf a = {0}, b = {0};
		tls_flush(p->c, &a);
		tls_flush(p->s, &b);
		moved = a.n || b.n;
		p->wire += a.n + b.n;
		for (struct str in = buf_view(&a); in.n;) {
			struct str piece = str_upto(in, in.n < most ? in.n : most);
			tls_take(p->s, piece, &p->heard_s);
			in = str_from(in, piece.n);
		}
		for (struct str in = buf_view(&b); in.n;) {
			struct str piece = str_upto(in, in.n < most ? in.n : most);
			tls_take(p->c, piece, &p->heard_c);
			in = str_from(in, piece.n);
		}
		buf_finish(&a);
		buf_finish(&b);
	}
}

static void
pair_free(struct pair *p)
{
	tls_free(p->s);
	tls_free(p->c);
	tls_context_free(p->sc);
	tls_context_free(p->cc);
	buf_finish(&p->heard_s);
	buf_finish(&p->heard_c);
}

static void
right_key(void **state)
{
	(void)state;
	for (size_t most = 1; most <= 4096; most *= 16) {
		struct pair p = pair_make(WHO, right);
		pair_run(&p, most);
		assert_int_equal(tls_state_of(p.s), TLS_UP);
		assert_int_equal(tls_state_of(p.c), TLS_UP);
		assert_true(str_eq(tls_identity(p.s), WHO));
		assert_true(p.wire < 1500);
		struct buf big = {0};
		buf_fill(&big, 'x', 300000);
		tls_put(p.c, STR("hello\n"));
		tls_put(p.s, buf_view(&big));
		pair_run(&p, most);
		assert_true(str_is(buf_view(&p.heard_s), "hello\n"));
		assert_true(str_eq(buf_view(&p.heard_c), buf_view(&big)));
		buf_finish(&big);
		/* A goodbye is an end; its lack is a cut. */
		tls_bye(p.c);
		pair_run(&p, most);
		assert_int_equal(tls_state_of(p.s), TLS_ENDED);
		assert_int_equal(tls_eof(p.s), TLS_ENDED);
		assert_int_equal(tls_eof(p.c), TLS_BROKEN);
		assert_int_equal(tls_wrong_of(p.c), TLS_TRUNCATED);
		pair_free(&p);
	}
}

static void
wrong_keys(void **state)
{
	(void)state;
	/* A wrong key and an unknown name cannot be told apart. */
	struct pair p = pair_make(WHO, wrong), q = pair_make(STR("nobody@exec"), right);
	pair_run(&p, 4096);
	pair_run(&q, 4096);
	assert_int_equal(tls_state_of(p.s), TLS_BROKEN);
	assert_int_equal(tls_state_of(q.s), TLS_BROKEN);
	assert_int_equal(tls_wrong_of(p.s), TLS_WRONG_KEY);
	assert_int_equal(tls_wrong_of(q.s), TLS_WRONG_KEY);
	assert_int_equal(tls_state_of(p.c), TLS_BROKEN);
	assert_int_equal(tls_wrong_of(p.c), TLS_WRONG_KEY);
	assert_int_equal(tls_wrong_of(q.c), TLS_WRONG_KEY);
	assert_int_equal(p.wire - strlen("scribe-AAAAAAAA@exec"), q.wire - strlen("nobody@exec"));
	pair_free(&p);
	pair_free(&q);
	struct tls_context *c = tls_context_make(false);
	assert_null(tls_connect(c, STR(""), right));
	assert_null(tls_connect(c, STR("a b"), right));
	char longest[70];
	memset(longest, 'a', sizeof longest);
	assert_null(tls_connect(c, (struct str){longest, 65}, right));
	tls_context_free(c);
}

static void
no_tls(void **state)
{
	static const char *const texts[] = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "{\"hello\":1}\n",
		"SSH-2.0-OpenSSH_9.2\r\n", "\x16\x03\x01\xff\xff\x01"};
	(void)state;
	struct tls_context *c = tls_context_make(true);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct tls *t = tls_accept(c, find, NULL);
		struct buf plain = {0};
		struct str s = str_of(texts[i]);
		for (size_t k = 0; k < s.n; k++)
			tls_take(t, (struct str){s.p + k, 1}, &plain);
		assert_int_equal(tls_state_of(t), TLS_BROKEN);
		assert_int_equal(tls_wrong_of(t), TLS_NOT_TLS);
		assert_int_equal(plain.n, 0);
		tls_free(t);
	}
	struct tls *silent = tls_accept(c, find, NULL);
	struct buf none = {0};
	assert_int_equal(tls_take(silent, STR(""), &none), TLS_SHAKING);
	assert_int_equal(tls_eof(silent), TLS_BROKEN);
	tls_free(silent);
	tls_context_free(c);
}

static void
noise(void **state)
{
	uint64_t seed = seed_take();
	(void)state;
	struct tls_context *c = tls_context_make(true);
	for (int i = 0; i < 300; i++) {
		struct tls *t = tls_accept(c, find, NULL);
		struct buf plain = {0};
		for (int k = 0; k < 8; k++) {
			unsigned char junk[64];
			for (size_t n = 0; n < sizeof junk; n++)
				junk[n] = (unsigned char)seed_next(&seed);
			/* Half of them look like a handshake at first. */
			if (k == 0 && i % 2)
				memcpy(junk, "\x16\x03\x01\x00\x40\x01\x00\x00\x3c\x03\x03", 11);
			tls_take(t, (struct str){(char *)junk, sizeof junk}, &plain);
		}
		assert_int_not_equal(tls_state_of(t), TLS_UP);
		assert_int_equal(plain.n, 0);
		tls_free(t);
	}
	tls_context_free(c);
}

/* A client of somebody else's making. */
struct other {
	SSL_CTX *ctx;
	SSL *ssl;
	BIO *in, *out;
};

static int
other_use(SSL *ssl, const EVP_MD *md, const unsigned char **id, size_t *n, SSL_SESSION **out)
{
	const unsigned char *suite = SSL_get_app_data(ssl);
	(void)md;
	*out = SSL_SESSION_new();
	SSL_SESSION_set1_master_key(*out, right, sizeof right);
	SSL_SESSION_set_cipher(*out, SSL_CIPHER_find(ssl, suite));
	SSL_SESSION_set_protocol_version(*out, TLS1_3_VERSION);
	*id = (const unsigned char *)"scribe-AAAAAAAA@exec";
	*n = strlen((const char *)*id);
	return 1;
}

static struct other
other_make(int version, bool psk, const char *suites, const unsigned char suite[2])
{
	struct other o = {.ctx = SSL_CTX_new(TLS_client_method())};
	SSL_CTX_set_max_proto_version(o.ctx, version);
	SSL_CTX_set_verify(o.ctx, SSL_VERIFY_NONE, NULL);
	if (suites)
		assert_int_equal(SSL_CTX_set_ciphersuites(o.ctx, suites), 1);
	if (psk)
		SSL_CTX_set_psk_use_session_callback(o.ctx, other_use);
	o.ssl = SSL_new(o.ctx);
	o.in = BIO_new(BIO_s_mem());
	o.out = BIO_new(BIO_s_mem());
	BIO_set_mem_eof_return(o.in, -1);
	SSL_set_bio(o.ssl, o.in, o.out);
	SSL_set_app_data(o.ssl, (void *)(uintptr_t)suite);
	SSL_set_connect_state(o.ssl);
	return o;
}

static enum tls_state
other_run(struct other *o, enum tls_wrong *why)
{
	struct tls_context *c = tls_context_make(true);
	struct tls *t = tls_accept(c, find, NULL);
	struct buf plain = {0};
	for (int i = 0; i < 6; i++) {
		char *p;
		struct buf back = {0};
		SSL_do_handshake(o->ssl);
		long n = BIO_get_mem_data(o->out, &p);
		if (n > 0)
			tls_take(t, (struct str){p, (size_t)n}, &plain);
		BIO_reset(o->out);
		tls_flush(t, &back);
		if (back.n)
			BIO_write(o->in, back.p, (int)back.n);
		buf_finish(&back);
	}
	enum tls_state state = tls_state_of(t);
	*why = tls_wrong_of(t);
	tls_free(t);
	tls_context_free(c);
	SSL_free(o->ssl);
	SSL_CTX_free(o->ctx);
	return state;
}

static void
other_clients(void **state)
{
	static const unsigned char aes128[2] = {0x13, 0x01}, aes256[2] = {0x13, 0x02};
	enum tls_wrong why;
	struct other o;
	(void)state;
	o = other_make(TLS1_3_VERSION, true, NULL, aes128);
	assert_int_equal(other_run(&o, &why), TLS_UP);
	o = other_make(TLS1_2_VERSION, false, NULL, aes128);
	assert_int_equal(other_run(&o, &why), TLS_BROKEN);
	assert_int_equal(why, TLS_TOO_OLD);
	o = other_make(TLS1_3_VERSION, false, NULL, aes128);
	assert_int_equal(other_run(&o, &why), TLS_BROKEN);
	assert_int_equal(why, TLS_NO_KEY);
	/* Another hash: the key is not for it. */
	o = other_make(TLS1_3_VERSION, true, "TLS_AES_256_GCM_SHA384", aes256);
	assert_int_equal(other_run(&o, &why), TLS_BROKEN);
	/* Without Diffie-Hellman: a key that leaks would open what was recorded. */
	o = other_make(TLS1_3_VERSION, true, NULL, aes128);
	SSL_set_options(o.ssl, SSL_OP_ALLOW_NO_DHE_KEX);
	assert_int_equal(SSL_set1_groups_list(o.ssl, "P-521"), 1);
	assert_int_equal(other_run(&o, &why), TLS_BROKEN);
	/* Its first guess of a group is not ours: asked again, it finds another. */
	o = other_make(TLS1_3_VERSION, true, NULL, aes128);
	assert_int_equal(SSL_set1_groups_list(o.ssl, "P-521:P-256"), 1);
	assert_int_equal(other_run(&o, &why), TLS_UP);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(right_key),
		cmocka_unit_test(wrong_keys),
		cmocka_unit_test(no_tls),
		cmocka_unit_test(noise),
		cmocka_unit_test(other_clients),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
