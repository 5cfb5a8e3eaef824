"""A terminal that nobody reads stops its own picture and nothing else: the
session goes on, others are answered, clocks run. Read again, it shows what is.
"""

import os
import select
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, ESCAPE, Console, Tap  # noqa: E402
from lab import PATIENCE, Lab, agenda, log_fault, until  # noqa: E402

SECONDS = float(os.environ.get("DAIS_STALL") or 5.5)


def fill(lab, c):
    """Makes pictures until the terminal takes no more; the last command's answer, and how many."""
    answers = []
    for i in range(4000):
        answers += c.do(["note", "add", f"第{i}句话,{'说' * (i % 30)}"], "floor toggle")
        if not select.select([], [c.slave], [], 0)[1]:
            break
    return answers, i


def stalled(tap, lab, path):
    with Console(lab, "run", path, name="s", size=(200, 60)) as c:
        tap.check(c.ready(), "it starts", c.screen.text())
        c.do("segment next", "floor give p0")
        answers, n = fill(lab, c)
        tap.check(not select.select([], [c.slave], [], 0)[1], f"after {n} pictures the terminal takes no more")
        tap.check(all(a and a["ok"] for a in answers), "every command was carried out meanwhile")
        began = c.status()
        more = []

        def goes_on():
            more.append(lab.run("ctl", "floor", "toggle"))
            more.append(lab.run("ctl", "note", "add", "还在记"))
            return c.status()["t"] >= began["t"] + SECONDS * 1000

        tap.check(until(goes_on, SECONDS + PATIENCE, 0.1), "its time goes on for more than five seconds", c.status())
        tap.check(all(o.code == 0 for o in more), f"all {len(more)} commands of dais ctl were answered", more[-1])
        now = c.status()
        tap.check(now["synced"] > began["synced"], "and their records are on the disk", now)
        os.write(c.master, ("i没人看见的字" + ENTER + ESCAPE).encode())
        noted = until(lambda: "没人看见的字" in (lab.folder / "s.dais").read_text("utf-8"))
        tap.check(noted, "keys act while nothing can be shown")
        tap.check(not select.select([], [c.slave], [], 0)[1], "the terminal was stuck all the while")
        if c.status()["floor"]["state"] == "running":
            c.do("floor pause")
        saved = c.status()["synced"]
        tap.check(c.until(lambda: c.saved() == saved), "read again, it shows what is", (c.saved(), saved))
        tap.same(c.redrawn(), "", "the last picture is the right one")
        tap.same(c.screen.faults, [], "no sequence was cut or mixed")
        tap.same(c.leave(), 0, "it ends")
        tap.same(c.left_behind(), "", "and gives the terminal back")


def ends_while_stalled(tap, lab, path, number):
    """Who kills it cannot read what it says; it must go all the same."""
    name = signal.Signals(number).name
    with Console(lab, "run", path, name="s", size=(200, 60)) as c:
        c.ready()
        c.do("segment next --carry", "floor give p0")
        fill(lab, c)
        c.p.send_signal(number)
        tap.check(until(lambda: c.p.poll() is not None, 20), f"{name} ends it while the terminal takes nothing")
        c.exit()
        tap.same(c.left_behind(), "", f"{name}: read afterwards, the terminal is given back")
    tap.same(log_fault(path.with_suffix(".dais")), "", f"{name}: the log is whole")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("s.yaml", agenda(segments=30))
        stalled(tap, lab, path)
        for number in (signal.SIGTERM, signal.SIGABRT):
            ends_while_stalled(tap, lab, path, number)
    tap.done()


main(*sys.argv[1:])
