/* The forum itself: what, when, where, by whom. */
#include "internal.h"

static void
read_language(struct reading *r, const struct yaml_node *forum)
{
	static const char *const known[] = {"zh-CN", "en"};
	struct value v = field_text(r, forum, "language");
	struct str word = str_trim(v.text);
	if (word.n == 0 || str_is(word, known[0]) || str_is(word, known[1]))
		r->language = word;
	else
		tell(r, v.spot, hint_words(r, word, known, 2),
			_("\"{0}\" is no language that dais speaks."), ARGS(word));
}

static struct str
line(struct reading *r, const struct yaml_node *map, const char *key)
{
	struct value v = field_text(r, map, key);
	return value_line(r, &v, LINE_MAX_BYTES);
}

void
forum_read(struct reading *r, const struct yaml_node *root)
{
	static const char *const known[] = {"title", "series", "date", "start", "venue", "language",
		"organizers", "sponsors", "media", "about"};
	size_t errors = r->l->errors;
	const struct yaml_node *forum = field_map(r, root, "forum");
	if (!forum) {
		if (r->l->errors == errors)
			missing(r, root, "forum", hint_of(_("it holds at least the title")));
		return;
	}
	yaml_only(forum, known, sizeof known / sizeof *known, r->l);
	errors = r->l->errors;
	r->title = line(r, forum, "title");
	if (!r->title.n && r->l->errors == errors)
		missing(r, forum, "title", hint_of(_("every forum has a title")));
	r->series = line(r, forum, "series");
	r->venue = line(r, forum, "venue");
	struct value date = field_text(r, forum, "date"), start = field_text(r, forum, "start");
	r->date = value_date(r, &date);
	r->start = value_clock(r, &start, &r->start_min);
	read_language(r, forum);
	r->organizers = field_names(r, forum, "organizers");
	r->sponsors = field_names(r, forum, "sponsors");
	r->media = field_names(r, forum, "media");
	struct value about = field_text(r, forum, "about");
	r->about = value_prose(r, &about);
}
