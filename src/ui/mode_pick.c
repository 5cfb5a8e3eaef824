/*
 * Adding somebody to the queue: one line is typed, the roster narrows above
 * it. How somebody was found comes first, then the rule of the house: whoever
 * is invited and unheard. A name that nobody has becomes a walk-in, and the
 * list says so before Enter does it.
 */
#include "pane.h"

#include <stdlib.h>
#include <string.h>

#include "dais/utf8.h"

/* ---- finding ---- */

struct typed_name
pick_typed(const struct ui *u)
{
	struct str rest = str_trim(buf_view(&u->edit.text)), pieces[3] = {rest, {0}, {0}};
	struct typed_name typed = {0};
	size_t piece = 0;
	uint32_t c;
	for (size_t at = 0, n, from = 0; piece < 2 && at < rest.n; at += n) {
		n = utf8_read(str_from(rest, at), &c);
		n = n ? n : 1;
		if (c != '/' && c != 0xff0f)
			continue;
		pieces[piece].n = at - from;
		from = at + n;
		pieces[++piece] = str_from(rest, from);
	}
	typed.more = piece > 0;
	typed.name = str_trim(pieces[0]);
	typed.unit = str_trim(pieces[1]);
	typed.title = str_trim(pieces[2]);
	return typed;
}

/* Bands of fits that mean as much to a hand; inside of one the rule of the house decides. */
static const uint8_t bands[FIT_COUNT] = {[FIT_EXACT] = 0, [FIT_ID] = 0, [FIT_WHOLE] = 1,
	[FIT_ALL] = 1, [FIT_START] = 1, [FIT_LATER] = 2, [FIT_INSIDE] = 2, [FIT_UNIT] = 2};
enum { BANDS = 3, EXACT = 2 * GROUP_COUNT, RANKS = EXACT + 2 * BANDS * GROUP_COUNT * FIT_COUNT,
	RANK_NONE = UINT8_MAX };

/*
 * Whoever is in the queue already comes last, but not where all of their name
 * is typed: Enter must not take another.
 */
static uint8_t
rank_of(const struct known *k, enum fit fit)
{
	if (fit == FIT_EXACT)
		return (uint8_t)(k->present * GROUP_COUNT + k->group);
	int band = k->present * BANDS + bands[fit];
	return (uint8_t)(EXACT + (band * GROUP_COUNT + k->group) * FIT_COUNT + (int)fit);
}

/* Sets the rank of everybody; answers whether a walk-in would be somebody else. */
static bool
rank_all(struct ui *u, const struct typed_name *typed, size_t counts[RANKS])
{
	struct picker *p = &u->picker;
	struct query name = {0}, unit = {0};
	bool newcomer = typed->name.n > 0;
	query_read(&name, typed->name);
	query_read(&unit, typed->unit);
	for (size_t i = 0; i < p->roster.n; i++) {
		const struct session_person *person = session_person_at(u->s, i);
		const struct known *k = &p->roster.known[i];
		const char *letters = known_letters(k);
		enum fit fit = !typed->name.n ? FIT_WHOLE
			       : name.n	      ? match_fit(&name, k->parts, k->parts_n, letters)
					      : FIT_NONE;
		if (fit != FIT_NONE && unit.n && !match_unit(&unit, k->parts, k->parts_n, letters))
			fit = FIT_NONE;
		p->ranks[i] = fit == FIT_NONE ? RANK_NONE : rank_of(k, fit);
		if (fit != FIT_NONE)
			counts[p->ranks[i]]++;
		if (fit == FIT_EXACT && str_eq(person->name, typed->name) &&
			(!typed->unit.n || str_eq(person->affiliation, typed->unit)))
			newcomer = false;
	}
	p->work = name.work + unit.work;
	return newcomer;
}

