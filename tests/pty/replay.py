"""The Taiyuan forum, played back in a terminal: at 64 times its speed, by steps,
by times of day, by people and by words. What stands on the screen at a position
is the same from wherever one comes, and nothing beside the log changes.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, ESCAPE, RIGHT, Console, Tap  # noqa: E402
from forum import QUESTIONS, SECRETS, play  # noqa: E402
from lab import Lab, agenda, read_log, until  # noqa: E402

SPEED = 1000  # an afternoon takes some seconds
AT = re.compile(r"(\d+:\d\d(?::\d\d)?) of (\d+:\d\d(?::\d\d)?)")
CLOCK = re.compile(r"[▶‖]")


def say(tap, line, command):
    """One command, when the session's clock has gone on by some seconds."""
    due = line.get()["t"] + tap.random.randrange(500, 5000)
    until(lambda: line.get()["t"] >= due)
    return line.do(command)


def forum_log(tap, lab, forum):
    """The log of the whole afternoon, by commands alone."""
    path = lab.write("taiyuan.yaml", Path(forum).read_bytes())
    host = lab.host(path, "--rehearse", f"{SPEED}x")
    tap.check(host.ready(), "the session starts", host.told())
    with host.connect() as line:
        answers = [say(tap, line, c.split() if isinstance(c, str) else c) for c in play()]
    bad = [a for a in answers if not a.get("ok")]
    tap.check(not bad, f"all {len(answers)} commands are accepted", bad[:3])
    tap.same(host.end(None), 0, "the host ends with the session")
    return host.log


def up(c):
    return c.sees("REPLAY") and c.sees(AT)


def still(c):
    """Stands, on a picture that is whole."""
    c.sees("‖")


def do(c, line):
    """A line of the replay's language; True once the prompt is gone."""
    c.keys(":", line)
    c.sees(line)
    c.keys(ENTER)
    return c.misses(line)


def refused(tap, c, line, why):
    """A line that is not carried out stays to be changed; it is given up here."""
    c.keys(":", line)
    c.sees(line)
    c.keys(ENTER)
    tap.check(c.sees(why), f"{line}: refused", c.screen.text())
    c.keys(ESCAPE)
    c.misses(line)


def settled(c):
    """Every key was taken: while it stands still, nothing more comes then."""
    while c.pump(0.3):
        pass


def at(c):
    found = AT.search(c.screen.text())
    return found.groups() if found else (None, None)


def ended(c):
    now, end = at(c)
    return now == end and "‖" in c.screen.text()


def folder(lab):
    return {p.name: (p.stat().st_size, p.stat().st_mtime_ns) for p in lab.folder.iterdir() if p.is_file()}


def plays(tap, lab, log):
    with Console(lab, "replay", log) as c:
        tap.check(up(c), "it opens", c.screen.text())
        tap.check("replay: " in c.screen.title, "the window says so", c.screen.title)
        tap.check("▶" in c.screen.text(), "and plays", c.screen.text())
        c.keys(" ")
        still(c)
        tap.check("‖" in c.screen.text(), "Space pauses", c.screen.text())
        first = at(c)[0]
        c.keys(*"++++++")
        tap.check(c.sees("64×"), "up to 64 times", c.screen.text())
        c.keys("+")
        tap.check(c.sees("faster"), "and no more", c.screen.text())
        tap.same(at(c)[0], first, "it stood all the time")
        c.keys(" ")
        tap.check(c.until(lambda: ended(c)), "64 times as fast it comes to the end", c.screen.text())
        tap.check(c.sees("合影"), "which is the photo", c.screen.text())
        c.keys(" ")
        tap.check(c.until(lambda: not ended(c)), "Space there begins anew", c.screen.text())
        c.keys("q")
        tap.same(c.exit(), 0, "q leaves with 0")
        tap.same(c.left_behind(), "", "and gives the terminal back")
        tap.same(c.screen.faults, [], "nothing came that a terminal does not know")


def seeks(tap, lab, log):
    records = read_log(log)
    with Console(lab, "replay", log, "--at", "start") as c:
        up(c)
        c.keys(" ")
        still(c)
        for point, question in QUESTIONS.items():
            do(c, f"segment {point}")
            tap.check(c.sees(question[:12]), f"segment {point}: its question", c.screen.text())
        c.keys("[")
        tap.check(c.sees(re.compile(r"▶ Certificates")), "[ goes to the segment before", c.screen.text())
        do(c, "segment point2")
        c.keys("n")
        tap.check(c.sees("山西大学计算机与信息技术学院"), "n: the first turn of it, 张虎", c.screen.text())
        do(c, "person 宋昌")
        tap.check(c.sees(re.compile(r"宋昌")), "person: a turn of 宋昌", c.screen.text())
        do(c, "find 弯道超车")
        tap.check(c.sees("弯道超车的一个机会"), "find: the note with these words", c.screen.text())
        do(c, "find 弯道超车")
        tap.check(c.sees("none after"), "again: it went round, and says so", c.screen.text())
        refused(tap, c, "find 没有人说过", "nowhere in this log")
        when = next(r["at"][11:16] for r in records if r["kind"] == "segment.enter")
        c.keys("g", when, ENTER)
        tap.check(c.sees(when), "g goes to a time of day", c.screen.text())
        c.keys("g", "3:33:33", ENTER)
        tap.check(c.sees("it goes from"), "which the session must have", c.screen.text())
        c.keys(ESCAPE)
        refused(tap, c, "floor next", "nothing can be changed")
        c.keys("a")
        tap.check(c.sees("nothing can be changed"), "and so is a key of the console", c.screen.text())
        do(c, "to end")
        tap.check(c.until(lambda: ended(c)), "to end", c.screen.text())
        do(c, "note 1")
        tap.check(c.sees(SECRETS[0][:8]), "what only chairs saw is there for whoever has their log", c.screen.text())
        c.keys("q")
        tap.same(c.exit(), 0, "q leaves")


