/*
 * What a person types to say where a session is. Parts of it become arguments
 * of ssh, so nothing in it may look like an option or mean something to a
 * shell.
 */
#include <string.h>

#include "dais/i18n.h"
#include "dais/link.h"
#include "internal.h"

static bool
word_good(struct str s)
{
	if (s.n == 0 || s.n > 253 || s.p[0] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			    c == '.' || c == '-' || c == '_' || c == ':'))
			return false;
	}
	return true;
}

/* [USER@]HOST[:PORT]/SESSION */
static bool
ssh_read(struct address *out, struct str s, struct arena *a)
{
	const char *slash = s.n ? memchr(s.p, '/', s.n) : NULL;
	if (!slash)
		return false;
	struct str where = str_upto(s, (size_t)(slash - s.p));
	out->session = arena_str(a, str_from(s, where.n + 1));
	const char *at = where.n ? memchr(where.p, '@', where.n) : NULL;
	if (at) {
		out->user = arena_str(a, str_upto(where, (size_t)(at - where.p)));
		where = str_from(where, out->user.n + 1);
	}
	const char *colon = where.n ? memchr(where.p, ':', where.n) : NULL;
	int64_t port = 0;
	if (colon && (!str_int((struct str){colon + 1, (size_t)(where.p + where.n - colon - 1)},
			      &port) ||
			     port < 1 || port > 65535))
		return false;
	out->port = (int)port;
	out->host = arena_str(a, colon ? str_upto(where, (size_t)(colon - where.p)) : where);
	return word_good(out->host) && (!at || word_good(out->user)) && name_is_safe(out->session);
}

bool
address_read(struct address *out, struct str text, struct arena *a, const char **why)
{
	struct str s = str_trim(text), ssh = STR("ssh://");
	*out = (struct address){.kind = ADDRESS_HERE};
	if (str_starts(s, ssh)) {
		out->kind = ADDRESS_SSH;
		*why = N_("an address over ssh is ssh://USER@HOST/SESSION");
		return ssh_read(out, str_from(s, ssh.n), a);
	}
	if (s.n && memmem(s.p, s.n, "://", 3)) {
		enum invite_wrong wrong = invite_read(&out->invite, s, a);
		out->kind = ADDRESS_INVITE;
		out->session = out->invite.session;
		*why = invite_why(wrong);
		return wrong == INVITE_GOOD;
	}
	out->session = arena_str(a, s);
	*why = N_("a session's name has no such characters");
	return name_is_safe(out->session);
}
