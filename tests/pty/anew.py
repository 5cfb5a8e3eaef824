"""A host that begins another session under the name: consoles that held the one
before, of whatever epochs, set it aside, say so and follow; a host that cannot
be followed fills no disk.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from join import Desk  # noqa: E402
from console import Tap  # noqa: E402
from lab import Lab, agenda, log_fault, read_log, sanitized, until  # noqa: E402
from peer import greet  # noqa: E402

SESSIONS = int(os.environ.get("DAIS_SESSIONS") or 34)


def notes(path):
    return [r["data"]["text"] for r in read_log(path) if r["kind"] == "note.add"]


def again(lab, path, times, *args):
    """A host of that name, started so often."""
    for i in range(times):
        host = lab.host(path, *args, name="anew")
        host.ready()
        until(lambda: host.status()["saved"])
        if i + 1 < times:
            host.kill()
    return host


def files(desk, stem):
    return sorted(p.name for p in desk.copy().parent.glob(stem + "*"))


def lower_epochs(tap, lab):
    """The new session's first epoch is below the old one's third."""
    path = lab.write("anew.yaml", agenda())
    host = again(lab, path, 3)
    host.do("segment next", "note add 旧")
    with Desk(lab, "state", "join", "anew", "--as", "online-chair", "--name", "王梅") as desk:
        tap.check(desk.ready() and desk.sees("旧"), "it is there for the first session", desk.screen.text())
        tap.check(desk.holds(host.log), "and has its log")
        old, chairs = desk.copy().read_bytes(), desk.copy("copy.chairs.dais").read_bytes()
        host.end()
        desk.sees("CUT OFF")
        host = again(lab, path, 1, "--new")
        tap.check(desk.sees("another session", 20), "run --new: the console says so", desk.screen.text())
        host.do("segment next", "note add 新")
        tap.check(desk.sees("新", 20) and "旧" not in desk.screen.text().split("another session")[0], "and follows it", desk.screen.text())
        desk.command("note add 接着")
        tap.check(until(lambda: "接着" in notes(host.log), 10), "and works", desk.screen.text())
        tap.check(desk.holds(host.log), "its copy is the new one", desk.screen.text())
        tap.same((desk.copy("copy.dais.aside-1").read_bytes(), desk.copy("copy.chairs.dais.aside-1").read_bytes()), (old, chairs), "both old logs are kept as they were")
        tap.check("old one" not in host.told(), "nobody was told of an old host", host.told())
        # Notes typed in the old session while nobody listened, found when the console starts next time.
        host.end()
        desk.sees("CUT OFF")
        desk.command("note add 昨天")
        tap.check(desk.until(lambda: b"note add" in desk.copy("outbox").read_bytes(), 10), "a note waits")
        desk.leave()
    host = again(lab, path, 1, "--new")
    with Desk(lab, "state", "join", "anew", "--as", "online-chair", "--name", "王梅") as desk:
        tap.check(desk.sees("another session", 20), "after a start it is said as well", desk.screen.text())
        tap.check(desk.until(lambda: "outbox.aside-2" in files(desk, "outbox"), 10), "the note of yesterday is set aside", files(desk, ""))
        tap.check(desk.holds(host.log) and desk.misses("connecting", 20), "and the new one is shown", desk.screen.text())
        desk.command("note add 今天")
        tap.check(until(lambda: "今天" in notes(host.log), 10) and "昨天" not in notes(host.log), "and not said today", desk.screen.text())
        tap.same(desk.leave(), 0, "it ends")
        tap.same((log_fault(desk.copy()), sanitized(bytes(desk.raw))), ("", ""), "with a whole copy")
    host.end()


def without_end(tap, lab):
    """One session after the other: at some time a person has to look."""
    path = lab.write("anew.yaml", agenda(segments=1))
    with Desk(lab, "many", "join", "anew", "--as", "scribe", "--name", "书记") as desk:
        for i in range(SESSIONS):
            host = again(lab, path, 1, "--new")
            last = desk.until(lambda: f"aside-{i}" in str(files(desk, "copy")) or "join again" in desk.screen.text() or (i == 0 and desk.copy().exists()), 20)
            if "join again" in desk.screen.text():
                break
            desk.holds(host.log)
            host.end()
        tap.check(last and i > 30, f"{i} sessions were followed", desk.screen.text())
        tap.check("join again" in desk.screen.text(), "then it says that somebody has to look", desk.screen.text())
        tap.same(len(files(desk, "copy.dais.aside")), 32, "and what lies there does not grow")
        tap.check(desk.p.poll() is None, "it still runs")
        tap.same(desk.leave(), 0, "and ends when it is told to")
        host.end()


def deposed(tap, lab):
    """A chair's console has followed a later host: this one does nothing more until its chair says so."""
    host = lab.host(lab.write("later.yaml", agenda()))
    host.ready()
    log = greet(host.socket, seat="observer", name="看客")["log"]
    tap.same(greet(host.socket, seat="observer", name="看客", log=log, epoch=5000)["refused"], "old-host", "an observer says that there is a later host")
    tap.check(host.do("segment next")[0]["ok"], "which stops nothing")
    tap.same(greet(host.socket, seat="online-chair", name="王梅", log="0" * 64, epoch=5000).get("refused"), None, "nor does a chair's of another log")
    tap.check(host.do("floor give 甲")[0]["ok"], "which is no host of this one")
    tap.same(greet(host.socket, seat="online-chair", name="王梅", log=log, epoch=5000)["refused"], "old-host", "a chair's console says so")
    tap.check(until(lambda: "went on elsewhere" in host.told(), 10), "the chair is told", host.told())
    no = host.do("floor toggle")[0]
    tap.check(not no["ok"] and no["refused"] == "not-allowed" and "host anyway" in no["why"], "and nothing more is done", no)
    size = host.log.stat().st_size
    tap.check(host.do("host anyway")[0]["ok"] and host.do("floor toggle")[0]["ok"], "unless the chair wants it", host.told())
    tap.check(host.log.stat().st_size > size, "it is in the log")
    greet(host.socket, seat="online-chair", name="王梅", log=log, epoch=9000)
    tap.check(host.do("floor toggle")[0]["ok"], "and is asked once only")
    tap.same((host.end(), log_fault(host.log)), (0, ""), "it ends with a whole log")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        lower_epochs(tap, lab)
        without_end(tap, lab)
        deposed(tap, lab)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
