/*
 * Help: every key and every command, made from the tables that run them.
 * Typing narrows it; Enter on a command opens the command line with it.
 */
#include "pane.h"

#include <string.h>

#include "dais/text.h"

enum { HELP_MAX = 200, WIDE = 60, NAME_COLUMNS = 20, KEY_COLUMNS = 8, NARROW = 3 };

struct help_row {
	struct str name, does, usage; /* a title has a name only */
	const char *words[3];	      /* in English, to be found by too */
	struct str line;	      /* for the command line, or nothing */
	bool title, key;
};
struct help {
	struct ui *u;
	struct str query;
	struct help_row rows[HELP_MAX];
	size_t n, found; /* found: without titles */
	struct help_row title; /* of what comes, until something does */
};

/* ---- what there is ---- */

static bool
holds(struct str s, struct str piece)
{
	for (size_t at = 0, i = 0; at + piece.n <= s.n; at++, i = 0) {
		for (; i < piece.n; i++) {
			char a = s.p[at + i], b = piece.p[i];
			a = a >= 'A' && a <= 'Z' ? (char)(a | 0x20) : a;
			b = b >= 'A' && b <= 'Z' ? (char)(b | 0x20) : b;
			if (a != b)
				break;
		}
		if (i == piece.n)
			return true;
	}
	return false;
}

static bool
row_holds(const struct help_row *row, struct str piece)
{
	/* A key is found by itself; as a piece of other words it says nothing. */
	if (holds(row->does, piece) || holds(row->usage, piece) || holds(row->name, piece))
		return true;
	for (size_t i = 0; i < 3; i++)
		if (row->words[i] && holds(str_of(row->words[i]), piece))
			return true;
	return false;
}

/* Each word of the query is in it somewhere. */
static bool
fits(const struct help_row *row, struct str query)
{
	while ((query = str_trim(query)).n) {
		const char *blank = memchr(query.p, ' ', query.n);
		size_t n = blank ? (size_t)(blank - query.p) : query.n;
		if (!row_holds(row, str_upto(query, n)))
			return false;
		query = str_from(query, n);
	}
	return true;
}

static void
add(struct help *h, struct help_row row)
{
	if (!fits(&row, h->query) || h->n + 2 > HELP_MAX)
		return;
	if (h->title.title)
		h->rows[h->n++] = h->title;
	h->title = (struct help_row){0};
	h->rows[h->n++] = row;
	h->found++;
}

static void
title(struct help *h, const char *words)
{
	h->title = (struct help_row){.name = str_of(_(words)), .title = true};
}

enum group { OF_REPLAY, OF_FLOOR, OF_QUEUE, OF_AGENDA, OF_NOTES, OF_CONSOLE, GROUPS };

static enum group
group_of(const struct help *h, const struct binding *b)
{
	bool plays = b->line || b->act == ACT_GO_TO || b->act == ACT_FIND || b->act == ACT_ACT;
	if (h->u->replaying.is)
		return plays ? OF_REPLAY : OF_CONSOLE;
	static const struct {
		const char *noun;
		enum group group;
	} nouns[] = {{"floor ", OF_FLOOR}, {"queue ", OF_QUEUE}, {"segment ", OF_AGENDA},
		{"agenda ", OF_AGENDA}, {"note ", OF_NOTES}, {"mark ", OF_NOTES}};
	for (size_t i = 0; b->line && i < sizeof nouns / sizeof *nouns; i++)
		if (str_starts(str_of(b->line), str_of(nouns[i].noun)))
			return nouns[i].group;
	switch ((int)b->act) {
	case ACT_ADD:
	case ACT_LINK:
		return OF_QUEUE;
	case ACT_LATE:
		return OF_FLOOR;
	case ACT_AWARD:
		return OF_AGENDA;
	case ACT_NOTE:
	case ACT_MESSAGE:
		return OF_NOTES;
	default:
		return OF_CONSOLE;
	}
}

/* What Enter does depends on the pane; said is what this seat may do of it. */
static struct str
enter_words(struct ui *u, const char *help)
{
	static const struct {
		enum command_verb verb;
		const char *does;
	} acts[] = {{CMD_FLOOR_GIVE, N_("give the floor")}, {CMD_SEGMENT_GO, N_("go to the segment")},
		{CMD_NOTE_EDIT, N_("edit the note")}};
	struct str all = STR_NONE;
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (seat_may(u, acts[i].verb))
			all = ui_join(u, all, str_of(_(", ")), str_of(_(acts[i].does)));
	return all.n ? FILL(u, _(help), all) : STR_NONE;
}

