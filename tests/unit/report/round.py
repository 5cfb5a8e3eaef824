"""What was typed, out of every format again: texts by chance, each another one,
made of what each format would obey (formulas, elements, Markdown, cue timings),
of characters that hide or turn what stands around them, of line ends, and as
long as a log takes them. Read back by Python's csv, html.parser and json, by
cmark and by ffmpeg where they are installed.

round.py FOLD
"""

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "lib")]

from formats import CALCULATED, FORMATS, HOSTILE, Fold, Page, chapters, cues, event, harmless, page  # noqa: E402
from lab import Tap, unsafe  # noqa: E402

ROUNDS = 25
NOTE_MAX, NAME_MAX = 8192, 256  # bytes, as formats.md has them
MARKS = ["claim", "question", "action", "decision", "quote"]
LABELS = {"question": "Question: ", "action": "Action: ", "decision": "Decision: "}
PIECES = HOSTILE + [
    "-->", " --> ", "--\\>", "<00:00:01.000>", "<c>", "</c>", "<b>x</b>", "<ruby>", "<lang en>", "&nbsp;", "&lrm;", "\nNOTE x\n", "\n\nSTYLE\n::cue{}\n\n", "X-TIMESTAMP-MAP=",
    "# head", "\n# head\n", "> quote", "1. one", "9) x", "- item", "* item", "+ item", "***", "---", "___", "===", "```\ncode\n```", "    code", "`code`", "**bold**", "_em_", "~~x~~", "$x$", "$$",
    "[a](http://x)", "![a](http://x)", "[a]: http://x", "[^1]", "<http://x>", "| a | b |", "|---|", "\\*", "a  \nb", "a\\\nb", "&#x26;", "{#id}", ":::", "==x==", "^x^", "\u2003=1", "\u00a0=1",
    "<svg onload=x>", "<iframe src=x>", "<a href='javascript:x'>", "<!DOCTYPE x>", "<?xml?>", "\ud7ff", "\u0301", "مرحبا", "שלום", "abc", "大模型", "张虎: 你好", " ", "\t", "\r", "\r\n", "\n",
]  # fmt: skip


def cut(text, most):
    return text.encode("utf-8")[:most].decode("utf-8", "ignore")


def seen(text, most):
    """A text of which something can be seen; what becomes of others is formats.py's matter."""
    text = cut(text, most)
    return text if harmless(text, True) else cut(text, most - 1) + "x"


def some_text(random, most):
    """By chance; now and then as long as it may be."""
    if random.random() < 0.06:
        return seen(random.choice(PIECES + ["长", "x "]) * most, most)
    return seen("".join(random.choice(PIECES) for _ in range(random.randint(1, 6))), most)


class Typed:
    """A session in which every text is another one."""

    def __init__(self, text):
        """text(most) makes the next one."""
        self.people = [{"id": f"p{i}", "name": text(NAME_MAX), "title": text(NAME_MAX), "affiliation": text(NAME_MAX), "role": "guest"} for i in range(3)]
        self.titles = [text(NAME_MAX) for _ in range(2)]
        self.forum = text(NAME_MAX)
        self.notes = [[(text(NOTE_MAX), mark) for mark in MARKS] for _ in self.people]
        agenda = [{"kind": "point" if not i else "closing", "id": f"s{i}", "title": t, "duration": 60000} for i, t in enumerate(self.titles)]
        what = {"dais": 1, "title": self.forum, "language": "en", "people": self.people, "agenda": agenda}
        self.lines = [event(0, "session.open", format=1, app="x", forum=what, rehearsal=False)]
        self.lines += [event(0, "session.host", epoch=1, host="h", boot="b", wall=1689400680000, mono=0, why="start", gap=0, zone=480)]
        self.lines += [event(1000, "segment.enter", segment="s0", carry=0)]
        t = n = 0
        for i, notes in enumerate(self.notes):
            t = 2000 + 60_000 * i
            self.lines.append(event(t, "turn.start", turn=i + 1, person=f"p{i}", **{"as": "speech"}, allotted=60000))
            for note, mark in notes:
                n += 1
                self.lines.append(event(t + n, "note.add", note=n, turn=i + 1, person=f"p{i}", mark=mark, text=note))
            self.lines.append(event(t + 50_000, "turn.end", turn=i + 1))
        self.lines += [event(t + 55_000, "segment.enter", segment="s1", carry=0), event(t + 99_000, "session.close")]


# ---- readers ----

NS = "{http://commonmark.org/xml/1.0}"


def cmark(text):
    """A tree of what Markdown is to the people who wrote its grammar."""
    done = subprocess.run(["cmark", "-t", "xml"], input=text.encode(), capture_output=True, timeout=60)
    return xml.fromstring(done.stdout.decode("utf-8"))


def kinds(tree):
    """What acts in it: all but text, and the parts that text is cut into."""
    return [e.tag.removeprefix(NS) for e in tree.iter() if e.tag not in (NS + "text", NS + "softbreak")]


def shown(element):
    return "".join(" " if e.tag in (NS + "softbreak", NS + "linebreak") else e.text or "" for e in element.iter() if e.tag in (NS + "text", NS + "softbreak", NS + "linebreak"))


