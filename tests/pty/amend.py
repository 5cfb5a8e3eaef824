"""dais amend: corrections after the close. The sealed log stays as it is to the
byte, its corrections follow from it and from no other, the report tells both,
and an approval holds until something is corrected again.

DAIS_KILLS=N plays N rounds of killing instead of 15.
"""

import csv
import fcntl
import html.parser
import io
import json
import os
import re
import resource
import shutil
import struct
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Tap, agenda, kinds, read_log, reader, sanitized, unsafe, until  # noqa: E402

ROUNDS = int(os.environ.get("DAIS_KILLS") or 15)
FORMATS = ("md", "html", "csv", "vtt", "chapters", "json")
DEBATE = [
    "segment next", "floor give 甲", "note add 大模型便利", "note add ~ 只给主席",
    "floor give 乙", "note add ? 是否开源", "segment next --leave", "floor give 丙", "note add 最后一条",
]  # fmt: skip


class Case:
    """A session that was held and closed, and what of its log must never change."""

    def __init__(self, tap, lab, name, close=True, args=()):
        self.tap, self.lab, self.name = tap, lab, name
        host = lab.host(lab.write(f"{name}.yaml", agenda()), *args)
        good = host.ready() and all(a["ok"] for a in host.do(*DEBATE + ["session close"] * close))
        good = host.end(None if close else 15) == 0 and good
        tap.check(good, f"{name}: a session is held", host.told())
        self.log = host.log
        self.amends = self.log.with_name(self.log.name.removesuffix(".dais") + ".amend.dais")
        self.chairs = self.log.with_name(self.log.name.removesuffix(".dais") + ".chairs.dais")
        self.before = self.state()

    def state(self):
        """Every byte, every date: also of the mark and of the chairs' log."""
        found = {}
        for log in (self.log, self.chairs):
            for path in (log, Path(f"{log}.mark")):
                st = path.stat()
                found[path.name] = (path.read_bytes(), st.st_mtime_ns, st.st_ctime_ns, st.st_ino, st.st_mode)
        return found

    def untouched(self, when):
        self.tap.check(self.state() == self.before, f"{self.name}: the sealed log is as it was, {when}")

    @property
    def head(self):
        return reader.last_hash(self.log.read_bytes())

    def corrections(self):
        return read_log(self.amends, self.head)

    def amend(self, *words, by=None, **more):
        return self.lab.run("amend", *(["--by", by] if by else []), self.log, *words, **more)

    def does(self, seq, *words, **more):
        out = self.amend(*words, **more)
        self.tap.check(out.code == 0 and out.out == f"ok {seq}\n" and not out.err, f"{self.name}: {' '.join(words)}: ok {seq}", out)

    def refuses(self, code, says, *words, **more):
        out = self.amend(*words, **more)
        good = out.code == code and re.search(says, out.out + out.err) and unsafe(out.raw_out + out.raw_err) is None
        self.tap.check(good, f"{self.name}: {' '.join(words)[:60] or 'listing'}: exit {code}, {says}", out)

    def report(self, form, *args):
        out = self.lab.run("report", self.log, "-f", form, *args)
        self.tap.check(not sanitized(out.err), f"{self.name}: nothing from a sanitizer")
        return out

    def verify(self, code, says):
        out = self.lab.run("verify", self.log)
        self.tap.check(out.code == code and re.search(says, out.out + out.err), f"{self.name}: verify: exit {code}, {says}", out)


class Text(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data):
        self.text += data + "\n"


def words_of(form, out):
    """What a reader of that format sees."""
    if form == "html":
        return Text(out.out).text
    if form == "csv":
        return "\n".join("\n".join(row) for row in csv.reader(io.StringIO(out.raw_out.decode("utf-8-sig"), newline="")))
    if form == "json":
        return json.dumps(json.loads(out.out), ensure_ascii=False)
    return out.out


def draft_of(form, out):
    """Whether a report says that it is a draft: the formats without a place for it on standard error."""
    if form == "json":
        return json.loads(out.out)["draft"]
    if form in ("csv", "chapters"):
        return "a draft. " in out.err
    return "DRAFT" in out.out


