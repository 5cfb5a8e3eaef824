/*
 * Ids for people who have none: their pinyin, zhanghu; a second one is
 * zhanghu2. Given ids are all taken before the first is made, so that a new
 * person in the list never changes what an old one was called.
 */
#include "internal.h"

static void
put_letters(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_char(out, c);
	}
}

static void
make_id(struct reading *r, struct person *p)
{
	struct buf base = {0};
	if (p->pinyin.n) {
		put_letters(&base, p->pinyin);
	} else if (has_han(p->name)) {
		p->sound = sound_of(r, p->name);
		put_letters(&base, p->sound);
	} else {
		put_letters(&base, p->name);
	}
	if (base.n == 0)
		buf_puts(&base, "person");
	/* Counted on from the last of this stem, so that a thousand namesakes are not a million tries. */
	struct str stem = str_upto(buf_view(&base), ID_MAX);
	int64_t *count = map_get(&r->stems, stem);
	if (!count) {
		count = arena_alloc(&r->arena, sizeof *count);
		map_put(&r->stems, arena_str(&r->arena, stem), count);
	}
	struct buf id = {0};
	while (id.n == 0 || map_get(&r->ids, buf_view(&id))) {
		struct str number = ++*count > 1 ? number_of(r, *count) : STR_NONE;
		buf_reset(&id);
		buf_str(&id, str_upto(buf_view(&base), ID_MAX - number.n));
		buf_str(&id, number);
	}
	p->id = arena_str(&r->arena, buf_view(&id));
	map_put(&r->ids, p->id, p);
	buf_finish(&base);
	buf_finish(&id);
}

void
ids_make(struct reading *r)
{
	for (size_t i = 0; i < r->n_people; i++) {
		if (!r->people[i]->id.n)
			make_id(r, r->people[i]);
	}
}
