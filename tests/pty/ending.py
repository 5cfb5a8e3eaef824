"""Told to end again and again while it is ending: it ends as if told once. The
log is whole, the terminal as it was, and the exit code is 0.
"""

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from join import Desk  # noqa: E402
from console import Console, Tap  # noqa: E402
from lab import Lab, agenda, log_fault, read_log, sanitized  # noqa: E402

NUMBERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
ROUNDS = int(os.environ.get("DAIS_ROUNDS") or 5)


def storm(tap, p, first=signal.SIGTERM):
    """One signal after the other until the process is gone; how many came."""
    n = 0
    p.send_signal(first)
    while p.poll() is None and n < 100000:
        p.send_signal(tap.random.choice(NUMBERS))
        n += 1
    return n


def headless(tap, lab):
    codes, faults, notes, sent = [], [], [], 0
    for i in range(ROUNDS):
        host = lab.host(lab.write(f"alone{i}.yaml", agenda()))
        host.ready()
        with host.connect() as line:
            line.do("segment next")
            for k in range(20):
                line.say(do=f"note add --plain 言{k}")
            for k in range(20):
                line.hear()
        sent += storm(tap, host.p)
        codes.append(host.end(None))
        faults.append(log_fault(host.log) + sanitized(host.told()))
        notes.append(sum(r["kind"] == "note.add" for r in read_log(host.log)))
    print(f"# {sent} signals in {ROUNDS} ends")
    tap.same(codes, [0] * ROUNDS, "a host without a screen ends as if told once")
    tap.same(faults, [""] * ROUNDS, "its logs are whole")
    tap.same(notes, [20] * ROUNDS, "and have what was acknowledged")


def on_screens(tap, lab):
    for i in range(ROUNDS):
        with Console(lab, "run", lab.write(f"seen{i}.yaml", agenda()), name=f"seen{i}") as host:
            host.ready()
            host.do("segment next", "note add --plain 言")
            desk = Desk(lab, f"state{i}", "join", f"seen{i}", "--as", "scribe", "--name", "书记")
            desk.ready()
            desk.command("note add 记")
            desk.holds(lab.path(f"seen{i}.dais"))
            storm(tap, desk.p, signal.SIGHUP if i % 2 else signal.SIGTERM)
            found = desk.exit(), desk.left_behind(), log_fault(desk.copy())
            tap.same(found, (0, "", ""), f"{i}: a joined console ends as if told once")
            desk.hang_up()
            storm(tap, host.p)
            found = host.exit(), host.left_behind(), log_fault(lab.path(f"seen{i}.dais"))
            tap.same(found, (0, "", ""), f"{i}: so does the chair's")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        headless(tap, lab)
        on_screens(tap, lab)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