def all_formats(case, draft, has, has_not, when):
    tap = case.tap
    for form in FORMATS:
        out = case.report(form)
        tap.check(out.code == 0 and draft_of(form, out) == draft, f"{form} {when}: {'a' if draft else 'no'} draft", out)
        seen = words_of(form, out)
        for text in has if form in ("md", "html", "csv", "json") else ():
            tap.check(text in seen, f"{form} {when}: has {text}", seen)
        for text in has_not + ["只给主席"]:
            tap.check(text not in seen, f"{form} {when}: has no {text}", seen)


def corrects(tap, lab):
    case = Case(tap, lab, "a")
    listed = case.amend()
    good = listed.code == 0 and all(t in listed.out for t in ("1  ", "大模型便利", "p0", "甲", "nobody has approved"))
    tap.check(good and "只给主席" not in listed.out and not case.amends.exists(), "the listing has notes and people, and makes nothing", listed)
    all_formats(case, True, ["大模型便利", "甲"], ["made after the close"], "before")
    case.refuses(1, "refused closed: .* can still be corrected", "floor", "next")
    case.refuses(1, "refused unknown-id", "note", "edit", "9", "x")
    tap.check(not case.amends.exists(), "what is refused begins no log")
    case.does(1, "note", "edit", "1", "大模型带来便利", by="董云云")
    case.does(2, "people", "set", "p1", "--name", "乙乙", "--title", "教授")
    case.does(3, "note add 丙: 补充一句")
    case.does(4, "note", "remove", "4", by="董云云")
    case.untouched("after four corrections")
    found = case.corrections()
    tap.same(kinds(found), ["amend.open", "note.edit", "person.set", "note.add", "note.remove"], "the log of corrections")
    sealed = read_log(case.log)
    opening = {"of": "a.dais", "records": len(sealed), "head": case.head.hex()}
    tap.same(found[0]["data"], opening, "says what it corrects")
    tap.check(all(r["t"] == sealed[-1]["t"] for r in found) and found[1]["by"] == "董云云", "session time has ended; who corrected stands there", found)
    changed = ["大模型带来便利", "乙乙", "补充一句"]
    gone = ["大模型便利", "最后一条"]
    all_formats(case, True, changed, gone, "after them")
    for form in ("md", "html", "vtt"):
        tap.check("With 4 corrections made after the close." in words_of(form, case.report(form)), f"{form} says so")
    case.does(5, "report", "review", "冯洋")
    case.does(6, "report", "approve", "韩英、曹建", by="韩英")
    all_formats(case, False, changed, gone, "once approved")
    day = found[0]["at"][:10]
    for form in ("md", "html"):
        seen = words_of(form, case.report(form, "--lang", "en")).replace("\\", "")
        for text in ("韩英, 曹建 (2", "冯洋 (2", "董云云: a note of", f"{day} 董云云"):
            tap.check(text in seen, f"{form} has {text}", seen)
    o = json.loads(case.report("json").out)
    tap.same((o["approved"]["names"], o["approved"]["by"], o["approved"]["changed_since"]), (["韩英", "曹建"], "韩英", False), "json: approved")
    tap.same([c["kind"] for c in o["corrections"]], kinds(found)[1:], "json: corrections")
    case.does(7, "note", "edit", "3", "= 下周再议")
    all_formats(case, True, changed + ["下周再议"], gone, "corrected again")
    for form in ("md", "html", "vtt"):
        tap.check("but changed since" in words_of(form, case.report(form, "--lang", "en")), f"{form} says why it is a draft again")
    tap.check("changed since" in case.amend().out, "so does the listing")
    case.does(8, "undo")
    all_formats(case, False, changed + ["是否开源"], gone + ["下周再议"], "with that taken back")
    case.does(9, "undo", "1")
    all_formats(case, True, ["大模型便利"], ["大模型带来便利"], "with something older taken back")
    case.does(10, "report", "approve", "韩英")
    all_formats(case, False, ["大模型便利"], ["大模型带来便利"], "approved anew")
    case.verify(0, r"a\.dais: whole(.|\n)*a\.amend\.dais: whole: 11 records")
    case.untouched("at the end")
    many = case.amend("-", stdin="\n# a comment\nnote edit 1 一\nfloor next\n  people set p0 --title 博士\n")
    tap.check(many.code == 1 and many.out.split()[0:2] == ["ok", "11"] and many.out.endswith("ok 12\n"), "- reads one a line", many)
    listed = case.amend()
    tap.check("(taken back)" in listed.out and "approved by 韩英" in listed.out, "the listing tells what was done", listed)
    case.untouched("after a list of commands")
    aside = lab.host(lab.path("a.yaml"), "--new")
    tap.check(aside.ready() and aside.end() == 0, "run --new begins another session", aside.told())
    tap.check(not case.amends.exists(), "and the corrections go aside with their log")
    out = lab.run("verify", lab.path("a.1.dais"))
    tap.check(out.code == 0 and "a.1.amend.dais: whole: 13 records" in out.out, "where they still belong to it", out)


