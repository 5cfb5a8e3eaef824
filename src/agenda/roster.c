/*
 * A roster of its own, as a spreadsheet saves it. Its problems are told at the
 * place that names it, with the roster's own line and column in front.
 */
#include <string.h>

#include "csv.h"
#include "dais/decode.h"
#include "dais/utf8.h"
#include "internal.h"

enum { CELLS = 64, ROSTER_MAX = 1024 * 1024 };
enum column {
	COLUMN_ID,
	COLUMN_NAME,
	COLUMN_TITLE,
	COLUMN_AFFILIATION,
	COLUMN_ROLE,
	COLUMN_ATTENDING,
	COLUMN_PINYIN,
	COLUMN_NOTE,
	COLUMN_COUNT
};

static const char *const columns[COLUMN_COUNT] = {
	"id", "name", "title", "affiliation", "role", "attending", "pinyin", "note"};

static const struct {
	const char *header;
	enum column column;
} chinese[] = {
	{"编号", COLUMN_ID},
	{"姓名", COLUMN_NAME},
	{"名字", COLUMN_NAME},
	{"职务/职称", COLUMN_TITLE},
	{"职务", COLUMN_TITLE},
	{"职称", COLUMN_TITLE},
	{"头衔", COLUMN_TITLE},
	{"单位", COLUMN_AFFILIATION},
	{"工作单位", COLUMN_AFFILIATION},
	{"角色", COLUMN_ROLE},
	{"参会", COLUMN_ATTENDING},
	{"参会方式", COLUMN_ATTENDING},
	{"出席方式", COLUMN_ATTENDING},
	{"拼音", COLUMN_PINYIN},
	{"备注", COLUMN_NOTE},
};

/* What a registration form in Chinese holds instead of the words of an agenda. */
static const struct {
	enum column column;
	const char *chinese, *word;
} words[] = {
	{COLUMN_ATTENDING, "线上", "online"},
	{COLUMN_ATTENDING, "线下", "site"},
	{COLUMN_ATTENDING, "现场", "site"},
	{COLUMN_ROLE, "执行主席", "executive-chair"},
	{COLUMN_ROLE, "线上主席", "online-chair"},
	{COLUMN_ROLE, "主席", "chair"},
	{COLUMN_ROLE, "引导嘉宾", "keynote"},
	{COLUMN_ROLE, "特邀嘉宾", "guest"},
	{COLUMN_ROLE, "嘉宾", "guest"},
	{COLUMN_ROLE, "委员", "member"},
	{COLUMN_ROLE, "观众", "audience"},
};

struct roster {
	struct reading *r;
	struct spot spot; /* where the agenda names it */
	struct csv csv;
	enum column meaning[CELLS]; /* COLUMN_COUNT: not read */
	size_t width;
};

static struct spot
spot_in(const struct roster *x, struct diag_place in)
{
	struct spot spot = x->spot;
	spot.in = in;
	return spot;
}

static enum column
column_of(struct str header)
{
	char small[16] = {0};
	for (size_t i = 0; i < header.n && i + 1 < sizeof small; i++)
		small[i] = header.p[i] >= 'A' && header.p[i] <= 'Z' ? (char)(header.p[i] + 32)
								    : header.p[i];
	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (header.n < sizeof small && strcmp(small, columns[i]) == 0)
			return (enum column)i;
	}
	for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++) {
		if (str_is(header, chinese[i].header))
			return chinese[i].column;
	}
	return COLUMN_COUNT;
}

/* What the first row says about the columns. False where no names can be found. */
static bool
read_header(struct roster *x, const struct csv_cell *cells, size_t n)
{
	bool seen[COLUMN_COUNT + 1] = {false};
	x->width = n;
	for (size_t i = 0; i < n; i++) {
		enum column column = x->meaning[i] = column_of(cells[i].text);
		if (column == COLUMN_COUNT && cells[i].text.n)
			tell_warning(x->r, spot_in(x, cells[i].at),
				hint_meant(x->r, cells[i].text, columns, COLUMN_COUNT),
				_("The column \"{0}\" is not read."), ARGS(cells[i].text));
		else if (seen[column] && column != COLUMN_COUNT)
			tell(x->r, spot_in(x, cells[i].at), NULL,
				_("The column \"{0}\" stands here twice."), ARGS(cells[i].text));
		seen[column] = true;
	}
	if (!seen[COLUMN_NAME])
		tell(x->r, spot_in(x, (struct diag_place){1, 1}),
			hint_of(_("the first line names the columns: "
				  "id,name,title,affiliation,role,attending,pinyin,note")),
			_("There is no column \"name\" (姓名)."), NO_ARGS);
	return seen[COLUMN_NAME];
}

