"""The window is dragged about a thousand times a second while somebody types; a
cat walks over the keyboard: every byte, every pair of bytes, what is no UTF-8, a
megabyte pasted, the mouse gone mad, a terminal that answers what nobody asked.
The console lives, shows what a fresh one would show, and takes no answer for a
command.

DAIS_RESIZES=N changes the size so often, DAIS_STROKES=N sends so many bytes; none
where it is 0.
"""

import itertools
import sys
import time

from world import count, read_back

from console import DOWN, ENTER, ESCAPE, RIGHT, TAB, UP, Console, Tap
from lab import Lab, agenda, log_fault

RESIZES, STROKES = count("DAIS_RESIZES", 1200), count("DAIS_STROKES", 20000)
RATE = 1000  # a second
# ^Z is typed only where it is meant: it gives the terminal back, which then echoes what is typed, or drops what it is full of.
SUSPEND = b"\x1a"
KEYS = list("nnn  e+-u?z1234512345jkJKaaari:o张一") + [ENTER] * 5 + [ESCAPE] * 9 + [TAB, UP, DOWN] * 2
ANSWERS = {
    "what it is": "\x1b[?62;1;2;4c", "what it is, again": "\x1b[>41;354;0c", "and once more": "\x1bP!|7E7E7E7E\x1b\\",
    "where the cursor is": "\x1b[12;40R", "its size": "\x1b[8;36;120t", "its state": "\x1b[0n", "a mode": "\x1b[?2026;2$y",
    "its name": "\x1bP>|XTerm(370) q\x1b\\", "a capability": "\x1bP1+r544e=787465726d\x1b\\", "a colour": "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "the clipboard": "\x1b]52;c;bm90ZSBhZGQgcXFxDQ==\x07", "a title": "\x1b]lnote add q\x1b\\", "the focus": "\x1b[O\x1b[I",
    "a picture": "\x1b_Gi=1;OK q\x1b\\", "a message": "\x1b^note add q\r\x1b\\", "its keyboard": "\x1b[?0u", "a palette": "\x1b]4;1;rgb:ff/00/00\x07",
}  # fmt: skip


class Desk:
    """A console, and another one on another session where keys ended it, which some do."""

    def __init__(self, tap, lab, stem, segments=40):
        self.tap, self.lab, self.stem, self.segments = tap, lab, stem, segments
        self.path, self.found, self.lives = None, [], 0
        self.c = None
        self.start()

    def start(self):
        self.lives += 1
        self.path = self.lab.write(f"{self.stem}{self.lives}.yaml", agenda(segments=self.segments))
        self.c = Console(self.lab, "run", self.path, name=self.path.stem)
        if not self.c.ready():
            self.found.append(f"it does not start: {self.c.screen.text()}")
        else:
            self.c.do("segment next --carry", "floor give p0")

    def keys(self, *keys):
        self.c.keys(*keys)
        if self.c.p.poll() is not None and not self.found:
            self.end()
            self.start()

    def end(self):
        c = self.c
        code = c.exit(20)
        self.found += [f"exit {code}"] if code != 0 else []
        self.found += [f"left {c.left_behind()}"] if c.left_behind() else []
        self.found += c.screen.faults
        wrong = log_fault(self.path.with_suffix(".dais"))
        self.found += [wrong] if wrong else []
        c.hang_up()

    def over(self, what):
        """It still answers, draws what is, ends."""
        tap = self.tap
        self.keys(ESCAPE, ESCAPE, ESCAPE)
        # What was typed may still lie before it; and where it closed the session, Escape leaves.
        if self.c.until(lambda: self.c.p.poll() is not None, 3) and not self.found:
            self.end()
            self.start()
        c = self.c
        tap.check(c.p.poll() is None and c.until(lambda: c.status(), 30), f"{what}: it still answers", self.found)
        c.raw.clear()
        c.keys(ESCAPE, ESCAPE, ESCAPE)
        # A message goes by itself, and may go between the two.
        tap.same(c.redrawn() and c.redrawn() and c.redrawn(), "", f"{what}: the picture is the one that a fresh one draws")
        c.p.terminate()
        self.end()
        tap.check(not self.found, f"{what}: nothing else went wrong, and each log is whole, in {self.lives} lives", "\n".join(map(str, self.found[:6])))


def resizes(tap, lab):
    d = Desk(tap, lab, "w")
    began, n = time.monotonic(), 0
    while n < RESIZES and not d.found:
        if n >= (time.monotonic() - began) * RATE:
            d.c.pump(0.001)
            continue
        d.c.resize(tap.random.randint(1, 200), tap.random.randint(1, 60))
        n += 1
        if n % 4 == 0:
            d.keys(*tap.random.choices(KEYS, k=tap.random.randint(1, 3)))
        d.c.pump()
        if len(d.c.raw) > 1 << 22:
            d.c.raw.clear()
    took = time.monotonic() - began
    d.c.resize(120, 36)
    d.over("resizes")
    print(f"# {n} resizes among keys in {took:.1f} s")


def strokes(tap, lab):
    """Every byte and pair, and then bytes at random."""
    d = Desk(tap, lab, "b", 400)
    some = [i for i in range(256) if i != SUSPEND[0]]
    pairs = [bytes(p) for p in itertools.product(some, repeat=2)]
    tap.random.shuffle(pairs)
    every = b"".join([bytes(some)] + pairs)
    sent = 0
    while sent < STROKES and not d.found:
        some = every[sent : sent + 500] or tap.random.randbytes(500).replace(SUSPEND, b"\x1b")
        d.keys(some)
        sent += len(some)
        if sent % 10000 < 500:
            d.keys(ESCAPE, ESCAPE)
            d.c.raw.clear()
    d.over("strokes")
    print(f"# {sent} bytes typed")


def paste(tap, lab):
    d = Desk(tap, lab, "p")
    lines = "贴上来的一行,q n ] : 都是文字\r" * 25000
    d.keys("i", "\x1b[200~", lines.encode()[: 1 << 20], "\x1b[201~")
    tap.check(d.c.until(lambda: d.c.status(), 30), "a megabyte is pasted and it answers", d.c.screen.text())
    d.keys(ESCAPE, ESCAPE)
    d.over("paste")
    state, lines = read_back(d.path.with_suffix(".dais"))
    tap.check(state == "whole" and len(lines) < 20, "nothing of it was taken for a command", len(lines))


def mouse(tap, lab):
    d = Desk(tap, lab, "m")
    r = tap.random
    for _ in range(3000):
        x, y = (r.choice([0, 1, 5, 60, 119, 120, 121, 9999, 2**31, 2**63]) for _ in range(2))
        d.keys(f"\x1b[<{r.choice([0, 1, 2, 3, 32, 35, 64, 65, 66, 128, 255, 99999])};{x};{y}{r.choice('Mm')}")
        if r.random() < 0.1:
            d.keys(b"\x1b[M" + r.randbytes(3).replace(SUSPEND, b" "))
    d.over("mouse")


def answers(tap, lab):
    """In each mode: nothing is typed, nothing is done."""
    path = lab.write("a.yaml", agenda())
    with Console(lab, "run", path, name="a") as c:
        tap.check(c.ready(), "it starts", c.screen.text())
        for mode, key in {"at rest": "", "in a note": "i", "on the command line": ":", "in the help": "?", "adding": "a"}.items():
            c.keys(key)
            c.pump(0.05)
            for name, answer in ANSWERS.items():
                before = c.status()
                c.keys(answer)
                now = c.until(lambda: c.status())
                same = (before["seq"], before["notes"]) == (now["seq"], now["notes"])
                typed = "note add" in c.screen.text() or "bm90" in c.screen.text()
                tap.check(same and not typed, f"{mode}, {name} that nobody asked for: it is let be", c.screen.text())
            c.keys(ESCAPE, ESCAPE)
        c.keys("i好" + "\x1b[12;40R" + "的" + ENTER + ESCAPE)
        tap.check(c.sees("好的"), "an answer in the middle of a word is not in the word", c.screen.text())
        tap.same((c.leave(), c.left_behind(), c.screen.faults), (0, "", []), "it ends")


def suspended(tap, lab):
    """Stopped again before it has drawn a picture: what was given back is not given back twice."""
    d = Desk(tap, lab, "z")
    for _ in range(30):
        d.keys("\x1a" * tap.random.randint(1, 4))
        d.c.pump(tap.random.choice([0, 0, 0.01, 0.05]))
    d.over("stopped again and again")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        if RESIZES:
            resizes(tap, lab)
        if STROKES:
            for case in (suspended, strokes, paste, mouse, answers):
                case(tap, lab)
    tap.done()


main(*sys.argv[1:])
