/* Splitting what is larger than a note, and finding in what was written. */
#include "rig.h"

#include "dais/text.h"
#include "pane.h"

static void
pieces_are(const char *text, size_t limit, const char *want)
{
	struct str rest = str_of(text);
	struct buf got = {0};
	while (rest.n) {
		size_t n = note_piece(rest, limit);
		assert_true(n > 0 && n <= limit && n <= rest.n);
		buf_char(&got, '|');
		buf_str(&got, str_upto(rest, n));
		rest = str_from(rest, n);
	}
	assert_str(buf_view(&got), want);
	buf_finish(&got);
}

static void
splits_where_something_ends(void **state)
{
	(void)state;
	pieces_are("short", 10, "|short");
	pieces_are("first line\nsecond. line", 14, "|first line\n|second. line");
	pieces_are("It is 3.5 km. Then more", 16, "|It is 3.5 km.| Then more");
	pieces_are("甲乙。丙丁戊己", 15, "|甲乙。|丙丁戊己");
	/* A line end far up is no reason for a small note. */
	pieces_are("a\nbcdefghijklmnop", 10, "|a\nbcdefghi|jklmnop");
	/* No character is parted. */
	pieces_are("甲乙丙丁", 10, "|甲乙丙|丁");
	pieces_are("aaaaaae\xcc\x81", 8, "|aaaaaa|e\xcc\x81");
}

static void
found_is(const char *text, const char *needle, const char *want)
{
	struct hit hit = find_in(str_of(text), str_of(needle));
	if (!want) {
		assert_true(hit.from == SIZE_MAX);
		return;
	}
	assert_true(hit.from <= hit.to && hit.to <= strlen(text));
	assert_str(str_upto(str_from(str_of(text), hit.from), hit.to - hit.from), want);
}

static void
finds_without_regard_to_form(void **state)
{
	(void)state;
	found_is("the GPU hours", "gpu", "GPU");
	found_is("算力:ＧＰＵ不够", "gpu", "ＧＰＵ");
	found_is("怎么办？", "办?", "办？");
	found_is("第一行\n第二行", "行 第", "行\n第");
	found_is("全角　空白", "角 空", "角　空");
	found_is("aab", "ab", "ab");
	found_is("ab", "abc", NULL);
	found_is("ab", "", NULL);
	found_is("", "a", NULL);
	/* A mark on the last character is marked along with it. */
	found_is("cafe\xcc\x81s", "cafe", "cafe\xcc\x81");
}

int
main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_where_something_ends),
		cmocka_unit_test(finds_without_regard_to_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
