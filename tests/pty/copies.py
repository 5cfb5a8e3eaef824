"""The disk of a joined console fails: it says so at once, and goes on saying so
while it tries again, however long a try takes. What came meanwhile is in the
copy once the disk has room.
"""

import errno
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import Tap  # noqa: E402
from disk import Faults  # noqa: E402
from join import Desk  # noqa: E402
from lab import Lab, agenda, sanitized  # noqa: E402


def main(dais, _, shim):
    tap = Tap()
    with Lab(dais) as lab:
        faults = Faults(lab, shim)
        host = lab.host(lab.write("taiyuan.yaml", agenda()))
        tap.check(host.ready(), "a session runs", host.told())
        with Desk(lab, "scribe", "join", "taiyuan", "--as", "scribe", "--name", "书记", env=faults.env) as desk:
            host.do("segment next", "note add --plain 言0")
            tap.check(desk.ready() and desk.sees("言0") and desk.holds(host.log), "a scribe keeps a copy", desk.screen.text())
            faults.set("sync", errno.EIO)
            host.do("note add --plain 言1")
            tap.check(desk.sees("NOT SAVED"), "its disk fails: it is told, though nothing else happens", desk.screen.text())
            # The next try hangs in the disk, and records go on coming.
            faults.set("sync.hold")
            began, n, silent = time.monotonic(), 1, 0
            while time.monotonic() < began + 3:
                n += 1
                host.do(f"note add --plain 言{n}")
                silent += not (desk.sees(f"言{n}") and "NOT SAVED" in desk.screen.text())
            tap.same(silent, 0, f"{n} records on, trying again takes nothing back")
            faults.heal()
            tap.check(desk.misses("NOT SAVED"), "the disk is back: that is told", desk.screen.text())
            tap.check(desk.holds(host.log), "and the copy is whole")
            tap.same((desk.leave(), sanitized(bytes(desk.raw))), (0, ""), "it ends")
    tap.done()


main(*sys.argv[1:])
