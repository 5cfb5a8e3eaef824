/* The forum of the pseudo-random chair: 44 people, 12 segments, nobody who exists. */
#include "chair.h"

#include "dais/canon.h"

static const char *const families[] = {
	"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐"};
static const char *const givens[] = {"晓明", "思远", "雅婷", "建国"};
static const char *const titles[] = {
	"教授", "副教授", "研究员", "主治医师", "AC委员", "学术秘书", "副总经理"};
static const char *const places[] = {"山西大学计算机与信息技术学院", "太原理工大学软件学院",
	"中国科学院计算技术研究所", "YOCSEF太原", "华南理工大学软件学院",
	"算力互联(北京)科技有限公司"};
static const char *const roles[] = {"guest", "member", "audience", "keynote"};

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static void
key_text(struct canon_writer *w, const char *key, const char *text)
{
	canon_key_str(w, key, str_of(text));
}

static void
key_list(struct canon_writer *w, const char *key, size_t from, size_t to)
{
	struct buf id = {0};
	canon_key(w, key);
	canon_open(w, '[');
	for (size_t i = from; i < to; i++) {
		buf_reset(&id);
		buf_printf(&id, "p%02zu", i);
		canon_str(w, buf_view(&id));
	}
	canon_close(w, ']');
	buf_finish(&id);
}

static void
put_people(struct canon_writer *w)
{
	struct buf id = {0}, name = {0};
	canon_key(w, "people");
	canon_open(w, '[');
	for (size_t i = 0; i < LENGTH(families) * LENGTH(givens); i++) {
		buf_reset(&id);
		buf_reset(&name);
		buf_printf(&id, "p%02zu", i);
		buf_puts(&name, families[i % LENGTH(families)]);
		buf_puts(&name, givens[i / LENGTH(families)]);
		canon_open(w, '{');
		canon_key_str(w, "id", buf_view(&id));
		canon_key_str(w, "name", buf_view(&name));
		key_text(w, "title", titles[i % LENGTH(titles)]);
		key_text(w, "affiliation", places[i * 5 % LENGTH(places)]);
		key_text(w, "role", i < 2 ? "executive-chair" : roles[i % LENGTH(roles)]);
		if (i % 3 == 0)
			key_text(w, "attending", "online");
		canon_close(w, '}');
	}
	canon_close(w, ']');
	buf_finish(&id);
	buf_finish(&name);
}

static const struct {
	const char *kind, *id, *title;
	int64_t minutes;
} segments[] = {
	{"opening", "opening", "开场致辞", 10},
	{"award", "award", "颁发证书", 5},
	{"keynote", "k1", "智能时代的科学研究", 30},
	{"keynote", "k2", "大模型与科研诚信", 30},
	{"break", "tea", "茶歇", 15},
	{"point", "p1", "人工智能会取代科学家吗？", 40},
	{"point", "p2", "数据与算力应该由谁来提供？", 40},
	{"point", "p3", "Who answers for what a model has found?", 40},
	{"point", "p4", "青年学者应该怎样应对？", 40},
	{"other", "ideas", "自由讨论", 20},
	{"photo", "photo", "合影", 5},
	{"closing", "closing", "总结", 10},
};

static void
put_agenda(struct canon_writer *w)
{
	canon_key(w, "agenda");
	canon_open(w, '[');
	for (size_t i = 0; i < LENGTH(segments); i++) {
		canon_open(w, '{');
		key_text(w, "kind", segments[i].kind);
		key_text(w, "id", segments[i].id);
		key_text(w, "title", segments[i].title);
		canon_key_int(w, "duration", segments[i].minutes * 60000);
		if (segments[i].kind[0] == 'k')
			key_list(w, "speakers", 2 + i, 3 + i);
		if (segments[i].kind[0] == 'a') {
			key_list(w, "recipients", 10, 16);
			key_list(w, "presenters", 0, 2);
		}
		if (segments[i].id[0] == 'p' && segments[i].id[1] <= '4')
			key_list(w, "invited", 4 * i, 4 * i + 6);
		canon_close(w, '}');
	}
	canon_close(w, ']');
}

void
chair_forum(struct buf *out)
{
	struct canon_writer w = {.out = out};
	canon_open(&w, '{');
	canon_key_int(&w, "dais", 1);
	key_text(&w, "title", "一百万个事件的论坛");
	key_text(&w, "series", "观点论坛");
	key_text(&w, "date", "2023-07-15");
	key_text(&w, "start", "14:00");
	key_text(&w, "venue", "山西大学计算机与信息技术学院");
	key_text(&w, "language", "zh-CN");
	put_people(&w);
	put_agenda(&w);
	canon_close(&w, '}');
}

struct event
chair_host(void)
{
	struct event e = event_make(EVENT_SESSION_HOST);
	e.host.epoch = 1;
	e.host.host = STR("hall");
	e.host.boot = STR("e2142e89-1657-427d-a64b-f881a5a6cbd9");
	e.host.wall = 1689400800000;
	e.host.mono = 9104377;
	e.host.why = STR("start");
	e.host.gap = 0;
	e.host.zone = 480;
	return e;
}
