/*
 * OpenSSL, opened when a session first needs TLS: most never do, and to link
 * with it costs every start, each completed word of a shell too, a quarter of
 * its time. Below, its functions' names mean what was found there. tls_library.c
 */
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdbool.h>

/* What is used of it, also by its own macros. */
#define TLS_LIBRARY(CALL)                                                                          \
	CALL(BIO_ctrl) CALL(BIO_free) CALL(BIO_new) CALL(BIO_s_mem) CALL(BIO_write)                \
	CALL(ERR_clear_error) CALL(ERR_peek_error) CALL(EVP_MD_get_type) CALL(SSL_CIPHER_find)     \
	CALL(SSL_CTX_clear_options) CALL(SSL_CTX_ctrl) CALL(SSL_CTX_free) CALL(SSL_CTX_new)        \
	CALL(SSL_CTX_set_ciphersuites) CALL(SSL_CTX_set_max_early_data)                            \
	CALL(SSL_CTX_set_num_tickets) CALL(SSL_CTX_set_options)                                    \
	CALL(SSL_CTX_set_psk_find_session_callback) CALL(SSL_CTX_set_psk_use_session_callback)     \
	CALL(SSL_CTX_set_verify) CALL(SSL_SESSION_free) CALL(SSL_SESSION_new)                      \
	CALL(SSL_SESSION_set1_master_key) CALL(SSL_SESSION_set_cipher)                             \
	CALL(SSL_SESSION_set_protocol_version) CALL(SSL_ctrl) CALL(SSL_do_handshake)               \
	CALL(SSL_free) CALL(SSL_get_error) CALL(SSL_get_ex_data) CALL(SSL_new) CALL(SSL_read)      \
	CALL(SSL_session_reused) CALL(SSL_set_accept_state) CALL(SSL_set_bio)                      \
	CALL(SSL_set_connect_state) CALL(SSL_set_ex_data) CALL(SSL_shutdown) CALL(SSL_version)     \
	CALL(SSL_write) CALL(TLS_client_method) CALL(TLS_server_method)

struct tls_library {
#define CALL(name) __typeof__(name) *name##_;
	TLS_LIBRARY(CALL)
#undef CALL
};

/* Opens it; false where it is not to be had. Nothing of it is called before; on the loop's thread. */
bool tls_library_open(void);
const struct tls_library *tls_library(void);

#define BIO_ctrl tls_library()->BIO_ctrl_
#define BIO_free tls_library()->BIO_free_
#define BIO_new tls_library()->BIO_new_
#define BIO_s_mem tls_library()->BIO_s_mem_
#define BIO_write tls_library()->BIO_write_
#define ERR_clear_error tls_library()->ERR_clear_error_
#define ERR_peek_error tls_library()->ERR_peek_error_
#define EVP_MD_get_type tls_library()->EVP_MD_get_type_
#define SSL_CIPHER_find tls_library()->SSL_CIPHER_find_
#define SSL_CTX_clear_options tls_library()->SSL_CTX_clear_options_
#define SSL_CTX_ctrl tls_library()->SSL_CTX_ctrl_
#define SSL_CTX_free tls_library()->SSL_CTX_free_
#define SSL_CTX_new tls_library()->SSL_CTX_new_
#define SSL_CTX_set_ciphersuites tls_library()->SSL_CTX_set_ciphersuites_
#define SSL_CTX_set_max_early_data tls_library()->SSL_CTX_set_max_early_data_
#define SSL_CTX_set_num_tickets tls_library()->SSL_CTX_set_num_tickets_
#define SSL_CTX_set_options tls_library()->SSL_CTX_set_options_
#define SSL_CTX_set_psk_find_session_callback tls_library()->SSL_CTX_set_psk_find_session_callback_
#define SSL_CTX_set_psk_use_session_callback tls_library()->SSL_CTX_set_psk_use_session_callback_
#define SSL_CTX_set_verify tls_library()->SSL_CTX_set_verify_
#define SSL_SESSION_free tls_library()->SSL_SESSION_free_
#define SSL_SESSION_new tls_library()->SSL_SESSION_new_
#define SSL_SESSION_set1_master_key tls_library()->SSL_SESSION_set1_master_key_
#define SSL_SESSION_set_cipher tls_library()->SSL_SESSION_set_cipher_
#define SSL_SESSION_set_protocol_version tls_library()->SSL_SESSION_set_protocol_version_
#define SSL_ctrl tls_library()->SSL_ctrl_
#define SSL_do_handshake tls_library()->SSL_do_handshake_
#define SSL_free tls_library()->SSL_free_
#define SSL_get_error tls_library()->SSL_get_error_
#define SSL_get_ex_data tls_library()->SSL_get_ex_data_
#define SSL_new tls_library()->SSL_new_
#define SSL_read tls_library()->SSL_read_
#define SSL_session_reused tls_library()->SSL_session_reused_
#define SSL_set_accept_state tls_library()->SSL_set_accept_state_
#define SSL_set_bio tls_library()->SSL_set_bio_
#define SSL_set_connect_state tls_library()->SSL_set_connect_state_
#define SSL_set_ex_data tls_library()->SSL_set_ex_data_
#define SSL_shutdown tls_library()->SSL_shutdown_
#define SSL_version tls_library()->SSL_version_
#define SSL_write tls_library()->SSL_write_
#define TLS_client_method tls_library()->TLS_client_method_
#define TLS_server_method tls_library()->TLS_server_method_