/* Nothing, where this seat may not do what the key is for. */
static struct str
key_words(struct ui *u, const struct binding *b)
{
	bool live = !u->replaying.is;
	if (live && b->act == ACT_ACT)
		return enter_words(u, b->help);
	if (live && b->key == 'x' && !b->own && !seat_may(u, CMD_QUEUE_REMOVE))
		return seat_may(u, CMD_NOTE_REMOVE) ? str_of(_("remove the chosen note")) : STR_NONE;
	return seat_offers(u, b) ? str_of(_(b->help)) : STR_NONE;
}

static void
add_keys(struct help *h)
{
	static const char *const titles[GROUPS] = {
		N_("Replay"), N_("Floor"), N_("Queue"), N_("Agenda"), N_("Notes"), N_("This console")};
	size_t n;
	const struct binding *keys = key_table(h->u, &n);
	for (int group = 0; group < GROUPS; group++) {
		title(h, titles[group]);
		for (size_t i = 0; i < n; i++) {
			const struct binding *b = &keys[i];
			if (!b->help || group_of(h, b) != (enum group)group)
				continue;
			struct str does = key_words(h->u, b);
			if (!does.n)
				continue;
			/* A line with a place for the chosen entry is no line to type. */
			bool typed = b->line && !strchr(b->line, '@');
			add(h, (struct help_row){.name = str_of(_(b->shown)), .does = does,
				.usage = b->alone && b->line ? str_of(b->line) : STR_NONE,
				.words = {b->shown, b->help, b->line}, .key = true,
				.line = typed ? str_of(b->line) : STR_NONE});
		}
	}
}

static void
add_typing(struct help *h)
{
	static const struct {
		const char *keys, *help;
	} typing[] = {
		{N_("Tab"), N_("complete a command; again, walk the list")},
		{"↑ ↓", N_("earlier commands that begin with what is typed")},
		{"^R", N_("find an earlier command")},
		{"^A ^E", N_("to the start, to the end")},
		{"^B ^F", N_("a character back, a character on")},
		{"Alt-b f", N_("a word back, a word on")},
		{"^W", N_("rub out the word before")},
		{"Alt-d", N_("rub out the word behind")},
		{"^U ^K", N_("rub out up to the start, up to the end")},
		{"^Y", N_("put back what was rubbed out last")},
		{"^T", N_("swap two characters")},
		{"^L", N_("draw the screen anew")},
	};
	title(h, N_("While a line is typed"));
	for (size_t i = 0; i < sizeof typing / sizeof *typing; i++)
		add(h, (struct help_row){.name = str_of(_(typing[i].keys)), .key = true,
			.does = str_of(_(typing[i].help)), .words = {typing[i].help}});
}

static void
add_own(struct help *h, const struct ui_command *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct ui_command *row = &rows[i];
		struct str word = str_of(row->word), usage = STR_NONE;
		if (row->usage[0])
			usage = str_of(_(row->usage));
		add(h, (struct help_row){.name = word, .does = str_of(_(row->help)), .usage = usage,
			.words = {row->help, row->usage},
			.line = usage.n ? ui_join(h->u, word, STR(""), STR(" ")) : word});
	}
}

static void
add_commands(struct help *h)
{
	const struct command_row *rows = command_rows();
	title(h, N_("Commands, behind :"));
	if (h->u->replaying.is) {
		add_own(h, h->u->replay.commands, h->u->replay.commands_n);
		return;
	}
	for (int i = 0; i < CMD_COUNT; i++) {
		const struct command_row *row = &rows[i];
		if (!seat_may(h->u, row->verb))
			continue;
		struct str name = ui_join(h->u, str_of(row->noun), STR(" "), str_of(row->word));
		struct buf line = {0};
		buf_str(&line, name);
		if (row->args[0])
			buf_char(&line, ' ');
		add(h, (struct help_row){.name = name, .does = str_of(_(row->help)),
			.usage = row->usage[0] ? str_of(_(row->usage)) : STR_NONE,
			.words = {row->help, row->usage},
			.line = arena_str(&h->u->scratch, buf_view(&line))});
		buf_finish(&line);
	}
	add_own(h, h->u->calls.more, h->u->calls.more_n);
}

/* The rows that fit what is typed; which of them is chosen is never a title. */
static void
collect(struct help *h, struct ui *u)
{
	*h = (struct help){.u = u, .query = buf_view(&u->edit.text)};
	add_keys(h);
	add_typing(h);
	add_commands(h);
	if (u->chosen >= h->n)
		u->chosen = h->n ? h->n - 1 : 0;
	if (h->n && h->rows[u->chosen].title)
		u->chosen++;
}

