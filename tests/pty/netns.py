"""Two machines: the host in one network namespace, a console in another, a wire
between them. The wire goes down in mid-debate and comes back. Where there is no
right to make namespaces, a line says so.
"""

import os
import re
import subprocess
import sys
import time

from console import Console, Tap
from join import share
from lab import Lab, agenda, log_fault, read_log, sanitized

SECONDS = float(os.environ.get("DAIS_CUT") or 2)
NOTES = 20
CUT = re.compile(r"CUT OFF")


class Wire:
    """Two namespaces and a pair of ends; all of it is gone with them."""

    def __init__(self):
        self.a, self.b = f"dais-a{os.getpid()}", f"dais-b{os.getpid()}"

    def ip(self, *args):
        return subprocess.run(["ip", *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def up(self):
        """What was in the way, or nothing."""
        ends = (f"da{os.getpid()}", f"db{os.getpid()}")
        steps = [("netns", "add", self.a), ("netns", "add", self.b)]
        steps += [("link", "add", ends[0], "netns", self.a, "type", "veth", "peer", "name", ends[1], "netns", self.b)]
        for ns, end, address in ((self.a, ends[0], "10.199.7.1/30"), (self.b, ends[1], "10.199.7.2/30")):
            steps += [("-n", ns, "addr", "add", address, "dev", end), ("-n", ns, "link", "set", "lo", "up"), ("-n", ns, "link", "set", end, "up")]
        self.end = ends[0]
        for step in steps:
            try:
                done = self.ip(*step)
            except OSError as e:
                return str(e)
            if done.returncode:
                return done.stdout.decode("utf-8", "replace").strip()
        return ""

    def set(self, state):
        self.ip("-n", self.a, "link", "set", self.end, state)

    def down(self):
        for ns in (self.a, self.b):
            try:
                self.ip("netns", "del", ns)
            except OSError:
                pass

    def within(self, ns, *argv):
        return ["ip", "netns", "exec", ns, *map(str, argv)]


def notes(host, stem):
    return [r for r in read_log(host.log) if r["kind"] == "note.add" and r["data"]["text"].startswith(stem)]


def debate(tap, lab, wire):
    path = lab.write("two.yaml", agenda())
    lab.before = wire.within(wire.a)
    host = lab.host(path)
    lab.before = []
    tap.check(host.ready(), "the host starts on its machine", host.told())
    host.do("segment next", "queue add 甲", "queue add 乙", "floor next")
    invite = share(host, "online-chair 10.199.7.1:7420")
    state = lab.path("far")
    state.mkdir(mode=0o700)
    far = Console(lab, argv=wire.within(wire.b, lab.dais, "join", invite.text, "--name", "王梅"), env={"XDG_STATE_HOME": str(state), "XDG_RUNTIME_DIR": str(state)})
    with far:
        tap.check(far.ready(), "a console joins from the other machine", far.screen.text() + host.told())
        tap.check("10.199.7.2" in host.do("seats")[0]["text"], "and the chair sees from where", host.do("seats"))
        far.keys(":note add 之前\r")
        far.sees("之前")
        wire.set("down")
        at = time.monotonic()
        tap.check(far.sees(CUT, 12), "the wire is down: it says so", far.screen.text())
        print(f"# noticed after {time.monotonic() - at:.1f} s")
        for i in range(NOTES):
            far.keys(f":note add 断{i}\r")
        far.sees(f"{NOTES} notes wait", 10)
        far.keys(":queue add 丙\r")
        tap.check(far.sees("only notes are kept", 10), "a command is refused", far.screen.text())
        far.keys("\x1b\x1b[I")
        host.do("note add 这边", "floor next")
        far.until(lambda: time.monotonic() > at + SECONDS, SECONDS)
        wire.set("up")
        back = far.until(lambda: not CUT.search(far.screen.text()) and len(notes(host, "断")) >= NOTES, 30)
        tap.check(back, "the wire is up: it is back by itself", far.screen.text())
        print(f"# with all notes {time.monotonic() - at:.1f} s after the wire went down")
        found = notes(host, "断")
        tap.same([r["data"]["text"] for r in found], [f"断{i}" for i in range(NOTES)], f"all {NOTES} notes are there, once, in order")
        tap.check(all(r["data"].get("late", 0) > 0 for r in found), "marked late")
        tap.same([r["kind"] for r in read_log(host.log) if r["kind"] == "queue.add"][2:], [], "and no command came late")
        copy = next((state / "dais" / "joined").glob("*/copy.dais"))
        tap.check(far.until(lambda: copy.read_bytes() == host.log.read_bytes(), 20), "both logs are one", far.screen.text())
        tap.same((far.leave(), far.left_behind()), (0, ""), "it ends")
    tap.same(host.end(), 0, "the host ends")
    tap.same((log_fault(host.log), sanitized(host.told(), bytes(far.raw))), ("", ""), "its log is whole")


def main(dais, *_):
    tap = Tap()
    wire = Wire()
    try:
        why = wire.up() if os.geteuid() == 0 else "not root"
        if why:
            tap.skip("two machines and a wire between them", re.sub(r"\s+", " ", why))
        else:
            with Lab(dais) as lab:
                debate(tap, lab, wire)
    finally:
        wire.down()
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