/* Sorts whoever fits by counting: as quick for ten thousand as for ten. */
static void
search(struct ui *u)
{
	struct picker *p = &u->picker;
	struct typed_name typed = pick_typed(u);
	size_t counts[RANKS] = {0}, sum = 0;
	bool newcomer = rank_all(u, &typed, counts);
	for (size_t i = 0; i < RANKS; i++) {
		size_t n = counts[i];
		counts[i] = sum;
		sum += n;
	}
	for (size_t i = 0; i < p->roster.n; i++)
		if (p->ranks[i] != RANK_NONE)
			p->found[counts[p->ranks[i]]++] = i;
	p->n = sum;
	if (newcomer)
		p->found[p->n++] = SIZE_MAX;
	p->stale = false;
}

/* Whoever was chosen stays chosen, wherever they stand now: Enter adds what was seen. */
static void
choose_again(struct picker *p, size_t person)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->found[i] == person) {
			p->at = i;
			return;
		}
	}
	p->at = 0;
	p->moved = false;
	p->attending = ATTENDING_UNSET;
}

void
pick_match(struct ui *u)
{
	struct picker *p = &u->picker;
	bool keep = p->at < p->n && (p->moved || !p->stale);
	size_t person = keep ? p->found[p->at] : 0;
	roster_sync(&p->roster, u->s);
	roster_group(&p->roster, u->s, p->as);
	if (p->cap < p->roster.n + 1) {
		p->cap = p->roster.cap + 1;
		p->found = xrealloc(p->found, p->cap * sizeof *p->found);
		p->ranks = xrealloc(p->ranks, p->cap * sizeof *p->ranks);
	}
	search(u);
	if (keep)
		choose_again(p, person);
	else
		p->at = 0;
}

void
pick_start(struct ui *u, enum event_as as)
{
	struct picker *p = &u->picker;
	mode_enter(u, MODE_PICK);
	p->as = as;
	p->attending = ATTENDING_UNSET;
	p->n = p->at = 0;
	p->moved = false;
	pick_match(u);
}

void
pick_finish(struct picker *p)
{
	roster_finish(&p->roster);
	free(p->found);
	free(p->ranks);
}

/* ---- readings, which come from outside ---- */

size_t
ui_unread(struct ui *u, struct ui_name *out, size_t most)
{
	struct roster *r = &u->picker.roster;
	size_t found = 0;
	roster_sync(r, u->s);
	for (size_t i = 0; r->unread && found < most && i < r->n; i++) {
		const struct session_person *person = session_person_at(u->s, i);
		if (!r->known[i].unread)
			continue;
		r->known[i].unread = false;
		r->unread--;
		out[found++] = (struct ui_name){person->id, person->name};
	}
	return found;
}

void
ui_readings(struct ui *u, const struct ui_name *who, struct str names, struct str generic)
{
	if (!roster_read(&u->picker.roster, u->s, who->id, who->name, names, generic))
		return;
	u->picker.stale = true;
	u->dirty = u->dirty || u->mode == MODE_PICK;
}

/* ---- adding ---- */

static void
add_person(struct ui *u, struct str person)
{
	const struct session_turn *turn = session_floor(u->s);
	struct buf line = {0};
	buf_puts(&line, "queue add ");
	command_quote(&line, person);
	buf_puts(&line, " --as ");
	buf_puts(&line, event_as_text(u->picker.as));
	if (u->picker.attending)
		buf_puts(&line, u->picker.attending == ATTENDING_ONLINE ? " --online" : " --site");
	/* A reply is one to whoever spoke last. */
	if (u->picker.as == AS_REPLY && turn && !str_eq(turn->person, person)) {
		buf_puts(&line, " --about ");
		command_quote(&line, word_name(u, turn->person));
	}
	if (!ask(u, buf_view(&line)) && u->mode == MODE_PICK)
		mode_leave(u);
	buf_finish(&line);
}

static void
put_option(struct buf *line, const char *option, struct str value)
{
	if (!value.n)
		return;
	buf_puts(line, option);
	command_quote(line, value);
}

