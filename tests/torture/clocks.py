"""Somebody speaks while the machine's clocks do what clocks do: the wall clock
is set, the machine sleeps, starts anew with a dead battery, jumps to 2038. The
speaker's time is what passed, to a tenth of a second, and never less than it was.
"""

import sys
import time

from world import Clocks

from lab import Lab, Tap, agenda, log_fault

HOUR = 3600_000
Y2038 = 2145916800_000  # 2038-01-01


def floor(host):
    """The turn, and between which moments it was asked for: a machine may be busy."""
    t0 = time.monotonic()
    return host.status()["floor"], t0, time.monotonic()


def off(before, after, slept_ms=0):
    """How far the speaker's time is from what passed, in ms; None where it is another turn."""
    (a, t0, t1), (b, t2, t3) = before, after
    if not a or not b or a["turn"] != b["turn"]:
        return None
    gone = b["elapsed_ms"] - a["elapsed_ms"] - slept_ms
    return gone - min(max(gone, (t2 - t1) * 1000), (t3 - t0) * 1000)


def speaking(lab, path, clocks):
    host = lab.host(path, env=clocks.env)
    host.ready()
    if not host.status()["floor"]:
        host.do("segment next", "floor give p0")
    return host


def running(tap, lab, shim):
    """While the host runs."""
    cases = {
        "set back by an hour": (-HOUR, 0, 0),
        "set forward by an hour": (HOUR, 0, 0),
        "set back by two days": (-48 * HOUR, 0, 0),
        "set to 1970": (-int(time.time() * 1000) + 60_000, 0, 0),
        "set to 2038": (Y2038 - int(time.time() * 1000) + 20 * 24 * HOUR, 0, 0),
        "asleep for ten minutes": (600_000, 600_000, 600_000),
        "asleep for nine hours, wall clock wrong after it": (-HOUR, 9 * HOUR, 9 * HOUR),
    }
    for i, (name, (wall, boot, slept)) in enumerate(cases.items()):
        clocks = Clocks(lab, shim)
        host = speaking(lab, lab.write(f"c{i}.yaml", agenda()), clocks)
        before = floor(host)
        time.sleep(0.3)
        clocks.step(wall, boot)
        wrong = off(before, floor(host), slept)
        tap.check(wrong is not None and abs(wrong) <= 100, f"a clock that is {name}: the speaker's time is right", wrong)
        host.do("note add --plain 之后")
        tap.same((host.end(), log_fault(host.log)), (0, ""), f"{name}: the log is whole")


def between(tap, lab, shim):
    """While nobody hosts; the same boot counts by the clock since then, whatever the wall clock says."""
    for i, (wall, boot, slept) in enumerate([(-HOUR, 0, 0), (HOUR, 0, 0), (60_000, 60_000, 60_000), (0, 5 * HOUR, 5 * HOUR)]):
        clocks = Clocks(lab, shim)
        path = lab.write(f"d{i}.yaml", agenda())
        host = speaking(lab, path, clocks)
        before = floor(host)
        host.kill()
        clocks.step(wall, boot)
        host = speaking(lab, path, clocks)
        wrong = off(before, floor(host), slept)
        tap.check(wrong is not None and abs(wrong) <= 200, f"killed, wall {wall // 60000} min, asleep {boot // 60000} min: resumed right", wrong)
        tap.same((host.end(), log_fault(host.log)), (0, ""), f"case {i}: the log is whole")


def main(dais, _, shim):
    tap = Tap()
    with Lab(dais) as lab:
        running(tap, lab, shim)
        between(tap, lab, shim)
    tap.done()


main(*sys.argv[1:])
