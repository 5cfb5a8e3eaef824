"""Logs that are not as one would have them: one that somebody writes is
followed, of a damaged one is shown what can be trusted, and a long one is
opened while whoever waits may leave.

replay_log.py DAIS AGENDA [MAKE-LOG]
"""

import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, ESCAPE, Console, Tap  # noqa: E402
from lab import Lab, agenda  # noqa: E402
from replay import at, do, refused, up  # noqa: E402

LONG = 600_000  # events: more than half a second


def follows(tap, lab):
    host = lab.host(lab.write("live.yaml", agenda()))
    tap.check(host.ready(), "a session starts", host.told())
    host.do("segment next", "floor give p0", "note add first", "note add ~between us")
    with Console(lab, "replay", host.log) as c:
        up(c)
        tap.check(c.sees("first") and c.sees("between us"), "it opens where the session stands", c.screen.text())
        clock = c.screen.text()
        tap.check(c.until(lambda: at(c)[0] and c.screen.text() != clock), "whose clocks go on", c.screen.text())
        host.do("note add second")
        tap.check(c.sees("second", 5), "a note appears as it is taken", c.screen.text())
        host.do(["message", "send", "only chairs"])
        tap.check(c.sees("only chairs", 5), "what only chairs see too: it is their log", c.screen.text())
        c.keys(" ")
        tap.check(c.sees("‖"), "Space holds it", c.screen.text())
        host.do("note add third")
        c.until(lambda: False, 1.3)
        tap.check("third" not in c.screen.text(), "and it stays there", c.screen.text())
        c.keys("f")
        tap.check(c.sees("third"), "f follows again", c.screen.text())
        do(c, "to start")
        tap.check(c.misses("first"), "to start: before anything was said", c.screen.text())
        c.keys("f")
        c.sees("third")
        host.kill()
        c.until(lambda: "‖" in c.screen.text(), 10)
        tap.check("‖" in c.screen.text(), "its host dies: time stands still", c.screen.text())
        refused(tap, c, "follow", "does not run now")
        again = lab.host(lab.path("live.yaml"))
        tap.check(again.ready(), "the session is resumed", again.told())
        again.do("note add fourth", "floor end", "session close")
        again.end(None)
        tap.check(c.until(lambda: at(c)[0] is not None), "the replay is still there", c.screen.text())
        c.until(lambda: False, 2.2)
        do(c, "to end")
        tap.check(c.sees("fourth") and c.sees("closed"), "and has what came since, up to the close", c.screen.text())
        c.keys("q")
        tap.same(c.exit(), 0, "q leaves")
        tap.same(c.left_behind(), "", "nothing is left behind")
    return host.log


def opens(lab, data, name="x.dais"):
    path = lab.write(name, data)
    return Console(lab, "replay", path, size=(160, 40))


def damaged(tap, lab, log):
    whole = log.read_bytes()
    lines = whole.split(b"\n")
    cut = b"\n".join(lines[:-3]) + b"\n" + lines[-3][:40]
    flipped = bytearray(whole)
    flipped[len(b"\n".join(lines[:8])) + 30] ^= 1
    for what, data, said in (
        ("a torn end", cut, "torn off at line"),
        ("a changed byte", bytes(flipped), "line 9 is damaged"),
        ("a lost line", b"\n".join(lines[:6] + lines[7:]), "line 7 is damaged"),
    ):
        with opens(lab, data) as c:
            tap.check(up(c) and c.sees(said), f"{what}: shown, and what cannot be trusted", c.screen.text())
            do(c, "to end")
            tap.check("NOT TRUSTED" in c.screen.text(), f"{what}: at every moment", c.screen.text())
            c.keys("q")
            tap.same(c.exit(), 0, f"{what}: q leaves")
            tap.same(c.screen.faults, [], f"{what}: no faults")
    for what, data in (
        ("nothing", b""),
        ("no log", b"dais: 1\nforum: {title: x}\n" * 50),
        ("bytes", bytes(range(256)) * 400),
        ("a log that never began", lines[1] + b"\n" + lines[2] + b"\n"),
        ("a damaged beginning", b'{"seq":1' + whole[8:]),
    ):
        with opens(lab, data) as c:
            tap.same(c.exit(), 3, f"{what}: 3")
            tap.check(b"dais: " in c.raw and not c.screen.alternate, f"{what}: and a sentence", bytes(c.raw))
            tap.same(c.screen.faults, [], f"{what}: that a terminal may see")
    with Console(lab, "replay", lab.path("nowhere.dais")) as c:
        tap.same(c.exit(), 3, "no file: 3")
    with Console(lab, "replay", lab.folder) as c:
        tap.same(c.exit(), 3, "a folder: 3")


def waits(tap, lab, path):
    """What takes long without a console shows how far it is, on standard error if that is a terminal."""
    with Console(lab, "verify", path, size=(80, 24)) as c:
        tap.same(c.exit(), 0, "a long log is verified")
        if b"%" in c.raw:
            tap.check(re.search(r"\d+ %".encode(), c.raw) and b"\x1b" not in c.raw, "with a bar, and no sequences", bytes(c.raw[-300:]))
            tap.check("%" not in c.screen.text() and "whole" in c.screen.text(), "of which nothing stays", c.screen.text())
        else:
            tap.skip("with a bar", "this machine is too fast for it")
    out = lab.run("verify", path, seconds=60)
    tap.check(out.code == 0 and not out.err, "without a terminal there is none", out)


def long(tap, lab, make_log):
    path = lab.path("long.dais")
    if not make_log or not Path(make_log).exists():
        tap.skip("a long log", "there is no make-log")
        return
    subprocess.run([make_log, path, str(LONG)], check=True, stderr=subprocess.DEVNULL)
    waits(tap, lab, path)
    for key, name in ((ESCAPE, "Escape"), ("q", "q"), ("\x03", "Ctrl-C")):
        with Console(lab, "replay", path) as c:
            if not c.until(lambda: "Esc" in c.screen.text() or "REPLAY" in c.screen.text()) or "REPLAY" in c.screen.text():
                tap.skip(f"{name} cancels", "this machine is too fast for it")
                continue
            tap.check(re.search(r"\d+ %", c.screen.text()), "a long log shows how far it is", c.screen.text())
            pressed = time.monotonic()
            c.keys(key)
            tap.same(c.exit(), 1, f"{name} cancels, with 1")
            tap.check(time.monotonic() - pressed < 1, "at once", time.monotonic() - pressed)
            tap.same(c.left_behind(), "", "and gives the terminal back")
    with Console(lab, "replay", path, size=(30, 8)) as c:
        tap.check(c.until(lambda: "‖" in c.screen.text() or "▶" in c.screen.text()), "it opens", c.screen.text())
        c.keys(" ", "]", "]", "n")
        do(c, f"event {LONG // 2}")
        tap.same(c.redrawn(), "", "and goes to its middle")
        c.keys("q")
        tap.same(c.exit(), 0, "q leaves")


def main(dais, _agenda, make_log=None, *_):
    tap = Tap()
    with Lab(dais) as lab:
        log = follows(tap, lab)
        damaged(tap, lab, log)
        long(tap, lab, make_log)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