static struct str
word_of(enum column column, struct str text)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (words[i].column == column && str_is(text, words[i].chinese))
			return str_of(words[i].word);
	}
	return text;
}

static void
read_row(struct roster *x, const struct csv_cell *cells, size_t n)
{
	struct value v[COLUMN_COUNT] = {0};
	bool any = false;
	if (n > x->width) {
		tell(x->r, spot_in(x, cells[x->width].at),
			hint_of(_("quote a cell with a comma in it: \"a, b\"")),
			_("This row has more cells than the first."), NO_ARGS);
		n = x->width;
	}
	for (int i = 0; i < COLUMN_COUNT; i++)
		v[i].spot = spot_in(x, cells[0].at);
	for (size_t i = 0; i < n; i++) {
		any |= cells[i].text.n > 0;
		enum column column = x->meaning[i];
		if (column != COLUMN_COUNT)
			v[column] = (struct value){
				word_of(column, cells[i].text), spot_in(x, cells[i].at)};
	}
	struct person_row row = {v[COLUMN_ID], v[COLUMN_NAME], v[COLUMN_TITLE],
		v[COLUMN_AFFILIATION], v[COLUMN_ROLE], v[COLUMN_ATTENDING], v[COLUMN_PINYIN],
		v[COLUMN_NOTE], v[COLUMN_NAME].spot};
	if (any)
		people_add(x->r, &row);
}

static bool
read_rows(struct roster *x)
{
	struct csv_cell cells[CELLS];
	const char *why;
	size_t n;
	bool header = true;
	while (csv_row(&x->csv, &x->r->arena, cells, CELLS, &n, &why)) {
		if (n > CELLS) {
			tell(x->r, spot_in(x, cells[0].at), NULL,
				_("More than {0} columns are too many."),
				ARGS(number_of(x->r, CELLS)));
			return false;
		}
		if (header && !read_header(x, cells, n))
			return false;
		if (!header)
			read_row(x, cells, n);
		header = false;
	}
	if (why)
		tell(x->r, spot_in(x, x->csv.place), NULL, _(why), NO_ARGS);
	else if (header)
		tell(x->r, x->spot, NULL, _("The file is empty."), NO_ARGS);
	return !why && !header;
}

/* As UTF-8 without a BOM, wherever it was saved. */
static bool
decode(struct roster *x, struct buf *bytes, struct str *text)
{
	struct buf decoded = {0};
	*text = buf_view(bytes);
	if (text->n > ROSTER_MAX) {
		tell(x->r, x->spot, NULL, _("The file is larger than 1 MiB."), NO_ARGS);
		return false;
	}
	if (str_starts(*text, STR("\xff\xfe")) || str_starts(*text, STR("\xfe\xff"))) {
		tell(x->r, x->spot, hint_of(_("save it as \"CSV UTF-8\"")),
			_("The file is in UTF-16."), NO_ARGS);
		return false;
	}
	if (str_starts(*text, STR("\xef\xbb\xbf")))
		*text = str_from(*text, 3);
	if (utf8_valid(*text, NULL))
		return true;
	if (!decode_gb18030(&decoded, *text)) {
		buf_finish(&decoded);
		tell(x->r, x->spot, hint_of(_("save it as \"CSV UTF-8\"")),
			_("The file is neither UTF-8 nor GB18030."), NO_ARGS);
		return false;
	}
	buf_finish(bytes);
	*bytes = decoded;
	*text = buf_view(bytes);
	return true;
}

bool
roster_take(struct reading *r, const struct value *file)
{
	struct roster x = {.r = r, .spot = file->spot};
	struct buf bytes = {0};
	struct str text;
	x.spot.file = file->text;
	bool whole = false;
	int result = r->load ? r->load(r->ctx, file->text, &bytes) : -1;
	if (result != 0) {
		tell(r, x.spot, r->load ? hint_of(strerror(-result)) : NULL,
			_("The file cannot be read."), NO_ARGS);
	} else if (decode(&x, &bytes, &text)) {
		x.csv = csv_start(text);
		whole = read_rows(&x);
	}
	buf_finish(&bytes);
	return whole;
}
