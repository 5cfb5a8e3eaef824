"""Memory runs out under a console, at any allocation of it or of its libraries:
it ends, the terminal is given back, and what the screen called saved is there.

DAIS_MEMORIES=N tries so often.
"""

import sys

from world import count, read_back

from console import ENTER, ESCAPE, Console, Tap
from lab import Lab, agenda

TRIES = count("DAIS_MEMORIES", 20)
KEYS = ["n", " ", "a", "i", "?", "t", ":", "m", "l", ENTER, ENTER, ESCAPE, ESCAPE, "i一句话" + ENTER + ESCAPE]


def one(tap, lab, path, shim, at, ever):
    env = {"LD_PRELOAD": shim, "DAIS_MEMORY": str(at), **({"DAIS_MEMORY_EVER": "1"} if ever else {})}
    with Console(lab, "run", path, name="m", env=env) as c:
        c.until(lambda: c.saved() >= 0 or c.p.poll() is not None, 3)
        seen = c.saved()
        for _ in range(12):
            if c.p.poll() is not None:
                break
            c.keys(*tap.random.choices(KEYS, k=5))
            c.pump(0.02)
            seen = max(seen, c.saved() if "2026" not in c.screen.modes else -1)
        # An allocation at the very start may cost it no more than its locale; then it lives on.
        c.p.terminate()
        code = c.exit(20)
        wrong = c.left_behind()
        found = [f"it leaves {wrong}"] if wrong else []
        if code == "runs":
            found.append("it hangs")
        log = path.with_suffix(".dais")
        if log.exists():
            state, lines = read_back(log)
            if state not in ("whole", "torn") or seen >= len(lines):
                found.append(f"{seen} was seen as saved, the log is {state} with {len(lines)}")
        elif seen >= 0:
            found.append("the log is gone")
        return [f"allocation {at}{' and all after it' if ever else ''}, exit {code}: {f}" for f in found], code


def main(dais, _, shim):
    tap = Tap()
    found, codes = [], {}
    with Lab(dais) as lab:
        path = lab.write("m.yaml", agenda(segments=60))
        for i in range(TRIES):
            # Anywhere, and often around the first picture, where there is something to give back and then more.
            at = int(10 ** tap.random.uniform(0, 5.2)) if i % 4 < 2 else tap.random.randrange(3000, 6000)
            wrong, code = one(tap, lab, path, shim, at, i % 2)
            found += wrong
            codes[code] = codes.get(code, 0) + 1
        tap.check(not found, f"{TRIES} times memory ran out under a console: the terminal is given back, nothing is lost", "\n".join(found))
        print("# exits:", codes)
        with Console(lab, "run", path, name="m") as c:
            tap.check(c.ready(), "the session goes on afterwards", c.screen.text())
            tap.same((c.leave(), c.left_behind()), (0, ""), "and ends")
    tap.done()


main(*sys.argv[1:])
