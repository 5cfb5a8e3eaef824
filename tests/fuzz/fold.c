/*
 * Logs that nobody checked but the codec: the body of an event a line, C or A
 * before it for the other lanes. What does not fit leaves no trace; a view of
 * any position is the fold up to there; and every report of it is harmless:
 * valid text, JSON that jansson reads, a table without formulas, a page of the
 * elements and attributes that a report has.
 */
#include <jansson.h>

#include "csv.h"
#include "dais/command.h"
#include "dais/report.h"
#include "fuzz.h"

static void
check_csv(struct str text)
{
	struct arena a = {0};
	struct csv_cell cells[16];
	const char *why = NULL;
	size_t n;
	MUST(str_starts(text, STR("\xef\xbb\xbf")));
	struct csv c = csv_start(str_from(text, 3));
	c.separator = ',';
	while (csv_row(&c, &a, cells, 16, &n, &why)) {
		MUST_OF(n == 14, text);
		/* Numbers that the program counted may be below zero; what a person wrote is text. */
		for (size_t i = 0; i < n; i++)
			if (cells[i].text.n && strchr("=+-@\t\r", cells[i].text.p[0]))
				MUST_OF(i >= 8 && i < 13 && cells[i].text.p[0] == '-', text);
	}
	MUST_OF(!why, text);
	arena_finish(&a);
}

static void
check_html(struct str text)
{
	static const char tags[] =
		" html head meta title style body p strong br main header h1 h2 h3 dl div dt dd footer section article ul ol li b "
		"bdi span q a figure figcaption svg rect line text ";
	static const char *const never[] = {"<script", "javascript:", "<!--", "<?", " onload", " src="};
	size_t open = 0;
	for (size_t i = 0; i + 1 < text.n; i++) {
		char name[16] = " ";
		size_t n = 1, at = i + 1;
		if (text.p[i] != '<' || str_starts(str_from(text, i), STR("<!DOCTYPE html>")))
			continue;
		bool closing = text.p[at] == '/';
		for (at += closing; at < text.n && n < 14 && ((text.p[at] >= 'a' && text.p[at] <= 'z') || (text.p[at] >= '1' && text.p[at] <= '3')); at++)
			name[n++] = text.p[at];
		name[n] = ' ';
		MUST_OF(n > 1 && strstr(tags, name), str_from(text, i));
		open += !closing;
	}
	MUST(open > 3);
	for (size_t i = 0; i < 3; i += 2)
		MUST_OF(!memmem(text.p, text.n, never[i], strlen(never[i])), text);
}

static void
check_report(const struct session *s, enum report_format f, const struct report_options *o)
{
	struct buf out = {0};
	json_error_t e;
	report_write(&out, s, f, o);
	struct str text = buf_view(&out);
	struct str inner = str_from(text, f == REPORT_CSV ? 3 : 0);
	MUST_OF(fuzz_harmless(inner, f == REPORT_CSV ? "\r\n" : "\n"), text);
	if (f == REPORT_CSV)
		check_csv(text);
	if (f == REPORT_HTML)
		check_html(text);
	if (f == REPORT_JSON) {
		json_t *v = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e);
		MUST_OF(v, text);
		json_decref(v);
	}
	if (f == REPORT_VTT)
		MUST_OF(str_starts(text, STR("WEBVTT\n")), text);
	report_left_out(s, f, o);
	buf_finish(&out);
}

static void
take(struct session *s, struct str line, int *lanes)
{
	struct arena a = {0};
	struct event e;
	const char *why = NULL;
	enum event_lane lane = LANE_SESSION;
	if (line.n && (line.p[0] == 'C' || line.p[0] == 'A')) {
		lane = line.p[0] == 'C' ? LANE_CHAIRS : LANE_AMENDS;
		line = str_from(line, 1);
	}
	if (event_decode(&e, line, &a, &why)) {
		struct buf before = {0}, after = {0};
		e.lane = lane;
		e.seq = session_next_seq(s, lane);
		size_t n = session_event_count(s);
		session_dump(s, &before);
		if (session_apply(s, &e, &why) != 0) {
			session_dump(s, &after);
			MUST(why && why[0] && n == session_event_count(s));
			MUST_OF(str_eq(buf_view(&before), buf_view(&after)), line);
		} else {
			MUST(n + 1 == session_event_count(s) && session_last_t(s) >= 0);
			(*lanes)++;
		}
		buf_finish(&before);
		buf_finish(&after);
	}
	arena_finish(&a);
}

static void
look(const struct session *s)
{
	struct session_alarm alarm;
	int64_t t = session_last_t(s), since, due;
	for (int i = 0; i < 5 && session_alarm_next(s, t, &alarm); i++) {
		MUST(alarm.t > t);
		t = alarm.t;
	}
	session_idle(s, &since, &due);
	session_next(s);
	session_offset_ms(s, t);
	session_expected_end(s, t);
	session_planned_end(s);
	session_deadline_ms(s, t);
	size_t n;
	session_segments(s, &n);
	for (size_t i = 0; i < n; i++)
		session_segment_elapsed(s, i, t);
	for (size_t i = 0; i < session_turn_count(s); i++)
		session_turn_elapsed(session_turn_at(s, i), t);
	for (size_t i = 0; i < session_person_count(s); i++)
		session_talk(s, session_person_at(s, i)->id, SIZE_MAX, t);
	for (size_t at = SIZE_MAX; (at = session_undoable(s, at)) != SIZE_MAX;)
		MUST(at < session_event_count(s));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size}, line;
	struct session *s = session_create();
	struct buf dump = {0}, other = {0};
	int taken = 0;
	while (fuzz_line(&rest, &line))
		take(s, line, &taken);
	if (session_opened(s)) {
		struct session *view = session_view(s), *fresh = session_create();
		size_t half = session_event_count(s) / 2;
		const char *why;
		for (size_t i = 0; i < half; i++)
			MUST(session_apply(fresh, session_event_at(s, i), &why) == 0);
		session_view_at(view, session_event_count(s));
		session_view_at(view, half);
		session_dump(view, &dump);
		session_dump(fresh, &other);
		MUST_OF(str_eq(buf_view(&dump), buf_view(&other)), buf_view(&dump));
		session_destroy(view);
		session_destroy(fresh);
		look(s);
		for (int f = 0; f < REPORT_FORMAT_COUNT; f++) {
			struct report_options o = {.now_t = session_last_t(s) + 61000, .chinese = size & 1,
				.damage = STR("line 3 cannot be read"), .offset_ms = f & 1 ? -90000 : 1000};
			check_report(s, (enum report_format)f, &o);
		}
	}
	session_destroy(s);
	buf_finish(&dump);
	buf_finish(&other);
	return 0;
}
