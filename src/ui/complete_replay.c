/*
 * Completion of the replay's language, read off its table: the lower-case
 * words of a usage are what may be typed, and what a command is called says of
 * what an id is one.
 */
#include "complete.h"

#include <string.h>

#include "pane.h"

static bool
lower(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '-' && (s.p[i] < 'a' || s.p[i] > 'z'))
			return false;
	return s.n > 0;
}

/* Splits at any of `ends`; what stands before comes out. */
static struct str
piece(struct str *rest, const char *ends)
{
	size_t n = 0;
	while (n < rest->n && !strchr(ends, rest->p[n]))
		n++;
	struct str first = str_upto(*rest, n);
	*rest = str_from(*rest, n < rest->n ? n + 1 : n);
	return first;
}

/* The words that the usage allows as the argument with this number. */
static void
add_words(struct completing *c, const char *usage, size_t number, struct str typed)
{
	struct str rest = str_of(usage), place = STR_NONE;
	for (size_t i = 0; i <= number; i++)
		place = piece(&rest, " ");
	while (place.n) {
		struct str word = piece(&place, "[]|");
		if (lower(word) && str_starts(word, typed))
			complete_add(c, word, word, STR_NONE, 0);
	}
}

static void
add_argument(struct completing *c, const struct ui_command *row)
{
	bool first = c->words_n == 1;
	if (first && str_is(str_of(row->word), "person"))
		complete_person(c, STR_NONE, c->now.text);
	else if (first && str_is(str_of(row->word), "segment"))
		complete_segment(c, c->now.text);
	else if (first && str_is(str_of(row->word), "note"))
		complete_note(c, c->now.text);
	else
		add_words(c, row->usage, c->words_n - 1, c->now.text);
}

static struct str
usage_of(struct completing *c, const struct ui_command *row)
{
	struct buf all = {0};
	buf_puts(&all, row->word);
	buf_char(&all, ' ');
	buf_puts(&all, row->usage[0] ? _(row->usage) : "");
	struct str kept = arena_str(c->a, str_trim(buf_view(&all)));
	buf_finish(&all);
	return kept;
}

void
complete_own(struct completing *c, const struct ui_command *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str word = str_of(rows[i].word);
		if (c->words_n == 0 && str_starts(word, c->now.text)) {
			complete_add(c, word, word, str_of(_(rows[i].help)), 0);
		} else if (c->words_n && str_eq(c->words[0].text, word)) {
			add_argument(c, &rows[i]);
			c->out->usage = usage_of(c, &rows[i]);
		}
	}
}

void
complete_replay(const struct ui *u, struct str line, size_t caret, struct arena *a,
	struct completion *out)
{
	struct completing c = {
		.s = u->replay.whole, .a = a, .out = out, .line = str_upto(line, caret)};
	*out = (struct completion){0};
	complete_read(&c);
	complete_own(&c, u->replay.commands, u->replay.commands_n);
	complete_end(&c);
}
