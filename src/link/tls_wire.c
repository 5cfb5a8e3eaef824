/*
 * TLS as link.md 2 wants it: version 1.3, an external key agreed on before, and
 * a fresh Diffie-Hellman each time, so that a key which leaks later opens no
 * old recording. Nothing else is offered or taken; no option turns that off.
 */
#include <stdlib.h>
#include <string.h>

#include "tls.h"
#include "tls_library.h"

enum { CHUNK = 16 << 10 };

/* The key is bound to SHA-256, so suites with another hash are not offered. */
static const char suites[] = "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256";
static const unsigned char suite[] = {0x13, 0x01};

struct tls_context {
	SSL_CTX *ctx;
	unsigned char decoy[LINK_KEY_SIZE]; /* of which keys of unknown identities are made */
};

struct tls {
	struct tls_context *context;
	SSL *ssl;
	BIO *in, *out;
	enum tls_state state;
	enum tls_wrong wrong;
	tls_find_cb find;
	void *find_ctx;
	char identity[IDENTITY_MAX + 1];
	unsigned char key[LINK_KEY_SIZE];
};

static SSL_SESSION *
session_of(SSL *ssl, const unsigned char key[LINK_KEY_SIZE])
{
	SSL_SESSION *s = SSL_SESSION_new();
	const SSL_CIPHER *cipher = SSL_CIPHER_find(ssl, suite);
	if (s && cipher && SSL_SESSION_set1_master_key(s, key, LINK_KEY_SIZE) == 1 &&
		SSL_SESSION_set_cipher(s, cipher) == 1 &&
		SSL_SESSION_set_protocol_version(s, TLS1_3_VERSION) == 1)
		return s;
	SSL_SESSION_free(s);
	return NULL;
}

static bool
identity_good(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] < 0x21 || p[i] > 0x7e)
			return false;
	return n > 0 && n <= IDENTITY_MAX;
}

/* Nobody learns which identities there are: an unknown one has a key too, which nobody knows. */
static int
on_find(SSL *ssl, const unsigned char *id, size_t n, SSL_SESSION **out)
{
	struct tls *t = SSL_get_app_data(ssl);
	unsigned char key[LINK_KEY_SIZE];
	struct str identity = {(const char *)id, n};
	bool known = false;
	*out = NULL;
	if (identity_good(id, n)) {
		memcpy(t->identity, id, n);
		t->identity[n] = 0;
		known = t->find(t->find_ctx, identity, key);
	}
	if (!known)
		key_derive(key, (struct str){(char *)t->context->decoy, LINK_KEY_SIZE}, identity);
	*out = session_of(ssl, key);
	key_forget(key, sizeof key);
	/* Without a session the handshake would go on without a key. */
	return *out != NULL;
}

static int
on_use(SSL *ssl, const EVP_MD *md, const unsigned char **id, size_t *n, SSL_SESSION **out)
{
	struct tls *t = SSL_get_app_data(ssl);
	*id = NULL;
	*n = 0;
	*out = NULL;
	/* Asked again for another hash: this key has none for it. */
	if (md && EVP_MD_get_type(md) != NID_sha256)
		return 1;
	*out = session_of(ssl, t->key);
	if (!*out)
		return 0;
	*id = (const unsigned char *)t->identity;
	*n = strlen(t->identity);
	return 1;
}

