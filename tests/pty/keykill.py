"""kill -9 of the console at any moment of random keys. What the screen showed as
saved is in the log; the next console goes on where this one stood, says so, and
the speaker's clock stands where it would have stood.

DAIS_KILLS=N plays N rounds instead of 20.
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import DOWN, ENTER, ESCAPE, LEFT, RIGHT, TAB, UP, Console, Tap  # noqa: E402
from lab import Lab, agenda, log_fault, read_log, reader, until  # noqa: E402

ROUNDS = int(os.environ.get("DAIS_KILLS") or 20)
BUDGET = 40 if "DAIS_KILLS" not in os.environ else 36000  # seconds
SIZES = [(120, 36), (80, 24), (70, 22), (100, 30), (132, 50)]
PEOPLE = ["赵一", "钱二", "孙三", "李四", "Ann Lee", "周五"]
# Acts come often, ways out of where one is even more so.
KEYS = (
    ["n", " ", "e", "+", "-", "x", "J", "K", "u", "p", "l", "[", "]", "z", "?", "w", "q", ">", "<"]
    + ["a", "r", "o", "c", "i", ":", "m", "/", "t"] * 2
    + [ENTER] * 8 + [ESCAPE] * 8 + [UP, DOWN, LEFT, RIGHT, TAB] * 2
    + list("赵钱孙李一二三p0123456789") + ["?什么", "=同意", "~只给主席", "note add 一句话\r", "queue add p1\r"]
)  # fmt: skip


def records(log):
    mark = Path(str(log) + ".mark")
    state, n, _, bad, _ = reader.read(log.read_bytes(), reader.read_mark(mark.read_bytes()) if mark.exists() else None)
    return n if state in ("whole", "torn") else f"{state} at line {bad}"


def hammer(tap, c):
    """Keys until a moment that nobody knows beforehand; the last number that was seen as saved."""
    seen, end = c.saved(), time.monotonic() + tap.random.uniform(0.02, 0.7)
    c.keys("]")
    while time.monotonic() < end and c.p.poll() is None:
        c.keys(*tap.random.choices(KEYS, k=tap.random.randint(1, 6)))
        if tap.random.random() < 0.03:
            c.resize(*tap.random.choice(SIZES))
        if "2026" not in c.screen.modes:
            seen = max(seen, c.saved())
    return seen


def drain(c, seen):
    """What the terminal had in its hands when the program died was seen as well."""
    c.p.kill()
    c.p.wait()
    for _ in range(1000):
        if not c.pump():
            break
        if "2026" not in c.screen.modes:
            seen = max(seen, c.saved())
    return seen


def settle(c, paused):
    """Somebody speaks, or is paused; where their clock stood, and between which moments."""
    c.do("segment next --carry", "floor give p1")
    if paused:
        c.do("floor pause")
    t0 = time.monotonic()
    floor = c.status()["floor"]
    return floor, t0, time.monotonic()


def clock_is_wrong(c, before, paused):
    floor, t0, t1 = before
    t2 = time.monotonic()
    now = c.status()["floor"]
    t3 = time.monotonic()
    if not now or (now["turn"], now["state"]) != (floor["turn"], floor["state"]):
        return f"{floor} before, {now} after"
    gone = now["elapsed_ms"] - floor["elapsed_ms"]
    low, high = (0, 0) if paused else ((t2 - t1) * 1000 - 100, (t3 - t0) * 1000 + 100)
    return "" if low <= gone <= high else f"{gone} ms more, not {low:.0f} to {high:.0f}"


def one(tap, lab, path, number, sights):
    found, log = [], path.with_suffix(".dais")
    with Console(lab, "run", path, name="k", size=tap.random.choice(SIZES)) as c:
        if not c.until(lambda: c.screen.frames and c.status()):
            return [f"does not start: {c.screen.text()}"]
        # Not more than is saved, and before long not less; a narrow header may have other things to say.
        if not c.until(lambda: c.saved() in (-1, c.status()["synced"]), 20):
            found.append(f"{c.saved()} is called saved, {c.status()['synced']} is")
        if number and not c.sees("Resumed. Nobody hosted for", 10):
            found.append(f"does not say that it was resumed: {c.screen.text()}")
        if number % 4 == 0:
            paused = number % 8 == 0
            before = settle(c, paused)
            drain(c, -1)
            if number == 4:
                until(lambda: time.monotonic() > before[2] + 1.2)
            with Console(lab, "run", path, name="k") as again:
                if not again.ready():
                    return [f"does not resume: {again.screen.text()}"]
                found.append(clock_is_wrong(again, before, paused))
                found.append("" if again.sees("Resumed. Nobody hosted for", 10) else again.screen.text())
                seen = drain(again, hammer(tap, again))
                c = again
        else:
            seen = drain(c, hammer(tap, c))
        n = records(log)
        sights.append(seen)
        if not isinstance(n, int) or seen >= n:
            found.append(f"{seen} was seen as saved, the log is {n}")
        found += [f"strange bytes: {f}" for f in c.screen.faults]
    return [f for f in found if f]


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("k.yaml", agenda(PEOPLE, segments=200))
        found, sights, played, end = [], [], 0, time.monotonic() + BUDGET
        while played < ROUNDS and not found and time.monotonic() < end:
            found = one(tap, lab, path, played, sights)
            played += 1
        tap.check(not found, f"{played} kills among keys: what was seen as saved is there, clocks go on", "\n".join(found))
        tap.check(sum(s > 0 for s in sights) * 2 > played, "in most of them a number was seen", sights)
        n = records(path.with_suffix(".dais"))
        tap.check(isinstance(n, int) and n > 2 * played, f"the keys made {n} records", n)
        with Console(lab, "run", path, name="k") as c:
            tap.check(c.ready(), "it starts after all of them", c.screen.text())
            c.keys(ESCAPE)
            tap.same(c.leave(), 0, "and ends")
            tap.same(c.left_behind(), "", "and gives the terminal back")
        tap.same(log_fault(path.with_suffix(".dais")), "", "its log is whole")
        tap.same(log_fault(path.with_name("k.chairs.dais")), "", "and the chairs' log")
        hosts = [r["data"]["epoch"] for r in read_log(path.with_suffix(".dais")) if r["kind"] == "session.host"]
        tap.same(hosts, list(range(1, len(hosts) + 1)), "each console was an epoch")
    tap.done()


main(*sys.argv[1:])
