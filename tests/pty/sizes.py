"""Windows of every size, changed in every way, and every kind of terminal: the
last picture is the one that a new window would get, or there is a sentence.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import DOWN, ENTER, ESCAPE, TAB, UP, Console, Tap  # noqa: E402
from lab import Lab, agenda, log_fault, unsafe  # noqa: E402

ODD = [(1, 1), (80, 1), (1, 80), (10, 3), (30, 8), (500, 200), (2, 2), (40, 12), (60, 20), (120, 36)]
KEYS = list("nnn  e+-u?z1234512345jkJKaaari:o张一") + [ENTER] * 5 + [ESCAPE] * 9 + [TAB, UP, DOWN] * 2
TERMS = ["xterm", "xterm-256color", "xterm-direct", "tmux-256color", "screen", "linux", "vt100", "vt220"]
LOCALES = [
    {"LC_ALL": "zh_CN.UTF-8"}, {"LC_ALL": "C.UTF-8"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "xx_YY"},
    {"LC_ALL": "", "LANG": "zh_CN.GB18030"}, {"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}, {"LC_ALL": "", "LANG": ""},
]  # fmt: skip


def storm(tap, lab, path):
    with Console(lab, "run", path, name="z") as c:
        tap.check(c.ready(), "it starts", c.screen.text())
        c.do("segment next", "floor give p0")
        for _ in range(60):
            c.keys(*tap.random.choices(KEYS, k=tap.random.randint(0, 5)))
            size = tap.random.choice(ODD) if tap.random.random() < 0.4 else None
            c.resize(*(size or (tap.random.randint(1, 140), tap.random.randint(1, 50))))
            c.pump()
        c.until(lambda: c.status())
        tap.check(c.p.poll() is None, "it lives through sixty sizes among keys")
        for size in ODD:
            c.resize(*size)
            c.until(lambda: c.status())
            tap.same(c.redrawn(), "", f"at {size[0]} by {size[1]} the picture is the right one")
        c.keys(ESCAPE, ESCAPE, *"12345z")
        tap.same(c.redrawn(), "", "and after more keys too")
        tap.same(c.screen.faults, [], "nothing strange was sent")
        c.keys(ESCAPE)
        tap.same(c.leave(), 0, "it ends")
        tap.same(c.left_behind(), "", "and gives the terminal back")
    tap.same(log_fault(path.with_suffix(".dais")), "", "the log is whole")


def each_size(tap, lab, path):
    """A start at every size; nothing is wrapped, cut or left out of the terminal."""
    for columns, rows in ODD:
        with Console(lab, "run", path, name="z", size=(columns, rows)) as c:
            c.until(lambda: c.screen.frames > 0)
            c.do("floor give p1")
            tap.same(c.redrawn(), "", f"started at {columns} by {rows} the picture is the right one")
            if columns >= 30 and rows >= 8:
                tap.check("乙" in c.screen.text(), f"at {columns} by {rows} the speaker is seen", c.screen.text())
            c.keys("q\x1b[C\r")
            tap.same(c.exit(), 0, f"at {columns} by {rows} it can be left by keys")
            tap.same(c.left_behind(), "", f"at {columns} by {rows} the terminal is given back")


def known(term):
    tool = shutil.which("infocmp")
    return not tool or subprocess.run([tool, term], capture_output=True).returncode == 0


def terminals(tap, lab, path):
    for term in TERMS:
        if not known(term):
            refused(tap, lab, path, term, "is not known here")
            continue
        with Console(lab, "run", path, name="z", env={"TERM": term}) as c:
            tap.check(c.ready() and c.sees("乙"), f"TERM={term} works", c.screen.text())
            c.keys("i字")
            tap.check(c.sees("字"), f"TERM={term}: typing is seen", c.screen.text())
            c.keys(ESCAPE)
            tap.same(c.leave(), 0, f"TERM={term}: it ends")
            left = c.left_behind()
            tap.same(left, "", f"TERM={term}: the terminal is given back")
            tap.same(c.screen.faults, [], f"TERM={term}: nothing strange was sent")
    for term, why in {"dumb": "cannot move", "no-such-term": "unknown", "": "empty", "x" * 300: "too long"}.items():
        refused(tap, lab, path, term, why)


def refused(tap, lab, path, term, why):
    with Console(lab, "run", path, name="z", env={"TERM": term}) as c:
        name = f"TERM={term[:20]} ({why})"
        tap.same(c.exit(), 1, f"{name} is refused")
        said = c.raw.decode("utf-8", "replace").strip()
        tap.check(re.fullmatch(r"dais: [^\n]*(TERM|terminal)[^\n]*", said), f"{name}: in a sentence", said)
        tap.same(c.left_behind(), "", f"{name}: the terminal was not touched")


def tongues(tap, lab, path):
    for env in LOCALES:
        name = " ".join(f"{k}={v}" for k, v in env.items())
        with Console(lab, "run", path, name="z", env=env) as c:
            tap.check(c.ready() and c.sees("乙"), f"{name}: Chinese is seen", c.screen.text())
            c.keys("i张三")
            tap.check(c.sees("张三"), f"{name}: and can be typed", c.screen.text())
            c.keys(ESCAPE)
            c.until(lambda: "张三" not in c.screen.text())
            tap.same(c.redrawn(), "", f"{name}: the picture is the right one")
            c.keys("q")
            c.until(lambda: "▸" in c.screen.text())
            c.keys("\x1b[C\r")
            tap.same(c.exit(), 0, f"{name}: it ends")
    with Console(lab, "run", path, name="z", env={"NO_COLOR": "1"}) as c:
        c.ready()
        c.keys("?")
        c.sees("Esc")
        looks = {look for row in c.screen.cells for _, look in row}
        tap.check(not any("8=" in look for look in looks), "NO_COLOR: no colours", looks)


def no_terminal(tap, lab, path):
    out = lab.run("run", path)
    tap.check(out.code == 1 and "terminal" in out.err, "without a terminal there is a sentence", out)
    tap.same((out.raw_out, unsafe(out.raw_err)), (b"", None), "and nothing else")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("z.yaml", agenda(segments=40))
        storm(tap, lab, path)
        each_size(tap, lab, path)
        terminals(tap, lab, path)
        tongues(tap, lab, path)
        no_terminal(tap, lab, path)
    tap.done()


main(*sys.argv[1:])
