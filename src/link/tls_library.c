/*
 * The one table of OpenSSL's functions. It belongs to the process, as the
 * library itself does: its callbacks come without a word of ours.
 */
#include "tls_library.h"

#include <openssl/opensslv.h>
#include <stddef.h>

#include "dais/library.h"

#define TEXT_OF(number) #number
#define SONAME(number) "libssl.so." TEXT_OF(number)

static const struct library_call calls[] = {
#define CALL(name) {#name, offsetof(struct tls_library, name##_)},
	TLS_LIBRARY(CALL)
#undef CALL
};

static struct tls_library table;

bool
tls_library_open(void)
{
	struct tls_library found;
	if (table.SSL_new_)
		return true;
	if (!library_open(SONAME(OPENSSL_SHLIB_VERSION), calls, sizeof calls / sizeof *calls, &found))
		return false;
	table = found;
	return true;
}

const struct tls_library *
tls_library(void)
{
	return &table;
}