/* ---- painting ---- */

static void
put_row(struct page *p, const struct help_row *row, bool first, bool chosen)
{
	bool wide = p->r.w >= WIDE;
	int left = row->key ? (wide ? NAME_COLUMNS : KEY_COLUMNS) : wide ? NAME_COLUMNS : NARROW;
	if (row->title) {
		p->y += !first;
		page_name(p, 1, p->r.w - 2, row->name, STYLE_TITLE);
		p->y++;
		return;
	}
	if (chosen)
		page_name(p, 0, 1, STR("▸"), STYLE_ACCENT);
	page_name(p, 1, p->r.w - 2, row->name, chosen ? STYLE_STRONG : STYLE_KEY);
	/* On a narrow screen the name has a line of its own. */
	if (text_width(row->name) + 2 > left)
		p->y++;
	page_put(p, left, row->does, STYLE_TEXT);
	page_parts(p, left, row->usage, STR(" "), STYLE_DIM);
}

/* Where the chosen row begins and ends, counted from the first line of all. */
static void
measure(const struct help *h, struct rect r, int *from, int *to)
{
	struct page p = {NULL, r, 0};
	*from = *to = 0;
	for (size_t i = 0; i < h->n; i++) {
		int y = p.y;
		put_row(&p, &h->rows[i], i == 0, false);
		/* The first row of a group is seen with the title. */
		if (i + 1 == h->u->chosen && h->rows[i].title)
			*from = y;
		else if (i == h->u->chosen && !(i && h->rows[i - 1].title))
			*from = y;
		if (i == h->u->chosen)
			*to = p.y;
	}
}

static void
help_paint(struct ui *u, struct grid *g)
{
	struct help h;
	collect(&h, u);
	struct rect r = page_open(u, g, str_of(_("Help")),
		u->edit.text.n ? ui_number(u, (int64_t)h.found) : STR_NONE);
	int from, to;
	measure(&h, r, &from, &to);
	if (u->top > from)
		u->top = from;
	if (u->top < to - r.h)
		u->top = to - r.h < from ? to - r.h : from;
	struct page p = {g, r, -u->top};
	for (size_t i = 0; i < h.n; i++)
		put_row(&p, &h.rows[i], i == 0, i == u->chosen);
	if (!h.n)
		draw_fit(g, r, 1, 0, r.w - 2, str_of(_("Nothing here is called so.")), STYLE_DIM);
}

/* ---- keys ---- */

static void
walk(const struct help *h, struct ui *u, uint32_t key)
{
	int at = (int)u->chosen, last = (int)h->n - 1;
	bool back = key == KEY_UP || key == KEY_PAGE_UP || key == KEY_HOME;
	if (!h->n)
		return;
	page_key(u, key, &at);
	at = at > last ? last : at;
	/* Titles are passed over; above the first there is none. */
	if (h->rows[at].title)
		at += back && at > 0 ? -1 : 1;
	u->chosen = (size_t)at;
}

/* What is called as it is typed comes before what only speaks of it. */
static void
choose_first(struct ui *u)
{
	struct help h;
	struct str query = str_trim(buf_view(&u->edit.text));
	u->chosen = 0;
	u->top = 0;
	collect(&h, u);
	for (size_t i = h.n; i-- > 0 && query.n;)
		if (!h.rows[i].title && str_starts(h.rows[i].name, query))
			u->chosen = i;
}

static void
help_key(struct ui *u, uint32_t key, unsigned mods)
{
	struct help h;
	bool empty = !u->edit.text.n;
	collect(&h, u);
	if (key == KEY_ESCAPE && !empty) {
		edit_clear(&u->edit);
		u->chosen = 0;
	} else if (key == KEY_ESCAPE || (empty && (key == '?' || key == 0xff1f))) {
		mode_leave(u);
	} else if (key == KEY_ENTER) {
		if (u->chosen < h.n && h.rows[u->chosen].line.n)
			command_start(u, h.rows[u->chosen].line);
	} else if (key == KEY_UP || key == KEY_DOWN || key == KEY_PAGE_UP || key == KEY_PAGE_DOWN ||
		   (empty && (key == KEY_HOME || key == KEY_END))) {
		walk(&h, u, key);
	} else if (edit_key(&u->edit, key, mods) == EDIT_CHANGED) {
		choose_first(u);
	}
}

static void
help_paste(struct ui *u, struct str text)
{
	line_paste(u, text);
	choose_first(u);
}

const struct mode_ops mode_help = {help_key, help_paste, help_paint, N_("find in help")};
