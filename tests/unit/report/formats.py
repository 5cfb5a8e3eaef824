"""Reports in every format, read by readers that this project did not write:
Python's csv, html.parser and json, the grammar of WebVTT as W3C has it, and
ffmpeg where it is installed. A real forum, one that still runs, one that was
corrected and undone, one in which nothing happened, and one in which everybody
is called so as to do harm.

formats.py FOLD AGENDA
"""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "lib")]

from afternoon import ORDER, POINTS, TALKS, afternoon  # noqa: E402
from lab import INVISIBLE, Tap, canon, unsafe  # noqa: E402

FORMATS = ["md", "html", "csv", "vtt", "chapters", "json"]
COLUMNS = "segment,turn,person,name,affiliation,title,as,attending,start,end,allotted_s,spoken_s,paused_s,notes".split(",")
SECRET = "算力赞助商希望少提价格"


class Fold:
    """A session as lines, and what the program makes of it."""

    def __init__(self, program, agenda, lines, now=0, damage=""):
        self.program, self.agenda, self.lines, self.now, self.damage = program, agenda, lines, now, damage

    def raw(self, format, lang="en", offset=0):
        done = subprocess.run(
            [self.program, str(self.agenda), format, lang, str(self.now), str(offset)] + [self.damage] * bool(self.damage),
            input="".join(line + "\n" for line in self.lines).encode(), capture_output=True, timeout=60, env={"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"fold {format}: {done.returncode}: {done.stderr.decode('utf-8', 'replace')}")
        self.left_out = int(done.stderr.split()[-1])
        return done.stdout

    def text(self, *args, **named):
        return self.raw(*args, **named).decode("utf-8")

    def rows(self, tap, name):
        raw = self.raw("csv")
        tap.check(raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\xef\xbb\xbf") == 1, f"{name}: csv: one byte order mark, first")
        text = raw.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        # Line ends: CR LF between rows, LF within cells, and no other CR.
        tap.same((text.count("\r\n"), text.count("\r")), (len(rows), len(rows)), f"{name}: csv: a row ends with CR LF")
        tap.same(rows[0], COLUMNS, f"{name}: csv: the columns")
        tap.same({len(r) for r in rows}, {len(COLUMNS)}, f"{name}: csv: each row has all cells")
        return [dict(zip(COLUMNS, r)) for r in rows[1:]]


# WebVTT, sections 4.1 to 4.3 (https://www.w3.org/TR/webvtt1/), of it what a file of cues without settings may use.
TIME = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
TEXT = r"(?:[^&<>\n\r]|&(?:amp|lt|gt|lrm|rlm|nbsp);)+"
NOTE = r"NOTE [^\n\r]*(?<!-->)\n"
CUE = rf"(?P<id>(?!NOTE)[^\n\r]+)\n(?P<start>{TIME}) --> (?P<end>{TIME})\n(?P<text>(?:{TEXT}\n)+)"


def seconds(text):
    parts = text.split(":")
    return sum(float(p) * 60**i for i, p in enumerate(reversed(parts)))


def cues(tap, text, name):
    blocks = text.split("\n\n")
    tap.same(blocks[0], "WEBVTT", f"{name}: vtt: its header")
    found = []
    for block in blocks[1:]:
        block = block.removesuffix("\n") + "\n"
        cue = re.fullmatch(CUE, block)
        if not cue and not ("-->" not in block and re.fullmatch(NOTE, block)):
            tap.check(False, f"{name}: vtt: neither a cue nor a note", repr(block))
        if cue:
            found.append((cue["id"], round(seconds(cue["start"]) * 1000), round(seconds(cue["end"]) * 1000), cue["text"]))
    tap.same(text.count("-->"), len(found), f"{name}: vtt: an arrow a cue")
    tap.same(len({c[0] for c in found}), len(found), f"{name}: vtt: identifiers differ")
    tap.check(all(0 <= s < e for _, s, e, _ in found), f"{name}: vtt: each cue lasts", found)
    tap.check([c[1] for c in found] == sorted(c[1] for c in found), f"{name}: vtt: in order of time", found)
    return found


def by_ffmpeg(tap, text, n, name):
    if not shutil.which("ffmpeg"):
        return tap.skip(f"{name}: vtt: ffmpeg", "it is not installed")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.vtt"
        path.write_text(text, "utf-8")
        done = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "srt", "-"], capture_output=True, encoding="utf-8", timeout=60)
    tap.same((done.returncode, done.stderr, len(re.findall(r"^\d+$", done.stdout, re.M))), (0, "", n), f"{name}: vtt: ffmpeg reads all cues")


def chapters(tap, text, name):
    lines = text.splitlines()
    found = [re.fullmatch(r"(\d\d:[0-5]\d:[0-5]\d) (\S.*)", line) for line in lines]
    if not tap.check(all(found), f"{name}: chapters: a time and a title a line", text):
        return []
    times = [round(seconds(m[1])) for m in found]
    tap.check(not times or times[0] == 0, f"{name}: chapters: the first is at zero", text)
    tap.check(times == sorted(set(times)), f"{name}: chapters: each is later than the one before", text)
    return [(t, m[2]) for t, m in zip(times, found)]


VOID = {"meta", "br", "rect", "line"}
TAGS = set("html head meta title style body p strong br main header h1 h2 h3 dl div dt dd footer section article ul ol li b bdi"
           " span q a figure figcaption svg rect line text".split())  # fmt: skip
ATTRIBUTES = set("lang charset http-equiv content name class role id href value dir width height x y x1 x2 y1 y2 rx aria-hidden".split())


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.faults, self.shape, self.text, self.ids, self.links, self.style = [], [], [], "", [], [], ""
        self.headings, self.blocks = [], []
        self.feed(text)
        self.close()
        self.faults += [f"<{t}> is never closed" for t in self.open]

    def handle_starttag(self, tag, attrs):
        self.shape.append((tag, tuple(k for k, _ in attrs)))
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        self.faults += [f"{k} of <{tag}>" for k, _ in attrs if k not in ATTRIBUTES]
        if len({k for k, _ in attrs}) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if "href" in attrs else []
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID or (tag == "rect" and not self.closed_at_once()):
            self.open.append(tag)
        self.blocks.append("")

    def closed_at_once(self):
        return self.get_starttag_text().endswith("/>")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")
        self.blocks.append("")

    def handle_data(self, data):
        if self.open[-1:] == ["style"]:
            self.style += data
        else:
            self.text += data
            self.blocks[-1:] = [(self.blocks or [""])[-1] + data]

    def handle_comment(self, data):
        self.faults.append("a comment")

    def handle_pi(self, data):
        self.faults.append("an instruction")


def page(tap, text, name, lang="en"):
    found = Page(text)
    tap.same(found.faults, [], f"{name}: html: well formed, of known elements and attributes only")
    tap.check(text.startswith(f'<!DOCTYPE html>\n<html lang="{lang}">\n'), f"{name}: html: says what it is")
    tap.check(not re.search(r"<script|javascript:|\son\w+=|\ssrc=|\sstyle=", re.sub(r">[^<]*<", "><", text), re.I), f"{name}: html: nothing acts")
    tap.check(not re.search(r"url\(|@import|https?:|expression", found.style, re.I), f"{name}: html: its style takes nothing from elsewhere")
    tap.check("default-src 'none'" in text and "width=device-width" in text, f"{name}: html: its policy, and phones")
    tap.check(len(set(found.ids)) == len(found.ids), f"{name}: html: ids differ", found.ids)
    tap.check(all(link[:1] == "#" and link[1:] in found.ids for link in found.links), f"{name}: html: links lead into the page", found.links)
    steps = zip([1, *found.headings], found.headings)
    tap.check(found.headings[:1] == [1] and found.headings.count(1) == 1 and all(b - a <= 1 for a, b in steps), f"{name}: html: headings step down one by one", found.headings)
    tap.check("DRAFT" in found.text, f"{name}: html: a draft")
    return found


def luminance(colour):
    colour = colour.lstrip("#")
    colour = "".join(c * 2 for c in colour) if len(colour) == 3 else colour
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    a, b = sorted((luminance(a), luminance(b)))
    return (b + 0.05) / (a + 0.05)


def check_contrast(tap, style):
    modes = [dict(re.findall(r"--([\w-]+):(#[0-9a-f]+)", block)) for block in re.findall(r":root\{([^}]*)\}", style)]
    tap.same(len(modes), 2, "html: two modes")
    for name, c in zip(("light", "dark"), modes):
        pairs = [(t, g, 4.5) for t in ("text", "muted", "link") for g in ("ground",)] + [("draft-text", "draft", 4.5), ("muted", "soft", 4.5)]
        pairs += [(bar, g, 3) for bar in ["plan", "cx"] + [f"c{i}" for i in range(8)] for g in ("ground", "soft")]
        low = [(a, b, round(contrast(c[a], c[b]), 2)) for a, b, least in pairs if contrast(c[a], c[b]) < least]
        tap.same(low, [], f"html: {name}: contrast as WCAG 2 AA asks")


def forum(tap, program, agenda):
    lines, _ = afternoon()
    f = Fold(program, agenda, lines)
    order = ["yao", "xu", "feng", "wangli"]
    for point, people in POINTS.items():
        order += [p for p, _, _ in people]
        if point == "point2":
            order.insert(order.index("zhanghu") + 1, "dong")
    order.append("hu")
    held = [t.lstrip('?!="') for p in POINTS.values() for _, _, notes in p for t in notes] + [t.lstrip('"') for _, notes in TALKS.values() for t in notes]

    rows = f.rows(tap, "forum")
    tap.same([r["person"] for r in rows], order, "forum: csv: a row a turn, in order")
    notes = "\n".join(r["notes"] for r in rows)
    tap.check(all(t in notes for t in held), "forum: csv: what was held")
    tap.check([r["notes"] for r in rows if r["person"] == "lizhe"][0].endswith("涨价严重。\n预计明年7月份左右算力服务价格会显著下降"), "forum: csv: a note that came later")
    tap.check(all(re.fullmatch(r"2023-07-15 \d\d:\d\d:\d\d", r[k]) for r in rows for k in ("start", "end")), "forum: csv: local times")
    tap.same((rows[0]["start"], rows[2]["name"], rows[2]["title"], rows[2]["affiliation"]), ("2023-07-15 13:59:40", "冯洋", "研究员", "中国科学院计算技术研究所"), "forum: csv: when, who")
    tap.same([r["paused_s"] for r in rows if r["paused_s"] != "0"], ["25", "48"], "forum: csv: paused by a question, and by hand")
    tap.same({r["person"] for r in rows if r["attending"] == "online"}, {"hanying", "xuxz"}, "forum: csv: who was online")
    tap.same([(r["person"], r["as"]) for r in rows if r["as"] != "speech"], [("dong", "question")], "forum: csv: who asked")

    text = f.text("vtt")
    found = cues(tap, text, "forum")
    tap.same([c[0] for c in found], [f"turn-{r['turn']}" for r in rows], "forum: vtt: a cue a turn")
    tap.check("姚姗姗 · AC委员 · YOCSEF太原\n" in found[0][3] and found[0][1] == 100_000, "forum: vtt: who, in session time", found[0])
    by_ffmpeg(tap, text, len(rows), "forum")
    later = cues(tap, f.text("vtt", offset=90_500), "forum, late")
    tap.same([(a, s + 90_500, e + 90_500, t) for a, s, e, t in found], later, "forum: vtt: an offset moves every cue")
    cut = cues(tap, f.text("vtt", offset=-3_000_000), "forum, cut")
    tap.same([(a, max(s - 3_000_000, 0), e - 3_000_000, t) for a, s, e, t in found if e > 3_000_000], cut, "forum: vtt: what was before the recording is left out")
    tap.same((f.left_out, len(found) - len(cut)), (3, 3), "forum: vtt: and it is said how much")

    at = chapters(tap, f.text("chapters"), "forum")
    tap.same((len(at), at[1][0]), (13, 95), "forum: chapters: one a segment, and what was before")
    tap.check("生成式大模型的使用" in at[5][1] and "Debate point" in at[5][1], "forum: chapters: titles", at)
    moved = chapters(tap, f.text("chapters", offset=-95_000), "forum, at once")
    tap.same(moved, [(t - 95, n) for t, n in at[1:]], "forum: chapters: an offset moves all")
    cut = chapters(tap, f.text("chapters", offset=-3_000_000), "forum, cut")
    tap.same((cut[0][1], f.left_out, len(cut)), (at[3][1], 2, 10), "forum: chapters: the recording begins within a segment")

    tap.same((f.text("chapters", offset=-80_000_000), f.left_out), ("", 12), "forum: chapters: nothing was recorded")
    tap.same((cues(tap, f.text("vtt", offset=-80_000_000), "forum, not recorded"), f.left_out), ([], len(rows)), "forum: vtt: nothing was recorded")

    html = f.text("html")
    p = page(tap, html, "forum")
    tap.check(all(t in p.text for t in held), "forum: html: what was held", [t for t in held if t not in p.text])
    places = [p.text.find(t) for point in POINTS.values() for _, _, notes in point for t in [notes[0].lstrip('?!="')]]
    tap.check(places == sorted(places), "forum: html: in the order in which it was said")
    tap.same([i for i in p.ids if re.fullmatch(r"s\d+", i)], [f"s{i + 1}" for i in range(len(ORDER))], "forum: html: a section a segment")
    tap.check({"lanes", "talk", "points", "plan"} <= set(p.ids), "forum: html: the pictures")
    tap.check(all(n in p.text for n in ("山西广播电视台", "智慧生活报", "参会人员合影", "Keynote number 1", "31:56 of 40:00 (−8:04)")), "forum: html: facts")
    tap.same(html.count('role="listitem"'), 19 + 19 + 18 + 13, "forum: html: a row a person, a speaker of a point, a segment")
    check_contrast(tap, p.style)
    page(tap, f.text("html", lang="zh-CN"), "forum, zh", lang="zh-CN")

    o = json.loads(f.text("json"))
    tap.same([t["person"] for t in o["turns"]], order, "forum: json: the turns")
    for format in FORMATS:
        tap.check(SECRET not in f.text(format), f"forum: {format}: nothing that only chairs may see")


def running(tap, program, agenda):
    lines, t = afternoon(upto="award1", close=False)
    lines += [f"{t} segment next", f"{t + 2000} floor give zhanghu", f"{t + 9000} floor pause"]
    f = Fold(program, agenda, lines, now=t + 12_000, damage="line 7 & what is behind it <cannot> be trusted --> so")
    last = f.rows(tap, "running")[-1]
    tap.same([last[k] for k in ("person", "end", "spoken_s", "paused_s")], ["zhanghu", "", "7", "3"], "running: csv: the turn that lasts")
    talks = Fold(program, agenda, lines[:-1], now=t + 12_000)
    tap.same([talks.rows(tap, "talking")[-1][k] for k in ("spoken_s", "paused_s")], ["10", "0"], "running: csv: up to now")
    text = f.text("vtt")
    found = cues(tap, text, "running")
    tap.same(found[-1][1:3], (t + 2000, t + 12_000), "running: vtt: up to now")
    tap.check("NOTE DRAFT: The session is still open" in text and "line 7 &amp; what" in text, "running: vtt: says that it is a draft, and what is damaged")
    p = page(tap, f.text("html"), "running")
    tap.check("still speaking" in p.text and "The session is still open" in p.text and "–…" in p.text, "running: html: says so")
    tap.check("line 7 & what is behind it <cannot> be trusted --> so" in p.text, "running: html: says what is damaged")
    tap.check("Invited to this point, not heard yet: 宋昌" in p.text, "running: html: whom nobody heard", p.text)
    tap.same(len(chapters(tap, f.text("chapters"), "running")), 8, "running: chapters: up to here")


def corrected(tap, program, agenda):
    """A turn that began before the log did; a segment entered in error, and one entered twice."""
    lines = ["1000 note add 门还没开", "4000 segment next", "5000 floor give yao", "15000 floor correct 60s", "20000 floor end", "20000 floor give hu", "20000 floor end", "20500 floor give xu", "20600 floor correct 90s", "20900 floor end",
             "21000 segment next", "22000 undo", "40000 segment go point1", "40100 segment go talk1 --leave",
             "40200 segment go point1", "60000 segment go opening --leave", "90000 session close"]  # fmt: skip
    f = Fold(program, agenda, lines)
    row = f.rows(tap, "corrected")[0]
    tap.same((row["start"], row["spoken_s"]), ("2023-07-15 13:57:15", "65"), "corrected: csv: a start before the log")
    tap.same([c[:3] for c in cues(tap, f.text("vtt"), "corrected")][:3], [("turn-3", 0, 20_900), ("turn-1", 0, 20_000), ("turn-2", 20_000, 20_001)], "corrected: vtt: begins with the recording")
    tap.same(cues(tap, f.text("vtt", offset=60_000), "corrected, late")[1][1:3], (15_000, 80_000), "corrected: vtt: begins where it began")
    found = chapters(tap, f.text("chapters"), "corrected")
    tap.same([(t, n.split(":")[0]) for t, n in found], [(0, "开场介绍"), (40, "Debate point 1"), (60, "开场介绍")], "corrected: chapters: every stay, none that was undone or no second long")
    p = page(tap, f.text("html"), "corrected")
    tap.check("13:58–13:58 13:59–13:59" in p.text, "corrected: html: both stays", p.text[:1500])
    tap.same(json.loads(f.text("json"))["turns"][0]["start_t"], -45_000, "corrected: json: a start below zero")
    tap.check(p.text.index("Before the beginning") < p.text.index("门还没开") < p.text.index("1 · Opening"), "corrected: html: a note from before")
    tap.check("\n## Before the beginning\n\n- 门还没开\n" in f.text("md"), "corrected: md: a note from before")


def nothing(tap, program, agenda):
    f = Fold(program, agenda, [], now=5000)
    tap.same((f.rows(tap, "nothing"), cues(tap, f.text("vtt"), "nothing"), f.text("chapters")), ([], [], ""), "nothing: no turns, no chapters")
    page(tap, f.text("html"), "nothing")
    for format in ("md", "json"):
        f.text(format)


HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u200b=1+1", "＝1＋1", "－2", "＋3", "＠x", '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0", "'=1", '"', '""', 'a"b', "a,b", "a;b", "a\nb", "a\r\nb", "a\n\nb", "\n\n", "<script>alert(1)</script>", "</script><script>", "<img src=x onerror=alert(1)>",
    "</title><h1>", "</style>", "<!--", "-->", "]]>", "<![CDATA[", "<?php", "&amp;", "&lt;", "&#60;script&#62;", "&", "\" onload=\"x", "' onload='x", "`x`", "javascript:alert(1)",
    "00:00:01.000 --> 00:00:02.000", "NOTE x", "WEBVTT", "STYLE", "<c.x>", "<v Bob>", "{0}", "{1} {9} {{", "%s%n%d", "$(x)", "..", "\\", "\\n",
    "\u202eevil\u202c", "\u2066x\u2069", "\u200fx", "\x1b[31mred", "\x1b]0;t\x07", "\x9b31m", "\x00x", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\U000e0041",
    "😀", "👨‍👩‍👧", "🇨🇳", "e\u0301\u0301\u0301", "זמיר", "عربي", "𠮷野家", "　", " ", "x" * 200, "长" * 80,
]  # fmt: skip
CALCULATED = re.compile(r"[=+\-@＝＋－＠\t\r\n\x00-\x1f]")


