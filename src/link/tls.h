/* One end of a TLS 1.3 connection with an external PSK; bytes in, bytes out, no socket. */
#pragma once

#include "key.h"

enum tls_state { TLS_SHAKING, TLS_UP, TLS_ENDED, TLS_BROKEN };
/* Why it broke, as far as one can tell. */
enum tls_wrong {
	TLS_FINE,
	TLS_NOT_TLS,
	TLS_TOO_OLD,
	TLS_WRONG_KEY,
	TLS_NO_KEY,
	TLS_TRUNCATED,
	TLS_ELSE
};

struct tls_context; /* what all connections of one side share */
struct tls_context *tls_context_make(bool server);
void tls_context_free(struct tls_context *c);

/* Looks up a key; an identity that is not known is answered as a wrong key. */
typedef bool (*tls_find_cb)(void *ctx, struct str identity, unsigned char key[LINK_KEY_SIZE]);
struct tls;
struct tls *tls_accept(struct tls_context *c, tls_find_cb find, void *ctx);
struct tls *tls_connect(
	struct tls_context *c, struct str identity, const unsigned char key[LINK_KEY_SIZE]);
void tls_free(struct tls *t);
/* Bytes from the net; what they say is appended to plain. */
enum tls_state tls_take(struct tls *t, struct str bytes, struct buf *plain);
enum tls_state tls_eof(
	struct tls *t); /* the net has ended: without a goodbye before it, the text is cut off */
void tls_put(struct tls *t, struct str plain);
void tls_bye(struct tls *t);
void tls_flush(struct tls *t, struct buf *out); /* appends what has to go to the net */
enum tls_state tls_state_of(const struct tls *t);
enum tls_wrong tls_wrong_of(const struct tls *t);
struct str tls_identity(const struct tls *t); /* the one that was offered; empty if none was */