def ffmpeg(text):
    """The cues of a file that another program read and wrote again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.vtt"
        path.write_text(text, "utf-8", newline="")
        done = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-c:s", "copy", "-f", "webvtt", "-"], capture_output=True, timeout=60)
    return done.returncode, done.stderr.decode("utf-8", "replace"), done.stdout.decode("utf-8", "replace")


# ---- what each format must hold ----

def guarded(text):
    text = harmless(text, True)
    return "'" + text if CALCULATED.match(text) else text


def in_csv(tap, f, typed):
    rows = f.rows(tap, "csv")
    tap.same(len(rows), len(typed.people), "csv: a row a turn")
    for i, (row, person, notes) in enumerate(zip(rows, typed.people, typed.notes)):
        tap.same([row[k] for k in ("name", "title", "affiliation")], [guarded(person[k]) for k in ("name", "title", "affiliation")], "csv: a person")
        tap.same(row["notes"], guarded("\n".join(LABELS.get(mark, "") + text for text, mark in notes)), "csv: the notes")


def in_json(tap, f, typed):
    o = json.loads(f.text("json"))
    tap.same([[p[k] for k in ("name", "title", "affiliation")] for p in o["people"]], [[p[k] for k in ("name", "title", "affiliation")] for p in typed.people], "json: the people")
    tap.same([n["text"] for n in o["notes"]], [text for notes in typed.notes for text, _ in notes], "json: the notes")


def in_vtt(tap, f, typed):
    text = f.text("vtt")
    found = cues(tap, text, "vtt")
    for cue, person in zip(found, typed.people):
        lines = cue[3].split("\n")
        tap.same(html.unescape(lines[0]), " · ".join(harmless(person[k], False) for k in ("name", "title", "affiliation")), "vtt: who")
        tap.same(html.unescape(lines[1]), harmless("Debate point 1: " + typed.titles[0], False), "vtt: of what")
    if shutil.which("ffmpeg"):
        code, told, copy = ffmpeg(text)
        tap.same((code, told, [c[1:] for c in cues(tap, copy, "vtt, by ffmpeg")]), (0, "", [c[1:] for c in found]), "vtt: ffmpeg reads the very cues")


def in_chapters(tap, f, typed):
    found = chapters(tap, f.text("chapters"), "chapters")
    wanted = [harmless(t, False) for t in ("Debate point 1: " + typed.titles[0], typed.titles[1])]
    tap.same([n for _, n in found], wanted, "chapters: the titles")


def in_html(tap, f, typed, shape):
    text = f.text("html")
    p = page(tap, text, "html")
    lined = [harmless(t, True) for notes in typed.notes for t, _ in notes]
    at = 0
    for t in lined:
        found = p.text.find(t, at)
        tap.check(found >= 0, "html: the notes, in order", t)
        at = max(at, found + len(t))
    tap.same([s for s in p.shape if s[0] in ("li", "q", "h1", "h2", "h3", "figure", "rect", "bdi")], shape, "html: the same elements as with plain texts")


def in_md(tap, f, typed, shape):
    for lang in shape:
        tree = cmark(f.text("md", lang=lang))
        tap.same(kinds(tree), shape[lang], f"md, {lang}: what acts is what acts with plain texts")
        items = [shown(item).strip(" ") for item in tree.iter(NS + "item")]
        in_items(tap, items, typed)


def in_items(tap, items, typed):
    wanted = [LABELS.get(mark, "") + ("“%s”" % harmless(t, False) if mark == "quote" else harmless(t, False)) for notes in typed.notes for t, mark in notes]
    tap.check(all(w.strip(" ") in items for w in wanted), "md: the notes", [w for w in wanted if w.strip(" ") not in items])


class Quiet(Tap):
    """One line of the result for each session, not a hundred."""

    def __init__(self):
        self.bad_of = []

    def check(self, good, name, detail=""):
        if not good:
            self.bad_of.append(f"{name}: {detail}")
        return good

    def same(self, found, wanted, name):
        return self.check(found == wanted, name, f"{found!r}\n   and not {wanted!r}")


def session(tap, program, typed, shapes, name):
    quiet, f = Quiet(), Fold(program, "-", typed.lines)
    for format in FORMATS:
        raw = f.raw(format)
        fault = unsafe(raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n") if format == "csv" else raw)
        quiet.same(fault, None, f"{format}: harmless to a terminal")
    in_csv(quiet, f, typed)
    in_json(quiet, f, typed)
    in_vtt(quiet, f, typed)
    in_chapters(quiet, f, typed)
    in_html(quiet, f, typed, shapes["html"])
    if shapes["md"]:
        in_md(quiet, f, typed, shapes["md"])
    tap.check(not quiet.bad_of, name, "\n".join(quiet.bad_of))


def main(program):
    tap = Tap()
    plain = Fold(program, "-", Typed(lambda most: "plain").lines)
    keep = ("li", "q", "h1", "h2", "h3", "figure", "rect", "bdi")
    shapes = {"html": [s for s in Page(plain.text("html")).shape if s[0] in keep], "md": None}
    if shutil.which("cmark"):
        shapes["md"] = {lang: kinds(cmark(plain.text("md", lang=lang))) for lang in ("en", "zh-CN")}
    else:
        tap.skip("Markdown by cmark", "it is not installed")
    if not shutil.which("ffmpeg"):
        tap.skip("WebVTT by ffmpeg", "it is not installed")
    for piece in PIECES[len(HOSTILE) :]:
        session(tap, program, Typed(lambda most: seen(piece, most)), shapes, f"everywhere: {ascii(piece)[:60]}")
    for i in range(ROUNDS):
        session(tap, program, Typed(lambda most: some_text(tap.random, most)), shapes, f"by chance, session {i + 1}")
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