def refused(tap, lab):
    case = Case(tap, lab, "open", close=False)
    case.refuses(1, "not closed", "note", "edit", "1", "x")
    case.refuses(1, "not closed")
    Case(tap, lab, "play", args=("--rehearse", "20x")).refuses(1, "rehearsal", "note", "edit", "1", "x")
    case = Case(tap, lab, "shut")
    case.does(1, "note", "edit", "1", "x")
    for name, code, says in [
        ("shut.amend.dais", 3, "log of corrections; name the log"),
        ("shut.chairs.dais", 1, "not closed"),
        ("none.dais", 3, "no such file"),
        ("shut.yaml", 3, "no session log|an agenda"),
        ("home", 3, "folder"),
    ]:
        out = lab.run("amend", lab.path(name), "note", "edit", "1", "x")
        tap.check(out.code == code and re.search(says, out.err) and not out.out, f"{name} is refused: {says}", out)
        out = lab.run("report", lab.path(name)) if code == 3 else out
        tap.check(out.code == code, f"and so by report: {name}", out)
    tap.same(lab.run("amend").code, 2, "without a log: wrong usage")
    case.refuses(1, "refused bad-argument", "report", "approve")
    case.refuses(1, "refused not-allowed|refused closed", "note", "add", "~ 密")
    case.refuses(1, "refused closed", "people", "set", "p0", "--online")
    case.refuses(1, "refused closed", "session", "close")
    case.refuses(1, "refused limit", "note", "edit", "1", "长" * 3000)
    # Two at once.
    first = lab.popen("amend", case.log, "-", stdin=subprocess.PIPE)
    first.stdin.write("note edit 1 先来\n".encode())
    first.stdin.flush()
    tap.same(first.stdout.readline(), b"ok 2\n", "one corrects")
    case.refuses(1, "somebody else corrects", "note", "edit", "1", "后到")
    tap.check("先来" in case.report("md").out, "who only reads is not kept out")
    tap.same(lab.finish(first, b"").code, 0, "until they are done")
    case.does(3, "note", "edit", "1", "后到")
    # Closed, but whoever hosted it has not let go of it yet.
    with open(case.log, "r+b") as f:
        fcntl.fcntl(f, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))  # F_OFD_SETLK
        case.refuses(1, "still hosted", "note", "edit", "1", "x")
    # Two that both believe to be the first: a log is born once.
    fresh = Case(tap, lab, "race")
    both = [lab.popen("amend", fresh.log, "-", stdin=subprocess.PIPE) for _ in range(6)]
    for p in both:
        p.stdin.write("note edit 1 我\n".encode())
        p.stdin.flush()
    answers = [lab.finish(p, b"") for p in both]
    won = [a for a in answers if a.code == 0]
    good = len(won) >= 1 and all(a.code == 0 or "somebody else" in a.err for a in answers)
    tap.check(good and len(fresh.corrections()) == 1 + len(won), "of several only those are told ok whose correction stands", answers)
    fresh.untouched("after the race")
    case.untouched("after all that")


