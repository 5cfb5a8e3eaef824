"""The command line in a terminal: what was typed is there again in the next
session, for nobody else to read; a word completes; ^L draws everything anew.
"""

import os
import stat
import sys

from console import DOWN, ENTER, ESCAPE, TAB, UP, Console, Tap
from lab import Lab, agenda


def type_some(tap, lab):
    with Console(lab, "run", lab.path("one.yaml"), name="one") as c:
        tap.check(c.ready(), "it starts", c.screen.text())
        c.keys(":", "queue cl", TAB)
        tap.check(c.sees(":queue close"), "a word completes", c.screen.text())
        c.keys(ENTER)
        tap.check(c.sees("the list is closed"), "and the command is done", c.screen.text())
        c.keys(":", "queue", " open", ENTER)
        c.sees("the list is open")
        c.keys(":", "queue ", TAB, DOWN)
        tap.check(c.sees("▸add"), "a list can be walked", c.screen.text())
        c.keys(ESCAPE)
        tap.check(c.misses("▸add") and c.sees(":queue"), "Escape closes only the list", c.screen.text())
        c.keys(ESCAPE)
        tap.check(c.sees("? help"), "and then leaves", c.screen.text())
        tap.same(c.leave(), 0, "it ends")
        tap.same(c.screen.faults, [], "nothing strange was sent")


def file_of(tap, lab):
    path = lab.folder / "state" / "dais" / "history"
    tap.same(path.read_text("utf-8"), "queue close\nqueue open\n", "the lines are kept")
    tap.same(stat.S_IMODE(os.stat(path).st_mode), 0o600, "for nobody else to read")


def type_again(tap, lab):
    with Console(lab, "run", lab.path("two.yaml"), name="two") as c:
        c.ready()
        c.keys(":", "queue", UP)
        tap.check(c.sees(":queue open"), "the next session knows the last line", c.screen.text())
        c.keys(UP)
        tap.check(c.sees(":queue close"), "and the one before", c.screen.text())
        at = len(c.raw)
        c.keys("\x0c")
        tap.check(c.until(lambda: b"\x1b[2J" in c.raw[at:]), "^L draws everything anew", c.raw[at:])
        tap.check(c.sees(":queue close"), "and the line stays", c.screen.text())
        c.keys(ESCAPE, "?", "queue close", ENTER)
        tap.check(c.sees(":queue close"), "help opens a command's line", c.screen.text())
        c.keys(ESCAPE)
        c.sees("? help")
        tap.same(c.leave(), 0, "it ends")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        for name in ("one", "two"):
            lab.write(f"{name}.yaml", agenda())
        type_some(tap, lab)
        file_of(tap, lab)
        type_again(tap, lab)
    tap.done()


main(*sys.argv[1:])
