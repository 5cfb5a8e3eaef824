"""A disk that takes five seconds for one sync: keys are answered within 100 ms
all the while, the screen does not call saved what is not, and then it is.

DAIS_SLOW=SECONDS is how long it takes.
"""

import re
import sys
import time

from world import count

from console import ENTER, ESCAPE, Console, Tap
from lab import Lab, agenda, log_fault

SECONDS = count("DAIS_SLOW", 5)


def main(dais, faulty, _):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("w.yaml", agenda())
        faults = lab.path("faults")
        faults.mkdir()
        with Console(lab, "run", path, name="w", env={"LD_PRELOAD": faulty, "DAIS_FAULTS": str(faults)}) as c:
            tap.check(c.ready(), "it starts", c.screen.text())
            c.do("segment next", "floor give p0")
            c.until(lambda: c.saved() == c.status()["seq"])
            saved, took, wrong, end = c.saved(), [], [], time.monotonic() + SECONDS
            (faults / "sync.hold").symlink_to("1")
            c.keys("i")
            for i in range(100000):
                if time.monotonic() > end:
                    break
                word = f"慢{i}。"
                at = time.monotonic()
                c.keys(word)
                if not c.sees(word, 3):
                    wrong.append(f"{word} never came")
                took.append(time.monotonic() - at)
                c.keys(ENTER)
                if c.saved() > saved:
                    wrong.append(f"{c.saved()} called saved, {saved} is")
            took.sort()
            (faults / "sync.hold").unlink()
            worst = took[-1] * 1000
            late = sum(t > 0.1 for t in took)
            tap.check(not wrong, f"{len(took)} notes typed during a sync of {SECONDS} s: none called saved", wrong[:3])
            tap.check(not late, f"{len(took)} keys answered within 100 ms (median {took[len(took) // 2] * 1000:.0f}, worst {worst:.0f} ms)", late)
            tap.check(c.until(lambda: c.saved() == c.status()["seq"] > saved), "then all of it is saved", c.screen.text())
            c.keys(ESCAPE)
            tap.same((c.leave(), c.left_behind()), (0, ""), "it ends")
        log = path.with_suffix(".dais")
        notes = len(re.findall('"text":"慢\\d+。"', log.read_text("utf-8")))
        tap.same((log_fault(log), notes), ("", len(took)), "the log is whole and has every note")
    tap.done()


main(*sys.argv[1:])
