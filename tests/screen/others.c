/* Other consoles, as a script has them come and go: what a joined console or a stage is told of them. */
#include <string.h>

#include "desk.h"

static enum seat
seat_from(struct str word)
{
	for (enum seat seat = SEAT_CHAIR; seat <= SEAT_OBSERVER; seat <<= 1)
		if (str_is(word, seat_text(seat)))
			return seat;
	return SEAT_CHAIR;
}

static void
tell(struct desk *d)
{
	if (d->on_stage)
		ui_stage(d->ui, &d->stage);
	else if (d->is_joined)
		ui_joined(d->ui, &d->joined, d->who, d->who_n);
	else
		ui_here(d->ui, d->who, d->who_n);
	desk_look(d);
}

static void
join(struct desk *d, struct str rest)
{
	d->is_joined = true;
	d->seat = seat_from(word_take(&rest));
	d->name = d->joined.name = arena_str(&d->told, rest);
	d->joined.seat = d->seat;
	d->joined.rtt_ms = d->joined.as_of = EVENT_NO;
	desk_join(d);
}

static void
set_line(struct desk *d, struct str rest)
{
	struct str all = rest, first = word_take(&rest);
	bool lost = str_is(first, "cut");
	if (!d->joined.cut)
		d->joined.as_of = d->bench.t;
	d->joined.lost = lost;
	d->joined.line = d->stage.line = arena_str(&d->told, lost ? rest : all);
	d->joined.cut = all.n > 0;
}

static void
come(struct desk *d, struct str rest)
{
	struct str name = word_take(&rest);
	size_t i = 0;
	while (i < d->who_n && !str_eq(d->who[i].name, name))
		i++;
	if (!name.n) {
		d->who_n = 0;
		return;
	}
	if (i == DESK_WHO)
		return;
	struct ui_who *who = &d->who[i];
	d->who_n += i == d->who_n;
	*who = (struct ui_who){.name = arena_str(&d->told, name), .seat = seat_from(word_take(&rest)),
		.since = session_wall(d->bench.s, 60000 * (int64_t)i), .rtt_ms = i ? 10 + (int64_t)i : EVENT_NO};
	for (struct str word; (word = word_take(&rest)).n;) {
		who->typing = who->typing || str_is(word, "typing");
		who->quiet = who->quiet || str_is(word, "quiet");
	}
}

static void
show_page(struct desk *d, struct str rest)
{
	struct buf title = {0}, text = {0}, *to = &title;
	for (size_t i = 0; i < rest.n; i++) {
		if (rest.p[i] == '|' && to == &title)
			to = &text;
		else
			buf_char(to, rest.p[i] == '|' ? '\n' : rest.p[i] == '>' ? '\t' : rest.p[i]);
	}
	ui_show(d->ui, buf_view(&title), buf_view(&text));
	buf_finish(&title);
	buf_finish(&text);
}

bool
desk_others(struct desk *d, struct str word, struct str rest)
{
	int64_t n;
	if (str_is(word, "joined")) {
		join(d, rest);
	} else if (str_is(word, "line")) {
		set_line(d, rest);
	} else if (str_is(word, "unsent") && str_int(rest, &n)) {
		d->joined.unsent = (size_t)n;
	} else if (str_is(word, "rtt") && str_int(rest, &n)) {
		d->joined.rtt_ms = n;
	} else if (str_is(word, "here")) {
		come(d, rest);
	} else if (str_is(word, "stage")) {
		d->on_stage = true;
		d->stage.blank = str_is(rest, "blank");
		d->stage.frozen = str_is(rest, "freeze");
	} else if (str_is(word, "page")) {
		show_page(d, rest);
		desk_look(d);
		return true;
	} else {
		return false;
	}
	tell(d);
	return true;
}
