"""Signals at random moments of keys and commits: a console that is told to end
does, gives the terminal back and has saved what it said it had; one that is
stopped, or meets a broken pipe, goes on.

DAIS_SIGNALS=N sends so many.
"""

import signal
import sys
import time

from world import count, read_back

from console import ENTER, ESCAPE, Console, Tap
from lab import Lab, agenda, log_fault

TRIES = count("DAIS_SIGNALS", 24)
ENDS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]
GOES_ON = [signal.SIGPIPE, signal.SIGWINCH, signal.SIGCHLD, signal.SIGCONT, signal.SIGSTOP, signal.SIGXFSZ]


def busy(tap, c, seconds):
    """Keys that make records; the last number seen as saved."""
    end, seen = time.monotonic() + seconds, -1
    while time.monotonic() < end and c.p.poll() is None:
        c.keys(ESCAPE, tap.random.choice(["n", " ", "e", "+"]), ESCAPE, "i话", ENTER)
        c.pump(0.005)
        if "2026" not in c.screen.modes:
            seen = max(seen, c.saved())
    return seen


def one(tap, lab, path, number):
    with Console(lab, "run", path, name="g") as c:
        if not c.ready():
            return f"it does not start: {c.screen.text()}"
        name, stays = signal.Signals(number).name, number in GOES_ON
        seen = busy(tap, c, tap.random.uniform(0.01, 0.4))
        c.p.send_signal(number)
        if stays:
            if number == signal.SIGSTOP:
                time.sleep(0.3)
                c.p.send_signal(signal.SIGCONT)
            seen = max(seen, busy(tap, c, 0.1))
            if c.p.poll() is not None:
                return f"{name} ended it with {c.p.returncode}"
            c.p.send_signal(signal.SIGTERM)
        code, left = c.exit(20), c.left_behind()
        state, lines = read_back(path.with_suffix(".dais"))
        if code != 0 or left or c.screen.faults or state != "whole" or seen >= len(lines):
            return f"{name}: exit {code}, left {left!r}, {c.screen.faults}, {seen} seen, {state} with {len(lines)}"
    return ""


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("g.yaml", agenda(segments=200))
        kinds = ENDS + GOES_ON
        found = [one(tap, lab, path, kinds[i % len(kinds)]) for i in range(TRIES)]
        tap.check(not any(found), f"{TRIES} signals among keys: saved, the terminal given back", "\n".join(filter(None, found)))
        tap.same(log_fault(path.with_suffix(".dais")), "", "the log is whole after all of them")
    tap.done()


main(*sys.argv[1:])
