/*
 * Who is meant by what stands in a list: an id, or a name that only one person
 * has. An input method turns a name into another that sounds the same, so that
 * is what an unknown name is compared with first.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static struct person *
sounds_like(struct reading *r, struct str name)
{
	if (!has_han(name))
		return NULL;
	struct str sound = sound_of(r, name);
	for (size_t i = 0; i < r->n_people && sound.n; i++) {
		struct person *p = r->people[i];
		if (!p->sound.n && has_han(p->name))
			p->sound = sound_of(r, p->name);
		if (str_eq(p->sound, sound))
			return p;
	}
	return NULL;
}

static char *
hint_unknown(struct reading *r, struct str word)
{
	if (r->n_people == 0)
		return hint_of(_("add them under people"));
	if (r->l->n >= DIAG_SHOWN)
		return NULL;
	if (memmem(word.p, word.n, "，", 3) || memmem(word.p, word.n, "、", 3))
		return hint_of(_("part names with \", \""));
	struct person *p = sounds_like(r, word);
	if (p)
		return diag_text(_("did you mean \"{0}\"?"), ARGS(p->name));
	const char **known = xcalloc(r->n_people * 2, sizeof *known);
	for (size_t i = 0; i < r->n_people; i++) {
		known[2 * i] = str_dup(r->people[i]->id);
		known[2 * i + 1] = str_dup(r->people[i]->name);
	}
	char *hint = hint_meant(r, word, known, r->n_people * 2);
	if (!hint)
		hint = hint_of(_("add them under people"));
	for (size_t i = 0; i < r->n_people * 2; i++)
		free((char *)known[i]);
	free(known);
	return hint;
}

static void
tell_ambiguous(struct reading *r, const struct value *v, const struct person *p)
{
	struct buf all = {0};
	for (const struct person *one = p; one; one = one->namesake) {
		buf_puts(&all, one == p ? "" : ", ");
		buf_str(&all, one->id);
		if (one->affiliation.n) {
			buf_puts(&all, " (");
			buf_str(&all, one->affiliation);
			buf_char(&all, ')');
		}
	}
	tell(r, v->spot, diag_text(_("name the id: {0}"), ARGS(buf_view(&all))),
		_("More than one person is called \"{0}\"."), ARGS(v->text));
	buf_finish(&all);
}

struct person *
who(struct reading *r, const struct value *v)
{
	struct person *p = map_get(&r->ids, v->text);
	if (p)
		return p;
	p = map_get(&r->names, v->text);
	if (p && !p->namesake)
		return p;
	if (p)
		tell_ambiguous(r, v, p);
	else if (!r->people_broken)
		tell(r, v->spot, hint_unknown(r, v->text),
			_("Nobody among the people has the id or name \"{0}\"."), ARGS(v->text));
	return NULL;
}