static void
add_walk_in(struct ui *u, const struct typed_name *typed)
{
	struct buf line = {0};
	struct str name = arena_str(&u->scratch, typed->name);
	enum event_attending attending = u->picker.attending;
	buf_puts(&line, "people add ");
	command_quote(&line, name);
	put_option(&line, " --title ", typed->title);
	put_option(&line, " --affiliation ", typed->unit);
	if (attending == ATTENDING_ONLINE)
		buf_puts(&line, " --online");
	size_t before = session_person_count(u->s);
	if (!ask(u, buf_view(&line))) {
		size_t after = session_person_count(u->s);
		/* Where they are is known of them now. */
		u->picker.attending = ATTENDING_UNSET;
		if (after > before)
			name = arena_str(&u->scratch, session_person_at(u->s, after - 1)->id);
		add_person(u, name);
	}
	buf_finish(&line);
}

static void
pick_enter(struct ui *u)
{
	const struct picker *p = &u->picker;
	struct typed_name typed = pick_typed(u);
	size_t n = session_person_count(u->s);
	if (p->at >= p->n)
		return;
	size_t person = p->found[p->at];
	if (person < n)
		add_person(u, arena_str(&u->scratch, session_person_at(u->s, person)->id));
	else if (person == SIZE_MAX)
		add_walk_in(u, &typed);
}

/* ---- keys and the mouse ---- */

static void
choose(struct picker *p, size_t at)
{
	p->at = at;
	p->moved = true;
	p->attending = ATTENDING_UNSET;
}

/* Where they are was not known well: on site instead of online, and back. */
static void
turn_about(struct ui *u)
{
	struct picker *p = &u->picker;
	size_t n = session_person_count(u->s);
	if (p->at >= p->n)
		return;
	size_t person = p->found[p->at];
	bool online = person < n && session_person_at(u->s, person)->attending == ATTENDING_ONLINE;
	if (p->attending)
		p->attending = ATTENDING_UNSET;
	else
		p->attending = online ? ATTENDING_SITE : ATTENDING_ONLINE;
}

static void
edited(struct ui *u)
{
	struct picker *p = &u->picker;
	p->at = 0;
	p->moved = false;
	p->attending = ATTENDING_UNSET;
	search(u);
}

/* A row further; a step goes round, so that one up from the first is the walk-in. */
static void
step(struct picker *p, bool up)
{
	if (p->n)
		choose(p, (p->at + (up ? p->n - 1 : 1)) % p->n);
}

/* Keys that the line has no use for, where the caret is at its end already. */
static void
leap(struct picker *p, uint32_t key)
{
	size_t page = p->list.h > 0 ? (size_t)p->list.h : 1, last = p->n - 1;
	if (!p->n)
		return;
	if (key == KEY_HOME)
		choose(p, 0);
	else if (key == KEY_END)
		choose(p, last);
	else if (key == KEY_PAGE_UP)
		choose(p, p->at > page ? p->at - page : 0);
	else if (key == KEY_PAGE_DOWN)
		choose(p, last - p->at > page ? p->at + page : last);
}

static void
pick_key(struct ui *u, uint32_t key, unsigned mods)
{
	if (key == KEY_ESCAPE) {
		mode_leave(u);
		return;
	}
	if (key == KEY_ENTER) {
		pick_enter(u);
		return;
	}
	if (key == KEY_TAB) {
		turn_about(u);
		return;
	}
	enum edit_did did = edit_key(&u->edit, key, mods);
	if (did == EDIT_OLDER || did == EDIT_NEWER)
		step(&u->picker, did == EDIT_OLDER);
	else if (did == EDIT_CHANGED)
		edited(u);
	else if (did == EDIT_KEPT || did == EDIT_IGNORED)
		leap(&u->picker, key);
}

void
pick_click(struct ui *u, int x, int y, bool second)
{
	struct picker *p = &u->picker;
	size_t at = p->first + (size_t)(y - p->list.y);
	if (x < p->list.x || x >= p->list.x + p->list.w || y < p->list.y ||
		y >= p->list.y + p->list.h || at >= p->n)
		return;
	/* A row that moved away from under the pointer is not the one that was meant. */
	if (second && p->moved && at == p->at)
		pick_enter(u);
	else
		choose(p, at);
}

static void
pick_paste(struct ui *u, struct str text)
{
	edit_insert(&u->edit, text);
	edited(u);
}

const struct mode_ops mode_pick = {pick_key, pick_paste, pick_paint, N_("add")};
