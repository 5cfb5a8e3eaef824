/*
 * Texts of an agenda or a roster, checked by the field's own rule. An empty
 * text is something that was not said, so that a template's blank lines are no
 * mistakes.
 */
#include <string.h>

#include "dais/command.h"
#include "dais/utf8.h"
#include "internal.h"

static bool
too_long(struct reading *r, const struct value *v, struct str text, size_t max)
{
	if (text.n <= max)
		return false;
	tell(r, v->spot, hint_of(_("a Chinese character takes 3 bytes")),
		_("This text takes {0} bytes, and {1} are the most."),
		ARGS(number_of(r, (int64_t)text.n), number_of(r, (int64_t)max)));
	return true;
}

static bool
controls(struct str s, const char *but)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < 0x20 || c == 0x7f) && (!c || !strchr(but, c)))
			return true;
	}
	return false;
}

struct str
value_line(struct reading *r, const struct value *v, size_t max)
{
	struct str text = str_trim(v->text);
	if (too_long(r, v, text, max))
		return STR_NONE;
	if (controls(text, "")) {
		tell(r, v->spot, NULL, _("This must be one line."), NO_ARGS);
		return STR_NONE;
	}
	return text;
}

struct str
value_prose(struct reading *r, const struct value *v)
{
	struct str text = str_trim(v->text);
	if (too_long(r, v, text, EVENT_NOTE_MAX))
		return STR_NONE;
	if (controls(text, "\n\t")) {
		tell(r, v->spot, NULL, _("This text holds control characters."), NO_ARGS);
		return STR_NONE;
	}
	return text;
}

struct str
value_id(struct reading *r, const struct value *v)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
	struct str text = str_trim(v->text);
	bool good = text.n <= ID_MAX;
	for (size_t i = 0; i < text.n && good; i++)
		good = text.p[i] && strchr(letters, text.p[i]);
	if (good)
		return text;
	tell(r, v->spot, hint_of(_("small letters, digits, \"-\" and \"_\", at most 32")),
		_("\"{0}\" cannot be an id."), ARGS(text));
	return STR_NONE;
}

int64_t
value_duration(struct reading *r, const struct value *v, bool zero)
{
	int64_t ms, plain;
	struct str text = str_trim(v->text);
	if (text.n == 0)
		return EVENT_NO;
	if (zero && str_is(text, "0"))
		return 0;
	if (!duration_read(text, false, &ms)) {
		char *hint = str_int(text, &plain) ? diag_text(_("write {0}m or {0}s"), ARGS(text))
						   : hint_of(_("write 90s, 3m, 1m30s, 1h or 1:30"));
		tell(r, v->spot, hint, _("\"{0}\" is no duration."), ARGS(text));
	} else if (ms == 0 && !zero) {
		tell(r, v->spot, NULL, _("A duration must be longer than nothing."), NO_ARGS);
	} else {
		return ms;
	}
	return EVENT_NO;
}

int64_t
value_count(struct reading *r, const struct value *v)
{
	int64_t n;
	struct str text = str_trim(v->text);
	if (text.n == 0)
		return EVENT_NO;
	if (str_int(text, &n) && n <= 1000)
		return n;
	tell(r, v->spot, hint_of(_("write a number, 0 for none")), _("\"{0}\" is no count."),
		ARGS(text));
	return EVENT_NO;
}

/* The index of the word among words, or n. */
static size_t
pick(struct reading *r, const struct value *v, const char *const *words, size_t n, const char *text)
{
	struct str word = str_trim(v->text);
	size_t i = 0;
	while (i < n && !str_is(word, words[i]))
		i++;
	if (i == n && word.n)
		tell(r, v->spot, hint_words(r, word, words, n), text, ARGS(word));
	return i;
}

/* An enumerator whose words begin behind the unset one. */
#define ENUMERATOR(name, type, count, text_of, text)                                               \
	enum type name(struct reading *r, const struct value *v)                                   \
	{                                                                                          \
		const char *words[count];                                                          \
		for (int i = 1; i < count; i++)                                                    \
			words[i - 1] = text_of((enum type)i);                                      \
		size_t i = pick(r, v, words, count - 1, text);                                     \
		return i < count - 1 ? (enum type)(i + 1) : (enum type)0;                          \
	}

ENUMERATOR(value_role, event_role, ROLE_COUNT, event_role_text, _("\"{0}\" is no role."))
ENUMERATOR(value_attending, event_attending, ATTENDING_COUNT, event_attending_text,
	_("\"{0}\" is no way to attend."))
ENUMERATOR(value_interrupt, event_interrupt, INTERRUPT_COUNT, event_interrupt_text,
	_("\"{0}\" is no rule for interruptions."))
ENUMERATOR(value_overtime, session_overtime, OVERTIME_COUNT, session_overtime_text,
	_("\"{0}\" is no way to show overtime to the hall."))
ENUMERATOR(value_order, event_order, ORDER_COUNT, event_order_text,
	_("\"{0}\" is no order of a queue."))

bool
value_kind(struct reading *r, const struct value *v, enum segment_kind *out)
{
	const char *words[SEGMENT_KIND_COUNT];
	for (int i = 0; i < SEGMENT_KIND_COUNT; i++)
		words[i] = segment_kind_text((enum segment_kind)i);
	size_t i = pick(r, v, words, SEGMENT_KIND_COUNT, _("\"{0}\" is no kind of segment."));
	*out = i < SEGMENT_KIND_COUNT ? (enum segment_kind)i : SEGMENT_OTHER;
	return i < SEGMENT_KIND_COUNT;
}