struct tls_context *
tls_context_make(bool server)
{
	if (!tls_library_open())
		return NULL;
	struct tls_context *c = xcalloc(1, sizeof *c);
	c->ctx = SSL_CTX_new(server ? TLS_server_method() : TLS_client_method());
	bool good = c->ctx && SSL_CTX_set_min_proto_version(c->ctx, TLS1_3_VERSION) == 1 &&
		    SSL_CTX_set_max_proto_version(c->ctx, TLS1_3_VERSION) == 1 &&
		    SSL_CTX_set_ciphersuites(c->ctx, suites) == 1 &&
		    SSL_CTX_set1_groups_list(c->ctx, "X25519:P-256") == 1 &&
		    SSL_CTX_set_num_tickets(c->ctx, 0) == 1 &&
		    SSL_CTX_set_max_early_data(c->ctx, 0) == 1;
	if (!good) {
		tls_context_free(c);
		ERR_clear_error();
		return NULL;
	}
	key_random(c->decoy, sizeof c->decoy);
	SSL_CTX_set_options(
		c->ctx, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
	SSL_CTX_clear_options(c->ctx, SSL_OP_ALLOW_NO_DHE_KEX);
	SSL_CTX_set_session_cache_mode(c->ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_mode(c->ctx, SSL_MODE_RELEASE_BUFFERS);
	/* A server that verifies a peer which has no certificate fails every handshake with a key.
	 */
	SSL_CTX_set_verify(c->ctx, server ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
	if (server)
		SSL_CTX_set_psk_find_session_callback(c->ctx, on_find);
	else
		SSL_CTX_set_psk_use_session_callback(c->ctx, on_use);
	return c;
}

void
tls_context_free(struct tls_context *c)
{
	if (!c)
		return;
	SSL_CTX_free(c->ctx);
	key_forget(c->decoy, sizeof c->decoy);
	free(c);
}

static struct tls *
tls_make(struct tls_context *c)
{
	struct tls *t = xcalloc(1, sizeof *t);
	t->context = c;
	t->ssl = SSL_new(c->ctx);
	t->in = BIO_new(BIO_s_mem());
	t->out = BIO_new(BIO_s_mem());
	if (!t->ssl || !t->in || !t->out) {
		SSL_free(t->ssl);
		BIO_free(t->in);
		BIO_free(t->out);
		free(t);
		return NULL;
	}
	/* Empty is "not yet", never the end. */
	BIO_set_mem_eof_return(t->in, -1);
	BIO_set_mem_eof_return(t->out, -1);
	SSL_set_bio(t->ssl, t->in, t->out);
	SSL_set_app_data(t->ssl, t);
	return t;
}

static enum tls_wrong
wrong_of(const struct tls *t, unsigned long error)
{
	switch (ERR_GET_REASON(error)) {
	case SSL_R_HTTP_REQUEST:
	case SSL_R_HTTPS_PROXY_REQUEST:
	case SSL_R_WRONG_VERSION_NUMBER:
	case SSL_R_PACKET_LENGTH_TOO_LONG:
	case SSL_R_BAD_RECORD_TYPE:
	case SSL_R_UNEXPECTED_MESSAGE:
		return TLS_NOT_TLS;
	case SSL_R_UNSUPPORTED_PROTOCOL:
	case SSL_R_VERSION_TOO_LOW:
	case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
		return TLS_TOO_OLD;
	case SSL_R_BINDER_DOES_NOT_VERIFY:
		return TLS_WRONG_KEY;
	default:
		/* The other end says why with an alert; a console's host has one reason for it. */
		if (!t->find && ERR_GET_REASON(error) > SSL_AD_REASON_OFFSET)
			return TLS_WRONG_KEY;
		return t->find && !t->identity[0] ? TLS_NO_KEY : TLS_ELSE;
	}
}

static void
broken(struct tls *t)
{
	t->state = TLS_BROKEN;
	t->wrong = wrong_of(t, ERR_peek_error());
	ERR_clear_error();
}

/* True where it only waits for more. */
static bool
only_waits(struct tls *t, int rc)
{
	int error = SSL_get_error(t->ssl, rc);
	if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
		return true;
	if (error == SSL_ERROR_ZERO_RETURN)
		t->state = TLS_ENDED;
	else
		broken(t);
	return false;
}

/* That the handshake ended well is not enough: it has to be the one that we meant. */
static bool
as_meant(const struct tls *t)
{
	return SSL_version(t->ssl) == TLS1_3_VERSION && SSL_session_reused(t->ssl) == 1 &&
	       SSL_get_negotiated_group(t->ssl) != 0 && t->identity[0];
}

static void
shake(struct tls *t)
{
	ERR_clear_error();
	int rc = SSL_do_handshake(t->ssl);
	if (rc != 1) {
		only_waits(t, rc);
		return;
	}
	if (as_meant(t)) {
		t->state = TLS_UP;
	} else {
		t->state = TLS_BROKEN;
		t->wrong = TLS_NO_KEY;
	}
	key_forget(t->key, sizeof t->key);
}

struct tls *
tls_accept(struct tls_context *c, tls_find_cb find, void *ctx)
{
	struct tls *t = tls_make(c);
	if (!t)
		return NULL;
	t->find = find;
	t->find_ctx = ctx;
	SSL_set_accept_state(t->ssl);
	return t;
}

struct tls *
tls_connect(struct tls_context *c, struct str identity, const unsigned char key[LINK_KEY_SIZE])
{
	if (!identity_good((const unsigned char *)identity.p, identity.n))
		return NULL;
	struct tls *t = tls_make(c);
	if (!t)
		return NULL;
	memcpy(t->identity, identity.p, identity.n);
	memcpy(t->key, key, sizeof t->key);
	SSL_set_connect_state(t->ssl);
	shake(t);
	return t;
}

void
tls_free(struct tls *t)
{
	if (!t)
		return;
	SSL_free(t->ssl);
	key_forget(t, sizeof *t);
	free(t);
}

enum tls_state
tls_take(struct tls *t, struct str bytes, struct buf *plain)
{
	char chunk[CHUNK];
	if (t->state >= TLS_ENDED)
		return t->state;
	ERR_clear_error();
	if (BIO_write(t->in, bytes.p, (int)bytes.n) != (int)bytes.n) {
		broken(t);
		return t->state;
	}
	if (t->state == TLS_SHAKING)
		shake(t);
	while (t->state == TLS_UP) {
		ERR_clear_error();
		int n = SSL_read(t->ssl, chunk, sizeof chunk);
		if (n > 0)
			buf_put(plain, chunk, (size_t)n);
		else if (only_waits(t, n))
			break;
	}
	return t->state;
}

enum tls_state
tls_eof(struct tls *t)
{
	if (t->state < TLS_ENDED) {
		t->wrong = TLS_TRUNCATED;
		t->state = TLS_BROKEN;
	}
	return t->state;
}

void
tls_put(struct tls *t, struct str plain)
{
	while (t->state == TLS_UP && plain.n > 0) {
		size_t n = plain.n < CHUNK ? plain.n : CHUNK;
		ERR_clear_error();
		int rc = SSL_write(t->ssl, plain.p, (int)n);
		if (rc <= 0) {
			broken(t);
			return;
		}
		plain = str_from(plain, (size_t)rc);
	}
}

void
tls_bye(struct tls *t)
{
	ERR_clear_error();
	if (t->state == TLS_UP || t->state == TLS_ENDED)
		SSL_shutdown(t->ssl);
	ERR_clear_error();
}

void
tls_flush(struct tls *t, struct buf *out)
{
	char *p;
	long n = BIO_get_mem_data(t->out, &p);
	if (n > 0)
		buf_put(out, p, (size_t)n);
	ERR_clear_error();
	BIO_reset(t->out);
}

enum tls_state
tls_state_of(const struct tls *t)
{
	return t->state;
}

enum tls_wrong
tls_wrong_of(const struct tls *t)
{
	return t->wrong;
}

struct str
tls_identity(const struct tls *t)
{
	return str_of(t->identity);
}