def body(c):
    """The picture without the line in which something may have been said."""
    return [line for line in c.screen.lines() if line.strip()]


def same_from_everywhere(tap, lab, log):
    """A position looks the same, wherever one comes from."""
    n = len(read_log(log))
    with Console(lab, "replay", log) as c:
        up(c)
        c.keys(" ")
        still(c)
        places = [tap.random.randrange(3, n) for _ in range(25)]
        seen = {}
        for place in places + sorted(places) + sorted(places, reverse=True):
            do(c, f"event {place}")
            do(c, "pace 1")
            picture = body(c)
            if seen.setdefault(place, picture) != picture:
                other = [f"{a!r}\n{b!r}" for a, b in zip(seen[place], picture) if a != b]
                tap.check(False, f"event {place}", "\n".join(other))
                return
        tap.check(True, f"{len(seen)} places look the same three times")


def small(tap, lab, log):
    for size in (30, 8), (20, 4), (60, 20), (200, 60):
        with Console(lab, "replay", log, size=size) as c:
            tap.check(c.until(lambda: CLOCK.search(c.screen.text()) or ":" in c.screen.text()), f"{size}: it shows", c.screen.text())
            c.keys(" ", "]", "]", "n", ".", ",", "p", "s", "+", "-", "?")
            c.keys(ESCAPE)
            c.keys("g", "start", ENTER)
            c.keys("/", "模型")
            c.keys(ESCAPE)
            settled(c)
            tap.same(c.redrawn(), "", f"{size}: what changed bit by bit is what is drawn anew")
            c.keys("q")
            tap.same(c.exit(), 0, f"{size}: q leaves")
            tap.same(c.screen.faults, [], f"{size}: no faults")
            tap.same(c.left_behind(), "", f"{size}: nothing is left behind")


def starts(tap, lab, log):
    piped = lab.run("replay", log)
    tap.check(piped.code == 2 and "needs a terminal" in piped.err, "without a terminal: a sentence and 2", piped)
    for words, code, said in (
        (["--at", "25:00"], 2, "is no time"),
        (["--at", "03:33:33"], 1, "not in this log"),
        (["--pace", "65"], 2, "no pace"),
        (["--pace", "fast"], 2, "no pace"),
    ):
        with Console(lab, "replay", log, *words) as c:
            tap.same(c.exit(), code, f"{' '.join(words)}: {code}")
            tap.check(said.encode() in c.raw and not c.screen.alternate, "and a sentence", bytes(c.raw))
    with Console(lab, "replay", log, "--at", "+1m", "--pace", "2") as c:
        up(c)
        tap.check(c.sees("2×") and re.match(r"1:\d\d$", at(c)[0]), "--at +1m --pace 2", c.screen.text())
        c.p.terminate()
        tap.same(c.exit(), 0, "it ends when it is told to")
        tap.same(c.left_behind(), "", "with the terminal given back")
    with Console(lab, "replay", log) as c:
        up(c)
        c.hang_up()
        tap.check(c.p.wait(20) == 0, "it ends with its window")


def corrected(tap, lab):
    """What was corrected after the close stands behind it. Of a rehearsal nothing is."""
    host = lab.host(lab.write("short.yaml", agenda()))
    tap.check(host.ready(), "another session starts", host.told())
    host.do("segment next", "floor give p1", "note add before", "session close")
    host.end(None)
    out = lab.run("amend", host.log, "note", "add", "afterwards", "--person", "p1")
    tap.check(out.code == 0, "a correction is made", out)
    with Console(lab, "replay", host.log, "--at", "end") as c:
        up(c)
        tap.check(c.sees("afterwards"), "at the end it is there", c.screen.text())
        c.keys(",")
        tap.check(c.misses("afterwards") and "before" in c.screen.text(), "before it is not", c.screen.text())
        c.keys("q")
        tap.same(c.exit(), 0, "q leaves")


def main(dais, forum, *_):
    tap = Tap()
    with Lab(dais) as lab:
        log = forum_log(tap, lab, forum)
        before = folder(lab)
        plays(tap, lab, log)
        seeks(tap, lab, log)
        same_from_everywhere(tap, lab, log)
        small(tap, lab, log)
        starts(tap, lab, log)
        tap.same(folder(lab), before, "nothing beside the log was written")
        corrected(tap, lab)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
