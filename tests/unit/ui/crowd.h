/* A session with a hall full of people, and a console on it. */
#pragma once

#include "rig.h"

#include "dais/pinyin.h"
#include "pane.h"

struct crowd {
	struct session *s;
	struct ui *ui;
	struct pinyin *pinyin;
};

static inline void
crowd_apply(struct crowd *c, struct event e)
{
	const char *why = NULL;
	e.seq = session_next_seq(c->s, e.lane);
	if (session_apply(c->s, &e, &why) != 0)
		fail_msg("%s", why);
}

static inline enum refusal
crowd_refuse(void *ctx, struct str line, struct arena *a, struct refused *no)
{
	(void)ctx;
	(void)line;
	(void)a;
	*no = (struct refused){.code = REFUSAL_NOT_ALLOWED, .why = "not here"};
	return REFUSAL_NOT_ALLOWED;
}

static inline void
crowd_open(struct crowd *c, const char *people)
{
	struct buf forum = {0};
	*c = (struct crowd){.s = session_create(), .pinyin = pinyin_create()};
	assert_non_null(c->pinyin);
	buf_puts(&forum, "{\"agenda\":[{\"duration\":600000,\"id\":\"p1\",\"kind\":\"point\"}],\"people\":[");
	buf_puts(&forum, people);
	buf_puts(&forum, "],\"title\":\"T\"}");
	struct event open = event_make(EVENT_SESSION_OPEN), host = event_make(EVENT_SESSION_HOST);
	open.open.format = 1;
	open.open.forum = buf_view(&forum);
	crowd_apply(c, open);
	host.host.epoch = 1;
	host.host.host = STR("hall");
	host.host.wall = 1689400800000;
	host.host.why = STR("start");
	host.host.zone = 480;
	crowd_apply(c, host);
	buf_finish(&forum);
	struct ui_calls calls = {.command = crowd_refuse};
	c->ui = ui_create(c->s, NULL, &calls);
	ui_resize(c->ui, 120, 36);
}

static inline void
crowd_add(struct crowd *c, struct str id, struct str name, struct str unit, struct str pinyin)
{
	struct event e = event_make(EVENT_PERSON_ADD);
	e.person.person = id;
	e.person.name = name;
	e.person.affiliation = unit;
	e.person.pinyin = pinyin;
	crowd_apply(c, e);
}

/* Answers how many names were read. */
static inline size_t
crowd_read(struct crowd *c)
{
	struct ui_name who;
	struct buf names = {0}, generic = {0};
	size_t n = 0;
	for (; ui_unread(c->ui, &who, 1) == 1; n++) {
		buf_reset(&names);
		buf_reset(&generic);
		pinyin_name(c->pinyin, &names, who.name);
		pinyin_generic(c->pinyin, &generic, who.name);
		ui_readings(c->ui, &who, buf_view(&names), buf_view(&generic));
	}
	buf_finish(&names);
	buf_finish(&generic);
	return n;
}

static inline void
crowd_type(struct crowd *c, const char *text)
{
	ui_feed(c->ui, STR("\x1b"));
	ui_idle(c->ui);
	ui_feed(c->ui, STR("a"));
	ui_feed(c->ui, str_of(text));
}

static inline void
crowd_close(struct crowd *c)
{
	ui_destroy(c->ui);
	session_destroy(c->s);
	pinyin_destroy(c->pinyin);
}

/* Names as people have them: a surname, and one or two characters. */
static inline void
crowd_name(uint64_t *seed, struct buf *out)
{
	static const char *const surnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周",
		"吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢",
		"韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭",
		"吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "欧阳", "司马", "单",
		"解", "区", "仇", "翟", "查"};
	static const char *const given[] = {"伟", "芳", "娜", "秀", "英", "敏", "静", "丽", "强", "磊",
		"军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "兰", "霞", "平", "刚", "桂", "文",
		"辉", "玲", "华", "红", "建", "国", "志", "海", "燕", "晓", "东", "绿", "女", "略", "安",
		"元", "卓", "哲", "骁", "双", "姣", "长", "乐", "重", "行"};
	buf_puts(out, surnames[draw_random(seed, sizeof surnames / sizeof *surnames)]);
	buf_puts(out, given[draw_random(seed, sizeof given / sizeof *given)]);
	if (draw_random(seed, 4))
		buf_puts(out, given[draw_random(seed, sizeof given / sizeof *given)]);
}

static inline void
crowd_add_random(struct crowd *c, uint64_t *seed, size_t n)
{
	struct buf name = {0}, id = {0};
	for (size_t i = 0; i < n; i++) {
		buf_reset(&name);
		buf_reset(&id);
		crowd_name(seed, &name);
		buf_char(&id, '#');
		buf_int(&id, (int64_t)session_event_count(c->s));
		crowd_add(c, buf_view(&id), buf_view(&name), STR("某大学"), STR_NONE);
	}
	buf_finish(&name);
	buf_finish(&id);
}
