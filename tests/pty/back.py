"""Coming back to a session whose host died: the console says what happened,
leaves the clock as it is by default, and takes the gap back where that is
asked for. And the mouse, as a terminal sends it.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, RIGHT, Console, Tap  # noqa: E402
from lab import Lab, agenda, until  # noqa: E402

SPEED = 40


def run(lab, path):
    return Console(lab, "run", path, "--rehearse", f"{SPEED}x", name="k.rehearsal")


def spoken(c):
    floor = c.status()["floor"]
    return floor and floor["elapsed_ms"]


def die(tap, lab, path, answer, what):
    """Somebody speaks, the host is killed, and comes back; the clock before and behind the answer."""
    with run(lab, path) as c:
        tap.check(c.ready(), f"{what}: starts", c.screen.text())
        c.do("segment next", "floor give p1")
        before, asked = spoken(c), time.monotonic()
        c.p.kill()
        c.p.wait()
    until(lambda: time.monotonic() > asked + 1.5)
    with run(lab, path) as c:
        tap.check(c.sees("Take the gap back", 5), f"{what}: asks on coming back", c.screen.text())
        tap.check(c.sees("Resumed. Nobody hosted for", 5), f"{what}: and says what happened", c.screen.text())
        tap.check(c.sees("REHEARSAL"), f"{what}: and that it is a rehearsal", c.screen.text())
        c.keys(*answer)
        tap.check(c.misses("Take the gap back", 5), f"{what}: the question goes", c.screen.text())
        after, gone = spoken(c), (time.monotonic() - asked) * 1000 * SPEED
        c.do("session close")
        tap.check(c.sees("Summary"), f"{what}: closed", c.screen.text())
        c.leave()
    return before, after, gone


def double(c, x, y):
    press = f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m"
    c.keys(press, press)


def row_of(c, text):
    """Where a text stands on the screen."""
    for y, line in enumerate(c.screen.lines()):
        if text in line:
            return y
    return -1


def mouse(tap, lab):
    path = lab.write("m.yaml", agenda(["Ann Lee", "Bob Ray", "Cid Moe"], segments=3))
    with Console(lab, "run", path, name="m") as c:
        tap.check(c.ready(), "mouse: starts", c.screen.text())
        c.do("segment next", "queue add p0", "queue add p1", "queue add p2")
        tap.check(c.sees("3   Cid"), "mouse: three wait", c.screen.text())
        double(c, 90, row_of(c, "2   Bob"))
        tap.check(c.until(lambda: (c.status()["floor"] or {}).get("person") == "p1"),
                  "mouse: a double click gives the floor", c.status())  # fmt: skip
        c.sees("2   Cid")
        c.keys(f"\x1b[<0;91;{row_of(c, '2   Cid') + 1}M")
        time.sleep(0.6)
        c.keys(f"\x1b[<0;91;{row_of(c, '2   Cid') + 1}M")
        c.pump(0.3)
        tap.same((c.status()["floor"] or {}).get("person"), "p1", "mouse: two slow clicks are no double click")
        tap.same(c.leave(), 0, "mouse: and ends")
        tap.same(c.left_behind(), "", "mouse: and gives the terminal back")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("k.yaml", agenda(["Ann Lee", "Bob Ray"], segments=3))
        before, after, gone = die(tap, lab, path, [ENTER], "kept")
        tap.check(after - before > 1.5 * SPEED * 1000 * 0.9, "kept: the clock went on", (before, after, gone))
        path.with_suffix(".rehearsal.dais").rename(path.with_suffix(".old"))
        for other in path.parent.glob("k.rehearsal*"):
            other.unlink()
        before, after, gone = die(tap, lab, path, [RIGHT, ENTER], "taken back")
        tap.check(before - 1000 <= after < gone - 1.4 * SPEED * 1000, "taken back: without the gap", (before, after, gone))
        mouse(tap, lab)
    tap.done()


main(*sys.argv[1:])