def belongs(tap, lab):
    """Corrections fit the log that they were made for, as it was then."""
    case, other = Case(tap, lab, "mine"), Case(tap, lab, "yours")
    case.does(1, "note", "edit", "1", "改过的话")
    shutil.copy(case.amends, other.amends)
    wrong = "another log, or the log was changed since"
    other.verify(3, wrong)
    other.refuses(3, wrong, "note", "edit", "1", "x")
    out = other.report("md")
    tap.check(out.code == 3 and wrong in out.out and wrong in out.err and "改过的话" not in out.out, "a report uses no other log's corrections, and says so", out)
    other.untouched("with another's corrections beside it")
    # The whole log again, every record sealed anew over one changed word: only the head tells.
    lines, head, forged = case.log.read_bytes().split(b"\n")[:-1], bytes(32), []
    for line in lines:
        m = reader.HEAD.match(line[: reader.SEAL.search(line).start()])
        forged.append((int(m[2]), m[3].replace("便利".encode(), "不便".encode())))
    case.log.chmod(0o600)
    case.log.write_bytes(reader.seal(forged, head))
    Path(f"{case.log}.mark").unlink()
    tap.same(lab.run("verify", case.log).err.count(wrong), 1, "a log that was forged whole does not fit its corrections")
    case.refuses(3, wrong, "note", "edit", "1", "x")
    out = case.report("json")
    tap.check(out.code == 3 and json.loads(out.out)["draft"] and "改过的话" not in out.out, "nor does the report use them", out)


def damaged(tap, lab):
    case = Case(tap, lab, "hurt")
    for n in range(1, 7):
        case.does(n, "note", "edit", "1", f"第{n}版")
    case.does(7, "report", "approve", "韩英")
    whole = case.amends.read_bytes()
    mark = Path(f"{case.amends}.mark")
    ends = [m.end() for m in re.finditer(b"\n", whole)]
    # A torn end: what is before it counts, and the next correction goes on from there.
    mark.unlink()
    for cut in sorted(tap.random.sample(range(ends[4] + 1, ends[5]), 4)):
        case.amends.write_bytes(whole[:cut])
        out = case.report("md")
        good = out.code == 3 and "第4版" in out.out and "第5版" not in out.out
        tap.check(good and "torn off" in out.out and "torn off" in out.err, f"cut at {cut}: what is whole is used", out)
        case.verify(3, "torn")
    out = case.amend("note", "edit", "1", "接着改")
    tap.check(out.code == 0 and out.out == "ok 5\n" and "torn-1" in out.err, "and can be gone on with", out)
    kept = case.amends.with_name(case.amends.name + ".torn-1")
    tap.check(kept.exists() and whole[ends[4] :].startswith(kept.read_bytes()), "the torn end is kept")
    case.verify(0, "whole: 6 records")
    # Damage in the middle: what comes behind it is lost, and says so; nothing is written.
    kept.unlink()
    bent = bytearray(whole)
    bent[tap.random.randrange(ends[3] + 20, ends[4] - 120)] ^= 1
    case.amends.write_bytes(bent)
    mark.unlink(missing_ok=True)
    out = case.report("md")
    tap.check(out.code == 3 and "第3版" in out.out and "DRAFT" in out.out and "cannot all be trusted" in out.out, "damaged: a draft of what can be trusted", out)
    case.refuses(3, "Nothing was changed", "note", "edit", "1", "x")
    tap.check(case.amends.read_bytes() == bytes(bent), "and it is left as it is")
    case.refuses(3, "cannot all be trusted")
    case.untouched("whatever happened beside it")
    # The end cut off cleanly, with the approval: the mark remembers.
    case.amends.write_bytes(whole)
    out = case.amend("undo")
    tap.check(out.code == 0, "whole again", out)
    case.amends.write_bytes(whole[: ends[3]])
    case.verify(3, "end is missing")


