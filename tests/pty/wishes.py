"""What a person wants of every console: settings, themes and keys of their own.
What is wrong with them is told before the screen comes, and stops nothing; no
theme leaves a cell to the terminal's own ground.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, ESCAPE, Console, Tap  # noqa: E402
from lab import Lab, agenda  # noqa: E402

F5, F6, END = "\x1b[15~", "\x1b[17~", "\x1b[F"
THEME = 'name: rosy\nstyles:\n  text: {fg: "#ffe0e0", bg: "#301020", bg8: red}\n'
BROKEN = 'name: bad\nstyles:\n  text: {fg: "#ffe0e0"}\n  accent: {fg: pink}\n'
CONFIG = """theme: bad
bells: [warn, ups]
keys:
  F5: segment next
  Ctrl-n: mark photo
  F99: note
  F6: flor next
"""


def wish(lab, config, **themes):
    folder = lab.path("home") / ".config" / "dais"
    (folder / "themes").mkdir(parents=True, exist_ok=True)
    (folder / "config.yaml").write_text(config)
    for name, text in themes.items():
        (folder / "themes" / (name + ".yaml")).write_text(text)


def run(lab, path, **env):
    return Console(lab, "run", path, "--new", name="k", env=env)


def segment(c):
    return (c.status()["segment"] or {}).get("index")


def broken(tap, lab, path):
    wish(lab, CONFIG, bad=BROKEN, rosy=THEME)
    with run(lab, path) as c:
        tap.check(c.ready(), "broken: the console opens", c.screen.text())
        told = bytes(c.raw).split(b"\x1b[?1049h")[0].decode()
        for part in ("bad.yaml:4:16: A colour is written", "config.yaml:2:15: There is no bell", "ups",
                     'config.yaml:6:3: There is no key "F99"', "config.yaml:7:7: "):  # fmt: skip
            tap.check(part in told, f"broken: told before the screen: {part}", told)
        tap.check(c.sees("Some of your settings could not be used"), "broken: and said on it", c.screen.text())
        before = c.status()["segment"]
        c.keys(F5)
        tap.check(c.until(lambda: c.status()["segment"] != before), "keys: F5 goes to the next segment", c.status())
        tap.check(c.sees("F5 next segment"), "keys: and the hints say F5", c.screen.text())
        c.keys("?")
        tap.check(c.sees("F5  ") and c.sees("Ctrl-n"), "keys: so does the help", c.screen.text())
        c.keys(ESCAPE)
        saved = c.saved()
        c.keys("\x0e")
        tap.check(c.until(lambda: c.saved() > saved), "keys: Ctrl-n marks a photo", c.screen.text())
        tap.check("K" in c.screen.title or c.screen.title, "the window has a title", c.screen.title)
        c.keys("T")
        tap.check(c.sees("Themes"), "list: it opens", c.screen.text())
        was = c.screen.cells[20][60]
        c.keys(END)
        tap.check(c.until(lambda: c.screen.cells[20][60] != was), "list: what is chosen is shown", was)
        was = c.screen.cells[20][60]
        c.keys("\x1b[A")
        tap.check(c.sees("bad.yaml:4:16"), "list: a broken one is told", c.screen.text())
        c.keys(ESCAPE)
        tap.check(c.until(lambda: c.screen.cells[20][60] != was), "list: Esc takes the one from before", was)
        tap.same(c.leave(), 0, "broken: leaves")
        tap.check("bad.yaml:4:16" in c.screen.text(), "broken: what was told is there again", c.screen.text())


def language(tap, lab, path):
    wish(lab, "language: zh-CN\n")
    for env, chinese in (({"LC_ALL": ""}, True), ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, True),
                         ({"LC_ALL": "", "LANGUAGE": "en"}, False), ({}, False)):  # fmt: skip
        with run(lab, path, **env) as c:
            c.ready()
            tap.check(("已存" in c.screen.text()) == chinese, f"language: {env} is {chinese}", c.screen.text())
            c.p.kill()
            c.p.wait()


class Poor(Console):
    """A terminal that erases in its own colour, whatever ground was set."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        clear, screen = self.screen.clear, self.screen

        def plain(y, start, end):
            clear(y, start, end)
            for x in range(start, min(end, screen.columns)):
                screen.cells[y][x] = (" ", "")

        screen.clear = plain


def bare(c):
    """Cells without a ground of the theme's."""
    return [(x, y, cell) for y, row in enumerate(c.screen.cells) for x, cell in enumerate(row)
            if "48=" not in cell[1] and "7=on" not in cell[1]]  # fmt: skip


def grounds(tap, lab, path):
    for term, kind in (("xterm-256color", Console), ("xterm", Console), ("screen-256color", Poor), ("linux", Console)):
        for theme in ("dark", "light", "contrast", "safe-dark", "safe-light", "solar", "ember"):
            wish(lab, f"theme: {theme}\n")
            with kind(lab, "run", path, "--new", name="k", env={"TERM": term}) as c:
                c.ready()
                left = bare(c)
                tap.check(not left, f"grounds: {theme} on {term} leaves no cell", left[:8])
                c.p.kill()
                c.p.wait()
    wish(lab, "theme: light\n")
    with run(lab, path, NO_COLOR="1") as c:
        c.ready()
        coloured = [cell for row in c.screen.cells for cell in row if "38=" in cell[1] or "48=" in cell[1]]
        tap.check(not coloured, "NO_COLOR: there are none, whatever the theme", coloured[:8])
        tap.check(any("7=on" in cell[1] for cell in c.screen.cells[0]), "NO_COLOR: the header is reversed")
        c.p.kill()
        c.p.wait()


def bells(tap, lab, path):
    for config, rings in (("", True), ("bells: off\n", False), ("bells: [overtime]\n", False)):
        wish(lab, config)
        with Console(lab, "run", path, "--new", "--rehearse", "60x", name="k.rehearsal") as c:
            c.ready()
            c.do("segment next", "floor give p1")
            tap.check(c.sees("over time"), f"bells: {config!r}: time is up", c.screen.text())
            c.pump(0.1)
            tap.check((c.screen.bells > 0) == rings or config == "bells: [overtime]\n",
                      f"bells: {config!r} rings: {rings}", c.screen.bells)  # fmt: skip
            c.p.kill()
            c.p.wait()


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("k.yaml", agenda(["Ann Lee", "Bob Ray"], segments=3))
        broken(tap, lab, path)
        language(tap, lab, path)
        grounds(tap, lab, path)
        bells(tap, lab, path)
    tap.done()


main(*sys.argv[1:])
