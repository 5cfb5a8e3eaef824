/*
 * Keys on a console without a terminal. The first byte says whose it is (the
 * chair's, a seat's that joined, the hall's, a replay); then come bytes of the
 * keyboard. 0xff begins an act beside it: another size, time, an act of
 * somebody else. After each of them every cell is looked at; in the end
 * whatever is open can be left.
 */
#include "desk.h"
#include "fuzz.h"

static const char agenda[] =
	"forum \"AI for 科学\" series=YOCSEF date=2023-07-15 start=14:00 venue=太原\n"
	"timing speech=3m reply=1m question=30s warn=30s overtime_bell=30s limit=2\n"
	"queue order=unheard-first\n"
	"begins 2023-07-15 14:02\n"
	"person yao 姚姗姗 title=AC委员 affiliation=YOCSEF太原 role=executive-chair\n"
	"person zhanghu 张虎 role=guest pinyin=\"zhang hu\"\n"
	"person chen 陈俊颖 role=guest attending=online\n"
	"person li \"Li \xd7\x90\xd7\x91 e\xcc\x81\" role=member\n"
	"segment opening opening 10m title=开场 speakers=yao\n"
	"segment point p1 40m title=\"Which?\" invited=zhanghu,chen\n"
	"segment award a1 3m title=感谢 recipients=chen presenters=yao\n"
	"segment closing closing 10m title=总结 speakers=yao\n";

static const char *const others[] = {"queue add 张虎", "queue add chen --as question", "segment next",
	"floor next", "note add 别人的笔记,很长很长很长很长很长很长很长很长很长很长很长很长", "people add 来宾",
	"queue order alternate", "mark moment", "message send 请注意时间", "floor pause", "undo",
	"people set chen --link muted", "award give", "session close"};
static const char *const told[] = {"line \x1b[2J cut", "line cut lost", "unsent 2", "rtt 34", "here 宋昌 scribe typing",
	"here \xe2\x80\xae网 observer quiet", "page T|a b|> https://x/y|c", "stage blank", "line"};

/* What somebody else asks for; a refusal is theirs to read. */
static void
other(struct desk *d, enum seat seat, const char *line)
{
	struct arena a = {0};
	struct command c;
	struct events out = {0};
	struct refused no = {0};
	if (!session_closed(d->bench.s) && !command_parse(str_of(line), &a, &c, &no)) {
		c.seat = seat;
		c.by = STR("other");
		no = (struct refused){0};
		if (!bench_do(&d->bench, &c, &out, &no) && d->replay) {
			replay_grown(d->replay);
			desk_replay_tell(d);
		}
		ui_changed(d->ui);
		desk_status(d);
	}
	events_finish(&out);
	arena_finish(&a);
}

static void
act(struct desk *d, struct str *in)
{
	unsigned what = fuzz_byte(in), a = fuzz_byte(in), b = fuzz_byte(in);
	struct buf text = {0};
	switch (what % 8) {
	case 0:
		desk_resize(d, (int)a % 140, (int)b % 50);
		break;
	case 1:
		desk_resize(d, (int)(a % 16), (int)(b % 16));
		break;
	case 2:
		desk_time(d, d->bench.t + a * 1000 + b);
		break;
	case 3:
		desk_wait(d, a * 10);
		desk_look(d);
		break;
	case 4:
		other(d, a & 1 ? SEAT_CHAIR : SEAT_ONLINE_CHAIR, others[b % (sizeof others / sizeof *others)]);
		desk_look(d);
		break;
	case 5:
		buf_puts(&text, told[b % (sizeof told / sizeof *told)]);
		if (d->is_joined || d->on_stage || !str_starts(buf_view(&text), STR("stage"))) {
			struct str word = fuzz_upto(&(struct str){text.p, text.n}, STR(" "));
			desk_others(d, word, str_from(buf_view(&text), word.n + (word.n < text.n)));
		}
		break;
	case 6:
		d->status.not_saved = a & 1;
		d->status.trouble = STR("No space left on device");
		d->status.consoles = b;
		desk_status(d);
		desk_look(d);
		break;
	default:
		ui_idle(d->ui);
		desk_look(d);
	}
	buf_finish(&text);
}

static void
begin(struct desk *d, unsigned who)
{
	static const char *const seats[] = {"scribe 韩英", "online-chair 许", "observer x", "chair y"};
	desk_open(d, str_of(agenda), 80, 24);
	if (who & 4) {
		for (size_t i = 0; i < 8; i++)
			other(d, SEAT_CHAIR, others[i]);
	}
	if ((who & 3) == 1)
		desk_others(d, STR("joined"), str_of(seats[who >> 4 & 3]));
	if ((who & 3) == 2)
		desk_others(d, STR("stage"), STR(""));
	if ((who & 3) == 3)
		desk_replay(d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size > 600 ? 600 : size};
	struct desk d;
	unsigned who = fuzz_byte(&in);
	begin(&d, who);
	while (in.n && d.bench.fault.n == 0) {
		struct str keys = fuzz_upto(&in, STR("\xff"));
		if (keys.n)
			desk_feed(&d, keys);
		act(&d, &in);
	}
	desk_feed(&d, STR("\x1b[201~"));
	desk_resize(&d, 100, 30);
	for (int i = 0; i < 4; i++)
		desk_key(&d, STR("Esc"));
	struct buf text = {0};
	grid_dump(d.grid, &text, false);
	MUST_OF(d.bench.fault.n == 0, buf_view(&d.bench.fault));
	MUST_OF(fuzz_harmless(buf_view(&text), "\n"), buf_view(&text));
	MUST_OF((who & 3) == 2 || d.grid->cursor_x < 0, buf_view(&text));
	buf_finish(&text);
	desk_close(&d);
	return 0;
}