def killed(tap, lab):
    case = Case(tap, lab, "kill")
    acked, n = 0, 0
    for number in range(ROUNDS):
        p = lab.popen("amend", case.log, "-", stdin=subprocess.PIPE)
        lines = "".join(f"note add --plain 言{n + i}\n" for i in range(3000))
        feeder = os.dup(p.stdin.fileno())
        os.set_blocking(feeder, False)
        try:
            os.write(feeder, lines.encode())
        except BlockingIOError:
            pass
        stop = tap.random.randrange(1, 60)
        got = [p.stdout.readline() for _ in range(stop)]
        p.kill()
        os.close(feeder)
        out = lab.finish(p)
        told = re.findall(rb"^ok (\d+)$", b"".join(got) + out.raw_out, re.M)
        acked = max([acked] + [int(t) for t in told])
        data = case.amends.read_bytes()
        state, records, good, _, _ = reader.read(data, None, case.head)
        ok = state in ("whole", "torn") and records > acked
        if not tap.check(ok, f"killed {number}: {state}, {records} records, {acked} acknowledged", out):
            break
        n = records
    out = case.amend("note", "add", "--plain", "最后")
    tap.check(out.code == 0 and int(out.out.split()[1]) > acked, "and it goes on", out)
    case.verify(0, "kill.amend.dais: whole")
    case.untouched("however often a correction was cut short")


def full_disk(tap, lab):
    case = Case(tap, lab, "full")

    def limit(size):
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    out = case.amend("note", "edit", "1", "x", preexec_fn=limit(100))
    tap.check(out.code == 1 and not out.out and out.err, "no room for a log of corrections", out)
    tap.check(not case.amends.exists(), "leaves none behind")
    case.does(1, "note", "edit", "1", "一")
    size = case.amends.stat().st_size
    out = case.amend("-", stdin="note edit 1 二\nnote edit 1 三\n", preexec_fn=limit(size + 100))
    tap.check(out.code == 1 and not out.out and "not saved" in out.err, "no room for a correction: nobody is told ok", out)
    case.does(2, "note", "edit", "1", "四")
    tap.same([r["data"].get("text") for r in case.corrections()[1:]], ["一", "四"], "and it is not there")
    case.untouched("on a full disk")


def hostile(tap, lab):
    case = Case(tap, lab, "ugly")
    evil = "\x1b]0;t\x07\u202e<b>=1+1|`*x*`"
    case.does(1, "note", "edit", "1", "--plain", evil, by=evil)
    case.does(2, "people", "set", "p0", "--name", evil, "--title", evil)
    case.does(3, "report", "approve", evil)
    listed = case.amend()
    tap.check(listed.code == 0 and unsafe(listed.raw_out + listed.raw_err) is None, "the listing is harmless", listed)
    for form in FORMATS:
        out = case.report(form)
        tap.check(out.code == 0 and unsafe(out.raw_out.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")) is None, f"{form} is harmless", out)
        tap.check(form != "html" or "<b>=1" not in out.out, f"{form}: no markup of theirs")
    case.untouched("by bad words")
    odd = Case(tap, lab, "odd")
    name = os.fsencode(lab.folder) + b"/\xff\x1b[2J" + b"\xfe" * 220 + b".dais"
    os.rename(odd.log, name)
    for words, code in [(["note", "edit", "1", b"\xff"], 1), (["--by", b"\xff", "note", "edit", "1", "x"], 2), (["note", "edit", "1", "x"], 0)]:
        p = subprocess.run([lab.dais, "amend", name, *words] if code != 2 else [lab.dais, "amend", *words[:2], name, *words[2:]],
                           env=lab.env, capture_output=True, timeout=60)  # fmt: skip
        good = p.returncode == code and unsafe(p.stdout + p.stderr) is None
        tap.check(good, f"{words!r} with a name that is no text: exit {code}", p)
    p = subprocess.run([lab.dais, "verify", name], env=lab.env, capture_output=True, timeout=60)
    tap.check(p.returncode == 0 and p.stdout.count(b"whole") == 2 and unsafe(p.stdout) is None, "and its corrections are whole", p)


def main(dais, *_):
    tap = Tap()
    for case in (corrects, refused, belongs, damaged, killed, full_disk, hostile):
        with Lab(dais) as lab:
            case(tap, lab)
    tap.done()


main(*sys.argv[1:])