BLANKS = " \n\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def harmless(text, lines):
    """What of a text is to come out: said here again, for another language."""
    text = text.strip(" \t\n\r\x0b\x0c　")
    text = re.sub("[\n\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    text = re.sub(f"[\x00-\x08\x0e-\x1f{INVISIBLE}]", "", text) if lines is not None else text
    text = re.sub(r"[ \t]*\n[ \t\n]*", "\n" if lines else " ", text)
    return re.sub(r"[ \t]+", " ", text).strip(BLANKS)


def event(t, kind, **data):
    return f'"t":{t},"at":"2023-07-15T14:00:00+08:00","by":"x","kind":"{kind}","data":' + canon(data)


def hostile_session(bad):
    """bad is what everything is called: titles, people, places, notes."""
    people = [{"id": "p", "name": bad, "title": bad, "affiliation": bad, "role": "guest", "attending": "site"}]
    agenda = [
        {"kind": "point", "id": "s1", "title": bad, "duration": 60000, "invited": ["p"]},
        {"kind": "award", "id": "s2", "title": bad, "duration": 60000, "recipients": ["p"], "presenters": ["p"]},
        {"kind": "keynote", "id": "s3", "title": bad, "duration": 60000, "speakers": ["p"]},
    ]
    report = {k: [bad] for k in ("written_by", "reviewed_by", "approved_by")}
    what = {"dais": 1, "title": bad, "series": bad, "date": "2023-07-15", "start": "14:00", "venue": bad, "language": "en",
            "organizers": [bad], "sponsors": [bad], "media": [bad], "about": bad, "people": people, "agenda": agenda, "report": report}  # fmt: skip
    lines = [event(0, "session.open", format=1, app="x", forum=what, rehearsal=False), event(0, "session.host", epoch=1, host="h", boot="b", wall=1689400680000, mono=0, why="start", gap=0, zone=480)]
    lines += [event(1000, "segment.enter", segment="s1", carry=0), event(2000, "turn.start", turn=1, person="p", **{"as": "speech"}, allotted=60000)]
    for i, mark in enumerate(("claim", "question", "quote"), 1):
        lines.append(event(2000 + i, "note.add", note=i, turn=1, person="p", mark=mark, text=bad))
    lines += [event(9000, "turn.end", turn=1), event(9500, "note.add", note=4, person="p", mark="claim", text=bad)]
    lines += [event(10000, "segment.enter", segment="s2", carry=0), event(11000, "award.give", segment="s2", recipient="p", presenters=["p"])]
    lines += [event(12000, "mark.add", mark=1, what="moment", text=bad), event(13000, "session.close", why=bad)]
    return lines


def hostile(tap, program):
    plain = Fold(program, "-", hostile_session("plain"))
    wanted = Page(plain.text("html")).shape
    quiet = Tap.__new__(Tap)  # one line of the result for each string, not a hundred
    bad_of = []
    quiet.check = lambda good, name, detail="": bad_of.append((name, detail)) if not good else True
    quiet.same = lambda found, want, name: quiet.check(found == want, name, f"{found!r} and not {want!r}")
    for bad in HOSTILE:
        bad_of.clear()
        f = Fold(program, "-", hostile_session(bad), damage=bad.replace("\0", ""))
        lined, flat = harmless(bad, True), harmless(bad, False)
        for format in FORMATS:
            raw = f.raw(format)
            fault = unsafe(raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n") if format == "csv" else raw)
            quiet.same(fault, None, f"{format}: harmless to a terminal")
        rows = f.rows(quiet, "csv")
        quiet.same(len(rows), 1, "csv: one row")
        cells = list(rows[0].values())
        quiet.check(not any(CALCULATED.match(c) for c in cells), "csv: no formula", cells)
        guarded = "'" + lined if CALCULATED.match(lined) else lined
        quiet.same([rows[0][k] for k in ("name", "title", "affiliation")], [guarded] * 3, "csv: as it was typed")
        found = cues(quiet, f.text("vtt"), "vtt")
        quiet.same(len(found), 1, "vtt: one cue")
        escaped = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        quiet.check(escaped in found[0][3] and (flat or found[0][3].startswith("p\n")), "vtt: as it was typed", found)
        quiet.same(len(chapters(quiet, f.text("chapters"), "chapters")), 2, "chapters: one a segment")
        text = f.text("html")
        p = page(quiet, text, "html")
        if lined:
            quiet.same([s for s in p.shape if s != ("br", ())], [s for s in wanted if s != ("br", ())], "html: the same elements as with a plain name")
        quiet.check(p.text.count(lined) >= 15, "html: as it was typed", p.text)
        o = json.loads(f.text("json"))
        quiet.same(o["people"][0]["name"], bad, "json: the very text")
        quiet.same(o["notes"][0]["text"], bad, "json: the very text")
        tap.check(not bad_of, f"hostile: {ascii(bad)[:60]}", "\n".join(f"{n}: {d}" for n, d in bad_of))


def main(program, agenda):
    tap = Tap()
    forum(tap, program, agenda)
    running(tap, program, agenda)
    corrected(tap, program, agenda)
    nothing(tap, program, agenda)
    hostile(tap, program)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
